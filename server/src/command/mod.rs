//! The write path: one writer task per centre is the only way to change anything.
//!
//! Handlers, deadlines and deliveries hand in a [`Submission`] and wait for [`Committed`]; what is
//! answered is durable. Nothing here talks to a socket.

mod batch;
mod deadlines;
mod erasable;
mod follow;
mod load;
mod outcome;
mod patience;
mod rows;
mod undo;
mod writer;

use std::time::Duration;

use kentongan_domain::command::Command;
use kentongan_domain::ids::{DispatchId, EpochUs, IncidentId, ReportId};
use kentongan_domain::people::Actor;
use kentongan_domain::rejection::Rejection;
use kentongan_store::StoreError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

pub use batch::{actor_from_words, actor_words};
pub use erasable::{Erasable, TextKind};
pub use load::{Loaded, load_centre, words_of};
pub use rows::{
    delivery_rows, dispatch_from_row, dispatch_to_row, incident_from_row, incident_to_row, report_from_row,
    report_to_row, unit_from_row, unit_to_row,
};
pub use writer::{Writer, WriterParts};

/// Commands that may wait at a centre's writer: about two seconds of a nation's burst.
pub const QUEUE_LENGTH: usize = 4_096;
/// Commands decided in one transaction at most, so that no commit grows without bound.
pub const BATCH_LENGTH: usize = 128;
/// How long a command may wait for a place in the queue before it is answered with 503.
const QUEUE_PATIENCE: Duration = Duration::from_secs(5);

/// One command on its way to the writer.
#[derive(Debug)]
pub struct Submission {
    /// The idempotency key.
    pub command_id: Uuid,
    /// A second key under which the same outcome is found again: a channel's own id of a report.
    pub alias: Option<Uuid>,
    /// SHA-256 of what was asked, to tell a repetition from a reuse of the key.
    pub fingerprint: [u8; 32],
    /// What is asked.
    pub command: Command,
    /// Who asks.
    pub actor: Actor,
    /// When it was received (epoch µs).
    pub received_at: EpochUs,
    /// Names, numbers and texts that the command's events refer to.
    pub erasable: Erasable,
    /// JSON kept with the outcome and given again on repetition; no personal data.
    pub keepsake: Option<String>,
}

impl Submission {
    /// A submission of the server itself, with a key made of what it is about, so that asking twice
    /// (another node, a restart) is the same command.
    pub fn of_system(key: &str, command: Command, now: EpochUs) -> Self {
        Self {
            command_id: Uuid::new_v5(&SYSTEM_KEYS, key.as_bytes()),
            alias: None,
            fingerprint: fingerprint(&[key.as_bytes()]),
            command,
            actor: Actor::system(),
            received_at: now,
            erasable: Erasable::default(),
            keepsake: None,
        }
    }
}

/// Namespace of the keys the server makes for its own commands.
const SYSTEM_KEYS: Uuid = Uuid::from_u128(0x6b65_6e74_6f6e_6761_6e5f_7379_7374_656d);

/// SHA-256 over parts, each preceded by its length.
pub fn fingerprint(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// What a command changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Target {
    /// A report.
    Report(ReportId),
    /// An incident.
    Incident(IncidentId),
    /// A dispatch.
    Dispatch(DispatchId),
    /// Nothing: it was settled already.
    Nothing,
}

/// A durable outcome.
#[derive(Debug, Clone)]
pub struct Committed {
    /// What was changed.
    pub target: Target,
    /// The log's number after it.
    pub seq: i64,
    /// Whether this is the outcome of an earlier command with the same key.
    pub repeated: bool,
    /// The keepsake of the first command.
    pub keepsake: Option<String>,
}

/// What the `commands` table keeps.
#[derive(Debug, Serialize, Deserialize)]
struct StoredOutcome {
    target: Target,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keepsake: Option<Box<serde_json::value::RawValue>>,
}

/// Why a command was not carried out.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SubmitError {
    /// The rules refuse it.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The key belongs to another request.
    #[error("this Idempotency-Key was used for another request; use a new one")]
    KeyReused,
    /// The store refuses; nothing was acknowledged.
    #[error("the store cannot take it now: {0}")]
    Store(StoreError),
    /// The writer is gone or its queue stays full.
    #[error("the centre cannot take more commands now")]
    Overloaded,
}

/// A command with the place its outcome goes to.
#[derive(Debug)]
pub struct Queued {
    pub(crate) submission: Submission,
    pub(crate) answer: oneshot::Sender<Result<Committed, SubmitError>>,
}

/// The way in: cheap to clone.
#[derive(Debug, Clone)]
pub struct Commands {
    queue: mpsc::Sender<Queued>,
}

impl Commands {
    /// A way in and the writer's end of it.
    pub fn channel() -> (Self, mpsc::Receiver<Queued>) {
        let (queue, receiver) = mpsc::channel(QUEUE_LENGTH);
        (Self { queue }, receiver)
    }

    /// Hands in a command and waits until its outcome is durable.
    ///
    /// # Errors
    /// [`SubmitError`]; then nothing was changed, except that a store which broke during its commit
    /// leaves it open: the same key tells.
    pub async fn submit(&self, submission: Submission) -> Result<Committed, SubmitError> {
        let (answer, outcome) = oneshot::channel();
        let queued = Queued { submission, answer };
        match tokio::time::timeout(QUEUE_PATIENCE, self.queue.send(queued)).await {
            Ok(Ok(())) => outcome.await.unwrap_or(Err(SubmitError::Overloaded)),
            Ok(Err(_)) | Err(_) => Err(SubmitError::Overloaded),
        }
    }

    /// Commands waiting now.
    pub fn waiting(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }
}
