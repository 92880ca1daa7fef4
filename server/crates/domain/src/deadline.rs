//! Deadlines as data: what must happen by when, and what follows when it does not.
//!
//! A deadline that passes is an event, and arms the next one with twice the time, so that nothing
//! open is ever without a running deadline and nothing rings for ever at full pace.

use serde::{Deserialize, Serialize};

use crate::catalogue::Priority;
use crate::ids::{EpochUs, SECOND_US};

/// What the deadline waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// A report must get an outcome.
    ReportHandled,
    /// An open incident must be forwarded to an agency.
    IncidentForwarded,
    /// A dispatch must be acknowledged by a human at the agency.
    DispatchAcknowledged,
    /// An acknowledged dispatch must be taken on or refused.
    DispatchAccepted,
    /// A unit of an accepted dispatch should be on scene.
    DispatchOnScene,
    /// A call for help from the field must be answered by the desk.
    HelpAnswered,
    /// A neighbouring centre must answer the offer of an incident.
    HandoverAnswered,
}

impl DeadlineKind {
    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReportHandled => "report_handled",
            Self::IncidentForwarded => "incident_forwarded",
            Self::DispatchAcknowledged => "dispatch_acknowledged",
            Self::DispatchAccepted => "dispatch_accepted",
            Self::DispatchOnScene => "dispatch_on_scene",
            Self::HelpAnswered => "help_answered",
            Self::HandoverAnswered => "handover_answered",
        }
    }
}

/// A running deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Deadline {
    /// What it waits for.
    pub kind: DeadlineKind,
    /// When it passes (epoch µs).
    #[cfg_attr(feature = "schema", ts(type = "number"))]
    pub due_at: EpochUs,
    /// How often it has passed already; 1 and more is shown to supervisors.
    pub level: u32,
}

/// Time within which something unassigned must be taken up: P1 60 s, P2 5 min, P3 15 min, P4 30 min.
/// Source: the console conventions' unassigned goals; a centre's settings may replace them later.
pub const fn unassigned_within_us(priority: Priority) -> i64 {
    SECOND_US
        * match priority {
            Priority::P1 => 60,
            Priority::P2 => 5 * 60,
            Priority::P3 => 15 * 60,
            Priority::P4 => 30 * 60,
        }
}

/// The longest pause between two repetitions of a passed deadline: one day.
const LONGEST_PAUSE_US: i64 = 24 * 3_600 * SECOND_US;

impl Deadline {
    /// The deadline that follows this one when it passed at `now`: one level up, twice the time.
    pub fn escalate(self, within_us: i64, now: EpochUs) -> Self {
        let level = self.level.saturating_add(1);
        let factor = 1_i64.checked_shl(level.min(20)).unwrap_or(i64::MAX);
        let pause = within_us.max(SECOND_US).saturating_mul(factor).min(LONGEST_PAUSE_US);
        Self { kind: self.kind, due_at: now.saturating_add(pause), level }
    }
}
