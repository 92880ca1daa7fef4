//! A surge: many contacts about one event, found, confirmed by a person, and kept from hiding others.
//!
//! Holds the recent contacts and the events found among them. Time comes in with the contacts and the
//! calls; nothing here reads a clock, joins a report, or lets a contact go unheard.

mod event;
mod lane;
mod policy;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use kentongan_domain::catalogue::{Category, Priority};

use super::{Ear, JOIN_FROM, Sighting};
pub use event::{EventId, EventState, KnownEvent};
pub use lane::{Lane, Novelty};
pub use policy::Policy;

/// A contact as the surge sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// What, when, where, who, in which words; its id must be the contact's own.
    pub sighting: Sighting,
    /// How urgent, as suggested or decided.
    pub priority: Priority,
}

/// What noting a contact has brought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noticed {
    /// How new it is.
    pub novelty: Novelty,
    /// The event it was counted to.
    pub event: Option<EventId>,
    /// Whether that event has just been found and waits for a person.
    pub proposed: bool,
}

/// A recent contact, with the numbers of the earlier and later ones that match it.
#[derive(Debug, Clone)]
struct Noted {
    contact: Contact,
    event: Option<EventId>,
    near: Vec<u64>,
}

/// Recent contacts and the events among them.
#[derive(Debug, Clone, Default)]
pub struct Surge {
    policy: Policy,
    recent: VecDeque<Noted>,
    /// The number of the first in `recent`; each contact has the number after the one before.
    first: u64,
    events: Vec<KnownEvent>,
    next: u32,
}

impl Surge {
    /// An empty surge.
    pub fn new(policy: Policy) -> Self {
        Self { policy, ..Self::default() }
    }

    /// The events, ended ones among them until there are too many, in the order in which they were found.
    pub fn events(&self) -> &[KnownEvent] {
        &self.events
    }

    /// Notes a contact, once, in the order of arrival.
    pub fn note(&mut self, contact: Contact) -> Noticed {
        self.advance(contact.sighting.at_us);
        let ear = Ear::new(&contact.sighting);
        if let Some((at, _)) = lane::belongs(&self.policy, &self.events, &contact, &ear)
            && let Some(event) = self.events.get_mut(at)
        {
            event.take(&contact);
            let event = event.id;
            let novelty = self.heard(&contact, &ear);
            drop(ear);
            self.push(Noted { contact, event: Some(event), near: Vec::new() });
            return Noticed { novelty, event: Some(event), proposed: false };
        }
        let novelty = self.heard(&contact, &ear);
        let near = self.compared(&contact, &ear);
        drop(ear);
        let number = self.push(Noted { contact, event: None, near });
        let (event, proposed) = self.gather(number).unzip();
        Noticed { novelty, event, proposed: proposed.unwrap_or(false) }
    }

    /// A person says that a proposed event is one, and in which incident it is handled. Returns whether
    /// that was a step it could take.
    pub fn confirm(&mut self, id: EventId, at_us: i64, incident: Option<String>) -> bool {
        let Some(event) = self.events.iter_mut().find(|event| event.id == id) else { return false };
        let open = event.state == EventState::Proposed;
        if open {
            event.state = EventState::Confirmed { at_us, incident };
            event.heard();
        }
        open
    }

    /// People handle an event in an incident with these contacts. A proposal that tells of the same is
    /// confirmed by it; without one the contacts make an event of their own. None without a contact.
    pub fn adopt(
        &mut self,
        incident: &str,
        category: Category,
        contacts: &[Contact],
        at_us: i64,
    ) -> Option<EventId> {
        let (first, others) = contacts.split_first()?;
        let mut whole = KnownEvent::new(EventId(self.next), category, first);
        for contact in others {
            whole.take(contact);
        }
        let ear = Ear::new(whole.told());
        let of_contacts = |event: EventId| {
            self.recent.iter().any(|noted| {
                noted.event == Some(event)
                    && contacts.iter().any(|contact| contact.sighting.id == noted.contact.sighting.id)
            })
        };
        let proposal = self.events.iter().find(|event| {
            event.state == EventState::Proposed
                && event.category == category
                && (of_contacts(event.id)
                    || ear
                        .likeness(event.told(), event.nearest_us(whole.last_us), self.policy.belongs_from)
                        .is_some())
        });
        if let Some(id) = proposal.map(|event| event.id) {
            self.confirm(id, at_us, Some(incident.to_owned()));
            return Some(id);
        }
        let id = whole.id;
        self.next = self.next.wrapping_add(1);
        whole.state = EventState::Confirmed { at_us, incident: Some(incident.to_owned()) };
        whole.heard();
        self.events.push(whole);
        for noted in &mut self.recent {
            if contacts.iter().any(|contact| contact.sighting.id == noted.contact.sighting.id) {
                noted.event = Some(id);
            }
        }
        Some(id)
    }

    /// The recent contacts that were counted to an event, by arrival.
    pub fn contacts_of(&self, id: EventId) -> impl Iterator<Item = &Contact> {
        self.recent.iter().filter(move |noted| noted.event == Some(id)).map(|noted| &noted.contact)
    }

