//! Decisions of the clock: a deadline passed. It may be told twice or late; one that was met, or has
//! passed already at this level, gives no event.

use super::{handover, notify, queue};
use crate::command::{Context, DeadlineSubject};
use crate::deadline::{Deadline, DeadlineKind, unassigned_within_us};
use crate::dispatch::Dispatch;
use crate::event::Event;
use crate::ids::{DispatchId, EpochUs};
use crate::ladder::{RungAct, due_at};
use crate::state::CentreState;

pub fn pass(
    state: &CentreState,
    subject: DeadlineSubject,
    kind: DeadlineKind,
    level: u32,
    context: &mut Context,
) -> Vec<Event> {
    let now = context.now;
    let passed = |running: Option<Deadline>| {
        running.filter(|one| one.kind == kind && one.level == level && one.due_at <= now)
    };
    match subject {
        DeadlineSubject::Report(id) => {
            let Some(report) = state.reports.get(&id) else { return Vec::new() };
            let Some(deadline) = passed(report.deadline) else { return Vec::new() };
            let next = deadline.escalate(unassigned_within_us(report.suggestion.priority), now);
            let overdue = Event::ReportOverdue { report: id, next };
            std::iter::once(overdue).chain(queue::expired(report, now)).collect()
        }
        DeadlineSubject::Incident(id) => {
            let Some(incident) = state.incidents.get(&id) else { return Vec::new() };
            let running = incident.deadlines().find(|one| one.kind == kind);
            let Some(deadline) = passed(running) else { return Vec::new() };
            if kind == DeadlineKind::HandoverAnswered {
                return vec![handover::overdue(state, incident, deadline, context)];
            }
            let next = deadline.escalate(unassigned_within_us(incident.priority), now);
            vec![Event::IncidentOverdue { incident: id, next }]
        }
        DeadlineSubject::Dispatch(id) => {
            let Some(dispatch) = state.dispatches.get(&id) else { return Vec::new() };
            let running = dispatch.deadlines().find(|one| one.kind == kind);
            let Some(deadline) = passed(running) else { return Vec::new() };
            of_dispatch(state, id, dispatch, deadline, context)
        }
    }
}

fn of_dispatch(
    state: &CentreState,
    id: DispatchId,
    dispatch: &Dispatch,
    deadline: Deadline,
    context: &mut Context,
) -> Vec<Event> {
    let now = context.now;
    match deadline.kind {
        DeadlineKind::DispatchAccepted => {
            vec![Event::DispatchLate {
                dispatch: id,
                next: deadline.escalate(dispatch.accept_within_us, now),
            }]
        }
        DeadlineKind::DispatchOnScene => {
            vec![Event::DispatchLate {
                dispatch: id,
                next: deadline.escalate(dispatch.arrive_within_us, now),
            }]
        }
        DeadlineKind::HelpAnswered => {
            vec![Event::HelpOverdue { dispatch: id, next: deadline.escalate(HELP_WITHIN_US, now) }]
        }
        DeadlineKind::ReportHandled
        | DeadlineKind::IncidentForwarded
        | DeadlineKind::HandoverAnswered
        | DeadlineKind::DispatchAcknowledged => vec![climb(state, id, dispatch, deadline, context)],
    }
}

/// A call for help rings like a report of priority 1 that nobody has taken up.
pub const HELP_WITHIN_US: i64 = unassigned_within_us(crate::catalogue::Priority::P1);

/// One rung up; beyond the last one the desk is rung again and again, each time after twice the pause.
fn climb(
    state: &CentreState,
    id: DispatchId,
    dispatch: &Dispatch,
    deadline: Deadline,
    context: &mut Context,
) -> Event {
    let rung = usize::try_from(deadline.level).ok().and_then(|level| dispatch.rungs.get(level));
    let next = next_step(dispatch, deadline, context.now);
    match rung.map(|rung| &rung.act) {
        Some(act @ RungAct::Alert { .. }) => {
            let nobody = crate::duty::AgencyDuty::default();
            let duty = state.duty.get(&dispatch.agency).unwrap_or(&nobody);
            let held = &dispatch.deliveries;
            let deliveries =
                notify::alert(duty, &dispatch.agency, act, held, (context.now, &mut context.ids));
            let wording = dispatch.wording;
            Event::DispatchNotified { dispatch: id, wording, deliveries, next: Some(next) }
        }
        Some(RungAct::Supervisor) => Event::DispatchEscalated { dispatch: id, next },
        Some(RungAct::Alarm) | None => Event::DispatchOverdue { dispatch: id, next },
    }
}

fn next_step(dispatch: &Dispatch, deadline: Deadline, now: EpochUs) -> Deadline {
    let level = deadline.level.saturating_add(1);
    let at = usize::try_from(level).ok().and_then(|level| dispatch.rungs.get(level));
    if let Some(rung) = at {
        return Deadline { kind: deadline.kind, due_at: due_at(rung, dispatch.queued_at), level };
    }
    let climbed = u32::try_from(dispatch.rungs.len()).unwrap_or(u32::MAX).max(1);
    let repeats = Deadline { level: level.saturating_sub(climbed), ..deadline };
    Deadline { level, ..repeats.escalate(dispatch.acknowledge_within_us, now) }
}
