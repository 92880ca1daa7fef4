//! Reads lexicon files into entries. The line format is told in `lexicon/shape.md`.
//!
//! Collects every problem with its line and goes on; it never guesses what a broken line meant.

use std::collections::{HashMap, HashSet};

use kentongan_domain::catalogue::{Category, Priority};

use super::TypeEntry;
use super::entry::{Address, Effect, Entry, Role, Scope, Shift};
use super::error::Problem;
use super::phrase::{self, Phrase};
use crate::normalise::{Shorthand, squeeze_doubles};
use crate::triage::{Language, NuisanceKind};

/// Everything the files say, before it is compiled for matching.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub types: Vec<TypeEntry>,
    pub shorthand: Shorthand,
    pub entries: Vec<(Entry, Phrase)>,
    pub cues: Vec<String>,
    pub concepts: HashMap<String, String>,
    pub problems: Vec<Problem>,
    cue_index: HashMap<String, u32>,
    seen: HashSet<(Effect, Scope, String)>,
}

/// A file's lines that say something, with their numbers counted from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

impl Parsed {
    fn problem(&mut self, file: &str, line: usize, message: impl Into<String>) {
        self.problems.push(Problem { file: file.to_owned(), line, message: message.into() });
    }

    /// Reads `types.lex`: `code | category | priority`.
    pub fn read_types(&mut self, file: &str, text: &str) {
        for (number, line) in lines(text) {
            let mut fields = line.split('|').map(str::trim);
            let (code, category, priority) = (fields.next(), fields.next(), fields.next());
            let category = category.and_then(Category::from_code);
            let priority =
                priority.and_then(|text| text.parse::<u8>().ok()).and_then(|p| Priority::try_from(p).ok());
            match (code, category, priority, fields.next()) {
                (Some(code), Some(category), Some(priority), None) if !code.is_empty() => {
                    if self.types.iter().any(|known| known.code == code) {
                        self.problem(file, number, format!("type `{code}` is listed twice"));
                    } else {
                        self.types.push(TypeEntry { code: code.to_owned(), category, priority });
                    }
                }
                _ => self.problem(file, number, "expected `code | category | priority 1-4`"),
            }
        }
    }

    /// Reads `shorthand.lex`: `short = full words`.
    pub fn read_shorthand(&mut self, file: &str, text: &str) {
        for (number, line) in lines(text) {
            match line.split_once('=').map(|(short, full)| (short.trim(), full.trim())) {
                Some((short, full))
                    if !short.is_empty() && !full.is_empty() && !short.contains(char::is_whitespace) =>
                {
                    let words = full.split_whitespace().map(squeeze_doubles).collect();
                    if self.shorthand.insert(short, words).is_some() {
                        self.problem(file, number, format!("shorthand `{short}` is listed twice"));
                    }
                }
                _ => self.problem(file, number, "expected `short = full words`"),
            }
        }
    }

    /// Reads `concepts.lex`: `concept = word, word`.
    pub fn read_concepts(&mut self, file: &str, text: &str) {
        for (number, line) in lines(text) {
            let Some((concept, words)) = line.split_once('=').map(|(one, words)| (one.trim(), words)) else {
                self.problem(file, number, "expected `concept = word, word`");
                continue;
            };
            for word in words.split(',').map(str::trim) {
                if word.is_empty() || word.contains(char::is_whitespace) {
                    self.problem(file, number, format!("`{word}` is not one word"));
                    continue;
                }
                let before = self.concepts.insert(squeeze_doubles(word), concept.to_owned());
                if before.is_some_and(|before| before != concept) {
                    self.problem(file, number, format!("`{word}` has two concepts"));
                }
            }
            self.concepts.entry(squeeze_doubles(concept)).or_insert_with(|| concept.to_owned());
        }
    }

