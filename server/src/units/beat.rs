//! One second's changed positions, rendered at most once for everybody who looks at the same area.
//!
//! Immutable once made; sockets read it at their own pace.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use kentongan_protocol::units::UnitPosition;
use parking_lot::Mutex;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::area::Area;
use super::fix::Fix;
use crate::stream::audience::Audience;

/// Frames kept for sharing; who comes after so many different areas renders for themselves.
const FRAMES_KEPT: usize = 256;

/// A unit as a frame shows it.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) code: Arc<str>,
    pub(super) agency: Arc<str>,
    pub(super) fix: Fix,
}

/// A unit in a beat: where it is, whose, and which part of the text tells it.
#[derive(Debug)]
struct Item {
    lat: f64,
    lon: f64,
    agency: Arc<str>,
    start: usize,
    end: usize,
}

type Rendered = Arc<OnceLock<Option<Utf8Bytes>>>;

/// What changed within a second.
#[derive(Debug)]
pub struct Beat {
    number: u64,
    /// By latitude: an area takes the band between its edges.
    items: Vec<Item>,
    text: String,
    frames: Mutex<HashMap<(Audience, Area), Rendered>>,
}

impl Beat {
    /// A beat of these units.
    pub(super) fn new(number: u64, mut shown: Vec<Shown>) -> Self {
        shown.sort_by(|a, b| a.fix.lat.total_cmp(&b.fix.lat));
        let mut text = String::with_capacity(shown.len() * 128);
        let items = shown
            .into_iter()
            .filter_map(|unit| {
                let start = text.len();
                text.push_str(&serde_json::to_string(&told(&unit)).ok()?);
                let (lat, lon) = (unit.fix.lat, unit.fix.lon);
                Some(Item { lat, lon, agency: unit.agency, start, end: text.len() })
            })
            .collect();
        Self { number, items, text, frames: Mutex::default() }
    }

    /// Beats are numbered from 1, without gaps.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The frame for who looks at an area, rendered by the first who asks; none when nothing moved there.
    pub fn frame(&self, audience: &Audience, area: &Area) -> Option<Utf8Bytes> {
        let cell = {
            let mut frames = self.frames.lock();
            let key = (audience.clone(), *area);
            if frames.len() >= FRAMES_KEPT && !frames.contains_key(&key) {
                Rendered::default()
            } else {
                Arc::clone(frames.entry(key).or_default())
            }
        };
        cell.get_or_init(|| self.render(audience, area)).clone()
    }

    fn render(&self, audience: &Audience, area: &Area) -> Option<Utf8Bytes> {
        let (south, north) = area.latitudes();
        let from = self.items.partition_point(|item| item.lat < south);
        let until = self.items.partition_point(|item| item.lat <= north);
        let band = self.items.get(from..until).unwrap_or_default();
        let seen = band.iter().filter(|item| area.holds(item.lat, item.lon) && sees(audience, &item.agency));
        frame_of(seen.filter_map(|item| self.text.get(item.start..item.end)), false)
    }
}

/// The frame of exactly these units; also one of none.
pub(super) fn frame_of_all(shown: &[Shown]) -> Option<Utf8Bytes> {
    let texts: Vec<String> =
        shown.iter().filter_map(|unit| serde_json::to_string(&told(unit)).ok()).collect();
    frame_of(texts.iter().map(String::as_str), true)
}

/// Whether an audience sees an agency's units.
pub(super) fn sees(audience: &Audience, agency: &str) -> bool {
    match audience {
        Audience::Agency(own) => own == agency,
        Audience::Desk | Audience::Auditor => true,
    }
}

