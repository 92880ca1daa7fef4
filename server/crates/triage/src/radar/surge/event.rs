//! A known event: what its contacts say together of who, where, since when and how many.
//!
//! Sums and counts of contacts. Which contact belongs to it is decided beside it, in `mod.rs`; an
//! incident is named by an opaque id and never looked at.

use std::collections::{BTreeMap, BTreeSet};

use kentongan_domain::catalogue::{Category, Priority};
use serde::{Deserialize, Serialize};

use super::super::Sighting;
use super::super::windows::window_for;
use super::Contact;

/// Metres in a degree of latitude.
const DEGREE_M: f64 = 111_195.0;
/// Added to every accuracy radius before positions are weighed, metres: no fix counts for all others.
const NO_BETTER_THAN_M: f64 = 50.0;
/// Words said at least twice that stand for an event at most.
const MOST_WORDS: usize = 16;
/// Different words, and different callers, that are counted at most.
const MOST_COUNTED: usize = 512;

/// Names one event of a surge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventId(pub u32);

/// Where an event stands. Only a person confirms; ended is for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EventState {
    /// The radar found it; nobody has looked yet.
    Proposed,
    /// A person said that it is one event.
    Confirmed {
        /// When, epoch microseconds.
        at_us: i64,
        /// The incident it is handled in, if there is one.
        incident: Option<String>,
    },
    /// Over, or never was one.
    Ended {
        /// When, epoch microseconds.
        at_us: i64,
    },
}

/// An event that several contacts tell of.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownEvent {
    /// Its name within the surge.
    pub id: EventId,
    /// Where it stands.
    pub state: EventState,
    /// What it is about.
    pub category: Category,
    /// The most urgent priority told.
    pub priority: Priority,
    /// When the first of its contacts came in, epoch microseconds.
    pub since_us: i64,
    /// When the last one came in, epoch microseconds.
    pub last_us: i64,
    /// How many contacts tell of it.
    pub contacts: u32,
    unnamed: u32,
    callers: BTreeSet<u64>,
    types: BTreeMap<String, u32>,
    words: BTreeMap<String, u32>,
    place_words: BTreeMap<String, u32>,
    cues: BTreeMap<String, u32>,
    /// Which contact was the first to give a cue; none once people have heard it.
    told_first_by: BTreeMap<String, Option<String>>,
    /// Which contact raised the priority; none once people have heard it.
    raised_by: Option<String>,
    /// What its contacts say together; its instant is the last one's.
    told: Sighting,
    /// Sums of weight, and of weight times latitude, longitude and both squares.
    weight: f64,
    lat: f64,
    lon: f64,
    lat_lat: f64,
    lon_lon: f64,
}

impl KnownEvent {
    pub(super) fn new(id: EventId, category: Category, first: &Contact) -> Self {
        let mut event = Self {
            id,
            state: EventState::Proposed,
            category,
            priority: first.priority,
            since_us: first.sighting.at_us,
            last_us: first.sighting.at_us,
            contacts: 0,
            unnamed: 0,
            callers: BTreeSet::new(),
            types: BTreeMap::new(),
            words: BTreeMap::new(),
            place_words: BTreeMap::new(),
            cues: BTreeMap::new(),
            told_first_by: BTreeMap::new(),
            raised_by: None,
            told: Sighting::default(),
            weight: 0.0,
            lat: 0.0,
            lon: 0.0,
            lat_lat: 0.0,
            lon_lon: 0.0,
        };
        event.take(first);
        event
    }

    /// Counts a contact in.
    pub(super) fn take(&mut self, contact: &Contact) {
        let told = &contact.sighting;
        self.contacts = self.contacts.saturating_add(1);
        if contact.priority < self.priority {
            (self.priority, self.raised_by) = (contact.priority, Some(told.id.clone()));
        }
        self.since_us = self.since_us.min(told.at_us);
        self.last_us = self.last_us.max(told.at_us);
        match told.caller {
            Some(key) if self.callers.len() < MOST_COUNTED => {
                self.callers.insert(key);
            }
            Some(_) => {}
            None => self.unnamed = self.unnamed.saturating_add(1),
        }
        if told.category == Some(self.category)
            && let Some(code) = &told.type_code
        {
            *self.types.entry(code.clone()).or_default() += 1;
        }
        count(&mut self.words, &told.words);
        count(&mut self.place_words, &told.place_words);
        count(&mut self.cues, &told.cues);
        for cue in &told.cues {
            if self.told_first_by.len() < MOST_COUNTED {
                self.told_first_by.entry(cue.clone()).or_insert_with(|| Some(told.id.clone()));
            }
        }
        let on_earth = |(lat, lon): &(f64, f64)| lat.abs() <= 90.0 && lon.abs() <= 180.0;
        if let Some((lat, lon)) = told.lat_lon.filter(on_earth) {
            let radius = told.accuracy_m.filter(|metres| *metres >= 0.0).unwrap_or(0.0) + NO_BETTER_THAN_M;
            let weight = 1.0 / (radius * radius);
            self.weight += weight;
            self.lat += weight * lat;
            self.lon += weight * lon;
            self.lat_lat += weight * lat * lat;
            self.lon_lon += weight * lon * lon;
        }
        self.told = Sighting {
            category: Some(self.category),
            type_code: self.type_code().map(str::to_owned),
            at_us: self.last_us,
            lat_lon: self.centre(),
            accuracy_m: self.radius_m(),
            words: said_twice(&self.words),
            cues: said_twice(&self.cues),
            place_words: self.place_words(),
            ..Sighting::default()
        };
    }

