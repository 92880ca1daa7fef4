//! A centre's reference data, as its city pack describes it: identity, types, agencies, units,
//! routing. Data only; a city edits it without code.
//!
//! Must never hold anything that changes during a shift: that is the log's.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Category, Priority};
use crate::ids::EpochUs;
use crate::ladder::Ladder;
use crate::plan::PlanBook;
pub use crate::routing::RoutingRule;

/// Whether a centre handles real emergencies or only drills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CentreKind {
    /// Real calls, real agencies.
    Live,
    /// LATIHAN: nothing may ever leave the server.
    Drill,
}

/// The centre itself (`centre.toml`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct CentreProfile {
    /// Code in addresses, e.g. `kediri`; lower case letters, digits and dashes.
    pub code: String,
    /// Name on screen, e.g. `Call Center 112 Kediri`.
    pub name: String,
    /// Live or drill; a pack is always live, a drill centre is made from it.
    pub kind: CentreKind,
    /// Prefix of the numbers spoken aloud, e.g. `KDR` in `KDR-261122-0042`.
    pub number_prefix: String,
    /// IANA zone for people's eyes, e.g. `Asia/Jakarta`.
    pub timezone: String,
    /// Offset of that zone from UTC in minutes; Indonesia has no summer time.
    pub utc_offset_minutes: i32,
    /// Codes of the regencies the centre serves, e.g. `["35.71", "35.06"]`; the first is home.
    pub regencies: Vec<String>,
    /// Their names, in the same order, e.g. `["Kota Kediri", "Kabupaten Kediri"]`.
    #[serde(default)]
    pub regency_names: Vec<String>,
    /// Where the map opens, WGS 84.
    pub map_lat: f64,
    /// Where the map opens, WGS 84.
    pub map_lon: f64,
    /// Whether the boundaries are drawn by hand and only roughly true.
    pub boundaries_schematic: bool,
    /// What a reader must know about the data, e.g. that contacts are fictional.
    pub note: String,
}

/// One incident type of the catalogue (`catalogue.toml`, `[[types]]`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct IncidentType {
    /// Stable code, e.g. `fire_building`; starts with the category's code or is unique in itself.
    pub code: String,
    /// The category it belongs to.
    pub category: Category,
    /// Indonesian name, e.g. `Kebakaran bangunan`.
    pub name_id: String,
    /// English name.
    pub name_en: String,
    /// Priority when nothing in the report says otherwise.
    pub priority: Priority,
    /// Whether details are shown to as few people as possible (domestic violence, suicide …).
    #[serde(default)]
    pub sensitive: bool,
}

/// One agency (OPD) that can receive dispatches (`agencies.toml`, `[[agencies]]`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Stable code, e.g. `damkar` for the home city, `damkar_kab` for the regency around it.
    pub code: String,
    /// What it is anywhere: `damkar`, `psc119`, `polres`, `bpbd`, `dishub`, `pln`, … Routing names kinds.
    pub kind: String,
    /// Name on screen.
    pub name: String,
    /// Short code on screen, up to eight letters, e.g. `DAMKAR`.
    pub short: String,
    /// Regency codes it serves; empty means everywhere.
    #[serde(default)]
    pub regencies: Vec<String>,
    /// Desk number to ring when a dispatch is overdue; fictional in the demo pack.
    pub phone: String,
    /// How long the desk has to acknowledge, in milliseconds.
    #[serde(default = "default_acknowledge_within_ms")]
    #[cfg_attr(feature = "schema", ts(type = "number"))]
    pub acknowledge_within_ms: i64,
}

/// 60 s: the default time a desk has to acknowledge a dispatch.
pub const fn default_acknowledge_within_ms() -> i64 {
    60_000
}

