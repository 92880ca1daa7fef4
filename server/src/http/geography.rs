//! Places by words, and whose area a point is.

use std::collections::BTreeMap;

use kentongan_domain::catalogue::Category;
use kentongan_domain::routing::{Area, Particulars, propose};
use kentongan_geography::{JurisdictionMethod, LatLon};
use kentongan_protocol::answers::{JurisdictionAnswer, PlaceCandidate};
use kentongan_protocol::page::Page;
use serde::Deserialize;

use super::caller::Caller;
use super::error::ApiError;
use super::extract::Query;
use crate::intake::shown;

/// Query of a search for places.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacesQuery {
    q: Option<String>,
    near: Option<String>,
    limit: Option<usize>,
}

/// `GET …/places`.
pub async fn places(
    caller: Caller,
    Query(query): Query<PlacesQuery>,
) -> Result<axum::Json<Page<PlaceCandidate>>, ApiError> {
    let words = query.q.unwrap_or_default();
    if words.chars().count() > 200 {
        return Err(ApiError::bad_parameter("q", "at most 200 characters"));
    }
    let near = query.near.as_deref().map(point).transpose()?;
    let limit = query.limit.unwrap_or(10).clamp(1, 50);
    let items = caller.centre.atlas.search(&words, near, limit).into_iter().map(shown).collect();
    Ok(axum::Json(Page { items, next: None }))
}

fn point(text: &str) -> Result<LatLon, ApiError> {
    let wrong = || ApiError::bad_parameter("near", "near is `lat,lon` in WGS 84 degrees");
    let (lat, lon) = text.split_once(',').ok_or_else(wrong)?;
    let (lat, lon) = (lat.trim().parse().map_err(|_| wrong())?, lon.trim().parse().map_err(|_| wrong())?);
    LatLon::new(lat, lon).map_err(|_| wrong())
}

/// Query of a jurisdiction.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointQuery {
    lat: f64,
    lon: f64,
    accuracy_m: Option<f64>,
}

/// `GET …/jurisdiction`.
pub async fn jurisdiction(
    caller: Caller,
    Query(query): Query<PointQuery>,
) -> Result<axum::Json<JurisdictionAnswer>, ApiError> {
    let point = LatLon::new(query.lat, query.lon).map_err(|error| {
        let lat_fits = (-90.0..=90.0).contains(&query.lat);
        ApiError::invalid(if lat_fits { "/lon" } else { "/lat" }, error.to_string())
    })?;
    if query.accuracy_m.is_some_and(|metres| !metres.is_finite() || metres < 0.0) {
        return Err(ApiError::invalid("/accuracy_m", "an accuracy is a number of metres, not negative"));
    }
    let area = caller.centre.atlas.jurisdiction(point, query.accuracy_m);
    let pack = &caller.centre.reference.pack;
    let village = area.village.as_ref();
    let at = Area { regency: area.regency_code(), village: village.map(|village| village.code.as_str()) };
    let agencies: BTreeMap<_, _> = Category::ALL
        .into_iter()
        .filter(|_| village.is_some())
        .map(|category| (category.code().to_owned(), propose(pack, &Particulars::new(category, None, at))))
        .collect();
    let method = match area.method {
        JurisdictionMethod::Contains => "contains",
        JurisdictionMethod::Tie => "tie",
        JurisdictionMethod::Nearest => "nearest",
        JurisdictionMethod::Outside => "outside",
    };
    let village = area.village.as_ref();
    Ok(axum::Json(JurisdictionAnswer {
        village: village.map(|village| village.name.clone()),
        village_code: village.map(|village| village.code.clone()),
        district: village.map(|village| village.district.clone()),
        regency: village.map(|village| village.regency.clone()),
        regency_code: area.regency_code().map(str::to_owned),
        method: method.to_owned(),
        confidence: area.confidence,
        alternatives: area.alternatives.iter().map(|other| other.regency.clone()).collect(),
        agencies,
    }))
}
