//! The Kediri pack: readable, complete, consistent with itself; its map tiles without gaps.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use kentongan_domain::catalogue::Category;
use kentongan_domain::centre::{Agency, CentreProfile, IncidentType, RoutingRule, UnitProfile};
use kentongan_geography::{Atlas, LatLon};
use serde::Deserialize;

pub fn read(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../centres/kediri").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn atlas() -> Atlas {
    let (atlas, report) = Atlas::new(&[&read("boundaries.geojson")], &read("places.csv")).expect("the pack");
    assert!(report.is_clean(), "{report:?}");
    atlas
}

/// Village code and outer ring (lon, lat, not closed) of every cell.
pub fn cells() -> Vec<(String, Vec<[f64; 2]>)> {
    let file: serde_json::Value = serde_json::from_str(&read("boundaries.geojson")).expect("JSON");
    let features = file["features"].as_array().expect("features");
    features
        .iter()
        .map(|feature| {
            let mut ring: Vec<[f64; 2]> =
                serde_json::from_value(feature["geometry"]["coordinates"][0].clone()).expect("a ring");
            ring.pop();
            (feature["properties"]["code"].as_str().expect("code").to_owned(), ring)
        })
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Types {
    types: Vec<IncidentType>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Agencies {
    agencies: Vec<Agency>,
    units: Vec<UnitProfile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Routing {
    rules: Vec<RoutingRule>,
    version: String,
    may_lead: Vec<String>,
}

fn unique<'a>(codes: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    for code in codes {
        assert!(seen.insert(code), "{code} twice");
    }
    seen
}

#[test]
fn catalogue_agencies_and_routing_fit_together() {
    let profile: CentreProfile = toml::from_str(&read("centre.toml")).expect("centre.toml");
    let types: Types = toml::from_str(&read("catalogue.toml")).expect("catalogue.toml");
    let desks: Agencies = toml::from_str(&read("agencies.toml")).expect("agencies.toml");
    let routing: Routing = toml::from_str(&read("routing.toml")).expect("routing.toml");

    let codes = unique(types.types.iter().map(|kind| kind.code.as_str()));
    for kind in &types.types {
        assert!(kind.code.starts_with(kind.category.code()), "{}", kind.code);
    }
    for category in Category::ALL {
        assert!(codes.contains(format!("{}_other", category.code()).as_str()), "{category:?}");
        let general = routing.rules.iter().find(|rule| {
            rule.category == category
                && rule.type_code.is_none()
                && rule.cues.is_empty()
                && rule.areas.is_empty()
        });
        let general = general.unwrap_or_else(|| panic!("no rule for {category:?}"));
        assert_eq!(general.lead.is_some(), category.is_emergency(), "{category:?}");
    }

    let agencies = unique(desks.agencies.iter().map(|agency| agency.code.as_str()));
    unique(desks.agencies.iter().map(|agency| agency.phone.as_str()));
    for agency in &desks.agencies {
        assert!(agency.short.len() <= 8, "{}", agency.short);
        assert!(agency.phone.starts_with("(0354) 555-01"), "{} must be fictional", agency.phone);
        assert!(agency.regencies.iter().all(|code| profile.regencies.contains(code)), "{}", agency.code);
    }
    unique(desks.units.iter().map(|unit| unit.code.as_str()));
    let atlas = atlas();
    for unit in &desks.units {
        assert!(agencies.contains(unit.agency.as_str()), "{}", unit.agency);
        let home = LatLon::new(unit.lat, unit.lon).expect("a position");
        let served =
            &desks.agencies.iter().find(|agency| agency.code == unit.agency).expect("agency").regencies;
        let regency = atlas.jurisdiction(home, None).village.expect("on the map").regency_code;
        assert!(served.is_empty() || served.contains(&regency), "{} stands in {regency}", unit.code);
    }

    let kinds: BTreeSet<&str> = desks.agencies.iter().map(|agency| agency.kind.as_str()).collect();
    assert!(!routing.version.is_empty());
    assert!(routing.may_lead.iter().all(|kind| kinds.contains(kind.as_str())), "{:?}", routing.may_lead);
    for rule in &routing.rules {
        assert!(rule.type_code.as_deref().is_none_or(|code| codes.contains(code)), "{rule:?}");
        assert!(rule.lead.iter().chain(&rule.support).all(|kind| kinds.contains(kind.as_str())), "{rule:?}");
        assert!(rule.lead.as_ref().is_none_or(|lead| !rule.support.contains(lead)), "{rule:?}");
    }
    // Wherever an incident is, every kind that routing names has exactly one agency.
    for regency in &profile.regencies {
        for kind in &kinds {
            let serving = desks.agencies.iter().filter(|agency| {
                agency.kind == *kind && (agency.regencies.is_empty() || agency.regencies.contains(regency))
            });
            assert_eq!(serving.count(), 1, "{kind} in {regency}");
        }
    }
}

#[test]
fn every_place_lies_in_the_village_it_names() {
    let (atlas, report) = Atlas::new(&[&read("boundaries.geojson")], &read("places.csv")).expect("the pack");
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.villages, 390);
    assert!(report.places.loaded >= 150 && report.places.located_by_position == 0, "{:?}", report.places);
    let text = read("places.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for row in reader.records() {
        let row = row.expect("a row");
        let point =
            LatLon::new(row[2].parse().expect("lat"), row[3].parse().expect("lon")).expect("a position");
        let found = atlas.jurisdiction(point, None).village.map(|village| village.code);
        assert_eq!(found.as_deref(), Some(&row[4]), "{}", &row[0]);
    }
}

/// A corner in units of 0.00001 degrees, lon first.
type Corner = (i64, i64);

#[test]
fn the_schematic_map_tiles() {
    assert!(read("boundaries.geojson").len() < 600_000);
    let key = |[lon, lat]: [f64; 2]| ((lon * 1e5).round() as i64, (lat * 1e5).round() as i64);
    let mut edges: BTreeMap<(Corner, Corner), String> = BTreeMap::new();
    for (code, ring) in cells() {
        for (from, to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let twice = edges.insert((key(*from), key(*to)), code.clone());
            assert_eq!(twice, None, "{code} overlaps a neighbour");
        }
    }
    // Every edge is shared, except on the outer border; and no village of the city lies there.
    let outer: Vec<&String> = edges
        .iter()
        .filter(|((from, to), _)| !edges.contains_key(&(*to, *from)))
        .map(|(_, code)| code)
        .collect();
    assert!(!outer.is_empty() && outer.len() < 200, "{}", outer.len());
    assert!(outer.iter().all(|code| code.starts_with("35.06")), "the city must lie inside the regency");
}
