//! From a shown secret to whom it stands for: the headers, and the store's rows.
//!
//! Reads only. Answers "nobody" for all that is unknown, expired, revoked or shut out; an error
//! means that the store did not answer, never that somebody is not who they say.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kentongan_store::{Store, StoreError};

use super::cookies;
use super::principal::Principal;
use super::secrets::{Secret, SecretKind};

/// A secret as a request showed it.
pub(super) struct Shown {
    pub(super) secret: Secret,
    pub(super) by_cookie: bool,
}

/// The secret in a request's headers. An `Authorization` header decides alone: whoever sends one
/// means it, and the cookie of somebody else must not stand in for a bad token.
pub(super) fn shown(headers: &HeaderMap, secure: bool) -> Option<Shown> {
    let mut authorizations = headers.get_all(AUTHORIZATION).iter();
    match (authorizations.next(), authorizations.next()) {
        (None, _) => cookies::read(headers, secure)
            // A token belongs into a header: in a cookie it would need the Origin check for nothing.
            .filter(|secret| secret.kind() == SecretKind::Session)
            .map(|secret| Shown { secret, by_cookie: true }),
        (Some(authorization), None) => {
            let (scheme, credentials) = authorization.to_str().ok()?.trim().split_once(' ')?;
            let secret = if scheme.eq_ignore_ascii_case("basic") {
                by_password(credentials.trim())
            } else if scheme.eq_ignore_ascii_case("bearer") {
                Secret::parse(credentials.trim())
            } else {
                None
            };
            secret.map(|secret| Shown { secret, by_cookie: false })
        }
        (Some(_), Some(_)) => None,
    }
}

/// A token shown as a password: there are apps (OwnTracks) that can send nothing else. A session is not: a
/// browser would keep it and send it along with what other pages ask for.
fn by_password(credentials: &str) -> Option<Secret> {
    let decoded = STANDARD.decode(credentials).ok()?;
    let (_, password) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Secret::parse(password).filter(|secret| secret.kind() == SecretKind::Token)
}

/// What the store says of a secret that is good.
pub(super) struct Found {
    pub(super) principal: Principal,
    /// When the session was last noted as used; none for a token.
    pub(super) last_seen_at: Option<i64>,
}

/// Whom the digest of a secret of this kind stands for at `now` (epoch µs); none for nobody.
///
/// # Errors
/// When the store did not answer.
pub(super) async fn find(
    store: &dyn Store,
    kind: SecretKind,
    digest: &[u8; 32],
    now: i64,
) -> Result<Option<Found>, StoreError> {
    match kind {
        SecretKind::Session => find_session(store, digest, now).await,
        SecretKind::Token => find_token(store, digest, now).await,
    }
}

async fn find_session(store: &dyn Store, digest: &[u8; 32], now: i64) -> Result<Option<Found>, StoreError> {
    let Some(session) = store.session(digest).await? else { return Ok(None) };
    if session.revoked_at.is_some() || session.expires_at <= now {
        return Ok(None);
    }
    let Some(user) = store.user(session.user_id).await? else { return Ok(None) };
    if user.disabled {
        return Ok(None);
    }
    let grants = store.grants(user.id).await?;
    let principal = Principal::of_session(&session, user, &grants);
    Ok(Some(Found { principal, last_seen_at: Some(session.last_seen_at) }))
}

async fn find_token(store: &dyn Store, digest: &[u8; 32], now: i64) -> Result<Option<Found>, StoreError> {
    let Some(token) = store.token(digest).await? else { return Ok(None) };
    if token.revoked_at.is_some() || token.expires_at.is_some_and(|expires_at| expires_at <= now) {
        return Ok(None);
    }
    Ok(Some(Found { principal: Principal::of_token(token), last_seen_at: None }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use axum::http::header::COOKIE;

    /// The secret's kind, and whether it came by cookie.
    type Expected = Option<(SecretKind, bool)>;

    #[test]
    fn a_header_goes_before_a_cookie_and_never_falls_back_to_it() {
        let plain = "A".repeat(43);
        let token = format!("ktg_{plain}");
        let (bearer, lower) = (format!("Bearer {token}"), format!("bearer  {plain}"));
        let (cookie, token_cookie) = (format!("kentongan={plain}"), format!("kentongan={token}"));
        let basic = format!("Basic {plain}");
        let password = |text: &str| format!("basic {}", STANDARD.encode(text));
        let (by_app, session) = (password(&format!("hp-1:{token}")), password(&format!("hp-1:{plain}")));
        let (no_name, no_colon) = (password(&format!(":{token}")), password(&token));
        let table: [(&[&str], Option<&str>, Expected); 13] = [
            (&[], None, None),
            (&[], Some(&cookie), Some((SecretKind::Session, true))),
            (&[], Some(&token_cookie), None),
            (&[&bearer], None, Some((SecretKind::Token, false))),
            (&[&lower], Some(&cookie), Some((SecretKind::Session, false))),
            (&["Bearer"], Some(&cookie), None),
            (&["Bearer wrong"], Some(&cookie), None),
            (&[&basic], Some(&cookie), None),
            // An app that knows no other way shows a token as a password; a session never comes so.
            (&[&by_app], Some(&cookie), Some((SecretKind::Token, false))),
            (&[&no_name], None, Some((SecretKind::Token, false))),
            (&[&session], Some(&cookie), None),
            (&[&no_colon], None, None),
            (&[&bearer, &bearer], None, None),
        ];
        for (authorizations, cookie, expected) in table {
            let mut headers = HeaderMap::new();
            for authorization in authorizations {
                headers.append(AUTHORIZATION, HeaderValue::from_str(authorization).unwrap());
            }
            if let Some(cookie) = cookie {
                headers.insert(COOKIE, HeaderValue::from_str(cookie).unwrap());
            }
            let found = shown(&headers, false).map(|shown| (shown.secret.kind(), shown.by_cookie));
            assert_eq!(found, expected, "{authorizations:?} {cookie:?}");
        }
    }
}
