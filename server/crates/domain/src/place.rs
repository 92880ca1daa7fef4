//! Where: the claims a report makes about its place, and the place chosen from them.
//!
//! Claims are kept, never overwritten; coordinates are WGS 84 and 0,0 is a valid point. Which claim is in use
//! follows one stated rule, [`chosen`].

use serde::{Deserialize, Serialize};

use crate::ids::EpochUs;

/// Where a position came from, the most trusted first; [`chosen`] tells the whole rule.
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
    /// When it was claimed; of a measured position, when it was measured (epoch µs).
    #[cfg_attr(feature = "schema", ts(type = "number"))]
    pub claimed_at: EpochUs,
}

/// So long after it was measured a device's position is still where its owner is: on foot a hundred metres,
/// in a car a village (µs).
pub const DEVICE_FRESH_US: EpochUs = 60_000_000;

impl LocationClaim {
    /// Whether every number of it is finite; others have no form in the log.
    pub fn is_finite(&self) -> bool {
        [Some(self.lat), Some(self.lon), self.accuracy_m].into_iter().flatten().all(f64::is_finite)
    }

    /// Place in the order of trust at an instant, the most trusted first. A device's position that is
    /// [`DEVICE_FRESH_US`] old or older is trusted less than the network, more than words.
    pub fn rank(&self, at: EpochUs) -> u8 {
        match self.source {
            ClaimSource::OperatorPin => 0,
            ClaimSource::Unit => 1,
            ClaimSource::Device if at.saturating_sub(self.claimed_at) < DEVICE_FRESH_US => 2,
            ClaimSource::Pin => 3,
            ClaimSource::Sensor => 4,
            ClaimSource::Unknown => 5,
            ClaimSource::Network => 6,
            ClaimSource::Device => 7,
            ClaimSource::Spoken => 8,
            ClaimSource::Cell => 9,
            ClaimSource::ForwardedPin => 10,
        }
    }

    /// Whether it can be a place at all: finite and on the globe.
    fn is_on_earth(&self) -> bool {
        (-90.0..=90.0).contains(&self.lat) && (-180.0..=180.0).contains(&self.lon)
    }
}

/// The claim in use of all claims of one report, at the instant the report is about: operator's pin, unit
/// on scene, device position under 60 s old, pin of the sender's own place, (sensor, source not told,)
/// network, older device position, spoken address, cell; a forwarded pin last, as it is somebody else's
/// place. Of two pins by the operator, or two positions of units, the newer; of two others alike the one with the
/// smaller circle, then the newer, then the earlier in the list. What is not on the globe is never chosen.
pub fn chosen(claims: &[LocationClaim], at: EpochUs) -> Option<&LocationClaim> {
    let circle = |claim: &LocationClaim| {
        let of_people = matches!(claim.source, ClaimSource::OperatorPin | ClaimSource::Unit);
        let told = claim.accuracy_m.filter(|metres| metres.is_finite() && *metres >= 0.0);
        if of_people { 0.0 } else { told.unwrap_or(f64::INFINITY) }
    };
    claims.iter().filter(|claim| claim.is_on_earth()).min_by(|a, b| {
        let order = a.rank(at).cmp(&b.rank(at));
        order.then_with(|| circle(a).total_cmp(&circle(b))).then_with(|| b.claimed_at.cmp(&a.claimed_at))
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: EpochUs = 1_000_000_000;

    fn claim(source: ClaimSource, age_s: EpochUs, accuracy_m: Option<f64>) -> LocationClaim {
        LocationClaim { lat: -7.8, lon: 112.0, accuracy_m, source, claimed_at: NOW - age_s * 1_000_000 }
    }

    #[test]
    fn the_rule() {
        use ClaimSource::{
            Cell, Device, ForwardedPin, Network, OperatorPin, Pin, Sensor, Spoken, Unit, Unknown,
        };
        let in_order = [
            claim(OperatorPin, 900, None),
            claim(Unit, 900, None),
            claim(Device, 59, Some(5_000.0)),
            claim(Pin, 0, None),
            claim(Sensor, 0, None),
            claim(Unknown, 0, None),
            claim(Network, 0, Some(1_500.0)),
            claim(Device, 60, Some(5.0)),
            claim(Spoken, 0, Some(150.0)),
            claim(Cell, 0, Some(3_000.0)),
            claim(ForwardedPin, 0, Some(5.0)),
        ];
        for from in 0..in_order.len() {
            let mut rest: Vec<LocationClaim> = in_order.iter().skip(from).cloned().collect();
            rest.reverse();
            assert_eq!(chosen(&rest, NOW), in_order.get(from), "{from}");
        }
        assert_eq!(chosen(&[], NOW), None);
    }

    #[test]
    fn of_two_alike() {
        use ClaimSource::{OperatorPin, Pin};
        let choose = |claims: &[LocationClaim]| chosen(claims, NOW).cloned();
        let (old, new) = (claim(OperatorPin, 50, Some(5.0)), claim(OperatorPin, 10, None));
        assert_eq!(choose(&[old, new.clone()]), Some(new));
        let (coarse, fine) = (claim(Pin, 0, None), claim(Pin, 30, Some(20.0)));
        assert_eq!(choose(&[coarse, fine.clone()]), Some(fine));
        let first = claim(Pin, 0, Some(20.0));
        assert_eq!(choose(&[first.clone(), LocationClaim { lat: -7.9, ..first.clone() }]), Some(first));
    }

    #[test]
    fn what_is_no_place_is_not_chosen() {
        let mut bad = claim(ClaimSource::OperatorPin, 0, None);
        bad.lat = 112.0;
        let mut none = claim(ClaimSource::Unit, 0, None);
        none.lon = f64::NAN;
        let zero = LocationClaim { lat: 0.0, lon: 0.0, ..claim(ClaimSource::Cell, 0, None) };
        assert_eq!(chosen(&[bad, none, zero.clone()], NOW), Some(&zero));
        // A clock that runs ahead makes a position fresh, not old.
        let ahead = claim(ClaimSource::Device, -3_600, None);
        assert_eq!(ahead.rank(NOW), 2);
    }
}
