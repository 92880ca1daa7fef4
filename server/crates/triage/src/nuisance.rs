//! Whether a contact is likely to be no report at all: by its words, by how the earlier ones of the same
//! number ended, and by how the call went.
//!
//! A figure with its reasons, and nothing else: it refuses nobody, hides nobody and puts nobody behind.
//! A person may, and every real report speaks for its number from then on.

use kentongan_domain::contact::ContactHistory;
use serde::{Deserialize, Serialize};

use crate::triage::{Nuisance, NuisanceKind};

/// From this score on a kind is named.
const NAMED_FROM: f64 = 0.35;
/// Log-odds that the words alone may give at most.
const WORDS_AT_MOST: f64 = 3.0;
/// What the history is worth: the weight of its log-odds, and the most it may push.
const HISTORY_WEIGHT: f64 = 0.8;
const HISTORY_AT_MOST: f64 = 2.5;
/// Nobody spoke for this long: silence. Somebody who cannot speak is silent too, so that it never decides
/// alone.
const SILENCE_MS: u32 = 5_000;
const SILENCE: f64 = 0.8;
/// A caller who gave up while it still rang, and before a person could have answered.
const SHORT_RING_MS: u32 = 2_000;
const SHORT_RING: f64 = 0.4;
/// Reports of one number within a day from which on that says something, if none of them was real.
const MANY_TODAY: u32 = 5;
const MANY: f64 = 0.6;

/// How a call went, as far as the telephone system tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CallFacts {
    /// How long it rang, milliseconds.
    pub ring_ms: Option<u32>,
    /// How long nobody spoke after it was answered, milliseconds.
    pub silent_ms: Option<u32>,
}

/// Why a contact got its score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NuisanceReason {
    /// A word or sign of the text.
    Words {
        /// As it stands there; `empty` and `no_words` when there is none.
        words: String,
    },
    /// Reports of this number today.
    Today {
        /// How many.
        times: u32,
    },
    /// Earlier ones that were nothing.
    Nothing {
        /// How many were silent, a prank, a mistake or a test.
        times: u32,
        /// How many were handled.
        of: u32,
    },
    /// Earlier ones that were real.
    Real {
        /// How many became part of an incident.
        times: u32,
    },
    /// Nobody spoke.
    Silent {
        /// Milliseconds.
        ms: u32,
    },
    /// It rang so short that nobody could answer.
    ShortRing {
        /// Milliseconds.
        ms: u32,
    },
}

/// A score with its reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// 0 (real) to 1 (silent, prank, mistake or test).
    pub score: f64,
    /// Which of them, from a score of 0.35 on, as far as anything tells.
    pub kind: Option<NuisanceKind>,
    /// What gave the score, the words first.
    pub reasons: Vec<NuisanceReason>,
}

/// Weighs what the words gave against what is known besides. `urgent` when the words tell of an
/// emergency: then nothing else makes the contact likelier to be none.
pub fn weigh(words: &Nuisance, history: &ContactHistory, call: CallFacts, urgent: bool) -> Weighed {
    let mut reasons: Vec<NuisanceReason> =
        words.reasons.iter().map(|words| NuisanceReason::Words { words: words.clone() }).collect();
    let mut odds = logit(words.score).clamp(-WORDS_AT_MOST, WORDS_AT_MOST);
    let mut add = |push: f64| odds += push;
    let nothing = history.silent.saturating_add(history.prank).saturating_add(history.accidental);
    let of_use = history.handled.saturating_sub(nothing);
    if history.handled > 0 {
        // A real one counts twice: whoever was right before is believed.
        let ratio = (f64::from(nothing) + 1.0) / (f64::from(of_use.saturating_add(history.real)) + 1.0);
        add((HISTORY_WEIGHT * ratio.ln()).clamp(-HISTORY_AT_MOST, HISTORY_AT_MOST));
    }
    if history.today > 1 {
        reasons.push(NuisanceReason::Today { times: history.today });
    }
    if history.today >= MANY_TODAY && history.real == 0 {
        add(MANY);
    }
    if nothing > 0 {
        reasons.push(NuisanceReason::Nothing { times: nothing, of: history.handled });
    }
    if history.real > 0 {
        reasons.push(NuisanceReason::Real { times: history.real });
    }
    if let Some(ms) = call.silent_ms.filter(|ms| *ms >= SILENCE_MS) {
        add(SILENCE);
        reasons.push(NuisanceReason::Silent { ms });
    }
    if let Some(ms) = call.ring_ms.filter(|ms| *ms < SHORT_RING_MS) {
        add(SHORT_RING);
        reasons.push(NuisanceReason::ShortRing { ms });
    }
    let plain = reasons.iter().all(|reason| matches!(reason, NuisanceReason::Words { .. }));
    let weighed = if plain { words.score } else { 1.0 / (1.0 + (-odds).exp()) };
    let score = if urgent { weighed.min(words.score) } else { weighed };
    let kind = words.kind.or_else(|| usual(history)).filter(|_| score >= NAMED_FROM);
    Weighed { score, kind, reasons }
}

/// What the earlier ones of a number mostly were.
fn usual(history: &ContactHistory) -> Option<NuisanceKind> {
    let kinds = [
        (history.silent, NuisanceKind::Ghost),
        (history.prank, NuisanceKind::Prank),
        (history.accidental, NuisanceKind::Accidental),
    ];
    let most = kinds.iter().map(|(times, _)| *times).max()?;
    kinds.into_iter().find(|(times, _)| *times > 0 && *times == most).map(|(_, kind)| kind)
}

fn logit(share: f64) -> f64 {
    let share = share.clamp(1e-6, 1.0 - 1e-6);
    (share / (1.0 - share)).ln()
}
