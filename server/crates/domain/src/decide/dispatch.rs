//! Decisions about dispatches: forwarding an incident to an agency, and every act on the way.

use std::collections::BTreeSet;

use super::incident::{forward_deadline, illegal};
use super::{find_dispatch, find_incident};
use crate::actions::possible_on_dispatch;
use crate::command::Context;
use crate::deadline::{Deadline, DeadlineKind};
use crate::dispatch::{
    Delivery, DeliveryChannel, DeliveryState, Dispatch, DispatchAct, DispatchRole, DispatchState,
    dispatch_next,
};
use crate::event::Event;
use crate::ids::{DeliveryId, DispatchId, EpochUs, IncidentId, TextId};
use crate::incident::{Incident, IncidentState, live_state};
use crate::rejection::Rejection;
use crate::state::CentreState;
use crate::unit::UnitState;

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
    must_be_free(state, units, agency_code)?;
    let dispatch = DispatchId(context.ids.next_id());
    let within = agency.acknowledge_within_ms.saturating_mul(1_000);
    let links = state.reference.links.iter().filter(|(code, _)| code == agency_code).map(|(_, link)| *link);
    let deliveries = std::iter::once(DeliveryChannel::Console)
        .chain(links)
        .map(|channel| Delivery {
            id: DeliveryId(context.ids.next_id()),
            channel,
            contact: agency_code.to_owned(),
            state: DeliveryState::Pending,
            attempts: 0,
            next_attempt_at: Some(context.now),
            delivered_at: None,
            last_error: None,
        })
        .collect();
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
            due_at: context.now.saturating_add(within),
            level: 0,
        },
    }];
    events.extend(assign_units(units, agency_code, dispatch));
    let states = present(state, incident).map(|held| held.state).chain([DispatchState::Queued]);
    events.extend(advance(incident, incident.state, states, context.now));
    Ok(events)
}

pub fn act(
    state: &CentreState,
    id: DispatchId,
    act: DispatchAct,
    reason: Option<TextId>,
    units: &[String],
    context: &Context,
) -> Result<Vec<Event>, Rejection> {
    let dispatch = find_dispatch(state, id)?;
    let Some(next) = dispatch_next(dispatch.state, act) else {
        return Err(Rejection::IllegalStep {
            what: "dispatch",
            state: dispatch.state.code().to_owned(),
            act: act.code().to_owned(),
            allowed: possible_on_dispatch(dispatch).into_iter().map(|act| act.code().to_owned()).collect(),
        });
    };
    if act == DispatchAct::Reject && reason.is_none() {
        return Err(Rejection::Invalid {
            pointer: "/reason",
            message: "say why the dispatch is refused".into(),
        });
    }
    must_be_free(state, units, &dispatch.agency)?;
    if !units.is_empty() && next.is_final() {
        return Err(Rejection::Invalid {
            pointer: "/units",
            message: "units cannot be sent with an act that ends the dispatch".into(),
        });
    }
    let mut events = assign_units(units, &dispatch.agency, id);
    events.push(Event::DispatchMoved { dispatch: id, act, reason });
    let moved = match next {
        DispatchState::EnRoute => Some(UnitState::EnRoute),
        DispatchState::OnScene => Some(UnitState::OnScene),
        _ => None,
    };
    if let Some(to) = moved {
        let all = dispatch.units.iter().chain(units);
        events.extend(all.map(|unit| Event::UnitMoved {
            unit: unit.clone(),
            agency: dispatch.agency.clone(),
            to,
            dispatch: Some(id),
        }));
    }
    if next.is_final() {
        events.extend(release_units(state, dispatch));
    }
    let incident = find_incident(state, dispatch.incident)?;
    let states = present(state, incident).map(|held| if held.id == id { next } else { held.state });
    events.extend(advance(incident, incident.state, states, context.now));
    Ok(events)
}

/// The event that ends a dispatch from outside (closing, merging).
pub fn end_dispatch(dispatch: &Dispatch, act: DispatchAct, reason: Option<TextId>) -> Event {
    Event::DispatchMoved { dispatch: dispatch.id, act, reason }
}

/// Sets free every unit that still works for the dispatch.
pub fn release_units(state: &CentreState, dispatch: &Dispatch) -> Vec<Event> {
    dispatch
        .units
        .iter()
        .filter(|unit| state.units.get(*unit).is_some_and(|unit| unit.dispatch == Some(dispatch.id)))
        .map(|unit| Event::UnitMoved {
            unit: unit.clone(),
            agency: dispatch.agency.clone(),
            to: UnitState::Available,
            dispatch: None,
        })
        .collect()
}

fn assign_units(units: &[String], agency: &str, dispatch: DispatchId) -> Vec<Event> {
    units
        .iter()
        .map(|unit| Event::UnitMoved {
            unit: unit.clone(),
            agency: agency.to_owned(),
            to: UnitState::Assigned,
            dispatch: Some(dispatch),
        })
        .collect()
}

fn must_be_free(state: &CentreState, units: &[String], agency: &str) -> Result<(), Rejection> {
    let unique: BTreeSet<&String> = units.iter().collect();
    if unique.len() != units.len() {
        return Err(Rejection::Invalid { pointer: "/units", message: "name each unit only once".into() });
    }
    for code in units {
        let unit = state
            .units
            .get(code)
            .filter(|unit| unit.agency == agency)
            .ok_or_else(|| Rejection::NotFound { what: "unit", id: code.clone() })?;
        if unit.state != UnitState::Available {
            return Err(Rejection::IllegalStep {
                what: "unit",
                state: unit.state.code().to_owned(),
                act: "assign".to_owned(),
                allowed: Vec::new(),
            });
        }
    }
    Ok(())
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
