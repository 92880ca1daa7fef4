//! The lexicon: words, phrases and what they mean, compiled for matching.
//!
//! The data lives in `lexicon/*.lex` (format: `lexicon/shape.md`); this module reads and compiles it
//! once. It says what was found in a text and never what follows from it.

mod entry;
mod error;
mod matcher;
mod parse;
mod phrase;
mod vocabulary;

use std::collections::HashMap;

use kentongan_domain::catalogue::{Category, Priority};

pub(crate) use entry::{Address, Effect, Entry, Role, Shift};
pub use error::{LexiconError, Problem};
pub(crate) use matcher::Found;

use crate::normalise::{Shorthand, Token};
use matcher::Matcher;
use parse::Parsed;

const TYPES: &str = include_str!("../../lexicon/types.lex");
const SHORTHAND: &str = include_str!("../../lexicon/shorthand.lex");
const CONCEPTS: &str = include_str!("../../lexicon/concepts.lex");
const ENTRIES: [(&str, &str); 17] = [
    ("fire.lex", include_str!("../../lexicon/fire.lex")),
    ("traffic.lex", include_str!("../../lexicon/traffic.lex")),
    ("medical.lex", include_str!("../../lexicon/medical.lex")),
    ("disaster.lex", include_str!("../../lexicon/disaster.lex")),
    ("rescue.lex", include_str!("../../lexicon/rescue.lex")),
    ("animal.lex", include_str!("../../lexicon/animal.lex")),
    ("order.lex", include_str!("../../lexicon/order.lex")),
    ("crime.lex", include_str!("../../lexicon/crime.lex")),
    ("mental.lex", include_str!("../../lexicon/mental.lex")),
    ("infrastructure.lex", include_str!("../../lexicon/infrastructure.lex")),
    ("complaint.lex", include_str!("../../lexicon/complaint.lex")),
    ("information.lex", include_str!("../../lexicon/information.lex")),
    ("priority.lex", include_str!("../../lexicon/priority.lex")),
    ("context.lex", include_str!("../../lexicon/context.lex")),
    ("address.lex", include_str!("../../lexicon/address.lex")),
    ("nuisance.lex", include_str!("../../lexicon/nuisance.lex")),
    ("language.lex", include_str!("../../lexicon/language.lex")),
];

/// One incident type that the lexicon can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeEntry {
    /// Stable code, e.g. `fire_building`; the same codes as the default catalogue.
    pub code: String,
    /// The category it belongs to.
    pub category: Category,
    /// Suggested priority when nothing in the text says otherwise.
    pub priority: Priority,
}

/// A compiled lexicon. Build it once and share it; reading a text does not change it.
#[derive(Debug)]
pub struct Lexicon {
    types: Vec<TypeEntry>,
    shorthand: Shorthand,
    cues: Vec<String>,
    concepts: HashMap<String, String>,
    matcher: Matcher,
}

impl Lexicon {
    /// The lexicon that comes with the crate. Takes tens of milliseconds: compile it once.
    pub fn built_in() -> Result<Self, LexiconError> {
        Self::from_sources(
            ("types.lex", TYPES),
            ("shorthand.lex", SHORTHAND),
            ("concepts.lex", CONCEPTS),
            &ENTRIES,
        )
    }

    /// A lexicon from (file name, text) pairs; every problem of every file is in the error.
    pub fn from_sources(
        types: (&str, &str),
        shorthand: (&str, &str),
        concepts: (&str, &str),
        entries: &[(&str, &str)],
    ) -> Result<Self, LexiconError> {
        let mut parsed = Parsed::default();
        parsed.read_types(types.0, types.1);
        parsed.read_shorthand(shorthand.0, shorthand.1);
        parsed.read_concepts(concepts.0, concepts.1);
        for (file, text) in entries {
            parsed.read_entries(file, text);
        }
        if !parsed.problems.is_empty() {
            return Err(LexiconError { problems: parsed.problems });
        }
        let matcher = Matcher::new(parsed.entries);
        Ok(Self {
            types: parsed.types,
            shorthand: parsed.shorthand,
            cues: parsed.cues,
            concepts: parsed.concepts,
            matcher,
        })
    }

    /// Every type, in the order of `types.lex`.
    pub fn types(&self) -> &[TypeEntry] {
        &self.types
    }

    /// Number of phrases.
    pub fn len(&self) -> usize {
        self.matcher.len()
    }

