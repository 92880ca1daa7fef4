//! Who and what should go to an incident: gathers what routing, plans and the choice of units need to know, and
//! puts their answers together.
//!
//! Suggestions only; nothing here stores anything, decides a rule or speaks to a socket but the road server's.

use std::collections::BTreeSet;

use kentongan_domain::catalogue::{Category, Priority};
use kentongan_domain::centre::{CentrePack, UnitProfile};
use kentongan_domain::dispatch::{Dispatch, DispatchRole, DispatchState};
use kentongan_domain::ids::EpochUs;
use kentongan_domain::place::Place;
use kentongan_domain::plan::{Requirement, ResponsePlan, plan_for, with_plan};
use kentongan_domain::recommend::{
    Candidate, Recommendation, Travel, TravelSource, Whereabouts, recommend, words,
};
use kentongan_domain::routing::{Area, ProposedAgency, agency_of_kind, at_home_if_unknown, leads, proposal};
use kentongan_domain::unit::Unit;
use kentongan_geography::LatLon;
use kentongan_protocol::recommendation::{
    AgencyRecommendation, InformedAgency, MoveAnswer, NeedAnswer, PassedOverAnswer, PickAnswer, PlanAnswer,
    RecommendationAnswer, ShortfallAnswer, TravelAnswer, UnitRecommendation,
};

use crate::centre::Centre;
use crate::intake::{Asked, Proposals};
use crate::travel::{FellBack, TravelTimes, Trip};

/// Units that are told of at most as passed over.
const PASSED_OVER_SHOWN: usize = 30;

/// What is recommended for.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its category.
    pub category: Category,
    /// Its type's code.
    pub type_code: &'a str,
    /// Its priority.
    pub priority: Priority,
    /// Where it is.
    pub place: &'a Place,
    /// The alarm.
    pub alarm: u32,
    /// Now (epoch µs).
    pub now: EpochUs,
}

/// What is known of an incident besides; nothing of one that is not opened yet.
#[derive(Debug, Clone, Default)]
pub struct AtWork {
    /// The alarm struck so far.
    pub alarm_level: u32,
    /// The words of its reports.
    pub texts: Vec<String>,
    /// The dispatches of its present life, in the order in which they were made.
    pub dispatches: Vec<Dispatch>,
}

impl AtWork {
    /// Codes of the agencies whose newest dispatch was rejected, in the order of their refusals.
    pub fn refused(&self) -> Vec<&str> {
        let mut refused: Vec<&Dispatch> =
            self.dispatches.iter().filter(|held| held.state == DispatchState::Rejected).collect();
        refused.retain(|held| self.newest(&held.agency).is_some_and(|newest| newest.id == held.id));
        refused.sort_by_key(|held| (held.ended_at, held.id));
        refused.iter().map(|held| held.agency.as_str()).collect()
    }

    /// The newest dispatch to an agency.
    pub fn newest(&self, agency: &str) -> Option<&Dispatch> {
        self.dispatches.iter().filter(|held| held.agency == agency).max_by_key(|held| held.revision)
    }

    /// The dispatches that have not ended.
    fn running(&self) -> impl Iterator<Item = &Dispatch> {
        self.dispatches.iter().filter(|held| !held.state.is_final())
    }
}

/// Puts a recommendation together.
pub async fn recommendation(
    centre: &Centre,
    travel: &dyn TravelTimes,
    subject: &Subject<'_>,
    at_work: &AtWork,
) -> RecommendationAnswer {
    let pack = &centre.reference.pack;
    let area = Area::of(subject.place);
    let refused = at_work.refused();
    let asked = Asked { category: subject.category, type_code: subject.type_code, area };
    let Proposals { proposed, next } = centre.understander.responsible(&asked, &at_work.texts, &refused);
    let plan = plan_for(pack, subject.category, Some(subject.type_code), subject.priority, area);
    let mut agencies = match plan {
        Some(plan) => with_plan(pack, plan, subject.alarm, area, &refused, proposed),
        None => proposed,
    };
    let nobody_leads = nobody_leads(&agencies, &next, &refused, at_work);
    add_those_at_work(pack, at_work, &mut agencies);
    let needed = plan.map(|plan| plan.requirement(subject.alarm)).unwrap_or_default();
    let regency = at_home_if_unknown(pack, area).regency;
    let serving = pack.agencies.iter().filter(|agency| {
        agency.regencies.is_empty()
            || regency.is_some_and(|code| agency.regencies.iter().any(|own| own == code))
    });
    let own: BTreeSet<&str> = serving
        .map(|agency| agency.code.as_str())
        .chain(agencies.iter().map(|one| one.agency.as_str()))
        .chain(next.iter().take(1).map(|one| one.agency.as_str()))
        .collect();
    let (units, travel) = units(centre, travel, subject, at_work, &own, &needed).await;
    add_those_who_send(pack, plan, subject.alarm, &units, &mut agencies);
    RecommendationAnswer {
        policy_version: pack.routing_policy.version.clone(),
        plan: plan.map(|plan| plan_answer(pack, plan, subject.alarm)),
        alarm: subject.alarm,
        alarm_level: at_work.alarm_level,
        inform: informed(pack, area, &needed, &agencies),
        agencies: agencies
            .into_iter()
            .map(|proposed| {
                let newest = at_work.newest(&proposed.agency);
                let (dispatch, state) = (newest.map(|held| held.id), newest.map(|held| held.state));
                AgencyRecommendation { proposed, dispatch, state }
            })
            .collect(),
        next_best: next,
        nobody_leads,
        units,
        travel,
    }
}

