//! Landmarks that people add while they work: found by the next caller's words, kept, corrected, taken away.
//!
//! Each is reference data under the key it was added with, its id; what is done to it is one more version, so
//! that who did what and when stays to be read. This node knows of it at once; another one looks every ten
//! seconds. A city pack's own places never come here: they change with the pack.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::ids::EpochUs;
use kentongan_geography::{AddedLandmark, Atlas, LandmarkError, LatLon};
use kentongan_store::rows::ReferenceRow;
use kentongan_store::{Store, StoreError};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::platform::Platform;

/// The kind under which they are kept.
const KIND: &str = "landmark";
/// How often other nodes' landmarks are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum LandmarksError {
    /// Its words or place are wrong, or it is known.
    #[error(transparent)]
    Landmark(#[from] LandmarkError),
    /// It could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nobody added one of this id, or it was taken away.
    #[error("no landmark that somebody added has this id; the places of the city pack change with the pack")]
    NotFound,
    /// Somebody else's, and the caller may take away none but their own.
    #[error("{added_by} added it; they or a supervisor take it away. Its name and place you can correct")]
    NotOwn {
        /// Who added it.
        added_by: String,
    },
    /// Somebody changed it at the same moment.
    #[error("somebody changed the landmark at the same moment; look at it again")]
    Moved,
}

/// A landmark as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// What it is called, where it is, who added it.
    #[serde(flatten)]
    pub landmark: AddedLandmark,
    /// When it was added; the first versions of old ones do not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    added_at: Option<EpochUs>,
    /// Who corrected it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<String>,
    /// Who took it away; no text finds it from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    removed_by: Option<String>,
}

/// What is to be corrected.
#[derive(Debug, Clone, Copy, Default)]
pub struct Correction<'a> {
    /// What people call it.
    pub name: Option<&'a str>,
    /// Where it is.
    pub at: Option<LatLon>,
}

/// What this node has done about one.
#[derive(Debug)]
struct Known {
    version: i64,
    kept: Kept,
    /// Whether the atlas finds it. Two nodes may add the same one at the same moment: then one of them waits.
    found: bool,
}

/// The landmarks that people added in one centre.
#[derive(Debug)]
pub struct Landmarks {
    store: Arc<dyn Store>,
    centre: String,
    atlas: Arc<Atlas>,
    /// By id. Held while one is changed: on one node changes follow one another.
    known: Mutex<BTreeMap<String, Known>>,
}

impl Landmarks {
    /// Makes every landmark of a centre known to its atlas.
    ///
    /// # Errors
    /// When the store cannot be read, or holds something that is no landmark.
    pub async fn open(store: &Arc<dyn Store>, centre: &str, atlas: &Arc<Atlas>) -> Result<Self, StoreError> {
        let landmarks = Self {
            store: Arc::clone(store),
            centre: centre.to_owned(),
            atlas: Arc::clone(atlas),
            known: Mutex::default(),
        };
        let mut known = landmarks.known.lock().await;
        for row in store.references(centre, KIND).await? {
            landmarks.learn(&mut known, &row.name, row.version, read(&row)?);
        }
        drop(known);
        Ok(landmarks)
    }

    /// Those that are there, the latest first.
    pub async fn list(&self) -> Vec<(String, Kept)> {
        let known = self.known.lock().await;
        let mut there: Vec<(String, Kept)> = known
            .iter()
            .filter(|(_, known)| known.kept.removed_by.is_none())
            .map(|(id, known)| (id.clone(), known.kept.clone()))
            .collect();
        there.sort_by_key(|(_, kept)| std::cmp::Reverse(kept.added_at));
        there
    }

    /// Keeps a landmark and makes it known; the same key again gives the same landmark.
    ///
    /// # Errors
    /// [`LandmarksError`]; then nothing was added.
    pub async fn add(
        &self,
        key: Uuid,
        (name, at, added_by): (&str, LatLon, &str),
    ) -> Result<(String, Kept), LandmarksError> {
        let id = key.to_string();
        let mut known = self.known.lock().await;
        if let Some(row) = self.store.reference(&self.centre, KIND, &id).await? {
            return Ok((id, read(&row)?));
        }
        let landmark = self.atlas.check_landmark(name, at, added_by, None)?;
        let kept = Kept { landmark, added_at: Some(Platform.now()), changed_by: None, removed_by: None };
        self.keep(&mut known, &id, 1, kept.clone()).await?;
        Ok((id, kept))
    }

