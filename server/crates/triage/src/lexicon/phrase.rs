//! A phrase as it is matched: parts of words, with gaps between the parts.
//!
//! Words go through the same normalising as a report's text, so what is written in a file is found
//! however a caller spells it.

use crate::normalise::{Shorthand, tokens};

/// Words that a phrase may hold at most in each part; keeps matching a short walk.
const MOST_WORDS: usize = 7;
/// Parts that a phrase may hold at most.
const MOST_PARTS: usize = 3;

/// One word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Word {
    /// This very word, or with a clitic behind it.
    Form(String),
    /// Any affixed form of this root.
    Root(String),
    /// Any number.
    Number,
}

/// A phrase; more than one part when gaps lie between.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub parts: Vec<Vec<Word>>,
}

impl Phrase {
    /// A text that is equal for equal phrases.
    pub fn key(&self) -> String {
        format!("{:?}", self.parts)
    }
}

/// Reads one phrase; the error says what is wrong with it.
pub(super) fn parse(written: &str, shorthand: &Shorthand) -> Result<Phrase, String> {
    let mut parts = Vec::new();
    for part in written.split("..") {
        let mut words = Vec::new();
        for word in part.split_whitespace() {
            if word == "N" {
                words.push(Word::Number);
            } else if let Some(root) = word.strip_prefix('~') {
                words.push(Word::Root(root.to_lowercase()));
            } else {
                words.extend(tokens(word, shorthand).into_iter().map(|token| Word::Form(token.word)));
            }
        }
        words.dedup();
        if words.is_empty() {
            return Err(format!("a part of `{}` has no words", written.trim()));
        }
        if words.len() > MOST_WORDS {
            return Err(format!("`{}` has more than {MOST_WORDS} words in a row", written.trim()));
        }
        parts.push(words);
    }
    if parts.len() > MOST_PARTS {
        return Err(format!("`{}` has more than {MOST_PARTS} parts", written.trim()));
    }
    Ok(Phrase { parts })
}
