//! No request waits for ever: whatever it hangs on, its caller gets an answer.

use std::time::Duration;

use axum::extract::Request;
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::error::ApiError;

/// How long a request may take: longer than the writer waits for the store, and than the store waits
/// for a connection.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// A picture from a telephone on the edge of the network takes its time.
const PICTURE_WITHIN: Duration = Duration::from_mins(5);

/// Answers 503 when there is no answer in time.
pub async fn limit(request: Request, next: Next) -> Response {
    let picture = request.method() == Method::POST && request.uri().path().ends_with("/photos");
    let within = if picture { PICTURE_WITHIN } else { ANSWER_WITHIN };
    match tokio::time::timeout(within, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            ApiError::unavailable("there was no answer in time; send it again with the same Idempotency-Key")
                .into_response()
        }
    }
}
