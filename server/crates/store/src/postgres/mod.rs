//! PostgreSQL: several machines serve a province or the country.
//!
//! Any node may append to any centre; the row lock on the centre's head makes them take
//! turns. Everything goes to the primary. Limits are set on the server's side of every
//! connection, so that a node that hangs cannot hold a lock for long.

mod follow;
mod script;

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
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, PgPool};
use std::ops::{Deref, DerefMut};
use std::str::FromStr as _;
use std::time::Duration;
use tokio::sync::mpsc;
use uuid::Uuid;

type Db = sqlx::Postgres;
type Conn = sqlx::PgConnection;
type Row = sqlx::postgres::PgRow;
type Args = sqlx::postgres::PgArguments;
const PLACEHOLDER: Placeholder = Placeholder::Numbered;

/// Connections of one node.
const CONNECTIONS: u32 = 8;
/// How long a call waits for one of them.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(5);

/// How long closing waits for connections whose other end may be gone.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// Sent once on every connection. A server that waits for its standbys (`remote_apply`) is
/// left as it is; one that would acknowledge before its disk has it is not.
const SESSION: &str = "SELECT set_config('lock_timeout', '2s', false), \
     set_config('statement_timeout', '30s', false), \
     set_config('idle_in_transaction_session_timeout', '10s', false), \
     CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') \
          THEN set_config('synchronous_commit', 'on', false) END";

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../../../migrations/postgres");

/// The store over a PostgreSQL database.
pub struct Engine {
    pool: PgPool,
    /// Tells this node's notifications from the others'.
    node: Uuid,
}

/// A transaction that is stored by `finish` and else rolled back.
pub struct Writing {
    transaction: sqlx::Transaction<'static, Db>,
}

/// Brings the schema up to date; nodes that start together take turns.
pub async fn migrate(url: &str) -> Result<(), StoreError> {
    let mut conn = options(url)?.connect().await?;
    let done = MIGRATIONS.run(&mut conn).await;
    conn.close().await?;
    Ok(done?)
}

impl Engine {
    /// Opens the database, whose schema is up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(CONNECTION_TIMEOUT)
            .after_connect(|conn, _| {
                Box::pin(async move {
                    conn.execute(SESSION).await?;
                    Ok(())
                })
            })
            .connect_with(options(url)?)
            .await?;
        let node = sqlx::query_scalar("SELECT gen_random_uuid()").fetch_one(&pool).await?;
        Ok(Self { pool, node })
    }

    async fn read(&self) -> Result<sqlx::pool::PoolConnection<Db>, StoreError> {
        Ok(self.pool.acquire().await?)
    }

    async fn snapshot(&self) -> Result<sqlx::Transaction<'static, Db>, StoreError> {
        Ok(self.pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?)
    }

    async fn write(&self) -> Result<Writing, StoreError> {
        // Said aloud, because the conditional update of the head relies on it.
        let begin = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE";
        Ok(Writing { transaction: self.pool.begin_with(begin).await? })
    }

    /// Tells the other nodes; they hear it when the transaction is committed.
    async fn announce(&self, conn: &mut Conn, centre: &str) -> Result<(), StoreError> {
        sqlx::query("SELECT pg_notify($1, $2)")
            .bind(follow::CHANNEL)
            .bind(follow::payload(self.node, centre))
            .execute(conn)
            .await?;
        Ok(())
    }

    #[allow(clippy::unnecessary_wraps, reason = "the other engine has nobody to follow")]
    fn follow_others(&self) -> Option<mpsc::Receiver<String>> {
        Some(follow::start(self.pool.clone(), self.node))
    }

    async fn probe_write(&self) -> Result<(), StoreError> {
        let read_only: bool = sqlx::query_scalar(
            "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean",
        )
        .fetch_one(&self.pool)
        .await?;
        if read_only {
            return Err(StoreError::Unavailable("it takes no writes; it is not the primary".into()));
        }
        Ok(())
    }

    #[allow(clippy::unused_async, reason = "the other engine has work to do")]
    async fn checkpoint_now(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn close_all(&self) {
        if tokio::time::timeout(CLOSE_TIMEOUT, self.pool.close()).await.is_err() {
            tracing::warn!("some connections to the database did not end in time");
        }
    }
}

impl Writing {
    /// Commits if `done` is a success, rolls back if not; answers `done`, or why the commit
    /// failed.
    async fn finish<T>(self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        match done {
            Ok(value) => {
                self.transaction.commit().await?;
                Ok(value)
            }
            Err(error) => {
                // A connection that cannot even roll back is not used again.
                self.transaction.rollback().await.ok();
                Err(error)
            }
        }
    }
}

impl Deref for Writing {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.transaction
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.transaction
    }
}

fn options(url: &str) -> Result<PgConnectOptions, StoreError> {
    Ok(PgConnectOptions::from_str(url)?.application_name("kentongan").disable_statement_logging())
}

// By hand: a pool's own form would name the address, and with it a password.
impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PostgreSQL")
    }
}
