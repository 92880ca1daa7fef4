//! The radar: which open incidents and waiting reports a new contact may belong to, and when many
//! contacts together tell of one event.
//!
//! Compares what, when, where, who and in which words, and says why in data that a console can put into
//! words. It proposes; joining a report to an incident is the operator's act. A caller is an opaque key
//! here, never a number.

mod closeness;
mod kinship;
mod reason;
pub mod surge;
pub mod weights;
pub mod windows;
mod words;

use kentongan_domain::catalogue::Category;
use serde::{Deserialize, Serialize};

use closeness::{Closeness, Comparison, score};
pub use reason::RadarReason;
use weights::Weights;
use words::WordIndex;
pub use words::place_words;

/// Matches that are returned at most.
const MOST_MATCHES: usize = 5;

/// The score from which the console offers joining, and from which contacts count as telling of one
/// event: one half, where for and against are even. `tests/radar_bursts` measures what it is worth.
pub const JOIN_FROM: f64 = 0.5;

/// What a sighting stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// An open incident.
    #[default]
    Incident,
    /// A report that waits without an incident.
    Report,
}

/// A report or an open incident as the radar sees it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sighting {
    /// Id of the report or incident; not compared.
    pub id: String,
    /// Which of the two it is.
    #[serde(default)]
    pub subject: Subject,
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
    /// Who reported it, as a key that is the same for the same caller and tells nothing else.
    #[serde(default)]
    pub caller: Option<u64>,
    /// Content words of the text ([`crate::content_words`]).
    pub words: Vec<String>,
    /// Names of the cues in the text ([`crate::Triage::cues`]): what is said, whatever it was taken for.
    #[serde(default)]
    pub cues: Vec<String>,
    /// Words of the place: street, village, landmark ([`place_words`]).
    pub place_words: Vec<String>,
}

/// One open incident or report that the candidate may belong to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct RadarMatch {
    /// Position among the open ones.
    pub index: usize,
    /// What stands there.
    pub subject: Subject,
    /// 0 to 1, higher is likelier; from [`JOIN_FROM`] on joining is offered. Odds on bursts of the
    /// project's own making, not on a city's.
    pub score: f64,
    /// Great-circle distance in metres; absent when either place is unknown.
    pub distance_m: Option<f64>,
    /// Minutes between the two, never negative.
    pub minutes: f64,
    /// Why, in the order distance, time, subject, caller, words.
    pub reasons: Vec<RadarReason>,
}

/// The open incidents and reports that the candidate may belong to, best first, at most five. Of equal
/// ones an incident comes before a report, then the earlier in the list.
pub fn similar<'a>(candidate: &Sighting, open: impl IntoIterator<Item = &'a Sighting>) -> Vec<RadarMatch> {
    let comparison = Comparison::new(candidate, &Weights::TUNED);
    let words = WordIndex::new(candidate);
    let mut best: Vec<(usize, &Sighting, Closeness)> = Vec::with_capacity(MOST_MATCHES + 1);
    for (position, other) in open.into_iter().enumerate() {
        let floor = if best.len() < MOST_MATCHES {
            f64::NEG_INFINITY
        } else {
            best.last().map_or(f64::NEG_INFINITY, |(_, _, last)| last.evidence)
        };
        let Some(close) = comparison.with(other, floor, |with_cues| words.count(other, with_cues)) else {
            continue;
        };
        let rank = best.partition_point(|(_, held, known)| {
            known.evidence > close.evidence
                || (known.evidence >= close.evidence
                    && !(other.subject == Subject::Incident && held.subject == Subject::Report))
        });
        best.insert(rank, (position, other, close));
        best.truncate(MOST_MATCHES);
    }
    best.into_iter().map(|(position, other, close)| found(position, other, &close, &words)).collect()
}

/// Compares two; `None` when they cannot be one event. The match's index is 0.
pub fn alike(candidate: &Sighting, other: &Sighting) -> Option<RadarMatch> {
    alike_by(&Weights::TUNED, candidate, other)
}

/// [`alike`] by other weights than those in use: for tuning and for what-if.
pub fn alike_by(weights: &Weights, candidate: &Sighting, other: &Sighting) -> Option<RadarMatch> {
    let words = WordIndex::new(candidate);
    let close = Comparison::new(candidate, weights)
        .with(other, f64::NEG_INFINITY, |with_cues| words.count(other, with_cues))?;
    Some(found(0, other, &close, &words))
}

/// A sighting to be compared with many, where only the figure counts.
#[derive(Debug)]
struct Ear<'a> {
    comparison: Comparison<'a>,
    words: WordIndex<'a>,
}

impl<'a> Ear<'a> {
    fn new(candidate: &'a Sighting) -> Self {
        Self { comparison: Comparison::new(candidate, &Weights::TUNED), words: WordIndex::new(candidate) }
    }

    /// The score with another, taken to be of that instant; none when they cannot be one event or the score
    /// cannot reach `least`.
    fn likeness(&self, other: &Sighting, at_us: i64, least: f64) -> Option<f64> {
        let floor = (least / (1.0 - least)).ln() - 1e-9;
        let close = self.comparison.with_at(other, at_us, floor, |cues| self.words.count(other, cues))?;
        Some(score(close.evidence)).filter(|score| *score >= least)
    }

    /// Whether both tell of the same, by a cue.
    fn shares_a_cue(&self, other: &Sighting) -> bool {
        self.words.count(other, true).cues > 0
    }
}

fn found(index: usize, other: &Sighting, close: &Closeness, words: &WordIndex<'_>) -> RadarMatch {
    let mut reasons = vec![
        close.distance_m.map_or(RadarReason::NoDistance, |metres| RadarReason::Distance {
            metres: metres.round(),
            touching: close.touching,
        }),
        RadarReason::Minutes { minutes: close.minutes.round() },
        close.kinship.reason(),
    ];
    if close.same_caller {
        reasons.push(RadarReason::SameCaller);
    }
    reasons.extend(words.reasons(other));
    RadarMatch {
        index,
        subject: other.subject,
        score: score(close.evidence),
        distance_m: close.distance_m,
        minutes: close.minutes,
        reasons,
    }
}
