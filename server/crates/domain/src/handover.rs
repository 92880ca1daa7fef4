//! Handing an incident over to a neighbouring centre: what was offered to whom and how far it came, and, on the
//! other side, where a report came from.
//!
//! Codes, numbers and instants only. The words and the reporter travel apart, into erasable tables.

use serde::{Deserialize, Serialize};

use crate::deadline::Deadline;
use crate::ids::{EpochUs, TextId, TransferId};

/// Where a hand-over stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HandoverState {
    /// Ours alone so far.
    Offered,
    /// It stands in the neighbour's queue.
    Received,
    /// The neighbour takes it on.
    Accepted,
    /// The neighbour does not.
    Refused,
}

impl HandoverState {
    /// Whether an answer is still to come.
    pub const fn is_pending(self) -> bool {
        matches!(self, Self::Offered | Self::Received)
    }
}

/// What became of an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum HandoverResult {
    /// The neighbour holds it as the report of this number.
    #[expect(missing_docs, reason = "told above")]
    Received { number: String },
    /// The neighbour takes it on, as the incident of this number where it was told.
    #[expect(missing_docs, reason = "told above")]
    Accepted { number: Option<String> },
    /// The neighbour does not, with the outcome it gave the report, or another stable code.
    #[expect(missing_docs, reason = "told above")]
    Refused { reason: String },
    /// It did not get there, with a stable code; it is tried again.
    #[expect(missing_docs, reason = "told above")]
    Failed { error: String },
}

impl HandoverResult {
    /// Whether it says something new about a hand-over; what comes late or twice does not.
    pub fn is_news(&self, of: &Handover) -> bool {
        match self {
            Self::Received { .. } => of.state == HandoverState::Offered,
            Self::Accepted { .. } | Self::Refused { .. } => of.state.is_pending(),
            Self::Failed { error } => of.state == HandoverState::Offered && of.error.as_ref() != Some(error),
        }
    }
}

/// An incident's last hand-over; earlier ones stand in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Its id, the same on both sides.
    pub transfer: TransferId,
    /// The neighbour's code.
    pub to: String,
    /// Where it stands.
    pub state: HandoverState,
    /// When it was offered (epoch µs).
    pub offered_at: EpochUs,
    /// Who offered it.
    pub offered_by: String,
    /// What was written to it, in the erasable texts.
    pub note: Option<TextId>,
    /// When the neighbour's queue had it (epoch µs).
    pub received_at: Option<EpochUs>,
    /// When it was answered (epoch µs).
    pub answered_at: Option<EpochUs>,
    /// Who answered, or wrote the answer down.
    pub answered_by: Option<String>,
    /// The neighbour's number: of its report, once accepted of its incident.
    pub remote_number: Option<String>,
    /// Why it was refused, a stable code.
    pub reason: Option<String>,
    /// Why it has not got there, a stable code.
    pub error: Option<String>,
    /// The running deadline for the answer, while the incident is live.
    pub deadline: Option<Deadline>,
}

/// Where a report came from that a neighbouring centre handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct HandedOver {
    /// The neighbour's code.
    pub centre: String,
    /// The number of its incident.
    pub number: String,
    /// The hand-over's id, the same on both sides.
    pub transfer: TransferId,
}
