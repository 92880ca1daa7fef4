//! The country's names behind a centre's own: loading, searching, in texts, landmarks added.

use std::sync::Arc;

use kentongan_geography::{Atlas, GeographyError, LandmarkError, MatchReason, NationalGazetteer, PlaceKind};

use crate::map::{at, atlas};

/// A small country, made up around the hand-drawn map; names and codes as the ministry writes them.
pub const COUNTRY: &str = "code,name,lat,lng\n\
    35,Jawa Timur,-7.5,112.5\n\
    35.06,Kabupaten Kediri,-7.83,112.09\n\
    35.06.14,Papar,-7.80,112.08\n\
    35.06.14.2008,Ngampel,-7.83,112.08\n\
    35.71,Kota Kediri,-7.82,112.01\n\
    35.71.01,Mojoroto,-7.81,112.0\n\
    35.71.01.1001,Ngampel,-7.81,112.005\n\
    35.07,Kabupaten Malang,-8.13,112.64\n\
    35.07.01,Donomulyo,-8.3,112.4\n\
    35.07.01.2001,Sumberejo,-8.31,112.41\n\
    35.73,Kota Malang,-7.98,112.64\n\
    35.73.03,Kedungkandang,-8.0,112.66\n\
    35.73.03.1009,Madyopuro,-7.98,112.67\n\
    35.10,Kabupaten Banyuwangi,-8.36,114.2\n\
    35.10.13,Rogojampi,-8.32,114.29\n\
    35.10.13.2001,Sumberejo,-8.33,114.3\n\
    35.10.13.2002,Ngampel,-8.34,114.31\n\
    35.78,Kota Surabaya,-7.25,112.75\n\
    35.78.01,Soekolilo,-7.29,112.79\n\
    32,Jawa Barat,-6.9,107.6\n\
    32.01,Kabupaten Bogor,-6.6,106.8\n\
    32.01.02,Cisarua,-6.7,106.95\n\
    32.01.02.2001,Djogjogan,-6.68,106.94\n\
    32.01.02.2002,Sumberejo,-6.69,106.93\n";

pub fn with_country() -> Atlas {
    let (national, report) = NationalGazetteer::from_csv(COUNTRY).expect("a country");
    assert_eq!((report.loaded(), report.rejected.len()), (24, 0), "{report:?}");
    atlas().with_national(Arc::new(national))
}

fn names(query: &str) -> Vec<(String, String)> {
    let found = with_country().search(query, None, 8);
    found.into_iter().map(|place| (place.name, place.regency.unwrap_or_default())).collect()
}

#[test]
fn bad_rows_are_named_by_line_and_the_rest_loads() {
    let text = "code,name,lat,lng\n\
        35.71,Kota Kediri,-7.82,112.01\n\
        35.7,Salah,-7.8,112.0\n\
        35.71.01,,-7.8,112.0\n\
        35.71.02,Kota,utara,112.0\n\
        35.71.03,Pesantren,112.0,-7.8\n\
        35.71,Kota Kediri,-7.82,112.01\n\
        35.71.04,Jauh,51.5,0.1\n\
        35.71.01.1001\n\
        35.71.05,\"Baik, Sekali\",-7.8,112.0\n\
        35.71.06,Caf\u{fffd},-7.8,112.0\n";
    let (national, report) = NationalGazetteer::from_csv(text).expect("two rows");
    assert_eq!(national.len(), 2);
    let reasons: Vec<(u64, &str)> =
        report.rejected.iter().map(|bad| (bad.line, bad.reason.as_str())).collect();
    for (line, words) in [
        (3, "`35.7` is no area's"),
        (4, "has no name"),
        (5, "latitude `utara` is no number"),
        (6, "swapped"),
        (7, "stands in line 2 already"),
        (8, "outside Indonesia"),
        (9, "has no name"),
        (11, "UTF-8"),
    ] {
        let reason =
            reasons.iter().find(|(at, _)| *at == line).map(|(_, reason)| *reason).unwrap_or_default();
        assert!(reason.contains(words), "line {line}: {reason}");
    }
    assert_eq!(reasons.len(), 8);
}

#[test]
fn a_file_that_is_none_says_why() {
    for (text, words) in [
        ("", "column `code` is missing"),
        ("code,name,lat\n", "`lng` or `lon`"),
        ("code,name,lat,lng\n", "there is no row"),
        ("code,name,lat,lng\nx,y,1,2\n", "line 2"),
        ("<html>", "column `code` is missing"),
    ] {
        let error = NationalGazetteer::from_csv(text).expect_err(text);
        assert!(matches!(error, GeographyError::National { .. }));
        assert!(error.to_string().contains(words), "{text}: {error}");
    }
}

