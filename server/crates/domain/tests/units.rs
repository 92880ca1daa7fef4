//! Units: every pair of states, by whom the step may be made, what becomes of the dispatch, and who is free.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod fixture;

use std::collections::BTreeSet;

use fixture::{SECOND, START, UNITS, World, act, close, forward, move_unit, text};
use kentongan_domain::actions::unit_actions;
use kentongan_domain::centre::{TimeOfDay, UnitProfile};
use kentongan_domain::command::Command;
use kentongan_domain::deadline::DeadlineKind;
use kentongan_domain::dispatch::{DispatchAct, DispatchState, Via};
use kentongan_domain::event::Event;
use kentongan_domain::ids::DispatchId;
use kentongan_domain::incident::{CloseResult, IncidentState};
use kentongan_domain::people::Role;
use kentongan_domain::rejection::Rejection;
use kentongan_domain::unit::{UNIT_TRANSITIONS, Unit, UnitMover, UnitState, unit_step};

/// What a crew with a dispatch may say, in the order of [`UnitState::ALL`]: `p` people, `d` its dispatch,
/// `b` both, `-` nobody, `=` the state itself.
#[rustfmt::skip]
const TABLE: [(UnitState, &str); 9] = [
    //                          available assigned en_route delayed on_scene transporting at_hospital returning out_of_service
    (UnitState::Available,    "= d - - - - - - p"),
    (UnitState::Assigned,     "b = b p b - - - p"),
    (UnitState::EnRoute,      "b - = p b - - p p"),
    (UnitState::Delayed,      "b - b = b - - p p"),
    (UnitState::OnScene,      "b - - - = p - p p"),
    (UnitState::Transporting, "p - - - - = p p p"),
    (UnitState::AtHospital,   "p - p - - - = p p"),
    (UnitState::Returning,    "p d - - - - - = p"),
    (UnitState::OutOfService, "p - - - - - - - ="),
];

fn written(by: Option<UnitMover>) -> &'static str {
    match by {
        None => "-",
        Some(UnitMover::People) => "p",
        Some(UnitMover::Dispatch) => "d",
        Some(UnitMover::Both) => "b",
    }
}

/// A world in which `damkar-1` stands so, at work where that state is one of work.
fn standing(state: UnitState) -> (World, Option<DispatchId>) {
    use UnitState as S;
    let mut world = World::new();
    let incident = world.incident(1);
    let says: &[S] = match state {
        S::Available => return (world, None),
        S::Assigned => &[],
        S::EnRoute => &[S::EnRoute],
        S::Delayed => &[S::EnRoute, S::Delayed],
        S::OnScene => &[S::OnScene],
        S::Transporting => &[S::OnScene, S::Transporting],
        S::AtHospital => &[S::OnScene, S::Transporting, S::AtHospital],
        S::Returning => &[S::OnScene, S::Returning],
        S::OutOfService => &[S::OutOfService],
    };
    let dispatch = world.forward(incident, "damkar", &["damkar-1"]);
    for to in says {
        world.must(&move_unit("damkar-1", *to, true));
    }
    assert_eq!(world.state.units["damkar-1"].state, state);
    (world, Some(dispatch))
}

fn unit(world: &World) -> &Unit {
    &world.state.units["damkar-1"]
}

#[test]
fn people_move_a_unit_along_the_table_and_no_other_way() {
    assert_eq!(TABLE.map(|(state, _)| state), UnitState::ALL);
    let mut steps = 0;
    for (from, row) in TABLE {
        let cells: Vec<&str> = row.split(' ').collect();
        for (to, cell) in UnitState::ALL.into_iter().zip(cells) {
            let (mut world, dispatch) = standing(from);
            let before = unit(&world).clone();
            let answer = world.run(&move_unit("damkar-1", to, true));
            if from != to {
                assert_eq!(written(unit_step(from, to)), cell, "{from:?} {to:?}");
                steps += usize::from(cell != "-");
            }
            match answer {
                Ok(_) => {
                    assert!("pb=".contains(cell), "{from:?} {to:?} was allowed");
                    let after = unit(&world);
                    assert_eq!((after.state, after.version), (to, before.version + 1));
                    assert_eq!(after.dispatch, before.dispatch.filter(|_| to.keeps_dispatch()));
                    assert_eq!(after.note, Some(text(4)));
                }
                Err(rejection) => {
                    assert!("d-".contains(cell), "{from:?} {to:?}: {rejection}");
                    let listed = unit_actions(&before, Role::Operator, None);
                    let expected = Rejection::IllegalStep {
                        what: "unit",
                        state: from.code().into(),
                        act: to.code().into(),
                        allowed: listed.into_iter().map(str::to_owned).collect(),
                    };
                    assert_eq!(rejection, expected);
                    assert_eq!(unit(&world), &before);
                    assert!(dispatch.is_none() || world.state.dispatches.len() == 1);
                }
            }
        }
    }
    assert_eq!(UNIT_TRANSITIONS.len(), steps, "each step stands there once");
}

