//! Text as callers and operators write it -> the words triage reads.
//!
//! Compatibility forms are folded, letter case and zero-width characters dropped, markup and
//! punctuation read as breaks, stretched letters squeezed, shorthand written out. Any input is
//! survived: empty, one emoji, four thousand capitals, mixed scripts. Nothing here knows a category.

mod affixes;
mod clean;
mod tokens;

use std::collections::HashMap;

pub(crate) use affixes::{bare, bare_after_squeeze, surfaces};
pub(crate) use clean::clean;
pub(crate) use tokens::{Token, squeeze_doubles, tokens};

use crate::lexicon::Lexicon;

/// Shorthand and what it stands for.
#[derive(Debug, Default, Clone)]
pub(crate) struct Shorthand(HashMap<String, Vec<String>>);

impl Shorthand {
    /// Adds one; returns what the short form stood for before.
    pub fn insert(&mut self, short: &str, full: Vec<String>) -> Option<Vec<String>> {
        self.0.insert(short.to_lowercase(), full)
    }

    /// What the short form stands for.
    pub fn get(&self, short: &str) -> Option<&[String]> {
        self.0.get(short).map(Vec::as_slice)
    }
}

/// The text as triage reads it: lower-case words with doubled letters squeezed and shorthand written
/// out, punctuation gone. Reads at most the first 600 words.
pub fn normalise(lexicon: &Lexicon, text: &str) -> Vec<String> {
    tokens(&clean(text), lexicon.shorthand()).into_iter().map(|token| token.word).collect()
}

/// The words of the text that can tell one incident from another, each once, in order: no stop
/// words, no numbers, nothing shorter than three letters, nothing that only names a category.
pub fn content_words(lexicon: &Lexicon, text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for token in tokens(&clean(text), lexicon.shorthand()) {
        let word = bare(&token.word).to_owned();
        if !token.is_number
            && word.chars().count() >= 3
            && !lexicon.says_nothing_of_the_incident(&token.word)
            && !lexicon.says_nothing_of_the_incident(&word)
            && !words.contains(&word)
        {
            words.push(word);
        }
    }
    words
}
