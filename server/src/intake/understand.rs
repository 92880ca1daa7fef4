//! Makes sense of a contact: what it is, where, who is responsible, and whether it is known already.
//!
//! Suggestions only. Nothing here stores anything or decides for a person.

use std::sync::Arc;

use kentongan_domain::catalogue::{Category, Priority};
use kentongan_domain::ids::{IncidentId, ReportId};
use kentongan_domain::place::{LocationClaim, Place};
use kentongan_domain::queue::Rank;
use kentongan_domain::report::Suggestion;
use kentongan_domain::routing::Area;
use kentongan_domain::state::Reference;
use kentongan_geography::Atlas;
use kentongan_protocol::answers::{
    CategoryCandidate, ContactAnswer, NuisanceAnswer, PlaceAnswer, SurgeProposal, TriageAnswer, TriageReason,
    TypeProbability, Understanding,
};
use kentongan_triage::nuisance::{CallFacts, NuisanceReason, Weighed, weigh};
use kentongan_triage::{Reader, Triage};
use serde::Serialize;

use super::agencies::{Asked, Proposals, agencies_for, proposals};
use super::contact::{Contact, Contacts};
use super::place::{Located, locate};
use super::radar::Radar;
use crate::stream::Hub;

/// What was heard.
#[derive(Debug, Clone, Copy)]
pub struct Heard<'a> {
    /// The words.
    pub text: &'a str,
    /// The place in the caller's words.
    pub place_text: Option<&'a str>,
    /// Where, as the channel or the caller tells.
    pub claim: Option<&'a LocationClaim>,
    /// The number it comes from.
    pub phone: Option<&'a str>,
    /// How the call went.
    pub call: CallFacts,
    /// The stored report that is read again, not to be compared with itself.
    pub report: Option<ReportId>,
    /// Now (epoch µs).
    pub now: i64,
}

/// What was understood: for the answer, and for the report's events.
#[derive(Debug, Clone)]
pub struct Understood {
    /// For the answer.
    pub understanding: Understanding,
    /// For the answer to a repetition, kept with the command: without the caller's own words.
    pub keepsake: Understanding,
    /// For the event.
    pub suggestion: Suggestion,
    /// Every claim about the place.
    pub claims: Vec<LocationClaim>,
    /// The place in use.
    pub place: Place,
    /// Where it stands in the queue besides its priority.
    pub rank: Rank,
}

/// Understands the contacts of one centre.
#[derive(Debug)]
pub struct Understander {
    reader: Arc<Reader>,
    reference: Arc<Reference>,
    atlas: Arc<Atlas>,
    radar: Radar,
}

impl Understander {
    /// An understander for a centre's reference data and map.
    pub fn new(reader: Arc<Reader>, reference: Arc<Reference>, atlas: Arc<Atlas>) -> Self {
        Self { reader, reference, atlas, radar: Radar::default() }
    }

    /// Understands one contact.
    pub fn understand(&self, hub: &Hub, heard: &Heard<'_>) -> Understood {
        self.keep_up(hub);
        let contact = self.radar.contacts.known(heard.phone, heard.report, heard.now);
        let triage = self.reader.read(heard.text);
        let type_code = self.known_type(&triage);
        let Located { place, claims, candidates, ambiguous, verdict } = locate(&self.atlas, heard);
        let agencies = agencies_for(&self.reference.pack, &triage, type_code.as_deref(), Area::of(&place));
        let echo = self.radar.echo(self.reader.lexicon(), &triage, heard, contact.key, &place);
        let Contact { history, held_back, .. } = contact;
        let urgent = triage.category.is_some_and(Category::is_emergency) && triage.priority <= Priority::P2;
        let nuisance = weigh(&triage.nuisance, &history, heard.call, urgent);
        let rank = Rank { lane: echo.novelty.lane, event: echo.novelty.incident, held_back };
        let suggestion = Suggestion {
            category: triage.category,
            type_code: type_code.clone(),
            priority: triage.priority,
            confidence: triage.confidence,
            nuisance: nuisance.score,
            contact: history,
        };
        let understanding = Understanding {
            triage: triage_answer(triage, type_code, &nuisance),
            place: PlaceAnswer {
                place: place.clone(),
                ambiguous,
                candidates,
                verdict: verdict.map(|verdict| wire_name(&verdict)).unwrap_or_default(),
            },
            agencies,
            duplicates: echo.duplicates,
            waiting: echo.waiting,
            novelty: echo.novelty,
            contact: ContactAnswer { history, held_back },
        };
        let keepsake = self.without_own_words(&understanding);
        Understood { understanding, keepsake, suggestion, claims, place, rank }
    }

