//! What stands in the text once idioms, longer phrases and denials have had their say.
//!
//! Four rules: words covered by an idiom are not read; words of an address speak for no category;
//! within a layer (what it is about, how urgent, whether it is a report) a longer phrase takes the place
//! of those inside it; a cue right behind a negator, fillers and no punctuation between, is denied.

use super::place::Place;
use super::scores::category_of;
use crate::lexicon::{Effect, Entry, Found, Lexicon};
use crate::normalise::Token;
use crate::triage::{Reason, ReasonKind};

/// How far back a negator is looked for, in words.
const NEGATION_REACH: usize = 4;

/// One phrase that stands in the text.
#[derive(Debug, Clone)]
pub(crate) struct Hit<'a> {
    pub entry: &'a Entry,
    pub found: Found,
    /// Whether the text denies it.
    pub denied: bool,
    /// The words covered.
    pub words: String,
}

/// Every hit of a text, in the order of where it begins.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    pub hits: Vec<Hit<'a>>,
    /// Words that would have spoken for a category, had they not been part of an address.
    pub of_an_address: Vec<String>,
}

/// Phrases compete only within a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    About,
    Nuisance,
    Free,
}

fn layer(effect: Effect) -> Layer {
    match effect {
        Effect::Category(_) | Effect::Type(_) => Layer::About,
        Effect::Nuisance(_) => Layer::Nuisance,
        _ => Layer::Free,
    }
}

/// Whether it says something by itself once the text's hits have been weighed against each other.
fn is_kept(effect: Effect) -> bool {
    !matches!(
        effect,
        Effect::Stop
            | Effect::Filler
            | Effect::Negator
            | Effect::Address(_)
            | Effect::Damage
            | Effect::Neglect
    )
}

/// Whether an idiom silences it.
fn is_read_literally(effect: Effect) -> bool {
    matches!(effect, Effect::Category(_) | Effect::Type(_) | Effect::Hint(_) | Effect::Priority(_))
}

impl<'a> Reading<'a> {
    pub fn new(lexicon: &'a Lexicon, tokens: &[Token]) -> Self {
        let mut all: Vec<(&Entry, Found)> = lexicon
            .find(tokens)
            .into_iter()
            .filter_map(|found| Some((lexicon.entry(found.entry)?, found)))
            .collect();
        all.sort_by_key(|(_, found)| (found.start(), found.entry));
        let idioms: Vec<Found> =
            all.iter().filter(|(entry, _)| entry.effect == Effect::Idiom).map(|(_, found)| *found).collect();
        if !idioms.is_empty() {
            all.retain(|(entry, found)| {
                !is_read_literally(entry.effect)
                    || !idioms.iter().any(|idiom| idiom.overlaps(found) && idiom.width() >= found.width())
            });
        }
        let place = Place::new(&all, tokens);
        let mut of_an_address = Vec::new();
        all.retain(|(entry, found)| {
            let category = category_of(entry.effect, lexicon);
            let silenced = place.silences(entry, found, category);
            if silenced && category.is_some() {
                of_an_address.push(words(*found, tokens));
            }
            !silenced
        });
        of_an_address.dedup();
        let swallowed: Vec<bool> = all
            .iter()
            .map(|(entry, found)| {
                let own = layer(entry.effect);
                own != Layer::Free
                    && all.iter().any(|(other, wider)| {
                        wider.width() > found.width()
                            && layer(other.effect) == own
                            && found.lies_within(wider)
                    })
            })
            .collect();
        let mut negators = vec![false; tokens.len()];
        let mut fillers = vec![false; tokens.len()];
        for (entry, found) in &all {
            let marks = match entry.effect {
                Effect::Negator => &mut negators,
                Effect::Filler => &mut fillers,
                _ => continue,
            };
            for (from, to) in found.spans() {
                if let Some(covered) = marks.get_mut(usize::from(*from)..usize::from(*to)) {
                    covered.fill(true);
                }
            }
        }
        let hits = all
            .into_iter()
            .zip(swallowed)
            .filter(|((entry, _), swallowed)| !swallowed && is_kept(entry.effect))
            .map(|((entry, found), _)| Hit {
                entry,
                found,
                denied: is_denied(usize::from(found.start()), tokens, &negators, &fillers),
                words: words(found, tokens),
            })
            .collect();
        Self { hits, of_an_address }
    }

    /// Whether a phrase with this effect stands in the text.
    pub fn says(&self, effect: Effect) -> bool {
        self.hits.iter().any(|hit| hit.entry.effect == effect)
    }

    /// Names of the cues that speak of the incident, in the order of the text; a name may repeat.
    pub fn cues(&self, lexicon: &'a Lexicon) -> impl Iterator<Item = String> + '_ {
        self.hits
            .iter()
            .filter(|hit| !hit.denied && matches!(hit.entry.effect, Effect::Category(_) | Effect::Type(_)))
            .map(|hit| lexicon.cue(hit.entry).to_owned())
    }

    /// Reasons for what was taken back: denials, idioms, suppositions, addresses.
    pub fn taken_back(&self, lexicon: &'a Lexicon) -> impl Iterator<Item = Reason> + '_ {
        let addresses = self.of_an_address.iter().map(|words| Reason {
            kind: ReasonKind::Negation,
            words: words.clone(),
            effect: "address".to_owned(),
        });
        let in_words = self.hits.iter().filter_map(|hit| {
            let effect = match hit.entry.effect {
                Effect::Idiom => "idiom".to_owned(),
                Effect::Hypothetical => lexicon.cue(hit.entry).to_owned(),
                Effect::Category(_) | Effect::Type(_) | Effect::Priority(_) if hit.denied => {
                    format!("{} denied", lexicon.cue(hit.entry))
                }
                _ => return None,
            };
            Some(Reason { kind: ReasonKind::Negation, words: hit.words.clone(), effect })
        });
        in_words.chain(addresses)
    }
}

/// Walks back over fillers to a negator.
fn is_denied(start: usize, tokens: &[Token], negators: &[bool], fillers: &[bool]) -> bool {
    let mut at = start;
    for _ in 0..NEGATION_REACH {
        if tokens.get(at).is_none_or(|token| token.after_break) {
            return false;
        }
        let Some(before) = at.checked_sub(1) else { return false };
        if negators.get(before) == Some(&true) {
            return true;
        }
        if fillers.get(before) != Some(&true) {
            return false;
        }
        at = before;
    }
    false
}

fn words(found: Found, tokens: &[Token]) -> String {
    let parts: Vec<String> = found
        .spans()
        .iter()
        .filter_map(|(from, to)| tokens.get(usize::from(*from)..usize::from(*to)))
        .map(|part| part.iter().map(|token| token.word.as_str()).collect::<Vec<_>>().join(" "))
        .collect();
    parts.join(" … ")
}
