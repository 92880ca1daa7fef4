//! The search that found the radar's weights, kept so that it can be run again:
//! `cargo test -p kentongan-triage --test radar_bursts -- --ignored --nocapture`.

use kentongan_triage::radar::weights::Weights;

use super::callers::Heard;
use super::measure::{Pairs, pairs};
use super::scenes::scene;

/// Seeds that the weights are tuned on, and never judged by.
const TUNED_ON: std::ops::Range<u64> = 100..220;

type Field = (&'static str, fn(&mut Weights) -> &mut f64, f64);

const FIELDS: &[Field] = &[
    ("base", |weights| &mut weights.base, 0.5),
    ("same_category", |weights| &mut weights.same_category, 0.4),
    ("other_type", |weights| &mut weights.other_type, 0.5),
    ("close", |weights| &mut weights.close, 0.5),
    ("related", |weights| &mut weights.related, 0.5),
    ("unknown", |weights| &mut weights.unknown, 0.5),
    ("late", |weights| &mut weights.late, 0.5),
    ("near", |weights| &mut weights.near, 0.25),
    ("far", |weights| &mut weights.far, 0.2),
    ("farthest", |weights| &mut weights.farthest, 2.0),
    ("no_place", |weights| &mut weights.no_place, 0.5),
    ("place_word", |weights| &mut weights.place_word, 0.5),
    ("second_place_word", |weights| &mut weights.second_place_word, 0.5),
    ("other_place", |weights| &mut weights.other_place, 0.4),
    ("cue_across", |weights| &mut weights.cue_across, 0.4),
    ("word", |weights| &mut weights.word, 0.2),
];

/// The harmonic mean of precision (twice the weight: a wrong join hides an emergency, a missed one costs a
/// question) and recall, by pairs and by kinds of scenes.
fn worth(weights: &Weights, scenes: &[(usize, Vec<Heard>)]) -> f64 {
    let mut by_kind = [Pairs::default(); 4];
    for (kind, heard) in scenes {
        by_kind[*kind].add(pairs(weights, heard));
    }
    let harmonic = |one: &Pairs| {
        let (precision, recall) = (one.precision(), one.recall());
        1.5 * precision * recall / (0.5 * precision + recall).max(1e-9)
    };
    let mut all = Pairs::default();
    for one in &by_kind {
        all.add(*one);
    }
    by_kind.iter().map(harmonic).sum::<f64>() / 8.0 + harmonic(&all) / 2.0
}

#[test]
#[ignore = "a search of a minute, run by hand when the weights are tuned anew"]
fn radar_tuning() {
    let scenes: Vec<(usize, Vec<Heard>)> =
        TUNED_ON.map(scene).map(|(kind, heard)| (kind as usize, heard)).collect();
    let mut weights = Weights::TUNED;
    let mut best = worth(&weights, &scenes);
    println!("at first {best:.4}");
    for scale in [1.0, 0.5] {
        for _ in 0..4 {
            let before = best;
            for (name, field, step) in FIELDS {
                for by in [step * scale, -step * scale] {
                    let mut tried = weights;
                    *field(&mut tried) += by;
                    // Naming another place never speaks for one event, whatever the bursts say.
                    tried.other_place = tried.other_place.min(0.0);
                    let worth = worth(&tried, &scenes);
                    if worth > best + 1e-5 {
                        println!("{name} {by:+} -> {worth:.4}");
                        (weights, best) = (tried, worth);
                        break;
                    }
                }
            }
            if best - before < 1e-4 {
                break;
            }
        }
    }
    println!("{weights:#?}\n{best:.4}");
}
