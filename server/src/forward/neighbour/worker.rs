//! The task of one live centre: follows the log and makes every attempt that is due.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::handover::HandoverState;
use kentongan_domain::ids::{EpochUs, ReportId};
use kentongan_domain::report::ReportState;
use tokio::sync::mpsc;

use super::attempt::{Outcome, Task, Ways};
use crate::forward::retry::next_attempt;
use crate::platform::Platform;
use crate::stream::{Hub, Item, Memory};

/// Attempts under way at once.
const AT_ONCE: usize = 8;
/// The longest pause between two attempts, µs: somebody waits at the other desk, and there are few neighbours.
const LONGEST_PAUSE_US: EpochUs = 60_000_000;
/// Answers remembered as given, before those that are no longer held are forgotten.
const MOST_ANSWERED: usize = 4_096;
/// The task looks at the clock at least so often.
const LOOK_EVERY: Duration = Duration::from_secs(5);

#[derive(Debug, Clone, Copy)]
struct Due {
    at: EpochUs,
    attempts: u32,
}

/// The task.
pub struct Worker {
    ways: Arc<Ways>,
    pending: BTreeMap<Task, Due>,
    under_way: BTreeSet<Task>,
    answered: BTreeSet<ReportId>,
    cursor: i64,
}

impl Worker {
    pub fn new(ways: Arc<Ways>) -> Self {
        Self {
            ways,
            pending: BTreeMap::new(),
            under_way: BTreeSet::new(),
            answered: BTreeSet::new(),
            cursor: 0,
        }
    }

    fn hub(&self) -> Arc<Hub> {
        Arc::clone(&self.ways.live.centre().hub)
    }

    pub async fn run(mut self) {
        let (done, mut finished) = mpsc::channel(AT_ONCE * 2);
        let mut head = self.hub().follow();
        self.rescan();
        loop {
            self.start_due(&done);
            let wait = self.until_next();
            tokio::select! {
                changed = head.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    self.advance();
                }
                Some((task, outcome)) = finished.recv() => {
                    self.finish(task, outcome);
                    self.advance();
                }
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Reads the log on from the cursor; starts over when the ring has moved on.
    fn advance(&mut self) {
        let hub = self.hub();
        loop {
            match hub.after(self.cursor, 256) {
                None => return self.rescan(),
                Some(commits) if commits.is_empty() => return,
                Some(commits) => {
                    for commit in commits {
                        commit.items().iter().for_each(|item| self.note(item));
                        self.cursor = commit.seq;
                    }
                }
            }
        }
    }

    /// Takes everything that is held for news.
    fn rescan(&mut self) {
        let hub = self.hub();
        self.cursor = hub.head_seq();
        let before = std::mem::take(&mut self.pending);
        hub.read(Memory::items).iter().for_each(|item| self.note(item));
        for (task, due) in &mut self.pending {
            *due = before.get(task).copied().unwrap_or(*due);
        }
    }

    fn note(&mut self, item: &Item) {
        let now = Due { at: Platform.now(), attempts: 0 };
        match item {
            Item::Incident(held) => {
                let id = held.incident.id;
                let of = held.incident.handover.as_ref();
                let waits = of.filter(|of| of.state == HandoverState::Offered);
                let waits = waits.filter(|_| held.incident.state.is_live());
                let wanted = waits.map(|of| Task::Offer(id, of.transfer));
                self.pending.retain(|task, _| {
                    !matches!(task, Task::Offer(other, _) if *other == id) || Some(*task) == wanted
                });
                if let Some(task) = wanted {
                    self.pending.entry(task).or_insert(now);
                }
            }
            Item::Report(held) => {
                let report = &held.report;
                let decided = report.handed_over.is_some() && report.state == ReportState::Handled;
                if decided && !self.answered.contains(&report.id) {
                    self.pending.entry(Task::Answer(report.id)).or_insert(now);
                }
            }
            Item::Dispatch(_) | Item::Unit(_) => {}
        }
    }

    fn finish(&mut self, task: Task, outcome: Outcome) {
        self.under_way.remove(&task);
        match (outcome, self.pending.get_mut(&task)) {
            (Outcome::Again(asked_ms), Some(due)) => {
                due.attempts = due.attempts.saturating_add(1);
                due.at = next(due.attempts, asked_ms, Platform.now());
            }
            (Outcome::Done, _) => {
                self.pending.remove(&task);
                if let Task::Answer(report) = task {
                    self.remember(report);
                }
            }
            (Outcome::Again(_), None) => {}
        }
    }

    fn remember(&mut self, report: ReportId) {
        self.answered.insert(report);
        if self.answered.len() > MOST_ANSWERED {
            let hub = self.hub();
            hub.read(|memory| self.answered.retain(|id| memory.report(*id).is_some()));
        }
    }

    fn until_next(&self) -> Duration {
        if self.under_way.len() >= AT_ONCE {
            // One that ends wakes us.
            return LOOK_EVERY;
        }
        let waiting = self.pending.iter().filter(|(task, _)| !self.under_way.contains(task));
        let next = waiting.map(|(_, due)| due.at).min();
        let wait = next.map_or(i64::MAX, |at| at.saturating_sub(Platform.now()).max(1_000));
        Duration::from_micros(wait.unsigned_abs()).min(LOOK_EVERY)
    }

    fn start_due(&mut self, done: &mpsc::Sender<(Task, Outcome)>) {
        let now = Platform.now();
        let due: Vec<(Task, u32)> = self
            .pending
            .iter()
            .filter(|(task, due)| due.at <= now && !self.under_way.contains(task))
            .map(|(task, due)| (*task, due.attempts))
            .take(AT_ONCE.saturating_sub(self.under_way.len()))
            .collect();
        for (task, before) in due {
            self.under_way.insert(task);
            let (ways, done) = (Arc::clone(&self.ways), done.clone());
            tokio::spawn(async move {
                let outcome = ways.attempt(task, before).await;
                if done.send((task, outcome)).await.is_err() {
                    tracing::debug!("the task of the neighbours is gone: the process is ending");
                }
            });
        }
    }
}

/// When to try again after so many attempts: later if the other side asked for it, but it is never given up.
fn next(attempts: u32, asked_ms: Option<u64>, now: EpochUs) -> EpochUs {
    let jitter = Platform.random::<1>().map_or(0.5, |[byte]| f64::from(byte) / 255.0);
    let longest = now.saturating_add(LONGEST_PAUSE_US);
    let by_rule = next_attempt(attempts, now, jitter).unwrap_or(longest).min(longest);
    let asked = asked_ms.map_or(0, |ms| i64::try_from(ms).unwrap_or(i64::MAX).saturating_mul(1_000));
    by_rule.max(now.saturating_add(asked).min(longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_minute_and_go_on_for_ever() {
        let now = 1_764_000_000_000_000;
        assert!((1_000_000..=1_500_000).contains(&(next(1, None, now) - now)));
        assert!((16_000_000..=24_000_000).contains(&(next(5, None, now) - now)));
        for attempts in [7, 16, 1_000, u32::MAX] {
            assert_eq!(next(attempts, None, now) - now, LONGEST_PAUSE_US, "{attempts}");
        }
        assert_eq!(next(1, Some(30_000), now) - now, 30_000_000, "as asked");
        assert_eq!(next(1, Some(u64::MAX), now) - now, LONGEST_PAUSE_US, "but no longer");
    }
}
