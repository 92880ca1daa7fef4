//! Who calls, in which centre, and what they may see: made once by [`super::access`], read by handlers.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kentongan_domain::people::{Actor, Role};
use uuid::Uuid;

use super::error::ApiError;
use crate::auth::{Grant, Principal};
use crate::centre::Centre;
use crate::command::fingerprint;
use crate::stream::audience::Audience;

/// A caller with a right in a centre.
#[derive(Clone)]
pub struct Caller {
    /// Who.
    pub principal: Principal,
    /// The right used.
    pub grant: Grant,
    /// The centre.
    pub centre: Arc<Centre>,
    /// Who acts, for the log.
    pub actor: Actor,
}

impl Caller {
    /// What the caller may see; 403 for those who may see nothing.
    ///
    /// # Errors
    /// 403.
    pub fn audience(&self) -> Result<Audience, ApiError> {
        Audience::of(self.grant.role, self.grant.agency.as_deref()).ok_or_else(ApiError::forbidden)
    }

    /// Whether the caller is an agency's.
    pub fn is_agency(&self) -> bool {
        self.grant.role == Role::Agency
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| ApiError::internal("a route of a centre was reached without the access check"))
    }
}

/// Anybody logged in.
#[derive(Clone)]
pub struct LoggedInCaller(pub Principal);

impl<S: Sync> FromRequestParts<S> for LoggedInCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| ApiError::internal("a route for people was reached without the access check"))
    }
}

/// The idempotency key of a request: as sent, or a new one.
#[derive(Debug, Clone, Copy)]
pub struct IdempotencyKey {
    id: Uuid,
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get("idempotency-key") else {
            let ids = crate::platform::Platform.ids().map_err(ApiError::internal);
            return Ok(Self { id: ids?.next_id() });
        };
        let id = value.to_str().ok().and_then(|text| text.trim().trim_matches('"').parse().ok());
        let id = id.ok_or_else(|| {
            ApiError::bad_parameter("Idempotency-Key", "the Idempotency-Key must be a UUID")
        })?;
        Ok(Self { id })
    }
}

impl IdempotencyKey {
    /// The key, and the fingerprint of what was asked under it: caller, path and body.
    pub fn of(self, caller: &Caller, what: &str, body: &[u8]) -> (Uuid, [u8; 32]) {
        (self.id, fingerprint(&[caller.actor.name.as_bytes(), what.as_bytes(), body]))
    }
}
