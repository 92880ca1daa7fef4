//! Accounts over a real SQLite store.

use super::*;
use crate::auth::admin;
use crate::auth::principal::Grant;
use crate::auth::scratch::{Scratch, scratch};
use axum::http::HeaderValue;
use axum::http::header::{AUTHORIZATION, COOKIE};
use kentongan_domain::people::Role;

const PASSWORD: &str = "kentongan";

fn operator() -> Grant {
    Grant { centre: "kediri".into(), role: Role::Operator, agency: None }
}

async fn room() -> (Scratch, Accounts, Uuid) {
    let scratch = scratch().await;
    let passwords = Passwords::new(Platform);
    let (store, rights) = (scratch.store.as_ref(), [operator()]);
    let created = admin::create_user(store, Platform, &passwords, "operator", PASSWORD, &rights).await;
    let user = created.unwrap();
    let accounts = Accounts::new(Arc::clone(&scratch.store), Platform, passwords);
    (scratch, accounts, user)
}

fn by_cookie(secret: &Secret) -> HeaderMap {
    let value = format!("kentongan={}", secret.expose());
    HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(&value).unwrap())])
}

fn by_header(secret: &Secret) -> HeaderMap {
    let value = format!("Bearer {}", secret.expose());
    HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_str(&value).unwrap())])
}

async fn is_known(accounts: &Accounts, secret: &Secret) -> bool {
    match accounts.authenticate(&by_cookie(secret), false).await {
        Ok(_) => true,
        Err(AuthError::Unauthenticated) => false,
        Err(error) => panic!("{error}"),
    }
}

/// Forgets what is remembered, as if its time were over.
fn let_time_pass(accounts: &Accounts, user: Uuid) {
    accounts.shared.recent.forget_user(user);
}

#[tokio::test]
async fn a_session_is_known_by_cookie_and_by_header() {
    let (_scratch, accounts, user) = room().await;
    let first = accounts.log_in(" Operator ", PASSWORD).await.unwrap();
    let second = accounts.log_in("operator", PASSWORD).await.unwrap();
    assert_ne!(first.secret.digest(), second.secret.digest());
    assert_eq!(first.principal.user_id, Some(user));
    assert_eq!(first.principal.grants, [operator()]);

    let principal = accounts.authenticate(&by_cookie(&first.secret), false).await.unwrap();
    assert_eq!(principal, first.principal);
    let principal = accounts.authenticate(&by_header(&first.secret), true).await.unwrap();
    assert_eq!(principal, Principal { by_cookie: false, ..first.principal });
    // The cookie's plain name does not count over TLS.
    let refused = accounts.authenticate(&by_cookie(&first.secret), true).await;
    assert!(matches!(refused, Err(AuthError::Unauthenticated)));
}

