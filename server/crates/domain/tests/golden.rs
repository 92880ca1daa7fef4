//! Every kind of event decodes for ever: the files under `golden/events` are payloads as they were
//! written once, and are never rewritten.
//!
//! `UPDATE_GOLDEN=1 cargo test -p kentongan-domain --test golden` creates files that are missing
//! and leaves all others alone.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Once;

use kentongan_domain::catalogue::{Category, Priority};
use kentongan_domain::contact::{ContactHistory, Deprioritised, HeldBack, HoldLevel};
use kentongan_domain::deadline::{Deadline, DeadlineKind};
use kentongan_domain::delivery::{Delivery, DeliveryChannel, DeliveryState, Notice};
use kentongan_domain::dispatch::{DispatchAct, DispatchRole, DispatchState, ReplyDoubt, Via};
use kentongan_domain::duty::Concern;
use kentongan_domain::event::{DispatchTerms, Event, SCHEMA_VERSION};
use kentongan_domain::handover::{HandedOver, HandoverResult, HandoverState};
use kentongan_domain::ids::{
    DeliveryId, DispatchId, IncidentId, PersonId, PhotoId, ReportId, TextId, TransferId,
};
use kentongan_domain::incident::{CloseResult, IncidentState};
use kentongan_domain::ladder::{Rung, RungAct, Told};
use kentongan_domain::people::Role;
use kentongan_domain::place::{ClaimSource, LocationClaim, Place};
use kentongan_domain::queue::{Lane, Rank};
use kentongan_domain::report::{Channel, Outcome, OwnerQueue, ReportState, Suggestion};
use kentongan_domain::unit::UnitState;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// A golden file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Golden {
    kind: String,
    schema_version: i32,
    payload: Value,
}

/// Lists the kinds once: for the match that the compiler keeps complete, and for the test.
macro_rules! kinds {
    ($($variant:ident => $kind:literal),* $(,)?) => {
        /// Every kind of event. A new variant of [`Event`] does not compile until it is named here,
        /// and then needs a golden file.
        const KINDS: &[&str] = &[$($kind),*];

        fn kind_of(event: &Event) -> &'static str {
            match event {
                $(Event::$variant { .. } => $kind,)*
            }
        }
    };
}

kinds! {
    ReportReceived => "report_received",
    ReportRanked => "report_ranked",
    ContactRanked => "contact_ranked",
    ReportHandled => "report_handled",
    ReportMoved => "report_moved",
    ReportOverdue => "report_overdue",
    IncidentOpened => "incident_opened",
    IncidentChanged => "incident_changed",
    IncidentReportsAdded => "incident_reports_added",
    IncidentReportsRemoved => "incident_reports_removed",
    IncidentAdvanced => "incident_advanced",
    IncidentOverdue => "incident_overdue",
    IncidentMerged => "incident_merged",
    IncidentAlarmed => "incident_alarmed",
    IncidentKnown => "incident_known",
    IncidentResolved => "incident_resolved",
    IncidentClosed => "incident_closed",
    IncidentReopened => "incident_reopened",
    IncidentOffered => "incident_offered",
    HandoverMoved => "handover_moved",
    HandoverOverdue => "handover_overdue",
    DispatchQueued => "dispatch_queued",
    DispatchMoved => "dispatch_moved",
    DispatchTransferred => "dispatch_transferred",
    DispatchOverridden => "dispatch_overridden",
    DispatchOverdue => "dispatch_overdue",
    DispatchNotified => "dispatch_notified",
    DispatchEscalated => "dispatch_escalated",
    DispatchLate => "dispatch_late",
    HelpAsked => "help_asked",
    HelpOverdue => "help_overdue",
    HelpAnswered => "help_answered",
    ReplyDoubted => "reply_doubted",
    PhotoAdded => "photo_added",
    FieldNoted => "field_noted",
    DeliverySent => "delivery_sent",
    DeliverySeen => "delivery_seen",
    DeliveryUncertain => "delivery_uncertain",
    DeliveryArrived => "delivery_arrived",
    DeliveryFailed => "delivery_failed",
    UnitMoved => "unit_moved",
}

