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
mod card;
mod dial;
mod email;
mod gateway;
pub mod inbound;
mod lanes;
mod line;
mod message;
mod neighbour;
mod push;
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
pub use dial::{Dialler, Network, Reach, Targets};
pub use email::{EmailSender, MailServer};
pub use gateway::{Dialect, Gateway, GatewaySender};
pub use lanes::{Circuit, Lanes, Limits, Wait};
pub use line::LineSender;
pub use message::{Button, Message, Surroundings, compose};
pub use neighbour::{CHANNEL as NEIGHBOUR_CHANNEL, Signature, secrets_of, start_neighbours};
pub use push::PushSender;
pub use secret::Secret;
pub use sender::{Failure, Permit, Receipt, Sender, Standing};
pub use settings::{ForwardFile, ForwardSettings};
pub use sms::SmsSender;
pub use telegram::TelegramSender;
pub use vapid::Vapid;
pub use webhook::{Parcel, WebhookSender, secret_bytes, sign};
pub use whatsapp::{Templates, WhatsappSender};
pub use worker::start_worker;

#[cfg(doc)]
use crate::centre::LiveCentre;
