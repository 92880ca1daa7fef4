//! Inputs that broke a reader once, found by `make fuzz` or while its targets were written, with what must hold
//! of them.

use std::sync::LazyLock;

use kentongan_geography::{Atlas, Detail, Note, SpokenPlace};

use crate::kediri_pack;

static ATLAS: LazyLock<Atlas> = LazyLock::new(kediri_pack::atlas);

#[test]
fn a_link_that_asks_for_nothing_asks_for_nothing() {
    for text in ["geo:0,0?q=", "geo:-7.8228,112.0119?q=+", "GEO:0,0?q=%20&z=1"] {
        let place = SpokenPlace::parse(text);
        let [part] = place.parts.as_slice() else { panic!("{text}: {place:?}") };
        assert!(matches!(&part.detail, Detail::MapLink { at: Some(_), query: None, .. }), "{text}: {part:?}");
    }
}

#[test]
fn a_kilometre_post_stands_at_figures() {
    for text in ["km 1e99", "km9e99 arah Pare", "km 5e2", "km 12,5e9"] {
        let posts = SpokenPlace::parse(text).parts.into_iter().filter_map(|part| match part.detail {
            Detail::KmPost { km, .. } => Some(km),
            _ => None,
        });
        assert!(posts.into_iter().all(|km| km < 10_000.0), "{text}");
    }
    let place = SpokenPlace::parse("km 1e99");
    assert!(place.is_empty(), "{place:?}");
}

#[test]
fn two_words_do_not_stand_in_one_character() {
    for text in ["Jl P½", "jl 1½ no 2½ rt ¼", "dpn toko ⑴ℹ⒈ no ⅓", "ds ﷺﷺ kec ℀"] {
        let place = SpokenPlace::parse(text);
        let parts = place.parts.windows(2);
        assert!(parts.into_iter().all(|pair| pair[0].end <= pair[1].start), "{text}: {place:?}");
        assert!(place.parts.iter().all(|part| text.get(part.start..part.end) == Some(part.words.as_str())));
    }
}

#[test]
fn behind_the_last_word_read_no_sign_is_read_twice() {
    let link = "geo:-7.8228,112.0119";
    for words in [996, 997, 998, 999, 1_000, 1_001, 1_500] {
        let place = SpokenPlace::parse(&format!("{} {link}", "api ".repeat(words)));
        let positions: Vec<_> = place.positions().collect();
        assert!(positions.len() <= 1, "{words}: {place:?}");
        assert_eq!(positions.is_empty(), place.notes.contains(&Note::TextCut), "{words}: {place:?}");
    }
}

#[test]
fn a_coordinate_is_read_whole_or_not() {
    for before in 16 * 1024 - 24..16 * 1024 {
        let place = SpokenPlace::parse(&format!("{} -7.8228,112.0119", "x".repeat(before)));
        for (at, _) in place.positions() {
            assert!((at.lon() - 112.0119).abs() < 1e-9, "{before}: {at:?}");
        }
    }
}

#[test]
fn a_text_of_nothing_but_codes_is_answered_shortly() {
    let found = ATLAS.resolve(&"5257+9X -7.8228,112.0119 ".repeat(600), None, 5);
    assert!(found.points.len() <= 32, "{} points", found.points.len());
}
