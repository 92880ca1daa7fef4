//! The worker of one live centre: follows the log, keeps what is due in lanes, one a provider, starts what
//! may go now.
//!
//! Where several nodes run on one database, the node that stored a delivery makes it at once; the others
//! wait long enough for its outcome and step in only when there is none. So a message goes out twice only
//! when a node died at it, which at-least-once allows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::catalogue::Priority;
use kentongan_domain::delivery::DeliveryChannel;
use kentongan_domain::ids::{DeliveryId, EpochUs};
use tokio::sync::mpsc;

use super::Forwarding;
use super::attempt::{Due, Ended, Kit, attempt};
use super::book::Book;
use super::heartbeat;
use super::lanes::{Lanes, Wait};
use super::providers::Providers;
use super::sender::Permit;
use crate::centre::{LiveCentre, Shared};
use crate::platform::Platform;
use crate::stream::{HeldDispatch, Hub, Item};

/// The worker looks at the clock at least so often.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How much later another node's delivery is due here (µs): longer than an attempt takes at most.
const OTHERS_LATER_US: EpochUs = 20_000_000;
/// A delivery whose outcome could not be stored as expected is looked at again after this (µs).
const ODD_AGAIN_US: EpochUs = 5_000_000;
/// Attempts that may end before the worker looks.
const ENDED_AT_ONCE: usize = 256;

/// A provider as its lanes know it: agencies' own servers and browsers are each agency's.
type LaneKey = (DeliveryChannel, Option<String>);

/// What is known of a delivery that is to be made.
#[derive(Debug, Clone)]
struct Pending {
    due: Due,
    lane: LaneKey,
    /// As the log has it (epoch µs).
    next_attempt_at: EpochUs,
}

struct Worker {
    kit: Arc<Kit>,
    pending: BTreeMap<DeliveryId, Pending>,
    lanes: HashMap<LaneKey, Lanes<DeliveryId>>,
    cursor: i64,
    /// Whether other nodes may work on the same centre.
    others: bool,
    done: mpsc::Sender<(Due, LaneKey, Ended)>,
}

/// Starts the worker of a live centre.
///
/// # Errors
/// When a provider's settings are none.
pub fn start_worker(live: LiveCentre, shared: &Shared, forwarding: &Forwarding) -> anyhow::Result<()> {
    let centre = Arc::clone(live.centre());
    let providers = Providers::new(&Permit::of(&live), &forwarding.settings, &forwarding.vapid)?;
    heartbeat::start(&live, &providers, &forwarding.board, &shared.shutdown);
    let (done, finished) = mpsc::channel(ENDED_AT_ONCE);
    let kit = Kit {
        live,
        providers,
        book: Book::new(Arc::clone(&shared.store), centre.code.clone()),
        links: Arc::clone(&shared.links),
        metrics: Arc::clone(&shared.metrics),
        board: Arc::clone(&forwarding.board),
    };
    let worker = Worker {
        kit: Arc::new(kit),
        pending: BTreeMap::new(),
        lanes: HashMap::new(),
        cursor: 0,
        others: shared.store.follow().is_some(),
        done,
    };
    let shutdown = shared.shutdown.clone();
    shared.tasks.spawn(async move {
        tokio::select! {
            () = worker.run(finished) => {}
            // An attempt that is cut off is made again after the start: at least once.
            () = shutdown.cancelled() => {}
        }
    });
    Ok(())
}

impl Worker {
    fn hub(&self) -> Arc<Hub> {
        Arc::clone(&self.kit.live.centre().hub)
    }

