//! Pairs of contacts counted against the truth.

use kentongan_triage::radar::weights::Weights;
use kentongan_triage::radar::{JOIN_FROM, alike_by};

use super::callers::Heard;

/// Pairs counted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pairs {
    /// Offered, and of one event.
    pub right: u32,
    /// Offered, and of two events.
    pub wrong: u32,
    /// Of one event, not offered.
    pub missed: u32,
}

impl Pairs {
    pub fn precision(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.wrong).max(1))
    }

    pub fn recall(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }

    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

/// Every pair of a scene, the later contact held against the earlier one.
pub fn pairs(weights: &Weights, heard: &[Heard]) -> Pairs {
    let mut counted = Pairs::default();
    for (at, later) in heard.iter().enumerate() {
        for earlier in &heard[..at] {
            let offered = alike_by(weights, &later.sighting, &earlier.sighting)
                .is_some_and(|found| found.score >= JOIN_FROM);
            match (offered, later.truth == earlier.truth) {
                (true, true) => counted.right += 1,
                (true, false) => counted.wrong += 1,
                (false, true) => counted.missed += 1,
                (false, false) => {}
            }
        }
    }
    counted
}
