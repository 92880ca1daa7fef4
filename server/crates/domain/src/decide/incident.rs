//! Decisions about one incident: opening, changing, resolving, closing, reopening.

use std::collections::BTreeSet;

use super::dispatch::{advance, end_dispatch};
use super::report::must_wait;
use super::{find_incident, find_report, known, notify, unit};
use crate::actions::possible_on_incident;
use crate::catalogue::{Category, Priority};
use crate::command::Context;
use crate::deadline::{Deadline, DeadlineKind, unassigned_within_us};
use crate::dispatch::{DispatchAct, DispatchState};
use crate::event::Event;
use crate::ids::{EpochUs, IncidentId, ReportId, TextId};
use crate::incident::{CloseResult, Incident, IncidentAct, IncidentState, incident_may};
use crate::place::Place;
use crate::rejection::Rejection;
use crate::report::Outcome;
use crate::state::CentreState;

/// What an incident is opened with.
#[derive(Debug, Clone)]
pub struct Particulars {
    pub category: Category,
    pub type_code: String,
    pub priority: Priority,
    pub place: Place,
}

pub fn open(
    state: &CentreState,
    reports: &[ReportId],
    particulars: Particulars,
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let unique: BTreeSet<ReportId> = reports.iter().copied().collect();
    if unique.is_empty() || unique.len() != reports.len() {
        return Err(Rejection::Invalid {
            pointer: "/report_ids",
            message: "name at least one report, and each only once".into(),
        });
    }
    for id in &unique {
        must_wait(find_report(state, *id)?, "open_incident")?;
    }
    known_type(state, particulars.category, &particulars.type_code)?;
    let incident = IncidentId(context.ids.next_id());
    let mut events = vec![opened(state, incident, particulars, reports.to_vec(), None, context.now)];
    events.extend(reports.iter().map(|report| Event::ReportHandled {
        report: *report,
        outcome: Outcome::IncidentCreated,
        incident: Some(incident),
        note: None,
    }));
    Ok(events)
}

/// The opening event, with the next number and a running deadline.
pub fn opened(
    state: &CentreState,
    incident: IncidentId,
    particulars: Particulars,
    reports: Vec<ReportId>,
    split_from: Option<IncidentId>,
    now: EpochUs,
) -> Event {
    let (number, _) = state.numbers.next(&state.reference.pack.profile, now);
    Event::IncidentOpened {
        incident,
        number,
        category: particulars.category,
        type_code: particulars.type_code,
        deadline: forward_deadline(particulars.priority, now),
        priority: particulars.priority,
        place: particulars.place,
        reports,
        split_from,
    }
}

/// The deadline that runs while no agency has the incident.
pub fn forward_deadline(priority: Priority, now: EpochUs) -> Deadline {
    Deadline {
        kind: DeadlineKind::IncidentForwarded,
        due_at: now.saturating_add(unassigned_within_us(priority)),
        level: 0,
    }
}

/// Refuses a type that the centre's catalogue does not have, or has under another category.
pub fn known_type(state: &CentreState, category: Category, type_code: &str) -> Result<(), Rejection> {
    match state.reference.incident_type(type_code) {
        Some(kind) if kind.category == category => Ok(()),
        Some(kind) => Err(Rejection::Invalid {
            pointer: "/type",
            message: format!("{type_code} belongs to {}, not to {}", kind.category.code(), category.code()),
        }),
        None => Err(Rejection::Invalid {
            pointer: "/type",
            message: format!("{type_code} is not a type of this centre's catalogue"),
        }),
    }
}

