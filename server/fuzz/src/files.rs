//! The files a centre is made of: names of the country, places of a pack, village boundaries.

use kentongan_geography::{Atlas, LatLon, NationalGazetteer, VillageMap};
use serde_json::Value;

use super::speech::answers;
use super::{is_length, is_on_earth, is_share, text};

/// One square village, for the places of a pack to lie in.
const VILLAGE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature",
    "properties":{"code":"35.71.01.1001","name":"Bandar Lor","kec":"Mojoroto","kab":"Kota Kediri"},
    "geometry":{"type":"Polygon","coordinates":[[[112,-7.82],[112.01,-7.82],[112.01,-7.81],[112,-7.82]]]}}]}"#;

/// Points that are asked about on any map.
const POINTS: [(f64, f64); 6] =
    [(-7.8201, 112.0012), (0.0, 0.0), (90.0, 180.0), (-90.0, -180.0), (-7.0, 112.0), (1e-9, -1e-9)];

/// A gazetteer of the country, and the same text as a pack's places.
pub(super) fn names(data: &[u8]) {
    let text = text(data);
    let read = NationalGazetteer::from_csv(&text);
    let again = NationalGazetteer::from_csv(&text).map(|(_, report)| report);
    assert_eq!(read.as_ref().map(|(_, report)| report), again.as_ref());
    if let Ok((national, report)) = read {
        assert_eq!((national.len(), national.is_empty()), (report.loaded(), false));
        assert!(national.spellings() <= 2 * national.len());
        let nearest = points().map(|at| national.nearest(at).expect("the nearest of some"));
        nearest.for_each(|candidate| answers(&candidate));
    }
    let read = Atlas::new(&[VILLAGE], &text);
    let again = Atlas::new(&[VILLAGE], &text).map(|(_, report)| report);
    assert_eq!(read.as_ref().map(|(_, report)| report), again.as_ref());
    if let Ok((atlas, report)) = read {
        assert_eq!(atlas.name_count(), report.places.loaded + 2, "the places, the village and its district");
        for words in [text.as_ref(), "bandar lor", "pasar"] {
            atlas.search(words, None, 5).iter().for_each(answers);
            atlas.find_in_text(words, None, 5).candidates.iter().for_each(answers);
        }
    }
}

/// Village boundaries, and whose a point is on them.
pub(super) fn boundaries(data: &[u8]) {
    let text = text(data);
    let read = VillageMap::from_geojson(&text);
    let again = VillageMap::from_geojson(&text);
    assert_eq!(read.as_ref().map(|(_, report)| report), again.as_ref().map(|(_, report)| report));
    let Ok((map, report)) = read else { return };
    assert_eq!(report.features, report.loaded + report.rejected.len(), "{report:?}");
    assert_eq!(map.villages().count(), report.loaded - report.joined, "{report:?}");
    let labels: Vec<LatLon> =
        map.villages().map(|it| LatLon::new(it.lat, it.lon).expect("a label on earth")).collect();
    for village in map.villages() {
        assert_eq!(map.village(&village.code), Some(village));
        assert!(!village.name.is_empty() && !village.district.is_empty() && !village.regency.is_empty());
    }
    for at in labels.into_iter().take(8).chain(points()) {
        let area = map.jurisdiction(at, None);
        assert!(is_share(area.confidence), "{at:?}: {area:?}");
        let lengths = area.border_distance_m.iter().chain(&area.village_border_m);
        let others = area.alternatives.iter().map(|other| &other.distance_m);
        assert!(lengths.chain(others).all(|metres| is_length(*metres)), "{at:?}: {area:?}");
        assert_eq!(area, map.jurisdiction(at, None), "the same point has the same owner");
    }
    let outlines: Value = serde_json::from_str(&map.outlines_geojson()).expect("JSON");
    let features = outlines["features"].as_array().expect("features");
    assert_eq!(features.len(), map.villages().count());
    for feature in features {
        on_earth(&feature["geometry"]["coordinates"]);
    }
}

fn points() -> impl Iterator<Item = LatLon> {
    POINTS.into_iter().filter_map(|(lat, lon)| LatLon::new(lat, lon).ok())
}

/// Every position of a drawing, however deep.
fn on_earth(drawn: &Value) {
    let parts = drawn.as_array().expect("a list");
    if let [Value::Number(lon), Value::Number(lat)] = parts.as_slice() {
        let (lat, lon) = (lat.as_f64().expect("a latitude"), lon.as_f64().expect("a longitude"));
        return assert!(is_on_earth(lat, lon), "{drawn}");
    }
    parts.iter().for_each(on_earth);
}
