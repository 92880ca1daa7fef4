//! Rows of where units are: tracks, last positions, and which device rides in which unit.
//!
//! No projection of the log: nothing here can be folded again, and old rows go.

use sqlx::FromRow;

/// A unit at an instant.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct PositionRow {
    /// The unit's code.
    pub unit: String,
    /// When the device was there.
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
    /// When the server heard of it.
    pub received_at: i64,
}

/// A device and the unit it rides in.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DeviceRow {
    /// What the device calls itself.
    pub device: String,
    /// The unit's code.
    pub unit: String,
    /// Who said so.
    pub bound_by: String,
    /// When.
    pub bound_at: i64,
}
