//! The words that weighed most, for people's eyes.

use kentongan_domain::catalogue::Category;

use super::read::WideSums;
use super::weights::CATEGORIES;
use crate::normalise::Token;
use crate::triage::{Reason, ReasonKind};

/// Words named at most.
const WORDS: usize = 5;
/// Least lead a word must give to be named.
const LEAST: f32 = 0.12;

/// The words that spoke most for the category, the heaviest first, each with the lead it gave over the
/// mean of all categories.
pub(super) fn reasons(by_word: &[WideSums], tokens: &[Token], category: Category) -> Vec<Reason> {
    let mut ranked: Vec<(&Token, f32)> = tokens
        .iter()
        .zip(by_word)
        .map(|(token, sums)| (token, lead(sums, category)))
        .filter(|(_, lead)| *lead >= LEAST)
        .collect();
    ranked.sort_by(|left, right| right.1.total_cmp(&left.1));
    let mut named: Vec<Reason> = Vec::new();
    for (token, lead) in ranked {
        if named.len() < WORDS && named.iter().all(|reason| reason.words != token.word) {
            named.push(Reason {
                kind: ReasonKind::Category,
                words: token.word.clone(),
                effect: format!("{} +{lead:.1}", category.code()),
            });
        }
    }
    named
}

fn lead(sums: &WideSums, category: Category) -> f32 {
    let (categories, _) = sums.split_at(CATEGORIES);
    let mean = categories.iter().sum::<f32>() / CATEGORIES as f32;
    categories.get(category as usize).map_or(0.0, |own| own - mean)
}
