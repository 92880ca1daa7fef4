//! Random sequences of commands, sensible and senseless, against a small city: whatever happens,
//! states move along their tables, no report is lost, nothing open is without a deadline, and the
//! log folds back to the same state.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod fixture;

use std::collections::{BTreeMap, BTreeSet};

use fixture::{
    AGENCIES, SECOND, TYPES, UNITS, World, act, close, forward, move_unit, open, received, reopen, text,
};
use kentongan_domain::actions::{
    dispatch_actions, incident_actions, possible_on_dispatch, possible_on_incident, report_actions,
    unit_actions,
};
use kentongan_domain::catalogue::{Category, Priority};
use kentongan_domain::command::{AlarmDispatch, Command, DeadlineSubject, DeliveryResult, ReceiveReport};
use kentongan_domain::contact::HoldLevel;
use kentongan_domain::deadline::{Deadline, DeadlineKind};
use kentongan_domain::decide::decide;
use kentongan_domain::delivery::{DeliveryChannel, DeliveryState};
use kentongan_domain::dispatch::{
    Dispatch, DispatchAct, DispatchRole, DispatchState, Notice, ReplyDoubt, Via, dispatch_next,
};
use kentongan_domain::event::{Event, Record, Stream};
use kentongan_domain::evolve::evolve;
use kentongan_domain::handover::HandoverResult;
use kentongan_domain::ids::{
    DeliveryId, DispatchId, IncidentId, PersonId, PhotoId, ReportId, TextId, TransferId,
};
use kentongan_domain::incident::{CloseResult, IncidentAct, IncidentState, incident_may, live_state};
use kentongan_domain::number::local_day;
use kentongan_domain::people::Role;
use kentongan_domain::place::{ClaimSource, LocationClaim, Place};
use kentongan_domain::queue::{Lane, Rank};
use kentongan_domain::rejection::Rejection;
use kentongan_domain::report::{Channel, Outcome, OwnerQueue, REPORT_TRANSITIONS, ReportState};
use kentongan_domain::state::CentreState;
use kentongan_domain::unit::{Unit, UnitMover, UnitState, unit_step};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

// What is asked, before the ids are known.

/// Which of the things that exist by then, mostly of those still open; now and then one that does not.
#[derive(Debug, Clone, Copy)]
enum Pick {
    Open(Index),
    Held(Index),
    Unknown(u64),
}

impl Pick {
    /// One of those still open, one of all, or an id nothing has.
    fn of<T: Copy>(self, open: &[T], held: &[T], unknown: impl Fn(uuid::Uuid) -> T) -> T {
        match self {
            Self::Open(index) if !open.is_empty() => *index.get(open),
            Self::Open(index) | Self::Held(index) if !held.is_empty() => *index.get(held),
            Self::Open(_) | Self::Held(_) => unknown(uuid::Uuid::nil()),
            Self::Unknown(number) => unknown(uuid::Uuid::from_u64_pair(u64::MAX, number)),
        }
    }
}

#[derive(Debug, Clone)]
enum Ask {
    Receive {
        report: Box<ReceiveReport>,
        again: Option<Index>,
    },
    Outcome {
        report: Pick,
        outcome: Outcome,
        incident: Option<Pick>,
        note: bool,
    },
    Open {
        reports: Vec<Pick>,
        doubled: bool,
        kind: usize,
        priority: Priority,
        place: Place,
    },
    Change {
        incident: Pick,
        version: Option<bool>,
        kind: Option<usize>,
        priority: Option<Priority>,
        place: Option<Place>,
    },
    Merge {
        incident: Pick,
        into: Pick,
    },
    Split {
        incident: Pick,
        own: Vec<Index>,
        foreign: Option<Pick>,
        priority: Option<Priority>,
    },
    /// A report said to be of an event that is or is no known one any more.
    ReceiveOf {
        report: Box<ReceiveReport>,
        incident: Pick,
    },
    Lift {
        report: Pick,
    },
    RankContact {
        report: Pick,
        level: Option<HoldLevel>,
        hours: i64,
    },
    Known {
        incident: Pick,
        reports: Vec<Pick>,
    },
    EndKnown {
        incident: Pick,
    },
    Resolve {
        incident: Pick,
    },
    Close {
        incident: Pick,
        result: CloseResult,
    },
    /// An incident is offered to a neighbour, or to somebody who is none.
    Offer {
        incident: Pick,
        to: &'static str,
    },
    /// A neighbour's server tells something, of the offer as it stands or of another one.
    Handover {
        incident: Pick,
        current: bool,
        result: HandoverResult,
    },
    /// A neighbour answers by telephone.
    AnswerOffer {
        incident: Pick,
        accepted: bool,
    },
    Reopen {
        incident: Pick,
        reason: bool,
    },
    Dispatch {
        incident: Pick,
        agency: &'static str,
        role: DispatchRole,
        units: Vec<&'static str>,
    },
    /// The next alarm, now and then another one, for one or two agencies.
    Alarm {
        incident: Pick,
        ahead: u32,
        sent: Vec<(&'static str, Vec<&'static str>)>,
    },
    /// Any act on any dispatch.
    Act {
        dispatch: Pick,
        act: DispatchAct,
        reason: bool,
        units: Vec<&'static str>,
    },
    /// An act that a dispatch allows, so that sequences go deep.
    Step {
        dispatch: Index,
        onward: bool,
        act: Index,
        units: Index,
    },
    Help {
        dispatch: Pick,
    },
    AnswerHelp {
        dispatch: Pick,
    },
    Doubt {
        dispatch: Pick,
        doubt: ReplyDoubt,
    },
    Delivery {
        dispatch: Pick,
        delivery: Pick,
        result: DeliveryResult,
    },
    /// Somebody says where a unit stands: something it may say, or anything.
    Unit {
        unit: Index,
        at_work: bool,
        likely: bool,
        to: Index,
        note: bool,
    },
    /// The clock goes to the next deadline, and it passes.
    NextDeadline,
    /// Some deadline is said to have passed, at some level.
    SomeDeadline {
        subject: Index,
        kind: DeadlineKind,
        level: u32,
    },
}

#[derive(Debug, Clone)]
struct Step {
    /// How far the clock moves first; it may jump back.
    later: i64,
    ask: Ask,
}

fn picks() -> impl Strategy<Value = Pick> {
    prop_oneof![
        24 => any::<Index>().prop_map(Pick::Open),
        5 => any::<Index>().prop_map(Pick::Held),
        1 => any::<u64>().prop_map(Pick::Unknown),
    ]
}

fn priorities() -> impl Strategy<Value = Priority> {
    select(Priority::ALL.to_vec())
}

fn reals(limit: f64) -> impl Strategy<Value = f64> {
    prop_oneof![9 => -limit..limit, 1 => Just(0.0), 1 => Just(-0.0), 1 => any::<f64>().prop_filter("finite", |x| x.is_finite())]
}

