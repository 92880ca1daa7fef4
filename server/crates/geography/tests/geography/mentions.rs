//! Places in free text, on the pack's own map (the names of a real city, nothing else of it).

use std::sync::LazyLock;

use kentongan_geography::{Atlas, MatchReason, PlaceKind, TextPlaces};

use crate::kediri_pack::atlas;

static ATLAS: LazyLock<Atlas> = LazyLock::new(atlas);

fn find(text: &str) -> TextPlaces {
    ATLAS.find_in_text(text, None, 8)
}

#[test]
fn the_best_reading() {
    for (text, name, kind, district, ambiguous) in [
        ("ada asap tebal di kel mojorto", "Mojoroto", PlaceKind::Village, "Mojoroto", false),
        ("kali meluap, Papar kidul sepur", "Papar", PlaceKind::Village, "Papar", false),
        (
            "puting beliung kec Gampengrejo atap terbang",
            "Gampengrejo",
            PlaceKind::District,
            "Gampengrejo",
            false,
        ),
        ("Gampengrejo, dua rumah roboh", "Gampengrejo", PlaceKind::District, "Gampengrejo", false),
        ("tabrakan jl doho dpn toko sepatu", "Jalan Dhoho", PlaceKind::Street, "Kota", false),
        ("begal di simpang lima gumul", "Simpang Lima Gumul", PlaceKind::Landmark, "Ngasem", false),
        ("bis mogok terminal tamanan", "Terminal Tamanan", PlaceKind::Landmark, "Mojoroto", false),
        ("ds Tempurejo ada sapi jatuh ke sumur", "Tempurejo", PlaceKind::Village, "Wates", true),
        ("ds tempurejo kec wates ada sapi jatuh", "Tempurejo", PlaceKind::Village, "Wates", false),
        ("desa Jambu Kayen Kidul pohon roboh", "Jambu", PlaceKind::Village, "Kayen Kidul", false),
        ("pojok mojoroto warung kebakaran", "Pojok", PlaceKind::Village, "Mojoroto", false),
        ("truk ngebut dari Pare ke Kandangan", "Kandangan", PlaceKind::Village, "Kandangan", true),
        (
            "api di hutan puh sarang dekat gereja puhsarang",
            "Gereja Puhsarang",
            PlaceKind::Landmark,
            "Semen",
            false,
        ),
    ] {
        let found = find(text);
        let best = found.candidates.first().unwrap_or_else(|| panic!("nothing in: {text}"));
        assert_eq!((best.name.as_str(), best.kind), (name, kind), "{text}: {found:#?}");
        assert_eq!(best.district.as_deref(), Some(district), "{text}");
        assert_eq!(found.ambiguous, ambiguous, "{text}: {found:#?}");
    }
}

#[test]
fn everyday_words_are_no_places() {
    for text in [
        "api besar sekali, tolong cepat",
        "ada ular di pojok kamar mandi",
        "saya jatuh di jalan, kaki berdarah",
        "orang bawa parang mengamuk sekarang",
        "pak jambu hilang sejak kemarin",
        "batu besar (watu gedhe) menutup jalan",
        "butuh ambulans, jarak dua kilometer",
        "surat kuning dari rumah sakit kota malang",
        "santri di pesantren pingsan",
        "kebakaran",
        "",
        "🔥🔥🔥",
    ] {
        assert_eq!(find(text).candidates, [], "{text}");
    }
}

#[test]
fn the_name_alone_is_enough() {
    for name in ["Pojok", "Gayam", "Semen", "Pare"] {
        assert!(!find(name).candidates.is_empty(), "{name}");
    }
}

#[test]
fn same_names_are_all_listed() {
    for name in SAME_NAMES {
        for text in [format!("desa {name}"), format!("kebakaran kel. {name} dekat masjid"), name.to_owned()] {
            let found = find(&text);
            let regencies: Vec<&str> = found
                .candidates
                .iter()
                .filter(|candidate| candidate.kind == PlaceKind::Village && candidate.name == name)
                .filter_map(|candidate| candidate.regency_code.as_deref())
                .collect();
            assert!(regencies.contains(&"35.71") && regencies.contains(&"35.06"), "{text}: {found:#?}");
            assert!(found.ambiguous, "{text}");
        }
    }
}

/// The names that exist in both Kota and Kabupaten Kediri.
pub const SAME_NAMES: [&str; 8] =
    ["Ngampel", "Banaran", "Blabak", "Pojok", "Tempurejo", "Rejomulyo", "Ngletih", "Gayam"];

#[test]
fn a_small_limit_hides_no_namesake() {
    let found = ATLAS.find_in_text("desa tempurejo", None, 1);
    assert_eq!(found.candidates.len(), 2);
    let two_towns = ATLAS.find_in_text("dari Pare ke Kandangan", None, 1);
    assert_eq!((two_towns.candidates.len(), two_towns.ambiguous), (1, true));
}

#[test]
fn an_office_does_not_hide_the_village_of_its_name() {
    let found = find("tabrakan di depan kantor kelurahan rejomulyo");
    assert_eq!(found.candidates.iter().filter(|candidate| candidate.name == "Rejomulyo").count(), 2);
}

#[test]
fn a_misspelt_name_says_so_and_scores_less() {
    let (right, wrong) = (find("kel mojoroto"), find("kel mojorto"));
    assert_eq!(wrong.candidates[0].match_reason, MatchReason::Typo);
    assert!(wrong.candidates[0].score < right.candidates[0].score);
}