/// Whether the lead has refused and neither anybody at work nor anybody next could lead.
fn nobody_leads(
    agencies: &[ProposedAgency],
    next: &[ProposedAgency],
    refused: &[&str],
    at_work: &AtWork,
) -> bool {
    let gone = leads(agencies).is_some_and(|lead| refused.contains(&lead.agency.as_str()));
    gone && leads(next).is_none() && at_work.running().all(|held| held.role != DispatchRole::Lead)
}

/// Agencies that people put to work though nothing proposes them.
fn add_those_at_work(pack: &CentrePack, at_work: &AtWork, agencies: &mut Vec<ProposedAgency>) {
    for held in at_work.running() {
        let known = agencies.iter().any(|one| one.agency == held.agency);
        if let Some(agency) = pack.agencies.iter().find(|one| !known && one.code == held.agency) {
            agencies.push(proposal(pack, agency, held.role, "ditugaskan oleh petugas".to_owned()));
        }
    }
}

/// Agencies whose units are picked though nothing else proposes them.
fn add_those_who_send(
    pack: &CentrePack,
    plan: Option<&ResponsePlan>,
    alarm: u32,
    units: &UnitRecommendation,
    agencies: &mut Vec<ProposedAgency>,
) {
    let Some(plan) = plan else { return };
    for pick in &units.picks {
        let known = agencies.iter().any(|one| one.agency == pick.agency);
        if let Some(agency) = pack.agencies.iter().find(|one| !known && one.code == pick.agency) {
            let reason = format!("rencana {}, alarm {alarm}: mengirim {}", plan.name, pick.fills);
            agencies.push(proposal(pack, agency, DispatchRole::Support, reason));
        }
    }
}

fn plan_answer(pack: &CentrePack, plan: &ResponsePlan, alarm: u32) -> PlanAnswer {
    let level = plan.up_to(alarm).find(|(number, _)| *number == alarm);
    PlanAnswer {
        code: plan.code.clone(),
        name: plan.name.clone(),
        version: pack.plans.version.clone(),
        alarms: plan.highest(),
        when: level.map(|(_, level)| level.when.clone()).unwrap_or_default(),
    }
}

/// Who is told: everybody the plan names and who is not sent anyway.
fn informed(
    pack: &CentrePack,
    area: Area<'_>,
    needed: &Requirement,
    agencies: &[ProposedAgency],
) -> Vec<InformedAgency> {
    let regency = at_home_if_unknown(pack, area).regency;
    needed
        .inform
        .iter()
        .filter_map(|kind| agency_of_kind(pack, kind, regency))
        .filter(|agency| agencies.iter().all(|sent| sent.agency != agency.code))
        .map(|agency| InformedAgency {
            agency: agency.code.clone(),
            kind: agency.kind.clone(),
            name: agency.name.clone(),
        })
        .collect()
}

/// A unit of the centre as it is now.
struct Held {
    unit: Unit,
    profile: UnitProfile,
    agency_kind: String,
    /// Where it said it was, and how long ago in milliseconds.
    live: Option<(LatLon, i64)>,
}

async fn units(
    centre: &Centre,
    travel: &dyn TravelTimes,
    subject: &Subject<'_>,
    at_work: &AtWork,
    own: &BTreeSet<&str>,
    needed: &Requirement,
) -> (UnitRecommendation, TravelAnswer) {
    let pack = &centre.reference.pack;
    let held = held_units(centre, subject.now);
    let refused = at_work.refused();
    let to = subject.place.lat.zip(subject.place.lon).and_then(|(lat, lon)| LatLon::new(lat, lon).ok());
    let mut candidates: Vec<Candidate<'_>> = held
        .iter()
        .map(|one| Candidate {
            code: &one.unit.code,
            agency: &one.unit.agency,
            agency_kind: &one.agency_kind,
            own_agency: own.contains(one.unit.agency.as_str()),
            agency_refused: refused.contains(&one.unit.agency.as_str()),
            kind: &one.profile.kind,
            capabilities: &one.profile.capabilities,
            station: one.profile.station.as_deref().unwrap_or(&one.unit.code),
            home_lat: one.profile.lat,
            home_lon: one.profile.lon,
            crew: one.profile.crew,
            state: one.unit.state,
            on_incident: at_work.running().any(|held| one.unit.dispatch == Some(held.id)),
            travel: Travel::Unknown,
            whereabouts: one.live.map_or(Whereabouts::Station, |(_, age_ms)| Whereabouts::Live { age_ms }),
            on_duty_ms: one
                .profile
                .on_duty_us(subject.now, pack.profile.utc_offset_minutes)
                .map(|on_duty_us| on_duty_us / 1_000),
        })
        .collect();
    let mut fell_back = None;
    if let Some(to) = to {
        fell_back = reckon(travel, pack, &held, &mut candidates, needed, to).await;
    }
    let by_road = candidates
        .iter()
        .any(|one| matches!(one.travel, Travel::Takes { source: TravelSource::Road, .. } | Travel::NoRoad));
    let travel = TravelAnswer {
        source: if by_road { TravelSource::Road } else { TravelSource::Detour },
        fell_back: fell_back.map(|why| why.code().to_owned()),
        words: fell_back.map(FellBack::words),
    };
    (answer(needed, recommend(&needed.units, &candidates, &pack.plans.units)), travel)
}