    /// Whether it holds no phrase at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Names of the cues, in the order of the files; a name may repeat.
    pub fn cue_names(&self) -> impl Iterator<Item = &str> {
        self.cues.iter().map(String::as_str)
    }

    pub(crate) fn shorthand(&self) -> &Shorthand {
        &self.shorthand
    }

    /// The concept that a word of dialect, slang or a misspelling stands for; a concept's own name too.
    pub(crate) fn concept(&self, word: &str) -> Option<&str> {
        self.concepts.get(word).map(String::as_str)
    }

    /// Whether the word stands in the lexicon or among the concepts, by itself. Words that do not may be
    /// anything a caller said, a name among them.
    pub fn knows(&self, word: &str) -> bool {
        self.concepts.contains_key(word) || self.matcher.effects_of(word).next().is_some()
    }

    pub(crate) fn entry(&self, index: u32) -> Option<&Entry> {
        self.matcher.entry(index)
    }

    pub(crate) fn cue(&self, entry: &Entry) -> &str {
        self.cues.get(entry.cue as usize).map_or("", String::as_str)
    }

    /// Where phrases stand among these words.
    pub(crate) fn find(&self, tokens: &[Token]) -> Vec<Found> {
        self.matcher.find(tokens)
    }

    /// Whether the word alone is a stop word or only names a category, so that it cannot tell two
    /// incidents of one kind apart.
    pub(crate) fn says_nothing_of_the_incident(&self, word: &str) -> bool {
        self.matcher.effects_of(word).any(|effect| {
            matches!(
                effect,
                Effect::Stop
                    | Effect::Negator
                    | Effect::Filler
                    | Effect::Category(_)
                    | Effect::Type(_)
                    | Effect::Priority(_)
                    | Effect::Language(_)
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn check(entries: &str) -> Result<Lexicon, LexiconError> {
        Lexicon::from_sources(
            ("types.lex", "fire_other | fire | 2"),
            ("shorthand.lex", "kbkrn = kebakaran"),
            ("concepts.lex", "terbakar = kobong, obong"),
            &[("own.lex", entries)],
        )
    }

    #[test]
    fn the_built_in_lexicon_is_sound() {
        let lexicon = Lexicon::built_in().unwrap_or_else(|error| {
            let lines: Vec<String> = error.problems.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"))
        });
        assert!(lexicon.len() > 1_000, "{} phrases", lexicon.len());
        let mut spoken_for = HashSet::new();
        let mut types = HashSet::new();
        for entry in lexicon.matcher.entries() {
            match entry.effect {
                Effect::Category(category) => {
                    spoken_for.insert(category);
                }
                Effect::Type(index) => {
                    let known = &lexicon.types()[index];
                    spoken_for.insert(known.category);
                    types.insert(known.code.clone());
                }
                Effect::Hint(index) => {
                    types.insert(lexicon.types()[index].code.clone());
                }
                _ => {}
            }
        }
        for category in Category::ALL {
            assert!(spoken_for.contains(&category), "{}", category.code());
            let other = format!("{}_other", category.code());
            assert!(
                lexicon.types().iter().any(|known| known.code == other && known.category == category),
                "{other}"
            );
        }
        for known in lexicon.types().iter().filter(|known| !known.code.ends_with("_other")) {
            assert!(types.contains(&known.code), "no phrase names {}", known.code);
        }
    }

    #[test]
    fn every_problem_is_told_with_its_line() {
        let error = check(
            "# head\nfire | 3 | fire | kebakaran, kbkrn\nfire | x | a | b\nfyre | 1 | a | b\nfire | 1 | c",
        )
        .unwrap_err();
        let lines: Vec<String> = error.problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "own.lex:2: `kbkrn` is listed twice",
                "own.lex:3: weight `x` is not a number from 0.1 to 9",
                "own.lex:4: unknown target `fyre`",
                "own.lex:5: expected four fields, found 3",
            ]
        );
        assert!(error.to_string().starts_with("4 problem(s) in the lexicon; first: own.lex:2"));
    }

    #[test]
    fn scopes_and_empty_phrases_are_checked() {
        assert!(check("raise1:fire,none | 1 | a | terjebak").is_ok());
        assert!(check("raise1:water | 1 | a | terjebak").is_err());
        assert!(check("fire:fire | 1 | a | api").is_err());
        assert!(check("fire | 1 | a | api, , asap").is_err());
        assert!(check("fire_other? | 1 | a | api .. asap .. geni .. latu").is_err());
    }
}
