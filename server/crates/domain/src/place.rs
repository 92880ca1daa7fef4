//! Where: the claims a report makes about its place, and the place chosen from them.
//!
//! Claims are kept, never overwritten; coordinates are WGS 84 and 0,0 is a valid point.

use serde::{Deserialize, Serialize};

use crate::ids::EpochUs;

/// Where a position came from, the most trusted first (the order of the choosing rule).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClaimSource {
    /// Set on the map by the operator.
    OperatorPin,
    /// Position of a unit on scene.
    Unit,
    /// The caller's device (browser, AML).
    Device,
    /// A pin the sender put for the own place.
    Pin,
    /// A sensor's fixed place.
    Sensor,
    /// Source not told.
    Unknown,
    /// From the network (PIDF-LO, Wi-Fi).
    Network,
    /// Found in the words spoken or written.
    Spoken,
    /// The serving cell.
    Cell,
    /// A pin forwarded from somebody else: not the sender's place.
    ForwardedPin,
}

impl ClaimSource {
    /// Reads a source as channels name it; an unknown word is [`ClaimSource::Unknown`], never an error,
    /// because a position must not be lost for the name of its source.
    pub fn from_words(words: &str) -> Self {
        match words {
            "operator_pin" | "operator" | "map" => Self::OperatorPin,
            "unit" => Self::Unit,
            "device" | "gps" | "aml" | "browser" | "gnss" => Self::Device,
            "pin" | "whatsapp" | "line" | "telegram" => Self::Pin,
            "network" | "wifi" | "pidf_lo" | "pidf-lo" => Self::Network,
            "spoken" | "address" | "gazetteer" | "text" => Self::Spoken,
            "cell" => Self::Cell,
            "forwarded_pin" | "forwarded" => Self::ForwardedPin,
            "sensor" => Self::Sensor,
            _ => Self::Unknown,
        }
    }
}

/// One claim about where a report is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct LocationClaim {
    /// Latitude, WGS 84 degrees.
    pub lat: f64,
    /// Longitude, WGS 84 degrees.
    pub lon: f64,
    /// Radius of uncertainty in metres, if known.
    pub accuracy_m: Option<f64>,
    /// Where it came from.
    pub source: ClaimSource,
    /// When it was claimed (epoch µs).
    #[cfg_attr(feature = "schema", ts(type = "number"))]
    pub claimed_at: EpochUs,
}

impl LocationClaim {
    /// Whether every number of it is finite; others have no form in the log.
    pub fn is_finite(&self) -> bool {
        [Some(self.lat), Some(self.lon), self.accuracy_m].into_iter().flatten().all(f64::is_finite)
    }
}

/// The place in use: a point if known, and the administrative area it lies in.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Place {
    /// Latitude, WGS 84 degrees.
    pub lat: Option<f64>,
    /// Longitude, WGS 84 degrees.
    pub lon: Option<f64>,
    /// Radius of uncertainty in metres, if known.
    pub accuracy_m: Option<f64>,
    /// Where the point came from.
    pub source: Option<ClaimSource>,
    /// Name of the place as the gazetteer or the operator gives it.
    pub label: Option<String>,
    /// Village (desa/kelurahan) code, e.g. `35.71.01.1001`.
    pub village_code: Option<String>,
    /// Village name.
    pub village: Option<String>,
    /// District (kecamatan) name.
    pub district: Option<String>,
    /// Regency or city name.
    pub regency: Option<String>,
    /// Regency or city code, e.g. `35.71`.
    pub regency_code: Option<String>,
    /// How sure the area is, 0 to 1.
    pub confidence: Option<f64>,
}

impl Place {
    /// The point, if there is one.
    pub fn point(&self) -> Option<(f64, f64)> {
        self.lat.zip(self.lon)
    }

    /// Whether every number of it is finite; others have no form in the log.
    pub fn is_finite(&self) -> bool {
        [self.lat, self.lon, self.accuracy_m, self.confidence].into_iter().flatten().all(f64::is_finite)
    }
}
