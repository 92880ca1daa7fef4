//! Every pair of state and act, for dispatches, incidents and reports (units: `units.rs`): the legal ones lead
//! where the field guide says, all others are refused with the state and what is possible instead.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod fixture;

use std::collections::BTreeSet;

use fixture::{World, act, close, forward, open, received, reopen};
use kentongan_domain::actions::possible_on_incident;
use kentongan_domain::catalogue::Priority;
use kentongan_domain::command::{Command, DeadlineSubject, DeliveryResult};
use kentongan_domain::deadline::{DeadlineKind, unassigned_within_us};
use kentongan_domain::decide::{may_add_photo, may_ask};
use kentongan_domain::dispatch::{
    DISPATCH_TRANSITIONS, DeliveryState, DispatchAct, DispatchState, Via, dispatch_next,
};
use kentongan_domain::event::Event;
use kentongan_domain::ids::{DispatchId, IncidentId};
use kentongan_domain::incident::{
    CloseResult, INCIDENT_TRANSITIONS, IncidentAct, IncidentState, incident_may, live_state,
};
use kentongan_domain::rejection::Rejection;
use kentongan_domain::report::{Outcome, OwnerQueue, REPORT_TRANSITIONS, ReportState};
use kentongan_domain::unit::UnitState;

const ACTS: [DispatchAct; 9] = [
    DispatchAct::Send,
    DispatchAct::Deliver,
    DispatchAct::Acknowledge,
    DispatchAct::Accept,
    DispatchAct::EnRoute,
    DispatchAct::OnScene,
    DispatchAct::Complete,
    DispatchAct::Reject,
    DispatchAct::Withdraw,
];

const CLOSES: [CloseResult; 4] =
    [CloseResult::Handled, CloseResult::FalseReport, CloseResult::Cancelled, CloseResult::OutOfArea];

const INCIDENT_ACTIONS: [&str; 13] = [
    "dispatch",
    "attach",
    "change",
    "merge",
    "split",
    "offer",
    "answer_offer",
    "alarm",
    "confirm_known",
    "end_known",
    "resolve",
    "close",
    "reopen",
];

/// What the field guide says of a dispatch, in the order of [`ACTS`]; `-` is refused.
#[rustfmt::skip]
const DISPATCH_TABLE: [(DispatchState, [&str; 9]); 10] = [
    //                              send    deliver      acknowledge     accept      en_route    on_scene    complete     reject      withdraw
    (DispatchState::Queued,       ["sent", "delivered", "acknowledged", "-",        "-",        "-",        "-",         "rejected", "withdrawn"]),
    (DispatchState::Sent,         ["-",    "delivered", "acknowledged", "-",        "-",        "-",        "-",         "rejected", "withdrawn"]),
    (DispatchState::Delivered,    ["-",    "-",         "acknowledged", "-",        "-",        "-",        "-",         "rejected", "withdrawn"]),
    (DispatchState::Acknowledged, ["-",    "-",         "-",            "accepted", "-",        "-",        "-",         "rejected", "withdrawn"]),
    (DispatchState::Accepted,     ["-",    "-",         "-",            "-",        "en_route", "on_scene", "-",         "rejected", "withdrawn"]),
    (DispatchState::EnRoute,      ["-",    "-",         "-",            "-",        "-",        "on_scene", "-",         "rejected", "withdrawn"]),
    (DispatchState::OnScene,      ["-",    "-",         "-",            "-",        "-",        "-",        "completed", "-",        "withdrawn"]),
    (DispatchState::Completed,    ["-",    "-",         "-",            "-",        "-",        "-",        "-",         "-",        "-"]),
    (DispatchState::Rejected,     ["-",    "-",         "-",            "-",        "-",        "-",        "-",         "-",        "-"]),
    (DispatchState::Withdrawn,    ["-",    "-",         "-",            "-",        "-",        "-",        "-",         "-",        "-"]),
];

