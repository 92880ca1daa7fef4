//! The trained reader: a linear model over what [`features`] sees, with calibrated probabilities.
//!
//! It stands on the lexicon, whose findings are among its features and whose reading stays available
//! as the baseline ([`crate::classify()`]). It suggests; what a person has set is no business of its.

mod explain;
pub(crate) mod features;
mod read;
pub(crate) mod weights;

pub use read::Reader;
pub(crate) use read::alarm;
pub use weights::{Weights, WeightsError};

/// The kinds of agencies that the model knows, in the order of its columns; `none` for contacts that
/// nobody has to be sent to. A city's routing table says which agency of a kind serves where.
pub const AGENCY_KINDS: [&str; 18] = [
    "none",
    "damkar",
    "psc119",
    "polres",
    "bpbd",
    "basarnas",
    "pln",
    "pdam",
    "pu",
    "dlh",
    "dishub",
    "dinsos",
    "satpol_pp",
    "dp3a",
    "pmi",
    "puskesmas",
    "bksda",
    "kodim",
];

/// The probabilities of these sums, divided by `heat`; they add up to 1.
pub(crate) fn softmax(sums: &[f32], heat: f32) -> Vec<f32> {
    let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut shares: Vec<f32> = sums.iter().map(|sum| libm::expf((sum - most) / heat)).collect();
    let all: f32 = shares.iter().sum();
    for share in &mut shares {
        *share /= all;
    }
    shares
}

/// The probability of one sum.
pub(crate) fn sigmoid(sum: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-sum))
}
