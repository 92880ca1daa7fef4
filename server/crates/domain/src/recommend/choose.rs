//! The choice itself: the scarcest need first, for each the unit with the smallest sum of travel time and what
//! sparing others is worth; of equals the nearer, then the one whose code comes first.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::{Candidate, Travel, Whereabouts};
use super::cover::Cover;
use super::policy::UnitPolicy;
use super::reason::{PassReason, PickReason, ShortReason};
use super::{Filled, PassedOver, Pick, Recommendation, Shortfall, sort_of};
use crate::plan::UnitNeed;
use crate::unit::UnitState;

/// Nearer units named at most when they were spared to keep their stations covered.
const SPARED_NAMED: usize = 3;

/// Recommends units for these needs.
pub fn recommend(needs: &[UnitNeed], candidates: &[Candidate<'_>], policy: &UnitPolicy) -> Recommendation {
    let mut units: Vec<&Candidate<'_>> = candidates.iter().collect();
    units.sort_by_key(|unit| unit.code);
    let barred: BTreeMap<&str, PassReason> =
        units.iter().filter_map(|unit| Some((unit.code, barred(unit, policy)?))).collect();
    let mut choice = Choice { policy, cover: Cover::of(candidates, policy), taken: BTreeSet::new() };
    let mut answer = Recommendation::default();
    let mut parts: Vec<(usize, Vec<Pick>)> = Vec::new();
    let mut open: Vec<Open<'_>> = needs
        .iter()
        .enumerate()
        .map(|(index, need)| Open { index, need, missing: need.count, able: able(need, &units, &barred) })
        .collect();
    // Who has fewest to choose from chooses first.
    open.sort_by_key(|one| (one.able.len(), one.index));
    for one in &mut open {
        for unit in units.iter().filter(|unit| unit.on_incident && unit.meets(one.need)) {
            if one.missing > 0 && choice.taken.insert(unit.code) {
                one.missing -= 1;
                let fills = sort_of(one.need).to_owned();
                answer.already.push(Filled { unit: unit.code.into(), agency: unit.agency.into(), fills });
            }
        }
    }
    for one in &mut open {
        let mut picks = Vec::new();
        while one.missing > 0
            && let Some(pick) = choice.next(one)
        {
            one.missing -= 1;
            picks.push(pick);
        }
        parts.push((one.index, picks));
    }
    answer.already.sort_by(|one, other| one.unit.cmp(&other.unit));
    parts.sort_by_key(|(index, _)| *index);
    answer.picks = parts.into_iter().flat_map(|(_, picks)| picks).collect();
    open.sort_by_key(|one| one.index);
    answer.shortfalls = open
        .iter()
        .filter(|one| one.missing > 0)
        .map(|one| shortfall(one, &units, &barred, &choice.taken))
        .collect();
    answer.passed_over = passed_over(needs, &units, &barred, &choice.taken);
    answer.moves = choice.cover.moves(candidates, &answer.picks);
    answer
}

/// A need with those who could meet it.
struct Open<'a> {
    index: usize,
    need: &'a UnitNeed,
    missing: u32,
    /// The nearest first.
    able: Vec<&'a Candidate<'a>>,
}

struct Choice<'a> {
    policy: &'a UnitPolicy,
    cover: Cover<'a>,
    taken: BTreeSet<&'a str>,
}

impl<'a> Choice<'a> {
    /// The best unit left for a need, taken away from the others.
    fn next(&mut self, open: &Open<'a>) -> Option<Pick> {
        let left = || open.able.iter().filter(|unit| !self.taken.contains(unit.code));
        let best = *left().min_by_key(|unit| (self.sum(unit), travel_ms(unit), unit.code))?;
        let spared = left()
            .take_while(|unit| (travel_ms(unit), unit.code) < (travel_ms(best), best.code))
            .filter(|unit| self.cover.too_few_without(unit).is_some())
            .filter(|unit| self.sum(unit).saturating_sub(self.policy.coverage_worth_ms) < self.sum(best))
            .take(SPARED_NAMED)
            .map(|unit| unit.code.to_owned())
            .collect();
        let pick = Pick {
            unit: best.code.to_owned(),
            agency: best.agency.to_owned(),
            fills: sort_of(open.need).to_owned(),
            travel_ms: travel_ms(best),
            reasons: self.reasons(open, best, spared),
        };
        self.taken.insert(best.code);
        self.cover.take(best);
        Some(pick)
    }

    /// Travel time and what sparing it is worth, in milliseconds.
    fn sum(&self, unit: &Candidate<'_>) -> i64 {
        let policy = self.policy;
        [
            (true, travel_ms(unit).unwrap_or(0)),
            (self.needs_rest(unit).is_some(), policy.rest_worth_ms),
            (self.cover.too_few_without(unit).is_some(), policy.coverage_worth_ms),
            (!unit.own_agency, policy.own_agency_worth_ms),
        ]
        .into_iter()
        .filter(|(counts, _)| *counts)
        .fold(0_i64, |sum, (_, ms)| sum.saturating_add(ms))
    }

    /// How long a crew that needs rest has been on duty, in milliseconds.
    fn needs_rest(&self, unit: &Candidate<'_>) -> Option<i64> {
        unit.on_duty_ms.filter(|ms| *ms > self.policy.rest_after_ms)
    }

