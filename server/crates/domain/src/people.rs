//! Who acts: roles, and the actor that an event names.
//!
//! Never a name or a number of a reporter: those are erasable and live apart from the log.

use serde::{Deserialize, Serialize};

/// What a person (or token) may be in a centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes reports, opens incidents, forwards them.
    Operator,
    /// Everything an operator does, and watches the room.
    Supervisor,
    /// An agency's desk or field team: its own dispatches only.
    Agency,
    /// Runs drills in a drill centre.
    Trainer,
    /// Reads everything but personal data; changes nothing.
    Auditor,
    /// Everything, and people and reference data.
    Admin,
    /// A channel's machine: may hand in reports, and nothing else.
    Intake,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Operator,
        Self::Supervisor,
        Self::Agency,
        Self::Trainer,
        Self::Auditor,
        Self::Admin,
        Self::Intake,
    ];

    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Supervisor => "supervisor",
            Self::Agency => "agency",
            Self::Trainer => "trainer",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
            Self::Intake => "intake",
        }
    }

    /// The role with this wire name, if there is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether the role works at the call desk: sees and may change every incident of its centre.
    pub const fn is_desk(self) -> bool {
        matches!(self, Self::Operator | Self::Supervisor | Self::Trainer | Self::Admin)
    }
}

/// Who caused an event: a user's or token's id with the role used, or the system itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Actor {
    /// Account name (`operator`), token label (`token:sms-gateway`) or `system`.
    pub name: String,
    /// The role under which it acted; none for the system.
    pub role: Option<Role>,
    /// The agency it acted for.
    pub agency: Option<String>,
}

impl Actor {
    /// The server itself: deadlines and deliveries.
    pub fn system() -> Self {
        Self { name: "system".to_owned(), role: None, agency: None }
    }
}
