//! Searching the country's names by what an operator types: with faults, in old spellings, unfinished,
//! with an area before or behind.
//!
//! Text decides first; equals are ordered by the distance to a hint, or to the centre.

use std::collections::HashMap;

use super::home::Home;
use super::{Area, NationalGazetteer};
use crate::place::{Candidate, MatchReason, PlaceKind};
use crate::point::LatLon;
use crate::search::Query;
use crate::spelling::{allowed_faults, distance_within};
use crate::words::{Class, name_words, sound};

/// Below this the words fit too badly to be shown.
const LEAST_SCORE: f64 = 0.5;

/// Stretches of a query that are sought misspelt at most; each passes over every spelling.
const MOST_MISSPELT: usize = 4;

/// Letters from which on a name may be unfinished.
const LEAST_BEGINNING: usize = 3;

/// How well each way of matching fits, 0 to 1.
mod fit {
    pub const EXACT: f64 = 1.0;
    pub const SPELLING: f64 = 0.94;
    /// A name of which this share is typed gets this, and `BEGUN_SHARE` times the share on top.
    pub const BEGUN: f64 = 0.72;
    pub const BEGUN_SHARE: f64 = 0.2;
    pub const MISSPELT: f64 = 0.85;
    pub const FAULT: f64 = 0.1;
    /// A word that names an area around the place.
    pub const AROUND: f64 = 0.9;
    /// A regency is meant sooner than a village of its name.
    pub const REGENCY: f64 = 0.02;
}

/// The best that was found for an area.
type Hits = HashMap<u32, (f64, MatchReason)>;

impl NationalGazetteer {
    /// Areas that fit the query, best first: at most `limit` and the namesakes of the last, and none
    /// that the centre's own names hold.
    pub(crate) fn search(
        &self,
        query: &Query,
        near: Option<LatLon>,
        home: &Home,
        limit: usize,
    ) -> Vec<Candidate> {
        let mut hits = Hits::new();
        let count = query.words.len();
        let mut misspelt = 0;
        // The name stands at the head or at the end; what is left names the area around it.
        let stretches = (1..=count).rev().flat_map(|length| {
            let last = count - length;
            [0, last]
                .into_iter()
                .take(if last == 0 { 1 } else { 2 })
                .map(move |start| (start, start + length))
        });
        for (start, end) in stretches {
            let (Some(name), Some(before), Some(behind)) =
                (query.words.get(start..end), query.words.get(..start), query.words.get(end..))
            else {
                continue;
            };
            let stretch = Stretch {
                folded: name.concat(),
                sounds: sound(&name.concat()),
                written: name.concat().replace('j', "y"),
                around: before.iter().chain(behind).map(String::as_str).collect(),
                words: count as f64,
            };
            self.collect(&stretch, end == count, &mut misspelt, &mut hits);
        }
        let mut found: Vec<(f64, f64, u32, MatchReason)> = hits
            .into_iter()
            .filter_map(|(number, (fit, reason))| {
                let area = self.area(number).filter(|area| !home.knows(area.code))?;
                let score = if suits(query.class, area) { fit * 0.95 + 0.05 } else { fit * 0.95 };
                let away = near.or(home.middle).map_or(0.0, |from| square(from, area.at));
                (score >= LEAST_SCORE).then_some((score, away, number, reason))
            })
            .collect();
        let step = |score: f64| (score * 50.0).round();
        found.sort_by(|a, b| {
            step(b.0).total_cmp(&step(a.0)).then_with(|| a.1.total_cmp(&b.1)).then_with(|| a.2.cmp(&b.2))
        });
        let matched = query.words.join(" ");
        let shown = found.iter().take(limit.saturating_add(crate::place::MOST_NAMESAKES));
        shown
            .filter_map(|(score, _, number, reason)| {
                Some(self.candidate(self.area(*number)?, *score, *reason, &matched, near))
            })
            .collect()
    }

