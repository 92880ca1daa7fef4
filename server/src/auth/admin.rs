//! Making and changing accounts: for the command line, the first start and `--demo`.
//!
//! These work on the store alone, also while no server runs; a running server notices within
//! seconds. Refuses what the rest of the server would have to guess about: a name that breaks a
//! line, a right in a centre that is not there, an agency's role without its agency.

use kentongan_domain::people::Role;
use kentongan_store::rows::{TokenRow, UserRow};
use kentongan_store::{Store, StoreError};
use uuid::Uuid;

use super::passwords::Passwords;
use super::principal::Grant;
use super::secrets::{Secret, SecretKind};
use super::{AuthError, names};
use crate::platform::Platform;

/// What a one-time password is made of: no `i`, `l`, `o`, `0` and `1`, which look like another.
const READABLE: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// Its groups, and the characters of each: 16 x log2(31) = 79 bits.
const PASSWORD_GROUPS: usize = 4;
const GROUP_CHARS: usize = 4;

/// Makes a user with these rights; answers their id.
///
/// # Errors
/// [`AuthError::Invalid`] for a name, password or right that cannot be, [`StoreError::Duplicate`]
/// for a name that is taken, [`StoreError::NotFound`] for an unknown centre.
pub async fn create_user(
    store: &dyn Store,
    platform: Platform,
    passwords: &Passwords,
    name: &str,
    password: &str,
    grants: &[Grant],
) -> Result<Uuid, AuthError> {
    names::check_name(name)?;
    for grant in grants {
        check_grant(store, grant).await?;
    }
    if store.user_by_name(name).await?.is_some() {
        return Err(StoreError::Duplicate { what: "users.name".into() }.into());
    }
    let user = UserRow {
        id: platform.ids()?.next_id(),
        name: name.to_owned(),
        password_hash: passwords.hash(password).await?,
        disabled: false,
        created_at: platform.now(),
    };
    store.put_user(&user).await?;
    let rows: Vec<_> = grants.iter().map(|grant| grant.to_row(user.id)).collect();
    store.set_grants(user.id, &rows).await?;
    Ok(user.id)
}

/// Gives a user a new password and ends their sessions: whoever knew the old one is out.
///
/// # Errors
/// [`AuthError::Invalid`] for a password that cannot be, [`StoreError::NotFound`] for no such user.
pub async fn set_password(
    store: &dyn Store,
    platform: Platform,
    passwords: &Passwords,
    name: &str,
    password: &str,
) -> Result<(), AuthError> {
    let user = known_user(store, name).await?;
    let hash = passwords.hash(password).await?;
    if !store.set_password(user.id, &hash).await? {
        return Err(no_such("user").into());
    }
    store.revoke_sessions_of(user.id, platform.now()).await?;
    Ok(())
}

/// Gives a user one more right; nothing changes if they have it.
///
/// # Errors
/// [`AuthError::Invalid`] for a right that cannot be, [`StoreError::NotFound`] for no such user
/// or centre.
pub async fn grant(store: &dyn Store, name: &str, grant: &Grant) -> Result<(), AuthError> {
    check_grant(store, grant).await?;
    let user = known_user(store, name).await?;
    let mut rows = store.grants(user.id).await?;
    let added = grant.to_row(user.id);
    if !rows.contains(&added) {
        rows.push(added);
        store.set_grants(user.id, &rows).await?;
    }
    Ok(())
}

/// Takes a right from a user; false if they did not have it.
///
/// # Errors
/// [`StoreError::NotFound`] for no such user.
pub async fn withdraw_grant(store: &dyn Store, name: &str, grant: &Grant) -> Result<bool, AuthError> {
    let user = known_user(store, name).await?;
    let withdrawn = grant.to_row(user.id);
    let mut rows = store.grants(user.id).await?;
    let had = rows.len();
    rows.retain(|row| *row != withdrawn);
    if rows.len() == had {
        return Ok(false);
    }
    store.set_grants(user.id, &rows).await?;
    Ok(true)
}

