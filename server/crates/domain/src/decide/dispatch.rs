//! Decisions about dispatches: forwarding an incident to an agency, and every act on the way.

use super::incident::{forward_deadline, illegal};
use super::{find_dispatch, find_incident, notify, unit};
use crate::actions::everything_on_dispatch;
use crate::command::Context;
use crate::deadline::{Deadline, DeadlineKind};
use crate::delivery::Notice;
use crate::dispatch::{Dispatch, DispatchAct, DispatchRole, DispatchState, Via, dispatch_next};
use crate::duty::AgencyDuty;
use crate::event::{DispatchTerms, Event};
use crate::ids::{DispatchId, EpochUs, IncidentId, TextId};
use crate::incident::{Incident, IncidentState, live_state};
use crate::ladder::{Rung, RungAct, due_at, ladder_for};
use crate::rejection::Rejection;
use crate::state::CentreState;

pub fn forward(
    state: &CentreState,
    id: IncidentId,
    agency_code: &str,
    role: DispatchRole,
    units: &[String],
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    if !incident.state.is_live() {
        return Err(illegal(incident, "dispatch"));
    }
    let Some(agency) = state.reference.agency(agency_code) else {
        return Err(Rejection::NotFound { what: "agency", id: agency_code.to_owned() });
    };
    let mut earlier = incident
        .dispatches
        .iter()
        .filter_map(|d| state.dispatches.get(d))
        .filter(|d| d.agency == agency_code);
    if earlier.any(|dispatch| !dispatch.state.is_final()) {
        return Err(Rejection::AlreadyForwarded { agency: agency_code.to_owned() });
    }
    unit::must_be_free(state, units, agency_code)?;
    let dispatch = DispatchId(context.ids.next_id());
    let ladder = ladder_for(&state.reference.pack.ladders, agency, incident.priority);
    let (start, rungs): (Vec<Rung>, Vec<Rung>) =
        ladder.rungs.into_iter().partition(|rung| rung.after_ms == 0);
    let nobody = AgencyDuty::default();
    let duty = state.duty.get(agency_code).unwrap_or(&nobody);
    let mut deliveries = Vec::new();
    for rung in &start {
        let more = notify::alert(duty, agency_code, &rung.act, &deliveries, (context.now, &mut context.ids));
        deliveries.extend(more);
    }
    let alarm = rungs.iter().find(|rung| rung.act == RungAct::Alarm);
    let within = alarm.map_or(agency.acknowledge_within_ms, |rung| i64::from(rung.after_ms));
    let within = within.saturating_mul(1_000);
    let mut events = vec![Event::DispatchQueued {
        dispatch,
        incident: id,
        agency: agency_code.to_owned(),
        role,
        revision: state.next_revision(id, agency_code),
        units: units.to_vec(),
        deliveries,
        acknowledge_within_us: within,
        deadline: Deadline {
            kind: DeadlineKind::DispatchAcknowledged,
            due_at: rungs
                .first()
                .map_or(context.now.saturating_add(within), |rung| due_at(rung, context.now)),
            level: 0,
        },
        terms: DispatchTerms {
            reply_code: Some(notify::reply_code(state, &mut context.ids)),
            rungs,
            accept_within_us: i64::from(ladder.accept_within_ms).saturating_mul(1_000),
            arrive_within_us: i64::from(ladder.arrive_within_ms).saturating_mul(1_000),
            concern: duty.concern(context.now),
        },
    }];
    events.extend(unit::assign(state, units, dispatch));
    let states = present(state, incident).map(|held| held.state).chain([DispatchState::Queued]);
    events.extend(advance(incident, incident.state, states, context.now));
    Ok(events)
}

pub fn act(
    state: &CentreState,
    id: DispatchId,
    (act, via): (DispatchAct, Via),
    reason: Option<TextId>,
    units: &[String],
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let dispatch = find_dispatch(state, id)?;
    let Some(next) = dispatch_next(dispatch.state, act) else {
        return Err(illegal_on_dispatch(dispatch, act.code()));
    };
    if act == DispatchAct::Reject && reason.is_none() {
        return Err(Rejection::Invalid {
            pointer: "/reason",
            message: "say why the dispatch is refused".into(),
        });
    }
    unit::must_be_free(state, units, &dispatch.agency)?;
    if !units.is_empty() && next.is_final() {
        return Err(Rejection::Invalid {
            pointer: "/units",
            message: "units cannot be sent with an act that ends the dispatch".into(),
        });
    }
    let mut events = unit::assign(state, units, id);
    events.push(Event::DispatchMoved { dispatch: id, act, reason, via });
    if next == DispatchState::Withdrawn {
        events.extend(notify::tell(dispatch, Notice::Withdrawal, context));
    }
    events.extend(unit::follow(state, dispatch, next, units));
    if next.is_final() {
        events.extend(unit::release(state, dispatch));
    }
    let incident = find_incident(state, dispatch.incident)?;
    let states = present(state, incident).map(|held| if held.id == id { next } else { held.state });
    events.extend(advance(incident, incident.state, states, context.now));
    Ok(events)
}

/// The events that end a dispatch from outside (closing, merging): whoever was sent is told.
pub fn end_dispatch(
    dispatch: &Dispatch,
    act: DispatchAct,
    context: &mut Context,
) -> impl Iterator<Item = Event> {
    let told = (act == DispatchAct::Withdraw).then(|| notify::tell(dispatch, Notice::Withdrawal, context));
    let moved = Event::DispatchMoved { dispatch: dispatch.id, act, reason: None, via: Via::Console };
    std::iter::once(moved).chain(told.flatten())
}

/// The rejection that names what is possible instead.
pub fn illegal_on_dispatch(dispatch: &Dispatch, act: &str) -> Rejection {
    Rejection::IllegalStep {
        what: "dispatch",
        state: dispatch.state.code().to_owned(),
        act: act.to_owned(),
        allowed: everything_on_dispatch(dispatch).into_iter().map(str::to_owned).collect(),
    }
}

/// The dispatches of an incident's present life: what had ended when it was reopened does not count.
pub fn present<'a>(state: &'a CentreState, incident: &'a Incident) -> impl Iterator<Item = &'a Dispatch> {
    let now = incident.dispatches.difference(&incident.earlier);
    now.filter_map(|dispatch| state.dispatches.get(dispatch))
}

/// The advance of a live incident in state `from` whose present dispatches are about to be in `states`.
pub fn advance(
    incident: &Incident,
    from: IncidentState,
    states: impl Iterator<Item = DispatchState>,
    now: EpochUs,
) -> Option<Event> {
    if !from.is_live() {
        return None;
    }
    let to = live_state(states);
    if to == from {
        return None;
    }
    // Nobody holds it any more: the forwarding deadline runs again.
    let deadline = (to == IncidentState::Open).then(|| forward_deadline(incident.priority, now));
    Some(Event::IncidentAdvanced { incident: incident.id, to, deadline })
}
