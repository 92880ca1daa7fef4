//! The upgrade to the stream.
//!
//! axum checks the request; the connection itself goes to [`crate::stream::Socket`], because axum's own
//! socket cannot send a long text in fragments.

use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts, State};
use axum::http::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use hyper::upgrade::OnUpgrade;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::App;
use super::caller::Caller;
use super::error::ApiError;
use crate::stream::{Socket, serve_connection};

/// A request that asks for a WebSocket and may have one.
pub struct Upgrade {
    upgrading: OnUpgrade,
    accept: HeaderValue,
}

impl<S: Send + Sync> FromRequestParts<S> for Upgrade {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let upgrading = parts.extensions.get::<OnUpgrade>().cloned();
        let key = parts.headers.get(SEC_WEBSOCKET_KEY).cloned();
        // Only its checks are wanted.
        let checked = WebSocketUpgrade::from_request_parts(parts, state).await;
        drop(checked.map_err(|rejection| refused(rejection.body_text()))?);
        let (Some(upgrading), Some(key)) = (upgrading, key) else {
            return Err(refused("the connection cannot become a WebSocket".to_owned()));
        };
        let accept = HeaderValue::from_str(&derive_accept_key(key.as_bytes()))
            .map_err(|error| refused(error.to_string()))?;
        Ok(Self { upgrading, accept })
    }
}

fn refused(why: String) -> ApiError {
    ApiError::new(StatusCode::UPGRADE_REQUIRED, "upgrade_required", why)
}

/// `GET …/stream`.
pub async fn upgrade(
    State(app): State<App>,
    caller: Caller,
    upgrade: Result<Upgrade, ApiError>,
) -> Result<Response, ApiError> {
    let audience = caller.audience()?;
    let Upgrade { upgrading, accept } = upgrade?;
    let Caller { principal, centre, .. } = caller;
    tokio::spawn(async move {
        match upgrading.await {
            Ok(upgraded) => {
                let socket = Socket::on(upgraded).await;
                serve_connection(
                    socket,
                    centre,
                    audience,
                    principal,
                    app.accounts,
                    app.metrics,
                    app.shutdown,
                )
                .await;
            }
            Err(error) => tracing::debug!(%error, "a connection broke before it was a stream"),
        }
    });
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    Ok(response)
}
