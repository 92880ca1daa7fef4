//! The log of every centre and its projections: one trait, SQLite and PostgreSQL behind it.
//!
//! [`Store::append`] is the only way to change the log. It names the head it was decided on
//! and stores events, projections and answers in one transaction, so what is acknowledged
//! is durable and what is stored is whole. The crate reads no clock and makes no ids: times
//! and ids come in as values. It knows rows, not rules.

pub mod chain;
pub mod rows;

mod batch;
mod contacts;
mod error;
mod failure;
mod loads;
mod positions;
#[allow(clippy::duplicate_mod, reason = "the shared statements are compiled for each engine's own types")]
mod postgres;
mod sql;
#[allow(clippy::duplicate_mod, reason = "the shared statements are compiled for each engine's own types")]
mod sqlite;
mod store;
#[cfg(feature = "testing")]
pub mod testing;

pub use batch::Batch;
pub use contacts::ContactStore;
pub use error::StoreError;
pub use loads::{ChangedRows, DispatchFilter, IncidentFilter, IncidentRows, OpenRows, ReportFilter};
pub use positions::PositionStore;
pub use store::{Store, Stored};

use std::path::Path;
use std::sync::Arc;

/// Opens the database at `url`, `sqlite:PATH` or `postgres://…`, and brings its schema up to date.
///
/// Errors: [`StoreError::Unavailable`] for a database that cannot be reached or is newer than
/// this program, [`StoreError::Invalid`] for another kind of URL.
pub async fn connect(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    migrate(url).await?;
    Ok(match Location::of(url)? {
        Location::Sqlite(path) => Arc::new(sqlite::Engine::open(path).await?),
        Location::Postgres => Arc::new(postgres::Engine::open(url).await?),
    })
}

/// Brings the schema of the database at `url` up to date; forward only.
pub async fn migrate(url: &str) -> Result<(), StoreError> {
    match Location::of(url)? {
        Location::Sqlite(path) => sqlite::migrate(path).await,
        Location::Postgres => postgres::migrate(url).await,
    }
}

/// Where a URL points.
enum Location<'a> {
    Sqlite(&'a Path),
    Postgres,
}

impl<'a> Location<'a> {
    fn of(url: &'a str) -> Result<Self, StoreError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres);
        }
        let path = url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path));
        match path {
            Some(path) if !path.is_empty() && !path.contains(":memory:") => Ok(Self::Sqlite(Path::new(path))),
            // The URL is not shown: it may hold a password.
            _ => Err(StoreError::Invalid("a database URL is sqlite:PATH or postgres://…".into())),
        }
    }
}
