//! Two hundred calls about one fire, and one about a heart: who is taken first.

use kentongan_domain::queue::{Rank, place};
use kentongan_triage::radar::surge::{Contact, EventState, Lane, Policy, Surge};

use super::callers::Heard;
use super::scenes::{one_call, one_fire, scene};

const HEART: &str = "bapak saya serangan jantung, keringat dingin, mohon ambulans";

fn contact(heard: Heard) -> Contact {
    Contact { sighting: heard.sighting, priority: heard.priority }
}

/// The fire's first proposal is confirmed when `confirmed_after` of its calls are in; the heart comes in the
/// middle. Returns how many stand before it as soon as it is in, how many once all are in, and how many of
/// the fire's calls wait in the fast lane then.
fn drown(seed: u64, confirmed_after: usize, heart_beside: bool) -> (usize, usize, usize) {
    let mut fire: Vec<Contact> = one_fire(seed, 200, 30.0).into_iter().map(contact).collect();
    let middle = fire[100].sighting.at_us;
    let mut heart = contact(one_call(seed, HEART, 0.0));
    heart.sighting.at_us = middle;
    if heart_beside {
        // Next door to the fire, by the position of one of its callers.
        let beside = fire.iter().find(|one| one.sighting.lat_lon.is_some()).expect("a position");
        (heart.sighting.lat_lon, heart.sighting.accuracy_m) = (beside.sighting.lat_lon, Some(20.0));
    }
    fire.insert(101, heart.clone());
    let mut surge = Surge::new(Policy::default());
    let (mut waiting, mut at_once) = (Vec::new(), usize::MAX);
    for (at, one) in fire.into_iter().enumerate() {
        surge.note(one.clone());
        waiting.push(one);
        if at >= confirmed_after {
            for id in surge.proposals().iter().map(|event| event.id).collect::<Vec<_>>() {
                assert!(surge.confirm(id, waiting[at].sighting.at_us, None));
            }
        }
        if waiting[at].sighting.id == heart.sighting.id {
            at_once = before(&surge, &waiting, &heart);
        }
    }
    let known = waiting.iter().filter(|one| matches!(surge.novelty(one).lane, Lane::Known(_))).count();
    (at_once, before(&surge, &waiting, &heart), known)
}

fn before(surge: &Surge, waiting: &[Contact], heart: &Contact) -> usize {
    // As a console has them, nobody's deadline having passed.
    let key = |one: &Contact| {
        let rank = Rank { lane: surge.novelty(one).lane.in_queue(), ..Rank::default() };
        (place(one.sighting.category, one.priority, false, &rank), one.sighting.at_us)
    };
    let mine = key(heart);
    waiting.iter().filter(|one| key(one) < mine).count()
}

#[test]
fn radar_drowning_the_heart_is_first() {
    let mut fast = 0;
    for seed in 300..320 {
        for beside in [false, true] {
            let (at_once, at_last, known) = drown(seed, 20, beside);
            println!(
                "seed {seed} beside {beside}: {at_once} before it at once, {at_last} at last, {known} known"
            );
            assert_eq!((at_once, at_last), (0, 0), "seed {seed}, beside {beside}");
            fast += known;
        }
    }
    // The fast lane takes the mass of the calls, or it would be no help.
    assert!(fast >= 40 * 200 * 6 / 10, "{fast}");
}

/// Scenes with another of the same kind beside: one proposal for a burst, seldom one for nothing.
#[test]
fn radar_bursts_are_proposed() {
    let (mut bursts, mut found, mut proposals, mut mixed) = (0, 0, 0, 0);
    for seed in 400..480 {
        let (_, heard) = scene(seed);
        let mut surge = Surge::new(Policy::default());
        let mut by_event: Vec<Vec<usize>> = Vec::new();
        for one in &heard {
            if let Some(event) = surge.note(contact(one.clone())).event {
                by_event.resize(by_event.len().max(event.0 as usize + 1), Vec::new());
                by_event[event.0 as usize].push(one.truth);
            }
        }
        bursts += 1;
        found += usize::from(by_event.iter().any(|truths| truths.contains(&0)));
        proposals += by_event.len();
        mixed += by_event.iter().filter(|truths| truths.iter().any(|truth| *truth != truths[0])).count();
        assert!(surge.events().iter().all(|event| !matches!(event.state, EventState::Confirmed { .. })));
    }
    println!(
        "{found} of {bursts} bursts proposed, {proposals} proposals, {mixed} of them with a foreign call"
    );
    assert!(f64::from(found as u32) >= 0.9 * f64::from(bursts));
    assert!(proposals <= bursts as usize * 2);
}
