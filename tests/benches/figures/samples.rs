//! Durations gathered, and what they come to.

use std::time::{Duration, Instant};

/// Now. A benchmark measures real time; the product itself takes its clock as a value.
#[allow(clippy::disallowed_methods)]
pub fn now() -> Instant {
    Instant::now()
}

/// Now, as epoch µs: to compare with what the server writes into its frames.
#[allow(clippy::disallowed_methods)]
pub fn epoch_us() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// Durations.
#[derive(Debug, Default, Clone)]
pub struct Samples {
    each: Vec<Duration>,
}

impl Samples {
    pub fn push(&mut self, sample: Duration) {
        self.each.push(sample);
    }

    pub fn extend(&mut self, other: Self) {
        self.each.extend(other.each);
    }

    pub fn len(&self) -> usize {
        self.each.len()
    }

    /// The sample that `percent` of all are not above, in ms; NaN when there is none.
    pub fn percentile_ms(&self, percent: usize) -> f64 {
        let mut sorted = self.each.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(at).map_or(f64::NAN, |sample| ms(*sample))
    }

    pub fn p50_ms(&self) -> f64 {
        self.percentile_ms(50)
    }

    pub fn max_ms(&self) -> f64 {
        self.percentile_ms(100)
    }

    /// How many a second, one after the other.
    pub fn rate(&self) -> f64 {
        self.each.len() as f64 / self.each.iter().sum::<Duration>().as_secs_f64()
    }
}

/// In ms.
pub fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// The middle of some numbers; NaN when there is none.
pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
