//! The way out: carries dispatches to agencies and notes how it went. One file an outbound link.
//!
//! The worker is a cursor over the log: deliveries are made in the dispatch's own transaction, and
//! whatever was pending when the process died is pending when it starts again. At least once, with a
//! key by which the receiver drops doubles. "Delivered" is never "acknowledged".
//!
//! A link can be made for a [`LiveCentre`] only, and a drill centre has no way to become one.

mod retry;
mod webhook;
mod worker;

pub use webhook::{WebhookLink, secret_bytes, sign};
pub use worker::start_worker;

#[cfg(doc)]
use crate::centre::LiveCentre;
