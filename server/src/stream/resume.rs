//! Catching a reader up: from the ring when it reaches back far enough, from the log's projections
//! when it does not, from a snapshot when that would be too much or the epoch is another.

use std::sync::Arc;

use kentongan_domain::dispatch::{DeliveryChannel, DeliveryState};
use kentongan_domain::ids::{DeliveryId, DispatchId};
use kentongan_protocol::stream::{Cursor, ServerMessage};
use kentongan_protocol::views::View;
use kentongan_store::{Store, StoreError};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::audience::Audience;
use super::hub::Hub;
use super::item::{Item, view_of};
use crate::command::{dispatch_from_row, incident_from_row, report_from_row, unit_from_row};

/// Views in one part of a snapshot, so that no message grows without bound.
const SNAPSHOT_PART: usize = 250;
/// Rows of a kind that a resuming reader gets as changes; beyond it a snapshot is cheaper.
const RESUME_ROWS: u32 = 1_000;

/// What a reader must be sent first, and where it stands then.
#[derive(Debug)]
pub struct CatchUp {
    /// Messages, in order.
    pub messages: Vec<Utf8Bytes>,
    /// Where the reader stands after them.
    pub seq: i64,
    /// Console deliveries that these messages carry.
    pub deliveries: Vec<(DispatchId, DeliveryId)>,
}

/// Decides how to catch a reader up.
///
/// # Errors
/// When the store cannot be read; the reader should be told to come again.
pub async fn catch_up(
    hub: &Hub,
    store: &Arc<dyn Store>,
    centre: &str,
    audience: &Audience,
    resume: Option<&Cursor>,
    now: i64,
) -> Result<CatchUp, StoreError> {
    let Some(cursor) = resume.filter(|cursor| cursor.epoch == hub.epoch()) else {
        return Ok(snapshot(hub, audience));
    };
    if hub.after(cursor.seq, 1).is_some() {
        // The ring holds everything since: the ordinary loop goes on from there.
        return Ok(CatchUp { messages: Vec::new(), seq: cursor.seq, deliveries: Vec::new() });
    }
    // What an agency no longer sees would not be among the changes, and its own things are few.
    if cursor.seq > hub.head_seq() || matches!(audience, Audience::Agency(_)) {
        return Ok(snapshot(hub, audience));
    }
    let rows = store.changed_since(centre, cursor.seq, RESUME_ROWS).await?;
    if rows.truncated {
        return Ok(snapshot(hub, audience));
    }
    match from_memory(hub, &rows, audience) {
        Some((seq, items)) => {
            let message = ServerMessage::Changes { seq, received_at: now, committed_at: now, items };
            Ok(CatchUp { messages: render(&message).into_iter().collect(), seq, deliveries: Vec::new() })
        }
        // Something changed that is no longer held: show everything there is.
        None => Ok(snapshot(hub, audience)),
    }
}

/// The newest views of what changed, as the memory holds them; none when something is not held.
fn from_memory(
    hub: &Hub,
    rows: &kentongan_store::ChangedRows,
    audience: &Audience,
) -> Option<(i64, Vec<View>)> {
    let reports: Vec<_> = rows.reports.iter().filter_map(|row| report_from_row(row).ok()).collect();
    let incidents: Vec<_> = rows.incidents.iter().filter_map(|row| incident_from_row(row).ok()).collect();
    let dispatches: Vec<_> = rows.dispatches.iter().filter_map(|row| dispatch_from_row(row).ok()).collect();
    let units: Vec<_> = rows.units.iter().filter_map(|row| unit_from_row(row).ok()).collect();
    hub.read(|memory| {
        let mut items = Vec::new();
        for incident in &incidents {
            items.push(Item::Incident(memory.incident(incident.id)?));
        }
        for report in &reports {
            items.push(Item::Report(memory.report(report.id)?));
        }
        for dispatch in &dispatches {
            items.push(Item::Dispatch(memory.dispatch(dispatch.id)?));
        }
        for unit in &units {
            items.extend(memory.unit(&unit.code).map(Item::Unit));
        }
        let views = items.iter().filter_map(|item| view_of(item, audience)).collect();
        // The memory may be ahead of the rows; views carry versions, so a frame seen again is harmless.
        Some((rows.head.seq.min(hub.head_seq()), views))
    })
}

/// Everything an audience may see, in parts.
pub fn snapshot(hub: &Hub, audience: &Audience) -> CatchUp {
    let (seq, views) = hub.snapshot(audience);
    let deliveries = console_deliveries(&views, audience);
    let mut chunks: Vec<Vec<View>> = Vec::new();
    let mut rest = views;
    while rest.len() > SNAPSHOT_PART {
        let tail = rest.split_off(SNAPSHOT_PART);
        chunks.push(std::mem::replace(&mut rest, tail));
    }
    chunks.push(rest);
    let parts = u32::try_from(chunks.len()).unwrap_or(u32::MAX);
    let messages = chunks
        .into_iter()
        .zip(1..)
        .filter_map(|(items, part)| render(&ServerMessage::Snapshot { seq, part, parts, items }))
        .collect();
    CatchUp { messages, seq, deliveries }
}

/// Renders a message; none when a value has no JSON form, which the domain does not allow.
pub fn render(message: &ServerMessage) -> Option<Utf8Bytes> {
    match serde_json::to_string(message) {
        Ok(text) => Some(Utf8Bytes::from(text)),
        Err(error) => {
            tracing::error!(%error, "a stream message has no JSON form");
            None
        }
    }
}

/// Console deliveries still pending among the views that an agency is being shown.
pub fn console_deliveries(views: &[View], audience: &Audience) -> Vec<(DispatchId, DeliveryId)> {
    if !matches!(audience, Audience::Agency(_)) {
        return Vec::new();
    }
    views
        .iter()
        .filter_map(|view| match view {
            View::Dispatch(dispatch) => Some(dispatch),
            _ => None,
        })
        .flat_map(|dispatch| {
            dispatch
                .deliveries
                .iter()
                .filter(|delivery| {
                    delivery.channel == DeliveryChannel::Console && delivery.state == DeliveryState::Pending
                })
                .map(|delivery| (dispatch.id, delivery.id))
        })
        .collect()
}
