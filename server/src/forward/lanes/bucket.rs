//! How much a provider takes: tokens that fill at a rate up to a burst, some of them kept for the most
//! urgent. Pure: the instant is handed in.

use kentongan_domain::ids::EpochUs;

/// Tokens.
#[derive(Debug, Clone)]
pub struct Bucket {
    per_us: f64,
    burst: f64,
    kept: f64,
    tokens: f64,
    filled_at: EpochUs,
    paused_until: EpochUs,
}

impl Bucket {
    /// A full bucket: `per_second` tokens a second up to `burst`, of which `kept` are for the urgent.
    pub fn new(per_second: f64, burst: u32, kept: u32, now: EpochUs) -> Self {
        let burst = f64::from(burst.max(1));
        // Without any rate nothing would ever go out: one a day is the least.
        let per_us = (per_second / 1e6).max(1.0 / 86.4e9);
        let kept = f64::from(kept).min(burst - 1.0);
        Self { per_us, burst, kept, tokens: burst, filled_at: now, paused_until: EpochUs::MIN }
    }

    fn level(&self, now: EpochUs) -> f64 {
        let since = now.saturating_sub(self.filled_at).max(0);
        (since as f64).mul_add(self.per_us, self.tokens).min(self.burst)
    }

    const fn needed(&self, urgent: bool) -> f64 {
        if urgent { 1.0 } else { 1.0 + self.kept }
    }

    /// Takes a token, if there is one for it now.
    pub fn take(&mut self, now: EpochUs, urgent: bool) -> bool {
        let level = self.level(now);
        // A hair of tolerance: what was promised for an instant is given at it.
        if now < self.paused_until || level + 1e-6 < self.needed(urgent) {
            return false;
        }
        self.tokens = (level - 1.0).max(0.0);
        self.filled_at = self.filled_at.max(now);
        true
    }

    /// When there will be a token (epoch µs); `now` when there is one.
    pub fn free_at(&self, now: EpochUs, urgent: bool) -> EpochUs {
        let missing = (self.needed(urgent) - self.level(now)).max(0.0);
        let wait = if missing <= 1e-6 { 0 } else { (missing / self.per_us).ceil() as i64 };
        now.saturating_add(wait).max(self.paused_until)
    }

    /// Gives nothing until an instant (epoch µs).
    pub fn pause(&mut self, until: EpochUs) {
        self.paused_until = self.paused_until.max(until);
    }
}
