//! Whose area a point is in: containment, the enclave, borders, gaps, outside, confidence.

use kentongan_geography::{JurisdictionMethod as Method, LatLon, VillageMap};

use crate::map::{at, atlas, city, collection, village};

#[test]
fn table() {
    let atlas = atlas();
    for (what, lat, lon, code, method) in [
        ("in the city", -7.81, 112.005, Some("35.71.01.1001"), Method::Contains),
        ("in the city's other village", -7.81, 112.015, Some("35.71.02.1001"), Method::Contains),
        ("in the regency, west of the enclave", -7.81, 111.98, Some("35.06.01.2001"), Method::Contains),
        ("in the regency, north of the enclave", -7.78, 112.01, Some("35.06.01.2001"), Method::Contains),
        ("on a border inside the city", -7.81, 112.01, Some("35.71.01.1001"), Method::Tie),
        ("on the enclave's border", -7.81, 112.00, Some("35.06.01.2001"), Method::Tie),
        ("at a corner of three", -7.82, 112.01, Some("35.06.01.2001"), Method::Tie),
        ("20 m off the map", -7.86018, 112.00, Some("35.06.01.2001"), Method::Nearest),
        ("100 m off the map", -7.8609, 112.00, None, Method::Outside),
        ("lat 0, lon 0", 0.0, 0.0, None, Method::Outside),
    ] {
        let answer = atlas.jurisdiction(at(lat, lon), None);
        assert_eq!(answer.village.as_ref().map(|village| village.code.as_str()), code, "{what}");
        assert_eq!(answer.method, method, "{what}");
        assert!((0.0..=1.0).contains(&answer.confidence), "{what}: {}", answer.confidence);
    }
}

#[test]
fn swapped_coordinates_are_no_position() {
    assert!(LatLon::new(112.005, -7.81).is_err());
}

#[test]
fn confidence_falls_with_accuracy_and_names_the_other_regency() {
    let atlas = atlas();
    // About 110 m inside the city's west border.
    let near_border = at(-7.81, 112.001);
    let sharp = atlas.jurisdiction(near_border, Some(10.0));
    let coarse = atlas.jurisdiction(near_border, Some(500.0));
    assert!(sharp.confidence > 0.999 && sharp.alternatives.is_empty(), "{sharp:?}");
    assert!(coarse.confidence < 0.7, "{coarse:?}");
    assert_eq!(coarse.alternatives.len(), 1);
    assert_eq!(coarse.alternatives[0].regency, "Kabupaten Kediri");
    let border_m = coarse.border_distance_m.expect("inside");
    assert!((border_m - 110.0).abs() < 2.0, "{border_m}");
}

#[test]
fn a_border_inside_one_regency_costs_no_confidence() {
    let answer = atlas().jurisdiction(at(-7.81, 112.0101), Some(30.0));
    assert!(answer.village_border_m.expect("inside") < 15.0);
    assert!(answer.border_distance_m.expect("inside") > 900.0);
    assert!(answer.confidence > 0.999);
}

#[test]
fn on_the_regency_border_both_are_possible() {
    let answer = atlas().jurisdiction(at(-7.81, 112.0), Some(5.0));
    assert!((answer.confidence - 0.5).abs() < 0.01);
    assert_eq!(answer.regency_code(), Some("35.06"));
    assert_eq!(answer.alternatives[0].regency_code, "35.71");
}

#[test]
fn just_outside_tells_the_distance_and_who_is_near() {
    let answer = atlas().jurisdiction(at(-7.8609, 112.0), Some(300.0));
    assert!((answer.border_distance_m.expect("near") - 100.0).abs() < 1.0);
    assert_eq!(answer.alternatives[0].regency_code, "35.06");
    assert!(answer.confidence < 0.8);
    let far = atlas().jurisdiction(at(-7.0, 112.0), Some(10.0));
    assert_eq!((far.border_distance_m, far.confidence > 0.999), (None, true));
}

#[test]
fn a_gap_belongs_to_somebody_and_says_so() {
    // Four villages around a hole of some 440 m; the two in the east are another regency's.
    let strip = |code: &str, name: &str, kab: &str, rect| village(code, name, "Kecamatan", kab, rect, None);
    let holed = collection(&[
        strip("35.71.01.1001", "Barat", "Kota Kediri", [112.00, -7.84, 112.018, -7.80]),
        strip("35.71.01.1002", "Utara", "Kota Kediri", [112.018, -7.818, 112.022, -7.80]),
        strip("35.71.01.1003", "Selatan", "Kota Kediri", [112.018, -7.84, 112.022, -7.822]),
        strip("35.06.01.2001", "Timur", "Kabupaten Kediri", [112.022, -7.84, 112.04, -7.80]),
    ]);
    let (map, _) = VillageMap::from_geojson(&holed).expect("a map");
    let answer = map.jurisdiction(at(-7.82, 112.0195), Some(10.0));
    assert_eq!((answer.method, answer.regency_code()), (Method::Nearest, Some("35.71")));
    assert!(answer.confidence < 0.3, "{answer:?}");
    assert_eq!(answer.alternatives.first().map(|other| other.regency_code.as_str()), Some("35.06"));
    // As far from the map's outer edge it is outside.
    assert_eq!(map.jurisdiction(at(-7.82, 111.9985), None).method, Method::Outside);
}

#[test]
fn the_banks_of_a_river_are_no_border_of_the_regency() {
    // 110 m of water in no village, inside one regency.
    let banks = collection(&[
        village("35.71.01.1001", "Kiri", "Mojoroto", "Kota Kediri", [112.00, -7.84, 112.02, -7.80], None),
        village("35.71.02.1001", "Kanan", "Kota", "Kota Kediri", [112.021, -7.84, 112.04, -7.80], None),
    ]);
    let (map, _) = VillageMap::from_geojson(&banks).expect("a map");
    let answer = map.jurisdiction(at(-7.82, 112.0199), Some(100.0));
    assert!(answer.village_border_m.expect("inside") < 20.0);
    assert!(answer.border_distance_m.expect("inside") > 1_500.0 && answer.confidence > 0.999, "{answer:?}");
}

#[test]
fn overlapping_villages_tie_to_the_smallest_code() {
    let overlapping = collection(&[
        village("35.71.03.1002", "Dua", "Pesantren", "Kota Kediri", [112.0, -7.82, 112.02, -7.80], None),
        village("35.71.03.1001", "Satu", "Pesantren", "Kota Kediri", [112.01, -7.82, 112.03, -7.80], None),
    ]);
    let (map, _) = VillageMap::from_geojson(&overlapping).expect("a map");
    let answer = map.jurisdiction(at(-7.81, 112.015), None);
    assert_eq!(answer.method, Method::Tie);
    assert_eq!(answer.village.expect("inside").name, "Satu");
}

#[test]
fn answers_survive_the_wire() {
    let (map, _) = VillageMap::from_geojson(&city()).expect("a map");
    let answer = map.jurisdiction(at(-7.81, 112.005), Some(20.0));
    let text = serde_json::to_string(&answer).expect("JSON");
    assert_eq!(serde_json::from_str::<kentongan_geography::Jurisdiction>(&text).expect("JSON"), answer);
    assert!(text.contains(r#""method":"contains""#), "{text}");
}
