//! Typed queries: abbreviations, faults, prefixes, same names, nearness.

use kentongan_geography::{MatchReason, PlaceKind};

use crate::map::{at, atlas};

fn first(query: &str) -> (String, PlaceKind, MatchReason) {
    let found = atlas().search(query, None, 5);
    let best = found.first().unwrap_or_else(|| panic!("nothing for {query}"));
    (best.name.clone(), best.kind, best.match_reason)
}

#[test]
fn table() {
    for (query, name, kind, reason) in [
        ("Dandangan", "Dandangan", PlaceKind::Village, MatchReason::Exact),
        ("KEL. DANDANGAN", "Dandangan", PlaceKind::Village, MatchReason::Exact),
        ("dandángan", "Dandangan", PlaceKind::Village, MatchReason::Exact),
        ("dandagan", "Dandangan", PlaceKind::Village, MatchReason::Typo),
        ("danda", "Dandangan", PlaceKind::Village, MatchReason::Prefix),
        ("jl doho", "Jalan Dhoho", PlaceKind::Street, MatchReason::Exact),
        ("kec papar", "Papar", PlaceKind::District, MatchReason::Exact),
        ("desa papar", "Papar", PlaceKind::Village, MatchReason::Exact),
        ("psr papar", "Pasar Papar", PlaceKind::Landmark, MatchReason::Exact),
        ("sepur kediri", "Stasiun Kediri", PlaceKind::Landmark, MatchReason::Alias),
        ("stasiun", "Stasiun Kediri", PlaceKind::Landmark, MatchReason::Prefix),
    ] {
        assert_eq!(first(query), (name.to_owned(), kind, reason), "{query}");
    }
}

#[test]
fn nothing_fits_nothing() {
    let atlas = atlas();
    for query in ["", "   ", "🔥", "kel", "zzzzzz", "Jakarta Pusat"] {
        assert!(atlas.search(query, None, 5).is_empty(), "{query}");
    }
    assert!(atlas.search("ngampel", None, 0).is_empty());
}

#[test]
fn same_names_are_never_parted() {
    let atlas = atlas();
    for (query, limit) in
        [("ngampel", 1), ("kel ngampel", 1), ("ngampel", 8), ("kel ngampel", 8), ("ds Ngampel", 8)]
    {
        let found = atlas.search(query, None, limit);
        let regencies: Vec<&str> = found
            .iter()
            .filter(|candidate| candidate.name == "Ngampel")
            .filter_map(|candidate| candidate.regency.as_deref())
            .collect();
        assert_eq!(regencies.len(), 2, "{query}: {found:?}");
        assert!(regencies.contains(&"Kota Kediri") && regencies.contains(&"Kabupaten Kediri"));
    }
}

#[test]
fn the_area_behind_the_name_decides() {
    let atlas = atlas();
    for (query, district) in
        [("ngampel papar", "Papar"), ("ngampel kota kediri", "Mojoroto"), ("ngampel mojoroto", "Mojoroto")]
    {
        let found = atlas.search(query, None, 5);
        assert_eq!(found[0].district.as_deref(), Some(district), "{query}");
        assert_eq!(found.iter().filter(|candidate| candidate.name == "Ngampel").count(), 2, "{query}");
    }
}

#[test]
fn equals_are_ordered_by_distance() {
    let atlas = atlas();
    for (lat, lon, district) in [(-7.84, 112.08, "Papar"), (-7.81, 112.0, "Mojoroto")] {
        let found = atlas.search("Ngampel", Some(at(lat, lon)), 5);
        assert_eq!(found[0].district.as_deref(), Some(district));
        assert!(found[0].distance_m < found[1].distance_m);
    }
}

#[test]
fn a_place_without_a_code_gets_the_village_around_it() {
    let found = atlas().search("Stasiun Kediri", None, 1);
    assert_eq!(found[0].village.as_deref(), Some("Dandangan"));
    let district = atlas().search("kec papar", None, 1);
    assert_eq!((district[0].village.as_deref(), district[0].district.as_deref()), (None, Some("Papar")));
}
