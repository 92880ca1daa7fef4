//! The running deadlines of a centre in order of time, kept beside the state so that the next one is
//! found at once.

use std::collections::{BTreeSet, HashMap};

use kentongan_domain::command::{Command, DeadlineSubject};
use kentongan_domain::deadline::{Deadline, DeadlineKind};
use kentongan_domain::ids::EpochUs;
use kentongan_domain::state::CentreState;

use super::Submission;
use super::undo::DeadlineChanges;

/// Deadlines in order of time. A subject has one of a kind at most.
#[derive(Debug, Default)]
pub struct DeadlineQueue {
    order: BTreeSet<(EpochUs, DeadlineSubject, DeadlineKind)>,
    running: HashMap<(DeadlineSubject, DeadlineKind), Deadline>,
}

impl DeadlineQueue {
    /// Every deadline of a state.
    pub fn of(state: &CentreState) -> Self {
        let mut queue = Self::default();
        for (subject, deadline) in state.deadlines() {
            queue.set(subject, deadline);
        }
        queue
    }

    /// Takes in what has changed.
    pub fn change(&mut self, changes: &DeadlineChanges) {
        for (subject, kind) in &changes.cleared {
            self.clear(*subject, *kind);
        }
        for (subject, deadline) in &changes.set {
            self.set(*subject, *deadline);
        }
    }

    fn set(&mut self, subject: DeadlineSubject, deadline: Deadline) {
        self.clear(subject, deadline.kind);
        self.order.insert((deadline.due_at, subject, deadline.kind));
        self.running.insert((subject, deadline.kind), deadline);
    }

    fn clear(&mut self, subject: DeadlineSubject, kind: DeadlineKind) {
        if let Some(before) = self.running.remove(&(subject, kind)) {
            self.order.remove(&(before.due_at, subject, kind));
        }
    }

    /// When the next one passes (epoch µs).
    pub fn next_due(&self) -> Option<EpochUs> {
        self.order.first().map(|(due_at, _, _)| *due_at)
    }

    /// Commands for those that have passed at `now`, the oldest first, at most `most`.
    pub fn passed(&self, now: EpochUs, most: usize) -> Vec<Submission> {
        self.order
            .iter()
            .take_while(|(due_at, _, _)| *due_at <= now)
            .take(most)
            .filter_map(|(_, subject, kind)| {
                self.running.get(&(*subject, *kind)).map(|deadline| (*subject, *deadline))
            })
            .map(|(subject, deadline)| pass(subject, deadline, now))
            .collect()
    }
}

fn pass(subject: DeadlineSubject, deadline: Deadline, now: EpochUs) -> Submission {
    // A deadline passes once, whoever notices it: two nodes make the same key of it.
    // Two rungs of a ladder may be due at one instant: the level tells them apart.
    let (kind, level) = (deadline.kind.code(), deadline.level);
    let key = format!("deadline/{}/{kind}/{}/{level}", subject.id(), deadline.due_at);
    Submission::of_system(
        &key,
        Command::PassDeadline { subject, kind: deadline.kind, level: deadline.level },
        now,
    )
}
