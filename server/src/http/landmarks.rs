//! Landmarks: what people call a place, added during a call for the next one.

use axum::http::StatusCode;
use kentongan_geography::{AddedLandmark, LandmarkError, LatLon};
use kentongan_protocol::answers::LandmarkAnswer;
use kentongan_protocol::page::Page;
use kentongan_protocol::requests::AddLandmark;

use super::body::Json;
use super::caller::{Caller, IdempotencyKey};
use super::error::ApiError;
use crate::landmarks::{self, AddError};

/// `POST …/landmarks`.
pub async fn add(
    caller: Caller,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<AddLandmark>,
) -> Result<(StatusCode, axum::Json<LandmarkAnswer>), ApiError> {
    let centre = &caller.centre;
    let at = LatLon::new(body.lat, body.lon).map_err(|error| {
        let lat_fits = (-90.0..=90.0).contains(&body.lat);
        ApiError::invalid(if lat_fits { "/lon" } else { "/lat" }, error.to_string())
    })?;
    let (key, _) = key.of(&caller, "landmarks", &bytes);
    let told = (body.name.as_str(), at, caller.actor.name.as_str());
    let added = landmarks::add(&centre.store, &centre.code, &centre.atlas, key, told).await;
    match added {
        Ok(landmark) => Ok((StatusCode::CREATED, axum::Json(shown(&caller, landmark)))),
        Err(AddError::Store(error)) => Err(ApiError::from(error)),
        Err(AddError::Landmark(error @ LandmarkError::Known { .. })) => {
            Err(ApiError::new(StatusCode::CONFLICT, "landmark_known", error.to_string()))
        }
        Err(AddError::Landmark(error)) => Err(ApiError::invalid("/name", error.to_string())),
    }
}

/// `GET …/landmarks`: those that people added, the latest first.
pub async fn list(caller: Caller) -> axum::Json<Page<LandmarkAnswer>> {
    let added = caller.centre.atlas.added_landmarks();
    let items = added.into_iter().rev().map(|landmark| shown(&caller, landmark)).collect();
    axum::Json(Page { items, next: None })
}

fn shown(caller: &Caller, landmark: AddedLandmark) -> LandmarkAnswer {
    let village = caller.centre.atlas.jurisdiction(landmark.at, None).village;
    LandmarkAnswer {
        name: landmark.name,
        lat: landmark.at.lat(),
        lon: landmark.at.lon(),
        added_by: landmark.added_by,
        village: village.as_ref().map(|village| village.name.clone()),
        district: village.as_ref().map(|village| village.district.clone()),
        regency: village.map(|village| village.regency),
    }
}
