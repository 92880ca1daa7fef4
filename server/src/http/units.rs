//! Units: reading them, and saying where one stands.

use std::sync::Arc;

use kentongan_domain::command::Command;
use kentongan_protocol::page::Page;
use kentongan_protocol::units::{LastPosition, MoveUnit, PlacedUnit, UnitAnswer};
use kentongan_protocol::views::UnitView;

use super::body::{Json, NOTE_MAX_CHARS, bounded};
use super::caller::{Caller, IdempotencyKey};
use super::error::ApiError;
use super::extract::{Path, Query};
use super::pages::CodeQuery;
use super::submit::submit;
use crate::command::Erasable;
use crate::platform::Platform;
use crate::stream::{HeldUnit, unit_view};
use crate::units::Placed;

/// `GET …/units`.
pub async fn list(
    caller: Caller,
    Query(query): Query<CodeQuery>,
) -> Result<axum::Json<Page<PlacedUnit>>, ApiError> {
    let audience = caller.audience()?;
    let views: Vec<UnitView> = caller.centre.hub.read(|memory| {
        let seen = memory.units().filter(|held| audience.sees(std::slice::from_ref(&held.unit.agency)));
        seen.map(|held| unit_view(held, &audience)).collect()
    });
    let path = format!("/api/v1/centres/{}/units", caller.centre.code);
    let Page { items, next } = query.page(&path, views, |unit| &unit.id)?;
    let items = items.into_iter().map(|unit| placed(&caller, unit)).collect();
    Ok(axum::Json(Page { items, next }))
}

/// `GET …/units/{id}`.
pub async fn one(
    caller: Caller,
    Path((_, code)): Path<(String, String)>,
) -> Result<axum::Json<PlacedUnit>, ApiError> {
    let view = unit_view(&*find(&caller, &code)?, &caller.audience()?);
    Ok(axum::Json(placed(&caller, view)))
}

fn placed(caller: &Caller, unit: UnitView) -> PlacedUnit {
    let now = Platform.now();
    let position = caller.centre.units.positions.of(&unit.id).map(|Placed { fix, .. }| LastPosition {
        lat: fix.lat,
        lon: fix.lon,
        accuracy_m: fix.accuracy_m,
        at: fix.at,
        age_ms: now.saturating_sub(fix.at).max(0) / 1_000,
        speed_kmh: fix.speed_kmh,
        heading: fix.heading,
    });
    PlacedUnit { unit, position }
}

/// `POST …/units/{id}/status`.
pub async fn set_status(
    caller: Caller,
    Path((_, code)): Path<(String, String)>,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<MoveUnit>,
) -> Result<axum::Json<UnitAnswer>, ApiError> {
    let held = find(&caller, &code)?;
    let mut ids = Platform.ids().map_err(ApiError::internal)?;
    let mut erasable = Erasable::default();
    // Found again with the dispatch it works for, which the same words may call for help on.
    let about = held.unit.dispatch.map_or_else(|| code.clone(), |dispatch| dispatch.to_string());
    let note = erasable.note(&mut ids, &about, bounded(body.note, "/note", NOTE_MAX_CHARS)?);
    let command = Command::MoveUnit { unit: code.clone(), to: body.state, note };
    let committed = submit(&caller, key, &format!("units/{code}/status"), &bytes, command, erasable).await?;
    let unit = unit_view(&*find(&caller, &code)?, &caller.audience()?);
    Ok(axum::Json(UnitAnswer { unit, seq: committed.seq }))
}

/// A unit that the caller may see; another agency's does not exist for this one.
pub fn find(caller: &Caller, code: &str) -> Result<Arc<HeldUnit>, ApiError> {
    let audience = caller.audience()?;
    let held = caller.centre.hub.read(|memory| memory.unit(code));
    held.filter(|held| audience.sees(std::slice::from_ref(&held.unit.agency)))
        .ok_or_else(|| ApiError::not_found("the unit"))
}
