//! Which units should go, with a reason for every one picked, passed over and missing.
//!
//! Pure: needs, candidates and policy in, a recommendation out; the same in gives the same out, whatever the
//! order of the candidates. Suggestions only: a person decides, and may decide otherwise.

mod candidate;
mod choose;
mod cover;
mod policy;
mod reason;
pub mod words;

use serde::{Deserialize, Serialize};

pub use candidate::{Candidate, Travel, TravelSource, Whereabouts};
pub use choose::recommend;
pub use policy::{TravelPolicy, UnitPolicy};
pub use reason::{PassReason, PickReason, ShortReason};

use crate::plan::UnitNeed;

/// What is recommended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recommendation {
    /// Units that already work on the incident and fill a need, in the order of their codes.
    pub already: Vec<Filled>,
    /// Units to send, in the order of the needs, the best first.
    pub picks: Vec<Pick>,
    /// What cannot be met.
    pub shortfalls: Vec<Shortfall>,
    /// Units of the sorts asked for that are not picked, the nearest first.
    pub passed_over: Vec<PassedOver>,
    /// Stations that the picks leave uncovered, and who could stand in.
    pub moves: Vec<MoveUp>,
}

/// A unit that already fills a need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Filled {
    /// The unit's code.
    pub unit: String,
    /// Its agency's code.
    pub agency: String,
    /// The kind or capability it is there for.
    pub fills: String,
}

/// A unit to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The unit's code.
    pub unit: String,
    /// Its agency's code.
    pub agency: String,
    /// The kind or capability it is to fill.
    pub fills: String,
    /// Milliseconds of travel; none when nobody knows where the incident is.
    pub travel_ms: Option<i64>,
    /// Why, the weightiest first.
    pub reasons: Vec<PickReason>,
}

/// Units that are needed and not to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortfall {
    /// What is needed, and how many in all.
    pub need: UnitNeed,
    /// How many are missing.
    pub missing: u32,
    /// Why.
    pub reasons: Vec<ShortReason>,
}

/// A unit that is not picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver {
    /// The unit's code.
    pub unit: String,
    /// Its agency's code.
    pub agency: String,
    /// Why.
    pub reason: PassReason,
}

/// A station that is left uncovered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct MoveUp {
    /// The station.
    pub station: String,
    /// The kind of unit that it lacks.
    pub unit_kind: String,
    /// How many of that kind are left there.
    pub left: u32,
    /// The unit that could move there; none when no other station can spare one.
    pub unit: Option<String>,
    /// The station that unit comes from.
    pub from: Option<String>,
    /// How far it is from there as the crow flies, in metres.
    pub distance_m: Option<u32>,
}

/// What a need asks for, in one word: its kind, or else its capability.
pub fn sort_of(need: &UnitNeed) -> &str {
    need.kind.as_deref().or(need.capability.as_deref()).unwrap_or_default()
}
