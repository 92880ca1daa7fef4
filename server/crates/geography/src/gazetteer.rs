//! The names of a centre's area, prepared for search: villages, districts, landmarks, streets.
//!
//! Owns the entries and the index from spelling to entry; [`crate::search`] and
//! [`crate::mentions`] hold the two ways of asking. Must never hold a polygon.

use std::collections::{BTreeMap, HashMap};

use crate::place::{Candidate, MatchReason, PlaceKind};
use crate::places_file::{PlaceRow, PlacesReport};
use crate::point::LatLon;
use crate::village::{Village, VillageKind};
use crate::village_map::VillageMap;
use crate::words::{name_words, sound};

/// One name of an entry.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    /// Its words, without a leading class word.
    pub words: Vec<String>,
    /// The words put together, so that "Puh Sarang" and "Puhsarang" are one.
    pub joined: String,
    /// How it sounds, whatever the spelling.
    pub sounds: String,
    /// Whether it is another name than the official one.
    pub alias: bool,
}

impl Key {
    fn new(name: &str, alias: bool) -> Self {
        let words = name_words(name);
        let joined = words.concat();
        Self { sounds: sound(&joined), joined, words, alias }
    }
}

/// One place.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub name: String,
    pub kind: PlaceKind,
    pub at: LatLon,
    /// Only for a village entry.
    pub village_kind: Option<VillageKind>,
    /// The village it lies in, or is; for a district any of its villages.
    pub area: Option<Village>,
    pub keys: Vec<Key>,
    /// The words of the names around it: village, district, regency.
    pub context: Vec<String>,
}

impl Entry {
    fn new(name: &str, kind: PlaceKind, at: LatLon, area: Option<Village>) -> Self {
        let mut context = Vec::new();
        if let Some(area) = &area {
            if matches!(kind, PlaceKind::Landmark | PlaceKind::Street) {
                context.extend(name_words(&area.name));
            }
            context.extend(name_words(&area.district));
            // The regency keeps its class word: "kota" against "kabupaten" is the difference.
            context.extend(crate::words::words(&area.regency).into_iter().map(|word| word.text));
        }
        Self {
            name: name.to_owned(),
            kind,
            at,
            village_kind: None,
            area,
            keys: vec![Key::new(name, false)],
            context,
        }
    }

    /// Whether it is the landmark of exactly this name and point.
    pub(crate) fn is_landmark(&self, name: &str, at: LatLon) -> bool {
        self.kind == PlaceKind::Landmark && self.name == name && self.at == at
    }

    pub(crate) fn district_code(&self) -> Option<&str> {
        self.area.as_ref().map(|area| area.district_code.as_str())
    }

    pub(crate) fn regency_code(&self) -> Option<&str> {
        self.area.as_ref().map(|area| area.regency_code.as_str())
    }

    pub(crate) fn village_code(&self) -> Option<&str> {
        let area = self.area.as_ref().filter(|_| self.kind != PlaceKind::District);
        area.map(|area| area.code.as_str())
    }

    /// This entry as an answer.
    pub(crate) fn candidate(
        &self,
        score: f64,
        match_reason: MatchReason,
        matched: &str,
        near: Option<LatLon>,
    ) -> Candidate {
        let inside = self.area.as_ref().filter(|_| self.kind != PlaceKind::District);
        Candidate {
            name: self.name.clone(),
            kind: self.kind,
            village: inside.map(|area| area.name.clone()),
            village_code: inside.map(|area| area.code.clone()),
            district: self.area.as_ref().map(|area| area.district.clone()),
            district_code: self.area.as_ref().map(|area| area.district_code.clone()),
            regency: self.area.as_ref().map(|area| area.regency.clone()),
            regency_code: self.area.as_ref().map(|area| area.regency_code.clone()),
            lat: self.at.lat(),
            lon: self.at.lon(),
            score: (score * 1_000.0).round() / 1_000.0,
            match_reason,
            matched: matched.to_owned(),
            distance_m: near.map(|near| near.distance_m(self.at).round()),
        }
    }
}

/// Where a spelling leads: entry and which of its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Target {
    pub entry: usize,
    pub alias: bool,
    /// How many words the name has.
    pub words: usize,
}

