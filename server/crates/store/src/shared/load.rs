//! Loading rows that belong together: the writer's memory, one incident, what changed.
//!
//! Compiled once for each engine. The caller's transaction makes every answer one moment's.

use super::{Conn, PLACEHOLDER, Row, by_ids, log};
use crate::error::StoreError;
use crate::loads::{ChangedRows, IncidentRows, OpenRows};
use crate::rows::{DeliveryRow, DispatchRow, IncidentRow, PersonRow, ReportRow, TextRow, UnitRow};
use crate::sql::{Many, select};
use sqlx::FromRow;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use uuid::Uuid;

static PEOPLE: LazyLock<Many> = LazyLock::new(|| Many::select(PLACEHOLDER, select!(people, ""), "id"));
static PEOPLE_OF: LazyLock<Many> = LazyLock::new(|| Many::select(PLACEHOLDER, select!(people, ""), "report"));
static TEXTS: LazyLock<Many> = LazyLock::new(|| Many::select(PLACEHOLDER, select!(texts, ""), "id"));
static TEXTS_ABOUT: LazyLock<Many> = LazyLock::new(|| Many::select(PLACEHOLDER, select!(texts, ""), "about"));

/// Incidents that are open or closed since, or that a report or dispatch which is so belongs to.
macro_rules! with_loaded {
    ($select:expr) => {
        concat!(
            "WITH loaded (incident) AS (\
             SELECT id FROM incidents WHERE centre = $1 AND closed_at IS NULL \
             UNION SELECT id FROM incidents WHERE centre = $1 AND closed_at >= $2 \
             UNION SELECT incident FROM reports WHERE centre = $1 AND closed_at IS NULL \
             UNION SELECT incident FROM reports WHERE centre = $1 AND closed_at >= $2 \
             UNION SELECT incident FROM dispatches WHERE centre = $1 AND ended_at IS NULL \
             UNION SELECT incident FROM dispatches WHERE centre = $1 AND ended_at >= $2) ",
            $select
        )
    };
}

pub(super) const OPEN_INCIDENTS: &str =
    with_loaded!(select!(incidents, "WHERE centre = $1 AND id IN (SELECT incident FROM loaded)"));
pub(super) const OPEN_REPORTS: &str = with_loaded!(select!(
    reports,
    "WHERE centre = $1 AND id IN (\
     SELECT id FROM reports WHERE centre = $1 AND closed_at IS NULL \
     UNION SELECT id FROM reports WHERE centre = $1 AND closed_at >= $2 \
     UNION SELECT id FROM reports WHERE centre = $1 AND incident IN (SELECT incident FROM loaded))"
));
pub(super) const OPEN_DISPATCHES: &str =
    with_loaded!(select!(dispatches, "WHERE centre = $1 AND incident IN (SELECT incident FROM loaded)"));

pub(super) const INCIDENT_REPORTS: &str =
    select!(reports, "WHERE centre = $1 AND incident = $2 ORDER BY received_at, id");
pub(super) const INCIDENT_DISPATCHES: &str =
    select!(dispatches, "WHERE centre = $1 AND incident = $2 ORDER BY queued_at, id");
pub(super) const INCIDENT_DELIVERIES: &str = select!(
    deliveries,
    "WHERE centre = $1 AND dispatch IN (SELECT id FROM dispatches WHERE centre = $1 AND incident = $2)"
);

pub async fn open(conn: &mut Conn, centre: &str, closed_since: i64) -> Result<OpenRows, StoreError> {
    let head = log::head(conn, centre).await?;
    let head = head.ok_or_else(|| StoreError::NotFound { what: "centre".into() })?;
    // Sorted here: asked for an order by id, SQLite reads all rows ever in that order.
    let mut reports: Vec<ReportRow> = since(conn, OPEN_REPORTS, centre, closed_since).await?;
    reports.sort_unstable_by_key(|row| row.id);
    let mut incidents: Vec<IncidentRow> = since(conn, OPEN_INCIDENTS, centre, closed_since).await?;
    incidents.sort_unstable_by_key(|row| row.id);
    let mut dispatches: Vec<DispatchRow> = since(conn, OPEN_DISPATCHES, centre, closed_since).await?;
    dispatches.sort_unstable_by_key(|row| row.id);
    // A bound, not IS NOT NULL: it makes every planner take the index of what is left to do.
    let text =
        select!(deliveries, "WHERE centre = $1 AND next_attempt_at >= $2 ORDER BY next_attempt_at, id");
    let deliveries = since(conn, text, centre, i64::MIN).await?;
    let text = select!(units, "WHERE centre = $1 ORDER BY code");
    let units = sqlx::query_as(text).bind(centre).fetch_all(&mut *conn).await?;
    let text = select!(deadlines, "WHERE centre = $1 ORDER BY due_at, subject, kind");
    let deadlines = sqlx::query_as(text).bind(centre).fetch_all(&mut *conn).await?;

    let report_ids: Vec<Uuid> = reports.iter().map(|row| row.id).collect();
    let people = by_ids::select(conn, &PEOPLE_OF, centre, &report_ids).await?;
    let about: BTreeSet<Uuid> = report_ids
        .into_iter()
        .chain(incidents.iter().map(|row| row.id))
        .chain(dispatches.iter().map(|row| row.id))
        .collect();
    let about: Vec<String> = about.iter().map(Uuid::to_string).collect();
    let texts = by_ids::select(conn, &TEXTS_ABOUT, centre, &about).await?;
    Ok(OpenRows { head, reports, incidents, dispatches, deliveries, units, deadlines, people, texts })
}

