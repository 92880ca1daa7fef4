//! Lists in pages: by filter the newest first, and everything in order of id.
//!
//! Compiled once for each engine. A text is put together from fixed pieces only; values are
//! bound. Pages go by the last row seen, never by an offset, so none is doubled or left out.

use super::{Args, Conn, Db, Row};
use crate::error::StoreError;
use crate::loads::{DispatchFilter, IncidentFilter, ReportFilter};
use crate::rows::{DeadlineRow, DispatchRow, IncidentRow, ReportRow, UnitRow};
use crate::sql::select;
use sqlx::{Arguments as _, AssertSqlSafe, Encode, FromRow, Type};
use uuid::Uuid;

/// A query that grows by conditions.
pub(super) struct Listing {
    pub(super) text: String,
    args: Args,
}

impl Listing {
    /// All rows of a centre; `select` ends before its WHERE.
    fn of(select: &'static str, centre: &str) -> Result<Self, StoreError> {
        let listing = Self { text: format!("{select}WHERE centre = "), args: Args::default() };
        listing.value(centre)
    }

    fn value<'q, T: Encode<'q, Db> + Type<Db>>(mut self, value: T) -> Result<Self, StoreError> {
        self.args.add(value).map_err(|error| StoreError::Invalid(error.to_string()))?;
        self.text.push('$');
        self.text.push_str(&self.args.len().to_string());
        Ok(self)
    }

    fn text(mut self, text: &'static str) -> Self {
        self.text.push_str(text);
        self
    }

    /// `before` is what stands before the value, e.g. ` AND state = `; no value, no condition.
    fn narrowed<'q, T: Encode<'q, Db> + Type<Db>>(
        self,
        before: &'static str,
        value: Option<T>,
    ) -> Result<Self, StoreError> {
        match value {
            Some(value) => self.text(before).value(value),
            None => Ok(self),
        }
    }

    fn either(self, choice: Option<bool>, yes: &'static str, no: &'static str) -> Self {
        match choice {
            Some(true) => self.text(yes),
            Some(false) => self.text(no),
            None => self,
        }
    }

    /// Only rows past the last one seen; `before` opens a row value, e.g. ` AND (a, id) < (`.
    fn past<'q, A, B>(self, before: &'static str, after: Option<(A, B)>) -> Result<Self, StoreError>
    where
        A: Encode<'q, Db> + Type<Db>,
        B: Encode<'q, Db> + Type<Db>,
    {
        match after {
            Some((first, second)) => Ok(self.text(before).value(first)?.text(", ").value(second)?.text(")")),
            None => Ok(self),
        }
    }

    /// `order` ends before the limit, e.g. ` ORDER BY id LIMIT `.
    fn limited(self, order: &'static str, limit: u32) -> Result<Self, StoreError> {
        self.text(order).value(i64::from(limit))
    }

    async fn fetch<R>(self, conn: &mut Conn) -> Result<Vec<R>, StoreError>
    where
        R: for<'r> FromRow<'r, Row> + Send + Unpin,
    {
        Ok(sqlx::query_as_with(AssertSqlSafe(self.text), self.args).fetch_all(conn).await?)
    }
}

/// Reports of people whose number has these digits, the newest first.
///
/// Ids are made in order of time, so that the newest are found without a look at the reports. An order of the
/// reports, or of the bare column, would tempt a planner to read all of them in that order.
pub(super) const REPORTS_OF: &str = select!(
    reports,
    "WHERE centre = $1 AND id IN (SELECT people.report FROM people \
     WHERE people.centre = $1 AND people.digits = $2 \
     ORDER BY coalesce(people.report, people.id) DESC LIMIT $3)"
);

pub async fn reports_of(
    conn: &mut Conn,
    centre: &str,
    digits: &str,
    limit: u32,
) -> Result<Vec<ReportRow>, StoreError> {
    let mut rows: Vec<ReportRow> =
        sqlx::query_as(REPORTS_OF).bind(centre).bind(digits).bind(i64::from(limit)).fetch_all(conn).await?;
    rows.sort_unstable_by_key(|row| std::cmp::Reverse((row.received_at, row.id)));
    Ok(rows)
}

