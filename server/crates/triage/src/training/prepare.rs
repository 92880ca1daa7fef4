//! Texts made ready for fitting: what is seen of each, and what is right.

use kentongan_domain::catalogue::{Category, Priority};

use super::corpus::Example;
use super::fit::Truth;
use crate::classify::analyse;
use crate::lexicon::Lexicon;
use crate::model::AGENCY_KINDS;
use crate::model::features::features;
use crate::model::weights::{CATEGORIES, PRIORITIES};

/// What the first label of several defensible ones gets; the others share the rest.
const FIRST_LABEL: f32 = 0.88;

/// One text made ready.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    example: &'a Example,
    /// (row, value) in the wide table.
    pub wide: Vec<(u32, f32)>,
    /// (row, value) in the narrow tables.
    pub narrow: Vec<(u32, f32)>,
    /// The priority that the lexicon alone gives.
    pub lexicon: Priority,
}

/// Makes texts ready.
pub(super) fn prepare<'a>(lexicon: &Lexicon, examples: &'a [Example]) -> Vec<Prepared<'a>> {
    examples
        .iter()
        .map(|example| {
            let analysis = analyse(lexicon, &example.text);
            let seen = features(lexicon, &analysis);
            let row = |row: usize| u32::try_from(row).unwrap_or(0);
            Prepared {
                example,
                wide: seen.iter().map(|one| (row(one.wide_row()), one.value)).collect(),
                narrow: seen
                    .iter()
                    .filter(|one| one.narrow)
                    .map(|one| (row(one.narrow_row()), one.value))
                    .collect(),
                lexicon: analysis.triage.priority,
            }
        })
        .collect()
}

impl Prepared<'_> {
    pub fn category_truth(&self) -> Truth {
        let own = self.example.category as usize;
        let others: Vec<usize> = self
            .example
            .acceptable
            .iter()
            .map(|category| *category as usize)
            .filter(|category| *category != own)
            .collect();
        let mut right = vec![(own, if others.is_empty() { 1.0 } else { FIRST_LABEL })];
        let each = (1.0 - FIRST_LABEL) / others.len().max(1) as f32;
        right.extend(others.into_iter().map(|other| (other, each)));
        Truth::OneOf { from: 0, to: CATEGORIES, right }
    }

    pub fn priority_truth(&self) -> Truth {
        let column = CATEGORIES + usize::from(self.example.priority) - 1;
        Truth::OneOf { from: CATEGORIES, to: CATEGORIES + PRIORITIES, right: vec![(column, 1.0)] }
    }

    /// Among the types of the text's own category; none where the label is no type of the catalogue.
    pub fn type_truth(&self, lexicon: &Lexicon) -> Option<Truth> {
        let code = self.example.type_code.as_deref()?;
        let own = lexicon.types().iter().position(|known| known.code == code)?;
        let (from, to) = columns_of(lexicon, self.example.category)?;
        (from..to).contains(&own).then(|| Truth::OneOf { from, to, right: vec![(own, 1.0)] })
    }

    pub fn lead(&self) -> usize {
        self.example.agencies.first().copied().unwrap_or(0)
    }

    pub fn lead_truth(&self) -> Truth {
        Truth::OneOf { from: 0, to: AGENCY_KINDS.len(), right: vec![(self.lead(), 1.0)] }
    }

    pub fn part_truth(&self) -> Truth {
        let right = (0..AGENCY_KINDS.len()).map(|kind| self.example.agencies.contains(&kind)).collect();
        Truth::Each { from: AGENCY_KINDS.len(), right }
    }
}

/// The columns of a category's types, which stand together in `types.lex`.
fn columns_of(lexicon: &Lexicon, category: Category) -> Option<(usize, usize)> {
    let own = |known: &crate::lexicon::TypeEntry| known.category == category;
    let from = lexicon.types().iter().position(own)?;
    let to = lexicon.types().iter().rposition(own)?;
    Some((from, to + 1))
}
