//! Checks of the response plans: what they name must exist, and two plans must not contradict each other.

use std::collections::BTreeSet;

use kentongan_domain::plan::{AlarmLevel, HIGHEST_ALARM, ResponsePlan, UnitNeed};
use kentongan_domain::routing::agency_of_kind;

use super::routing::share_an_area;
use super::{Checked, Finding};

const FILE: &str = "plans.toml";

pub fn findings(checked: &Checked<'_>) -> Vec<Finding> {
    let book = &checked.pack.plans;
    let mut found = Vec::new();
    if book.version.is_empty() && !book.plans.is_empty() {
        found.push(whole("has no version: nobody can tell later by which plans was sent".to_owned()));
    }
    found.extend(policy(checked).into_iter().map(whole));
    for (index, plan) in book.plans.iter().enumerate() {
        let mut said = names(checked, plan);
        for (number, level) in (1_u32..).zip(&plan.alarms) {
            said.extend(
                alarm(checked, plan, level).into_iter().map(|words| format!("alarm {number} {words}")),
            );
        }
        if plan.alarms.is_empty() {
            said.push("has no alarm".to_owned());
        }
        if plan.alarms.len() > HIGHEST_ALARM as usize {
            said.push(format!("has more than {HIGHEST_ALARM} alarms: those after are never struck"));
        }
        said.extend(against_earlier(checked, index, plan));
        found.extend(said.into_iter().map(|words| at(checked, index, plan, words)));
    }
    found
}

fn whole(words: String) -> Finding {
    Finding { file: FILE, line: None, row: String::new(), words }
}

fn at(checked: &Checked<'_>, index: usize, plan: &ResponsePlan, words: String) -> Finding {
    Finding { file: FILE, line: checked.lines.plan(index), row: format!("plan {}", plan.code), words }
}

/// The figures by which units are chosen.
fn policy(checked: &Checked<'_>) -> Vec<String> {
    let (units, travel) = (&checked.pack.plans.units, &checked.pack.plans.travel);
    let kinds: BTreeSet<&str> = checked.pack.units.iter().map(|unit| unit.kind.as_str()).collect();
    let mut said = Vec::new();
    let named = units.min_crew.keys().map(|kind| ("min_crew", kind));
    let named = named.chain(units.keep_back.keys().map(|kind| ("keep_back", kind)));
    let named = named.chain(travel.speed_by_kind_kmh.keys().map(|kind| ("speed_by_kind_kmh", kind)));
    for (what, kind) in named.filter(|(_, kind)| !kinds.contains(kind.as_str())) {
        said.push(format!("{what} names {kind}, which no unit is"));
    }
    let times = [
        ("max_position_age_ms", units.max_position_age_ms),
        ("max_travel_ms", units.max_travel_ms),
        ("rest_after_ms", units.rest_after_ms),
    ];
    said.extend(times.iter().filter(|(_, ms)| *ms <= 0).map(|(name, _)| format!("{name} must be over 0")));
    let worths = [
        ("rest_worth_ms", units.rest_worth_ms),
        ("coverage_worth_ms", units.coverage_worth_ms),
        ("own_agency_worth_ms", units.own_agency_worth_ms),
    ];
    said.extend(
        worths.iter().filter(|(_, ms)| *ms < 0).map(|(name, _)| format!("{name} must not be negative")),
    );
    if !(travel.detour.is_finite() && travel.detour >= 1.0) {
        said.push("detour must be 1 or more: no road is shorter than the great circle".to_owned());
    }
    let speeds = travel.speed_by_kind_kmh.iter().map(|(kind, kmh)| (kind.as_str(), *kmh));
    for (kind, kmh) in speeds.chain([("speed_kmh", travel.speed_kmh)]) {
        if !(kmh.is_finite() && kmh > 0.0 && kmh <= 200.0) {
            said.push(format!("a speed of {kmh} km/h for {kind} cannot be"));
        }
    }
    said
}

/// What a plan is for must exist.
fn names(checked: &Checked<'_>, plan: &ResponsePlan) -> Vec<String> {
    let mut said = Vec::new();
    for code in &plan.types {
        match checked.pack.types.iter().find(|kind| &kind.code == code) {
            None => said.push(format!("names the type {code}, which the catalogue does not have")),
            Some(kind) if kind.category != plan.category => {
                said.push(format!(
                    "names the type {code}, which belongs to {}, not to {}",
                    kind.category.code(),
                    plan.category.code()
                ));
            }
            Some(_) => {}
        }
    }
    for code in plan.areas.iter().filter(|code| !checked.is_on_the_map(code)) {
        said.push(format!("names the area {code}, in which no village of the map lies"));
    }
    said
}

