//! Text -> triage by the model: sums, probabilities, and the answer.

use std::sync::Arc;

use kentongan_domain::catalogue::{Category, Priority};

use super::features::{Seen, category_seen, features};
use super::weights::{CATEGORIES, WIDE_COLUMNS, Weights, WeightsError};
use super::{AGENCY_KINDS, explain, sigmoid, softmax};
use crate::classify::{Analysis, analyse};
use crate::lexicon::Lexicon;
use crate::triage::{AgencyGuess, Candidate, ReasonKind, Triage, TypeCandidate};

/// Candidates listed.
const CANDIDATES: usize = 3;
/// An agency takes part from this probability on.
const TAKES_PART_FROM: f32 = 0.5;

static BUILT_IN: &[u8] = include_bytes!("../../model/weights.bin");

/// Texts of so few words that look like no report at all are left to the lexicon.
const FAINT_NUISANCE_WORDS: usize = 3;

/// A lexicon and the weights that were trained with it. Build it once and share it.
#[derive(Debug)]
pub struct Reader {
    lexicon: Arc<Lexicon>,
    weights: Weights,
}

/// The sums of categories and priorities.
pub(crate) type WideSums = [f32; WIDE_COLUMNS];

impl Reader {
    /// The reader that comes with the crate.
    ///
    /// # Errors
    /// The weights do not fit the lexicon.
    pub fn built_in(lexicon: Arc<Lexicon>) -> Result<Self, WeightsError> {
        let weights = Weights::from_file(BUILT_IN, lexicon.types().len(), 2 * AGENCY_KINDS.len())?;
        Ok(Self::new(lexicon, weights))
    }

    /// A reader with other weights.
    pub fn new(lexicon: Arc<Lexicon>, weights: Weights) -> Self {
        Self { lexicon, weights }
    }

