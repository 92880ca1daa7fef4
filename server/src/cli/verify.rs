//! `verify`: reads the whole log of a centre, checks its chain, folds it, and compares every projection
//! with the fold. Names the first difference.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kentongan_domain::event::{Event, Record};
use kentongan_domain::evolve::evolve;
use kentongan_domain::state::{CentreState, Reference};
use kentongan_store::{Store, chain};
use uuid::Uuid;

use crate::command::{
    actor_from_words, delivery_rows, dispatch_to_row, incident_to_row, report_to_row, unit_to_row,
};
use crate::serve::announce;

/// Rows read at once.
const PAGE: u32 = 1_000;

/// Verifies every centre, or one; tells whether all agree.
///
/// # Errors
/// When the store cannot be read, or the centre does not exist.
pub async fn verify(store: &Arc<dyn Store>, only: Option<&str>) -> anyhow::Result<bool> {
    let centres = store.centres().await?;
    if let Some(code) = only {
        anyhow::ensure!(centres.iter().any(|row| row.code == code), "there is no centre {code}");
    }
    let mut agrees = true;
    for row in centres.iter().filter(|row| only.is_none_or(|code| code == row.code)) {
        match verify_centre(store, &row.code).await? {
            Ok(events) => announce(&format!("{}: {events} events; chain holds, projections agree", row.code)),
            Err(difference) => {
                agrees = false;
                announce(&format!("{}: DIFFERENCE: {difference}", row.code));
            }
        }
    }
    Ok(agrees)
}

/// The number of events when all agrees, else the first difference.
async fn verify_centre(store: &Arc<dyn Store>, centre: &str) -> anyhow::Result<Result<i64, String>> {
    let pack = crate::centre::read_pack(store, centre).await?;
    let reference = Arc::new(Reference { pack });
    let mut state = CentreState::new(reference);
    let (mut seq, mut hash) = (0, [0; 32]);
    loop {
        let events = store.events_after(centre, seq, PAGE).await?;
        if events.is_empty() {
            break;
        }
        (seq, hash) = match chain::verify_chain(seq, hash, &events) {
            Ok(reached) => reached,
            Err(broken) => return Ok(Err(format!("the chain does not hold: {broken}"))),
        };
        for row in &events {
            let event = match Event::decode(&row.kind, &row.payload) {
                Ok(event) => event,
                Err(error) => return Ok(Err(format!("event {} cannot be read: {error}", row.seq))),
            };
            evolve(&mut state, &Record { at: row.recorded_at, actor: actor_from_words(&row.actor), event });
        }
    }
    let head = store.head(centre).await?;
    let Some(head) = head else { return Ok(Err("there is no head".to_owned())) };
    if (head.seq, head.hash) != (seq, hash) {
        return Ok(Err(format!(
            "the head is at {} but the log ends at {seq}, or their hashes differ",
            head.seq
        )));
    }
    if (head.number_day.as_str(), head.number_last) != (state.numbers.day.as_str(), state.numbers.last) {
        return Ok(Err(format!(
            "the head's last number is {}-{}, the log's {}-{}",
            head.number_day, head.number_last, state.numbers.day, state.numbers.last
        )));
    }
    let found = compare(store, centre, &state).await?;
    Ok(found.map_or(Ok(seq), Err))
}