/// The acts that bring a new dispatch into a state.
fn way_to(state: DispatchState) -> &'static [DispatchAct] {
    use DispatchAct::{Accept, Acknowledge, Complete, Deliver, EnRoute, OnScene, Reject, Send, Withdraw};
    match state {
        DispatchState::Queued => &[],
        DispatchState::Sent => &[Send],
        DispatchState::Delivered => &[Send, Deliver],
        DispatchState::Acknowledged => &[Acknowledge],
        DispatchState::Accepted => &[Acknowledge, Accept],
        DispatchState::EnRoute => &[Acknowledge, Accept, EnRoute],
        DispatchState::OnScene => &[Acknowledge, Accept, EnRoute, OnScene],
        DispatchState::Completed => &[Acknowledge, Accept, EnRoute, OnScene, Complete],
        DispatchState::Rejected => &[Reject],
        DispatchState::Withdrawn => &[Withdraw],
    }
}

fn world_with_dispatch(state: DispatchState) -> (World, IncidentId, DispatchId) {
    let mut world = World::new();
    let incident = world.incident(2);
    let dispatch = world.forward(incident, "damkar", &["damkar-1"]);
    world.acts(dispatch, way_to(state));
    assert_eq!(world.state.dispatches[&dispatch].state, state);
    (world, incident, dispatch)
}

#[test]
fn a_dispatch_moves_along_its_table_and_no_other_way() {
    let states: Vec<DispatchState> = DISPATCH_TABLE.iter().map(|(state, _)| *state).collect();
    assert_eq!(states, DispatchState::ALL);
    let mut legal = 0;
    for (state, row) in DISPATCH_TABLE {
        let people_may: Vec<String> = DispatchAct::OF_PEOPLE
            .into_iter()
            .filter(|act| row[ACTS.iter().position(|other| other == act).unwrap()] != "-")
            .map(|act| act.code().to_owned())
            .collect();
        for (step, to) in ACTS.into_iter().zip(row) {
            let (mut world, _, dispatch) = world_with_dispatch(state);
            let before = world.state.dispatches[&dispatch].clone();
            match world.run(&act(dispatch, step)) {
                Ok(_) => {
                    let after = &world.state.dispatches[&dispatch];
                    assert_eq!(after.state.code(), to, "{state:?} {step:?}");
                    assert_eq!(dispatch_next(state, step), Some(after.state));
                    legal += 1;
                }
                Err(rejection) => {
                    assert_eq!(to, "-", "{state:?} {step:?} was refused");
                    assert_eq!(dispatch_next(state, step), None);
                    let expected = Rejection::IllegalStep {
                        what: "dispatch",
                        state: state.code().to_owned(),
                        act: step.code().to_owned(),
                        allowed: people_may
                            .iter()
                            .cloned()
                            .chain(may_ask(&before).then(|| "ask_for_help".to_owned()))
                            .chain(may_add_photo(&before).then(|| "add_note".to_owned()))
                            .chain(may_add_photo(&before).then(|| "add_photo".to_owned()))
                            .collect(),
                    };
                    assert_eq!(rejection, expected);
                    assert_eq!(world.state.dispatches[&dispatch], before);
                }
            }
        }
    }
    assert_eq!(DISPATCH_TRANSITIONS.len(), legal, "the table of the crate has the same steps, each once");
}

#[test]
fn final_dispatches_say_so() {
    for (state, row) in DISPATCH_TABLE {
        assert_eq!(state.is_final(), row.iter().all(|to| *to == "-"), "{state:?}");
        assert_eq!(state.is_unacknowledged(), row[2] == "acknowledged", "{state:?}");
    }
}

#[test]
fn a_refusal_by_the_agency_needs_a_reason_and_an_end_takes_no_units() {
    let (world, _, dispatch) = world_with_dispatch(DispatchState::Acknowledged);
    let silent = Command::Act {
        dispatch,
        act: DispatchAct::Reject,
        via: Via::Console,
        reason: None,
        units: Vec::new(),
    };
    assert!(matches!(world.ask(&silent), Err(Rejection::Invalid { pointer: "/reason", .. })));
    let with_units = Command::Act {
        dispatch,
        act: DispatchAct::Withdraw,
        via: Via::Console,
        reason: None,
        units: vec!["damkar-2".into()],
    };
    assert!(matches!(world.ask(&with_units), Err(Rejection::Invalid { pointer: "/units", .. })));
}

