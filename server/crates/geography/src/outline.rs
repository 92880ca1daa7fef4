//! The map that the console draws: every village's outline, lightly simplified, as `GeoJSON`.
//!
//! For eyes only. Simplified outlines of neighbours no longer fit exactly, so no decision may
//! ever be taken on them: jurisdictions use the full polygons.

use geo::{Coord, LineString, Polygon, Simplify};
use serde_json::{Value, json};

use crate::shape::Shape;
use crate::village_map::VillageMap;

/// Corners that move the line by less than this many degrees (about 11 m) are left out.
const TOLERANCE_DEGREES: f64 = 0.000_1;

/// Five decimals are about a metre; more only make the download longer.
const DECIMALS: f64 = 100_000.0;

impl VillageMap {
    /// A `FeatureCollection` (coordinates lon, lat), one feature a village with the properties
    /// `code`, `name`, `kind`, `district`, `district_code`, `regency`, `regency_code`, `lat`, `lon`.
    pub fn outlines_geojson(&self) -> String {
        let features: Vec<Value> = self.shapes().iter().map(feature).collect();
        json!({ "type": "FeatureCollection", "features": features }).to_string()
    }
}

fn feature(shape: &Shape) -> Value {
    let coordinates: Vec<Value> = shape.parts.iter().map(polygon).collect();
    json!({
        "type": "Feature",
        "properties": shape.village,
        "geometry": { "type": "MultiPolygon", "coordinates": coordinates },
    })
}

fn polygon(part: &Polygon<f64>) -> Value {
    let rings = std::iter::once(part.exterior()).chain(part.interiors());
    Value::Array(rings.map(ring).collect())
}

fn ring(full: &LineString<f64>) -> Value {
    let simple = full.simplify(TOLERANCE_DEGREES);
    // A ring needs four positions; a tiny one keeps all of its corners.
    let kept = if simple.0.len() >= 4 { &simple } else { full };
    Value::Array(kept.coords().map(position).collect())
}

fn position(at: &Coord<f64>) -> Value {
    let rounded = |degrees: f64| (degrees * DECIMALS).round() / DECIMALS;
    json!([rounded(at.x), rounded(at.y)])
}
