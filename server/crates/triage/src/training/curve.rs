//! The learning curve: what more texts bring, on author groups that are held out.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::corpus::Example;
use super::measure::{OfCategory, macro_f1};
use super::{TrainError, folds, prepare, wide_sums};
use crate::lexicon::Lexicon;
use crate::model::weights::CATEGORIES;

/// Shares of the texts that are learnt from, in sixteenths.
const SIXTEENTHS: [usize; 6] = [1, 2, 4, 8, 12, 16];

/// One point of the curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Texts learnt from, the mean over the folds.
    pub texts: usize,
    /// Macro-F1 on the groups held out, the mean over the folds.
    pub macro_f1: f64,
    /// Accuracy on them.
    pub accuracy: f64,
}

/// The curve: every fold is held out once, and growing shares of the other folds are learnt from.
///
/// # Errors
/// As [`super::train`].
pub fn learning_curve(lexicon: &Arc<Lexicon>, examples: &[Example]) -> Result<Vec<Point>, TrainError> {
    let fold_of = folds(examples)?;
    let prepared = prepare::prepare(lexicon, examples);
    let every: BTreeSet<usize> = fold_of.iter().copied().collect();
    let mut points = Vec::new();
    for share in SIXTEENTHS {
        let (mut texts, mut f1, mut accuracy) = (0, 0.0, 0.0);
        for fold in &every {
            // Spread over every group: a share is not the first authors alone.
            let learn: Vec<_> = prepared
                .iter()
                .zip(&fold_of)
                .filter(|(_, own)| *own != fold)
                .map(|(one, _)| one)
                .enumerate()
                .filter(|(nth, _)| (nth * 7) % 16 < share)
                .map(|(_, one)| one)
                .collect();
            texts += learn.len();
            let table = super::fit_wide(&learn);
            let said: Vec<(usize, usize)> = prepared
                .iter()
                .zip(examples)
                .zip(&fold_of)
                .filter(|(_, own)| *own == fold)
                .map(|((one, example), _)| {
                    let sums = wide_sums(&table, one);
                    (example.category as usize, best(sums.split_at(CATEGORIES).0))
                })
                .collect();
            f1 += macro_f1(&tally(&said));
            let right = said.iter().filter(|(truth, said)| truth == said).count();
            accuracy += right as f64 / said.len().max(1) as f64;
        }
        let folds = every.len().max(1);
        points.push(Point {
            texts: texts / folds,
            macro_f1: f1 / folds as f64,
            accuracy: accuracy / folds as f64,
        });
    }
    Ok(points)
}

fn best(sums: &[f32]) -> usize {
    sums.iter().enumerate().max_by(|left, right| left.1.total_cmp(right.1)).map_or(0, |(at, _)| at)
}

fn tally(said: &[(usize, usize)]) -> [OfCategory; CATEGORIES] {
    let mut categories = [OfCategory::default(); CATEGORIES];
    for (truth, said) in said {
        if let Some(own) = categories.get_mut(*truth) {
            own.labelled += 1;
            own.both += usize::from(truth == said);
        }
        if let Some(own) = categories.get_mut(*said) {
            own.said += 1;
        }
    }
    categories
}