#[test]
fn delivered_is_never_acknowledged() {
    let mut world = World::new();
    let incident = world.incident(1);
    let dispatch = world.forward(incident, "psc119", &[]);
    let deliveries: Vec<_> = world.state.dispatches[&dispatch].deliveries.iter().map(|one| one.id).collect();
    assert_eq!(deliveries.len(), 2, "the console and the webhook");
    for delivery in &deliveries {
        let arrived =
            Command::RecordDelivery { dispatch, delivery: *delivery, result: DeliveryResult::Arrived };
        assert_eq!(world.must(&arrived).len(), 1);
        assert!(world.must(&arrived).is_empty(), "the same news twice has no effect");
    }
    let held = &world.state.dispatches[&dispatch];
    assert_eq!(held.state, DispatchState::Delivered);
    assert!(held.acknowledged_at.is_none() && held.deadline.is_some());
    assert_eq!(world.state.incidents[&incident].state, IncidentState::Dispatched);

    world.acts(dispatch, &[DispatchAct::Acknowledge]);
    let held = &world.state.dispatches[&dispatch];
    assert!(held.acknowledged_at.is_some() && held.deadline.is_none());
}

#[test]
fn a_delivery_that_is_not_needed_any_more_is_dropped() {
    let mut world = World::new();
    let incident = world.incident(1);
    let dispatch = world.forward(incident, "psc119", &[]);
    let delivery = world.state.dispatches[&dispatch].deliveries[1].id;
    let failed = |retry_at| Command::RecordDelivery {
        dispatch,
        delivery,
        result: DeliveryResult::Failed { error: "timeout".into(), retry_at },
    };
    world.must(&failed(Some(world.now + 1)));
    assert_eq!(world.state.dispatches[&dispatch].deliveries[1].state, DeliveryState::Pending);
    world.acts(dispatch, &[DispatchAct::Acknowledge]);
    for one in &world.state.dispatches[&dispatch].deliveries {
        assert_eq!((one.state, one.next_attempt_at), (DeliveryState::Dropped, None));
    }
    assert!(world.must(&failed(None)).is_empty());
}

// Incidents.

fn world_in(state: IncidentState) -> (World, IncidentId) {
    let mut world = World::new();
    let incident = world.incident(2);
    let mut dispatched = |state| {
        let dispatch = world.forward(incident, "damkar", &["damkar-1"]);
        world.acts(dispatch, way_to(state));
    };
    match state {
        IncidentState::Open => {}
        IncidentState::Dispatched => dispatched(DispatchState::Sent),
        IncidentState::Acknowledged => dispatched(DispatchState::Accepted),
        IncidentState::Active => dispatched(DispatchState::EnRoute),
        IncidentState::Monitored => dispatched(DispatchState::Completed),
        IncidentState::Resolved => {
            world.must(&Command::ResolveIncident { incident, note: None });
        }
        IncidentState::Closed => {
            world.must(&close(incident, CloseResult::Handled));
        }
        IncidentState::FalseReport => {
            world.must(&close(incident, CloseResult::FalseReport));
        }
        IncidentState::Cancelled => {
            world.must(&close(incident, CloseResult::Cancelled));
        }
        IncidentState::OutOfArea => {
            world.must(&close(incident, CloseResult::OutOfArea));
        }
        IncidentState::Merged => {
            let into = world.incident(1);
            world.must(&Command::MergeIncident { incident, into });
        }
    }
    assert_eq!(world.state.incidents[&incident].state, state);
    (world, incident)
}

fn possible(state: IncidentState) -> &'static [&'static str] {
    use IncidentState as S;
    match state {
        S::Open | S::Dispatched | S::Acknowledged | S::Active | S::Monitored => &[
            "dispatch",
            "attach",
            "change",
            "merge",
            "split",
            "offer",
            "alarm",
            "confirm_known",
            "resolve",
            "close",
        ],
        S::Resolved => &["close", "reopen"],
        S::Closed | S::FalseReport | S::Cancelled | S::OutOfArea => &["reopen"],
        S::Merged => &[],
    }
}