    /// The middle of its contacts' positions, the finer ones counting more; none if nobody had one.
    pub fn centre(&self) -> Option<(f64, f64)> {
        (self.weight > 0.0).then(|| (self.lat / self.weight, self.lon / self.weight))
    }

    /// How far its contacts' positions lie from the middle, metres (root mean square).
    pub fn radius_m(&self) -> Option<f64> {
        let (lat, lon) = self.centre()?;
        let in_lat = (self.lat_lat / self.weight - lat * lat).max(0.0);
        let in_lon = (self.lon_lon / self.weight - lon * lon).max(0.0) * libm::cos(lat.to_radians()).powi(2);
        Some((in_lat + in_lon).sqrt() * DEGREE_M)
    }

    /// How many different callers; each contact without a key counts as one.
    pub fn callers(&self) -> u32 {
        self.unnamed.saturating_add(self.callers.len() as u32)
    }

    /// The type told most often; of equals the first by name.
    pub fn type_code(&self) -> Option<&str> {
        most(&self.types, 1).first().map(|(code, _)| *code)
    }

    /// Words of the place that at least two name, the most frequent first.
    pub fn place_words(&self) -> Vec<String> {
        said_twice(&self.place_words)
    }

    /// Whether it is known to people and not over.
    pub const fn is_confirmed(&self) -> bool {
        matches!(self.state, EventState::Confirmed { .. })
    }

    /// Whether it is over.
    pub const fn is_ended(&self) -> bool {
        matches!(self.state, EventState::Ended { .. })
    }

    /// A person has heard of all that was told so far.
    pub(super) fn heard(&mut self) {
        self.raised_by = None;
        self.told_first_by.values_mut().for_each(|first| *first = None);
    }

    /// Whether a contact is the first to say this, and nobody has heard it yet.
    pub(super) fn hears_first(&self, cue: &str, contact: &str) -> bool {
        self.told_first_by.get(cue).is_none_or(|first| first.as_deref() == Some(contact))
    }

    /// Whether a contact is more urgent than all that people have heard of.
    pub(super) fn is_raised_by(&self, contact: &Contact) -> bool {
        contact.priority < self.priority || self.raised_by.as_deref() == Some(contact.sighting.id.as_str())
    }

    /// Whether nobody has told of it for longer than its hazard lasts.
    pub(super) fn is_quiet(&self, now_us: i64) -> bool {
        let minutes = window_for(Some(self.category), self.type_code()).minutes;
        now_us.saturating_sub(self.last_us) as f64 > minutes * 60e6
    }

    /// The event as something to compare contacts with; its instant is that of its last contact.
    pub(super) const fn told(&self) -> &Sighting {
        &self.told
    }

    /// The instant of the event that is nearest to another, epoch microseconds.
    pub(super) fn nearest_us(&self, at_us: i64) -> i64 {
        at_us.max(self.since_us).min(self.last_us)
    }
}

fn count(counts: &mut BTreeMap<String, u32>, words: &[String]) {
    for word in words {
        if counts.len() < MOST_COUNTED || counts.contains_key(word) {
            *counts.entry(word.clone()).or_default() += 1;
        }
    }
}

fn most(counts: &BTreeMap<String, u32>, at_least: u32) -> Vec<(&str, u32)> {
    let mut all: Vec<(&str, u32)> = counts
        .iter()
        .filter(|(_, times)| **times >= at_least)
        .map(|(word, times)| (word.as_str(), *times))
        .collect();
    // Stable: of equals the first by name stays ahead.
    all.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    all
}

fn said_twice(counts: &BTreeMap<String, u32>) -> Vec<String> {
    most(counts, 2).into_iter().take(MOST_WORDS).map(|(word, _)| word.to_owned()).collect()
}
