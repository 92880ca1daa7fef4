//! One rule of the routing table, and which of several rules is meant.
//!
//! The order, the strongest first: a rule that names the type before one that names only the category; of two
//! alike in that, the one for the smaller area (village, district, regency, everywhere); of two alike in both,
//! the one that stands first. A rule with cues competes with nobody: it adds to what the others say.

use serde::{Deserialize, Serialize};

use crate::catalogue::Category;
use crate::place::Place;

/// One routing rule (`routing.toml`, `[[rules]]`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoutingRule {
    /// The category it speaks of.
    pub category: Category,
    /// Only for this type, if named.
    #[serde(default, rename = "type")]
    pub type_code: Option<String>,
    /// Only when the report's words hold one of these cues of the lexicon; such a rule adds to the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cues: Vec<String>,
    /// Only in these regencies, districts or villages, by code; everywhere when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<String>,
    /// Kind of the lead agency; absent when nobody is dispatched (information).
    #[serde(default)]
    pub lead: Option<String>,
    /// Kinds of the supporting agencies.
    #[serde(default)]
    pub support: Vec<String>,
    /// Kinds that take the lead, in this order, when the lead rejects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fallback: Vec<String>,
    /// Nobody is dispatched, and that is meant: without this a rule that names no lead is a gap.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nobody: bool,
    /// Why, in Indonesian, where the category and the area do not say it; shown to the operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// Where something is, as far as rules ask: codes of the ministry, e.g. `35.71` and `35.71.01.1001`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area<'a> {
    /// The regency.
    pub regency: Option<&'a str>,
    /// The village.
    pub village: Option<&'a str>,
}

impl<'a> Area<'a> {
    /// The area of a place.
    pub fn of(place: &'a Place) -> Self {
        Self { regency: place.regency_code.as_deref(), village: place.village_code.as_deref() }
    }

    /// A whole regency.
    pub const fn regency(code: &'a str) -> Self {
        Self { regency: Some(code), village: None }
    }

    /// Whether it lies in the area with this code; then how small that area is, by [`area_level`].
    fn within(self, code: &str) -> Option<u8> {
        let known = self.village.or(self.regency)?;
        let inside = known.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        inside.then(|| area_level(code)).flatten()
    }
}

/// How small an area is: 1 a regency (`35.71`), 2 a district (`35.71.01`), 3 a village (`35.71.01.1001`); none
/// for anything else. Everywhere is 0.
pub fn area_level(code: &str) -> Option<u8> {
    let digits =
        code.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    match code.split('.').count() {
        2 if digits => Some(1),
        3 if digits => Some(2),
        4 if digits => Some(3),
        _ => None,
    }
}

/// How small an area these codes name around a place; 0 when they are empty; none when the place is in none
/// of them.
pub fn area_fit(areas: &[String], at: Area<'_>) -> Option<u8> {
    if areas.is_empty() { Some(0) } else { areas.iter().filter_map(|code| at.within(code)).max() }
}

/// How closely a rule fits; the greater one is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// Whether it names the type.
    pub by_type: bool,
    /// How small an area it names: 0 everywhere, 1 regency, 2 district, 3 village.
    pub by_area: u8,
}

impl RoutingRule {
    /// How closely it fits; none when it speaks of something else. Its cues are not asked.
    pub fn fit(&self, category: Category, type_code: Option<&str>, at: Area<'_>) -> Option<Fit> {
        let same_type = self.type_code.is_none() || self.type_code.as_deref() == type_code;
        if self.category != category || !same_type {
            return None;
        }
        Some(Fit { by_type: self.type_code.is_some(), by_area: area_fit(&self.areas, at)? })
    }

    /// The first of its cues that was found; none when none was, or when it asks for none.
    pub fn cue_found<'a>(&'a self, found: &[String]) -> Option<&'a str> {
        self.cues.iter().find(|cue| found.contains(cue)).map(String::as_str)
    }
}

/// The rule that is meant: of those without cues the one that fits best, the first of equals.
pub fn rule_for<'a>(
    rules: &'a [RoutingRule],
    category: Category,
    type_code: Option<&str>,
    at: Area<'_>,
) -> Option<&'a RoutingRule> {
    let fitting = rules
        .iter()
        .filter(|rule| rule.cues.is_empty())
        .filter_map(|rule| Some((rule.fit(category, type_code, at)?, rule)));
    // `max_by_key` gives the last of equals: the first is wanted.
    fitting.rev().max_by_key(|(fit, _)| *fit).map(|(_, rule)| rule)
}

/// The rules that add to it for these cues, the best fitting first, each with the cue that called it.
pub fn rules_by_cues<'a>(
    rules: &'a [RoutingRule],
    category: Category,
    type_code: Option<&str>,
    at: Area<'_>,
    cues: &[String],
) -> Vec<(&'a RoutingRule, &'a str)> {
    let mut called: Vec<(Fit, &RoutingRule, &str)> = rules
        .iter()
        .filter_map(|rule| Some((rule.fit(category, type_code, at)?, rule, rule.cue_found(cues)?)))
        .collect();
    called.sort_by_key(|(fit, ..)| std::cmp::Reverse(*fit));
    called.into_iter().map(|(_, rule, cue)| (rule, cue)).collect()
}
