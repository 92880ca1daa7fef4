//! Who is responsible: category or type and area to agencies, each with the reason.
//!
//! Reads the pack's rules only; never picks by name and never by distance.

use serde::{Deserialize, Serialize};

use crate::catalogue::Category;
use crate::centre::{Agency, CentrePack, RoutingRule};
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
}

/// The agencies for a category (and type) in a regency, lead first. Empty when nobody is dispatched.
///
/// With no regency known the home regency's agencies are proposed and the reason says so.
pub fn propose(
    pack: &CentrePack,
    category: Category,
    type_code: Option<&str>,
    regency_code: Option<&str>,
) -> Vec<ProposedAgency> {
    let Some(rule) = rule_for(pack, category, type_code) else { return Vec::new() };
    let home = pack.profile.regencies.first().map(String::as_str);
    let area = regency_code.or(home);
    let named = rule.type_code.as_deref().and_then(|code| pack.types.iter().find(|kind| kind.code == code));
    let what = named.map_or(category.name_id(), |kind| kind.name_id.as_str());
    let why = match regency_code {
        Some(code) => format!("{what} di {}", pack.profile.regency_name(code)),
        None => format!("{what}; wilayah belum diketahui, wilayah pusat dipakai"),
    };
    let lead = rule.lead.iter().map(|kind| (kind, DispatchRole::Lead));
    let support = rule.support.iter().map(|kind| (kind, DispatchRole::Support));
    lead.chain(support)
        .filter_map(|(kind, role)| {
            let agency = agency_of_kind(pack, kind, area)?;
            Some(ProposedAgency {
                agency: agency.code.clone(),
                kind: agency.kind.clone(),
                name: agency.name.clone(),
                role,
                reason: why.clone(),
            })
        })
        .collect()
}

/// A kind of agency that the words of a report ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CuedKind<'a> {
    /// The kind, e.g. `damkar`.
    pub kind: &'a str,
    /// Whether it should lead.
    pub lead: bool,
}

/// [`propose`], adjusted to what the words of this report ask for: a fire brigade leads a crash with somebody
/// pinned. The table's lead is never dropped, at most put second; its support gives way to what the words
/// name. Without cues, or when none of them can be met here, the table stands as it is.
pub fn propose_by_cues(
    pack: &CentrePack,
    category: Category,
    type_code: Option<&str>,
    regency_code: Option<&str>,
    cued: &[CuedKind<'_>],
) -> Vec<ProposedAgency> {
    let table = propose(pack, category, type_code, regency_code);
    let area = regency_code.or(pack.profile.regencies.first().map(String::as_str));
    let why = match regency_code {
        Some(code) => format!("menurut isi laporan, di {}", pack.profile.regency_name(code)),
        None => "menurut isi laporan; wilayah belum diketahui, wilayah pusat dipakai".to_owned(),
    };
    let mut proposed: Vec<ProposedAgency> = Vec::new();
    for cue in cued {
        let Some(agency) = agency_of_kind(pack, cue.kind, area) else { continue };
        let leads = cue.lead && proposed.iter().all(|other| other.role != DispatchRole::Lead);
        let role = if leads { DispatchRole::Lead } else { DispatchRole::Support };
        let known = table.iter().find(|other| other.agency == agency.code);
        proposed.push(ProposedAgency {
            agency: agency.code.clone(),
            kind: agency.kind.clone(),
            name: agency.name.clone(),
            role,
            reason: known.map_or_else(|| why.clone(), |known| known.reason.clone()),
        });
    }
    let own_lead = table.iter().find(|agency| agency.role == DispatchRole::Lead);
    if proposed.iter().all(|agency| agency.role != DispatchRole::Lead) {
        return table;
    }
    if let Some(own) = own_lead.filter(|own| proposed.iter().all(|other| other.agency != own.agency)) {
        proposed.push(ProposedAgency { role: DispatchRole::Support, ..own.clone() });
    }
    proposed
}

/// The rule for a type, or else for its category.
fn rule_for<'a>(
    pack: &'a CentrePack,
    category: Category,
    type_code: Option<&str>,
) -> Option<&'a RoutingRule> {
    let of_category = || pack.routing.iter().filter(|rule| rule.category == category);
    of_category()
        .find(|rule| rule.type_code.is_some() && rule.type_code.as_deref() == type_code)
        .or_else(|| of_category().find(|rule| rule.type_code.is_none()))
}

/// The agency of a kind that serves an area: one that names the area before one that serves everywhere.
fn agency_of_kind<'a>(pack: &'a CentrePack, kind: &str, area: Option<&str>) -> Option<&'a Agency> {
    let of_kind = || pack.agencies.iter().filter(|agency| agency.kind == kind);
    of_kind()
        .find(|agency| area.is_some_and(|code| agency.regencies.iter().any(|regency| regency == code)))
        .or_else(|| of_kind().find(|agency| agency.regencies.is_empty()))
}
