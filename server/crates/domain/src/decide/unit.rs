//! Decisions about units: what people say of them, and what follows from the dispatch they work for.
//!
//! Closing, withdrawing, rejecting and completing all come here to set units free; no other file
//! makes a `UnitMoved`.

use std::collections::BTreeSet;

use super::dispatch::{advance, present};
use super::{field, find_incident};
use crate::command::Context;
use crate::dispatch::{Dispatch, DispatchAct, DispatchState, Via, dispatch_next};
use crate::event::Event;
use crate::ids::{DispatchId, TextId};
use crate::people::Role;
use crate::rejection::Rejection;
use crate::state::CentreState;
use crate::unit::{Unit, UnitMover, UnitState, unit_step};

/// People say where a unit stands.
///
/// A step back to the station gives the unit back: it leaves its dispatch in the same event, in everybody's
/// sight. Breaking down in the middle of work needs a reason and calls for help: somebody must now send another
/// one. (Nobody has to be called for a dispatch that still rings because nobody has acknowledged it.)
/// A crew that says it is on its way or there takes its dispatch along: whoever drives has accepted.
pub fn move_unit(
    state: &CentreState,
    code: &str,
    to: UnitState,
    note: Option<TextId>,
    context: &Context,
) -> Result<Vec<Event>, Rejection> {
    let unit = find_unit(state, code)?;
    if to == unit.state {
        // Said again by somebody who did not see it: only a new word about it is news.
        return Ok(note.map(|note| moved(unit, to, unit.dispatch, Some(note))).into_iter().collect());
    }
    if !unit.people_may().any(|possible| possible == to) {
        return Err(illegal(unit, to.code()));
    }
    if to == UnitState::OutOfService && unit.dispatch.is_some() && note.is_none() {
        return Err(Rejection::Invalid {
            pointer: "/note",
            message: "the unit is at work: say why it is out of service".into(),
        });
    }
    let dispatch = unit.dispatch.filter(|_| to.keeps_dispatch());
    let mut events = vec![moved(unit, to, dispatch, note)];
    if let Some(dispatch) = dispatch.and_then(|id| state.dispatches.get(&id)) {
        events.extend(taken_along(state, dispatch, to, context)?);
    }
    let failed = unit.dispatch.filter(|_| to == UnitState::OutOfService);
    if let Some(dispatch) =
        failed.and_then(|id| state.dispatches.get(&id)).filter(|held| field::may_ask(held))
    {
        events.extend(field::ask(state, dispatch.id, note, context)?);
    }
    Ok(events)
}

/// The steps of a dispatch that a unit on its way or on scene implies, with the incident's.
fn taken_along(
    state: &CentreState,
    dispatch: &Dispatch,
    to: UnitState,
    context: &Context,
) -> Result<Vec<Event>, Rejection> {
    // A milestone that nobody has seen is not made up: who jumps to the scene was never on the way.
    let last = match to {
        UnitState::EnRoute => DispatchAct::EnRoute,
        UnitState::OnScene => DispatchAct::OnScene,
        _ => return Ok(Vec::new()),
    };
    // At the desk it is somebody's word, written down.
    let by_desk = context.actor.role.is_some_and(Role::is_desk);
    let via = if by_desk { Via::Verbal } else { Via::Console };
    let mut events = Vec::new();
    let mut reached = dispatch.state;
    for act in [DispatchAct::Acknowledge, DispatchAct::Accept, last] {
        let Some(next) = dispatch_next(reached, act) else { continue };
        events.push(Event::DispatchMoved { dispatch: dispatch.id, act, reason: None, via });
        reached = next;
    }
    if reached != dispatch.state {
        let incident = find_incident(state, dispatch.incident)?;
        let states =
            present(state, incident).map(|held| if held.id == dispatch.id { reached } else { held.state });
        events.extend(advance(incident, incident.state, states, context.now));
    }
    Ok(events)
}

/// Gives units to a dispatch.
pub fn assign(state: &CentreState, units: &[String], dispatch: DispatchId) -> Vec<Event> {
    let held = units.iter().filter_map(|code| state.units.get(code));
    held.map(|unit| moved(unit, UnitState::Assigned, Some(dispatch), None)).collect()
}

/// The dispatch has moved: those that work for it, and `late` ones just given to it, go along. One that is
/// ahead stays ahead.
pub fn follow(state: &CentreState, dispatch: &Dispatch, next: DispatchState, late: &[String]) -> Vec<Event> {
    let to = match next {
        DispatchState::EnRoute => UnitState::EnRoute,
        DispatchState::OnScene => UnitState::OnScene,
        _ => return Vec::new(),
    };
    let goes = |from| unit_step(from, to).is_some_and(UnitMover::includes_dispatch);
    let there = working_for(state, dispatch).filter(|unit| goes(unit.state));
    let late = late.iter().filter_map(|code| state.units.get(code));
    there.chain(late).map(|unit| moved(unit, to, Some(dispatch.id), None)).collect()
}

/// Sets free every unit that still works for the dispatch.
pub fn release(state: &CentreState, dispatch: &Dispatch) -> Vec<Event> {
    working_for(state, dispatch).map(|unit| moved(unit, unit.state.released(), None, None)).collect()
}

/// Refuses units that are not the agency's, are named twice, or have something else to do.
pub fn must_be_free(state: &CentreState, units: &[String], agency: &str) -> Result<(), Rejection> {
    let unique: BTreeSet<&String> = units.iter().collect();
    if unique.len() != units.len() {
        return Err(Rejection::Invalid { pointer: "/units", message: "name each unit only once".into() });
    }
    for code in units {
        let unit = find_unit(state, code)?;
        if unit.agency != agency {
            return Err(Rejection::NotFound { what: "unit", id: code.clone() });
        }
        if !unit.state.is_free() {
            return Err(illegal(unit, "assign"));
        }
    }
    Ok(())
}

fn working_for<'a>(state: &'a CentreState, dispatch: &'a Dispatch) -> impl Iterator<Item = &'a Unit> {
    let listed = dispatch.units.iter().filter_map(|code| state.units.get(code));
    listed.filter(|unit| unit.dispatch == Some(dispatch.id))
}

fn find_unit<'a>(state: &'a CentreState, code: &str) -> Result<&'a Unit, Rejection> {
    state.units.get(code).ok_or_else(|| Rejection::NotFound { what: "unit", id: code.to_owned() })
}

fn illegal(unit: &Unit, act: &str) -> Rejection {
    Rejection::IllegalStep {
        what: "unit",
        state: unit.state.code().to_owned(),
        act: act.to_owned(),
        allowed: unit.people_may().map(|state| state.code().to_owned()).collect(),
    }
}

fn moved(unit: &Unit, to: UnitState, dispatch: Option<DispatchId>, note: Option<TextId>) -> Event {
    Event::UnitMoved { unit: unit.code.clone(), agency: unit.agency.clone(), to, dispatch, note }
}
