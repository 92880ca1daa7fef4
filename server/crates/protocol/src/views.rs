//! Views: what a person sees of an aggregate, with its version and what that person may do.
//!
//! A view replaces the one before it (idempotent upsert by `kind` and `id`); a lower version than
//! the one held is stale and ignored.

use std::collections::BTreeMap;

use kentongan_domain::catalogue::{Category, Priority};
use kentongan_domain::contact::Deprioritised;
use kentongan_domain::deadline::Deadline;
use kentongan_domain::dispatch::{Delivery, DispatchRole, DispatchState, Photo, ReplyDoubt, Via};
use kentongan_domain::duty::Concern;
use kentongan_domain::handover::HandedOver;
use kentongan_domain::ids::{DispatchId, IncidentId, ReportId};
use kentongan_domain::incident::IncidentState;
use kentongan_domain::ladder::{RungAct, Told};
use kentongan_domain::place::{LocationClaim, Place};
use kentongan_domain::queue::{QueuePlace, Rank};
use kentongan_domain::report::{Channel, Outcome, OwnerQueue, ReportState, Suggestion};
use kentongan_domain::unit::UnitState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::neighbours::HandoverView;

/// The reporter as the desk sees it; never sent to other audiences.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS, ToSchema)]
pub struct Reporter {
    /// Name, as given.
    pub name: Option<String>,
    /// Number, as given or as the carrier told it.
    pub phone: Option<String>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ReportView {
    /// Its id.
    pub id: ReportId,
    /// Version; grows with every change.
    pub version: u32,
    /// The number spoken aloud.
    pub number: String,
    /// How it came in.
    pub channel: Channel,
    /// The channel's own id for it.
    pub external_id: Option<String>,
    /// When the server received it (epoch µs).
    #[ts(type = "number")]
    pub received_at: i64,
    /// When it happened, as the channel tells (epoch µs).
    #[ts(type = "number | null")]
    pub occurred_at: Option<i64>,
    /// The caller's words; null when erased.
    pub text: Option<String>,
    /// The place in the caller's words.
    pub place_text: Option<String>,
    /// The reporter; null for audiences that must not see it, and when erased.
    pub reporter: Option<Reporter>,
    /// What was suggested at arrival.
    pub suggestion: Suggestion,
    /// Every position claimed.
    pub claims: Vec<LocationClaim>,
    /// The place in use.
    pub place: Place,
    /// Where it stands.
    pub state: ReportState,
    /// Whose queue it waits in.
    pub owner: OwnerQueue,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The incident it belongs to.
    pub incident: Option<IncidentId>,
    /// Note to the outcome.
    pub note: Option<String>,
    /// When it got its outcome (epoch µs).
    #[ts(type = "number | null")]
    pub handled_at: Option<i64>,
    /// Who gave it.
    pub handled_by: Option<String>,
    /// The running deadline, while it waits.
    pub deadline: Option<Deadline>,
    /// What the queue makes of it besides its priority and age.
    pub rank: Rank,
    /// Where it stands in the queue while it waits.
    pub queue: QueuePlace,
    /// Whether its contact's next reports are put behind; null for audiences that do not see reporters.
    pub deprioritised: Option<Deprioritised>,
    /// The neighbouring centre's incident that it was handed over from.
    pub handed_over: Option<HandedOver>,
    /// What this audience may do now.
    pub allowed_actions: Vec<String>,
}

/// An incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct IncidentView {
    /// Its id.
    pub id: IncidentId,
    /// Version; grows with every change.
    pub version: u32,
    /// The number spoken aloud.
    pub number: String,
    /// Where it stands.
    pub state: IncidentState,
    /// Its category.
    pub category: Category,
    /// Its type code.
    #[serde(rename = "type")]
    pub type_code: String,
    /// Its priority.
    pub priority: Priority,
    /// Where it is.
    pub place: Place,
    /// The reports that belong to it.
    pub reports: Vec<ReportId>,
    /// Its dispatches, as far as this audience may see them.
    pub dispatches: Vec<DispatchId>,
    /// What it became part of.
    pub merged_into: Option<IncidentId>,
    /// What it was split from.
    pub split_from: Option<IncidentId>,
    /// When it was opened (epoch µs).
    #[ts(type = "number")]
    pub opened_at: i64,
    /// Who opened it.
    pub opened_by: String,
    /// When it was first forwarded (epoch µs).
    #[ts(type = "number | null")]
    pub dispatched_at: Option<i64>,
    /// When an agency first acknowledged (epoch µs).
    #[ts(type = "number | null")]
    pub acknowledged_at: Option<i64>,
    /// When the first unit was on its way or on scene (epoch µs).
    #[ts(type = "number | null")]
    pub active_at: Option<i64>,
    /// When it was resolved (epoch µs).
    #[ts(type = "number | null")]
    pub resolved_at: Option<i64>,
    /// When the record was closed (epoch µs).
    #[ts(type = "number | null")]
    pub closed_at: Option<i64>,
    /// Note to the last act.
    pub note: Option<String>,
    /// The running deadline, while no agency has it.
    pub deadline: Option<Deadline>,
    /// The alarm struck so far; 0 when none was.
    pub alarm_level: u32,
    /// Since when it is a known event (epoch µs): one that many contacts tell of.
    #[ts(type = "number | null")]
    pub known_since: Option<i64>,
    /// Its last hand-over to a neighbouring centre.
    pub handover: Option<HandoverView>,
    /// What this audience may do now.
    pub allowed_actions: Vec<String>,
}

