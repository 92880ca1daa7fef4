//! Logging in and out, and recognising whoever asks: the one door to [`Principal`].
//!
//! The store is the truth about sessions and tokens; what is remembered here is seconds old at
//! most, so that a revocation by another node or by the command line takes effect within 5 s.
//! Must never take a failing store for a revocation: an operator keeps their screen through it.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::http::HeaderMap;
use kentongan_domain::ids::SECOND_US;
use kentongan_store::rows::SessionRow;
use kentongan_store::{Store, StoreError};
use parking_lot::Mutex;
use uuid::Uuid;

use super::passwords::Passwords;
use super::principal::Principal;
use super::recent::Recent;
use super::secrets::{Secret, SecretKind};
use super::throttle::Throttle;
use super::{AuthError, lookup, names};
use crate::platform::Platform;

/// How long a login lasts: one shift with its handover. Longer would leave yesterday's operator
/// logged in at a shared desk, shorter would log somebody out in the middle of a call.
pub const SESSION_LASTS_US: i64 = 12 * 3_600 * SECOND_US;

/// How old a remembered principal may be for a request.
const REQUEST_AGE: Duration = Duration::from_secs(2);
/// How old it may be for an open socket. With a check every 3 s: revoked means gone within 4 s.
const SOCKET_AGE: Duration = Duration::from_secs(1);
/// How often a session in use is noted as used; each note is a durable write.
const TOUCH_EVERY_US: i64 = 5 * 60 * SECOND_US;
/// How many such notes may be under way; the others are made at a later request.
const TOUCHES_AT_MOST: usize = 32;

/// Logs people in and recognises them. Clones share everything.
#[derive(Clone)]
pub struct Accounts {
    shared: Arc<Shared>,
}

struct Shared {
    store: Arc<dyn Store>,
    platform: Platform,
    passwords: Passwords,
    throttle: Throttle,
    recent: Recent,
    touching: Mutex<HashSet<[u8; 32]>>,
    /// Whether the last look at the store failed: a failure is logged when it begins only.
    store_failing: AtomicBool,
}

/// A fresh session.
#[derive(Debug)]
pub struct LoggedIn {
    /// For the cookie, see [`super::cookies::set`].
    pub secret: Secret,
    /// Who logged in.
    pub principal: Principal,
}

impl Accounts {
    /// The door to the accounts in `store`.
    pub fn new(store: Arc<dyn Store>, platform: Platform, passwords: Passwords) -> Self {
        Self {
            shared: Arc::new(Shared {
                store,
                platform,
                passwords,
                throttle: Throttle::default(),
                recent: Recent::default(),
                touching: Mutex::default(),
                store_failing: AtomicBool::new(false),
            }),
        }
    }

    /// Starts a session of [`SESSION_LASTS_US`]; others of the same user go on, since one person
    /// may work at two screens. Upper case and spaces around the name do not matter.
    ///
    /// # Errors
    /// [`AuthError::WrongCredentials`], [`AuthError::TooManyAttempts`], [`AuthError::Busy`], or
    /// what the store and the platform fail with.
    pub async fn log_in(&self, user: &str, password: &str) -> Result<LoggedIn, AuthError> {
        let shared = &self.shared;
        let name = names::normal(user);
        if !names::is_name(&name) {
            // No account can have this name, so the quick answer tells nothing.
            return Err(AuthError::WrongCredentials);
        }
        self.check_throttle(&name)?;
        let turn = shared.passwords.turn().await?;
        // Again: while this one waited, others for the same name may have failed.
        self.check_throttle(&name)?;
        let row = shared.store.user_by_name(&name).await?;
        let matches = turn.verify(row.as_ref().map(|row| row.password_hash.as_str()), password).await?;
        let Some(row) = row.filter(|row| matches && !row.disabled) else {
            shared.throttle.failed(&name, shared.platform.monotonic());
            return Err(AuthError::WrongCredentials);
        };
        shared.throttle.succeeded(&name);

        let secret = Secret::generate(shared.platform, SecretKind::Session)?;
        let now = shared.platform.now();
        let session = SessionRow {
            token_hash: secret.digest(),
            user_id: row.id,
            created_at: now,
            expires_at: now.saturating_add(SESSION_LASTS_US),
            last_seen_at: now,
            revoked_at: None,
        };
        let grants = shared.store.grants(row.id).await?;
        shared.store.put_session(&session).await?;
        let principal = Principal { by_cookie: true, ..Principal::of_session(&session, row, &grants) };
        Ok(LoggedIn { secret, principal })
    }

