//! The ladder of a dispatch, its clocks after the acknowledgement, corrections, withdrawals, calls for help.

mod fixture;

use fixture::{SECOND, START, World, act, close, ladder};
use kentongan_domain::catalogue::Priority;
use kentongan_domain::command::{Command, DeliveryResult};
use kentongan_domain::deadline::DeadlineKind;
use kentongan_domain::delivery::{Delivery, DeliveryChannel, DeliveryState, Notice};
use kentongan_domain::dispatch::{Dispatch, DispatchAct, DispatchState, ReplyDoubt, Via};
use kentongan_domain::duty::{AgencyDuty, Concern, DutyContact};
use kentongan_domain::event::Event;
use kentongan_domain::ids::{DispatchId, IncidentId};
use kentongan_domain::incident::CloseResult;
use kentongan_domain::ladder::{Ladder, Rung, RungAct, Told, ladder_for};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A fire forwarded to the fire brigade.
fn forwarded() -> (World, IncidentId, DispatchId) {
    let mut world = World::new();
    let incident = world.incident(1);
    let dispatch = world.forward(incident, "damkar", &[]);
    (world, incident, dispatch)
}

fn held(world: &World, dispatch: DispatchId) -> &Dispatch {
    &world.state.dispatches[&dispatch]
}

/// Whom a dispatch was told to, as `contact/channel`, in order.
fn told(dispatch: &Dispatch, notice: Notice) -> Vec<String> {
    let of_notice = dispatch.deliveries.iter().filter(|one| one.notice == notice);
    of_notice.map(|one| format!("{}/{}", one.contact, one.channel.code())).collect()
}

/// Lets the clock run to this many seconds after the dispatch was made, and every deadline on the way pass.
fn pass_until(world: &mut World, dispatch: DispatchId, seconds: i64) -> Vec<&'static str> {
    let end = held(world, dispatch).queued_at + seconds * SECOND;
    let mut kinds = Vec::new();
    loop {
        let due = held(world, dispatch).deadlines().filter(|one| one.due_at <= end);
        let Some(deadline) = due.min_by_key(|one| one.due_at) else { break };
        world.now = deadline.due_at;
        let subject = kentongan_domain::command::DeadlineSubject::Dispatch(dispatch);
        let command = Command::PassDeadline { subject, kind: deadline.kind, level: deadline.level };
        kinds.extend(world.must(&command).iter().map(Event::kind));
    }
    world.now = end;
    kinds
}

fn note(world: &mut World, dispatch: DispatchId, at: usize, result: DeliveryResult) -> Vec<Event> {
    let delivery = held(world, dispatch).deliveries[at].id;
    world.must(&Command::RecordDelivery { dispatch, delivery, result })
}

fn sent(id: &str) -> DeliveryResult {
    DeliveryResult::Sent { provider_id: Some(id.into()) }
}

#[test]
fn an_unacknowledged_dispatch_climbs_its_ladder() {
    let (mut world, _, dispatch) = forwarded();
    assert_eq!(
        told(held(&world, dispatch), Notice::Order),
        ["damkar/console", "danru-1/telegram", "danru-1/sms"]
    );
    assert!(pass_until(&mut world, dispatch, 59).is_empty());
    assert_eq!(pass_until(&mut world, dispatch, 60), ["dispatch_overdue"]);
    assert!(held(&world, dispatch).overdue && held(&world, dispatch).alarms == 1);
    assert_eq!(pass_until(&mut world, dispatch, 119), ["dispatch_notified"]);
    assert_eq!(told(held(&world, dispatch), Notice::Order).last().unwrap(), "danru-2/whatsapp");
    assert_eq!(held(&world, dispatch).escalated_at, None);
    assert_eq!(pass_until(&mut world, dispatch, 120), ["dispatch_escalated"]);
    assert_eq!(held(&world, dispatch).escalated_at, Some(world.now));
    // Beyond the last rung the desk is rung again, each time after twice the pause.
    assert_eq!(pass_until(&mut world, dispatch, 120 + 120), ["dispatch_overdue"]);
    assert_eq!(pass_until(&mut world, dispatch, 120 + 120 + 239), [""; 0]);
    assert_eq!(pass_until(&mut world, dispatch, 120 + 120 + 240), ["dispatch_overdue"]);
    assert_eq!(held(&world, dispatch).alarms, 3);
}

