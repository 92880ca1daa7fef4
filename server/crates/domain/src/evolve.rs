//! The fold: one record changes the state in exactly one way. Deterministic, total, without a clock.
//!
//! A record that names something not held (a log read from the middle) changes nothing else.

mod dispatch;
mod handover;

use crate::deadline::{Deadline, DeadlineKind};
use crate::event::{Event, Record, Stream};
use crate::ids::{EpochUs, IncidentId, ReportId};
use crate::incident::{Incident, IncidentState};
use crate::report::{OwnerQueue, Report, ReportState};
use crate::state::CentreState;
use crate::unit::{Unit, UnitState};

/// Applies one record.
pub fn evolve(state: &mut CentreState, record: &Record) {
    match record.event.stream() {
        Stream::Report(_) => evolve_report(state, record),
        Stream::Incident(_) => evolve_incident(state, record),
        Stream::Dispatch(_) => dispatch::evolve_dispatch(state, record),
        Stream::Unit(_) => evolve_unit(state, record),
    }
}

fn evolve_unit(state: &mut CentreState, record: &Record) {
    let Event::UnitMoved { unit: code, agency, to, dispatch, note } = &record.event else { return };
    let held = state.units.entry(code.clone()).or_insert_with(|| Unit::new(code, agency));
    held.version = held.version.saturating_add(1);
    if held.state != *to {
        held.since = Some(record.at);
    }
    // What it was torn away from is told until somebody moves it again.
    let failed = held.dispatch.or(held.failed);
    held.failed = failed.filter(|_| *to == UnitState::OutOfService);
    held.state = *to;
    held.dispatch = *dispatch;
    held.note = *note;
    if let Some(dispatch) = dispatch.and_then(|id| state.dispatches.get_mut(&id)) {
        dispatch.units.insert(code.clone());
    }
}

fn with_report(state: &mut CentreState, id: ReportId, change: impl FnOnce(&mut Report)) {
    if let Some(held) = state.reports.get_mut(&id) {
        held.version = held.version.saturating_add(1);
        change(held);
    }
}

fn with_incident(state: &mut CentreState, id: IncidentId, change: impl FnOnce(&mut Incident)) {
    if let Some(held) = state.incidents.get_mut(&id) {
        held.version = held.version.saturating_add(1);
        change(held);
    }
}

fn evolve_report(state: &mut CentreState, record: &Record) {
    match &record.event {
        Event::ReportReceived {
            report,
            number,
            channel,
            external_id,
            occurred_at,
            text,
            person,
            suggestion,
            claims,
            place,
            deadline,
            rank,
            handed_over,
        } => {
            state.numbers = state.numbers.after(number);
            let held = Report {
                id: *report,
                version: 1,
                number: number.clone(),
                channel: *channel,
                external_id: external_id.clone(),
                received_at: record.at,
                occurred_at: *occurred_at,
                text: *text,
                person: *person,
                suggestion: suggestion.clone(),
                claims: claims.clone(),
                place: place.clone(),
                state: ReportState::Waiting,
                owner: OwnerQueue::Operators,
                outcome: None,
                incident: None,
                note: None,
                handled_at: None,
                handled_by: None,
                deadline: Some(*deadline),
                rank: *rank,
                deprioritised: None,
                handed_over: handed_over.as_deref().cloned(),
            };
            state.reports.insert(*report, held);
        }
        Event::ReportRanked { report, rank } => with_report(state, *report, |held| held.rank = *rank),
        Event::ContactRanked { report, deprioritised } => {
            with_report(state, *report, |held| held.deprioritised.clone_from(deprioritised));
        }
        Event::ReportHandled { report, outcome, incident, note } => with_report(state, *report, |held| {
            held.state = ReportState::Handled;
            held.outcome = Some(*outcome);
            held.incident = *incident;
            held.note = *note;
            held.handled_at = Some(record.at);
            held.handled_by = Some(record.actor.name.clone());
            held.deadline = None;
        }),
        Event::ReportMoved { report, to, .. } => {
            with_report(state, *report, |held| held.incident = Some(*to));
        }
        Event::ReportOverdue { report, next } => with_report(state, *report, |held| {
            held.owner = OwnerQueue::Supervisors;
            held.deadline = Some(*next);
        }),
        _ => {}
    }
}