#[test]
fn searching_with_faults_and_old_spellings() {
    let atlas = with_country();
    for (query, name, kind, reason) in [
        ("rogojampi", "Rogojampi", PlaceKind::District, MatchReason::Exact),
        ("rogojmpi", "Rogojampi", PlaceKind::District, MatchReason::Typo),
        ("logojampi", "Rogojampi", PlaceKind::District, MatchReason::Typo),
        ("rogo", "Rogojampi", PlaceKind::District, MatchReason::Prefix),
        ("kec rogojampi", "Rogojampi", PlaceKind::District, MatchReason::Exact),
        ("Soerabaja", "Kota Surabaya", PlaceKind::Regency, MatchReason::Spelling),
        ("sby", "Kota Surabaya", PlaceKind::Regency, MatchReason::Exact),
        ("sukolilo", "Soekolilo", PlaceKind::District, MatchReason::Exact),
        ("jogyogan", "Djogjogan", PlaceKind::Village, MatchReason::Spelling),
        ("Kedungkandhang", "Kedungkandang", PlaceKind::District, MatchReason::Exact),
        ("kedungkandanng", "Kedungkandang", PlaceKind::District, MatchReason::Spelling),
        ("rogjampi", "Rogojampi", PlaceKind::District, MatchReason::Typo),
        ("madyopuuro", "Madyopuro", PlaceKind::Village, MatchReason::Spelling),
        ("jogjgan", "Djogjogan", PlaceKind::Village, MatchReason::Typo),
        ("kota malang", "Kota Malang", PlaceKind::Regency, MatchReason::Exact),
        ("kab malang", "Kabupaten Malang", PlaceKind::Regency, MatchReason::Exact),
        ("sumberejo malang", "Sumberejo", PlaceKind::Village, MatchReason::Exact),
    ] {
        let found = atlas.search(query, None, 5);
        let best = found.first().unwrap_or_else(|| panic!("nothing for {query}"));
        assert_eq!(
            (best.name.as_str(), best.kind, best.match_reason),
            (name, kind, reason),
            "{query}: {found:#?}"
        );
    }
    for nothing in ["", "🔥", "zzzzzz", "kel", "x"] {
        assert!(atlas.search(nothing, None, 5).is_empty(), "{nothing}");
    }
}

#[test]
fn the_centres_own_come_first_and_namesakes_are_all_listed() {
    let regencies: Vec<String> = names("ngampel").into_iter().map(|(_, regency)| regency).collect();
    assert_eq!(regencies.len(), 3, "{regencies:?}");
    assert_eq!(regencies.last().map(String::as_str), Some("Kabupaten Banyuwangi"));
    for limit in [1, 2, 8] {
        let found = with_country().search("sumberejo", None, limit);
        assert_eq!(found.len(), 3, "{limit}: {found:#?}");
        assert!(found.iter().all(|place| place.district.is_some() && place.regency.is_some()));
    }
    // Nearest to the hint first, else nearest to the centre.
    assert_eq!(names("sumberejo")[0].1, "Kabupaten Malang");
    let near = with_country().search("sumberejo", Some(at(-8.33, 114.3)), 8);
    assert_eq!(near[0].regency.as_deref(), Some("Kabupaten Banyuwangi"));
    assert!(near.is_sorted_by_key(|place| place.distance_m.map(|metres| metres as u64)));
}

#[test]
fn texts_of_other_regencies() {
    let atlas = with_country();
    for (text, name, regency, ambiguous) in [
        ("pasar rogojampi", "Rogojampi", "Kabupaten Banyuwangi", false),
        ("tawon di RT 11 RW 3 Kelurahan Madyopuro", "Madyopuro", "Kota Malang", false),
        ("kel madyopro", "Madyopuro", "Kota Malang", false),
        ("saya di Kota Malang", "Kota Malang", "Kota Malang", false),
        ("sumberejo kec rogojampi", "Sumberejo", "Kabupaten Banyuwangi", false),
        ("desa sumberejo kab bogor", "Sumberejo", "Kabupaten Bogor", false),
        ("kel ngampel", "Ngampel", "Kota Kediri", true),
        ("di malang", "Kota Malang", "Kota Malang", true),
    ] {
        let found = atlas.find_in_text(text, None, 8);
        let best = found.candidates.first().unwrap_or_else(|| panic!("nothing in {text}"));
        assert_eq!(
            (best.name.as_str(), best.regency.as_deref()),
            (name, Some(regency)),
            "{text}: {found:#?}"
        );
        assert_eq!(found.ambiguous, ambiguous, "{text}: {found:#?}");
    }
    for text in [
        "jl rogojampi no 5",
        "kebakaran besar, tolong",
        "pak rogojampi jatuh di dapur rumahnya tadi pagi sekali",
    ] {
        let found = atlas.find_in_text(text, None, 8);
        assert_eq!(found.candidates, [], "{text}");
    }
}

