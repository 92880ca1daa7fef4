//! Open incidents and waiting reports as the radar compares them, kept in step with the stream's memory.
//!
//! A text is read once, when it comes; what changes afterwards is told by the memory's changes.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use kentongan_domain::ids::{IncidentId, ReportId};
use kentongan_domain::place::Place;
use kentongan_domain::queue::Lane;
use kentongan_domain::report::ReportState;
use kentongan_triage::radar::surge::Contact;
use kentongan_triage::radar::{Subject, place_words};
use kentongan_triage::{Lexicon, Sighting, classify, content_words};
use parking_lot::Mutex;

use super::contact;
use crate::stream::{HeldIncident, HeldReport, Hub};

/// What the radar compares of a text.
#[derive(Debug, Default)]
pub struct Read {
    /// Content words.
    pub words: Vec<String>,
    /// Names of the cues.
    pub cues: Vec<String>,
}

/// What was read in the latest texts: a text that was just understood is not read again when it is stored.
#[derive(Debug, Default)]
pub struct Readings {
    latest: Mutex<VecDeque<(u64, Arc<Read>)>>,
}

/// Texts of which the reading is kept.
const READINGS_KEPT: usize = 256;

impl Readings {
    /// Keeps what was read in a text.
    pub fn keep(&self, text: &str, read: Arc<Read>) {
        let mut latest = self.latest.lock();
        latest.push_front((fingerprint(text), read));
        latest.truncate(READINGS_KEPT);
    }

    /// What was read in a text, if that was lately.
    fn of(&self, text: &str) -> Option<Arc<Read>> {
        let sought = fingerprint(text);
        self.latest.lock().iter().find(|(held, _)| *held == sought).map(|(_, read)| Arc::clone(read))
    }
}

fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Something open, with its spoken number.
#[derive(Debug, Clone)]
pub struct Seen<Id> {
    /// Which.
    pub id: Id,
    /// Its number.
    pub number: String,
    /// As it is compared.
    pub sighting: Sighting,
}

/// Everything open of a centre.
#[derive(Debug, Default)]
pub struct Sightings {
    /// Live incidents.
    pub incidents: Vec<Seen<IncidentId>>,
    /// Reports without an outcome.
    pub waiting: BTreeMap<ReportId, Seen<ReportId>>,
    incident_generation: u64,
    changes_seen: u64,
    read: HashMap<ReportId, Arc<Read>>,
    readings: Arc<Readings>,
}

/// What keeping up has brought.
#[derive(Debug, Default)]
pub struct Moved {
    /// Reports that are new or have changed, as they are now, the earliest first.
    pub reports: Vec<(Arc<HeldReport>, Sighting)>,
    /// Whether an incident is new or has changed.
    pub incidents: bool,
}

impl Sightings {
    /// Where what was read in the latest texts is kept.
    pub fn readings(&self) -> Arc<Readings> {
        Arc::clone(&self.readings)
    }

    /// Whether the memory has moved on.
    pub fn is_behind(&self, hub: &Hub) -> bool {
        let now = hub.read(|memory| (memory.incident_generation(), memory.changes_of_reports()));
        now != (self.incident_generation, self.changes_seen)
    }

    /// An incident as people have set it, and then what its reports and those that wait behind it tell, the
    /// latest of them; nothing when the memory does not hold it.
    pub fn told_of(&mut self, hub: &Hub, lexicon: &Lexicon, id: IncidentId, most: usize) -> Vec<Contact> {
        let Some((incident, mut reports)) = hub.read(|memory| {
            let held = memory.incident(id)?;
            let reports = held.incident.reports.iter().filter_map(|report| memory.report(*report));
            let reports: Vec<_> = reports.collect();
            Some((held, reports))
        }) else {
            return Vec::new();
        };
        let own = self.incident(&incident, &reports, lexicon).sighting;
        let behind = hub.read(|memory| {
            let waiting = self.waiting.keys().filter_map(|report| memory.report(*report));
            waiting
                .filter(|held| held.report.rank.lane == Lane::Known && held.report.rank.event == Some(id))
                .collect::<Vec<_>>()
        });
        reports.extend(behind);
        let surplus = reports.len().saturating_sub(most);
        let told = reports.iter().skip(surplus);
        std::iter::once(Contact { sighting: own, priority: incident.incident.priority })
            .chain(told.map(|held| contact_of(held, self.sighting_of(held, lexicon))))
            .collect()
    }

