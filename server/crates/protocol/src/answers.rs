//! Bodies of answers. Every accepted command answers with the view it changed and the log's `seq`:
//! it is done on a console when its stream has passed that number.

use kentongan_domain::catalogue::{Category, Priority};
use kentongan_domain::centre::{Agency, CentreProfile, IncidentType};
use kentongan_domain::contact::{ContactHistory, HeldBack};
use kentongan_domain::ids::{IncidentId, ReportId};
use kentongan_domain::people::Role;
use kentongan_domain::place::Place;
use kentongan_domain::queue::Lane;
use kentongan_domain::routing::ProposedAgency;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::views::{DispatchView, IncidentView, ReportView};

/// A category with its probability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct CategoryCandidate {
    /// The category.
    pub category: Category,
    /// 0 to 1.
    pub probability: f64,
}

/// A type with its probability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct TypeProbability {
    /// The type's code.
    #[serde(rename = "type")]
    pub type_code: String,
    /// 0 to 1.
    pub probability: f64,
}

/// Why something was suggested.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct TriageReason {
    /// What it bears on: `category`, `priority`, `nuisance` or `negation`.
    pub kind: String,
    /// The words that caused it, as the lexicon has them.
    pub words: String,
    /// What followed, e.g. `fire +2.0` or `P1`.
    pub effect: String,
}

/// How likely the contact is silent, a prank or a test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct NuisanceAnswer {
    /// 0 (real) to 1.
    pub score: f64,
    /// `ghost`, `prank`, `test` or `accidental`, when likely.
    pub kind: Option<String>,
    /// Why, in Indonesian: words of the text, the number's history, how the call went.
    pub reasons: Vec<String>,
}

/// What the server makes of a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct TriageAnswer {
    /// Suggested category; null when nothing was understood.
    pub category: Option<Category>,
    /// Suggested type code.
    #[serde(rename = "type")]
    pub type_code: Option<String>,
    /// The likeliest types of the suggested category, best first.
    pub types: Vec<TypeProbability>,
    /// Suggested priority.
    pub priority: Priority,
    /// How sure the priority is, 0 to 1.
    pub priority_confidence: f64,
    /// Names of the cues found in the text, e.g. `trapped`, `unconscious`.
    pub cues: Vec<String>,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// Whether the suggestion is too weak to be used without a look.
    pub unsure: bool,
    /// The likeliest categories.
    pub candidates: Vec<CategoryCandidate>,
    /// The words that weighed.
    pub reasons: Vec<TriageReason>,
    /// Nuisance.
    pub nuisance: NuisanceAnswer,
    /// `id`, `jv`, `en`, `mix` or `unknown`.
    pub language: String,
}

/// One place that the words may mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct PlaceCandidate {
    /// Its name.
    pub name: String,
    /// `village`, `district`, `street`, `landmark` …
    pub kind: String,
    /// Village name, if it lies in one.
    pub village: Option<String>,
    /// District name.
    pub district: Option<String>,
    /// Regency or city name.
    pub regency: Option<String>,
    /// Latitude, WGS 84 degrees.
    pub lat: f64,
    /// Longitude, WGS 84 degrees.
    pub lon: f64,
    /// 0 to 1.
    pub score: f64,
    /// Why it was found.
    pub reason: String,
}

/// The place in use, and what else the words may mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct PlaceAnswer {
    /// The place in use.
    #[serde(flatten)]
    pub place: Place,
    /// Whether the words mean several places equally well; then none was taken.
    pub ambiguous: bool,
    /// Candidates, the best first.
    pub candidates: Vec<PlaceCandidate>,
    /// What the words say of the place: `silent`, `no_place`, `unknown_place`, `ambiguous`, `found`,
    /// `position` or `off_the_map`.
    #[serde(default)]
    pub verdict: String,
}

/// A landmark that somebody added. `GET` and `POST …/landmarks`, `PATCH …/landmarks/{id}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct LandmarkAnswer {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Latitude, WGS 84 degrees.
    pub lat: f64,
    /// Longitude, WGS 84 degrees.
    pub lon: f64,
    /// Account of whoever added it.
    pub added_by: String,
    /// Account of whoever corrected it last.
    pub changed_by: Option<String>,
    /// Whether the caller may take it away.
    pub may_remove: bool,
    /// Village name, if it lies in one.
    pub village: Option<String>,
    /// District name.
    pub district: Option<String>,
    /// Regency or city name.
    pub regency: Option<String>,
}

/// How alike two are, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct LikenessAnswer {
    /// The other's spoken number.
    pub number: String,
    /// 0 to 1.
    pub score: f64,
    /// Distance in metres, when both places are known.
    pub distance_m: Option<f64>,
    /// Minutes between the two.
    pub minutes: f64,
    /// Why, in Indonesian.
    pub reasons: Vec<String>,
}

/// An incident that may be the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct DuplicateAnswer {
    /// The incident.
    pub incident: IncidentId,
    /// How alike.
    #[serde(flatten)]
    pub likeness: LikenessAnswer,
}

/// A report that waits without an incident and may be about the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct WaitingDuplicateAnswer {
    /// The report.
    pub report: ReportId,
    /// How alike.
    #[serde(flatten)]
    pub likeness: LikenessAnswer,
}

/// How new a contact is beside what the room knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS, ToSchema)]
pub struct NoveltyAnswer {
    /// The lane it waits in.
    pub lane: Lane,
    /// The known event it was compared with, if that is confirmed.
    pub incident: Option<IncidentId>,
}

/// What is known of who reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS, ToSchema)]
pub struct ContactAnswer {
    /// How the earlier reports of this number ended.
    pub history: ContactHistory,
    /// Whether it was put behind.
    pub held_back: Option<HeldBack>,
}

