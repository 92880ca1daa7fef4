//! What the model sees of a text: words, pairs of words, pieces of words, concepts, and what the lexicon
//! found, each hashed to a number.
//!
//! Training and reading share this file, so a change here makes the committed weights stale; the test of
//! the weights says so. Nothing here knows a weight.

use kentongan_domain::catalogue::Priority;

use crate::classify::Analysis;
use crate::lexicon::{Effect, Lexicon};
use crate::normalise::{Token, bare};

/// Rows of the wide table, which knows pieces of words.
pub(crate) const WIDE: usize = 1 << 17;
/// Rows of the narrow tables, which know whole words and cues.
pub(crate) const NARROW: usize = 1 << 14;

/// Shortest and longest piece of a word, in characters, its two ends counted as one each.
const PIECES: std::ops::RangeInclusive<usize> = 3..=5;
/// Share of each family in the whole.
const WORDS: f32 = 1.8;
const PIECES_SHARE: f32 = 1.0;
const CUES: f32 = 1.4;
/// What a weight of the lexicon is divided by.
const LEXICON_SCALE: f64 = 4.0;
/// The lexicon's weight that counts in full; heavier texts are no surer.
const LEXICON_MOST: f64 = 8.0;

/// One thing seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Seen {
    hash: u32,
    /// How much of it there is.
    pub value: f32,
    /// Position of the word it belongs to; [`Seen::NO_WORD`] when it is of the whole text.
    pub word: u16,
    /// Whether the narrow tables know it too.
    pub narrow: bool,
}

impl Seen {
    /// Of the whole text.
    pub const NO_WORD: u16 = u16::MAX;

    /// Its row in the wide table.
    pub fn wide_row(&self) -> usize {
        self.hash as usize & (WIDE - 1)
    }

    /// Its row in the narrow tables.
    pub fn narrow_row(&self) -> usize {
        (self.hash >> 17) as usize & (NARROW - 1)
    }
}

/// Everything seen of one text.
pub(crate) fn features(lexicon: &Lexicon, analysis: &Analysis<'_>) -> Vec<Seen> {
    let mut seen = Vec::with_capacity(1024);
    words(lexicon, &analysis.tokens, &mut seen);
    share_out(&mut seen, 0, WORDS);
    let pieces_from = seen.len();
    pieces(&analysis.tokens, &mut seen);
    share_out(&mut seen, pieces_from, PIECES_SHARE);
    let cues_from = seen.len();
    cues(lexicon, analysis, &mut seen);
    share_out(&mut seen, cues_from, CUES);
    judgements(analysis, &mut seen);
    seen
}

/// The share of a category among the twelve, as the narrow tables see it.
pub(crate) fn category_seen(category: usize, probability: f32) -> Seen {
    Seen {
        hash: hash("posterior", &[&[u8::try_from(category).unwrap_or(u8::MAX)]]),
        value: probability,
        word: Seen::NO_WORD,
        narrow: true,
    }
}

/// Words, their concepts, and pairs of neighbours.
fn words(lexicon: &Lexicon, tokens: &[Token], seen: &mut Vec<Seen>) {
    let mut before: Option<&str> = None;
    for (at, token) in tokens.iter().enumerate() {
        let word = u16::try_from(at).unwrap_or(Seen::NO_WORD);
        let own = if token.is_number { "#" } else { token.word.as_str() };
        let concept = lexicon.concept(own).or_else(|| lexicon.concept(bare(own)));
        push(seen, "word", &[own.as_bytes()], word, true);
        if let Some(concept) = concept {
            push(seen, "concept", &[concept.as_bytes()], word, true);
        }
        let name = concept.unwrap_or(own);
        if let Some(before) = before {
            push(seen, "pair", &[before.as_bytes(), name.as_bytes()], word, true);
        }
        before = Some(name);
    }
}

