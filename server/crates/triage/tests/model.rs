//! What the reader promises whatever the text: an answer, honest about its doubt, the same every time.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // as in any test

use std::sync::{Arc, LazyLock};

use kentongan_domain::catalogue::{Category, Priority};
use kentongan_triage::{AGENCY_KINDS, Lexicon, Reader, ReasonKind};
use proptest::prelude::*;

static READER: LazyLock<Reader> =
    LazyLock::new(|| Reader::built_in(Arc::new(Lexicon::built_in().expect("lexicon"))).expect("weights"));

fn check(text: &str) {
    let triage = READER.read(text);
    assert_eq!(triage, READER.read(text), "the same text was read differently");
    assert!((0.0..=1.0).contains(&triage.confidence), "{}", triage.confidence);
    assert!((0.0..=1.0).contains(&triage.priority_probability));
    assert_eq!(triage.candidates.len(), 3);
    let sum: f64 = triage.candidates.iter().map(|one| one.probability).sum();
    assert!(sum <= 1.0 + 1e-6 && triage.candidates.is_sorted_by(|a, b| a.probability >= b.probability));
    for kind in &triage.types {
        let category = triage.category.expect("a type has a category").code();
        assert!(kind.code.starts_with(category), "{} in {category}", kind.code);
    }
    for guess in &triage.agencies {
        assert!(AGENCY_KINDS.contains(&guess.kind.as_str()) && guess.kind != "none");
    }
    assert!(triage.agencies.iter().filter(|guess| guess.lead).count() <= 1);
}

#[test]
fn survives_what_people_and_machines_send() {
    for text in [
        "",
        "🔥",
        &"A".repeat(4_000),
        &"KEBAKARAN ".repeat(400),
        "<script>alert(1)</script> kebakaran",
        "ke\u{200b}ba\u{200d}karan",
        "пожар 火事 حريق kebakaran",
        "112 112 112 112",
        "\u{0}\u{1}\u{fffd}",
    ] {
        check(text);
    }
}

#[test]
fn says_nothing_where_nothing_is_said() {
    for text in ["", "   ", "🙂🙂", "..."] {
        let triage = READER.read(text);
        assert!(triage.unsure && triage.category.is_none(), "{text:?}: {triage:?}");
        assert!(triage.agencies.is_empty());
    }
    let vague = READER.read("halo selamat siang pak");
    assert!(vague.unsure || vague.category == Some(Category::Information), "{vague:?}");
}

#[test]
fn reads_plain_reports_with_their_reasons() {
    for (text, category, lead) in [
        ("kebakaran rumah besar api sudah sampai atap", Category::Fire, "damkar"),
        ("bapak saya tiba tiba pingsan dan tidak bernapas", Category::Medical, "psc119"),
        ("ular kobra masuk dapur tolong", Category::Animal, "damkar"),
        ("banjir setinggi dada warga naik ke atap", Category::NaturalDisaster, "bpbd"),
        ("jalan berlubang sudah dua bulan tidak diperbaiki", Category::Complaint, "pu"),
    ] {
        let triage = READER.read(text);
        assert_eq!(triage.category, Some(category), "{text}: {triage:?}");
        assert_eq!(
            triage.agencies.first().map(|guess| guess.kind.as_str()),
            Some(lead),
            "{text}: {triage:?}"
        );
        let words: Vec<&str> = triage
            .reasons
            .iter()
            .filter(|reason| reason.kind == ReasonKind::Category)
            .map(|reason| reason.words.as_str())
            .collect();
        assert!(!words.is_empty(), "{text}: no reasons");
    }
    assert_eq!(READER.read("bapak saya pingsan tidak bernapas").priority, Priority::P1);
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC{0,300}") {
        check(&text);
    }

    #[test]
    fn never_panics_on_words(words in proptest::collection::vec("[a-zA-Z']{1,12}|kebakaran|pingsan|tidak|banjir", 0..60)) {
        check(&words.join(" "));
    }
}

/// A silent call must not stand before a real one because nothing in it says that it is silent.
#[test]
fn a_word_or_two_that_say_nothing_are_neither_urgent_nor_sure() {
    for text in ["(diam)", "iya", "halo", "halo halo", "tes", "p", "mau tanya"] {
        let triage = READER.read(text);
        assert!(triage.priority > Priority::P2, "{text}: {:?} {:?}", triage.priority, triage.category);
        let emergency = triage.category.is_some_and(Category::is_emergency);
        assert!(triage.unsure || !emergency, "{text}: {:?} {}", triage.category, triage.confidence);
    }
    for text in ["tolong kebakaran", "orang tenggelam", "tidak bernapas", "orang jatuh"] {
        assert_eq!(READER.read(text).priority, Priority::P1, "{text}");
    }
}