/// One team or vehicle (`agencies.toml`, `[[units]]`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitProfile {
    /// Stable code, e.g. `damkar-1`.
    pub code: String,
    /// The agency it belongs to.
    pub agency: String,
    /// Name on screen, e.g. `Regu 1 Mako`.
    pub name: String,
    /// What it is: `pumper`, `ambulance`, `patrol`, `rescue`, `truck`, …
    pub kind: String,
    /// Home station, WGS 84.
    pub lat: f64,
    /// Home station, WGS 84.
    pub lon: f64,
    /// People on board when it is manned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crew: Option<u32>,
    /// What it can do besides what its kind says, e.g. `ladder`, `boat`, `oxygen`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<String>,
    /// Name of its home station, e.g. `Pos Pesantren`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<String>,
    /// When its crew's shift begins each day, in the centre's own time: what rest is counted from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_duty_since: Option<TimeOfDay>,
}

impl UnitProfile {
    /// How long the crew has been on duty at an instant (µs); none when its shift is not known.
    pub fn on_duty_us(&self, now: EpochUs, utc_offset_minutes: i32) -> Option<i64> {
        let local = now.saturating_add(i64::from(utc_offset_minutes).saturating_mul(60_000_000));
        let since = i64::from(self.on_duty_since?.minutes()).saturating_mul(60_000_000);
        Some(local.wrapping_sub(since).rem_euclid(DAY_US))
    }
}

/// One day (µs).
const DAY_US: i64 = 86_400_000_000;

/// A time of the day, written `HH:MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// Minutes since midnight.
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = |part: &str, below: u16| {
            let two = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse::<u16>().ok().filter(|number| two && *number < below)
        };
        text.split_once(':')
            .and_then(|(hour, minute)| Some(Self(digits(hour, 24)? * 60 + digits(minute, 60)?)))
            .ok_or_else(|| format!("{text} is no time of the day: write it as 07:00"))
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        format!("{:02}:{:02}", time.0 / 60, time.0 % 60)
    }
}

/// What holds for the whole routing table (`routing.toml`, above the rules).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoutingPolicy {
    /// The table's version as the city numbers it, e.g. `2026-11-1`; told with every proposal.
    #[serde(default)]
    pub version: String,
    /// Kinds of agencies that may lead when the lead refuses and no better is left; when empty, those that
    /// lead in some rule.
    #[serde(default)]
    pub may_lead: Vec<String>,
}

/// One neighbouring centre that incidents can be handed over to (`neighbours.toml`, `[[neighbours]]`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Neighbour {
    /// Its code, as it calls itself.
    pub code: String,
    /// Name on screen.
    pub name: String,
    /// Codes of the regencies it serves, e.g. `["35.18"]`.
    #[serde(default)]
    pub regencies: Vec<String>,
    /// Number to ring when it does not answer.
    pub phone: String,
    /// How long it has to answer, in milliseconds; by the incident's priority where nothing is agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_within_ms: Option<u32>,
}

/// All reference data of one centre except geography.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CentrePack {
    /// The centre.
    pub profile: CentreProfile,
    /// Its catalogue of types.
    pub types: Vec<IncidentType>,
    /// Its agencies.
    pub agencies: Vec<Agency>,
    /// Their units.
    pub units: Vec<UnitProfile>,
    /// Who is responsible for what.
    pub routing: Vec<RoutingRule>,
    /// Whom an unacknowledged dispatch is told to, and when it rings at the desk.
    #[serde(default)]
    pub ladders: Vec<Ladder>,
    /// Whom incidents can be handed over to.
    #[serde(default)]
    pub neighbours: Vec<Neighbour>,
    /// What holds for the whole routing table.
    #[serde(default)]
    pub routing_policy: RoutingPolicy,
    /// What an incident needs, alarm by alarm, and how units are chosen.
    #[serde(default)]
    pub plans: PlanBook,
}

impl CentreProfile {
    /// The name of a regency the centre serves; its code where the pack gives no name.
    pub fn regency_name<'a>(&'a self, code: &'a str) -> &'a str {
        let at = self.regencies.iter().position(|regency| regency == code);
        at.and_then(|at| self.regency_names.get(at)).map_or(code, String::as_str)
    }
}