#[test]
fn what_is_offered_is_the_states_it_may_go_to_and_only_to_those_who_may() {
    for (state, row) in TABLE {
        let (world, _) = standing(state);
        let may = |(to, cell): &(UnitState, &str)| "pb".contains(cell).then_some(to.code());
        let cells: Vec<_> = UnitState::ALL.into_iter().zip(row.split(' ')).collect();
        let expected: Vec<&str> = cells.iter().filter_map(may).collect();
        let held = unit(&world);
        assert_eq!(unit_actions(held, Role::Operator, None), expected, "{state:?}");
        assert_eq!(unit_actions(held, Role::Agency, Some("damkar")), expected);
        for (role, agency) in [
            (Role::Agency, Some("polres")),
            (Role::Agency, None),
            (Role::Auditor, None),
            (Role::Intake, None),
        ] {
            assert!(unit_actions(held, role, agency).is_empty());
        }
    }
}

#[test]
fn said_again_nothing_happens_unless_there_is_a_word_to_it() {
    for state in UnitState::ALL {
        let (mut world, _) = standing(state);
        let before = unit(&world).clone();
        assert!(world.must(&move_unit("damkar-1", state, false)).is_empty());
        assert_eq!(unit(&world), &before);
        world.now += 60 * SECOND;
        world.must(&move_unit("damkar-1", state, true));
        let after = unit(&world);
        assert_eq!((after.since, after.note), (before.since, Some(text(4))), "{state:?}");
        assert_eq!((after.dispatch, after.failed), (before.dispatch, before.failed), "{state:?}");
    }
    let unknown = World::new().ask(&move_unit("tidak-ada", UnitState::Available, false)).unwrap_err();
    assert_eq!(unknown, Rejection::NotFound { what: "unit", id: "tidak-ada".into() });
}

#[test]
fn a_breakdown_at_work_needs_a_reason_and_shows_what_was_lost() {
    for state in UnitState::ALL.into_iter().filter(|state| *state != UnitState::OutOfService) {
        let (mut world, dispatch) = standing(state);
        let at_work = unit(&world).dispatch.is_some();
        let silent = world.ask(&move_unit("damkar-1", UnitState::OutOfService, false));
        assert_eq!(matches!(silent, Err(Rejection::Invalid { pointer: "/note", .. })), at_work, "{state:?}");
        world.must(&move_unit("damkar-1", UnitState::OutOfService, true));
        let held = unit(&world);
        assert_eq!((held.dispatch, held.failed), (None, dispatch.filter(|_| at_work)), "{state:?}");
        // The desk is called, unless the dispatch rings there anyhow.
        let help = dispatch.and_then(|id| world.state.dispatches[&id].help.as_ref());
        let rings = at_work && state != UnitState::Assigned;
        assert_eq!(help.map(|help| (help.note, help.answered_at)), rings.then_some((Some(text(4)), None)));
        world.must(&move_unit("damkar-1", UnitState::Available, false));
        assert_eq!(unit(&world).failed, None, "repaired, it is nobody's loss any more");
    }
}

#[test]
fn a_unit_given_back_leaves_its_dispatch_and_the_dispatch_goes_on_without_it() {
    for to in [UnitState::Available, UnitState::Returning] {
        let (mut world, dispatch) = standing(UnitState::EnRoute);
        let dispatch = dispatch.unwrap();
        world.must(&move_unit("damkar-1", to, false));
        assert_eq!((unit(&world).state, unit(&world).dispatch), (to, None));
        let held = &world.state.dispatches[&dispatch];
        assert_eq!(held.state, DispatchState::EnRoute, "the agency still has it");
        assert!(held.units.contains("damkar-1"), "it was sent: that stays on record");
        // What the dispatch does next does not touch who has left it.
        let moves = world.must(&act(dispatch, DispatchAct::OnScene));
        assert!(!moves.iter().any(|event| matches!(event, Event::UnitMoved { .. })));
        // Nor does its end, even when the unit has found other work meanwhile.
        let other = world.incident(1);
        let next = world.forward(other, "damkar", &["damkar-1"]);
        world.acts(dispatch, &[DispatchAct::Complete]);
        assert_eq!((unit(&world).state, unit(&world).dispatch), (UnitState::Assigned, Some(next)));
    }
}

