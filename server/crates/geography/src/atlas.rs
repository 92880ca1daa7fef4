//! The one door to a centre's geography: its villages and its place names together.
//!
//! The server holds one atlas a centre behind a pointer it can swap; loading boundaries makes a
//! new atlas. Nothing in it changes after it was made.

use serde::{Deserialize, Serialize};

use crate::boundary_file::BoundaryReport;
use crate::error::GeographyError;
use crate::gazetteer::Gazetteer;
use crate::jurisdiction::Jurisdiction;
use crate::place::{Candidate, TextPlaces};
use crate::places_file::{self, PlacesReport};
use crate::point::LatLon;
use crate::village::Village;
use crate::village_map::VillageMap;

/// Everything a centre knows about places.
#[derive(Debug, Clone)]
pub struct Atlas {
    /// The villages with their polygons.
    pub villages: VillageMap,
    /// The place names.
    pub gazetteer: Gazetteer,
}

/// What was loaded and what was set aside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadReport {
    /// One report a boundary file, in the order given.
    pub boundaries: Vec<BoundaryReport>,
    /// Villages on the map.
    pub villages: usize,
    /// The places file.
    pub places: PlacesReport,
}

impl LoadReport {
    /// Whether nothing at all was set aside.
    pub fn is_clean(&self) -> bool {
        self.places.rejected.is_empty() && self.boundaries.iter().all(|file| file.rejected.is_empty())
    }
}

impl Atlas {
    /// Builds the atlas of one or more `GeoJSON` texts (coordinates lon, lat) and a places CSV (may be empty).
    ///
    /// # Errors
    /// [`GeographyError`] when a text cannot be used at all, or there is no boundary text.
    pub fn new(geojson_texts: &[&str], places_csv: &str) -> Result<(Self, LoadReport), GeographyError> {
        let Some((first, more)) = geojson_texts.split_first() else {
            return Err(GeographyError::NoVillages {
                features: 0,
                first: "no boundary file was given".to_owned(),
            });
        };
        let (mut villages, boundaries) = VillageMap::from_geojson(first)?;
        let mut report = LoadReport { boundaries: vec![boundaries], ..LoadReport::default() };
        for text in more {
            report.boundaries.push(villages.extend(text)?);
        }
        report.villages = villages.villages().count();
        let (rows, places) = places_file::read(places_csv)?;
        report.places = places;
        let gazetteer = Gazetteer::new(&villages, rows, &mut report.places);
        Ok((Self { villages, gazetteer }, report))
    }

    /// Whose area a point is in; `accuracy_m` is the 68 % radius of the position in metres.
    pub fn jurisdiction(&self, point: LatLon, accuracy_m: Option<f64>) -> Jurisdiction {
        self.villages.jurisdiction(point, accuracy_m)
    }

    /// Places that fit a typed query, best first; see [`Gazetteer::search`].
    pub fn search(&self, query: &str, near: Option<LatLon>, limit: usize) -> Vec<Candidate> {
        self.gazetteer.search(query, near, limit)
    }

    /// Places that a free text mentions; see [`Gazetteer::find_in_text`].
    pub fn find_in_text(&self, text: &str, near: Option<LatLon>, limit: usize) -> TextPlaces {
        self.gazetteer.find_in_text(text, near, limit)
    }

    /// The village with this code.
    pub fn village(&self, code: &str) -> Option<&Village> {
        self.villages.village(code)
    }

    /// Outlines for drawing, as a `GeoJSON` `FeatureCollection` (coordinates lon, lat).
    pub fn outlines_geojson(&self) -> String {
        self.villages.outlines_geojson()
    }
}