fn sources() -> impl Strategy<Value = ClaimSource> {
    select(vec![
        ClaimSource::OperatorPin,
        ClaimSource::Device,
        ClaimSource::Spoken,
        ClaimSource::ForwardedPin,
        ClaimSource::Unknown,
    ])
}

fn places() -> impl Strategy<Value = Place> {
    let point = proptest::option::of((reals(90.0), reals(180.0)));
    let names = proptest::option::of("[ -~à-ÿ\u{1F6A8}\\\\\"\n]{0,12}");
    (point, proptest::option::of(reals(500.0)), proptest::option::of(sources()), names, any::<bool>())
        .prop_map(|(point, accuracy_m, source, label, known)| Place {
            lat: point.map(|(lat, _)| lat),
            lon: point.map(|(_, lon)| lon),
            accuracy_m,
            source,
            label,
            village_code: known.then(|| "35.71.01.1001".into()),
            regency_code: known.then(|| fixture::CITY.into()),
            confidence: accuracy_m,
            ..Place::default()
        })
}

fn reports() -> impl Strategy<Value = Box<ReceiveReport>> {
    let claims = proptest::collection::vec(
        (reals(90.0), reals(180.0), proptest::option::of(reals(500.0)), sources(), any::<i64>()),
        0..3,
    );
    let ids = (any::<u128>(), any::<u128>(), proptest::option::of(any::<u128>()));
    (
        ids,
        select(Channel::ALL.to_vec()),
        priorities(),
        claims,
        places(),
        (reals(1.0), reals(1.0)),
        any::<i64>(),
    )
        .prop_map(
            |((report, words, person), channel, priority, claims, place, (confidence, nuisance), at)| {
                let mut report = received(ReportId(uuid::Uuid::from_u128(report)));
                report.channel = channel;
                report.text = TextId(uuid::Uuid::from_u128(words));
                report.person = person.map(|id| PersonId(uuid::Uuid::from_u128(id)));
                report.external_id = person.map(|id| id.to_string());
                report.occurred_at = (at % 2 == 0).then_some(at);
                report.suggestion.priority = priority;
                report.suggestion.confidence = confidence;
                report.suggestion.nuisance = nuisance;
                report.claims = claims
                    .into_iter()
                    .map(|(lat, lon, accuracy_m, source, claimed_at)| LocationClaim {
                        lat,
                        lon,
                        accuracy_m,
                        source,
                        claimed_at,
                    })
                    .collect();
                report.place = place;
                Box::new(report)
            },
        )
}

fn agencies() -> impl Strategy<Value = &'static str> {
    prop_oneof![20 => select(AGENCIES.to_vec()), 1 => Just("tidak_ada")]
}

