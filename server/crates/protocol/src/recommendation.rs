//! Who and what should go, with the reasons: the answer to `GET …/incidents/{id}/recommendation`, and the bodies
//! of asking for it before there is an incident and of striking an alarm.
//!
//! Reasons come twice: as codes with their figures, and as the words an operator reads.

use kentongan_domain::catalogue::Priority;
use kentongan_domain::dispatch::{DispatchRole, DispatchState};
use kentongan_domain::ids::DispatchId;
use kentongan_domain::plan::UnitNeed;
use kentongan_domain::recommend::{Filled, MoveUp, PassReason, PickReason, ShortReason, TravelSource};
use kentongan_domain::routing::ProposedAgency;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::requests::PlaceInput;

/// A recommendation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct RecommendationAnswer {
    /// Version of the routing table.
    pub policy_version: String,
    /// The response plan that is meant; null when the city has none for this.
    pub plan: Option<PlanAnswer>,
    /// The alarm that is recommended for.
    pub alarm: u32,
    /// The alarm struck so far; 0 when none was.
    pub alarm_level: u32,
    /// The agencies, lead first, and those that work on it already.
    pub agencies: Vec<AgencyRecommendation>,
    /// Who comes next after the agencies that refused, the best first.
    pub next_best: Vec<ProposedAgency>,
    /// The lead has refused and nobody is left to lead: a person must find somebody.
    pub nobody_leads: bool,
    /// Units.
    pub units: UnitRecommendation,
    /// Who is told and need not acknowledge.
    pub inform: Vec<InformedAgency>,
    /// How travel times were had.
    pub travel: TravelAnswer,
}

/// A response plan, as far as the desk needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct PlanAnswer {
    /// Its code.
    pub code: String,
    /// Its name, Indonesian.
    pub name: String,
    /// Version of the plans.
    pub version: String,
    /// How many alarms it has.
    pub alarms: u32,
    /// When this alarm is struck, Indonesian; empty where the plan does not say.
    pub when: String,
}

/// One agency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct AgencyRecommendation {
    /// Who, in which role, and why.
    #[serde(flatten)]
    pub proposed: ProposedAgency,
    /// Its newest dispatch for this incident.
    pub dispatch: Option<DispatchId>,
    /// Where that stands.
    pub state: Option<DispatchState>,
}

/// An agency that is only told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct InformedAgency {
    /// Its code.
    pub agency: String,
    /// What it is anywhere.
    pub kind: String,
    /// Its name on screen.
    pub name: String,
}

/// Units.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct UnitRecommendation {
    /// What the plan asks for up to this alarm.
    pub needs: Vec<NeedAnswer>,
    /// Units that are on the incident and fill a need.
    pub already: Vec<Filled>,
    /// Units to send.
    pub picks: Vec<PickAnswer>,
    /// What cannot be met.
    pub shortfalls: Vec<ShortfallAnswer>,
    /// Stations left uncovered, and who could move up.
    pub moves: Vec<MoveAnswer>,
    /// Units of the sorts asked for that are not picked, the nearest first, 30 at most.
    pub passed_over: Vec<PassedOverAnswer>,
    /// How many more there are.
    pub passed_over_more: u32,
}

/// What is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct NeedAnswer {
    /// The need.
    #[serde(flatten)]
    pub need: UnitNeed,
    /// In words.
    pub words: String,
}

/// A unit to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct PickAnswer {
    /// The unit's code.
    pub unit: String,
    /// Its agency's code.
    pub agency: String,
    /// The kind or capability it is to fill.
    pub fills: String,
    /// Milliseconds of travel; null when nobody knows where the incident is.
    #[ts(type = "number | null")]
    pub travel_ms: Option<i64>,
    /// Why, the weightiest first.
    pub reasons: Vec<PickReason>,
    /// The same in words, one a reason.
    pub words: Vec<String>,
}

/// Units that are needed and not to be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ShortfallAnswer {
    /// What is needed.
    pub need: NeedAnswer,
    /// How many are missing.
    pub missing: u32,
    /// Why.
    pub reasons: Vec<ShortReason>,
    /// The same in words, one a reason.
    pub words: Vec<String>,
}

/// A station left uncovered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct MoveAnswer {
    /// Which, and who could stand in.
    #[serde(flatten)]
    pub hint: MoveUp,
    /// In words.
    pub words: String,
}

/// A unit that is not picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct PassedOverAnswer {
    /// The unit's code.
    pub unit: String,
    /// Its agency's code.
    pub agency: String,
    /// Why.
    pub reason: PassReason,
    /// The same in words.
    pub words: String,
}

/// How travel times were had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct TravelAnswer {
    /// By road, or estimated.
    pub source: TravelSource,
    /// Why the road server could not be used: `timeout`, `unreachable`, `status`, `malformed`, `no_route`,
    /// `resting`; null when it was, and when none is set up.
    pub fell_back: Option<String>,
    /// The same in words.
    pub words: Option<String>,
}

/// `POST /api/v1/centres/{c}/recommendation`: for what is not yet an incident.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecommendFor {
    /// Type code, or a category for its general type.
    #[serde(rename = "type")]
    pub type_code: String,
    /// Priority; the type's own when absent.
    #[serde(default)]
    #[ts(optional)]
    pub priority: Option<Priority>,
    /// Where.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<PlaceInput>,
    /// The caller's words, for the city's rules by cues, up to 4,000 characters.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// The alarm, 1 to 9; 1 when absent.
    #[serde(default)]
    #[ts(optional)]
    pub alarm: Option<u32>,
}

/// `POST …/incidents/{id}/alarm`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StrikeAlarm {
    /// The alarm to strike: one more than the one struck so far.
    pub level: u32,
    /// Who goes; what is recommended when absent.
    #[serde(default)]
    #[ts(optional)]
    pub dispatches: Option<Vec<AlarmDispatch>>,
}

/// One agency that an alarm sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AlarmDispatch {
    /// The agency's code.
    pub agency: String,
    /// Lead or support; what it is already when it works on the incident.
    pub role: DispatchRole,
    /// Units to send with it.
    #[serde(default)]
    #[ts(optional)]
    pub units: Option<Vec<String>>,
    /// What was recommended, as the operator saw it: when it is not what is sent, that is recorded.
    #[serde(default)]
    #[ts(optional)]
    pub recommended: Option<RecommendedInput>,
}

/// What was recommended when a person chose whom to send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecommendedInput {
    /// Version of the routing table that the recommendation named.
    pub policy_version: String,
    /// The agency; absent when none was recommended.
    #[serde(default)]
    #[ts(optional)]
    pub agency: Option<String>,
    /// Units of the agency that is sent, up to 50.
    #[serde(default)]
    pub units: Vec<String>,
    /// Why it was decided otherwise, up to 1,000 characters.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}
