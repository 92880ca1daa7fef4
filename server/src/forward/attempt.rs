//! One attempt at one delivery: what is told, to which addresses, how it went, and the command that notes
//! it. An attempt whose outcome is not noted is made again: at least once.

use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::command::{Command, DeliveryResult};
use kentongan_domain::delivery::{DeliveryChannel, Notice};
use kentongan_domain::dispatch::{DispatchAct, Via};
use kentongan_domain::ids::{DeliveryId, DispatchId, EpochUs};
use kentongan_domain::people::{Actor, Role};

use super::address::Address;
use super::board::Board;
use super::book::Book;
use super::message::{Button, Message, Surroundings, compose};
use super::providers::Providers;
use super::retry::next_attempt;
use super::sender::{Failure, Receipt, Standing};
use super::webhook::Parcel;
use crate::centre::{Centre, LiveCentre};
use crate::command::{Submission, SubmitError};
use crate::link::{LINK_LIFE_US, Linked, Links};
use crate::metrics::Metrics;
use crate::platform::Platform;
use crate::stream::audience::Audience;
use crate::stream::{dispatch_view, incident_view, report_view};

/// Pause before the outcome of an attempt is noted again when the store refused it.
const NOTE_AGAIN: Duration = Duration::from_millis(500);

/// What a button's token begins with when it takes on, and when it refuses; the delivery's id follows.
pub const ACCEPT: &str = "terima:";
/// See [`ACCEPT`].
pub const REJECT: &str = "tolak:";

/// One delivery to make.
#[derive(Debug, Clone)]
pub struct Due {
    /// The delivery.
    pub id: DeliveryId,
    /// Its dispatch.
    pub dispatch: DispatchId,
    /// The agency's code.
    pub agency: String,
    /// The contact's code, or the agency's.
    pub contact: String,
    /// The channel.
    pub channel: DeliveryChannel,
    /// What is told.
    pub notice: Notice,
    /// Which wording.
    pub wording: u32,
    /// Attempts made before.
    pub attempts: u32,
}

/// What every attempt of a centre uses.
pub struct Kit {
    /// The centre.
    pub live: LiveCentre,
    /// Its senders.
    pub providers: Providers,
    /// Its addresses.
    pub book: Book,
    /// Signed links.
    pub links: Arc<Links>,
    /// Measures.
    pub metrics: Arc<Metrics>,
    /// How the ways out are doing.
    pub board: Arc<Board>,
}

/// How an attempt ended, for the lane it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Whether the provider did its part.
    pub well: bool,
    /// Until when it asked to be left alone (epoch µs).
    pub pause_until: Option<EpochUs>,
}

/// Makes one attempt and notes how it went; returns when that is stored.
pub async fn attempt(kit: &Kit, due: &Due) -> Ended {
    let now = Platform.now();
    let told = tell(kit, due, now).await;
    let code = told.as_ref().err().map_or("taken", |failure| failure.code.as_str());
    kit.board.metrics().attempt(due.channel.code(), code);
    let ended = ended(told.as_ref().err(), now);
    match told {
        Ok(receipt) => {
            kit.metrics.deliveries.inc();
            let result = match receipt.standing {
                Standing::Sent => DeliveryResult::Sent { provider_id: receipt.provider_id },
                Standing::Delivered | Standing::Acknowledged => DeliveryResult::Arrived,
            };
            note(kit, due, result).await;
            if receipt.standing == Standing::Acknowledged {
                acknowledged(kit, due).await;
            }
        }
        Err(failure) => {
            kit.metrics.delivery_failures.inc();
            tracing::warn!(
                centre = %kit.live.centre().code,
                dispatch.id = %due.dispatch,
                delivery.id = %due.id,
                delivery.channel = due.channel.code(),
                delivery.attempts = due.attempts + 1,
                error = %failure.code,
                "a message did not arrive"
            );
            note(kit, due, result_of(failure, due.attempts + 1, Platform.now())).await;
        }
    }
    ended
}

