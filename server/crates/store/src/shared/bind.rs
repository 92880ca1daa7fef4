//! How each row's values are bound, in the order of its statement's columns in `append`.
//!
//! Compiled once for each engine. The centre always comes first.

use super::Args;
use crate::rows::{
    CommandRow, DeadlineRow, DeliveryRow, DispatchRow, EventRow, IncidentRow, PersonRow, ReportRow, TextRow,
    UnitRow,
};
use sqlx::Arguments as _;
use sqlx::error::BoxDynError;

/// Whether the values could be encoded.
pub type Bound = Result<(), BoxDynError>;

pub fn bind_event(args: &mut Args, centre: &str, row: &EventRow) -> Bound {
    args.add(centre)?;
    args.add(row.seq)?;
    args.add(row.stream_kind.as_str())?;
    args.add(row.stream_id.as_str())?;
    args.add(row.version)?;
    args.add(row.kind.as_str())?;
    args.add(row.schema_version)?;
    args.add(row.occurred_at)?;
    args.add(row.recorded_at)?;
    args.add(row.actor.as_str())?;
    args.add(row.command_id)?;
    args.add(row.payload.as_str())?;
    args.add(row.prev_hash.as_slice())?;
    args.add(row.hash.as_slice())
}

pub fn bind_command(args: &mut Args, centre: &str, row: &CommandRow) -> Bound {
    args.add(centre)?;
    args.add(row.command_id)?;
    args.add(row.fingerprint.as_slice())?;
    args.add(row.status)?;
    args.add(row.outcome.as_str())?;
    args.add(row.seq)?;
    args.add(row.recorded_at)
}

pub fn bind_report(args: &mut Args, centre: &str, row: &ReportRow) -> Bound {
    args.add(centre)?;
    args.add(row.id)?;
    args.add(row.version)?;
    args.add(row.number.as_str())?;
    args.add(row.state.as_str())?;
    args.add(row.channel.as_str())?;
    args.add(row.external_id.as_deref())?;
    args.add(row.category.as_deref())?;
    args.add(row.priority)?;
    args.add(row.incident)?;
    args.add(row.received_at)?;
    args.add(row.closed_at)?;
    args.add(row.changed_seq)?;
    args.add(row.body.as_str())
}

pub fn bind_incident(args: &mut Args, centre: &str, row: &IncidentRow) -> Bound {
    args.add(centre)?;
    args.add(row.id)?;
    args.add(row.version)?;
    args.add(row.number.as_str())?;
    args.add(row.state.as_str())?;
    args.add(row.category.as_str())?;
    args.add(row.incident_type.as_str())?;
    args.add(row.priority)?;
    args.add(row.opened_at)?;
    args.add(row.closed_at)?;
    args.add(row.changed_seq)?;
    args.add(row.body.as_str())
}

pub fn bind_dispatch(args: &mut Args, centre: &str, row: &DispatchRow) -> Bound {
    args.add(centre)?;
    args.add(row.id)?;
    args.add(row.version)?;
    args.add(row.incident)?;
    args.add(row.agency.as_str())?;
    args.add(row.role.as_str())?;
    args.add(row.state.as_str())?;
    args.add(row.overdue)?;
    args.add(row.queued_at)?;
    args.add(row.ended_at)?;
    args.add(row.changed_seq)?;
    args.add(row.body.as_str())
}

pub fn bind_delivery(args: &mut Args, centre: &str, row: &DeliveryRow) -> Bound {
    args.add(centre)?;
    args.add(row.id)?;
    args.add(row.dispatch)?;
    args.add(row.revision)?;
    args.add(row.contact.as_str())?;
    args.add(row.channel.as_str())?;
    args.add(row.state.as_str())?;
    args.add(row.attempts)?;
    args.add(row.next_attempt_at)?;
    args.add(row.changed_seq)?;
    args.add(row.body.as_str())
}

pub fn bind_unit(args: &mut Args, centre: &str, row: &UnitRow) -> Bound {
    args.add(centre)?;
    args.add(row.code.as_str())?;
    args.add(row.version)?;
    args.add(row.agency.as_str())?;
    args.add(row.state.as_str())?;
    args.add(row.changed_seq)?;
    args.add(row.body.as_str())
}

pub fn bind_deadline(args: &mut Args, centre: &str, row: &DeadlineRow) -> Bound {
    args.add(centre)?;
    args.add(row.subject.as_str())?;
    args.add(row.kind.as_str())?;
    args.add(row.level)?;
    args.add(row.due_at)
}

pub fn bind_person(args: &mut Args, centre: &str, row: &PersonRow) -> Bound {
    args.add(centre)?;
    args.add(row.id)?;
    args.add(row.report)?;
    args.add(row.name.as_deref())?;
    args.add(row.phone.as_deref())?;
    args.add(row.digits.as_deref())?;
    args.add(row.erased_at)
}

pub fn bind_text(args: &mut Args, centre: &str, row: &TextRow) -> Bound {
    args.add(centre)?;
    args.add(row.id)?;
    args.add(row.about.as_str())?;
    args.add(row.kind.as_str())?;
    args.add(row.body.as_deref())?;
    args.add(row.erased_at)
}
