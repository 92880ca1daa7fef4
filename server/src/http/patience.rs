//! No request waits for ever: whatever it hangs on, its caller gets an answer.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::error::ApiError;

/// How long a request may take: longer than the writer waits for the store, and than the store waits
/// for a connection.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// Answers 503 when there is no answer in time.
pub async fn limit(request: Request, next: Next) -> Response {
    match tokio::time::timeout(ANSWER_WITHIN, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            ApiError::unavailable("there was no answer in time; send it again with the same Idempotency-Key")
                .into_response()
        }
    }
}