const AT: i64 = 1_795_316_400_123_456;

const fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x019a_b2c3_d4e5_7000_8000_0000_0000_0000 + number)
}

fn deadline(kind: DeadlineKind, level: u32) -> Deadline {
    Deadline { kind, due_at: AT + 60_000_000, level }
}

fn place() -> Place {
    Place {
        lat: Some(-7.816_895_1),
        lon: Some(112.011_398_3),
        accuracy_m: Some(12.5),
        source: Some(ClaimSource::Device),
        label: Some("Simpang Lima Gumul".into()),
        village_code: Some("35.06.12.2003".into()),
        village: Some("Tugurejo".into()),
        district: Some("Ngasem".into()),
        regency: Some("Kabupaten Kediri".into()),
        regency_code: Some("35.06".into()),
        confidence: Some(0.97),
    }
}

fn delivery(number: u128, channel: DeliveryChannel) -> Delivery {
    Delivery {
        id: DeliveryId(uuid(number)),
        channel,
        contact: "psc119".into(),
        state: DeliveryState::Pending,
        attempts: 0,
        next_attempt_at: Some(AT),
        delivered_at: None,
        last_error: None,
        notice: Notice::Order,
        wording: 1,
        provider_id: None,
        sent_at: None,
        seen_at: None,
    }
}

fn told(number: u128, channel: DeliveryChannel) -> Delivery {
    Delivery::due(DeliveryId(uuid(number)), channel, "danru-1".into(), Notice::Order, 1, AT)
}

