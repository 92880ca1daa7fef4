//! What a batch has touched, and how each thing was before: to build the rows, and to take all back
//! when the store refuses.

use std::collections::BTreeMap;

use kentongan_domain::command::DeadlineSubject;
use kentongan_domain::deadline::{Deadline, DeadlineKind};
use kentongan_domain::dispatch::Dispatch;
use kentongan_domain::event::Event;
use kentongan_domain::ids::{DispatchId, IncidentId, ReportId};
use kentongan_domain::incident::Incident;
use kentongan_domain::number::Numbers;
use kentongan_domain::report::Report;
use kentongan_domain::state::CentreState;
use kentongan_domain::unit::Unit;

/// Aggregates touched since the last commit, as they were before.
#[derive(Debug, Default)]
pub struct Touched {
    pub(crate) reports: BTreeMap<ReportId, Option<Report>>,
    pub(crate) incidents: BTreeMap<IncidentId, Option<Incident>>,
    pub(crate) dispatches: BTreeMap<DispatchId, Option<Dispatch>>,
    pub(crate) units: BTreeMap<String, Option<Unit>>,
    numbers: Option<Numbers>,
}

impl Touched {
    /// Keeps how things are before `event` changes them.
    pub fn before(&mut self, state: &CentreState, event: &Event) {
        self.numbers.get_or_insert_with(|| state.numbers.clone());
        match event {
            Event::ReportReceived { report, .. }
            | Event::ReportRanked { report, .. }
            | Event::ContactRanked { report, .. }
            | Event::ReportHandled { report, .. }
            | Event::ReportMoved { report, .. }
            | Event::ReportOverdue { report, .. } => {
                self.reports.entry(*report).or_insert_with(|| state.reports.get(report).cloned());
            }
            Event::IncidentOpened { incident, .. }
            | Event::IncidentChanged { incident, .. }
            | Event::IncidentReportsAdded { incident, .. }
            | Event::IncidentReportsRemoved { incident, .. }
            | Event::IncidentAdvanced { incident, .. }
            | Event::IncidentOverdue { incident, .. }
            | Event::IncidentMerged { incident, .. }
            | Event::IncidentAlarmed { incident, .. }
            | Event::IncidentKnown { incident, .. }
            | Event::IncidentResolved { incident, .. }
            | Event::IncidentClosed { incident, .. }
            | Event::IncidentReopened { incident, .. }
            | Event::IncidentOffered { incident, .. }
            | Event::HandoverMoved { incident, .. }
            | Event::HandoverOverdue { incident, .. } => self.incident(state, *incident),
            Event::DispatchQueued { dispatch, incident, .. } => {
                self.dispatch(state, *dispatch);
                self.incident(state, *incident);
            }
            Event::DispatchTransferred { dispatch, from, to } => {
                self.dispatch(state, *dispatch);
                self.incident(state, *from);
                self.incident(state, *to);
            }
            Event::DispatchMoved { dispatch, .. }
            | Event::DispatchOverridden { dispatch, .. }
            | Event::DispatchOverdue { dispatch, .. }
            | Event::HelpAnswered { dispatch }
            | Event::DispatchNotified { dispatch, .. }
            | Event::DispatchEscalated { dispatch, .. }
            | Event::DispatchLate { dispatch, .. }
            | Event::HelpAsked { dispatch, .. }
            | Event::HelpOverdue { dispatch, .. }
            | Event::ReplyDoubted { dispatch, .. }
            | Event::PhotoAdded { dispatch, .. }
            | Event::FieldNoted { dispatch, .. }
            | Event::DeliverySent { dispatch, .. }
            | Event::DeliverySeen { dispatch, .. }
            | Event::DeliveryUncertain { dispatch, .. }
            | Event::DeliveryArrived { dispatch, .. }
            | Event::DeliveryFailed { dispatch, .. } => self.dispatch(state, *dispatch),
            Event::UnitMoved { unit, dispatch, .. } => {
                self.units.entry(unit.clone()).or_insert_with(|| state.units.get(unit).cloned());
                if let Some(dispatch) = dispatch {
                    self.dispatch(state, *dispatch);
                }
            }
        }
    }

    fn incident(&mut self, state: &CentreState, id: IncidentId) {
        self.incidents.entry(id).or_insert_with(|| state.incidents.get(&id).cloned());
    }

    fn dispatch(&mut self, state: &CentreState, id: DispatchId) {
        self.dispatches.entry(id).or_insert_with(|| state.dispatches.get(&id).cloned());
    }

    /// Takes everything back.
    pub fn restore(self, state: &mut CentreState) {
        put_back(&mut state.reports, self.reports);
        put_back(&mut state.incidents, self.incidents);
        put_back(&mut state.dispatches, self.dispatches);
        put_back(&mut state.units, self.units);
        if let Some(numbers) = self.numbers {
            state.numbers = numbers;
        }
    }

    /// How the deadlines of everything touched have changed: those that run now and did not, or run otherwise,
    /// and the kinds that run no more.
    pub fn deadlines(&self, state: &CentreState) -> DeadlineChanges {
        let mut changes = DeadlineChanges::default();
        for (id, before) in &self.reports {
            let before = before.as_ref().and_then(|held| held.deadline);
            let now = state.reports.get(id).and_then(|held| held.deadline);
            changes.add(DeadlineSubject::Report(*id), before.into_iter(), now.into_iter());
        }
        for (id, before) in &self.incidents {
            let before = before.iter().flat_map(Incident::deadlines);
            let now = state.incidents.get(id).into_iter().flat_map(Incident::deadlines);
            changes.add(DeadlineSubject::Incident(*id), before, now);
        }
        for (id, before) in &self.dispatches {
            let before = before.iter().flat_map(Dispatch::deadlines);
            let now = state.dispatches.get(id).into_iter().flat_map(Dispatch::deadlines);
            changes.add(DeadlineSubject::Dispatch(*id), before, now);
        }
        changes
    }
}

/// Changes of deadlines.
#[derive(Debug, Default)]
pub struct DeadlineChanges {
    pub(crate) set: Vec<(DeadlineSubject, Deadline)>,
    pub(crate) cleared: Vec<(DeadlineSubject, DeadlineKind)>,
}

impl DeadlineChanges {
    fn add(
        &mut self,
        subject: DeadlineSubject,
        before: impl Iterator<Item = Deadline>,
        now: impl Iterator<Item = Deadline>,
    ) {
        let before: Vec<Deadline> = before.collect();
        let now: Vec<Deadline> = now.collect();
        let gone = before.iter().filter(|one| now.iter().all(|other| other.kind != one.kind));
        self.cleared.extend(gone.map(|one| (subject, one.kind)));
        self.set.extend(now.into_iter().filter(|one| !before.contains(one)).map(|one| (subject, one)));
    }
}

fn put_back<K: Ord, V>(held: &mut BTreeMap<K, V>, before: BTreeMap<K, Option<V>>) {
    for (key, value) in before {
        match value {
            Some(value) => {
                held.insert(key, value);
            }
            None => {
                held.remove(&key);
            }
        }
    }
}
