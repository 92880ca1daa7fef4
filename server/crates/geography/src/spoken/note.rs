//! What is worth saying about a place as it was told: repairs, doubts, what could not be used.
//!
//! A closed set, so that a screen can say each in its own language; [`Note::words`] is the English.

use serde::{Deserialize, Serialize};

/// Something to say about what was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Longitude was written before latitude; they were exchanged.
    CoordinatesSwapped,
    /// The latitude had no minus and no hemisphere; south was taken.
    SouthAssumed,
    /// The position is a valid one, far from Indonesia.
    OutsideIndonesia,
    /// The numbers look like a position and are none.
    NotOnEarth,
    /// A map link that tells its position only to who opens it; nothing here opens links.
    LinkNeedsOpening,
    /// A short open location code without a place it counts from; the centre was taken.
    CodeWithoutCity,
    /// The text was too long; only its beginning was read for places.
    TextCut,
}

impl Note {
    /// What it says, with what to do.
    pub const fn words(self) -> &'static str {
        match self {
            Self::CoordinatesSwapped => "coordinates swapped: longitude was written first; check the pin",
            Self::SouthAssumed => "the latitude had no minus; south of the equator was taken; check the pin",
            Self::OutsideIndonesia => "the position lies outside Indonesia; ask again",
            Self::NotOnEarth => "the numbers are no position: latitude is -90 to 90, longitude -180 to 180",
            Self::LinkNeedsOpening => "the map link holds no position; open it and set the pin",
            Self::CodeWithoutCity => {
                "the short plus code came without a city; the centre was taken; check the pin"
            }
            Self::TextCut => "the text is very long; only its beginning was read for places",
        }
    }
}
