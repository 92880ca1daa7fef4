//! Two numbers to a position: which is the latitude, and what to say about it.
//!
//! Indonesia decides what is plausible: people paste longitude first, and forget the minus of the
//! south. Never guesses silently: every repair is a [`Note`].

use super::note::Note;
use crate::point::LatLon;

/// Latitudes of Indonesia's land and waters, degrees (Rote to Weh, with a margin).
const LATITUDES: (f64, f64) = (-11.5, 6.5);

/// Longitudes, degrees (Weh to Merauke, with a margin).
const LONGITUDES: (f64, f64) = (94.5, 141.5);

/// Which of the two a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    Lat,
    Lon,
}

/// What two numbers come to.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Settled {
    /// The position; `None` when the numbers are none.
    pub at: Option<LatLon>,
    /// What was repaired, or is odd.
    pub notes: Vec<Note>,
}

/// Whether a point may lie in Indonesia or its waters.
pub(crate) fn in_indonesia(lat: f64, lon: f64) -> bool {
    (LATITUDES.0..=LATITUDES.1).contains(&lat) && (LONGITUDES.0..=LONGITUDES.1).contains(&lon)
}

/// Settles two numbers in the order written, each with the axis that a word or sign gave it.
pub(crate) fn settle(first: (f64, Option<Axis>), second: (f64, Option<Axis>)) -> Settled {
    let told_lon_first = first.1 == Some(Axis::Lon) || second.1 == Some(Axis::Lat);
    let (lat, lon) = if told_lon_first { (second.0, first.0) } else { (first.0, second.0) };
    let position = |lat: f64, lon: f64, notes: &[Note]| {
        LatLon::new(lat, lon).ok().map(|at| Settled { at: Some(at), notes: notes.to_vec() })
    };
    let settled = if in_indonesia(lat, lon) {
        position(lat, lon, &[])
    } else if in_indonesia(lon, lat) {
        position(lon, lat, &[Note::CoordinatesSwapped])
    } else if in_indonesia(-lat, lon) {
        position(-lat, lon, &[Note::SouthAssumed])
    } else if in_indonesia(-lon, lat) {
        position(-lon, lat, &[Note::CoordinatesSwapped, Note::SouthAssumed])
    } else {
        position(lat, lon, &[Note::OutsideIndonesia])
            .or_else(|| position(lon, lat, &[Note::CoordinatesSwapped, Note::OutsideIndonesia]))
    };
    settled.unwrap_or_else(|| Settled { at: None, notes: vec![Note::NotOnEarth] })
}