/// Commands for one action, and the state the incident is in afterwards (none: as before).
fn commands(world: &mut World, incident: IncidentId, action: &str) -> Vec<(Command, Option<IncidentState>)> {
    match action {
        "dispatch" => vec![(forward(incident, "polres", &[]), None)],
        "attach" => {
            let report = world.report();
            let attach = Command::SetOutcome {
                report,
                outcome: Outcome::Attached,
                incident: Some(incident),
                note: None,
            };
            vec![(attach, None)]
        }
        "change" => vec![(
            Command::ChangeIncident {
                incident,
                expected_version: None,
                kind: None,
                priority: Some(Priority::P4),
                place: None,
            },
            None,
        )],
        "merge" => {
            let into = world.incident(1);
            vec![(Command::MergeIncident { incident, into }, Some(IncidentState::Merged))]
        }
        "split" => {
            let reports = world.state.incidents[&incident].reports.iter().copied().take(1).collect();
            let split = Command::SplitIncident { incident, reports, kind: None, priority: None, place: None };
            vec![(split, None)]
        }
        "offer" => {
            let offer = Command::OfferIncident { incident, to: "tetangga".into(), note: None };
            vec![(offer, None)]
        }
        "answer_offer" => vec![(Command::AnswerOffer { incident, accepted: true, number: None }, None)],
        "alarm" => vec![(Command::StrikeAlarm { incident, level: 1, dispatches: Vec::new() }, None)],
        "confirm_known" => vec![(Command::ConfirmKnown { incident, reports: Vec::new() }, None)],
        "end_known" => vec![(Command::EndKnown { incident }, None)],
        "resolve" => {
            vec![(Command::ResolveIncident { incident, note: None }, Some(IncidentState::Resolved))]
        }
        "close" => CLOSES.into_iter().map(|result| (close(incident, result), Some(result.state()))).collect(),
        "reopen" => vec![(reopen(incident), Some(IncidentState::Open))],
        other => panic!("no command for {other}"),
    }
}

#[test]
fn an_incident_allows_what_its_state_allows_and_refuses_all_else() {
    for state in IncidentState::ALL {
        let (world, incident) = world_in(state);
        let allowed = possible(state);
        assert_eq!(possible_on_incident(&world.state.incidents[&incident]), allowed, "{state:?}");
        for action in INCIDENT_ACTIONS {
            let mut prepared = world.clone();
            for (command, to) in commands(&mut prepared, incident, action) {
                let mut world = prepared.clone();
                let before = world.state.incidents[&incident].clone();
                match world.run(&command) {
                    Ok(_) => {
                        assert!(allowed.contains(&action), "{state:?} {action} was allowed");
                        let now = world.state.incidents[&incident].state;
                        if action == "dispatch" {
                            assert!(incident_may(state, IncidentAct::Advance, now) || now == state);
                        } else {
                            assert_eq!(now, to.unwrap_or(state), "{state:?} {action}");
                        }
                    }
                    Err(rejection) => {
                        assert!(!allowed.contains(&action), "{state:?} {action}: {rejection}");
                        let expected = Rejection::IllegalStep {
                            what: "incident",
                            state: state.code().to_owned(),
                            act: action.to_owned(),
                            allowed: allowed.iter().map(|&action| action.to_owned()).collect(),
                        };
                        assert_eq!(rejection, expected);
                        assert_eq!(world.state.incidents[&incident], before);
                    }
                }
            }
        }
    }
}

#[test]
fn the_incident_table_says_the_same() {
    let steps: BTreeSet<_> = INCIDENT_TRANSITIONS.iter().collect();
    assert_eq!(steps.len(), INCIDENT_TRANSITIONS.len(), "each step once");
    let advanced = [
        IncidentState::Open,
        IncidentState::Dispatched,
        IncidentState::Acknowledged,
        IncidentState::Active,
        IncidentState::Monitored,
    ];
    for from in IncidentState::ALL {
        for to in IncidentState::ALL {
            let closing = CLOSES.iter().any(|result| result.state() == to);
            let live = from.is_live();
            for (act, legal) in [
                (IncidentAct::Advance, live && advanced.contains(&to) && from != to),
                (IncidentAct::Resolve, live && to == IncidentState::Resolved),
                (IncidentAct::Close, (live || from == IncidentState::Resolved) && closing),
                (IncidentAct::Merge, live && to == IncidentState::Merged),
                (IncidentAct::Reopen, !live && from != IncidentState::Merged && to == IncidentState::Open),
            ] {
                assert_eq!(incident_may(from, act, to), legal, "{from:?} {act:?} {to:?}");
            }
        }
    }
}

