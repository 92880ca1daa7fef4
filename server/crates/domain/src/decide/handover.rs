//! Decisions about handing an incident over to a neighbouring centre. One offer waits at a time; whatever comes
//! late or twice from the other side changes nothing.

use super::find_incident;
use super::incident::{close, illegal};
use crate::centre::{CentreKind, Neighbour};
use crate::command::Context;
use crate::deadline::{Deadline, DeadlineKind, unassigned_within_us};
use crate::event::Event;
use crate::handover::HandoverResult;
use crate::ids::{IncidentId, TextId, TransferId};
use crate::incident::{CloseResult, Incident, IncidentState};
use crate::rejection::Rejection;
use crate::state::CentreState;

/// Nothing of the incident changes by being offered: its agencies and its clocks go on.
pub fn offer(
    state: &CentreState,
    id: IncidentId,
    to: &str,
    note: Option<TextId>,
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    if state.reference.pack.profile.kind == CentreKind::Drill {
        return Err(Rejection::Drill);
    }
    if !incident.state.is_live() || incident.is_offered() {
        return Err(illegal(incident, "offer"));
    }
    let Some(neighbour) = state.reference.neighbour(to) else {
        return Err(Rejection::NotFound { what: "neighbour", id: to.to_owned() });
    };
    let deadline = Deadline {
        kind: DeadlineKind::HandoverAnswered,
        due_at: context.now.saturating_add(answer_within_us(neighbour, incident)),
        level: 0,
    };
    let transfer = TransferId(context.ids.next_id());
    Ok(vec![Event::IncidentOffered { incident: id, transfer, to: to.to_owned(), note, deadline }])
}

/// How long the neighbour has to answer.
fn answer_within_us(neighbour: &Neighbour, incident: &Incident) -> i64 {
    let agreed = neighbour.answer_within_ms.map(|ms| i64::from(ms).saturating_mul(1_000));
    agreed.unwrap_or_else(|| unassigned_within_us(incident.priority))
}

/// What the neighbour's server told, or could not be told.
pub fn record(
    state: &CentreState,
    id: IncidentId,
    transfer: TransferId,
    result: &HandoverResult,
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    let Some(held) = incident.handover.as_ref().filter(|held| held.transfer == transfer) else {
        return Err(Rejection::NotFound { what: "transfer", id: transfer.to_string() });
    };
    if !result.is_news(held) {
        return Ok(Vec::new());
    }
    moved(state, incident, transfer, result.clone(), context)
}

/// What somebody at the neighbour said by telephone, written down at our desk.
pub fn answer(
    state: &CentreState,
    id: IncidentId,
    accepted: bool,
    number: Option<&String>,
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    let Some(held) = incident.handover.as_ref().filter(|_| incident.is_offered()) else {
        return Err(illegal(incident, "answer_offer"));
    };
    let result = if accepted {
        HandoverResult::Accepted { number: number.cloned() }
    } else {
        HandoverResult::Refused { reason: "verbal".to_owned() }
    };
    moved(state, incident, held.transfer, result, context)
}

/// An incident that none of our agencies has leaves with the neighbour; any other one stays with its agencies until
/// the desk closes it.
fn moved(
    state: &CentreState,
    incident: &Incident,
    transfer: TransferId,
    result: HandoverResult,
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let leaves = matches!(result, HandoverResult::Accepted { .. }) && incident.state == IncidentState::Open;
    let mut events = vec![Event::HandoverMoved { incident: incident.id, transfer, news: result }];
    if leaves {
        events.extend(close(state, incident.id, CloseResult::OutOfArea, None, context)?);
    }
    Ok(events)
}

/// The neighbour has not answered in time.
pub fn overdue(state: &CentreState, incident: &Incident, passed: Deadline, context: &Context) -> Event {
    let to = incident.handover.as_ref().and_then(|held| state.reference.neighbour(&held.to));
    let within = to.map_or_else(
        || unassigned_within_us(incident.priority),
        |neighbour| answer_within_us(neighbour, incident),
    );
    Event::HandoverOverdue { incident: incident.id, next: passed.escalate(within, context.now) }
}
