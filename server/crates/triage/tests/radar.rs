//! The radar: what counts as the same event, what does not, and what it says.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // as in any test

use kentongan_domain::catalogue::Category;
use kentongan_triage::radar::{Subject, alike, place_words};
use kentongan_triage::{RadarReason, Sighting, similar};

const MINUTE_US: i64 = 60_000_000;

fn at(
    category: Category,
    type_code: &str,
    minutes: i64,
    lat_lon: Option<(f64, f64)>,
    words: &[&str],
) -> Sighting {
    Sighting {
        id: format!("{type_code}-{minutes}"),
        category: Some(category),
        type_code: Some(type_code.into()),
        at_us: minutes * MINUTE_US,
        lat_lon,
        accuracy_m: None,
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        place_words: words.iter().map(|word| (*word).to_owned()).collect(),
        ..Sighting::default()
    }
}

const HERE: (f64, f64) = (-7.8166, 112.0114);
/// About 240 m north of `HERE`.
const NEAR: (f64, f64) = (-7.81444, 112.0114);
/// About 2.2 km north.
const FAR: (f64, f64) = (-7.7968, 112.0114);

#[test]
fn the_nearest_of_a_kind_comes_first() {
    let fire = at(Category::Fire, "fire_building", 10, Some(HERE), &["setonobetek"]);
    let open = [
        at(Category::Fire, "fire_building", 0, Some(NEAR), &[]),
        at(Category::Fire, "fire_building", 0, Some(FAR), &["setonobetek"]),
        at(Category::Animal, "animal_snake", 9, Some(HERE), &[]),
        at(Category::Fire, "fire_building", 5, Some(HERE), &["setonobetek"]),
        at(Category::Medical, "medical_other", 5, Some(HERE), &[]),
    ];
    let found = similar(&fire, &open);
    assert_eq!(found.iter().map(|one| one.index).collect::<Vec<_>>(), [3, 0, 4]);
    assert!(found[0].score > 0.85, "{}", found[0].score);
    let told =
        |at: usize, which: fn(&RadarReason) -> bool| found[at].reasons.iter().find(|one| which(one)).cloned();
    let Some(RadarReason::Distance { metres, touching: false }) =
        told(1, |one| matches!(one, RadarReason::Distance { .. }))
    else {
        panic!("a distance: {:?}", found[1].reasons)
    };
    assert!((metres - 240.0).abs() < 2.0, "{metres}");
    assert_eq!(
        told(0, |one| matches!(one, RadarReason::PlaceWords { .. })),
        Some(RadarReason::PlaceWords { words: vec!["setonobetek".into()] })
    );
}

/// Minutes within which two of a kind at one place may be one event, by hazard.
#[test]
fn windows_in_time() {
    for (category, code, minutes) in [
        (Category::NaturalDisaster, "natural_disaster_flood", 180),
        (Category::NaturalDisaster, "natural_disaster_whirlwind", 120),
        (Category::NaturalDisaster, "natural_disaster_earthquake", 720),
        (Category::Fire, "fire_building", 360),
        (Category::TrafficAccident, "traffic_accident_injury", 60),
        (Category::Medical, "medical_cardiac", 60),
        (Category::Animal, "animal_snake", 60),
    ] {
        let pair = |later| {
            alike(&at(category, code, later, Some(HERE), &[]), &at(category, code, 0, Some(HERE), &[]))
                .is_some()
        };
        assert!(pair(minutes - 1) && pair(1 - minutes) && !pair(minutes + 1), "{code}");
    }
}

#[test]
fn smoke_told_as_a_cable_and_as_a_fire_is_one_event() {
    let with = |category, code: &str, minute, cues: &[&str]| Sighting {
        cues: cues.iter().map(|cue| (*cue).to_owned()).collect(),
        ..at(category, code, minute, Some(HERE), &["dhoho"])
    };
    let fire = with(Category::Fire, "fire_building", 6, &["smoke-thick", "urgent"]);
    let cable = |cues: &[&str]| with(Category::Infrastructure, "infrastructure_cable_down", 0, cues);
    let both = alike(&fire, &cable(&["cable", "smoke-thick", "urgent"])).expect("a match");
    let one = alike(&fire, &cable(&["cable", "urgent"])).expect("a weak match");
    assert!(both.score >= 0.5 && one.score < 0.5, "{} {}", both.score, one.score);
    assert_eq!(
        both.reasons[1..],
        [
            RadarReason::Minutes { minutes: 6.0 },
            RadarReason::RelatedCategory,
            RadarReason::PlaceWords { words: vec!["dhoho".into()] },
            RadarReason::Cues { cues: vec!["smoke-thick".into()] },
        ]
    );
}