    async fn run(mut self, mut finished: mpsc::Receiver<(Due, LaneKey, Ended)>) {
        let mut head = self.hub().follow();
        self.rescan();
        loop {
            let wait = self.start_due();
            tokio::select! {
                changed = head.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    self.advance();
                }
                Some((due, lane, ended)) = finished.recv() => self.finished(&due, &lane, ended),
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
                        for item in commit.items() {
                            if let Item::Dispatch(held) = item {
                                self.note(held, commit.foreign);
                            }
                        }
                        self.cursor = commit.seq;
                    }
                }
            }
        }
    }

    /// Takes every due delivery from what is held.
    fn rescan(&mut self) {
        let hub = self.hub();
        self.cursor = hub.head_seq();
        let held: Vec<Arc<HeldDispatch>> = hub.read(|memory| memory.dispatches().cloned().collect());
        for (id, pending) in std::mem::take(&mut self.pending) {
            if let Some(lanes) = self.lanes.get_mut(&pending.lane) {
                lanes.remove(&id);
            }
        }
        for dispatch in held {
            self.note(&dispatch, true);
        }
    }

    /// Takes in how a dispatch's deliveries stand; `foreign` when another node may have stored it.
    fn note(&mut self, held: &HeldDispatch, foreign: bool) {
        let dispatch = &held.dispatch;
        let mut priority = None;
        for delivery in dispatch.deliveries.iter().filter(|one| one.channel != DeliveryChannel::Console) {
            let known = self.pending.get(&delivery.id);
            let Some(at) = delivery.next_attempt_at.filter(|_| delivery.state.is_due()) else {
                let gone = self.pending.remove(&delivery.id);
                if let Some(lanes) = gone.and_then(|gone| self.lanes.get_mut(&gone.lane)) {
                    lanes.remove(&delivery.id);
                }
                continue;
            };
            let same =
                |known: &Pending| known.next_attempt_at == at && known.due.attempts == delivery.attempts;
            if known.is_some_and(same) {
                continue;
            }
            let of_agency = matches!(delivery.channel, DeliveryChannel::Webhook | DeliveryChannel::Push);
            let pending = Pending {
                due: Due {
                    id: delivery.id,
                    dispatch: dispatch.id,
                    agency: dispatch.agency.clone(),
                    contact: delivery.contact.clone(),
                    channel: delivery.channel,
                    notice: delivery.notice,
                    wording: delivery.wording,
                    attempts: delivery.attempts,
                },
                lane: (delivery.channel, of_agency.then(|| dispatch.agency.clone())),
                next_attempt_at: at,
            };
            let hub = self.hub();
            let priority = *priority.get_or_insert_with(|| {
                let incident = hub.read(|memory| memory.incident(dispatch.incident));
                incident.map_or(Priority::P1, |held| held.incident.priority)
            });
            let later = if foreign && self.others { OTHERS_LATER_US } else { 0 };
            self.put(pending, priority, at.saturating_add(later));
        }
    }

    fn put(&mut self, pending: Pending, priority: Priority, at: EpochUs) {
        let id = pending.due.id;
        let limits = self.kit.providers.limits(pending.lane.0);
        let lane = pending.lane.clone();
        let lanes = self.lanes.entry(lane).or_insert_with(|| Lanes::new(limits, Platform.now()));
        // What is under way is looked at again when it has ended.
        if !lanes.is_under_way(&id) {
            lanes.put(id, priority, at);
            self.pending.insert(id, pending);
        }
    }

    /// An attempt ended and its outcome is stored.
    fn finished(&mut self, due: &Due, lane: &LaneKey, ended: Ended) {
        let (now, id) = (Platform.now(), due.id);
        if let Some(lanes) = self.lanes.get_mut(lane) {
            lanes.done(&id, ended.well, now);
            if let Some(until) = ended.pause_until {
                lanes.pause(until);
            }
        }
        self.advance();
        // What came meanwhile was not put in: it is looked up now.
        self.pending.remove(&id);
        let held = self.hub().read(|memory| memory.dispatch(due.dispatch));
        let Some(held) = held else { return };
        self.note(&held, false);
        // The same attempt again, at once, would be a loop: something is odd, and it is not urgent now.
        let odd = self.pending.get(&id).filter(|after| after.due.attempts == due.attempts).cloned();
        if let Some(pending) = odd {
            tracing::warn!(delivery.id = %id, "an attempt was made and is not noted");
            self.put(pending, Priority::P4, now.saturating_add(ODD_AGAIN_US));
        }
    }

    /// Starts what may go now; how long nothing else can.
    fn start_due(&mut self) -> Duration {
        let now = Platform.now();
        let mut next: Option<EpochUs> = None;
        for (key, lanes) in &mut self.lanes {
            let held_by = loop {
                match lanes.take(now) {
                    Ok(None) => break None,
                    Err(wait) => break Some(wait),
                    Ok(Some(id)) => {
                        let Some(pending) = self.pending.get(&id) else {
                            lanes.done(&id, true, now);
                            continue;
                        };
                        let (kit, due, done) =
                            (Arc::clone(&self.kit), pending.due.clone(), self.done.clone());
                        let key = key.clone();
                        tokio::spawn(async move {
                            let ended = attempt(&kit, &due).await;
                            if done.send((due, key, ended)).await.is_err() {
                                tracing::debug!("the worker is gone: the process ends");
                            }
                        });
                    }
                }
            };
            let shown = held_by.filter(|wait| *wait != Wait::Busy);
            let name = key.1.as_ref().map(|agency| format!("{}:{agency}", key.0.code()));
            let (board, centre) = (&self.kit.board, &self.kit.live.centre().code);
            let name = name.as_deref().unwrap_or(key.0.code());
            board.lane(centre, name, lanes.circuit(now), lanes.len(), shown);
            next = next.into_iter().chain(lanes.wakes_at(now)).min();
        }
        let wait = next.map_or(i64::MAX, |at| at.saturating_sub(Platform.now()).max(1_000));
        Duration::from_micros(wait.unsigned_abs()).min(LOOK_EVERY)
    }
}
