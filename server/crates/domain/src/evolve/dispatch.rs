//! The fold of a dispatch: its acts, its deliveries, its ladder and calls for help.

use super::with_incident;
use crate::deadline::{Deadline, DeadlineKind};
use crate::delivery::{Delivery, DeliveryState, Notice};
use crate::dispatch::{Dispatch, DispatchAct, DispatchState, FieldNote, Help, Photo, Via, dispatch_next};
use crate::event::{Event, Record};
use crate::ids::{DeliveryId, DispatchId, EpochUs};
use crate::state::CentreState;

/// Applies a record of a dispatch's stream.
pub fn evolve_dispatch(state: &mut CentreState, record: &Record) {
    match &record.event {
        Event::DispatchQueued { .. } => queue(state, record),
        Event::DispatchTransferred { .. } => transfer(state, record),
        Event::DispatchMoved { dispatch, act, reason, via } => with_dispatch(state, *dispatch, |held| {
            if *act == DispatchAct::Acknowledge {
                held.acknowledged_note = *reason;
            } else if reason.is_some() {
                held.reason = *reason;
            }
            move_dispatch(held, *act, *via, record);
        }),
        Event::DispatchNotified { dispatch, wording, deliveries, next } => {
            with_dispatch(state, *dispatch, |held| notify(held, *wording, deliveries, *next, record.at));
        }
        // Told in the log; whoever asks finds it there.
        Event::DispatchOverridden { dispatch, .. } => with_dispatch(state, *dispatch, |_| {}),
        Event::DispatchOverdue { dispatch, next } => with_dispatch(state, *dispatch, |held| {
            held.overdue = true;
            held.alarms = held.alarms.saturating_add(1);
            held.deadline = Some(*next);
        }),
        Event::DispatchEscalated { dispatch, next } => with_dispatch(state, *dispatch, |held| {
            held.overdue = true;
            held.escalated_at.get_or_insert(record.at);
            held.deadline = Some(*next);
        }),
        Event::DispatchLate { dispatch, next } => with_dispatch(state, *dispatch, |held| {
            held.late = Some(next.kind);
            held.deadline = Some(*next);
        }),
        Event::HelpAsked { dispatch, note, deadline } => with_dispatch(state, *dispatch, |held| {
            held.help = Some(Help {
                asked_at: record.at,
                asked_by: record.actor.name.clone(),
                note: *note,
                deadline: Some(*deadline),
                answered_at: None,
                answered_by: None,
            });
        }),
        Event::HelpOverdue { dispatch, next } => with_dispatch(state, *dispatch, |held| {
            if let Some(help) = &mut held.help {
                help.deadline = Some(*next);
            }
        }),
        Event::HelpAnswered { dispatch } => with_dispatch(state, *dispatch, |held| {
            if let Some(help) = &mut held.help {
                help.deadline = None;
                help.answered_at = Some(record.at);
                help.answered_by = Some(record.actor.name.clone());
            }
        }),
        Event::FieldNoted { dispatch, note } => with_dispatch(state, *dispatch, |held| {
            let (at, by) = (record.at, record.actor.name.clone());
            held.notes.push(FieldNote { at, by, text: *note });
        }),
        Event::PhotoAdded { dispatch, photo, claim } => with_dispatch(state, *dispatch, |held| {
            held.photos.push(Photo {
                id: *photo,
                added_at: record.at,
                added_by: record.actor.name.clone(),
                claim: claim.clone(),
            });
        }),
        Event::ReplyDoubted { dispatch, doubt } => {
            with_dispatch(state, *dispatch, |held| held.doubt = Some(*doubt));
        }
        Event::DeliverySent { .. }
        | Event::DeliveryArrived { .. }
        | Event::DeliverySeen { .. }
        | Event::DeliveryFailed { .. }
        | Event::DeliveryUncertain { .. } => deliver(state, record),
        _ => {}
    }
}

fn with_dispatch(state: &mut CentreState, id: DispatchId, change: impl FnOnce(&mut Dispatch)) {
    if let Some(held) = state.dispatches.get_mut(&id) {
        held.version = held.version.saturating_add(1);
        change(held);
    }
}

