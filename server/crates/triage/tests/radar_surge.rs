//! The surge: when an event is proposed, what belongs to it, and its states.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // as in any test

use kentongan_domain::catalogue::{Category, Priority};
use kentongan_triage::Sighting;
use kentongan_triage::radar::surge::{Contact, EventId, EventState, Lane, Policy, Surge};
use proptest::prelude::*;

const MINUTE_US: i64 = 60_000_000;
const HERE: (f64, f64) = (-7.8166, 112.0114);
/// About 1.1 km north of `HERE`.
const FAR: (f64, f64) = (-7.8066, 112.0114);

fn call(number: u64, minute: i64, category: Category, code: &str, lat_lon: (f64, f64)) -> Contact {
    Contact {
        sighting: Sighting {
            id: number.to_string(),
            category: Some(category),
            type_code: Some(code.into()),
            at_us: minute * MINUTE_US,
            lat_lon: Some(lat_lon),
            accuracy_m: Some(30.0),
            caller: Some(number),
            words: vec!["gudang".into()],
            place_words: vec!["dhoho".into()],
            ..Sighting::default()
        },
        priority: Priority::P1,
    }
}

fn fire(number: u64, minute: i64) -> Contact {
    call(number, minute, Category::Fire, "fire_building", HERE)
}

/// A surge with one event of six fire calls, confirmed.
fn confirmed() -> (Surge, EventId) {
    let mut surge = Surge::new(Policy::default());
    for number in 0..6 {
        surge.note(fire(number, 0));
    }
    let id = surge.proposals()[0].id;
    assert!(surge.confirm(id, MINUTE_US, Some("K-1".into())));
    (surge, id)
}

#[test]
fn enough_contacts_of_enough_callers_within_the_window() {
    for (what, calls, proposed) in [
        ("four", (0..4).map(|one| fire(one, 0)).collect::<Vec<_>>(), false),
        ("five", (0..5).map(|one| fire(one, 0)).collect(), true),
        ("five over an hour", (0..5).map(|one| fire(one, one as i64 * 15)).collect(), false),
        (
            "one caller ten times",
            (0..10)
                .map(|one| Contact {
                    sighting: Sighting { caller: Some(7), ..fire(one, 0).sighting },
                    ..fire(one, 0)
                })
                .collect(),
            false,
        ),
        (
            "nobody's key known",
            (0..5)
                .map(|one| Contact {
                    sighting: Sighting { caller: None, ..fire(one, 0).sighting },
                    ..fire(one, 0)
                })
                .collect(),
            true,
        ),
        (
            "a chain of streets",
            (0..8)
                .map(|one| {
                    let place = (HERE.0 + 0.0027 * one as f64, HERE.1);
                    let mut call = call(one, 0, Category::Fire, "fire_building", place);
                    call.sighting.place_words.clear();
                    call
                })
                .collect(),
            false,
        ),
        (
            "five of five kinds",
            [Category::Fire, Category::Medical, Category::Animal, Category::Crime, Category::Rescue]
                .into_iter()
                .zip(0..)
                .map(|(kind, one)| call(one, 0, kind, "x", HERE))
                .collect(),
            false,
        ),
    ] {
        let mut surge = Surge::new(Policy::default());
        let found = calls.into_iter().any(|one| surge.note(one).proposed);
        assert_eq!(found, proposed, "{what}");
    }
}

#[test]
fn a_proposal_says_who_where_since_when_and_how_many() {
    let mut surge = Surge::new(Policy::default());
    for number in 0..9 {
        surge.note(fire(number.min(7), number as i64));
    }
    let [event] = surge.proposals()[..] else { panic!("one proposal: {:?}", surge.proposals()) };
    assert_eq!((event.category, event.type_code()), (Category::Fire, Some("fire_building")));
    assert_eq!((event.contacts, event.callers()), (9, 8));
    assert_eq!((event.since_us, event.last_us), (0, 8 * MINUTE_US));
    let (lat, lon) = event.centre().expect("a place");
    assert!((lat - HERE.0).abs() < 1e-6 && (lon - HERE.1).abs() < 1e-6);
    assert!(event.radius_m().expect("a radius") < 1.0);
    assert_eq!(event.place_words(), ["dhoho"]);
}

#[test]
fn states_go_forward_only() {
    let (mut surge, id) = confirmed();
    assert_eq!(
        surge.events()[0].state,
        EventState::Confirmed { at_us: MINUTE_US, incident: Some("K-1".into()) }
    );
    assert!(!surge.confirm(id, 2, None), "confirmed once");
    assert!(surge.end(id, 3) && !surge.end(id, 4) && !surge.confirm(id, 5, None), "ended is for good");
    assert!(!surge.confirm(EventId(99), 1, None) && !surge.end(EventId(99), 1));
    // What was counted once is not proposed again; what comes after counts anew.
    assert!((10..14).all(|number| !surge.note(fire(number, 1)).proposed));
    assert!(surge.note(fire(14, 1)).proposed);
    // Nobody tells of it any more: over when the hazard's window is.
    surge.advance(1 + 360 * MINUTE_US);
    assert!(!surge.events()[1].is_ended());
    surge.advance(362 * MINUTE_US);
    assert!(surge.events()[1].is_ended());
}

