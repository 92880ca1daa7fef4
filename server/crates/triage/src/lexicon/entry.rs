//! One entry of the lexicon as parsed: what it does, where it holds, how its phrase is matched.
//!
//! Only the closed set of effects lives here; what an effect is worth to a report is decided in
//! `classify`.

use kentongan_domain::catalogue::Category;

use crate::triage::{Language, NuisanceKind};

/// One phrase with its effect.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// What it does.
    pub effect: Effect,
    /// Categories for which a modifier holds.
    pub scope: Scope,
    /// Weight, 0.1 to 9.
    pub weight: f64,
    /// Its part in the chain of what happened.
    pub role: Role,
    /// Index of the cue's name.
    pub cue: u32,
    /// Number of parts; more than one when gaps lie between.
    pub parts: usize,
}

/// The part of a phrase in the chain of what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Neither.
    Plain,
    /// A hazard that explains what befell people and things: a fire, a crash, a flood.
    Cause,
    /// What a hazard does to people and things: trapped, hurt, unconscious, without power.
    Consequence,
}

/// What a phrase does to the reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Effect {
    /// Speaks for a category, no type implied.
    Category(Category),
    /// Speaks for a type (index into the type table) and its category.
    Type(usize),
    /// Picks the type once its category has won.
    Hint(usize),
    /// Changes the priority.
    Priority(Shift),
    /// What it covers means something else.
    Idiom,
    /// If, drill, film, hearsay.
    Hypothetical,
    /// Says that it happens now, against words of the past.
    Now,
    /// Denies what follows.
    Negator,
    /// May stand between a negator and what it denies.
    Filler,
    /// Speaks for a contact that is no report.
    Nuisance(NuisanceKind),
    /// Gives the language away.
    Language(Language),
    /// Part of an address.
    Address(Address),
    /// Damage that endangers: of a bridge, a pole, a light.
    Damage,
    /// What a place in want of care is: in holes, dirty, dark, to be mended.
    Neglect,
    /// Says nothing about an incident; left out of the radar's words.
    Stop,
}

/// The parts of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Address {
    /// What a name of a road or settlement follows: `jalan`, `gang`, `desa`.
    Way,
    /// A name that roads and settlements have and that means something else elsewhere.
    Name,
    /// What follows a road without being its name: `raya`, `ini`, `banjir`.
    NoName,
    /// Places the incident near what follows: `dekat`, `depan`, `sebelah`.
    Beside,
    /// Places it at what follows: `di`, `ning`, `at`.
    At,
    /// What people orient themselves by.
    Landmark,
}

/// How a cue moves the priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Shift {
    /// Priority 1.
    Raise1,
    /// At least priority 2.
    Raise2,
    /// One step up, never past 2.
    Raise,
    /// One step down.
    Lower,
    /// At most priority 3.
    Lower3,
    /// Priority 4.
    Lower4,
}

impl Shift {
    /// The name used in lexicon files and in reasons.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Raise1 => "raise1",
            Self::Raise2 => "raise2",
            Self::Raise => "raise",
            Self::Lower => "lower",
            Self::Lower3 => "lower3",
            Self::Lower4 => "lower4",
        }
    }
}

/// The categories a modifier holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Scope(u16);

impl Scope {
    /// Holds everywhere.
    pub const ALL: Self = Self(u16::MAX);
    /// Holds nowhere yet.
    pub const EMPTY: Self = Self(0);

    /// The same scope, also holding for this category (`None`: a text without any).
    pub fn with(self, category: Option<Category>) -> Self {
        Self(self.0 | Self::bit(category))
    }

    /// Whether it holds for this category.
    pub fn holds(self, category: Option<Category>) -> bool {
        self.0 & Self::bit(category) != 0
    }

    fn bit(category: Option<Category>) -> u16 {
        category.map_or(1 << 15, |category| 1 << (category as u16))
    }
}
