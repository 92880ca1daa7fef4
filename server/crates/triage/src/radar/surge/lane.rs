//! How new a contact is beside what is known. In which order contacts wait by it is the domain's rule
//! (`kentongan_domain::queue`); nothing is ever taken out of the queue here.

use std::cmp::Reverse;

use kentongan_domain::queue;
use serde::{Deserialize, Serialize};

use super::event::{EventId, KnownEvent};
use super::policy::{ALWAYS_NEW, NEW_AT_FIRST, Policy};
use super::{Contact, Surge};
use crate::radar::Ear;

/// Score from which a contact could be about an event without being held for one of it.
const COULD_BE_FROM: f64 = 0.2;
/// Accuracy radius from which a position does not tell one event from another, metres.
const COARSE_M: f64 = 300.0;

/// How new a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "lane", content = "event", rename_all = "snake_case")]
pub enum Lane {
    /// Belongs to nothing known.
    New,
    /// Belongs to a known event and tells of it what people have not heard, or of a body in danger.
    Update(EventId),
    /// May be about a known event, but its place or subject is too vague to say so.
    Unclear(EventId),
    /// Belongs to an event that is proposed and not yet confirmed.
    Gathering(EventId),
    /// Belongs to a confirmed event: the fast lane.
    Known(EventId),
}

impl Lane {
    /// The lane as the queue knows it.
    pub const fn in_queue(self) -> queue::Lane {
        match self {
            Self::New => queue::Lane::New,
            Self::Update(_) => queue::Lane::Update,
            Self::Unclear(_) => queue::Lane::Unclear,
            Self::Gathering(_) => queue::Lane::Gathering,
            Self::Known(_) => queue::Lane::Known,
        }
    }

    /// The event it is compared with.
    pub const fn event(self) -> Option<EventId> {
        match self {
            Self::New => None,
            Self::Update(id) | Self::Unclear(id) | Self::Gathering(id) | Self::Known(id) => Some(id),
        }
    }
}

/// How new a contact is, with a figure for what lies between.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Novelty {
    /// In which lane it waits.
    pub lane: Lane,
    /// 1 less the score with the event most like it: 1 for a contact like nothing known.
    pub share: f64,
}

/// The event that a contact belongs to, if any, with the score. Confirmed ones come before proposed ones.
pub(super) fn belongs(
    policy: &Policy,
    events: &[KnownEvent],
    contact: &Contact,
    ear: &Ear<'_>,
) -> Option<(usize, f64)> {
    let mut best: Option<(usize, bool, f64)> = None;
    for (at, event) in events.iter().enumerate().filter(|(_, event)| !event.is_ended()) {
        if contact.sighting.category != Some(event.category) {
            continue;
        }
        let Some(score) = likeness(event, contact, ear, policy.belongs_from) else { continue };
        let rank = (event.is_confirmed(), score);
        if best.is_none_or(|(_, confirmed, known)| rank > (confirmed, known)) {
            best = Some((at, event.is_confirmed(), score));
        }
    }
    best.map(|(at, _, score)| (at, score))
}

fn likeness(event: &KnownEvent, contact: &Contact, ear: &Ear<'_>, least: f64) -> Option<f64> {
    ear.likeness(event.told(), event.nearest_us(contact.sighting.at_us), least)
}

/// Whether a contact that does not belong to an event could still be about it. One read as another
/// category has to speak of the same thing for that: a heart next door to a fire is no fire.
fn could_be(event: &KnownEvent, contact: &Contact, ear: &Ear<'_>) -> bool {
    let akin = contact.sighting.category.is_none_or(|category| category == event.category);
    likeness(event, contact, ear, COULD_BE_FROM).is_some() && (akin || ear.shares_a_cue(event.told()))
}

impl Surge {
    /// How new a contact is beside the events known now; the contact itself may have been noted already.
    pub fn novelty(&self, contact: &Contact) -> Novelty {
        self.heard(contact, &Ear::new(&contact.sighting))
    }

    /// [`Surge::novelty`], of a contact that is being compared already.
    pub(super) fn heard(&self, contact: &Contact, ear: &Ear<'_>) -> Novelty {
        let likest = self
            .events
            .iter()
            .filter(|event| event.is_confirmed())
            .map(|event| (event, likeness(event, contact, ear, 0.0).unwrap_or(0.0)))
            .reduce(|best, next| if next.1 > best.1 { next } else { best });
        let share = 1.0 - likest.map_or(0.0, |(_, score)| score);
        let body = contact.sighting.cues.iter().any(|cue| ALWAYS_NEW.contains(&cue.as_str()));
        let own = belongs(&self.policy, &self.events, contact, ear).and_then(|(at, _)| self.events.get(at));
        let lane = match own {
            Some(event) if body || says_more(event, contact) => Lane::Update(event.id),
            Some(event) if event.is_confirmed() => Lane::Known(event.id),
            Some(event) => Lane::Gathering(event.id),
            None => match likest {
                Some((event, _)) if !body && (could_be(event, contact, ear) || is_vague(event, contact)) => {
                    Lane::Unclear(event.id)
                }
                _ => Lane::New,
            },
        };
        Novelty { lane, share }
    }

    /// The events that people should look at, the one with the most contacts first.
    pub fn proposals(&self) -> Vec<&KnownEvent> {
        let mut open: Vec<&KnownEvent> =
            self.events.iter().filter(|event| !event.is_ended() && !event.is_confirmed()).collect();
        open.sort_by_key(|event| (Reverse(event.contacts), event.id));
        open
    }
}

/// Whether a contact of an event is more urgent than all before it, or tells what nobody told.
fn says_more(event: &KnownEvent, contact: &Contact) -> bool {
    event.is_raised_by(contact)
        || contact
            .sighting
            .cues
            .iter()
            .any(|cue| NEW_AT_FIRST.contains(&cue.as_str()) && event.hears_first(cue, &contact.sighting.id))
}

/// Whether a contact of the same kind, or of none that is known, says too little of its place to be
/// another event.
fn is_vague(event: &KnownEvent, contact: &Contact) -> bool {
    let sighting = &contact.sighting;
    let akin = sighting.category.is_none_or(|category| category == event.category);
    let coarse = sighting.lat_lon.is_none() || sighting.accuracy_m.is_some_and(|metres| metres >= COARSE_M);
    akin && coarse && !event.is_quiet(sighting.at_us)
}
