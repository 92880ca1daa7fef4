//! The radar: what counts as the same event, what does not, and what it says.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // as in any test

use kentongan_domain::catalogue::Category;
use kentongan_triage::{Sighting, similar};

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
    let distance = found[1].reasons.iter().find(|reason| reason.code == "distance").expect("a distance");
    assert!((distance.value - 240.0).abs() < 2.0, "{}", distance.value);
    let shared = found[0].reasons.iter().find(|reason| reason.code == "place_words").expect("words");
    assert_eq!(shared.words, ["setonobetek"]);
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
    assert!(found[0].reasons.iter().any(|reason| reason.code == "no_distance"));
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
