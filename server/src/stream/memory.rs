//! The read model of a centre in memory: everything open, and what was closed lately, with its words.
//!
//! Changed only by publications of the writer, in the order of the log.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use kentongan_domain::dispatch::Dispatch;
use kentongan_domain::ids::{DispatchId, EpochUs, IncidentId, PersonId, ReportId, TextId};
use kentongan_domain::incident::{Incident, IncidentState};
use kentongan_domain::report::Report;
use kentongan_domain::state::Reference;
use kentongan_domain::unit::Unit;
use kentongan_protocol::views::Reporter;
use kentongan_store::rows::{PersonRow, TextRow};
use uuid::Uuid;

use super::item::{HeldDispatch, HeldIncident, HeldReport, HeldUnit, Item, ReportWords};

/// What one commit changed: aggregates as they are now, and the words that came with them.
#[derive(Debug, Default)]
pub struct Publication {
    /// The log's head after it.
    pub seq: i64,
    /// When the oldest of its commands was received (epoch µs).
    pub received_at: EpochUs,
    /// When it was durable (epoch µs).
    pub committed_at: EpochUs,
    /// Reports.
    pub reports: Vec<Report>,
    /// Incidents.
    pub incidents: Vec<Incident>,
    /// Dispatches.
    pub dispatches: Vec<Dispatch>,
    /// Units.
    pub units: Vec<Unit>,
    /// Texts, new or loaded.
    pub texts: Vec<TextRow>,
    /// Reporters, new or loaded.
    pub people: Vec<PersonRow>,
    /// Incidents that are no longer held.
    pub forgotten: Vec<IncidentId>,
    /// Whether another node wrote it.
    pub foreign: bool,
}

/// What taking a publication in has changed.
#[derive(Debug, Default)]
pub struct Applied {
    /// Items whose views may have changed for somebody.
    pub items: Vec<Item>,
    /// Agencies that no longer see something they saw before.
    pub hidden_from: BTreeSet<String>,
}

/// The read model.
#[derive(Debug)]
pub struct Memory {
    reference: Arc<Reference>,
    reports: BTreeMap<ReportId, Arc<HeldReport>>,
    incidents: BTreeMap<IncidentId, Arc<HeldIncident>>,
    dispatches: BTreeMap<DispatchId, Arc<HeldDispatch>>,
    units: BTreeMap<String, Arc<HeldUnit>>,
    words: HashMap<TextId, String>,
    reporters: HashMap<PersonId, Reporter>,
    incident_generation: u64,
    changed: VecDeque<ReportId>,
    /// How many changes of reports came before the first in `changed`.
    changed_before: u64,
}

/// Changes of reports that are remembered for those who keep up with them.
const CHANGES_KEPT: usize = 4_096;

impl Memory {
    /// An empty read model.
    pub fn new(reference: Arc<Reference>) -> Self {
        Self {
            reference,
            reports: BTreeMap::new(),
            incidents: BTreeMap::new(),
            dispatches: BTreeMap::new(),
            units: BTreeMap::new(),
            words: HashMap::new(),
            reporters: HashMap::new(),
            incident_generation: 0,
            changed: VecDeque::new(),
            changed_before: 0,
        }
    }

    /// Takes a publication in; returns what may have changed for somebody.
    pub fn apply(&mut self, publication: Publication) -> Applied {
        let reports: Vec<ReportId> = publication.reports.iter().map(|report| report.id).collect();
        let incidents_named: Vec<IncidentId> =
            publication.incidents.iter().map(|incident| incident.id).collect();
        let seen_before = self.sight_of(&reports, &incidents_named);
        for row in publication.texts {
            if let Some(body) = row.body {
                self.words.insert(TextId(row.id), body);
            }
        }
        for row in publication.people {
            self.reporters.insert(PersonId(row.id), Reporter { name: row.name, phone: row.phone });
        }
        let mut incidents: BTreeSet<IncidentId> = BTreeSet::new();
        for dispatch in publication.dispatches {
            incidents.insert(dispatch.incident);
            self.put_dispatch(dispatch);
        }
        let mut items = Vec::new();
        let mut changed_reports: BTreeSet<ReportId> = BTreeSet::new();
        for report in publication.reports {
            changed_reports.insert(report.id);
            self.put_report(report);
        }
        let mut changed_incidents: BTreeSet<IncidentId> = BTreeSet::new();
        for incident in publication.incidents {
            changed_incidents.insert(incident.id);
            self.put_incident(incident);
        }
        // Who may see an incident and its reports follows from its dispatches.
        for id in incidents.union(&changed_incidents).copied().collect::<Vec<_>>() {
            let (moved, reports) = self.refresh_incident(id);
            if moved {
                changed_incidents.insert(id);
            }
            changed_reports.extend(reports);
        }
        items.extend(
            changed_incidents.iter().filter_map(|id| self.incidents.get(id).cloned().map(Item::Incident)),
        );
        items.extend(changed_reports.iter().filter_map(|id| self.reports.get(id).cloned().map(Item::Report)));
        for incident in incidents.union(&changed_incidents) {
            let held =
                self.incidents.get(incident).map(|held| held.incident.dispatches.clone()).unwrap_or_default();
            items.extend(held.iter().filter_map(|id| self.dispatches.get(id).cloned().map(Item::Dispatch)));
        }
        for unit in publication.units {
            let code = unit.code.clone();
            self.put_unit(unit);
            items.extend(self.units.get(&code).cloned().map(Item::Unit));
        }
        if !changed_incidents.is_empty() || !publication.forgotten.is_empty() {
            self.incident_generation += 1;
        }
        let seen_now = self.sight_of(&reports, &incidents_named);
        let hidden_from = seen_before.difference(&seen_now).map(|(_, agency)| agency.clone()).collect();
        self.forget(&publication.forgotten);
        Applied { items, hidden_from }
    }

