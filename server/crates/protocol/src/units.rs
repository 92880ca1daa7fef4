//! Units on the wire: what people say of them, and where they are.

use kentongan_domain::unit::UnitState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::requests::InstantInput;
use crate::views::UnitView;

/// `POST …/units/{id}/status`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveUnit {
    /// Where it stands now: one of its `allowed_actions`.
    pub state: UnitState,
    /// A word to it; asked for when a unit at work goes out of service.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Answer to a command on a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct UnitAnswer {
    /// The unit.
    pub unit: UnitView,
    /// The log's number.
    #[ts(type = "number")]
    pub seq: i64,
}

/// Where a unit is, as the stream tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct UnitPosition {
    /// The unit's code.
    pub id: String,
    /// WGS 84 degrees.
    pub lat: f64,
    /// WGS 84 degrees.
    pub lon: f64,
    /// Radius of uncertainty in metres; null when the device does not tell.
    pub accuracy_m: Option<f64>,
    /// When the device was there (epoch µs).
    #[ts(type = "number")]
    pub at: i64,
    /// Speed in km/h, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub speed_kmh: Option<f64>,
    /// Degrees from north, clockwise, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub heading: Option<f64>,
}

/// Where a unit was last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct LastPosition {
    /// WGS 84 degrees.
    pub lat: f64,
    /// WGS 84 degrees.
    pub lon: f64,
    /// Radius of uncertainty in metres.
    pub accuracy_m: Option<f64>,
    /// When the device was there (epoch µs).
    #[ts(type = "number")]
    pub at: i64,
    /// How long ago that was when this was answered, in milliseconds.
    #[ts(type = "number")]
    pub age_ms: i64,
    /// Speed in km/h.
    pub speed_kmh: Option<f64>,
    /// Degrees from north, clockwise.
    pub heading: Option<f64>,
}

/// A unit with where it was last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct PlacedUnit {
    /// The unit.
    #[serde(flatten)]
    pub unit: UnitView,
    /// Where it was last; absent when it never told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub position: Option<LastPosition>,
}

/// `POST …/units/{id}/position`: one of these, or an array of them.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellPosition {
    /// WGS 84 degrees.
    pub lat: f64,
    /// WGS 84 degrees.
    pub lon: f64,
    /// Radius of uncertainty in metres, above 0; left out when it is not known.
    #[serde(default)]
    #[ts(optional)]
    pub accuracy_m: Option<f64>,
    /// When the device was there; now when left out.
    #[serde(default)]
    #[ts(optional)]
    pub at: Option<InstantInput>,
    /// Speed in km/h.
    #[serde(default)]
    #[ts(optional)]
    pub speed_kmh: Option<f64>,
    /// Degrees from north, clockwise.
    #[serde(default)]
    #[ts(optional)]
    pub heading: Option<f64>,
}

/// What became of the positions handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct PositionsTaken {
    /// How many are their unit's position now.
    pub taken: u32,
    /// How many came too late: a newer one of that unit is known.
    pub older: u32,
    /// How many told only that the device does not know where it is.
    pub no_fix: u32,
    /// Those that could not be used.
    pub refused: Vec<RefusedPosition>,
}

/// A position that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct RefusedPosition {
    /// Its place in the array, from 0.
    pub index: u32,
    /// The stable code of the problem it would have been alone.
    pub code: String,
    /// JSON pointer into it.
    pub pointer: Option<String>,
    /// What was wrong and what to do.
    pub detail: String,
}

/// A point of a unit's track.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct TrackPoint {
    /// When the device was there (epoch µs).
    #[ts(type = "number")]
    pub at: i64,
    /// WGS 84 degrees.
    pub lat: f64,
    /// WGS 84 degrees.
    pub lon: f64,
    /// Radius of uncertainty in metres.
    pub accuracy_m: Option<f64>,
    /// Speed in km/h.
    pub speed_kmh: Option<f64>,
    /// Degrees from north, clockwise.
    pub heading: Option<f64>,
}

/// The devices that ride in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitDevices {
    /// What they call themselves: a Traccar `uniqueId`, an OwnTracks `user/device` or `tid`. At most 8.
    pub devices: Vec<String>,
}

/// One of Traccar's forwarded positions (`forward.type = json`), or an array of them; other fields are
/// passed over.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TraccarForward {
    /// `latitude`, `longitude`, `fixTime`, `accuracy` (m), `speed` (knots), `course`, `valid`.
    #[schema(value_type = Object)]
    pub position: serde_json::Value,
    /// `uniqueId`.
    #[schema(value_type = Object)]
    pub device: serde_json::Value,
}

/// One message of OwnTracks in HTTP mode, or an array of them; other fields are passed over.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OwnTracksMessage {
    /// `location`; messages of other types are taken and passed over.
    #[serde(rename = "_type")]
    pub kind: String,
    /// Degrees.
    pub lat: f64,
    /// Degrees.
    pub lon: f64,
    /// Seconds since 1970.
    pub tst: i64,
    /// Metres.
    pub acc: Option<f64>,
    /// Kilometres an hour.
    pub vel: Option<f64>,
    /// Degrees from north, clockwise.
    pub cog: Option<f64>,
    /// The two letters the app is known by.
    pub tid: Option<String>,
    /// `owntracks/user/device`.
    pub topic: Option<String>,
}
