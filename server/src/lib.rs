//! The server of Kentongan: one binary that takes reports, shows them, and forwards them.
//!
//! One way in ([`command`]), one log (the store crate), one way out ([`forward`], [`stream`]).
//! See `docs/ARCHITECTURE.md`.

pub mod agreement;
pub mod auth;
pub mod centre;
pub mod cli;
pub mod command;
pub mod demo;
pub mod duty;
pub mod forward;
pub mod http;
pub mod intake;
pub mod landmarks;
pub mod link;
pub mod logging;
pub mod metrics;
pub mod pack;
pub mod photo;
pub mod platform;
pub mod recommendation;
pub mod serve;
pub mod settings;
pub mod stream;
pub mod tls;
pub mod travel;
pub mod units;
pub mod weights;