    /// Which agency sees which of these.
    fn sight_of(&self, reports: &[ReportId], incidents: &[IncidentId]) -> BTreeSet<(Uuid, String)> {
        let reports = reports.iter().filter_map(|id| Some((id.0, &self.reports.get(id)?.agencies)));
        let incidents = incidents.iter().filter_map(|id| Some((id.0, &self.incidents.get(id)?.agencies)));
        reports
            .chain(incidents)
            .flat_map(|(id, agencies)| agencies.iter().map(move |agency| (id, agency.clone())))
            .collect()
    }

    fn put_report(&mut self, report: Report) {
        let agencies = report.incident.map(|id| self.agencies_of(id)).unwrap_or_default();
        let words = self
            .words
            .get(&report.text)
            .and_then(|json| serde_json::from_str::<ReportWords>(json).ok())
            .unwrap_or_default();
        let held = HeldReport {
            words,
            reporter: report.person.and_then(|id| self.reporters.get(&id).cloned()),
            note: report.note.and_then(|id| self.words.get(&id).cloned()),
            agencies,
            report,
        };
        self.changed.push_back(held.report.id);
        if self.changed.len() > CHANGES_KEPT {
            self.changed.pop_front();
            self.changed_before += 1;
        }
        self.reports.insert(held.report.id, Arc::new(held));
    }

    fn put_incident(&mut self, incident: Incident) {
        let dispatch_agencies = incident
            .dispatches
            .iter()
            .filter_map(|id| self.dispatches.get(id).map(|held| (*id, held.dispatch.agency.clone())))
            .collect();
        let mut agencies = self.agencies_in(&incident);
        if incident.state == IncidentState::Merged
            && let Some(before) = self.incidents.get(&incident.id)
        {
            // Its dispatches went along, but whoever had it on screen must see where it went.
            agencies.extend(before.agencies.iter().cloned());
            agencies.sort_unstable();
            agencies.dedup();
        }
        let offer = incident.handover.as_ref();
        let held = HeldIncident {
            note: incident.note.and_then(|id| self.words.get(&id).cloned()),
            agencies,
            dispatch_agencies,
            handover_note: offer.and_then(|of| of.note).and_then(|id| self.words.get(&id).cloned()),
            offered_to: offer.and_then(|of| self.reference.neighbour(&of.to).cloned()),
            may_be_offered: self.reference.may_hand_over(),
            incident,
        };
        self.incidents.insert(held.incident.id, Arc::new(held));
    }

    fn put_dispatch(&mut self, dispatch: Dispatch) {
        let incident_number = self
            .incidents
            .get(&dispatch.incident)
            .map(|held| held.incident.number.clone())
            .unwrap_or_default();
        let words = |id: Option<TextId>| id.and_then(|id| self.words.get(&id).cloned());
        let held = HeldDispatch {
            reason: words(dispatch.reason),
            acknowledged_note: words(dispatch.acknowledged_note),
            notes: dispatch.notes.iter().map(|note| words(Some(note.text))).collect(),
            help_note: words(dispatch.help.as_ref().and_then(|help| help.note)),
            incident_number,
            dispatch,
        };
        self.dispatches.insert(held.dispatch.id, Arc::new(held));
    }

    fn put_unit(&mut self, unit: Unit) {
        let profile = self.reference.pack.units.iter().find(|profile| profile.code == unit.code).cloned();
        let note = unit.note.and_then(|id| self.words.get(&id).cloned());
        self.units.insert(unit.code.clone(), Arc::new(HeldUnit { unit, profile, note }));
    }

    fn agencies_in(&self, incident: &Incident) -> Vec<String> {
        let agencies: BTreeSet<String> = incident
            .dispatches
            .iter()
            .filter_map(|id| self.dispatches.get(id).map(|held| held.dispatch.agency.clone()))
            .collect();
        agencies.into_iter().collect()
    }

    fn agencies_of(&self, id: IncidentId) -> Vec<String> {
        self.incidents.get(&id).map(|held| self.agencies_in(&held.incident)).unwrap_or_default()
    }

