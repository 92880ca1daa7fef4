//! An aggregate as the stream holds it, with the words that belong to it and the agencies that may see
//! it; and the view each audience gets of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use kentongan_domain::actions::{dispatch_actions, incident_actions, report_actions, unit_actions};
use kentongan_domain::centre::{Neighbour, UnitProfile};
use kentongan_domain::deadline::DeadlineKind;
use kentongan_domain::dispatch::Dispatch;
use kentongan_domain::handover::Handover;
use kentongan_domain::incident::Incident;
use kentongan_domain::queue::queue_place;
use kentongan_domain::report::Report;
use kentongan_domain::unit::Unit;
use kentongan_protocol::neighbours::HandoverView;
use kentongan_protocol::views::{
    DispatchView, FieldNoteView, HelpView, IncidentView, LadderStep, NextStep, ReportView, Reporter,
    UnitView, View,
};
use serde::{Deserialize, Serialize};

use super::audience::Audience;

/// A report's words, as the erasable text keeps them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportWords {
    /// The caller's words.
    pub text: Option<String>,
    /// The place in the caller's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_text: Option<String>,
}

/// A report with its words.
#[derive(Debug, Clone)]
pub struct HeldReport {
    /// The report.
    pub report: Report,
    /// Its words.
    pub words: ReportWords,
    /// The reporter.
    pub reporter: Option<Reporter>,
    /// Note to its outcome.
    pub note: Option<String>,
    /// Agencies that work on its incident.
    pub agencies: Vec<String>,
}

/// An incident with its note.
#[derive(Debug, Clone)]
pub struct HeldIncident {
    /// The incident.
    pub incident: Incident,
    /// Note to its last act.
    pub note: Option<String>,
    /// Agencies that work on it, with their dispatches.
    pub agencies: Vec<String>,
    /// Its dispatches by agency, to show an agency only its own.
    pub dispatch_agencies: Vec<(kentongan_domain::ids::DispatchId, String)>,
    /// What was written to the neighbour it is offered to.
    pub handover_note: Option<String>,
    /// That neighbour, while it is in the city pack.
    pub offered_to: Option<Neighbour>,
    /// Whether the centre has neighbours and may hand anything over.
    pub may_be_offered: bool,
}

/// A dispatch with its reason.
#[derive(Debug, Clone)]
pub struct HeldDispatch {
    /// The dispatch.
    pub dispatch: Dispatch,
    /// Reason of a rejection or withdrawal.
    pub reason: Option<String>,
    /// What was said when it was acknowledged by word of mouth.
    pub acknowledged_note: Option<String>,
    /// The words of its notes, in order; none where they were erased.
    pub notes: Vec<Option<String>>,
    /// What the field asked help for.
    pub help_note: Option<String>,
    /// The incident's spoken number.
    pub incident_number: String,
}

/// A unit with its profile.
#[derive(Debug, Clone)]
pub struct HeldUnit {
    /// The unit.
    pub unit: Unit,
    /// Its entry in the city pack; none when it left the pack.
    pub profile: Option<UnitProfile>,
    /// A word to where it stands.
    pub note: Option<String>,
}

/// Anything held.
#[derive(Debug, Clone)]
pub enum Item {
    /// A report.
    Report(Arc<HeldReport>),
    /// An incident.
    Incident(Arc<HeldIncident>),
    /// A dispatch.
    Dispatch(Arc<HeldDispatch>),
    /// A unit.
    Unit(Arc<HeldUnit>),
}

/// What `audience` sees of an item; none when it must not see it.
pub fn view_of(item: &Item, audience: &Audience) -> Option<View> {
    match item {
        Item::Report(held) => {
            audience.sees(&held.agencies).then(|| View::Report(report_view(held, audience)))
        }
        Item::Incident(held) => {
            audience.sees(&held.agencies).then(|| View::Incident(incident_view(held, audience)))
        }
        Item::Dispatch(held) => {
            let own = std::slice::from_ref(&held.dispatch.agency);
            audience.sees(own).then(|| View::Dispatch(dispatch_view(held, audience)))
        }
        Item::Unit(held) => {
            let own = std::slice::from_ref(&held.unit.agency);
            audience.sees(own).then(|| View::Unit(unit_view(held, audience)))
        }
    }
}