    /// The numbers of the centre.
    pub const fn contacts(&self) -> &Contacts {
        &self.radar.contacts
    }

    /// Takes in what has changed, before somebody waits for it.
    pub fn keep_up(&self, hub: &Hub) {
        self.radar.keep_up(hub, self.reader.lexicon());
    }

    /// How many events that several contacts tell of wait to be confirmed.
    pub fn proposed(&self, hub: &Hub) -> u32 {
        self.radar.proposed(hub, self.reader.lexicon())
    }

    /// The events that several contacts tell of and nobody has confirmed.
    pub fn proposals(&self, hub: &Hub) -> Vec<SurgeProposal> {
        self.radar.proposals(hub, self.reader.lexicon())
    }

    /// The waiting reports that would tell of nothing but this incident if it were a known event.
    pub fn would_be_known(&self, hub: &Hub, incident: IncidentId, now: i64) -> Vec<ReportId> {
        self.radar.would_be_known(hub, self.reader.lexicon(), incident, now)
    }

    /// What is kept for ever may hold no word that only this caller said: it could be a name.
    fn without_own_words(&self, understanding: &Understanding) -> Understanding {
        let lexicon = self.reader.lexicon();
        let mut kept = understanding.clone();
        kept.triage.reasons.retain(|reason| reason.words.contains(' ') || lexicon.knows(&reason.words));
        kept.waiting.iter_mut().for_each(|one| one.likeness.reasons.clear());
        kept
    }

    /// The suggested type if this centre's catalogue has it, else the category's general one.
    fn known_type(&self, triage: &Triage) -> Option<String> {
        let category = triage.category?;
        let types = &self.reference.pack.types;
        triage
            .type_code
            .as_deref()
            .and_then(|code| types.iter().find(|kind| kind.code == code))
            .or_else(|| types.iter().find(|kind| kind.code == format!("{}_other", category.code())))
            .map(|kind| kind.code.clone())
    }

    /// Who is proposed for an incident whose reports have these texts, and who is next after these refused.
    pub fn responsible(&self, asked: &Asked<'_>, texts: &[String], refused: &[&str]) -> Proposals {
        let read: Vec<Triage> = texts.iter().map(|text| self.reader.read(text)).collect();
        proposals(&self.reference.pack, asked, &read, refused)
    }
}

/// The wire name of a unit variant, as serde writes it.
fn wire_name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Why a contact may be none, as the operator reads it.
fn nuisance_in_words(reason: &NuisanceReason) -> String {
    match reason {
        NuisanceReason::Words { words } if words == "empty" => "tanpa isi".to_owned(),
        NuisanceReason::Words { words } if words == "no_words" => "tanpa kata".to_owned(),
        NuisanceReason::Words { words } => words.clone(),
        NuisanceReason::Today { times } => format!("{times}x dalam 24 jam"),
        NuisanceReason::Nothing { times, of } => format!("{times} dari {of} laporan sebelumnya kosong"),
        NuisanceReason::Real { times } => format!("{times} laporan sebelumnya nyata"),
        NuisanceReason::Silent { ms } => format!("diam {} detik", ms / 1_000),
        NuisanceReason::ShortRing { .. } => "ditutup sebelum diangkat".to_owned(),
    }
}

fn triage_answer(triage: Triage, type_code: Option<String>, nuisance: &Weighed) -> TriageAnswer {
    TriageAnswer {
        category: triage.category,
        type_code,
        types: triage
            .types
            .into_iter()
            .map(|one| TypeProbability { type_code: one.code, probability: one.probability })
            .collect(),
        priority: triage.priority,
        priority_confidence: triage.priority_probability,
        cues: triage.cues,
        confidence: triage.confidence,
        unsure: triage.unsure,
        candidates: triage
            .candidates
            .into_iter()
            .map(|one| CategoryCandidate { category: one.category, probability: one.probability })
            .collect(),
        reasons: triage
            .reasons
            .into_iter()
            .map(|one| TriageReason { kind: wire_name(&one.kind), words: one.words, effect: one.effect })
            .collect(),
        nuisance: NuisanceAnswer {
            score: nuisance.score,
            kind: nuisance.kind.map(|kind| wire_name(&kind)),
            reasons: nuisance.reasons.iter().map(nuisance_in_words).collect(),
        },
        language: wire_name(&triage.language),
    }
}
