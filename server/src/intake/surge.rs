//! Surges of a centre: what several contacts tell of, proposed to the desk; and how new
//! a contact is beside what they have confirmed.
//!
//! What is confirmed stands with the incident, in the log. Everything else is computed from the reports and
//! may be lost: after a start it is found again.

use std::collections::{BTreeMap, BTreeSet};

use kentongan_domain::catalogue::Category;
use kentongan_domain::ids::{IncidentId, ReportId};
use kentongan_domain::queue::Lane;
use kentongan_protocol::answers::{NoveltyAnswer, SurgeProposal};
use kentongan_triage::Lexicon;
use kentongan_triage::radar::surge::{Contact, EventId, Policy, Surge};

use super::sightings::{Moved, Sightings, contact_of};
use crate::stream::Hub;

/// Ids of reports that were counted, kept so that none is counted twice.
const MOST_COUNTED: usize = 8_192;
/// Contacts of an incident that tell what it is like, the latest.
const MOST_TOLD: usize = 50;

/// The surges of one centre.
#[derive(Debug)]
pub struct Surges {
    surge: Surge,
    counted: BTreeSet<ReportId>,
    known: BTreeMap<IncidentId, (EventId, Category)>,
}

impl Default for Surges {
    fn default() -> Self {
        Self { surge: Surge::new(Policy::default()), counted: BTreeSet::new(), known: BTreeMap::new() }
    }
}

impl Surges {
    /// Counts the reports that are new, and follows what people have confirmed.
    pub fn keep_up(&mut self, hub: &Hub, lexicon: &Lexicon, seen: &mut Sightings, moved: &Moved) {
        for (held, sighting) in &moved.reports {
            if self.counted.insert(held.report.id) {
                self.surge.note(contact_of(held, sighting.clone()));
            }
            while self.counted.len() > MOST_COUNTED {
                self.counted.pop_first();
            }
        }
        if moved.incidents {
            self.follow(hub, lexicon, seen);
        }
    }

    /// Confirmed events are those of the log, and no others.
    fn follow(&mut self, hub: &Hub, lexicon: &Lexicon, seen: &mut Sightings) {
        let known: BTreeMap<IncidentId, (Category, i64)> = hub.read(|memory| {
            let live = memory.incidents().filter(|held| held.incident.state.is_live());
            live.filter_map(|held| {
                Some((held.incident.id, (held.incident.category, held.incident.known_since?)))
            })
            .collect()
        });
        let over: Vec<(IncidentId, EventId)> = self
            .known
            .iter()
            .filter(|(id, (_, category))| known.get(id).is_none_or(|(now, _)| now != category))
            .map(|(id, (event, _))| (*id, *event))
            .collect();
        for (id, event) in over {
            let incident = hub.read(|memory| memory.incident(id));
            let ended_at = incident.and_then(|held| held.incident.closed_at.or(held.incident.resolved_at));
            self.surge.end(event, ended_at.unwrap_or_default());
            self.known.remove(&id);
        }
        for (id, (category, since)) in known {
            if !self.known.contains_key(&id)
                && let Some(event) = self.surge.adopt(
                    &id.to_string(),
                    category,
                    &seen.told_of(hub, lexicon, id, MOST_TOLD),
                    since,
                )
            {
                self.known.insert(id, (event, category));
            }
        }
    }

    /// How new a contact is.
    pub fn novelty(&self, contact: &Contact) -> NoveltyAnswer {
        let lane = self.surge.novelty(contact).lane;
        let incident = lane.event().and_then(|event| self.incident_of(event));
        // Only what the log knows makes anybody wait.
        match (lane.in_queue(), incident) {
            (Lane::Known, None) => NoveltyAnswer { lane: Lane::Gathering, incident: None },
            (lane, incident) => NoveltyAnswer { lane, incident },
        }
    }

    /// The waiting reports that would tell of nothing but this incident if it were a known event.
    pub fn would_be_known(
        &self,
        hub: &Hub,
        lexicon: &Lexicon,
        seen: &mut Sightings,
        incident: IncidentId,
        now: i64,
    ) -> Vec<ReportId> {
        let Some(held) = hub.read(|memory| memory.incident(incident)) else { return Vec::new() };
        let mut supposed = self.surge.clone();
        let event = self.known.get(&incident).map(|(event, _)| *event).or_else(|| {
            let told = seen.told_of(hub, lexicon, incident, MOST_TOLD);
            supposed.adopt(&incident.to_string(), held.incident.category, &told, now)
        });
        let Some(event) = event else { return Vec::new() };
        let waiting = seen.waiting.values().filter(|one| {
            let priority =
                hub.read(|memory| memory.report(one.id)).map(|held| held.report.suggestion.priority);
            priority.is_some_and(|priority| {
                let lane = supposed.novelty(&Contact { sighting: one.sighting.clone(), priority }).lane;
                lane.in_queue() == Lane::Known && lane.event() == Some(event)
            })
        });
        waiting.map(|one| one.id).collect()
    }

    /// How many events wait for somebody to confirm them.
    pub fn proposed(&self) -> u32 {
        self.surge.proposals().len() as u32
    }

    /// The events that wait for somebody to confirm them, the one with the most contacts first.
    pub fn proposals(&self, hub: &Hub) -> Vec<SurgeProposal> {
        let described = self.surge.proposals().into_iter().map(|event| {
            let ids: Vec<ReportId> =
                self.surge.contacts_of(event.id).filter_map(|told| told.sighting.id.parse().ok()).collect();
            let (mut waiting, mut incidents) = (Vec::new(), BTreeMap::<IncidentId, usize>::new());
            hub.read(|memory| {
                for held in ids.iter().filter_map(|id| memory.report(*id)) {
                    let live = |id: &IncidentId| {
                        memory.incident(*id).is_some_and(|held| held.incident.state.is_live())
                    };
                    match held.report.incident.filter(live) {
                        Some(incident) => *incidents.entry(incident).or_default() += 1,
                        None if held.report.handled_at.is_none() => waiting.push(held.report.id),
                        None => {}
                    }
                }
            });
            SurgeProposal {
                category: event.category,
                type_code: event.type_code().map(str::to_owned),
                priority: event.priority,
                since: event.since_us,
                last: event.last_us,
                contacts: event.contacts,
                callers: event.callers(),
                lat: event.centre().map(|(lat, _)| lat),
                lon: event.centre().map(|(_, lon)| lon),
                radius_m: event.radius_m(),
                place_words: event.place_words(),
                waiting,
                incident: incidents.into_iter().max_by_key(|(_, times)| *times).map(|(id, _)| id),
            }
        });
        described.collect()
    }

    fn incident_of(&self, event: EventId) -> Option<IncidentId> {
        self.known.iter().find(|(_, (known, _))| *known == event).map(|(id, _)| *id)
    }
}
