//! Which unit a device rides in: what the store says, seconds old at most.
//!
//! A store that is away does not part devices from their units: what was known goes on to count.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kentongan_store::{Store, StoreError};
use parking_lot::Mutex;

use crate::platform::Platform;

/// Devices of one unit at most.
pub const DEVICES_AT_MOST: usize = 8;
/// The longest name of a device, in characters.
const NAME_MAX_CHARS: usize = 100;
/// How old what is known may be.
const FRESH: Duration = Duration::from_secs(10);

/// Units by device.
pub type Bound = Arc<HashMap<String, String>>;

/// The devices of a centre.
#[derive(Debug, Default)]
pub struct Devices {
    known: Mutex<Option<(Bound, Instant)>>,
    /// Whoever finds it old looks; the others go on with what is known.
    looking: tokio::sync::Mutex<()>,
}

impl Devices {
    /// What is known is old from now on: somebody has changed it.
    pub fn forget(&self) {
        self.known.lock().take();
    }

    /// Units by device, as the store has them or as they were known last.
    ///
    /// # Errors
    /// When nothing is known yet and the store cannot be read.
    pub async fn bound(&self, store: &Arc<dyn Store>, centre: &str) -> Result<Bound, StoreError> {
        let old = match self.known() {
            Some((bound, true)) => return Ok(bound),
            Some((bound, false)) => Some(bound),
            None => None,
        };
        let turn = match (&old, self.looking.try_lock()) {
            (_, Ok(turn)) => turn,
            (Some(bound), Err(_)) => return Ok(Arc::clone(bound)),
            (None, Err(_)) => self.looking.lock().await,
        };
        if let Some((bound, true)) = self.known() {
            return Ok(bound);
        }
        let begun = Platform.monotonic();
        match (store.devices(centre).await, old) {
            (Ok(rows), _) => {
                let bound: Bound = Arc::new(rows.into_iter().map(|row| (row.device, row.unit)).collect());
                *self.known.lock() = Some((Arc::clone(&bound), begun));
                drop(turn);
                Ok(bound)
            }
            (Err(error), Some(bound)) => {
                tracing::debug!(centre, %error, "devices could not be read; the known ones go on");
                *self.known.lock() = Some((Arc::clone(&bound), begun));
                Ok(bound)
            }
            (Err(error), None) => Err(error),
        }
    }

    /// What is known, and whether it is fresh.
    fn known(&self) -> Option<(Bound, bool)> {
        let known = self.known.lock();
        known.as_ref().map(|(bound, at)| (Arc::clone(bound), Platform.since(*at) < FRESH))
    }
}

/// The name of a device as it is kept; none when it cannot be one.
pub fn device_name(text: &str) -> Option<String> {
    let name = text.trim();
    let fits = !name.is_empty() && name.chars().count() <= NAME_MAX_CHARS && !name.contains(char::is_control);
    fits.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_shown_on_one_line() {
        let long = "x".repeat(NAME_MAX_CHARS);
        for (text, name) in [
            (" 860000000000001 ", Some("860000000000001")),
            ("damkar/hp-1", Some("damkar/hp-1")),
            (&long, Some(long.as_str())),
            ("", None),
            ("   ", None),
            ("a\nb", None),
            ("a\0", None),
            (&format!("{long}x"), None),
        ] {
            assert_eq!(device_name(text).as_deref(), name, "{text:?}");
        }
    }
}
