//! The radar on bursts of calls with a known truth: how many of the pairs it offers are one event, and
//! how many of those that are one event it offers. The bursts are made here, from a seed.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // as in any test

mod callers;
mod city;
mod dice;
mod drowning;
mod measure;
mod scenes;
mod sentences;
mod tuning;

use std::collections::BTreeMap;

use kentongan_triage::radar::weights::Weights;
use kentongan_triage::radar::{JOIN_FROM, similar};
use measure::{Pairs, pairs};
use scenes::{Kind, scene};

/// Seeds that no weight was ever tuned on.
const JUDGED: std::ops::Range<u64> = 70_000..70_120;

#[test]
fn radar_pairs_precise_and_complete() {
    let mut all = Pairs::default();
    let mut by_kind: BTreeMap<Kind, Pairs> = BTreeMap::new();
    for seed in JUDGED {
        let (kind, heard) = scene(seed);
        let counted = pairs(&Weights::TUNED, &heard);
        all.add(counted);
        by_kind.entry(kind).or_default().add(counted);
    }
    for (kind, counted) in &by_kind {
        println!("{kind:?}: precision {:.3} recall {:.3} {counted:?}", counted.precision(), counted.recall());
    }
    println!("all: precision {:.3} recall {:.3} {all:?}", all.precision(), all.recall());
    assert!(all.precision() >= 0.9, "precision {:.3}", all.precision());
    assert!(all.recall() >= 0.85, "recall {:.3}", all.recall());
    let even = |figure: fn(Pairs) -> f64| {
        by_kind.values().map(|one| figure(*one)).sum::<f64>() / by_kind.len() as f64
    };
    println!("mean over kinds: precision {:.3} recall {:.3}", even(Pairs::precision), even(Pairs::recall));
}

/// What an operator sees: the first of the offered ones for each contact. A contact about something new
/// among several dozen others is the hardest: there every offer is wrong.
#[test]
fn radar_first_offer_is_right() {
    let (mut right, mut wrong, mut missed, mut quiet) = (0, 0, 0, 0);
    for seed in JUDGED {
        let (_, heard) = scene(seed);
        let sightings: Vec<_> = heard.iter().map(|one| one.sighting.clone()).collect();
        for (at, one) in heard.iter().enumerate() {
            let known = heard[..at].iter().any(|earlier| earlier.truth == one.truth);
            let offers = similar(&one.sighting, &sightings[..at]);
            match offers.first().filter(|offer| offer.score >= JOIN_FROM) {
                Some(offer) if heard[offer.index].truth == one.truth => right += 1,
                Some(_) => wrong += 1,
                None if known => missed += 1,
                None => quiet += 1,
            }
        }
    }
    println!("first offers: {right} right, {wrong} wrong, {missed} missed, {quiet} rightly none");
    assert!(f64::from(right) / f64::from(right + wrong) >= 0.8);
    assert!(f64::from(right) / f64::from(right + missed) >= 0.95);
}