/// An event that several contacts tell of and nobody has confirmed yet. `GET …/surge`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct SurgeProposal {
    /// What it is about.
    pub category: Category,
    /// The type told most often.
    #[serde(rename = "type")]
    pub type_code: Option<String>,
    /// The most urgent priority told.
    pub priority: Priority,
    /// When the first of its contacts came in (epoch µs).
    #[ts(type = "number")]
    pub since: i64,
    /// When the last one came in (epoch µs).
    #[ts(type = "number")]
    pub last: i64,
    /// How many contacts.
    pub contacts: u32,
    /// How many different callers.
    pub callers: u32,
    /// The middle of their positions, WGS 84 degrees.
    pub lat: Option<f64>,
    /// The middle of their positions, WGS 84 degrees.
    pub lon: Option<f64>,
    /// How far their positions lie from the middle, metres.
    pub radius_m: Option<f64>,
    /// Words of the place that at least two said.
    pub place_words: Vec<String>,
    /// Its reports that wait without an incident, the earliest first.
    pub waiting: Vec<ReportId>,
    /// The live incident that most of the others belong to.
    pub incident: Option<IncidentId>,
}

/// What the server makes of a report: shown while typing, and with the stored report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Understanding {
    /// What it is and how urgent.
    pub triage: TriageAnswer,
    /// Where.
    pub place: PlaceAnswer,
    /// Who is responsible, lead first.
    pub agencies: Vec<ProposedAgency>,
    /// Incidents that may be the same, the likeliest first.
    pub duplicates: Vec<DuplicateAnswer>,
    /// Waiting reports that may be about the same, the likeliest first.
    #[serde(default)]
    pub waiting: Vec<WaitingDuplicateAnswer>,
    /// How new it is.
    #[serde(default)]
    pub novelty: NoveltyAnswer,
    /// What is known of who reports.
    #[serde(default)]
    pub contact: ContactAnswer,
}

/// Answer to a stored report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ReportStored {
    /// The report.
    pub report: ReportView,
    /// The log's number.
    #[ts(type = "number")]
    pub seq: i64,
    /// What it is, where, who, and whether it is known already.
    #[serde(flatten)]
    pub understanding: Understanding,
}

/// Answer to a command on a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ReportAnswer {
    /// The report.
    pub report: ReportView,
    /// The log's number.
    #[ts(type = "number")]
    pub seq: i64,
}

/// Answer to a command on an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct IncidentAnswer {
    /// The incident.
    pub incident: IncidentView,
    /// The log's number.
    #[ts(type = "number")]
    pub seq: i64,
}

/// Answer to a command on a dispatch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct DispatchAnswer {
    /// The dispatch.
    pub dispatch: DispatchView,
    /// The log's number.
    #[ts(type = "number")]
    pub seq: i64,
}

/// What somebody may be in one centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct GrantAnswer {
    /// The centre's code.
    pub centre: String,
    /// The centre's name.
    pub centre_name: String,
    /// Whether it is a drill centre.
    pub drill: bool,
    /// The role there.
    pub role: Role,
    /// The agency, with the role agency.
    pub agency: Option<String>,
}

/// Who is logged in. Answer to `POST` and `GET /api/v1/session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SessionAnswer {
    /// Account name.
    pub user: String,
    /// What it may be, by centre.
    pub grants: Vec<GrantAnswer>,
    /// When the session ends (epoch µs).
    #[ts(type = "number")]
    pub expires_at: i64,
}

/// A centre's reference data, for drawing the console. `GET /api/v1/centres/{c}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct CentreAnswer {
    /// The centre.
    #[schema(value_type = Object)]
    pub profile: CentreProfile,
    /// Its catalogue.
    #[schema(value_type = Vec<Object>)]
    pub types: Vec<IncidentType>,
    /// Its agencies.
    #[schema(value_type = Vec<Object>)]
    pub agencies: Vec<Agency>,
}

/// One fact of the log. `GET …/events`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct EventAnswer {
    /// Number in the centre's log, without gaps.
    #[ts(type = "number")]
    pub seq: i64,
    /// `report`, `incident`, `dispatch` or `unit`.
    pub stream: String,
    /// The id within the stream.
    pub id: String,
    /// The aggregate's version after it.
    pub version: i32,
    /// What happened, e.g. `report_received`.
    pub kind: String,
    /// Version of the payload's form.
    pub schema_version: i32,
    /// When it was recorded (epoch µs).
    #[ts(type = "number")]
    pub recorded_at: i64,
    /// Who caused it.
    pub actor: String,
    /// The idempotency key of its command.
    pub command_id: String,
    /// Particulars, without personal data.
    #[schema(value_type = Object)]
    #[ts(type = "unknown")]
    pub payload: serde_json::Value,
    /// SHA-256 over it and the hash before it, hex.
    pub hash: String,
}

/// Where a point lies. `GET …/jurisdiction`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct JurisdictionAnswer {
    /// Village; null outside of every boundary loaded.
    pub village: Option<String>,
    /// Village code.
    pub village_code: Option<String>,
    /// District.
    pub district: Option<String>,
    /// Regency or city.
    pub regency: Option<String>,
    /// Its code.
    pub regency_code: Option<String>,
    /// How it was found: `contains`, `tie`, `nearest` or `outside`.
    pub method: String,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// Other regencies that the uncertainty reaches.
    pub alternatives: Vec<String>,
    /// Agencies by category, lead first.
    #[ts(type = "Record<string, Array<ProposedAgency>>")]
    pub agencies: std::collections::BTreeMap<String, Vec<ProposedAgency>>,
}
