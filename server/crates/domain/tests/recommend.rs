//! Which units are recommended, with which reasons; what is missing, and who could move up.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use kentongan_domain::plan::UnitNeed;
use kentongan_domain::recommend::{
    Candidate, PassReason, PickReason, Recommendation, ShortReason, Travel, TravelPolicy, TravelSource,
    UnitPolicy, Whereabouts, recommend, words,
};
use kentongan_domain::unit::UnitState;
use proptest::prelude::*;

const MINUTE: i64 = 60_000;

fn need(kind: &str, count: u32) -> UnitNeed {
    UnitNeed { kind: Some(kind.into()), capability: None, agency: None, count }
}

fn able(capability: &str, count: u32) -> UnitNeed {
    UnitNeed { kind: None, capability: Some(capability.into()), agency: None, count }
}

/// An available pumper of the place's own agency, so many minutes away, alone at its station.
fn pumper(code: &'static str, minutes: i64) -> Candidate<'static> {
    Candidate {
        code,
        agency: "damkar",
        agency_kind: "damkar",
        own_agency: true,
        agency_refused: false,
        kind: "pumper",
        capabilities: &[],
        station: code,
        home_lat: -7.82,
        home_lon: 112.0,
        crew: None,
        state: UnitState::Available,
        on_incident: false,
        travel: takes(minutes),
        whereabouts: Whereabouts::Station,
        on_duty_ms: None,
    }
}

fn takes(minutes: i64) -> Travel {
    Travel::Takes { ms: minutes * MINUTE, source: TravelSource::Detour }
}

fn picked(answer: &Recommendation) -> Vec<&str> {
    answer.picks.iter().map(|pick| pick.unit.as_str()).collect()
}

fn policy() -> UnitPolicy {
    UnitPolicy::default()
}

#[test]
fn the_nearest_go_and_the_next_stay_in_reserve() {
    let units = [pumper("c", 9), pumper("a", 4), pumper("b", 6), pumper("d", 4)];
    let answer = recommend(&[need("pumper", 3)], &units, &policy());
    assert_eq!(picked(&answer), ["a", "d", "b"], "of equals the first code");
    assert_eq!(answer.shortfalls, []);
    assert_eq!(answer.passed_over.len(), 1);
    assert_eq!(answer.passed_over[0].reason, PassReason::Reserve { ms: Some(9 * MINUTE) });
    assert_eq!(
        answer.picks[2].reasons,
        [
            PickReason::Nearest { rank: 3, among: 4 },
            PickReason::Travel { ms: 6 * MINUTE, source: TravelSource::Detour },
            PickReason::FromStation,
        ]
    );
    let said: Vec<String> = answer.picks[2].reasons.iter().map(words::picked).collect();
    assert_eq!(
        said,
        [
            "terdekat ke-3 dari 4",
            "± 6 menit, perkiraan garis lurus",
            "posisi tidak dilaporkan, dihitung dari pos"
        ]
    );
}

#[test]
fn who_cannot_go_is_passed_over_with_the_reason_and_counted_in_the_shortfall() {
    let mut policy = policy();
    policy.min_crew.insert("pumper".into(), 4);
    let with = |code, change: fn(&mut Candidate<'static>)| {
        let mut unit = pumper(code, 5);
        change(&mut unit);
        unit
    };
    let units = [
        with("a-busy", |unit| unit.state = UnitState::OnScene),
        with("b-out", |unit| unit.state = UnitState::OutOfService),
        with("c-stale", |unit| unit.whereabouts = Whereabouts::Live { age_ms: 5 * MINUTE + 1 }),
        with("d-far", |unit| unit.travel = takes(61)),
        with("e-no-road", |unit| unit.travel = Travel::NoRoad),
        with("f-crew", |unit| unit.crew = Some(3)),
        with("g-fine", |unit| {
            unit.crew = Some(4);
            unit.whereabouts = Whereabouts::Live { age_ms: 5 * MINUTE };
        }),
        with("g-refused", |unit| unit.agency_refused = true),
        with("h-truck", |unit| unit.kind = "truck"),
    ];
    let answer = recommend(&[need("pumper", 3)], &units, &policy);
    assert_eq!(picked(&answer), ["g-fine"]);
    assert!(answer.picks[0].reasons.contains(&PickReason::Crew { crew: 4, minimum: 4 }));
    assert!(answer.picks[0].reasons.contains(&PickReason::PositionAge { ms: 5 * MINUTE }));
    let passed: Vec<(&str, &str)> =
        answer.passed_over.iter().map(|one| (one.unit.as_str(), one.reason.code())).collect();
    assert_eq!(
        passed,
        [
            ("a-busy", "busy"),
            ("b-out", "out_of_service"),
            ("c-stale", "stale_position"),
            ("f-crew", "crew_too_small"),
            ("g-refused", "agency_refused"),
            ("d-far", "too_far"),
            ("e-no-road", "no_road"),
        ],
        "the nearest first; the truck was not asked for"
    );
    let short = &answer.shortfalls[0];
    assert_eq!((short.missing, &short.need), (2, &need("pumper", 3)));
    assert_eq!(short.reasons[0], ShortReason::AllPicked { count: 1 });
    assert_eq!(short.reasons.len(), 8);
    assert_eq!(words::short(&short.reasons[2]), "1 sedang bertugas");
    let none = recommend(&[need("boat", 1)], &units, &policy);
    assert_eq!(none.shortfalls[0].reasons, [ShortReason::NoneExist]);
    assert_eq!(words::short(&none.shortfalls[0].reasons[0]), "pusat ini tidak memilikinya");
}

#[test]
fn a_station_stays_covered_when_that_costs_little() {
    let mut policy = policy();
    policy.keep_back.insert("pumper".into(), 1);
    let at = |code, station, minutes| Candidate { station, ..pumper(code, minutes) };
    // Mako would be empty; Pesantren, half a minute farther, has two.
    let mut units =
        [at("a", "Mako", 5), at("b", "Pesantren", 5), at("c", "Pesantren", 5), at("far", "Pare", 20)];
    units[1].travel = Travel::Takes { ms: 5 * MINUTE + 30_000, source: TravelSource::Road };
    units[2].travel = units[1].travel;
    let answer = recommend(&[need("pumper", 1)], &units, &policy);
    assert_eq!(picked(&answer), ["b"]);
    assert!(answer.picks[0].reasons.contains(&PickReason::SparesCoverage { instead_of: vec!["a".into()] }));
    assert_eq!(answer.moves, []);

    // Two are needed: now one of both stations is left empty anyway, so the nearer goes, and somebody may move up.
    let answer = recommend(&[need("pumper", 2)], &units, &policy);
    assert_eq!(picked(&answer), ["b", "a"]);
    assert!(
        answer.picks[1].reasons.contains(&PickReason::UncoversStation { station: "Mako".into(), left: 0 })
    );
    let hint = &answer.moves[0];
    assert_eq!((hint.station.as_str(), hint.left, &hint.unit), ("Mako", 0, &None), "nobody can be spared");
    assert_eq!(words::moved(hint), "Mako tanpa pumper: tidak ada yang dapat digeser");

    // With a second one in Pare there is.
    let mut more = units.to_vec();
    more.push(Candidate { home_lon: 112.1, ..at("far-2", "Pare", 21) });
    more.push(Candidate { home_lon: 112.2, ..at("far-3", "Pare", 22) });
    let answer = recommend(&[need("pumper", 2)], &more, &policy);
    let hint = &answer.moves[0];
    assert_eq!((hint.unit.as_deref(), hint.from.as_deref()), (Some("far"), Some("Pare")));
    assert_eq!(hint.distance_m, Some(0));
    // Where keeping a station covered is worth nothing, the nearest goes.
    policy.coverage_worth_ms = 0;
    assert_eq!(picked(&recommend(&[need("pumper", 1)], &units, &policy)), ["a"]);
}

#[test]
fn a_neighbours_unit_and_a_tired_crew_go_when_they_are_nearer_by_what_sparing_them_is_worth() {
    let neighbour = |minutes| Candidate { own_agency: false, agency: "damkar_kab", ..pumper("n", minutes) };
    let choose = |units: &[Candidate<'_>]| {
        let answer = recommend(&[need("pumper", 1)], units, &policy());
        (answer.picks[0].unit.clone(), answer.picks[0].reasons.clone())
    };
    assert_eq!(choose(&[pumper("own", 8), neighbour(4)]).0, "own");
    let (unit, reasons) = choose(&[pumper("own", 9), neighbour(4)]);
    assert_eq!(unit, "n");
    assert!(reasons.contains(&PickReason::OtherAgency { agency: "damkar_kab".into() }));
    let tired = |minutes| Candidate { on_duty_ms: Some(13 * 60 * MINUTE), ..pumper("tired", minutes) };
    assert_eq!(choose(&[pumper("fresh", 6), tired(4)]).0, "fresh");
    let (unit, reasons) = choose(&[pumper("fresh", 7), tired(4)]);
    assert_eq!(unit, "tired");
    assert!(reasons.contains(&PickReason::LongOnDuty { ms: 13 * 60 * MINUTE }));
}

#[test]
fn the_scarcest_need_chooses_first_and_the_answer_keeps_the_plans_order() {
    let cutter = vec!["extrication".to_owned()];
    let units =
        [Candidate { capabilities: &cutter, ..pumper("only-cutter", 2) }, pumper("p1", 3), pumper("p2", 4)];
    let needs = [need("pumper", 2), able("extrication", 1)];
    let answer = recommend(&needs, &units, &policy());
    assert_eq!(picked(&answer), ["p1", "p2", "only-cutter"]);
    let fills: Vec<&str> = answer.picks.iter().map(|pick| pick.fills.as_str()).collect();
    assert_eq!(fills, ["pumper", "pumper", "extrication"]);
    assert_eq!(answer.shortfalls, []);
    assert!(answer.picks[2].reasons.contains(&PickReason::Capability { capability: "extrication".into() }));
}

#[test]
fn who_is_on_the_incident_already_counts() {
    let there = |code| Candidate { on_incident: true, state: UnitState::EnRoute, ..pumper(code, 1) };
    let units = [there("on-1"), there("on-2"), pumper("free", 5)];
    let answer = recommend(&[need("pumper", 3)], &units, &policy());
    let already: Vec<&str> = answer.already.iter().map(|one| one.unit.as_str()).collect();
    assert_eq!(already, ["on-1", "on-2"]);
    assert_eq!(picked(&answer), ["free"]);
    let answer = recommend(&[need("pumper", 2)], &units, &policy());
    assert_eq!((picked(&answer), answer.shortfalls.len()), (vec![], 0));
}

#[test]
fn only_the_agency_asked_for_sends() {
    let patrol = UnitNeed { agency: Some("polres".into()), ..need("patrol", 1) };
    let units = [
        Candidate { kind: "patrol", agency_kind: "satpol_pp", ..pumper("praja", 1) },
        Candidate { kind: "patrol", agency_kind: "polres", ..pumper("samapta", 5) },
    ];
    assert_eq!(picked(&recommend(&[patrol.clone()], &units, &policy())), ["samapta"]);
    assert_eq!(words::need(&patrol), "1 patrol (polres)");
}

#[test]
fn without_a_place_units_are_named_and_the_distance_is_not_pretended() {
    let lost = |code| Candidate { travel: Travel::Unknown, ..pumper(code, 0) };
    let answer = recommend(&[need("pumper", 1)], &[lost("b"), lost("a")], &policy());
    assert_eq!(picked(&answer), ["a"]);
    assert_eq!(answer.picks[0].travel_ms, None);
    assert_eq!(answer.picks[0].reasons, [PickReason::PlaceUnknown, PickReason::FromStation]);
    assert_eq!(answer.passed_over[0].reason, PassReason::Reserve { ms: None });
}

#[test]
fn travel_by_the_great_circle() {
    let mut travel = TravelPolicy::default();
    travel.speed_by_kind_kmh.insert("ambulance".into(), 60.0);
    // 10 km × 1.4 at 40 km/h, at 60 km/h.
    assert_eq!(travel.travel_ms("pumper", 10_000.0), 21 * MINUTE);
    assert_eq!(travel.travel_ms("ambulance", 10_000.0), 14 * MINUTE);
    for nonsense in [0.0, -5.0, f64::NAN, f64::INFINITY] {
        let broken = TravelPolicy { detour: nonsense, speed_kmh: nonsense, ..TravelPolicy::default() };
        assert_eq!(broken.travel_ms("pumper", 10_000.0), 21 * MINUTE, "{nonsense}");
    }
    assert_eq!(travel.travel_ms("pumper", f64::NAN), 0);
    assert_eq!(travel.travel_ms("pumper", f64::INFINITY), i64::MAX);
}

const KINDS: [&str; 3] = ["pumper", "ambulance", "boat"];
const STATIONS: [&str; 3] = ["Mako", "Pare", "Pesantren"];
const CODES: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

fn any_unit() -> impl Strategy<Value = Candidate<'static>> {
    let travel = prop_oneof![
        6 => (0..90_i64).prop_map(takes),
        1 => Just(Travel::NoRoad),
        1 => Just(Travel::Unknown),
        1 => any::<i64>().prop_map(|ms| Travel::Takes { ms, source: TravelSource::Road }),
    ];
    let state = prop_oneof![
        4 => Just(UnitState::Available),
        1 => prop::sample::select(vec![UnitState::OnScene, UnitState::OutOfService, UnitState::Returning]),
    ];
    let whereabouts =
        prop_oneof![Just(Whereabouts::Station), any::<i64>().prop_map(|age_ms| Whereabouts::Live { age_ms })];
    (
        (prop::sample::select(KINDS.to_vec()), prop::sample::select(STATIONS.to_vec())),
        (travel, state, whereabouts, prop::option::of(any::<i64>()), prop::option::of(0..6_u32)),
        (any::<bool>(), prop::bool::weighted(0.1), -90.0..90.0_f64, -180.0..180.0_f64),
    )
        .prop_map(|((kind, station), (travel, state, whereabouts, on_duty_ms, crew), rest)| {
            let (own_agency, on_incident, home_lat, home_lon) = rest;
            Candidate {
                kind,
                station,
                travel,
                state,
                whereabouts,
                on_duty_ms,
                crew,
                own_agency,
                on_incident,
                home_lat,
                home_lon,
                ..pumper("", 0)
            }
        })
}

