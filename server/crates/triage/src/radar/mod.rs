//! The radar: which open incidents a new report may belong to.
//!
//! Compares what, when and where, and says why in data that a console can put into words. It
//! proposes; joining a report to an incident is the operator's act.

mod closeness;
mod windows;

use std::collections::HashMap;

use kentongan_domain::catalogue::Category;
use serde::{Deserialize, Serialize};

use closeness::{Closeness, Shared};

/// Matches that are returned at most.
const MOST_MATCHES: usize = 5;

/// A report or an open incident as the radar sees it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sighting {
    /// Id of the report or incident; not read by the radar.
    pub id: String,
    /// What it is about, if known.
    pub category: Option<Category>,
    /// Type code, if known.
    pub type_code: Option<String>,
    /// When it was received (a report) or last reported (an incident), epoch microseconds.
    pub at_us: i64,
    /// Latitude and longitude, WGS 84, if known.
    pub lat_lon: Option<(f64, f64)>,
    /// Radius within which the place lies, metres, if known.
    pub accuracy_m: Option<f64>,
    /// Content words of the text ([`crate::content_words`]).
    pub words: Vec<String>,
    /// Words of the place: street, village, landmark; lower case.
    pub place_words: Vec<String>,
}

/// One open incident that the candidate may belong to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct RadarMatch {
    /// Position in the slice of open incidents.
    pub index: usize,
    /// 0 to 1, higher is likelier; an order, not a probability.
    pub score: f64,
    /// Great-circle distance in metres; absent when either place is unknown.
    pub distance_m: Option<f64>,
    /// Minutes between the two, never negative.
    pub minutes: f64,
    /// Why, in the order distance, time, subject, words.
    pub reasons: Vec<RadarReason>,
}

/// One ground for a match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct RadarReason {
    /// `distance` (metres), `no_distance` (0), `minutes`, `same_type`, `same_category`,
    /// `related_category`, `unknown_category` (1 each), `place_words`, `words` (how many are shared).
    pub code: String,
    /// The figure named by the code.
    pub value: f64,
    /// The shared words, for `place_words` and `words`.
    pub words: Vec<String>,
}

/// The open incidents that the candidate may belong to, best first, at most five.
pub fn similar(candidate: &Sighting, open: &[Sighting]) -> Vec<RadarMatch> {
    let words = index(&candidate.words);
    let place_words = index(&candidate.place_words);
    let mut best: Vec<(usize, Closeness)> = Vec::with_capacity(MOST_MATCHES + 1);
    for (position, other) in open.iter().enumerate() {
        let shared = || Shared {
            words: shared(&words, &other.words).count_ones(),
            place_words: shared(&place_words, &other.place_words).count_ones(),
        };
        let floor =
            if best.len() < MOST_MATCHES { 0.0 } else { best.last().map_or(0.0, |(_, last)| last.score) };
        if let Some(close) =
            closeness::compare(candidate, other, floor, shared).filter(|close| close.score > floor)
        {
            // The earlier in the list stays ahead of an equal score.
            let rank = best.partition_point(|(_, known)| known.score >= close.score);
            best.insert(rank, (position, close));
            best.truncate(MOST_MATCHES);
        }
    }
    best.into_iter()
        .filter_map(|(position, close)| {
            let other = open.get(position)?;
            let words = named(shared(&words, &other.words), &candidate.words);
            let place_words = named(shared(&place_words, &other.place_words), &candidate.place_words);
            Some(RadarMatch {
                index: position,
                score: close.score,
                distance_m: close.distance_m,
                minutes: close.minutes,
                reasons: reasons(&close, words, place_words),
            })
        })
        .collect()
}

/// Where each word of the candidate stands, for the first 64 words.
fn index(words: &[String]) -> HashMap<&str, u32> {
    words.iter().take(64).enumerate().map(|(at, word)| (word.as_str(), at as u32)).collect()
}

/// One bit for every word of the candidate that the other also says, so that repeats count once.
fn shared(index: &HashMap<&str, u32>, words: &[String]) -> u64 {
    if index.is_empty() {
        return 0;
    }
    words.iter().take(64).filter_map(|word| index.get(word.as_str())).fold(0, |bits, at| bits | 1 << at)
}

fn named(bits: u64, words: &[String]) -> Vec<String> {
    words
        .iter()
        .take(64)
        .enumerate()
        .filter(|(at, _)| bits >> at & 1 == 1)
        .map(|(_, word)| word.clone())
        .collect()
}

fn reasons(close: &Closeness, words: Vec<String>, place_words: Vec<String>) -> Vec<RadarReason> {
    let plain = |code: &str, value: f64| RadarReason { code: code.into(), value, words: Vec::new() };
    let mut reasons = vec![
        close
            .distance_m
            .map_or_else(|| plain("no_distance", 0.0), |metres| plain("distance", metres.round())),
        plain("minutes", close.minutes.round()),
        plain(close.kinship.code(), 1.0),
    ];
    for (code, shared) in [("place_words", place_words), ("words", words)] {
        if !shared.is_empty() {
            reasons.push(RadarReason { code: code.into(), value: shared.len() as f64, words: shared });
        }
    }
    reasons
}
