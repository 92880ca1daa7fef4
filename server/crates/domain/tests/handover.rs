//! Handing an incident over to a neighbouring centre: one offer at a time, every answer once, clocks that run on.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod fixture;

use std::sync::Arc;

use fixture::{SECOND, World, act, close, received, reopen, text};
use kentongan_domain::actions::possible_on_incident;
use kentongan_domain::centre::CentreKind;
use kentongan_domain::command::{Command, DeadlineSubject};
use kentongan_domain::deadline::DeadlineKind;
use kentongan_domain::dispatch::DispatchAct;
use kentongan_domain::event::Event;
use kentongan_domain::handover::{HandedOver, Handover, HandoverResult, HandoverState};
use kentongan_domain::ids::{IncidentId, ReportId, TransferId};
use kentongan_domain::incident::{CloseResult, IncidentState};
use kentongan_domain::rejection::Rejection;
use kentongan_domain::report::Channel;

fn offer(incident: IncidentId, to: &str) -> Command {
    Command::OfferIncident { incident, to: to.into(), note: Some(text(20)) }
}

fn offered(to: &str) -> (World, IncidentId) {
    let mut world = World::new();
    let incident = world.incident(2);
    world.must(&offer(incident, to));
    (world, incident)
}

fn held(world: &World, incident: IncidentId) -> &Handover {
    world.state.incidents[&incident].handover.as_ref().unwrap()
}

fn tell(world: &World, incident: IncidentId, result: HandoverResult) -> Command {
    Command::RecordHandover { incident, transfer: held(world, incident).transfer, result }
}

fn got_it() -> HandoverResult {
    HandoverResult::Received { number: "TTG-0001".into() }
}

fn yes() -> HandoverResult {
    HandoverResult::Accepted { number: Some("TTG-0002".into()) }
}

fn no() -> HandoverResult {
    HandoverResult::Refused { reason: "wrong_region".into() }
}

fn failed(error: &str) -> HandoverResult {
    HandoverResult::Failed { error: error.into() }
}

fn kinds(events: &[Event]) -> Vec<&'static str> {
    events.iter().map(Event::kind).collect()
}

#[test]
fn an_offered_incident_goes_on_as_it_was() {
    let (world, incident) = offered("tetangga");
    let now = &world.state.incidents[&incident];
    assert_eq!(now.state, IncidentState::Open);
    assert_eq!(now.deadline.unwrap().kind, DeadlineKind::IncidentForwarded, "it still has to be forwarded");
    let of = held(&world, incident);
    assert_eq!((of.state, of.to.as_str(), of.note), (HandoverState::Offered, "tetangga", Some(text(20))));
    assert_eq!((of.offered_at, of.offered_by.as_str()), (world.now, "operator"));
    let clock = of.deadline.unwrap();
    assert_eq!((clock.kind, clock.due_at), (DeadlineKind::HandoverAnswered, world.now + 60 * SECOND));
    // Agencies of ours may be sent all the same.
    let mut world = world;
    world.forward(incident, "damkar", &[]);
    assert_eq!(world.state.incidents[&incident].state, IncidentState::Dispatched);
    assert!(held(&world, incident).deadline.is_some());
}

/// What comes first, what after it, and where the hand-over stands then; `-`: no news.
#[test]
fn what_is_told_moves_it_on_and_never_back() {
    let cases: [(&[HandoverResult], HandoverResult, HandoverState, bool); 16] = [
        (&[], got_it(), HandoverState::Received, true),
        (&[], yes(), HandoverState::Accepted, true),
        (&[], no(), HandoverState::Refused, true),
        (&[], failed("timeout"), HandoverState::Offered, true),
        (&[failed("timeout")], failed("timeout"), HandoverState::Offered, false),
        (&[failed("timeout")], failed("refused"), HandoverState::Offered, true),
        (&[got_it()], got_it(), HandoverState::Received, false),
        (&[got_it()], failed("timeout"), HandoverState::Received, false),
        (&[got_it()], yes(), HandoverState::Accepted, true),
        (&[got_it()], no(), HandoverState::Refused, true),
        (&[yes()], no(), HandoverState::Accepted, false),
        (&[yes()], got_it(), HandoverState::Accepted, false),
        (&[yes()], yes(), HandoverState::Accepted, false),
        (&[no()], yes(), HandoverState::Refused, false),
        (&[no()], got_it(), HandoverState::Refused, false),
        (&[no()], failed("timeout"), HandoverState::Refused, false),
    ];
    for (before, then, state, news) in cases {
        let (mut world, incident) = offered("tetangga");
        for result in before {
            let command = tell(&world, incident, result.clone());
            world.must(&command);
        }
        let command = tell(&world, incident, then.clone());
        let events = world.must(&command);
        assert_eq!(!events.is_empty(), news, "{before:?}, then {then:?}");
        assert_eq!(held(&world, incident).state, state, "{before:?}, then {then:?}");
        assert_eq!(held(&world, incident).deadline.is_some(), state.is_pending());
        assert_eq!(world.ask(&command), Ok(Vec::new()), "twice is once");
    }
}

