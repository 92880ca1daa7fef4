//! Striking alarms: who is sent, who gets further units, and what is refused. Also overridden recommendations.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod fixture;

use std::collections::BTreeSet;

use fixture::{World, act, close, reopen, text};
use kentongan_domain::command::{AlarmDispatch, Command, Recommended};
use kentongan_domain::delivery::Notice;
use kentongan_domain::dispatch::{DispatchAct, DispatchRole, DispatchState};
use kentongan_domain::event::Event;
use kentongan_domain::ids::{DispatchId, IncidentId};
use kentongan_domain::incident::{CloseResult, IncidentState};
use kentongan_domain::plan::HIGHEST_ALARM;
use kentongan_domain::rejection::Rejection;
use kentongan_domain::unit::UnitState;

fn send(agency: &str, units: &[&str]) -> AlarmDispatch {
    let role = if agency == "damkar" { DispatchRole::Lead } else { DispatchRole::Support };
    AlarmDispatch {
        agency: agency.into(),
        role,
        units: units.iter().map(|&unit| unit.into()).collect(),
        recommended: None,
    }
}

fn strike(incident: IncidentId, level: u32, dispatches: Vec<AlarmDispatch>) -> Command {
    Command::StrikeAlarm { incident, level, dispatches }
}

fn dispatch_to(world: &World, incident: IncidentId, agency: &str) -> DispatchId {
    let held = &world.state.incidents[&incident];
    let own = held.dispatches.iter().map(|id| &world.state.dispatches[id]).filter(|one| one.agency == agency);
    own.max_by_key(|one| one.revision).unwrap().id
}

#[test]
fn one_command_sends_everybody_and_the_incident_advances_once() {
    let mut world = World::new();
    let incident = world.incident(1);
    let events = world.must(&strike(
        incident,
        1,
        vec![send("damkar", &["damkar-1", "damkar-2"]), send("psc119", &["psc119-1"]), send("polres", &[])],
    ));
    assert!(matches!(events[0], Event::IncidentAlarmed { level: 1, .. }));
    let advances = events.iter().filter(|event| matches!(event, Event::IncidentAdvanced { .. })).count();
    assert_eq!(advances, 1);
    let held = &world.state.incidents[&incident];
    assert_eq!((held.alarm_level, held.state, held.dispatches.len()), (1, IncidentState::Dispatched, 3));
    for code in ["damkar-1", "damkar-2", "psc119-1"] {
        assert_eq!(world.state.units[code].state, UnitState::Assigned);
    }
    let codes: BTreeSet<_> = world.state.dispatches.values().map(|held| held.reply_code.clone()).collect();
    assert_eq!(codes.len(), 3, "each answers to a code of its own");
    // Each is told by its own ladder, as when it is forwarded alone.
    assert!(world.state.dispatches.values().all(|held| !held.deliveries.is_empty()));
}

#[test]
fn reply_codes_of_one_alarm_never_meet() {
    // Nine thousand codes: among three of one alarm two meet about once in three thousand.
    for seed in 0..4_000 {
        let mut world = World::seeded(seed);
        let incident = world.incident(1);
        let agencies = ["damkar", "psc119", "polres", "bpbd_prov", "damkar_kab"];
        world.must(&strike(incident, 1, agencies.map(|code| send(code, &[])).to_vec()));
        let codes: BTreeSet<_> =
            world.state.dispatches.values().map(|held| held.reply_code.clone()).collect();
        assert_eq!(codes.len(), agencies.len(), "seed {seed}");
    }
}

#[test]
fn further_units_join_the_running_dispatch_and_its_agency_is_told() {
    let mut world = World::new();
    let incident = world.incident(1);
    world.must(&strike(incident, 1, vec![send("damkar", &["damkar-1"]), send("psc119", &["psc119-1"])]));
    let damkar = dispatch_to(&world, incident, "damkar");
    world.must(&act(damkar, DispatchAct::Acknowledge));
    let wording = world.state.dispatches[&damkar].wording;

    let events = world.must(&strike(incident, 2, vec![send("damkar", &["damkar-2"]), send("polres", &[])]));
    let held = &world.state.dispatches[&damkar];
    assert_eq!(held.units, ["damkar-1", "damkar-2"].map(String::from).into());
    assert_eq!(held.state, DispatchState::Acknowledged, "it does not begin anew");
    assert_eq!(world.state.units["damkar-2"].dispatch, Some(damkar));
    assert_eq!(held.wording, wording + 1, "told as a correction");
    assert!(events.iter().any(|event| matches!(
        event,
        Event::DispatchNotified { dispatch, deliveries, .. }
            if *dispatch == damkar && deliveries.iter().all(|one| one.notice == Notice::Correction)
    )));
    assert_eq!(world.state.incidents[&incident].dispatches.len(), 3);
    // Named without units it goes on as it is.
    let events = world.must(&strike(incident, 3, vec![send("damkar", &[])]));
    assert_eq!(events, [Event::IncidentAlarmed { incident, level: 3 }]);
}

