//! By which figures units are chosen, as the city sets them (`plans.toml`, `[units]` and `[travel]`). Data and
//! the values to start with; no rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How units are chosen. Times that something "is worth" are added to a unit's travel time before units are
/// compared: the one with the smallest sum is picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnitPolicy {
    /// A live position older than this says nothing any more, in milliseconds: the unit must be asked first.
    pub max_position_age_ms: i64,
    /// A unit farther than this is no help, in milliseconds of travel.
    pub max_travel_ms: i64,
    /// After so long on duty a crew needs rest, in milliseconds.
    pub rest_after_ms: i64,
    /// What sparing a crew that needs rest is worth, in milliseconds of travel.
    pub rest_worth_ms: i64,
    /// What keeping a station covered is worth, in milliseconds of travel.
    pub coverage_worth_ms: i64,
    /// What sending an agency of the place rather than another is worth, in milliseconds of travel.
    pub own_agency_worth_ms: i64,
    /// The smallest crew with which a kind of unit may go; kinds not named may go with any.
    pub min_crew: BTreeMap<String, u32>,
    /// How many available units of a kind a station should keep; kinds not named need none.
    pub keep_back: BTreeMap<String, u32>,
}

/// Start values, to be set by each city: none comes from a norm or a measurement.
impl Default for UnitPolicy {
    fn default() -> Self {
        Self {
            max_position_age_ms: 5 * 60_000,
            max_travel_ms: 60 * 60_000,
            rest_after_ms: 12 * 3_600_000,
            rest_worth_ms: 3 * 60_000,
            coverage_worth_ms: 60_000,
            own_agency_worth_ms: 5 * 60_000,
            min_crew: BTreeMap::new(),
            keep_back: BTreeMap::new(),
        }
    }
}

/// How long a unit needs where no road server tells: great circle × detour ÷ speed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TravelPolicy {
    /// How much longer the road is than the great circle.
    pub detour: f64,
    /// Speed of kinds that are not named, in km/h.
    pub speed_kmh: f64,
    /// Speed by kind of unit, in km/h.
    pub speed_by_kind_kmh: BTreeMap<String, f64>,
}

/// Start values: roads in built-up areas are 1.2 to 1.5 times as long as the great circle; 40 km/h is a truck
/// with a siren in town.
impl Default for TravelPolicy {
    fn default() -> Self {
        Self { detour: 1.4, speed_kmh: 40.0, speed_by_kind_kmh: BTreeMap::new() }
    }
}

impl TravelPolicy {
    /// How long a kind of unit needs for a distance in metres, in milliseconds. A figure that makes no sense
    /// (zero, negative, not a number) is replaced by the value to start with.
    pub fn travel_ms(&self, kind: &str, distance_m: f64) -> i64 {
        let usual = Self::default();
        let sensible =
            |value: f64, instead: f64| if value.is_finite() && value > 0.0 { value } else { instead };
        let detour = sensible(self.detour, usual.detour);
        let speed = self.speed_by_kind_kmh.get(kind).copied().unwrap_or(self.speed_kmh);
        let metres_a_ms = sensible(speed, usual.speed_kmh) / 3_600.0;
        let ms = distance_m.max(0.0) * detour / metres_a_ms;
        // Saturates, and gives 0 for what is no number.
        ms.round() as i64
    }
}
