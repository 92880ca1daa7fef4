//! The room's own weights: a file in the data folder, written by `triage train --from-log`, read by `serve`.
//!
//! ```text
//! "KTR1" | SHA-256 of the built-in weights it was trained beside | the weights as the triage crate writes them
//! ```
//! The digest ties the file to one build: what a weight means hangs on that build's lexicon, so a file of
//! another build is not used, even where its size would fit. Never holds a text.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use kentongan_triage::model::{Weights, WeightsError};
use kentongan_triage::{AGENCY_KINDS, Lexicon, Reader};
use sha2::{Digest as _, Sha256};

/// The file's name in the data folder.
pub const FILE: &str = "triage.weights";
/// Larger files are none of ours: the built-in weights take some two and a half million bytes.
const LARGEST_BYTES: u64 = 64 << 20;
const MAGIC: [u8; 4] = *b"KTR1";
const DIGEST_BYTES: usize = 32;

/// The reader to use, and what is wrong with the room's own weights when they are not the ones.
#[derive(Debug)]
pub struct InUse {
    /// The reader.
    pub reader: Reader,
    /// Whether it reads by the room's own weights.
    pub own: bool,
    /// Why a file that is there is not used; for people, with what to do.
    pub set_aside: Option<String>,
}

/// The reader by the room's own weights if the data folder has some that fit, else by the built-in ones.
///
/// # Errors
/// When not even the built-in weights fit, which a test of the triage crate keeps from happening.
pub fn in_use(data_dir: &Path) -> anyhow::Result<InUse> {
    let built_in = built_in()?;
    let path = data_dir.join(FILE);
    if !path.exists() {
        return Ok(InUse { reader: built_in, own: false, set_aside: None });
    }
    Ok(match read(&path, &built_in) {
        Ok(weights) => {
            InUse { reader: Reader::new(Arc::clone(built_in.lexicon()), weights), own: true, set_aside: None }
        }
        Err(error) => InUse {
            reader: built_in,
            own: false,
            set_aside: Some(format!(
                "{} is not used, the built-in weights are: {error:#}; train them again with `kentongan triage \
                 train --from-log`, or remove the file",
                path.display()
            )),
        },
    })
}

fn read(path: &Path, built_in: &Reader) -> anyhow::Result<Weights> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_BYTES).read_to_end(&mut bytes)?;
    let (magic, rest) = bytes.split_first_chunk::<4>().ok_or(WeightsError::NotWeights)?;
    let (digest, weights) = rest.split_first_chunk::<DIGEST_BYTES>().ok_or(WeightsError::NotWeights)?;
    anyhow::ensure!(*magic == MAGIC, WeightsError::NotWeights);
    anyhow::ensure!(*digest == digest_of(built_in), "it was trained by another version of this program");
    Ok(Weights::from_file(weights, built_in.lexicon().types().len(), 2 * AGENCY_KINDS.len())?)
}

/// Puts the room's weights in their place: whole or not at all, also when the machine stops in between.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(data_dir: &Path, weights: &Weights) -> anyhow::Result<PathBuf> {
    let path = data_dir.join(FILE);
    let unfinished = data_dir.join(format!("{FILE}.{}", std::process::id()));
    let mut bytes = MAGIC.to_vec();
    bytes.extend(digest_of(&built_in()?));
    bytes.extend(weights.to_file()?);
    let written = (|| {
        std::fs::create_dir_all(data_dir)?;
        let mut file = File::create(&unfinished)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        std::fs::rename(&unfinished, &path)?;
        File::open(data_dir)?.sync_all()
    })();
    if written.is_err() {
        // Nothing may be left of it, and when that fails too the first error is the one to tell.
        std::fs::remove_file(&unfinished).ok();
    }
    written.with_context(|| format!("{} cannot be written; check --data-dir", path.display()))?;
    Ok(path)
}

fn built_in() -> anyhow::Result<Reader> {
    Ok(Reader::built_in(Arc::new(Lexicon::built_in()?))?)
}

fn digest_of(built_in: &Reader) -> [u8; DIGEST_BYTES] {
    Sha256::digest(built_in.weights().to_bytes()).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)] // as in any test

    use super::*;

    #[test]
    fn what_was_written_is_read_and_what_does_not_fit_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let none = in_use(folder.path()).unwrap();
        assert!(!none.own && none.set_aside.is_none());

        let path = write(folder.path(), none.reader.weights()).unwrap();
        let own = in_use(folder.path()).unwrap();
        assert!(own.own && own.set_aside.is_none());
        assert!(own.reader.weights() == none.reader.weights());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing unfinished is left");

        let whole = std::fs::read(&path).unwrap();
        let mut other_build = whole.clone();
        other_build[10] ^= 1;
        let plain = none.reader.weights().to_file().unwrap();
        for (bytes, why) in [
            (other_build, "another version"),
            (plain, "no file of triage weights"),
            (whole[..whole.len() / 2].to_vec(), "weights"),
            (b"KTR1".to_vec(), "no file of triage weights"),
            (Vec::new(), "no file of triage weights"),
        ] {
            std::fs::write(&path, bytes).unwrap();
            let found = in_use(folder.path()).unwrap();
            let said = found.set_aside.unwrap();
            assert!(!found.own && said.contains(FILE) && said.contains(why), "{said}");
        }
        // A folder of that name cannot be replaced by the file, and nothing unfinished stays.
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        assert!(write(folder.path(), none.reader.weights()).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
