//! The facts of the log. Every kind decodes for ever: fields may be added with a default, never
//! renamed or removed; the golden files under `tests/golden/events` hold one of each.
//!
//! No personal data: texts and reporters are named by id only.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Category, Priority};
use crate::contact::Deprioritised;
use crate::deadline::Deadline;
pub use crate::dispatch::DispatchTerms;
use crate::dispatch::{Delivery, DispatchAct, DispatchRole, ReplyDoubt, Via};
use crate::handover::{HandedOver, HandoverResult};
use crate::ids::{
    DeliveryId, DispatchId, EpochUs, IncidentId, PersonId, PhotoId, ReportId, TextId, TransferId,
};
use crate::incident::{CloseResult, IncidentState};
use crate::people::Actor;
use crate::place::{LocationClaim, Place};
use crate::queue::Rank;
use crate::report::{Channel, Outcome, Suggestion};
use crate::unit::UnitState;

/// The version of the event payloads written now.
pub const SCHEMA_VERSION: i32 = 1;

/// One fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload", rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields carry the names and meanings of the aggregate they change")]
pub enum Event {
    /// A report arrived.
    ReportReceived {
        report: ReportId,
        number: String,
        channel: Channel,
        external_id: Option<String>,
        occurred_at: Option<EpochUs>,
        text: TextId,
        person: Option<PersonId>,
        suggestion: Suggestion,
        claims: Vec<LocationClaim>,
        place: Place,
        deadline: Deadline,
        #[serde(default, skip_serializing_if = "Rank::is_plain")]
        rank: Rank,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        handed_over: Option<Box<HandedOver>>,
    },
    /// A waiting report moved in the queue.
    ReportRanked { report: ReportId, rank: Rank },
    /// The next reports of a report's contact are put behind, or no longer when absent.
    ContactRanked { report: ReportId, deprioritised: Option<Deprioritised> },
    /// A report got its outcome.
    ReportHandled { report: ReportId, outcome: Outcome, incident: Option<IncidentId>, note: Option<TextId> },
    /// A handled report moved to another incident by a merge or a split.
    ReportMoved { report: ReportId, from: IncidentId, to: IncidentId },
    /// A report waited past its deadline; it stands in the supervisors' queue too.
    ReportOverdue { report: ReportId, next: Deadline },
    /// An incident was opened.
    IncidentOpened {
        incident: IncidentId,
        number: String,
        category: Category,
        #[serde(rename = "type")]
        type_code: String,
        priority: Priority,
        place: Place,
        reports: Vec<ReportId>,
        split_from: Option<IncidentId>,
        deadline: Deadline,
    },
    /// An incident's particulars were set by a person; absent ones stay.
    IncidentChanged {
        incident: IncidentId,
        category: Option<Category>,
        #[serde(rename = "type")]
        type_code: Option<String>,
        priority: Option<Priority>,
        place: Option<Place>,
        /// The forwarding deadline, when a higher priority brings it forward.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<Deadline>,
    },
    /// Reports joined an incident.
    IncidentReportsAdded { incident: IncidentId, reports: Vec<ReportId> },
    /// Reports left an incident.
    IncidentReportsRemoved { incident: IncidentId, reports: Vec<ReportId> },
    /// A live incident moved with its dispatches; `deadline` runs while it is open.
    IncidentAdvanced { incident: IncidentId, to: IncidentState, deadline: Option<Deadline> },
    /// An open incident waited past its deadline.
    IncidentOverdue { incident: IncidentId, next: Deadline },
    /// An incident became part of another.
    IncidentMerged { incident: IncidentId, into: IncidentId },
    /// An alarm was struck.
    IncidentAlarmed { incident: IncidentId, level: u32 },
    /// An incident was confirmed as a known event, or is one no longer.
    IncidentKnown { incident: IncidentId, known: bool },
    /// It is over.
    IncidentResolved { incident: IncidentId, note: Option<TextId> },
    /// The record was closed.
    IncidentClosed { incident: IncidentId, result: CloseResult, note: Option<TextId> },
    /// The record was taken up again.
    IncidentReopened { incident: IncidentId, reason: Option<TextId>, deadline: Deadline },
    /// An incident was offered to a neighbouring centre.
    IncidentOffered {
        incident: IncidentId,
        transfer: TransferId,
        to: String,
        note: Option<TextId>,
        deadline: Deadline,
    },
    /// What became of an offer.
    HandoverMoved { incident: IncidentId, transfer: TransferId, news: HandoverResult },
    /// The neighbour has not answered in time.
    HandoverOverdue { incident: IncidentId, next: Deadline },
    /// An incident was handed to an agency.
    DispatchQueued {
        dispatch: DispatchId,
        incident: IncidentId,
        agency: String,
        role: DispatchRole,
        revision: u32,
        units: Vec<String>,
        deliveries: Vec<Delivery>,
        acknowledge_within_us: i64,
        deadline: Deadline,
        #[serde(default, skip_serializing_if = "DispatchTerms::is_plain")]
        terms: DispatchTerms,
    },
    /// A dispatch moved.
    DispatchMoved {
        dispatch: DispatchId,
        act: DispatchAct,
        reason: Option<TextId>,
        #[serde(default, skip_serializing_if = "Via::is_console")]
        via: Via,
    },
    /// A dispatch is told to more contacts, or otherwise than before; `next` when a rung was climbed.
    DispatchNotified {
        dispatch: DispatchId,
        wording: u32,
        deliveries: Vec<Delivery>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<Deadline>,
    },
    /// Nobody acknowledged for so long that it stands in the supervisors' list.
    DispatchEscalated { dispatch: DispatchId, next: Deadline },
    /// An acknowledged dispatch is late with its next step.
    DispatchLate { dispatch: DispatchId, next: Deadline },
    /// The field asked for help.
    HelpAsked { dispatch: DispatchId, note: Option<TextId>, deadline: Deadline },
    /// Nobody at the desk has answered a call for help in time.
    HelpOverdue { dispatch: DispatchId, next: Deadline },
    /// The desk answered a call for help.
    HelpAnswered { dispatch: DispatchId },
    /// The agency's people wrote something down.
    FieldNoted { dispatch: DispatchId, note: TextId },
    /// A picture of the scene was added.
    PhotoAdded { dispatch: DispatchId, photo: PhotoId, claim: Option<LocationClaim> },
    /// An answer to a message could not be taken.
    ReplyDoubted { dispatch: DispatchId, doubt: ReplyDoubt },
    /// A dispatch went along with a merge.
    DispatchTransferred { dispatch: DispatchId, from: IncidentId, to: IncidentId },
    /// A person sent another agency or other units than were recommended.
    DispatchOverridden {
        dispatch: DispatchId,
        policy_version: String,
        recommended_agency: Option<String>,
        recommended_units: Vec<String>,
        reason: Option<TextId>,
    },
    /// Nobody acknowledged in time.
    DispatchOverdue { dispatch: DispatchId, next: Deadline },
    /// A provider took a delivery.
    DeliverySent { dispatch: DispatchId, delivery: DeliveryId, provider_id: Option<String> },
    /// A delivery arrived.
    DeliveryArrived { dispatch: DispatchId, delivery: DeliveryId },
    /// Somebody opened a delivery.
    DeliverySeen { dispatch: DispatchId, delivery: DeliveryId },
    /// A delivery broke off after it was handed over; none to come when `next_attempt_at` is absent.
    DeliveryUncertain {
        dispatch: DispatchId,
        delivery: DeliveryId,
        error: String,
        next_attempt_at: Option<EpochUs>,
    },
    /// A delivery attempt failed; none to come when `next_attempt_at` is absent.
    DeliveryFailed {
        dispatch: DispatchId,
        delivery: DeliveryId,
        error: String,
        next_attempt_at: Option<EpochUs>,
    },
    /// A unit moved: with a dispatch, released from one, or as its crew or a desk said.
    UnitMoved {
        unit: String,
        agency: String,
        to: UnitState,
        dispatch: Option<DispatchId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<TextId>,
    },
}

