//! How long the writer waits for the store: whoever is in line gets an answer, good or bad.

use std::time::Duration;

use kentongan_store::StoreError;

/// How long the store may take for one thing. One that says nothing at all (its machine gone, the wire
/// dead) must not hold a centre's writer for ever.
const STORE_PATIENCE: Duration = Duration::from_secs(15);

/// Gives work with the store up when it takes too long; the writer is suspect then.
pub(super) async fn patiently<T>(work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    let silent = |_| Err(StoreError::Unavailable("it gives no answer".to_owned()));
    tokio::time::timeout(STORE_PATIENCE, work).await.unwrap_or_else(silent)
}
