//! Why the radar holds two sightings for one event: typed grounds, no words of any screen.

use serde::{Deserialize, Serialize};

/// One ground for a match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RadarReason {
    /// How far apart they are.
    Distance {
        /// Great-circle distance, whole metres.
        metres: f64,
        /// Whether the two circles of uncertainty touch.
        touching: bool,
    },
    /// The place of at least one is unknown.
    NoDistance,
    /// How much time lies between them.
    Minutes {
        /// Whole minutes, never negative.
        minutes: f64,
    },
    /// The same type.
    SameType,
    /// The same category.
    SameCategory,
    /// Categories in which callers tell of one event.
    RelatedCategory,
    /// The category of at least one is unknown.
    UnknownCategory,
    /// The same caller.
    SameCaller,
    /// Words of the place that both name.
    PlaceWords {
        /// The shared words, as the candidate has them.
        words: Vec<String>,
    },
    /// Cues that both give: both speak of smoke, both of water in the house.
    Cues {
        /// Names of the shared cues, as the lexicon has them.
        cues: Vec<String>,
    },
    /// Words of the event that both say.
    Words {
        /// The shared words, as the candidate has them.
        words: Vec<String>,
    },
}