#[test]
fn what_is_new_beside_a_known_fire() {
    let (surge, id) = confirmed();
    let with = |change: fn(&mut Contact)| {
        let mut one = fire(50, 3);
        change(&mut one);
        one
    };
    let cue = |name: &str| {
        let mut one = fire(50, 3);
        one.sighting.cues = vec![name.to_owned()];
        one
    };
    for (what, contact, lane) in [
        ("the same fire", fire(50, 3), Lane::Known(id)),
        ("another fire", call(50, 3, Category::Fire, "fire_building", FAR), Lane::New),
        ("a heart next door", call(50, 3, Category::Medical, "medical_cardiac", HERE), Lane::New),
        ("a snake next door", call(50, 3, Category::Animal, "animal_snake", HERE), Lane::New),
        ("somebody trapped in it", cue("trapped"), Lane::Update(id)),
        ("somebody in it does not breathe", cue("not-breathing"), Lane::Update(id)),
        (
            "a fire somewhere",
            with(|one| (one.sighting.lat_lon, one.sighting.place_words) = (None, vec!["wilis".into()])),
            Lane::Unclear(id),
        ),
        ("the day after", with(|one| one.sighting.at_us = 24 * 60 * MINUTE_US), Lane::New),
    ] {
        let novelty = surge.novelty(&contact);
        assert_eq!(novelty.lane, lane, "{what}: {novelty:?}");
    }
    assert!(surge.novelty(&fire(50, 3)).share < 0.1);
    assert!(surge.novelty(&call(50, 3, Category::Animal, "animal_snake", HERE)).share > 0.999);
}

#[test]
fn what_people_have_heard_is_an_update_no_more() {
    let mut trapped = fire(0, 0);
    trapped.sighting.cues = vec!["trapped".into()];
    let mut surge = Surge::new(Policy::default());
    surge.note(trapped.clone());
    for number in 1..6 {
        surge.note(fire(number, 0));
    }
    let id = surge.proposals()[0].id;
    surge.confirm(id, 1, None);
    assert_eq!(surge.novelty(&trapped).lane, Lane::Known(id));
    let mut dead = fire(7, 1);
    dead.sighting.cues = vec!["dead".into()];
    assert_eq!(surge.note(dead.clone()).novelty.lane, Lane::Update(id));
    assert_eq!(surge.novelty(&dead).lane, Lane::Update(id), "it stays one until somebody takes it");
    dead.sighting.id = "8".into();
    assert_eq!(surge.novelty(&dead).lane, Lane::Known(id), "the second to say so");
}

#[test]
fn an_incident_adopts_the_proposal_that_tells_of_it_or_makes_its_own_event() {
    let mut surge = Surge::new(Policy::default());
    for number in 0..6 {
        surge.note(fire(number, 0));
    }
    let proposal = surge.proposals()[0].id;
    let adopted = surge.adopt("K-1", Category::Fire, &[fire(2, 0)], MINUTE_US);
    assert_eq!(adopted, Some(proposal), "one of its contacts is in it");
    assert!(surge.proposals().is_empty());
    assert_eq!(surge.contacts_of(proposal).count(), 6);

    // A flood that one caller has told of so far is known as well, if a person says so.
    let flood = call(20, 2, Category::NaturalDisaster, "natural_disaster_flood", FAR);
    surge.note(flood.clone());
    let own = surge.adopt("K-2", Category::NaturalDisaster, &[flood], 2 * MINUTE_US).expect("an event");
    assert_ne!(own, proposal);
    let next = surge.note(call(21, 3, Category::NaturalDisaster, "natural_disaster_flood", FAR));
    assert_eq!(next.novelty.lane, Lane::Known(own));
    assert_eq!(surge.adopt("K-3", Category::Fire, &[], 0), None, "nobody tells of it");
}

fn contacts() -> impl Strategy<Value = Vec<Contact>> {
    let one = (0_u64..40, -40_i64..400, 0_usize..13, 0_u8..4, -0.01..0.01_f64, 0_u8..8, any::<i64>());
    proptest::collection::vec(one, 0..60).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(|(at, (caller, minute, kind, priority, north, odd, due))| {
                let mut contact = fire(at as u64, minute);
                let sighting = &mut contact.sighting;
                sighting.category =
                    if kind > 5 { Some(Category::Fire) } else { Category::ALL.get(kind).copied() };
                sighting.caller = Some(caller);
                sighting.lat_lon = Some((HERE.0 + north / 4.0, HERE.1));
                match odd {
                    0 => sighting.lat_lon = None,
                    1 => {
                        (sighting.lat_lon, sighting.accuracy_m) =
                            (Some((f64::NAN, 500.0)), Some(f64::INFINITY));
                    }
                    2 => sighting.at_us = if due > 0 { i64::MAX } else { i64::MIN },
                    3 => sighting.cues = vec!["trapped".into(), "life-signs".into()],
                    _ => {}
                }
                contact.priority = Priority::ALL[usize::from(priority)];
                contact
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_contacts(all in contacts(), confirm_at in 0_usize..60) {
        let run = || {
            let mut surge = Surge::new(Policy { most_recent: 20, most_events: 3, ..Policy::default() });
            let mut noticed = Vec::new();
            for (at, one) in all.iter().enumerate() {
                noticed.push(surge.note(one.clone()));
                if at == confirm_at {
                    for id in surge.proposals().iter().map(|event| event.id).collect::<Vec<_>>() {
                        assert!(surge.confirm(id, one.sighting.at_us, None));
                    }
                }
            }
            (surge, noticed)
        };
        let (surge, noticed) = run();
        let (again, noticed_again) = run();
        prop_assert_eq!(&noticed, &noticed_again);
        prop_assert!(noticed.iter().all(|one| (0.0..=1.0).contains(&one.novelty.share)));
        prop_assert!(surge.events().len() <= 4);
        prop_assert!(surge.events().iter().all(|event| event.contacts >= 5 && event.since_us <= event.last_us));
        prop_assert!(all.iter().all(|one| surge.novelty(one) == again.novelty(one)));
    }
}
