//! What a number's history and the call itself add to the words, and what they never do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use kentongan_domain::contact::ContactHistory;
use kentongan_triage::nuisance::{CallFacts, NuisanceReason, Weighed, weigh};
use kentongan_triage::{Lexicon, Nuisance, NuisanceKind, classify};
use proptest::prelude::*;

fn words(text: &str) -> Nuisance {
    classify(&Lexicon::built_in().unwrap(), text).nuisance
}

fn of(text: &str, history: ContactHistory, call: CallFacts) -> Weighed {
    weigh(&words(text), &history, call, false)
}

const SILENT: ContactHistory =
    ContactHistory { today: 12, handled: 11, silent: 11, prank: 0, accidental: 0, real: 0 };
const REAL: ContactHistory =
    ContactHistory { today: 3, handled: 9, silent: 2, prank: 0, accidental: 0, real: 6 };
const NO_CALL: CallFacts = CallFacts { ring_ms: None, silent_ms: None };

#[test]
fn without_a_history_the_words_stand_alone() {
    for text in ["", "tes tes", "(diam)", "gudang terbakar, ada orang di dalam"] {
        let plain = of(text, ContactHistory::default(), NO_CALL);
        assert!((plain.score - words(text).score).abs() < 1e-12, "{text}");
        assert_eq!(plain.kind, words(text).kind, "{text}");
    }
}

#[test]
fn a_number_that_was_silent_eleven_times_is_likely_to_be_again_and_says_why() {
    let once = of("iya", ContactHistory::default(), NO_CALL);
    let again = of("iya", SILENT, CallFacts { silent_ms: Some(8_000), ..NO_CALL });
    assert!(again.score > once.score + 0.2, "{} {}", once.score, again.score);
    assert_eq!(again.kind, Some(NuisanceKind::Ghost));
    assert!(again.reasons.contains(&NuisanceReason::Today { times: 12 }));
    assert!(again.reasons.contains(&NuisanceReason::Nothing { times: 11, of: 11 }));
    assert!(again.reasons.contains(&NuisanceReason::Silent { ms: 8_000 }));
}

#[test]
fn a_number_that_was_real_before_is_less_likely_to_be_nothing() {
    let silent = of("(diam)", ContactHistory::default(), NO_CALL);
    let known = of("(diam)", REAL, NO_CALL);
    assert!(known.score < silent.score - 0.05, "{} {}", silent.score, known.score);
    assert!(known.reasons.contains(&NuisanceReason::Real { times: 6 }));
}

#[test]
fn words_of_an_emergency_are_not_outweighed_by_the_past() {
    let text = "gudang terbakar, ada orang di dalam";
    let call = CallFacts { silent_ms: Some(20_000), ring_ms: Some(100) };
    let weighed = weigh(&words(text), &SILENT, call, true);
    assert!(weighed.score <= words(text).score + 1e-9, "{} {}", weighed.score, words(text).score);
    assert!(weighed.reasons.len() > 2, "the reasons stay visible: {:?}", weighed.reasons);
}

proptest! {
    #[test]
    fn a_score_is_a_share_and_a_real_outcome_never_raises_it(
        score in 0.0..=1.0_f64, today in 0..50_u32, silent in 0..50_u32, prank in 0..50_u32,
        other in 0..50_u32, real in 0..50_u32, ring in proptest::option::of(any::<u32>()),
        quiet in proptest::option::of(any::<u32>()), urgent: bool,
    ) {
        let words = Nuisance { score, kind: None, reasons: Vec::new() };
        let history = |real| ContactHistory {
            today, handled: silent + prank + other + real, silent, prank, accidental: 0, real,
        };
        let call = CallFacts { ring_ms: ring, silent_ms: quiet };
        let weighed = weigh(&words, &history(real), call, urgent);
        prop_assert!((0.0..=1.0).contains(&weighed.score));
        let one_more = weigh(&words, &history(real + 1), call, urgent);
        // Beyond what the words may give at most, the first reason of another kind brings it down to that.
        prop_assert!(one_more.score <= weighed.score + 1e-9 || !(0.05..=0.95).contains(&score));
        if urgent {
            prop_assert!(weighed.score <= score);
        }
    }
}
