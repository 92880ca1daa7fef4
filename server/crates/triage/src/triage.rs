//! What triage answers: the value types, and nothing that computes them.
//!
//! They go over the wire and into the log as they are, so a field may be added but never change its
//! meaning. A reason repeats words of the report; keep triage where the report's text may be kept.

use kentongan_domain::catalogue::{Category, Priority};
use serde::{Deserialize, Serialize};

/// The reading of one text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Triage {
    /// The likeliest category; absent when no word spoke for any.
    pub category: Option<Category>,
    /// Type code within that category, e.g. `fire_building`; `…_other` when no word tells which.
    pub type_code: Option<String>,
    /// The likeliest types of that category with their probabilities (the category's times the type's
    /// own within it), best first; empty when only the lexicon read the text.
    #[serde(default)]
    pub types: Vec<TypeCandidate>,
    /// Suggested priority; P3 when the category is unknown, for it might be an emergency.
    pub priority: Priority,
    /// How likely that priority is right, 0 to 1; 0 when only the lexicon read the text.
    #[serde(default)]
    pub priority_probability: f64,
    /// The kinds of agencies that should act, the lead first; empty for contacts nobody is sent to and
    /// when only the lexicon read the text. Who of a kind serves the place is the routing table's matter.
    #[serde(default)]
    pub agencies: Vec<AgencyGuess>,
    /// How likely the category is right, 0 to 1. By the model: calibrated on author groups it had not
    /// seen. By the lexicon alone: `0.35 + 0.6 × (1 − e^(−margin / 1.3))`, where the margin
    /// is the weight by which the best category leads the second; 0.05 without a category. Fitted to 122
    /// reports of our own, so in another city it is an estimate that has yet to be checked.
    pub confidence: f64,
    /// Whether an operator should choose among the candidates instead of taking the first.
    pub unsure: bool,
    /// The three likeliest categories, best first.
    pub candidates: Vec<Candidate>,
    /// The words that led here, the heaviest first within each kind.
    pub reasons: Vec<Reason>,
    /// Names of the cues that were found, in order of their kind, each once.
    pub cues: Vec<String>,
    /// Whether this is a report at all.
    pub nuisance: Nuisance,
    /// The language it is mostly written in.
    pub language: Language,
}

/// One category that the text could be about.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Candidate {
    /// The category.
    pub category: Category,
    /// 0 to 1; over all twelve categories the probabilities sum to 1.
    pub probability: f64,
}

/// One type that the text could be about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct TypeCandidate {
    /// The type's code.
    pub code: String,
    /// 0 to 1.
    pub probability: f64,
}

/// One kind of agency that should act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct AgencyGuess {
    /// The kind, e.g. `damkar`.
    pub kind: String,
    /// Whether it leads.
    pub lead: bool,
    /// 0 to 1.
    pub probability: f64,
}

/// Some words of the text and what they did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Reason {
    /// What the words speak about.
    pub kind: ReasonKind,
    /// The words as they were read: lower case, shorthand written out.
    pub words: String,
    /// What they did, e.g. `fire_building +4.0`, `raise1`, `fire denied`, `idiom`.
    pub effect: String,
}

/// What a reason speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// Speaks for a category.
    Category,
    /// Speaks for more or less urgency.
    Priority,
    /// Takes something back: a denial, an idiom, a supposition.
    Negation,
    /// Speaks for a contact that is no report.
    Nuisance,
}

/// Whether the contact is a report at all. Never a ground to refuse it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Nuisance {
    /// 0 (a report) to 1 (nothing in it).
    pub score: f64,
    /// Which kind, once the score reaches 0.35.
    pub kind: Option<NuisanceKind>,
    /// The words, or `empty` / `no_words` for a text without any.
    pub reasons: Vec<String>,
}

/// The kinds of contact that are no report; they match report outcomes of the same names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NuisanceKind {
    /// Nobody speaks, or nothing is written.
    Ghost,
    /// A joke.
    Prank,
    /// Somebody tries the line.
    Test,
    /// Pressed or sent by mistake.
    Accidental,
}

/// The language a text is mostly written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Indonesian.
    Id,
    /// Javanese, either register.
    Jv,
    /// English.
    En,
    /// Two or more of them.
    Mix,
    /// No word told.
    Unknown,
}
