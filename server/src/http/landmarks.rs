//! Landmarks: what people call a place, added during a call for the next one, corrected, taken away.

use axum::http::StatusCode;
use kentongan_domain::people::Role;
use kentongan_geography::{LandmarkError, LatLon};
use kentongan_protocol::answers::LandmarkAnswer;
use kentongan_protocol::page::Page;
use kentongan_protocol::requests::{AddLandmark, ChangeLandmark};

use super::body::Json;
use super::caller::{Caller, IdempotencyKey};
use super::error::ApiError;
use super::extract::Path;
use crate::landmarks::{Correction, Kept, LandmarksError};

/// `POST …/landmarks`.
pub async fn add(
    caller: Caller,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<AddLandmark>,
) -> Result<(StatusCode, axum::Json<LandmarkAnswer>), ApiError> {
    let at = point(body.lat, body.lon)?;
    let (key, _) = key.of(&caller, "landmarks", &bytes);
    let told = (body.name.as_str(), at, caller.actor.name.as_str());
    let (id, kept) = caller.centre.landmarks.add(key, told).await.map_err(problem)?;
    Ok((StatusCode::CREATED, axum::Json(shown(&caller, id, kept))))
}

/// `GET …/landmarks`: those that people added, the latest first.
pub async fn list(caller: Caller) -> axum::Json<Page<LandmarkAnswer>> {
    let added = caller.centre.landmarks.list().await;
    let items = added.into_iter().map(|(id, kept)| shown(&caller, id, kept)).collect();
    axum::Json(Page { items, next: None })
}

/// `PATCH …/landmarks/{id}`: whoever works at the desk may put a name or a place right.
pub async fn change(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    Json { value: body, .. }: Json<ChangeLandmark>,
) -> Result<axum::Json<LandmarkAnswer>, ApiError> {
    let at = match (body.lat, body.lon) {
        (Some(lat), Some(lon)) => Some(point(lat, lon)?),
        (None, None) => None,
        (Some(_), None) => return Err(ApiError::invalid("/lon", "a point has both, latitude and longitude")),
        (None, Some(_)) => return Err(ApiError::invalid("/lat", "a point has both, latitude and longitude")),
    };
    let correction = Correction { name: body.name.as_deref(), at };
    let changed = caller.centre.landmarks.change(&id, correction, &caller.actor.name).await;
    let (id, kept) = changed.map_err(problem)?;
    Ok(axum::Json(shown(&caller, id, kept)))
}

/// `DELETE …/landmarks/{id}`: an operator their own, whoever watches the room anybody's.
pub async fn remove(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<StatusCode, ApiError> {
    let removed = caller.centre.landmarks.remove(&id, &caller.actor.name, only_own(&caller)).await;
    removed.map(|()| StatusCode::NO_CONTENT).map_err(problem)
}

fn only_own(caller: &Caller) -> bool {
    caller.grant.role == Role::Operator
}

fn point(lat: f64, lon: f64) -> Result<LatLon, ApiError> {
    LatLon::new(lat, lon).map_err(|error| {
        let lat_fits = (-90.0..=90.0).contains(&lat);
        ApiError::invalid(if lat_fits { "/lon" } else { "/lat" }, error.to_string())
    })
}

fn problem(error: LandmarksError) -> ApiError {
    let words = error.to_string();
    match error {
        LandmarksError::Store(error) => ApiError::from(error),
        LandmarksError::Landmark(LandmarkError::Known { .. }) => {
            ApiError::new(StatusCode::CONFLICT, "landmark_known", words)
        }
        LandmarksError::Landmark(LandmarkError::TooMany) => {
            ApiError::new(StatusCode::CONFLICT, "landmarks_full", words)
        }
        LandmarksError::Landmark(_) => ApiError::invalid("/name", words),
        LandmarksError::NotFound => ApiError::new(StatusCode::NOT_FOUND, "not_found", words),
        LandmarksError::NotOwn { .. } => ApiError::new(StatusCode::FORBIDDEN, "not_own_landmark", words),
        LandmarksError::Moved => ApiError::new(StatusCode::CONFLICT, "version_moved", words),
    }
}

fn shown(caller: &Caller, id: String, kept: Kept) -> LandmarkAnswer {
    let Kept { landmark, changed_by, .. } = kept;
    let village = caller.centre.atlas.jurisdiction(landmark.at, None).village;
    LandmarkAnswer {
        id,
        name: landmark.name,
        lat: landmark.at.lat(),
        lon: landmark.at.lon(),
        may_remove: caller.grant.role.is_desk()
            && (!only_own(caller) || landmark.added_by == caller.actor.name),
        added_by: landmark.added_by,
        changed_by,
        village: village.as_ref().map(|village| village.name.clone()),
        district: village.as_ref().map(|village| village.district.clone()),
        regency: village.map(|village| village.regency),
    }
}
