//! Slows down who guesses passwords: a growing delay per account name.
//!
//! In memory and bounded. Never locks a name for ever, because then anybody could keep an operator
//! out: after at most [`LONGEST_DELAY`] the next attempt counts again. Treats names that do not
//! exist like those that do. Reads no clock: every instant comes in as a value.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

/// Failures that cost nothing: people mistype.
const FREE_FAILURES: u32 = 5;
/// The delay after the first failure beyond those; it doubles with each further one.
const FIRST_DELAY: Duration = Duration::from_secs(1);
/// The longest delay.
const LONGEST_DELAY: Duration = Duration::from_secs(30);
/// After so long without a failure a name starts afresh.
const FORGOTTEN_AFTER: Duration = Duration::from_mins(15);
/// How many names are remembered: half a megabyte.
const NAMES_AT_MOST: usize = 4_096;

/// The failures of each name.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    failures: Mutex<HashMap<String, Failures>>,
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Failures {
    /// How long after `now` the next attempt is looked at.
    fn remaining(self, now: Instant) -> Duration {
        delay_after(self.count).saturating_sub(now.saturating_duration_since(self.last))
    }

    fn is_forgotten(self, now: Instant) -> bool {
        now.saturating_duration_since(self.last) >= FORGOTTEN_AFTER
    }
}

/// The delay after this many failures in a row.
fn delay_after(failures: u32) -> Duration {
    match failures.saturating_sub(FREE_FAILURES) {
        0 => Duration::ZERO,
        // 2^5 s is over the limit already: no larger power is needed.
        beyond => FIRST_DELAY.saturating_mul(1 << (beyond - 1).min(5)).min(LONGEST_DELAY),
    }
}

impl Throttle {
    /// Whether an attempt for `name` may be looked at; if not, the whole seconds to wait (>= 1).
    pub(super) fn check(&self, name: &str, now: Instant) -> Result<(), u64> {
        let remaining = self.failures.lock().get(name).map_or(Duration::ZERO, |failed| failed.remaining(now));
        if remaining.is_zero() { Ok(()) } else { Err(remaining.as_millis().div_ceil(1_000) as u64) }
    }

    /// Notes a failure.
    pub(super) fn failed(&self, name: &str, now: Instant) {
        let mut failures = self.failures.lock();
        if let Some(failed) = failures.get_mut(name) {
            let count = if failed.is_forgotten(now) { 0 } else { failed.count };
            *failed = Failures { count: count.saturating_add(1), last: now };
            return;
        }
        make_room(&mut failures, now);
        failures.insert(name.to_owned(), Failures { count: 1, last: now });
    }

    /// Forgets a name's failures.
    pub(super) fn succeeded(&self, name: &str) {
        self.failures.lock().remove(name);
    }
}

/// Drops what is forgotten, and if that is not enough the name that failed least: a flood of
/// invented names must not wash out the one under attack.
fn make_room(failures: &mut HashMap<String, Failures>, now: Instant) {
    if failures.len() < NAMES_AT_MOST {
        return;
    }
    failures.retain(|_, failed| !failed.is_forgotten(now));
    if failures.len() < NAMES_AT_MOST {
        return;
    }
    let least = failures.iter().min_by_key(|(_, failed)| (failed.count, failed.last));
    if let Some(name) = least.map(|(name, _)| name.clone()) {
        failures.remove(&name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Platform;

    #[test]
    fn the_delay_grows_from_the_sixth_failure_to_its_limit() {
        let table = [
            (0, 0),
            (1, 0),
            (5, 0),
            (6, 1),
            (7, 2),
            (8, 4),
            (9, 8),
            (10, 16),
            (11, 30),
            (12, 30),
            (u32::MAX, 30),
        ];
        for (failures, delay_s) in table {
            assert_eq!(delay_after(failures), Duration::from_secs(delay_s), "{failures}");
        }
    }

    fn failed_times(throttle: &Throttle, name: &str, times: u32, at: Instant) {
        for _ in 0..times {
            throttle.failed(name, at);
        }
    }

    #[test]
    fn a_name_waits_and_others_do_not() {
        let (throttle, start) = (Throttle::default(), Platform.monotonic());
        failed_times(&throttle, "operator", 5, start);
        assert_eq!(throttle.check("operator", start), Ok(()));
        failed_times(&throttle, "operator", 3, start);
        let table = [(0, Err(4)), (1, Err(4)), (1_000, Err(3)), (3_999, Err(1)), (4_000, Ok(()))];
        for (after_ms, answer) in table {
            let now = start + Duration::from_millis(after_ms);
            assert_eq!(throttle.check("operator", now), answer, "after {after_ms} ms");
        }
        assert_eq!(throttle.check("supervisor", start), Ok(()));
    }

    #[test]
    fn success_and_time_make_a_fresh_start() {
        let (throttle, start) = (Throttle::default(), Platform.monotonic());
        failed_times(&throttle, "operator", 9, start);
        throttle.succeeded("operator");
        assert_eq!(throttle.check("operator", start), Ok(()));

        failed_times(&throttle, "operator", 9, start);
        let later = start + FORGOTTEN_AFTER;
        throttle.failed("operator", later);
        assert_eq!(throttle.check("operator", later), Ok(()));
    }

    #[test]
    fn a_flood_of_names_stays_bounded_and_keeps_the_one_under_attack() {
        let (throttle, start) = (Throttle::default(), Platform.monotonic());
        failed_times(&throttle, "operator", 8, start);
        for nth in 0..2 * NAMES_AT_MOST {
            throttle.failed(&format!("invented-{nth}"), start);
        }
        assert_eq!(throttle.failures.lock().len(), NAMES_AT_MOST);
        assert_eq!(throttle.check("operator", start), Err(4));
    }
}
