//! The one error of the HTTP layer, as `application/problem+json` (RFC 9457) with a stable code.
//!
//! Says what was wrong, where, and what to do. Logged once, here, and only when it is ours.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kentongan_domain::rejection::Rejection;
use kentongan_protocol::problem::Problem;
use kentongan_store::StoreError;

use crate::auth::AuthError;
use crate::command::SubmitError;

/// An answer that is not a success.
#[derive(Debug, Clone)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    detail: String,
    pointer: Option<String>,
    state: Option<String>,
    allowed: Option<Vec<String>>,
    retry_after_s: Option<u64>,
    allow: Option<String>,
}

impl ApiError {
    /// A plain error.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            pointer: None,
            state: None,
            allowed: None,
            retry_after_s: None,
            allow: None,
        }
    }

    /// Its status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// Its stable code.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The field at fault.
    pub fn pointer(&self) -> Option<&str> {
        self.pointer.as_deref()
    }

    /// What was wrong and what to do.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// 400: the body is not JSON.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed_json", detail)
    }

    /// 422: a field is wrong; `pointer` is a JSON pointer, e.g. `/location/lat`.
    pub fn invalid(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        let mut error = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_field", detail);
        error.pointer = Some(pointer.into());
        error
    }

    /// 400: a query parameter or header is wrong.
    pub fn bad_parameter(name: &str, detail: impl Into<String>) -> Self {
        let mut error = Self::new(StatusCode::BAD_REQUEST, "bad_parameter", detail);
        error.pointer = Some(name.to_owned());
        error
    }

    /// 404.
    pub fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            format!("{what} does not exist, or is not yours to see"),
        )
    }

    /// 403.
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "your role does not include this; ask a supervisor")
    }

    /// 405; `allow` names the methods there are.
    pub fn method_not_allowed(allow: String) -> Self {
        let detail = format!("this address takes {allow} only");
        let error = Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail);
        Self { allow: Some(allow), ..error }
    }

    /// 503.
    pub fn unavailable(detail: impl Into<String>) -> Self {
        let mut error = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail);
        error.retry_after_s = Some(1);
        error
    }

    /// 500, with the cause in the log and not in the answer.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(error = %cause, "a request failed on our side");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the server made a mistake; it is in its log",
        )
    }
}

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        let detail = rejection.to_string();
        match rejection {
            Rejection::NotFound { what, .. } => Self::not_found(what),
            Rejection::IllegalStep { state, allowed, .. } => {
                let mut error = Self::new(StatusCode::CONFLICT, "illegal_step", detail);
                error.state = Some(state);
                error.allowed = Some(allowed);
                error
            }
            Rejection::VersionMoved { .. } => Self::new(StatusCode::CONFLICT, "version_moved", detail),
            Rejection::AlreadyForwarded { .. } => {
                Self::new(StatusCode::CONFLICT, "already_forwarded", detail)
            }
            Rejection::Drill => Self::new(StatusCode::CONFLICT, "drill_centre", detail),
            Rejection::Invalid { pointer, message } => Self::invalid(pointer, message),
        }
    }
}

impl From<SubmitError> for ApiError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Rejected(rejection) => rejection.into(),
            SubmitError::KeyReused => {
                Self::new(StatusCode::CONFLICT, "idempotency_key_reused", error.to_string())
            }
            SubmitError::Store(error) => error.into(),
            SubmitError::Overloaded => Self::unavailable(error.to_string()),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy | StoreError::Unavailable(_) | StoreError::HeadMoved { .. } => {
                tracing::warn!(%error, "the store could not answer");
                Self::unavailable("the database cannot be reached now; nothing was stored, try again")
            }
            other => Self::internal(other),
        }
    }
}

impl From<AuthError> for ApiError {
    fn from(error: AuthError) -> Self {
        let detail = error.to_string();
        let code = error.code();
        match error {
            AuthError::Unauthenticated | AuthError::WrongCredentials => {
                Self::new(StatusCode::UNAUTHORIZED, code, detail)
            }
            AuthError::TooManyAttempts { retry_after_s } => {
                let mut error = Self::new(StatusCode::TOO_MANY_REQUESTS, code, detail);
                error.retry_after_s = Some(retry_after_s);
                error
            }
            AuthError::Busy => Self::unavailable(detail),
            AuthError::Store(error) => error.into(),
            other => Self::internal(other),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = Problem {
            type_uri: "about:blank".to_owned(),
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            detail: self.detail,
            code: self.code.to_owned(),
            pointer: self.pointer,
            state: self.state,
            allowed: self.allowed,
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(allow) = self.allow.and_then(|allow| HeaderValue::from_str(&allow).ok()) {
            headers.insert(header::ALLOW, allow);
        }
        response
    }
}