/// What an event belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stream {
    /// A report.
    Report(ReportId),
    /// An incident.
    Incident(IncidentId),
    /// A dispatch.
    Dispatch(DispatchId),
    /// A unit, by code.
    Unit(String),
}

impl Stream {
    /// `report`, `incident`, `dispatch` or `unit`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Report(_) => "report",
            Self::Incident(_) => "incident",
            Self::Dispatch(_) => "dispatch",
            Self::Unit(_) => "unit",
        }
    }

    /// The id within the kind.
    pub fn id(&self) -> String {
        match self {
            Self::Report(id) => id.to_string(),
            Self::Incident(id) => id.to_string(),
            Self::Dispatch(id) => id.to_string(),
            Self::Unit(code) => code.clone(),
        }
    }
}

impl Event {
    /// The aggregate it changes.
    pub fn stream(&self) -> Stream {
        match self {
            Self::ReportReceived { report, .. }
            | Self::ReportRanked { report, .. }
            | Self::ContactRanked { report, .. }
            | Self::ReportHandled { report, .. }
            | Self::ReportMoved { report, .. }
            | Self::ReportOverdue { report, .. } => Stream::Report(*report),
            Self::IncidentOpened { incident, .. }
            | Self::IncidentChanged { incident, .. }
            | Self::IncidentReportsAdded { incident, .. }
            | Self::IncidentReportsRemoved { incident, .. }
            | Self::IncidentAdvanced { incident, .. }
            | Self::IncidentOverdue { incident, .. }
            | Self::IncidentMerged { incident, .. }
            | Self::IncidentAlarmed { incident, .. }
            | Self::IncidentKnown { incident, .. }
            | Self::IncidentResolved { incident, .. }
            | Self::IncidentClosed { incident, .. }
            | Self::IncidentReopened { incident, .. }
            | Self::IncidentOffered { incident, .. }
            | Self::HandoverMoved { incident, .. }
            | Self::HandoverOverdue { incident, .. } => Stream::Incident(*incident),
            Self::DispatchQueued { dispatch, .. }
            | Self::DispatchMoved { dispatch, .. }
            | Self::DispatchTransferred { dispatch, .. }
            | Self::DispatchOverridden { dispatch, .. }
            | Self::DispatchOverdue { dispatch, .. }
            | Self::DispatchNotified { dispatch, .. }
            | Self::DispatchEscalated { dispatch, .. }
            | Self::DispatchLate { dispatch, .. }
            | Self::HelpAsked { dispatch, .. }
            | Self::HelpOverdue { dispatch, .. }
            | Self::HelpAnswered { dispatch }
            | Self::ReplyDoubted { dispatch, .. }
            | Self::PhotoAdded { dispatch, .. }
            | Self::FieldNoted { dispatch, .. }
            | Self::DeliverySent { dispatch, .. }
            | Self::DeliverySeen { dispatch, .. }
            | Self::DeliveryUncertain { dispatch, .. }
            | Self::DeliveryArrived { dispatch, .. }
            | Self::DeliveryFailed { dispatch, .. } => Stream::Dispatch(*dispatch),
            Self::UnitMoved { unit, .. } => Stream::Unit(unit.clone()),
        }
    }

