//! Aggregates to projection rows and back: which columns a row is found by, and its whole state as JSON.

use kentongan_domain::dispatch::Dispatch;
use kentongan_domain::incident::Incident;
use kentongan_domain::report::Report;
use kentongan_domain::unit::Unit;
use kentongan_store::StoreError;
use kentongan_store::rows::{DeliveryRow, DispatchRow, IncidentRow, ReportRow, UnitRow};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn body(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Invalid(error.to_string()))
}

fn read<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("{what}: {error}")))
}

/// A report's row.
///
/// # Errors
/// When it has no JSON form.
pub fn report_to_row(report: &Report, changed_seq: i64) -> Result<ReportRow, StoreError> {
    Ok(ReportRow {
        id: report.id.0,
        version: i64::from(report.version),
        number: report.number.clone(),
        state: report.state.code().to_owned(),
        channel: report.channel.code().to_owned(),
        external_id: report.external_id.clone(),
        category: report.suggestion.category.map(|category| category.code().to_owned()),
        priority: i64::from(u8::from(report.suggestion.priority)),
        incident: report.incident.map(|id| id.0),
        received_at: report.received_at,
        closed_at: report.handled_at,
        changed_seq,
        body: body(report)?,
    })
}

/// An incident's row.
///
/// # Errors
/// When it has no JSON form.
pub fn incident_to_row(incident: &Incident, changed_seq: i64) -> Result<IncidentRow, StoreError> {
    Ok(IncidentRow {
        id: incident.id.0,
        version: i64::from(incident.version),
        number: incident.number.clone(),
        state: incident.state.code().to_owned(),
        category: incident.category.code().to_owned(),
        incident_type: incident.type_code.clone(),
        priority: i64::from(u8::from(incident.priority)),
        opened_at: incident.opened_at,
        closed_at: incident.closed_at,
        changed_seq,
        body: body(incident)?,
    })
}

/// A dispatch's row.
///
/// # Errors
/// When it has no JSON form.
pub fn dispatch_to_row(dispatch: &Dispatch, changed_seq: i64) -> Result<DispatchRow, StoreError> {
    let role = match dispatch.role {
        kentongan_domain::dispatch::DispatchRole::Lead => "lead",
        kentongan_domain::dispatch::DispatchRole::Support => "support",
    };
    Ok(DispatchRow {
        id: dispatch.id.0,
        version: i64::from(dispatch.version),
        incident: dispatch.incident.0,
        agency: dispatch.agency.clone(),
        role: role.to_owned(),
        state: dispatch.state.code().to_owned(),
        overdue: dispatch.overdue,
        queued_at: dispatch.queued_at,
        ended_at: dispatch.ended_at,
        changed_seq,
        body: body(dispatch)?,
    })
}

/// The rows of a dispatch's deliveries.
///
/// # Errors
/// When one has no JSON form.
pub fn delivery_rows(dispatch: &Dispatch, changed_seq: i64) -> Result<Vec<DeliveryRow>, StoreError> {
    let rows = dispatch.deliveries.iter().map(|delivery| {
        Ok(DeliveryRow {
            id: delivery.id.0,
            dispatch: dispatch.id.0,
            // A correction goes where the order went: another wording, not the same delivery.
            revision: i64::from(delivery.wording),
            contact: delivery.contact.clone(),
            channel: delivery.channel.code().to_owned(),
            state: delivery.state.code().to_owned(),
            attempts: i64::from(delivery.attempts),
            next_attempt_at: delivery.next_attempt_at,
            changed_seq,
            body: body(delivery)?,
        })
    });
    rows.collect()
}

/// A unit's row.
///
/// # Errors
/// When it has no JSON form.
pub fn unit_to_row(unit: &Unit, changed_seq: i64) -> Result<UnitRow, StoreError> {
    Ok(UnitRow {
        code: unit.code.clone(),
        version: i64::from(unit.version),
        agency: unit.agency.clone(),
        state: unit.state.code().to_owned(),
        changed_seq,
        body: body(unit)?,
    })
}

/// A report from its row.
///
/// # Errors
/// [`StoreError::Corrupt`] when the body is not a report.
pub fn report_from_row(row: &ReportRow) -> Result<Report, StoreError> {
    read("a report", &row.body)
}

/// An incident from its row.
///
/// # Errors
/// [`StoreError::Corrupt`] when the body is not an incident.
pub fn incident_from_row(row: &IncidentRow) -> Result<Incident, StoreError> {
    read("an incident", &row.body)
}

/// A dispatch from its row.
///
/// # Errors
/// [`StoreError::Corrupt`] when the body is not a dispatch.
pub fn dispatch_from_row(row: &DispatchRow) -> Result<Dispatch, StoreError> {
    read("a dispatch", &row.body)
}

/// A unit from its row.
///
/// # Errors
/// [`StoreError::Corrupt`] when the body is not a unit.
pub fn unit_from_row(row: &UnitRow) -> Result<Unit, StoreError> {
    read("a unit", &row.body)
}
