//! Suggestions beside what people made of them, of reports whose incident is closed. What a neighbouring centre handed
//! over is left out: people there had decided it already.
//!
//! Compiled once for each engine: `json(…)`, `->` and `->>` mean the same on both.

use super::Conn;
use crate::error::StoreError;
use crate::rows::DecidedRow;
use std::ops::Range;
use uuid::Uuid;

/// Reports lead and incidents are looked up: `CROSS JOIN` keeps SQLite from turning that round. The
/// columns `category` and `priority` of a report are those of its suggestion.
pub(super) const DECIDED: &str = "\
    SELECT reports.id AS report, incidents.id AS incident, reports.received_at, \
    json(incidents.body) ->> 'opened_by' AS operator, \
    reports.category AS suggested_category, incidents.category AS final_category, \
    json(reports.body) -> 'suggestion' ->> 'type' AS suggested_type, incidents.type AS final_type, \
    reports.priority AS suggested_priority, incidents.priority AS final_priority, \
    CAST(json(reports.body) -> 'suggestion' ->> 'confidence' AS double precision) AS confidence \
    FROM reports CROSS JOIN incidents \
    WHERE reports.centre = $1 AND reports.received_at >= $2 AND (reports.received_at, reports.id) < ($3, $4) \
    AND incidents.centre = reports.centre AND incidents.id = reports.incident \
    AND incidents.closed_at IS NOT NULL AND reports.channel <> 'neighbour' \
    ORDER BY reports.received_at DESC, reports.id DESC LIMIT $5";

pub async fn list(
    conn: &mut Conn,
    centre: &str,
    received: Range<i64>,
    after: Option<(i64, Uuid)>,
    limit: u32,
) -> Result<Vec<DecidedRow>, StoreError> {
    // No id is less than nil: the first page ends before `end` itself.
    let (before_at, before_id) = after.unwrap_or((received.end, Uuid::nil()));
    Ok(sqlx::query_as(DECIDED)
        .bind(centre)
        .bind(received.start)
        .bind(before_at)
        .bind(before_id)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await?)
}
