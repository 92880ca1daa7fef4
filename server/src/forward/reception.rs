//! What becomes of what providers tell: a button or an answer of a contact is an act of the agency, a status
//! is noted with its delivery, and what cannot be taken is shown to the desk.
//!
//! Who writes is checked against the agency's contacts on that very channel: a code that was forwarded to
//! somebody else acknowledges nothing.

use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::command::{Command, DeliveryResult};
use kentongan_domain::delivery::{Delivery, DeliveryChannel};
use kentongan_domain::dispatch::{DispatchAct, ReplyDoubt, Via};
use kentongan_domain::ids::{DeliveryId, DispatchId};
use kentongan_domain::people::{Actor, Role};

use super::address::number;
use super::attempt::{ACCEPT, REJECT};
use super::book::Book;
use super::inbound::{Fate, Inbound, Origin};
use super::reply::{self, Answer};
use crate::centre::LiveCentre;
use crate::command::{Erasable, Submission, SubmitError};
use crate::platform::Platform;
use crate::stream::HeldDispatch;

/// A status may come before our own note of the message that it is about: so long it waits for it.
const STATUS_WAITS: Duration = Duration::from_secs(2);
/// What a refusal without a word says.
const NO_REASON: &str = "tanpa alasan";

/// What became of something that a provider told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// The agency knows; the incident's number.
    Acknowledged(String),
    /// Somebody was first; the incident's number.
    Already(String),
    /// The agency refuses; the incident's number.
    Refused(String),
    /// The dispatch is over; the incident's number. The desk is shown it.
    TooLate(String),
    /// The writer is no contact of that agency. The desk is shown it.
    Stranger,
    /// No dispatch has that code or button.
    NoSuchDispatch,
    /// A delivery's status was noted.
    Noted,
    /// It was no answer, or about nothing of ours.
    Nothing,
}

impl Taken {
    /// The stable name, for measures.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Acknowledged(_) => "acknowledged",
            Self::Already(_) => "already",
            Self::Refused(_) => "refused",
            Self::TooLate(_) => "too_late",
            Self::Stranger => "stranger",
            Self::NoSuchDispatch => "no_such_dispatch",
            Self::Noted => "noted",
            Self::Nothing => "nothing",
        }
    }

    /// What is said to the writer; none when nothing is.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Acknowledged(number) => Some(format!("Diterima: {number}. Terima kasih.")),
            Self::Already(number) => Some(format!("{number} sudah diterima sebelumnya.")),
            Self::Refused(number) => Some(format!("Penolakan dicatat: {number}.")),
            Self::TooLate(number) => Some(format!("Penugasan {number} sudah berakhir.")),
            Self::Stranger => Some("Akun ini bukan kontak instansi tersebut. Hubungi 112.".to_owned()),
            Self::NoSuchDispatch => Some("Kode tidak dikenal. Periksa lagi, atau hubungi 112.".to_owned()),
            Self::Noted | Self::Nothing => None,
        }
    }
}

/// Takes what the providers of one live centre tell.
pub struct Reception {
    live: LiveCentre,
    book: Book,
}

impl Reception {
    /// A live centre's; a drill has none, as nothing was sent.
    pub fn new(live: LiveCentre) -> Self {
        let book = Book::new(Arc::clone(&live.centre().store), live.centre().code.clone());
        Self { live, book }
    }

    /// Takes one thing.
    ///
    /// # Errors
    /// When the store does not take it now: the provider should tell it again.
    pub async fn take(&self, channel: DeliveryChannel, told: Inbound) -> Result<Taken, SubmitError> {
        match told {
            Inbound::Status { provider_id, delivery, fate } => {
                self.status(channel, &provider_id, delivery.as_deref(), fate).await
            }
            Inbound::Button { token, from, .. } => self.button(channel, &token, &from).await,
            Inbound::Reply { text, from, .. } => self.reply(channel, &text, &from).await,
        }
    }

