//! The worker of one live centre: follows the log, sends what is due, notes the outcome as a command.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::command::{Command, DeliveryResult};
use kentongan_domain::dispatch::{DeliveryChannel, DeliveryState};
use kentongan_domain::ids::{DeliveryId, DispatchId};
use tokio::sync::mpsc;

use super::address::Address;
use super::dial::Dialler;
use super::message::{Surroundings, compose};
use super::retry::next_attempt;
use super::sender::{Failure, Permit, Sender as _};
use super::settings::ForwardSettings;
use super::webhook::{Parcel, WebhookSender};
use crate::centre::{Centre, LiveCentre, Shared};
use crate::command::Submission;
use crate::metrics::Metrics;
use crate::platform::Platform;
use crate::stream::audience::Audience;
use crate::stream::{HeldDispatch, Item, dispatch_view, incident_view, report_view};

/// Attempts under way at once.
const AT_ONCE: usize = 16;
/// The worker looks at the clock at least so often.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Pause before the outcome of an attempt is noted again when the store refused it.
const NOTE_AGAIN: Duration = Duration::from_millis(500);

/// One delivery to make.
#[derive(Debug, Clone)]
struct Due {
    dispatch: DispatchId,
    agency: String,
    attempts: u32,
    at: i64,
}

struct Worker {
    live: LiveCentre,
    sender: WebhookSender,
    links: HashMap<String, Address>,
    pending: BTreeMap<DeliveryId, Due>,
    under_way: BTreeSet<DeliveryId>,
    cursor: i64,
    metrics: Arc<Metrics>,
    done: mpsc::Sender<DeliveryId>,
}

