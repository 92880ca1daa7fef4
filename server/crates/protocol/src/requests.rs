//! Bodies of requests. Unknown fields are refused with the field's pointer.

use std::fmt;
use std::marker::PhantomData;

use kentongan_domain::catalogue::Priority;
use kentongan_domain::contact::HoldLevel;
use kentongan_domain::dispatch::DispatchRole;
use kentongan_domain::ids::{IncidentId, ReportId};
use kentongan_domain::incident::CloseResult;
use kentongan_domain::report::{Channel, Outcome};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::recommendation::RecommendedInput;

/// The longest text of a report, in characters.
pub const REPORT_TEXT_MAX_CHARS: usize = 4_000;

/// A value that is written as a JSON object. Serde alone would take an array too, in the order of the
/// fields, and in GeoJSON a position's order is the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ObjectOnly<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ObjectOnly<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = ObjectOnly<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(ObjectOnly)
    }
}

fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(Option::<ObjectOnly<T>>::deserialize(deserializer)?.map(|ObjectOnly(value)| value))
}

/// `POST /api/v1/session`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// Account name.
    pub user: String,
    /// Password.
    pub password: String,
}

/// The reporter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReporterInput {
    /// Name, up to 200 characters.
    #[serde(default)]
    #[ts(optional)]
    pub name: Option<String>,
    /// Number, up to 32 characters.
    #[serde(default)]
    #[ts(optional)]
    pub phone: Option<String>,
}

/// A position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LocationInput {
    /// Latitude, WGS 84 degrees, -90 to 90.
    pub lat: f64,
    /// Longitude, WGS 84 degrees, -180 to 180.
    pub lon: f64,
    /// Radius of uncertainty in metres, not negative.
    #[serde(default)]
    #[ts(optional)]
    pub accuracy_m: Option<f64>,
    /// Where it came from: `operator_pin`, `device`, `pin`, `forwarded_pin`, `network`, `cell`, `sensor` …
    #[serde(default)]
    #[ts(optional)]
    pub source: Option<String>,
}

/// An instant: epoch µs, or RFC 3339 text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(untagged)]
pub enum InstantInput {
    /// Epoch µs.
    EpochUs(#[ts(type = "number")] i64),
    /// RFC 3339, e.g. `2026-11-22T02:13:07+07:00`.
    Rfc3339(String),
}

/// How a call went, as the telephone system tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallInput {
    /// How long it rang, milliseconds.
    #[serde(default)]
    #[ts(optional)]
    pub ring_ms: Option<u32>,
    /// How long nobody spoke after it was answered, milliseconds.
    #[serde(default)]
    #[ts(optional)]
    pub silent_ms: Option<u32>,
}

/// `POST /api/v1/centres/{c}/reports`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateReport {
    /// How it came in.
    pub channel: Channel,
    /// The caller's words, 1 to 4,000 characters.
    pub text: String,
    /// The reporter.
    #[serde(default, deserialize_with = "object")]
    #[ts(optional)]
    pub reporter: Option<ReporterInput>,
    /// Where.
    #[serde(default, deserialize_with = "object")]
    #[ts(optional)]
    pub location: Option<LocationInput>,
    /// The place in the caller's words, up to 500 characters.
    #[serde(default)]
    #[ts(optional)]
    pub place_text: Option<String>,
    /// When it happened.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<InstantInput>,
    /// The channel's own id: the same one gives the first answer again.
    #[serde(default)]
    #[ts(optional)]
    pub external_id: Option<String>,
    /// How the call went.
    #[serde(default, deserialize_with = "object")]
    #[ts(optional)]
    pub call: Option<CallInput>,
}

/// `POST /api/v1/centres/{c}/triage`: understood, nothing stored.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewTriage {
    /// The words so far, up to 4,000 characters; may be empty.
    pub text: String,
    /// Where.
    #[serde(default, deserialize_with = "object")]
    #[ts(optional)]
    pub location: Option<LocationInput>,
    /// The place in the caller's words.
    #[serde(default)]
    #[ts(optional)]
    pub place_text: Option<String>,
    /// Who reports: the number finds what is known of it.
    #[serde(default, deserialize_with = "object")]
    #[ts(optional)]
    pub reporter: Option<ReporterInput>,
    /// The stored report that is read again: it is not compared with itself.
    #[serde(default)]
    #[ts(optional)]
    pub report: Option<ReportId>,
    /// How the call went so far.
    #[serde(default, deserialize_with = "object")]
    #[ts(optional)]
    pub call: Option<CallInput>,
}

/// `POST …/reports/{id}/contact`: where the next reports of this report's contact wait.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RankContact {
    /// How far behind; null brings the contact forward again, with what waits behind for it.
    pub level: Option<HoldLevel>,
    /// For how many hours, 1 to 168; a day when absent.
    #[serde(default)]
    #[ts(optional)]
    pub hours: Option<u32>,
}

