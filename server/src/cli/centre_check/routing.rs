//! Checks of the routing table: what it names must exist, two rules must not contradict each other, and every
//! type must have a lead in every village, or be nobody's on purpose.

use std::collections::{BTreeMap, BTreeSet};

use kentongan_domain::catalogue::Category;
use kentongan_domain::routing::{Area, RoutingRule, agency_of_kind, rule_for};

use super::{Checked, Finding};

const FILE: &str = "routing.toml";

pub fn findings(checked: &Checked<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if checked.pack.routing_policy.version.is_empty() {
        found.push(whole("has no version: proposals cannot say by which policy they were made".to_owned()));
    }
    let kinds = checked.kinds();
    for kind in checked.pack.routing_policy.may_lead.iter().filter(|kind| !kinds.contains(kind.as_str())) {
        found.push(whole(format!("may_lead names {kind}, which no agency is")));
    }
    for (index, rule) in checked.pack.routing.iter().enumerate() {
        let said = names(checked, &kinds, rule).into_iter().chain(sense(rule));
        found.extend(said.map(|words| at(checked, index, words)));
    }
    found.extend(contradictions(checked));
    found.extend(coverage(checked));
    found
}

fn whole(words: String) -> Finding {
    Finding { file: FILE, line: None, row: String::new(), words }
}

fn at(checked: &Checked<'_>, index: usize, words: String) -> Finding {
    Finding { file: FILE, line: checked.lines.rule(index), row: format!("rule {}", index + 1), words }
}

/// What a rule names must exist.
fn names(checked: &Checked<'_>, kinds: &BTreeSet<&str>, rule: &RoutingRule) -> Vec<String> {
    let mut said = Vec::new();
    let named = rule.lead.iter().map(|kind| ("lead", kind));
    let named = named.chain(rule.support.iter().map(|kind| ("support", kind)));
    let named = named.chain(rule.fallback.iter().map(|kind| ("fallback", kind)));
    for (what, kind) in named.filter(|(_, kind)| !kinds.contains(kind.as_str())) {
        said.push(format!("{what} names {kind}, which no agency is"));
    }
    if let Some(code) = &rule.type_code {
        match checked.pack.types.iter().find(|kind| &kind.code == code) {
            None => said.push(format!("names the type {code}, which the catalogue does not have")),
            Some(kind) if kind.category != rule.category => {
                said.push(format!(
                    "names the type {code}, which belongs to {}, not to {}",
                    kind.category.code(),
                    rule.category.code()
                ));
            }
            Some(_) => {}
        }
    }
    for code in rule.areas.iter().filter(|code| !checked.is_on_the_map(code)) {
        said.push(format!("names the area {code}, in which no village of the map lies"));
    }
    for cue in rule.cues.iter().filter(|cue| !checked.cues.contains(*cue)) {
        said.push(format!("names the cue {cue}, which the lexicon does not know"));
    }
    said
}

/// What a rule says must make sense by itself.
fn sense(rule: &RoutingRule) -> Vec<String> {
    let mut said = Vec::new();
    let anybody = rule.lead.is_some() || !rule.support.is_empty() || !rule.fallback.is_empty();
    if rule.nobody && anybody {
        said.push("says nobody and names somebody".to_owned());
    }
    if rule.cues.is_empty() {
        if rule.lead.is_none() && !rule.nobody {
            said.push("names no lead; if nobody is to be sent, say nobody = true".to_owned());
        }
    } else if rule.nobody {
        said.push("cues only add: nobody = true has no effect".to_owned());
    } else if !anybody {
        said.push("adds nobody".to_owned());
    }
    let mut seen: BTreeSet<&str> = rule.lead.iter().map(String::as_str).collect();
    for kind in &rule.support {
        if !seen.insert(kind) {
            said.push(format!("names {kind} twice among lead and support"));
        }
    }
    if rule.lead.as_ref().is_some_and(|lead| rule.fallback.contains(lead)) && rule.cues.is_empty() {
        said.push("the lead is its own fallback".to_owned());
    }
    said
}

/// Two rules that fit equally closely at one place: which one is meant is only a matter of their order.
fn contradictions(checked: &Checked<'_>) -> Vec<Finding> {
    let rules = &checked.pack.routing;
    let mut found = Vec::new();
    for (later, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.cues.is_empty()) {
        let equal = |other: &&RoutingRule| {
            other.cues.is_empty()
                && (other.category, &other.type_code) == (rule.category, &rule.type_code)
                && share_an_area(&other.areas, &rule.areas)
        };
        let earlier = rules.iter().take(later).enumerate().find(|(_, other)| equal(other));
        let Some((earlier, other)) = earlier else { continue };
        let same = (&other.lead, &other.support, &other.fallback, other.nobody)
            == (&rule.lead, &rule.support, &rule.fallback, rule.nobody);
        let line = checked.lines.rule(earlier).map(|line| format!(" in line {line}")).unwrap_or_default();
        let what = if same { "says again what" } else { "contradicts" };
        let rest = if same { " says" } else { ": both fit equally closely, the first is meant" };
        found.push(at(checked, later, format!("{what} rule {}{line}{rest}", earlier + 1)));
    }
    found
}