    /// Takes in what has changed since the last time.
    pub fn keep_up(&mut self, hub: &Hub, lexicon: &Lexicon) -> Moved {
        // Texts are read outside of the memory's lock.
        let (changed, seen, incidents) = hub.read(|memory| {
            let (changed, seen) = memory.changed_reports(self.changes_seen);
            let generation = memory.incident_generation();
            let incidents = (generation != self.incident_generation).then(|| {
                let live = memory.incidents().filter(|held| held.incident.state.is_live());
                let with_reports = live.map(|held| {
                    let reports = held.incident.reports.iter().filter_map(|id| memory.report(*id));
                    (Arc::clone(held), reports.collect::<Vec<_>>())
                });
                (generation, with_reports.collect::<Vec<_>>())
            });
            (changed, seen, incidents)
        });
        self.changes_seen = seen;
        let mut moved = Moved { incidents: incidents.is_some(), ..Moved::default() };
        for held in changed {
            let sighting = self.sighting_of(&held, lexicon);
            if held.report.state == ReportState::Waiting {
                let seen = Seen {
                    id: held.report.id,
                    number: held.report.number.clone(),
                    sighting: sighting.clone(),
                };
                self.waiting.insert(held.report.id, seen);
            } else {
                self.waiting.remove(&held.report.id);
            }
            moved.reports.push((held, sighting));
        }
        if let Some((generation, incidents)) = incidents {
            self.incident_generation = generation;
            self.incidents =
                incidents.iter().map(|(held, reports)| self.incident(held, reports, lexicon)).collect();
        }
        self.forget(hub);
        moved
    }

    fn incident(
        &mut self,
        held: &HeldIncident,
        reports: &[Arc<HeldReport>],
        lexicon: &Lexicon,
    ) -> Seen<IncidentId> {
        let incident = &held.incident;
        let first = reports.first();
        let read = first.map_or_else(Arc::default, |report| self.read_of(report, lexicon));
        let said = first.and_then(|report| report.words.place_text.as_deref());
        let newest = reports.iter().map(|report| report.report.received_at).max();
        let sighting = Sighting {
            id: incident.id.to_string(),
            subject: Subject::Incident,
            category: Some(incident.category),
            type_code: Some(incident.type_code.clone()),
            at_us: newest.unwrap_or(incident.opened_at),
            lat_lon: incident.place.point(),
            accuracy_m: incident.place.accuracy_m,
            caller: None,
            words: read.words.clone(),
            cues: read.cues.clone(),
            place_words: words_of(&incident.place, said),
        };
        Seen { id: incident.id, number: incident.number.clone(), sighting }
    }

    fn sighting_of(&mut self, held: &HeldReport, lexicon: &Lexicon) -> Sighting {
        let report = &held.report;
        let read = self.read_of(held, lexicon);
        Sighting {
            id: report.id.to_string(),
            subject: Subject::Report,
            category: report.suggestion.category,
            type_code: report.suggestion.type_code.clone(),
            at_us: report.received_at,
            lat_lon: report.place.point(),
            accuracy_m: report.place.accuracy_m,
            caller: held.reporter.as_ref().and_then(|person| contact::key(person.phone.as_deref()?)),
            words: read.words.clone(),
            cues: read.cues.clone(),
            place_words: words_of(&report.place, held.words.place_text.as_deref()),
        }
    }

    fn read_of(&mut self, held: &HeldReport, lexicon: &Lexicon) -> Arc<Read> {
        let Some(text) = held.words.text.as_deref() else { return Arc::default() };
        let readings = &self.readings;
        let read = self.read.entry(held.report.id).or_insert_with(|| {
            readings.of(text).unwrap_or_else(|| {
                Arc::new(Read { words: content_words(lexicon, text), cues: classify(lexicon, text).cues })
            })
        });
        Arc::clone(read)
    }

    /// Lets go what was read in reports that the memory has let go.
    fn forget(&mut self, hub: &Hub) {
        const SURPLUS: usize = 4_096;
        let held = hub.read(|memory| memory.reports().len());
        if self.read.len() > held + SURPLUS {
            hub.read(|memory| {
                self.read.retain(|id, _| memory.report(*id).is_some());
                self.waiting.retain(|id, _| memory.report(*id).is_some());
            });
        }
    }
}

/// A report as the surge sees it.
pub fn contact_of(held: &HeldReport, sighting: Sighting) -> Contact {
    Contact { sighting, priority: held.report.suggestion.priority }
}

/// Words of a place: what it is called, where it lies, what was said of it.
pub fn words_of(place: &Place, said: Option<&str>) -> Vec<String> {
    place_words([place.label.as_deref(), place.village.as_deref(), said].into_iter().flatten())
}
