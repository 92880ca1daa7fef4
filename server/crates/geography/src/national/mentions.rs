//! Finding areas of the whole country in a caller's free text.
//!
//! With 83,246 villages almost any word is somebody's home, so a name counts only with a sign that it
//! is one: a word that announces it, an area around it that is named too, a capital, or that little
//! else was said. Must never settle on one of several.

use super::home::Home;
use super::{Area, AreaCode, NationalGazetteer};
use crate::common_words::{is_common, is_locative, is_ordinary_elsewhere, is_strongly_locative, is_title};
use crate::place::{MatchReason, PlaceKind};
use crate::words::{Class, Word, name_words, sound};

/// Longest name sought, in words.
const MOST_NAME_WORDS: usize = 4;

/// A text of at most so many words is a place and not a story.
const PLACE_WORDS: usize = 8;

/// Misspelt stretches sought in one text at most; each passes over every spelling.
const MOST_MISSPELT: usize = 4;

/// How much each sign adds to or takes from a score.
mod weight {
    pub const REGENCY: f64 = 0.6;
    pub const DISTRICT: f64 = 0.6;
    pub const VILLAGE: f64 = 0.49;
    pub const PROVINCE: f64 = 0.4;
    pub const ANNOUNCED: f64 = 0.2;
    pub const LOCATIVE: f64 = 0.05;
    /// No other area of the province has the name, and a place is being told.
    pub const ONLY_ONE: f64 = 0.1;
    pub const SEVERAL_WORDS: f64 = 0.05;
    pub const DISTRICT_NAMED: f64 = 0.2;
    pub const REGENCY_NAMED: f64 = 0.12;
    pub const OTHER_NAMED: f64 = -0.2;
    pub const OTHER_PROVINCE: f64 = -0.15;
    pub const EVERYDAY: f64 = -0.08;
    pub const SPELLING: f64 = -0.03;
    pub const FAULT: f64 = -0.12;
    pub const ONLY_AROUND: f64 = -0.25;
}

/// An area that a stretch of a text may mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NationalMention {
    /// Its first word in the text.
    pub start: usize,
    /// One past its last word.
    pub end: usize,
    /// The area's number.
    pub area: u32,
    /// Its code.
    pub code: AreaCode,
    pub score: f64,
    pub reason: MatchReason,
    /// Whether an area around it is named in the text too.
    pub told: bool,
}

/// A stretch that spells names.
struct Stretch {
    start: usize,
    end: usize,
    class: Option<Class>,
    /// "kota" stands before it.
    city: bool,
    locative: bool,
    capital: bool,
    everyday: bool,
    /// The end of a street's name, where the town may stand.
    of_street: bool,
    faults: usize,
    areas: Vec<u32>,
}

/// One text being read.
struct Reader<'a> {
    national: &'a NationalGazetteer,
    home: &'a Home,
    words: &'a [Word],
    streets: &'a [(usize, usize)],
    capitals_tell: bool,
    taken: Vec<bool>,
    stretches: Vec<Stretch>,
}

impl NationalGazetteer {
    /// Areas that the words mention. `streets` are the stretches of bytes that name streets: most
    /// streets are named after something that is somewhere else.
    pub(crate) fn mentions(
        &self,
        words: &[Word],
        streets: &[(usize, usize)],
        home: &Home,
    ) -> Vec<NationalMention> {
        let capitals = words.iter().filter(|word| word.capital).count();
        let mut reader = Reader {
            national: self,
            home,
            words,
            streets,
            capitals_tell: capitals * 2 < words.len(),
            taken: vec![false; words.len()],
            stretches: Vec::new(),
        };
        for length in (1..=MOST_NAME_WORDS).rev() {
            for start in 0..words.len() {
                reader.exact(start, length);
            }
        }
        let mut sought = 0;
        for length in [2, 1] {
            for start in 0..words.len() {
                if sought < MOST_MISSPELT && reader.misspelt(start, length) {
                    sought += 1;
                }
            }
        }
        reader.judge()
    }
}