#[tokio::test]
async fn wrong_credentials_look_all_the_same() {
    let (scratch, accounts, _) = room().await;
    let store = scratch.store.as_ref();
    let passwords = Passwords::new(Platform);
    admin::create_user(store, Platform, &passwords, "gone", PASSWORD, &[]).await.unwrap();
    admin::disable_user(store, Platform, "gone").await.unwrap();
    for (name, password) in
        [("operator", "wrong"), ("nobody", PASSWORD), ("gone", PASSWORD), ("no body", PASSWORD)]
    {
        let answer = accounts.log_in(name, password).await;
        assert!(matches!(answer, Err(AuthError::WrongCredentials)), "{name}");
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_for_known_and_unknown_names() {
    let (_scratch, accounts, _) = room().await;
    for name in ["operator", "nobody"] {
        for _ in 0..6 {
            assert!(matches!(accounts.log_in(name, "wrong").await, Err(AuthError::WrongCredentials)));
        }
        let answer = accounts.log_in(name, PASSWORD).await;
        assert!(matches!(answer, Err(AuthError::TooManyAttempts { retry_after_s: 1 })), "{name}");
    }
}

#[tokio::test]
async fn log_out_takes_effect_at_once_and_for_that_session_only() {
    let (_scratch, accounts, user) = room().await;
    let first = accounts.log_in("operator", PASSWORD).await.unwrap();
    let second = accounts.log_in("operator", PASSWORD).await.unwrap();
    assert!(is_known(&accounts, &first.secret).await);
    assert!(accounts.is_still_valid(&first.principal).await);
    accounts.log_out(&first.principal).await.unwrap();
    assert!(!is_known(&accounts, &first.secret).await);
    assert!(!accounts.is_still_valid(&first.principal).await);
    assert!(is_known(&accounts, &second.secret).await);

    assert_eq!(accounts.revoke_user_sessions(user).await.unwrap(), 1);
    assert!(!is_known(&accounts, &second.secret).await);
}

#[tokio::test]
async fn what_another_process_changes_is_noticed() {
    let (scratch, accounts, user) = room().await;
    let store = scratch.store.as_ref();
    let session = accounts.log_in("operator", PASSWORD).await.unwrap();
    assert!(accounts.is_still_valid(&session.principal).await);

    let trainer = Grant { centre: "latihan".into(), role: Role::Trainer, agency: None };
    admin::grant(store, "operator", &trainer).await.unwrap();
    let_time_pass(&accounts, user);
    assert!(!accounts.is_still_valid(&session.principal).await, "an open socket has the old rights");
    let principal = accounts.authenticate(&by_cookie(&session.secret), false).await.unwrap();
    assert!(principal.grants.contains(&trainer));
    assert!(accounts.is_still_valid(&principal).await);

    admin::disable_user(store, Platform, "operator").await.unwrap();
    let_time_pass(&accounts, user);
    assert!(!accounts.is_still_valid(&principal).await);
    assert!(!is_known(&accounts, &session.secret).await);
    admin::enable_user(store, "operator").await.unwrap();
    assert!(!is_known(&accounts, &session.secret).await, "sessions do not come back");
}

#[tokio::test]
async fn an_expired_session_is_nobodys() {
    let (scratch, accounts, user) = room().await;
    let now = Platform.now();
    for (ends_in_us, known) in [(60 * SECOND_US, true), (0, false), (-SECOND_US, false)] {
        let secret = Secret::generate(Platform, SecretKind::Session).unwrap();
        let session = SessionRow {
            token_hash: secret.digest(),
            user_id: user,
            created_at: now - SESSION_LASTS_US,
            expires_at: now + ends_in_us,
            last_seen_at: now,
            revoked_at: None,
        };
        scratch.store.put_session(&session).await.unwrap();
        assert_eq!(is_known(&accounts, &secret).await, known, "{ends_in_us}");
    }
}

#[tokio::test]
async fn a_token_has_its_one_right_until_it_is_revoked() {
    let (scratch, accounts, _) = room().await;
    let store = scratch.store.as_ref();
    let made =
        admin::create_token(store, Platform, "sms-gateway", "kediri", Role::Intake, None, Some("sms"), None);
    let secret = made.await.unwrap();
    let principal = accounts.authenticate(&by_header(&secret), false).await.unwrap();
    assert_eq!(principal.actor_in("kediri").unwrap().name, "token:sms-gateway");
    assert_eq!(principal.channel.as_deref(), Some("sms"));
    assert_eq!(principal.expires_at, i64::MAX);
    assert!(principal.grant_in("latihan").is_none() && !principal.by_cookie);

    accounts.log_out(&principal).await.unwrap();
    assert!(accounts.is_still_valid(&principal).await);
    store.revoke_token(principal.token_id.unwrap(), Platform.now()).await.unwrap();
    accounts.shared.recent.forget(&principal.credential);
    assert!(!accounts.is_still_valid(&principal).await);
    let answer = accounts.authenticate(&by_header(&secret), false).await;
    assert!(matches!(answer, Err(AuthError::Unauthenticated)));
}

#[tokio::test]
async fn a_failing_store_ends_no_session() {
    let (scratch, accounts, user) = room().await;
    let session = accounts.log_in("operator", PASSWORD).await.unwrap();
    scratch.store.close().await;
    let_time_pass(&accounts, user);
    assert!(accounts.is_still_valid(&session.principal).await);
    let answer = accounts.authenticate(&by_cookie(&session.secret), false).await;
    assert!(matches!(answer, Err(AuthError::Store(_))), "{answer:?}");
    assert!(matches!(accounts.log_out(&session.principal).await, Err(AuthError::Store(_))));
    let over = Principal { expires_at: Platform.now(), ..session.principal };
    assert!(!accounts.is_still_valid(&over).await);
}

#[tokio::test]
async fn use_is_noted_now_and_then() {
    let (scratch, accounts, user) = room().await;
    let now = Platform.now();
    for (seen_ago_us, noted) in [(TOUCH_EVERY_US, true), (TOUCH_EVERY_US / 2, false)] {
        let secret = Secret::generate(Platform, SecretKind::Session).unwrap();
        let session = SessionRow {
            token_hash: secret.digest(),
            user_id: user,
            created_at: now - SECOND_US,
            expires_at: now + SESSION_LASTS_US,
            last_seen_at: now - seen_ago_us,
            revoked_at: None,
        };
        scratch.store.put_session(&session).await.unwrap();
        assert!(is_known(&accounts, &secret).await);
        while !accounts.shared.touching.lock().is_empty() {
            tokio::task::yield_now().await;
        }
        let stored = scratch.store.session(&secret.digest()).await.unwrap().unwrap();
        assert_eq!(stored.last_seen_at != session.last_seen_at, noted);
    }
}