/// Units, mostly of the agency; now and then any, doubled or unknown.
fn units_of(agency: &'static str) -> BoxedStrategy<Vec<&'static str>> {
    let own: Vec<&'static str> =
        UNITS.iter().filter(|(_, of)| *of == agency).map(|(code, _)| *code).collect();
    let all: Vec<&'static str> = UNITS.iter().map(|(code, _)| *code).chain(["tidak-ada"]).collect();
    let most = own.len();
    prop_oneof![
        4 => subsequence(own, 0..=most),
        1 => proptest::collection::vec(select(all), 0..3),
    ]
    .boxed()
}

fn asks() -> impl Strategy<Value = Ask> {
    let acts = select(vec![
        DispatchAct::Send,
        DispatchAct::Deliver,
        DispatchAct::Acknowledge,
        DispatchAct::Accept,
        DispatchAct::Reject,
        DispatchAct::EnRoute,
        DispatchAct::OnScene,
        DispatchAct::Complete,
        DispatchAct::Withdraw,
    ]);
    let closes = select(vec![
        CloseResult::Handled,
        CloseResult::FalseReport,
        CloseResult::Cancelled,
        CloseResult::OutOfArea,
    ]);
    let kinds = 0..=TYPES.len();
    let results = prop_oneof![
        Just(DeliveryResult::Arrived),
        Just(DeliveryResult::Failed { error: "timeout".into(), retry_at: Some(fixture::START) }),
        Just(DeliveryResult::Failed { error: "gone".into(), retry_at: None }),
        Just(DeliveryResult::Sent { provider_id: Some("p-1".into()) }),
        Just(DeliveryResult::Seen),
        Just(DeliveryResult::Unknown { error: "timeout".into(), retry_at: Some(fixture::START) }),
    ];
    let deadlines = select(vec![
        DeadlineKind::ReportHandled,
        DeadlineKind::IncidentForwarded,
        DeadlineKind::DispatchAcknowledged,
        DeadlineKind::DispatchAccepted,
        DeadlineKind::DispatchOnScene,
        DeadlineKind::HelpAnswered,
        DeadlineKind::HandoverAnswered,
    ]);
    let news = prop_oneof![
        Just(HandoverResult::Received { number: "TTG-1".into() }),
        Just(HandoverResult::Accepted { number: Some("TTG-2".into()) }),
        Just(HandoverResult::Refused { reason: "wrong_region".into() }),
        Just(HandoverResult::Failed { error: "timeout".into() }),
    ];
    let levels = select(vec![HoldLevel::Behind, HoldLevel::Lower, HoldLevel::Last]);
    let roles = select(vec![DispatchRole::Lead, DispatchRole::Support]);
    prop_oneof![
        8 => (reports(), prop_oneof![9 => Just(None), 1 => any::<Index>().prop_map(Some)])
            .prop_map(|(report, again)| Ask::Receive { report, again }),
        2 => (picks(), select(Outcome::ALL.to_vec()), proptest::option::of(picks()), any::<bool>())
            .prop_map(|(report, outcome, incident, note)| Ask::Outcome { report, outcome, incident, note }),
        3 => (picks(), picks(), any::<bool>()).prop_map(|(report, incident, note)| {
            Ask::Outcome { report, outcome: Outcome::Attached, incident: Some(incident), note }
        }),
        7 => (proptest::collection::vec(picks(), 0..4), proptest::bool::weighted(0.1), kinds.clone(),
              priorities(), places())
            .prop_map(|(reports, doubled, kind, priority, place)| {
                Ask::Open { reports, doubled, kind, priority, place }
            }),
        2 => (picks(), proptest::option::of(any::<bool>()), proptest::option::of(kinds),
              proptest::option::of(priorities()), proptest::option::of(places()))
            .prop_map(|(incident, version, kind, priority, place)| {
                Ask::Change { incident, version, kind, priority, place }
            }),
        4 => (picks(), picks()).prop_map(|(incident, into)| Ask::Merge { incident, into }),
        3 => (picks(), proptest::collection::vec(any::<Index>(), 0..3),
              prop_oneof![5 => Just(None), 1 => picks().prop_map(Some)], proptest::option::of(priorities()))
            .prop_map(|(incident, own, foreign, priority)| Ask::Split { incident, own, foreign, priority }),
        2 => (reports(), picks()).prop_map(|(report, incident)| Ask::ReceiveOf { report, incident }),
        1 => picks().prop_map(|report| Ask::Lift { report }),
        2 => (picks(), proptest::option::weighted(0.7, levels), -1..200_i64)
            .prop_map(|(report, level, hours)| Ask::RankContact { report, level, hours }),
        2 => (picks(), proptest::collection::vec(picks(), 0..3))
            .prop_map(|(incident, reports)| Ask::Known { incident, reports }),
        1 => picks().prop_map(|incident| Ask::EndKnown { incident }),
        1 => picks().prop_map(|incident| Ask::Resolve { incident }),
        1 => (picks(), closes).prop_map(|(incident, result)| Ask::Close { incident, result }),
        3 => (picks(), select(vec!["tetangga", "seberang", "bukan_tetangga"]))
            .prop_map(|(incident, to)| Ask::Offer { incident, to }),
        3 => (picks(), proptest::bool::weighted(0.9), news)
            .prop_map(|(incident, current, result)| Ask::Handover { incident, current, result }),
        1 => (picks(), any::<bool>()).prop_map(|(incident, accepted)| Ask::AnswerOffer { incident, accepted }),
        2 => (picks(), any::<bool>()).prop_map(|(incident, reason)| Ask::Reopen { incident, reason }),
        10 => (picks(), agencies(), roles).prop_flat_map(|(incident, agency, role)| {
            units_of(agency).prop_map(move |units| Ask::Dispatch { incident, agency, role, units })
        }),
        3 => (picks(), prop_oneof![4 => Just(1_u32), 1 => 0..4_u32], proptest::collection::vec(agencies(), 0..3)).prop_flat_map(
            |(incident, ahead, agencies)| {
                let sent: Vec<_> = agencies.into_iter().map(|agency| (Just(agency), units_of(agency))).collect();
                sent.prop_map(move |sent| Ask::Alarm { incident, ahead, sent })
            }
        ),
        4 => (picks(), acts, any::<bool>(), agencies()).prop_flat_map(|(dispatch, act, reason, agency)| {
            units_of(agency).prop_map(move |units| Ask::Act { dispatch, act, reason, units })
        }),
        18 => (any::<Index>(), proptest::bool::weighted(0.8), any::<Index>(), any::<Index>())
            .prop_map(|(dispatch, onward, act, units)| Ask::Step { dispatch, onward, act, units }),
        3 => (picks(), picks(), results)
            .prop_map(|(dispatch, delivery, result)| Ask::Delivery { dispatch, delivery, result }),
        6 => Just(Ask::NextDeadline),
        2 => picks().prop_map(|dispatch| Ask::Help { dispatch }),
        2 => picks().prop_map(|dispatch| Ask::AnswerHelp { dispatch }),
        1 => (picks(), select(vec![ReplyDoubt::Stranger, ReplyDoubt::TooLate]))
            .prop_map(|(dispatch, doubt)| Ask::Doubt { dispatch, doubt }),
        12 => (any::<Index>(), proptest::bool::weighted(0.8), proptest::bool::weighted(0.7), any::<Index>(),
               any::<bool>())
            .prop_map(|(unit, at_work, likely, to, note)| Ask::Unit { unit, at_work, likely, to, note }),
        1 => (any::<Index>(), deadlines, 0..3_u32)
            .prop_map(|(subject, kind, level)| Ask::SomeDeadline { subject, kind, level }),
    ]
}

/// How many incidents there are at the start, and what is asked then.
fn shifts() -> impl Strategy<Value = (usize, Vec<Step>)> {
    (0..=3_usize, steps())
}

/// A centre in which `incidents` were opened.
fn begun(incidents: usize) -> World {
    let mut world = World::new();
    for reports in 1..=incidents {
        world.incident(reports);
    }
    world
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let later = prop_oneof![
        8 => 0..90 * SECOND,
        1 => 0..10 * 3_600 * SECOND,
        1 => -2 * 86_400 * SECOND..0,
    ];
    proptest::collection::vec((later, asks()).prop_map(|(later, ask)| Step { later, ask }), 1..=60)
}

/// The command that a step means in this world; none when there is nothing to speak of.
fn command_of(world: &mut World, ask: Ask) -> Option<Command> {
    let state = &world.state;
    let reports: Vec<ReportId> = state.reports.keys().copied().collect();
    let incidents: Vec<IncidentId> = state.incidents.keys().copied().collect();
    let dispatches: Vec<DispatchId> = state.dispatches.keys().copied().collect();
    let waiting: Vec<ReportId> = state
        .reports
        .values()
        .filter(|report| report.state == ReportState::Waiting)
        .map(|report| report.id)
        .collect();
    let live: Vec<IncidentId> = state
        .incidents
        .values()
        .filter(|incident| incident.state.is_live())
        .map(|incident| incident.id)
        .collect();
    let over: Vec<IncidentId> =
        incidents.iter().copied().filter(|id| !state.incidents[id].state.is_live()).collect();
    let running: Vec<DispatchId> = state
        .dispatches
        .values()
        .filter(|dispatch| !dispatch.state.is_final())
        .map(|dispatch| dispatch.id)
        .collect();
    let report = |pick: Pick| pick.of(&waiting, &reports, ReportId);
    let incident = |pick: Pick| pick.of(&live, &incidents, IncidentId);
    let dispatch_of = |pick: Pick| pick.of(&running, &dispatches, DispatchId);
    let kind_of = |number: usize| {
        TYPES.get(number).map_or((Category::Fire, "tidak_ada".to_owned()), |(code, category)| {
            (*category, (*code).to_owned())
        })
    };
    Some(match ask {
        Ask::Receive { report: mut received, again } => {
            if let Some(index) = again.filter(|_| !reports.is_empty()) {
                received.report = *index.get(&reports);
            }
            Command::ReceiveReport(received)
        }
        Ask::Outcome { report: pick, outcome, incident: to, note } => Command::SetOutcome {
            report: report(pick),
            outcome,
            incident: to.map(incident),
            note: note.then(|| text(5)),
        },
        Ask::Open { reports: named, doubled, kind, priority, place } => {
            let (category, type_code) = kind_of(kind);
            let mut reports: Vec<ReportId> = named.into_iter().map(report).collect();
            if !doubled {
                reports.sort();
                reports.dedup();
            }
            Command::OpenIncident { reports, category, type_code, priority, place }
        }
        Ask::Change { incident: pick, version, kind, priority, place } => {
            let incident = incident(pick);
            let held = state.incidents.get(&incident).map_or(0, |held| held.version);
            Command::ChangeIncident {
                incident,
                expected_version: version.map(|right| if right { held } else { held + 1 }),
                kind: kind.map(kind_of),
                priority,
                place,
            }
        }
        Ask::Merge { incident: from, into } => {
            Command::MergeIncident { incident: incident(from), into: incident(into) }
        }
        Ask::Split { incident: pick, own, foreign, priority } => {
            let incident = incident(pick);
            let held: Vec<ReportId> = state
                .incidents
                .get(&incident)
                .map(|held| held.reports.iter().copied().collect())
                .unwrap_or_default();
            let own = own.iter().filter(|_| !held.is_empty()).map(|index| *index.get(&held));
            let reports = own.chain(foreign.map(report)).collect();
            Command::SplitIncident { incident, reports, kind: None, priority, place: None }
        }
        Ask::ReceiveOf { report: mut received, incident: pick } => {
            received.rank = Rank { lane: Lane::Known, event: Some(incident(pick)), held_back: None };
            Command::ReceiveReport(received)
        }
        Ask::Lift { report: pick } => Command::LiftReport { report: report(pick) },
        Ask::RankContact { report: pick, level, hours } => Command::RankContact {
            report: report(pick),
            level,
            until: fixture::START + hours * 3_600 * SECOND,
        },
        Ask::Known { incident: pick, reports } => Command::ConfirmKnown {
            incident: incident(pick),
            reports: reports.into_iter().map(report).collect(),
        },
        Ask::EndKnown { incident: pick } => Command::EndKnown { incident: incident(pick) },
        Ask::Resolve { incident: pick } => {
            Command::ResolveIncident { incident: incident(pick), note: Some(text(6)) }
        }
        Ask::Close { incident: pick, result } => close(incident(pick), result),
        Ask::Offer { incident: pick, to } => {
            Command::OfferIncident { incident: incident(pick), to: to.into(), note: Some(text(13)) }
        }
        Ask::Handover { incident: pick, current, result } => {
            let offered: Vec<IncidentId> =
                incidents.iter().copied().filter(|id| state.incidents[id].handover.is_some()).collect();
            let incident = pick.of(&offered, &incidents, IncidentId);
            let held = state.incidents.get(&incident).and_then(|held| held.handover.as_ref());
            let transfer = held.filter(|_| current).map(|held| held.transfer);
            let transfer = transfer.unwrap_or(TransferId(uuid::Uuid::nil()));
            Command::RecordHandover { incident, transfer, result }
        }
        Ask::AnswerOffer { incident: pick, accepted } => {
            Command::AnswerOffer { incident: incident(pick), accepted, number: None }
        }
        Ask::Reopen { incident: pick, reason } => {
            let incident = pick.of(&over, &incidents, IncidentId);
            Command::ReopenIncident { incident, reason: reason.then(|| text(3)) }
        }
        Ask::Dispatch { incident: pick, agency, role, units } => Command::Dispatch {
            incident: incident(pick),
            agency: agency.into(),
            role,
            units: units.into_iter().map(Into::into).collect(),
            recommended: None,
        },
        Ask::Alarm { incident: pick, ahead, sent } => {
            let incident = incident(pick);
            let struck = state.incidents.get(&incident).map_or(0, |held| held.alarm_level);
            let sent = sent.into_iter().map(|(agency, units)| AlarmDispatch {
                agency: agency.into(),
                role: DispatchRole::Support,
                units: units.into_iter().map(Into::into).collect(),
                recommended: None,
            });
            Command::StrikeAlarm { incident, level: struck + ahead, dispatches: sent.collect() }
        }
        Ask::Act { dispatch, act, reason, units } => Command::Act {
            dispatch: dispatch_of(dispatch),
            act,
            via: Via::Console,
            reason: reason.then(|| text(7)),
            units: units.into_iter().map(Into::into).collect(),
        },
        Ask::Step { dispatch, onward, act, units } => {
            if running.is_empty() {
                return None;
            }
            let held = &state.dispatches[dispatch.get(&running)];
            let possible = possible_on_dispatch(held);
            let step = if onward { possible[0] } else { *act.get(&possible) };
            let free: Vec<String> = state
                .units
                .values()
                .filter(|unit| unit.agency == held.agency && unit.state.is_free())
                .map(|unit| unit.code.clone())
                .collect();
            let ends = dispatch_next(held.state, step).is_some_and(DispatchState::is_final);
            let sent = if ends { 0 } else { units.index(free.len() + 1) };
            Command::Act {
                dispatch: held.id,
                act: step,
                via: Via::Console,
                reason: Some(text(8)),
                units: free.into_iter().take(sent).collect(),
            }
        }
        Ask::Delivery { dispatch, delivery, result } => {
            let dispatch = dispatch_of(dispatch);
            let held: Vec<DeliveryId> = state
                .dispatches
                .get(&dispatch)
                .map(|held| held.deliveries.iter().map(|one| one.id).collect())
                .unwrap_or_default();
            Command::RecordDelivery { dispatch, delivery: delivery.of(&held, &held, DeliveryId), result }
        }
        Ask::Help { dispatch } => {
            Command::AskForHelp { dispatch: dispatch_of(dispatch), note: Some(text(12)) }
        }
        Ask::AnswerHelp { dispatch } => Command::AnswerHelp { dispatch: dispatch_of(dispatch) },
        Ask::Doubt { dispatch, doubt } => Command::DoubtReply { dispatch: dispatch_of(dispatch), doubt },
        Ask::Unit { unit, at_work, likely, to, note } => {
            let busy = |held: &&Unit| held.state.keeps_dispatch();
            let mut codes: Vec<&str> =
                state.units.values().filter(busy).filter(|_| at_work).map(|held| &*held.code).collect();
            if codes.is_empty() {
                codes = UNITS.into_iter().map(|(code, _)| code).chain(["tidak-ada"]).collect();
            }
            let unit = (*unit.get(&codes)).to_owned();
            // Mostly the next step of a job, so that sequences go deep; else anything.
            let may = state.units.get(&unit).filter(|_| likely).map(Unit::people_may);
            let onward = |to: &UnitState| to.keeps_dispatch() || *to == UnitState::Returning;
            let may: Vec<UnitState> = may.into_iter().flatten().filter(onward).collect();
            let to = if may.is_empty() { *to.get(&UnitState::ALL) } else { *to.get(&may) };
            Command::MoveUnit { unit, to, note: note.then(|| text(9)) }
        }
        Ask::NextDeadline => {
            let (subject, next) = state.deadlines().min_by_key(|(_, deadline)| deadline.due_at)?;
            world.now = world.now.max(next.due_at);
            Command::PassDeadline { subject, kind: next.kind, level: next.level }
        }
        Ask::SomeDeadline { subject, kind, level } => {
            let subjects: Vec<DeadlineSubject> = reports
                .iter()
                .map(|id| DeadlineSubject::Report(*id))
                .chain(incidents.iter().map(|id| DeadlineSubject::Incident(*id)))
                .chain(dispatches.iter().map(|id| DeadlineSubject::Dispatch(*id)))
                .collect();
            if subjects.is_empty() {
                return None;
            }
            Command::PassDeadline { subject: *subject.get(&subjects), kind, level }
        }
    })
}

// What must hold.

/// The state of every aggregate, to see what an event moved.
#[derive(Debug, Clone, PartialEq)]
struct Stands {
    reports: BTreeMap<ReportId, ReportState>,
    incidents: BTreeMap<IncidentId, IncidentState>,
    dispatches: BTreeMap<DispatchId, DispatchState>,
    units: BTreeMap<String, (UnitState, Option<DispatchId>)>,
}

impl Stands {
    fn of(state: &CentreState) -> Self {
        Self {
            reports: state.reports.values().map(|held| (held.id, held.state)).collect(),
            incidents: state.incidents.values().map(|held| (held.id, held.state)).collect(),
            dispatches: state.dispatches.values().map(|held| (held.id, held.state)).collect(),
            units: state
                .units
                .values()
                .map(|held| (held.code.clone(), (held.state, held.dispatch)))
                .collect(),
        }
    }
}

/// The keys whose value differs, with the value before (none: new). Nothing ever goes.
fn moved<K: Ord + Clone + std::fmt::Debug, V: PartialEq + Copy>(
    before: &BTreeMap<K, V>,
    after: &BTreeMap<K, V>,
) -> Vec<(K, Option<V>, V)> {
    assert!(before.keys().all(|key| after.contains_key(key)), "something is gone");
    after
        .iter()
        .map(|(key, to)| (key.clone(), before.get(key).copied(), *to))
        .filter(|(_, from, to)| *from != Some(*to))
        .collect()
}

/// I4: an event moves only its own aggregate, and only along the table.
fn check_moves(event: &Event, before: &Stands, after: &Stands) {
    let own = event.stream();
    for (id, from, to) in moved(&before.reports, &after.reports) {
        assert_eq!(own, Stream::Report(id));
        let legal = match from {
            None => to == ReportState::Waiting && matches!(event, Event::ReportReceived { .. }),
            Some(from) => REPORT_TRANSITIONS.contains(&(from, to)),
        };
        assert!(legal, "report {from:?} -> {to:?} by {event:?}");
    }
    for (id, from, to) in moved(&before.incidents, &after.incidents) {
        assert_eq!(own, Stream::Incident(id));
        let Some(from) = from else {
            assert!(to == IncidentState::Open && matches!(event, Event::IncidentOpened { .. }));
            continue;
        };
        let act = match event {
            Event::IncidentAdvanced { .. } => IncidentAct::Advance,
            Event::IncidentResolved { .. } => IncidentAct::Resolve,
            Event::IncidentClosed { .. } => IncidentAct::Close,
            Event::IncidentMerged { .. } => IncidentAct::Merge,
            Event::IncidentReopened { .. } => IncidentAct::Reopen,
            other => panic!("{other:?} moved an incident"),
        };
        assert!(incident_may(from, act, to), "incident {from:?} -> {to:?} by {event:?}");
    }
    for (id, from, to) in moved(&before.dispatches, &after.dispatches) {
        assert_eq!(own, Stream::Dispatch(id));
        let Some(from) = from else {
            assert!(to == DispatchState::Queued && matches!(event, Event::DispatchQueued { .. }));
            continue;
        };
        let act = match event {
            Event::DispatchMoved { act, .. } => *act,
            Event::DeliverySent { .. } => DispatchAct::Send,
            Event::DeliveryArrived { .. } | Event::DeliverySeen { .. } => DispatchAct::Deliver,
            other => panic!("{other:?} moved a dispatch"),
        };
        assert_eq!(dispatch_next(from, act), Some(to), "dispatch {from:?} by {event:?}");
    }
    for (code, from, to) in moved(&before.units, &after.units) {
        assert_eq!(own, Stream::Unit(code));
        let (from, worked_for) = from.unwrap_or_else(|| panic!("a unit came out of nothing"));
        let (to, works_for) = to;
        let stays = from == to && worked_for.is_some() && works_for.is_none();
        assert!(stays || unit_step(from, to).is_some(), "unit {from:?} -> {to:?} by {event:?}");
        // It changes hands only by being free in between.
        assert!(worked_for.is_none() || works_for.is_none() || worked_for == works_for);
    }
    // An event that speaks of a step really is one.
    match event {
        Event::DispatchMoved { dispatch, .. } => {
            assert_ne!(before.dispatches[dispatch], after.dispatches[dispatch]);
        }
        Event::IncidentAdvanced { incident, .. }
        | Event::IncidentMerged { incident, .. }
        | Event::IncidentResolved { incident, .. }
        | Event::IncidentClosed { incident, .. }
        | Event::IncidentReopened { incident, .. } => {
            assert_ne!(before.incidents[incident], after.incidents[incident]);
        }
        Event::UnitMoved { unit, note, .. } => {
            assert!(note.is_some() || before.units[unit] != after.units[unit], "{unit} did not move");
        }
        _ => {}
    }
}

fn version(state: &CentreState, stream: &Stream) -> u32 {
    match stream {
        Stream::Report(id) => state.reports.get(id).map_or(0, |held| held.version),
        Stream::Incident(id) => state.incidents.get(id).map_or(0, |held| held.version),
        Stream::Dispatch(id) => state.dispatches.get(id).map_or(0, |held| held.version),
        Stream::Unit(code) => state.units.get(code).map_or(0, |held| held.version),
    }
}

fn round_trip(event: &Event) -> Event {
    let payload = event.payload().unwrap_or_else(|error| panic!("{event:?}: {error}"));
    Event::decode(event.kind(), &payload).unwrap_or_else(|error| panic!("{payload}: {error}"))
}

/// Runs one command and looks at everything that may be seen while it happens.
fn run(world: &mut World, command: &Command) {
    world.seed += 1;
    let decided = world.ask(command);
    assert_eq!(decided, world.ask(command), "the same question has the same answer");
    let events = match decided {
        Ok(events) => events,
        Err(rejection) => {
            assert!(!rejection.to_string().is_empty() && !rejection.code().is_empty());
            return;
        }
    };
    for event in &events {
        assert_eq!(&round_trip(event), event, "an event survives the log");
        let (before, stream) = (Stands::of(&world.state), event.stream());
        let version_before = version(&world.state, &stream);
        world.fold(event.clone());
        check_moves(event, &before, &Stands::of(&world.state));
        assert!(version(&world.state, &stream) > version_before, "{stream:?} has a new version");
    }
    if let Command::PassDeadline { subject, kind, level } = command
        && !events.is_empty()
    {
        let ranked = events.iter().filter(|event| matches!(event, Event::ReportRanked { .. })).count();
        assert_eq!(events.len() - ranked, 1);
        let of_kind = |of: &DeadlineSubject, next: &Deadline| of == subject && next.kind == *kind;
        let next =
            world.state.deadlines().find(|(of, next)| of_kind(of, next)).map(|(_, next)| next).unwrap();
        assert!(next.level > *level);
        // Rungs that nobody climbed while the centre was down are climbed one after the other.
        let climbing = matches!(subject, DeadlineSubject::Dispatch(id)
            if world.state.dispatches[id].next_rung().is_some());
        assert!(climbing || next.due_at > world.now, "the next one is still to come");
        for now in [world.now, next.due_at, i64::MAX] {
            let later = World { now, ..world.clone() };
            assert_eq!(later.ask(command), Ok(Vec::new()), "a deadline passes once a level");
        }
    }
}

/// I1, I2, I9: every report is somewhere, exactly once.
fn check_reports(world: &World) {
    let state = &world.state;
    let received = world.log.iter().filter(|record| matches!(record.event, Event::ReportReceived { .. }));
    assert_eq!(received.count(), state.reports.len(), "no report is lost");
    let mut belongs: BTreeMap<ReportId, IncidentId> = BTreeMap::new();
    for incident in state.incidents.values() {
        for report in &incident.reports {
            assert_eq!(belongs.insert(*report, incident.id), None, "{report} is in two incidents");
        }
        assert_eq!(incident.reports.is_empty(), incident.state == IncidentState::Merged);
        assert_eq!(incident.merged_into.is_some(), incident.state == IncidentState::Merged);
    }
    for incident in state.incidents.values() {
        assert!(incident.known_since.is_none() || incident.state.is_live(), "what is over is no known event");
    }
    for report in state.reports.values() {
        let behind = report.state == ReportState::Waiting && report.rank.lane == Lane::Known;
        let known = |id: IncidentId| state.incidents[&id].known_since.is_some();
        assert!(!behind || report.rank.event.is_some_and(known), "nothing waits behind what is not known");
        assert_eq!(belongs.get(&report.id).copied(), report.incident);
        match report.state {
            ReportState::Waiting => {
                assert!(report.outcome.is_none() && report.incident.is_none() && report.handled_at.is_none());
                let deadline = report.deadline.unwrap();
                assert_eq!(deadline.kind, DeadlineKind::ReportHandled);
                assert_eq!(report.owner == OwnerQueue::Supervisors, deadline.level > 0);
            }
            ReportState::Handled => {
                assert!(
                    report.deadline.is_none() && report.handled_at.is_some() && report.handled_by.is_some()
                );
                assert_eq!(report.outcome.unwrap().joins_incident(), report.incident.is_some());
            }
        }
    }
    assert!(belongs.keys().all(|report| state.reports.contains_key(report)));
}

/// I2, I3, and what closing promises.
fn check_incidents_and_dispatches(state: &CentreState) {
    let mut live: BTreeSet<(IncidentId, &str)> = BTreeSet::new();
    let mut revisions: BTreeSet<(IncidentId, &str, u32)> = BTreeSet::new();
    for dispatch in state.dispatches.values() {
        let incident = &state.incidents[&dispatch.incident];
        assert!(incident.dispatches.contains(&dispatch.id));
        let agency = dispatch.agency.as_str();
        assert!(dispatch.revision > 0 && revisions.insert((incident.id, agency, dispatch.revision)));
        if dispatch.state.is_final() {
            assert!(dispatch.ended_at.is_some());
        } else {
            assert!(dispatch.ended_at.is_none());
            assert!(live.insert((incident.id, agency)), "{agency} has two live dispatches of one incident");
            assert!(!incident.state.is_closed(), "a closed incident has a live dispatch");
        }
        let kind = dispatch.deadline.map(|deadline| deadline.kind);
        match dispatch.state {
            state if state.is_unacknowledged() => {
                assert_eq!(kind, Some(DeadlineKind::DispatchAcknowledged));
            }
            DispatchState::Acknowledged => {
                let runs = dispatch.accept_within_us > 0;
                assert_eq!(kind, runs.then_some(DeadlineKind::DispatchAccepted));
            }
            DispatchState::Accepted | DispatchState::EnRoute => {
                assert!(kind.is_none_or(|kind| kind == DeadlineKind::DispatchOnScene));
            }
            _ => assert_eq!(kind, None),
        }
        assert!(!dispatch.overdue || dispatch.state.is_unacknowledged());
        assert_eq!(
            dispatch.overdue,
            (dispatch.alarms > 0 || dispatch.escalated_at.is_some()) && dispatch.state.is_unacknowledged()
        );
        assert!(dispatch.late.is_none() || dispatch.deadline.is_some());
        let help = dispatch.help.as_ref();
        assert!(help.is_none_or(|help| {
            help.deadline.is_some() == (help.answered_at.is_none() && !dispatch.state.is_final())
        }));
        check_deliveries(dispatch);
    }
    for incident in state.incidents.values() {
        let held = incident.dispatches.iter().map(|id| &state.dispatches[id]);
        assert!(held.clone().all(|dispatch| dispatch.incident == incident.id));
        if incident.state.is_live() {
            let present = held.filter(|dispatch| !incident.earlier.contains(&dispatch.id));
            assert_eq!(incident.state, live_state(present.map(|dispatch| dispatch.state)));
        }
        let deadline = incident.deadline.map(|deadline| deadline.kind);
        let runs = (incident.state == IncidentState::Open).then_some(DeadlineKind::IncidentForwarded);
        assert_eq!(deadline, runs);
        let answer = incident.handover.as_ref().and_then(|held| held.deadline).map(|deadline| deadline.kind);
        let waits = incident.is_offered() && incident.state.is_live();
        assert_eq!(answer, waits.then_some(DeadlineKind::HandoverAnswered));
        assert_eq!(incident.closed_at.is_some(), incident.state.is_closed());
    }
}

/// What is due has an instant, nothing else has; nobody is told the same twice on one channel; whoever an order
/// may have reached is told of a withdrawal.
fn check_deliveries(dispatch: &Dispatch) {
    let mut told = BTreeSet::new();
    for delivery in &dispatch.deliveries {
        // What a provider gave up without an instant to try again is due for nobody.
        assert!(delivery.next_attempt_at.is_none() || delivery.state.is_due());
        assert!(delivery.state != DeliveryState::Pending || delivery.next_attempt_at.is_some());
        if delivery.notice == Notice::Order {
            assert!(!delivery.state.is_due() || dispatch.state.is_unacknowledged());
        }
        assert!(delivery.wording <= dispatch.wording.max(2));
        let key = (delivery.notice, delivery.wording, delivery.contact.clone(), delivery.channel);
        assert!(told.insert(key), "told twice: {delivery:?}");
    }
    if dispatch.state == DispatchState::Withdrawn {
        for order in dispatch.deliveries.iter().filter(|one| one.notice == Notice::Order) {
            let reached = order.attempts > 0
                && !matches!(order.state, DeliveryState::Failed)
                && order.channel != DeliveryChannel::Console;
            let called_back = dispatch.deliveries.iter().any(|one| {
                one.notice == Notice::Withdrawal
                    && one.contact == order.contact
                    && one.channel == order.channel
            });
            assert!(!reached || called_back, "nobody called back {order:?}");
        }
    }
}

/// A unit works for a live dispatch that lists it, or it is free.
fn check_units(state: &CentreState) {
    for unit in state.units.values() {
        match unit.dispatch {
            Some(id) => {
                let dispatch = &state.dispatches[&id];
                assert!(!dispatch.state.is_final() && dispatch.units.contains(&unit.code));
                assert_eq!(dispatch.agency, unit.agency);
                assert!(unit.state.keeps_dispatch(), "{} works and is {:?}", unit.code, unit.state);
            }
            // Who was released with a patient on board is the only one at work without a dispatch.
            None => assert!(!unit.state.keeps_dispatch() || unit.state.released() == unit.state),
        }
        assert!(unit.failed.is_none() || unit.state == UnitState::OutOfService);
    }
}

/// A unit can be moved by people to what is offered and to nothing else, and only the free can be sent.
fn check_unit_actions(world: &World) {
    for unit in world.state.units.values() {
        let listed = unit_actions(unit, Role::Operator, None);
        assert_eq!(unit_actions(unit, Role::Agency, Some(&unit.agency)), listed);
        assert!(unit_actions(unit, Role::Agency, Some("lain")).is_empty());
        for to in UnitState::ALL.into_iter().filter(|to| *to != unit.state) {
            let by_people = unit_step(unit.state, to).is_some_and(UnitMover::includes_people);
            assert!(by_people || !listed.contains(&to.code()));
            check_answer(world.ask(&move_unit(&unit.code, to, true)), &listed, to.code());
        }
    }
}

/// Numbers are unique and grow; a day begins with one.
fn check_numbers(world: &World) {
    let mut last = (String::new(), 0);
    for record in &world.log {
        let (Event::ReportReceived { number, .. } | Event::IncidentOpened { number, .. }) = &record.event
        else {
            continue;
        };
        let (day, count) = number.strip_prefix("UJI-").and_then(|rest| rest.split_once('-')).unwrap();
        let today = local_day(record.at, 420);
        let expected = if today > last.0 { (today, 1) } else { (last.0.clone(), last.1 + 1) };
        let given = (day.to_owned(), count.parse::<i64>().unwrap());
        assert_eq!(given, expected);
        last = given;
    }
    assert_eq!((world.state.numbers.day.clone(), world.state.numbers.last), last);
}

/// What the screens offer is what the rules allow.
fn check_actions(world: &World) {
    let state = &world.state;
    for dispatch in state.dispatches.values() {
        let listed = dispatch_actions(dispatch, Role::Operator, None);
        let own = dispatch_actions(dispatch, Role::Agency, Some(&dispatch.agency));
        assert!(own.iter().eq(listed.iter().filter(|act| !matches!(**act, "withdraw" | "answer_help"))));
        for (role, agency) in [(Role::Agency, Some("lain")), (Role::Auditor, None), (Role::Intake, None)] {
            assert!(dispatch_actions(dispatch, role, agency).is_empty());
        }
        for step in DispatchAct::OF_PEOPLE {
            check_answer(world.ask(&act(dispatch.id, step)), &listed, step.code());
        }
        let help = Command::AskForHelp { dispatch: dispatch.id, note: None };
        check_answer(world.ask(&help), &listed, "ask_for_help");
        check_answer(world.ask(&Command::AnswerHelp { dispatch: dispatch.id }), &listed, "answer_help");
        let photo = PhotoId(uuid::Uuid::from_u128(1));
        let add = Command::AddPhoto { dispatch: dispatch.id, photo, claim: None };
        check_answer(world.ask(&add), &listed, "add_photo");
        let note = Command::AddNote { dispatch: dispatch.id, note: Some(text(13)) };
        check_answer(world.ask(&note), &listed, "add_note");
    }
    // A waiting report to attach and another incident to merge into.
    let mut probe = world.clone();
    let report = probe.report();
    let other = probe.incident(1);
    assert_eq!(report_actions(&probe.state.reports[&report], Role::Auditor), [""; 0]);
    for held in state.reports.values() {
        let listed = report_actions(held, Role::Operator);
        let attach =
            |outcome, incident| Command::SetOutcome { report: held.id, outcome, incident, note: None };
        assert_eq!(probe.ask(&attach(Outcome::Advised, None)).is_ok(), listed.contains(&"outcome"));
        assert_eq!(probe.ask(&attach(Outcome::Attached, Some(other))).is_ok(), listed.contains(&"attach"));
        assert_eq!(probe.ask(&open(vec![held.id])).is_ok(), listed.contains(&"open_incident"));
    }
    for incident in state.incidents.values() {
        let id = incident.id;
        let listed = incident_actions(incident, Role::Supervisor);
        assert_eq!(listed, possible_on_incident(incident));
        assert!(incident_actions(incident, Role::Agency).is_empty());
        let busy: Vec<&str> = incident
            .dispatches
            .iter()
            .map(|id| &state.dispatches[id])
            .filter(|dispatch| !dispatch.state.is_final())
            .map(|dispatch| dispatch.agency.as_str())
            .collect();
        if let Some(agency) = AGENCIES.into_iter().find(|agency| !busy.contains(agency)) {
            check_answer(probe.ask(&forward(id, agency, &[])), &listed, "dispatch");
        }
        let leaving = incident.reports.iter().copied().take(1).collect();
        for (name, command) in [
            (
                "attach",
                Command::SetOutcome { report, outcome: Outcome::Attached, incident: Some(id), note: None },
            ),
            (
                "change",
                Command::ChangeIncident {
                    incident: id,
                    expected_version: Some(incident.version),
                    kind: None,
                    priority: Some(Priority::P3),
                    place: None,
                },
            ),
            ("merge", Command::MergeIncident { incident: id, into: other }),
            ("offer", Command::OfferIncident { incident: id, to: "tetangga".into(), note: None }),
            ("answer_offer", Command::AnswerOffer { incident: id, accepted: false, number: None }),
            (
                "split",
                Command::SplitIncident {
                    incident: id,
                    reports: leaving,
                    kind: None,
                    priority: None,
                    place: None,
                },
            ),
            ("resolve", Command::ResolveIncident { incident: id, note: None }),
            ("close", close(id, CloseResult::Handled)),
            ("reopen", reopen(id)),
        ] {
            check_answer(probe.ask(&command), &listed, name);
        }
    }
}

/// What is listed is done; what is not is refused, and the refusal lists the same.
fn check_answer(answer: Result<Vec<Event>, Rejection>, listed: &[&str], name: &str) {
    match answer {
        Ok(_) => assert!(listed.contains(&name), "{name} is possible but not offered"),
        Err(rejection) => {
            assert!(!listed.contains(&name), "{name} is offered but refused: {rejection}");
            if let Rejection::IllegalStep { allowed, .. } = rejection {
                assert_eq!(allowed, listed);
            }
        }
    }
}

/// I7: the log, read back from its stored form, gives the same state.
fn check_fold(world: &World) {
    let mut state = CentreState::new(fixture::reference());
    for record in &world.log {
        let event = round_trip(&record.event);
        evolve(&mut state, &Record { at: record.at, actor: record.actor.clone(), event });
    }
    assert_same(&state, &world.state);
}

fn assert_same(left: &CentreState, right: &CentreState) {
    assert_eq!(left.reports, right.reports);
    assert_eq!(left.incidents, right.incidents);
    assert_eq!(left.dispatches, right.dispatches);
    assert_eq!(left.units, right.units);
    assert_eq!(left.numbers, right.numbers);
}

/// Forgetting what is closed leaves everything open as it was.
fn check_forgetting(world: &World) {
    let mut kept = world.state.clone();
    let gone = kept.forget_closed(i64::MAX);
    assert!(gone.iter().all(|id| world.state.incidents[id].state.is_closed()));
    let deadlines = |state: &CentreState| state.deadlines().collect::<Vec<_>>();
    assert_eq!(deadlines(&kept), deadlines(&world.state));
    for incident in world.state.incidents.values().filter(|incident| !incident.state.is_closed()) {
        assert_eq!(kept.incidents.get(&incident.id), Some(incident));
        assert!(incident.reports.iter().all(|report| kept.reports.contains_key(report)));
        assert!(incident.dispatches.iter().all(|dispatch| kept.dispatches.contains_key(dispatch)));
    }
    assert_eq!((kept.units, kept.numbers), (world.state.units.clone(), world.state.numbers.clone()));
}

fn check(world: &World) {
    check_reports(world);
    check_incidents_and_dispatches(&world.state);
    check_units(&world.state);
    check_unit_actions(world);
    check_actions(world);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_the_centre_keeps_its_promises((incidents, steps) in shifts()) {
        let mut world = begun(incidents);
        for step in steps {
            world.now += step.later;
            let Some(command) = command_of(&mut world, step.ask) else { continue };
            run(&mut world, &command);
            check(&world);
        }
        check_numbers(&world);
        check_fold(&world);
        check_forgetting(&world);
    }

    #[test]
    fn a_log_read_from_the_middle_folds_without_a_panic((incidents, steps) in shifts()) {
        let mut world = begun(incidents);
        for step in steps {
            world.now += step.later;
            if let Some(command) = command_of(&mut world, step.ask) {
                let _ = world.run(&command);
            }
        }
        let half = world.log.len() / 2;
        let fold = || {
            let mut state = CentreState::new(fixture::reference());
            world.log[half..].iter().for_each(|record| evolve(&mut state, record));
            state
        };
        assert_same(&fold(), &fold());
    }

    #[test]
    fn no_time_and_no_seed_makes_a_decision_panic(now in any::<i64>(), seed in any::<u64>(), step in asks()) {
        let mut world = World::new();
        world.incident(2);
        world.now = now;
        world.seed = seed;
        let Some(command) = command_of(&mut world, step) else { return Ok(()) };
        let mut context = world.context();
        for event in decide(&world.state, &command, &mut context).unwrap_or_default() {
            world.fold(event);
        }
    }
}

#[test]
fn the_random_sequences_reach_everything() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..400 {
        let (incidents, steps) = shifts().new_tree(&mut runner).unwrap().current();
        let mut world = begun(incidents);
        for step in steps {
            world.now += step.later;
            let Some(command) = command_of(&mut world, step.ask) else { continue };
            let mut see = |what: String| *seen.entry(what).or_default() += 1;
            match world.run(&command) {
                Ok(events) if events.is_empty() => see("nothing to do".into()),
                Ok(events) => events.iter().for_each(|event| see(event.kind().into())),
                Err(Rejection::Invalid { pointer, .. }) => see(format!("invalid {pointer}")),
                Err(rejection) => see(rejection.code().into()),
            }
            world.state.incidents.values().for_each(|held| see(format!("incident {}", held.state.code())));
            world.state.dispatches.values().for_each(|held| see(format!("dispatch {}", held.state.code())));
            world.state.dispatches.values().for_each(|held| see(format!("revision {}", held.revision)));
            world.state.units.values().for_each(|held| see(format!("unit {}", held.state.code())));
            let carries = |held: &&Unit| held.dispatch.is_none() && held.state.keeps_dispatch();
            world.state.units.values().filter(carries).for_each(|_| see("a patient on board".into()));
        }
    }
    let events = [
        "report_received",
        "report_handled",
        "report_moved",
        "report_overdue",
        "incident_opened",
        "incident_changed",
        "incident_reports_added",
        "incident_reports_removed",
        "incident_advanced",
        "incident_overdue",
        "incident_merged",
        "incident_resolved",
        "incident_closed",
        "incident_reopened",
        "incident_offered",
        "handover_moved",
        "handover_overdue",
        "dispatch_queued",
        "dispatch_moved",
        "dispatch_transferred",
        "dispatch_overdue",
        "delivery_arrived",
        "delivery_failed",
        "unit_moved",
    ];
    let refusals = [
        "not_found",
        "illegal_step",
        "version_moved",
        "already_forwarded",
        "invalid /units",
        "invalid /note",
    ];
    let units = UnitState::ALL.map(|state| format!("unit {}", state.code()));
    let incidents = IncidentState::ALL.map(|state| format!("incident {}", state.code()));
    let dispatches = DispatchState::ALL.map(|state| format!("dispatch {}", state.code()));
    let expected =
        events.into_iter().chain(refusals).chain(["nothing to do", "revision 2", "a patient on board"]);
    for what in expected.map(str::to_owned).chain(incidents).chain(dispatches).chain(units) {
        assert!(seen.get(&what).is_some_and(|times| *times > 1), "{what} is hardly reached: {seen:#?}");
    }
}

