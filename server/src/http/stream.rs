//! The upgrade to the stream, with small buffers: a thousand idle consoles must cost little.

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::StatusCode;
use axum::response::Response;

use super::App;
use super::caller::Caller;
use super::error::ApiError;
use crate::stream::serve_connection;

/// The largest message from a client: 64 KiB.
const LARGEST_MESSAGE: usize = 64 * 1024;
/// Read and write buffers; frames larger than the write buffer go straight through.
const BUFFER: usize = 2 * 1024;
/// What may wait in the socket's own buffer beyond the frame being written.
const LARGEST_WRITE_BUFFER: usize = 4 * 1024 * 1024;

/// `GET …/stream`.
pub async fn upgrade(
    State(app): State<App>,
    caller: Caller,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    let audience = caller.audience()?;
    let upgrade = upgrade.map_err(|rejection| {
        ApiError::new(StatusCode::UPGRADE_REQUIRED, "upgrade_required", rejection.body_text())
    })?;
    let Caller { principal, centre, .. } = caller;
    Ok(upgrade
        .read_buffer_size(BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(LARGEST_WRITE_BUFFER)
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .on_upgrade(move |socket| {
            serve_connection(socket, centre, audience, principal, app.accounts, app.metrics, app.shutdown)
        }))
}