/// What a missing file is created from: the kind's name, and a variant of it after the dot.
fn samples() -> Vec<(&'static str, Event)> {
    let report = ReportId(uuid(1));
    let other_report = ReportId(uuid(2));
    let incident = IncidentId(uuid(3));
    let other = IncidentId(uuid(4));
    let dispatch = DispatchId(uuid(5));
    let note = Some(TextId(uuid(6)));
    let behind = Rank {
        lane: Lane::Known,
        event: Some(incident),
        held_back: Some(HeldBack {
            level: HoldLevel::Lower,
            until: AT + 3_600_000_000,
            because_of: other_report,
        }),
    };
    vec![
        (
            "report_received",
            Event::ReportReceived {
                report,
                number: "KDR-261122-0042".into(),
                channel: Channel::Whatsapp,
                external_id: Some("wamid.HBgL".into()),
                occurred_at: Some(AT - 30_000_000),
                text: TextId(uuid(7)),
                person: Some(PersonId(uuid(8))),
                suggestion: Suggestion {
                    category: Some(Category::TrafficAccident),
                    type_code: Some("traffic_collision".into()),
                    priority: Priority::P1,
                    confidence: 0.875,
                    nuisance: 0.03,
                    contact: ContactHistory::default(),
                },
                claims: vec![
                    LocationClaim {
                        lat: -7.816_895_1,
                        lon: 112.011_398_3,
                        accuracy_m: Some(12.5),
                        source: ClaimSource::Device,
                        claimed_at: AT - 1,
                    },
                    LocationClaim {
                        lat: 0.0,
                        lon: 0.0,
                        accuracy_m: None,
                        source: ClaimSource::ForwardedPin,
                        claimed_at: AT,
                    },
                ],
                place: place(),
                deadline: deadline(DeadlineKind::ReportHandled, 0),
                rank: Rank::default(),
                handed_over: None,
            },
        ),
        (
            "report_received.behind",
            Event::ReportReceived {
                report,
                number: "KDR-261122-0045".into(),
                channel: Channel::Phone,
                external_id: None,
                occurred_at: None,
                text: TextId(uuid(7)),
                person: Some(PersonId(uuid(8))),
                suggestion: Suggestion {
                    category: Some(Category::Fire),
                    type_code: Some("fire_building".into()),
                    priority: Priority::P2,
                    confidence: 0.75,
                    nuisance: 0.5,
                    contact: ContactHistory {
                        today: 12,
                        handled: 11,
                        silent: 9,
                        prank: 1,
                        accidental: 0,
                        real: 1,
                    },
                },
                claims: Vec::new(),
                place: Place::default(),
                deadline: deadline(DeadlineKind::ReportHandled, 0),
                rank: behind,
                handed_over: None,
            },
        ),
        ("report_ranked", Event::ReportRanked { report, rank: Rank { held_back: None, ..behind } }),
        (
            "contact_ranked",
            Event::ContactRanked {
                report,
                deprioritised: Some(Deprioritised {
                    level: HoldLevel::Last,
                    until: AT + 1,
                    by: "sari".into(),
                    at: AT,
                }),
            },
        ),
        ("contact_ranked.back", Event::ContactRanked { report, deprioritised: None }),
        ("incident_known", Event::IncidentKnown { incident, known: true }),
        ("incident_alarmed", Event::IncidentAlarmed { incident, level: 2 }),
        (
            "dispatch_overridden",
            Event::DispatchOverridden {
                dispatch,
                policy_version: "2026-11-1".into(),
                recommended_agency: Some("damkar".into()),
                recommended_units: vec!["damkar-1".into(), "damkar-2".into()],
                reason: note,
            },
        ),
        (
            "report_received.bare",
            Event::ReportReceived {
                report,
                number: "KDR-261122-0043".into(),
                channel: Channel::Phone,
                external_id: None,
                occurred_at: None,
                text: TextId(uuid(7)),
                person: None,
                suggestion: Suggestion {
                    category: None,
                    type_code: None,
                    priority: Priority::P3,
                    confidence: 0.0,
                    nuisance: 1.0,
                    contact: ContactHistory::default(),
                },
                claims: Vec::new(),
                place: Place::default(),
                deadline: deadline(DeadlineKind::ReportHandled, 0),
                rank: Rank::default(),
                handed_over: None,
            },
        ),
        (
            "report_handled",
            Event::ReportHandled { report, outcome: Outcome::Attached, incident: Some(incident), note },
        ),
        (
            "report_handled.without_incident",
            Event::ReportHandled { report, outcome: Outcome::WrongRegion, incident: None, note: None },
        ),
        ("report_moved", Event::ReportMoved { report, from: incident, to: other }),
        ("report_overdue", Event::ReportOverdue { report, next: deadline(DeadlineKind::ReportHandled, 1) }),
        (
            "incident_opened",
            Event::IncidentOpened {
                incident,
                number: "KDR-261122-0044".into(),
                category: Category::Fire,
                type_code: "fire_building".into(),
                priority: Priority::P1,
                place: place(),
                reports: vec![report, other_report],
                split_from: None,
                deadline: deadline(DeadlineKind::IncidentForwarded, 0),
            },
        ),
        (
            "incident_opened.split",
            Event::IncidentOpened {
                incident: other,
                number: "KDR-261122-10000".into(),
                category: Category::MentalHealth,
                type_code: "missing_person".into(),
                priority: Priority::P4,
                place: Place::default(),
                reports: vec![report],
                split_from: Some(incident),
                deadline: deadline(DeadlineKind::IncidentForwarded, 0),
            },
        ),
        (
            "incident_changed",
            Event::IncidentChanged {
                incident,
                category: Some(Category::Rescue),
                type_code: Some("rescue_water".into()),
                priority: Some(Priority::P2),
                place: Some(place()),
                deadline: None,
            },
        ),
        (
            "incident_changed.brought_forward",
            Event::IncidentChanged {
                incident,
                category: None,
                type_code: None,
                priority: Some(Priority::P1),
                place: None,
                deadline: Some(deadline(DeadlineKind::IncidentForwarded, 1)),
            },
        ),
        (
            "incident_changed.priority",
            Event::IncidentChanged {
                incident,
                category: None,
                type_code: None,
                priority: Some(Priority::P1),
                place: None,
                deadline: None,
            },
        ),
        (
            "incident_reports_added",
            Event::IncidentReportsAdded { incident, reports: vec![report, other_report] },
        ),
        ("incident_reports_removed", Event::IncidentReportsRemoved { incident, reports: vec![other_report] }),
        (
            "incident_advanced",
            Event::IncidentAdvanced { incident, to: IncidentState::Acknowledged, deadline: None },
        ),
        (
            "incident_advanced.open_again",
            Event::IncidentAdvanced {
                incident,
                to: IncidentState::Open,
                deadline: Some(deadline(DeadlineKind::IncidentForwarded, 0)),
            },
        ),
        (
            "incident_overdue",
            Event::IncidentOverdue { incident, next: deadline(DeadlineKind::IncidentForwarded, 2) },
        ),
        ("incident_merged", Event::IncidentMerged { incident, into: other }),
        ("incident_resolved", Event::IncidentResolved { incident, note }),
        ("incident_closed", Event::IncidentClosed { incident, result: CloseResult::FalseReport, note }),
        (
            "incident_closed.without_note",
            Event::IncidentClosed { incident, result: CloseResult::Handled, note: None },
        ),
        (
            "incident_reopened",
            Event::IncidentReopened {
                incident,
                reason: note,
                deadline: deadline(DeadlineKind::IncidentForwarded, 0),
            },
        ),
        (
            "dispatch_queued",
            Event::DispatchQueued {
                dispatch,
                incident,
                agency: "psc119".into(),
                role: DispatchRole::Support,
                revision: 2,
                units: vec!["psc119-1".into()],
                deliveries: vec![
                    delivery(9, DeliveryChannel::Console),
                    delivery(10, DeliveryChannel::Webhook),
                ],
                acknowledge_within_us: 60_000_000,
                deadline: deadline(DeadlineKind::DispatchAcknowledged, 0),
                terms: DispatchTerms::default(),
            },
        ),
        (
            "dispatch_queued.with_ladder",
            Event::DispatchQueued {
                dispatch,
                incident,
                agency: "damkar".into(),
                role: DispatchRole::Lead,
                revision: 1,
                units: Vec::new(),
                deliveries: vec![delivery(9, DeliveryChannel::Console), told(11, DeliveryChannel::Sms)],
                acknowledge_within_us: 60_000_000,
                deadline: deadline(DeadlineKind::DispatchAcknowledged, 0),
                terms: DispatchTerms {
                    reply_code: Some("4821".into()),
                    rungs: vec![
                        Rung { after_ms: 60_000, act: RungAct::Alarm },
                        Rung {
                            after_ms: 90_000,
                            act: RungAct::Alert {
                                to: Told::Second,
                                channels: vec![DeliveryChannel::Whatsapp, DeliveryChannel::Telegram],
                            },
                        },
                        Rung { after_ms: 120_000, act: RungAct::Supervisor },
                    ],
                    accept_within_us: 120_000_000,
                    arrive_within_us: 900_000_000,
                    concern: Some(Concern::NobodyOnDuty),
                },
            },
        ),
        (
            "dispatch_notified",
            Event::DispatchNotified {
                dispatch,
                wording: 1,
                deliveries: vec![told(12, DeliveryChannel::Whatsapp)],
                next: Some(deadline(DeadlineKind::DispatchAcknowledged, 2)),
            },
        ),
        (
            "dispatch_notified.withdrawal",
            Event::DispatchNotified {
                dispatch,
                wording: 3,
                deliveries: vec![Delivery {
                    notice: Notice::Withdrawal,
                    wording: 3,
                    ..told(13, DeliveryChannel::Gateway)
                }],
                next: None,
            },
        ),
        (
            "dispatch_escalated",
            Event::DispatchEscalated { dispatch, next: deadline(DeadlineKind::DispatchAcknowledged, 3) },
        ),
        (
            "dispatch_late",
            Event::DispatchLate { dispatch, next: deadline(DeadlineKind::DispatchAccepted, 1) },
        ),
        (
            "help_asked",
            Event::HelpAsked { dispatch, note, deadline: deadline(DeadlineKind::HelpAnswered, 0) },
        ),
        ("help_overdue", Event::HelpOverdue { dispatch, next: deadline(DeadlineKind::HelpAnswered, 1) }),
        ("help_answered", Event::HelpAnswered { dispatch }),
        ("reply_doubted", Event::ReplyDoubted { dispatch, doubt: ReplyDoubt::Stranger }),
        ("field_noted", Event::FieldNoted { dispatch, note: TextId(uuid(15)) }),
        (
            "photo_added",
            Event::PhotoAdded {
                dispatch,
                photo: PhotoId(uuid(14)),
                claim: Some(LocationClaim {
                    lat: -7.8169,
                    lon: 112.0114,
                    accuracy_m: None,
                    source: ClaimSource::Device,
                    claimed_at: AT,
                }),
            },
        ),
        (
            "delivery_sent",
            Event::DeliverySent {
                dispatch,
                delivery: DeliveryId(uuid(12)),
                provider_id: Some("wamid.HBgM".into()),
            },
        ),
        ("delivery_seen", Event::DeliverySeen { dispatch, delivery: DeliveryId(uuid(12)) }),
        (
            "delivery_uncertain",
            Event::DeliveryUncertain {
                dispatch,
                delivery: DeliveryId(uuid(12)),
                error: "timeout".into(),
                next_attempt_at: Some(AT + 2_000_000),
            },
        ),
        (
            "dispatch_moved.by_reply",
            Event::DispatchMoved { dispatch, act: DispatchAct::Acknowledge, reason: None, via: Via::Reply },
        ),
        (
            "dispatch_moved",
            Event::DispatchMoved { dispatch, act: DispatchAct::EnRoute, reason: None, via: Via::Console },
        ),
        (
            "dispatch_moved.reject",
            Event::DispatchMoved { dispatch, act: DispatchAct::Reject, reason: note, via: Via::Console },
        ),
        ("dispatch_transferred", Event::DispatchTransferred { dispatch, from: incident, to: other }),
        (
            "dispatch_overdue",
            Event::DispatchOverdue { dispatch, next: deadline(DeadlineKind::DispatchAcknowledged, 1) },
        ),
        ("delivery_arrived", Event::DeliveryArrived { dispatch, delivery: DeliveryId(uuid(9)) }),
        (
            "delivery_failed",
            Event::DeliveryFailed {
                dispatch,
                delivery: DeliveryId(uuid(10)),
                error: "status_500".into(),
                next_attempt_at: Some(AT + 2_000_000),
            },
        ),
        (
            "delivery_failed.given_up",
            Event::DeliveryFailed {
                dispatch,
                delivery: DeliveryId(uuid(10)),
                error: "gone".into(),
                next_attempt_at: None,
            },
        ),
        (
            "unit_moved",
            Event::UnitMoved {
                unit: "psc119-1".into(),
                agency: "psc119".into(),
                to: UnitState::OnScene,
                dispatch: Some(dispatch),
                note: None,
            },
        ),
        (
            "unit_moved.released",
            Event::UnitMoved {
                unit: "psc119-1".into(),
                agency: "psc119".into(),
                to: UnitState::Available,
                dispatch: None,
                note: None,
            },
        ),
        (
            "unit_moved.broken_down",
            Event::UnitMoved {
                unit: "psc119-1".into(),
                agency: "psc119".into(),
                to: UnitState::OutOfService,
                dispatch: None,
                note: Some(TextId(uuid(8))),
            },
        ),
    ]
}

