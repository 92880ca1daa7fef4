//! Neighbouring centres: whom an incident can be offered to, how far an offer has come, and what the servers of two
//! centres say to each other.

use kentongan_domain::catalogue::{Category, Priority};
use kentongan_domain::deadline::Deadline;
use kentongan_domain::handover::HandoverState;
use kentongan_domain::ids::TransferId;
use kentongan_domain::place::Place;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::views::Reporter;

/// An incident's last hand-over to a neighbouring centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct HandoverView {
    /// Its id, the same on both sides.
    pub transfer: TransferId,
    /// The neighbour's code.
    pub to: String,
    /// The neighbour's name.
    pub to_name: String,
    /// Number to ring when it does not answer; null when it left the city pack.
    pub phone: Option<String>,
    /// Where it stands.
    pub state: HandoverState,
    /// When it was offered (epoch µs).
    #[ts(type = "number")]
    pub offered_at: i64,
    /// Who offered it.
    pub offered_by: String,
    /// What was written to it; for the desk.
    pub note: Option<String>,
    /// When the neighbour's queue had it (epoch µs).
    #[ts(type = "number | null")]
    pub received_at: Option<i64>,
    /// When it was answered (epoch µs).
    #[ts(type = "number | null")]
    pub answered_at: Option<i64>,
    /// Who answered, or wrote the answer down.
    pub answered_by: Option<String>,
    /// The neighbour's number: of its report, once accepted of its incident.
    pub remote_number: Option<String>,
    /// Why it was refused: the outcome that the neighbour gave the report, `verbal`, `drill_centre`.
    pub reason: Option<String>,
    /// Why it has not got there yet: `no_address`, `refused`, `timeout`, `status_500` …
    pub error: Option<String>,
    /// The running deadline for the answer; from level 1 on it is overdue.
    pub deadline: Option<Deadline>,
}

/// A neighbouring centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct NeighbourAnswer {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Codes of the regencies it serves.
    pub regencies: Vec<String>,
    /// Number to ring.
    pub phone: String,
    /// Whether an offer gets there by itself; else somebody has to ring, and write the answer down.
    pub connected: bool,
}

/// `POST …/incidents/{id}/offer`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferIncident {
    /// The neighbour's code.
    pub to: String,
    /// What else its desk should know, up to 1,000 characters.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// `POST …/incidents/{id}/offer/answer`: what the neighbour said by telephone.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerOffer {
    /// Whether it takes the incident on.
    pub accepted: bool,
    /// The number it has there, if it was told.
    #[serde(default)]
    #[ts(optional)]
    pub number: Option<String>,
}

/// `POST …/handovers`, from one centre's server to another's. Unknown fields are passed over, so that the two need
/// not be of one version.
#[derive(Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HandoverOffer {
    /// The hand-over's id; the same one again is the same offer.
    pub transfer: TransferId,
    /// The centre that offers.
    pub from: String,
    /// Its name.
    pub from_name: String,
    /// The centre that it is offered to.
    pub to: String,
    /// The incident's number there.
    pub number: String,
    /// Its category.
    pub category: Category,
    /// Its type code there.
    #[serde(rename = "type")]
    pub type_code: String,
    /// The type's name there.
    pub type_name: String,
    /// Its priority.
    pub priority: Priority,
    /// Where it is.
    pub place: Place,
    /// The place in the first caller's words.
    #[serde(default)]
    pub place_text: Option<String>,
    /// The first caller's words; null when erased.
    #[serde(default)]
    pub text: Option<String>,
    /// What the desk wrote to it.
    #[serde(default)]
    pub note: Option<String>,
    /// Who reported first, so that the neighbour can ask.
    #[serde(default)]
    pub reporter: Option<Reporter>,
    /// When the incident was opened (epoch µs).
    pub opened_at: i64,
}

// By hand, so that no log line ever carries what somebody said.
impl std::fmt::Debug for HandoverOffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HandoverOffer")
            .field("transfer", &self.transfer)
            .field("from", &self.from)
            .field("to", &self.to)
            .finish_non_exhaustive()
    }
}

/// The answer to an offer: it stands in the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HandoverReceived {
    /// The hand-over's id.
    pub transfer: TransferId,
    /// The report's number there.
    pub number: String,
}

/// `POST …/handovers/{transfer}/answer`, back from the centre that it was offered to. Unknown fields are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HandoverReply {
    /// The hand-over's id.
    pub transfer: TransferId,
    /// The centre that answers.
    pub from: String,
    /// The centre that has offered.
    pub to: String,
    /// Whether it takes the incident on.
    pub accepted: bool,
    /// The incident's number there, when it was accepted.
    #[serde(default)]
    pub number: Option<String>,
    /// The outcome that the report got there, when it was not.
    #[serde(default)]
    pub reason: Option<String>,
}

/// What became of it: the offer as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HandoverNoted {
    /// The hand-over's id.
    pub transfer: TransferId,
    /// Where it stands.
    pub state: HandoverState,
}
