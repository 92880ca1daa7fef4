//! Where units are and were: statements and calls.
//!
//! Compiled once for each engine.

use super::bind::Bound;
use super::{Args, Conn, Engine, PLACEHOLDER};
use crate::error::StoreError;
use crate::positions::PositionStore;
use crate::rows::{DeviceRow, PositionRow};
use crate::sql::{Many, select};
use crate::store::Stored;
use async_trait::async_trait;
use sqlx::{Arguments as _, Executor as _};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

static TRACKS: LazyLock<Many> = LazyLock::new(|| {
    let columns = "centre, unit, at, lat, lon, accuracy_m, speed_kmh, heading, received_at";
    Many::insert_missing(PLACEHOLDER, "unit_positions", columns)
});
static LAST: LazyLock<Many> = LazyLock::new(|| {
    let columns = "at, lat, lon, accuracy_m, speed_kmh, heading, received_at";
    let only_if = "unit_last_positions.at < excluded.at";
    Many::upsert(PLACEHOLDER, "unit_last_positions", "centre, unit", columns, only_if)
});

pub(super) const TRACK: &str =
    select!(unit_positions, "WHERE centre = $1 AND at >= $2 AND at < $3 AND unit = $4 ORDER BY at LIMIT $5");
/// The instant of the row with so many before it.
pub(super) const CUT: &str =
    "SELECT at FROM unit_positions WHERE centre = $1 AND at < $2 ORDER BY at LIMIT 1 OFFSET $3";
pub(super) const FORGET: &str = "DELETE FROM unit_positions WHERE centre = $1 AND at < $2";

#[async_trait]
impl PositionStore for Engine {
    async fn put_positions(&self, centre: &str, track: &[PositionRow], last: &[PositionRow]) -> Stored<()> {
        if track.is_empty() && last.is_empty() {
            return Ok(());
        }
        let mut conn = self.write().await?;
        let done = put_positions(&mut conn, centre, track, last).await;
        conn.finish(done).await
    }

    async fn last_positions(&self, centre: &str, received_since: i64) -> Stored<Vec<PositionRow>> {
        let mut conn = self.read().await?;
        let text = select!(unit_last_positions, "WHERE centre = $1 AND received_at >= $2 ORDER BY unit");
        Ok(sqlx::query_as(text).bind(centre).bind(received_since).fetch_all(&mut *conn).await?)
    }

    async fn track(
        &self,
        centre: &str,
        unit: &str,
        time: Range<i64>,
        limit: u32,
    ) -> Stored<Vec<PositionRow>> {
        let mut conn = self.read().await?;
        let query = sqlx::query_as(TRACK).bind(centre).bind(time.start).bind(time.end).bind(unit);
        Ok(query.bind(i64::from(limit)).fetch_all(&mut *conn).await?)
    }

    async fn forget_positions(&self, centre: &str, before: i64, some: u32) -> Stored<u64> {
        let mut conn = self.write().await?;
        let done = forget_positions(&mut conn, centre, before, some).await;
        conn.finish(done).await
    }

    async fn set_devices(&self, centre: &str, unit: &str, devices: &[DeviceRow]) -> Stored<()> {
        let mut conn = self.write().await?;
        let done = set_devices(&mut conn, centre, unit, devices).await;
        conn.finish(done).await
    }

    async fn devices(&self, centre: &str) -> Stored<Vec<DeviceRow>> {
        let mut conn = self.read().await?;
        let text = select!(unit_devices, "WHERE centre = $1 ORDER BY device");
        Ok(sqlx::query_as(text).bind(centre).fetch_all(&mut *conn).await?)
    }
}

async fn put_positions(
    conn: &mut Conn,
    centre: &str,
    track: &[PositionRow],
    last: &[PositionRow],
) -> Result<(), StoreError> {
    let all: Vec<&PositionRow> = track.iter().collect();
    put(conn, &TRACKS, centre, &all).await?;
    // PostgreSQL cannot upsert a row twice in one statement: the latest of each unit is enough.
    let mut latest: Vec<&PositionRow> = last.iter().collect();
    latest.sort_by_key(|row| std::cmp::Reverse(row.at));
    let mut seen = BTreeSet::new();
    latest.retain(|row| seen.insert(row.unit.as_str()));
    // In one order everywhere, so that two nodes never wait for each other's rows.
    latest.sort_by(|a, b| a.unit.cmp(&b.unit));
    put(conn, &LAST, centre, &latest).await
}

async fn put(
    conn: &mut Conn,
    many: &'static Many,
    centre: &str,
    rows: &[&PositionRow],
) -> Result<(), StoreError> {
    let mut rest = rows;
    while let Some((size, text)) = many.for_rows(rest.len()) {
        let (now, later) = rest.split_at(size);
        let mut args = Args::default();
        let bound = now.iter().try_for_each(|row| bind_position(&mut args, centre, row));
        bound.map_err(|error| StoreError::Invalid(error.to_string()))?;
        conn.execute(sqlx::query_with(text, args)).await?;
        rest = later;
    }
    Ok(())
}

fn bind_position(args: &mut Args, centre: &str, row: &PositionRow) -> Bound {
    args.add(centre)?;
    args.add(row.unit.as_str())?;
    args.add(row.at)?;
    args.add(row.lat)?;
    args.add(row.lon)?;
    args.add(row.accuracy_m)?;
    args.add(row.speed_kmh)?;
    args.add(row.heading)?;
    args.add(row.received_at)
}

async fn forget_positions(conn: &mut Conn, centre: &str, before: i64, some: u32) -> Result<u64, StoreError> {
    let cut: Option<i64> = sqlx::query_scalar(CUT)
        .bind(centre)
        .bind(before)
        .bind(i64::from(some.saturating_sub(1)))
        .fetch_optional(&mut *conn)
        .await?;
    // All of that instant, so that never fewer go than were asked for while there are some.
    let until = cut.map_or(before, |cut| cut.saturating_add(1));
    Ok(sqlx::query(FORGET).bind(centre).bind(until).execute(conn).await?.rows_affected())
}

async fn set_devices(
    conn: &mut Conn,
    centre: &str,
    unit: &str,
    devices: &[DeviceRow],
) -> Result<(), StoreError> {
    if devices.iter().any(|device| device.unit != unit) {
        return Err(StoreError::Invalid("a device of another unit".into()));
    }
    let text = "DELETE FROM unit_devices WHERE centre = $1 AND unit = $2";
    sqlx::query(text).bind(centre).bind(unit).execute(&mut *conn).await?;
    for row in devices {
        let text = "INSERT INTO unit_devices (centre, device, unit, bound_by, bound_at) \
                    VALUES ($1, $2, $3, $4, $5)";
        sqlx::query(text)
            .bind(centre)
            .bind(row.device.as_str())
            .bind(row.unit.as_str())
            .bind(row.bound_by.as_str())
            .bind(row.bound_at)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
