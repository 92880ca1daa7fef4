//! Whom a dispatch is told to: the order by its ladder, corrections and withdrawals wherever the order went.
//!
//! Makes deliveries; sending them is the way out's matter.

use crate::command::Context;
use crate::delivery::{Delivery, DeliveryChannel, DeliveryState, Notice};
use crate::dispatch::Dispatch;
use crate::duty::AgencyDuty;
use crate::event::Event;
use crate::ids::{DeliveryId, EpochUs, IdSource};
use crate::ladder::{RungAct, Told};
use crate::state::CentreState;

/// The deliveries of an order that a rung makes, without those that `known` has already.
pub fn alert(
    duty: &AgencyDuty,
    agency: &str,
    rung: &RungAct,
    known: &[Delivery],
    (now, ids): (EpochUs, &mut IdSource),
) -> Vec<Delivery> {
    let RungAct::Alert { to, channels } = rung else { return Vec::new() };
    let wanted = |channel: DeliveryChannel| channels.is_empty() || channels.contains(&channel);
    let on_duty = duty.on_duty(now);
    let people = match to {
        Told::First => on_duty.get(..1),
        Told::Second => on_duty.get(1..2),
        Told::All => on_duty.get(..),
    };
    let agency_itself = (*to != Told::Second).then_some(agency).into_iter().flat_map(|agency| {
        let links = duty.links.iter().copied();
        std::iter::once(DeliveryChannel::Console).chain(links).map(move |channel| (agency, channel))
    });
    let of_people = people.unwrap_or_default().iter();
    let of_people =
        of_people.flat_map(|one| one.channels.iter().map(|channel| (one.code.as_str(), *channel)));
    let mut made: Vec<Delivery> = Vec::new();
    for (contact, channel) in agency_itself.chain(of_people).filter(|(_, channel)| wanted(*channel)) {
        let told =
            |one: &Delivery| one.notice == Notice::Order && one.contact == contact && one.channel == channel;
        if !known.iter().chain(&made).any(told) {
            let id = DeliveryId(ids.next_id());
            made.push(Delivery::due(id, channel, contact.to_owned(), Notice::Order, 1, now));
        }
    }
    made
}

/// The event that tells a change to everybody whom the order may have reached; none when it has reached
/// nobody. What waits still to be sent tells the newest anyway, and the agency's own screen follows by itself.
pub fn tell(dispatch: &Dispatch, notice: Notice, context: &mut Context) -> Option<Event> {
    let wording = dispatch.wording.saturating_add(1);
    let reached = dispatch.deliveries.iter().filter(|one| {
        one.notice == Notice::Order
            && one.channel != DeliveryChannel::Console
            && one.may_have_arrived()
            && one.state != DeliveryState::Failed
    });
    let deliveries: Vec<Delivery> = reached
        .map(|one| {
            let id = DeliveryId(context.ids.next_id());
            Delivery::due(id, one.channel, one.contact.clone(), notice, wording, context.now)
        })
        .collect();
    // A corrected dispatch shows that it was, also where only the screen has told of it.
    (notice == Notice::Correction || !deliveries.is_empty()).then_some(Event::DispatchNotified {
        dispatch: dispatch.id,
        wording,
        deliveries,
        next: None,
    })
}

/// Corrections of every live dispatch of an incident.
pub fn correct<'a>(
    state: &'a CentreState,
    dispatches: impl Iterator<Item = &'a crate::ids::DispatchId>,
    context: &mut Context,
) -> Vec<Event> {
    dispatches
        .filter_map(|id| state.dispatches.get(id))
        .filter(|dispatch| !dispatch.state.is_final())
        .filter_map(|dispatch| tell(dispatch, Notice::Correction, context))
        .collect()
}

/// Four digits that no open dispatch of the centre answers to. Drawn from the ids' own randomness; when nine
/// thousand are open at once, which no city has, two may share one and an answer then counts for neither.
pub fn reply_code(state: &CentreState, ids: &mut IdSource) -> String {
    const CODES: u128 = 9_000;
    let taken = |code: &str| {
        let mut open = state.dispatches.values().filter(|held| !held.state.is_final());
        open.any(|held| held.reply_code.as_deref() == Some(code))
    };
    let start = ids.next_id().as_u128() % CODES;
    let code = |step: u128| (1_000 + (start + step) % CODES).to_string();
    (0..CODES).map(code).find(|code| !taken(code)).unwrap_or_else(|| code(0))
}
