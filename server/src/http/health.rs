//! Whether the process lives, whether it takes writes, and what it measures.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::App;
use super::error::ApiError;

/// `GET /healthz`.
pub async fn healthz() -> axum::Json<serde_json::Value> {
    axum::Json(json!({ "status": "alive" }))
}

/// `GET /readyz`: red (503) when the store does not take a write now.
pub async fn readyz(State(app): State<App>) -> Response {
    match app.store.probe().await {
        // A way out that is ill is told, and does not make the server red: reports still come in.
        Ok(()) => {
            let ways_out = app.forwarding.board.read();
            axum::Json(json!({ "status": "ready", "ways_out": ways_out })).into_response()
        }
        Err(error) => {
            tracing::warn!(%error, "not ready: the store does not take writes");
            ApiError::unavailable("the database does not take writes now").into_response()
        }
    }
}

/// `GET /metrics`.
pub async fn metrics(State(app): State<App>) -> Result<Response, ApiError> {
    let text = app.metrics.text().map_err(ApiError::internal)?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, kind)], text).into_response())
}