    /// The lexicon it stands on.
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        &self.lexicon
    }

    /// Its weights.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Its weights, taken out.
    pub fn into_weights(self) -> Weights {
        self.weights
    }

    /// Reads one text. Never fails: a text that says nothing comes back unsure.
    pub fn read(&self, text: &str) -> Triage {
        let analysis = analyse(&self.lexicon, text);
        // A single word that the lexicon has never heard of, or a few of a silent call or a greeting, tell the
        // model nothing: it has learnt from whole sentences, and would be sure of whatever they once stood in.
        let few = if analysis.triage.nuisance.kind.is_some() { FAINT_NUISANCE_WORDS } else { 1 };
        let faint = analysis.tokens.len() <= few && analysis.triage.category.is_none();
        if faint {
            return analysis.triage;
        }
        let seen = features(&self.lexicon, &analysis);
        let by_word = self.sums_by_word(&seen, analysis.tokens.len());
        let wide = whole(&by_word);
        let (category_sums, priority_sums) = wide.split_at(CATEGORIES);
        let categories = softmax(category_sums, self.weights.category_heat);
        let agencies = self.agency_sums(&seen, &categories);
        let priorities = softmax(priority_sums, self.weights.priority_heat);
        self.answer(analysis, &seen, &by_word, &categories, &agencies, &priorities)
    }

    fn answer(
        &self,
        analysis: Analysis<'_>,
        seen: &[Seen],
        by_word: &[WideSums],
        categories: &[f32],
        agencies: &[f32],
        priorities: &[f32],
    ) -> Triage {
        let mut ranked: Vec<(Category, f32)> =
            Category::ALL.into_iter().zip(categories.iter().copied()).collect();
        ranked.sort_by(|left, right| right.1.total_cmp(&left.1));
        let (best, confidence) = ranked.first().copied().unwrap_or((Category::Information, 0.0));
        let types = self.types(seen, best, confidence);
        let (priority, priority_probability) = self.priority(priorities, analysis.triage.priority, best);
        let mut triage = analysis.triage;
        let words = explain::reasons(by_word, &analysis.tokens, best);
        if !words.is_empty() {
            triage.reasons.retain(|reason| reason.kind != ReasonKind::Category);
            triage.reasons.splice(0..0, words);
        }
        triage.category = Some(best);
        triage.type_code = types.first().map(|kind| kind.code.clone());
        triage.types = types;
        triage.priority = priority;
        triage.priority_probability = f64::from(priority_probability);
        triage.confidence = f64::from(confidence);
        triage.unsure = confidence < self.weights.sure_from;
        triage.candidates = ranked
            .iter()
            .take(CANDIDATES)
            .map(|(category, share)| Candidate { category: *category, probability: f64::from(*share) })
            .collect();
        triage.agencies = self.agencies(agencies);
        triage
    }

    /// The type's probability is the category's times its own within the category.
    fn types(&self, seen: &[Seen], category: Category, confidence: f32) -> Vec<TypeCandidate> {
        let sums = self.type_sums(seen);
        let own: Vec<(usize, f32)> = self
            .lexicon
            .types()
            .iter()
            .zip(sums)
            .enumerate()
            .filter(|(_, (known, _))| known.category == category)
            .map(|(index, (_, sum))| (index, sum))
            .collect();
        let sums: Vec<f32> = own.iter().map(|(_, sum)| *sum).collect();
        let mut types: Vec<TypeCandidate> = own
            .iter()
            .zip(softmax(&sums, 1.0))
            .filter_map(|((index, _), share)| {
                let known = self.lexicon.types().get(*index)?;
                Some(TypeCandidate { code: known.code.clone(), probability: f64::from(share * confidence) })
            })
            .collect();
        types.sort_by(|left, right| right.probability.total_cmp(&left.probability));
        types.truncate(CANDIDATES);
        types
    }

    /// Priority 1 from a bound on that was set for its recall; else the likeliest.
    ///
    /// What is taken for no emergency, and names no danger to life, needs the better half of the shares: else
    /// every silent call would be urgent because nothing in it says that it is not.
    fn priority(&self, shares: &[f32], lexicon: Priority, category: Category) -> (Priority, f32) {
        let [first, second, third, fourth] = shares else { return (Priority::P3, 0.0) };
        let bound = if category.is_emergency() || lexicon == Priority::P1 {
            self.weights.first_from
        } else {
            self.weights.first_from.max(0.5)
        };
        if alarm(*first, lexicon) >= bound {
            return (Priority::P1, *first);
        }
        let others = [(Priority::P2, *second), (Priority::P3, *third), (Priority::P4, *fourth)];
        others.into_iter().max_by(|left, right| left.1.total_cmp(&right.1)).unwrap_or((Priority::P3, 0.0))
    }

    fn agencies(&self, sums: &[f32]) -> Vec<AgencyGuess> {
        let (lead, part) = sums.split_at_checked(AGENCY_KINDS.len()).unwrap_or((sums, &[]));
        let shares = softmax(lead, self.weights.lead_heat);
        let mut guesses: Vec<AgencyGuess> = Vec::new();
        let best = AGENCY_KINDS.iter().zip(&shares).max_by(|left, right| left.1.total_cmp(right.1));
        let Some((lead, share)) = best.filter(|(kind, _)| **kind != "none") else { return guesses };
        guesses.push(AgencyGuess { kind: (*lead).to_owned(), lead: true, probability: f64::from(*share) });
        let mut support: Vec<AgencyGuess> = AGENCY_KINDS
            .iter()
            .zip(part)
            .filter(|(kind, _)| **kind != "none" && *kind != lead)
            .map(|(kind, sum)| (kind, sigmoid(*sum)))
            .filter(|(_, share)| *share >= TAKES_PART_FROM)
            .map(|(kind, share)| AgencyGuess {
                kind: (*kind).to_owned(),
                lead: false,
                probability: f64::from(share),
            })
            .collect();
        support.sort_by(|left, right| right.probability.total_cmp(&left.probability));
        guesses.extend(support);
        guesses
    }

    /// What each word gives every category and priority; the last place is of the text as a whole.
    fn sums_by_word(&self, seen: &[Seen], words: usize) -> Vec<WideSums> {
        let mut sums = vec![[0.0; WIDE_COLUMNS]; words + 1];
        for one in seen {
            if let Some(own) = sums.get_mut(usize::from(one.word).min(words)) {
                self.weights.wide.add(one.wide_row(), one.value, own);
            }
        }
        for own in &mut sums {
            self.weights.wide.scaled(own);
        }
        sums
    }

    fn type_sums(&self, seen: &[Seen]) -> Vec<f32> {
        let mut sums = vec![0.0; self.lexicon.types().len()];
        for one in seen.iter().filter(|one| one.narrow) {
            self.weights.types.add(one.narrow_row(), one.value, &mut sums);
        }
        self.weights.types.scaled(&mut sums);
        sums
    }

    fn agency_sums(&self, seen: &[Seen], categories: &[f32]) -> Vec<f32> {
        let mut sums = vec![0.0; 2 * AGENCY_KINDS.len()];
        let posterior = categories.iter().enumerate().map(|(at, share)| category_seen(at, *share));
        for one in seen.iter().filter(|one| one.narrow).copied().chain(posterior) {
            self.weights.agencies.add(one.narrow_row(), one.value, &mut sums);
        }
        self.weights.agencies.scaled(&mut sums);
        sums
    }
}

/// How much speaks for priority 1: the model's probability, doubled where the lexicon names a danger to life.
pub(crate) fn alarm(first: f32, lexicon: Priority) -> f32 {
    if lexicon == Priority::P1 { first * 2.0 } else { first }
}

fn whole(by_word: &[WideSums]) -> WideSums {
    let mut sums = [0.0; WIDE_COLUMNS];
    for own in by_word {
        sums.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
    }
    sums
}
