//! Decisions about deliveries: what a channel told of one, and answers that could not be taken.
//!
//! A channel may tell twice, late or out of order; what is settled already gives no event. Nothing here
//! acknowledges anything.

use super::find_dispatch;
use crate::command::{Context, DeliveryResult};
use crate::delivery::{Delivery, DeliveryState, Notice};
use crate::dispatch::{Dispatch, DispatchState, ReplyDoubt};
use crate::event::Event;
use crate::ids::{DeliveryId, DispatchId};
use crate::rejection::Rejection;
use crate::state::CentreState;

pub fn record(
    state: &CentreState,
    id: DispatchId,
    delivery_id: DeliveryId,
    result: &DeliveryResult,
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    let dispatch = find_dispatch(state, id)?;
    let delivery = dispatch
        .deliveries
        .iter()
        .find(|delivery| delivery.id == delivery_id)
        .ok_or_else(|| Rejection::NotFound { what: "delivery", id: delivery_id.to_string() })?;
    let news = |to: DeliveryState| delivery.state.advances_to(to);
    let told = match result {
        DeliveryResult::Sent { provider_id } => news(DeliveryState::Sent).then(|| Event::DeliverySent {
            dispatch: id,
            delivery: delivery_id,
            provider_id: provider_id.clone(),
        }),
        DeliveryResult::Arrived => news(DeliveryState::Delivered)
            .then_some(Event::DeliveryArrived { dispatch: id, delivery: delivery_id }),
        DeliveryResult::Seen => {
            news(DeliveryState::Seen).then_some(Event::DeliverySeen { dispatch: id, delivery: delivery_id })
        }
        // A provider may take a message and say later that it could not be delivered.
        DeliveryResult::Failed { error, retry_at } => (delivery.state.is_due()
            || delivery.state == DeliveryState::Sent)
            .then(|| Event::DeliveryFailed {
                dispatch: id,
                delivery: delivery_id,
                error: error.clone(),
                next_attempt_at: retry_at.filter(|_| delivery.state.is_due()),
            }),
        DeliveryResult::Unknown { error, retry_at } => {
            delivery.state.is_due().then(|| Event::DeliveryUncertain {
                dispatch: id,
                delivery: delivery_id,
                error: error.clone(),
                next_attempt_at: *retry_at,
            })
        }
    };
    let Some(told) = told else { return Ok(Vec::new()) };
    let late = may_have_reached(result).then(|| call_back(dispatch, delivery, context)).flatten();
    Ok(std::iter::once(told).chain(late).collect())
}

const fn may_have_reached(result: &DeliveryResult) -> bool {
    !matches!(result, DeliveryResult::Failed { .. })
}

/// An order that was on its way when the dispatch was called off has reached somebody after all: they are
/// called back too.
fn call_back(dispatch: &Dispatch, delivery: &Delivery, context: &mut Context) -> Option<Event> {
    let missed = dispatch.state == DispatchState::Withdrawn
        && delivery.state == DeliveryState::Dropped
        && delivery.notice == Notice::Order
        && !dispatch.deliveries.iter().any(|one| {
            one.notice == Notice::Withdrawal
                && one.contact == delivery.contact
                && one.channel == delivery.channel
        });
    missed.then(|| Event::DispatchNotified {
        dispatch: dispatch.id,
        wording: dispatch.wording.max(2),
        deliveries: vec![Delivery::due(
            DeliveryId(context.ids.next_id()),
            delivery.channel,
            delivery.contact.clone(),
            Notice::Withdrawal,
            dispatch.wording.max(2),
            context.now,
        )],
        next: None,
    })
}

/// Notes that somebody answered in a way that could not be taken, once for each reason.
pub fn doubt(state: &CentreState, id: DispatchId, doubt: ReplyDoubt) -> Result<Vec<Event>, Rejection> {
    let dispatch = find_dispatch(state, id)?;
    if dispatch.doubt == Some(doubt) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::ReplyDoubted { dispatch: id, doubt }])
}
