//! From what people say to where it may be, and what is said when that cannot be known.

use kentongan_geography::{Note, Verdict, Whereabouts};
use proptest::prelude::*;

use crate::map::{at, atlas};
use crate::national::with_country;

#[test]
fn a_clear_answer_to_everything() {
    let atlas = with_country();
    let capitals = "TOLONG ".repeat(572);
    for (text, verdict) in [
        ("", Verdict::Silent),
        ("  \n\u{200b}\u{feff} ", Verdict::Silent),
        ("🔥", Verdict::Silent),
        ("<br/>&nbsp;", Verdict::NoPlace),
        (capitals.as_str(), Verdict::NoPlace),
        ("пожар огонь", Verdict::NoPlace),
        ("kebakaran, tolong cepat pak", Verdict::NoPlace),
        ("desa antahberantah", Verdict::UnknownPlace),
        ("jl entah no 5", Verdict::UnknownPlace),
        ("https://maps.app.goo.gl/AbC123", Verdict::UnknownPlace),
        ("212.5000, 312.0119", Verdict::UnknownPlace),
        ("kel dandangan", Verdict::Found),
        ("<p>kel <b>dandangan</b></p>", Verdict::Found),
        ("кел kel d\u{200b}andangan", Verdict::Found),
        ("kel ngampel", Verdict::Ambiguous),
        ("-7.8100, 112.0050", Verdict::Position),
        ("112.0050, -7.8100", Verdict::Position),
        ("-8.9000, 112.0000", Verdict::OffTheMap),
        ("51.5007, -0.1246", Verdict::OffTheMap),
    ] {
        let resolved = atlas.resolve(text, None, 8);
        assert_eq!(resolved.verdict, verdict, "{text}: {resolved:#?}");
        assert!(!resolved.verdict.words().is_empty());
    }
}

#[test]
fn positions_tell_whose_area_they_are_in() {
    let atlas = with_country();
    for (text, lat, lon, whereabouts, regency, notes) in [
        ("-7.8100, 112.0050", -7.81, 112.005, Whereabouts::OnMap, Some("35.71"), vec![]),
        (
            "112.0050, -7.8100",
            -7.81,
            112.005,
            Whereabouts::OnMap,
            Some("35.71"),
            vec![Note::CoordinatesSwapped],
        ),
        ("geo:-7.78,112.01", -7.78, 112.01, Whereabouts::OnMap, Some("35.06"), vec![]),
        ("-8.3250, 114.2950", -8.325, 114.295, Whereabouts::Elsewhere, None, vec![]),
        ("-9.9000, 112.0000", -9.9, 112.0, Whereabouts::AtSeaOrUnknown, None, vec![]),
        ("0.0000, 0.0000", 0.0, 0.0, Whereabouts::Abroad, None, vec![Note::OutsideIndonesia]),
    ] {
        let resolved = atlas.resolve(text, None, 8);
        let [point] = resolved.points.as_slice() else { panic!("{text}: {resolved:#?}") };
        assert!((point.at.lat() - lat).abs() < 1e-9 && (point.at.lon() - lon).abs() < 1e-9, "{text}");
        assert_eq!((point.whereabouts, point.jurisdiction.regency_code()), (whereabouts, regency), "{text}");
        assert_eq!((&resolved.spoken.notes, &point.notes), (&notes, &notes), "{text}");
    }
    let elsewhere = atlas.resolve("-8.3250, 114.2950", None, 8);
    let nearest = elsewhere.points[0].nearest.as_ref().expect("a named area");
    assert_eq!(nearest.regency.as_deref(), Some("Kabupaten Banyuwangi"));
}

#[test]
fn plus_codes_count_from_the_city_that_is_said() {
    let atlas = with_country();
    // The cell of the city's middle, and the same last digits counted from two places.
    let here = atlas.resolve("5257+9X Kediri", None, 8);
    let there = atlas.resolve("5257+9X Rogojampi", None, 8);
    let (here, there) = (&here.points[0], &there.points[0]);
    assert!(here.at.distance_m(at(-7.82, 112.01)) < 80_000.0, "{here:?}");
    assert!(there.at.distance_m(at(-8.32, 114.29)) < 80_000.0, "{there:?}");
    assert!(here.at.distance_m(there.at) > 100_000.0);
    let bare = atlas.resolve("5257+9X", None, 8);
    assert_eq!((bare.points.len(), bare.spoken.notes.as_slice()), (1, &[Note::CodeWithoutCity][..]));
}

#[test]
fn a_link_that_asks_for_words_finds_them() {
    let resolved = atlas().resolve("https://www.google.com/maps?q=Pasar+Papar", None, 8);
    assert_eq!(resolved.places.candidates.first().map(|place| place.name.as_str()), Some("Pasar Papar"));
    assert_eq!(resolved.verdict, Verdict::Found);
}

#[test]
fn a_circle_over_the_maps_edge_names_who_is_beyond() {
    // 100 m inside the map's south edge.
    let point = at(-7.8591, 112.0);
    let without = atlas().jurisdiction(point, Some(400.0));
    assert_eq!(without.alternatives, []);
    let with = with_country().jurisdiction(point, Some(400.0));
    assert_eq!(with.alternatives[0].regency, "Kabupaten Malang");
    assert!(with.words().contains("might be Kabupaten Malang"), "{}", with.words());
    assert_eq!(with_country().jurisdiction(point, Some(20.0)).alternatives, []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_resolved(text in ".{0,300}", limit in 0_usize..6) {
        let resolved = with_country().resolve(&text, None, limit);
        for part in &resolved.spoken.parts {
            prop_assert_eq!(text.get(part.start..part.end), Some(part.words.as_str()));
        }
        for point in &resolved.points {
            prop_assert!(text.contains(&point.words));
            prop_assert!(point.accuracy_m.is_finite());
        }
        prop_assert!(resolved.places.candidates.iter().all(|place| (0.0..=1.0).contains(&place.score)));
        let text = serde_json::to_string(&resolved).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<kentongan_geography::Resolved>(&text).expect("JSON"), resolved);
    }

    #[test]
    fn any_query_is_searched(query in ".{0,80}", limit in 0_usize..6) {
        let near = Some(at(-7.8, 112.0));
        let found = with_country().search(&query, near, limit);
        prop_assert!(found.len() <= limit + 40);
        prop_assert!(found.iter().all(|place| (0.0..=1.0).contains(&place.score) && place.distance_m.is_some()));
    }

    #[test]
    fn any_file_of_names_is_refused_or_loaded(text in ".{0,200}") {
        let _ = kentongan_geography::NationalGazetteer::from_csv(&text);
        let _ = kentongan_geography::NationalGazetteer::from_csv(&format!("code,name,lat,lng\n{text}"));
    }

    #[test]
    fn any_landmark_is_added_or_refused(name in ".{0,150}", lat in -90.0..=90.0_f64, lon in -180.0..=180.0_f64) {
        let atlas = with_country();
        if atlas.add_landmark(&name, at(lat, lon), "operator").is_ok() {
            prop_assert_eq!(atlas.added_landmarks().len(), 1);
        }
    }
}
