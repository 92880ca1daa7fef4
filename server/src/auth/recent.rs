//! Principals seen a moment ago, so that a busy console does not ask the store for each request.
//!
//! An entry is good for a given age only: that age bounds how long a session revoked elsewhere
//! (another node, the command line) still works. What is revoked here is forgotten at once, also
//! by a lookup that was under way. Bounded; reads no clock.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use uuid::Uuid;

use super::principal::Principal;

/// How many are kept: more than the consoles of a province, about a megabyte.
const KEPT_AT_MOST: usize = 2_048;

/// The principals, by the digest of their secret.
#[derive(Default)]
pub(super) struct Recent {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    seen: HashMap<[u8; 32], (Arc<Principal>, Instant)>,
    /// Counts what was forgotten, so that a lookup begun before does not bring it back.
    forgotten: u64,
}

/// When a lookup began; see [`Recent::put`].
#[derive(Clone, Copy)]
pub(super) struct Begun {
    at: Instant,
    forgotten: u64,
}

impl Recent {
    /// The principal, if it was looked up at most `max_age` before `now`.
    pub(super) fn get(&self, digest: &[u8; 32], now: Instant, max_age: Duration) -> Option<Arc<Principal>> {
        let inner = self.inner.lock();
        let (principal, at) = inner.seen.get(digest)?;
        (now.saturating_duration_since(*at) <= max_age).then(|| Arc::clone(principal))
    }

    /// To be called before the store is asked.
    pub(super) fn begin(&self, now: Instant) -> Begun {
        Begun { at: now, forgotten: self.inner.lock().forgotten }
    }

    /// Keeps what the store answered, unless something was revoked since `begun`.
    pub(super) fn put(&self, principal: Arc<Principal>, begun: Begun, max_age: Duration) {
        let mut inner = self.inner.lock();
        if inner.forgotten != begun.forgotten {
            return;
        }
        if inner.seen.len() >= KEPT_AT_MOST {
            inner.seen.retain(|_, (_, at)| begun.at.saturating_duration_since(*at) <= max_age);
        }
        // Still full of fresh ones: then this one is looked up again next time.
        if inner.seen.len() < KEPT_AT_MOST || inner.seen.contains_key(&principal.credential) {
            inner.seen.insert(principal.credential, (principal, begun.at));
        }
    }

    /// Forgets one.
    pub(super) fn forget(&self, digest: &[u8; 32]) {
        let mut inner = self.inner.lock();
        inner.forgotten += 1;
        inner.seen.remove(digest);
    }

    /// Forgets all of a user.
    pub(super) fn forget_user(&self, user: Uuid) {
        let mut inner = self.inner.lock();
        inner.forgotten += 1;
        inner.seen.retain(|_, (principal, _)| principal.user_id != Some(user));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Platform;

    const AGE: Duration = Duration::from_secs(2);

    fn principal(nth: usize) -> Arc<Principal> {
        let mut credential = [0; 32];
        credential[..8].copy_from_slice(&nth.to_le_bytes());
        Arc::new(Principal {
            name: "sari".into(),
            user_id: Some(Uuid::from_u128((nth % 2) as u128)),
            token_id: None,
            grants: Vec::new(),
            channel: None,
            credential,
            by_cookie: false,
            expires_at: 0,
        })
    }

    #[test]
    fn an_entry_ages() {
        let (recent, start) = (Recent::default(), Platform.monotonic());
        let kept = principal(1);
        recent.put(Arc::clone(&kept), recent.begin(start), AGE);
        for (after_ms, fresh) in [(0, true), (2_000, true), (2_001, false)] {
            let now = start + Duration::from_millis(after_ms);
            assert_eq!(recent.get(&kept.credential, now, AGE).is_some(), fresh, "{after_ms} ms");
        }
    }

    #[test]
    fn what_is_forgotten_stays_forgotten() {
        let (recent, start) = (Recent::default(), Platform.monotonic());
        let (one, two) = (principal(1), principal(2));
        for kept in [&one, &two] {
            recent.put(Arc::clone(kept), recent.begin(start), AGE);
        }
        let under_way = recent.begin(start);
        recent.forget(&one.credential);
        recent.put(Arc::clone(&one), under_way, AGE);
        assert!(recent.get(&one.credential, start, AGE).is_none());
        assert!(recent.get(&two.credential, start, AGE).is_some());

        recent.forget_user(Uuid::from_u128(0));
        assert!(recent.get(&two.credential, start, AGE).is_none());
    }

    #[test]
    fn the_number_kept_is_bounded() {
        let (recent, start) = (Recent::default(), Platform.monotonic());
        for nth in 0..KEPT_AT_MOST + 10 {
            recent.put(principal(nth), recent.begin(start), AGE);
        }
        assert_eq!(recent.inner.lock().seen.len(), KEPT_AT_MOST);
        let later = start + Duration::from_secs(3);
        recent.put(principal(KEPT_AT_MOST), recent.begin(later), AGE);
        assert_eq!(recent.inner.lock().seen.len(), 1);
    }
}