pub async fn reports(
    conn: &mut Conn,
    centre: &str,
    filter: &ReportFilter,
    after: Option<(i64, Uuid)>,
    limit: u32,
) -> Result<Vec<ReportRow>, StoreError> {
    reports_listing(centre, filter, after, limit)?.fetch(conn).await
}

pub(super) fn reports_listing(
    centre: &str,
    filter: &ReportFilter,
    after: Option<(i64, Uuid)>,
    limit: u32,
) -> Result<Listing, StoreError> {
    Listing::of(select!(reports, ""), centre)?
        .narrowed(" AND incident = ", filter.incident)?
        .narrowed(" AND state = ", filter.state.as_deref())?
        .narrowed(" AND category = ", filter.category.as_deref())?
        .narrowed(" AND channel = ", filter.channel.as_deref())?
        .either(filter.open, " AND closed_at IS NULL", " AND closed_at IS NOT NULL")
        .past(" AND (received_at, id) < (", after)?
        .limited(" ORDER BY received_at DESC, id DESC LIMIT ", limit)
}

pub async fn incidents(
    conn: &mut Conn,
    centre: &str,
    filter: &IncidentFilter,
    after: Option<(i64, Uuid)>,
    limit: u32,
) -> Result<Vec<IncidentRow>, StoreError> {
    incidents_listing(centre, filter, after, limit)?.fetch(conn).await
}

pub(super) fn incidents_listing(
    centre: &str,
    filter: &IncidentFilter,
    after: Option<(i64, Uuid)>,
    limit: u32,
) -> Result<Listing, StoreError> {
    Listing::of(select!(incidents, ""), centre)?
        .narrowed(" AND state = ", filter.state.as_deref())?
        .either(filter.open, " AND closed_at IS NULL", " AND closed_at IS NOT NULL")
        .past(" AND (opened_at, id) < (", after)?
        .limited(" ORDER BY opened_at DESC, id DESC LIMIT ", limit)
}

pub async fn dispatches(
    conn: &mut Conn,
    centre: &str,
    filter: &DispatchFilter,
    after: Option<(i64, Uuid)>,
    limit: u32,
) -> Result<Vec<DispatchRow>, StoreError> {
    dispatches_listing(centre, filter, after, limit)?.fetch(conn).await
}

pub(super) fn dispatches_listing(
    centre: &str,
    filter: &DispatchFilter,
    after: Option<(i64, Uuid)>,
    limit: u32,
) -> Result<Listing, StoreError> {
    Listing::of(select!(dispatches, ""), centre)?
        .narrowed(" AND incident = ", filter.incident)?
        .narrowed(" AND agency = ", filter.agency.as_deref())?
        .narrowed(" AND state = ", filter.state.as_deref())?
        .narrowed(" AND overdue = ", filter.overdue)?
        .either(filter.open, " AND ended_at IS NULL", " AND ended_at IS NOT NULL")
        .past(" AND (queued_at, id) < (", after)?
        .limited(" ORDER BY queued_at DESC, id DESC LIMIT ", limit)
}

pub async fn units(
    conn: &mut Conn,
    centre: &str,
    agency: Option<&str>,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<UnitRow>, StoreError> {
    Listing::of(select!(units, ""), centre)?
        .narrowed(" AND agency = ", agency)?
        .narrowed(" AND code > ", after)?
        .limited(" ORDER BY code LIMIT ", limit)?
        .fetch(conn)
        .await
}

/// Every row of a table with an id; `select` ends before its WHERE.
pub async fn all<R>(
    conn: &mut Conn,
    select: &'static str,
    centre: &str,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<R>, StoreError>
where
    R: for<'r> FromRow<'r, Row> + Send + Unpin,
{
    Listing::of(select, centre)?
        .narrowed(" AND id > ", after)?
        .limited(" ORDER BY id LIMIT ", limit)?
        .fetch(conn)
        .await
}

pub async fn all_deadlines(
    conn: &mut Conn,
    centre: &str,
    after: Option<(&str, &str)>,
    limit: u32,
) -> Result<Vec<DeadlineRow>, StoreError> {
    Listing::of(select!(deadlines, ""), centre)?
        .past(" AND (subject, kind) > (", after)?
        .limited(" ORDER BY subject, kind LIMIT ", limit)?
        .fetch(conn)
        .await
}
