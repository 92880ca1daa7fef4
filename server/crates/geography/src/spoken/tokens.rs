//! The words of a told place with their spans: which are used up, where a name ends.
//!
//! Every part is made here, from a stretch of the text, so that its words always stand in it.

use super::part::{Detail, Part, SpokenPlace};
use super::vocabulary::{Keyword, ends_name, keyword, may_close_name};
use crate::words::{RawWord, fold, raw_words};

/// Words read at most.
const MOST_WORDS: usize = 1_000;

/// Bytes from which on a word may be in an old spelling.
const LEAST_FOLDED: usize = 5;

/// A text's words.
pub(super) struct Tokens<'a> {
    /// As much of the text as its words were read of.
    pub text: &'a str,
    words: Vec<RawWord>,
    taken: Vec<bool>,
}

/// A text's first bytes without the word they cut: half of a coordinate would be another place.
pub(super) fn whole_words(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let head = text.get(..text.floor_char_boundary(most)).unwrap_or_default();
    let cut = text.get(head.len()..).is_some_and(|rest| !rest.starts_with(char::is_whitespace));
    let end = head.rfind(char::is_whitespace).filter(|_| cut).unwrap_or(head.len());
    head.get(..end).unwrap_or_default()
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut words = raw_words(text);
        let over = words.get(MOST_WORDS).map(|word| word.start);
        let text = over.map_or(text, |over| whole_words(text, over));
        words.retain(|word| word.end <= text.len());
        Self { text, taken: vec![false; words.len()], words }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word in lower case, old spellings made new; short forms stay, "sdh" is no "sd".
    pub(super) fn low(&self, at: usize) -> Option<String> {
        let word = &self.words.get(at)?.text;
        Some(if word.len() < LEAST_FOLDED { word.clone() } else { fold(word) })
    }

    /// Whether the word is written in small letters only.
    pub(super) fn is_small(&self, at: usize) -> bool {
        let written = self.words.get(at).and_then(|word| self.text.get(word.start..word.end));
        written.is_some_and(|written| !written.chars().any(char::is_uppercase))
    }

    pub(super) fn is_free(&self, at: usize) -> bool {
        self.taken.get(at) == Some(&false)
    }

    /// The keyword at this place, if the word is free.
    pub(super) fn keyword(&self, at: usize) -> Option<Keyword> {
        self.low(at).filter(|_| self.is_free(at)).and_then(|low| keyword(&low).0)
    }

    /// What stands between a word and the one before it.
    pub(super) fn gap(&self, at: usize) -> &'a str {
        let before = at.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |word| word.end);
        self.words.get(at).and_then(|word| self.text.get(before..word.start)).unwrap_or_default()
    }

    /// Whether nothing said belongs together across here: a comma, a bracket, a sentence's end.
    pub(super) fn parted(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return true };
        let before = at.checked_sub(1).and_then(|before| self.words.get(before));
        // The dot of "jl." and "rt." ends nothing; that of a longer word does.
        let sentence = before.is_some_and(|before| {
            let gap = self.gap(at);
            before.text.chars().count() > 3 && gap.contains('.') && gap.ends_with(char::is_whitespace)
        });
        word.after_break || sentence || self.gap(at).contains(['<', '>', '|', ':', '"', '…'])
    }

    /// Whether the word begins with a digit.
    pub(super) fn is_number(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether the word is written like a name.
    pub(super) fn is_title(&self, at: usize) -> bool {
        let written = self.words.get(at).and_then(|word| self.text.get(word.start..word.end));
        written.is_some_and(|written| written.chars().next().is_some_and(char::is_uppercase))
    }

    /// One past the last word of a name that begins here and has at most so many words; the same
    /// place when no name begins here.
    pub(super) fn name_end(&self, from: usize, most: usize) -> usize {
        let mut end = from;
        let mut titled = false;
        while end < from + most && self.is_free(end) {
            let Some(low) = self.low(end) else { break };
            let later = end > from;
            if later && (self.parted(end) || self.is_number(end)) {
                break;
            }
            if ends_name(&low, later) {
                // "Bandar Lor, ..." is a name; in "Papar kidul sepur" the side begins what follows.
                let closes = later && may_close_name(&low) && self.name_is_over(end + 1);
                end += usize::from(closes);
                break;
            }
            // After a name with a capital a word without one belongs to the sentence again.
            if titled && !self.is_title(end) {
                break;
            }
            titled |= self.is_title(end);
            end += 1;
        }
        end
    }

    /// Whether nothing that begins here could belong to a name before it.
    fn name_is_over(&self, at: usize) -> bool {
        if !self.is_free(at) || self.parted(at) || self.is_number(at) {
            return true;
        }
        let thing = matches!(self.keyword(at), Some(Keyword::Landmark | Keyword::WeakLandmark));
        !thing && self.low(at).is_none_or(|low| ends_name(&low, true))
    }

    /// The text from one word to before another.
    pub(super) fn written(&self, from: usize, to: usize) -> Option<&'a str> {
        let (start, end) = self.span(from, to)?;
        self.text.get(start..end)
    }

    fn span(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let last = to.checked_sub(1).filter(|last| *last >= from)?;
        Some((self.words.get(from)?.start, self.words.get(last)?.end))
    }

    /// A name as it was written, with single spaces; `None` when empty.
    pub(super) fn name(&self, from: usize, to: usize) -> Option<String> {
        let written = self.written(from, to)?;
        let name: Vec<&str> = written.split_whitespace().collect();
        Some(name.join(" ")).filter(|name| !name.is_empty())
    }

    /// Makes the words from one place to before another a part, and uses them up.
    pub(super) fn take(&mut self, place: &mut SpokenPlace, from: usize, to: usize, detail: Detail) {
        if let Some((start, end)) = self.span(from, to)
            && let Some(words) = self.text.get(start..end)
        {
            for taken in self.taken.iter_mut().take(to).skip(from) {
                *taken = true;
            }
            place.parts.push(Part { words: words.to_owned(), start, end, detail });
        }
    }

    /// The first byte of a word.
    pub(super) fn byte(&self, at: usize) -> Option<usize> {
        self.words.get(at).map(|word| word.start)
    }

    /// Makes "rt03rw02" two parts, parted before its "rw".
    pub(super) fn take_halves(&mut self, place: &mut SpokenPlace, at: usize, rt: u16, rw: u16) {
        let Some((start, end)) = self.span(at, at + 1) else { return };
        let half = self.text.get(start..end).and_then(|word| word.to_ascii_lowercase().find("rw"));
        let Some(half) = half.map(|half| start + half) else { return };
        self.take_bytes(place, start, half, Detail::Rt { number: rt });
        self.take_bytes(place, half, end, Detail::Rw { number: rw });
    }

    /// Makes a stretch of bytes a part, and uses up the words in it.
    pub(super) fn take_bytes(&mut self, place: &mut SpokenPlace, start: usize, end: usize, detail: Detail) {
        if let Some(words) = self.text.get(start..end) {
            for (word, taken) in self.words.iter().zip(&mut self.taken) {
                *taken |= word.start < end && word.end > start;
            }
            place.parts.push(Part { words: words.to_owned(), start, end, detail });
        }
    }

    /// Whether no word of this stretch is used up.
    pub(super) fn bytes_are_free(&self, start: usize, end: usize) -> bool {
        let mut inside = self.words.iter().zip(&self.taken);
        inside.all(|(word, taken)| !taken || word.end <= start || word.start >= end)
    }

    /// The name that follows these bytes, for what a short code counts from; it stays free.
    pub(super) fn area_after(&self, byte: usize) -> Option<String> {
        let mut from = self.words.iter().position(|word| word.start >= byte)?;
        if !self.text.get(byte..self.words.get(from)?.start)?.chars().all(|c| matches!(c, ' ' | ',')) {
            return None;
        }
        while matches!(
            self.keyword(from),
            Some(
                Keyword::Connector
                    | Keyword::Regency
                    | Keyword::City
                    | Keyword::District
                    | Keyword::Village(_)
            )
        ) {
            from += 1;
        }
        if let Some(Keyword::ShortCity(name)) = self.keyword(from) {
            return Some(name.to_owned());
        }
        self.name(from, self.name_end(from, 2))
    }
}
