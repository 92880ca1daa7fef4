//! Landmarks that people at the desk add while it runs: the next caller's words find them.
//!
//! Says what may be added; the names themselves live in the centre's gazetteer. Storing them for the
//! next start is the caller's.

use serde::{Deserialize, Serialize};

use crate::point::LatLon;

/// Letters of a landmark's name, and of who added it, at most.
pub const LANDMARK_NAME_MAX: usize = 120;

/// Landmarks that may be added to one atlas.
pub const LANDMARKS_MAX: usize = 20_000;

/// Two landmarks of one name this near, in metres, are the same one.
const SAME_WITHIN_M: f64 = 50.0;

/// A landmark that somebody added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct AddedLandmark {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub at: LatLon,
    /// Who added it.
    pub added_by: String,
}

/// Why a landmark was not added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LandmarkError {
    /// No letter and no figure in it.
    #[error("the landmark's name is empty; write what people call it")]
    NameEmpty,
    /// Longer than [`LANDMARK_NAME_MAX`].
    #[error("the name has more than {LANDMARK_NAME_MAX} letters; shorten it")]
    NameTooLong,
    /// Nobody stands for it.
    #[error("it is not said who adds the landmark; give a name")]
    NoAuthor,
    /// It is there already.
    #[error("{name} is known at this place already")]
    Known {
        /// Its name.
        name: String,
    },
    /// [`LANDMARKS_MAX`] were added.
    #[error("{LANDMARKS_MAX} landmarks were added already; import them with the city pack")]
    TooMany,
}

impl AddedLandmark {
    /// A landmark with tidy words.
    ///
    /// # Errors
    /// [`LandmarkError`] when a word is missing or too long.
    pub(crate) fn new(name: &str, at: LatLon, added_by: &str) -> Result<Self, LandmarkError> {
        let tidy = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        let (name, added_by) = (tidy(name), tidy(added_by));
        if !name.chars().any(char::is_alphanumeric) {
            return Err(LandmarkError::NameEmpty);
        }
        if name.chars().count() > LANDMARK_NAME_MAX || added_by.chars().count() > LANDMARK_NAME_MAX {
            return Err(LandmarkError::NameTooLong);
        }
        if added_by.is_empty() {
            return Err(LandmarkError::NoAuthor);
        }
        Ok(Self { name, at, added_by })
    }

    /// Whether a place of this name here is this landmark.
    pub(crate) fn is(&self, name: &str, at: LatLon) -> bool {
        self.name.eq_ignore_ascii_case(name) && self.at.distance_m(at) <= SAME_WITHIN_M
    }
}
