//! Reading village polygons from `GeoJSON` text, feature by feature.
//!
//! Lenient with geometry (open rings, repeated or self-touching points, needless rings), because
//! published boundaries are rarely clean; strict with identity (a code that cannot be read).
//! What cannot be used is reported with its feature index and never stops the rest.

use geo::{Centroid, Coord, LineString, MultiPolygon, Polygon};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::error::GeographyError;
use crate::point::LatLon;
use crate::shape::Shape;
use crate::village::{Village, VillageCode, VillageKind};

/// What a boundary file held.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoundaryReport {
    /// Features in the file.
    pub features: usize,
    /// Features that became a village or a part of one.
    pub loaded: usize,
    /// Of these, how many joined a village that an earlier feature had begun (same code).
    pub joined: usize,
    /// Rings that were closed for the file, or left out because they had fewer than three corners.
    pub repaired_rings: usize,
    /// Features set aside, with the reason.
    pub rejected: Vec<RejectedFeature>,
}

/// A feature that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedFeature {
    /// Its index in the file's `features`, counted from 0.
    pub index: usize,
    /// What is wrong and what to do.
    pub reason: String,
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(borrow, default)]
    features: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
struct Feature {
    geometry: Option<Geometry>,
    properties: Option<Properties>,
}

type Ring = Vec<Vec<f64>>;

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Ring>),
    MultiPolygon(Vec<Vec<Ring>>),
}

/// The properties of the published files: `kec` is the district, `kab` the regency, `lng` the longitude.
#[derive(Deserialize)]
struct Properties {
    code: Option<String>,
    name: Option<String>,
    kec: Option<String>,
    kab: Option<String>,
    kind: Option<String>,
    lat: Option<f64>,
    lng: Option<f64>,
}

/// Reads one file.
///
/// # Errors
/// [`GeographyError`] when the text is no feature collection or holds no usable village.
pub(crate) fn read(text: &str) -> Result<(Vec<Shape>, BoundaryReport), GeographyError> {
    // Windows tools like to put a byte order mark in front; JSON does not allow it.
    let text = text.trim_start_matches('\u{feff}');
    let collection: Collection<'_> = serde_json::from_str(text).map_err(|error| GeographyError::NotJson {
        line: error.line(),
        column: error.column(),
        reason: error.to_string(),
    })?;
    let features = match (collection.kind.as_deref(), collection.features) {
        (Some("FeatureCollection"), Some(features)) => features,
        (kind, _) => {
            let found = kind.map_or_else(|| "missing".to_owned(), |kind| format!("`{kind}`"));
            return Err(GeographyError::NotFeatureCollection { found });
        }
    };
    let mut report = BoundaryReport { features: features.len(), ..BoundaryReport::default() };
    let mut shapes = Vec::with_capacity(features.len());
    for (index, raw) in features.iter().enumerate() {
        match read_feature(raw.get(), &mut report.repaired_rings) {
            Ok(shape) => shapes.push(shape),
            Err(reason) => report.rejected.push(RejectedFeature { index, reason }),
        }
    }
    report.loaded = shapes.len();
    if shapes.is_empty() {
        let first = report.rejected.first().map_or_else(
            || "the collection is empty".to_owned(),
            |rejected| format!("feature {}: {}", rejected.index, rejected.reason),
        );
        return Err(GeographyError::NoVillages { features: report.features, first });
    }
    Ok((shapes, report))
}