    async fn status(
        &self,
        channel: DeliveryChannel,
        provider_id: &str,
        delivery: Option<&str>,
        fate: Fate,
    ) -> Result<Taken, SubmitError> {
        let delivery: Option<DeliveryId> = delivery.and_then(|id| id.parse().ok());
        let is = |one: &Delivery| {
            one.channel == channel
                && (one.provider_id.as_deref() == Some(provider_id) || Some(one.id) == delivery)
        };
        let Some((dispatch, delivery)) = self.wait_for(is).await else { return Ok(Taken::Nothing) };
        let (name, result) = match fate {
            Fate::Sent => ("sent", DeliveryResult::Sent { provider_id: Some(provider_id.to_owned()) }),
            Fate::Delivered => ("delivered", DeliveryResult::Arrived),
            Fate::Seen => ("seen", DeliveryResult::Seen),
            Fate::Failed(error) => ("failed", DeliveryResult::Failed { error, retry_at: None }),
        };
        let command = Command::RecordDelivery { dispatch, delivery, result };
        self.submit(
            &format!("delivery/{delivery}/told/{name}"),
            Actor::system(),
            command,
            Erasable::default(),
        )
        .await?;
        Ok(Taken::Noted)
    }

    /// The delivery that it is about, as soon as it is known.
    async fn wait_for(&self, is: impl Fn(&Delivery) -> bool) -> Option<(DispatchId, DeliveryId)> {
        let hub = &self.live.centre().hub;
        let mut head = hub.follow();
        let found = || {
            hub.read(|memory| {
                memory.dispatches().find_map(|held| {
                    let delivery = held.dispatch.deliveries.iter().find(|one| is(one))?;
                    Some((held.dispatch.id, delivery.id))
                })
            })
        };
        let known = async {
            loop {
                head.mark_unchanged();
                if let Some(known) = found() {
                    return Some(known);
                }
                if head.changed().await.is_err() {
                    return None;
                }
            }
        };
        tokio::time::timeout(STATUS_WAITS, known).await.ok().flatten()
    }

    async fn button(
        &self,
        channel: DeliveryChannel,
        token: &str,
        from: &Origin,
    ) -> Result<Taken, SubmitError> {
        let read = [(ACCEPT, DispatchAct::Acknowledge), (REJECT, DispatchAct::Reject)]
            .into_iter()
            .find_map(|(begin, act)| Some((token.strip_prefix(begin)?.parse::<DeliveryId>().ok()?, act)));
        let Some((delivery, act)) = read else { return Ok(Taken::Nothing) };
        let held = self.live.centre().hub.read(|memory| {
            let of = |held: &&Arc<HeldDispatch>| {
                held.dispatch.deliveries.iter().any(|one| one.id == delivery && one.channel == channel)
            };
            memory.dispatches().find(of).cloned()
        });
        let Some(held) = held else { return Ok(Taken::NoSuchDispatch) };
        self.act(channel, &held, from, act, Via::Button, NO_REASON).await
    }

    async fn reply(&self, channel: DeliveryChannel, text: &str, from: &Origin) -> Result<Taken, SubmitError> {
        let (code, act, reason) = match reply::read(text) {
            None => return Ok(Taken::Nothing),
            Some(Answer::Accept { code }) => (code, DispatchAct::Acknowledge, String::new()),
            Some(Answer::Reject { code, reason }) => (code, DispatchAct::Reject, reason),
        };
        let held = self.live.centre().hub.read(|memory| {
            let with_code =
                || memory.dispatches().filter(|held| held.dispatch.reply_code.as_ref() == Some(&code));
            let open = || with_code().filter(|held| !held.dispatch.state.is_final());
            match open().count() {
                1 => open().next().cloned(),
                // Of those that are over the last had it.
                0 => with_code().max_by_key(|held| held.dispatch.queued_at).cloned(),
                // Two that share a code: it counts for neither.
                _ => None,
            }
        });
        let Some(held) = held else { return Ok(Taken::NoSuchDispatch) };
        let reason = if reason.is_empty() { NO_REASON } else { reason.as_str() };
        self.act(channel, &held, from, act, Via::Reply, reason).await
    }

