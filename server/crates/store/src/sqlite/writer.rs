//! The one connection that writes.
//!
//! A transaction takes the connection out of its place and puts it back only when it ended
//! cleanly. A future that is dropped half way, or a commit that failed, leaves the place
//! empty; the next write opens a new connection, and closing the old one rolls back. So a
//! connection in an unknown state is never used again, and a failed commit is never retried.

use super::Conn;
use super::files::Files;
use crate::error::StoreError;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{Mutex, MutexGuard, Notify};

/// Commits between two looks at the length of the write-ahead log.
const COMMITS_BETWEEN_CHECKPOINTS: u64 = 64;

/// A place for one connection, used in turn.
pub struct Writer {
    place: Mutex<Place>,
    options: SqliteConnectOptions,
    files: Arc<Files>,
    commits: AtomicU64,
    grown: Notify,
}

/// What is in the place: a connection, nothing until the next write, or nothing any more.
enum Place {
    Ready(Conn),
    Empty,
    Closed,
}

/// The writer's turn, held without a transaction.
pub struct Turn<'a> {
    _place: MutexGuard<'a, Place>,
}

/// A transaction that holds the write lock.
pub struct Writing<'a> {
    writer: &'a Writer,
    place: MutexGuard<'a, Place>,
    conn: Conn,
}

impl Writer {
    /// Opens the connection.
    pub async fn open(options: SqliteConnectOptions, files: Arc<Files>) -> Result<Self, StoreError> {
        let conn = options.connect().await?;
        Ok(Self {
            place: Mutex::new(Place::Ready(conn)),
            options,
            files,
            commits: AtomicU64::new(0),
            grown: Notify::new(),
        })
    }

    /// Waits for the connection and for the database's write lock.
    pub async fn begin(&self) -> Result<Writing<'_>, StoreError> {
        let mut place = self.place.lock().await;
        self.files.check()?;
        let mut conn = match std::mem::replace(&mut *place, Place::Empty) {
            Place::Ready(conn) => conn,
            Place::Empty => self.options.connect().await?,
            Place::Closed => {
                *place = Place::Closed;
                return Err(closed());
            }
        };
        match sqlx::query("BEGIN IMMEDIATE").execute(&mut conn).await {
            Ok(_) => Ok(Writing { writer: self, place, conn }),
            Err(error) => {
                let error = StoreError::from(error);
                // Waiting for a lock in vain leaves the connection as it was.
                if error == StoreError::Busy {
                    *place = Place::Ready(conn);
                }
                Err(error)
            }
        }
    }

    /// Holds the writer back until the turn is dropped.
    pub async fn turn(&self) -> Turn<'_> {
        Turn { _place: self.place.lock().await }
    }

    /// Waits until enough was committed that the write-ahead log may need a checkpoint.
    pub async fn grown(&self) {
        self.grown.notified().await;
    }

    /// How many transactions were committed so far.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Waits for the transaction under way and closes for good.
    pub async fn close(&self) {
        let mut place = self.place.lock().await;
        if let Place::Ready(conn) = std::mem::replace(&mut *place, Place::Closed)
            && let Err(error) = conn.close().await
        {
            tracing::warn!(%error, "closing the database's connection failed");
        }
    }
}

impl Writing<'_> {
    /// Commits if `done` is a success, rolls back if not; answers `done`, or why the commit
    /// failed.
    pub async fn finish<T>(mut self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        let value = match done {
            Ok(value) => value,
            Err(error) => {
                // If even this fails, the connection is not put back.
                self.roll_back().await.ok();
                return Err(error);
            }
        };
        if let Err(error) = sqlx::query("COMMIT").execute(&mut self.conn).await {
            let error = StoreError::from(error);
            sqlx::query("ROLLBACK").execute(&mut self.conn).await.ok();
            // Closed at once, so that its lock does not stand in the way of the next one.
            self.conn.close().await.ok();
            return Err(error);
        }
        let Self { writer, mut place, conn } = self;
        *place = Place::Ready(conn);
        drop(place);
        let commits = writer.commits.fetch_add(1, Ordering::Relaxed) + 1;
        if commits.is_multiple_of(COMMITS_BETWEEN_CHECKPOINTS) {
            writer.grown.notify_one();
        }
        // Once more: a file that was removed in between has swallowed this commit.
        writer.files.check()?;
        Ok(value)
    }

    /// Ends the transaction without a trace.
    pub async fn roll_back(mut self) -> Result<(), StoreError> {
        sqlx::query("ROLLBACK").execute(&mut self.conn).await?;
        *self.place = Place::Ready(self.conn);
        Ok(())
    }
}

impl Deref for Writing<'_> {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Writing<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

/// What a call after [`Writer::close`] answers.
pub fn closed() -> StoreError {
    StoreError::Unavailable("it was closed".into())
}
