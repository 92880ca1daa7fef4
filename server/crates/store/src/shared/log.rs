//! Reading the log: heads, events, answered commands; centres and their reference data.
//!
//! Compiled once for each engine.

use super::{Conn, PLACEHOLDER, by_ids};
use crate::error::StoreError;
use crate::rows::{CentreRow, CommandRow, EventRow, Head, ReferenceRow};
use crate::sql::{Many, select};
use std::sync::LazyLock;
use uuid::Uuid;

static COMMANDS: LazyLock<Many> =
    LazyLock::new(|| Many::select(PLACEHOLDER, select!(commands, ""), "command_id"));

pub async fn head(conn: &mut Conn, centre: &str) -> Result<Option<Head>, StoreError> {
    let text = select!(log_head, "WHERE centre = $1");
    Ok(sqlx::query_as(text).bind(centre).fetch_optional(conn).await?)
}

pub async fn events_after(
    conn: &mut Conn,
    centre: &str,
    seq: i64,
    limit: u32,
) -> Result<Vec<EventRow>, StoreError> {
    let text = select!(events, "WHERE centre = $1 AND seq > $2 ORDER BY seq LIMIT $3");
    Ok(sqlx::query_as(text).bind(centre).bind(seq).bind(i64::from(limit)).fetch_all(conn).await?)
}

pub async fn command(conn: &mut Conn, centre: &str, id: Uuid) -> Result<Option<CommandRow>, StoreError> {
    let text = select!(commands, "WHERE centre = $1 AND command_id = $2");
    Ok(sqlx::query_as(text).bind(centre).bind(id).fetch_optional(conn).await?)
}

pub async fn commands_of(conn: &mut Conn, centre: &str, ids: &[Uuid]) -> Result<Vec<CommandRow>, StoreError> {
    by_ids::select(conn, &COMMANDS, centre, ids).await
}

pub async fn centres(conn: &mut Conn) -> Result<Vec<CentreRow>, StoreError> {
    Ok(sqlx::query_as(select!(centres, "ORDER BY code")).fetch_all(conn).await?)
}

pub async fn put_centre(conn: &mut Conn, centre: &CentreRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO centres (code, kind, profile, epoch, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, profile = excluded.profile, \
         epoch = excluded.epoch",
    )
    .bind(centre.code.as_str())
    .bind(centre.kind.as_str())
    .bind(centre.profile.as_str())
    .bind(centre.epoch)
    .bind(centre.created_at)
    .execute(&mut *conn)
    .await?;
    let empty = Head::empty();
    sqlx::query(
        "INSERT INTO log_head (centre, seq, hash, number_day, number_last) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (centre) DO NOTHING",
    )
    .bind(centre.code.as_str())
    .bind(empty.seq)
    .bind(empty.hash.as_slice())
    .bind(empty.number_day)
    .bind(empty.number_last)
    .execute(&mut *conn)
    .await?;
    Ok(())
}

pub async fn put_reference(conn: &mut Conn, reference: &ReferenceRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO reference (centre, kind, name, version, body, recorded_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(reference.centre.as_str())
    .bind(reference.kind.as_str())
    .bind(reference.name.as_str())
    .bind(reference.version)
    .bind(reference.body.as_str())
    .bind(reference.recorded_at)
    .execute(conn)
    .await?;
    Ok(())
}

pub async fn reference(
    conn: &mut Conn,
    centre: &str,
    kind: &str,
    name: &str,
) -> Result<Option<ReferenceRow>, StoreError> {
    let text =
        select!(reference, "WHERE centre = $1 AND kind = $2 AND name = $3 ORDER BY version DESC LIMIT 1");
    Ok(sqlx::query_as(text).bind(centre).bind(kind).bind(name).fetch_optional(conn).await?)
}

pub async fn references(conn: &mut Conn, centre: &str, kind: &str) -> Result<Vec<ReferenceRow>, StoreError> {
    let text = select!(
        reference,
        "WHERE centre = $1 AND kind = $2 AND version = (SELECT max(newest.version) FROM reference newest \
         WHERE newest.centre = $1 AND newest.kind = $2 AND newest.name = reference.name) ORDER BY name"
    );
    Ok(sqlx::query_as(text).bind(centre).bind(kind).fetch_all(conn).await?)
}
