//! What providers are sure of us by: never shown, never logged, read from a file or the environment, never
//! written into the settings themselves.

use std::fmt;
use std::path::Path;

use anyhow::Context as _;

/// A secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// A secret that is known already.
    pub fn new(words: &str) -> Self {
        Self(words.trim().to_owned())
    }

    /// The secret itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// From the environment variable, else from the file; none when neither is named.
    ///
    /// # Errors
    /// When the file cannot be read, or what is there is empty.
    pub fn load(variable: &str, file: Option<&Path>) -> anyhow::Result<Option<Self>> {
        let words = match (std::env::var(variable), file) {
            (Ok(words), _) => words,
            (Err(_), Some(path)) => std::fs::read_to_string(path)
                .with_context(|| format!("the secret in {} cannot be read", path.display()))?,
            (Err(_), None) => return Ok(None),
        };
        let secret = Self::new(&words);
        anyhow::ensure!(!secret.0.is_empty(), "{variable} is empty");
        Ok(Some(secret))
    }

    /// As [`Secret::load`], where there must be one.
    ///
    /// # Errors
    /// As there, and when there is none.
    pub fn demand(variable: &str, file: Option<&Path>) -> anyhow::Result<Self> {
        Self::load(variable, file)?.with_context(|| format!("{variable}, or a file with it, is missing"))
    }
}