    fn reasons(&self, open: &Open<'_>, unit: &Candidate<'_>, spared: Vec<String>) -> Vec<PickReason> {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let mut reasons = Vec::new();
        match unit.travel {
            Travel::Takes { ms, source } => {
                let nearer = open.able.iter().take_while(|one| one.code != unit.code).count();
                reasons.push(PickReason::Nearest {
                    rank: count(nearer).saturating_add(1),
                    among: count(open.able.len()),
                });
                reasons.push(PickReason::Travel { ms, source });
            }
            Travel::Unknown | Travel::NoRoad => reasons.push(PickReason::PlaceUnknown),
        }
        if let Some(capability) = &open.need.capability {
            reasons.push(PickReason::Capability { capability: capability.clone() });
        }
        if let (Some(crew), Some(minimum)) = (unit.crew, self.policy.min_crew.get(unit.kind)) {
            reasons.push(PickReason::Crew { crew, minimum: *minimum });
        }
        reasons.push(match unit.whereabouts {
            Whereabouts::Live { age_ms } => PickReason::PositionAge { ms: age_ms },
            Whereabouts::Station => PickReason::FromStation,
        });
        if !unit.own_agency {
            reasons.push(PickReason::OtherAgency { agency: unit.agency.to_owned() });
        }
        if !spared.is_empty() {
            reasons.push(PickReason::SparesCoverage { instead_of: spared });
        }
        if let Some(left) = self.cover.too_few_without(unit) {
            reasons.push(PickReason::UncoversStation { station: unit.station.to_owned(), left });
        }
        if let Some(ms) = self.needs_rest(unit) {
            reasons.push(PickReason::LongOnDuty { ms });
        }
        reasons
    }
}

/// Milliseconds of travel, if known.
fn travel_ms(unit: &Candidate<'_>) -> Option<i64> {
    match unit.travel {
        Travel::Takes { ms, .. } => Some(ms),
        Travel::NoRoad | Travel::Unknown => None,
    }
}

/// Why a unit cannot be sent at all, the plainest reason first.
fn barred(unit: &Candidate<'_>, policy: &UnitPolicy) -> Option<PassReason> {
    match unit.state {
        state if state.is_free() => {}
        UnitState::OutOfService => return Some(PassReason::OutOfService),
        state => return Some(PassReason::Busy { state }),
    }
    if unit.agency_refused {
        return Some(PassReason::AgencyRefused);
    }
    if let (Some(crew), Some(minimum)) = (unit.crew, policy.min_crew.get(unit.kind))
        && crew < *minimum
    {
        return Some(PassReason::CrewTooSmall { crew, minimum: *minimum });
    }
    match unit.whereabouts {
        Whereabouts::Live { age_ms } if age_ms > policy.max_position_age_ms => {
            return Some(PassReason::StalePosition { ms: age_ms });
        }
        _ => {}
    }
    match unit.travel {
        Travel::NoRoad => Some(PassReason::NoRoad),
        Travel::Takes { ms, .. } if ms > policy.max_travel_ms => Some(PassReason::TooFar { ms }),
        _ => None,
    }
}

/// Those who can meet a need, the nearest first.
fn able<'a>(
    need: &UnitNeed,
    units: &[&'a Candidate<'a>],
    barred: &BTreeMap<&str, PassReason>,
) -> Vec<&'a Candidate<'a>> {
    let free =
        |unit: &&&Candidate<'_>| !unit.on_incident && unit.meets(need) && !barred.contains_key(unit.code);
    let mut able: Vec<&Candidate<'_>> = units.iter().filter(free).copied().collect();
    able.sort_by_key(|unit| (travel_ms(unit), unit.code));
    able
}

fn shortfall(
    open: &Open<'_>,
    units: &[&Candidate<'_>],
    barred: &BTreeMap<&str, PassReason>,
    taken: &BTreeSet<&str>,
) -> Shortfall {
    let of_sort = || units.iter().filter(|unit| unit.meets(open.need));
    let mut reasons = Vec::new();
    let picked = of_sort().filter(|unit| taken.contains(unit.code)).count();
    if picked > 0 {
        reasons.push(ShortReason::AllPicked { count: u32::try_from(picked).unwrap_or(u32::MAX) });
    }
    let mut counted: BTreeMap<&'static str, u32> = BTreeMap::new();
    for unit in of_sort().filter(|unit| !taken.contains(unit.code)) {
        // On the incident without filling a need it is at work like any other.
        let why = barred.get(unit.code).map_or("busy", PassReason::code);
        *counted.entry(why).or_insert(0) += 1;
    }
    reasons.extend(
        counted.into_iter().map(|(why, count)| ShortReason::PassedOver { why: why.to_owned(), count }),
    );
    if reasons.is_empty() {
        reasons.push(ShortReason::NoneExist);
    }
    Shortfall { need: open.need.clone(), missing: open.missing, reasons }
}

fn passed_over(
    needs: &[UnitNeed],
    units: &[&Candidate<'_>],
    barred: &BTreeMap<&str, PassReason>,
    taken: &BTreeSet<&str>,
) -> Vec<PassedOver> {
    let mut left: Vec<&&Candidate<'_>> = units
        .iter()
        .filter(|unit| !unit.on_incident && !taken.contains(unit.code))
        .filter(|unit| needs.iter().any(|need| unit.meets(need)))
        .collect();
    left.sort_by_key(|unit| (travel_ms(unit).unwrap_or(i64::MAX), unit.code));
    left.into_iter()
        .map(|unit| PassedOver {
            unit: unit.code.to_owned(),
            agency: unit.agency.to_owned(),
            reason: barred.get(unit.code).cloned().unwrap_or(PassReason::Reserve { ms: travel_ms(unit) }),
        })
        .collect()
}
