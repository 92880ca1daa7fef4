//! Searching a place by what an operator types: part of a name, with faults, with an area behind it.
//!
//! Looks at every entry; a centre's few thousand names need no cleverer index. Text decides the order,
//! distance only among equals. Must never drop one of several places of the same name.

use crate::gazetteer::{Entry, Gazetteer, Key, rank};
use crate::place::{Candidate, MatchReason, PlaceKind};
use crate::point::LatLon;
use crate::spelling::{allowed_faults, distance_within};
use crate::village::VillageKind;
use crate::words::{Class, sound, words};

/// Below this the words fit too badly to be shown.
const LEAST_SCORE: f64 = 0.5;

/// Longest query looked at, in words; the rest of a pasted text cannot be a name.
const MOST_WORDS: usize = 8;

/// A query, prepared.
pub(crate) struct Query {
    pub words: Vec<String>,
    joined: String,
    sounds: String,
    /// The kind of place it announces ("kel", "jl").
    pub class: Option<Class>,
}

impl Query {
    pub(crate) fn parse(text: &str) -> Self {
        let all = words(text);
        let class = all.iter().find_map(|word| word.class.filter(|class| *class != Class::Regency));
        let words: Vec<String> = all
            .into_iter()
            .filter(|word| word.class.is_none() || word.class == Some(Class::Regency))
            .take(MOST_WORDS)
            .map(|word| word.text)
            .collect();
        let joined = words.concat();
        Self { sounds: sound(&joined), joined, words, class }
    }
}

impl Gazetteer {
    /// Every place that fits the query, best first; `near` orders equals by distance.
    pub(crate) fn find(&self, query: &Query, near: Option<LatLon>) -> Vec<Candidate> {
        if query.words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Candidate> = self
            .entries
            .iter()
            .filter_map(|entry| {
                let (fit, reason) = best_key(query, entry)?;
                // The announced kind only tips the scales: people say "desa" for a kelurahan.
                let score = if suits(query.class, entry) { fit * 0.95 + 0.05 } else { fit * 0.95 };
                (score >= LEAST_SCORE).then(|| entry.candidate(score, reason, &query.words.join(" "), near))
            })
            .collect();
        found.sort_by(rank);
        found
    }
}

/// Whether an entry is of the announced kind; everything suits when nothing was announced.
pub(crate) fn suits(class: Option<Class>, entry: &Entry) -> bool {
    match class {
        None | Some(Class::Regency) => true,
        Some(Class::Kelurahan) => entry.village_kind == Some(VillageKind::Kelurahan),
        Some(Class::Desa) => entry.village_kind == Some(VillageKind::Desa),
        Some(Class::District) => entry.kind == PlaceKind::District,
        Some(Class::Street) => entry.kind == PlaceKind::Street,
    }
}

fn best_key(query: &Query, entry: &Entry) -> Option<(f64, MatchReason)> {
    entry.keys.iter().filter_map(|key| key_fit(query, key, &entry.context)).max_by(|a, b| a.0.total_cmp(&b.0))
}

/// How well the query fits one name, 0 to 1, and why.
fn key_fit(query: &Query, key: &Key, context: &[String]) -> Option<(f64, MatchReason)> {
    if query.joined == key.joined {
        return Some(if key.alias { (0.97, MatchReason::Alias) } else { (1.0, MatchReason::Exact) });
    }
    let (typed, full) = (query.joined.chars().count(), key.joined.chars().count());
    if typed >= 2 && key.joined.starts_with(&query.joined) {
        return Some((0.72 + 0.2 * typed as f64 / full as f64, MatchReason::Prefix));
    }
    if query.sounds == key.sounds {
        return Some((0.94, MatchReason::Spelling));
    }
    // A fault in the first letter is rare, and requiring it keeps the search quick.
    let same_initial = query.joined.chars().next() == key.joined.chars().next();
    if same_initial && let Some(faults) = distance_within(&query.joined, &key.joined, allowed_faults(typed)) {
        return Some((0.85 - 0.1 * faults as f64, MatchReason::Typo));
    }
    word_fit(query, key, context)
}

/// Word by word: each word of the query is sought in the name, then in the names around it.
fn word_fit(query: &Query, key: &Key, context: &[String]) -> Option<(f64, MatchReason)> {
    let mut in_name: usize = 0;
    let mut typo = false;
    let mut sum = 0.0;
    for word in &query.words {
        let by_name = key.words.iter().map(|other| single_fit(word, other)).fold(0.0, f64::max);
        let by_context = context.iter().map(|other| 0.9 * single_fit(word, other)).fold(0.0, f64::max);
        if by_name > 0.0 && by_name >= by_context {
            in_name += 1;
            typo |= by_name < 0.8;
        }
        sum += by_name.max(by_context);
    }
    if in_name == 0 {
        return None;
    }
    let covered = (in_name as f64 / key.words.len().max(1) as f64).min(1.0);
    let fit = sum / query.words.len() as f64 * (0.7 + 0.25 * covered);
    Some((fit, if typo { MatchReason::Typo } else { MatchReason::Words }))
}

/// 1 the same word, 0.85 its beginning, 0.7 misspelt by one or two letters, else 0.
fn single_fit(word: &str, other: &str) -> f64 {
    if word == other {
        return 1.0;
    }
    if word.len() >= 3 && other.starts_with(word) {
        return 0.85;
    }
    let letters = word.chars().count();
    // Short words are too easily another word.
    if letters >= 5
        && word.chars().next() == other.chars().next()
        && distance_within(word, other, allowed_faults(letters)).is_some()
    {
        return 0.7;
    }
    0.0
}
