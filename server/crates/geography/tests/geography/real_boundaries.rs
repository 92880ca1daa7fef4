//! Against published village polygons, where the shared folder has them; else "skipped".

// The time a load takes is printed, never asserted.
#![allow(clippy::disallowed_methods)]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use kentongan_geography::{Atlas, LatLon, NationalGazetteer, PlaceKind, VillageMap};

use crate::kediri_pack;
use crate::mentions::SAME_NAMES;

pub fn shared() -> PathBuf {
    std::env::var_os("KENTONGAN_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared")),
        PathBuf::from,
    )
}

/// The files of Kota and Kabupaten Kediri, or `None` with a word about it.
fn real() -> Option<[String; 2]> {
    let read = |name: &str| std::fs::read_to_string(shared().join("data/geo").join(name)).ok();
    let files = read("villages_35.71.geojson").zip(read("villages_35.06.geojson"));
    if files.is_none() {
        println!("skipped: no real boundaries in the shared folder");
    }
    files.map(|(city, regency)| [city, regency])
}

fn atlas([city, regency]: &[String; 2]) -> Atlas {
    Atlas::new(&[city, regency], &kediri_pack::read("places.csv")).expect("the real files").0
}

#[test]
fn both_files_load_whole() {
    let Some([city, regency]) = real() else { return };
    let started = Instant::now();
    let (atlas, report) = Atlas::new(&[&city, &regency], "").expect("the real files");
    println!("loaded {} villages in {} ms", report.villages, started.elapsed().as_millis());
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.boundaries[0].loaded, report.boundaries[1].loaded), (46, 344));
    assert_eq!(atlas.villages.regencies().count(), 2);
}

#[test]
fn every_label_point_is_in_its_own_regency() {
    let Some(files) = real() else { return };
    let atlas = atlas(&files);
    let mut elsewhere = Vec::new();
    for village in atlas.villages.villages() {
        let label = LatLon::new(village.lat, village.lon).expect("a position");
        let answer = atlas.jurisdiction(label, None);
        if answer.regency_code() != Some(&village.regency_code) {
            elsewhere.push(&village.code);
        }
    }
    assert_eq!(elsewhere, Vec::<&String>::new());
}

#[test]
fn the_eight_shared_names_list_both() {
    let Some(files) = real() else { return };
    let atlas = atlas(&files);
    for name in SAME_NAMES {
        let found = atlas.search(name, None, 2);
        let villages: Vec<_> = found
            .iter()
            .filter(|candidate| candidate.kind == PlaceKind::Village && candidate.name == name)
            .filter_map(|candidate| candidate.regency.as_deref())
            .collect();
        assert_eq!(villages.len(), 2, "{name}: {found:#?}");
        assert_ne!(villages[0], villages[1], "{name}");
    }
}

#[test]
fn other_published_files_load_too() {
    for code in ["35.07", "35.10", "35.73", "35.79"] {
        let Ok(text) = std::fs::read_to_string(shared().join(format!("data/geo/villages_{code}.geojson")))
        else {
            println!("skipped: {code}");
            continue;
        };
        let (_, report) = VillageMap::from_geojson(&text).expect(code);
        assert!(report.rejected.is_empty(), "{code}: {report:?}");
    }
}

/// How often the schematic map names the same regency as the real one, at points around the city
/// that are farther than 500 m from the real border.
#[test]
fn the_schematic_map_agrees_away_from_the_border() {
    const STEPS: u32 = 150;
    const MARGIN_DEGREES: f64 = 3_000.0 / 111_195.0;
    let Some(files) = real() else { return };
    let (real, schematic) = (atlas(&files), kediri_pack::atlas());
    let (city, _) = VillageMap::from_geojson(&files[0]).expect("the city");
    let span = |values: Vec<f64>| {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // Label points lie about 1 km inside the outline.
        (low - MARGIN_DEGREES - 0.009, high + MARGIN_DEGREES + 0.009)
    };
    let (south, north) = span(city.villages().map(|village| village.lat).collect());
    let (west, east) = span(city.villages().map(|village| village.lon).collect());
    let (mut compared, mut agreed, mut in_city) = (0_u32, 0_u32, 0_u32);
    for row in 0..STEPS {
        for column in 0..STEPS {
            let share = |step: u32| f64::from(step) / f64::from(STEPS);
            let point =
                LatLon::new(south + share(row) * (north - south), west + share(column) * (east - west));
            let point = point.expect("a position");
            let truth = real.jurisdiction(point, None);
            if truth.border_distance_m.is_none_or(|border_m| border_m <= 500.0) {
                continue;
            }
            compared += 1;
            in_city += u32::from(truth.regency_code() == Some("35.71"));
            agreed += u32::from(schematic.jurisdiction(point, None).regency_code() == truth.regency_code());
        }
    }
    let share = f64::from(agreed) / f64::from(compared);
    println!(
        "schematic agrees at {agreed} of {compared} points ({:.2} %), {in_city} in the city",
        share * 100.0
    );
    assert!(compared > 5_000 && in_city > 1_000);
    assert!(share >= 0.95, "{share}");
}