#[test]
fn what_is_not_finite_never_reaches_the_log() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let claim = |lat, accuracy_m| LocationClaim {
            lat,
            lon: 112.0,
            accuracy_m,
            source: ClaimSource::Device,
            claimed_at: 0,
        };
        let place =
            Place { lat: Some(bad), lon: Some(112.0), label: Some("Mako".into()), ..Place::default() };
        let mut report = received(ReportId(uuid::Uuid::from_u128(1)));
        report.claims = vec![claim(bad, None), claim(-7.8, Some(bad)), claim(-7.8, Some(5.0))];
        report.place = place.clone();
        report.suggestion.confidence = bad;
        report.suggestion.nuisance = bad;

        // The report itself is stored all the same: only what cannot be a number is left out.
        let world = World::new();
        let events = world.ask(&Command::ReceiveReport(Box::new(report))).unwrap();
        assert_eq!(round_trip(&events[0]), events[0]);
        let Event::ReportReceived { claims, place: kept, suggestion, .. } = &events[0] else { panic!() };
        assert_eq!(claims, &[claim(-7.8, None), claim(-7.8, Some(5.0))]);
        assert_eq!((kept.point(), kept.label.as_deref()), (None, Some("Mako")));
        assert_eq!((suggestion.confidence, suggestion.nuisance), (0.0, 0.0));

        // An event that carries such a value cannot be written, instead of never being read again.
        let changed = Event::IncidentChanged {
            incident: IncidentId(uuid::Uuid::nil()),
            category: None,
            type_code: None,
            priority: None,
            place: Some(place),
            deadline: None,
        };
        assert!(changed.payload().is_err());
    }
}