/// What a failure means for the delivery.
fn result_of(failure: Failure, attempts: u32, now: EpochUs) -> DeliveryResult {
    let jitter = Platform.random::<1>().map_or(0.5, |[byte]| f64::from(byte) / 255.0);
    let asked = failure.retry_after_ms.map(|ms| after_ms(now, ms));
    let next = next_attempt(attempts, now, jitter).map(|at| asked.map_or(at, |asked| at.max(asked)));
    let retry_at = next.filter(|_| !failure.for_good);
    if failure.may_have_arrived {
        DeliveryResult::Unknown { error: failure.code, retry_at }
    } else {
        DeliveryResult::Failed { error: failure.code, retry_at }
    }
}

fn after_ms(now: EpochUs, ms: u64) -> EpochUs {
    now.saturating_add(i64::try_from(ms).unwrap_or(i64::MAX).saturating_mul(1000))
}

/// Failures of one receiver, or of ours: they say nothing against the provider.
const NOT_THE_PROVIDERS: [&str; 12] = [
    "no_provider",
    "no_address",
    "no_longer_held",
    "wrong_address",
    "address_not_allowed",
    "rejected",
    "gone",
    "nothing_to_tell",
    "not_encrypted",
    "no_json",
    "no_mail",
    "store",
];

fn ended(failure: Option<&Failure>, now: EpochUs) -> Ended {
    let Some(failure) = failure else { return Ended { well: true, pause_until: None } };
    let receivers = failure.for_good || NOT_THE_PROVIDERS.contains(&failure.code.as_str());
    // One that says how long to wait is well, and busy.
    let busy = failure.code == "rate_limited";
    let pause_until = failure.retry_after_ms.filter(|_| busy).map(|ms| after_ms(now, ms));
    Ended { well: receivers || busy, pause_until }
}

async fn tell(kit: &Kit, due: &Due, now: EpochUs) -> Result<Receipt, Failure> {
    let provider = kit.providers.get(due.channel).ok_or_else(|| Failure::for_good("no_provider"))?;
    let addresses = kit.book.addresses(&due.agency, &due.contact, due.channel).await?;
    let message =
        message_of(kit.live.centre(), &kit.links, due).ok_or_else(|| Failure::for_good("no_longer_held"))?;
    let mut told: Option<Receipt> = None;
    let mut failed: Option<Failure> = None;
    for address in &addresses {
        match provider.sender.send(address, &message, now).await {
            Ok(receipt) => told = told.or(Some(receipt)),
            Err(failure) => {
                if let (true, Address::Push { endpoint, .. }) = (failure.code == "gone", address) {
                    kit.book.drop_browser(endpoint).await;
                    forget_browser(kit.live.centre()).await;
                }
                // What may still help is told before what is over.
                if failed.as_ref().is_none_or(|known| known.for_good) {
                    failed = Some(failure);
                }
            }
        }
    }
    // One browser that rang is enough; the others are not worth ringing it again.
    told.ok_or_else(|| failed.unwrap_or_else(|| Failure::for_good("no_address")))
}

/// The duty book must not name a way that is gone.
async fn forget_browser(centre: &Centre) {
    if let Err(error) = centre.duty.refresh(&centre.store, &centre.code).await {
        tracing::warn!(centre = %centre.code, %error, "the duty book could not be read again");
    }
}

/// What is told: made from what the agency itself may see.
fn message_of(centre: &Centre, links: &Links, due: &Due) -> Option<Message> {
    let audience = Audience::Agency(due.agency.clone());
    let (parcel, reply_code, queued_at) = centre.hub.read(|memory| {
        let dispatch = memory.dispatch(due.dispatch)?;
        let incident = memory.incident(dispatch.dispatch.incident)?;
        let reports = incident.incident.reports.iter().filter_map(|id| memory.report(*id));
        let parcel = Parcel {
            dispatch: dispatch_view(&dispatch, &audience),
            reports: reports.map(|held| report_view(&held, &audience)).collect(),
            incident: incident_view(&incident, &audience),
        };
        Some((parcel, dispatch.dispatch.reply_code.clone(), dispatch.dispatch.queued_at))
    })?;
    let reference = &centre.reference;
    let kind = reference.incident_type(&parcel.incident.type_code);
    let answered = matches!(due.notice, Notice::Order | Notice::Correction);
    let linked = Linked { dispatch: due.dispatch, delivery: due.id };
    let ends_at = queued_at.saturating_add(LINK_LIFE_US);
    let button =
        |label: &str, token: &str| Button { label: label.to_owned(), token: format!("{token}{}", due.id) };
    let around = Surroundings {
        delivery: due.id.to_string(),
        notice: due.notice,
        wording: due.wording,
        centre_name: reference.pack.profile.name.clone(),
        agency_name: reference.agency(&due.agency).map_or_else(|| due.agency.clone(), |one| one.name.clone()),
        type_name: kind.map(|kind| kind.name_id.clone()),
        sensitive: kind.is_some_and(|kind| kind.sensitive),
        link: links.url(&centre.code, linked, ends_at).filter(|_| answered),
        reply_code: reply_code.filter(|_| answered),
        buttons: if answered { vec![button("Terima", ACCEPT), button("Tolak", REJECT)] } else { Vec::new() },
    };
    Some(compose(parcel, around))
}