    async fn act(
        &self,
        channel: DeliveryChannel,
        held: &HeldDispatch,
        from: &Origin,
        act: DispatchAct,
        via: Via,
        reason: &str,
    ) -> Result<Taken, SubmitError> {
        let dispatch = &held.dispatch;
        let number = held.incident_number.clone();
        let is = |target: &str| is_from(channel, target, from);
        let contacts = self.book.contacts_at(channel, is).await.map_err(SubmitError::Store)?;
        let Some((_, contact)) = contacts.into_iter().find(|(agency, _)| *agency == dispatch.agency) else {
            self.doubt(held, ReplyDoubt::Stranger).await?;
            return Ok(Taken::Stranger);
        };
        let actor = Actor {
            name: format!("contact:{}/{contact}", dispatch.agency),
            role: Some(Role::Agency),
            agency: Some(dispatch.agency.clone()),
        };
        let mut erasable = Erasable::default();
        let reason = if act == DispatchAct::Reject {
            let mut ids = Platform.ids().map_err(|_| SubmitError::Overloaded)?;
            erasable.note(&mut ids, &dispatch.id.to_string(), Some(reason.to_owned()))
        } else {
            None
        };
        let command = Command::Act { dispatch: dispatch.id, act, via, reason, units: Vec::new() };
        let key = format!("answer/{}/{contact}/{}/{}", dispatch.id, via_code(via), act.code());
        match self.submit(&key, actor, command, erasable).await {
            Ok(true) if act == DispatchAct::Reject => Ok(Taken::Refused(number)),
            Ok(true) => Ok(Taken::Acknowledged(number)),
            Ok(false) => {
                let now = self.live.centre().hub.read(|memory| memory.dispatch(dispatch.id));
                let over = now.as_ref().is_none_or(|now| now.dispatch.state.is_final());
                if over {
                    self.doubt(held, ReplyDoubt::TooLate).await?;
                    return Ok(Taken::TooLate(number));
                }
                Ok(Taken::Already(number))
            }
            Err(error) => Err(error),
        }
    }

    async fn doubt(&self, held: &HeldDispatch, doubt: ReplyDoubt) -> Result<(), SubmitError> {
        let dispatch = &held.dispatch;
        let key = format!("doubt/{}/{doubt:?}/{}", dispatch.id, dispatch.version);
        let command = Command::DoubtReply { dispatch: dispatch.id, doubt };
        self.submit(&key, Actor::system(), command, Erasable::default()).await.map(drop)
    }

    /// Hands a command in; false when the rules refuse it.
    async fn submit(
        &self,
        key: &str,
        actor: Actor,
        command: Command,
        erasable: Erasable,
    ) -> Result<bool, SubmitError> {
        let submission =
            Submission { actor, erasable, ..Submission::of_system(key, command, Platform.now()) };
        match self.live.centre().commands.submit(submission).await {
            Ok(_) => Ok(true),
            Err(SubmitError::Rejected(_) | SubmitError::KeyReused) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

const fn via_code(via: Via) -> &'static str {
    match via {
        Via::Button => "button",
        Via::Reply => "reply",
        _ => "other",
    }
}

/// Whether a contact's address is the one that something came from.
fn is_from(channel: DeliveryChannel, target: &str, from: &Origin) -> bool {
    match channel {
        DeliveryChannel::Whatsapp | DeliveryChannel::Gateway | DeliveryChannel::Sms => {
            number(target).is_some_and(|number| from.is(&number))
        }
        _ => from.is(target),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_numbers() {
        let from = Origin { chat: "6281234567890".to_owned(), user: None };
        for target in ["+6281234567890", "0812-3456-7890", "6281234567890"] {
            assert!(is_from(DeliveryChannel::Sms, target, &from), "{target}");
            assert!(!is_from(DeliveryChannel::Telegram, "+6281234567890", &from));
        }
        assert!(!is_from(DeliveryChannel::Sms, "+6281234567891", &from));
        let group = Origin { chat: "-100".to_owned(), user: Some("7".to_owned()) };
        assert!(
            is_from(DeliveryChannel::Telegram, "-100", &group)
                && is_from(DeliveryChannel::Telegram, "7", &group)
        );
    }
}
