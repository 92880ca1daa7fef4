//! The writer of one centre: takes what waits, decides one after the other, stores all in one
//! transaction, then answers and publishes.
//!
//! One fsync carries many commands; a lone command never waits for company. Correctness rests on the
//! store's conditional append: when another node was first, this one reads on and decides again.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::command::Context;
use kentongan_domain::decide::decide;
use kentongan_domain::duty::DutyBook;
use kentongan_domain::event::Record;
use kentongan_domain::evolve::evolve;
use kentongan_domain::ids::EpochUs;
use kentongan_domain::state::{CentreState, Reference};
use kentongan_store::rows::{CommandRow, Head};
use kentongan_store::{Store, StoreError};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::batch::Draft;
use super::deadlines::DeadlineQueue;
use super::follow::another_node;
use super::load::{CLOSED_SHOWN_US, load_needed};
use super::outcome::{Decided, earlier_outcome, made_by, target_of};
use super::patience::patiently;
use super::{BATCH_LENGTH, Committed, Queued, Submission, SubmitError};
use crate::metrics::Metrics;
use crate::platform::Platform;
use crate::stream::{Hub, Publication};

/// Deadlines passed in one batch at most.
const DEADLINES_AT_ONCE: usize = 64;
/// How often the writer decides again when other nodes keep moving the head.
const HEAD_RETRIES: u32 = 50;
/// How often closed things are forgotten, and how often a follower looks at the head unasked.
const HOUSEKEEPING: Duration = Duration::from_mins(1);
/// Handled reports held in memory at most; older ones are read from the store when asked for.
const CLOSED_IN_MEMORY: usize = 5_000;

/// What a writer is made of.
#[derive(Debug)]
pub struct WriterParts {
    /// The centre's code.
    pub centre: String,
    /// Reference data.
    pub reference: Arc<Reference>,
    /// The database.
    pub store: Arc<dyn Store>,
    /// The stream.
    pub hub: Arc<Hub>,
    /// Measures.
    pub metrics: Arc<Metrics>,
    /// Commands.
    pub queue: mpsc::Receiver<Queued>,
    /// Whom agencies' dispatches reach.
    pub duty: watch::Receiver<Arc<DutyBook>>,
    /// Signals that another node has written.
    pub moved: watch::Receiver<u64>,
    /// Stops the writer after the commands that wait.
    pub shutdown: CancellationToken,
}

/// The writer.
#[derive(Debug)]
pub struct Writer {
    pub(super) parts: WriterParts,
    pub(super) state: CentreState,
    pub(super) head: Head,
    pub(super) deadlines: DeadlineQueue,
    /// After an error the state in memory may not be that of the store.
    pub(super) suspect: bool,
}

impl Writer {
    /// A writer on what was loaded.
    pub fn new(parts: WriterParts, state: CentreState, head: Head) -> Self {
        let deadlines = DeadlineQueue::of(&state);
        Self { parts, state, head, deadlines, suspect: false }
    }