async fn since<R>(
    conn: &mut Conn,
    text: &'static str,
    centre: &str,
    instant: i64,
) -> Result<Vec<R>, StoreError>
where
    R: for<'r> FromRow<'r, Row> + Send + Unpin,
{
    Ok(sqlx::query_as(text).bind(centre).bind(instant).fetch_all(conn).await?)
}

pub async fn report(conn: &mut Conn, centre: &str, id: Uuid) -> Result<Option<ReportRow>, StoreError> {
    let text = select!(reports, "WHERE centre = $1 AND id = $2");
    Ok(sqlx::query_as(text).bind(centre).bind(id).fetch_optional(conn).await?)
}

pub async fn report_by_external(
    conn: &mut Conn,
    centre: &str,
    channel: &str,
    external_id: &str,
) -> Result<Option<ReportRow>, StoreError> {
    let text = select!(reports, "WHERE centre = $1 AND channel = $2 AND external_id = $3");
    Ok(sqlx::query_as(text).bind(centre).bind(channel).bind(external_id).fetch_optional(conn).await?)
}

pub async fn dispatch(conn: &mut Conn, centre: &str, id: Uuid) -> Result<Option<DispatchRow>, StoreError> {
    let text = select!(dispatches, "WHERE centre = $1 AND id = $2");
    Ok(sqlx::query_as(text).bind(centre).bind(id).fetch_optional(conn).await?)
}

pub async fn unit(conn: &mut Conn, centre: &str, code: &str) -> Result<Option<UnitRow>, StoreError> {
    let text = select!(units, "WHERE centre = $1 AND code = $2");
    Ok(sqlx::query_as(text).bind(centre).bind(code).fetch_optional(conn).await?)
}

pub async fn deliveries_of(
    conn: &mut Conn,
    centre: &str,
    dispatch: Uuid,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let text = select!(deliveries, "WHERE centre = $1 AND dispatch = $2 ORDER BY id");
    Ok(sqlx::query_as(text).bind(centre).bind(dispatch).fetch_all(conn).await?)
}

pub async fn incident(conn: &mut Conn, centre: &str, id: Uuid) -> Result<Option<IncidentRows>, StoreError> {
    let text = select!(incidents, "WHERE centre = $1 AND id = $2");
    let found: Option<IncidentRow> =
        sqlx::query_as(text).bind(centre).bind(id).fetch_optional(&mut *conn).await?;
    let Some(incident) = found else { return Ok(None) };
    let reports = sqlx::query_as(INCIDENT_REPORTS).bind(centre).bind(id).fetch_all(&mut *conn).await?;
    let dispatches = sqlx::query_as(INCIDENT_DISPATCHES).bind(centre).bind(id).fetch_all(&mut *conn).await?;
    let mut deliveries: Vec<DeliveryRow> =
        sqlx::query_as(INCIDENT_DELIVERIES).bind(centre).bind(id).fetch_all(&mut *conn).await?;
    deliveries.sort_unstable_by_key(|row| row.id);
    Ok(Some(IncidentRows { incident, reports, dispatches, deliveries }))
}

pub async fn people(conn: &mut Conn, centre: &str, ids: &[Uuid]) -> Result<Vec<PersonRow>, StoreError> {
    by_ids::select(conn, &PEOPLE, centre, ids).await
}

pub async fn texts(conn: &mut Conn, centre: &str, ids: &[Uuid]) -> Result<Vec<TextRow>, StoreError> {
    by_ids::select(conn, &TEXTS, centre, ids).await
}

pub async fn changed_since(
    conn: &mut Conn,
    centre: &str,
    seq: i64,
    limit: u32,
) -> Result<ChangedRows, StoreError> {
    let head = log::head(conn, centre).await?;
    let head = head.ok_or_else(|| StoreError::NotFound { what: "centre".into() })?;
    let mut truncated = false;
    let full = &mut truncated;
    let text = select!(reports, "WHERE centre = $1 AND changed_seq > $2 ORDER BY changed_seq, id LIMIT $3");
    let reports = changed(conn, text, centre, seq, limit, full).await?;
    let text = select!(incidents, "WHERE centre = $1 AND changed_seq > $2 ORDER BY changed_seq, id LIMIT $3");
    let incidents = changed(conn, text, centre, seq, limit, full).await?;
    let text =
        select!(dispatches, "WHERE centre = $1 AND changed_seq > $2 ORDER BY changed_seq, id LIMIT $3");
    let dispatches = changed(conn, text, centre, seq, limit, full).await?;
    let text = select!(units, "WHERE centre = $1 AND changed_seq > $2 ORDER BY changed_seq, code LIMIT $3");
    let units = changed(conn, text, centre, seq, limit, full).await?;
    Ok(ChangedRows { head, reports, incidents, dispatches, units, truncated })
}

async fn changed<R>(
    conn: &mut Conn,
    text: &'static str,
    centre: &str,
    seq: i64,
    limit: u32,
    truncated: &mut bool,
) -> Result<Vec<R>, StoreError>
where
    R: for<'r> FromRow<'r, Row> + Send + Unpin,
{
    // One more than asked tells whether there was more.
    let asked = i64::from(limit) + 1;
    let mut rows: Vec<R> = sqlx::query_as(text).bind(centre).bind(seq).bind(asked).fetch_all(conn).await?;
    if rows.len() > limit as usize {
        rows.truncate(limit as usize);
        *truncated = true;
    }
    Ok(rows)
}
