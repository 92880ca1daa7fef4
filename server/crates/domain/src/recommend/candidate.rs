//! What is known of a unit when units are chosen: values that the caller gathered, at one instant.

use serde::{Deserialize, Serialize};

use crate::plan::UnitNeed;
use crate::unit::UnitState;

/// Where a travel time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub enum TravelSource {
    /// A road server's table.
    Road,
    /// Great circle × detour ÷ speed.
    Detour,
}

/// How long a unit needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Travel {
    /// So many milliseconds.
    Takes {
        /// Milliseconds.
        ms: i64,
        /// Who says so.
        source: TravelSource,
    },
    /// No road leads there.
    NoRoad,
    /// Nobody knows where the incident is.
    Unknown,
}

/// Where a unit was last known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// It told so itself, this long ago in milliseconds.
    Live {
        /// Age in milliseconds.
        age_ms: i64,
    },
    /// It tells no position: its home station is taken.
    Station,
}

/// A unit that might go.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its agency's code.
    pub agency: &'a str,
    /// Its agency's kind.
    pub agency_kind: &'a str,
    /// Whether its agency serves the place or is proposed for the incident.
    pub own_agency: bool,
    /// Whether its agency has refused this incident.
    pub agency_refused: bool,
    /// What it is, e.g. `pumper`.
    pub kind: &'a str,
    /// What it can do besides.
    pub capabilities: &'a [String],
    /// The station it stands at; its own code where it stands alone.
    pub station: &'a str,
    /// Latitude of its home station, WGS 84 degrees.
    pub home_lat: f64,
    /// Longitude of its home station, WGS 84 degrees.
    pub home_lon: f64,
    /// How many people ride with it, if known.
    pub crew: Option<u32>,
    /// Where it stands in its work.
    pub state: UnitState,
    /// Whether it works for this very incident.
    pub on_incident: bool,
    /// How long it needs.
    pub travel: Travel,
    /// Where it was last known to be.
    pub whereabouts: Whereabouts,
    /// How long its crew has been on duty, in milliseconds, if known.
    pub on_duty_ms: Option<i64>,
}

impl Candidate<'_> {
    /// Whether it is of the sort that a need asks for. A need that names neither kind nor capability is met by
    /// nobody.
    pub fn meets(&self, need: &UnitNeed) -> bool {
        let named = need.kind.is_some() || need.capability.is_some();
        let kind = need.kind.as_deref().is_none_or(|kind| kind == self.kind);
        let able = need.capability.as_ref().is_none_or(|what| self.capabilities.contains(what));
        named && kind && able && need.agency.as_deref().is_none_or(|kind| kind == self.agency_kind)
    }
}
