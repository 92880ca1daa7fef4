//! What holds for every text whatever: no panic, figures in range, the same answer twice.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // as in any test

use std::sync::LazyLock;

use kentongan_domain::catalogue::{Category, Priority};
use kentongan_triage::normalise::normalise;
use kentongan_triage::{Lexicon, NuisanceKind, Sighting, Triage, classify, content_words, similar};
use proptest::prelude::*;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::built_in().expect("lexicon"));

fn check(text: &str) -> Triage {
    let triage = classify(&LEXICON, text);
    assert_eq!(triage, classify(&LEXICON, text), "the same text gives the same answer");
    assert!((0.0..=1.0).contains(&triage.confidence));
    assert!((0.0..=1.0).contains(&triage.nuisance.score));
    assert_eq!(triage.candidates.len(), 3);
    let sum: f64 = triage.candidates.iter().map(|candidate| candidate.probability).sum();
    assert!(sum > 0.0 && sum <= 1.0 + 1e-9, "{sum}");
    assert!(
        triage.candidates.windows(2).all(|pair| pair[0].probability >= pair[1].probability)
            || triage.category.is_some()
    );
    match triage.category {
        None => {
            assert!(triage.unsure && triage.type_code.is_none() && triage.confidence < 0.1);
        }
        Some(category) => {
            assert_eq!(triage.candidates[0].category, category);
            let code = triage.type_code.as_deref().expect("a type");
            assert!(LEXICON.types().iter().any(|known| known.code == code && known.category == category));
        }
    }
    let words = normalise(&LEXICON, text);
    assert!(words.len() <= 650);
    let json = serde_json::to_string(&triage).expect("json");
    assert_eq!(serde_json::from_str::<Triage>(&json).expect("back").category, triage.category);
    triage
}

#[test]
fn odd_texts() {
    for text in [
        "",
        " ",
        "\u{200b}",
        "🔥",
        ".....",
        "???",
        "<>",
        "<script>alert(1)</script>",
        "ꦏꦼꦧꦏꦫꦤ꧀",
        "火事 пожар kebakaran",
        "\0\0",
        "a",
        "1",
        "N",
        "~bakar",
        "..",
        "| | |",
    ] {
        check(text);
    }
    check(&"A".repeat(4000));
    check(&"KEBAKARAN ".repeat(4000));
    check(&"tidak ".repeat(4000));
    check(&"anak .. sumur bocah kali ".repeat(2000));
    check(&"a1".repeat(4000));
    check(&"\u{0301}".repeat(4000));
}

#[test]
fn nothing_matched_is_unsure_and_not_routine() {
    for text in ["", "xyzzy plugh", "🔥🔥", "blorp"] {
        let triage = check(text);
        assert_eq!((triage.category, triage.priority), (None, Priority::P3), "{text}");
    }
    assert_eq!(check("tolong").priority, Priority::P2);
    assert_eq!(check("").nuisance.kind, Some(NuisanceKind::Ghost));
}

#[test]
fn content_words_tell_incidents_apart() {
    let words = content_words(&LEXICON, "Tolong kebakaran di Pasar Setonobetek, sebelah toko Sumber Rejeki");
    assert!(words.contains(&"setonobetek".to_owned()), "{words:?}");
    assert!(!words.contains(&"kebakaran".to_owned()) && !words.contains(&"tolong".to_owned()), "{words:?}");
}

fn sighting() -> impl Strategy<Value = Sighting> {
    (
        any::<i64>(),
        proptest::option::of((any::<f64>(), any::<f64>())),
        proptest::option::of(any::<f64>()),
        0_usize..13,
        proptest::collection::vec("[a-d]{1,2}", 0..6),
    )
        .prop_map(|(at_us, lat_lon, accuracy_m, category, words)| Sighting {
            at_us,
            lat_lon,
            accuracy_m,
            category: Category::ALL.get(category).copied(),
            place_words: words.clone(),
            words,
            ..Sighting::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_words(words in proptest::collection::vec(proptest::sample::select(vec![
        "kebakaran", "tidak", "ada", "rumah", "sudah", "padam", "ular", "kobong", "banjir", "diskon", "tolong", "wkwk", "anak",
        "sumur", ",", ".", "?", "3", "orang", "luka", "ora", "mboten", "pingsan", "KDRT", "nomor", "berapa", "kalau", "🔥", "jl", "Jl", "jalan", "dekat",
        "di", "RS", "Macan", "kali", "jembatan", "rusak", "terjebak", "percikan", "kabel", "polisi",
    ]), 0..40)) {
        check(&words.join(" "));
    }

    #[test]
    fn any_sightings(candidate in sighting(), open in proptest::collection::vec(sighting(), 0..20)) {
        let found = similar(&candidate, &open);
        prop_assert!(found.len() <= 5);
        prop_assert!(found.iter().all(|one| (0.0..=1.0).contains(&one.score) && one.minutes >= 0.0 && one.index < open.len()));
        prop_assert!(found.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }
}
