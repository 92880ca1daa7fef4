//! Decisions about alarms: striking the next one sends everybody named in one go. Also what was recommended
//! and overridden.

use std::collections::BTreeSet;

use super::dispatch::{forward, present};
use super::incident::illegal;
use super::{find_incident, notify, unit};
use crate::command::{AlarmDispatch, Context, Recommended};
use crate::delivery::Notice;
use crate::event::Event;
use crate::ids::{DispatchId, IncidentId};
use crate::incident::Incident;
use crate::plan::HIGHEST_ALARM;
use crate::rejection::Rejection;
use crate::state::CentreState;

/// Strikes an alarm: it must be the next one. Agencies that do not work on the incident get a dispatch each;
/// units for one that does join its running dispatch, and whoever was told of it is told so.
pub fn strike(
    state: &CentreState,
    id: IncidentId,
    level: u32,
    dispatches: &[AlarmDispatch],
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    if !incident.state.is_live() {
        return Err(illegal(incident, "alarm"));
    }
    must_be_next(incident, level)?;
    let named: BTreeSet<&str> = dispatches.iter().map(|one| one.agency.as_str()).collect();
    if named.len() != dispatches.len() {
        return Err(Rejection::Invalid {
            pointer: "/dispatches",
            message: "name each agency only once".into(),
        });
    }
    let mut events = vec![Event::IncidentAlarmed { incident: id, level }];
    for one in dispatches {
        let running =
            present(state, incident).find(|held| held.agency == one.agency && !held.state.is_final());
        let (dispatch, made) = match running {
            Some(held) => {
                unit::must_be_free(state, &one.units, &one.agency)?;
                let mut made = unit::assign(state, &one.units, held.id);
                if !one.units.is_empty() {
                    made.extend(notify::tell(held, Notice::Correction, context));
                }
                (Some(held.id), made)
            }
            None => {
                let made = forward(state, id, &one.agency, one.role, &one.units, context)?;
                (made.iter().find_map(dispatch_of), made)
            }
        };
        join(state, &mut events, made, context);
        let overridden = one.recommended.as_ref().zip(dispatch);
        events.extend(
            overridden.and_then(|(said, dispatch)| overridden_by(dispatch, &one.agency, &one.units, said)),
        );
    }
    Ok(events)
}

/// The dispatch that an event makes.
pub fn dispatch_of(event: &Event) -> Option<DispatchId> {
    match event {
        Event::DispatchQueued { dispatch, .. } => Some(*dispatch),
        _ => None,
    }
}

/// What was recommended, if a person decided otherwise: another agency, or other units.
pub fn overridden_by(
    dispatch: DispatchId,
    agency: &str,
    units: &[String],
    said: &Recommended,
) -> Option<Event> {
    let chosen: BTreeSet<&String> = units.iter().collect();
    let recommended: BTreeSet<&String> = said.units.iter().collect();
    let followed = chosen == recommended && said.agency.as_deref() == Some(agency);
    (!followed).then(|| Event::DispatchOverridden {
        dispatch,
        policy_version: said.policy_version.clone(),
        recommended_agency: said.agency.clone(),
        recommended_units: said.units.clone(),
        reason: said.reason,
    })
}

fn must_be_next(incident: &Incident, level: u32) -> Result<(), Rejection> {
    let next = incident.alarm_level.saturating_add(1);
    if level == next && level <= HIGHEST_ALARM {
        return Ok(());
    }
    let allowed = (next <= HIGHEST_ALARM).then(|| format!("alarm {next}"));
    Err(Rejection::IllegalStep {
        what: "incident",
        state: format!("at alarm {}", incident.alarm_level),
        act: format!("alarm {level}"),
        allowed: allowed.into_iter().collect(),
    })
}

/// Draws of another reply code at most, should two agencies of one alarm draw the same.
const DRAWS: usize = 32;

/// Adds the events of one agency to those of the others. Each was decided on the same state, so the incident
/// advances once, and a reply code drawn twice is drawn again.
fn join(state: &CentreState, events: &mut Vec<Event>, made: Vec<Event>, context: &mut Context) {
    for mut event in made {
        if let Event::DispatchQueued { terms, .. } = &mut event {
            let taken =
                |code: Option<&str>| events.iter().any(|other| code.is_some() && reply_code(other) == code);
            for _ in 0..DRAWS {
                if !taken(terms.reply_code.as_deref()) {
                    break;
                }
                terms.reply_code = Some(notify::reply_code(state, &mut context.ids));
            }
        }
        let advances = matches!(event, Event::IncidentAdvanced { .. });
        if advances && events.iter().any(|other| matches!(other, Event::IncidentAdvanced { .. })) {
            continue;
        }
        events.push(event);
    }
}

fn reply_code(event: &Event) -> Option<&str> {
    match event {
        Event::DispatchQueued { terms, .. } => terms.reply_code.as_deref(),
        _ => None,
    }
}
