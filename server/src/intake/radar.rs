//! The radar of a centre: what a contact may belong to, how new it is, and which surges are proposed.
//!
//! Keeps up with the stream's memory when it is asked, and never the other way round. It proposes; people join.

use std::sync::Arc;

use kentongan_domain::ids::{IncidentId, ReportId};
use kentongan_domain::place::Place;
use kentongan_protocol::answers::{
    DuplicateAnswer, LikenessAnswer, NoveltyAnswer, SurgeProposal, WaitingDuplicateAnswer,
};
use kentongan_triage::radar::surge::Contact;
use kentongan_triage::radar::{JOIN_FROM, Subject};
use kentongan_triage::{Lexicon, RadarMatch, RadarReason, Sighting, Triage, content_words, similar};
use parking_lot::RwLock;

use super::contact::Contacts;
use super::sightings::{Read, Seen, Sightings, words_of};
use super::surge::Surges;
use super::understand::Heard;
use crate::stream::Hub;

/// Waiting reports that a contact is compared with, the latest. Of more than these a person finds none by
/// looking either; what belongs together then is a surge.
const MOST_WAITING: usize = 500;

#[derive(Debug, Default)]
struct Held {
    seen: Sightings,
    surges: Surges,
}

/// The radar of a centre.
#[derive(Debug, Default)]
pub struct Radar {
    held: RwLock<Held>,
    /// Numbers, as far as their reports are known.
    pub contacts: Contacts,
}

/// What the radar says of a contact.
#[derive(Debug, Default)]
pub struct Echo {
    /// Open incidents that it may belong to, the likeliest first.
    pub duplicates: Vec<DuplicateAnswer>,
    /// Waiting reports about the same, the likeliest first.
    pub waiting: Vec<WaitingDuplicateAnswer>,
    /// How new it is.
    pub novelty: NoveltyAnswer,
}

impl Radar {
    /// What it says of a contact, as far as it has kept up; `caller` is the key of its number.
    pub fn echo(
        &self,
        lexicon: &Lexicon,
        triage: &Triage,
        heard: &Heard<'_>,
        caller: Option<u64>,
        place: &Place,
    ) -> Echo {
        let read = Arc::new(Read { words: content_words(lexicon, heard.text), cues: triage.cues.clone() });
        self.held.read().seen.readings().keep(heard.text, Arc::clone(&read));
        let candidate = Sighting {
            id: String::new(),
            subject: Subject::Report,
            category: triage.category,
            type_code: triage.type_code.clone(),
            at_us: heard.now,
            lat_lon: place.point(),
            accuracy_m: place.accuracy_m,
            caller,
            words: read.words.clone(),
            cues: read.cues.clone(),
            place_words: words_of(place, heard.place_text),
        };
        let held = self.held.read();
        let Sightings { incidents, waiting, .. } = &held.seen;
        let mut echo = Echo::default();
        // Each for itself: in a surge what waits must not crowd out the incident that it belongs to.
        for found in likely(&candidate, incidents.iter().map(|one| &one.sighting)) {
            let Some(seen) = incidents.get(found.index) else { continue };
            let likeness = told(&found, &seen.number);
            echo.duplicates.push(DuplicateAnswer { incident: seen.id, likeness });
        }
        let latest: Vec<&Seen<ReportId>> =
            waiting.values().rev().filter(|one| Some(one.id) != heard.report).take(MOST_WAITING).collect();
        for found in likely(&candidate, latest.iter().map(|one| &one.sighting)) {
            let Some(seen) = latest.get(found.index) else { continue };
            let likeness = told(&found, &seen.number);
            echo.waiting.push(WaitingDuplicateAnswer { report: seen.id, likeness });
        }
        echo.novelty = held.surges.novelty(&Contact { sighting: candidate, priority: triage.priority });
        echo
    }

    /// Takes in what has changed; cheap when nothing has.
    pub fn keep_up(&self, hub: &Hub, lexicon: &Lexicon) {
        if !self.held.read().seen.is_behind(hub) {
            return;
        }
        let mut held = self.held.write();
        let Held { seen, surges } = &mut *held;
        let moved = seen.keep_up(hub, lexicon);
        for (report, sighting) in &moved.reports {
            if let Some(key) = sighting.caller {
                self.contacts.note(key, &report.report);
            }
        }
        surges.keep_up(hub, lexicon, seen, &moved);
    }

    /// How many events that several contacts tell of wait to be confirmed.
    pub fn proposed(&self, hub: &Hub, lexicon: &Lexicon) -> u32 {
        self.keep_up(hub, lexicon);
        self.held.read().surges.proposed()
    }

    /// The events that several contacts tell of and nobody has confirmed.
    pub fn proposals(&self, hub: &Hub, lexicon: &Lexicon) -> Vec<SurgeProposal> {
        self.keep_up(hub, lexicon);
        self.held.read().surges.proposals(hub)
    }

    /// The waiting reports that would tell of nothing but this incident if it were a known event.
    pub fn would_be_known(
        &self,
        hub: &Hub,
        lexicon: &Lexicon,
        incident: IncidentId,
        now: i64,
    ) -> Vec<ReportId> {
        self.keep_up(hub, lexicon);
        let mut held = self.held.write();
        let Held { seen, surges } = &mut *held;
        surges.would_be_known(hub, lexicon, seen, incident, now)
    }
}

/// Those that are offered for joining, the likeliest first.
fn likely<'a>(
    candidate: &Sighting,
    open: impl Iterator<Item = &'a Sighting>,
) -> impl Iterator<Item = RadarMatch> {
    similar(candidate, open).into_iter().filter(|found| found.score >= JOIN_FROM)
}

fn told(found: &RadarMatch, number: &str) -> LikenessAnswer {
    LikenessAnswer {
        number: number.to_owned(),
        score: found.score,
        distance_m: found.distance_m,
        minutes: found.minutes,
        reasons: found.reasons.iter().filter_map(in_words).collect(),
    }
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