impl Reader<'_> {
    /// The words of a stretch that could be a name.
    fn window(&self, start: usize, length: usize) -> Option<&[Word]> {
        let window = self.words.get(start..start + length)?;
        let free = self.taken.get(start..start + length)?.iter().all(|taken| !taken);
        let broken = window.iter().skip(1).any(|word| word.after_break);
        let classes = window.iter().any(|word| word.class.is_some());
        (free && !broken && !classes).then_some(window)
    }

    fn before(&self, start: usize, steps: usize) -> Option<&Word> {
        start.checked_sub(steps).and_then(|at| self.words.get(at))
    }

    fn exact(&mut self, start: usize, length: usize) {
        let Some(window) = self.window(start, length) else { return };
        let folded: String = window.iter().map(|word| word.text.as_str()).collect();
        let areas = self.national.spellings.exact(&sound(&folded));
        // Two everyday words put together are no name that is written as one.
        let whole = |number: &u32| {
            let area = self.national.area(*number);
            area.is_some_and(|area| {
                let name = name_words(self.national.name(area));
                name.len() >= length || (self.class_before(start).is_some() && name.len() + 1 >= length)
            })
        };
        let areas: Vec<u32> = areas.iter().copied().filter(whole).collect();
        self.add(start, length, areas, 0);
    }

    /// Whether the spellings were passed over.
    fn misspelt(&mut self, start: usize, length: usize) -> bool {
        let Some(window) = self.window(start, length) else { return false };
        if window.iter().any(|word| is_common(&word.text)) {
            return false;
        }
        let folded: String = window.iter().map(|word| word.text.as_str()).collect();
        let announced = matches!(
            self.class_before(start),
            Some(Class::Kelurahan | Class::Desa | Class::District | Class::Regency)
        );
        let place = self.words.len() <= PLACE_WORDS && length == 1;
        let most = match (announced, folded.chars().count()) {
            (true, 8..) => 2,
            (true, 5..) => 1,
            (false, 8..) if place => 1,
            _ => return false,
        };
        let sounds = sound(&folded);
        let mut found = self.national.spellings.misspelt(&sounds, most);
        let least = found.iter().map(|(_, faults)| *faults).min().unwrap_or_default();
        found.retain(|(_, faults)| *faults == least);
        let areas: Vec<u32> = found
            .iter()
            .flat_map(|(at, _)| self.national.spellings.areas_at(*at))
            .copied()
            .filter(|number| {
                self.national.area(*number).is_some_and(|area| {
                    self.home.is_in_province(area.code)
                        && (announced || area.code.kind() != PlaceKind::Village)
                })
            })
            .collect();
        self.add(start, length, areas, least);
        true
    }

    /// The class word before a name, also across "raya".
    fn class_before(&self, start: usize) -> Option<Class> {
        let word = self.before(start, 1)?;
        let across = || self.before(start, 2).filter(|_| word.text == "raya" && word.class.is_none());
        word.class.or_else(|| across().and_then(|word| word.class))
    }

    fn add(&mut self, start: usize, length: usize, areas: Vec<u32>, faults: usize) {
        let end = start + length;
        let (Some(first), Some(last)) = (self.words.get(start), self.words.get(end - 1)) else { return };
        let window = self.words.get(start..end).unwrap_or_default();
        let street = self.streets.iter().find(|(from, to)| *from <= first.start && last.end <= *to);
        let raya = self.before(start, 1).is_some_and(|word| word.text == "raya");
        let class = self.class_before(start).filter(|_| !raya);
        let titled = self.before(start, 1).is_some_and(|word| is_title(&word.text) && word.class.is_none());
        let of_street = street.is_some_and(|(_, to)| last.end == *to);
        // Within a street's name only its end can be the town.
        let barred = class == Some(Class::Street) || (street.is_some() && !of_street);
        if areas.is_empty() || barred || (titled && length == 1 && class.is_none()) {
            return;
        }
        let before = self.before(start, 1).filter(|word| word.class.is_none());
        let stretch = Stretch {
            start,
            end,
            class,
            city: before.is_some_and(|word| word.text == "kota"),
            locative: before.is_some_and(|word| is_locative(&word.text) || is_strongly_locative(&word.text)),
            capital: self.capitals_tell && window.iter().any(|word| word.capital),
            everyday: window.iter().all(|word| {
                is_common(&word.text) || is_ordinary_elsewhere(&word.text) || word.text.chars().count() < 4
            }),
            of_street: of_street && !raya,
            faults,
            areas,
        };
        // "kota malang" is one name; what stands in a name is not another one.
        for taken in self.taken.iter_mut().take(end).skip(start) {
            *taken = true;
        }
        self.stretches.push(stretch);
    }

    /// Every area that may be meant, with how likely.
    fn judge(&self) -> Vec<NationalMention> {
        // The larger areas first: they tell which of the smaller ones is meant.
        let named: Vec<(usize, AreaCode)> = self
            .each()
            .filter(|(_, stretch, area)| {
                area.code.kind() != PlaceKind::Village && self.stands(stretch, area, false)
            })
            .map(|(at, _, area)| (at, area.code))
            .collect();
        let mut found: Vec<NationalMention> = self
            .each()
            .filter_map(|(at, stretch, area)| {
                let around = |kind: PlaceKind| {
                    named.iter().any(|(other, code)| {
                        *other != at && code.kind() == kind && *code != area.code && code.holds(area.code)
                    })
                };
                let (district, regency) = (around(PlaceKind::District), around(PlaceKind::Regency));
                let told = district || regency || around(PlaceKind::Province);
                if !self.stands(stretch, area, told) {
                    return None;
                }
                let elsewhere = !told
                    && named.iter().any(|(other, code)| {
                        *other != at
                            && code.kind() == PlaceKind::Regency
                            && code.regency() != area.code.regency()
                    });
                let (score, reason) = self.score(stretch, area, (district, regency, elsewhere));
                let number = stretch.areas.iter().copied().find(|number| {
                    self.national.area(*number).is_some_and(|other| other.code == area.code)
                })?;
                Some(NationalMention {
                    start: stretch.start,
                    end: stretch.end,
                    area: number,
                    code: area.code,
                    score,
                    reason,
                    told,
                })
            })
            .collect();
        // A larger area beside a place in it only says which one.
        let codes: Vec<(usize, AreaCode)> = found
            .iter()
            .filter(|mention| mention.score >= 0.5)
            .map(|mention| (mention.start, mention.code))
            .collect();
        for mention in &mut found {
            let holds = |(start, code): &(usize, AreaCode)| {
                *start != mention.start && *code != mention.code && mention.code.holds(*code)
            };
            if mention.code.kind() != PlaceKind::Village && codes.iter().any(holds) {
                mention.score += weight::ONLY_AROUND;
            }
        }
        found
    }

    fn each(&self) -> impl Iterator<Item = (usize, &Stretch, &Area)> {
        self.stretches.iter().enumerate().flat_map(|(at, stretch)| {
            let areas = stretch.areas.iter().filter_map(|number| self.national.area(*number));
            areas.map(move |area| (at, stretch, area))
        })
    }

    /// Whether an area may be meant at all. `told`: an area around it is named elsewhere in the text.
    fn stands(&self, stretch: &Stretch, area: &Area, told: bool) -> bool {
        let kind = area.code.kind();
        let in_province = self.home.is_in_province(area.code);
        let city = || self.national.name(area).starts_with("Kota");
        let announced = match stretch.class {
            Some(Class::Kelurahan | Class::Desa) => {
                return kind == PlaceKind::Village && (in_province || told);
            }
            Some(Class::District) => return kind == PlaceKind::District && (in_province || told),
            Some(Class::Regency) => return kind == PlaceKind::Regency && !city(),
            Some(Class::Street) => return false,
            None => stretch.city && kind == PlaceKind::Regency && city(),
        };
        if announced {
            return true;
        }
        if stretch.of_street {
            return in_province && kind != PlaceKind::Village && !stretch.everyday;
        }
        let alone = stretch.end - stretch.start == self.words.len();
        let place = self.words.len() <= PLACE_WORDS;
        let sign = stretch.capital || stretch.locative || place;
        if stretch.everyday && !alone {
            let last = place && stretch.end == self.words.len() && kind == PlaceKind::Regency;
            return (in_province && stretch.capital && kind != PlaceKind::Village)
                || (told && stretch.capital)
                || (in_province && last);
        }
        match kind {
            PlaceKind::Regency => in_province || sign,
            PlaceKind::District => told || (in_province && (sign || self.letters(stretch) >= 6)),
            PlaceKind::Village => told || (in_province && sign && (alone || self.letters(stretch) >= 5)),
            _ => true,
        }
    }

    fn letters(&self, stretch: &Stretch) -> usize {
        let window = self.words.get(stretch.start..stretch.end).unwrap_or_default();
        window.iter().map(|word| word.text.chars().count()).sum()
    }

    fn score(
        &self,
        stretch: &Stretch,
        area: &Area,
        (district, regency, elsewhere): (bool, bool, bool),
    ) -> (f64, MatchReason) {
        let mut score = match area.code.kind() {
            PlaceKind::Province => weight::PROVINCE,
            PlaceKind::Regency => weight::REGENCY,
            PlaceKind::District => weight::DISTRICT,
            _ => weight::VILLAGE,
        };
        let folded: String = self
            .words
            .get(stretch.start..stretch.end)
            .unwrap_or_default()
            .iter()
            .map(|word| word.text.as_str())
            .collect();
        let reason = match stretch.faults {
            0 if self.national.is_spelt(area, &folded) => MatchReason::Exact,
            0 => MatchReason::Spelling,
            _ => MatchReason::Typo,
        };
        let mut add_if = |condition: bool, weight: f64| score += if condition { weight } else { 0.0 };
        let named_city = area.code.kind() == PlaceKind::Regency && folded.starts_with("kota");
        add_if(stretch.class.is_some() || stretch.city || named_city, weight::ANNOUNCED);
        add_if(stretch.locative, weight::LOCATIVE);
        add_if(stretch.end - stretch.start > 1, weight::SEVERAL_WORDS);
        add_if(district, weight::DISTRICT_NAMED);
        add_if(regency, weight::REGENCY_NAMED);
        add_if(elsewhere, weight::OTHER_NAMED);
        add_if(!self.home.is_in_province(area.code), weight::OTHER_PROVINCE);
        add_if(stretch.everyday && stretch.class.is_none(), weight::EVERYDAY);
        add_if(reason == MatchReason::Spelling, weight::SPELLING);
        let place = stretch.locative || stretch.class.is_some() || self.words.len() <= PLACE_WORDS;
        let in_province = |number: &&u32| {
            self.national.area(**number).is_some_and(|other| self.home.is_in_province(other.code))
        };
        let only_one = place && !stretch.everyday && stretch.areas.iter().filter(in_province).count() == 1;
        let meant = stretch.faults == 0 || stretch.class.is_some();
        add_if(only_one && self.home.is_in_province(area.code) && meant, weight::ONLY_ONE);
        score += weight::FAULT * stretch.faults as f64;
        (score.clamp(0.0, 1.0), reason)
    }
}
