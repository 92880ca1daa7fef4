//! What the core knows of a centre: reference data, and the open part of the log folded.
//!
//! Closed aggregates are loaded when a command names them and forgotten again; the core never
//! assumes that it holds everything that ever happened.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::centre::{Agency, CentreKind, CentrePack, IncidentType, Neighbour};
use crate::command::DeadlineSubject;
use crate::deadline::Deadline;
use crate::dispatch::Dispatch;
use crate::duty::DutyBook;
use crate::ids::{DispatchId, EpochUs, IncidentId, ReportId};
use crate::incident::Incident;
use crate::number::Numbers;
use crate::report::Report;
use crate::unit::Unit;

/// Reference data as the core needs it.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The city pack.
    pub pack: CentrePack,
}

impl Reference {
    /// The agency with this code.
    pub fn agency(&self, code: &str) -> Option<&Agency> {
        self.pack.agencies.iter().find(|agency| agency.code == code)
    }

    /// The neighbouring centre with this code.
    pub fn neighbour(&self, code: &str) -> Option<&Neighbour> {
        self.pack.neighbours.iter().find(|neighbour| neighbour.code == code)
    }

    /// Whether there is anybody to hand an incident over to, and it may leave.
    pub fn may_hand_over(&self) -> bool {
        self.pack.profile.kind == CentreKind::Live && !self.pack.neighbours.is_empty()
    }

    /// The type with this code.
    pub fn incident_type(&self, code: &str) -> Option<&IncidentType> {
        self.pack.types.iter().find(|kind| kind.code == code)
    }
}

/// A centre's state.
#[derive(Debug, Clone)]
pub struct CentreState {
    /// Reference data.
    pub reference: Arc<Reference>,
    /// Whom agencies' dispatches reach; replaced as a whole when somebody changes it.
    pub duty: Arc<DutyBook>,
    /// Reports held.
    pub reports: BTreeMap<ReportId, Report>,
    /// Incidents held.
    pub incidents: BTreeMap<IncidentId, Incident>,
    /// Dispatches held.
    pub dispatches: BTreeMap<DispatchId, Dispatch>,
    /// Every unit of the centre.
    pub units: BTreeMap<String, Unit>,
    /// The numbers given out today.
    pub numbers: Numbers,
}

impl CentreState {
    /// The state before the first event: every unit of the pack is available.
    pub fn new(reference: Arc<Reference>) -> Self {
        let units = reference
            .pack
            .units
            .iter()
            .map(|profile| (profile.code.clone(), Unit::new(&profile.code, &profile.agency)))
            .collect();
        Self {
            reference,
            duty: Arc::default(),
            reports: BTreeMap::new(),
            incidents: BTreeMap::new(),
            dispatches: BTreeMap::new(),
            units,
            numbers: Numbers::default(),
        }
    }

    /// The revision that the next dispatch of the incident to the agency has: one more than any so far,
    /// those that a merge brought along included.
    pub fn next_revision(&self, incident: IncidentId, agency: &str) -> u32 {
        let held = self.incidents.get(&incident).map(|held| &held.dispatches);
        held.into_iter()
            .flatten()
            .filter_map(|dispatch| self.dispatches.get(dispatch))
            .filter(|dispatch| dispatch.agency == agency)
            .map(|dispatch| dispatch.revision)
            .max()
            .unwrap_or(0)
            .saturating_add(1)
    }

    /// Every running deadline with what it belongs to.
    pub fn deadlines(&self) -> impl Iterator<Item = (DeadlineSubject, Deadline)> + '_ {
        let reports =
            self.reports.values().filter_map(|r| r.deadline.map(|d| (DeadlineSubject::Report(r.id), d)));
        let incidents =
            self.incidents.values().flat_map(|i| i.deadlines().map(|d| (DeadlineSubject::Incident(i.id), d)));
        let dispatches = self
            .dispatches
            .values()
            .flat_map(|d| d.deadlines().map(|x| (DeadlineSubject::Dispatch(d.id), x)));
        reports.chain(incidents).chain(dispatches)
    }

    /// Forgets aggregates that ended before `before` (epoch µs) and hold nothing open.
    /// Returns the ids forgotten, so that views of them can go too.
    pub fn forget_closed(&mut self, before: EpochUs) -> Vec<IncidentId> {
        let gone: Vec<IncidentId> = self
            .incidents
            .values()
            .filter(|incident| incident.closed_at.is_some_and(|at| at < before))
            .map(|incident| incident.id)
            .collect();
        for id in &gone {
            self.incidents.remove(id);
        }
        self.reports.retain(|_, report| match (report.incident, report.handled_at) {
            (Some(incident), _) => self.incidents.contains_key(&incident),
            (None, Some(at)) => at >= before,
            (None, None) => true,
        });
        self.dispatches.retain(|_, dispatch| self.incidents.contains_key(&dispatch.incident));
        gone
    }
}
