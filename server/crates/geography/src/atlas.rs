//! The one door to a centre's geography: its villages, its place names, and the country's names if loaded.
//!
//! The server holds one atlas a centre behind a pointer it can swap; loading boundaries makes a new
//! atlas. Nothing in it changes after it was made but the landmarks that people add.

use std::sync::{Arc, PoisonError, RwLock};

use serde::{Deserialize, Serialize};

use crate::boundary_file::BoundaryReport;
use crate::error::GeographyError;
use crate::gazetteer::{Entry, Gazetteer};
use crate::jurisdiction::{Jurisdiction, OtherRegency};
use crate::landmarks::{AddedLandmark, LANDMARKS_MAX, LandmarkError};
use crate::national::{Home, NationalGazetteer};
use crate::place::{Candidate, TextPlaces, cut};
use crate::places_file::{self, PlacesReport};
use crate::point::LatLon;
use crate::search::Query;
use crate::village::Village;
use crate::village_map::VillageMap;

/// Everything a centre knows about places. A clone shares the map and the names, and has landmarks of
/// its own from then on.
#[derive(Debug)]
pub struct Atlas {
    /// The villages with their polygons.
    pub villages: Arc<VillageMap>,
    /// The place names, with the landmarks added.
    names: RwLock<Arc<Gazetteer>>,
    added: RwLock<Vec<AddedLandmark>>,
    pub(crate) national: Option<Arc<NationalGazetteer>>,
    pub(crate) home: Arc<Home>,
}

