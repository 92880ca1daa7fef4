//! Decisions about two incidents: merging one into another, splitting one off. Both keep every report.

use std::collections::BTreeSet;

use super::dispatch::{advance, end_dispatch, present};
use super::incident::{Particulars, illegal, known_type, must, opened};
use super::{find_incident, known, unit};
use crate::catalogue::{Category, Priority};
use crate::command::Context;
use crate::dispatch::{Dispatch, DispatchAct, DispatchState};
use crate::event::Event;
use crate::ids::{IncidentId, ReportId};
use crate::incident::{Incident, IncidentAct, IncidentState};
use crate::place::Place;
use crate::rejection::Rejection;
use crate::state::CentreState;

/// Reports go to the target. A live dispatch goes along, unless the target already has one to the
/// same agency: then the one that has come less far is withdrawn, because an agency must have one
/// effect per incident.
pub fn merge(
    state: &CentreState,
    id: IncidentId,
    into: IncidentId,
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    let target = find_incident(state, into)?;
    if id == into {
        return Err(Rejection::Invalid {
            pointer: "/into",
            message: "an incident cannot be merged into itself".into(),
        });
    }
    must(incident, IncidentAct::Merge, IncidentState::Merged, "merge")?;
    if incident.is_offered() {
        // Else the answer would come to an incident that nobody looks at any more.
        return Err(illegal(incident, "merge"));
    }
    if !target.state.is_live() {
        return Err(illegal(target, "merge"));
    }
    let live = |of: &Incident| -> Vec<&Dispatch> {
        let all = of.dispatches.iter().filter_map(|dispatch| state.dispatches.get(dispatch));
        all.filter(|dispatch| !dispatch.state.is_final()).collect()
    };
    let mut held = live(target);
    let mut events = Vec::new();
    let mut withdraw = |dispatch: &Dispatch| {
        events.extend(end_dispatch(dispatch, DispatchAct::Withdraw, context));
        events.extend(unit::release(state, dispatch));
    };
    let mut joining = Vec::new();
    for dispatch in live(incident) {
        let rival = held.iter().position(|other| other.agency == dispatch.agency);
        match rival.and_then(|at| held.get(at).map(|other| (at, *other))) {
            // The one that has come further stays: a team on scene is not called off for an unread line.
            Some((at, other)) if dispatch.state > other.state => {
                withdraw(other);
                held.swap_remove(at);
                joining.push(dispatch);
            }
            Some(_) => withdraw(dispatch),
            None => joining.push(dispatch),
        }
    }
    events.extend(joining.iter().map(|dispatch| Event::DispatchTransferred {
        dispatch: dispatch.id,
        from: id,
        to: into,
    }));
    let ended = present(state, target).filter(|dispatch| dispatch.state.is_final());
    let states: Vec<DispatchState> =
        ended.chain(held.iter().copied()).chain(joining.iter().copied()).map(|held| held.state).collect();
    let reports: Vec<ReportId> = incident.reports.iter().copied().collect();
    events.extend(reports.iter().map(|report| Event::ReportMoved { report: *report, from: id, to: into }));
    events.push(Event::IncidentReportsAdded { incident: into, reports });
    events.extend(known::moved(state, incident, target));
    events.push(Event::IncidentMerged { incident: id, into });
    events.extend(advance(target, target.state, states.into_iter(), context.now));
    Ok(events)
}

/// What the new incident has otherwise than the old one.
#[derive(Debug)]
pub struct SplitChanges<'a> {
    pub kind: Option<&'a (Category, String)>,
    pub priority: Option<Priority>,
    pub place: Option<&'a Place>,
}

/// The named reports leave for a new incident; at least one stays. Dispatches stay with the old one.
pub fn split(
    state: &CentreState,
    id: IncidentId,
    reports: &[ReportId],
    changes: &SplitChanges<'_>,
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    if !incident.state.is_live() {
        return Err(illegal(incident, "split"));
    }
    let leaving: BTreeSet<ReportId> = reports.iter().copied().collect();
    if leaving.is_empty() || leaving.len() != reports.len() || !leaving.is_subset(&incident.reports) {
        return Err(Rejection::Invalid {
            pointer: "/report_ids",
            message: "name reports of this incident, each once".into(),
        });
    }
    if leaving.len() == incident.reports.len() {
        return Err(Rejection::Invalid {
            pointer: "/report_ids",
            message: "at least one report must stay with the incident".into(),
        });
    }
    let (category, type_code) =
        changes.kind.cloned().unwrap_or_else(|| (incident.category, incident.type_code.clone()));
    known_type(state, category, &type_code)?;
    let particulars = Particulars {
        category,
        type_code,
        priority: changes.priority.unwrap_or(incident.priority),
        place: changes.place.cloned().unwrap_or_else(|| incident.place.clone()),
    };
    let new = IncidentId(context.ids.next_id());
    let mut events = vec![
        Event::IncidentReportsRemoved { incident: id, reports: reports.to_vec() },
        opened(state, new, particulars, reports.to_vec(), Some(id), context.now),
    ];
    events.extend(reports.iter().map(|report| Event::ReportMoved { report: *report, from: id, to: new }));
    Ok(events)
}
