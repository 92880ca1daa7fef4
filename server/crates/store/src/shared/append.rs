//! The append: one transaction's worth of statements, the hot path of the whole product.
//!
//! Compiled once for each engine. The head is moved first: on PostgreSQL its row lock is
//! what makes nodes take turns. Rows go in many to a statement, see [`crate::sql::Many`], and
//! statements as each engine takes them best, see its `script`.

use super::bind::{
    Bound, bind_command, bind_deadline, bind_delivery, bind_dispatch, bind_event, bind_incident, bind_person,
    bind_report, bind_text, bind_unit,
};
use super::script::{MOVE_HEAD, Script};
use super::{Args, Conn, PLACEHOLDER};
use crate::batch::Batch;
use crate::error::StoreError;
use crate::rows::{CommandRow, EventRow};
use crate::sql::Many;
use sqlx::Arguments as _;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static EVENTS: LazyLock<Many> = LazyLock::new(|| {
    let columns = "centre, seq, stream_kind, stream_id, version, kind, schema_version, occurred_at, \
                   recorded_at, actor, command_id, payload, prev_hash, hash";
    Many::insert(PLACEHOLDER, "events", columns)
});
static COMMANDS: LazyLock<Many> = LazyLock::new(|| {
    let columns = "centre, command_id, fingerprint, status, outcome, seq, recorded_at";
    Many::insert(PLACEHOLDER, "commands", columns)
});
static REPORTS: LazyLock<Many> = LazyLock::new(|| {
    let columns = "version, number, state, channel, external_id, category, priority, incident, received_at, \
                   closed_at, changed_seq, body";
    Many::upsert(PLACEHOLDER, "reports", "centre, id", columns, "")
});
static INCIDENTS: LazyLock<Many> = LazyLock::new(|| {
    let columns = "version, number, state, category, type, priority, opened_at, closed_at, changed_seq, body";
    Many::upsert(PLACEHOLDER, "incidents", "centre, id", columns, "")
});
static DISPATCHES: LazyLock<Many> = LazyLock::new(|| {
    let columns = "version, incident, agency, role, state, overdue, queued_at, ended_at, changed_seq, body";
    Many::upsert(PLACEHOLDER, "dispatches", "centre, id", columns, "")
});
static DELIVERIES: LazyLock<Many> = LazyLock::new(|| {
    let columns = "dispatch, revision, contact, channel, state, attempts, next_attempt_at, changed_seq, body";
    Many::upsert(PLACEHOLDER, "deliveries", "centre, id", columns, "")
});
static UNITS: LazyLock<Many> = LazyLock::new(|| {
    Many::upsert(PLACEHOLDER, "units", "centre, code", "version, agency, state, changed_seq, body", "")
});
static DEADLINES_SET: LazyLock<Many> =
    LazyLock::new(|| Many::upsert(PLACEHOLDER, "deadlines", "centre, subject, kind", "level, due_at", ""));
pub(super) static DEADLINES_CLEARED: LazyLock<Many> =
    LazyLock::new(|| Many::delete(PLACEHOLDER, "deadlines", "subject", "kind"));
// What was erased must not come back with a later batch that still remembers it.
static PEOPLE: LazyLock<Many> = LazyLock::new(|| {
    let columns = "report, name, phone, digits, erased_at";
    Many::upsert(PLACEHOLDER, "people", "centre, id", columns, "people.erased_at IS NULL")
});
static TEXTS: LazyLock<Many> = LazyLock::new(|| {
    let columns = "about, kind, body, erased_at";
    Many::upsert(PLACEHOLDER, "texts", "centre, id", columns, "texts.erased_at IS NULL")
});

/// Writes a batch that was checked; the caller's transaction makes it whole.
pub async fn append(conn: &mut Conn, batch: &Batch) -> Result<(), StoreError> {
    let centre = batch.centre.as_str();
    let mut script = Script::default();
    script.add(MOVE_HEAD, |args| bind_head(args, batch))?;
    let events: Vec<&EventRow> = batch.events.iter().collect();
    put(&mut script, &EVENTS, centre, &events, bind_event)?;
    put(&mut script, &REPORTS, centre, &latest(&batch.reports, |row| row.id), bind_report)?;
    put(&mut script, &INCIDENTS, centre, &latest(&batch.incidents, |row| row.id), bind_incident)?;
    put(&mut script, &DISPATCHES, centre, &latest(&batch.dispatches, |row| row.id), bind_dispatch)?;
    put(&mut script, &DELIVERIES, centre, &latest(&batch.deliveries, |row| row.id), bind_delivery)?;
    put(&mut script, &UNITS, centre, &latest(&batch.units, |row| row.code.as_str()), bind_unit)?;
    clear_deadlines(&mut script, centre, &batch.deadlines_cleared)?;
    let deadlines = latest(&batch.deadlines_set, |row| (row.subject.as_str(), row.kind.as_str()));
    put(&mut script, &DEADLINES_SET, centre, &deadlines, bind_deadline)?;
    put(&mut script, &PEOPLE, centre, &latest(&batch.people, |row| row.id), bind_person)?;
    put(&mut script, &TEXTS, centre, &latest(&batch.texts, |row| row.id), bind_text)?;
    let commands: Vec<&CommandRow> = batch.commands.iter().collect();
    put(&mut script, &COMMANDS, centre, &commands, bind_command)?;
    if script.run(conn).await? {
        return Ok(());
    }
    let actual: Option<i64> = sqlx::query_scalar("SELECT seq FROM log_head WHERE centre = $1")
        .bind(centre)
        .fetch_optional(&mut *conn)
        .await?;
    Err(match actual {
        Some(actual) => StoreError::HeadMoved { actual },
        None => StoreError::NotFound { what: "centre".into() },
    })
}

fn bind_head(args: &mut Args, batch: &Batch) -> Bound {
    args.add(batch.head.seq)?;
    args.add(batch.head.hash.as_slice())?;
    args.add(batch.head.number_day.as_str())?;
    args.add(batch.head.number_last)?;
    args.add(batch.centre.as_str())?;
    args.add(batch.expected_seq)
}

/// The last mention of every row: PostgreSQL cannot upsert a row twice in one statement.
fn latest<'a, R, K: Ord>(rows: &'a [R], key: impl Fn(&'a R) -> K) -> Vec<&'a R> {
    let mut seen = BTreeSet::new();
    let mut kept: Vec<&R> = rows.iter().rev().filter(|row| seen.insert(key(row))).collect();
    kept.reverse();
    kept
}

fn put<R>(
    script: &mut Script,
    many: &'static Many,
    centre: &str,
    rows: &[&R],
    bind: fn(&mut Args, &str, &R) -> Bound,
) -> Result<(), StoreError> {
    let mut rest = rows;
    while let Some((size, text)) = many.for_rows(rest.len()) {
        let (now, later) = rest.split_at(size);
        script.add(text, |args| now.iter().try_for_each(|row| bind(args, centre, row)))?;
        rest = later;
    }
    Ok(())
}

fn clear_deadlines(script: &mut Script, centre: &str, keys: &[(String, String)]) -> Result<(), StoreError> {
    let mut rest = keys;
    while let Some((size, text)) = DEADLINES_CLEARED.for_rows(rest.len()) {
        let (now, later) = rest.split_at(size);
        script.add(text, |args| {
            for (subject, kind) in now {
                args.add(subject.as_str())?;
                args.add(kind.as_str())?;
            }
            args.add(centre)
        })?;
        rest = later;
    }
    Ok(())
}
