//! The fold of a hand-over to a neighbouring centre.

use super::with_incident;
use crate::event::{Event, Record};
use crate::handover::{Handover, HandoverResult, HandoverState};
use crate::ids::EpochUs;
use crate::state::CentreState;

pub fn evolve_handover(state: &mut CentreState, record: &Record) {
    match &record.event {
        Event::IncidentOffered { incident, transfer, to, note, deadline } => {
            with_incident(state, *incident, |held| {
                held.handover = Some(Handover {
                    transfer: *transfer,
                    to: to.clone(),
                    state: HandoverState::Offered,
                    offered_at: record.at,
                    offered_by: record.actor.name.clone(),
                    note: *note,
                    received_at: None,
                    answered_at: None,
                    answered_by: None,
                    remote_number: None,
                    reason: None,
                    error: None,
                    deadline: Some(*deadline),
                });
            });
        }
        Event::HandoverMoved { incident, transfer, news } => with_incident(state, *incident, |held| {
            if let Some(of) = held.handover.as_mut().filter(|of| of.transfer == *transfer) {
                take(of, news, record.at, &record.actor.name);
            }
        }),
        Event::HandoverOverdue { incident, next } => with_incident(state, *incident, |held| {
            if let Some(of) = held.handover.as_mut() {
                of.deadline = Some(*next);
            }
        }),
        _ => {}
    }
}

fn take(of: &mut Handover, news: &HandoverResult, at: EpochUs, by: &str) {
    let answered = |of: &mut Handover, state| {
        of.state = state;
        of.answered_at = Some(at);
        of.answered_by = Some(by.to_owned());
        of.deadline = None;
        of.error = None;
    };
    match news {
        HandoverResult::Received { number } => {
            of.state = HandoverState::Received;
            of.received_at = Some(at);
            of.remote_number = Some(number.clone());
            of.error = None;
        }
        HandoverResult::Accepted { number } => {
            answered(of, HandoverState::Accepted);
            if number.is_some() {
                of.remote_number.clone_from(number);
            }
        }
        HandoverResult::Refused { reason } => {
            answered(of, HandoverState::Refused);
            of.reason = Some(reason.clone());
        }
        HandoverResult::Failed { error } => of.error = Some(error.clone()),
    }
}
