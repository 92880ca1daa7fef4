//! Reading a text word by word for stretches that spell the names of places.
//!
//! Longest names first; a word used once is used up. Finds what may be meant and what stands around
//! it; how likely each reading is, is [`crate::mentions`]'s to say.

use crate::common_words::{
    is_common, is_locative, is_only_announced, is_ordinary, is_strongly_locative, is_title,
};
use crate::gazetteer::{Entry, Gazetteer, Target};
use crate::place::PlaceKind;
use crate::spelling::distance_within;
use crate::words::{Class, Word};

/// Longest misspelt name sought, in words.
const MOST_MISSPELT_WORDS: usize = 3;

/// Words that may stand between a village and its district ("Pojok kec Mojoroto").
const BESIDE_WORDS: usize = 1;

/// One stretch of the text that spells names.
pub(crate) struct Mention {
    pub start: usize,
    /// One past its last word.
    pub end: usize,
    pub spelling: String,
    pub class: Option<Class>,
    pub locative: bool,
    pub faults: usize,
    pub everyday: bool,
    /// An everyday word that nothing near it has made a name yet.
    doubtful: bool,
    pub targets: Vec<Target>,
}

/// One text being read.
pub(crate) struct Reading<'a> {
    pub gazetteer: &'a Gazetteer,
    pub words: &'a [Word],
    /// Whether capitals tell names from other words: not where most words have one.
    capitals_tell: bool,
    taken: Vec<bool>,
    pub mentions: Vec<Mention>,
    /// Regencies that the text names.
    pub regency_codes: Vec<&'a str>,
}

impl<'a> Reading<'a> {
    /// Reads the whole text.
    pub(crate) fn read(gazetteer: &'a Gazetteer, words: &'a [Word]) -> Self {
        let capitals = words.iter().filter(|word| word.capital).count();
        let mut reading = Self {
            gazetteer,
            words,
            capitals_tell: capitals * 2 < words.len(),
            taken: vec![false; words.len()],
            mentions: Vec::new(),
            regency_codes: Vec::new(),
        };
        reading.regencies();
        reading.exact();
        reading.misspelt();
        reading.settle_doubtful();
        reading
    }

    /// The free stretches of `length` words that could be a name.
    fn windows(&self, length: usize) -> impl Iterator<Item = (usize, &'a [Word])> + use<'a> {
        let breaks = |window: &[Word]| window.iter().skip(1).any(|word| word.after_break);
        let classes = |window: &[Word]| {
            window.first().is_some_and(|word| word.class.is_some())
                || window.last().is_some_and(|word| word.class.is_some())
        };
        self.words
            .windows(length.max(1))
            .enumerate()
            .filter(move |(_, window)| !breaks(window) && !classes(window))
    }

    fn is_free(&self, start: usize, length: usize) -> bool {
        self.taken.get(start..start + length).is_some_and(|words| words.iter().all(|taken| !taken))
    }

    fn take(&mut self, start: usize, length: usize) {
        for taken in self.taken.iter_mut().skip(start).take(length) {
            *taken = true;
        }
    }

    fn before(&self, start: usize, steps: usize) -> Option<&'a Word> {
        start.checked_sub(steps).and_then(|at| self.words.get(at))
    }

    /// The class word that announces the name at `start`, also across "raya" ("jl raya Pare").
    fn class_before(&self, start: usize) -> Option<Class> {
        let word = self.before(start, 1)?;
        let across = || self.before(start, 2).filter(|_| word.text == "raya" && word.class.is_none());
        word.class.or_else(|| across().and_then(|word| word.class)).filter(|class| *class != Class::Regency)
    }

    /// "Kota Kediri" says which of two same-named villages; it is no place to drive to itself.
    fn regencies(&mut self) {
        for (code, name) in &self.gazetteer.regencies {
            for (start, window) in self.words.windows(name.len().max(1)).enumerate() {
                let named = window.iter().map(|word| &word.text).eq(name.iter());
                // In "kec Kota Kediri" the district called Kota is meant.
                if named && self.class_before(start) != Some(Class::District) {
                    self.regency_codes.push(code);
                    self.take(start, name.len());
                }
            }
        }
    }

    fn exact(&mut self) {
        // One more than the longest name: people part names that are written as one word.
        for length in (1..=self.gazetteer.longest_words + 1).rev() {
            for (start, window) in self.windows(length) {
                // The village in "kantor kelurahan Rejomulyo" counts beside the office of that name:
                // another Rejomulyo may be meant.
                let village_named = matches!(self.class_before(start), Some(Class::Kelurahan | Class::Desa));
                if self.is_free(start, length) || village_named {
                    let spelling: String = window.iter().map(|word| word.text.as_str()).collect();
                    let targets = self.gazetteer.by_spelling.get(&spelling).cloned().unwrap_or_default();
                    self.add(start, window, spelling, 0, targets);
                }
            }
        }
    }

