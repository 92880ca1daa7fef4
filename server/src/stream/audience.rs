//! Who may see what: the audiences for which a frame is rendered once and shared.

use kentongan_domain::people::Role;

/// A group of people who see exactly the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Audience {
    /// The call desk: operators, supervisors, trainers, administrators.
    Desk,
    /// One agency: its own dispatches, their incidents and those incidents' reports, without reporters.
    Agency(String),
    /// Reads everything but reporters; may do nothing.
    Auditor,
}

impl Audience {
    /// The audience of a role; none for those who see nothing (intake, an agency role without agency).
    pub fn of(role: Role, agency: Option<&str>) -> Option<Self> {
        match role {
            Role::Operator | Role::Supervisor | Role::Trainer | Role::Admin => Some(Self::Desk),
            Role::Agency => agency.map(|code| Self::Agency(code.to_owned())),
            Role::Auditor => Some(Self::Auditor),
            Role::Intake => None,
        }
    }

    /// The role in whose name allowed actions are computed, and the agency.
    pub fn role(&self) -> (Role, Option<&str>) {
        match self {
            Self::Desk => (Role::Operator, None),
            Self::Agency(code) => (Role::Agency, Some(code)),
            Self::Auditor => (Role::Auditor, None),
        }
    }

    /// Whether reporters' names and numbers are shown.
    pub fn sees_reporters(&self) -> bool {
        matches!(self, Self::Desk)
    }

    /// Whether the desk's side of a dispatch is shown: its ladder, and what is amiss with reaching the agency.
    pub fn sees_ladder(&self) -> bool {
        matches!(self, Self::Desk | Self::Auditor)
    }

    /// Whether something that these agencies work on is shown.
    pub fn sees(&self, agencies: &[String]) -> bool {
        match self {
            Self::Desk | Self::Auditor => true,
            Self::Agency(code) => agencies.iter().any(|agency| agency == code),
        }
    }

    /// A short name for metrics and caches.
    pub fn label(&self) -> &str {
        match self {
            Self::Desk => "desk",
            Self::Agency(_) => "agency",
            Self::Auditor => "auditor",
        }
    }
}