#[test]
fn the_same_caller_is_a_reason() {
    let call = |caller, minute| Sighting { caller, ..at(Category::Fire, "fire_building", minute, None, &[]) };
    let again = |caller| alike(&call(caller, 9), &call(Some(7), 0)).expect("a match");
    assert!(again(Some(7)).reasons.contains(&RadarReason::SameCaller));
    assert!(!again(Some(8)).reasons.contains(&RadarReason::SameCaller));
    assert!(again(Some(7)).score > again(Some(8)).score);
    let unknown = alike(&call(None, 9), &call(None, 0)).expect("a match");
    assert!(!unknown.reasons.contains(&RadarReason::SameCaller), "nobody is not the same as nobody");
}

#[test]
fn of_equals_the_incident_comes_first() {
    let fire = at(Category::Fire, "fire_building", 1, Some(HERE), &[]);
    let report = Sighting { subject: Subject::Report, ..fire.clone() };
    let found = similar(&fire, &[report.clone(), report, fire.clone()]);
    assert_eq!(found.iter().map(|one| one.index).collect::<Vec<_>>(), [2, 0, 1]);
}

#[test]
fn places_are_told_by_their_own_words() {
    assert_eq!(
        place_words(["Jl. Dhoho gg 3, dpn Alfamart", "Kelurahan Setono-Betek", "dhoho"]),
        ["dhoho", "alfamart", "setono", "betek"]
    );
}

#[test]
fn windows_differ_by_hazard() {
    let pair = |category, code: &str, minutes| {
        similar(&at(category, code, minutes, Some(HERE), &[]), &[at(category, code, 0, Some(FAR), &[])]).len()
    };
    assert_eq!(pair(Category::TrafficAccident, "traffic_accident_injury", 10), 0);
    assert_eq!(pair(Category::NaturalDisaster, "natural_disaster_earthquake", 600), 1);
    assert_eq!(pair(Category::NaturalDisaster, "natural_disaster_earthquake", 721), 0);
    let crash = |minutes| {
        let open = [at(Category::TrafficAccident, "traffic_accident_injury", 0, Some(HERE), &[])];
        similar(&at(Category::TrafficAccident, "traffic_accident_injury", minutes, Some(HERE), &[]), &open)
            .len()
    };
    assert_eq!((crash(59), crash(61), crash(-59)), (1, 0, 1));
}

#[test]
fn accuracy_widens_the_reach() {
    let mut report = at(Category::NaturalDisaster, "natural_disaster_flood", 0, Some(HERE), &[]);
    let open = [at(Category::NaturalDisaster, "natural_disaster_flood", 0, Some(FAR), &[])];
    assert!(similar(&report, &open).is_empty());
    report.accuracy_m = Some(500.0);
    assert_eq!(similar(&report, &open).len(), 1);
}

#[test]
fn without_a_place_words_have_to_carry_it() {
    let report = at(Category::Fire, "fire_building", 3, None, &["dhoho", "alfamart"]);
    let same = at(Category::Fire, "fire_building", 0, Some(HERE), &["dhoho"]);
    let other = at(Category::Fire, "fire_building", 0, Some(HERE), &["mojoroto"]);
    let found = similar(&report, &[other, same]);
    assert_eq!(found.iter().map(|one| one.index).collect::<Vec<_>>(), [1]);
    assert_eq!(found[0].distance_m, None);
    assert!(found[0].reasons.contains(&RadarReason::NoDistance));
}

#[test]
fn at_most_five_and_extremes_survive() {
    let report = at(Category::Fire, "fire_building", 0, Some(HERE), &[]);
    let open: Vec<Sighting> = (0..9).map(|_| report.clone()).collect();
    assert_eq!(similar(&report, &open).len(), 5);
    let mut odd = report.clone();
    (odd.at_us, odd.lat_lon, odd.accuracy_m) = (i64::MIN, Some((f64::NAN, 0.0)), Some(f64::INFINITY));
    let mut later = report;
    later.at_us = i64::MAX;
    assert!(similar(&later, &[odd]).is_empty());
}
