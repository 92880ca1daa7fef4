//! From what people say to where it may be: parts, positions with their areas, candidates by name, and one
//! verdict that says what is known.
//!
//! Always answers, whatever the text; never picks one of several places.

use serde::{Deserialize, Serialize};

use crate::atlas::Atlas;
use crate::jurisdiction::Jurisdiction;
use crate::place::{Candidate, TextPlaces};
use crate::point::LatLon;
use crate::spoken::{self, Detail, Note, Part, SpokenPlace, in_indonesia};

/// A named area this near, in metres, to a point off the map says where the point is; farther out it is
/// sea, or a wilderness without villages.
pub const NAMED_WITHIN_M: f64 = 30_000.0;

/// Radius in metres of a position written with coordinates: nobody knows how it was taken.
const WRITTEN_WITHIN_M: f64 = 50.0;

/// Positions told in figures that are looked up in one text at most; a list of more is no place.
const MOST_POINTS: usize = 32;

/// Where a point is, as far as the maps know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Whereabouts {
    /// In a village of the centre's map.
    OnMap,
    /// Off the map, near a named area of the country.
    Elsewhere,
    /// Off the map, in Indonesia's waters or far from every named area, or no names are loaded.
    AtSeaOrUnknown,
    /// Not in Indonesia.
    Abroad,
}

/// A position that a text tells in figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct SpokenPoint {
    /// The words that tell it.
    pub words: String,
    /// The position.
    pub at: LatLon,
    /// Radius of uncertainty in metres: told, or of the code's cell, or assumed.
    pub accuracy_m: f64,
    /// Where it is.
    pub whereabouts: Whereabouts,
    /// What was repaired in it, or is odd.
    pub notes: Vec<Note>,
    /// Whose area it is in.
    pub jurisdiction: Jurisdiction,
    /// For a point off the map: the nearest named area of the country, if names are loaded.
    pub nearest: Option<Candidate>,
}

/// What is known of a place as it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No word at all: empty, or signs only.
    Silent,
    /// Words, and none of them about a place.
    NoPlace,
    /// A place was told, and no name in it is known.
    UnknownPlace,
    /// Several places fit; a person must choose.
    Ambiguous,
    /// One place fits.
    Found,
    /// A position in figures on the centre's map.
    Position,
    /// A position in figures that lies off the centre's map.
    OffTheMap,
}

/// A told place, resolved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Resolved {
    /// What is known.
    pub verdict: Verdict,
    /// The parts and what is worth saying about them.
    pub spoken: SpokenPlace,
    /// The positions told in figures, in the text's order; of a long list its beginning.
    pub points: Vec<SpokenPoint>,
    /// The places named, the likeliest first.
    pub places: TextPlaces,
}

impl Atlas {
    /// Where a told place may be; `near` is a position to count from and to order by, `limit` as in
    /// [`Atlas::find_in_text`].
    pub fn resolve(&self, text: &str, near: Option<LatLon>, limit: usize) -> Resolved {
        let spoken = SpokenPlace::parse(text);
        let points = spoken.parts.iter().filter_map(|part| self.spoken_point(part, &spoken.notes, near));
        let points: Vec<SpokenPoint> = points.take(MOST_POINTS).collect();
        let mut places = self.find_in_text(text, near, limit);
        if places.candidates.is_empty()
            && let Some(query) = asked_of_a_map(&spoken)
        {
            places = self.find_in_text(query, near, limit);
        }
        let verdict = verdict(text, &spoken, &points, &places);
        Resolved { verdict, spoken, points, places }
    }

