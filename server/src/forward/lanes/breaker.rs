//! Whether a provider is well: after several failures in a row nothing is sent for a while, then one
//! attempt tries. Pure: the instant is handed in.

use kentongan_domain::ids::EpochUs;

/// Failures in a row that open it.
const MOST_FAILURES: u32 = 5;
/// How long it stays open at first (µs): ten seconds, so that a P1 does not wait long for a provider that
/// only stumbled.
const FIRST_PAUSE_US: EpochUs = 10_000_000;
/// The longest that it stays open (µs): two minutes.
const LONGEST_PAUSE_US: EpochUs = 120_000_000;
/// An attempt that tries and never says how it ended is forgotten after this (µs).
const TRIAL_WITHIN_US: EpochUs = 60_000_000;

/// Where a breaker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Circuit {
    /// The provider is well.
    Closed,
    /// It is ill: nothing is sent.
    Open,
    /// One attempt may try, or tries.
    HalfOpen,
}

impl Circuit {
    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half_open",
        }
    }
}

/// A breaker.
#[derive(Debug, Clone, Default)]
pub struct Breaker {
    failures: u32,
    pause_us: EpochUs,
    /// While open: until when.
    open_until: Option<EpochUs>,
    /// While half open: when the attempt that tries began.
    trying_since: Option<EpochUs>,
}

impl Breaker {
    /// Where it stands.
    pub fn circuit(&self, now: EpochUs) -> Circuit {
        match self.open_until {
            None => Circuit::Closed,
            Some(until) if now < until => Circuit::Open,
            Some(_) => Circuit::HalfOpen,
        }
    }

    /// Whether an attempt may begin now.
    pub fn may_try(&self, now: EpochUs) -> bool {
        match self.circuit(now) {
            Circuit::Closed => true,
            Circuit::Open => false,
            Circuit::HalfOpen => {
                self.trying_since.is_none_or(|since| now.saturating_sub(since) >= TRIAL_WITHIN_US)
            }
        }
    }

    /// When an attempt may begin (epoch µs), as far as it is known; `now` when it may.
    pub fn free_at(&self, now: EpochUs) -> EpochUs {
        if self.may_try(now) {
            return now;
        }
        let trial = self.trying_since.map(|since| since.saturating_add(TRIAL_WITHIN_US));
        self.open_until.into_iter().chain(trial).max().unwrap_or(now)
    }

    /// An attempt began.
    pub fn began(&mut self, now: EpochUs) {
        if self.circuit(now) == Circuit::HalfOpen {
            self.trying_since = Some(now);
        }
    }

    /// An attempt ended; `well` when the provider did its part.
    pub fn ended(&mut self, well: bool, now: EpochUs) {
        if well {
            *self = Self::default();
            return;
        }
        self.failures = self.failures.saturating_add(1);
        let tried = self.trying_since.take().is_some();
        // Attempts that began before it opened end late: they open it no longer.
        if tried || (self.open_until.is_none() && self.failures >= MOST_FAILURES) {
            self.pause_us = (self.pause_us * 2).clamp(FIRST_PAUSE_US, LONGEST_PAUSE_US);
            self.open_until = Some(now.saturating_add(self.pause_us));
        }
    }
}
