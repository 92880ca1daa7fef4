//! What is due for one provider, in the order it goes out: the more urgent first, then by time; some room
//! kept for what is most urgent, so that a flood never delays a P1. And what the provider can take: a
//! bucket of tokens, and a breaker while it is ill.
//!
//! Pure: the instant is handed in. Nothing is ever dropped here: what may not go now is due later, and
//! says why it waits.

mod breaker;
mod bucket;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use breaker::{Breaker, Circuit};
pub use bucket::Bucket;
use kentongan_domain::catalogue::Priority;
use kentongan_domain::ids::EpochUs;

/// Why something that is due waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wait {
    /// The provider is ill: nothing is sent until it is tried again.
    CircuitOpen,
    /// The provider takes so many and no more.
    RateLimited,
    /// As many are under way as may be.
    Busy,
}

impl Wait {
    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CircuitOpen => "circuit_open",
            Self::RateLimited => "rate_limited",
            Self::Busy => "busy",
        }
    }
}

/// How much a provider takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Messages a second, in the long run.
    pub per_second: f64,
    /// Messages at once after a rest.
    pub burst: u32,
    /// Attempts under way at once.
    pub at_once: usize,
}

/// Of what is kept for P1: this part of the burst and of the attempts, at least one.
const KEPT: usize = 4;

/// The lanes of one provider; `K` names a delivery.
#[derive(Debug, Clone)]
pub struct Lanes<K> {
    waiting: BTreeMap<Priority, BTreeSet<(EpochUs, K)>>,
    places: BTreeMap<K, (Priority, EpochUs)>,
    under_way: BTreeMap<K, Priority>,
    bucket: Bucket,
    breaker: Breaker,
    limits: Limits,
}

impl<K: Ord + Clone> Lanes<K> {
    /// Empty lanes.
    pub fn new(limits: Limits, now: EpochUs) -> Self {
        let kept = kept(limits.burst as usize) as u32;
        Self {
            waiting: BTreeMap::new(),
            places: BTreeMap::new(),
            under_way: BTreeMap::new(),
            bucket: Bucket::new(limits.per_second, limits.burst, kept, now),
            breaker: Breaker::default(),
            limits,
        }
    }

    /// Puts something in, or moves it: due at an instant (epoch µs). What is under way stays there.
    pub fn put(&mut self, key: K, priority: Priority, due: EpochUs) {
        self.remove(&key);
        self.places.insert(key.clone(), (priority, due));
        self.waiting.entry(priority).or_default().insert((due, key));
    }

    /// Takes something out that is not needed any more.
    pub fn remove(&mut self, key: &K) {
        if let Some((priority, due)) = self.places.remove(key) {
            self.leave(priority, due, key);
        }
    }

    fn leave(&mut self, priority: Priority, due: EpochUs, key: &K) {
        if let Some(lane) = self.waiting.get_mut(&priority) {
            lane.remove(&(due, key.clone()));
        }
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether it is under way.
    pub fn is_under_way(&self, key: &K) -> bool {
        self.under_way.contains_key(key)
    }

    /// Where the breaker stands.
    pub fn circuit(&self, now: EpochUs) -> Circuit {
        self.breaker.circuit(now)
    }

    /// Takes the next that may go now; it is under way until [`Lanes::done`]. Otherwise why what is due
    /// waits, or none when nothing is due.
    ///
    /// # Errors
    /// The reason why what is due waits.
    pub fn take(&mut self, now: EpochUs) -> Result<Option<K>, Wait> {
        let Some((priority, due, key)) = self.next_due(now) else { return Ok(None) };
        let urgent = priority == Priority::P1;
        let room = if urgent { self.limits.at_once } else { self.limits.at_once - kept(self.limits.at_once) };
        if self.under_way.len() >= room.max(1) {
            return Err(Wait::Busy);
        }
        if !self.breaker.may_try(now) {
            return Err(Wait::CircuitOpen);
        }
        if !self.bucket.take(now, urgent) {
            return Err(Wait::RateLimited);
        }
        self.breaker.began(now);
        self.leave(priority, due, &key);
        self.places.remove(&key);
        self.under_way.insert(key.clone(), priority);
        Ok(Some(key))
    }

    /// An attempt ended: well, or by the provider's fault. One that failed by the receiver's fault (a
    /// wrong number) speaks for the provider.
    pub fn done(&mut self, key: &K, provider_well: bool, now: EpochUs) {
        if self.under_way.remove(key).is_some() {
            self.breaker.ended(provider_well, now);
        }
    }

    /// The provider asked to be left alone until an instant (epoch µs).
    pub fn pause(&mut self, until: EpochUs) {
        self.bucket.pause(until);
    }

    /// When [`Lanes::take`] may give something that it does not give now (epoch µs); none when only a new
    /// thing or an ended attempt can change that.
    pub fn wakes_at(&self, now: EpochUs) -> Option<EpochUs> {
        let next = match self.next_due(now) {
            Some((priority, ..)) => {
                let urgent = priority == Priority::P1;
                let free = self.breaker.free_at(now).max(self.bucket.free_at(now, urgent));
                (free > now).then_some(free)
            }
            None => None,
        };
        // Behind the first of a lane nothing is earlier.
        let firsts = self.waiting.values().filter_map(|lane| lane.first().map(|(due, _)| *due));
        let later = firsts.filter(|due| *due > now).min();
        next.into_iter().chain(later).min()
    }

    fn next_due(&self, now: EpochUs) -> Option<(Priority, EpochUs, K)> {
        self.waiting.iter().find_map(|(priority, lane)| {
            lane.first().filter(|(due, _)| *due <= now).map(|(due, key)| (*priority, *due, key.clone()))
        })
    }
}

const fn kept(of: usize) -> usize {
    let kept = of / KEPT;
    if kept == 0 && of > 1 { 1 } else { kept }
}
