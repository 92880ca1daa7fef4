//! Whether a contact is a report at all: silence, jokes, tests, mistakes.
//!
//! Only a score with its words. It lowers nobody's priority here and must never be a ground to
//! refuse a contact: one real call hides among thousands of silent ones.

use super::heavier_first;
use super::reading::Reading;
use crate::lexicon::Effect;
use crate::normalise::Token;
use crate::triage::{Nuisance, NuisanceKind};

/// From this score on a kind is named.
const NAMED_FROM: f64 = 0.35;
/// A text of this many words or fewer is taken at its word; in longer ones a greeting or a `tes`
/// fades in proportion.
const SHORT_TEXT: f64 = 6.0;
/// Score of a text without anything in it.
const EMPTY: f64 = 0.95;
/// Score of a text of signs or emoji alone: a mute cry is possible.
const NO_WORDS: f64 = 0.8;

/// Judges the contact; `emergency_weight` is the greatest weight of an emergency category.
pub(super) fn judge(reading: &Reading, text: &str, tokens: &[Token], emergency_weight: f64) -> Nuisance {
    if tokens.is_empty() {
        let empty = text.trim().is_empty();
        let (score, reason) = if empty { (EMPTY, "empty") } else { (NO_WORDS, "no_words") };
        return Nuisance { score, kind: Some(NuisanceKind::Ghost), reasons: vec![reason.into()] };
    }
    let mut cues: Vec<(NuisanceKind, u32, f64)> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for hit in &reading.hits {
        let Effect::Nuisance(kind) = hit.entry.effect else { continue };
        if !words.contains(&hit.words) {
            words.push(hit.words.clone());
        }
        if !cues.iter().any(|(known, cue, _)| *known == kind && *cue == hit.entry.cue) {
            cues.push((kind, hit.entry.cue, hit.entry.weight));
        }
    }
    let brevity = (SHORT_TEXT / tokens.len() as f64).min(1.0);
    let sum: f64 = cues.iter().map(|(_, _, weight)| weight).sum::<f64>() * brevity;
    // An emergency of weight 3 halves what the words say, for people in fear also laugh and greet.
    let score = (1.0 - (-sum / 2.5).exp()) / (1.0 + emergency_weight / 3.0);
    let kinds = [NuisanceKind::Ghost, NuisanceKind::Prank, NuisanceKind::Accidental, NuisanceKind::Test];
    let mut ranked: Vec<(NuisanceKind, f64)> = kinds
        .into_iter()
        .map(|kind| {
            (kind, cues.iter().filter(|(known, ..)| *known == kind).map(|(_, _, weight)| weight).sum())
        })
        .collect();
    ranked.sort_by(|left, right| heavier_first(left.1, right.1));
    let kind = ranked.first().filter(|_| score >= NAMED_FROM).map(|(kind, _)| *kind);
    Nuisance { score, kind, reasons: words }
}