/// Compares by the stored columns and body, whatever event changed them last.
async fn compare(
    store: &Arc<dyn Store>,
    centre: &str,
    state: &CentreState,
) -> anyhow::Result<Option<String>> {
    let mut wanted: BTreeMap<Uuid, String> = BTreeMap::new();
    for report in state.reports.values() {
        wanted.insert(report.id.0, format!("{:?}", report_to_row(report, 0)?));
    }
    let mut after = None;
    loop {
        let rows = store.all_reports(centre, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        for mut row in rows {
            row.changed_seq = 0;
            if let Some(difference) = differs("report", &mut wanted, row.id, &format!("{row:?}")) {
                return Ok(Some(difference));
            }
        }
    }
    if let Some(missing) = wanted.keys().next() {
        return Ok(Some(format!("report {missing} is in the log but not among the projections")));
    }
    for incident in state.incidents.values() {
        wanted.insert(incident.id.0, format!("{:?}", incident_to_row(incident, 0)?));
    }
    let mut after = None;
    loop {
        let rows = store.all_incidents(centre, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        for mut row in rows {
            row.changed_seq = 0;
            if let Some(difference) = differs("incident", &mut wanted, row.id, &format!("{row:?}")) {
                return Ok(Some(difference));
            }
        }
    }
    if let Some(missing) = wanted.keys().next() {
        return Ok(Some(format!("incident {missing} is in the log but not among the projections")));
    }
    for dispatch in state.dispatches.values() {
        wanted.insert(dispatch.id.0, format!("{:?}", dispatch_to_row(dispatch, 0)?));
    }
    let mut after = None;
    loop {
        let rows = store.all_dispatches(centre, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        for mut row in rows {
            row.changed_seq = 0;
            if let Some(difference) = differs("dispatch", &mut wanted, row.id, &format!("{row:?}")) {
                return Ok(Some(difference));
            }
        }
    }
    if let Some(missing) = wanted.keys().next() {
        return Ok(Some(format!("dispatch {missing} is in the log but not among the projections")));
    }
    for dispatch in state.dispatches.values() {
        for row in delivery_rows(dispatch, 0)? {
            wanted.insert(row.id, format!("{row:?}"));
        }
    }
    let mut after = None;
    loop {
        let rows = store.all_deliveries(centre, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        for mut row in rows {
            row.changed_seq = 0;
            if let Some(difference) = differs("delivery", &mut wanted, row.id, &format!("{row:?}")) {
                return Ok(Some(difference));
            }
        }
    }
    if let Some(missing) = wanted.keys().next() {
        return Ok(Some(format!("delivery {missing} is in the log but not among the projections")));
    }
    if let Some(difference) = compare_units(store, centre, state).await? {
        return Ok(Some(difference));
    }
    compare_deadlines(store, centre, state).await
}

fn differs(what: &str, wanted: &mut BTreeMap<Uuid, String>, id: Uuid, stored: &str) -> Option<String> {
    match wanted.remove(&id) {
        None => Some(format!("{what} {id} is among the projections but not in the log")),
        Some(folded) if folded != stored => Some(format!("{what} {id} is not the fold of the log")),
        Some(_) => None,
    }
}

/// A unit that no event has moved has no row.
async fn compare_units(
    store: &Arc<dyn Store>,
    centre: &str,
    state: &CentreState,
) -> anyhow::Result<Option<String>> {
    let mut wanted = BTreeMap::new();
    for unit in state.units.values().filter(|unit| unit.version > 0) {
        wanted.insert(unit.code.clone(), unit_to_row(unit, 0)?);
    }
    let mut after: Option<String> = None;
    loop {
        let rows = store.list_units(centre, None, after.as_deref(), PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.code.clone());
        for mut row in rows {
            row.changed_seq = 0;
            if wanted.remove(&row.code).as_ref() != Some(&row) {
                return Ok(Some(format!("unit {} is not the fold of the log", row.code)));
            }
        }
    }
    Ok(wanted.keys().next().map(|code| format!("unit {code} is in the log but not among the projections")))
}

async fn compare_deadlines(
    store: &Arc<dyn Store>,
    centre: &str,
    state: &CentreState,
) -> anyhow::Result<Option<String>> {
    let mut wanted: BTreeSet<(String, String, i64, i64)> = state
        .deadlines()
        .map(|(subject, deadline)| {
            (subject.id(), deadline.kind.code().to_owned(), i64::from(deadline.level), deadline.due_at)
        })
        .collect();
    let mut after: Option<(String, String)> = None;
    loop {
        let last = after.as_ref().map(|(subject, kind)| (subject.as_str(), kind.as_str()));
        let rows = store.all_deadlines(centre, last, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = Some((last.subject.clone(), last.kind.clone()));
        for row in rows {
            let key = (row.subject.clone(), row.kind.clone(), row.level, row.due_at);
            if !wanted.remove(&key) {
                return Ok(Some(format!("the deadline {} of {} is not in the log", row.kind, row.subject)));
            }
        }
    }
    Ok(wanted.first().map(|(subject, kind, _, _)| {
        format!("the deadline {kind} of {subject} is in the log but not among the projections")
    }))
}
