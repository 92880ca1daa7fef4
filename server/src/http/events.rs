//! The log, read only.

use kentongan_protocol::answers::EventAnswer;
use kentongan_protocol::page::Page;
use kentongan_store::rows::EventRow;
use serde::Deserialize;

use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Path, Query};

/// Query of the log.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventQuery {
    after: Option<i64>,
    limit: Option<u32>,
}

/// `GET …/events`.
pub async fn list(
    caller: Caller,
    Query(query): Query<EventQuery>,
) -> Result<axum::Json<Page<EventAnswer>>, ApiError> {
    let limit = query.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(ApiError::bad_parameter("limit", "limit must be from 1 to 200"));
    }
    let centre = &caller.centre;
    let rows = centre.store.events_after(&centre.code, query.after.unwrap_or(0), limit).await?;
    let full = u32::try_from(rows.len()).is_ok_and(|count| count == limit);
    let next = rows
        .last()
        .filter(|_| full)
        .map(|last| format!("/api/v1/centres/{}/events?limit={limit}&after={}", centre.code, last.seq));
    let items = rows.into_iter().map(answer).collect::<Result<Vec<_>, _>>()?;
    Ok(axum::Json(Page { items, next }))
}

/// `GET …/events/{seq}`.
pub async fn one(
    caller: Caller,
    Path((_, seq)): Path<(String, String)>,
) -> Result<axum::Json<EventAnswer>, ApiError> {
    let seq: i64 = seq.parse().map_err(|_| ApiError::not_found("the event"))?;
    let centre = &caller.centre;
    let rows = centre.store.events_after(&centre.code, seq.saturating_sub(1), 1).await?;
    let row = rows.into_iter().find(|row| row.seq == seq).ok_or_else(|| ApiError::not_found("the event"))?;
    Ok(axum::Json(answer(row)?))
}

fn answer(row: EventRow) -> Result<EventAnswer, ApiError> {
    Ok(EventAnswer {
        seq: row.seq,
        stream: row.stream_kind,
        id: row.stream_id,
        version: i32::try_from(row.version).unwrap_or(i32::MAX),
        kind: row.kind,
        schema_version: i32::try_from(row.schema_version).unwrap_or(i32::MAX),
        recorded_at: row.recorded_at,
        actor: row.actor,
        command_id: row.command_id.to_string(),
        payload: serde_json::from_str(&row.payload).map_err(ApiError::internal)?,
        hash: row.hash.iter().fold(String::with_capacity(64), |hex, byte| format!("{hex}{byte:02x}")),
    })
}
