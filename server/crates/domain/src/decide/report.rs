//! Decisions about reports: receiving one, and giving it an outcome.

use super::{find_incident, find_report};
use crate::actions::possible_on_incident;
use crate::command::{Context, ReceiveReport};
use crate::deadline::{Deadline, DeadlineKind, unassigned_within_us};
use crate::event::Event;
use crate::ids::{IncidentId, ReportId, TextId};
use crate::place::{LocationClaim, Place};
use crate::queue::{Lane, Rank};
use crate::rejection::Rejection;
use crate::report::{Outcome, Report, ReportState, Suggestion};
use crate::state::CentreState;

/// A report is never refused: whatever it says, it is stored, numbered and given a deadline.
/// One that is held already gives nothing: it must not wait again after it was handled.
pub fn receive(state: &CentreState, received: &ReceiveReport, context: &Context) -> Vec<Event> {
    if state.reports.contains_key(&received.report) {
        return Vec::new();
    }
    let (number, _) = state.numbers.next(&state.reference.pack.profile, context.now);
    let within = unassigned_within_us(received.suggestion.priority);
    vec![Event::ReportReceived {
        report: received.report,
        number,
        channel: received.channel,
        external_id: received.external_id.clone(),
        occurred_at: received.occurred_at,
        text: received.text,
        person: received.person,
        suggestion: finite_suggestion(&received.suggestion),
        claims: finite_claims(&received.claims),
        place: finite_place(&received.place),
        deadline: Deadline {
            kind: DeadlineKind::ReportHandled,
            due_at: context.now.saturating_add(within),
            level: 0,
        },
        rank: standing(state, received.rank),
        handed_over: received.handed_over.clone().map(Box::new),
    }]
}

/// What a report was compared with may be over by the time it is stored: then it is new.
fn standing(state: &CentreState, rank: Rank) -> Rank {
    let Some(event) = rank.event else { return rank };
    let known = state.incidents.get(&event).is_some_and(|held| held.known_since.is_some());
    if known { rank } else { Rank { lane: Lane::New, event: None, ..rank } }
}

// Numbers that are not finite have no form in the log; a report must not be lost for one of them.

fn finite_suggestion(suggestion: &Suggestion) -> Suggestion {
    let or_zero = |number: f64| if number.is_finite() { number } else { 0.0 };
    Suggestion {
        confidence: or_zero(suggestion.confidence),
        nuisance: or_zero(suggestion.nuisance),
        ..suggestion.clone()
    }
}

fn finite_claims(claims: &[LocationClaim]) -> Vec<LocationClaim> {
    let without_radius = |claim: &LocationClaim| LocationClaim {
        accuracy_m: claim.accuracy_m.filter(|m| m.is_finite()),
        ..claim.clone()
    };
    claims.iter().map(without_radius).filter(LocationClaim::is_finite).collect()
}

fn finite_place(place: &Place) -> Place {
    let point = place.point().filter(|(lat, lon)| lat.is_finite() && lon.is_finite());
    Place {
        lat: point.map(|(lat, _)| lat),
        lon: point.map(|(_, lon)| lon),
        accuracy_m: place.accuracy_m.filter(|m| m.is_finite()),
        confidence: place.confidence.filter(|share| share.is_finite()),
        ..place.clone()
    }
}

pub fn set_outcome(
    state: &CentreState,
    id: ReportId,
    outcome: Outcome,
    incident: Option<IncidentId>,
    note: Option<TextId>,
) -> Result<Vec<Event>, Rejection> {
    let report = find_report(state, id)?;
    must_wait(report, "outcome")?;
    match (outcome, incident) {
        (Outcome::IncidentCreated, _) => Err(Rejection::Invalid {
            pointer: "/outcome",
            message: "open an incident with this report instead of setting incident_created".into(),
        }),
        (Outcome::Attached, None) => Err(Rejection::Invalid {
            pointer: "/incident",
            message: "name the incident that the report is attached to".into(),
        }),
        (Outcome::Attached, Some(incident)) => {
            let target = find_incident(state, incident)?;
            if !target.state.is_live() {
                return Err(Rejection::IllegalStep {
                    what: "incident",
                    state: target.state.code().to_owned(),
                    act: "attach".to_owned(),
                    allowed: possible_on_incident(target).into_iter().map(str::to_owned).collect(),
                });
            }
            Ok(vec![
                Event::ReportHandled { report: id, outcome, incident: Some(incident), note },
                Event::IncidentReportsAdded { incident, reports: vec![id] },
            ])
        }
        (_, Some(_)) => Err(Rejection::Invalid {
            pointer: "/incident",
            message: "only the outcome attached names an incident".into(),
        }),
        (_, None) => Ok(vec![Event::ReportHandled { report: id, outcome, incident: None, note }]),
    }
}

/// Refuses unless nobody has decided the report yet.
pub fn must_wait(report: &Report, act: &str) -> Result<(), Rejection> {
    if report.state == ReportState::Waiting {
        return Ok(());
    }
    Err(Rejection::IllegalStep {
        what: "report",
        state: report.state.code().to_owned(),
        act: act.to_owned(),
        allowed: Vec::new(),
    })
}
