//! A validated WGS 84 position and distances between positions.
//!
//! A [`LatLon`] that exists is finite and on the globe, so nothing behind it checks again.
//! 0,0 is an ordinary valid position here: treating zero as "missing" has lost real callers.
//! Must never hold an accuracy or a source: those belong to a location claim.

use geo::Coord;
use serde::{Deserialize, Serialize};

/// Mean earth radius in metres (IUGG R1).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Metres in one degree of latitude on the mean sphere.
pub(crate) const METRES_PER_DEGREE: f64 = EARTH_RADIUS_M * std::f64::consts::PI / 180.0;

/// A position: latitude and longitude in degrees, WGS 84, always finite and in range.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(try_from = "Unchecked")]
pub struct LatLon {
    /// Degrees north, -90 to 90.
    lat: f64,
    /// Degrees east, -180 to 180.
    lon: f64,
}

/// Why a pair of numbers is not a position.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum PointError {
    /// NaN or infinite.
    #[error("a coordinate is not a finite number")]
    NotFinite,
    /// Latitude out of range; often latitude and longitude were swapped.
    #[error("latitude {0} is not between -90 and 90; are latitude and longitude swapped?")]
    Latitude(f64),
    /// Longitude out of range.
    #[error("longitude {0} is not between -180 and 180")]
    Longitude(f64),
}

/// The wire form before it is checked.
#[derive(Deserialize)]
struct Unchecked {
    lat: f64,
    lon: f64,
}

impl TryFrom<Unchecked> for LatLon {
    type Error = PointError;

    fn try_from(raw: Unchecked) -> Result<Self, PointError> {
        Self::new(raw.lat, raw.lon)
    }
}

impl LatLon {
    /// A position from latitude and longitude in degrees, in this order.
    ///
    /// # Errors
    /// [`PointError`] when a value is not finite or off the globe.
    pub fn new(lat: f64, lon: f64) -> Result<Self, PointError> {
        if !lat.is_finite() || !lon.is_finite() {
            return Err(PointError::NotFinite);
        }
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PointError::Latitude(lat));
        }
        if !(-180.0..=180.0).contains(&lon) {
            return Err(PointError::Longitude(lon));
        }
        Ok(Self { lat, lon })
    }

    /// Degrees north.
    pub const fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east.
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Great-circle distance in metres (haversine on the mean sphere; within 0.6 % of the ellipsoid).
    pub fn distance_m(self, other: Self) -> f64 {
        let (lat_a, lat_b) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = ((lat_b - lat_a) / 2.0).sin();
        let half_lon = ((other.lon - self.lon).to_radians() / 2.0).sin();
        let square = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
        2.0 * EARTH_RADIUS_M * square.clamp(0.0, 1.0).sqrt().asin()
    }

    /// The same position as `GeoJSON` orders it: x is lon, y is lat.
    pub(crate) const fn coord(self) -> Coord<f64> {
        Coord { x: self.lon, y: self.lat }
    }
}

/// A flat plane in metres around one latitude: exact enough for distances of a few kilometres
/// inside a province, and far cheaper than trigonometry on every border edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Plane {
    metres_per_degree_lon: f64,
}

impl Plane {
    /// The plane that is true at this latitude.
    pub(crate) fn at_latitude(lat: f64) -> Self {
        // Near a pole a degree of longitude has no length; keep it positive so division stays finite.
        Self { metres_per_degree_lon: (lat.to_radians().cos() * METRES_PER_DEGREE).max(1.0) }
    }

    /// Metres east and north of lon 0, lat 0 on this plane.
    pub(crate) fn metres(self, coord: Coord<f64>) -> [f64; 2] {
        [coord.x * self.metres_per_degree_lon, coord.y * METRES_PER_DEGREE]
    }

    /// Degrees (lon, lat) that make up this many metres east and north.
    pub(crate) fn degrees(self, east_m: f64, north_m: f64) -> Coord<f64> {
        Coord { x: east_m / self.metres_per_degree_lon, y: north_m / METRES_PER_DEGREE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_a_position_and_a_swap_is_not() {
        assert!(LatLon::new(0.0, 0.0).is_ok());
        assert_eq!(LatLon::new(112.01, -7.82), Err(PointError::Latitude(112.01)));
        assert_eq!(LatLon::new(f64::NAN, 1.0), Err(PointError::NotFinite));
        assert!(serde_json::from_str::<LatLon>(r#"{"lat":91,"lon":0}"#).is_err());
    }

    #[test]
    fn distance_of_one_degree() {
        let a = LatLon::new(0.0, 0.0).unwrap();
        let b = LatLon::new(0.0, 1.0).unwrap();
        assert!((a.distance_m(b) - 111_195.0).abs() < 1.0);
        assert!(a.distance_m(a).abs() < f64::EPSILON);
        let antipode = LatLon::new(0.0, 180.0).unwrap();
        assert!(a.distance_m(antipode).is_finite());
    }
}