/// What one alarm names must exist, in every regency the plan holds in.
fn alarm(checked: &Checked<'_>, plan: &ResponsePlan, level: &AlarmLevel) -> Vec<String> {
    let pack = checked.pack;
    let kinds = checked.kinds();
    let mut said = Vec::new();
    let regencies: Vec<&String> = pack
        .profile
        .regencies
        .iter()
        .filter(|regency| {
            plan.areas.is_empty() || plan.areas.iter().any(|code| code.starts_with(regency.as_str()))
        })
        .collect();
    let named = level.lead.iter().map(|kind| ("lead", kind));
    let named = named.chain(level.support.iter().map(|kind| ("support", kind)));
    for (what, kind) in named.chain(level.inform.iter().map(|kind| ("inform", kind))) {
        if !kinds.contains(kind.as_str()) {
            said.push(format!("{what} names {kind}, which no agency is"));
            continue;
        }
        for regency in regencies.iter().filter(|code| agency_of_kind(pack, kind, Some(code)).is_none()) {
            let place = pack.profile.regency_name(regency);
            said.push(format!("{what}: no {kind} serves {place}"));
        }
    }
    said.extend(level.units.iter().flat_map(|need| unit_need(checked, need)));
    let empty = level.lead.is_none() && level.support.is_empty() && level.units.is_empty();
    if empty && level.inform.is_empty() {
        said.push("adds nothing".to_owned());
    }
    said
}

fn unit_need(checked: &Checked<'_>, need: &UnitNeed) -> Vec<String> {
    let pack = checked.pack;
    let mut said = Vec::new();
    if need.count == 0 {
        said.push("asks for 0 units".to_owned());
    }
    if need.kind.is_none() && need.capability.is_none() {
        said.push("asks for units without a kind or a capability".to_owned());
    }
    if let Some(kind) = need.kind.as_ref().filter(|kind| !pack.units.iter().any(|unit| &unit.kind == *kind)) {
        said.push(format!("asks for {kind}, which no unit is"));
    }
    let can = |what: &String| pack.units.iter().any(|unit| unit.capabilities.contains(what));
    if let Some(what) = need.capability.as_ref().filter(|what| !can(what)) {
        said.push(format!("asks for {what}, which no unit can do"));
    }
    if let Some(kind) = need.agency.as_ref().filter(|kind| !checked.kinds().contains(kind.as_str())) {
        said.push(format!("asks for units of {kind}, which no agency is"));
    }
    let agency_kind = |code: &str| pack.agencies.iter().find(|one| one.code == code).map(|one| &one.kind);
    let fits = pack.units.iter().any(|unit| {
        need.kind.as_ref().is_none_or(|kind| *kind == unit.kind)
            && need.capability.as_ref().is_none_or(|what| unit.capabilities.contains(what))
            && need.agency.as_ref().is_none_or(|kind| agency_kind(&unit.agency) == Some(kind))
    });
    if said.is_empty() && !fits {
        let words = kentongan_domain::recommend::words::need(need);
        said.push(format!("asks for {words} with all that is named: there is no such unit"));
    }
    said
}

/// A plan that stands twice, or fits as closely as an earlier one.
fn against_earlier(checked: &Checked<'_>, index: usize, plan: &ResponsePlan) -> Vec<String> {
    let mut said = Vec::new();
    for other in checked.pack.plans.plans.iter().take(index) {
        if other.code == plan.code {
            said.push("stands twice".to_owned());
        }
        let types = (other.types.is_empty() && plan.types.is_empty())
            || other.types.iter().any(|code| plan.types.contains(code));
        let priorities = (other.priorities.is_empty() && plan.priorities.is_empty())
            || other.priorities.iter().any(|one| plan.priorities.contains(one));
        let same = other.category == plan.category && types && priorities;
        if same && share_an_area(&other.areas, &plan.areas) {
            said.push(format!(
                "contradicts plan {}: both fit equally closely, the first is meant",
                other.code
            ));
        }
    }
    said
}