fn with_delivery(held: &mut Dispatch, id: DeliveryId, change: impl FnOnce(&mut Delivery)) {
    if let Some(one) = held.deliveries.iter_mut().find(|one| one.id == id) {
        change(one);
    }
}

/// A delivery's news. Whatever is told late or twice, it never goes back.
fn deliver(state: &mut CentreState, record: &Record) {
    match &record.event {
        Event::DeliverySent { dispatch, delivery, provider_id } => with_dispatch(state, *dispatch, |held| {
            with_delivery(held, *delivery, |one| {
                arrive(one, DeliveryState::Sent);
                one.sent_at.get_or_insert(record.at);
                if provider_id.is_some() {
                    one.provider_id.clone_from(provider_id);
                }
            });
            move_dispatch(held, DispatchAct::Send, Via::Console, record);
        }),
        Event::DeliveryArrived { dispatch, delivery } => with_dispatch(state, *dispatch, |held| {
            with_delivery(held, *delivery, |one| {
                arrive(one, DeliveryState::Delivered);
                one.delivered_at.get_or_insert(record.at);
            });
            move_dispatch(held, DispatchAct::Deliver, Via::Console, record);
        }),
        Event::DeliverySeen { dispatch, delivery } => with_dispatch(state, *dispatch, |held| {
            with_delivery(held, *delivery, |one| {
                arrive(one, DeliveryState::Seen);
                one.delivered_at.get_or_insert(record.at);
                one.seen_at.get_or_insert(record.at);
            });
            move_dispatch(held, DispatchAct::Deliver, Via::Console, record);
        }),
        Event::DeliveryFailed { dispatch, delivery, error, next_attempt_at } => {
            with_dispatch(state, *dispatch, |held| {
                with_delivery(held, *delivery, |one| {
                    fail(one, error, *next_attempt_at);
                    if next_attempt_at.is_none() {
                        one.state = DeliveryState::Failed;
                    }
                });
            });
        }
        Event::DeliveryUncertain { dispatch, delivery, error, next_attempt_at } => {
            with_dispatch(state, *dispatch, |held| {
                with_delivery(held, *delivery, |one| {
                    fail(one, error, *next_attempt_at);
                    one.state = DeliveryState::Unknown;
                });
            });
        }
        _ => {}
    }
}

fn arrive(one: &mut Delivery, to: DeliveryState) {
    if one.state.is_due() {
        one.attempts = one.attempts.saturating_add(1);
    }
    if one.state.advances_to(to) {
        one.state = to;
    }
    one.next_attempt_at = None;
    one.last_error = None;
}

fn fail(one: &mut Delivery, error: &str, next_attempt_at: Option<EpochUs>) {
    if one.state.is_due() {
        one.attempts = one.attempts.saturating_add(1);
    }
    one.last_error = Some(error.to_owned());
    one.next_attempt_at = next_attempt_at;
}

fn queue(state: &mut CentreState, record: &Record) {
    let Event::DispatchQueued {
        dispatch,
        incident,
        agency,
        role,
        revision,
        units,
        deliveries,
        acknowledge_within_us,
        deadline,
        terms,
    } = &record.event
    else {
        return;
    };
    let held = Dispatch {
        id: *dispatch,
        version: 1,
        incident: *incident,
        agency: agency.clone(),
        role: *role,
        revision: *revision,
        state: DispatchState::Queued,
        units: units.iter().cloned().collect(),
        deliveries: deliveries.clone(),
        overdue: false,
        deadline: Some(*deadline),
        acknowledge_within_us: *acknowledge_within_us,
        reason: None,
        queued_at: record.at,
        queued_by: record.actor.name.clone(),
        sent_at: None,
        delivered_at: None,
        acknowledged_at: None,
        acknowledged_by: None,
        accepted_at: None,
        en_route_at: None,
        on_scene_at: None,
        ended_at: None,
        acknowledged_via: None,
        acknowledged_note: None,
        reply_code: terms.reply_code.clone(),
        rungs: terms.rungs.clone(),
        alarms: 0,
        escalated_at: None,
        accept_within_us: terms.accept_within_us,
        arrive_within_us: terms.arrive_within_us,
        late: None,
        concern: terms.concern,
        wording: 1,
        corrected_at: None,
        help: None,
        notes: Vec::new(),
        photos: Vec::new(),
        doubt: None,
    };
    state.dispatches.insert(*dispatch, held);
    with_incident(state, *incident, |held| {
        held.dispatches.insert(*dispatch);
    });
}

