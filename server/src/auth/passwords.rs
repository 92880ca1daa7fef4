//! Passwords: hashed and checked apart from the threads that serve, a few at a time.
//!
//! A flood of logins must never slow a report down or fill the memory, so at most
//! [`HASHED_AT_ONCE`] run and at most [`WAITING_AT_MOST`] wait; the rest is told to come back.
//! Must never answer faster for an unknown name than for a known one.

use std::sync::Arc;

use kentongan_store::StoreError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{AuthError, argon};
use crate::platform::Platform;

/// How many passwords are worked on at once: 2 x 19 MiB, and never all cores of a small machine.
const HASHED_AT_ONCE: usize = 2;
/// How many may wait for their turn: a whole shift logging in at eight o'clock, about a second.
const WAITING_AT_MOST: usize = 64;
/// The longest password, bytes; longer ones are wrong without being hashed.
pub const LONGEST_PASSWORD_BYTES: usize = 1_024;
/// The shortest password that may be set, characters (NIST SP 800-63B, section 5.1.1.2).
pub const SHORTEST_PASSWORD_CHARS: usize = 8;

/// Hashes and checks passwords. Clones share one queue.
#[derive(Debug, Clone)]
pub struct Passwords {
    platform: Platform,
    admitted: Arc<Semaphore>,
    working: Arc<Semaphore>,
}

/// The right to work on one password now; dropping it lets the next one in.
#[derive(Debug)]
pub struct Turn {
    _admitted: OwnedSemaphorePermit,
    _working: OwnedSemaphorePermit,
}

impl Passwords {
    /// An empty queue.
    pub fn new(platform: Platform) -> Self {
        Self {
            platform,
            admitted: Arc::new(Semaphore::new(HASHED_AT_ONCE + WAITING_AT_MOST)),
            working: Arc::new(Semaphore::new(HASHED_AT_ONCE)),
        }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`AuthError::Busy`] when too many wait already.
    pub async fn turn(&self) -> Result<Turn, AuthError> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| AuthError::Busy)?;
        let working = Arc::clone(&self.working).acquire_owned().await.map_err(|_| AuthError::Busy)?;
        Ok(Turn { _admitted: admitted, _working: working })
    }

    /// The PHC string of a new password.
    ///
    /// # Errors
    /// [`AuthError::Invalid`] for a password that is too short or too long, [`AuthError::Busy`],
    /// [`AuthError::Platform`].
    pub async fn hash(&self, password: &str) -> Result<String, AuthError> {
        if password.chars().count() < SHORTEST_PASSWORD_CHARS {
            return Err(AuthError::Invalid(format!(
                "a password has at least {SHORTEST_PASSWORD_CHARS} characters"
            )));
        }
        if password.len() > LONGEST_PASSWORD_BYTES {
            return Err(AuthError::Invalid(format!("a password has at most {LONGEST_PASSWORD_BYTES} bytes")));
        }
        let salt = self.platform.random()?;
        let password = password.to_owned();
        let turn = self.turn().await?;
        let hashed = turn.work(move || argon::hash(&password, salt)).await?;
        hashed.map_err(|error| AuthError::Platform(std::io::Error::other(error.to_string())))
    }

    /// Whether `password` is the one of `stored`; with `None` for an unknown name it takes as
    /// long and answers false.
    ///
    /// # Errors
    /// [`AuthError::Busy`], [`AuthError::Platform`], and [`AuthError::Store`] for a stored text
    /// that is no hash.
    pub async fn verify(&self, stored: Option<&str>, password: &str) -> Result<bool, AuthError> {
        self.turn().await?.verify(stored, password).await
    }
}

impl Turn {
    /// Like [`Passwords::verify`], for who has waited already.
    pub async fn verify(self, stored: Option<&str>, password: &str) -> Result<bool, AuthError> {
        if password.len() > LONGEST_PASSWORD_BYTES {
            return Ok(false);
        }
        let known = stored.is_some();
        let stored = stored.unwrap_or(argon::NOBODYS_HASH).to_owned();
        let password = password.to_owned();
        match self.work(move || argon::verify(&stored, &password)).await? {
            Ok(matches) => Ok(matches && known),
            // Not "wrong password": nobody can mend this by typing again.
            Err(error) => Err(StoreError::Corrupt(format!("a password hash: {error}")).into()),
        }
    }

    /// Runs `task` on a thread for slow work. The turn goes with it: whoever asked may hang up,
    /// the bound still holds.
    async fn work<T: Send + 'static>(
        self,
        task: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AuthError> {
        let worked = tokio::task::spawn_blocking(move || {
            let outcome = task();
            drop(self);
            outcome
        });
        worked.await.map_err(|error| AuthError::Platform(std::io::Error::other(error)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_name_passes() {
        let passwords = Passwords::new(Platform);
        let stored = passwords.hash("kentongan").await.unwrap();
        let long = "x".repeat(LONGEST_PASSWORD_BYTES + 1);
        let table = [
            (Some(&stored), "kentongan", true),
            (Some(&stored), "kentungan", false),
            (None, "kentongan", false),
        ];
        for (stored, password, passes) in table.into_iter().chain([(Some(&stored), long.as_str(), false)]) {
            let verified = passwords.verify(stored.map(String::as_str), password).await.unwrap();
            assert_eq!(verified, passes);
        }
    }

    #[tokio::test]
    async fn a_password_has_bounds() {
        let passwords = Passwords::new(Platform);
        for refused in ["", "seven77", &"x".repeat(LONGEST_PASSWORD_BYTES + 1)] {
            assert!(matches!(passwords.hash(refused).await, Err(AuthError::Invalid(_))), "{refused}");
        }
    }

    #[tokio::test]
    async fn a_broken_hash_is_the_stores_fault() {
        let verified = Passwords::new(Platform).verify(Some("nothing"), "kentongan").await;
        assert!(matches!(verified, Err(AuthError::Store(StoreError::Corrupt(_)))));
    }

    #[tokio::test]
    async fn the_queue_is_bounded_and_opens_again() {
        let passwords = Passwords::new(Platform);
        let working = [passwords.turn().await.unwrap(), passwords.turn().await.unwrap()];
        let mut waiting = Vec::new();
        for _ in 0..WAITING_AT_MOST {
            let queue = passwords.clone();
            waiting.push(tokio::spawn(async move { queue.turn().await.map(drop) }));
        }
        while passwords.admitted.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(passwords.turn().await, Err(AuthError::Busy)));
        drop(working);
        for waiter in waiting {
            waiter.await.unwrap().unwrap();
        }
        assert!(passwords.turn().await.is_ok());
    }
}