/// Hand-overs to and from neighbouring centres.
fn handover_samples() -> Vec<(&'static str, Event)> {
    let (incident, transfer) = (IncidentId(uuid(3)), TransferId(uuid(90)));
    let moved = |news| Event::HandoverMoved { incident, transfer, news };
    let accepted = |number: Option<&str>| moved(HandoverResult::Accepted { number: number.map(Into::into) });
    vec![
        (
            "report_received.handed_over",
            Event::ReportReceived {
                report: ReportId(uuid(1)),
                number: "NJK-261122-0007".into(),
                channel: Channel::Neighbour,
                external_id: Some(transfer.to_string()),
                occurred_at: Some(AT - 1),
                text: TextId(uuid(7)),
                person: None,
                suggestion: Suggestion {
                    category: Some(Category::Fire),
                    type_code: Some("fire_building".into()),
                    priority: Priority::P1,
                    confidence: 0.9,
                    nuisance: 0.0,
                    contact: ContactHistory::default(),
                },
                claims: Vec::new(),
                place: Place::default(),
                deadline: deadline(DeadlineKind::ReportHandled, 0),
                rank: Rank::default(),
                handed_over: Some(Box::new(HandedOver {
                    centre: "kediri".into(),
                    number: "KDR-261122-0042".into(),
                    transfer,
                })),
            },
        ),
        (
            "incident_offered",
            Event::IncidentOffered {
                incident,
                transfer,
                to: "nganjuk".into(),
                note: Some(TextId(uuid(6))),
                deadline: deadline(DeadlineKind::HandoverAnswered, 0),
            },
        ),
        ("handover_moved", moved(HandoverResult::Received { number: "NJK-261122-0007".into() })),
        ("handover_moved.accepted", accepted(Some("NJK-261122-0008"))),
        ("handover_moved.by_telephone", accepted(None)),
        ("handover_moved.refused", moved(HandoverResult::Refused { reason: "wrong_region".into() })),
        ("handover_moved.failed", moved(HandoverResult::Failed { error: "timeout".into() })),
        (
            "handover_overdue",
            Event::HandoverOverdue { incident, next: deadline(DeadlineKind::HandoverAnswered, 1) },
        ),
    ]
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/events")
}