    /// A person says that an event is over or never was one. Its contacts are not counted again. Returns
    /// whether that was a step it could take.
    pub fn end(&mut self, id: EventId, at_us: i64) -> bool {
        let Some(event) = self.events.iter_mut().find(|event| event.id == id) else { return false };
        let open = !event.is_ended();
        if open {
            event.state = EventState::Ended { at_us };
        }
        open
    }

    /// Lets go what is too old by now, epoch microseconds: contacts out of the window, and events of which
    /// nobody has told for longer than their hazard lasts.
    pub fn advance(&mut self, now_us: i64) {
        let oldest = now_us.saturating_sub(self.policy.within_us);
        while self.recent.front().is_some_and(|noted| noted.contact.sighting.at_us < oldest)
            || self.recent.len() > self.policy.most_recent
        {
            self.recent.pop_front();
            self.first += 1;
        }
        for event in &mut self.events {
            if !event.is_ended() && event.is_quiet(now_us) {
                event.state = EventState::Ended { at_us: now_us };
            }
        }
        while self.events.len() > self.policy.most_events {
            let gone = self
                .events
                .iter()
                .position(KnownEvent::is_ended)
                .or_else(|| self.events.iter().position(|event| !event.is_confirmed()))
                .unwrap_or(0);
            self.events.remove(gone);
        }
    }

    fn push(&mut self, noted: Noted) -> u64 {
        self.recent.push_back(noted);
        self.first + self.recent.len() as u64 - 1
    }

    fn noted(&self, number: u64) -> Option<&Noted> {
        self.recent.get(usize::try_from(number.checked_sub(self.first)?).ok()?)
    }

    /// The numbers of those that belong to no event and match a contact that is about to be added; each of
    /// them knows of it from now on.
    fn compared(&mut self, contact: &Contact, ear: &Ear<'_>) -> Vec<u64> {
        let (number, sighting) = (self.first + self.recent.len() as u64, &contact.sighting);
        let mut near = Vec::new();
        for (other, noted) in (self.first..).zip(self.recent.iter_mut()) {
            let theirs = &noted.contact.sighting;
            if noted.event.is_none()
                && sighting.category.is_some()
                && theirs.category == sighting.category
                && ear.likeness(theirs, theirs.at_us, JOIN_FROM).is_some()
            {
                noted.near.push(number);
                near.push(other);
            }
        }
        near
    }

    /// The contact that most others match, among the new one and its matches, if they are enough for an
    /// event. Everybody matches one and the same contact: chains from quarter to quarter are no event.
    fn gather(&mut self, number: u64) -> Option<(EventId, bool)> {
        let around = self.noted(number)?.near.clone();
        let mut best: Vec<u64> = Vec::new();
        for centre in std::iter::once(number).chain(around) {
            let members = self.members(centre);
            if members.len() > best.len() && self.suffice(&members) {
                best = members;
            }
        }
        let contacts: Vec<Contact> =
            best.iter().filter_map(|member| Some(self.noted(*member)?.contact.clone())).collect();
        let (first, others) = contacts.split_first()?;
        let mut found = KnownEvent::new(EventId(self.next), most_told(&contacts)?, first);
        for contact in others {
            found.take(contact);
        }
        // What gathers beside a proposal that it matches is the same event, seen from another side.
        let ear = Ear::new(found.told());
        let same = self.events.iter().position(|event| {
            event.state == EventState::Proposed
                && event.category == found.category
                && ear
                    .likeness(event.told(), event.nearest_us(found.last_us), self.policy.belongs_from)
                    .is_some()
        });
        let (id, proposed) = if let Some(event) = same.and_then(|at| self.events.get_mut(at)) {
            for contact in &contacts {
                event.take(contact);
            }
            (event.id, false)
        } else {
            let id = found.id;
            self.next = self.next.wrapping_add(1);
            self.events.push(found);
            (id, true)
        };
        for (other, noted) in (self.first..).zip(self.recent.iter_mut()) {
            if best.contains(&other) {
                noted.event = Some(id);
            }
        }
        Some((id, proposed))
    }

    /// A contact and those that match it, as far as they are recent and belong to no event, by arrival.
    fn members(&self, centre: u64) -> Vec<u64> {
        let Some(noted) = self.noted(centre) else { return Vec::new() };
        let mut members: Vec<u64> = std::iter::once(centre)
            .chain(noted.near.iter().copied())
            .filter(|member| self.noted(*member).is_some_and(|noted| noted.event.is_none()))
            .collect();
        members.sort_unstable();
        members
    }

    fn suffice(&self, members: &[u64]) -> bool {
        let (mut callers, mut unnamed) = (BTreeSet::new(), 0);
        for noted in members.iter().filter_map(|member| self.noted(*member)) {
            match noted.contact.sighting.caller {
                Some(key) => {
                    callers.insert(key);
                }
                None => unnamed += 1,
            }
        }
        members.len() >= self.policy.contacts && callers.len() + unnamed >= self.policy.callers
    }
}

/// The category that most tell; of equals the first in the catalogue.
fn most_told(contacts: &[Contact]) -> Option<Category> {
    let mut told: BTreeMap<Category, usize> = BTreeMap::new();
    for category in contacts.iter().filter_map(|contact| contact.sighting.category) {
        *told.entry(category).or_default() += 1;
    }
    told.into_iter().rev().max_by_key(|(_, times)| *times).map(|(category, _)| category)
}
