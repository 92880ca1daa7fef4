//! Training with a room's own reports: what is compared, and what speaks against the new weights.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // as in any test

use std::sync::Arc;

use kentongan_domain::catalogue::Category;
use kentongan_triage::training::corpus::{Example, read_corpus};
use kentongan_triage::training::room::{
    Class, Comparison, LEAST_DECIDED, Part, Recall, RoomError, train_with_room,
};
use kentongan_triage::{Lexicon, Reader};

fn comparison(labelled: usize, before: usize, after: usize) -> Comparison {
    Comparison {
        part: Part::Room,
        class: Class::Category(Category::Fire),
        before: Recall { labelled, found: before },
        after: Recall { labelled, found: after },
    }
}

#[test]
fn a_recall_may_fall_by_one_point_and_no_more() {
    for (labelled, before, after, falls) in [
        (100, 95, 95, false),
        (100, 95, 99, false),
        (100, 95, 94, false), // one point
        (100, 95, 93, true),
        (1_000, 950, 940, false),
        (1_000, 950, 939, true),
        (10, 10, 9, true), // few texts, and one of them missed
        (10, 0, 0, false),
    ] {
        assert_eq!(comparison(labelled, before, after).falls(), falls, "{labelled} {before} {after}");
    }
    assert_eq!(
        comparison(40, 40, 38).to_string(),
        "recall of fire on the room's newest reports: 1.000 before, 0.950 after (-5.0 points; 40 and 38 of 40 texts)"
    );
}

/// Thirty texts by five hands of every critical category, and of lamps that are out.
fn corpus() -> Vec<Example> {
    let header = "id,kind,language,text,category,acceptable,agencies,priority,place_text,type,group";
    let rows = [
        ("kebakaran rumah api besar", "fire", "damkar", 1),
        ("orang pingsan sesak napas", "medical", "psc119", 1),
        ("anak jatuh ke sumur", "rescue", "damkar", 1),
        ("maling motor baru lari", "crime", "polres", 3),
        ("orang mengamuk bawa parang", "mental_health", "polres", 2),
        ("lampu jalan padam", "complaint", "dishub", 4),
    ];
    let rows = rows.iter().flat_map(|(words, category, agency, priority)| {
        (0..30).map(move |nth| {
            let (hand, place, voice) = (nth / 6, word(nth), word(100 + nth / 6));
            let text = format!("{words} {place} {voice}");
            format!("{category}{nth},note,id,{text},{category},{category},{agency},{priority},,,h{hand}")
        })
    });
    let lines: Vec<String> = std::iter::once(header.to_owned()).chain(rows).collect();
    read_corpus(&lines.join("\n")).expect("rows")
}

/// A word of its own for each number: its digits to the base of 70, a syllable each.
fn word(number: usize) -> String {
    let (consonants, vowels) = (b"bdfgjklmnprstw", b"aeiou");
    [number / 4_900, number / 70, number]
        .into_iter()
        .flat_map(|rest| [consonants[rest % 70 / 5], vowels[rest % 5]])
        .map(char::from)
        .collect()
}

/// Fires of a room, the oldest first; the older ones were set to `older`.
fn room(count: usize, older: Category) -> Vec<Example> {
    let fire = corpus().swap_remove(0);
    (0..count)
        .map(|nth| {
            let newest = nth >= count - count / 5;
            let category = if newest { Category::Fire } else { older };
            Example {
                id: format!("r{nth}"),
                text: format!(
                    "kebakaran di {} dekat {} api membesar",
                    word(nth + 200),
                    word(nth * 7 + 1_000)
                ),
                category,
                acceptable: vec![category],
                agencies: vec![1],
                priority: if category == Category::Fire { 1 } else { 4 },
                type_code: None,
                group: Some(format!("2026-{:02}", 1 + nth * 6 / count)),
                ..fire.clone()
            }
        })
        .collect()
}

#[test]
fn with_too_few_reports_nothing_is_trained() {
    let lexicon = Arc::new(Lexicon::built_in().expect("lexicon"));
    let reader = Reader::built_in(Arc::clone(&lexicon)).expect("weights");
    let few = room(LEAST_DECIDED - 1, Category::Fire);
    let refused = train_with_room(&lexicon, &corpus(), &few, &reader).expect_err("too few");
    assert_eq!(refused, RoomError::TooFew(LEAST_DECIDED - 1));
    // The same words said again and again teach nothing.
    let mut repeated = room(LEAST_DECIDED, Category::Fire);
    let text = repeated[0].text.clone();
    repeated.iter_mut().take(50).for_each(|example| example.text.clone_from(&text));
    let refused = train_with_room(&lexicon, &corpus(), &repeated, &reader).expect_err("too few");
    assert_eq!(refused, RoomError::TooFew(LEAST_DECIDED - 49));
}

#[test]
fn a_corpus_that_cannot_show_what_is_missed_is_refused() {
    let lexicon = Arc::new(Lexicon::built_in().expect("lexicon"));
    let reader = Reader::built_in(Arc::clone(&lexicon)).expect("weights");
    let mut blind = corpus();
    blind.retain(|example| example.category != Category::Rescue);
    let room = room(LEAST_DECIDED, Category::Fire);
    let refused = train_with_room(&lexicon, &blind, &room, &reader).expect_err("blind");
    assert_eq!(refused, RoomError::Blind("rescue", 0));
}

#[test]
fn a_room_that_sets_fires_as_fires_is_learnt_and_one_that_does_not_is_named() {
    let lexicon = Arc::new(Lexicon::built_in().expect("lexicon"));
    let reader = Reader::built_in(Arc::clone(&lexicon)).expect("weights");
    let agreeing = room(LEAST_DECIDED, Category::Fire);
    let trained = train_with_room(&lexicon, &corpus(), &agreeing, &reader).expect("trained");
    assert_eq!((trained.learnt, trained.held_out), (160, 40));
    assert!(trained.falls().is_empty(), "{}", trained.table());
    let classes = |part: Part| {
        let own = trained.comparisons.iter().filter(move |one| one.part == part);
        own.map(|one| one.class).collect::<Vec<Class>>()
    };
    let fires = [Class::Category(Category::Fire), Class::FirstPriority];
    assert_eq!(classes(Part::Room), fires, "only what occurs is compared");
    assert_eq!(classes(Part::Corpus).len(), 6);

    let opposed = room(LEAST_DECIDED, Category::Complaint);
    let trained = train_with_room(&lexicon, &corpus(), &opposed, &reader).expect("trained");
    let falls = trained.falls();
    assert!(
        falls.iter().any(|one| (one.part, one.class) == (Part::Room, Class::Category(Category::Fire))),
        "{}",
        trained.table()
    );
    // What is said of it holds figures and no words of a report.
    assert!(!trained.table().contains("membesar"));
}
