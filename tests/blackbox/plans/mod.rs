//! Routing, response plans and the recommendation of units, as an operator and a road server meet them.

mod alarms;
mod check;
mod recommendation;
mod road_server;
mod roads;

use kentongan_tests::api::Api;
use serde_json::{Value, json};

/// On the west bank of the Brantas, beside the fire brigade's headquarters.
pub const WEST: (f64, f64) = (-7.8185, 112.0005);
/// On the east bank, a kilometre from there by air.
pub const EAST: (f64, f64) = (-7.8185, 112.0135);

/// An incident of a type at a place; its id.
pub async fn incident(api: &Api, type_code: &str, text: &str, at: (f64, f64)) -> anyhow::Result<String> {
    let report = api.report(text).await?;
    let place = json!({ "lat": at.0, "lon": at.1 });
    let body = json!({ "report_ids": [report], "type": type_code, "priority": 1, "place": place });
    kentongan_tests::api::id_of(&api.post("incidents", body, 201).await?, "/incident/id")
}

/// Texts at a pointer below each item of a list.
pub fn texts<'a>(list: &'a Value, pointer: &str) -> Vec<&'a str> {
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(|item| item.pointer(pointer).and_then(Value::as_str)).collect()
}