/// Names with one wrong letter, searched from near by: the place must be among the first ten.
#[test]
fn misspelt_names_of_the_country_are_found() {
    let (Some(files), Ok(names)) =
        (real(), std::fs::read_to_string(shared().join("data/geo/gazetteer_id.csv")))
    else {
        println!("skipped: no national gazetteer in the shared folder");
        return;
    };
    let (national, report) = NationalGazetteer::from_csv(&names).expect("the gazetteer");
    assert_eq!((report.loaded(), report.rejected.len()), (91_081, 0));
    let atlas = atlas(&files).with_national(Arc::new(national));
    let (mut asked, mut found) = (0_u32, [0_u32; 3]);
    for (number, line) in names.lines().skip(1).enumerate().filter(|(number, _)| number % 911 == 0) {
        let fields: Vec<&str> = line.split(',').collect();
        let [code, name, lat, lon] = fields.as_slice() else { continue };
        let letters: Vec<char> = name.chars().collect();
        if letters.len() < 6 {
            continue;
        }
        let near = LatLon::new(lat.parse().expect("lat"), lon.parse().expect("lon")).ok();
        let at = 1 + number % (letters.len() - 3);
        let missing: String =
            letters.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, c)| c).collect();
        let mut swapped = letters.clone();
        swapped.swap(at, at + 1);
        let swapped: String = swapped.into_iter().collect();
        asked += 1;
        for (way, query) in [(*name).to_owned(), missing, swapped].into_iter().enumerate() {
            let hit = atlas.search(&query, near, 10).into_iter().any(|place| {
                let own = place.village_code.or(place.district_code).or(place.regency_code);
                // A province has no code in an answer; its name is its own.
                own.as_deref() == Some(*code) || place.name == *name
            });
            found[way] += u32::from(hit);
        }
    }
    println!(
        "of {asked} names: as written {}, a letter missing {}, two swapped {}",
        found[0], found[1], found[2]
    );
    assert!(asked > 70 && found.iter().all(|found| found * 100 >= asked * 95), "{found:?} of {asked}");
}

/// The enclave: wherever a circle reaches over the city's border, the other regency is named, and
/// nowhere else.
#[test]
fn a_circle_over_the_enclaves_border_names_the_other() {
    let Some(files) = real() else { return };
    let atlas = atlas(&files);
    let (mut near_border, mut inside) = (0, 0);
    for village in atlas.villages.villages().filter(|village| village.regency_code == "35.71") {
        for (step, accuracy_m) in [5.0, 30.0, 200.0, 1_000.0, 5_000.0].into_iter().enumerate() {
            let aside = 0.002 * step as f64;
            let Ok(point) = LatLon::new(village.lat + aside, village.lon - aside) else { continue };
            let answer = atlas.jurisdiction(point, Some(accuracy_m));
            if answer.regency_code() != Some("35.71") {
                continue;
            }
            let border_m = answer.border_distance_m.expect("inside");
            let names: Vec<&str> = answer.alternatives.iter().map(|other| other.regency.as_str()).collect();
            if border_m < accuracy_m - 1.0 {
                near_border += 1;
                assert_eq!(names, ["Kabupaten Kediri"], "{answer:?}");
                assert!(answer.words().ends_with("might be Kabupaten Kediri") && answer.confidence < 1.0);
            } else if border_m > accuracy_m + 1.0 {
                inside += 1;
                assert_eq!(names, [""; 0], "{answer:?}");
            }
        }
    }
    assert!(near_border > 40 && inside > 40, "{near_border} {inside}");
}