impl Clone for Atlas {
    fn clone(&self) -> Self {
        Self {
            villages: Arc::clone(&self.villages),
            names: RwLock::new(self.names()),
            added: RwLock::new(self.added_landmarks()),
            national: self.national.clone(),
            home: Arc::clone(&self.home),
        }
    }
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
        let (villages, boundaries) = VillageMap::from_geojson_texts(geojson_texts)?;
        let mut report = LoadReport { boundaries, ..LoadReport::default() };
        report.villages = villages.villages().count();
        let (rows, places) = places_file::read(places_csv)?;
        report.places = places;
        let gazetteer = Gazetteer::new(&villages, rows, &mut report.places);
        let home = Arc::new(Home::of(&villages));
        let atlas = Self {
            villages: Arc::new(villages),
            names: RwLock::new(Arc::new(gazetteer)),
            added: RwLock::default(),
            national: None,
            home,
        };
        Ok((atlas, report))
    }

    /// The same atlas with the country's names behind the centre's own.
    pub fn with_national(mut self, national: Arc<NationalGazetteer>) -> Self {
        self.national = Some(national);
        self
    }

    /// Adds a landmark; searches and texts find it from the next call on.
    ///
    /// # Errors
    /// [`LandmarkError`] when a word is missing or too long, or the landmark is known here.
    pub fn add_landmark(
        &self,
        name: &str,
        at: LatLon,
        added_by: &str,
    ) -> Result<AddedLandmark, LandmarkError> {
        let landmark = self.check_landmark(name, at, added_by, None)?;
        self.replace_landmark(None, Some(&landmark))?;
        Ok(landmark)
    }

    /// Puts an added landmark in the place of another, or only takes that one away, at one stroke: whoever
    /// searches finds the one or the other.
    ///
    /// # Errors
    /// [`LandmarkError::Known`] when the new one is known here; the old one is gone all the same.
    pub fn replace_landmark(
        &self,
        old: Option<&AddedLandmark>,
        new: Option<&AddedLandmark>,
    ) -> Result<(), LandmarkError> {
        let area = new.and_then(|new| self.villages.jurisdiction(new.at, None).village);
        // Added first, names after, as everywhere: two who add at once do not wait for each other for ever.
        let mut added = self.added.write().unwrap_or_else(PoisonError::into_inner);
        // Made ready aside: a search waits for the exchange only.
        let without = old.and_then(|old| {
            let at = added.iter().position(|other| other == old)?;
            added.remove(at);
            let mut names = Gazetteer::clone(&self.names());
            names.remove_landmark(&old.name, old.at);
            Some(names)
        });
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(without) = without {
            *names = Arc::new(without);
        }
        if let Some(new) = new {
            if names.entries.iter().any(|entry| new.is(&entry.name, entry.at)) {
                return Err(LandmarkError::Known { name: new.name.clone() });
            }
            Arc::make_mut(&mut names).add_landmark(&new.name, new.at, area);
            added.push(new.clone());
        }
        Ok(())
    }

    /// Whether a landmark could be added, or put in the place of an added one, with tidy words; nothing is
    /// changed.
    ///
    /// # Errors
    /// [`LandmarkError`] when a word is missing or too long, or the landmark is known here.
    pub fn check_landmark(
        &self,
        name: &str,
        at: LatLon,
        added_by: &str,
        in_place_of: Option<&AddedLandmark>,
    ) -> Result<AddedLandmark, LandmarkError> {
        let landmark = AddedLandmark::new(name, at, added_by)?;
        if in_place_of.is_none()
            && self.added.read().unwrap_or_else(PoisonError::into_inner).len() >= LANDMARKS_MAX
        {
            return Err(LandmarkError::TooMany);
        }
        let old = |entry: &Entry| in_place_of.is_some_and(|old| entry.is_landmark(&old.name, old.at));
        let names = self.names();
        if names.entries.iter().any(|entry| landmark.is(&entry.name, entry.at) && !old(entry)) {
            return Err(LandmarkError::Known { name: landmark.name });
        }
        Ok(landmark)
    }

    /// Every landmark that was added, in order.
    pub fn added_landmarks(&self) -> Vec<AddedLandmark> {
        self.added.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The centre's own names as they are now.
    pub(crate) fn names(&self) -> Arc<Gazetteer> {
        Arc::clone(&self.names.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whose area a point is in; `accuracy_m` is the 68 % radius of the position in metres. Where the
    /// circle reaches over the map's own edge, the country's names tell who is beyond it.
    pub fn jurisdiction(&self, point: LatLon, accuracy_m: Option<f64>) -> Jurisdiction {
        let mut answer = self.villages.jurisdiction(point, accuracy_m);
        let over_edge = answer.village.is_some()
            && answer.alternatives.is_empty()
            && answer.border_distance_m.is_some_and(|border_m| border_m <= answer.accuracy_m);
        if over_edge
            && let Some(national) = &self.national
            && let Some((regency, regency_code)) = national.nearest_regency(point, &self.home)
        {
            let distance_m = answer.border_distance_m.unwrap_or_default();
            answer.alternatives.push(OtherRegency { regency, regency_code, distance_m });
        }
        answer
    }

    /// Places that fit a typed query, best first: by text, then by distance to `near`, then the
    /// centre's own before the country's. At most `limit`, except that places of the same name and
    /// fit are never parted.
    pub fn search(&self, query: &str, near: Option<LatLon>, limit: usize) -> Vec<Candidate> {
        let query = Query::parse(query);
        let mut found = self.names().find(&query, near);
        if let Some(national) = &self.national {
            found.extend(national.search(&query, near, &self.home, limit));
            found.sort_by(by_fit_and_distance);
        }
        cut(found, limit)
    }

    /// Places that a free text mentions; see [`crate::blending`].
    pub fn find_in_text(&self, text: &str, near: Option<LatLon>, limit: usize) -> TextPlaces {
        crate::blending::find_in_text(self, text, near, limit)
    }

    /// The village with this code.
    pub fn village(&self, code: &str) -> Option<&Village> {
        self.villages.village(code)
    }

    /// Number of names: the centre's own and the country's.
    pub fn name_count(&self) -> usize {
        self.names().len() + self.national.as_ref().map_or(0, |national| national.len())
    }

    /// Outlines for drawing, as a `GeoJSON` `FeatureCollection` (coordinates lon, lat).
    pub fn outlines_geojson(&self) -> String {
        self.villages.outlines_geojson()
    }
}

/// Better text first, then nearer if a position was asked for. Everything else keeps its order.
pub(crate) fn by_fit_and_distance(a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    let step = |candidate: &Candidate| (candidate.score * 50.0).round();
    let away = |candidate: &Candidate| candidate.distance_m.unwrap_or(0.0);
    step(b).total_cmp(&step(a)).then_with(|| away(a).total_cmp(&away(b)))
}
