//! Text -> triage: read the words, weigh the categories, set the urgency, judge the contact.
//!
//! Each step is a file of its own and gives its reasons; this one only puts them in order. The same
//! text and lexicon always give the same answer.

mod language;
mod nuisance;
mod place;
mod reading;
mod scores;
mod urgency;

use std::cmp::Ordering;

use kentongan_domain::catalogue::Category;

use crate::lexicon::Lexicon;
use crate::normalise::{Token, clean, tokens};
use crate::triage::{Reason, ReasonKind, Triage};
use reading::Reading;
use scores::Scores;

/// Below this confidence the operator is asked to choose: where more than one in four would be wrong,
/// at a lead of less than about 1.4, one weak cue.
const UNSURE_BELOW: f64 = 0.75;

/// Confidence where no word spoke for any category.
const NO_CATEGORY: f64 = 0.05;
/// Confidence where two categories weigh the same: a little better than the worse of two guesses.
const TIED: f64 = 0.35;
/// Confidence that no lead exceeds: who wrote the measured reports had read the lexicon, so what they
/// leave right (64 of 65 at leads of 3 and more) is more than strangers' reports will.
const MOST: f64 = 0.95;
/// The lead over which the doubt shrinks to a third.
const LEAD: f64 = 1.3;

/// How many candidates are listed.
const CANDIDATES: usize = 3;

/// A text as the lexicon reads it: its answer, and what the model builds on.
#[derive(Debug)]
pub(crate) struct Analysis<'a> {
    /// The words.
    pub tokens: Vec<Token>,
    /// What stands in the text.
    pub reading: Reading<'a>,
    /// What it weighs.
    pub scores: Scores,
    /// Whether it asks.
    pub asks: bool,
    /// The lexicon's answer.
    pub triage: Triage,
}

/// Reads one text by the lexicon alone, the baseline. Never fails: a text that says nothing comes back
/// without a category, unsure, at priority 3.
pub fn classify(lexicon: &Lexicon, text: &str) -> Triage {
    analyse(lexicon, text).triage
}

/// Reads one text by the lexicon and keeps what led to the answer.
pub(crate) fn analyse<'a>(lexicon: &'a Lexicon, text: &str) -> Analysis<'a> {
    let cleaned = clean(text);
    let tokens = tokens(&cleaned, lexicon.shorthand());
    let asks = cleaned.contains('?');
    let reading = Reading::new(lexicon, &tokens);
    let scores = Scores::new(lexicon, &reading, asks);
    let category = scores.best();
    let type_code = category.and_then(|category| scores.best_type(lexicon, category));
    let urgency = urgency::judge(lexicon, &reading, category, type_code);
    let nuisance = nuisance::judge(&reading, text, &tokens, scores.emergency_weight());
    let confidence = confidence(&scores, category);

    let mut reasons = scores.reasons(lexicon, &reading);
    reasons.extend(urgency.reasons);
    reasons.extend(reading.taken_back(lexicon));
    reasons.extend(nuisance.reasons.iter().map(|words| Reason {
        kind: ReasonKind::Nuisance,
        words: words.clone(),
        effect: "nuisance".into(),
    }));
    let mut cues: Vec<String> = Vec::new();
    for cue in reading.cues(lexicon).chain(urgency.cues) {
        if !cues.contains(&cue) {
            cues.push(cue);
        }
    }
    let triage = Triage {
        category,
        type_code: type_code.map(|known| known.code.clone()),
        types: Vec::new(),
        priority: urgency.priority,
        priority_probability: 0.0,
        agencies: Vec::new(),
        confidence,
        unsure: category.is_none() || confidence < UNSURE_BELOW,
        candidates: scores.candidates(CANDIDATES),
        reasons,
        cues,
        nuisance,
        language: language::guess(&reading),
    };
    Analysis { tokens, reading, scores, asks, triage }
}

/// `0.35 + 0.6 × (1 − e^(−margin / 1.3))`: how often a reading with such a lead of the best over the
/// second category was right, fitted by log loss to 122 reports that the lexicon had not been worked on
/// with (`tests/fixtures/blind.txt`; `tests/calibration.rs` holds it to them) and rounded down.
/// Monotone in the lead.
fn confidence(scores: &Scores, category: Option<Category>) -> f64 {
    if category.is_none() {
        return NO_CATEGORY;
    }
    TIED + (MOST - TIED) * (1.0 - (-scores.margin() / LEAD).exp())
}

/// The heavier first; what cannot be compared counts as equal.
fn heavier_first(left: f64, right: f64) -> Ordering {
    right.partial_cmp(&left).unwrap_or(Ordering::Equal)
}
