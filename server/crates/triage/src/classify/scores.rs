//! Weights per category and type, and the order they give.
//!
//! A cue counts once per category with its greatest weight, however often it is said: callers in
//! fear repeat themselves. A word counts once per category, whatever phrases hold it. A cause outranks
//! its consequences: who is trapped in a fire is part of the fire. Knows nothing of urgency.

use kentongan_domain::catalogue::Category;

use super::heavier_first;
use super::reading::{Hit, Reading};
use crate::lexicon::{Effect, Found, Lexicon, Role, TypeEntry};
use crate::triage::{Candidate, Reason, ReasonKind};

/// Least weight for which a category is named; below it stand single words that only lean somewhere.
const LEAST_WEIGHT: f64 = 1.0;
/// What is left of a weight when the text denies the cue.
const DENIED: f64 = 0.1;
/// What is left of a consequence's weight when the text names the hazard behind it: five heavy ones
/// together (trapped, unconscious, bleeding, hurt, an ambulance) stay below one named hazard.
const EXPLAINED: f64 = 0.25;
/// What is left of the emergencies' weights in a text that supposes, practises or retells.
const HYPOTHETICAL: f64 = 0.5;
/// What a question mark adds to information when some word already asks.
const QUESTION: f64 = 1.0;
/// Steepness of the probabilities: a lead of 1 makes a category 2.2 times as likely.
const STEEPNESS: f64 = 0.8;

/// How often each category comes, in catalogue order: 213 incidents of one regency's records (fire
/// 56, mental health 35, animals 23, medical 22, infrastructure 20, rescue 15, public order 11,
/// traffic 9; crime and disasters share the rest), each with 10 added so that what was rare there
/// stays possible; complaints and information, which those records leave out, set at a middle value.
/// They decide only where words do not.
const PRIOR: [f64; 12] = [66.0, 19.0, 32.0, 21.0, 25.0, 33.0, 21.0, 21.0, 45.0, 30.0, 30.0, 30.0];
/// Power that flattens the prior: one regency is not the country.
const PRIOR_POWER: f64 = 0.5;

/// The weights of one text.
#[derive(Debug)]
pub(crate) struct Scores {
    /// (category, weight), the heaviest first.
    ranked: Vec<(Category, f64)>,
    /// (type index, weight), hints included.
    types: Vec<(usize, f64)>,
    /// What counted for a category: (hit's position in the reading, weight), the heaviest first.
    counted: Vec<(usize, f64)>,
}

/// Adds up weights per subject; every cue and every word counts once for each.
struct Tally<'a, S>(Vec<Share<'a, S>>);

/// What one cue gives one subject.
struct Share<'a, S> {
    subject: S,
    cue: u32,
    found: &'a Found,
    weight: f64,
}

impl<'a, S: PartialEq + Copy> Tally<'a, S> {
    /// Adds what the phrase's words give that no phrase before it gave; phrases come the heaviest
    /// first. Returns what it added.
    fn add(&mut self, subject: S, cue: u32, found: &'a Found, weight: f64) -> f64 {
        let before = self.0.iter().filter(|share| share.subject == subject && share.cue != cue);
        let weight = weight * found.share_outside(before.map(|share| share.found));
        match self.0.iter_mut().find(|share| share.subject == subject && share.cue == cue) {
            Some(share) if weight > share.weight => {
                let more = weight - share.weight;
                (share.found, share.weight) = (found, weight);
                more
            }
            None if weight > 0.0 => {
                self.0.push(Share { subject, cue, found, weight });
                weight
            }
            Some(_) | None => 0.0,
        }
    }

    fn of(&self, subject: S) -> f64 {
        self.0.iter().filter(|share| share.subject == subject).map(|share| share.weight).sum()
    }
}

/// The category a phrase speaks for.
pub(super) fn category_of(effect: Effect, lexicon: &Lexicon) -> Option<Category> {
    match effect {
        Effect::Category(category) => Some(category),
        Effect::Type(index) => lexicon.types().get(index).map(|known| known.category),
        _ => None,
    }
}

impl Scores {
    pub fn new(lexicon: &Lexicon, reading: &Reading, asks: bool) -> Self {
        let causes = causes(lexicon, reading);
        let mut heaviest: Vec<(usize, &Hit, f64)> = reading
            .hits
            .iter()
            .enumerate()
            .map(|(index, hit)| (index, hit, weight(lexicon, hit, &causes)))
            .collect();
        heaviest.sort_by(|left, right| heavier_first(left.2, right.2));
        let mut categories = Tally(Vec::new());
        let mut types = Tally(Vec::new());
        let mut counted = Vec::new();
        for (index, hit, weight) in heaviest {
            let Hit { entry, found, denied, .. } = hit;
            if let Some(category) = category_of(entry.effect, lexicon) {
                let added = categories.add(category, entry.cue, found, weight);
                if added > 0.0 && !denied {
                    counted.push((index, added));
                }
            }
            if let Effect::Type(index) | Effect::Hint(index) = entry.effect {
                types.add(index, entry.cue, found, weight);
            }
        }
        counted.sort_by(|left, right| heavier_first(left.1, right.1));
        let supposed = reading.says(Effect::Hypothetical);
        let mut ranked: Vec<(Category, f64)> = Category::ALL
            .into_iter()
            .map(|category| {
                let mut weight = categories.of(category);
                if supposed && category.is_emergency() {
                    weight *= HYPOTHETICAL;
                }
                if asks && category == Category::Information && weight >= LEAST_WEIGHT {
                    weight += QUESTION;
                }
                (category, weight)
            })
            .collect();
        ranked.sort_by(|left, right| {
            heavier_first(left.1, right.1).then(heavier_first(prior(left.0), prior(right.0)))
        });
        let mut seen: Vec<(usize, f64)> = Vec::new();
        for Share { subject, .. } in &types.0 {
            if !seen.iter().any(|(known, _)| known == subject) {
                seen.push((*subject, types.of(*subject)));
            }
        }
        Self { ranked, types: seen, counted }
    }