static CREATED: Once = Once::new();

/// Creates what is missing, if asked to; never touches a file that is there.
fn create_missing() {
    for (name, event) in samples().into_iter().chain(handover_samples()) {
        let path = folder().join(format!("{name}.json"));
        let golden = Golden {
            kind: event.kind().into(),
            schema_version: SCHEMA_VERSION,
            payload: serde_json::from_str(&event.payload().unwrap()).unwrap(),
        };
        if !path.exists() {
            std::fs::write(path, serde_json::to_string_pretty(&golden).unwrap() + "\n").unwrap();
        }
    }
}

fn golden_files() -> BTreeMap<String, Golden> {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        CREATED.call_once(create_missing);
    }
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            assert_eq!(path.extension().and_then(|end| end.to_str()), Some("json"), "{name}");
            let golden = serde_json::from_str(&std::fs::read_to_string(&path).unwrap())
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, golden)
        })
        .collect()
}

/// Everything that `old` says, `new` says too; `new` may say more (a field added with a default).
fn holds(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            old.iter().all(|(key, value)| new.get(key).is_some_and(|other| holds(value, other)))
        }
        (Value::Array(old), Value::Array(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| holds(old, new))
        }
        _ => old == new,
    }
}

#[test]
fn every_golden_event_decodes_and_keeps_what_it_says() {
    for (name, golden) in golden_files() {
        assert_eq!(name.split('.').next(), Some(golden.kind.as_str()), "{name} is named after its kind");
        assert!((1..=SCHEMA_VERSION).contains(&golden.schema_version), "{name}");
        let event = Event::decode(&golden.kind, &golden.payload.to_string())
            .unwrap_or_else(|error| panic!("{name} does not decode any more: {error}"));
        assert_eq!((event.kind(), kind_of(&event)), (golden.kind.as_str(), golden.kind.as_str()), "{name}");
        let payload = event.payload().unwrap();
        let again: Value = serde_json::from_str(&payload).unwrap();
        assert!(holds(&golden.payload, &again), "{name} lost something:\n{}\n{again}", golden.payload);
        assert_eq!(Event::decode(&golden.kind, &payload).unwrap(), event, "{name}");
    }
}

