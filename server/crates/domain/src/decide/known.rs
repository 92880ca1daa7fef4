//! Decisions about known events: an incident that many contacts tell of. Only a person confirms one; what
//! tells of nothing else waits behind, and comes to the front again when the event is over.

use super::find_incident;
use super::incident::illegal;
use crate::event::Event;
use crate::ids::{IncidentId, ReportId};
use crate::incident::Incident;
use crate::queue::{Lane, Rank};
use crate::rejection::Rejection;
use crate::report::{Report, ReportState};
use crate::state::CentreState;

/// Confirms it, and moves these reports behind as far as they still wait and nobody has lifted them.
/// Confirming again moves what has come in since.
pub fn confirm(state: &CentreState, id: IncidentId, reports: &[ReportId]) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    if !incident.state.is_live() {
        return Err(illegal(incident, "confirm_known"));
    }
    let mut events = Vec::new();
    if incident.known_since.is_none() {
        events.push(Event::IncidentKnown { incident: id, known: true });
    }
    let waiting = reports.iter().filter_map(|report| state.reports.get(report));
    events.extend(
        waiting
            .filter(|report| report.state == ReportState::Waiting && report.rank.lane != Lane::Update)
            .filter(|report| report.rank.lane != Lane::Known)
            .map(|report| ranked(report, Rank { lane: Lane::Known, event: Some(id), ..report.rank })),
    );
    Ok(events)
}

/// Ends it.
pub fn end(state: &CentreState, id: IncidentId) -> Result<Vec<Event>, Rejection> {
    let incident = find_incident(state, id)?;
    if incident.known_since.is_none() {
        return Err(illegal(incident, "end_known"));
    }
    Ok(ended(state, incident))
}

/// What follows when an incident is a known event no longer; nothing if it was none.
pub fn ended(state: &CentreState, incident: &Incident) -> Vec<Event> {
    if incident.known_since.is_none() {
        return Vec::new();
    }
    let mut events = vec![Event::IncidentKnown { incident: incident.id, known: false }];
    events.extend(
        told_of(state, incident.id)
            .map(|report| ranked(report, Rank { lane: Lane::New, event: None, ..report.rank })),
    );
    events
}

/// What follows when a known event's incident becomes part of another: that one is the known event now.
pub fn moved(state: &CentreState, incident: &Incident, into: &Incident) -> Vec<Event> {
    if incident.known_since.is_none() {
        return Vec::new();
    }
    let mut events = vec![Event::IncidentKnown { incident: incident.id, known: false }];
    if into.known_since.is_none() {
        events.push(Event::IncidentKnown { incident: into.id, known: true });
    }
    events.extend(
        told_of(state, incident.id)
            .map(|report| ranked(report, Rank { event: Some(into.id), ..report.rank })),
    );
    events
}

fn told_of(state: &CentreState, id: IncidentId) -> impl Iterator<Item = &Report> {
    let waiting = state.reports.values().filter(|report| report.state == ReportState::Waiting);
    waiting.filter(move |report| report.rank.event == Some(id))
}

fn ranked(report: &Report, rank: Rank) -> Event {
    Event::ReportRanked { report: report.id, rank }
}