    /// Corrects the name or place of one. What is so already is not kept again.
    ///
    /// # Errors
    /// [`LandmarksError`]; then nothing was changed.
    pub async fn change(
        &self,
        id: &str,
        correction: Correction<'_>,
        by: &str,
    ) -> Result<(String, Kept), LandmarksError> {
        let mut known = self.known.lock().await;
        let (id, version, before) = self.newest(id).await?;
        if before.removed_by.is_some() {
            return Err(LandmarksError::NotFound);
        }
        let old = &before.landmark;
        let (name, at) = (correction.name.unwrap_or(&old.name), correction.at.unwrap_or(old.at));
        let landmark = self.atlas.check_landmark(name, at, &old.added_by, Some(old))?;
        if landmark == *old {
            return Ok((id, before));
        }
        let kept = Kept { landmark, changed_by: Some(by.to_owned()), ..before };
        self.keep(&mut known, &id, version + 1, kept.clone()).await?;
        Ok((id, kept))
    }

    /// Takes one away: the next search does not find it. Again is as once.
    ///
    /// # Errors
    /// [`LandmarksError`]; then it is still there.
    pub async fn remove(&self, id: &str, by: &str, only_own: bool) -> Result<(), LandmarksError> {
        let mut known = self.known.lock().await;
        let (id, version, before) = self.newest(id).await?;
        if before.removed_by.is_some() {
            return Ok(());
        }
        if only_own && before.landmark.added_by != by {
            return Err(LandmarksError::NotOwn { added_by: before.landmark.added_by });
        }
        let kept = Kept { removed_by: Some(by.to_owned()), ..before };
        self.keep(&mut known, &id, version + 1, kept).await
    }

    /// Follows what other nodes do, until it is stopped.
    pub async fn follow(&self, stop: CancellationToken) {
        let centre = self.centre.as_str();
        loop {
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = stop.cancelled() => return,
            }
            let rows = match self.store.references(centre, KIND).await {
                Ok(rows) => rows,
                Err(error) => {
                    tracing::warn!(centre, %error, "landmarks of other nodes could not be read");
                    continue;
                }
            };
            let mut known = self.known.lock().await;
            for row in &rows {
                let settled = |known: &Known| known.version >= row.version && known.found;
                if known.get(&row.name).is_some_and(settled) {
                    continue;
                }
                match read(row) {
                    Ok(kept) => self.learn(&mut known, &row.name, row.version, kept),
                    Err(error) => tracing::warn!(centre, %error, "a landmark could not be read"),
                }
            }
        }
    }

    /// The newest version of one, also when another node made it a moment ago.
    async fn newest(&self, id: &str) -> Result<(String, i64, Kept), LandmarksError> {
        // What is no id is in no row, and not worth asking for.
        let id = id.parse::<Uuid>().map_err(|_| LandmarksError::NotFound)?.to_string();
        let row = self.store.reference(&self.centre, KIND, &id).await?.ok_or(LandmarksError::NotFound)?;
        Ok((id, row.version, read(&row)?))
    }

    /// Stores a version, then makes it known: what the next caller's words find is there after a crash, too.
    async fn keep(
        &self,
        known: &mut BTreeMap<String, Known>,
        id: &str,
        version: i64,
        kept: Kept,
    ) -> Result<(), LandmarksError> {
        let body = serde_json::to_string(&kept).map_err(|error| StoreError::Invalid(error.to_string()))?;
        let row = ReferenceRow {
            centre: self.centre.clone(),
            kind: KIND.to_owned(),
            name: id.to_owned(),
            version,
            body,
            recorded_at: Platform.now(),
        };
        self.store.put_reference(&row).await.map_err(|error| match error {
            StoreError::Duplicate { .. } => LandmarksError::Moved,
            other => LandmarksError::Store(other),
        })?;
        self.learn(known, id, version, kept);
        Ok(())
    }

    /// Makes the atlas find what is kept, unless a newer version is known.
    fn learn(&self, known: &mut BTreeMap<String, Known>, id: &str, version: i64, kept: Kept) {
        let before = known.get(id);
        if before.is_some_and(|before| before.version > version) {
            return;
        }
        let old = before.filter(|before| before.found && before.kept.removed_by.is_none());
        let new = kept.removed_by.is_none().then_some(&kept.landmark);
        let found = match self.atlas.replace_landmark(old.map(|old| &old.kept.landmark), new) {
            Ok(()) => true,
            Err(LandmarkError::Known { .. }) => false,
            Err(error) => {
                tracing::warn!(centre = self.centre, %error, "a landmark that is kept cannot be used");
                false
            }
        };
        known.insert(id.to_owned(), Known { version, kept, found });
    }
}

fn read(row: &ReferenceRow) -> Result<Kept, StoreError> {
    let kept: Kept = serde_json::from_str(&row.body)
        .map_err(|error| StoreError::Corrupt(format!("a landmark: {error}")))?;
    Ok(Kept { added_at: kept.added_at.or(Some(row.recorded_at)), ..kept })
}
