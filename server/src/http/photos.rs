//! Pictures from the field: taken in bounded, cleaned and served so that a browser only ever shows them.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use kentongan_domain::command::Command;
use kentongan_domain::ids::{DispatchId, PhotoId};
use kentongan_protocol::answers::DispatchAnswer;
use kentongan_store::rows::PhotoRow;
use tokio::sync::Semaphore;

use super::body::read_at_most;
use super::caller::{Caller, IdempotencyKey};
use super::error::ApiError;
use super::extract::Path;
use super::find;
use crate::command::{Committed, Erasable};
use crate::photo::{BadPhoto, Cleaned, PHOTO_MAX_BYTES, clean};
use crate::platform::Platform;

/// Pictures taken in at once: a bound on memory, whoever sends them.
const AT_ONCE: usize = 8;
static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// `POST …/dispatches/{id}/photos`; the body is the picture.
pub async fn add(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    body: Body,
) -> Result<(StatusCode, axum::Json<DispatchAnswer>), ApiError> {
    let dispatch: DispatchId = id.parse().map_err(|_| ApiError::not_found("the dispatch"))?;
    let seen = find::dispatch(&caller, dispatch).await?;
    // Said before twelve megabytes have come in for nothing.
    if !seen.allowed_actions.iter().any(|act| act == "add_photo") {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            "illegal_step",
            "pictures are added once the agency has acknowledged, and not after it refused or was called off",
        ));
    }
    let Ok(_place) = PLACES.try_acquire() else {
        return Err(ApiError::unavailable("too many pictures come in at once; send it again in a moment"));
    };
    let bytes = read_at_most(body, PHOTO_MAX_BYTES).await?;
    let (now, picture) = (Platform.now(), bytes.clone());
    let cleaned = tokio::task::spawn_blocking(move || clean(picture, now)).await;
    let cleaned = cleaned.map_err(ApiError::internal)?.map_err(refused)?;
    let committed = store(&caller, key, dispatch, &bytes, cleaned, now).await?;
    let status = if committed.repeated { StatusCode::OK } else { StatusCode::CREATED };
    let answer = DispatchAnswer { dispatch: find::dispatch(&caller, dispatch).await?, seq: committed.seq };
    Ok((status, axum::Json(answer)))
}

/// First the picture, then the event that names it: what is in the log is there.
async fn store(
    caller: &Caller,
    key: IdempotencyKey,
    dispatch: DispatchId,
    bytes: &Bytes,
    cleaned: Cleaned,
    now: i64,
) -> Result<Committed, ApiError> {
    let centre = &caller.centre;
    let mut ids = Platform.ids().map_err(ApiError::internal)?;
    let photo = PhotoId(ids.next_id());
    let row = PhotoRow {
        id: photo.0,
        dispatch: dispatch.0,
        media_type: cleaned.media_type.to_owned(),
        body: Some(cleaned.body),
        created_at: now,
        erased_at: None,
    };
    centre.store.put_photo(&centre.code, &row).await?;
    let command = Command::AddPhoto { dispatch, photo, claim: cleaned.claim };
    let what = format!("dispatches/{dispatch}/photos");
    let done = super::submit::submit(caller, key, &what, bytes, command, Erasable::default()).await;
    // Refused, or sent twice: nothing names this copy. Left behind by a crash it is only space.
    if done.as_ref().map_or(true, |committed| committed.repeated) {
        let dropped = centre.store.drop_photo(&centre.code, photo.0).await;
        if let Err(error) = dropped {
            tracing::warn!(centre = %centre.code, photo.id = %photo, %error, "a picture without an event stays");
        }
    }
    done
}

/// `GET …/dispatches/{id}/photos/{photo}`.
pub async fn one(
    caller: Caller,
    Path((_, id, photo)): Path<(String, String, String)>,
) -> Result<Response, ApiError> {
    let dispatch: DispatchId = id.parse().map_err(|_| ApiError::not_found("the dispatch"))?;
    let photo: PhotoId = photo.parse().map_err(|_| ApiError::not_found("the picture"))?;
    let seen = find::dispatch(&caller, dispatch).await?;
    if !seen.photos.iter().any(|one| one.id == photo) {
        return Err(ApiError::not_found("the picture"));
    }
    let row = caller.centre.store.photo(&caller.centre.code, photo.0).await?;
    let row =
        row.filter(|row| row.dispatch == dispatch.0).ok_or_else(|| ApiError::not_found("the picture"))?;
    let body =
        row.body.ok_or_else(|| ApiError::new(StatusCode::GONE, "erased", "this picture was erased"))?;
    let media_type = match row.media_type.as_str() {
        "image/png" => "image/png",
        "image/webp" => "image/webp",
        _ => "image/jpeg",
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        // Opened by itself it is a picture and nothing else: no script, no frame, no request.
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"foto\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600")),
    ];
    Ok((headers, body).into_response())
}

fn refused(why: BadPhoto) -> ApiError {
    let (status, code) = match why {
        BadPhoto::Unknown => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "no_picture"),
        BadPhoto::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large"),
        BadPhoto::Damaged => (StatusCode::UNPROCESSABLE_ENTITY, "damaged_picture"),
        BadPhoto::TooManyPixels => (StatusCode::UNPROCESSABLE_ENTITY, "too_many_pixels"),
    };
    ApiError::new(status, code, why.to_string())
}