#[test]
fn accepted_without_an_agency_of_ours_it_leaves() {
    let (mut world, incident) = offered("tetangga");
    let command = tell(&world, incident, yes());
    assert_eq!(kinds(&world.must(&command)), ["handover_moved", "incident_closed"]);
    let now = &world.state.incidents[&incident];
    assert_eq!((now.state, now.deadlines().count()), (IncidentState::OutOfArea, 0));
    let of = held(&world, incident);
    assert_eq!(of.remote_number.as_deref(), Some("TTG-0002"), "the lineage stays");
    assert_eq!((of.answered_at, of.answered_by.as_deref()), (Some(world.now), Some("operator")));
}

#[test]
fn accepted_with_an_agency_of_ours_it_stays_until_the_desk_closes_it() {
    for way in [
        &[][..],
        &[DispatchAct::Acknowledge, DispatchAct::Accept, DispatchAct::OnScene][..],
        &[DispatchAct::Acknowledge, DispatchAct::Accept, DispatchAct::OnScene, DispatchAct::Complete][..],
    ] {
        let (mut world, incident) = offered("tetangga");
        let dispatch = world.forward(incident, "damkar", &["damkar-1"]);
        world.acts(dispatch, way);
        let before = world.state.incidents[&incident].state;
        let command = tell(&world, incident, yes());
        assert_eq!(kinds(&world.must(&command)), ["handover_moved"]);
        assert_eq!(world.state.incidents[&incident].state, before);
        world.must(&close(incident, CloseResult::OutOfArea));
    }
    // One that all have refused has nobody: it leaves.
    let (mut world, incident) = offered("tetangga");
    let dispatch = world.forward(incident, "damkar", &[]);
    world.must(&act(dispatch, DispatchAct::Reject));
    let command = tell(&world, incident, yes());
    assert_eq!(kinds(&world.must(&command)), ["handover_moved", "incident_closed"]);
}

#[test]
fn refused_it_can_be_offered_to_another() {
    let (mut world, incident) = offered("tetangga");
    let again = world.ask(&offer(incident, "seberang"));
    assert!(matches!(again, Err(Rejection::IllegalStep { .. })), "one at a time: {again:?}");
    let command = tell(&world, incident, no());
    world.must(&command);
    assert_eq!(held(&world, incident).reason.as_deref(), Some("wrong_region"));
    assert!(world.state.incidents[&incident].deadline.is_some(), "the incident is ours still");
    let late = tell(&world, incident, yes());
    world.must(&offer(incident, "seberang"));
    let of = held(&world, incident);
    assert_eq!((of.to.as_str(), of.reason.as_deref()), ("seberang", None));
    assert_eq!(of.deadline.unwrap().due_at, world.now + 20 * SECOND, "what is agreed with that one");
    assert!(matches!(world.ask(&late), Err(Rejection::NotFound { what: "transfer", .. })));
}

#[test]
fn an_offer_needs_a_neighbour_a_live_incident_and_a_live_centre() {
    let mut world = World::new();
    let incident = world.incident(1);
    let nobody = world.ask(&offer(incident, "damkar"));
    assert!(matches!(nobody, Err(Rejection::NotFound { what: "neighbour", .. })), "{nobody:?}");
    let mut drill = world.clone();
    let mut reference = (*drill.state.reference).clone();
    reference.pack.profile.kind = CentreKind::Drill;
    drill.state.reference = Arc::new(reference);
    assert!(!drill.state.reference.may_hand_over() && world.state.reference.may_hand_over());
    assert_eq!(drill.ask(&offer(incident, "tetangga")), Err(Rejection::Drill));
    world.must(&Command::ResolveIncident { incident, note: None });
    assert!(matches!(world.ask(&offer(incident, "tetangga")), Err(Rejection::IllegalStep { .. })));
}

