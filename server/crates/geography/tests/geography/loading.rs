//! What files are accepted, what is set aside, and what the errors say.

use kentongan_geography::{Atlas, GeographyError, VillageKind, VillageMap};
use serde_json::{Value, json};

use crate::map::{at, city, collection, regency, village};

fn feature(code: &str, coordinates: Value) -> Value {
    json!({
        "type": "Feature",
        "properties": { "code": code, "name": "Uji", "kec": "Uji", "kab": "Kota Uji" },
        "geometry": { "type": "MultiPolygon", "coordinates": coordinates },
    })
}

#[test]
fn a_file_that_cannot_be_used_says_why() {
    for (text, words) in [
        ("", "not readable JSON"),
        ("{\"type\":", "line 1"),
        ("[1,2]", "not readable JSON"),
        ("{\"type\":\"Feature\",\"features\":[]}", "FeatureCollection"),
        ("{\"type\":\"FeatureCollection\"}", "FeatureCollection"),
        ("{\"type\":\"FeatureCollection\",\"features\":[]}", "empty"),
        ("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\"}]}", "feature 0"),
    ] {
        let error = VillageMap::from_geojson(text).expect_err(text);
        assert!(error.to_string().contains(words), "{text}: {error}");
    }
    assert!(matches!(Atlas::new(&[], ""), Err(GeographyError::NoVillages { .. })));
}

#[test]
fn a_bad_feature_is_named_and_the_rest_loads() {
    let good =
        village("35.71.01.1001", "Baik", "Mojoroto", "Kota Kediri", [112.0, -7.82, 112.01, -7.80], None);
    let no_code = json!({ "type": "Feature", "properties": { "name": "X" }, "geometry": null });
    let swapped =
        feature("35.71.01.1002", json!([[[[-7.8, 112.0], [-7.8, 112.1], [-7.9, 112.1], [-7.8, 112.0]]]]));
    let point = json!({ "type": "Feature", "properties": {}, "geometry": { "type": "Point", "coordinates": [1, 2] } });
    let thin = feature("35.71.01.1003", json!([[[[112.0, -7.8], [112.1, -7.8], [112.0, -7.8]]]]));
    let bad_code = feature("Kediri", json!([[[[112.0, -7.8], [112.1, -7.8], [112.0, -7.9]]]]));
    let text = collection(&[no_code, good, swapped, point, thin, bad_code]);
    let (map, report) = VillageMap::from_geojson(&text).expect("one village");
    assert_eq!((report.features, report.loaded, map.villages().count()), (6, 1, 1));
    let reasons: Vec<(usize, &str)> =
        report.rejected.iter().map(|rejected| (rejected.index, rejected.reason.as_str())).collect();
    for (index, words) in [
        (0, "`code` is missing"),
        (2, "lon, lat"),
        (3, "Polygon"),
        (4, "three corners"),
        (5, "35.71.01.1001"),
    ] {
        let reason =
            reasons.iter().find(|(at, _)| *at == index).map(|(_, reason)| *reason).unwrap_or_default();
        assert!(reason.contains(words), "feature {index}: {reason}");
    }
}

#[test]
fn untidy_rings_load() {
    // Not closed; a corner repeated; touching itself in one point; a needless ring of two points.
    let open = json!([[[[112.0, -7.8], [112.1, -7.8], [112.1, -7.9], [112.0, -7.9]]]]);
    let repeated = json!([[[[112.2, -7.8], [112.2, -7.8], [112.3, -7.8], [112.3, -7.9], [112.2, -7.8]]]]);
    let touching = json!([[[
        [112.4, -7.8],
        [112.45, -7.85],
        [112.5, -7.8],
        [112.5, -7.9],
        [112.45, -7.85],
        [112.4, -7.9],
        [112.4, -7.8]
    ]]]);
    let needless = json!([[
        [[112.6, -7.8], [112.7, -7.8], [112.7, -7.9], [112.6, -7.8]],
        [[112.65, -7.82], [112.65, -7.82]]
    ]]);
    let text = collection(&[
        feature("35.01.01.2001", open),
        feature("35.01.01.2002", repeated),
        feature("35.01.01.2003", touching),
        feature("35.01.01.2004", needless),
    ]);
    let (map, report) = VillageMap::from_geojson(&text).expect("a map");
    assert_eq!((report.loaded, report.rejected.len()), (4, 0), "{report:?}");
    for (lat, lon, code) in [
        (-7.85, 112.05, "35.01.01.2001"),
        (-7.82, 112.28, "35.01.01.2002"),
        (-7.85, 112.41, "35.01.01.2003"),
        (-7.85, 112.49, "35.01.01.2003"),
        (-7.82, 112.68, "35.01.01.2004"),
    ] {
        let found = map.jurisdiction(at(lat, lon), None).village.map(|village| village.code);
        assert_eq!(found.as_deref(), Some(code));
    }
}

#[test]
fn files_merge_and_parts_of_one_village_join() {
    let (mut map, _) = VillageMap::from_geojson(&city()).expect("a map");
    map.extend(&regency()).expect("a second file");
    assert_eq!(map.villages().count(), 5);
    assert!(map.extend("no json").is_err());
    assert_eq!(map.villages().count(), 5, "a failed file changes nothing");
    let island =
        village("35.71.01.1001", "Ngampel", "Mojoroto", "Kota Kediri", [112.2, -7.82, 112.21, -7.80], None);
    assert_eq!(map.extend(&collection(&[island])).expect("an island").joined, 1);
    assert_eq!(map.villages().count(), 5);
    let found = map.jurisdiction(at(-7.81, 112.205), None).village.expect("on the island");
    assert_eq!((found.code.as_str(), found.kind), ("35.71.01.1001", VillageKind::Kelurahan));
}

#[test]
fn outlines_are_a_collection_with_every_village() {
    let (map, _) = VillageMap::from_geojson(&regency()).expect("a map");
    let outlines: Value = serde_json::from_str(&map.outlines_geojson()).expect("JSON");
    let features = outlines["features"].as_array().expect("features");
    assert_eq!(features.len(), 3);
    assert_eq!(features[0]["properties"]["regency_code"], "35.06");
    let rings = features[0]["geometry"]["coordinates"][0].as_array().expect("rings");
    assert_eq!(rings.len(), 2, "the hole of the enclave stays");
    // Coordinates are lon, lat.
    assert!(rings[0][0][0].as_f64().expect("lon") > 100.0);
}
