//! Why a unit is recommended, passed over or missing: closed sets of codes with their figures. How a reason
//! reads on screen is [`super::words`]'s matter.

use serde::{Deserialize, Serialize};

use super::candidate::TravelSource;
use crate::unit::UnitState;

/// Why a unit was picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub enum PickReason {
    /// It is the `rank`-th nearest of `among` that could go.
    Nearest {
        /// 1 for the nearest.
        rank: u32,
        /// How many could go.
        among: u32,
    },
    /// It travels so long.
    Travel {
        /// Milliseconds.
        #[cfg_attr(feature = "schema", ts(type = "number"))]
        ms: i64,
        /// Who says so.
        source: TravelSource,
    },
    /// Nobody knows where the incident is: distance had no say.
    PlaceUnknown,
    /// It can do what was asked for.
    Capability {
        /// What.
        capability: String,
    },
    /// Its crew is large enough.
    Crew {
        /// People.
        crew: u32,
        /// As many must be.
        minimum: u32,
    },
    /// Its position is this old.
    PositionAge {
        /// Milliseconds.
        #[cfg_attr(feature = "schema", ts(type = "number"))]
        ms: i64,
    },
    /// It tells no position: its station was taken.
    FromStation,
    /// Its agency serves another place: it helps out.
    OtherAgency {
        /// The agency's code.
        agency: String,
    },
    /// Nearer ones stay, to keep their stations covered.
    SparesCoverage {
        /// Their codes.
        instead_of: Vec<String>,
    },
    /// Its station is left with fewer of its kind than it should keep.
    UncoversStation {
        /// The station.
        station: String,
        /// How many of its kind are left there.
        left: u32,
    },
    /// Its crew has been on duty for long.
    LongOnDuty {
        /// Milliseconds.
        #[cfg_attr(feature = "schema", ts(type = "number"))]
        ms: i64,
    },
}

/// Why a unit was passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub enum PassReason {
    /// It is at work.
    Busy {
        /// Where it stands.
        state: UnitState,
    },
    /// It is not to be had.
    OutOfService,
    /// Its agency has refused the incident.
    AgencyRefused,
    /// Its last position is too old to say where it is.
    StalePosition {
        /// Milliseconds.
        #[cfg_attr(feature = "schema", ts(type = "number"))]
        ms: i64,
    },
    /// It would travel too long.
    TooFar {
        /// Milliseconds.
        #[cfg_attr(feature = "schema", ts(type = "number"))]
        ms: i64,
    },
    /// No road leads there.
    NoRoad,
    /// Its crew is too small.
    CrewTooSmall {
        /// People.
        crew: u32,
        /// As many must be.
        minimum: u32,
    },
    /// Others were better: it stays in reserve.
    Reserve {
        /// Milliseconds of travel; none when nobody knows where the incident is.
        #[cfg_attr(feature = "schema", ts(type = "number | null"))]
        ms: Option<i64>,
    },
}

impl PassReason {
    /// The stable code, for counting.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Busy { .. } => "busy",
            Self::OutOfService => "out_of_service",
            Self::AgencyRefused => "agency_refused",
            Self::StalePosition { .. } => "stale_position",
            Self::TooFar { .. } => "too_far",
            Self::NoRoad => "no_road",
            Self::CrewTooSmall { .. } => "crew_too_small",
            Self::Reserve { .. } => "reserve",
        }
    }
}

/// Why units are missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub enum ShortReason {
    /// The centre has no unit of that sort.
    NoneExist,
    /// All of that sort go already, for this incident.
    AllPicked {
        /// How many.
        count: u32,
    },
    /// So many of that sort cannot go.
    PassedOver {
        /// The code of [`PassReason`].
        why: String,
        /// How many.
        count: u32,
    },
}
