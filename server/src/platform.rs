//! The one place where the machine's clock and random source are read. Everything else gets them
//! from here as values, so that tests and drills can inject their own.

use std::time::Duration;

use kentongan_domain::ids::{EpochUs, IdSource};
use rand::TryRngCore;

/// The clock and the random source of this process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Platform;

impl Platform {
    /// Now, as epoch µs. Never used to measure durations: see [`Platform::monotonic`].
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(self) -> EpochUs {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }

    /// A point on the monotonic clock, to measure durations.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn monotonic(self) -> std::time::Instant {
        std::time::Instant::now()
    }

    /// How long since `start`.
    pub fn since(self, start: std::time::Instant) -> Duration {
        self.monotonic().saturating_duration_since(start)
    }

    /// `N` bytes from the operating system's random source.
    ///
    /// # Errors
    /// When the operating system has none to give.
    pub fn random<const N: usize>(self) -> Result<[u8; N], std::io::Error> {
        let mut bytes = [0_u8; N];
        rand::rngs::OsRng.try_fill_bytes(&mut bytes).map_err(std::io::Error::other)?;
        Ok(bytes)
    }

    /// An id source for one command.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn ids(self) -> Result<IdSource, std::io::Error> {
        Ok(IdSource::new(self.now(), u64::from_le_bytes(self.random()?)))
    }
}
