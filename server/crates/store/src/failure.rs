//! From what the databases say to what the store says; the only place that reads their codes.
//!
//! `Duplicate` names the same `table.column` on both engines: SQLite tells the columns,
//! PostgreSQL the constraint.

use crate::error::StoreError;
use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::migrate::MigrateError;
use sqlx::postgres::PgDatabaseError;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => match error.try_downcast_ref::<PgDatabaseError>() {
                Some(error) => postgres(error),
                None => sqlite(error.as_ref()),
            },
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::ColumnNotFound(_) => {
                Self::Corrupt(error.to_string())
            }
            sqlx::Error::Encode(error) => Self::Invalid(error.to_string()),
            other => Self::Unavailable(other.to_string()),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) => error.into(),
            MigrateError::VersionMissing(version) => Self::Unavailable(format!(
                "its schema has version {version}, which this program does not know; use a newer program"
            )),
            other => Self::Unavailable(format!("its schema cannot be brought up to date: {other}")),
        }
    }
}

/// SQLite: extended result codes, <https://sqlite.org/rescode.html>; the low byte is the class.
fn sqlite(error: &dyn DatabaseError) -> StoreError {
    let code = error.code().and_then(|code| code.parse::<i32>().ok()).unwrap_or_default();
    let message = error.message().to_owned();
    match (error.kind(), code & 0xff) {
        (ErrorKind::UniqueViolation, _) => StoreError::Duplicate { what: sqlite_unique(&message) },
        // SQLITE_BUSY, SQLITE_LOCKED
        (_, 5 | 6) => StoreError::Busy,
        // SQLITE_CORRUPT, SQLITE_NOTADB
        (_, 11 | 26) => StoreError::Corrupt(message),
        // SQLITE_CONSTRAINT, SQLITE_MISMATCH
        (_, 19 | 20) => StoreError::Invalid(message),
        _ => StoreError::Unavailable(format!("{message} (SQLite code {code})")),
    }
}

/// The last column of `UNIQUE constraint failed: t.a, t.b`, or the name of an index on expressions.
fn sqlite_unique(message: &str) -> String {
    let columns = message.rsplit(": ").next().unwrap_or(message);
    if columns.contains("grants_once") {
        return "grants.role".to_owned();
    }
    columns.rsplit(", ").next().unwrap_or(columns).to_owned()
}

/// PostgreSQL: SQLSTATE, <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn postgres(error: &PgDatabaseError) -> StoreError {
    let message = error.message().to_owned();
    match error.code() {
        "23505" => StoreError::Duplicate { what: postgres_unique(error) },
        // Lock not available, serialization failure, deadlock, query cancelled (its timeout).
        "55P03" | "40001" | "40P01" | "57014" => StoreError::Busy,
        // Data and index corrupted.
        "XX001" | "XX002" => StoreError::Corrupt(message),
        // Integrity constraints and values that do not fit.
        code if code.starts_with("23") || code.starts_with("22") => StoreError::Invalid(message),
        code => StoreError::Unavailable(format!("{message} (PostgreSQL code {code})")),
    }
}

fn postgres_unique(error: &PgDatabaseError) -> String {
    let column = match error.constraint().unwrap_or_default() {
        "reports_external" => "external_id",
        "reports_centre_number_key" | "incidents_centre_number_key" => "number",
        "events_pkey" => "seq",
        "events_centre_stream_kind_stream_id_version_key" | "reference_pkey" => "version",
        "commands_pkey" => "command_id",
        "deliveries_centre_dispatch_revision_contact_channel_key" => "channel",
        "users_name_key" => "name",
        "tokens_token_hash_key" | "sessions_pkey" => "token_hash",
        "grants_once" => "role",
        _ => "id",
    };
    format!("{}.{column}", error.table().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::sqlite_unique;

    #[test]
    fn a_duplicate_is_named_by_its_last_column() {
        let message = "UNIQUE constraint failed: reports.centre, reports.channel, reports.external_id";
        assert_eq!(sqlite_unique(message), "reports.external_id");
        assert_eq!(sqlite_unique("UNIQUE constraint failed: users.name"), "users.name");
    }
}
