//! What can go wrong in the store: a closed set with stable codes.
//!
//! Whoever gets [`StoreError::Busy`] or [`StoreError::Unavailable`] from an append does not
//! know whether it was stored only if the connection broke during the commit itself; the
//! command id tells (see [`crate::Store::commands_of`]). Nothing here is ever acknowledged.

use thiserror::Error;

/// Why the store did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The log is no longer where the append was decided on; read on and decide again.
    #[error("the log's head is at {actual}, not where the append expected it")]
    HeadMoved {
        /// The head's seq now.
        actual: i64,
    },
    /// A value that must be unique is already there.
    #[error("{what} is already there")]
    Duplicate {
        /// `table.column` of the value, e.g. `reports.external_id`; the same on both engines.
        what: String,
    },
    /// There is no such row to change or append to.
    #[error("there is no such {what}")]
    NotFound {
        /// What is missing, e.g. `centre`.
        what: String,
    },
    /// Somebody else holds the database; the same call may succeed later.
    #[error("the database is busy")]
    Busy,
    /// The database cannot be reached or cannot be written.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// What is stored does not make sense.
    #[error("the database is corrupt: {0}")]
    Corrupt(String),
    /// What was to be stored breaks a rule of the schema or of the log.
    #[error("the store refused the row: {0}")]
    Invalid(String),
}

impl StoreError {
    /// The stable name of this kind of error, for logs, metrics and answers.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::HeadMoved { .. } => "head_moved",
            Self::Duplicate { .. } => "duplicate",
            Self::NotFound { .. } => "not_found",
            Self::Busy => "store_busy",
            Self::Unavailable(_) => "store_unavailable",
            Self::Corrupt(_) => "store_corrupt",
            Self::Invalid(_) => "store_invalid",
        }
    }

    /// Whether the same call may succeed later without anybody changing it.
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Busy | Self::Unavailable(_))
    }
}