#[test]
fn final_incidents_are_left_by_reopening_only_and_merged_ones_never() {
    for state in IncidentState::ALL.into_iter().filter(|state| state.is_closed()) {
        let ways: Vec<_> = INCIDENT_TRANSITIONS.iter().filter(|(from, _, _)| *from == state).collect();
        if state == IncidentState::Merged {
            assert!(ways.is_empty());
        } else {
            assert_eq!(ways, [&(state, IncidentAct::Reopen, IncidentState::Open)]);
        }
    }
}

#[test]
fn reopening_needs_a_reason_and_starts_the_clock_again() {
    let (mut world, incident) = world_in(IncidentState::Closed);
    let silent = Command::ReopenIncident { incident, reason: None };
    assert!(matches!(world.ask(&silent), Err(Rejection::Invalid { pointer: "/reason", .. })));
    world.must(&reopen(incident));
    let held = &world.state.incidents[&incident];
    assert_eq!((held.closed_at, held.resolved_at), (None, None));
    assert_eq!(held.deadline.map(|d| (d.kind, d.level)), Some((DeadlineKind::IncidentForwarded, 0)));
}

#[test]
fn reopening_a_resolved_incident_keeps_the_agencies_that_are_at_work() {
    let (mut world, incident) = world_in(IncidentState::Active);
    world.must(&Command::ResolveIncident { incident, note: None });
    world.must(&reopen(incident));
    let held = &world.state.incidents[&incident];
    assert_eq!((held.state, held.deadline), (IncidentState::Active, None));
}

#[test]
fn what_was_completed_before_a_reopening_does_not_count_after_it() {
    let mut world = World::new();
    let incident = world.incident(1);
    let done = world.forward(incident, "damkar", &[]);
    world.acts(done, way_to(DispatchState::Completed));
    world.must(&close(incident, CloseResult::Handled));
    world.must(&reopen(incident));
    let held = &world.state.incidents[&incident];
    assert_eq!(held.state, IncidentState::Open);
    assert!(held.deadline.is_some(), "nobody has it: the clock must run");
    // The agency asked again refuses: still nobody has it.
    let again = world.forward(incident, "damkar", &[]);
    world.acts(again, &[DispatchAct::Reject]);
    let held = &world.state.incidents[&incident];
    assert_eq!((held.state, held.deadline.is_some()), (IncidentState::Open, true));
}

#[test]
fn a_higher_priority_brings_the_deadline_forward_and_a_lower_one_does_not_put_it_off() {
    let mut world = World::new();
    let incident = world.incident(1);
    let change = |priority| Command::ChangeIncident {
        incident,
        expected_version: None,
        kind: None,
        priority: Some(priority),
        place: None,
    };
    let due = |world: &World| world.state.incidents[&incident].deadline.map(|deadline| deadline.due_at);
    world.must(&change(Priority::P1));
    let urgent = due(&world);
    world.must(&change(Priority::P4));
    assert_eq!(due(&world), urgent);
    assert!(urgent.is_some_and(|at| at <= world.now + unassigned_within_us(Priority::P1)));
}

#[test]
fn of_two_dispatches_to_one_agency_a_merge_keeps_the_one_that_has_come_further() {
    let mut world = World::new();
    let (from, into) = (world.incident(1), world.incident(1));
    let on_scene = world.forward(from, "damkar", &["damkar-1"]);
    world.acts(on_scene, way_to(DispatchState::OnScene));
    let unread = world.forward(into, "damkar", &["damkar-2"]);
    world.must(&Command::MergeIncident { incident: from, into });
    let state = &world.state;
    assert_eq!(state.dispatches[&unread].state, DispatchState::Withdrawn);
    assert_eq!(
        (state.dispatches[&on_scene].state, state.dispatches[&on_scene].incident),
        (DispatchState::OnScene, into)
    );
    assert_eq!(state.units["damkar-1"].dispatch, Some(on_scene));
    assert_eq!(state.units["damkar-2"].dispatch, None);
    assert_eq!(state.incidents[&into].state, IncidentState::Active);
}