#[test]
fn an_alarm_must_be_the_next_one() {
    let mut world = World::new();
    let incident = world.incident(1);
    for wrong in [0, 2, 9, u32::MAX] {
        let refused = world.run(&strike(incident, wrong, Vec::new())).unwrap_err();
        let Rejection::IllegalStep { state, allowed, .. } = refused else { panic!("{refused:?}") };
        assert_eq!((state.as_str(), allowed), ("at alarm 0", vec!["alarm 1".to_owned()]));
    }
    for level in 1..=HIGHEST_ALARM {
        world.must(&strike(incident, level, Vec::new()));
        let again = world.run(&strike(incident, level, Vec::new()));
        assert!(matches!(again, Err(Rejection::IllegalStep { .. })), "of two desks one strikes it");
    }
    let refused = world.run(&strike(incident, HIGHEST_ALARM + 1, Vec::new())).unwrap_err();
    assert!(matches!(refused, Rejection::IllegalStep { allowed, .. } if allowed.is_empty()));
}

#[test]
fn nothing_is_sent_when_one_part_is_refused() {
    let mut world = World::new();
    let incident = world.incident(1);
    world.must(&fixture::forward(incident, "psc119", &["psc119-1"]));
    let before = world.state.clone();
    let refused = [
        vec![send("damkar", &["damkar-1"]), send("damkar", &["damkar-2"])],
        vec![send("damkar", &["damkar-1"]), send("kapal", &[])],
        vec![send("damkar", &["damkar-1"]), send("psc119", &["psc119-1"])],
        vec![send("damkar", &["psc119-2"])],
        vec![send("damkar", &["damkar-1", "damkar-1"])],
    ];
    for dispatches in refused {
        assert!(world.run(&strike(incident, 1, dispatches.clone())).is_err(), "{dispatches:?}");
        assert_eq!(world.state.incidents, before.incidents);
        assert_eq!(world.state.units, before.units);
    }
}

#[test]
fn an_agency_that_refused_may_be_sent_again_and_a_closed_incident_begins_anew() {
    let mut world = World::new();
    let incident = world.incident(1);
    world.must(&strike(incident, 1, vec![send("damkar", &["damkar-1"])]));
    world.must(&act(dispatch_to(&world, incident, "damkar"), DispatchAct::Reject));
    world.must(&strike(incident, 2, vec![send("damkar", &["damkar-1"])]));
    assert_eq!(world.state.dispatches[&dispatch_to(&world, incident, "damkar")].revision, 2);

    world.must(&close(incident, CloseResult::Handled));
    assert!(world.run(&strike(incident, 3, Vec::new())).is_err());
    world.must(&reopen(incident));
    assert_eq!(world.state.incidents[&incident].alarm_level, 0, "nobody is at work any more");
    world.must(&strike(incident, 1, vec![send("damkar", &["damkar-1"])]));
}

#[test]
fn what_was_recommended_and_not_followed_is_recorded() {
    let recommended = |agency: Option<&str>, units: &[&str]| Recommended {
        policy_version: "uji-1".into(),
        agency: agency.map(Into::into),
        units: units.iter().map(|&unit| unit.into()).collect(),
        reason: Some(text(9)),
    };
    let cases: [(Recommended, bool); 5] = [
        (recommended(Some("damkar"), &["damkar-2", "damkar-1"]), false),
        (recommended(Some("damkar"), &["damkar-1"]), true),
        (recommended(Some("damkar"), &[]), true),
        (recommended(Some("damkar_kab"), &["damkar-1", "damkar-2"]), true),
        (recommended(None, &["damkar-1", "damkar-2"]), true),
    ];
    for (said, recorded) in cases {
        let mut world = World::new();
        let incident = world.incident(1);
        let units = vec!["damkar-1".to_owned(), "damkar-2".to_owned()];
        let by_alarm =
            AlarmDispatch { recommended: Some(said.clone()), ..send("damkar", &["damkar-1", "damkar-2"]) };
        let one_by_one = Command::Dispatch {
            incident,
            agency: "damkar".into(),
            role: DispatchRole::Lead,
            units,
            recommended: Some(said.clone()),
        };
        for command in [strike(incident, 1, vec![by_alarm]), one_by_one] {
            let mut world = world.clone();
            let events = world.must(&command);
            let found: Vec<&Event> =
                events.iter().filter(|event| matches!(event, Event::DispatchOverridden { .. })).collect();
            assert_eq!(found.len(), usize::from(recorded), "{said:?}");
            if let [Event::DispatchOverridden { dispatch, policy_version, recommended_units, reason, .. }] =
                found[..]
            {
                assert_eq!(*dispatch, dispatch_to(&world, incident, "damkar"));
                assert_eq!((policy_version.as_str(), *reason), ("uji-1", Some(text(9))));
                assert_eq!(*recommended_units, said.units);
            }
        }
    }
}
