//! From a word to the symbols it can stand for in a phrase: the word itself, the word without its
//! clitic, a near misspelling, its root, any number.
//!
//! Only words that stand in some phrase have a symbol; all others have none.

use std::collections::HashMap;

use super::phrase::Word;
use crate::normalise::{Token, bare, bare_after_squeeze, squeeze_doubles, surfaces};

/// A word, root or the number mark within phrases.
pub(super) type Symbol = u32;

/// Shortest word for which one missing or added letter is forgiven; shorter ones have too many
/// neighbours that mean something else (`kera`/`keras`).
const SHORTEST_FORGIVEN: usize = 7;

/// Fewest consonants by which an abbreviation is told.
const FEWEST_CONSONANTS: usize = 4;

/// All symbols.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    forms: HashMap<String, Symbol>,
    roots: HashMap<String, Symbol>,
    /// Affixed form -> the root's symbol.
    root_of: HashMap<String, Symbol>,
    /// Long form with one letter left out -> the form's symbol; absent when two forms share it.
    shortened: HashMap<String, Option<Symbol>>,
    /// Consonants of a form -> its symbol; absent when two forms share them.
    skeletons: HashMap<String, Option<Symbol>>,
    number: Option<Symbol>,
    next: Symbol,
}

/// What a token can stand for: itself, itself without a clitic, its root, a number.
pub(super) type Readings = [Option<Symbol>; 4];

impl Vocabulary {
    /// The symbol of a phrase's word, made when it is new.
    pub fn intern(&mut self, word: &Word) -> Symbol {
        let fresh = self.next;
        let symbol = match word {
            Word::Number => *self.number.get_or_insert(fresh),
            Word::Form(form) => *self.forms.entry(form.clone()).or_insert(fresh),
            Word::Root(root) => {
                let symbol = *self.roots.entry(root.clone()).or_insert(fresh);
                if symbol == fresh {
                    for form in surfaces(root) {
                        self.root_of.entry(form).or_insert(symbol);
                    }
                }
                symbol
            }
        };
        if symbol == fresh {
            self.next += 1;
            if let Word::Form(form) = word {
                self.learn_shortened(form, symbol);
                self.learn_skeleton(form, symbol);
            }
        }
        symbol
    }

    fn learn_shortened(&mut self, form: &str, symbol: Symbol) {
        if form.len() < SHORTEST_FORGIVEN || !form.is_ascii() {
            return;
        }
        for short in shortened(form) {
            self.shortened
                .entry(short)
                .and_modify(|known| {
                    if *known != Some(symbol) {
                        *known = None;
                    }
                })
                .or_insert(Some(symbol));
        }
    }

    fn learn_skeleton(&mut self, form: &str, symbol: Symbol) {
        let Some(skeleton) = skeleton(form) else { return };
        self.skeletons
            .entry(skeleton)
            .and_modify(|known| {
                if *known != Some(symbol) {
                    *known = None;
                }
            })
            .or_insert(Some(symbol));
    }

    /// The form's own symbol.
    pub fn form(&self, word: &str) -> Option<Symbol> {
        self.forms.get(word).copied()
    }

    /// What the token can stand for. Misspellings and abbreviations are tried only on words that
    /// stand for nothing else.
    pub fn readings(&self, token: &Token) -> Readings {
        let word = token.word.as_str();
        if token.is_number {
            return [self.form(word), None, None, self.number];
        }
        let form = self.form(word);
        let without_clitic = bare_after_squeeze(word).and_then(|front| self.form(front)).or_else(|| {
            Some(bare(word)).filter(|front| front.len() < word.len()).and_then(|front| self.form(front))
        });
        let root = self.root_of.get(word).copied();
        let guess = || self.misspelt(word).or_else(|| self.abbreviated(word));
        let known = form.is_some() || without_clitic.is_some() || root.is_some();
        [if known { form } else { guess() }, without_clitic, root, None]
    }

    /// The only word with these consonants, when this one has hardly a vowel (`tmbng`, `klrga`).
    fn abbreviated(&self, word: &str) -> Option<Symbol> {
        let vowels = word.chars().filter(|letter| is_vowel(*letter)).count();
        if vowels * 4 > word.len() {
            return None;
        }
        self.skeletons.get(&skeleton(word)?).copied().flatten()
    }

    /// The long word that this one misses a letter of, or has one too many of.
    fn misspelt(&self, word: &str) -> Option<Symbol> {
        if word.len() + 1 < SHORTEST_FORGIVEN || word.len() > 24 || !word.is_ascii() {
            return None;
        }
        if let Some(Some(symbol)) = self.shortened.get(word) {
            return Some(*symbol);
        }
        if word.len() <= SHORTEST_FORGIVEN {
            return None;
        }
        shortened(word).find_map(|short| self.form(&short))
    }
}

/// The consonants of an ASCII word, vowels gone and doubles squeezed; `None` under three of them.
fn skeleton(word: &str) -> Option<String> {
    if !word.is_ascii() {
        return None;
    }
    let bones: String = word.chars().filter(|letter| !is_vowel(*letter)).collect();
    (bones.len() >= FEWEST_CONSONANTS).then(|| squeeze_doubles(&bones))
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The word with one letter left out, in every way but the first letter.
fn shortened(word: &str) -> impl Iterator<Item = String> + '_ {
    (1..word.len()).filter_map(move |at| {
        let (front, tail) = word.split_at_checked(at)?;
        let mut characters = tail.chars();
        characters.next()?;
        Some([front, characters.as_str()].concat())
    })
}