#[test]
fn a_landmark_is_found_by_the_next_call() {
    let atlas = with_country();
    assert!(atlas.find_in_text("dpn warung mbok sri", None, 5).candidates.is_empty());
    let added =
        atlas.add_landmark("  Warung   Mbok Sri ", at(-7.81, 112.005), "operator").expect("a landmark");
    assert_eq!((added.name.as_str(), added.added_by.as_str()), ("Warung Mbok Sri", "operator"));
    let found = atlas.find_in_text("ada api dpn warung mbok sri", None, 5);
    assert_eq!(found.candidates[0].name, "Warung Mbok Sri");
    assert_eq!(found.candidates[0].regency.as_deref(), Some("Kota Kediri"));
    assert_eq!(atlas.search("mbok sri", None, 5)[0].name, "Warung Mbok Sri");
    assert_eq!(atlas.added_landmarks(), [added]);

    let again = atlas.add_landmark("warung mbok sri", at(-7.81, 112.0051), "operator");
    assert!(matches!(again, Err(LandmarkError::Known { .. })), "{again:?}");
    assert_eq!(atlas.add_landmark("🔥", at(0.0, 0.0), "x"), Err(LandmarkError::NameEmpty));
    assert_eq!(atlas.add_landmark("Pos", at(0.0, 0.0), " "), Err(LandmarkError::NoAuthor));
    assert_eq!(atlas.add_landmark(&"a".repeat(200), at(0.0, 0.0), "x"), Err(LandmarkError::NameTooLong));
}

#[test]
fn a_landmark_is_corrected_and_taken_away() {
    let atlas = with_country();
    let names = atlas.name_count();
    let first = atlas.add_landmark("Warung Mbok Sri", at(-7.81, 112.005), "operator").expect("a landmark");
    let second = atlas.add_landmark("Pos Ronda", at(-7.811, 112.006), "operator").expect("a landmark");
    let finds = |words: &str| atlas.search(words, None, 5).first().map(|place| place.name.clone());

    // A step aside and in another spelling it is itself, and not one that is known already.
    let moved = atlas.check_landmark("WARUNG MBOK SRI", at(-7.8101, 112.005), "operator", Some(&first));
    let moved = moved.expect("a correction");
    let taken = atlas.check_landmark("pos ronda", second.at, "operator", Some(&first));
    assert!(matches!(taken, Err(LandmarkError::Known { .. })), "{taken:?}");
    atlas.replace_landmark(Some(&first), Some(&moved)).expect("changed");
    assert_eq!(finds("warung mbok sri").as_deref(), Some("WARUNG MBOK SRI"));
    assert_eq!(atlas.added_landmarks(), [second.clone(), moved.clone()]);

    atlas.replace_landmark(Some(&moved), None).expect("taken away");
    assert_ne!(finds("warung mbok sri").as_deref(), Some("WARUNG MBOK SRI"));
    assert!(atlas.find_in_text("api di warung mbok sri", None, 5).candidates.is_empty());
    assert_eq!(finds("pos ronda").as_deref(), Some("Pos Ronda"), "what stood behind it is found as before");
    assert_eq!((atlas.name_count(), atlas.added_landmarks().len()), (names + 1, 1));
    // Once more is as once; a place of the pack was never added.
    atlas.replace_landmark(Some(&moved), None).expect("gone already");
    let station = atlas.search("stasiun kediri", None, 1).remove(0);
    let of_pack = kentongan_geography::AddedLandmark {
        name: station.name.clone(),
        at: at(station.lat, station.lon),
        added_by: "operator".to_owned(),
    };
    atlas.replace_landmark(Some(&of_pack), None).expect("nothing to do");
    assert_eq!(finds("stasiun kediri"), Some(station.name));
}

#[test]
fn a_clone_has_landmarks_of_its_own() {
    let live = atlas();
    live.add_landmark("Pos Satu", at(-7.81, 112.005), "operator").expect("a landmark");
    let drill = live.clone();
    drill.add_landmark("Pos Dua", at(-7.81, 112.006), "trainer").expect("a landmark");
    assert!(!drill.search("pos satu", None, 3).is_empty());
    assert!(live.search("pos dua", None, 3).iter().all(|place| place.name != "Pos Dua"));
    assert_eq!((live.added_landmarks().len(), drill.added_landmarks().len()), (1, 2));
}