/// `POST …/reports/{id}/outcome`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetOutcome {
    /// How the contact ended.
    pub outcome: Outcome,
    /// The incident, with `attached`.
    #[serde(default)]
    #[ts(optional)]
    pub incident: Option<IncidentId>,
    /// A note, up to 1,000 characters.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// A place set by a person. The area is looked up from the point, so that the fields that the server
/// fills (`village`, `district`, …) may be sent back but are not believed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct PlaceInput {
    /// Latitude, WGS 84 degrees.
    #[serde(default)]
    #[ts(optional)]
    pub lat: Option<f64>,
    /// Longitude, WGS 84 degrees.
    #[serde(default)]
    #[ts(optional)]
    pub lon: Option<f64>,
    /// Radius of uncertainty in metres.
    #[serde(default)]
    #[ts(optional)]
    pub accuracy_m: Option<f64>,
    /// Where the point came from; `operator_pin` when absent.
    #[serde(default)]
    #[ts(optional)]
    pub source: Option<String>,
    /// Name of the place.
    #[serde(default)]
    #[ts(optional)]
    pub label: Option<String>,
    /// Village code, when there is no point.
    #[serde(default)]
    #[ts(optional)]
    pub village_code: Option<String>,
}

/// `POST …/landmarks`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddLandmark {
    /// What people call it, up to 120 characters.
    pub name: String,
    /// Latitude, WGS 84 degrees.
    pub lat: f64,
    /// Longitude, WGS 84 degrees.
    pub lon: f64,
}

/// `PATCH …/landmarks/{id}`. What is absent stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeLandmark {
    /// What people call it, up to 120 characters.
    #[serde(default)]
    #[ts(optional)]
    pub name: Option<String>,
    /// Latitude, WGS 84 degrees; with `lon`.
    #[serde(default)]
    #[ts(optional)]
    pub lat: Option<f64>,
    /// Longitude, WGS 84 degrees; with `lat`.
    #[serde(default)]
    #[ts(optional)]
    pub lon: Option<f64>,
}

/// `POST …/incidents`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenIncident {
    /// Waiting reports, at least one.
    pub report_ids: Vec<ReportId>,
    /// Type code of the catalogue, or a category's code for its general type.
    #[serde(rename = "type")]
    pub type_code: String,
    /// How urgent.
    pub priority: Priority,
    /// Where; absent or null takes the first report's place.
    #[serde(default, deserialize_with = "object")]
    #[ts(optional)]
    pub place: Option<PlaceInput>,
}

/// `PATCH …/incidents/{id}`: absent fields stay.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeIncident {
    /// The version last seen: another one is refused with 409.
    #[serde(default)]
    #[ts(optional)]
    pub version: Option<u32>,
    /// Type code or category code.
    #[serde(default, rename = "type")]
    #[ts(optional)]
    pub type_code: Option<String>,
    /// How urgent.
    #[serde(default)]
    #[ts(optional)]
    pub priority: Option<Priority>,
    /// Where.
    #[serde(default, deserialize_with = "object")]
    #[ts(optional)]
    pub place: Option<PlaceInput>,
}

/// `POST …/incidents/{id}/merge`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeIncident {
    /// The incident that this one becomes part of.
    pub into: IncidentId,
}

/// `POST …/incidents/{id}/split`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitIncident {
    /// Reports that leave; at least one must stay.
    pub report_ids: Vec<ReportId>,
    /// Type of the new incident; the old one's when absent.
    #[serde(default, rename = "type")]
    #[ts(optional)]
    pub type_code: Option<String>,
    /// Priority of the new incident.
    #[serde(default)]
    #[ts(optional)]
    pub priority: Option<Priority>,
    /// Place of the new incident.
    #[serde(default, deserialize_with = "object")]
    #[ts(optional)]
    pub place: Option<PlaceInput>,
}

/// `POST …/incidents/{id}/resolve`, `/close` and `/reopen`; the body may be absent where nothing is asked.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndIncident {
    /// How it is closed (close only).
    #[serde(default)]
    #[ts(optional)]
    pub result: Option<CloseResult>,
    /// A note, up to 1,000 characters.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
    /// Why it is taken up again (reopen only, required there).
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// `POST …/incidents/{id}/dispatches`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateDispatch {
    /// The agency's code.
    pub agency: String,
    /// Lead or support.
    pub role: DispatchRole,
    /// Units, by code.
    #[serde(default)]
    #[ts(optional)]
    pub units: Option<Vec<String>>,
    /// What was recommended, as the operator saw it: when it is not what is sent, that is recorded.
    #[serde(default)]
    #[ts(optional)]
    pub recommended: Option<RecommendedInput>,
}

/// `POST …/dispatches/{id}/{act}`; the body may be absent where nothing is asked.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActOnDispatch {
    /// Why (reject: required), up to 1,000 characters.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
    /// Who acknowledged by word of mouth, and how (desk, acknowledge), up to 1,000 characters.
    #[serde(default)]
    #[ts(optional)]
    pub verbal: Option<String>,
    /// Units that go, by code.
    #[serde(default)]
    #[ts(optional)]
    pub units: Option<Vec<String>>,
}
