//! Logging in and out.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kentongan_protocol::answers::SessionAnswer;
use kentongan_protocol::requests::LogIn;

use super::App;
use super::body::Json;
use super::caller::LoggedInCaller;
use super::centres::grants;
use super::error::ApiError;
use crate::auth::{Principal, SESSION_LASTS_US, cookies, origin};

/// `POST /api/v1/session`.
pub async fn log_in(
    State(app): State<App>,
    headers: HeaderMap,
    Json { value: body, .. }: Json<LogIn>,
) -> Result<Response, ApiError> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if headers.contains_key(header::ORIGIN)
        && !origin::allowed_origin(&headers, host, app.secure, &app.allowed_origins)
    {
        let detail = "log in on this server's own page";
        return Err(ApiError::new(StatusCode::FORBIDDEN, "foreign_origin", detail));
    }
    let logged_in = app.accounts.log_in(&body.user, &body.password).await?;
    let cookie = cookies::set(&logged_in.secret, SESSION_LASTS_US / 1_000_000, app.secure);
    let cookie = HeaderValue::from_str(&cookie).map_err(ApiError::internal)?;
    let mut response = axum::Json(answer(&app, &logged_in.principal)).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

/// `GET /api/v1/session`.
pub async fn who(
    State(app): State<App>,
    LoggedInCaller(principal): LoggedInCaller,
) -> axum::Json<SessionAnswer> {
    axum::Json(answer(&app, &principal))
}

/// `DELETE /api/v1/session`.
pub async fn log_out(
    State(app): State<App>,
    LoggedInCaller(principal): LoggedInCaller,
) -> Result<Response, ApiError> {
    app.accounts.log_out(&principal).await?;
    let cookie = HeaderValue::from_str(&cookies::clear(app.secure)).map_err(ApiError::internal)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

fn answer(app: &App, principal: &Principal) -> SessionAnswer {
    SessionAnswer {
        user: principal.name.clone(),
        grants: grants(app, principal),
        expires_at: principal.expires_at,
    }
}
