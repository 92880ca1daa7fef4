//! Landmarks that people add while they work: found by the next caller's words, and kept.
//!
//! Each is one row of reference data under the key it was added with. This node knows it at once; another one
//! looks every ten seconds.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use kentongan_geography::{AddedLandmark, Atlas, LandmarkError, LatLon};
use kentongan_store::rows::ReferenceRow;
use kentongan_store::{Store, StoreError};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::platform::Platform;

/// The kind under which they are kept.
const KIND: &str = "landmark";
/// How often other nodes' landmarks are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Why one was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// Its words or place are wrong, or it is known.
    #[error(transparent)]
    Landmark(#[from] LandmarkError),
    /// It could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps a landmark and makes it known; the same key again gives the same landmark.
///
/// # Errors
/// [`AddError`]; then nothing was added.
pub async fn add(
    store: &Arc<dyn Store>,
    centre: &str,
    atlas: &Atlas,
    key: Uuid,
    (name, at, added_by): (&str, LatLon, &str),
) -> Result<AddedLandmark, AddError> {
    if let Some(row) = store.reference(centre, KIND, &key.to_string()).await? {
        return Ok(read(&row)?);
    }
    let landmark = atlas.check_landmark(name, at, added_by)?;
    let body = serde_json::to_string(&landmark).map_err(|error| StoreError::Invalid(error.to_string()))?;
    let now = Platform.now();
    let row = ReferenceRow {
        centre: centre.to_owned(),
        kind: KIND.to_owned(),
        name: key.to_string(),
        version: 1,
        body,
        recorded_at: now,
    };
    // Kept before it is known: what the next caller's words find is there after a crash, too.
    store.put_reference(&row).await?;
    know(atlas, &landmark);
    Ok(landmark)
}

/// Makes every landmark known that was kept.
///
/// # Errors
/// When the store cannot be read, or holds something that is no landmark.
pub async fn load(store: &Arc<dyn Store>, centre: &str, atlas: &Atlas) -> Result<(), StoreError> {
    for row in store.references(centre, KIND).await? {
        know(atlas, &read(&row)?);
    }
    Ok(())
}

/// Follows what other nodes add, until it is stopped.
pub async fn follow(store: Arc<dyn Store>, centre: String, atlas: Arc<Atlas>, stop: CancellationToken) {
    let mut seen: HashSet<String> = HashSet::new();
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = stop.cancelled() => return,
        }
        match store.references(&centre, KIND).await {
            Ok(rows) => {
                for row in rows.iter().filter(|row| seen.insert(row.name.clone())) {
                    match read(row) {
                        Ok(landmark) => know(&atlas, &landmark),
                        Err(error) => tracing::warn!(centre, %error, "a landmark could not be read"),
                    }
                }
            }
            Err(error) => tracing::warn!(centre, %error, "landmarks of other nodes could not be read"),
        }
    }
}

fn read(row: &ReferenceRow) -> Result<AddedLandmark, StoreError> {
    serde_json::from_str(&row.body).map_err(|error| StoreError::Corrupt(format!("a landmark: {error}")))
}

fn know(atlas: &Atlas, landmark: &AddedLandmark) {
    match atlas.add_landmark(&landmark.name, landmark.at, &landmark.added_by) {
        Ok(_) | Err(LandmarkError::Known { .. }) => {}
        Err(error) => tracing::warn!(%error, "a landmark that is kept cannot be used"),
    }
}