pub fn change(
    state: &CentreState,
    id: IncidentId,
    expected_version: Option<u32>,
    kind: Option<&(Category, String)>,
    priority: Option<Priority>,
    place: Option<&Place>,
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    if let Some(expected) = expected_version
        && expected != incident.version
    {
        return Err(Rejection::VersionMoved { expected, actual: incident.version });
    }
    if !incident.state.is_live() {
        return Err(illegal(incident, "change"));
    }
    if let Some((category, type_code)) = kind {
        known_type(state, *category, type_code)?;
    }
    if kind.is_none() && priority.is_none() && place.is_none() {
        return Err(Rejection::Invalid {
            pointer: "",
            message: "name at least one of type, priority, place".into(),
        });
    }
    let changed = Event::IncidentChanged {
        incident: id,
        category: kind.map(|(category, _)| *category),
        type_code: kind.map(|(_, code)| code.clone()),
        priority,
        place: place.cloned(),
        deadline: priority.and_then(|priority| brought_forward(incident, priority, context.now)),
    };
    let mut events = vec![changed];
    events.extend(notify::correct(state, incident.dispatches.iter(), context));
    Ok(events)
}

/// A higher priority does not wait for the lower one's deadline.
fn brought_forward(incident: &Incident, priority: Priority, now: EpochUs) -> Option<Deadline> {
    let running = incident.deadline?;
    let sooner = forward_deadline(priority, now);
    (sooner.due_at < running.due_at).then_some(Deadline { level: running.level, ..sooner })
}

pub fn resolve(state: &CentreState, id: IncidentId, note: Option<TextId>) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    must(incident, IncidentAct::Resolve, IncidentState::Resolved, "resolve")?;
    let mut events = known::ended(state, incident);
    events.push(Event::IncidentResolved { incident: id, note });
    Ok(events)
}

/// Closing ends what is still open under the incident: work on scene counts as done, everything
/// else is withdrawn, and every unit is released.
pub fn close(
    state: &CentreState,
    id: IncidentId,
    result: CloseResult,
    note: Option<TextId>,
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    must(incident, IncidentAct::Close, result.state(), "close")?;
    let mut events = known::ended(state, incident);
    for dispatch in incident.dispatches.iter().filter_map(|dispatch| state.dispatches.get(dispatch)) {
        if !dispatch.state.is_final() {
            let act = if dispatch.state == DispatchState::OnScene {
                DispatchAct::Complete
            } else {
                DispatchAct::Withdraw
            };
            events.extend(end_dispatch(dispatch, act, context));
        }
        events.extend(unit::release(state, dispatch));
    }
    events.push(Event::IncidentClosed { incident: id, result, note });
    Ok(events)
}

pub fn reopen(
    state: &CentreState,
    id: IncidentId,
    reason: Option<TextId>,
    context: &Context,
) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    must(incident, IncidentAct::Reopen, IncidentState::Open, "reopen")?;
    if reason.is_none() {
        return Err(Rejection::Invalid {
            pointer: "/reason",
            message: "say why the incident is taken up again".into(),
        });
    }
    let deadline = forward_deadline(incident.priority, context.now);
    let mut events = vec![Event::IncidentReopened { incident: id, reason, deadline }];
    // A resolved incident may still have agencies at work: then it does not start from nothing.
    let at_work = incident.dispatches.iter().filter_map(|dispatch| state.dispatches.get(dispatch));
    let at_work = at_work.map(|dispatch| dispatch.state).filter(|held| !held.is_final());
    events.extend(advance(incident, IncidentState::Open, at_work, context.now));
    Ok(events)
}

/// Refuses a step that is not in the table.
pub fn must(incident: &Incident, act: IncidentAct, to: IncidentState, name: &str) -> Result<(), Rejection> {
    if incident_may(incident.state, act, to) { Ok(()) } else { Err(illegal(incident, name)) }
}

/// The rejection that names what is possible instead.
pub fn illegal(incident: &Incident, act: &str) -> Rejection {
    Rejection::IllegalStep {
        what: "incident",
        state: incident.state.code().to_owned(),
        act: act.to_owned(),
        allowed: possible_on_incident(incident).into_iter().map(str::to_owned).collect(),
    }
}