#[test]
fn an_incident_follows_its_dispatches() {
    use DispatchState as D;
    use IncidentState as I;
    for (dispatches, state) in [
        (&[][..], I::Open),
        (&[D::Queued], I::Dispatched),
        (&[D::Sent], I::Dispatched),
        (&[D::Delivered], I::Dispatched),
        (&[D::Acknowledged], I::Acknowledged),
        (&[D::Accepted], I::Acknowledged),
        (&[D::EnRoute], I::Active),
        (&[D::OnScene], I::Active),
        (&[D::Completed], I::Monitored),
        (&[D::Rejected], I::Open),
        (&[D::Withdrawn], I::Open),
        (&[D::Queued, D::OnScene, D::Rejected], I::Active),
        (&[D::Sent, D::Accepted], I::Acknowledged),
        (&[D::Completed, D::Queued], I::Dispatched),
        (&[D::Completed, D::Withdrawn], I::Monitored),
        (&[D::Rejected, D::Withdrawn], I::Open),
    ] {
        assert_eq!(live_state(dispatches.iter().copied()), state, "{dispatches:?}");
    }
}

#[test]
fn when_the_last_agency_refuses_the_incident_is_open_with_a_new_deadline() {
    for state in [DispatchState::Sent, DispatchState::Accepted, DispatchState::EnRoute] {
        let (mut world, incident, dispatch) = world_with_dispatch(state);
        assert_eq!(world.state.incidents[&incident].deadline, None);
        world.now += 5 * fixture::SECOND;
        world.acts(dispatch, &[DispatchAct::Reject]);
        let held = &world.state.incidents[&incident];
        assert_eq!(held.state, IncidentState::Open);
        assert!(held.deadline.is_some_and(|deadline| deadline.level == 0 && deadline.due_at > world.now));
        assert_eq!(world.state.units["damkar-1"].state, UnitState::Available);

        let again = world.forward(incident, "damkar", &[]);
        assert_eq!(world.state.dispatches[&again].revision, 2);
    }
}

#[test]
fn an_agency_is_asked_only_once_at_a_time() {
    let (world, incident, _) = world_with_dispatch(DispatchState::Sent);
    let refused = world.ask(&forward(incident, "damkar", &[])).unwrap_err();
    assert_eq!(refused, Rejection::AlreadyForwarded { agency: "damkar".into() });
    assert!(world.ask(&forward(incident, "damkar_kab", &[])).is_ok());
    let unknown = world.ask(&forward(incident, "tidak_ada", &[])).unwrap_err();
    assert_eq!(unknown, Rejection::NotFound { what: "agency", id: "tidak_ada".into() });
}

#[test]
fn closing_completes_what_is_on_scene_withdraws_the_rest_and_frees_every_unit() {
    for state in DispatchState::ALL {
        let (mut world, incident, dispatch) = world_with_dispatch(state);
        world.must(&close(incident, CloseResult::Handled));
        let expected = match state {
            DispatchState::OnScene => DispatchState::Completed,
            ended if ended.is_final() => ended,
            _ => DispatchState::Withdrawn,
        };
        assert_eq!(world.state.dispatches[&dispatch].state, expected, "{state:?}");
        let unit = &world.state.units["damkar-1"];
        assert_eq!((unit.state, unit.dispatch), (UnitState::Available, None));
    }
}

#[test]
fn a_lost_update_is_refused() {
    let (world, incident) = world_in(IncidentState::Open);
    let actual = world.state.incidents[&incident].version;
    let change = |expected_version| Command::ChangeIncident {
        incident,
        expected_version,
        kind: None,
        priority: Some(Priority::P2),
        place: None,
    };
    assert!(world.ask(&change(Some(actual))).is_ok());
    let refused = world.ask(&change(Some(actual + 1))).unwrap_err();
    assert_eq!(refused, Rejection::VersionMoved { expected: actual + 1, actual });
}

