//! Which response plan is meant, and what it asks for at each alarm.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod fixture;

use fixture::{AROUND, CITY, pack};
use kentongan_domain::catalogue::{Category, Priority};
use kentongan_domain::centre::CentrePack;
use kentongan_domain::dispatch::DispatchRole::{Lead, Support};
use kentongan_domain::plan::{AlarmLevel, HIGHEST_ALARM, ResponsePlan, UnitNeed, plan_for, with_plan};
use kentongan_domain::routing::{Area, Particulars, propose};

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|&word| word.to_owned()).collect()
}

fn need(kind: &str, count: u32) -> UnitNeed {
    UnitNeed { kind: Some(kind.into()), capability: None, agency: None, count }
}

fn plan(code: &str, types: &[&str], areas: &[&str], priorities: &[Priority]) -> ResponsePlan {
    ResponsePlan {
        code: code.into(),
        name: code.into(),
        category: Category::Fire,
        types: words(types),
        priorities: priorities.to_vec(),
        areas: words(areas),
        alarms: vec![AlarmLevel::default()],
    }
}

fn with_plans(plans: Vec<ResponsePlan>) -> CentrePack {
    let mut pack = pack();
    pack.plans.plans = plans;
    pack
}

#[test]
fn the_type_beats_the_area_and_the_area_the_priority() {
    // The weakest first; each beats all before it.
    let ladder = [
        plan("any", &[], &[], &[]),
        plan("urgent", &[], &[], &[Priority::P1]),
        plan("city", &[], &[CITY], &[]),
        plan("city urgent", &[], &[AROUND, CITY], &[Priority::P2, Priority::P1]),
        plan("district", &[], &["35.71.01"], &[]),
        plan("village", &[], &["35.71.01.1001"], &[]),
        plan("land", &["fire_land"], &[], &[]),
        plan("land urgent", &["fire_building", "fire_land"], &[], &[Priority::P1]),
        plan("land city", &["fire_land"], &[CITY], &[]),
    ];
    let at = Area { regency: Some(CITY), village: Some("35.71.01.1001") };
    for upto in 1..=ladder.len() {
        let mut plans = ladder[..upto].to_vec();
        for _ in 0..2 {
            let pack = with_plans(plans.clone());
            let found = plan_for(&pack, Category::Fire, Some("fire_land"), Priority::P1, at).unwrap();
            assert_eq!(found.code, ladder[upto - 1].code);
            plans.reverse();
        }
    }
    let pack = with_plans(ladder.to_vec());
    let code = |type_code, priority, at| {
        plan_for(&pack, Category::Fire, type_code, priority, at).map(|plan| plan.code.as_str())
    };
    assert_eq!(code(Some("fire_gas"), Priority::P3, Area::regency(AROUND)), Some("any"));
    assert_eq!(code(None, Priority::P2, Area::regency(AROUND)), Some("city urgent"));
    assert_eq!(code(None, Priority::P3, Area::default()), Some("city"), "home where nobody knows");
    assert_eq!(plan_for(&pack, Category::Crime, None, Priority::P1, at), None);
}

#[test]
fn of_equal_plans_the_first_is_meant() {
    let pack = with_plans(vec![plan("first", &[], &[], &[]), plan("second", &[], &[], &[])]);
    let found = plan_for(&pack, Category::Fire, None, Priority::P1, Area::default()).unwrap();
    assert_eq!(found.code, "first");
}

#[test]
fn each_alarm_adds_to_those_before() {
    let mut plan = plan("fire", &[], &[], &[]);
    let ladder = UnitNeed { capability: Some("ladder".into()), ..need("pumper", 1) };
    plan.alarms = vec![
        AlarmLevel { units: vec![need("pumper", 2)], inform: words(&["pln"]), ..AlarmLevel::default() },
        AlarmLevel {
            units: vec![need("truck", 1), need("pumper", 1), ladder.clone()],
            inform: words(&["pln", "kodim"]),
            ..AlarmLevel::default()
        },
    ];
    assert_eq!(plan.requirement(0).units, []);
    assert_eq!(plan.requirement(1).units, [need("pumper", 2)]);
    let second = plan.requirement(2);
    assert_eq!(second.units, [need("pumper", 3), need("truck", 1), ladder]);
    assert_eq!(second.inform, ["pln", "kodim"]);
    assert_eq!(plan.requirement(u32::MAX), second);
    assert_eq!(plan.highest(), 2);
    plan.alarms = vec![AlarmLevel { units: vec![need("pumper", u32::MAX)], ..AlarmLevel::default() }; 40];
    assert_eq!(plan.highest(), HIGHEST_ALARM);
    assert_eq!(plan.requirement(40).units[0].count, u32::MAX, "saturates");
}

#[test]
fn a_plan_adds_agencies_and_its_lead_goes_first() {
    let mut plan = plan("Pasar", &[], &[], &[]);
    plan.alarms = vec![
        AlarmLevel { support: words(&["psc119", "nowhere"]), ..AlarmLevel::default() },
        AlarmLevel { lead: Some("bpbd".into()), support: words(&["damkar"]), ..AlarmLevel::default() },
    ];
    let pack = pack();
    let at = Area::regency(CITY);
    let table = || propose(&pack, &Particulars::new(Category::Animal, Some("animal_snake"), at));
    let codes = |alarm, refused: &[&str]| {
        let proposed = with_plan(&pack, &plan, alarm, at, refused, table());
        proposed.iter().map(|one| (one.agency.clone(), one.role, one.reason.clone())).collect::<Vec<_>>()
    };
    let of = |agency: &str, role, reason: &str| (agency.to_owned(), role, reason.to_owned());
    let own = "animal_snake di Kota";
    assert_eq!(codes(0, &[]), [of("damkar", Lead, own)]);
    assert_eq!(codes(1, &[]), [of("damkar", Lead, own), of("psc119", Support, "rencana Pasar, alarm 1")]);
    assert_eq!(
        codes(2, &["psc119"]),
        [
            of("bpbd_prov", Lead, "rencana Pasar, alarm 2"),
            of("damkar", Support, own),
            of("psc119", Support, "rencana Pasar, alarm 1"),
        ]
    );
    // One that has refused does not lead: whoever led before goes on leading.
    let refused = codes(2, &["bpbd_prov"]);
    assert_eq!(refused[0], of("damkar", Lead, own));
    assert_eq!(refused[2], of("bpbd_prov", Support, "rencana Pasar, alarm 2"));
}
