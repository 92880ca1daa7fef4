//! What a team in the field tells besides the steps of its dispatch: notes, pictures, calls for help.
//!
//! Words and pictures themselves are erasable and stand apart; here they are ids.

use serde::{Deserialize, Serialize};

use crate::deadline::Deadline;
use crate::ids::{EpochUs, PhotoId, TextId};
use crate::place::LocationClaim;

/// A picture that the agency took of the scene; the picture itself is stored apart and can be erased.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Photo {
    /// Its id.
    pub id: PhotoId,
    /// When it was added (epoch µs).
    #[cfg_attr(feature = "schema", ts(type = "number"))]
    pub added_at: EpochUs,
    /// Who added it.
    pub added_by: String,
    /// Where it was taken, as the camera wrote.
    pub claim: Option<LocationClaim>,
}

/// What the agency's people wrote down about a dispatch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldNote {
    /// When (epoch µs).
    pub at: EpochUs,
    /// Who wrote it.
    pub by: String,
    /// The words, in the erasable texts.
    pub text: TextId,
}

/// Notes of a dispatch at most.
pub const MOST_NOTES: usize = 100;

/// Pictures of a dispatch at most.
pub const MOST_PHOTOS: usize = 20;

/// The field asked for help.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Help {
    /// When (epoch µs).
    #[cfg_attr(feature = "schema", ts(type = "number"))]
    pub asked_at: EpochUs,
    /// Who asked.
    pub asked_by: String,
    /// What for, in the erasable texts.
    pub note: Option<TextId>,
    /// The running deadline until the desk has answered.
    pub deadline: Option<Deadline>,
    /// When the desk answered (epoch µs).
    #[cfg_attr(feature = "schema", ts(type = "number | null"))]
    pub answered_at: Option<EpochUs>,
    /// Who answered.
    pub answered_by: Option<String>,
}
