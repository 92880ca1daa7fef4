//! Where a report is and whose area that is: village polygons, jurisdictions, place names.
//!
//! Everything here is a value in memory, built once from text (`GeoJSON`, CSV) and then only read.
//! No file, network, clock or randomness may enter: the caller hands in the text.
//! Coordinates are WGS 84 in degrees; `GeoJSON` writes lon, lat, everything else here lat, lon.

mod atlas;
mod blending;
mod boundary_file;
mod common_words;
mod confidence;
mod error;
mod gazetteer;
mod jurisdiction;
mod landmarks;
mod mentions;
mod national;
mod outline;
mod place;
mod places_file;
mod point;
mod reading;
mod regency_border;
mod resolve;
mod search;
mod shape;
mod spelling;
mod spoken;
mod village;
mod village_map;
mod words;

pub use atlas::{Atlas, LoadReport};
pub use boundary_file::{BoundaryReport, RejectedFeature};
pub use confidence::ASSUMED_ACCURACY_M;
pub use error::GeographyError;
pub use jurisdiction::{
    GAP_WITHIN_M, Jurisdiction, JurisdictionMethod, NEAREST_WITHIN_M, OUTSIDE_HORIZON_M, OtherRegency,
};
pub use landmarks::{AddedLandmark, LANDMARK_NAME_MAX, LANDMARKS_MAX, LandmarkError};
pub use national::{NationalGazetteer, NationalReport};
pub use place::{Candidate, MatchReason, PlaceKind, TextPlaces};
pub use places_file::{PlacesReport, RejectedPlace};
pub use point::{LatLon, PointError};
pub use resolve::{NAMED_WITHIN_M, Resolved, SpokenPoint, Verdict, Whereabouts};
pub use spoken::{Detail, MapService, Note, Part, Relation, SpokenPlace};
pub use village::{Village, VillageKind};
pub use village_map::VillageMap;
