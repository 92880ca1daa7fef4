//! Fitting a table: logistic regression by AdaGrad, one example after the other in a fixed shuffled order.
//!
//! The same examples give the same weights, bit for bit, on every machine: one thread, IEEE arithmetic,
//! and the exponential of `libm` instead of the system's.

use crate::model::{sigmoid, softmax};

/// What is fitted to.
#[derive(Debug, Clone)]
pub(super) struct Case<'a> {
    /// (row, value) of everything seen.
    pub seen: &'a [(u32, f32)],
    /// What is right.
    pub truth: Truth,
    /// How much it counts.
    pub weight: f32,
}

/// What is right.
#[derive(Debug, Clone)]
pub(super) enum Truth {
    /// One column among `from..to`.
    OneOf { from: usize, to: usize, right: Vec<(usize, f32)> },
    /// Each column from `from` on by itself.
    Each { from: usize, right: Vec<bool> },
}

/// How to fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    pub rows: usize,
    pub columns: usize,
    pub rounds: usize,
    pub rate: f32,
    pub ridge: f32,
}

/// Fits a table, row by row. The answer is the mean of the weights after each round of the later half.
pub(super) fn fit(plan: Plan, cases: &[Case<'_>]) -> Vec<f32> {
    let size = plan.rows * plan.columns;
    let mut weights = vec![0.0_f32; size];
    let mut squares = vec![1e-6_f32; size];
    let mut mean = vec![0.0_f32; size];
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut random = Shuffler(0x6b65_6e74_6f6e_6761);
    let mut averaged = 0.0_f32;
    for round in 0..plan.rounds {
        random.shuffle(&mut order);
        for case in order.iter().filter_map(|at| cases.get(*at)) {
            step(plan, case, &mut weights, &mut squares);
        }
        if round * 2 >= plan.rounds {
            averaged += 1.0;
            for (mean, weight) in mean.iter_mut().zip(&weights) {
                *mean += (*weight - *mean) / averaged;
            }
        }
    }
    mean
}

fn step(plan: Plan, case: &Case<'_>, weights: &mut [f32], squares: &mut [f32]) {
    let (from, to) = match &case.truth {
        Truth::OneOf { from, to, .. } => (*from, *to),
        Truth::Each { from, right } => (*from, *from + right.len()),
    };
    let mut sums = vec![0.0_f32; to - from];
    for (row, value) in case.seen {
        let start = *row as usize * plan.columns;
        let Some(own) = weights.get(start + from..start + to) else { continue };
        for (sum, weight) in sums.iter_mut().zip(own) {
            *sum += value * weight;
        }
    }
    let errors: Vec<f32> = match &case.truth {
        Truth::OneOf { from, right, .. } => {
            let mut errors = softmax(&sums, 1.0);
            for (column, share) in right {
                if let Some(error) = errors.get_mut(column - from) {
                    *error -= share;
                }
            }
            errors
        }
        Truth::Each { right, .. } => {
            sums.iter().zip(right).map(|(sum, right)| sigmoid(*sum) - f32::from(u8::from(*right))).collect()
        }
    };
    for (row, value) in case.seen {
        let start = *row as usize * plan.columns;
        let Some(own) = weights.get_mut(start + from..start + to) else { continue };
        let Some(past) = squares.get_mut(start + from..start + to) else { continue };
        for ((weight, square), error) in own.iter_mut().zip(past).zip(&errors) {
            let gradient = case.weight * error * value + plan.ridge * *weight;
            *square += gradient * gradient;
            *weight -= plan.rate * gradient / square.sqrt();
        }
    }
}

/// Deals an order; splitmix64, so that nothing outside decides it.
#[derive(Debug)]
struct Shuffler(u64);

impl Shuffler {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for last in (1..order.len()).rev() {
            let other = self.next() % (last as u64 + 1);
            order.swap(last, usize::try_from(other).unwrap_or(0));
        }
    }
}