/// Pieces of three to five characters of each word, its ends marked.
fn pieces(tokens: &[Token], seen: &mut Vec<Seen>) {
    let mut marked = String::with_capacity(48);
    let mut starts: Vec<usize> = Vec::with_capacity(48);
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| !token.is_number) {
        marked.clear();
        marked.push('^');
        marked.push_str(&token.word);
        marked.push('$');
        starts.clear();
        starts.extend(marked.char_indices().map(|(start, _)| start));
        starts.push(marked.len());
        let word = u16::try_from(at).unwrap_or(Seen::NO_WORD);
        for length in PIECES {
            for ends in starts.windows(length + 1) {
                let piece = ends.first().zip(ends.last()).and_then(|(from, to)| marked.get(*from..*to));
                if let Some(piece) = piece {
                    push(seen, "piece", &[piece.as_bytes()], word, false);
                }
            }
        }
    }
}

/// What the lexicon found, denied or not.
fn cues(lexicon: &Lexicon, analysis: &Analysis<'_>, seen: &mut Vec<Seen>) {
    for hit in &analysis.reading.hits {
        let word = hit.found.start();
        let denied: &[u8] = if hit.denied { b"denied" } else { b"" };
        let cue = lexicon.cue(hit.entry).as_bytes();
        let effect: &[u8] = match hit.entry.effect {
            Effect::Category(category) => category.code().as_bytes(),
            Effect::Type(index) | Effect::Hint(index) => {
                lexicon.types().get(index).map_or(&b""[..], |known| known.code.as_bytes())
            }
            Effect::Priority(shift) => shift.code().as_bytes(),
            Effect::Idiom => b"idiom",
            Effect::Hypothetical => b"hypothetical",
            Effect::Now => b"now",
            Effect::Nuisance(_) => b"nuisance",
            _ => continue,
        };
        push(seen, "cue", &[effect, cue, denied], word, true);
    }
}

/// What the lexicon made of the whole text.
fn judgements(analysis: &Analysis<'_>, seen: &mut Vec<Seen>) {
    for (category, weight) in analysis.scores.ranked() {
        if weight > 0.0 {
            let value = weight.min(LEXICON_MOST) / LEXICON_SCALE;
            push_valued(seen, "lexicon", category.code().as_bytes(), value as f32);
        }
    }
    if let Some(best) = analysis.triage.category {
        push_valued(seen, "lexicon-best", best.code().as_bytes(), 0.5);
    }
    if let Some(kind) = &analysis.triage.type_code {
        push_valued(seen, "lexicon-type", kind.as_bytes(), 0.5);
    }
    let priority = match analysis.triage.priority {
        Priority::P1 => b"1",
        Priority::P2 => b"2",
        Priority::P3 => b"3",
        Priority::P4 => b"4",
    };
    push_valued(seen, "lexicon-priority", priority, 0.7);
    if analysis.asks {
        push_valued(seen, "asks", b"?", 0.5);
    }
    push_valued(seen, "always", b"", 0.5);
    let length: &[u8] = match analysis.tokens.len() {
        0..=5 => b"short",
        6..=12 => b"usual",
        13..=25 => b"long",
        _ => b"very long",
    };
    push_valued(seen, "length", length, 0.3);
}

fn push(seen: &mut Vec<Seen>, family: &str, parts: &[&[u8]], word: u16, narrow: bool) {
    seen.push(Seen { hash: hash(family, parts), value: 1.0, word, narrow });
}

fn push_valued(seen: &mut Vec<Seen>, family: &str, name: &[u8], value: f32) {
    seen.push(Seen { hash: hash(family, &[name]), value, word: Seen::NO_WORD, narrow: true });
}

/// Makes the squares of everything from `from` on add up to the square of `share`: a long text must not
/// outshout a short one.
fn share_out(seen: &mut [Seen], from: usize, share: f32) {
    let family = seen.get_mut(from..).unwrap_or_default();
    let each = share / (family.len().max(1) as f32).sqrt();
    for one in family {
        one.value = each;
    }
}

/// FNV-1a over family and parts, its halves folded.
fn hash(family: &str, parts: &[&[u8]]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut eat = |byte: u8| {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    };
    family.bytes().for_each(&mut eat);
    for part in parts {
        eat(0xff);
        part.iter().copied().for_each(&mut eat);
    }
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (hash >> 32) as u32
}