/// Notes the outcome until the store takes it: an arrived delivery that is not noted would go out again.
async fn note(kit: &Kit, due: &Due, result: DeliveryResult) {
    let key = format!("delivery/{}/attempt/{}", due.id, due.attempts + 1);
    submit(kit, due, &key, || {
        let command =
            Command::RecordDelivery { dispatch: due.dispatch, delivery: due.id, result: result.clone() };
        (Actor::system(), command)
    })
    .await;
}

/// The agency's own server took it on in its answer.
async fn acknowledged(kit: &Kit, due: &Due) {
    if !matches!(due.notice, Notice::Order | Notice::Correction) {
        return;
    }
    let key = format!("webhook/{}/acknowledge", due.id);
    submit(kit, due, &key, || {
        let actor = Actor {
            name: format!("webhook:{}", due.agency),
            role: Some(Role::Agency),
            agency: Some(due.agency.clone()),
        };
        let (act, via) = (DispatchAct::Acknowledge, Via::Webhook);
        (actor, Command::Act { dispatch: due.dispatch, act, via, reason: None, units: Vec::new() })
    })
    .await;
}

async fn submit(kit: &Kit, due: &Due, key: &str, make: impl Fn() -> (Actor, Command)) {
    let centre = kit.live.centre();
    loop {
        let (actor, command) = make();
        let submission = Submission { actor, ..Submission::of_system(key, command, Platform.now()) };
        match centre.commands.submit(submission).await {
            Ok(_) | Err(SubmitError::Rejected(_) | SubmitError::KeyReused) => return,
            Err(error) => {
                tracing::warn!(centre = %centre.code, delivery.id = %due.id, %error, "an outcome could not be noted yet");
                tokio::time::sleep(NOTE_AGAIN).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_failure_means_for_the_delivery() {
        let again = |failure| match result_of(failure, 1, 0) {
            DeliveryResult::Failed { error, retry_at } => (error, false, retry_at),
            DeliveryResult::Unknown { error, retry_at } => (error, true, retry_at),
            other => panic!("{other:?}"),
        };
        let (error, unknown, at) = again(Failure::again("refused"));
        assert!(error == "refused" && !unknown && (1_000_000..=1_500_000).contains(&at.unwrap()));
        assert_eq!(again(Failure::for_good("gone")), ("gone".to_owned(), false, None));
        let lost = Failure { may_have_arrived: true, ..Failure::again("timeout") };
        assert!(again(lost).1);
        let busy = Failure { retry_after_ms: Some(30_000), ..Failure::again("rate_limited") };
        assert_eq!(again(busy.clone()).2, Some(30_000_000));
        assert_eq!(ended(Some(&busy), 5), Ended { well: true, pause_until: Some(30_000_005) });
        assert_eq!(
            result_of(Failure::again("x"), 16, 0),
            DeliveryResult::Failed { error: "x".into(), retry_at: None }
        );
    }

    #[test]
    fn whose_fault_it_is() {
        for (failure, well) in [
            (Failure::again("timeout"), false),
            (Failure::again("status_500"), false),
            (Failure::again("unauthorized"), false),
            (Failure::again("no_receipt"), false),
            (Failure::for_good("rejected"), true),
            (Failure::for_good("whatsapp_131026"), true),
            (Failure::again("address_not_allowed"), true),
        ] {
            assert_eq!(ended(Some(&failure), 0).well, well, "{failure:?}");
        }
        assert!(ended(None, 0).well);
    }
}