#[test]
fn the_ladder_stops_at_the_acknowledgement() {
    for via in [Via::Console, Via::Link, Via::Button, Via::Reply, Via::Webhook, Via::Verbal] {
        let (mut world, _, dispatch) = forwarded();
        pass_until(&mut world, dispatch, 70);
        let step = Command::Act {
            dispatch,
            act: DispatchAct::Acknowledge,
            via,
            reason: (via == Via::Verbal).then(|| fixture::text(9)),
            units: Vec::new(),
        };
        world.must(&step);
        let now = held(&world, dispatch);
        assert_eq!((now.acknowledged_via, now.overdue, now.next_rung()), (Some(via), false, None));
        assert_eq!(now.acknowledged_note.is_some(), via == Via::Verbal);
        assert!(now.deliveries.iter().all(|one| one.state == DeliveryState::Dropped));
        // Then it has to be taken on, and a unit should get there.
        let accept = now.deadline.unwrap();
        assert_eq!((accept.kind, accept.due_at), (DeadlineKind::DispatchAccepted, world.now + 120 * SECOND));
        assert_eq!(pass_until(&mut world, dispatch, 70 + 120), ["dispatch_late"]);
        assert_eq!(held(&world, dispatch).late, Some(DeadlineKind::DispatchAccepted));
        world.acts(dispatch, &[DispatchAct::Accept]);
        let now = held(&world, dispatch);
        assert_eq!((now.late, now.deadline.unwrap().kind), (None, DeadlineKind::DispatchOnScene));
        assert_eq!(now.deadline.unwrap().due_at, now.queued_at + 900 * SECOND);
        world.acts(dispatch, &[DispatchAct::EnRoute, DispatchAct::OnScene]);
        assert_eq!(held(&world, dispatch).deadline, None);
    }
}

#[test]
fn rungs_that_passed_while_the_centre_was_down_are_climbed_once_each() {
    let (mut world, _, dispatch) = forwarded();
    world.now += 10_000 * SECOND;
    let (mut kinds, started) = (Vec::new(), world.now);
    while let Some(deadline) = held(&world, dispatch).deadline.filter(|one| one.due_at <= started) {
        let subject = kentongan_domain::command::DeadlineSubject::Dispatch(dispatch);
        let command = Command::PassDeadline { subject, kind: deadline.kind, level: deadline.level };
        kinds.extend(world.must(&command).iter().map(Event::kind));
        assert_eq!(world.ask(&command), Ok(Vec::new()), "not twice");
    }
    assert_eq!(kinds, ["dispatch_overdue", "dispatch_notified", "dispatch_escalated"]);
    assert!(held(&world, dispatch).deadline.unwrap().due_at > started);
}

#[test]
fn what_channels_tell_late_or_twice_never_goes_back() {
    let (mut world, _, dispatch) = forwarded();
    assert_eq!(note(&mut world, dispatch, 2, DeliveryResult::Seen).len(), 1);
    assert_eq!(held(&world, dispatch).state, DispatchState::Delivered);
    for late in [sent("sms-1"), DeliveryResult::Arrived, DeliveryResult::Seen] {
        assert_eq!(note(&mut world, dispatch, 2, late), []);
    }
    let failed = DeliveryResult::Failed { error: "status_500".into(), retry_at: None };
    assert_eq!(note(&mut world, dispatch, 2, failed), []);
    assert_eq!(held(&world, dispatch).deliveries[2].state, DeliveryState::Seen);
    // Seen by somebody is not acknowledged: the ladder goes on.
    assert_eq!(pass_until(&mut world, dispatch, 60), ["dispatch_overdue"]);
    // Taken by the provider, and given up by it later.
    note(&mut world, dispatch, 1, sent("tg-1"));
    let lost = DeliveryResult::Failed { error: "undeliverable".into(), retry_at: Some(START) };
    note(&mut world, dispatch, 1, lost);
    let one = &held(&world, dispatch).deliveries[1];
    assert_eq!((one.state, one.next_attempt_at), (DeliveryState::Failed, None));
}