/// Sets the travel times. Only those that could go are asked about: a table of everybody would be slow for
/// nothing.
async fn reckon(
    travel: &dyn TravelTimes,
    pack: &CentrePack,
    held: &[Held],
    candidates: &mut [Candidate<'_>],
    needed: &Requirement,
    to: LatLon,
) -> Option<FellBack> {
    let (mut asked, mut trips) = (Vec::new(), Vec::new());
    for (index, (candidate, one)) in candidates.iter_mut().zip(held).enumerate() {
        let Ok(home) = LatLon::new(one.profile.lat, one.profile.lon) else { continue };
        let from = one.live.map_or(home, |(at, _)| at);
        let ms = pack.plans.travel.travel_ms(candidate.kind, from.distance_m(to));
        candidate.travel = Travel::Takes { ms, source: TravelSource::Detour };
        let wanted = needed.units.iter().any(|need| candidate.meets(need));
        if wanted && candidate.state.is_free() {
            asked.push(index);
            trips.push(Trip { kind: &one.profile.kind, from });
        }
    }
    let told = travel.times(&pack.plans.travel, &trips, to).await;
    for (index, time) in asked.into_iter().zip(told.times) {
        if let Some(candidate) = candidates.get_mut(index) {
            candidate.travel = time;
        }
    }
    told.fell_back
}

fn held_units(centre: &Centre, now: EpochUs) -> Vec<Held> {
    let pack = &centre.reference.pack;
    centre.hub.read(|memory| {
        let known = memory.units().filter_map(|held| Some((held.unit.clone(), held.profile.clone()?)));
        known
            .map(|(unit, profile)| {
                let agency = pack.agencies.iter().find(|agency| agency.code == unit.agency);
                let agency_kind = agency.map(|agency| agency.kind.clone()).unwrap_or_default();
                let live = centre.units.positions.of(&unit.code).and_then(|placed| {
                    let at = LatLon::new(placed.fix.lat, placed.fix.lon).ok()?;
                    Some((at, now.saturating_sub(placed.fix.at).max(0) / 1_000))
                });
                Held { unit, profile, agency_kind, live }
            })
            .collect()
    })
}

/// A recommendation of units for the wire: codes, and the words for them.
fn answer(needed: &Requirement, chosen: Recommendation) -> UnitRecommendation {
    let told =
        |need: &kentongan_domain::plan::UnitNeed| NeedAnswer { need: need.clone(), words: words::need(need) };
    let more = chosen.passed_over.len().saturating_sub(PASSED_OVER_SHOWN);
    UnitRecommendation {
        needs: needed.units.iter().map(told).collect(),
        already: chosen.already,
        picks: chosen
            .picks
            .into_iter()
            .map(|pick| PickAnswer {
                words: pick.reasons.iter().map(words::picked).collect(),
                unit: pick.unit,
                agency: pick.agency,
                fills: pick.fills,
                travel_ms: pick.travel_ms,
                reasons: pick.reasons,
            })
            .collect(),
        shortfalls: chosen
            .shortfalls
            .into_iter()
            .map(|short| ShortfallAnswer {
                need: told(&short.need),
                missing: short.missing,
                words: short.reasons.iter().map(words::short).collect(),
                reasons: short.reasons,
            })
            .collect(),
        moves: chosen.moves.into_iter().map(|hint| MoveAnswer { words: words::moved(&hint), hint }).collect(),
        passed_over: chosen
            .passed_over
            .into_iter()
            .take(PASSED_OVER_SHOWN)
            .map(|one| PassedOverAnswer {
                words: words::passed(&one.reason),
                unit: one.unit,
                agency: one.agency,
                reason: one.reason,
            })
            .collect(),
        passed_over_more: u32::try_from(more).unwrap_or(u32::MAX),
    }
}