    /// Runs until shutdown, then works off what waits.
    pub async fn run(mut self) {
        let mut waiting = Vec::with_capacity(BATCH_LENGTH);
        let mut housekeeping = tokio::time::interval(HOUSEKEEPING);
        housekeeping.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            if self.until_next_deadline().is_zero() {
                // Before the queue: a flood of reports must not keep a deadline from passing.
                self.pass_deadlines().await;
            }
            let due = self.until_next_deadline();
            tokio::select! {
                biased;
                count = self.parts.queue.recv_many(&mut waiting, BATCH_LENGTH) => {
                    if count == 0 {
                        return;
                    }
                    self.commit(&mut waiting).await;
                }
                () = tokio::time::sleep(due) => self.pass_deadlines().await,
                () = another_node(&mut self.parts.moved) => self.follow().await,
                _ = housekeeping.tick() => self.housekeep().await,
                () = self.parts.shutdown.cancelled() => {
                    // Whoever is already in line still gets an answer.
                    self.parts.queue.close();
                    while self.parts.queue.recv_many(&mut waiting, BATCH_LENGTH).await > 0 {
                        self.commit(&mut waiting).await;
                    }
                    return;
                }
            }
        }
    }

    fn until_next_deadline(&self) -> Duration {
        let Some(due_at) = self.deadlines.next_due() else { return HOUSEKEEPING };
        let wait = due_at.saturating_sub(Platform.now()).clamp(0, 60_000_000);
        // After a failed store the same deadline is due at once again: do not spin on it.
        let least = if self.suspect { Duration::from_millis(500) } else { Duration::ZERO };
        Duration::from_micros(wait.unsigned_abs()).max(least)
    }

    async fn pass_deadlines(&mut self) {
        let due_before = self.deadlines.next_due();
        let passed = self.deadlines.passed(Platform.now(), DEADLINES_AT_ONCE);
        if passed.is_empty() {
            return;
        }
        let mut waiting: Vec<Queued> = passed
            .into_iter()
            .map(|submission| Queued { submission, answer: tokio::sync::oneshot::channel().0 })
            .collect();
        self.commit(&mut waiting).await;
        if self.deadlines.next_due() == due_before {
            // Nothing came of it: the queue may name what the state no longer has.
            self.deadlines = DeadlineQueue::of(&self.state);
            self.suspect |= self.deadlines.next_due() == due_before;
        }
    }

    async fn housekeep(&mut self) {
        let before = self.forget_before(Platform.now());
        let forgotten = self.state.forget_closed(before);
        self.parts.hub.forget_reports(before);
        if !forgotten.is_empty() {
            self.parts.hub.forget(forgotten);
        }
        self.follow().await;
    }

    /// Closed things are held for a day, but never more of them than a console can use.
    fn forget_before(&self, now: EpochUs) -> EpochUs {
        let day = now.saturating_sub(CLOSED_SHOWN_US);
        let mut ends: Vec<EpochUs> = self.state.reports.values().filter_map(|held| held.handled_at).collect();
        let Some(surplus) = ends.len().checked_sub(CLOSED_IN_MEMORY) else { return day };
        ends.sort_unstable();
        ends.get(surplus).map_or(day, |cut| day.max(*cut))
    }

    /// Decides, stores, answers and publishes what waits; leaves `waiting` empty.
    async fn commit(&mut self, waiting: &mut Vec<Queued>) {
        let started = Platform.monotonic();
        let mut batch: Vec<Queued> = std::mem::take(waiting);
        let mut known: HashMap<Uuid, CommandRow> = HashMap::new();
        for _ in 0..HEAD_RETRIES {
            if self.suspect
                && let Err(error) = patiently(self.reload()).await
            {
                return refuse(batch, &error);
            }
            match patiently(self.attempt(&batch, &mut known)).await {
                Ok(decided) => {
                    for (queued, decided) in batch.drain(..).zip(decided) {
                        let outcome = match decided {
                            Decided::Done(committed) => Ok(committed),
                            Decided::Refused(error) => Err(error),
                        };
                        // A caller who went away meanwhile asks again with the same key.
                        drop(queued.answer.send(outcome));
                    }
                    self.parts.metrics.commits(self.parts.store_label(), started.elapsed());
                    return;
                }
                Err(StoreError::HeadMoved { .. }) => {
                    self.parts.metrics.head_moved.inc();
                    if let Err(error) = patiently(self.catch_up()).await {
                        self.suspect = true;
                        return refuse(batch, &error);
                    }
                }
                Err(StoreError::Duplicate { .. }) => {
                    // Some command, or some report's own id, is known already: find out which.
                    match patiently(self.known_commands(&batch)).await {
                        Ok(found) => known.extend(found),
                        Err(error) => return refuse(batch, &error),
                    }
                }
                Err(error) => {
                    tracing::error!(centre = %self.parts.centre, %error, "the store refused a commit");
                    self.parts.metrics.store_errors.inc();
                    self.suspect = true;
                    return refuse(batch, &error);
                }
            }
        }
        refuse(batch, &StoreError::Busy);
    }

    /// One try: on error the state is as it was before; when it is given up half way, the writer must
    /// start again from the store.
    async fn attempt(
        &mut self,
        batch: &[Queued],
        known: &mut HashMap<Uuid, CommandRow>,
    ) -> Result<Vec<Decided>, StoreError> {
        self.state.duty = Arc::clone(&self.parts.duty.borrow());
        let mut draft = Draft::new(&self.parts.centre, &self.head);
        let decided = self.decide_all(batch, known, &mut draft).await;
        let stored = match decided {
            Ok(decided) => self.store(batch, decided, &mut draft).await,
            Err(error) => Err(error),
        };
        if stored.is_err() {
            draft.touched.restore(&mut self.state);
        }
        stored
    }

    async fn decide_all(
        &mut self,
        batch: &[Queued],
        known: &mut HashMap<Uuid, CommandRow>,
        draft: &mut Draft,
    ) -> Result<Vec<Decided>, StoreError> {
        let mut decided = Vec::with_capacity(batch.len());
        let mut in_batch: HashMap<Uuid, (Committed, [u8; 32])> = HashMap::new();
        for queued in batch {
            let submission = &queued.submission;
            if let Some(earlier) = earlier_outcome(submission, known, &in_batch) {
                decided.push(earlier);
                continue;
            }
            if let Some(loaded) =
                load_needed(&self.parts.store, &self.parts.centre, &mut self.state, &submission.command)
                    .await?
            {
                self.parts.hub.hold(loaded);
            }
            match self.decide_one(submission, draft)? {
                Decided::Done(committed) => {
                    for key in std::iter::once(submission.command_id).chain(submission.alias) {
                        in_batch.insert(key, (committed.clone(), submission.fingerprint));
                    }
                    decided.push(Decided::Done(committed));
                }
                Decided::Refused(error) => {
                    // What is refused now may have been accepted before, under the same key.
                    let found = self.parts.store.command(&self.parts.centre, submission.command_id).await?;
                    match found {
                        Some(row) => {
                            known.insert(submission.command_id, row);
                            decided.extend(earlier_outcome(submission, known, &in_batch));
                        }
                        None => decided.push(Decided::Refused(error)),
                    }
                }
            }
        }
        Ok(decided)
    }

    fn decide_one(&mut self, submission: &Submission, draft: &mut Draft) -> Result<Decided, StoreError> {
        let ids = Platform.ids().map_err(|error| StoreError::Unavailable(error.to_string()))?;
        // Never earlier than what was recorded last would be nice, but a clock that jumped back must
        // not stop the room: instants are what the clock said, order is what seq says.
        let now = Platform.now();
        let mut context = Context { now, actor: submission.actor.clone(), ids };
        let events = match decide(&self.state, &submission.command, &mut context) {
            Ok(events) => events,
            Err(rejection) => return Ok(Decided::Refused(SubmitError::Rejected(rejection))),
        };
        let mut target = target_of(&submission.command);
        if events.is_empty() {
            return Ok(Decided::Done(Committed {
                target,
                seq: draft.seq(),
                repeated: false,
                keepsake: None,
            }));
        }
        for event in events {
            if let Some(made) = made_by(&event) {
                target = made;
            }
            draft.touched.before(&self.state, &event);
            let record = Record { at: now, actor: submission.actor.clone(), event };
            evolve(&mut self.state, &record);
            draft.push(&self.state, &record.event, submission.command_id, &submission.actor, now)?;
        }
        let committed =
            Committed { target, seq: draft.seq(), repeated: false, keepsake: submission.keepsake.clone() };
        draft.outcome(submission, &committed, now)?;
        Ok(Decided::Done(committed))
    }

    async fn store(
        &mut self,
        batch: &[Queued],
        decided: Vec<Decided>,
        draft: &mut Draft,
    ) -> Result<Vec<Decided>, StoreError> {
        if draft.events.is_empty() {
            return Ok(decided);
        }
        let new: Vec<&Submission> = batch
            .iter()
            .zip(&decided)
            .filter(|(_, decided)| matches!(decided, Decided::Done(committed) if !committed.repeated))
            .map(|(queued, _)| &queued.submission)
            .collect();
        let rows = draft.finish(&self.state, &new)?;
        self.parts.store.append(&rows).await?;
        self.head = rows.head;
        self.deadlines.change(&draft.touched.deadlines(&self.state));
        let received_at = new.iter().map(|submission| submission.received_at).min();
        self.publish(draft, &new, received_at.unwrap_or_default());
        Ok(decided)
    }

    fn publish(&self, draft: &Draft, new: &[&Submission], received_at: EpochUs) {
        let touched = &draft.touched;
        let state = &self.state;
        self.parts.hub.publish(Publication {
            foreign: false,
            seq: self.head.seq,
            received_at,
            committed_at: Platform.now(),
            reports: touched.reports.keys().filter_map(|id| state.reports.get(id).cloned()).collect(),
            incidents: touched.incidents.keys().filter_map(|id| state.incidents.get(id).cloned()).collect(),
            dispatches: touched
                .dispatches
                .keys()
                .filter_map(|id| state.dispatches.get(id).cloned())
                .collect(),
            units: touched.units.keys().filter_map(|code| state.units.get(code).cloned()).collect(),
            texts: new.iter().flat_map(|submission| submission.erasable.texts.iter().cloned()).collect(),
            people: new.iter().flat_map(|submission| submission.erasable.people.iter().cloned()).collect(),
            forgotten: Vec::new(),
        });
    }

    async fn known_commands(&self, batch: &[Queued]) -> Result<HashMap<Uuid, CommandRow>, StoreError> {
        let keys: Vec<Uuid> = batch
            .iter()
            .flat_map(|queued| std::iter::once(queued.submission.command_id).chain(queued.submission.alias))
            .collect();
        let rows = self.parts.store.commands_of(&self.parts.centre, &keys).await?;
        Ok(rows.into_iter().map(|row| (row.command_id, row)).collect())
    }
}

impl WriterParts {
    fn store_label(&self) -> &str {
        &self.centre
    }
}

fn refuse(batch: Vec<Queued>, error: &StoreError) {
    for queued in batch {
        drop(queued.answer.send(Err(SubmitError::Store(error.clone()))));
    }
}
