//! Making weights from labelled texts, and measuring them on hands that were held out.
//!
//! Splits are by author group and by nothing else: one hand repeats itself, and a random split of such
//! texts measures memory. Pure like the rest of the crate: texts in, weights and figures out.

pub mod corpus;
pub mod curve;
mod fit;
pub mod measure;
mod prepare;
pub mod room;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::lexicon::Lexicon;
use crate::model::features::{NARROW, WIDE, category_seen};
use crate::model::weights::{CATEGORIES, Table, WIDE_COLUMNS};
use crate::model::{AGENCY_KINDS, Reader, Weights, alarm, softmax};
use crate::triage::Triage;
use corpus::Example;
use fit::{Case, Plan, fit};
use prepare::Prepared;

/// Folds that the groups are dealt to, in the order of their names.
const FOLDS: usize = 5;
/// Recall of priority 1 that its bound is set for, on held-out hands.
const FIRST_RECALL: f64 = 0.957;
/// Accuracy above which a suggestion counts as sure, on held-out hands.
const SURE_ACCURACY: f64 = 0.9;

const WIDE_PLAN: Plan = Plan { rows: WIDE, columns: WIDE_COLUMNS, rounds: 20, rate: 0.1, ridge: 8e-5 };
const NARROW_PLAN: Plan =
    Plan { rows: NARROW, columns: 2 * AGENCY_KINDS.len(), rounds: 16, rate: 0.15, ridge: 1e-4 };

/// Why nothing can be trained.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// A text without a group cannot be held out honestly.
    #[error("`{0}` has no author group; every text of a corpus needs one")]
    NoGroup(String),
    /// Too few hands.
    #[error("the corpus has {0} author groups; at least {FOLDS} are needed to hold some out")]
    FewGroups(usize),
}

/// What a training made.
#[derive(Debug)]
pub struct Trained {
    /// The weights from all texts.
    pub weights: Weights,
    /// The readings of every text by weights that never saw a text of its group.
    pub held_out: Vec<Triage>,
}

