//! The way to neighbouring centres: what is offered goes out until it has arrived, and what was handed to us is
//! answered, to a centre of this server or by HTTP to another one, signed.
//!
//! A task of a live centre only, by type; a centre of this server is written to only when it is live, too. Both sides
//! find a repetition by the transfer's id, so whatever was not noted before the process died is sent again.

mod attempt;
mod link;
mod signed;
mod worker;

use std::sync::Arc;

pub use link::CHANNEL;
pub use signed::{Signature, secrets_of};

use self::attempt::Ways;
use self::worker::Worker;
use super::dial::Dialler;
use super::sender::Permit;
use super::settings::ForwardSettings;
use crate::centre::{Centre, Centres, Shared};

/// Starts the task of every live centre.
///
/// # Errors
/// When the TLS library cannot start.
pub fn start_neighbours(
    centres: &Arc<Centres>,
    shared: &Shared,
    settings: &ForwardSettings,
) -> anyhow::Result<()> {
    for live in centres.values().filter_map(Centre::live) {
        let dialler = Dialler::new(&Permit::of(&live), settings.targets.clone())?;
        let ways = Ways { live, centres: Arc::clone(centres), store: Arc::clone(&shared.store), dialler };
        let shutdown = shared.shutdown.clone();
        shared.tasks.spawn(async move {
            tokio::select! {
                () = Worker::new(Arc::new(ways)).run() => {}
                // An attempt that is cut off is made again after the start.
                () = shutdown.cancelled() => {}
            }
        });
    }
    Ok(())
}
