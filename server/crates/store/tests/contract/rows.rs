//! Rows for the cases: each made from a number, so that they are alike and can be told apart.

use kentongan_store::rows::{
    CentreRow, CommandRow, DeadlineRow, DeliveryRow, DispatchRow, EventRow, IncidentRow, PersonRow,
    ReportRow, TextRow, UnitRow,
};
use kentongan_store::{Batch, chain};
use uuid::Uuid;

/// An id that sorts by `kind`, then by `number`.
pub fn id(kind: u8, number: u64) -> Uuid {
    Uuid::from_u64_pair(u64::from(kind) << 56, number)
}

pub fn centre(code: &str) -> CentreRow {
    CentreRow { code: code.into(), kind: "live".into(), profile: "{}".into(), epoch: id(1, 1), created_at: 1 }
}

/// Adds an event to a batch and moves its head.
pub fn add_event(batch: &mut Batch, stream_id: &str, version: i64) {
    let seq = batch.head.seq + 1;
    let mut event = [EventRow {
        centre: batch.centre.clone(),
        seq,
        stream_kind: "report".into(),
        stream_id: stream_id.into(),
        version,
        kind: "report_received".into(),
        schema_version: 1,
        occurred_at: 1_000,
        recorded_at: 2_000,
        actor: "operator".into(),
        command_id: id(2, seq.unsigned_abs()),
        payload: r#"{"text":"kebakaran \u00e9  é","n":1.50}"#.into(),
        prev_hash: [0; 32],
        hash: [0; 32],
    }];
    batch.head.hash = chain::link(batch.head.hash, &mut event);
    batch.head.seq = seq;
    batch.head.number_day = "261122".into();
    batch.head.number_last += 1;
    batch.events.extend(event);
}

pub fn command(number: u64) -> CommandRow {
    CommandRow {
        command_id: id(2, number),
        fingerprint: [7; 32],
        status: 201,
        outcome: format!(r#"{{"number":{number}}}"#),
        seq: 1,
        recorded_at: 2_000,
    }
}

pub fn report(number: u64) -> ReportRow {
    ReportRow {
        id: id(3, number),
        version: 1,
        number: format!("KDR-{number:06}"),
        state: "open".into(),
        channel: "phone".into(),
        external_id: None,
        category: None,
        priority: 2,
        incident: None,
        received_at: 1_000,
        closed_at: None,
        changed_seq: 1,
        body: r#"{"a":  1}"#.into(),
    }
}

pub fn incident(number: u64) -> IncidentRow {
    IncidentRow {
        id: id(4, number),
        version: 1,
        number: format!("KDR-I-{number:06}"),
        state: "open".into(),
        category: "fire".into(),
        incident_type: "house_fire".into(),
        priority: 1,
        opened_at: 1_000,
        closed_at: None,
        changed_seq: 1,
        body: "{}".into(),
    }
}

pub fn dispatch(number: u64, incident: Uuid) -> DispatchRow {
    DispatchRow {
        id: id(5, number),
        version: 1,
        incident,
        agency: "damkar".into(),
        role: "lead".into(),
        state: "queued".into(),
        overdue: false,
        queued_at: 1_000,
        ended_at: None,
        changed_seq: 1,
        body: "{}".into(),
    }
}

pub fn delivery(number: u64, dispatch: Uuid) -> DeliveryRow {
    DeliveryRow {
        id: id(6, number),
        dispatch,
        revision: 1,
        contact: format!("contact-{number}"),
        channel: "webhook".into(),
        state: "due".into(),
        attempts: 0,
        next_attempt_at: Some(1_000),
        changed_seq: 1,
        body: "{}".into(),
    }
}

pub fn deadline(subject: &str, due_at: i64) -> DeadlineRow {
    DeadlineRow { subject: subject.into(), kind: "acknowledge".into(), level: 0, due_at }
}

pub fn unit(code: &str) -> UnitRow {
    UnitRow {
        code: code.into(),
        version: 1,
        agency: "damkar".into(),
        state: "available".into(),
        changed_seq: 1,
        body: "{}".into(),
    }
}

pub fn person(number: u64, report: Uuid) -> PersonRow {
    PersonRow {
        id: id(7, number),
        report,
        name: Some("Siti".into()),
        phone: Some("+628123".into()),
        digits: Some("8123".into()),
        erased_at: None,
    }
}

pub fn text(number: u64, about: Uuid) -> TextRow {
    TextRow {
        id: id(8, number),
        about: about.to_string(),
        kind: "said".into(),
        body: Some("ada api di rumah Bu Siti".into()),
        erased_at: None,
    }
}