    /// The heaviest category, if its weight says anything.
    pub fn best(&self) -> Option<Category> {
        self.ranked.first().filter(|(_, weight)| *weight >= LEAST_WEIGHT).map(|(category, _)| *category)
    }

    /// Every category with its weight, the heaviest first.
    pub fn ranked(&self) -> impl Iterator<Item = (Category, f64)> + '_ {
        self.ranked.iter().copied()
    }

    /// The heaviest type of the category; its `…_other` where no word tells which.
    pub fn best_type<'a>(&self, lexicon: &'a Lexicon, category: Category) -> Option<&'a TypeEntry> {
        let mut best: Option<(&TypeEntry, f64)> = None;
        for (index, weight) in &self.types {
            let Some(known) = lexicon.types().get(*index).filter(|known| known.category == category) else {
                continue;
            };
            if *weight >= 0.5 && best.is_none_or(|(_, greatest)| *weight > greatest) {
                best = Some((known, *weight));
            }
        }
        let other = || {
            let code = format!("{}_other", category.code());
            lexicon.types().iter().find(|known| known.code == code)
        };
        best.map(|(known, _)| known).or_else(other)
    }

    /// The lead of the best category over the second; 0 or more.
    pub fn margin(&self) -> f64 {
        match self.ranked.as_slice() {
            [first, second, ..] => first.1 - second.1,
            _ => 0.0,
        }
    }

    /// The greatest weight among the emergencies.
    pub fn emergency_weight(&self) -> f64 {
        self.ranked
            .iter()
            .filter(|(category, _)| category.is_emergency())
            .map(|(_, weight)| *weight)
            .fold(0.0, f64::max)
    }

    /// The likeliest categories with their share among all twelve.
    pub fn candidates(&self, count: usize) -> Vec<Candidate> {
        let top = self.ranked.first().map_or(0.0, |(_, weight)| *weight);
        let mut shares: Vec<(Category, f64)> = self
            .ranked
            .iter()
            .map(|(category, weight)| (*category, ((weight - top) * STEEPNESS).exp() * prior(*category)))
            .collect();
        let sum: f64 = shares.iter().map(|(_, share)| share).sum();
        if self.best().is_none() {
            shares.sort_by(|left, right| heavier_first(left.1, right.1));
        }
        shares
            .into_iter()
            .take(count)
            .map(|(category, share)| Candidate { category, probability: share / sum })
            .collect()
    }

    /// The words that spoke for a category with what they added, the heaviest first.
    pub fn reasons(&self, lexicon: &Lexicon, reading: &Reading) -> Vec<Reason> {
        self.counted
            .iter()
            .filter_map(|(index, added)| {
                let hit = reading.hits.get(*index)?;
                let code = match hit.entry.effect {
                    Effect::Category(category) => category.code(),
                    Effect::Type(index) => lexicon.types().get(index)?.code.as_str(),
                    _ => return None,
                };
                let effect = format!("{code} +{added:.1}");
                Some(Reason { kind: ReasonKind::Category, words: hit.words.clone(), effect })
            })
            .collect()
    }
}

/// The categories of the hazards that the text names and does not deny.
fn causes(lexicon: &Lexicon, reading: &Reading) -> Vec<Category> {
    reading
        .hits
        .iter()
        .filter(|hit| hit.entry.role == Role::Cause && !hit.denied)
        .filter_map(|hit| category_of(hit.entry.effect, lexicon))
        .collect()
}

/// What a hit weighs in this text: denied cues hardly anything, consequences little beside the cause of
/// another category that explains them.
fn weight(lexicon: &Lexicon, hit: &Hit, causes: &[Category]) -> f64 {
    let explained = hit.entry.role == Role::Consequence
        && category_of(hit.entry.effect, lexicon)
            .is_some_and(|own| !causes.is_empty() && !causes.contains(&own));
    let denied = if hit.denied { DENIED } else { 1.0 };
    let explained = if explained { EXPLAINED } else { 1.0 };
    hit.entry.weight * denied * explained
}

fn prior(category: Category) -> f64 {
    PRIOR.get(category as usize).copied().unwrap_or(1.0).powf(PRIOR_POWER)
}
