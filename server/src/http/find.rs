//! Finding one thing for a caller: in the stream's memory, or in the store when it ended long ago.
//! What the caller must not see is not found.

use std::sync::Arc;

use kentongan_domain::ids::{DispatchId, IncidentId, ReportId};
use kentongan_protocol::views::{DispatchView, IncidentView, ReportView};

use super::caller::Caller;
use super::error::ApiError;
use crate::command::{dispatch_from_row, incident_from_row, report_from_row, words_of};
use crate::stream::audience::Audience;
use crate::stream::{
    HeldDispatch, HeldIncident, HeldReport, Memory, Publication, dispatch_view, incident_view, report_view,
};

/// A report's view.
///
/// # Errors
/// 404, 503.
pub async fn report(caller: &Caller, id: ReportId) -> Result<ReportView, ApiError> {
    let audience = caller.audience()?;
    let held = held_report(caller, id).await?;
    if !audience.sees(&held.agencies) {
        return Err(ApiError::not_found("the report"));
    }
    Ok(report_view(&held, &audience))
}

/// An incident's view.
///
/// # Errors
/// 404, 503.
pub async fn incident(caller: &Caller, id: IncidentId) -> Result<IncidentView, ApiError> {
    let audience = caller.audience()?;
    let held = held_incident(caller, id).await?;
    if !audience.sees(&held.agencies) {
        return Err(ApiError::not_found("the incident"));
    }
    Ok(incident_view(&held, &audience))
}

/// A dispatch's view.
///
/// # Errors
/// 404, 503.
pub async fn dispatch(caller: &Caller, id: DispatchId) -> Result<DispatchView, ApiError> {
    let audience = caller.audience()?;
    let held = held_dispatch(caller, id).await?;
    if !audience.sees(std::slice::from_ref(&held.dispatch.agency)) {
        return Err(ApiError::not_found("the dispatch"));
    }
    Ok(dispatch_view(&held, &audience))
}

/// A report, whoever may see it.
///
/// # Errors
/// 404, 503.
pub async fn held_report(caller: &Caller, id: ReportId) -> Result<Arc<HeldReport>, ApiError> {
    let centre = &caller.centre;
    if let Some(held) = centre.hub.read(|memory| memory.report(id)) {
        return Ok(held);
    }
    let row = centre.store.load_report(&centre.code, id.0).await?;
    let row = row.ok_or_else(|| ApiError::not_found("the report"))?;
    let report = report_from_row(&row)?;
    let mut loaded = match report.incident {
        Some(incident) => load_incident(caller, incident).await?,
        None => Publication { reports: vec![report], ..Publication::default() },
    };
    add_words(caller, &mut loaded).await?;
    scratch(caller, loaded).report(id).ok_or_else(|| ApiError::not_found("the report"))
}

/// An incident, whoever may see it.
///
/// # Errors
/// 404, 503.
pub async fn held_incident(caller: &Caller, id: IncidentId) -> Result<Arc<HeldIncident>, ApiError> {
    if let Some(held) = caller.centre.hub.read(|memory| memory.incident(id)) {
        return Ok(held);
    }
    let mut loaded = load_incident(caller, id).await?;
    add_words(caller, &mut loaded).await?;
    scratch(caller, loaded).incident(id).ok_or_else(|| ApiError::not_found("the incident"))
}

/// A dispatch, whoever may see it.
async fn held_dispatch(caller: &Caller, id: DispatchId) -> Result<Arc<HeldDispatch>, ApiError> {
    let centre = &caller.centre;
    if let Some(held) = centre.hub.read(|memory| memory.dispatch(id)) {
        return Ok(held);
    }
    let row = centre.store.load_dispatch(&centre.code, id.0).await?;
    let row = row.ok_or_else(|| ApiError::not_found("the dispatch"))?;
    let mut loaded = load_incident(caller, IncidentId(row.incident)).await?;
    add_words(caller, &mut loaded).await?;
    scratch(caller, loaded).dispatch(id).ok_or_else(|| ApiError::not_found("the dispatch"))
}

async fn load_incident(caller: &Caller, id: IncidentId) -> Result<Publication, ApiError> {
    let centre = &caller.centre;
    let rows = centre.store.load_incident(&centre.code, id.0).await?;
    let rows = rows.ok_or_else(|| ApiError::not_found("the incident"))?;
    let mut loaded =
        Publication { incidents: vec![incident_from_row(&rows.incident)?], ..Publication::default() };
    for row in &rows.reports {
        loaded.reports.push(report_from_row(row)?);
    }
    for row in &rows.dispatches {
        loaded.dispatches.push(dispatch_from_row(row)?);
    }
    Ok(loaded)
}

/// Adds the texts and reporters that the loaded aggregates refer to.
///
/// # Errors
/// 503.
pub async fn add_words(caller: &Caller, loaded: &mut Publication) -> Result<(), ApiError> {
    let centre = &caller.centre;
    let (texts, people) = words_of(&centre.store, &centre.code, loaded).await?;
    loaded.texts = texts;
    loaded.people = people;
    Ok(())
}

/// A memory of its own for things that the stream no longer holds.
pub fn scratch(caller: &Caller, loaded: Publication) -> Memory {
    let mut memory = Memory::new(Arc::clone(&caller.centre.reference));
    memory.apply(loaded);
    memory
}

/// Whether an audience reads lists from memory: an agency's own things are few and found there.
pub fn from_memory(audience: &Audience) -> bool {
    matches!(audience, Audience::Agency(_))
}
