//! Which words of a text only say where it is: a road with its name, a landmark with the word that
//! places the incident near it.
//!
//! An address speaks for no category: `dekat RS Baptis` is no patient, `Jl Kebakaran` no fire. It does
//! when the place itself is what is wrong, which a word of damage close by tells. The words themselves
//! are data (`lexicon/address.lex`); what a found phrase loses by standing in an address is decided here.

use kentongan_domain::catalogue::Category;

use crate::lexicon::{Address, Effect, Entry, Found, Role};
use crate::normalise::Token;

/// Words of a name that are looked at behind a road or a landmark.
const LONGEST_NAME: usize = 3;
/// How far behind and before a place a word of damage still speaks of it, in words.
const DAMAGE_REACH: (usize, usize) = (4, 3);

/// What a word is in an address; each silences more than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// Not of an address.
    None,
    /// A landmark the incident is at: it may still tell the type (a fire at the market).
    At,
    /// The word for a road or a settlement.
    Way,
    /// A landmark nearby.
    Beside,
    /// A proper name.
    Name,
}

/// The address words of a text.
#[derive(Debug)]
pub(super) struct Place {
    parts: Vec<Part>,
    damage: Vec<bool>,
    neglect: Vec<bool>,
}

impl Place {
    /// Marks them; `all` is everything found in the text.
    pub fn new(all: &[(&Entry, Found)], tokens: &[Token]) -> Self {
        let mut place = Self {
            parts: vec![Part::None; tokens.len()],
            damage: vec![false; tokens.len()],
            neglect: vec![false; tokens.len()],
        };
        let capitals = tokens.iter().filter(|token| token.capital).count();
        let marks = Marks { all, tokens, cased: capitals * 2 < tokens.len() };
        for (entry, found) in all {
            let (start, end) = (usize::from(found.start()), found.end());
            match entry.effect {
                Effect::Damage => set(&mut place.damage, start, end, true),
                Effect::Neglect => set(&mut place.neglect, start, end, true),
                Effect::Address(Address::Way) => {
                    place.mark(start, end, Part::Way);
                    place.mark(end, marks.name_of_way(start, end), Part::Name);
                }
                Effect::Address(kind @ (Address::Beside | Address::At)) => {
                    let Some(landmark_end) = marks.landmark(end) else { continue };
                    place.mark(end, landmark_end, if kind == Address::At { Part::At } else { Part::Beside });
                    place.mark(landmark_end, marks.name(landmark_end), Part::Name);
                }
                _ => {}
            }
        }
        place
    }

    fn mark(&mut self, start: usize, end: usize, part: Part) {
        set(&mut self.parts, start, end, part);
    }

    /// Whether the phrase says nothing here but where it is.
    pub fn silences(&self, entry: &Entry, found: &Found, category: Option<Category>) -> bool {
        let parts = || {
            found
                .spans()
                .iter()
                .filter_map(|(from, to)| self.parts.get(usize::from(*from)..usize::from(*to)))
                .flatten()
                .copied()
        };
        let least = parts().min().unwrap_or(Part::None);
        match entry.effect {
            Effect::Category(_) | Effect::Type(_) => {
                parts().any(|part| part == Part::Name)
                    || least > Part::None && !self.is_what_is_wrong(found, category)
            }
            Effect::Hint(_) => least > Part::At,
            Effect::Priority(_) => least >= Part::Beside,
            _ => false,
        }
    }

    /// Whether words close by make the place itself the report's subject.
    fn is_what_is_wrong(&self, found: &Found, category: Option<Category>) -> bool {
        let signs = match category {
            Some(Category::Complaint) => &self.neglect,
            Some(Category::Infrastructure) => &self.damage,
            _ => return false,
        };
        let (start, end) = (usize::from(found.start()), found.end());
        let from = start.saturating_sub(DAMAGE_REACH.1);
        signs.iter().take(end + DAMAGE_REACH.0).skip(from).any(|sign| *sign)
    }
}

/// Raises a stretch of marks to at least this one.
fn set<T: Ord + Copy>(marks: &mut [T], start: usize, end: usize, mark: T) {
    for one in marks.iter_mut().take(end).skip(start) {
        *one = (*one).max(mark);
    }
}

/// Everything found, asked by position.
struct Marks<'a> {
    all: &'a [(&'a Entry, Found)],
    tokens: &'a [Token],
    /// Whether capitals tell names here: not where nearly every word has one.
    cased: bool,
}

impl Marks<'_> {
    /// Phrases that begin at this word, with where they end.
    fn starting(&self, at: usize) -> impl Iterator<Item = (&Entry, usize)> {
        let first = self.all.partition_point(|(_, found)| usize::from(found.start()) < at);
        self.all
            .iter()
            .skip(first)
            .take_while(move |(_, found)| usize::from(found.start()) == at)
            .map(|(entry, found)| (*entry, found.end()))
    }

    fn says(&self, at: usize, effect: Effect) -> bool {
        self.starting(at).any(|(entry, _)| entry.effect == effect)
    }

    fn names_a_cause(&self, at: usize) -> bool {
        self.starting(at).any(|(entry, _)| entry.role == Role::Cause)
    }

    fn is_broken_off(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.after_break)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.cased && self.tokens.get(at).is_some_and(|token| token.capital)
    }

    /// Where the longest landmark that begins here ends; one word such as `sebuah` may stand before.
    fn landmark(&self, at: usize) -> Option<usize> {
        if self.is_broken_off(at) {
            return None;
        }
        let landmark = Effect::Address(Address::Landmark);
        self.starting(at).filter(|(entry, _)| entry.effect == landmark).map(|(_, end)| end).max()
    }

    /// Where the name behind a road ends. Written short (`jl`) a road is always named, whatever the
    /// name means; `jalan` is one only before a capital or a name that roads are known to have.
    fn name_of_way(&self, start: usize, end: usize) -> usize {
        let Some(way) = self.tokens.get(start) else { return end };
        if self.tokens.get(end).is_none() || self.is_broken_off(end) && !way.shortened {
            return end;
        }
        let other = self.is_no_name(end);
        let known = self.known_name(end);
        if other && known.is_none() {
            return end;
        }
        match known {
            Some(behind) => self.name(behind),
            None if way.shortened || self.is_capital(end) => self.name(end + 1),
            None => end,
        }
    }

    fn is_no_name(&self, at: usize) -> bool {
        [Effect::Address(Address::NoName), Effect::Damage, Effect::Neglect]
            .into_iter()
            .any(|effect| self.says(at, effect))
    }

    fn known_name(&self, at: usize) -> Option<usize> {
        let name = Effect::Address(Address::Name);
        self.starting(at).filter(|(entry, _)| entry.effect == name).map(|(_, end)| end).max()
    }

    /// Where the capitals behind a landmark or the first word of a name end.
    fn name(&self, start: usize) -> usize {
        let mut end = start;
        while end < start + LONGEST_NAME
            && self.is_capital(end)
            && !self.is_broken_off(end)
            && !self.names_a_cause(end)
            && !self.is_no_name(end)
        {
            end += 1;
        }
        end
    }
}