fn words(actions: Vec<&'static str>) -> Vec<String> {
    actions.into_iter().map(str::to_owned).collect()
}

/// The view of a report.
pub fn report_view(held: &HeldReport, audience: &Audience) -> ReportView {
    let report = &held.report;
    ReportView {
        id: report.id,
        version: report.version,
        number: report.number.clone(),
        channel: report.channel,
        external_id: report.external_id.clone(),
        received_at: report.received_at,
        occurred_at: report.occurred_at,
        text: held.words.text.clone(),
        place_text: held.words.place_text.clone(),
        reporter: held.reporter.clone().filter(|_| audience.sees_reporters()),
        suggestion: report.suggestion.clone(),
        claims: report.claims.clone(),
        place: report.place.clone(),
        state: report.state,
        owner: report.owner,
        outcome: report.outcome,
        incident: report.incident,
        note: held.note.clone(),
        handled_at: report.handled_at,
        handled_by: report.handled_by.clone(),
        deadline: report.deadline,
        rank: report.rank,
        queue: queue_place(report),
        deprioritised: report.deprioritised.clone().filter(|_| audience.sees_reporters()),
        handed_over: report.handed_over.clone(),
        allowed_actions: words(report_actions(report, audience.role().0)),
    }
}

/// The view of an incident.
pub fn incident_view(held: &HeldIncident, audience: &Audience) -> IncidentView {
    let incident = &held.incident;
    let shown = |agency: &String| audience.sees(std::slice::from_ref(agency));
    let mut actions = incident_actions(incident, audience.role().0);
    actions.retain(|action| *action != "offer" || held.may_be_offered);
    let own =
        || held.dispatch_agencies.iter().filter(|(_, agency)| shown(agency)).map(|(id, _)| *id).collect();
    IncidentView {
        id: incident.id,
        version: incident.version,
        number: incident.number.clone(),
        state: incident.state,
        category: incident.category,
        type_code: incident.type_code.clone(),
        priority: incident.priority,
        place: incident.place.clone(),
        reports: incident.reports.iter().copied().collect(),
        dispatches: match audience {
            Audience::Agency(_) => own(),
            Audience::Desk | Audience::Auditor => incident.dispatches.iter().copied().collect(),
        },
        merged_into: incident.merged_into,
        split_from: incident.split_from,
        opened_at: incident.opened_at,
        opened_by: incident.opened_by.clone(),
        dispatched_at: incident.dispatched_at,
        acknowledged_at: incident.acknowledged_at,
        active_at: incident.active_at,
        resolved_at: incident.resolved_at,
        closed_at: incident.closed_at,
        note: held.note.clone(),
        deadline: incident.deadline,
        alarm_level: incident.alarm_level,
        known_since: incident.known_since,
        handover: incident.handover.as_ref().map(|of| handover_view(held, of, audience)),
        allowed_actions: words(actions),
    }
}

fn handover_view(held: &HeldIncident, of: &Handover, audience: &Audience) -> HandoverView {
    let neighbour = held.offered_to.as_ref();
    HandoverView {
        transfer: of.transfer,
        to: of.to.clone(),
        to_name: neighbour.map_or_else(|| of.to.clone(), |neighbour| neighbour.name.clone()),
        phone: neighbour.map(|neighbour| neighbour.phone.clone()),
        state: of.state,
        offered_at: of.offered_at,
        offered_by: of.offered_by.clone(),
        note: held.handover_note.clone().filter(|_| audience.sees_ladder()),
        received_at: of.received_at,
        answered_at: of.answered_at,
        answered_by: of.answered_by.clone(),
        remote_number: of.remote_number.clone(),
        reason: of.reason.clone(),
        error: of.error.clone().filter(|_| audience.sees_ladder()),
        deadline: of.deadline,
    }
}

