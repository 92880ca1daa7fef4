//! What must hold for any point, any text, any file.

use std::sync::LazyLock;

use kentongan_geography::{Atlas, JurisdictionMethod, LatLon, VillageMap};
use proptest::prelude::*;

use crate::kediri_pack;

static ATLAS: LazyLock<Atlas> = LazyLock::new(kediri_pack::atlas);

/// The pack's cells: village code and outer ring.
fn cells() -> &'static [(String, Vec<[f64; 2]>)] {
    static CELLS: LazyLock<Vec<(String, Vec<[f64; 2]>)>> = LazyLock::new(kediri_pack::cells);
    &CELLS
}

/// Even-odd rule, written apart from the code under test.
fn inside(ring: &[[f64; 2]], x: f64, y: f64) -> bool {
    let mut inside = false;
    let mut before = ring[ring.len() - 1];
    for corner in ring {
        let ([x1, y1], [x2, y2]) = (before, *corner);
        if (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 {
            inside = !inside;
        }
        before = *corner;
    }
    inside
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_numbers_are_refused_or_answered(lat in any::<f64>(), lon in any::<f64>(), accuracy in any::<f64>()) {
        if let Ok(point) = LatLon::new(lat, lon) {
            let answer = ATLAS.jurisdiction(point, Some(accuracy));
            prop_assert!((0.0..=1.0).contains(&answer.confidence));
            prop_assert_eq!(answer.village.is_none(), answer.method == JurisdictionMethod::Outside);
        }
    }

    #[test]
    fn any_point_on_earth_is_answered(lat in -90.0..=90.0_f64, lon in -180.0..=180.0_f64) {
        let point = LatLon::new(lat, lon).expect("in range");
        let answer = ATLAS.jurisdiction(point, None);
        prop_assert!(answer.confidence.is_finite());
    }

    #[test]
    fn a_point_in_a_cell_is_its_village(pick in any::<prop::sample::Index>(), u in 0.0..1.0_f64, v in 0.0..1.0_f64) {
        let (code, ring) = &cells()[pick.index(cells().len())];
        let across = |axis: usize, share: f64| {
            let low = ring.iter().map(|corner| corner[axis]).fold(f64::INFINITY, f64::min);
            let high = ring.iter().map(|corner| corner[axis]).fold(f64::NEG_INFINITY, f64::max);
            low + share * (high - low)
        };
        let (lon, lat) = (across(0, u), across(1, v));
        prop_assume!(inside(ring, lon, lat));
        let answer = ATLAS.jurisdiction(LatLon::new(lat, lon).expect("on earth"), None);
        let found = answer.village.expect("inside").code;
        prop_assert!(&found == code || answer.method == JurisdictionMethod::Tie, "{} is not {}", found, code);
    }

    #[test]
    fn any_text_is_read(text in ".{0,200}", limit in 0_usize..5) {
        let found = ATLAS.find_in_text(&text, None, limit);
        prop_assert!(found.candidates.iter().all(|candidate| (0.0..=1.0).contains(&candidate.score)));
        let near = LatLon::new(-7.8, 112.0).ok();
        prop_assert!(ATLAS.search(&text, near, limit).iter().all(|candidate| candidate.distance_m.is_some()));
    }

    #[test]
    fn any_file_is_refused_or_loaded(text in ".{0,300}") {
        let _ = VillageMap::from_geojson(&text);
    }

    #[test]
    fn distance_is_a_metric(a in (-90.0..=90.0_f64, -180.0..=180.0_f64), b in (-90.0..=90.0_f64, -180.0..=180.0_f64)) {
        let (a, b) = (LatLon::new(a.0, a.1).expect("in range"), LatLon::new(b.0, b.1).expect("in range"));
        let metres = a.distance_m(b);
        prop_assert!((0.0..=20_015_200.0).contains(&metres));
        prop_assert!((metres - b.distance_m(a)).abs() < 1e-3);
    }
}