    /// Where a point is, with the nearest named area when the map does not have it.
    pub fn whereabouts(
        &self,
        at: LatLon,
        accuracy_m: Option<f64>,
    ) -> (Whereabouts, Jurisdiction, Option<Candidate>) {
        let jurisdiction = self.jurisdiction(at, accuracy_m);
        if jurisdiction.village.is_some() {
            return (Whereabouts::OnMap, jurisdiction, None);
        }
        if !in_indonesia(at.lat(), at.lon()) {
            return (Whereabouts::Abroad, jurisdiction, None);
        }
        let nearest = self.national.as_ref().and_then(|national| national.nearest(at));
        let named =
            nearest.as_ref().and_then(|area| area.distance_m).is_some_and(|away| away <= NAMED_WITHIN_M);
        let whereabouts = if named { Whereabouts::Elsewhere } else { Whereabouts::AtSeaOrUnknown };
        (whereabouts, jurisdiction, nearest)
    }

    fn spoken_point(&self, part: &Part, notes: &[Note], near: Option<LatLon>) -> Option<SpokenPoint> {
        let (at, accuracy_m) = match &part.detail {
            Detail::Coordinates { at, .. } => (*at, WRITTEN_WITHIN_M),
            Detail::MapLink { at, accuracy_m, .. } => ((*at)?, accuracy_m.unwrap_or(WRITTEN_WITHIN_M)),
            Detail::PlusCode { code, area } => self.plus_code(code, area.as_deref(), near)?,
            _ => return None,
        };
        let (whereabouts, jurisdiction, nearest) = self.whereabouts(at, Some(accuracy_m));
        let swapped =
            !matches!(part.detail, Detail::Coordinates { swapped: false, .. } | Detail::PlusCode { .. });
        let of_code = matches!(part.detail, Detail::PlusCode { .. });
        let mut notes = notes.to_vec();
        notes.retain(|note| match note {
            Note::CoordinatesSwapped => swapped,
            Note::CodeWithoutCity => of_code,
            Note::SouthAssumed => !of_code,
            Note::OutsideIndonesia => whereabouts == Whereabouts::Abroad,
            Note::NotOnEarth | Note::LinkNeedsOpening | Note::TextCut => false,
        });
        let words = part.words.clone();
        Some(SpokenPoint { words, at, accuracy_m, whereabouts, notes, jurisdiction, nearest })
    }

    /// Where a plus code is. A short one counts from the place named with it, else from the position at
    /// hand, else from the centre.
    fn plus_code(&self, code: &str, area: Option<&str>, near: Option<LatLon>) -> Option<(LatLon, f64)> {
        if spoken::is_full(code) {
            return spoken::decode(code);
        }
        let named = area.and_then(|area| {
            let best = self.search(area, near, 1).into_iter().next()?;
            LatLon::new(best.lat, best.lon).ok()
        });
        spoken::decode_near(code, named.or(near).or(self.home.middle)?)
    }
}

/// The words that a pasted link asks its map for.
fn asked_of_a_map(spoken: &SpokenPlace) -> Option<&str> {
    spoken.parts.iter().find_map(|part| match &part.detail {
        Detail::MapLink { query, .. } => query.as_deref(),
        _ => None,
    })
}

fn verdict(text: &str, spoken: &SpokenPlace, points: &[SpokenPoint], places: &TextPlaces) -> Verdict {
    if points.iter().any(|point| point.whereabouts == Whereabouts::OnMap) {
        Verdict::Position
    } else if !points.is_empty() {
        Verdict::OffTheMap
    } else if !places.candidates.is_empty() {
        if places.ambiguous { Verdict::Ambiguous } else { Verdict::Found }
    } else if !spoken.is_empty() || spoken.notes.iter().any(|note| *note != Note::TextCut) {
        Verdict::UnknownPlace
    } else if text.chars().any(char::is_alphanumeric) {
        Verdict::NoPlace
    } else {
        Verdict::Silent
    }
}

impl Verdict {
    /// What it says, with what to do.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Silent => "nothing was said about a place; ask where it is",
            Self::NoPlace => "no word tells a place; ask for village, street or landmark",
            Self::UnknownPlace => "no name in it is known; ask for village and district, or set a pin",
            Self::Ambiguous => "several places fit; ask which district and regency",
            Self::Found => "one place fits",
            Self::Position => "a position on the map",
            Self::OffTheMap => "the position lies off this centre's map; check it, or hand the report on",
        }
    }
}