#[test]
fn every_kind_has_a_golden_file() {
    let files = golden_files();
    for kind in KINDS {
        assert!(files.contains_key(*kind), "tests/golden/events/{kind}.json is missing: add a sample of it");
    }
    // No golden file was lost: whatever is sampled has been written down.
    for (name, event) in samples().into_iter().chain(handover_samples()) {
        assert_eq!(event.kind(), kind_of(&event));
        assert!(files.contains_key(name), "tests/golden/events/{name}.json is missing");
    }
    let kinds: BTreeSet<&str> = files.values().map(|golden| golden.kind.as_str()).collect();
    assert_eq!(kinds, KINDS.iter().copied().collect());
}

#[test]
fn the_samples_are_what_the_files_say() {
    // While the payloads are as they were at first, both sides agree to the letter.
    let files = golden_files();
    for (name, event) in samples().into_iter().chain(handover_samples()) {
        let golden = &files[name];
        assert_eq!(Event::decode(&golden.kind, &golden.payload.to_string()).unwrap(), event, "{name}");
    }
}

#[test]
fn fields_that_came_later_do_not_hinder_an_older_reader() {
    for (name, golden) in golden_files() {
        let mut payload = golden.payload.clone();
        payload.as_object_mut().unwrap().insert("added_later".into(), Value::from(1));
        let decoded = Event::decode(&golden.kind, &payload.to_string());
        assert_eq!(
            decoded.unwrap(),
            Event::decode(&golden.kind, &golden.payload.to_string()).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn what_is_no_event_is_refused() {
    for (kind, payload) in [
        ("tidak_ada", "{}"),
        ("report_moved", "{}"),
        ("report_moved", "null"),
        ("report_moved", ""),
        ("\"},\"x", "{}"),
        ("incident_merged", r#"{"incident":"not an id","into":"not an id"}"#),
    ] {
        assert!(Event::decode(kind, payload).is_err(), "{kind} {payload}");
    }
}

/// Names that stand in stored payloads and rows; one that is renamed here is lost there.
#[test]
fn words_in_the_log_stay_as_they_are() {
    fn words<T: Serialize>(values: &[T]) -> String {
        let words = values.iter().map(|value| serde_json::to_string(value).unwrap());
        words.map(|word| word.trim_matches('"').to_owned()).collect::<Vec<_>>().join(" ")
    }
    macro_rules! same_code {
        ($values:expr) => {
            for value in $values {
                assert_eq!(serde_json::to_value(value).unwrap(), value.code());
            }
        };
    }
    for (now, ever) in [
        (
            words(&Category::ALL),
            "fire traffic_accident medical natural_disaster rescue animal public_order crime mental_health \
             infrastructure complaint information",
        ),
        (words(&Priority::ALL), "1 2 3 4"),
        (
            words(&Channel::ALL),
            "phone web sms whatsapp telegram line app email walk_in radio sensor lapor neighbour",
        ),
        (
            words(&Outcome::ALL),
            "incident_created attached advised information ghost prank accidental cut_off wrong_region \
             transferred referred test",
        ),
        (words(&[ReportState::Waiting, ReportState::Handled]), "waiting handled"),
        (words(&[OwnerQueue::Operators, OwnerQueue::Supervisors]), "operators supervisors"),
        (
            words(&IncidentState::ALL),
            "open dispatched acknowledged active monitored resolved closed merged false_report cancelled \
             out_of_area",
        ),
        (
            words(&[
                CloseResult::Handled,
                CloseResult::FalseReport,
                CloseResult::Cancelled,
                CloseResult::OutOfArea,
            ]),
            "handled false_report cancelled out_of_area",
        ),
        (
            words(&DispatchState::ALL),
            "queued sent delivered acknowledged accepted en_route on_scene completed rejected withdrawn",
        ),
        (words(&[DispatchAct::Send, DispatchAct::Deliver]), "send deliver"),
        (words(&DispatchAct::OF_PEOPLE), "acknowledge accept en_route on_scene complete reject withdraw"),
        (words(&[DispatchRole::Lead, DispatchRole::Support]), "lead support"),
        (words(&DeliveryChannel::ALL), "console webhook push telegram line whatsapp gateway email sms"),
        (
            words(&[Via::Console, Via::Link, Via::Button, Via::Reply, Via::Webhook, Via::Verbal]),
            "console link button reply webhook verbal",
        ),
        (
            words(&[Notice::Order, Notice::Correction, Notice::Withdrawal, Notice::Information]),
            "order correction withdrawal information",
        ),
        (words(&[Told::First, Told::Second, Told::All]), "first second all"),
        (words(&[Concern::NoContact, Concern::NobodyOnDuty]), "no_contact nobody_on_duty"),
        (words(&[ReplyDoubt::Stranger, ReplyDoubt::TooLate]), "stranger too_late"),
        (
            words(&[
                DeliveryState::Pending,
                DeliveryState::Sent,
                DeliveryState::Delivered,
                DeliveryState::Seen,
                DeliveryState::Unknown,
                DeliveryState::Failed,
                DeliveryState::Dropped,
            ]),
            "pending sent delivered seen unknown failed dropped",
        ),
        (
            words(&[
                UnitState::Available,
                UnitState::Assigned,
                UnitState::EnRoute,
                UnitState::OnScene,
                UnitState::Transporting,
                UnitState::AtHospital,
                UnitState::Returning,
                UnitState::Delayed,
                UnitState::OutOfService,
            ]),
            "available assigned en_route on_scene transporting at_hospital returning delayed out_of_service",
        ),
        (
            words(&[
                DeadlineKind::ReportHandled,
                DeadlineKind::IncidentForwarded,
                DeadlineKind::DispatchAcknowledged,
                DeadlineKind::DispatchAccepted,
                DeadlineKind::DispatchOnScene,
                DeadlineKind::HelpAnswered,
                DeadlineKind::HandoverAnswered,
            ]),
            "report_handled incident_forwarded dispatch_acknowledged dispatch_accepted dispatch_on_scene \
             help_answered handover_answered",
        ),
        (
            words(&[
                HandoverState::Offered,
                HandoverState::Received,
                HandoverState::Accepted,
                HandoverState::Refused,
            ]),
            "offered received accepted refused",
        ),
        (
            words(&[
                ClaimSource::OperatorPin,
                ClaimSource::Unit,
                ClaimSource::Device,
                ClaimSource::Pin,
                ClaimSource::Network,
                ClaimSource::Spoken,
                ClaimSource::Cell,
                ClaimSource::ForwardedPin,
                ClaimSource::Sensor,
                ClaimSource::Unknown,
            ]),
            "operator_pin unit device pin network spoken cell forwarded_pin sensor unknown",
        ),
    ] {
        // Words may be added at the end of a set; none may go or change.
        let (now, ever) = (now.split(' ').collect::<Vec<_>>(), ever.split_whitespace().collect::<Vec<_>>());
        assert!(ever.iter().all(|word| now.contains(word)), "{now:?} lacks one of {ever:?}");
    }
    same_code!(Category::ALL);
    same_code!(Channel::ALL);
    same_code!(Outcome::ALL);
    same_code!(IncidentState::ALL);
    same_code!(DispatchState::ALL);
    same_code!(DispatchAct::OF_PEOPLE);
    same_code!(Role::ALL);
    same_code!([ReportState::Waiting, ReportState::Handled]);
    same_code!(DeliveryChannel::ALL);
}