fn read_feature(raw: &str, repaired_rings: &mut usize) -> Result<Shape, String> {
    let feature: Feature = serde_json::from_str(raw).map_err(|error| {
        format!("cannot be read ({error}); give a Polygon or MultiPolygon with code, name, kec, kab")
    })?;
    let properties = feature.properties.ok_or("has no properties; give code, name, kec, kab")?;
    let code_text =
        properties.code.ok_or("property `code` is missing; give the ministry's code, like 35.71.01.1001")?;
    let code = VillageCode::parse(&code_text).ok_or_else(|| {
        format!("code `{code_text}` is not a village code; it must look like 35.71.01.1001")
    })?;
    let named = |value: Option<String>, property: &str| {
        value
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .ok_or_else(|| format!("{code_text}: property `{property}` is missing or empty; fill it in"))
    };
    let name = named(properties.name, "name")?;
    let district = named(properties.kec, "kec")?;
    let regency = named(properties.kab, "kab")?;
    let kind = match properties.kind.as_deref() {
        Some("desa") => VillageKind::Desa,
        Some("kelurahan") => VillageKind::Kelurahan,
        _ => code.kind.unwrap_or(VillageKind::Desa),
    };
    let polygons =
        match feature.geometry.ok_or_else(|| format!("{code_text}: has no geometry; draw its polygon"))? {
            Geometry::Polygon(rings) => vec![rings],
            Geometry::MultiPolygon(polygons) => polygons,
        };
    let mut parts = Vec::with_capacity(polygons.len());
    for rings in polygons {
        if let Some(part) =
            read_polygon(rings, repaired_rings).map_err(|reason| format!("{code_text}: {reason}"))?
        {
            parts.push(part);
        }
    }
    if parts.is_empty() {
        return Err(format!("{code_text}: no ring has three corners; draw its polygon again"));
    }
    let label = match (properties.lat, properties.lng) {
        (Some(lat), Some(lon)) => {
            LatLon::new(lat, lon).map_err(|error| format!("{code_text}: label point: {error}"))?
        }
        _ => centre(&parts).ok_or_else(|| format!("{code_text}: the polygon has no area; draw it again"))?,
    };
    let village = Village {
        code: code.village,
        name,
        district,
        district_code: code.district,
        regency,
        regency_code: code.regency,
        kind,
        lat: label.lat(),
        lon: label.lon(),
    };
    Ok(Shape { village, parts })
}

/// `None` when the outer ring is too small to be an area.
fn read_polygon(rings: Vec<Ring>, repaired_rings: &mut usize) -> Result<Option<Polygon<f64>>, String> {
    let mut rings = rings.into_iter();
    let Some(outer) = rings.next() else { return Ok(None) };
    let Some(exterior) = read_ring(outer, repaired_rings)? else { return Ok(None) };
    let mut holes = Vec::new();
    for hole in rings {
        holes.extend(read_ring(hole, repaired_rings)?);
    }
    Ok(Some(Polygon::new(exterior, holes)))
}

fn read_ring(positions: Ring, repaired_rings: &mut usize) -> Result<Option<LineString<f64>>, String> {
    let mut ring: Vec<Coord<f64>> = Vec::with_capacity(positions.len() + 1);
    for position in positions {
        let (Some(lon), Some(lat)) = (position.first(), position.get(1)) else {
            return Err("a position has fewer than two numbers; write lon, lat".to_owned());
        };
        let at =
            LatLon::new(*lat, *lon).map_err(|error| format!("{error} (GeoJSON writes lon, lat)"))?.coord();
        // A point repeated in place adds an edge of no length and nothing else.
        if ring.last() != Some(&at) {
            ring.push(at);
        }
    }
    let closed = ring.first() == ring.last() && ring.len() > 1;
    if closed {
        ring.pop();
    } else {
        *repaired_rings += 1;
    }
    if ring.len() < 3 {
        *repaired_rings += usize::from(closed);
        return Ok(None);
    }
    ring.extend(ring.first().copied());
    Ok(Some(LineString::new(ring)))
}

fn centre(parts: &[Polygon<f64>]) -> Option<LatLon> {
    let point = MultiPolygon::new(parts.to_vec()).centroid()?;
    // A tenth of a metre is finer than any label needs, and short numbers read back exactly.
    let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
    LatLon::new(rounded(point.y()), rounded(point.x())).ok()
}
