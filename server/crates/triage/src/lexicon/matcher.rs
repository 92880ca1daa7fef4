//! Finds the phrases of the lexicon among a text's words: a walk along a tree of symbols from every
//! word on, then joining of the parts of phrases with gaps.
//!
//! Word borders are kept by construction: it never looks inside a word.

use std::collections::HashMap;

use super::entry::{Effect, Entry};
use super::phrase::Phrase;
use super::vocabulary::{Readings, Symbol, Vocabulary};
use crate::normalise::Token;

/// Words that may stand in a gap at most.
const WIDEST_GAP: usize = 4;

/// A phrase found: which, and where its parts stand (word positions, end excluded).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub entry: u32,
    spans: [(u16, u16); 3],
    parts: u8,
}

impl Found {
    /// Where the parts stand.
    pub fn spans(&self) -> &[(u16, u16)] {
        self.spans.get(..usize::from(self.parts)).unwrap_or(&[])
    }

    /// Position of the first word.
    pub fn start(&self) -> u16 {
        self.spans().first().map_or(0, |span| span.0)
    }

    /// Position behind the last word.
    pub fn end(&self) -> usize {
        self.spans().last().map_or(0, |span| usize::from(span.1))
    }

    /// How many of its words the others leave uncovered, as a share.
    pub fn share_outside<'a>(&self, others: impl Iterator<Item = &'a Self> + Clone) -> f64 {
        let covered = |word: u16| {
            others.clone().any(|other| other.spans().iter().any(|its| (its.0..its.1).contains(&word)))
        };
        let words = || self.spans().iter().flat_map(|span| span.0..span.1);
        words().filter(|word| !covered(*word)).count() as f64 / f64::from(self.width().max(1))
    }

    /// Number of words it covers.
    pub fn width(&self) -> u16 {
        self.spans().iter().map(|span| span.1 - span.0).sum()
    }

    /// Whether every word it covers is also covered by the other.
    pub fn lies_within(&self, other: &Self) -> bool {
        self.spans().iter().all(|mine| other.spans().iter().any(|its| its.0 <= mine.0 && mine.1 <= its.1))
    }

    /// Whether it shares a word with the other.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.spans().iter().any(|mine| other.spans().iter().any(|its| its.0 < mine.1 && mine.0 < its.1))
    }
}

/// The compiled phrases.
#[derive(Debug)]
pub(super) struct Matcher {
    vocabulary: Vocabulary,
    entries: Vec<Entry>,
    steps: HashMap<(u32, Symbol), u32>,
    /// For every node, the (entry, part) pairs that end there.
    ends: Vec<Vec<(u32, u8)>>,
}

impl Matcher {
    /// Compiles the entries.
    pub fn new(parsed: Vec<(Entry, Phrase)>) -> Self {
        let mut matcher = Self {
            vocabulary: Vocabulary::default(),
            entries: Vec::with_capacity(parsed.len()),
            steps: HashMap::new(),
            ends: vec![Vec::new()],
        };
        for (entry, phrase) in parsed {
            let index = matcher.entries.len() as u32;
            for (part, words) in phrase.parts.iter().enumerate() {
                let mut node = 0;
                for word in words {
                    let symbol = matcher.vocabulary.intern(word);
                    let fresh = matcher.ends.len() as u32;
                    node = *matcher.steps.entry((node, symbol)).or_insert(fresh);
                    if node == fresh {
                        matcher.ends.push(Vec::new());
                    }
                }
                if let Some(ends) = matcher.ends.get_mut(node as usize) {
                    ends.push((index, part as u8));
                }
            }
            matcher.entries.push(entry);
        }
        matcher
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn entry(&self, index: u32) -> Option<&Entry> {
        self.entries.get(index as usize)
    }

    #[cfg(test)]
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// What the word alone does.
    pub fn effects_of(&self, word: &str) -> impl Iterator<Item = Effect> {
        self.vocabulary
            .form(word)
            .and_then(|symbol| self.steps.get(&(0, symbol)))
            .and_then(|node| self.ends.get(*node as usize))
            .into_iter()
            .flatten()
            .filter_map(|(entry, _)| self.entry(*entry))
            .filter(|entry| entry.parts == 1)
            .map(|entry| entry.effect)
    }

    /// Every phrase found, in the order of where they begin.
    pub fn find(&self, tokens: &[Token]) -> Vec<Found> {
        let readings: Vec<Readings> = tokens.iter().map(|token| self.vocabulary.readings(token)).collect();
        let mut found = Vec::with_capacity(tokens.len());
        let mut loose: Vec<(u32, u8, (u16, u16))> = Vec::new();
        for start in 0..tokens.len() {
            self.walk(0, start, &readings, &mut |entry, part, end| {
                let span = (start as u16, end as u16);
                match self.entry(entry) {
                    Some(known) if known.parts == 1 => {
                        found.push(Found { entry, spans: [span, (0, 0), (0, 0)], parts: 1 });
                    }
                    _ => loose.push((entry, part, span)),
                }
            });
        }
        self.join(&loose, &mut found);
        found
    }

    fn walk(&self, node: u32, at: usize, readings: &[Readings], tell: &mut impl FnMut(u32, u8, usize)) {
        let Some(symbols) = readings.get(at) else { return };
        for symbol in symbols.iter().flatten() {
            if let Some(next) = self.steps.get(&(node, *symbol)) {
                for (entry, part) in self.ends.get(*next as usize).into_iter().flatten() {
                    tell(*entry, *part, at + 1);
                }
                self.walk(*next, at + 1, readings, tell);
            }
        }
    }

    /// Joins the parts of phrases with gaps; every first part takes the nearest next part.
    fn join(&self, loose: &[(u32, u8, (u16, u16))], found: &mut Vec<Found>) {
        for (index, (entry, _, first)) in loose.iter().enumerate().filter(|(_, part)| part.1 == 0) {
            let Some(known) = self.entry(*entry) else { continue };
            let mut joined = Found { entry: *entry, spans: [*first, (0, 0), (0, 0)], parts: 1 };
            let mut end = first.1;
            // Parts stand in the order of their beginnings, so the rest lies behind.
            for (other, part, span) in loose.iter().skip(index + 1) {
                if span.0 > end + WIDEST_GAP as u16 {
                    break;
                }
                if other == entry && *part == joined.parts && span.0 >= end {
                    if let Some(slot) = joined.spans.get_mut(usize::from(joined.parts)) {
                        *slot = *span;
                    }
                    joined.parts += 1;
                    end = span.1;
                }
            }
            if usize::from(joined.parts) == known.parts {
                found.push(joined);
            }
        }
    }
}