    fn check_throttle(&self, name: &str) -> Result<(), AuthError> {
        let checked = self.shared.throttle.check(name, self.shared.platform.monotonic());
        checked.map_err(|retry_after_s| AuthError::TooManyAttempts { retry_after_s })
    }

    /// Whoever sent a request with these headers: by `Authorization: Bearer` (a token's or a
    /// session's secret), or else by the cookie. `secure` says whether browsers reach us by TLS.
    ///
    /// # Errors
    /// [`AuthError::Unauthenticated`], or [`AuthError::Store`] when the store did not answer.
    pub async fn authenticate(&self, headers: &HeaderMap, secure: bool) -> Result<Principal, AuthError> {
        let shown = lookup::shown(headers, secure).ok_or(AuthError::Unauthenticated)?;
        let (kind, digest) = (shown.secret.kind(), shown.secret.digest());
        match self.principal(kind, &digest, REQUEST_AGE).await? {
            Some(found) => Ok(Principal { by_cookie: shown.by_cookie, ..(*found).clone() }),
            None => Err(AuthError::Unauthenticated),
        }
    }

    /// Whether the principal of an open socket may go on: not expired, revoked or shut out, and
    /// still with the rights that the socket was opened with. When the store does not answer, yes.
    /// Cheap enough for a call every 3 s from each socket.
    pub async fn is_still_valid(&self, principal: &Principal) -> bool {
        if principal.expires_at <= self.shared.platform.now() {
            return false;
        }
        let kind = if principal.token_id.is_some() { SecretKind::Token } else { SecretKind::Session };
        let found = self.principal(kind, &principal.credential, SOCKET_AGE).await;
        self.log_store_once(found.as_ref().err());
        found.map_or(true, |found| found.is_some_and(|found| found.has_rights_of(principal)))
    }

    /// Ends the session; does nothing for a token, which only an administrator ends.
    ///
    /// # Errors
    /// When the store did not end it: then it still works.
    pub async fn log_out(&self, principal: &Principal) -> Result<(), AuthError> {
        if principal.user_id.is_some() {
            let now = self.shared.platform.now();
            self.shared.store.revoke_session(&principal.credential, now).await?;
            self.shared.recent.forget(&principal.credential);
        }
        Ok(())
    }

    /// Ends all sessions of a user; answers how many were open.
    ///
    /// # Errors
    /// When the store did not end them.
    pub async fn revoke_user_sessions(&self, user: Uuid) -> Result<u64, AuthError> {
        let ended = self.shared.store.revoke_sessions_of(user, self.shared.platform.now()).await?;
        self.shared.recent.forget_user(user);
        Ok(ended)
    }

    async fn principal(
        &self,
        kind: SecretKind,
        digest: &[u8; 32],
        max_age: Duration,
    ) -> Result<Option<Arc<Principal>>, StoreError> {
        let shared = &self.shared;
        let now = shared.platform.now();
        if let Some(recent) = shared.recent.get(digest, shared.platform.monotonic(), max_age) {
            return Ok((recent.expires_at > now).then_some(recent));
        }
        let begun = shared.recent.begin(shared.platform.monotonic());
        let Some(found) = lookup::find(shared.store.as_ref(), kind, digest, now).await? else {
            return Ok(None);
        };
        if found.last_seen_at.is_some_and(|seen| now.saturating_sub(seen) >= TOUCH_EVERY_US) {
            self.touch(*digest, now);
        }
        let principal = Arc::new(found.principal);
        shared.recent.put(Arc::clone(&principal), begun, REQUEST_AGE);
        Ok(Some(principal))
    }

    /// Notes the use of a session; nobody waits for it, and at a failure a later request tries again.
    fn touch(&self, digest: [u8; 32], now: i64) {
        let mut touching = self.shared.touching.lock();
        if touching.len() >= TOUCHES_AT_MOST || !touching.insert(digest) {
            return;
        }
        drop(touching);
        let shared = Arc::clone(&self.shared);
        tokio::spawn(async move {
            if let Err(error) = shared.store.touch_session(&digest, now).await {
                tracing::debug!(error = %error, "the use of a session was not noted");
            }
            shared.touching.lock().remove(&digest);
        });
    }

    fn log_store_once(&self, failure: Option<&StoreError>) {
        let failed_before = self.shared.store_failing.swap(failure.is_some(), Ordering::Relaxed);
        match failure {
            Some(error) if !failed_before => {
                tracing::warn!(error = %error, "sessions cannot be checked: open screens stay open");
            }
            None if failed_before => tracing::info!("sessions can be checked again"),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