#[test]
fn a_timeout_after_the_hand_over_may_have_arrived() {
    let (mut world, _, dispatch) = forwarded();
    let again = world.now + SECOND;
    let broke_off = DeliveryResult::Unknown { error: "timeout".into(), retry_at: Some(again) };
    note(&mut world, dispatch, 1, broke_off);
    let one = &held(&world, dispatch).deliveries[1];
    assert_eq!((one.state, one.attempts, one.next_attempt_at), (DeliveryState::Unknown, 1, Some(again)));
    // So a withdrawal goes there, too; where nothing was tried there is nobody to call back.
    world.acts(dispatch, &[DispatchAct::Withdraw]);
    assert_eq!(told(held(&world, dispatch), Notice::Withdrawal), ["danru-1/telegram"]);
    let withdrawal = held(&world, dispatch).deliveries.last().unwrap();
    assert_eq!((withdrawal.state, withdrawal.wording), (DeliveryState::Pending, 2));
}

#[test]
fn an_order_that_arrives_after_its_withdrawal_is_called_back() {
    let (mut world, _, dispatch) = forwarded();
    world.acts(dispatch, &[DispatchAct::Withdraw]);
    assert_eq!(told(held(&world, dispatch), Notice::Withdrawal), [""; 0]);
    // The attempt was under way when the desk called it off.
    note(&mut world, dispatch, 2, sent("sms-1"));
    note(&mut world, dispatch, 2, DeliveryResult::Arrived);
    assert_eq!(told(held(&world, dispatch), Notice::Withdrawal), ["danru-1/sms"], "once");
}

#[test]
fn a_correction_goes_wherever_the_order_went() {
    let (mut world, incident, dispatch) = forwarded();
    note(&mut world, dispatch, 1, sent("tg-1"));
    let worse = Command::ChangeIncident {
        incident,
        expected_version: None,
        kind: None,
        priority: Some(Priority::P2),
        place: None,
    };
    for wording in [2, 3] {
        world.must(&worse);
        let now = held(&world, dispatch);
        assert_eq!((now.wording, now.corrected_at), (wording, Some(world.now)));
        let corrections = told(now, Notice::Correction);
        assert_eq!(corrections.len() as u32, wording - 1);
        assert!(corrections.iter().all(|one| one == "danru-1/telegram"));
    }
    // Of two corrections that both wait only the newer one goes out.
    let corrections = held(&world, dispatch).deliveries.iter().filter(|one| one.notice == Notice::Correction);
    let states: Vec<DeliveryState> = corrections.map(|one| one.state).collect();
    assert_eq!(states, [DeliveryState::Dropped, DeliveryState::Pending]);
    // An acknowledgement ends the order, not the correction; closing calls everybody back.
    world.acts(dispatch, &[DispatchAct::Acknowledge]);
    assert_eq!(held(&world, dispatch).deliveries.last().unwrap().state, DeliveryState::Pending);
    world.must(&close(incident, CloseResult::FalseReport));
    let now = held(&world, dispatch);
    assert_eq!(now.state, DispatchState::Withdrawn);
    assert_eq!(told(now, Notice::Withdrawal), ["danru-1/telegram"]);
    assert!(
        now.deliveries.iter().filter(|one| one.notice == Notice::Correction).all(|one| !one.state.is_due())
    );
}

#[test]
fn a_call_for_help_rings_until_the_desk_answers() {
    let (mut world, _, dispatch) = forwarded();
    let ask = Command::AskForHelp { dispatch, note: Some(fixture::text(5)) };
    assert!(world.ask(&ask).is_err(), "nobody is there yet");
    world.acts(dispatch, &[DispatchAct::Acknowledge, DispatchAct::Accept, DispatchAct::OnScene]);
    world.must(&ask);
    let rung = held(&world, dispatch).help.clone().unwrap().deadline.unwrap();
    assert_eq!((rung.kind, rung.due_at), (DeadlineKind::HelpAnswered, world.now + 60 * SECOND));
    world.now = rung.due_at;
    let subject = kentongan_domain::command::DeadlineSubject::Dispatch(dispatch);
    let passed = world.must(&Command::PassDeadline { subject, kind: rung.kind, level: 0 });
    assert_eq!(passed[0].kind(), "help_overdue");
    world.must(&Command::AnswerHelp { dispatch });
    assert!(world.ask(&Command::AnswerHelp { dispatch }).is_err());
    let help = held(&world, dispatch).help.clone().unwrap();
    assert_eq!((help.deadline, help.answered_at), (None, Some(world.now)));
    // And again: a second call is a new one.
    world.must(&ask);
    assert_eq!(held(&world, dispatch).help.clone().unwrap().answered_at, None);
    world.acts(dispatch, &[DispatchAct::Complete]);
    assert_eq!(held(&world, dispatch).deadlines().count(), 0);
}