fn transfer(state: &mut CentreState, record: &Record) {
    let Event::DispatchTransferred { dispatch, from, to } = &record.event else { return };
    // It keeps its revision unless the agency has had that one of the incident it comes to.
    let agency = state.dispatches.get(dispatch).map(|held| held.agency.clone());
    let next = agency.map_or(1, |agency| state.next_revision(*to, &agency));
    with_dispatch(state, *dispatch, |held| {
        held.incident = *to;
        held.revision = held.revision.max(next);
    });
    with_incident(state, *from, |held| {
        held.dispatches.remove(dispatch);
    });
    with_incident(state, *to, |held| {
        held.dispatches.insert(*dispatch);
    });
}

fn notify(held: &mut Dispatch, wording: u32, more: &[Delivery], next: Option<Deadline>, at: EpochUs) {
    if wording > held.wording {
        held.wording = wording;
        // What had not gone out yet would tell the older wording beside the newer one.
        for one in held.deliveries.iter_mut().filter(|one| one.state.is_due() && one.wording < wording) {
            if one.notice != Notice::Order {
                drop_delivery(one);
            }
        }
        if !held.state.is_final() {
            held.corrected_at = Some(at);
        }
    }
    held.deliveries.extend(more.iter().cloned());
    if next.is_some() {
        held.deadline = next;
    }
}

fn move_dispatch(held: &mut Dispatch, act: DispatchAct, via: Via, record: &Record) {
    let Some(next) = dispatch_next(held.state, act) else { return };
    held.state = next;
    let at = Some(record.at);
    match next {
        DispatchState::Queued => {}
        DispatchState::Sent => held.sent_at = at,
        DispatchState::Delivered => {
            held.sent_at = held.sent_at.or(at);
            held.delivered_at = at;
        }
        DispatchState::Acknowledged => {
            held.acknowledged_at = at;
            held.acknowledged_by = Some(record.actor.name.clone());
            held.acknowledged_via = Some(via);
        }
        DispatchState::Accepted => held.accepted_at = at,
        DispatchState::EnRoute => held.en_route_at = at,
        DispatchState::OnScene => held.on_scene_at = at,
        DispatchState::Completed | DispatchState::Rejected | DispatchState::Withdrawn => held.ended_at = at,
    }
    if next.is_unacknowledged() {
        return;
    }
    held.overdue = false;
    held.late = None;
    held.deadline = next_clock(held, record.at);
    if next.is_final()
        && let Some(help) = &mut held.help
    {
        help.deadline = None;
    }
    // A person knows, or nobody needs to any more: nothing is left to carry there.
    let over = |one: &&mut Delivery| {
        one.state.is_due() && (next.is_final() || one.notice.ends_with_acknowledgement())
    };
    held.deliveries.iter_mut().filter(over).for_each(drop_delivery);
}

fn drop_delivery(one: &mut Delivery) {
    one.state = DeliveryState::Dropped;
    one.next_attempt_at = None;
}

/// The clock that runs in a state after somebody has acknowledged, if there is one.
fn next_clock(held: &Dispatch, now: EpochUs) -> Option<Deadline> {
    let clock = |kind, due_at: EpochUs| Deadline { kind, due_at, level: 0 };
    match held.state {
        DispatchState::Acknowledged if held.accept_within_us > 0 => {
            Some(clock(DeadlineKind::DispatchAccepted, now.saturating_add(held.accept_within_us)))
        }
        DispatchState::Accepted | DispatchState::EnRoute if held.arrive_within_us > 0 => {
            let goal = held.queued_at.saturating_add(held.arrive_within_us);
            // Taken on after the goal had passed already: late at once would tell nothing new.
            (goal > now).then(|| clock(DeadlineKind::DispatchOnScene, goal))
        }
        _ => None,
    }
}
