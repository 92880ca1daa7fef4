//! A small map drawn by hand: a city of two villages inside a regency of three, one of them with
//! the same name as a village of the city.

use kentongan_geography::{Atlas, LatLon};
use serde_json::{Value, json};

/// One rectangular village from west, south to east, north; `hole` likewise.
pub fn village(
    code: &str,
    name: &str,
    kec: &str,
    kab: &str,
    rect: [f64; 4],
    hole: Option<[f64; 4]>,
) -> Value {
    let ring = |[west, south, east, north]: [f64; 4]| {
        json!([[west, south], [east, south], [east, north], [west, north], [west, south]])
    };
    let mut rings = vec![ring(rect)];
    rings.extend(hole.map(ring));
    json!({
        "type": "Feature",
        "properties": { "code": code, "name": name, "kec": kec, "kab": kab },
        "geometry": { "type": "Polygon", "coordinates": rings },
    })
}

pub fn collection(features: &[Value]) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

/// The city: lon 112.00 to 112.02, lat -7.82 to -7.80, parted at lon 112.01.
pub fn city() -> String {
    collection(&[
        village("35.71.01.1001", "Ngampel", "Mojoroto", "Kota Kediri", [112.00, -7.82, 112.01, -7.80], None),
        village("35.71.02.1001", "Dandangan", "Kota", "Kota Kediri", [112.01, -7.82, 112.02, -7.80], None),
    ])
}

/// The regency around it: one village with the city as its hole, two more to the east.
pub fn regency() -> String {
    let hole = Some([112.00, -7.82, 112.02, -7.80]);
    collection(&[
        village("35.06.01.2001", "Semen", "Semen", "Kabupaten Kediri", [111.96, -7.86, 112.06, -7.76], hole),
        village(
            "35.06.14.2008",
            "Ngampel",
            "Papar",
            "Kabupaten Kediri",
            [112.06, -7.86, 112.10, -7.81],
            None,
        ),
        village("35.06.14.2012", "Papar", "Papar", "Kabupaten Kediri", [112.06, -7.81, 112.10, -7.76], None),
    ])
}

pub const PLACES: &str = "name,kind,lat,lon,village_code,aliases\n\
    Jalan Dhoho,street,-7.811,112.011,35.71.02.1001,\n\
    Stasiun Kediri,landmark,-7.812,112.012,,sepur kediri\n\
    Pasar Papar,landmark,-7.78,112.08,35.06.14.2012,\n";

pub fn atlas() -> Atlas {
    Atlas::new(&[&city(), &regency()], PLACES).expect("the hand-drawn map").0
}

pub fn at(lat: f64, lon: f64) -> LatLon {
    LatLon::new(lat, lon).expect("a position")
}
