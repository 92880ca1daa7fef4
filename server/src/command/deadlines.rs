//! The running deadlines of a centre in order of time, kept beside the state so that the next one is
//! found at once.

use std::collections::{BTreeSet, HashMap};

use kentongan_domain::command::{Command, DeadlineSubject};
use kentongan_domain::deadline::Deadline;
use kentongan_domain::ids::EpochUs;
use kentongan_domain::state::CentreState;

use super::Submission;

/// Deadlines in order of time.
#[derive(Debug, Default)]
pub struct DeadlineQueue {
    order: BTreeSet<(EpochUs, DeadlineSubject)>,
    running: HashMap<DeadlineSubject, Deadline>,
}

impl DeadlineQueue {
    /// Every deadline of a state.
    pub fn of(state: &CentreState) -> Self {
        let mut queue = Self::default();
        for (subject, deadline) in state.deadlines() {
            queue.set(subject, Some(deadline));
        }
        queue
    }

    /// Replaces the deadline of a subject.
    pub fn set(&mut self, subject: DeadlineSubject, deadline: Option<Deadline>) {
        if let Some(before) = self.running.remove(&subject) {
            self.order.remove(&(before.due_at, subject));
        }
        if let Some(deadline) = deadline {
            self.order.insert((deadline.due_at, subject));
            self.running.insert(subject, deadline);
        }
    }

    /// When the next one passes (epoch µs).
    pub fn next_due(&self) -> Option<EpochUs> {
        self.order.first().map(|(due_at, _)| *due_at)
    }

    /// Commands for those that have passed at `now`, the oldest first, at most `most`.
    pub fn passed(&self, now: EpochUs, most: usize) -> Vec<Submission> {
        self.order
            .iter()
            .take_while(|(due_at, _)| *due_at <= now)
            .take(most)
            .filter_map(|(_, subject)| self.running.get(subject).map(|deadline| (*subject, *deadline)))
            .map(|(subject, deadline)| pass(subject, deadline, now))
            .collect()
    }
}

fn pass(subject: DeadlineSubject, deadline: Deadline, now: EpochUs) -> Submission {
    // A deadline passes once, whoever notices it: two nodes make the same key of it.
    let key = format!("deadline/{}/{}/{}", subject.id(), deadline.kind.code(), deadline.due_at);
    Submission::of_system(
        &key,
        Command::PassDeadline { subject, kind: deadline.kind, level: deadline.level },
        now,
    )
}