#[test]
fn a_merge_takes_live_dispatches_along_or_withdraws_doubles() {
    let mut world = World::new();
    let (from, into) = (world.incident(2), world.incident(1));
    let double = world.forward(from, "damkar", &["damkar-1"]);
    let held = world.forward(into, "damkar", &["damkar-2"]);
    let alone = world.forward(from, "polres", &["polres-1"]);
    world.acts(alone, way_to(DispatchState::OnScene));
    world.must(&Command::MergeIncident { incident: from, into });
    let state = &world.state;
    assert_eq!(state.dispatches[&double].state, DispatchState::Withdrawn);
    assert_eq!(state.units["damkar-1"].dispatch, None);
    assert_eq!(state.dispatches[&alone].incident, into);
    assert_eq!(state.units["polres-1"].dispatch, Some(alone));
    let target = &state.incidents[&into];
    assert_eq!((target.state, target.reports.len()), (IncidentState::Active, 3));
    assert_eq!(target.dispatches, BTreeSet::from([held, alone]));
    let source = &state.incidents[&from];
    assert_eq!((source.merged_into, source.reports.len()), (Some(into), 0));
}

#[test]
fn revisions_stay_unique_when_a_merge_brings_a_dispatch_to_an_agency_asked_before() {
    // The target had asked the agency once already; the dispatch that comes along was the first of its own.
    let mut world = World::new();
    let (from, into) = (world.incident(1), world.incident(1));
    let refused = world.forward(into, "polres", &[]);
    world.acts(refused, &[DispatchAct::Reject]);
    let comes = world.forward(from, "polres", &[]);
    world.must(&Command::MergeIncident { incident: from, into });
    let revision = |world: &World, id: DispatchId| world.state.dispatches[&id].revision;
    assert_eq!((revision(&world, refused), revision(&world, comes)), (1, 2));

    // The dispatch that comes along was a second one: the next is a third, not a second again.
    let mut world = World::new();
    let (from, into) = (world.incident(1), world.incident(1));
    let refused = world.forward(from, "polres", &[]);
    world.acts(refused, &[DispatchAct::Reject]);
    let comes = world.forward(from, "polres", &[]);
    world.must(&Command::MergeIncident { incident: from, into });
    world.acts(comes, &[DispatchAct::Reject]);
    let next = world.forward(into, "polres", &[]);
    assert_eq!((revision(&world, comes), revision(&world, next)), (2, 3));
}

#[test]
fn merging_is_refused_into_itself_and_into_what_is_over() {
    let mut world = World::new();
    let (from, into) = (world.incident(1), world.incident(1));
    let itself = world.ask(&Command::MergeIncident { incident: from, into: from });
    assert!(matches!(itself, Err(Rejection::Invalid { pointer: "/into", .. })));
    world.must(&close(into, CloseResult::Handled));
    let over = world.ask(&Command::MergeIncident { incident: from, into });
    assert!(matches!(over, Err(Rejection::IllegalStep { what: "incident", .. })));
}

#[test]
fn a_split_leaves_at_least_one_report_and_takes_only_its_own() {
    let mut world = World::new();
    let incident = world.incident(2);
    let other = world.incident(1);
    let of = |world: &World, id: IncidentId| {
        world.state.incidents[&id].reports.iter().copied().collect::<Vec<_>>()
    };
    let (own, foreign) = (of(&world, incident), of(&world, other));
    let split = |reports: Vec<_>| Command::SplitIncident {
        incident,
        reports,
        kind: None,
        priority: None,
        place: None,
    };
    for reports in [Vec::new(), own.clone(), foreign, vec![own[0], own[0]]] {
        let refused = world.ask(&split(reports));
        assert!(matches!(refused, Err(Rejection::Invalid { pointer: "/report_ids", .. })));
    }
    let events = world.must(&split(vec![own[0]]));
    let new = events.iter().find_map(|event| match event {
        Event::IncidentOpened { incident, split_from, .. } => Some((*incident, *split_from)),
        _ => None,
    });
    let (new, split_from) = new.unwrap();
    assert_eq!(split_from, Some(incident));
    assert_eq!((of(&world, incident), of(&world, new)), (vec![own[1]], vec![own[0]]));
    assert_eq!(world.state.reports[&own[0]].incident, Some(new));
}