#[test]
fn an_unanswered_offer_rings_again_and_again_each_time_after_twice_the_pause() {
    for (to, within) in [("tetangga", 60), ("seberang", 20)] {
        let (mut world, incident) = offered(to);
        let mut due = world.now + within * SECOND;
        for level in 0..3 {
            let clock = held(&world, incident).deadline.unwrap();
            assert_eq!((clock.due_at, clock.level), (due, level));
            let subject = DeadlineSubject::Incident(incident);
            let pass = Command::PassDeadline { subject, kind: DeadlineKind::HandoverAnswered, level };
            world.now = due - 1;
            assert_eq!(world.ask(&pass), Ok(Vec::new()), "too early");
            world.now = due;
            assert_eq!(kinds(&world.must(&pass)), ["handover_overdue"]);
            assert_eq!(world.ask(&pass), Ok(Vec::new()), "once");
            due = world.now + (within << (level + 1)) * SECOND;
        }
        let forward = world.state.incidents[&incident].deadline.unwrap();
        assert_eq!(forward.level, 0, "the two clocks are apart");
    }
}

#[test]
fn somebody_at_the_desk_writes_down_what_was_said_by_telephone() {
    for accepted in [true, false] {
        let (mut world, incident) = offered("tetangga");
        let number = Some("TTG-0009".to_owned());
        let by_telephone = Command::AnswerOffer { incident, accepted, number };
        world.must(&by_telephone);
        let of = held(&world, incident);
        let (state, reason) =
            if accepted { (HandoverState::Accepted, None) } else { (HandoverState::Refused, Some("verbal")) };
        assert_eq!((of.state, of.reason.as_deref()), (state, reason));
        assert_eq!(of.remote_number.is_some(), accepted);
        assert!(matches!(world.ask(&by_telephone), Err(Rejection::IllegalStep { .. })), "once");
        // What their server says afterwards changes nothing.
        let late = tell(&world, incident, if accepted { no() } else { yes() });
        assert_eq!(world.ask(&late), Ok(Vec::new()));
    }
}

#[test]
fn what_is_over_rings_no_more_and_is_answered_all_the_same() {
    let (mut world, incident) = offered("tetangga");
    world.must(&close(incident, CloseResult::Handled));
    assert_eq!(world.state.incidents[&incident].deadlines().count(), 0);
    assert!(held(&world, incident).state.is_pending());
    let mut answered = world.clone();
    let command = tell(&answered, incident, yes());
    assert_eq!(kinds(&answered.must(&command)), ["handover_moved"]);
    assert_eq!(answered.state.incidents[&incident].state, IncidentState::Closed);
    // Taken up again, the open offer has its clock back.
    world.must(&reopen(incident));
    let mut clocks: Vec<_> = world.state.incidents[&incident].deadlines().map(|one| one.kind).collect();
    clocks.sort();
    assert_eq!(clocks, [DeadlineKind::IncidentForwarded, DeadlineKind::HandoverAnswered]);
    // The answered one has none.
    answered.must(&reopen(incident));
    assert_eq!(answered.state.incidents[&incident].deadlines().count(), 1);
}

#[test]
fn an_incident_that_waits_for_an_answer_is_not_merged_away() {
    let (mut world, incident) = offered("tetangga");
    let into = world.incident(1);
    let merge = Command::MergeIncident { incident, into };
    let allowed = possible_on_incident(&world.state.incidents[&incident]);
    assert!(allowed.contains(&"answer_offer") && !allowed.contains(&"merge") && !allowed.contains(&"offer"));
    assert!(matches!(world.ask(&merge), Err(Rejection::IllegalStep { .. })));
    // Others may be merged into it.
    assert!(world.ask(&Command::MergeIncident { incident: into, into: incident }).is_ok());
    let command = tell(&world, incident, no());
    world.must(&command);
    world.must(&merge);
    assert_eq!(held(&world, incident).state, HandoverState::Refused, "the lineage stays with it");
}

#[test]
fn a_report_keeps_where_it_was_handed_over_from() {
    let mut world = World::new();
    let report = ReportId(world.id());
    let from = HandedOver {
        centre: "tetangga".into(),
        number: "TTG-0042".into(),
        transfer: TransferId(uuid::Uuid::from_u128(1)),
    };
    let mut handed = received(report);
    handed.channel = Channel::Neighbour;
    handed.handed_over = Some(from.clone());
    world.must(&Command::ReceiveReport(Box::new(handed)));
    assert_eq!(world.state.reports[&report].handed_over, Some(from));
}
