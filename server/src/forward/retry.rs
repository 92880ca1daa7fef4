//! When to try again, and when to give up.

/// Attempts at most: with the pauses below, about an hour and a half.
const MOST_ATTEMPTS: u32 = 16;
/// First pause, µs.
const FIRST_PAUSE_US: i64 = 1_000_000;
/// Longest pause, µs: ten minutes.
const LONGEST_PAUSE_US: i64 = 600_000_000;

/// When attempt number `attempts` (1 for the first) has failed at `now`: the next instant (epoch µs),
/// or none to give up. Doubling from one second; `jitter` (0 to 1) spreads attempts over half a pause,
/// so that a peer that comes back is not met by all at once.
pub fn next_attempt(attempts: u32, now: i64, jitter: f64) -> Option<i64> {
    if attempts >= MOST_ATTEMPTS {
        return None;
    }
    let pause = FIRST_PAUSE_US
        .saturating_mul(1_i64.checked_shl(attempts.saturating_sub(1)).unwrap_or(i64::MAX))
        .min(LONGEST_PAUSE_US);
    let spread = (pause as f64 * 0.5 * jitter.clamp(0.0, 1.0)) as i64;
    Some(now.saturating_add(pause).saturating_add(spread))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_to_a_limit_and_end() {
        let pauses: Vec<_> = (1..=17).map(|attempts| next_attempt(attempts, 0, 0.0)).collect();
        assert_eq!(pauses[0], Some(1_000_000));
        assert_eq!(pauses[1], Some(2_000_000));
        assert_eq!(pauses[9], Some(512_000_000));
        assert_eq!(pauses[10], Some(600_000_000));
        assert_eq!(pauses[15], None);
        assert_eq!(next_attempt(1, 5, 1.0), Some(1_500_005));
    }
}