    /// The stable kind, e.g. `report_received`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ReportReceived { .. } => "report_received",
            Self::ReportRanked { .. } => "report_ranked",
            Self::ContactRanked { .. } => "contact_ranked",
            Self::ReportHandled { .. } => "report_handled",
            Self::ReportMoved { .. } => "report_moved",
            Self::ReportOverdue { .. } => "report_overdue",
            Self::IncidentOpened { .. } => "incident_opened",
            Self::IncidentChanged { .. } => "incident_changed",
            Self::IncidentReportsAdded { .. } => "incident_reports_added",
            Self::IncidentReportsRemoved { .. } => "incident_reports_removed",
            Self::IncidentAdvanced { .. } => "incident_advanced",
            Self::IncidentOverdue { .. } => "incident_overdue",
            Self::IncidentMerged { .. } => "incident_merged",
            Self::IncidentAlarmed { .. } => "incident_alarmed",
            Self::IncidentKnown { .. } => "incident_known",
            Self::IncidentResolved { .. } => "incident_resolved",
            Self::IncidentClosed { .. } => "incident_closed",
            Self::IncidentReopened { .. } => "incident_reopened",
            Self::IncidentOffered { .. } => "incident_offered",
            Self::HandoverMoved { .. } => "handover_moved",
            Self::HandoverOverdue { .. } => "handover_overdue",
            Self::DispatchQueued { .. } => "dispatch_queued",
            Self::DispatchMoved { .. } => "dispatch_moved",
            Self::DispatchTransferred { .. } => "dispatch_transferred",
            Self::DispatchOverridden { .. } => "dispatch_overridden",
            Self::DispatchOverdue { .. } => "dispatch_overdue",
            Self::DispatchNotified { .. } => "dispatch_notified",
            Self::DispatchEscalated { .. } => "dispatch_escalated",
            Self::DispatchLate { .. } => "dispatch_late",
            Self::HelpAsked { .. } => "help_asked",
            Self::HelpOverdue { .. } => "help_overdue",
            Self::HelpAnswered { .. } => "help_answered",
            Self::ReplyDoubted { .. } => "reply_doubted",
            Self::PhotoAdded { .. } => "photo_added",
            Self::FieldNoted { .. } => "field_noted",
            Self::DeliverySent { .. } => "delivery_sent",
            Self::DeliverySeen { .. } => "delivery_seen",
            Self::DeliveryUncertain { .. } => "delivery_uncertain",
            Self::DeliveryArrived { .. } => "delivery_arrived",
            Self::DeliveryFailed { .. } => "delivery_failed",
            Self::UnitMoved { .. } => "unit_moved",
        }
    }

    /// The payload as the log keeps it: JSON without the kind.
    ///
    /// # Errors
    /// When a value has no JSON form (a coordinate that is not finite).
    pub fn payload(&self) -> Result<String, serde_json::Error> {
        // JSON has no such number; written as null it could never be read again.
        if !self.is_finite() {
            return Err(serde::ser::Error::custom("a number that is not finite has no JSON form"));
        }
        let whole = serde_json::to_string(self)?;
        // The wrapping is always the same: cutting it off spares the hot path a second parse.
        let wrapping = format!("{{\"kind\":\"{}\",\"payload\":", self.kind());
        let payload = whole.strip_prefix(&wrapping).and_then(|rest| rest.strip_suffix('}'));
        payload
            .map(str::to_owned)
            .ok_or_else(|| serde::ser::Error::custom("an event is not wrapped as it must be"))
    }

    fn is_finite(&self) -> bool {
        match self {
            Self::ReportReceived { suggestion, claims, place, .. } => {
                suggestion.confidence.is_finite()
                    && suggestion.nuisance.is_finite()
                    && claims.iter().all(LocationClaim::is_finite)
                    && place.is_finite()
            }
            Self::IncidentOpened { place, .. } | Self::IncidentChanged { place: Some(place), .. } => {
                place.is_finite()
            }
            Self::PhotoAdded { claim, .. } => claim.as_ref().is_none_or(LocationClaim::is_finite),
            _ => true,
        }
    }

    /// Reads an event back from its kind and payload.
    ///
    /// # Errors
    /// When the kind is unknown or the payload is not of its form.
    pub fn decode(kind: &str, payload: &str) -> Result<Self, serde_json::Error> {
        let kind = serde_json::to_string(kind)?;
        serde_json::from_str(&format!("{{\"kind\":{kind},\"payload\":{payload}}}"))
    }
}

/// An event with when and by whom: all that [`crate::evolve::evolve`] may use.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// When it was recorded (epoch µs).
    pub at: EpochUs,
    /// Who caused it.
    pub actor: Actor,
    /// The fact.
    pub event: Event,
}
