//! Why a command was refused: a closed set with stable codes.

use thiserror::Error;

/// A refused command. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Rejection {
    /// The thing named does not exist in this centre.
    #[error("{what} {id} does not exist in this centre")]
    NotFound {
        /// `report`, `incident`, `dispatch`, `agency`, `neighbour`, `transfer`, `unit` or `delivery`.
        what: &'static str,
        /// The id asked for.
        id: String,
    },
    /// The step is not legal from the state it is in.
    #[error("{what} is {state}: {act} is not possible; possible now: {}", allowed_words(.allowed))]
    IllegalStep {
        /// `report`, `incident`, `dispatch` or `unit`.
        what: &'static str,
        /// The state it is in.
        state: String,
        /// What was asked.
        act: String,
        /// What is possible instead.
        allowed: Vec<String>,
    },
    /// Somebody else changed it since.
    #[error("incident has version {actual}, not {expected}: somebody changed it since; read it again")]
    VersionMoved {
        /// What the caller thought.
        expected: u32,
        /// What it is.
        actual: u32,
    },
    /// The incident already has a live dispatch to that agency.
    #[error("the incident is already forwarded to {agency}")]
    AlreadyForwarded {
        /// The agency's code.
        agency: String,
    },
    /// Nothing may leave a drill centre.
    #[error("this is a drill: nothing may leave the centre")]
    Drill,
    /// A field makes no sense in this command.
    #[error("{message}")]
    Invalid {
        /// JSON pointer to the field, e.g. `/report_ids`.
        pointer: &'static str,
        /// What is wrong and what to do.
        message: String,
    },
}

fn allowed_words(allowed: &[String]) -> String {
    if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") }
}

impl Rejection {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not_found",
            Self::IllegalStep { .. } => "illegal_step",
            Self::VersionMoved { .. } => "version_moved",
            Self::AlreadyForwarded { .. } => "already_forwarded",
            Self::Drill => "drill_centre",
            Self::Invalid { .. } => "invalid_field",
        }
    }
}