#[test]
fn codes_are_unique_among_what_is_open() {
    let mut world = World::new();
    let mut codes = BTreeSet::new();
    for _ in 0..200 {
        let incident = world.incident(1);
        let dispatch = world.forward(incident, "damkar", &[]);
        let code = held(&world, dispatch).reply_code.clone().unwrap();
        assert!(code.len() == 4 && code.bytes().all(|sign| sign.is_ascii_digit()), "{code}");
        assert!(codes.insert(code));
    }
}

#[test]
fn answers_that_could_not_be_taken_are_shown_once_each() {
    let (mut world, _, dispatch) = forwarded();
    let stranger = Command::DoubtReply { dispatch, doubt: ReplyDoubt::Stranger };
    assert_eq!(world.must(&stranger).len(), 1);
    assert_eq!(world.must(&stranger).len(), 0);
    let late = Command::DoubtReply { dispatch, doubt: ReplyDoubt::TooLate };
    assert_eq!(world.must(&late).len(), 1);
    assert_eq!(held(&world, dispatch).doubt, Some(ReplyDoubt::TooLate));
    assert!(held(&world, dispatch).state.is_unacknowledged());
}

#[test]
fn a_gap_in_the_roster_tells_everybody_and_says_so() {
    let mut world = World::new();
    let mut book = fixture::duty_book();
    book.get_mut("damkar").unwrap().spans.retain(|span| span.until < START);
    book.get_mut("damkar").unwrap().spans.push(kentongan_domain::duty::DutySpan {
        contact: "danru-1".into(),
        from: START + 3_600 * SECOND,
        until: START + 7_200 * SECOND,
        place: 1,
    });
    world.state.duty = Arc::new(book);
    let incident = world.incident(1);
    let dispatch = world.forward(incident, "damkar", &[]);
    assert_eq!(held(&world, dispatch).concern, Some(Concern::NobodyOnDuty));
    // The first by place is told at once, the second by the ladder.
    assert_eq!(told(held(&world, dispatch), Notice::Order).len(), 3);
    let polres = world.forward(incident, "polres", &[]);
    assert_eq!(held(&world, polres).concern, Some(Concern::NoContact));
    assert_eq!(told(held(&world, polres), Notice::Order), ["polres/console"]);
    let psc = world.forward(incident, "psc119", &[]);
    assert_eq!(held(&world, psc).concern, None);
    assert_eq!(told(held(&world, psc), Notice::Order), ["psc119/console", "psc119/webhook"]);
}

#[test]
fn who_is_on_duty_follows_turn_place_and_code() {
    let contact = |code: &str, place| DutyContact { code: code.into(), place, channels: BTreeSet::new() };
    let duty = AgencyDuty {
        contacts: vec![contact("c", 1), contact("b", 1), contact("a", 2)],
        ..AgencyDuty::default()
    };
    let codes = |duty: &AgencyDuty, at| -> Vec<String> {
        duty.on_duty(at).into_iter().map(|one| one.code.clone()).collect()
    };
    assert_eq!(codes(&duty, START), ["b", "c", "a"], "without a roster everybody, by place and code");
    let turn = |contact: &str, from: i64, until: i64, place| kentongan_domain::duty::DutySpan {
        contact: contact.into(),
        from: START + from,
        until: START + until,
        place,
    };
    // `a` has two turns at once, an unknown one none; a turn begins with its first instant and ends before its last.
    let spans =
        vec![turn("a", 0, 10, 2), turn("a", 5, 10, 1), turn("c", 0, 10, 1), turn("tidak-ada", 0, 10, 1)];
    let duty = AgencyDuty { spans, ..duty };
    assert_eq!(codes(&duty, START), ["c", "a"]);
    assert_eq!(codes(&duty, START + 5), ["c", "a"]);
    assert_eq!(codes(&duty, START + 10), ["b", "c", "a"]);
    assert_eq!(duty.concern(START + 10), Some(Concern::NobodyOnDuty));
    assert_eq!(duty.concern(START), None);
}

