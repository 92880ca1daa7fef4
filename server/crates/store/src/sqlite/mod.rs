//! SQLite: one file serves a city.
//!
//! One connection writes, four read, one keeps the write-ahead log short and one proves that
//! a write is possible. `synchronous=FULL` in WAL mode: a commit is on the disk when it
//! returns. Never appends to a file that is no longer the one at its path: an unlinked file
//! would swallow acknowledged reports.

mod checkpoint;
mod files;
#[cfg(test)]
mod plans;
mod script;
mod writer;

#[path = "../shared/access.rs"]
mod access;
#[path = "../shared/append.rs"]
mod append;
#[path = "../shared/bind.rs"]
mod bind;
#[path = "../shared/by_ids.rs"]
mod by_ids;
#[path = "../shared/contacts.rs"]
mod contacts;
#[path = "../shared/decided.rs"]
mod decided;
#[path = "../shared/engine.rs"]
mod engine;
#[path = "../shared/list.rs"]
mod list;
#[path = "../shared/load.rs"]
mod load;
#[path = "../shared/log.rs"]
mod log;
#[path = "../shared/positions.rs"]
mod positions;

use crate::error::StoreError;
use crate::sql::Placeholder;
use checkpoint::Checkpoint;
use files::Files;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use writer::{Writer, Writing};

type Db = sqlx::Sqlite;
type Conn = sqlx::SqliteConnection;
type Row = sqlx::sqlite::SqliteRow;
type Args = sqlx::sqlite::SqliteArguments;
const PLACEHOLDER: Placeholder = Placeholder::Question;

/// How long a write waits for somebody else's lock, e.g. a backup's.
const WRITE_TIMEOUT: Duration = Duration::from_secs(2);
/// How long the probe waits for one.
const PROBE_TIMEOUT: Duration = Duration::from_millis(250);
/// How long the probe waits for our own writer: longer than the writer waits for others.
const PROBE_TURN_TIMEOUT: Duration = Duration::from_secs(3);
/// How many reads run at a time.
const READERS: u32 = 4;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../../../migrations/sqlite");

/// The store over one SQLite file.
pub struct Engine {
    readers: SqlitePool,
    writer: Arc<Writer>,
    prober: Writer,
    checkpoint: Checkpoint,
}

/// Brings the schema of the file up to date; makes the file if there is none.
pub async fn migrate(path: &Path) -> Result<(), StoreError> {
    let mut conn = options(path).create_if_missing(true).connect().await?;
    let done = MIGRATIONS.run(&mut conn).await;
    conn.close().await?;
    Ok(done?)
}

impl Engine {
    /// Opens the file, whose schema is up to date.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        // This connection stays open to the end, so that the write-ahead log is never
        // deleted and made anew while the writer's connection is replaced.
        let checkpointing = options(path).busy_timeout(WRITE_TIMEOUT).connect().await?;
        let files = Arc::new(Files::of(path)?);
        let writing = options(path)
            .busy_timeout(WRITE_TIMEOUT)
            .statement_cache_capacity(64)
            .pragma("cache_size", "-8192")
            .pragma("secure_delete", "fast")
            // What undoes half a statement stays in memory: a file for it is made and removed each time.
            .pragma("temp_store", "memory");
        let writer = Arc::new(Writer::open(writing, Arc::clone(&files)).await?);
        let prober = Writer::open(options(path).busy_timeout(PROBE_TIMEOUT), files).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(Duration::from_secs(5))
            .test_before_acquire(false)
            .connect_with(options(path).read_only(true).busy_timeout(WRITE_TIMEOUT))
            .await?;
        let checkpoint = Checkpoint::start(checkpointing, Arc::clone(&writer));
        Ok(Self { readers, writer, prober, checkpoint })
    }

    async fn read(&self) -> Result<sqlx::pool::PoolConnection<Db>, StoreError> {
        Ok(self.readers.acquire().await?)
    }

    async fn snapshot(&self) -> Result<sqlx::Transaction<'static, Db>, StoreError> {
        Ok(self.readers.begin().await?)
    }

    async fn write(&self) -> Result<Writing<'_>, StoreError> {
        self.writer.begin().await
    }

    /// No other node can read this file's log.
    #[allow(clippy::unused_async, reason = "the other engine tells the other nodes")]
    async fn announce(&self, _conn: &mut Conn, _centre: &str) -> Result<(), StoreError> {
        Ok(())
    }

    #[allow(clippy::unused_self, reason = "the other engine listens")]
    fn follow_others(&self) -> Option<mpsc::Receiver<String>> {
        None
    }

    async fn probe_write(&self) -> Result<(), StoreError> {
        // Our own writer first: under load it holds the lock most of the time, and that is
        // not a fault. It is a fault when it does not let go.
        let turn = tokio::time::timeout(PROBE_TURN_TIMEOUT, self.writer.turn());
        let turn = turn.await.map_err(|_| StoreError::Busy)?;
        self.prober.begin().await?.roll_back().await?;
        drop(turn);
        Ok(())
    }

    async fn checkpoint_now(&self) -> Result<(), StoreError> {
        self.checkpoint.run().await
    }

    async fn close_all(&self) {
        self.readers.close().await;
        self.prober.close().await;
        self.writer.close().await;
        self.checkpoint.close().await;
    }
}

/// What all connections share. The file must be there: a connection that is opened again
/// must never make a new, empty one.
fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("wal_autocheckpoint", "0")
        .pragma("journal_size_limit", "67108864")
        .disable_statement_logging()
}

// By hand: a pool's own form would name the address, and with it a password.
impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SQLite")
    }
}