/// The view of a dispatch.
pub fn dispatch_view(held: &HeldDispatch, audience: &Audience) -> DispatchView {
    let dispatch = &held.dispatch;
    let (role, agency) = audience.role();
    let mut deadlines: BTreeMap<String, i64> =
        dispatch.deadlines().map(|one| (clock_of(one.kind).to_owned(), one.due_at)).collect();
    if let Some(acknowledge) = deadlines.get_mut("acknowledge").filter(|_| dispatch.alarms == 0) {
        // What the ladder does before is no deadline of the agency's.
        *acknowledge = dispatch.queued_at.saturating_add(dispatch.acknowledge_within_us);
    }
    let help = dispatch.help.as_ref().map(|help| HelpView {
        asked_at: help.asked_at,
        asked_by: help.asked_by.clone(),
        note: held.help_note.clone(),
        answered_at: help.answered_at,
        answered_by: help.answered_by.clone(),
    });
    let next_step = dispatch
        .next_rung()
        .map(|(rung, at)| NextStep { at, step: LadderStep::of(&rung.act) })
        .filter(|_| audience.sees_ladder());
    DispatchView {
        id: dispatch.id,
        version: dispatch.version,
        incident: dispatch.incident,
        incident_number: held.incident_number.clone(),
        agency: dispatch.agency.clone(),
        role: dispatch.role,
        revision: dispatch.revision,
        state: dispatch.state,
        units: dispatch.units.iter().cloned().collect(),
        deliveries: dispatch.deliveries.clone(),
        overdue: dispatch.overdue,
        deadlines,
        overdue_level: dispatch.alarms,
        reason: held.reason.clone(),
        queued_at: dispatch.queued_at,
        queued_by: dispatch.queued_by.clone(),
        sent_at: dispatch.sent_at,
        delivered_at: dispatch.delivered_at,
        acknowledged_at: dispatch.acknowledged_at,
        acknowledged_by: dispatch.acknowledged_by.clone(),
        accepted_at: dispatch.accepted_at,
        en_route_at: dispatch.en_route_at,
        on_scene_at: dispatch.on_scene_at,
        ended_at: dispatch.ended_at,
        wording: dispatch.wording,
        corrected_at: dispatch.corrected_at,
        acknowledged_via: dispatch.acknowledged_via,
        acknowledged_note: held.acknowledged_note.clone(),
        reply_code: dispatch.reply_code.clone(),
        next_step,
        escalated_at: dispatch.escalated_at,
        late: dispatch.late.map(|kind| clock_of(kind).to_owned()),
        concern: dispatch.concern.filter(|_| audience.sees_ladder()),
        help,
        notes: dispatch
            .notes
            .iter()
            .zip(&held.notes)
            .map(|(note, words)| FieldNoteView { at: note.at, by: note.by.clone(), text: words.clone() })
            .collect(),
        photos: dispatch.photos.clone(),
        doubt: dispatch.doubt.filter(|_| audience.sees_ladder()),
        allowed_actions: words(dispatch_actions(dispatch, role, agency)),
    }
}

/// The name of a dispatch's clock in its view.
const fn clock_of(kind: DeadlineKind) -> &'static str {
    match kind {
        DeadlineKind::DispatchAccepted => "accept",
        DeadlineKind::DispatchOnScene => "on_scene",
        DeadlineKind::HelpAnswered => "help",
        DeadlineKind::DispatchAcknowledged
        | DeadlineKind::ReportHandled
        | DeadlineKind::IncidentForwarded
        | DeadlineKind::HandoverAnswered => "acknowledge",
    }
}

/// The view of a unit.
pub fn unit_view(held: &HeldUnit, audience: &Audience) -> UnitView {
    let profile = held.profile.as_ref();
    let (role, agency) = audience.role();
    UnitView {
        id: held.unit.code.clone(),
        version: held.unit.version,
        agency: held.unit.agency.clone(),
        name: profile.map_or_else(|| held.unit.code.clone(), |unit| unit.name.clone()),
        unit_kind: profile.map(|unit| unit.kind.clone()).unwrap_or_default(),
        state: held.unit.state,
        since: held.unit.since,
        dispatch: held.unit.dispatch,
        failed: held.unit.failed,
        note: held.note.clone(),
        lat: profile.map_or(0.0, |unit| unit.lat),
        lon: profile.map_or(0.0, |unit| unit.lon),
        station: profile.and_then(|unit| unit.station.clone()),
        crew: profile.and_then(|unit| unit.crew),
        capabilities: profile.map(|unit| unit.capabilities.clone()).unwrap_or_default(),
        on_duty_since: profile.and_then(|unit| unit.on_duty_since).map(String::from),
        allowed_actions: words(unit_actions(&held.unit, role, agency)),
    }
}
