//! Keeps the write-ahead log short without any commit paying for it.
//!
//! A background task copies what was committed into the database file, on its own
//! connection. Under a load without pause the log never comes to an end this way and would
//! grow for ever; past a limit the task first copies most of it and then takes the writer's
//! turn for the short rest, so that the next commit starts the log from its beginning.

use super::Conn;
use super::writer::{Writer, closed};
use crate::error::StoreError;
use sqlx::Connection as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// Pages in the log past which the writer is held back: 64 MiB.
const PAGES_LIMIT: i64 = 16 * 1024;
/// How long a quiet database waits to be checkpointed.
const QUIET_INTERVAL: Duration = Duration::from_secs(30);

/// The checkpointing task and its connection.
pub struct Checkpoint {
    conn: Arc<Mutex<Option<Conn>>>,
    task: JoinHandle<()>,
}

impl Checkpoint {
    /// Starts the task; it ends when this is dropped or closed.
    pub fn start(conn: Conn, writer: Arc<Writer>) -> Self {
        let conn = Arc::new(Mutex::new(Some(conn)));
        let task = tokio::spawn(keep_short(Arc::clone(&conn), writer));
        Self { conn, task }
    }

    /// Copies what was committed so far.
    pub async fn run(&self) -> Result<(), StoreError> {
        passive(&self.conn).await?;
        Ok(())
    }

    /// Stops the task and closes its connection, the last one: this empties the log.
    pub async fn close(&self) {
        self.task.abort();
        if let Some(conn) = self.conn.lock().await.take()
            && let Err(error) = conn.close().await
        {
            tracing::warn!(%error, "closing the checkpoint's connection failed");
        }
    }
}

impl Drop for Checkpoint {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn keep_short(conn: Arc<Mutex<Option<Conn>>>, writer: Arc<Writer>) {
    let mut copied = 0;
    loop {
        tokio::time::timeout(QUIET_INTERVAL, writer.grown()).await.ok();
        let commits = writer.commits();
        if commits == copied {
            continue;
        }
        match round(&conn, &writer).await {
            Ok(()) => copied = commits,
            // Nothing is lost by it: the next round tries again.
            Err(error) => tracing::warn!(%error, "the checkpoint failed"),
        }
    }
}

async fn round(conn: &Mutex<Option<Conn>>, writer: &Writer) -> Result<(), StoreError> {
    if passive(conn).await? > PAGES_LIMIT {
        let _turn = writer.turn().await;
        passive(conn).await?;
    }
    Ok(())
}

/// Copies what no reader still needs in the log; answers how many pages the log has.
async fn passive(conn: &Mutex<Option<Conn>>) -> Result<i64, StoreError> {
    let mut conn = conn.lock().await;
    let conn = conn.as_mut().ok_or_else(closed)?;
    let (_busy, pages, _copied): (i64, i64, i64) =
        sqlx::query_as("PRAGMA wal_checkpoint(PASSIVE)").fetch_one(conn).await?;
    Ok(pages)
}