/// The place names of a centre's area.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gazetteer {
    pub(crate) entries: Vec<Entry>,
    /// Joined spelling to entries.
    pub(crate) by_spelling: HashMap<String, Vec<Target>>,
    /// First letter to spellings, for finding near spellings quickly.
    pub(crate) by_initial: HashMap<char, Vec<String>>,
    /// Regency code with the words of its name, class word first ("kota", "kediri").
    pub(crate) regencies: Vec<(String, Vec<String>)>,
    /// Words in the longest name.
    pub(crate) longest_words: usize,
}

impl Gazetteer {
    /// Builds the gazetteer of a map and a pack's places. The report gets the count of places whose
    /// village had to be found by position.
    pub(crate) fn new(map: &VillageMap, places: Vec<PlaceRow>, report: &mut PlacesReport) -> Self {
        let mut gazetteer = Self::default();
        let mut districts: BTreeMap<&str, (f64, f64, f64, &Village)> = BTreeMap::new();
        for village in map.villages() {
            let sum = districts.entry(&village.district_code).or_insert((0.0, 0.0, 0.0, village));
            *sum = (sum.0 + village.lat, sum.1 + village.lon, sum.2 + 1.0, sum.3);
            if let Ok(at) = LatLon::new(village.lat, village.lon) {
                let mut entry = Entry::new(&village.name, PlaceKind::Village, at, Some(village.clone()));
                entry.village_kind = Some(village.kind);
                gazetteer.entries.push(entry);
            }
        }
        for (lat, lon, count, village) in districts.into_values() {
            if let Ok(at) = LatLon::new(lat / count, lon / count) {
                gazetteer.entries.push(Entry::new(
                    &village.district,
                    PlaceKind::District,
                    at,
                    Some(village.clone()),
                ));
            }
        }
        for row in places {
            let by_code = row.village_code.as_deref().and_then(|code| map.village(code)).cloned();
            report.located_by_position += usize::from(by_code.is_none());
            let area = by_code.or_else(|| map.jurisdiction(row.at, None).village);
            let mut entry = Entry::new(&row.name, row.kind, row.at, area);
            entry.keys.extend(row.aliases.iter().map(|alias| Key::new(alias, true)));
            gazetteer.entries.push(entry);
        }
        gazetteer.regencies = map
            .regencies()
            .map(|(code, name)| {
                (code.to_owned(), crate::words::words(name).into_iter().map(|word| word.text).collect())
            })
            .collect();
        gazetteer.index();
        gazetteer
    }

    fn index(&mut self) {
        for place in 0..self.entries.len() {
            self.index_one(place);
        }
    }

    fn index_one(&mut self, place: usize) {
        let Some(entry) = self.entries.get(place) else { return };
        for key in entry.keys.iter().filter(|key| !key.joined.is_empty()) {
            self.longest_words = self.longest_words.max(key.words.len());
            let targets = self.by_spelling.entry(key.joined.clone()).or_default();
            if targets.is_empty()
                && let Some(initial) = key.joined.chars().next()
            {
                self.by_initial.entry(initial).or_default().push(key.joined.clone());
            }
            if targets.iter().all(|target| target.entry != place) {
                targets.push(Target { entry: place, alias: key.alias, words: key.words.len() });
            }
        }
    }

    /// Adds a landmark in this village, or in none.
    pub(crate) fn add_landmark(&mut self, name: &str, at: LatLon, area: Option<Village>) {
        self.entries.push(Entry::new(name, PlaceKind::Landmark, at, area));
        self.index_one(self.entries.len() - 1);
    }

    /// Takes away the landmark that was added last under this name at this very point.
    pub(crate) fn remove_landmark(&mut self, name: &str, at: LatLon) {
        if let Some(place) = self.entries.iter().rposition(|entry| entry.is_landmark(name, at)) {
            self.entries.remove(place);
            // Every place behind it has another number now.
            self.by_spelling.clear();
            self.by_initial.clear();
            self.longest_words = 0;
            self.index();
        }
    }

    /// Number of places.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// The order of answers: better text first, then nearer, then landmark before street before
/// village before district, then by name and code so that the order never changes.
pub(crate) fn rank(a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    let step = |score: f64| (score * 50.0).round();
    step(b.score)
        .total_cmp(&step(a.score))
        .then_with(|| a.distance_m.unwrap_or(0.0).total_cmp(&b.distance_m.unwrap_or(0.0)))
        .then_with(|| a.kind.cmp(&b.kind))
        .then_with(|| b.score.total_cmp(&a.score))
        .then_with(|| a.name.cmp(&b.name))
        .then_with(|| a.village_code.cmp(&b.village_code))
        .then_with(|| a.district_code.cmp(&b.district_code))
}