/// Whether two lists of areas name one together; everywhere is one.
pub fn share_an_area(one: &[String], other: &[String]) -> bool {
    (one.is_empty() && other.is_empty()) || one.iter().any(|code| other.contains(code))
}

/// Where something is missing: by what is missing, the villages.
type Gaps<K> = BTreeMap<K, Places>;

#[derive(Default)]
struct Places {
    villages: BTreeSet<String>,
    example: String,
}

impl Places {
    fn add(&mut self, code: &str, name: &str) {
        if self.villages.is_empty() {
            name.clone_into(&mut self.example);
        }
        self.villages.insert(code.to_owned());
    }

    fn words(&self) -> String {
        match self.villages.len() {
            1 => self.example.clone(),
            count => format!("{count} villages, e.g. {}", self.example),
        }
    }
}

/// Every category and type in every village, and where the place is not known: some rule must speak of it, and
/// of every kind it names there must be an agency.
fn coverage(checked: &Checked<'_>) -> Vec<Finding> {
    let pack = checked.pack;
    let mut unruled: Gaps<(Category, Option<&str>, &str)> = BTreeMap::new();
    let mut unserved: Gaps<(usize, &str, &str, &str)> = BTreeMap::new();
    let mut meant: BTreeSet<usize> = BTreeSet::new();
    let types = pack.types.iter().map(|kind| (kind.category, Some(kind.code.as_str())));
    let all: Vec<(Category, Option<&str>)> =
        Category::ALL.into_iter().map(|category| (category, None)).chain(types).collect();
    for village in checked.atlas.villages.villages() {
        let regency = village.regency_code.as_str();
        let area = Area { regency: Some(regency), village: Some(&village.code) };
        for (category, type_code) in &all {
            let Some(rule) = rule_for(&pack.routing, *category, *type_code, area) else {
                let gap = unruled.entry((*category, *type_code, regency)).or_default();
                gap.add(&village.code, &village.name);
                continue;
            };
            let Some(index) = pack.routing.iter().position(|other| std::ptr::eq(other, rule)) else {
                continue;
            };
            meant.insert(index);
            let named = rule.lead.iter().map(|kind| ("lead", kind));
            let named = named.chain(rule.support.iter().map(|kind| ("support", kind)));
            let named = named.chain(rule.fallback.iter().map(|kind| ("fallback", kind)));
            for (what, kind) in named {
                if agency_of_kind(pack, kind, Some(regency)).is_none() {
                    let gap = unserved.entry((index, what, kind, regency)).or_default();
                    gap.add(&village.code, &village.name);
                }
            }
        }
    }
    let mut found: Vec<Finding> = Vec::new();
    for ((category, type_code, regency), gap) in unruled {
        let what = type_code.unwrap_or(category.code());
        let place = pack.profile.regency_name(regency);
        found.push(whole(format!("no rule for {what} in {place}: {}", gap.words())));
    }
    for ((index, what, kind, regency), gap) in unserved {
        let place = pack.profile.regency_name(regency);
        found.push(at(checked, index, format!("{what}: no {kind} serves {place}: {}", gap.words())));
    }
    for (index, rule) in pack.routing.iter().enumerate() {
        if rule.cues.is_empty() && !meant.contains(&index) {
            found.push(at(
                checked,
                index,
                "is meant nowhere: closer rules cover all it speaks of".to_owned(),
            ));
        }
    }
    found.extend(cues_served(checked));
    found
}

/// Of the kinds that rules by cues name there must be an agency in every regency they hold in.
fn cues_served(checked: &Checked<'_>) -> Vec<Finding> {
    let pack = checked.pack;
    let mut found = Vec::new();
    for (index, rule) in pack.routing.iter().enumerate().filter(|(_, rule)| !rule.cues.is_empty()) {
        let held = pack.profile.regencies.iter().filter(|regency| {
            rule.areas.is_empty() || rule.areas.iter().any(|code| code.starts_with(regency.as_str()))
        });
        for regency in held {
            for kind in rule.lead.iter().chain(&rule.support) {
                if agency_of_kind(pack, kind, Some(regency)).is_none() {
                    let place = pack.profile.regency_name(regency);
                    found.push(at(checked, index, format!("no {kind} serves {place}")));
                }
            }
        }
    }
    found
}