    /// Computes anew who may see an incident; returns whether that changed, and the reports that
    /// somebody sees or stops seeing by it.
    fn refresh_incident(&mut self, id: IncidentId) -> (bool, Vec<ReportId>) {
        let Some(held) = self.incidents.get(&id).cloned() else { return (false, Vec::new()) };
        let incident = held.incident.clone();
        let before = held.agencies.clone();
        self.put_incident(incident.clone());
        for dispatch in &incident.dispatches {
            if let Some(held) = self.dispatches.get(dispatch)
                && held.incident_number != incident.number
            {
                let again = held.dispatch.clone();
                self.put_dispatch(again);
            }
        }
        let now = self.incidents.get(&id).map(|held| held.agencies.clone()).unwrap_or_default();
        let mut reports = Vec::new();
        for report in &incident.reports {
            if let Some(held) = self.reports.get(report)
                && held.agencies != now
            {
                let again = held.report.clone();
                self.put_report(again);
                reports.push(*report);
            }
        }
        (before != now, reports)
    }

    fn forget(&mut self, incidents: &[IncidentId]) {
        for id in incidents {
            let Some(held) = self.incidents.remove(id) else { continue };
            for dispatch in &held.incident.dispatches {
                let gone = self.dispatches.remove(dispatch);
                for text in gone.iter().flat_map(|gone| gone.dispatch.texts()) {
                    self.words.remove(&text);
                }
            }
            for text in held.incident.texts() {
                self.words.remove(&text);
            }
            for report in &held.incident.reports {
                self.forget_report(*report);
            }
        }
    }

    /// Drops handled reports without an incident that ended before `before` (epoch µs), with their words.
    pub fn forget_reports(&mut self, before: EpochUs) {
        let gone: Vec<ReportId> = self
            .reports
            .values()
            .filter(|held| {
                held.report.incident.is_none() && held.report.handled_at.is_some_and(|at| at < before)
            })
            .map(|held| held.report.id)
            .collect();
        for id in gone {
            self.forget_report(id);
        }
    }

    fn forget_report(&mut self, id: ReportId) {
        if let Some(held) = self.reports.remove(&id) {
            self.words.remove(&held.report.text);
            if let Some(note) = held.report.note {
                self.words.remove(&note);
            }
            if let Some(person) = held.report.person {
                self.reporters.remove(&person);
            }
        }
    }

    /// Everything held, in a fixed order.
    pub fn items(&self) -> Vec<Item> {
        let incidents = self.incidents.values().cloned().map(Item::Incident);
        let reports = self.reports.values().cloned().map(Item::Report);
        let dispatches = self.dispatches.values().cloned().map(Item::Dispatch);
        let units = self.units.values().cloned().map(Item::Unit);
        incidents.chain(reports).chain(dispatches).chain(units).collect()
    }

    /// Grows whenever an incident changes: what was gathered from incidents before is stale then.
    pub fn incident_generation(&self) -> u64 {
        self.incident_generation
    }

    /// The reports changed since `seen` changes, as they are now, the earliest first, and how many changes
    /// there have been; all reports held when that is too long ago to tell.
    pub fn changed_reports(&self, seen: u64) -> (Vec<Arc<HeldReport>>, u64) {
        let now = self.changes_of_reports();
        let Some(skip) = seen.checked_sub(self.changed_before) else {
            return (self.reports.values().cloned().collect(), now);
        };
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        (self.changed.iter().skip(skip).filter_map(|id| self.report(*id)).collect(), now)
    }

    /// How many changes of reports there have been.
    pub fn changes_of_reports(&self) -> u64 {
        self.changed_before + self.changed.len() as u64
    }

    /// A report, if held.
    pub fn report(&self, id: ReportId) -> Option<Arc<HeldReport>> {
        self.reports.get(&id).cloned()
    }

    /// An incident, if held.
    pub fn incident(&self, id: IncidentId) -> Option<Arc<HeldIncident>> {
        self.incidents.get(&id).cloned()
    }

    /// A dispatch, if held.
    pub fn dispatch(&self, id: DispatchId) -> Option<Arc<HeldDispatch>> {
        self.dispatches.get(&id).cloned()
    }

    /// Every incident held.
    pub fn incidents(&self) -> impl Iterator<Item = &Arc<HeldIncident>> {
        self.incidents.values()
    }

    /// Every report held.
    pub fn reports(&self) -> impl ExactSizeIterator<Item = &Arc<HeldReport>> {
        self.reports.values()
    }

    /// Every dispatch held.
    pub fn dispatches(&self) -> impl Iterator<Item = &Arc<HeldDispatch>> {
        self.dispatches.values()
    }

    /// A unit, if there is one of this code.
    pub fn unit(&self, code: &str) -> Option<Arc<HeldUnit>> {
        self.units.get(code).cloned()
    }

    /// Every unit.
    pub fn units(&self) -> impl Iterator<Item = &Arc<HeldUnit>> {
        self.units.values()
    }
}