#[test]
fn the_most_specific_ladder_is_climbed_and_a_faulty_one_never() {
    let pack = fixture::pack();
    let damkar = pack.agencies.iter().find(|agency| agency.code == "damkar").unwrap();
    let with = |change: fn(&mut Ladder)| {
        let mut one = ladder();
        one.agency = None;
        one.priorities = Vec::new();
        change(&mut one);
        one
    };
    let everybody = with(|one| one.accept_within_ms = 1);
    let of_kind = with(|one| (one.kind, one.accept_within_ms) = (Some("damkar".into()), 2));
    let of_kind_p1 = with(|one| {
        (one.kind, one.priorities, one.accept_within_ms) = (Some("damkar".into()), vec![Priority::P1], 3);
    });
    let of_agency = with(|one| (one.agency, one.accept_within_ms) = (Some("damkar".into()), 4));
    let other = with(|one| (one.agency, one.accept_within_ms) = (Some("psc119".into()), 5));
    let all = [everybody.clone(), of_kind.clone(), of_kind_p1.clone(), other];
    assert_eq!(ladder_for(&all, damkar, Priority::P1).accept_within_ms, 3);
    assert_eq!(ladder_for(&all, damkar, Priority::P3).accept_within_ms, 2);
    assert_eq!(ladder_for(&[everybody, of_kind, of_agency], damkar, Priority::P1).accept_within_ms, 4);
    let plain = ladder_for(&[], damkar, Priority::P1);
    let steps: Vec<u32> = plain.rungs.iter().map(|rung| rung.after_ms).collect();
    assert_eq!((steps, plain.faults()), (vec![0, 60_000, 90_000, 120_000], Vec::new()));
    // What falls, never rings or tells nobody is no ladder.
    let alert = |after_ms| Rung { after_ms, act: RungAct::Alert { to: Told::All, channels: Vec::new() } };
    let alarm = |after_ms| Rung { after_ms, act: RungAct::Alarm };
    for rungs in [
        vec![],
        vec![alert(0)],
        vec![alarm(60_000)],
        vec![alert(0), alarm(0)],
        vec![alert(0), alarm(60_000), alert(30_000)],
        vec![alert(0), alarm(3_600_001)],
        std::iter::once(alert(0)).chain(vec![alarm(60_000); 20]).collect(),
    ] {
        let faulty = Ladder { rungs, ..of_kind_p1.clone() };
        assert!(!faulty.faults().is_empty(), "{:?}", faulty.rungs);
        assert_eq!(ladder_for(&[faulty], damkar, Priority::P1), plain);
    }
}

#[test]
fn everybody_at_once_is_told_once() {
    let duty = fixture::duty_book();
    let mut world = World::new();
    let mut pack = fixture::pack();
    let all =
        RungAct::Alert { to: Told::All, channels: vec![DeliveryChannel::Sms, DeliveryChannel::Whatsapp] };
    pack.ladders = vec![Ladder {
        rungs: vec![
            Rung { after_ms: 0, act: all.clone() },
            Rung { after_ms: 0, act: all.clone() },
            Rung { after_ms: 1_000, act: RungAct::Alarm },
            Rung { after_ms: 1_000, act: all },
        ],
        ..ladder()
    }];
    world.state.reference = Arc::new(kentongan_domain::state::Reference { pack });
    world.state.duty = Arc::new(duty);
    let incident = world.incident(1);
    let dispatch = world.forward(incident, "damkar", &[]);
    let orders = ["danru-1/sms", "danru-2/whatsapp"];
    assert_eq!(told(held(&world, dispatch), Notice::Order), orders);
    pass_until(&mut world, dispatch, 1);
    assert_eq!(told(held(&world, dispatch), Notice::Order), orders);
    // And the agency itself acts on what it sees.
    world.must(&act(dispatch, DispatchAct::Acknowledge));
    let open = |one: &&Delivery| one.state.is_due();
    assert_eq!(held(&world, dispatch).deliveries.iter().filter(open).count(), 0);
}
