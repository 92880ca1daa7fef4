//! Open incidents as the radar sees them, kept until an incident changes, and the radar's answer in words.

use std::collections::HashMap;
use std::sync::Arc;

use kentongan_domain::ids::{IncidentId, ReportId};
use kentongan_domain::place::Place;
use kentongan_protocol::answers::DuplicateAnswer;
use kentongan_triage::radar::{JOIN_FROM, Subject, place_words};
use kentongan_triage::{Lexicon, RadarReason, Sighting, Triage, classify, content_words, similar};
use parking_lot::Mutex;

use super::understand::Heard;
use crate::stream::{Hub, Memory};

/// Sightings of the open incidents, with whom each belongs to.
#[derive(Debug, Default)]
struct OpenIncidents {
    generation: u64,
    sightings: Vec<Sighting>,
    incidents: Vec<(IncidentId, String)>,
    /// What was read in the reports' words, so that they are read once and not at every change.
    read: HashMap<ReportId, Arc<Read>>,
}

/// What the radar compares of a text.
#[derive(Debug, Default)]
struct Read {
    words: Vec<String>,
    cues: Vec<String>,
}

/// The radar of a centre.
#[derive(Debug, Default)]
pub struct Radar {
    open: Mutex<Arc<OpenIncidents>>,
}

impl Radar {
    /// Open incidents that a contact may belong to, the likeliest first.
    pub fn duplicates(
        &self,
        hub: &Hub,
        lexicon: &Lexicon,
        triage: &Triage,
        heard: &Heard<'_>,
        place: &Place,
    ) -> Vec<DuplicateAnswer> {
        let open = self.open_incidents(hub, lexicon);
        if open.sightings.is_empty() {
            return Vec::new();
        }
        let candidate = Sighting {
            id: String::new(),
            subject: Subject::Report,
            category: triage.category,
            type_code: triage.type_code.clone(),
            at_us: heard.now,
            lat_lon: place.point(),
            accuracy_m: place.accuracy_m,
            caller: None,
            words: content_words(lexicon, heard.text),
            cues: triage.cues.clone(),
            place_words: words_of(place, heard.place_text),
        };
        similar(&candidate, &open.sightings)
            .into_iter()
            .filter(|found| found.score >= JOIN_FROM)
            .filter_map(|found| {
                let (incident, number) = open.incidents.get(found.index)?;
                Some(DuplicateAnswer {
                    incident: *incident,
                    number: number.clone(),
                    score: found.score,
                    distance_m: found.distance_m,
                    minutes: found.minutes,
                    reasons: found.reasons.iter().filter_map(in_words).collect(),
                })
            })
            .collect()
    }

    fn open_incidents(&self, hub: &Hub, lexicon: &Lexicon) -> Arc<OpenIncidents> {
        let mut held = self.open.lock();
        hub.read(|memory| {
            if memory.incident_generation() != held.generation {
                *held = Arc::new(gather(memory, lexicon, &held.read));
            }
        });
        Arc::clone(&held)
    }
}

fn gather(memory: &Memory, lexicon: &Lexicon, known: &HashMap<ReportId, Arc<Read>>) -> OpenIncidents {
    let mut open = OpenIncidents { generation: memory.incident_generation(), ..OpenIncidents::default() };
    for held in memory.incidents().filter(|held| held.incident.state.is_live()) {
        let incident = &held.incident;
        let reports: Vec<_> = incident.reports.iter().filter_map(|id| memory.report(*id)).collect();
        let first = reports.first().and_then(|held| Some((held.report.id, held.words.text.as_deref()?)));
        let read = first.map_or_else(Arc::default, |(id, text)| {
            let read = known.get(&id).cloned().unwrap_or_else(|| Arc::new(read(lexicon, text)));
            open.read.insert(id, Arc::clone(&read));
            read
        });
        let said = reports.first().and_then(|report| report.words.place_text.as_deref());
        let newest = reports.iter().map(|report| report.report.received_at).max();
        open.sightings.push(Sighting {
            id: incident.id.to_string(),
            category: Some(incident.category),
            type_code: Some(incident.type_code.clone()),
            at_us: newest.unwrap_or(incident.opened_at),
            lat_lon: incident.place.point(),
            accuracy_m: incident.place.accuracy_m,
            words: read.words.clone(),
            cues: read.cues.clone(),
            place_words: words_of(&incident.place, said),
            ..Sighting::default()
        });
        open.incidents.push((incident.id, incident.number.clone()));
    }
    open
}

fn read(lexicon: &Lexicon, text: &str) -> Read {
    Read { words: content_words(lexicon, text), cues: classify(lexicon, text).cues }
}

fn words_of(place: &Place, said: Option<&str>) -> Vec<String> {
    place_words([place.label.as_deref(), place.village.as_deref(), said].into_iter().flatten())
}

/// A reason as the operator reads it; none for distance and time, which have fields of their own, and for
/// cues, which are names of the lexicon and not yet words.
fn in_words(reason: &RadarReason) -> Option<String> {
    Some(match reason {
        RadarReason::Distance { touching: true, .. } => "lingkaran lokasi bersinggungan".to_owned(),
        RadarReason::Distance { .. }
        | RadarReason::NoDistance
        | RadarReason::Minutes { .. }
        | RadarReason::Cues { .. } => return None,
        RadarReason::SameType => "jenis sama".to_owned(),
        RadarReason::SameCategory => "kategori sama".to_owned(),
        RadarReason::RelatedCategory => "kategori berkaitan".to_owned(),
        RadarReason::UnknownCategory => "kategori belum diketahui".to_owned(),
        RadarReason::SameCaller => "pelapor sama".to_owned(),
        RadarReason::PlaceWords { words } => format!("lokasi sama: {}", words.join(", ")),
        RadarReason::Words { words } => format!("kata sama: {}", words.join(", ")),
    })
}
