//! One way in: a command and the state give the events that follow, or a rejection with a reason.
//!
//! One file per thing decided about. Nothing here changes the state; nothing here can fail
//! otherwise than by a [`Rejection`].

mod alarm;
mod deadline;
mod delivery;
mod dispatch;
mod field;
mod handover;
mod incident;
mod known;
mod lineage;
mod notify;
mod queue;
mod report;
mod unit;

use crate::command::{Command, Context};
use crate::dispatch::Dispatch;
use crate::event::Event;
use crate::ids::{DispatchId, IncidentId, ReportId};
use crate::incident::Incident;
use crate::rejection::Rejection;
use crate::report::Report;
use crate::state::CentreState;

pub use field::{may_add_photo, may_ask, waits_for_help};

/// The events that follow from `command`; empty when there is nothing left to do (a deadline that
/// was met meanwhile, a delivery already noted).
///
/// # Errors
/// A [`Rejection`]; the state is as it was.
pub fn decide(
    state: &CentreState,
    command: &Command,
    context: &mut Context,
) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::ReceiveReport(received) => Ok(report::receive(state, received, context)),
        Command::LiftReport { report } => queue::lift(state, *report),
        Command::RankContact { report, level, until } => {
            queue::rank_contact(state, *report, *level, *until, context)
        }
        Command::SetOutcome { report, outcome, incident, note } => {
            report::set_outcome(state, *report, *outcome, *incident, *note)
        }
        Command::OpenIncident { reports, category, type_code, priority, place } => {
            let particulars = incident::Particulars {
                category: *category,
                type_code: type_code.clone(),
                priority: *priority,
                place: place.clone(),
            };
            incident::open(state, reports, particulars, context)
        }
        Command::ChangeIncident { incident, expected_version, kind, priority, place } => incident::change(
            state,
            *incident,
            *expected_version,
            kind.as_ref(),
            *priority,
            place.as_ref(),
            context,
        ),
        Command::MergeIncident { incident, into } => lineage::merge(state, *incident, *into, context),
        Command::SplitIncident { incident, reports, kind, priority, place } => {
            let changes =
                lineage::SplitChanges { kind: kind.as_ref(), priority: *priority, place: place.as_ref() };
            lineage::split(state, *incident, reports, &changes, context)
        }
        Command::ConfirmKnown { incident, reports } => known::confirm(state, *incident, reports),
        Command::EndKnown { incident } => known::end(state, *incident),
        Command::ResolveIncident { incident, note } => incident::resolve(state, *incident, *note),
        Command::CloseIncident { incident, result, note } => {
            incident::close(state, *incident, *result, *note, context)
        }
        Command::ReopenIncident { incident, reason } => incident::reopen(state, *incident, *reason, context),
        Command::OfferIncident { incident, to, note } => {
            handover::offer(state, *incident, to, *note, context)
        }
        Command::RecordHandover { incident, transfer, result } => {
            handover::record(state, *incident, *transfer, result, context)
        }
        Command::AnswerOffer { incident, accepted, number } => {
            handover::answer(state, *incident, *accepted, number.as_ref(), context)
        }
        Command::Dispatch { incident, agency, role, units, recommended } => {
            let mut events = dispatch::forward(state, *incident, agency, *role, units, context)?;
            let made = events.iter().find_map(alarm::dispatch_of).zip(recommended.as_ref());
            let overridden = made.and_then(|(made, said)| alarm::overridden_by(made, agency, units, said));
            events.extend(overridden);
            Ok(events)
        }
        Command::StrikeAlarm { incident, level, dispatches } => {
            alarm::strike(state, *incident, *level, dispatches, context)
        }
        Command::Act { dispatch, act, via, reason, units } => {
            dispatch::act(state, *dispatch, (*act, *via), *reason, units, context)
        }
        Command::AskForHelp { dispatch, note } => field::ask(state, *dispatch, *note, context),
        Command::AddNote { dispatch, note } => field::add_note(state, *dispatch, *note),
        Command::AddPhoto { dispatch, photo, claim } => {
            field::add_photo(state, *dispatch, *photo, claim.as_ref())
        }
        Command::AnswerHelp { dispatch } => field::answer(state, *dispatch),
        Command::DoubtReply { dispatch, doubt } => delivery::doubt(state, *dispatch, *doubt),
        Command::MoveUnit { unit, to, note } => unit::move_unit(state, unit, *to, *note, context),
        Command::RecordDelivery { dispatch, delivery, result } => {
            delivery::record(state, *dispatch, *delivery, result, context)
        }
        Command::PassDeadline { subject, kind, level } => {
            Ok(deadline::pass(state, *subject, *kind, *level, context))
        }
    }
}

fn find_report(state: &CentreState, id: ReportId) -> Result<&Report, Rejection> {
    state.reports.get(&id).ok_or_else(|| Rejection::NotFound { what: "report", id: id.to_string() })
}

fn find_incident(state: &CentreState, id: IncidentId) -> Result<&Incident, Rejection> {
    state.incidents.get(&id).ok_or_else(|| Rejection::NotFound { what: "incident", id: id.to_string() })
}

fn find_dispatch(state: &CentreState, id: DispatchId) -> Result<&Dispatch, Rejection> {
    state.dispatches.get(&id).ok_or_else(|| Rejection::NotFound { what: "dispatch", id: id.to_string() })
}
