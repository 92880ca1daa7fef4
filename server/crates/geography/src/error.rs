//! What can go wrong when geography is loaded; each message says what to do about it.
//!
//! Only a whole file that cannot be used is an error. A single bad feature or row is set aside
//! and listed in the load report, so that one bad polygon never takes a city's map away.

/// A boundary, places or gazetteer file that cannot be used at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GeographyError {
    /// The text is not JSON.
    #[error(
        "boundaries are not readable JSON (line {line}, column {column}): {reason}; export the file again as GeoJSON"
    )]
    NotJson {
        /// Line of the fault, counted from 1.
        line: usize,
        /// Column of the fault, counted from 1.
        column: usize,
        /// The parser's words.
        reason: String,
    },
    /// JSON, but not a `FeatureCollection`.
    #[error(
        "boundaries must be a GeoJSON FeatureCollection, but `type` is {found}; wrap the features in one collection"
    )]
    NotFeatureCollection {
        /// What `type` held instead.
        found: String,
    },
    /// A collection without one usable village.
    #[error("no village could be loaded from {features} features; first problem: {first}")]
    NoVillages {
        /// Number of features in the file.
        features: usize,
        /// The first rejection, in words.
        first: String,
    },
    /// The places file cannot be read as the CSV it must be.
    #[error("places.csv, line {line}: {reason}; the columns are name,kind,lat,lon,village_code,aliases")]
    Places {
        /// Line of the fault, counted from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A national gazetteer of which nothing can be used.
    #[error("national gazetteer, line {line}: {reason}; the columns are code,name,lat,lng")]
    National {
        /// Line of the fault, counted from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}