    /// Reads a file of entries: `target | weight | cue | phrase, phrase`.
    pub fn read_entries(&mut self, file: &str, text: &str) {
        for (number, line) in lines(text) {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let [target, weight, cue, phrases] = fields.as_slice() else {
                self.problem(file, number, format!("expected four fields, found {}", fields.len()));
                continue;
            };
            let (effect, scope, role) = match self.target(target) {
                Ok(read) => read,
                Err(message) => {
                    self.problem(file, number, message);
                    continue;
                }
            };
            let Some(weight) = weight.parse::<f64>().ok().filter(|w| (0.1..=9.0).contains(w)) else {
                self.problem(file, number, format!("weight `{weight}` is not a number from 0.1 to 9"));
                continue;
            };
            if cue.is_empty() {
                self.problem(file, number, "the cue has no name");
                continue;
            }
            let cue = self.cue(cue);
            for written in phrases.split(',') {
                match phrase::parse(written, &self.shorthand) {
                    Err(message) => self.problem(file, number, message),
                    Ok(phrase) if !self.seen.insert((effect, scope, phrase.key())) => {
                        self.problem(file, number, format!("`{}` is listed twice", written.trim()));
                    }
                    Ok(phrase) => {
                        let parts = phrase.parts.len();
                        self.entries.push((Entry { effect, scope, weight, role, cue, parts }, phrase));
                    }
                }
            }
        }
    }

    fn cue(&mut self, name: &str) -> u32 {
        if let Some(index) = self.cue_index.get(name) {
            return *index;
        }
        let index = u32::try_from(self.cues.len()).unwrap_or(u32::MAX);
        self.cues.push(name.to_owned());
        self.cue_index.insert(name.to_owned(), index);
        index
    }

    fn target(&self, text: &str) -> Result<(Effect, Scope, Role), String> {
        let (text, role) = match (text.strip_suffix('!'), text.strip_suffix('<')) {
            (Some(text), _) => (text, Role::Cause),
            (_, Some(text)) => (text, Role::Consequence),
            _ => (text, Role::Plain),
        };
        let (name, scope) = match text.split_once(':') {
            None => (text, Scope::ALL),
            Some((name, list)) => (name, scope(list)?),
        };
        let type_index = |code: &str| self.types.iter().position(|entry| entry.code == code);
        let effect = match name {
            "raise1" => Effect::Priority(Shift::Raise1),
            "raise2" => Effect::Priority(Shift::Raise2),
            "raise" => Effect::Priority(Shift::Raise),
            "lower" => Effect::Priority(Shift::Lower),
            "lower3" => Effect::Priority(Shift::Lower3),
            "lower4" => Effect::Priority(Shift::Lower4),
            "idiom" => Effect::Idiom,
            "hypothetical" => Effect::Hypothetical,
            "now" => Effect::Now,
            "negator" => Effect::Negator,
            "filler" => Effect::Filler,
            "nuisance_ghost" => Effect::Nuisance(NuisanceKind::Ghost),
            "nuisance_prank" => Effect::Nuisance(NuisanceKind::Prank),
            "nuisance_test" => Effect::Nuisance(NuisanceKind::Test),
            "nuisance_accidental" => Effect::Nuisance(NuisanceKind::Accidental),
            "language_id" => Effect::Language(Language::Id),
            "language_jv" => Effect::Language(Language::Jv),
            "language_en" => Effect::Language(Language::En),
            "stop" => Effect::Stop,
            "way" => Effect::Address(Address::Way),
            "name" => Effect::Address(Address::Name),
            "no_name" => Effect::Address(Address::NoName),
            "beside" => Effect::Address(Address::Beside),
            "at" => Effect::Address(Address::At),
            "landmark" => Effect::Address(Address::Landmark),
            "damage" => Effect::Damage,
            "neglect" => Effect::Neglect,
            code => match (code.strip_suffix('?'), type_index(code), Category::from_code(code)) {
                (Some(hint), ..) => {
                    Effect::Hint(type_index(hint).ok_or_else(|| format!("no type `{hint}`"))?)
                }
                (None, Some(index), _) => Effect::Type(index),
                (None, None, Some(category)) => Effect::Category(category),
                (None, None, None) => return Err(format!("unknown target `{code}`")),
            },
        };
        if scope != Scope::ALL && !matches!(effect, Effect::Priority(_)) {
            return Err(format!("`{name}` cannot be limited to categories"));
        }
        if role != Role::Plain && !matches!(effect, Effect::Category(_) | Effect::Type(_)) {
            return Err(format!("`{name}` is neither cause nor consequence"));
        }
        Ok((effect, scope, role))
    }
}

fn scope(list: &str) -> Result<Scope, String> {
    list.split(',').map(str::trim).try_fold(Scope::EMPTY, |scope, name| match name {
        "none" => Ok(scope.with(None)),
        code => Category::from_code(code)
            .map(|category| scope.with(Some(category)))
            .ok_or_else(|| format!("unknown category `{code}` after the colon")),
    })
}
