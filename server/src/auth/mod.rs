//! Who may come in: passwords, sessions, tokens, and the rights that go with them.
//!
//! Owns the secrets' whole life: made here, shown once, kept only as digests, checked on every
//! request and again while a socket is open. Knows nothing of HTTP routes and nothing of what a
//! role may do: it answers *who* somebody is ([`Principal`]), the domain decides *what* is allowed.
//! Must never log a secret, and must never take a failing database for a revoked session.

pub mod accounts;
pub mod admin;
pub mod cookies;
pub mod origin;
pub mod passwords;
pub mod principal;
pub mod secrets;

mod argon;
mod lookup;
mod names;
mod recent;
#[cfg(test)]
mod scratch;
mod throttle;

pub use accounts::{Accounts, LoggedIn, SESSION_LASTS_US};
pub use passwords::Passwords;
pub use principal::{Grant, Principal};
pub use secrets::{Secret, SecretKind};

use kentongan_store::StoreError;

/// Why somebody did not come in, or an account was not made.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// No credential, or one that is unknown, expired or revoked, or whose user is shut out.
    /// One answer for all of them: the difference would help a thief only.
    #[error("not logged in")]
    Unauthenticated,
    /// The name or the password is wrong; which of them is not said.
    #[error("wrong name or password")]
    WrongCredentials,
    /// This name failed too often; the next attempt counts only after the delay.
    #[error("too many failed attempts, try again in {retry_after_s} s")]
    TooManyAttempts {
        /// Whole seconds until the next attempt is looked at; at least 1.
        retry_after_s: u64,
    },
    /// Too many passwords are waiting to be checked; the same call may succeed in a second.
    #[error("too many logins at once")]
    Busy,
    /// A name, password or right that cannot be; the text says which rule it breaks.
    #[error("{0}")]
    Invalid(String),
    /// The store did not answer.
    #[error("the store failed: {0}")]
    Store(#[from] StoreError),
    /// The operating system gave no randomness or no thread.
    #[error("the platform failed: {0}")]
    Platform(#[from] std::io::Error),
}

impl AuthError {
    /// The stable name of this kind of error, for answers, logs and metrics.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::WrongCredentials => "wrong_credentials",
            Self::TooManyAttempts { .. } => "too_many_attempts",
            Self::Busy => "login_busy",
            Self::Invalid(_) => "invalid_account",
            Self::Store(error) => error.code(),
            Self::Platform(_) => "platform_failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_stable() {
        let table = [
            (AuthError::Unauthenticated, "unauthenticated"),
            (AuthError::WrongCredentials, "wrong_credentials"),
            (AuthError::TooManyAttempts { retry_after_s: 3 }, "too_many_attempts"),
            (AuthError::Busy, "login_busy"),
            (AuthError::Invalid("x".into()), "invalid_account"),
            (AuthError::Store(StoreError::Busy), "store_busy"),
            (AuthError::Platform(std::io::Error::other("x")), "platform_failed"),
        ];
        for (error, code) in table {
            assert_eq!(error.code(), code);
        }
    }
}
