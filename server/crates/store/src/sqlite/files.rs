//! The database file and its write-ahead log, as they were when they were opened.
//!
//! SQLite goes on writing to a file that was removed or replaced, and every commit succeeds
//! and is lost. So their identity on the disk is compared around every write.

use crate::error::StoreError;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// A file's device and inode.
type Identity = (u64, u64);

/// The two files a commit goes to.
pub struct Files {
    opened: [(PathBuf, Identity); 2],
}

impl Files {
    /// The files at `path`, which a connection holds open in WAL mode.
    pub fn of(path: &Path) -> Result<Self, StoreError> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let identified = |path: PathBuf| match identity(&path) {
            Ok(identity) => Ok((path, identity)),
            Err(error) => Err(unavailable(&path, &error.to_string())),
        };
        Ok(Self { opened: [identified(path.to_owned())?, identified(PathBuf::from(log))?] })
    }

    /// Whether both are still what they were.
    pub fn check(&self) -> Result<(), StoreError> {
        for (path, opened) in &self.opened {
            match identity(path) {
                Ok(now) if now == *opened => {}
                Ok(_) => return Err(unavailable(path, "it was replaced while it was open")),
                Err(error) => return Err(unavailable(path, &error.to_string())),
            }
        }
        Ok(())
    }
}

fn identity(path: &Path) -> io::Result<Identity> {
    let metadata = std::fs::metadata(path)?;
    Ok((metadata.dev(), metadata.ino()))
}

fn unavailable(path: &Path, why: &str) -> StoreError {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    StoreError::Unavailable(format!("the file {name}: {why}"))
}