fn frame_of<'a>(units: impl Iterator<Item = &'a str>, also_empty: bool) -> Option<Utf8Bytes> {
    let mut text = String::from(r#"{"type":"positions","units":["#);
    let empty = text.len();
    for unit in units {
        if text.len() > empty {
            text.push(',');
        }
        text.push_str(unit);
    }
    let nothing = text.len() == empty;
    text.push_str("]}");
    (also_empty || !nothing).then(|| Utf8Bytes::from(text))
}

fn told(unit: &Shown) -> UnitPosition {
    UnitPosition {
        id: unit.code.to_string(),
        lat: unit.fix.lat,
        lon: unit.fix.lon,
        accuracy_m: unit.fix.accuracy_m,
        at: unit.fix.at,
        speed_kmh: unit.fix.speed_kmh,
        heading: unit.fix.heading,
    }
}

#[cfg(test)]
mod tests {
    use kentongan_protocol::stream::ServerMessage;

    use super::*;

    fn unit(code: &str, agency: &str, lat: f64, lon: f64) -> Shown {
        let fix = Fix { lat, lon, accuracy_m: Some(5.0), at: 7, speed_kmh: None, heading: Some(90.0) };
        Shown { code: code.into(), agency: agency.into(), fix }
    }

    fn ids(frame: Option<Utf8Bytes>) -> Vec<String> {
        let Some(frame) = frame else { return Vec::new() };
        match serde_json::from_str(&frame).unwrap() {
            ServerMessage::Positions { units } => units.into_iter().map(|unit| unit.id).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn area(edges: [f64; 4]) -> Area {
        Area::new(edges).unwrap()
    }

    #[test]
    fn a_frame_is_the_message_of_the_protocol() {
        let shown = vec![unit("a", "damkar", 1.0, 2.0), unit("b", "polres", 3.0, 4.0)];
        let message = ServerMessage::Positions { units: shown.iter().map(told).collect() };
        let expected = serde_json::to_string(&message).unwrap();
        let world = area([-180.0, -90.0, 180.0, 90.0]);
        assert_eq!(Beat::new(1, shown.clone()).frame(&Audience::Desk, &world).unwrap().as_str(), expected);
        assert_eq!(frame_of_all(&shown).unwrap().as_str(), expected);
        assert_eq!(frame_of_all(&[]).unwrap().as_str(), r#"{"type":"positions","units":[]}"#);
        assert!(Beat::new(1, Vec::new()).frame(&Audience::Desk, &world).is_none());
    }

    #[test]
    fn everybody_gets_what_lies_in_their_area_and_is_theirs() {
        let shown = vec![
            unit("north", "damkar", -7.7, 112.0),
            unit("east", "polres", -7.8, 112.2),
            unit("south", "damkar", -7.9, 112.0),
            unit("middle", "polres", -7.8, 112.0),
        ];
        let beat = Beat::new(3, shown);
        let city = area([111.9, -7.85, 112.1, -7.7]);
        assert_eq!(ids(beat.frame(&Audience::Desk, &city)), ["middle", "north"]);
        assert_eq!(ids(beat.frame(&Audience::Auditor, &city)), ["middle", "north"]);
        assert_eq!(ids(beat.frame(&Audience::Agency("damkar".into()), &city)), ["north"]);
        assert!(beat.frame(&Audience::Agency("bpbd".into()), &city).is_none());
        assert!(beat.frame(&Audience::Desk, &area([0.0, 0.0, 1.0, 1.0])).is_none());
        assert_eq!(ids(beat.frame(&Audience::Desk, &area([112.2, -7.8, 112.2, -7.8]))), ["east"]);
    }

    #[test]
    fn one_area_is_rendered_once_and_too_many_still_get_theirs() {
        let beat = Beat::new(1, vec![unit("a", "damkar", 0.5, 0.5)]);
        let same = area([0.0, 0.0, 1.0, 1.0]);
        let (one, two) = (beat.frame(&Audience::Desk, &same), beat.frame(&Audience::Desk, &same));
        assert_eq!(one.unwrap().as_ptr(), two.unwrap().as_ptr(), "the same bytes");
        for edge in 0..FRAMES_KEPT + 50 {
            let wider = area([0.0, 0.0, 1.0, 1.0 + edge as f64 / 1_000.0]);
            assert_eq!(ids(beat.frame(&Audience::Desk, &wider)), ["a"]);
        }
        assert!(beat.frames.lock().len() <= FRAMES_KEPT);
    }
}
