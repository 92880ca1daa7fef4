//! A flood, an ill provider, a tight rate: what goes out when.

use kentongan_domain::catalogue::Priority::{P1, P2, P3, P4};
use proptest::prelude::*;

use super::breaker::Breaker;
use super::*;

const SECOND: EpochUs = 1_000_000;
const WIDE: Limits = Limits { per_second: 1e6, burst: 1_000_000, at_once: 1_000 };

fn drained(lanes: &mut Lanes<u32>, now: EpochUs) -> Vec<u32> {
    let mut taken = Vec::new();
    while let Ok(Some(key)) = lanes.take(now) {
        taken.push(key);
        lanes.done(&key, true, now);
    }
    taken
}

#[test]
fn the_more_urgent_first_then_the_older() {
    let mut lanes = Lanes::new(WIDE, 0);
    for (key, priority, due) in [(1, P4, 1), (2, P2, 5), (3, P1, 9), (4, P2, 4), (5, P1, 50)] {
        lanes.put(key, priority, due);
    }
    assert_eq!(lanes.wakes_at(0), Some(1));
    assert_eq!(drained(&mut lanes, 10), [3, 4, 2, 1]);
    assert_eq!((lanes.len(), lanes.wakes_at(10)), (1, Some(50)));
    // Moved, then not needed any more.
    lanes.put(5, P3, 60);
    assert_eq!(drained(&mut lanes, 55), [0; 0]);
    lanes.remove(&5);
    assert!(lanes.is_empty() && lanes.wakes_at(70).is_none());
}

#[test]
fn a_flood_leaves_room_for_a_p1() {
    let mut lanes = Lanes::new(Limits { per_second: 1.0, burst: 8, at_once: 8 }, 0);
    for key in 0..1_000 {
        lanes.put(key, P3, 0);
    }
    let mut under_way = Vec::new();
    while let Ok(Some(key)) = lanes.take(0) {
        under_way.push(key);
    }
    assert_eq!(under_way.len(), 6, "a quarter of attempts and tokens is kept");
    assert_eq!(lanes.take(0), Err(Wait::Busy));
    lanes.put(5_000, P1, 0);
    assert_eq!(lanes.take(0), Ok(Some(5_000)));
    for key in &under_way {
        lanes.done(key, true, 0);
    }
    assert_eq!(lanes.take(0), Err(Wait::RateLimited));
    let at = lanes.wakes_at(0).unwrap();
    assert_eq!(lanes.take(at - 1_000), Err(Wait::RateLimited));
    assert!(matches!(lanes.take(at), Ok(Some(_))));
    lanes.put(5_001, P1, at);
    assert_eq!(lanes.take(at), Ok(Some(5_001)), "what is kept is there for the next P1 too");
}

#[test]
fn an_ill_provider_is_left_alone_and_tried_again() {
    let mut lanes = Lanes::new(WIDE, 0);
    for key in 0..20 {
        lanes.put(key, P2, 0);
    }
    for _ in 0..5 {
        let key = lanes.take(0).unwrap().unwrap();
        lanes.done(&key, false, 0);
    }
    assert_eq!((lanes.take(0), lanes.circuit(0)), (Err(Wait::CircuitOpen), Circuit::Open));
    assert_eq!(lanes.len(), 15, "nothing is dropped");
    let tried = lanes.wakes_at(0).unwrap();
    assert_eq!(tried, 10 * SECOND);
    let trial = lanes.take(tried).unwrap().unwrap();
    assert_eq!((lanes.take(tried), lanes.circuit(tried)), (Err(Wait::CircuitOpen), Circuit::HalfOpen));
    lanes.done(&trial, false, tried);
    let again = lanes.wakes_at(tried).unwrap();
    assert_eq!(again - tried, 20 * SECOND, "the pause doubles");
    let trial = lanes.take(again).unwrap().unwrap();
    lanes.done(&trial, true, again);
    assert_eq!((lanes.circuit(again), drained(&mut lanes, again).len()), (Circuit::Closed, 13));
}

#[test]
fn a_breaker_that_waits_for_a_lost_attempt_does_not_wait_for_ever() {
    let mut breaker = Breaker::default();
    for _ in 0..5 {
        breaker.ended(false, 0);
    }
    breaker.began(10 * SECOND);
    assert!(!breaker.may_try(11 * SECOND));
    assert_eq!(breaker.free_at(11 * SECOND), 70 * SECOND);
    assert!(breaker.may_try(70 * SECOND));
    // A success in between ends the count.
    let mut breaker = Breaker::default();
    for at in 0..40 {
        breaker.ended(at % 4 == 3, at);
    }
    assert_eq!(breaker.circuit(40), Circuit::Closed);
}

#[test]
fn a_pause_that_the_provider_asks_for() {
    let mut lanes = Lanes::new(WIDE, 0);
    lanes.put(1, P1, 0);
    lanes.pause(7 * SECOND);
    assert_eq!((lanes.take(0), lanes.wakes_at(0)), (Err(Wait::RateLimited), Some(7 * SECOND)));
    assert_eq!(lanes.take(7 * SECOND), Ok(Some(1)));
}

proptest! {
    /// Whatever comes in and however attempts end: every one goes out once, none before it is due, no P2
    /// to P4 while a P1 that is due could go, never more than the rate allows.
    #[test]
    fn nothing_is_lost_and_none_twice(
        items in prop::collection::vec((1_u8..=4, 0_i64..60), 1..120),
        ills in prop::collection::vec(any::<bool>(), 32),
        per_second in 1_u32..20,
        burst in 1_u32..10,
        at_once in 1_usize..6,
    ) {
        let limits = Limits { per_second: f64::from(per_second), burst, at_once };
        let mut lanes = Lanes::new(limits, 0);
        for (key, (priority, due)) in items.iter().enumerate() {
            lanes.put(key, Priority::ALL[usize::from(*priority) - 1], due * SECOND);
        }
        let (mut out, mut now, mut steps): (Vec<usize>, _, _) = (Vec::new(), 0, 0);
        while out.len() < items.len() {
            steps += 1;
            prop_assert!(steps < 20_000, "stuck at {now} with {} of {}", out.len(), items.len());
            match lanes.take(now) {
                Ok(Some(key)) => {
                    prop_assert!(items[key].1 * SECOND <= now);
                    if items[key].0 > 1 {
                        let urgent = |other: usize| items[other].0 == 1 && items[other].1 * SECOND <= now;
                        prop_assert!(!(0..items.len()).any(|other| urgent(other) && !out.contains(&other)));
                    }
                    out.push(key);
                    lanes.done(&key, ills[out.len() % ills.len()], now);
                }
                _ => match lanes.wakes_at(now) {
                    Some(at) => {
                        prop_assert!(at > now);
                        now = at;
                    }
                    None => prop_assert!(false, "nothing wakes it"),
                },
            }
            let most = f64::from(per_second).mul_add(now as f64 / 1e6, f64::from(burst));
            prop_assert!(out.len() as f64 <= most + 1.0, "{} in {now} us", out.len());
        }
        let mut sorted = out.clone();
        sorted.sort_unstable();
        sorted.dedup();
        prop_assert_eq!(sorted.len(), items.len());
    }
}