// Reports.

#[test]
fn a_report_gets_one_outcome_and_keeps_it() {
    assert_eq!(REPORT_TRANSITIONS, [(ReportState::Waiting, ReportState::Handled)]);
    for first in Outcome::ALL {
        let mut world = World::new();
        let incident = world.incident(1);
        let report = world.report();
        let set = |outcome: Outcome| Command::SetOutcome {
            report,
            outcome,
            incident: (outcome == Outcome::Attached).then_some(incident),
            note: None,
        };
        if first == Outcome::IncidentCreated {
            let refused = world.ask(&set(first));
            assert!(matches!(refused, Err(Rejection::Invalid { pointer: "/outcome", .. })));
            world.must(&open(vec![report]));
        } else {
            world.must(&set(first));
        }
        let held = world.state.reports[&report].clone();
        assert_eq!((held.state, held.outcome), (ReportState::Handled, Some(first)));
        assert_eq!(held.incident.is_some(), first.joins_incident());
        assert_eq!(held.deadline, None);

        let handled = |act: &str| Rejection::IllegalStep {
            what: "report",
            state: "handled".into(),
            act: act.into(),
            allowed: Vec::new(),
        };
        for second in Outcome::ALL {
            assert_eq!(world.run(&set(second)).unwrap_err(), handled("outcome"));
        }
        assert_eq!(world.run(&open(vec![report])).unwrap_err(), handled("open_incident"));
        assert_eq!(world.state.reports[&report], held);
    }
}

#[test]
fn only_an_attached_report_names_an_incident() {
    let mut world = World::new();
    let incident = world.incident(1);
    let report = world.report();
    for outcome in Outcome::ALL {
        let wrong = (outcome != Outcome::Attached).then_some(incident);
        let set = Command::SetOutcome { report, outcome, incident: wrong, note: None };
        assert!(matches!(world.ask(&set), Err(Rejection::Invalid { .. })), "{outcome:?}");
    }
}

#[test]
fn a_report_handed_in_twice_stays_what_it_has_become() {
    let mut world = World::new();
    let report = world.report();
    world.must(&open(vec![report]));
    let held = world.state.reports[&report].clone();
    assert_eq!(world.must(&Command::ReceiveReport(Box::new(received(report)))), []);
    assert_eq!(world.state.reports[&report], held);
}

#[test]
fn a_waiting_report_past_its_deadline_goes_to_the_supervisors_once_a_level() {
    let mut world = World::new();
    let report = world.report();
    let kind = DeadlineKind::ReportHandled;
    let pass = |level| Command::PassDeadline { subject: DeadlineSubject::Report(report), kind, level };
    assert!(world.must(&pass(0)).is_empty(), "not due yet");
    world.now += 60 * fixture::SECOND;
    assert_eq!(world.must(&pass(0)).len(), 1);
    assert!(world.must(&pass(0)).is_empty());
    assert!(world.must(&pass(1)).is_empty(), "the next one is not due yet");
    let held = &world.state.reports[&report];
    assert_eq!((held.owner, held.state), (OwnerQueue::Supervisors, ReportState::Waiting));
    let deadline = held.deadline.unwrap();
    assert_eq!((deadline.level, deadline.due_at), (1, world.now + 120 * fixture::SECOND));

    world.now = deadline.due_at;
    assert!(world.must(&pass(0)).is_empty(), "late news of a level that has passed");
    assert_eq!(world.must(&pass(1)).len(), 1);
}

#[test]
fn an_incident_is_opened_from_waiting_reports_each_named_once() {
    let mut world = World::new();
    let report = world.report();
    for reports in [Vec::new(), vec![report, report]] {
        let refused = world.ask(&open(reports));
        assert!(matches!(refused, Err(Rejection::Invalid { pointer: "/report_ids", .. })));
    }
    let mut unknown_type = open(vec![report]);
    if let Command::OpenIncident { type_code, .. } = &mut unknown_type {
        *type_code = "tidak_ada".into();
    }
    assert!(matches!(world.ask(&unknown_type), Err(Rejection::Invalid { pointer: "/type", .. })));
}