proptest! {
    #[test]
    fn every_need_is_met_or_told_short_and_nobody_goes_twice(
        mut units in prop::collection::vec(any_unit(), 0..CODES.len()),
        wanted in prop::collection::vec((prop::sample::select(KINDS.to_vec()), 0..5_u32), 0..4),
        keep in prop::collection::vec((prop::sample::select(KINDS.to_vec()), 0..3_u32), 0..3),
        crew in 0..6_u32,
    ) {
        for (unit, code) in units.iter_mut().zip(CODES) {
            unit.code = code;
        }
        let needs: Vec<UnitNeed> = wanted.iter().map(|(kind, count)| need(kind, *count)).collect();
        let mut policy = policy();
        policy.keep_back = keep.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect();
        policy.min_crew.insert("pumper".into(), crew);
        let answer = recommend(&needs, &units, &policy);

        let asked: u32 = needs.iter().map(|need| need.count).sum();
        let missing: u32 = answer.shortfalls.iter().map(|short| short.missing).sum();
        let met = u32::try_from(answer.picks.len() + answer.already.len()).unwrap();
        prop_assert_eq!(met + missing, asked);
        prop_assert!(answer.shortfalls.iter().all(|short| short.missing > 0 && !short.reasons.is_empty()));

        let mut gone: Vec<&str> = picked(&answer);
        gone.extend(answer.already.iter().map(|one| one.unit.as_str()));
        gone.extend(answer.passed_over.iter().map(|one| one.unit.as_str()));
        let all = gone.len();
        gone.sort_unstable();
        gone.dedup();
        prop_assert_eq!(gone.len(), all, "a unit stands twice");

        for pick in &answer.picks {
            let unit = units.iter().find(|unit| unit.code == pick.unit).unwrap();
            prop_assert!(unit.state.is_free());
            prop_assert!(!unit.on_incident && unit.travel != Travel::NoRoad && unit.kind == pick.fills);
            prop_assert!(!pick.reasons.is_empty());
        }
        // Whoever stays although the need is not met cannot go.
        for short in &answer.shortfalls {
            for one in &answer.passed_over {
                let unit = units.iter().find(|unit| unit.code == one.unit).unwrap();
                let reserve = matches!(one.reason, PassReason::Reserve { .. });
                prop_assert!(!(reserve && unit.meets(&short.need)), "{:?} stays in reserve", unit);
            }
        }
        for hint in &answer.moves {
            prop_assert!(hint.unit.as_deref().is_none_or(|code| !picked(&answer).contains(&code)));
            prop_assert!(hint.left < policy.keep_back.get(&hint.unit_kind).copied().unwrap_or(0));
        }
        // The same in any order.
        units.reverse();
        prop_assert_eq!(&recommend(&needs, &units, &policy), &answer);
        let said = answer.picks.iter().flat_map(|pick| &pick.reasons).map(words::picked);
        prop_assert!(said.chain(answer.moves.iter().map(words::moved)).all(|words| !words.is_empty()));
    }
}