#[test]
fn a_crew_on_its_way_takes_its_dispatch_along() {
    use DispatchState as D;
    let (world, dispatch) = standing(UnitState::EnRoute);
    let held = &world.state.dispatches[&dispatch.unwrap()];
    assert_eq!(held.state, D::EnRoute);
    assert!(held.acknowledged_at.is_some() && held.accepted_at.is_some());
    assert!(held.deadline.is_none_or(|deadline| deadline.kind != DeadlineKind::DispatchAcknowledged));
    assert_eq!(world.state.incidents[&held.incident].state, IncidentState::Active);

    let (world, dispatch) = standing(UnitState::OnScene);
    let held = &world.state.dispatches[&dispatch.unwrap()];
    assert_eq!((held.state, held.en_route_at), (D::OnScene, None), "no milestone is made up");
    assert_eq!(held.acknowledged_via, Some(Via::Verbal), "the desk wrote down what the crew said");

    // A second one behind the first does not pull the dispatch back, nor does the first one's delay.
    let (mut world, dispatch) = standing(UnitState::OnScene);
    let dispatch = dispatch.unwrap();
    let late = Command::Act {
        dispatch,
        act: DispatchAct::Complete,
        via: Via::Console,
        reason: None,
        units: Vec::new(),
    };
    let second = world.state.units["damkar-2"].clone();
    world.fold(Event::UnitMoved {
        unit: second.code,
        agency: second.agency,
        to: UnitState::Assigned,
        dispatch: Some(dispatch),
        note: None,
    });
    world.must(&move_unit("damkar-2", UnitState::EnRoute, false));
    world.must(&move_unit("damkar-2", UnitState::Delayed, false));
    assert_eq!(world.state.dispatches[&dispatch].state, D::OnScene);
    world.must(&late);
    assert!(world.state.units.values().all(|unit| unit.dispatch.is_none()));
}

#[test]
fn the_dispatch_moves_who_is_behind_it_and_nobody_back() {
    let (mut world, dispatch) = standing(UnitState::Assigned);
    let dispatch = dispatch.unwrap();
    world.acts(dispatch, &[DispatchAct::Acknowledge, DispatchAct::Accept]);
    world.must(&move_unit("damkar-1", UnitState::Delayed, false));
    world.acts(dispatch, &[DispatchAct::EnRoute]);
    assert_eq!(unit(&world).state, UnitState::EnRoute, "held up no longer");
    world.must(&move_unit("damkar-1", UnitState::Delayed, false));
    world.acts(dispatch, &[DispatchAct::OnScene]);
    assert_eq!(unit(&world).state, UnitState::OnScene);

    // The desk says "on the way" for the agency while one crew stands at the scene already.
    let (mut world, dispatch) = standing(UnitState::EnRoute);
    let with = |units: &[&str], act| Command::Act {
        dispatch: dispatch.unwrap(),
        act,
        via: Via::Console,
        reason: None,
        units: units.iter().map(|&unit| unit.into()).collect(),
    };
    let before = unit(&world).version;
    world.must(&with(&["damkar-2"], DispatchAct::OnScene));
    assert_eq!(unit(&world).version, before + 1);
    assert_eq!(world.state.units["damkar-2"].state, UnitState::OnScene);
}

/// Ends a dispatch in every way there is.
fn endings(world: &World, dispatch: DispatchId) -> Vec<World> {
    let incident = world.state.dispatches[&dispatch].incident;
    let mut ended = Vec::new();
    for act in [DispatchAct::Withdraw, DispatchAct::Reject, DispatchAct::Complete] {
        let mut world = world.clone();
        if world.run(&fixture::act(dispatch, act)).is_ok() {
            ended.push(world);
        }
    }
    let mut closed = world.clone();
    closed.must(&close(incident, CloseResult::Handled));
    ended.push(closed);
    let mut merged = world.clone();
    let into = merged.incident(1);
    let rival = merged.forward(into, "damkar", &[]);
    merged.acts(rival, &[DispatchAct::Acknowledge, DispatchAct::Accept, DispatchAct::OnScene]);
    merged.must(&Command::MergeIncident { incident, into });
    ended.push(merged);
    ended
}

