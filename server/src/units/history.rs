//! Keeping positions: what the outbox holds goes to the store in small transactions off the hot path, old
//! tracks go, and what other nodes heard comes in.
//!
//! A store that is away costs nothing but memory for a while: positions are shown all the same.

use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::ids::{EpochUs, SECOND_US};
use kentongan_store::rows::PositionRow;
use kentongan_store::{Store, StoreError};
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;

use super::positions::Positions;
use crate::metrics::Metrics;
use crate::platform::Platform;

/// How often the outbox is emptied, and how often other nodes' positions are read.
const KEEP_EVERY: Duration = Duration::from_secs(5);
/// Rows in one transaction: the log's writer waits no longer than for these.
const AT_ONCE: usize = 512;
/// How often old tracks are looked for, and how long after the start for the first time.
const FORGET_EVERY: Duration = Duration::from_hours(1);
const FORGET_FIRST: Duration = Duration::from_mins(1);
/// Rows forgotten in one transaction.
const FORGET_AT_ONCE: u32 = 5_000;
/// Rest between two such transactions.
const FORGET_PAUSE: Duration = Duration::from_millis(100);
/// How far other nodes' clocks may lie behind ours for their news to be found (µs).
const NEWS_OVERLAP_US: EpochUs = 30 * SECOND_US;

const DAY_US: EpochUs = 24 * 3_600 * SECOND_US;

/// What keeping a centre's positions needs.
#[derive(Debug)]
pub struct HistoryParts {
    /// The centre's code.
    pub centre: String,
    /// Its positions.
    pub positions: Arc<Positions>,
    /// The database.
    pub store: Arc<dyn Store>,
    /// Measures.
    pub metrics: Arc<Metrics>,
    /// Days that tracks are kept.
    pub days: u32,
    /// Whether other nodes hear of units, too.
    pub others: bool,
    /// Stops it, after a last look at the outbox.
    pub stop: CancellationToken,
}

/// Keeps positions until it is stopped.
pub async fn run_history(parts: HistoryParts) {
    let mut history = History { parts, failing: false, news_since: 0, lost: 0 };
    let now = Instant::from_std(Platform.monotonic());
    let mut keep = interval_at(now + KEEP_EVERY, KEEP_EVERY);
    let mut forget = interval_at(now + FORGET_FIRST, FORGET_EVERY);
    keep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    forget.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = keep.tick() => {
                history.keep().await;
                history.news().await;
            }
            _ = forget.tick() => history.forget().await,
            () = history.parts.stop.cancelled() => break,
        }
    }
    history.keep().await;
    history.keep_last().await;
}

struct History {
    parts: HistoryParts,
    /// Whether the last call to the store failed: a failure is logged when it begins only.
    failing: bool,
    /// From when on other nodes' news is read (epoch µs).
    news_since: EpochUs,
    lost: u64,
}

impl History {
    async fn keep(&mut self) {
        let mut rows = self.parts.positions.take_outbox();
        while !rows.is_empty() {
            let now = rows.get(..AT_ONCE).unwrap_or(&rows);
            let done = self.parts.store.put_positions(&self.parts.centre, now, now).await;
            let kept = now.len();
            if self.failed(done).is_none() {
                let lost = self.parts.positions.put_back(rows);
                self.parts.metrics.positions_lost.inc_by(lost.saturating_sub(self.lost));
                self.lost = lost;
                return;
            }
            rows.drain(..kept);
        }
    }

    /// What moved too little to be kept is the last word of this run all the same.
    async fn keep_last(&mut self) {
        let rows = self.parts.positions.unkept();
        for some in rows.chunks(AT_ONCE) {
            let done = self.parts.store.put_positions(&self.parts.centre, &[], some).await;
            if self.failed(done).is_none() {
                return;
            }
        }
    }

    async fn forget(&mut self) {
        let before = Platform.now().saturating_sub(i64::from(self.parts.days).saturating_mul(DAY_US));
        loop {
            let parts = &self.parts;
            let done = parts.store.forget_positions(&parts.centre, before, FORGET_AT_ONCE).await;
            match self.failed(done) {
                Some(gone) if gone >= u64::from(FORGET_AT_ONCE) => {}
                Some(_) | None => return,
            }
            tokio::select! {
                () = tokio::time::sleep(FORGET_PAUSE) => {}
                () = self.parts.stop.cancelled() => return,
            }
        }
    }

    async fn news(&mut self) {
        if !self.parts.others {
            return;
        }
        let now = Platform.now();
        let read: Result<Vec<PositionRow>, StoreError> =
            self.parts.store.last_positions(&self.parts.centre, self.news_since).await;
        if let Some(rows) = self.failed(read) {
            self.parts.positions.load(&rows);
            self.news_since = now.saturating_sub(NEWS_OVERLAP_US);
        }
    }

    /// The value; none after saying once that the store is away.
    fn failed<T>(&mut self, done: Result<T, StoreError>) -> Option<T> {
        match done {
            Ok(value) => {
                if std::mem::take(&mut self.failing) {
                    tracing::info!(centre = %self.parts.centre, "positions are kept again");
                }
                Some(value)
            }
            Err(error) => {
                if !std::mem::replace(&mut self.failing, true) {
                    tracing::warn!(centre = %self.parts.centre, %error, "positions wait to be kept");
                }
                None
            }
        }
    }
}
