//! A fresh database for each case, and the ways a case may disturb it.

use crate::rows;
use kentongan_store::testing::ScratchPostgres;
use kentongan_store::{Batch, Store, connect};
use sqlx::{Connection as _, Executor as _};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

/// One server for all cases; its guard removes it when the tests are over.
static SERVER: OnceLock<ScratchPostgres> = OnceLock::new();

pub struct Bench {
    pub store: Arc<dyn Store>,
    pub url: String,
    folder: Option<TempDir>,
}

/// Holds the database's write lock until it is released.
pub enum Lock {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
}

impl Bench {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("kentongan.db").display());
        Self::over(url, Some(folder)).await
    }

    pub async fn postgres(case: &str) -> Self {
        let name = case.chars().take(60).collect::<String>();
        let url = tokio::task::spawn_blocking(move || {
            let server = SERVER.get_or_init(|| ScratchPostgres::start().expect("PostgreSQL"));
            server.database(&name).expect("a database")
        });
        Self::over(url.await.expect("a database"), None).await
    }

    async fn over(url: String, folder: Option<TempDir>) -> Self {
        let store = connect(&url).await.expect("a store");
        store.put_centre(&rows::centre("kediri")).await.expect("a centre");
        Self { store, url, folder }
    }

    pub fn is_sqlite(&self) -> bool {
        self.folder.is_some()
    }

    /// The database's file (SQLite only).
    pub fn file(&self) -> PathBuf {
        self.folder.as_ref().expect("a file").path().join("kentongan.db")
    }

    /// Another node over the same database; the same node where there can be only one.
    pub async fn second(&self) -> Arc<dyn Store> {
        if self.is_sqlite() { Arc::clone(&self.store) } else { connect(&self.url).await.expect("a node") }
    }

    /// A batch on the head as it is now.
    pub async fn batch(&self) -> Batch {
        let head = self.store.head("kediri").await.expect("a head").expect("a centre");
        Batch::at("kediri", head)
    }

    pub async fn lock(&self) -> Lock {
        if self.is_sqlite() {
            let mut conn = sqlx::SqliteConnection::connect(&self.url).await.expect("a connection");
            conn.execute("BEGIN IMMEDIATE").await.expect("the lock");
            return Lock::Sqlite(conn);
        }
        let mut conn = sqlx::PgConnection::connect(&self.url).await.expect("a connection");
        conn.execute("BEGIN; LOCK TABLE log_head IN ACCESS EXCLUSIVE MODE").await.expect("the lock");
        Lock::Postgres(conn)
    }

    /// Runs a statement behind the store's back.
    pub async fn tamper(&self, statement: &'static str) {
        if self.is_sqlite() {
            let mut conn = sqlx::SqliteConnection::connect(&self.url).await.expect("a connection");
            conn.execute(statement).await.expect("the statement");
            conn.close().await.expect("to close");
        } else {
            let mut conn = sqlx::PgConnection::connect(&self.url).await.expect("a connection");
            conn.execute(statement).await.expect("the statement");
            conn.close().await.expect("to close");
        }
    }
}

impl Lock {
    pub async fn release(self) {
        match self {
            Self::Sqlite(mut conn) => {
                conn.execute("ROLLBACK").await.expect("to roll back");
                conn.close().await.expect("to close");
            }
            Self::Postgres(mut conn) => {
                conn.execute("ROLLBACK").await.expect("to roll back");
                conn.close().await.expect("to close");
            }
        }
    }
}
