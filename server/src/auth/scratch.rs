//! A real store in a directory of its own, for this module's tests.

use std::sync::Arc;

use kentongan_store::Store;
use kentongan_store::rows::CentreRow;
use tempfile::TempDir;
use uuid::Uuid;

/// The store; its file goes when this is dropped.
pub(super) struct Scratch {
    pub(super) store: Arc<dyn Store>,
    _dir: TempDir,
}

/// An empty store with the centres `kediri` and `latihan`.
pub(super) async fn scratch() -> Scratch {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("kentongan.db").display());
    let store = kentongan_store::connect(&url).await.unwrap();
    for (code, kind) in [("kediri", "live"), ("latihan", "drill")] {
        let centre = CentreRow {
            code: code.into(),
            kind: kind.into(),
            profile: "{}".into(),
            epoch: Uuid::from_u128(1),
            created_at: 1,
        };
        store.put_centre(&centre).await.unwrap();
    }
    Scratch { store, _dir: dir }
}