/// Trains on a corpus.
///
/// # Errors
/// Texts without groups, or too few groups.
pub fn train(lexicon: &Arc<Lexicon>, examples: &[Example]) -> Result<Trained, TrainError> {
    let prepared = prepare::prepare(lexicon, examples);
    let fold_of = folds(examples)?;
    let all: Vec<&Prepared<'_>> = prepared.iter().collect();
    let outside = |fold: usize| -> Vec<&Prepared<'_>> {
        prepared.iter().zip(&fold_of).filter(|(_, own)| **own != fold).map(|(one, _)| one).collect()
    };
    let wide: Vec<Table> = (0..FOLDS).map(|fold| fit_wide(&outside(fold))).collect();
    let sums: Vec<[f32; WIDE_COLUMNS]> = prepared
        .iter()
        .zip(&fold_of)
        .filter_map(|(one, fold)| Some(wide_sums(wide.get(*fold)?, one)))
        .collect();
    let mut numbers = calibrate_wide(examples, &prepared, &sums);
    let shares: Vec<Vec<f32>> =
        sums.iter().map(|sums| softmax(sums.split_at(CATEGORIES).0, numbers.category_heat)).collect();
    let shares_of: Vec<(&Prepared<'_>, &[f32])> =
        prepared.iter().zip(&shares).map(|(one, shares)| (one, shares.as_slice())).collect();
    let mut readers = Vec::new();
    for (fold, wide) in wide.into_iter().enumerate() {
        let own: Vec<(&Prepared<'_>, &[f32])> =
            shares_of.iter().zip(&fold_of).filter(|(_, own)| **own != fold).map(|(pair, _)| *pair).collect();
        let types = fit_types(lexicon, &outside(fold));
        readers.push((wide, types, fit_agencies(&own)));
    }
    numbers.lead_heat = calibrate_lead(&prepared, &fold_of, &shares, &readers);
    let readers: Vec<Reader> = readers
        .into_iter()
        .map(|(wide, types, agencies)| Reader::new(Arc::clone(lexicon), numbers.with(wide, types, agencies)))
        .collect();
    let held_out = examples
        .iter()
        .zip(&fold_of)
        .filter_map(|(example, fold)| readers.get(*fold).map(|reader| reader.read(&example.text)))
        .collect();
    let weights = numbers.with(fit_wide(&all), fit_types(lexicon, &all), fit_agencies(&shares_of));
    Ok(Trained { weights, held_out })
}

/// The fold of each text.
fn folds(examples: &[Example]) -> Result<Vec<usize>, TrainError> {
    let group =
        |example: &Example| example.group.clone().ok_or_else(|| TrainError::NoGroup(example.id.clone()));
    let groups: BTreeSet<String> = examples.iter().map(group).collect::<Result<_, _>>()?;
    if groups.len() < FOLDS {
        return Err(TrainError::FewGroups(groups.len()));
    }
    let groups: Vec<String> = groups.into_iter().collect();
    examples.iter().map(|example| Ok(groups.binary_search(&group(example)?).unwrap_or(0) % FOLDS)).collect()
}

fn fit_wide(prepared: &[&Prepared<'_>]) -> Table {
    let mut cases = Vec::with_capacity(prepared.len() * 2);
    for one in prepared {
        cases.push(Case { seen: &one.wide, truth: one.category_truth(), weight: 1.0 });
        cases.push(Case { seen: &one.wide, truth: one.priority_truth(), weight: 1.0 });
    }
    Table::of(WIDE_COLUMNS, &fit(WIDE_PLAN, &cases))
}

fn fit_types(lexicon: &Lexicon, prepared: &[&Prepared<'_>]) -> Table {
    let columns = lexicon.types().len();
    let cases: Vec<Case<'_>> = prepared
        .iter()
        .filter_map(|one| Some(Case { seen: &one.narrow, truth: one.type_truth(lexicon)?, weight: 1.0 }))
        .collect();
    Table::of(columns, &fit(Plan { columns, ..NARROW_PLAN }, &cases))
}

fn fit_agencies(prepared: &[(&Prepared<'_>, &[f32])]) -> Table {
    let seen: Vec<Vec<(u32, f32)>> =
        prepared.iter().map(|(one, shares)| with_shares(&one.narrow, shares)).collect();
    let mut cases = Vec::with_capacity(prepared.len() * 2);
    for ((one, _), seen) in prepared.iter().zip(&seen) {
        cases.push(Case { seen, truth: one.lead_truth(), weight: 1.0 });
        cases.push(Case { seen, truth: one.part_truth(), weight: 1.0 });
    }
    Table::of(NARROW_PLAN.columns, &fit(NARROW_PLAN, &cases))
}

fn with_shares(narrow: &[(u32, f32)], shares: &[f32]) -> Vec<(u32, f32)> {
    let posterior = shares.iter().enumerate().map(|(category, share)| {
        let seen = category_seen(category, *share);
        (u32::try_from(seen.narrow_row()).unwrap_or(0), seen.value)
    });
    narrow.iter().copied().chain(posterior).collect()
}

fn wide_sums(table: &Table, one: &Prepared<'_>) -> [f32; WIDE_COLUMNS] {
    let mut sums = [0.0; WIDE_COLUMNS];
    for (row, value) in &one.wide {
        table.add(*row as usize, *value, &mut sums);
    }
    table.scaled(&mut sums);
    sums
}

/// The few numbers beside the tables.
#[derive(Debug, Clone, Copy)]
struct Numbers {
    category_heat: f32,
    lead_heat: f32,
    priority_heat: f32,
    first_from: f32,
    sure_from: f32,
}

impl Numbers {
    fn with(self, wide: Table, types: Table, agencies: Table) -> Weights {
        Weights {
            wide,
            types,
            agencies,
            category_heat: self.category_heat,
            lead_heat: self.lead_heat,
            priority_heat: self.priority_heat,
            first_from: self.first_from,
            sure_from: self.sure_from,
        }
    }
}

fn calibrate_wide(examples: &[Example], prepared: &[Prepared<'_>], sums: &[[f32; WIDE_COLUMNS]]) -> Numbers {
    let category: Vec<(&[f32], usize)> = sums
        .iter()
        .zip(examples)
        .map(|(sums, example)| (sums.split_at(CATEGORIES).0, example.category as usize))
        .collect();
    let priority: Vec<(&[f32], usize)> = sums
        .iter()
        .zip(examples)
        .map(|(sums, example)| (sums.split_at(CATEGORIES).1, usize::from(example.priority) - 1))
        .collect();
    let category_heat = best_heat(&category);
    let priority_heat = best_heat(&priority);
    let mut first: Vec<f32> = priority
        .iter()
        .zip(prepared)
        .filter(|((_, truth), _)| *truth == 0)
        .filter_map(|((sums, _), one)| Some(alarm(*softmax(sums, priority_heat).first()?, one.lexicon)))
        .collect();
    first.sort_by(f32::total_cmp);
    let missed = ((1.0 - FIRST_RECALL) * first.len() as f64) as usize;
    let first_from = first.get(missed).copied().unwrap_or(0.5).min(0.5);
    Numbers {
        category_heat,
        lead_heat: 1.0,
        priority_heat,
        first_from,
        sure_from: sure_from(&category, category_heat),
    }
}

/// The least probability, in steps of one in a hundred, from which on [`SURE_ACCURACY`] is reached.
fn sure_from(cases: &[(&[f32], usize)], heat: f32) -> f32 {
    let believed: Vec<(f32, bool)> = cases
        .iter()
        .map(|(sums, truth)| {
            let shares = softmax(sums, heat);
            let best = shares.iter().copied().fold(0.0, f32::max);
            (best, shares.get(*truth) == Some(&best))
        })
        .collect();
    let reaches = |bound: f32| {
        let above = believed.iter().filter(|(share, _)| *share >= bound);
        let (all, right) =
            above.fold((0_u32, 0_u32), |(all, sum), (_, right)| (all + 1, sum + u32::from(*right)));
        f64::from(right) >= SURE_ACCURACY * f64::from(all.max(1))
    };
    (30..=95_u8).map(|step| f32::from(step) / 100.0).find(|bound| reaches(*bound)).unwrap_or(0.95)
}

fn calibrate_lead(
    prepared: &[Prepared<'_>],
    fold_of: &[usize],
    shares: &[Vec<f32>],
    tables: &[(Table, Table, Table)],
) -> f32 {
    let sums: Vec<Vec<f32>> = prepared
        .iter()
        .zip(fold_of)
        .zip(shares)
        .map(|((one, fold), shares)| {
            let mut sums = vec![0.0; NARROW_PLAN.columns];
            if let Some((_, _, table)) = tables.get(*fold) {
                for (row, value) in with_shares(&one.narrow, shares) {
                    table.add(row as usize, value, &mut sums);
                }
                table.scaled(&mut sums);
            }
            sums.truncate(AGENCY_KINDS.len());
            sums
        })
        .collect();
    let cases: Vec<(&[f32], usize)> =
        sums.iter().zip(prepared).map(|(sums, one)| (sums.as_slice(), one.lead())).collect();
    best_heat(&cases)
}

/// The divisor of the sums under which the truth is likeliest, from 0.2 to 4.
fn best_heat(cases: &[(&[f32], usize)]) -> f32 {
    let cost = |heat: f32| -> f64 {
        cases
            .iter()
            .map(|(sums, truth)| {
                let share = softmax(sums, heat).get(*truth).copied().unwrap_or(0.0);
                -libm::log(f64::from(share.max(1e-9)))
            })
            .sum()
    };
    let heats = (4..=80_u8).map(|step| f32::from(step) / 20.0);
    heats
        .map(|heat| (heat, cost(heat)))
        .min_by(|left, right| left.1.total_cmp(&right.1))
        .map_or(1.0, |(heat, _)| heat)
}
