//! What a batch has touched, and how each thing was before: to build the rows, and to take all back
//! when the store refuses.

use std::collections::BTreeMap;

use kentongan_domain::command::DeadlineSubject;
use kentongan_domain::deadline::Deadline;
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
            | Event::IncidentKnown { incident, .. }
            | Event::IncidentResolved { incident, .. }
            | Event::IncidentClosed { incident, .. }
            | Event::IncidentReopened { incident, .. } => self.incident(state, *incident),
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
            | Event::DispatchOverdue { dispatch, .. }
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

    /// The deadlines of everything touched: as they were, and as they are.
    pub fn deadlines(
        &self,
        state: &CentreState,
    ) -> Vec<(DeadlineSubject, Option<Deadline>, Option<Deadline>)> {
        let reports = self.reports.iter().map(|(id, before)| {
            let now = state.reports.get(id).and_then(|held| held.deadline);
            (DeadlineSubject::Report(*id), before.as_ref().and_then(|held| held.deadline), now)
        });
        let incidents = self.incidents.iter().map(|(id, before)| {
            let now = state.incidents.get(id).and_then(|held| held.deadline);
            (DeadlineSubject::Incident(*id), before.as_ref().and_then(|held| held.deadline), now)
        });
        let dispatches = self.dispatches.iter().map(|(id, before)| {
            let now = state.dispatches.get(id).and_then(|held| held.deadline);
            (DeadlineSubject::Dispatch(*id), before.as_ref().and_then(|held| held.deadline), now)
        });
        reports.chain(incidents).chain(dispatches).filter(|(_, before, now)| before != now).collect()
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
