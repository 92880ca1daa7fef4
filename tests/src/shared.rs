//! The shared material (real data and wire vectors), where it is.

use std::path::PathBuf;

/// The folder, or none; a test that wants it prints "skipped" then.
pub fn folder() -> Option<PathBuf> {
    let given = std::env::var_os("KENTONGAN_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared"));
    given.into_iter().chain([beside]).find(|folder| folder.join("data").is_dir())
}
