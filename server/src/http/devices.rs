//! Which devices ride in a unit.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use kentongan_protocol::units::UnitDevices;
use kentongan_store::StoreError;
use kentongan_store::rows::DeviceRow;

use super::body::Json;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::Path;
use super::units::find;
use crate::platform::Platform;
use crate::units::{DEVICES_AT_MOST, device_name};

/// `GET …/units/{id}/devices`.
pub async fn list(
    caller: Caller,
    Path((_, code)): Path<(String, String)>,
) -> Result<axum::Json<UnitDevices>, ApiError> {
    find(&caller, &code)?;
    let rows = caller.centre.store.devices(&caller.centre.code).await?;
    let own = rows.into_iter().filter(|row| row.unit == code);
    Ok(axum::Json(UnitDevices { devices: own.map(|row| row.device).collect() }))
}

/// `PUT …/units/{id}/devices`: exactly these from now on.
pub async fn set(
    caller: Caller,
    Path((_, code)): Path<(String, String)>,
    Json { value: body, .. }: Json<UnitDevices>,
) -> Result<axum::Json<UnitDevices>, ApiError> {
    find(&caller, &code)?;
    if body.devices.len() > DEVICES_AT_MOST {
        return Err(ApiError::invalid(
            "/devices",
            format!("at most {DEVICES_AT_MOST} devices ride in a unit"),
        ));
    }
    let mut names = BTreeSet::new();
    for (index, text) in body.devices.iter().enumerate() {
        let name = device_name(text).ok_or_else(|| {
            ApiError::invalid(
                format!("/devices/{index}"),
                "a device's name has 1 to 100 characters on one line",
            )
        })?;
        names.insert(name);
    }
    let rows: Vec<DeviceRow> = names
        .iter()
        .map(|name| DeviceRow {
            device: name.clone(),
            unit: code.clone(),
            bound_by: caller.actor.name.clone(),
            bound_at: Platform.now(),
        })
        .collect();
    let centre = &caller.centre;
    match centre.store.set_devices(&centre.code, &code, &rows).await {
        Ok(()) => {}
        Err(StoreError::Duplicate { .. }) => {
            let detail = "one of these devices rides in another unit; take it out there first";
            return Err(ApiError::new(StatusCode::CONFLICT, "device_taken", detail));
        }
        Err(error) => return Err(ApiError::from(error)),
    }
    centre.units.devices.forget();
    Ok(axum::Json(UnitDevices { devices: names.into_iter().collect() }))
}
