//! Who comes next when an agency refuses: the rule's own fallback, the same kind from next door, then a
//! supporting agency that may lead. Nobody who has refused is proposed again.

use super::{
    Area, Particulars, ProposedAgency, agency_of_kind, at_home_if_unknown, by_table, leads, proposal,
    propose, rule_for, rules_by_cues,
};
use crate::centre::{Agency, CentrePack};
use crate::dispatch::DispatchRole;

/// The next best agencies after these refused (by code, in the order of their refusals), the best first.
///
/// For the lead: the fallback kinds of the rules that apply, then others of its kind (one that serves the
/// place, one that serves everywhere, the other regencies' in the pack's order), then the supports of the
/// proposal and of the table whose kind may lead. For a support: others of its kind. Empty when nobody is left: then a person must find
/// somebody, and the caller has to say so.
pub fn next_best(pack: &CentrePack, asked: &Particulars<'_>, refused: &[&str]) -> Vec<ProposedAgency> {
    let proposed = propose(pack, asked);
    let area = at_home_if_unknown(pack, asked.area);
    let known: Vec<&Agency> =
        refused.iter().filter_map(|code| pack.agencies.iter().find(|one| one.code == *code)).collect();
    let mut next: Vec<ProposedAgency> = Vec::new();
    let mut stood_in: Vec<&str> = Vec::new();
    if let Some(lead) = leads(&proposed).and_then(|lead| known.iter().find(|one| one.code == lead.agency)) {
        let line = line_of_succession(pack, asked, area, lead, &proposed);
        let who: Vec<&str> = known
            .iter()
            .filter(|one| one.code == lead.code || line.iter().any(|(agency, _)| agency.code == one.code))
            .map(|one| one.short.as_str())
            .collect();
        let who = who.join(", ");
        for (agency, why) in &line {
            stood_in.push(&agency.code);
            if !refused.contains(&agency.code.as_str()) {
                let reason = format!("{who} menolak: {why}");
                next.push(proposal(pack, agency, DispatchRole::Lead, reason));
            }
        }
        stood_in.push(&lead.code);
    }
    for one in known.iter().filter(|one| !stood_in.contains(&one.code.as_str())) {
        for other in others_of_kind(pack, &one.kind, area) {
            let code = other.code.as_str();
            let taken = refused.contains(&code) || next.iter().any(|known| known.agency == code);
            if !taken && proposed.iter().all(|known| known.agency != code) {
                let reason = format!("{} menolak: {}", one.short, of_kind_words(pack, other, area));
                next.push(proposal(pack, other, DispatchRole::Support, reason));
            }
        }
    }
    next
}

/// Everybody who may lead instead of `lead`, the best first, each once, with the reason.
fn line_of_succession<'a>(
    pack: &'a CentrePack,
    asked: &Particulars<'_>,
    area: Area<'_>,
    lead: &Agency,
    proposed: &[ProposedAgency],
) -> Vec<(&'a Agency, String)> {
    let by_cues = rules_by_cues(&pack.routing, asked.category, asked.type_code, area, asked.cues);
    let meant = rule_for(&pack.routing, asked.category, asked.type_code, area);
    let rules = by_cues.into_iter().map(|(rule, _)| rule).chain(meant);
    let fallback = rules
        .flat_map(|rule| &rule.fallback)
        .filter_map(|kind| agency_of_kind(pack, kind, area.regency))
        .map(|agency| (agency, "pengganti menurut aturan".to_owned()));
    let same =
        others_of_kind(pack, &lead.kind, area).map(|agency| (agency, of_kind_words(pack, agency, area)));
    let table = by_table(pack, asked, area);
    let support = proposed
        .iter()
        .chain(&table)
        .filter(|one| one.role == DispatchRole::Support && may_lead(pack, &one.kind))
        .filter_map(|one| pack.agencies.iter().find(|agency| agency.code == one.agency))
        .map(|agency| (agency, "pendukung yang dapat memimpin".to_owned()));
    let mut line: Vec<(&Agency, String)> = Vec::new();
    for (agency, why) in fallback.chain(same).chain(support) {
        if agency.code != lead.code && line.iter().all(|(other, _)| other.code != agency.code) {
            line.push((agency, why));
        }
    }
    line
}

/// Agencies of a kind, those that serve the place first, then those that serve everywhere, then the other
/// regencies' in the pack's order.
fn others_of_kind<'a>(pack: &'a CentrePack, kind: &str, area: Area<'_>) -> impl Iterator<Item = &'a Agency> {
    let rank = |agency: &Agency| {
        if area.regency.is_some_and(|code| agency.regencies.iter().any(|regency| regency == code)) {
            return 0;
        }
        let served = pack.profile.regencies.iter().position(|code| agency.regencies.contains(code));
        if agency.regencies.is_empty() { 1 } else { served.map_or(usize::MAX, |at| at.saturating_add(2)) }
    };
    let mut of_kind: Vec<&Agency> = pack.agencies.iter().filter(|agency| agency.kind == kind).collect();
    of_kind.sort_by_key(|agency| rank(agency));
    of_kind.into_iter()
}

/// How an agency of the same kind stands to the place.
fn of_kind_words(pack: &CentrePack, agency: &Agency, area: Area<'_>) -> String {
    let serves = area.regency.is_some_and(|code| agency.regencies.iter().any(|regency| regency == code));
    match agency.regencies.first() {
        Some(regency) if !serves => format!("instansi sejenis dari {}", pack.profile.regency_name(regency)),
        _ => "instansi sejenis di wilayah ini".to_owned(),
    }
}

/// Whether a kind may lead in another's place: as the city says, or else if any rule lets it lead.
fn may_lead(pack: &CentrePack, kind: &str) -> bool {
    let named = &pack.routing_policy.may_lead;
    if named.is_empty() {
        return pack.routing.iter().any(|rule| rule.lead.as_deref() == Some(kind));
    }
    named.iter().any(|one| one == kind)
}
