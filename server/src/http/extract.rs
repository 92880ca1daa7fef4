//! Paths and queries whose mistakes are answered like every other one, as problem+json.

use std::error::Error;

use axum::extract::{FromRequestParts, rejection::QueryRejection};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::error::ApiError;

/// The values of a path's names.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        // Only what is no UTF-8 comes here: nothing of ours has such a name.
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|path| Self(path.0)).map_err(|_| ApiError::not_found("the address"))
    }
}

/// The parameters after the question mark.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        // PostgreSQL takes no NUL in a text; no value of ours has one.
        if parts.uri.query().is_some_and(|query| query.contains("%00")) {
            return Err(ApiError::bad_parameter("query", "a parameter must not contain NUL"));
        }
        let query = axum::extract::Query::try_from_uri(&parts.uri);
        query.map(|query| Self(query.0)).map_err(|rejection| {
            let name = parameter_of(&rejection).unwrap_or_else(|| "query".to_owned());
            ApiError::bad_parameter(&name, rejection.body_text())
        })
    }
}

/// The parameter at fault, as far as the parser tells it.
fn parameter_of(rejection: &QueryRejection) -> Option<String> {
    let mut cause = Some(rejection as &(dyn Error + 'static));
    while let Some(error) = cause {
        let known = error.downcast_ref::<serde_path_to_error::Error<serde::de::value::Error>>();
        if let Some(known) = known {
            return Some(known.path().to_string()).filter(|path| path != ".");
        }
        cause = error.source();
    }
    None
}
