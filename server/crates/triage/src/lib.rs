//! The first reading of a report: what it is about, how urgent it is, whether it is a report at
//! all, and whether an open incident already tells of it.
//!
//! A keyword lexicon kept as data reads first; a linear model trained on the corpus in this folder reads on
//! from there. The lexicon alone stays as the baseline that the model has to beat. Every answer carries the
//! words that led to it.
//!
//! Pure: text and values in, values out. No clock, no randomness, no I/O. Which agency is
//! responsible is never decided here, and nothing here refuses a report.

pub mod classify;
pub mod lexicon;
pub mod model;
pub mod normalise;
pub mod nuisance;
pub mod radar;
pub mod training;
pub mod triage;

pub use classify::classify;
pub use lexicon::{Lexicon, LexiconError, TypeEntry};
pub use model::{AGENCY_KINDS, Reader};
pub use normalise::content_words;
pub use radar::{RadarMatch, RadarReason, Sighting, similar};
pub use triage::{
    AgencyGuess, Candidate, Language, Nuisance, NuisanceKind, Reason, ReasonKind, Triage, TypeCandidate,
};