#[test]
fn every_end_of_a_dispatch_releases_its_unit_and_a_patient_on_board_stays_on_board() {
    use UnitState as S;
    for state in [S::Assigned, S::EnRoute, S::Delayed, S::OnScene, S::Transporting, S::AtHospital] {
        let (world, dispatch) = standing(state);
        let endings = endings(&world, dispatch.unwrap());
        assert!(endings.len() >= 3, "{state:?}");
        for mut world in endings {
            let carries = matches!(state, S::Transporting | S::AtHospital);
            let free = if carries { state } else { S::Available };
            let held = unit(&world);
            assert_eq!((held.state, held.dispatch), (free, None), "{state:?}");
            if carries {
                let incident = world.incident(1);
                let refused = world.ask(&forward(incident, "damkar", &["damkar-1"]));
                assert!(matches!(refused, Err(Rejection::IllegalStep { what: "unit", .. })));
                assert!(!unit(&world).people_may().any(S::is_before_scene), "it has no scene to go to");
                world.must(&move_unit("damkar-1", S::Returning, false));
                world.must(&forward(incident, "damkar", &["damkar-1"]));
            }
        }
    }
}

#[test]
fn only_a_free_unit_of_the_agency_can_be_sent() {
    for state in UnitState::ALL {
        let (mut world, _) = standing(state);
        let incident = world.incident(1);
        match world.ask(&forward(incident, "damkar", &["damkar-1"])) {
            Ok(_) => assert!(matches!(state, UnitState::Available | UnitState::Returning), "{state:?}"),
            Err(rejection) => {
                let expected = Rejection::IllegalStep {
                    what: "unit",
                    state: state.code().into(),
                    act: "assign".into(),
                    allowed: unit_actions(unit(&world), Role::Operator, None)
                        .into_iter()
                        .map(str::to_owned)
                        .collect(),
                };
                assert_eq!(rejection, expected);
            }
        }
    }
    let mut world = World::new();
    let incident = world.incident(1);
    for (unit, agency) in UNITS.into_iter().filter(|(_, agency)| *agency != "damkar") {
        let refused = world.ask(&forward(incident, "damkar", &[unit])).unwrap_err();
        assert_eq!(refused, Rejection::NotFound { what: "unit", id: unit.into() }, "{agency}");
    }
    let twice = world.ask(&forward(incident, "damkar", &["damkar-1", "damkar-1"]));
    assert!(matches!(twice, Err(Rejection::Invalid { pointer: "/units", .. })));
}

#[test]
fn the_tables_flags_agree_with_each_other() {
    let codes: BTreeSet<&str> = UnitState::ALL.iter().map(|state| state.code()).collect();
    assert_eq!(codes.len(), UnitState::ALL.len());
    for state in UnitState::ALL {
        assert_eq!(UnitState::from_code(state.code()), Some(state));
        assert!(!(state.is_free() && state.keeps_dispatch()));
        assert!(!state.is_before_scene() || state.keeps_dispatch());
        let assignable = unit_step(state, UnitState::Assigned).is_some();
        assert_eq!(assignable, state.is_free(), "{state:?}");
        let released = state.released();
        let legal = released == state || unit_step(state, released).is_some_and(UnitMover::includes_dispatch);
        assert!(legal || !state.keeps_dispatch(), "{state:?}");
        assert!(
            state == UnitState::Available || unit_step(state, UnitState::Available).is_some(),
            "every state has a way back"
        );
    }
    assert_eq!(UnitState::from_code("lost"), None);
}

#[test]
fn a_pack_without_crews_loads_and_rest_is_counted_from_the_shift() {
    let old =
        r#"{"code":"damkar-1","agency":"damkar","name":"Regu 1","kind":"pumper","lat":-7.8,"lon":112.0}"#;
    let profile: UnitProfile = serde_json::from_str(old).unwrap();
    assert_eq!((profile.crew, profile.on_duty_us(START, 420)), (None, None));
    assert_eq!(serde_json::to_string(&profile).unwrap(), old, "what is absent stays absent");

    let with = |time: &str| old.replace('}', &format!(r#","crew":5,"on_duty_since":"{time}"}}"#));
    let at = |time: &str| serde_json::from_str::<UnitProfile>(&with(time)).unwrap().on_duty_us(START, 420);
    // START is ten in the morning in Jakarta.
    let hour = 3_600 * SECOND;
    for (time, hours) in [("07:00", 3), ("10:00", 0), ("19:00", 15), ("00:00", 10)] {
        assert_eq!(at(time), Some(hours * hour), "{time}");
    }
    assert_eq!(at("09:59"), Some(60 * SECOND));
    for wrong in ["7:00", "24:00", "07:60", "0700", "07:0a", "", "07:00:00", "+7:00"] {
        assert!(TimeOfDay::try_from(wrong.to_owned()).is_err(), "{wrong}");
        assert!(serde_json::from_str::<UnitProfile>(&with(wrong)).is_err(), "{wrong}");
    }
    let unknown = old.replace('}', r#","colour":"red"}"#);
    assert!(serde_json::from_str::<UnitProfile>(&unknown).is_err());
}
