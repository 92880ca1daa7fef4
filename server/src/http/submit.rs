//! Handing a person's command in under their key.

use kentongan_domain::command::Command;

use super::caller::{Caller, IdempotencyKey};
use super::error::ApiError;
use crate::command::{Committed, Erasable, Submission};
use crate::platform::Platform;

/// Hands in a command; `what` and `bytes` tell a repetition from another request with the same key.
///
/// # Errors
/// When the rules or the store refuse it.
pub async fn submit(
    caller: &Caller,
    key: IdempotencyKey,
    what: &str,
    bytes: &[u8],
    command: Command,
    erasable: Erasable,
) -> Result<Committed, ApiError> {
    let (command_id, fingerprint) = key.of(caller, what, bytes);
    let submission = Submission {
        command_id,
        alias: None,
        fingerprint,
        command,
        actor: caller.actor.clone(),
        received_at: Platform.now(),
        erasable,
        keepsake: None,
    };
    Ok(caller.centre.commands.submit(submission).await?)
}