/// A dispatch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct DispatchView {
    /// Its id.
    pub id: DispatchId,
    /// Version; grows with every change.
    pub version: u32,
    /// The incident.
    pub incident: IncidentId,
    /// The incident's spoken number.
    pub incident_number: String,
    /// The agency's code.
    pub agency: String,
    /// Lead or support.
    pub role: DispatchRole,
    /// 1 for the first dispatch of the incident to the agency, 2 for the next, …
    pub revision: u32,
    /// Where it stands.
    pub state: DispatchState,
    /// Units sent.
    pub units: Vec<String>,
    /// Its deliveries, one a channel.
    pub deliveries: Vec<Delivery>,
    /// Whether its deadline has passed and nobody has acknowledged yet.
    pub overdue: bool,
    /// Due instants (epoch µs) by what they wait for: `acknowledge` (the ladder's next step), `accept`, `on_scene`,
    /// `help`.
    #[ts(type = "Record<string, number>")]
    pub deadlines: BTreeMap<String, i64>,
    /// How often it has rung at the desk.
    pub overdue_level: u32,
    /// Reason of a rejection or withdrawal.
    pub reason: Option<String>,
    /// When it was made (epoch µs).
    #[ts(type = "number")]
    pub queued_at: i64,
    /// Who made it.
    pub queued_by: String,
    /// When a channel first took it (epoch µs).
    #[ts(type = "number | null")]
    pub sent_at: Option<i64>,
    /// When it first arrived (epoch µs).
    #[ts(type = "number | null")]
    pub delivered_at: Option<i64>,
    /// When a person acknowledged it (epoch µs).
    #[ts(type = "number | null")]
    pub acknowledged_at: Option<i64>,
    /// Who acknowledged it.
    pub acknowledged_by: Option<String>,
    /// When the agency took it on (epoch µs).
    #[ts(type = "number | null")]
    pub accepted_at: Option<i64>,
    /// When the first unit was on its way (epoch µs).
    #[ts(type = "number | null")]
    pub en_route_at: Option<i64>,
    /// When the first unit was there (epoch µs).
    #[ts(type = "number | null")]
    pub on_scene_at: Option<i64>,
    /// When it ended, however (epoch µs).
    #[ts(type = "number | null")]
    pub ended_at: Option<i64>,
    /// The newest wording: 1, one more with each correction.
    pub wording: u32,
    /// When the incident was last corrected after the agency was told (epoch µs).
    #[ts(type = "number | null")]
    pub corrected_at: Option<i64>,
    /// How it was acknowledged.
    pub acknowledged_via: Option<Via>,
    /// What was said when it was acknowledged by word of mouth.
    pub acknowledged_note: Option<String>,
    /// Four digits by which a message can be answered.
    pub reply_code: Option<String>,
    /// The ladder's next step; null once somebody has acknowledged, and for the agency itself.
    pub next_step: Option<NextStep>,
    /// Since when it stands in the supervisors' list (epoch µs).
    #[ts(type = "number | null")]
    pub escalated_at: Option<i64>,
    /// What it is late with after it was acknowledged: `accept` or `on_scene`.
    pub late: Option<String>,
    /// What is amiss with reaching the agency; for the desk.
    pub concern: Option<Concern>,
    /// The field's last call for help.
    pub help: Option<HelpView>,
    /// What the agency's people wrote down, in order.
    pub notes: Vec<FieldNoteView>,
    /// Pictures of the scene.
    pub photos: Vec<Photo>,
    /// Why the last answer to a message was not taken; for the desk.
    pub doubt: Option<ReplyDoubt>,
    /// What this audience may do now.
    pub allowed_actions: Vec<String>,
}