fn evolve_incident(state: &mut CentreState, record: &Record) {
    match &record.event {
        Event::IncidentOpened { .. } => open_incident(state, record),
        Event::IncidentChanged { incident, category, type_code, priority, place, deadline } => {
            with_incident(state, *incident, |held| {
                held.category = category.unwrap_or(held.category);
                if let Some(code) = type_code {
                    held.type_code.clone_from(code);
                }
                held.priority = priority.unwrap_or(held.priority);
                if let Some(place) = place {
                    held.place = place.clone();
                }
                held.deadline = deadline.or(held.deadline);
            });
        }
        Event::IncidentReportsAdded { incident, reports } => {
            with_incident(state, *incident, |held| held.reports.extend(reports));
        }
        Event::IncidentReportsRemoved { incident, reports } => {
            with_incident(state, *incident, |held| held.reports.retain(|report| !reports.contains(report)));
        }
        Event::IncidentAdvanced { incident, to, deadline } => {
            with_incident(state, *incident, |held| advance(held, *to, *deadline, record.at));
        }
        Event::IncidentOverdue { incident, next } => {
            with_incident(state, *incident, |held| held.deadline = Some(*next));
        }
        Event::IncidentMerged { incident, into } => with_incident(state, *incident, |held| {
            held.state = IncidentState::Merged;
            held.merged_into = Some(*into);
            held.reports.clear();
            held.closed_at = Some(record.at);
            held.stop_clocks();
        }),
        Event::IncidentAlarmed { incident, level } => {
            with_incident(state, *incident, |held| held.alarm_level = *level);
        }
        Event::IncidentKnown { incident, known } => with_incident(state, *incident, |held| {
            held.known_since = known.then_some(record.at);
        }),
        Event::IncidentResolved { incident, note } => with_incident(state, *incident, |held| {
            held.state = IncidentState::Resolved;
            held.resolved_at = Some(record.at);
            held.note = note.or(held.note);
            held.stop_clocks();
        }),
        Event::IncidentClosed { incident, result, note } => with_incident(state, *incident, |held| {
            held.state = result.state();
            held.closed_at = Some(record.at);
            held.note = note.or(held.note);
            held.stop_clocks();
        }),
        Event::IncidentReopened { incident, reason, deadline } => {
            let dispatches = &state.dispatches;
            let of_incident = state.incidents.get(incident).map(|held| held.dispatches.iter());
            let ended = of_incident.into_iter().flatten().copied();
            let ended =
                ended.filter(|id| dispatches.get(id).is_some_and(|held| held.state.is_final())).collect();
            with_incident(state, *incident, |held| {
                // Nobody is at work any more: the alarms begin anew.
                if held.dispatches == ended {
                    held.alarm_level = 0;
                }
                held.earlier = ended;
                held.state = IncidentState::Open;
                held.resolved_at = None;
                held.closed_at = None;
                held.note = reason.or(held.note);
                held.deadline = Some(*deadline);
                held.run_offer_clock(Some(Deadline { kind: DeadlineKind::HandoverAnswered, ..*deadline }));
            });
        }
        _ => handover::evolve_handover(state, record),
    }
}

fn open_incident(state: &mut CentreState, record: &Record) {
    let Event::IncidentOpened {
        incident,
        number,
        category,
        type_code,
        priority,
        place,
        reports,
        split_from,
        deadline,
    } = &record.event
    else {
        return;
    };
    state.numbers = state.numbers.after(number);
    let held = Incident {
        id: *incident,
        version: 1,
        number: number.clone(),
        state: IncidentState::Open,
        category: *category,
        type_code: type_code.clone(),
        priority: *priority,
        place: place.clone(),
        reports: reports.iter().copied().collect(),
        dispatches: std::collections::BTreeSet::new(),
        merged_into: None,
        split_from: *split_from,
        opened_at: record.at,
        opened_by: record.actor.name.clone(),
        dispatched_at: None,
        acknowledged_at: None,
        active_at: None,
        earlier: std::collections::BTreeSet::new(),
        alarm_level: 0,
        resolved_at: None,
        closed_at: None,
        note: None,
        deadline: Some(*deadline),
        known_since: None,
        handover: None,
    };
    state.incidents.insert(*incident, held);
}

/// Moves a live incident; the first time each milestone is reached is kept for good.
fn advance(held: &mut Incident, to: IncidentState, deadline: Option<Deadline>, at: EpochUs) {
    held.state = to;
    held.deadline = deadline;
    if matches!(to, IncidentState::Dispatched | IncidentState::Acknowledged | IncidentState::Active) {
        held.dispatched_at.get_or_insert(at);
    }
    if matches!(to, IncidentState::Acknowledged | IncidentState::Active) {
        held.acknowledged_at.get_or_insert(at);
    }
    if to == IncidentState::Active {
        held.active_at.get_or_insert(at);
    }
}
