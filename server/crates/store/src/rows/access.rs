//! Rows of who may do what: users, their rights, sessions, tokens, and agencies' endpoints.
//!
//! Secrets that we only compare are kept as hashes; a webhook's secret must be used to sign,
//! so it is kept as it is.

use super::log::Digest;
use sqlx::FromRow;
use std::fmt;
use uuid::Uuid;

/// Somebody who can log in.
#[derive(Clone, PartialEq, FromRow)]
pub struct UserRow {
    /// The user.
    pub id: Uuid,
    /// The name they log in with, unique.
    pub name: String,
    /// The password's hash (PHC string).
    pub password_hash: String,
    /// Whether they are shut out.
    pub disabled: bool,
    /// When the user was made.
    pub created_at: i64,
}

/// One right: a user has a role in a centre, perhaps for one agency only.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct GrantRow {
    /// The user.
    pub user_id: Uuid,
    /// The centre it holds in.
    pub centre: String,
    /// The role.
    pub role: String,
    /// The agency it is narrowed to.
    pub agency: Option<String>,
}

/// A login that lasts.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct SessionRow {
    /// SHA-256 of the cookie's secret.
    #[sqlx(try_from = "Digest")]
    pub token_hash: [u8; 32],
    /// Whose it is.
    pub user_id: Uuid,
    /// When they logged in.
    pub created_at: i64,
    /// When it ends by itself.
    pub expires_at: i64,
    /// When it was last used.
    pub last_seen_at: i64,
    /// When it was ended before its time.
    pub revoked_at: Option<i64>,
}

/// A bearer token for a machine.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct TokenRow {
    /// The token's record.
    pub id: Uuid,
    /// SHA-256 of the secret, unique.
    #[sqlx(try_from = "Digest")]
    pub token_hash: [u8; 32],
    /// What it is for, in words.
    pub label: String,
    /// The centre it holds in.
    pub centre: String,
    /// The role it gives.
    pub role: String,
    /// The agency it is narrowed to.
    pub agency: Option<String>,
    /// The inbound channel it is narrowed to.
    pub channel: Option<String>,
    /// When it was made.
    pub created_at: i64,
    /// When it ends by itself.
    pub expires_at: Option<i64>,
    /// When it was ended before its time.
    pub revoked_at: Option<i64>,
}

/// Where an agency's messages go on one channel.
#[derive(Clone, PartialEq, FromRow)]
pub struct EndpointRow {
    /// The centre it holds in.
    pub centre: String,
    /// The agency.
    pub agency: String,
    /// The channel, e.g. `webhook`.
    pub channel: String,
    /// The address, e.g. a URL.
    pub target: String,
    /// The secret that messages to it are signed with.
    pub secret: String,
    /// Whether it is in use.
    pub active: bool,
    /// When it was first stored.
    pub created_at: i64,
    /// Whether an administrator allowed the address to lie in a private network.
    pub private_allowed: bool,
}

// Written by hand so that no log line ever carries a password hash or a signing secret.
impl fmt::Debug for UserRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserRow")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("disabled", &self.disabled)
            .field("created_at", &self.created_at)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for EndpointRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EndpointRow")
            .field("centre", &self.centre)
            .field("agency", &self.agency)
            .field("channel", &self.channel)
            .field("target", &self.target)
            .field("active", &self.active)
            .field("created_at", &self.created_at)
            .finish_non_exhaustive()
    }
}