/// What a step of the ladder does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LadderStep {
    /// Tells the first contact.
    FirstContact,
    /// Tells the second contact.
    SecondContact,
    /// Tells everybody on duty.
    Everybody,
    /// Rings at the desk.
    Alarm,
    /// Stands in the supervisors' list.
    Supervisor,
}

impl LadderStep {
    /// The step of a rung.
    pub const fn of(act: &RungAct) -> Self {
        match act {
            RungAct::Alert { to: Told::First, .. } => Self::FirstContact,
            RungAct::Alert { to: Told::Second, .. } => Self::SecondContact,
            RungAct::Alert { to: Told::All, .. } => Self::Everybody,
            RungAct::Alarm => Self::Alarm,
            RungAct::Supervisor => Self::Supervisor,
        }
    }
}

/// The ladder's next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct NextStep {
    /// When (epoch µs).
    #[ts(type = "number")]
    pub at: i64,
    /// What happens then.
    pub step: LadderStep,
}

/// What the agency's people wrote down about a dispatch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct FieldNoteView {
    /// When (epoch µs).
    #[ts(type = "number")]
    pub at: i64,
    /// Who wrote it.
    pub by: String,
    /// The words; null when they were erased.
    pub text: Option<String>,
}

/// A call for help from the field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct HelpView {
    /// When (epoch µs).
    #[ts(type = "number")]
    pub asked_at: i64,
    /// Who asked.
    pub asked_by: String,
    /// What for.
    pub note: Option<String>,
    /// When the desk answered (epoch µs).
    #[ts(type = "number | null")]
    pub answered_at: Option<i64>,
    /// Who answered.
    pub answered_by: Option<String>,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct UnitView {
    /// Its code; also its id.
    pub id: String,
    /// Version; grows with every change.
    pub version: u32,
    /// The agency's code.
    pub agency: String,
    /// Name on screen.
    pub name: String,
    /// What it is, e.g. `pumper`.
    #[serde(rename = "unit_kind")]
    pub unit_kind: String,
    /// Where it stands.
    pub state: UnitState,
    /// Since when it stands there (epoch µs); null while nothing has moved it.
    #[ts(type = "number | null")]
    pub since: Option<i64>,
    /// The dispatch it works for.
    pub dispatch: Option<DispatchId>,
    /// The dispatch that lost it when it went out of service in the middle of its work.
    pub failed: Option<DispatchId>,
    /// A word to where it stands.
    pub note: Option<String>,
    /// Home station, WGS 84.
    pub lat: f64,
    /// Home station, WGS 84.
    pub lon: f64,
    /// Name of its home station.
    pub station: Option<String>,
    /// People on board when it is manned.
    pub crew: Option<u32>,
    /// What it can do besides what its kind says.
    pub capabilities: Vec<String>,
    /// When its crew's shift begins each day, in the centre's own time: `HH:MM`.
    pub on_duty_since: Option<String>,
    /// The states this audience may move it to now.
    pub allowed_actions: Vec<String>,
}

/// Any view, as the stream carries it: an object with `kind`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum View {
    /// A report.
    Report(ReportView),
    /// An incident.
    Incident(IncidentView),
    /// A dispatch.
    Dispatch(DispatchView),
    /// A unit.
    Unit(UnitView),
}