    /// Adds what one stretch may name.
    fn collect(&self, stretch: &Stretch<'_>, unfinished: bool, misspelt: &mut usize, hits: &mut Hits) {
        let letters = stretch.sounds.chars().count();
        let doubled = stretch.written != stretch.sounds;
        let mut add = |number: u32, fit: f64, reason: MatchReason| {
            let Some(area) = self.area(number) else { return };
            let Some(fit) = self.with_around(stretch, area, fit) else { return };
            let prominent = if area.code.kind() == PlaceKind::Regency { fit::REGENCY } else { 0.0 };
            let best = hits.entry(number).or_insert((0.0, reason));
            if fit + prominent > best.0 {
                *best = (fit + prominent, reason);
            }
        };
        let exact = self.spellings.exact(&stretch.sounds);
        for number in exact {
            let same = self.area(*number).is_some_and(|area| self.is_spelt(area, &stretch.folded));
            let (fit, reason) =
                if same { (fit::EXACT, MatchReason::Exact) } else { (fit::SPELLING, MatchReason::Spelling) };
            add(*number, fit, reason);
        }
        if unfinished && letters >= LEAST_BEGINNING {
            for at in self.spellings.beginning(&stretch.sounds) {
                let whole = self.spellings.spelling_at(at).chars().count();
                if whole > letters {
                    let share = letters as f64 / whole as f64;
                    let begun = |number: &&u32| !doubled || self.begins(**number, &stretch.folded);
                    for number in self.spellings.areas_at(at).iter().filter(begun) {
                        add(*number, fit::BEGUN + fit::BEGUN_SHARE * share, MatchReason::Prefix);
                    }
                }
            }
        }
        let most = allowed_faults(letters);
        if most > 0 && *misspelt < MOST_MISSPELT && (exact.is_empty() || stretch.around.is_empty()) {
            *misspelt += 1;
            let mut near = self.spellings.misspelt(&stretch.sounds, most);
            if doubled {
                let most = allowed_faults(stretch.written.chars().count());
                near.extend(self.spellings.misspelt(&stretch.written, most));
            }
            for (at, faults) in near {
                for number in self.spellings.areas_at(at) {
                    add(*number, fit::MISSPELT - fit::FAULT * faults as f64, MatchReason::Typo);
                }
            }
        }
    }

    /// The fit of a name with the other words: each must name an area around it, or be misspelt so.
    fn with_around(&self, stretch: &Stretch<'_>, area: &Area, fit: f64) -> Option<f64> {
        if stretch.around.is_empty() {
            return Some(fit);
        }
        let own = self.above.get(&area.code).map(|own| own.split(' ')).into_iter().flatten();
        let names: Vec<&str> = self.around(area.code).chain(own).collect();
        let mut sum = fit * (stretch.words - stretch.around.len() as f64);
        for word in &stretch.around {
            let letters = word.chars().count();
            let fits = |name: &&str| {
                *name == *word
                    || (letters >= LEAST_BEGINNING && name.starts_with(*word))
                    || (letters >= 5 && distance_within(word, name, allowed_faults(letters)).is_some())
            };
            // "Ngampel zzz": the rest says something else, so the name may be another one.
            sum += if names.iter().any(fits) { fit::AROUND } else { return None };
        }
        Some(sum / stretch.words)
    }

    /// Whether an area's name begins just so.
    fn begins(&self, number: u32, folded: &str) -> bool {
        self.area(number).is_some_and(|area| name_words(self.name(area)).concat().starts_with(folded))
    }

    /// Whether an area's name is spelt just so, or a city's is without "kota".
    pub(super) fn is_spelt(&self, area: &Area, folded: &str) -> bool {
        let words = name_words(self.name(area));
        let bare = words.first().filter(|first| *first == "kota").map(|_| words.iter().skip(1));
        words.concat() == folded
            || bare.is_some_and(|bare| bare.map(String::as_str).collect::<String>() == folded)
    }
}

/// A part of a query that may be a name, and the rest.
struct Stretch<'a> {
    folded: String,
    sounds: String,
    /// As it sounds, but for doubled letters: a letter left out between two alike makes a double.
    written: String,
    around: Vec<&'a str>,
    /// Words of the whole query.
    words: f64,
}

/// Whether an area is of the announced kind.
fn suits(class: Option<Class>, area: &Area) -> bool {
    let kind = area.code.kind();
    match class {
        None | Some(Class::Regency) => true,
        Some(Class::Kelurahan) => kind == PlaceKind::Village && area.code.is_kelurahan(),
        Some(Class::Desa) => kind == PlaceKind::Village && !area.code.is_kelurahan(),
        Some(Class::District) => kind == PlaceKind::District,
        Some(Class::Street) => false,
    }
}

/// Orders by distance; in square degrees, which is enough to compare.
fn square(from: LatLon, to: LatLon) -> f64 {
    let (north, east) = (to.lat() - from.lat(), (to.lon() - from.lon()) * from.lat().to_radians().cos());
    north * north + east * east
}
