//! Who is responsible: category or type, words and area to agencies, each with the reason.
//!
//! Reads the pack's rules only; never picks by name and never by distance. Which rule is meant says [`rule`];
//! who comes next after a refusal says [`refused`].

mod refused;
mod rule;

use serde::{Deserialize, Serialize};

pub use refused::next_best;
pub use rule::{Area, Fit, RoutingRule, area_fit, area_level, rule_for, rules_by_cues};

use crate::catalogue::Category;
use crate::centre::{Agency, CentrePack};
use crate::dispatch::DispatchRole;

/// One agency proposed for a report or an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct ProposedAgency {
    /// The agency's code.
    pub agency: String,
    /// What it is anywhere, e.g. `damkar`.
    pub kind: String,
    /// Its name on screen.
    pub name: String,
    /// Lead or support.
    pub role: DispatchRole,
    /// Why, in Indonesian: rule and area.
    pub reason: String,
    /// The version of the routing table that says so; empty where the city keeps none.
    #[serde(default)]
    pub policy_version: String,
}

/// A kind of agency that the words of a report ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CuedKind<'a> {
    /// The kind, e.g. `damkar`.
    pub kind: &'a str,
    /// Whether it should lead.
    pub lead: bool,
}

/// What agencies are proposed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Particulars<'a> {
    /// The category.
    pub category: Category,
    /// The type's code.
    pub type_code: Option<&'a str>,
    /// Where.
    pub area: Area<'a>,
    /// Names of the cues found in the words, for the city's rules by cues.
    pub cues: &'a [String],
    /// What the reader of the words makes of them: a guess, which a rule by cues beats.
    pub guessed: &'a [CuedKind<'a>],
}

impl<'a> Particulars<'a> {
    /// Without a word of what was said.
    pub const fn new(category: Category, type_code: Option<&'a str>, area: Area<'a>) -> Self {
        Self { category, type_code, area, cues: &[], guessed: &[] }
    }
}

/// The agencies proposed, lead first. Empty when nobody is dispatched.
///
/// The table speaks first. Then what the words seem to ask for may put another in the lead and choose the
/// support; then the city's rules by cues add, and theirs is the last word. Whoever led before is never dropped,
/// at most put second. With no regency known the home regency's agencies are proposed and the reason says so.
pub fn propose(pack: &CentrePack, asked: &Particulars<'_>) -> Vec<ProposedAgency> {
    let area = at_home_if_unknown(pack, asked.area);
    let table = by_table(pack, asked, area);
    let mut proposed = by_words(pack, asked, area, table);
    let mut settled = false;
    for (rule, cue) in rules_by_cues(&pack.routing, asked.category, asked.type_code, area, asked.cues) {
        let why = rule.because.as_deref().map_or_else(|| format!("menyebut {cue}"), str::to_owned);
        let why = format!("isi laporan: {why}, {}", place_words(pack, asked.area));
        // The first that names a lead fits best: a later one's lead supports.
        if let Some(agency) = rule.lead.as_deref().and_then(|kind| agency_of_kind(pack, kind, area.regency)) {
            let role = if settled { DispatchRole::Support } else { DispatchRole::Lead };
            join(&mut proposed, proposal(pack, agency, role, why.clone()));
            settled = true;
        }
        for agency in rule.support.iter().filter_map(|kind| agency_of_kind(pack, kind, area.regency)) {
            join(&mut proposed, proposal(pack, agency, DispatchRole::Support, why.clone()));
        }
    }
    proposed
}

/// What the table says.
pub(super) fn by_table(pack: &CentrePack, asked: &Particulars<'_>, area: Area<'_>) -> Vec<ProposedAgency> {
    let Some(rule) = rule_for(&pack.routing, asked.category, asked.type_code, area) else {
        return Vec::new();
    };
    let why = table_reason(pack, asked, rule);
    let lead = rule.lead.iter().map(|kind| (kind, DispatchRole::Lead));
    let support = rule.support.iter().map(|kind| (kind, DispatchRole::Support));
    let mut proposed: Vec<ProposedAgency> = Vec::new();
    for (kind, role) in lead.chain(support) {
        let Some(agency) = agency_of_kind(pack, kind, area.regency) else { continue };
        if proposed.iter().all(|other| other.agency != agency.code) {
            proposed.push(proposal(pack, agency, role, why.clone()));
        }
    }
    proposed
}

