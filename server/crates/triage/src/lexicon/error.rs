//! What can be wrong with a lexicon: every problem with its file and line, all at once, because the
//! person mending a list wants to see the whole of it.

use std::fmt;

/// A lexicon that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} problem(s) in the lexicon; first: {}", problems.len(), problems.first().map_or_else(String::new, ToString::to_string))]
pub struct LexiconError {
    /// Every problem found, in order of file and line; never empty.
    pub problems: Vec<Problem>,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file's name, e.g. `fire.lex`.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, in words.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.message)
    }
}