    fn misspelt(&mut self) {
        for length in (1..=MOST_MISSPELT_WORDS).rev() {
            for (start, window) in self.windows(length) {
                if self.is_free(start, length) && !window.iter().any(|word| is_common(&word.text)) {
                    self.add_misspelt(start, window);
                }
            }
        }
    }

    fn add_misspelt(&mut self, start: usize, window: &[Word]) {
        let typed: String = window.iter().map(|word| word.text.as_str()).collect();
        let announced = self.class_before(start).is_some();
        let most = match (announced, typed.chars().count()) {
            (true, 8..) => 2,
            (true, 5..) | (false, 8..) => 1,
            _ => return,
        };
        let initial = typed.chars().next();
        let spellings = initial.and_then(|initial| self.gazetteer.by_initial.get(&initial));
        let nearest = spellings
            .into_iter()
            .flatten()
            .filter(|spelling| announced || !is_ordinary(spelling))
            .filter_map(|spelling| Some((distance_within(&typed, spelling, most)?, spelling)))
            .filter(|(faults, _)| *faults > 0)
            .min();
        if let Some((faults, spelling)) = nearest {
            let all = self.gazetteer.by_spelling.get(spelling);
            let targets = all.into_iter().flatten().filter(|target| target.words == window.len());
            let targets: Vec<Target> = targets.copied().collect();
            self.add(start, window, spelling.clone(), faults, targets);
        }
    }

    /// Adds a mention if any of the places may be meant here.
    fn add(
        &mut self,
        start: usize,
        window: &[Word],
        spelling: String,
        faults: usize,
        mut targets: Vec<Target>,
    ) {
        let class = self.class_before(start);
        targets.retain(|target| {
            let entry = self.gazetteer.entries.get(target.entry);
            // A street called after one everyday word or person is a street only after "jl".
            entry.is_some_and(|entry| {
                entry.kind != PlaceKind::Street || target.words > 1 || class == Some(Class::Street)
            })
        });
        let before = self.before(start, 1).filter(|word| word.class.is_none());
        let titled = before.is_some_and(|word| is_title(&word.text));
        if targets.is_empty() || (titled && window.len() == 1 && class.is_none()) {
            return;
        }
        // "watu gedhe" is a big stone before it is the village Watugede.
        let parted = targets.iter().all(|target| target.words < window.len());
        let everyday = parted || (window.len() == 1 && (is_ordinary(&spelling) || spelling.len() < 3));
        let announced = match class {
            // After "jl" an everyday word is a street's name, known or not.
            Some(Class::Street) => targets.iter().any(|target| self.is_street(*target)),
            Some(_) => true,
            None => before.is_some_and(|word| is_strongly_locative(&word.text)),
        };
        if is_only_announced(&spelling) && class.is_none() {
            return;
        }
        let capital = self.capitals_tell && window.iter().any(|word| word.capital);
        self.take(start, window.len());
        self.mentions.push(Mention {
            start,
            end: start + window.len(),
            spelling,
            class,
            locative: before.is_some_and(|word| is_locative(&word.text)),
            faults,
            everyday,
            // Nothing but the name: someone filled in a place, not a report.
            doubtful: everyday && !announced && !capital && window.len() < self.words.len(),
            targets,
        });
    }

    fn is_street(&self, target: Target) -> bool {
        self.gazetteer.entries.get(target.entry).is_some_and(|entry| entry.kind == PlaceKind::Street)
    }

    /// An everyday word with its own district or regency right beside it is a name after all.
    fn settle_doubtful(&mut self) {
        let kept: Vec<bool> = self
            .mentions
            .iter()
            .map(|mention| {
                !mention.doubtful
                    || mention
                        .targets
                        .iter()
                        .filter_map(|target| self.gazetteer.entries.get(target.entry))
                        .any(|entry| {
                            self.mentions.iter().any(|other| {
                                !other.doubtful
                                    && beside(mention, other)
                                    && self.names_district_of(other, entry)
                            })
                        })
            })
            .collect();
        let mut kept = kept.into_iter();
        self.mentions.retain(|_| kept.next().unwrap_or(false));
    }

    /// Whether a mention can be read as the district that the entry lies in.
    pub(crate) fn names_district_of(&self, mention: &Mention, entry: &Entry) -> bool {
        self.targets(mention).any(|other| {
            other.kind == PlaceKind::District
                && entry.kind != PlaceKind::District
                && other.district_code() == entry.district_code()
        })
    }

    /// The places that a mention may mean.
    pub(crate) fn targets(&self, mention: &Mention) -> impl Iterator<Item = &'a Entry> {
        let gazetteer = self.gazetteer;
        mention.targets.iter().filter_map(move |target| gazetteer.entries.get(target.entry))
    }
}

/// Whether hardly a word stands between the two.
pub(crate) fn beside(one: &Mention, other: &Mention) -> bool {
    let gap = if one.start < other.start {
        other.start.checked_sub(one.end)
    } else {
        one.start.checked_sub(other.end)
    };
    gap.is_some_and(|gap| gap <= BESIDE_WORDS)
}
