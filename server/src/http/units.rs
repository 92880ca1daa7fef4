//! Units.

use kentongan_protocol::page::Page;
use kentongan_protocol::views::UnitView;

use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Path, Query};
use super::pages::CodeQuery;
use crate::stream::unit_view;

/// `GET …/units`.
pub async fn list(
    caller: Caller,
    Query(query): Query<CodeQuery>,
) -> Result<axum::Json<Page<UnitView>>, ApiError> {
    let audience = caller.audience()?;
    let items = caller.centre.hub.read(|memory| {
        let seen = memory.units().filter(|held| audience.sees(std::slice::from_ref(&held.unit.agency)));
        seen.map(|held| unit_view(held)).collect()
    });
    let path = format!("/api/v1/centres/{}/units", caller.centre.code);
    Ok(axum::Json(query.page(&path, items, |unit| &unit.id)?))
}

/// `GET …/units/{id}`.
pub async fn one(
    caller: Caller,
    Path((_, code)): Path<(String, String)>,
) -> Result<axum::Json<UnitView>, ApiError> {
    let audience = caller.audience()?;
    let view = caller.centre.hub.read(|memory| {
        memory
            .units()
            .find(|held| held.unit.code == code && audience.sees(std::slice::from_ref(&held.unit.agency)))
            .map(|held| unit_view(held))
    });
    view.map(axum::Json).ok_or_else(|| ApiError::not_found("the unit"))
}