/// Shuts a user out and ends their sessions; answers how many were open.
///
/// # Errors
/// [`StoreError::NotFound`] for no such user.
pub async fn disable_user(store: &dyn Store, platform: Platform, name: &str) -> Result<u64, AuthError> {
    let user = known_user(store, name).await?;
    let id = user.id;
    // Shut out first: a login between the two calls finds a closed door.
    store.put_user(&UserRow { disabled: true, ..user }).await?;
    Ok(store.revoke_sessions_of(id, platform.now()).await?)
}

/// Lets a user in again.
///
/// # Errors
/// [`StoreError::NotFound`] for no such user.
pub async fn enable_user(store: &dyn Store, name: &str) -> Result<(), AuthError> {
    let user = known_user(store, name).await?;
    Ok(store.put_user(&UserRow { disabled: false, ..user }).await?)
}

/// Makes a token for a machine. Its secret is shown this once; `expires_at` is epoch µs.
///
/// # Errors
/// [`AuthError::Invalid`] for a label, right or end that cannot be, [`StoreError::NotFound`] for
/// an unknown centre.
#[expect(clippy::too_many_arguments, reason = "the columns of one row, each named by the command line")]
pub async fn create_token(
    store: &dyn Store,
    platform: Platform,
    label: &str,
    centre: &str,
    role: Role,
    agency: Option<&str>,
    channel: Option<&str>,
    expires_at: Option<i64>,
) -> Result<Secret, AuthError> {
    names::check_label(label)?;
    let now = platform.now();
    if expires_at.is_some_and(|expires_at| expires_at <= now) {
        return Err(AuthError::Invalid("the token would have ended already".into()));
    }
    let grant = Grant { centre: centre.to_owned(), role, agency: agency.map(str::to_owned) };
    check_grant(store, &grant).await?;
    let secret = Secret::generate(platform, SecretKind::Token)?;
    let token = TokenRow {
        id: platform.ids()?.next_id(),
        token_hash: secret.digest(),
        label: label.to_owned(),
        centre: grant.centre,
        role: role.code().to_owned(),
        agency: grant.agency,
        channel: channel.map(str::to_owned),
        created_at: now,
        expires_at,
        revoked_at: None,
    };
    store.put_token(&token).await?;
    Ok(secret)
}

/// A random password that can be read out and typed, e.g. `k7mq-x2vd-9hpa-w4tn`.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn one_time_password(platform: Platform) -> Result<String, std::io::Error> {
    let mut chars: Vec<u8> = Vec::with_capacity(PASSWORD_GROUPS * GROUP_CHARS);
    while chars.len() < PASSWORD_GROUPS * GROUP_CHARS {
        // 31 characters out of 32 values: the one that hits nothing is drawn again, so that all
        // characters are equally likely.
        let bytes: [u8; 32] = platform.random()?;
        let drawn = bytes.iter().filter_map(|byte| READABLE.get(usize::from(byte % 32)));
        let missing = PASSWORD_GROUPS * GROUP_CHARS - chars.len();
        chars.extend(drawn.take(missing));
    }
    let groups: Vec<_> = chars.chunks(GROUP_CHARS).map(String::from_utf8_lossy).collect();
    Ok(groups.join("-"))
}

async fn check_grant(store: &dyn Store, grant: &Grant) -> Result<(), AuthError> {
    if !grant.is_clear() {
        return Err(AuthError::Invalid(format!(
            "the role agency needs an agency, and no other role takes one (not {})",
            grant.role.code()
        )));
    }
    if store.head(&grant.centre).await?.is_none() {
        return Err(no_such("centre").into());
    }
    Ok(())
}

async fn known_user(store: &dyn Store, name: &str) -> Result<UserRow, StoreError> {
    store.user_by_name(name).await?.ok_or_else(|| no_such("user"))
}

fn no_such(what: &str) -> StoreError {
    StoreError::NotFound { what: what.to_owned() }
}

#[cfg(test)]
mod tests;
