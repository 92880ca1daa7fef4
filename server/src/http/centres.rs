//! Centres and their reference data.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kentongan_domain::centre::Agency;
use kentongan_protocol::answers::{CentreAnswer, GrantAnswer};
use kentongan_protocol::page::Page;

use super::App;
use super::caller::{Caller, LoggedInCaller};
use super::error::ApiError;
use super::extract::{Path, Query};
use super::pages::CodeQuery;
use crate::auth::Principal;

/// `GET /api/v1/centres`.
pub async fn list(
    State(app): State<App>,
    LoggedInCaller(principal): LoggedInCaller,
) -> axum::Json<Page<GrantAnswer>> {
    axum::Json(Page { items: grants(&app, &principal), next: None })
}

/// What somebody may be, by centre; centres that no longer exist are left out.
pub fn grants(app: &App, principal: &Principal) -> Vec<GrantAnswer> {
    principal
        .grants
        .iter()
        .filter_map(|grant| {
            let centre = app.centres.get(&grant.centre)?;
            Some(GrantAnswer {
                centre: grant.centre.clone(),
                centre_name: centre.reference.pack.profile.name.clone(),
                drill: centre.is_drill(),
                role: grant.role,
                agency: grant.agency.clone(),
            })
        })
        .collect()
}

/// `GET /api/v1/centres/{centre}`.
pub async fn one(caller: Caller) -> axum::Json<CentreAnswer> {
    let pack = &caller.centre.reference.pack;
    axum::Json(CentreAnswer {
        profile: pack.profile.clone(),
        types: pack.types.clone(),
        agencies: pack.agencies.clone(),
    })
}

/// `GET …/agencies`.
pub async fn agencies(
    caller: Caller,
    Query(query): Query<CodeQuery>,
) -> Result<axum::Json<Page<Agency>>, ApiError> {
    let path = format!("/api/v1/centres/{}/agencies", caller.centre.code);
    let all = caller.centre.reference.pack.agencies.clone();
    Ok(axum::Json(query.page(&path, all, |agency| &agency.code)?))
}

/// `GET …/agencies/{id}`.
pub async fn agency(
    caller: Caller,
    Path((_, code)): Path<(String, String)>,
) -> Result<axum::Json<Agency>, ApiError> {
    let agency = caller.centre.reference.agency(&code).cloned();
    agency.map(axum::Json).ok_or_else(|| ApiError::not_found("the agency"))
}

/// `GET …/boundaries`.
pub async fn boundaries(caller: Caller) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/geo+json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300")),
    ];
    (headers, caller.centre.outlines.clone()).into_response()
}