/// The table, adjusted to what the words seem to ask for: a fire brigade leads a crash with somebody pinned.
/// The table's lead is at most put second; its support gives way to what the words name. Without guesses, or
/// when none of them can be met here, the table stands as it is.
fn by_words(
    pack: &CentrePack,
    asked: &Particulars<'_>,
    area: Area<'_>,
    table: Vec<ProposedAgency>,
) -> Vec<ProposedAgency> {
    let why = match asked.area.regency {
        Some(code) => format!("menurut isi laporan, di {}", pack.profile.regency_name(code)),
        None => "menurut isi laporan; wilayah belum diketahui, wilayah pusat dipakai".to_owned(),
    };
    let mut proposed: Vec<ProposedAgency> = Vec::new();
    for guess in asked.guessed {
        let Some(agency) = agency_of_kind(pack, guess.kind, area.regency) else { continue };
        if proposed.iter().any(|other| other.agency == agency.code) {
            continue;
        }
        let leads = guess.lead && leads(&proposed).is_none();
        let role = if leads { DispatchRole::Lead } else { DispatchRole::Support };
        let known = table.iter().find(|other| other.agency == agency.code);
        let why = known.map_or_else(|| why.clone(), |known| known.reason.clone());
        proposed.push(proposal(pack, agency, role, why));
    }
    if leads(&proposed).is_none() {
        return table;
    }
    if let Some(own) = leads(&table).filter(|own| proposed.iter().all(|other| other.agency != own.agency)) {
        proposed.push(ProposedAgency { role: DispatchRole::Support, ..own.clone() });
    }
    lead_first(&mut proposed);
    proposed
}

/// Adds one agency. One that comes to lead puts whoever led second; one that is there keeps its place and its
/// reason unless it comes to lead.
pub(crate) fn join(proposed: &mut Vec<ProposedAgency>, one: ProposedAgency) {
    let known = proposed.iter().position(|other| other.agency == one.agency);
    if one.role == DispatchRole::Support {
        if known.is_none() {
            proposed.push(one);
        }
        return;
    }
    if let Some(at) = known {
        proposed.remove(at);
    }
    proposed.iter_mut().for_each(|other| other.role = DispatchRole::Support);
    proposed.insert(0, one);
}

/// The lead of a proposal.
pub fn leads(proposed: &[ProposedAgency]) -> Option<&ProposedAgency> {
    proposed.iter().find(|one| one.role == DispatchRole::Lead)
}

/// Brings the lead to the front; the others keep their order.
pub fn lead_first(proposed: &mut [ProposedAgency]) {
    proposed.sort_by_key(|one| one.role == DispatchRole::Support);
}

/// One agency with role and reason.
pub fn proposal(pack: &CentrePack, agency: &Agency, role: DispatchRole, reason: String) -> ProposedAgency {
    ProposedAgency {
        agency: agency.code.clone(),
        kind: agency.kind.clone(),
        name: agency.name.clone(),
        role,
        reason,
        policy_version: pack.routing_policy.version.clone(),
    }
}

/// Why the table says so: what, where, and the rule's own words.
fn table_reason(pack: &CentrePack, asked: &Particulars<'_>, rule: &RoutingRule) -> String {
    let named = rule.type_code.as_deref().and_then(|code| pack.types.iter().find(|kind| kind.code == code));
    let what = named.map_or(asked.category.name_id(), |kind| kind.name_id.as_str());
    let mut why = match asked.area.regency {
        Some(code) => format!("{what} di {}", pack.profile.regency_name(code)),
        None => format!("{what}; wilayah belum diketahui, wilayah pusat dipakai"),
    };
    match (&rule.because, rule.areas.is_empty()) {
        (Some(because), _) => why = format!("{why}: {because}"),
        (None, false) => why.push_str(", aturan khusus wilayah ini"),
        (None, true) => {}
    }
    why
}

/// `di Kota Kediri`, or that nobody knows where.
fn place_words(pack: &CentrePack, area: Area<'_>) -> String {
    area.regency.map_or_else(
        || "wilayah belum diketahui, wilayah pusat dipakai".to_owned(),
        |code| format!("di {}", pack.profile.regency_name(code)),
    )
}

/// The area itself, or the home regency where no regency is known.
pub fn at_home_if_unknown<'a>(pack: &'a CentrePack, area: Area<'a>) -> Area<'a> {
    if area.regency.is_some() {
        return area;
    }
    Area { regency: pack.profile.regencies.first().map(String::as_str), village: area.village }
}

/// The agency of a kind that serves an area: one that names the area before one that serves everywhere.
pub fn agency_of_kind<'a>(pack: &'a CentrePack, kind: &str, area: Option<&str>) -> Option<&'a Agency> {
    let of_kind = || pack.agencies.iter().filter(|agency| agency.kind == kind);
    of_kind()
        .find(|agency| area.is_some_and(|code| agency.regencies.iter().any(|regency| regency == code)))
        .or_else(|| of_kind().find(|agency| agency.regencies.is_empty()))
}
