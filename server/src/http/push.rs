//! Browsers of an agency's people that want to be woken: their subscriptions, and the key that they need.

use axum::http::StatusCode;
use kentongan_protocol::push::{DropPush, PushKeyAnswer, PutPush};
use kentongan_store::rows::PushRow;

use super::App;
use super::body::{Json, bounded};
use super::caller::Caller;
use super::error::ApiError;
use super::extract::Path;
use crate::forward::Address;
use crate::platform::Platform;

/// Characters of a push service's address at most.
const ENDPOINT_MAX_CHARS: usize = 1_024;
/// Browsers of an agency at most.
const MOST_BROWSERS: usize = 200;

/// `GET …/push-key`.
pub async fn key(
    axum::extract::State(app): axum::extract::State<App>,
    caller: Caller,
) -> Result<axum::Json<PushKeyAnswer>, ApiError> {
    no_drill(&caller)?;
    Ok(axum::Json(PushKeyAnswer { key: app.forwarding.vapid.public_key() }))
}

/// `POST …/agencies/{id}/push`.
pub async fn put(
    caller: Caller,
    Path((_, agency)): Path<(String, String)>,
    Json { value: body, .. }: Json<PutPush>,
) -> Result<StatusCode, ApiError> {
    no_drill(&caller)?;
    own(&caller, &agency)?;
    let endpoint = bounded(Some(body.endpoint), "/endpoint", ENDPOINT_MAX_CHARS)?.unwrap_or_default();
    // Whether it may be dialled is judged when it is: a name can lead elsewhere by then.
    if !endpoint.starts_with("https://") && !endpoint.starts_with("http://") {
        return Err(ApiError::invalid("/endpoint", "the address of a push service begins with https://"));
    }
    if Address::browser(&endpoint, &body.keys.p256dh, &body.keys.auth).is_err() {
        return Err(ApiError::invalid("/keys", "these are no keys of a push subscription"));
    }
    // A token is no browser.
    let user_id = caller.principal.user_id.ok_or_else(ApiError::forbidden)?;
    let centre = &caller.centre;
    let known = centre.store.pushes(&centre.code).await?;
    let others = known.iter().filter(|row| row.agency == agency && row.endpoint != endpoint).count();
    if others >= MOST_BROWSERS {
        return Err(ApiError::invalid("", format!("an agency has at most {MOST_BROWSERS} browsers")));
    }
    let row = PushRow {
        agency,
        endpoint,
        p256dh: body.keys.p256dh,
        auth: body.keys.auth,
        user_id,
        created_at: Platform.now(),
    };
    centre.store.put_push(&centre.code, &row).await?;
    centre.duty.refresh(&centre.store, &centre.code).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE …/agencies/{id}/push`.
pub async fn remove(
    caller: Caller,
    Path((_, agency)): Path<(String, String)>,
    Json { value: body, .. }: Json<DropPush>,
) -> Result<StatusCode, ApiError> {
    own(&caller, &agency)?;
    let centre = &caller.centre;
    let known = centre.store.pushes(&centre.code).await?;
    if known.iter().any(|row| row.agency == agency && row.endpoint == body.endpoint) {
        centre.store.drop_push(&centre.code, &body.endpoint).await?;
        centre.duty.refresh(&centre.store, &centre.code).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// A drill wakes nobody.
fn no_drill(caller: &Caller) -> Result<(), ApiError> {
    if caller.centre.is_drill() {
        return Err(ApiError::not_found("the push key"));
    }
    Ok(())
}

/// An agency's browsers are its own; the desk sets none.
fn own(caller: &Caller, agency: &str) -> Result<(), ApiError> {
    if caller.centre.reference.agency(agency).is_none() {
        return Err(ApiError::not_found("the agency"));
    }
    if caller.grant.agency.as_deref() == Some(agency) { Ok(()) } else { Err(ApiError::forbidden()) }
}
