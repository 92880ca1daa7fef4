//! Decisions that the server itself asks for: how a delivery went, and deadlines that passed.
//!
//! Both may arrive twice or late; what is already settled gives no event.

use super::{find_dispatch, queue};
use crate::command::{DeadlineSubject, DeliveryResult};
use crate::deadline::{DeadlineKind, unassigned_within_us};
use crate::dispatch::DeliveryState;
use crate::event::Event;
use crate::ids::{DeliveryId, DispatchId, EpochUs};
use crate::rejection::Rejection;
use crate::state::CentreState;

pub fn record(
    state: &CentreState,
    id: DispatchId,
    delivery_id: DeliveryId,
    result: &DeliveryResult,
) -> Result<Vec<Event>, Rejection> {
    let dispatch = find_dispatch(state, id)?;
    let delivery = dispatch
        .deliveries
        .iter()
        .find(|delivery| delivery.id == delivery_id)
        .ok_or_else(|| Rejection::NotFound { what: "delivery", id: delivery_id.to_string() })?;
    if delivery.state != DeliveryState::Pending {
        return Ok(Vec::new());
    }
    Ok(vec![match result {
        DeliveryResult::Arrived => Event::DeliveryArrived { dispatch: id, delivery: delivery_id },
        DeliveryResult::Failed { error, retry_at } => Event::DeliveryFailed {
            dispatch: id,
            delivery: delivery_id,
            error: error.clone(),
            next_attempt_at: *retry_at,
        },
    }])
}

/// A deadline that was met, or has passed already at this level, gives nothing.
pub fn pass_deadline(
    state: &CentreState,
    subject: DeadlineSubject,
    kind: DeadlineKind,
    level: u32,
    now: EpochUs,
) -> Vec<Event> {
    let (running, within) = match subject {
        DeadlineSubject::Report(id) => state
            .reports
            .get(&id)
            .map(|report| (report.deadline, unassigned_within_us(report.suggestion.priority))),
        DeadlineSubject::Incident(id) => state
            .incidents
            .get(&id)
            .map(|incident| (incident.deadline, unassigned_within_us(incident.priority))),
        DeadlineSubject::Dispatch(id) => {
            state.dispatches.get(&id).map(|dispatch| (dispatch.deadline, dispatch.acknowledge_within_us))
        }
    }
    .unwrap_or((None, 0));
    let Some(deadline) = running else { return Vec::new() };
    if deadline.kind != kind || deadline.level != level || deadline.due_at > now {
        return Vec::new();
    }
    let next = deadline.escalate(within, now);
    let mut events = vec![match subject {
        DeadlineSubject::Report(report) => Event::ReportOverdue { report, next },
        DeadlineSubject::Incident(incident) => Event::IncidentOverdue { incident, next },
        DeadlineSubject::Dispatch(dispatch) => Event::DispatchOverdue { dispatch, next },
    }];
    if let DeadlineSubject::Report(id) = subject {
        events.extend(state.reports.get(&id).and_then(|report| queue::expired(report, now)));
    }
    events
}
