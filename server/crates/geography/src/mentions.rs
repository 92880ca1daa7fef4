//! Finding the places that a caller's free text mentions, and saying how likely each is.
//!
//! Words that announce a place (kel, desa, kec, jl) and a district named beside a village raise the
//! score; everyday words need them to count at all (see [`crate::reading`]).
//! Must never settle on one of several same-named places: it ranks them and says `ambiguous`.

use crate::gazetteer::{Entry, Gazetteer, Target, rank};
use crate::place::{Candidate, MatchReason, PlaceKind};
use crate::point::LatLon;
use crate::reading::{Mention, Reading, beside};
use crate::search::suits;
use crate::words::{Class, Word};

/// Below this a reading is too unlikely to be worth a look.
const LEAST_SCORE: f64 = 0.4;

/// How much each sign adds to or takes from a score that begins at `BASE`.
mod weight {
    pub const BASE: f64 = 0.6;
    pub const ANNOUNCED: f64 = 0.2;
    pub const ANNOUNCED_EXACTLY: f64 = 0.05;
    pub const ANNOUNCED_OTHERWISE: f64 = -0.15;
    pub const LOCATIVE: f64 = 0.05;
    pub const SEVERAL_WORDS: f64 = 0.1;
    pub const DISTRICT_SEAT: f64 = 0.03;
    pub const DISTRICT_NAMED: f64 = 0.15;
    pub const VILLAGE_NAMED: f64 = 0.1;
    pub const REGENCY_NAMED: f64 = 0.1;
    pub const OTHER_REGENCY_NAMED: f64 = -0.1;
    pub const ONLY_CONTEXT: f64 = -0.15;
    pub const ALIAS: f64 = -0.02;
    pub const FAULT: f64 = -0.12;
    pub const EVERYDAY_WORD: f64 = -0.1;
}

/// A place that a text may mean, and where the text says so.
pub(crate) struct Found {
    /// Its first word.
    pub start: usize,
    /// One past its last word.
    pub end: usize,
    /// Wrong letters in it.
    pub faults: usize,
    pub candidate: Candidate,
}

impl Gazetteer {
    /// Every place that the words mention, the likeliest first. `near` orders equals by distance.
    pub(crate) fn mentioned(&self, words: &[Word], near: Option<LatLon>) -> Vec<Found> {
        let reading = Reading::read(self, words);
        let mut best: Vec<(usize, f64, &Mention, Target)> = Vec::new();
        for mention in &reading.mentions {
            for target in &mention.targets {
                let Some(score) = reading.score(mention, *target) else { continue };
                match best.iter_mut().find(|(entry, ..)| *entry == target.entry) {
                    Some(earlier) if earlier.1 >= score => {}
                    Some(earlier) => *earlier = (target.entry, score, mention, *target),
                    None => best.push((target.entry, score, mention, *target)),
                }
            }
        }
        let mut found: Vec<Found> = best
            .into_iter()
            .filter_map(|(entry, score, mention, target)| {
                let reason = match (mention.faults, target.alias) {
                    (0, false) => MatchReason::Exact,
                    (0, true) => MatchReason::Alias,
                    _ => MatchReason::Typo,
                };
                let matched = reading.words.get(mention.start..mention.end)?;
                let matched: Vec<&str> = matched.iter().map(|word| word.text.as_str()).collect();
                let candidate = self.entries.get(entry)?.candidate(score, reason, &matched.join(" "), near);
                Some(Found { start: mention.start, end: mention.end, faults: mention.faults, candidate })
            })
            .collect();
        found.sort_by(|a, b| rank(&a.candidate, &b.candidate));
        found
    }
}

impl Reading<'_> {
    /// How likely the mention means this place, 0 to 1; `None` when too unlikely to be worth a look.
    fn score(&self, mention: &Mention, target: Target) -> Option<f64> {
        let entry = self.gazetteer.entries.get(target.entry)?;
        let others = || self.mentions.iter().filter(|other| other.spelling != mention.spelling);
        let mut score =
            weight::BASE + weight::FAULT * mention.faults as f64 + announced(mention.class, entry);
        let mut add_if = |condition: bool, weight: f64| score += if condition { weight } else { 0.0 };
        add_if(target.alias, weight::ALIAS);
        add_if(mention.locative, weight::LOCATIVE);
        add_if(target.words > 1, weight::SEVERAL_WORDS);
        add_if(mention.everyday && mention.class.is_none(), weight::EVERYDAY_WORD);
        let seat = entry.kind == PlaceKind::Village
            && entry.area.as_ref().is_some_and(|area| area.district == area.name);
        add_if(seat, weight::DISTRICT_SEAT);
        add_if(others().any(|other| self.names_district_of(other, entry)), weight::DISTRICT_NAMED);
        let in_village = matches!(entry.kind, PlaceKind::Landmark | PlaceKind::Street);
        let village_named = in_village
            && others().any(|other| {
                self.targets(other)
                    .any(|it| it.kind == PlaceKind::Village && it.village_code() == entry.village_code())
            });
        add_if(village_named, weight::VILLAGE_NAMED);
        if !self.regency_codes.is_empty() {
            let own = entry.regency_code().is_some_and(|code| self.regency_codes.contains(&code));
            add_if(own, weight::REGENCY_NAMED);
            add_if(!own, weight::OTHER_REGENCY_NAMED);
        }
        // The district beside a village only says which one; the village is the place.
        let only_context = others().any(|other| {
            beside(mention, other) && self.targets(other).any(|it| self.names_district_of(mention, it))
        });
        add_if(only_context, weight::ONLY_CONTEXT);
        Some(score.clamp(0.0, 1.0)).filter(|score| *score >= LEAST_SCORE)
    }
}

/// What the class word before a name adds for this entry. "Desa" and "kelurahan" are often
/// confused, so either speaks for any village; the right one a little more.
fn announced(class: Option<Class>, entry: &Entry) -> f64 {
    let village = entry.kind == PlaceKind::Village;
    match class {
        None | Some(Class::Regency) => 0.0,
        Some(Class::Kelurahan | Class::Desa) if village && suits(class, entry) => {
            weight::ANNOUNCED + weight::ANNOUNCED_EXACTLY
        }
        Some(Class::Kelurahan | Class::Desa) if village => weight::ANNOUNCED,
        Some(_) if suits(class, entry) => weight::ANNOUNCED,
        Some(_) => weight::ANNOUNCED_OTHERWISE,
    }
}
