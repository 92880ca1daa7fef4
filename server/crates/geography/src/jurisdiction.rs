//! Whose area a point is in, by which rule, and how sure that is.
//!
//! The rule, in this order: the village that contains the point; on a shared border (or where
//! polygons overlap) the one with the smallest code; the nearest village within
//! [`NEAREST_WITHIN_M`], or within [`GAP_WITHIN_M`] where the map lies all around; else outside. Bounding boxes and outer rings are never an answer:
//! Kota Kediri lies inside Kabupaten Kediri.

use serde::{Deserialize, Serialize};

use crate::village::Village;

/// A point in no polygon still belongs to a village this near, in metres: rivers and file borders
/// leave such gaps.
pub const NEAREST_WITHIN_M: f64 = 50.0;

/// In a gap with the map all around it, a point belongs to a village this near, in metres: published files
/// have holes of most of a kilometre.
pub const GAP_WITHIN_M: f64 = 600.0;

/// For a point outside, the border's distance in metres is told up to here.
pub const OUTSIDE_HORIZON_M: f64 = 2_000.0;

/// Which rule gave the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum JurisdictionMethod {
    /// Exactly one village contains the point.
    Contains,
    /// Several do (a shared border, an overlap); the smallest code was taken.
    Tie,
    /// None does; the nearest within [`NEAREST_WITHIN_M`] (in a gap of the map, [`GAP_WITHIN_M`]) was taken.
    Nearest,
    /// Outside the map.
    Outside,
}

/// Another regency that the true position may lie in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct OtherRegency {
    /// Its name.
    pub regency: String,
    /// Its code.
    pub regency_code: String,
    /// Metres from the point to its border.
    pub distance_m: f64,
}

/// The answer for one point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Jurisdiction {
    /// The village, with district and regency; `None` when outside.
    pub village: Option<Village>,
    /// Which rule gave it.
    pub method: JurisdictionMethod,
    /// Metres to the border of the village's regency; for a point outside, to the nearest
    /// regency's border, if within [`OUTSIDE_HORIZON_M`].
    pub border_distance_m: Option<f64>,
    /// Metres to the border of the village itself; `None` when outside.
    pub village_border_m: Option<f64>,
    /// Radius in metres of the circle that was reckoned with: the position's accuracy if it told a
    /// sensible one, else [`crate::ASSUMED_ACCURACY_M`].
    pub accuracy_m: f64,
    /// 0 to 1: how likely the true position has this answer's regency (or is outside). From the
    /// accuracy and `border_distance_m`; 0.5 on the border. A nearest village gets 0.5 at most.
    pub confidence: f64,
    /// Other regencies that the circle reaches into, nearest first: the true position might be there.
    /// Beyond the map's own edge a name stands only where a national gazetteer is loaded; without
    /// one the edge only lowers `confidence`.
    pub alternatives: Vec<OtherRegency>,
}

impl Jurisdiction {
    /// Code of the regency, if the point is in one.
    pub fn regency_code(&self) -> Option<&str> {
        self.village.as_ref().map(|village| village.regency_code.as_str())
    }

    /// The answer in a sentence, with its doubt: "Kota Kediri (84 %), might be Kabupaten Kediri".
    pub fn words(&self) -> String {
        let percent = (self.confidence * 100.0).round();
        let sure = match &self.village {
            Some(village) => format!("{} ({percent} %)", village.regency),
            None => format!("outside the map ({percent} %)"),
        };
        let others: Vec<&str> = self.alternatives.iter().map(|other| other.regency.as_str()).collect();
        if others.is_empty() { sure } else { format!("{sure}, might be {}", others.join(" or ")) }
    }
}
