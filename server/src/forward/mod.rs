//! The way out: carries dispatches to agencies and notes how it went. One file an outbound link.
//!
//! The worker is a cursor over the log: deliveries are made in the dispatch's own transaction, and
//! whatever was pending when the process died is pending when it starts again. At least once, with a
//! key by which the receiver drops doubles. "Delivered" is never "acknowledged".
//!
//! A sender can be made with the [`Permit`] of a [`LiveCentre`] only, and a drill centre has no way to
//! become one:
//!
//! ```
//! use kentongan::centre::LiveCentre;
//! use kentongan::forward::{Dialler, Permit, Targets, WebhookSender};
//!
//! fn sender(live: &LiveCentre) -> anyhow::Result<WebhookSender> {
//!     let permit = Permit::of(live);
//!     Ok(WebhookSender::new(&permit, Dialler::new(&permit, Targets::default())?))
//! }
//! ```
//!
//! ```compile_fail
//! use std::sync::Arc;
//! use kentongan::centre::Centre;
//! use kentongan::forward::Permit;
//!
//! fn permit(drill: &Arc<Centre>) -> Permit {
//!     Permit::of(drill)
//! }
//! ```
//!
//! ```compile_fail
//! use kentongan::forward::Permit;
//!
//! fn permit() -> Permit {
//!     Permit { centre: "kediri-latihan".to_owned() }
//! }
//! ```
//!
//! ```compile_fail
//! use std::sync::Arc;
//! use kentongan::centre::{Centre, LiveCentre};
//!
//! fn live(drill: Arc<Centre>) -> LiveCentre {
//!     LiveCentre(drill)
//! }
//! ```

mod address;
mod answer;
mod attempt;
mod board;
mod book;
mod card;
mod dial;
mod email;
mod gateway;
mod heartbeat;
pub mod inbound;
mod lanes;
mod line;
mod message;
mod neighbour;
mod providers;
mod push;
mod reception;
pub mod reply;
mod retry;
mod secret;
mod sender;
mod settings;
mod sms;
mod telegram;
mod text;
#[cfg(test)]
mod trial;
mod vapid;
mod webhook;
mod whatsapp;
mod worker;

pub use address::{Address, number};
pub use board::{Board, ForwardMetrics};
pub use dial::{Dialler, Network, Reach, Targets};
pub use email::{EmailSender, MailServer};
pub use gateway::{Dialect, Gateway, GatewaySender};
pub use lanes::{Circuit, Lanes, Limits, Wait};
pub use line::LineSender;
pub use message::{Button, Message, Surroundings, compose};
pub use neighbour::{CHANNEL as NEIGHBOUR_CHANNEL, Signature, secrets_of, start_neighbours};
pub use push::PushSender;
pub use reception::{Reception, Taken};
pub use secret::Secret;
pub use sender::{Failure, Permit, Receipt, Sender, Standing};
pub use settings::{ForwardFile, ForwardSettings};
pub use sms::SmsSender;
pub use telegram::TelegramSender;
pub use vapid::Vapid;
pub use webhook::{Parcel, WebhookSender, secret_bytes, sign};
pub use whatsapp::{Templates, WhatsappSender};
pub use worker::start_worker;

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::centre::Shared;
use crate::platform::Platform;
use crate::settings::Settings;

#[cfg(doc)]
use crate::centre::LiveCentre;

/// What all centres of a process share of the way out.
#[derive(Debug)]
pub struct Forwarding {
    /// Providers, as set.
    pub settings: ForwardSettings,
    /// The server's key for push services.
    pub vapid: Vapid,
    /// How the ways out are doing.
    pub board: Arc<Board>,
}

impl Forwarding {
    /// Takes the push key from the settings, or from the database, where the first node to start puts one.
    ///
    /// # Errors
    /// When the database cannot be read, or a key in it is none.
    pub async fn open(shared: &Shared, settings: &Settings) -> anyhow::Result<Self> {
        let vapid = if let Some(push) = &settings.forward.push {
            push.with.clone()
        } else {
            let fresh = URL_SAFE_NO_PAD.encode(Platform.random::<32>()?);
            let kept = shared.store.secret("push-key", &fresh, Platform.now()).await?;
            let own = settings.public_url.as_deref().filter(|url| url.starts_with("https://"));
            Vapid::new(&Secret::new(&kept), own.unwrap_or("mailto:112@localhost"))?
        };
        let board = Arc::new(Board::new(shared.metrics.forward.clone()));
        Ok(Self { settings: settings.forward.clone(), vapid, board })
    }
}