/// Starts the worker of a live centre, if it has links.
///
/// # Errors
/// When an endpoint cannot be used; names the agency.
pub async fn start_worker(
    live: LiveCentre,
    shared: &Shared,
    settings: &ForwardSettings,
) -> anyhow::Result<()> {
    let mut links = HashMap::new();
    let permit = Permit::of(&live);
    let sender = WebhookSender::new(&permit, Dialler::new(&permit, settings.targets.clone())?);
    for endpoint in shared.store.endpoints(&live.centre().code).await? {
        if endpoint.active && endpoint.channel == DeliveryChannel::Webhook.code() {
            let link = Address::webhook(&endpoint.target, &endpoint.secret, endpoint.private_allowed)
                .map_err(|error| error.context(format!("the endpoint of {}", endpoint.agency)))?;
            links.insert(endpoint.agency, link);
        }
    }
    if links.is_empty() {
        return Ok(());
    }
    let (done, finished) = mpsc::channel(AT_ONCE * 2);
    let worker = Worker {
        live,
        sender,
        links,
        pending: BTreeMap::new(),
        under_way: BTreeSet::new(),
        cursor: 0,
        metrics: Arc::clone(&shared.metrics),
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
    async fn run(mut self, mut finished: mpsc::Receiver<DeliveryId>) {
        let hub = Arc::clone(&self.live.centre().hub);
        let mut head = hub.follow();
        self.rescan();
        loop {
            self.start_due();
            let wait = self.until_next();
            tokio::select! {
                changed = head.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    self.advance();
                }
                Some(delivery) = finished.recv() => {
                    self.under_way.remove(&delivery);
                    self.advance();
                }
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Reads the log on from the cursor; starts over when the ring has moved on.
    fn advance(&mut self) {
        let hub = Arc::clone(&self.live.centre().hub);
        loop {
            match hub.after(self.cursor, 256) {
                None => return self.rescan(),
                Some(commits) if commits.is_empty() => return,
                Some(commits) => {
                    for commit in commits {
                        for item in commit.items() {
                            if let Item::Dispatch(held) = item {
                                self.note(held);
                            }
                        }
                        self.cursor = commit.seq;
                    }
                }
            }
        }
    }

    /// Takes every pending delivery from what is held.
    fn rescan(&mut self) {
        let hub = Arc::clone(&self.live.centre().hub);
        self.cursor = hub.head_seq();
        self.pending.clear();
        let held: Vec<Arc<HeldDispatch>> = hub.read(|memory| memory.dispatches().cloned().collect());
        for dispatch in held {
            self.note(&dispatch);
        }
    }

    fn note(&mut self, held: &HeldDispatch) {
        let dispatch = &held.dispatch;
        for delivery in dispatch.deliveries.iter().filter(|one| one.channel == DeliveryChannel::Webhook) {
            match delivery.next_attempt_at.filter(|_| delivery.state == DeliveryState::Pending) {
                Some(at) => {
                    let due = Due {
                        dispatch: dispatch.id,
                        agency: dispatch.agency.clone(),
                        attempts: delivery.attempts,
                        at,
                    };
                    self.pending.insert(delivery.id, due);
                }
                None => {
                    self.pending.remove(&delivery.id);
                }
            }
        }
    }

    fn until_next(&self) -> Duration {
        let waiting = self.pending.iter().filter(|(id, _)| !self.under_way.contains(id));
        let next = waiting.map(|(_, due)| due.at).min();
        let wait = next.map_or(i64::MAX, |at| at.saturating_sub(Platform.now()).max(1_000));
        Duration::from_micros(wait.unsigned_abs()).min(LOOK_EVERY)
    }

    fn start_due(&mut self) {
        let now = Platform.now();
        let due: Vec<(DeliveryId, Due)> = self
            .pending
            .iter()
            .filter(|(id, due)| due.at <= now && !self.under_way.contains(id))
            .take(AT_ONCE.saturating_sub(self.under_way.len()))
            .map(|(id, due)| (*id, due.clone()))
            .collect();
        for (id, due) in due {
            self.under_way.insert(id);
            let (sender, link) = (self.sender.clone(), self.links.get(&due.agency).cloned());
            let centre = Arc::clone(self.live.centre());
            let (metrics, done) = (Arc::clone(&self.metrics), self.done.clone());
            tokio::spawn(async move {
                attempt(&centre, &sender, link, id, &due, &metrics).await;
                if done.send(id).await.is_err() {
                    tracing::debug!(delivery.id = %id, "the worker is gone: the process is ending");
                }
            });
        }
    }
}

async fn attempt(
    centre: &Centre,
    sender: &WebhookSender,
    link: Option<Address>,
    id: DeliveryId,
    due: &Due,
    metrics: &Metrics,
) {
    let now = Platform.now();
    let sent = match (link, parcel(centre, due)) {
        (Some(link), Some(parcel)) => {
            let around = Surroundings { delivery: id.to_string(), wording: 1, ..Surroundings::default() };
            sender.send(&link, &compose(parcel, around), now).await
        }
        // The endpoint was taken away, or the incident is no longer held.
        _ => Err(Failure::for_good("no_endpoint")),
    };
    let result = match sent {
        Ok(_) => {
            metrics.deliveries.inc();
            DeliveryResult::Arrived
        }
        Err(failure) => {
            metrics.delivery_failures.inc();
            let jitter = Platform.random::<1>().map_or(0.5, |[byte]| f64::from(byte) / 255.0);
            let retry_at =
                if failure.for_good { None } else { next_attempt(due.attempts + 1, Platform.now(), jitter) };
            tracing::warn!(
                centre = %centre.code,
                dispatch.id = %due.dispatch,
                delivery.id = %id,
                delivery.attempts = due.attempts + 1,
                error = %failure.code,
                "a webhook did not arrive"
            );
            DeliveryResult::Failed { error: failure.code, retry_at }
        }
    };
    note_outcome(centre, id, due, result).await;
}

/// Notes the outcome until the store takes it: an arrived delivery that is not noted would go out again.
async fn note_outcome(centre: &Centre, id: DeliveryId, due: &Due, result: DeliveryResult) {
    let key = format!("delivery/{id}/attempt/{}", due.attempts + 1);
    loop {
        let command =
            Command::RecordDelivery { dispatch: due.dispatch, delivery: id, result: result.clone() };
        let submission = Submission::of_system(&key, command, Platform.now());
        match centre.commands.submit(submission).await {
            Ok(_)
            | Err(crate::command::SubmitError::Rejected(_) | crate::command::SubmitError::KeyReused) => {
                return;
            }
            Err(error) => {
                tracing::warn!(centre = %centre.code, delivery.id = %id, %error, "an outcome could not be noted yet");
                tokio::time::sleep(NOTE_AGAIN).await;
            }
        }
    }
}

fn parcel(centre: &Centre, due: &Due) -> Option<Parcel> {
    let audience = Audience::Agency(due.agency.clone());
    centre.hub.read(|memory| {
        let dispatch = memory.dispatch(due.dispatch)?;
        let incident = memory.incident(dispatch.dispatch.incident)?;
        let reports = incident.incident.reports.iter().filter_map(|id| memory.report(*id));
        Some(Parcel {
            dispatch: dispatch_view(&dispatch, &audience),
            reports: reports.map(|held| report_view(&held, &audience)).collect(),
            incident: incident_view(&incident, &audience),
        })
    })
}
