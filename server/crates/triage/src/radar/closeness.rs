//! How close two sightings are in subject, time, place and words, as one figure.
//!
//! Outside the time or distance window there is no match, however alike the words. Where a place is
//! unknown, shared words have to carry it.

use super::Sighting;
use super::windows::{Kinship, Window, kinship, window_for};

/// Mean radius of the earth, metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;
/// Largest accuracy radius that widens a window; beyond it a position says nothing.
const WIDEST_ACCURACY_M: f64 = 5_000.0;
/// Windows this wide cover a regency: there a report without a place may still belong.
const REGIONAL_M: f64 = 10_000.0;
/// Microseconds in a minute.
const MINUTE_US: f64 = 60_000_000.0;

/// Shared words, counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared {
    pub words: u32,
    pub place_words: u32,
}

/// The comparison's result.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closeness {
    pub score: f64,
    pub distance_m: Option<f64>,
    pub minutes: f64,
    pub kinship: Kinship,
}

/// Compares the two; `None` when they cannot be one event, or cannot score more than `floor`. Words
/// are counted last, and only where they can still decide: they are what costs time.
pub(super) fn compare(
    candidate: &Sighting,
    other: &Sighting,
    floor: f64,
    shared: impl FnOnce() -> Shared,
) -> Option<Closeness> {
    let kin = kinship(
        (candidate.category, candidate.type_code.as_deref()),
        (other.category, other.type_code.as_deref()),
    )?;
    let window = wider(
        window_for(candidate.category, candidate.type_code.as_deref()),
        window_for(other.category, other.type_code.as_deref()),
    );
    let minutes = candidate.at_us.abs_diff(other.at_us) as f64 / MINUTE_US;
    if minutes > window.minutes {
        return None;
    }
    let in_time = 1.0 - minutes / window.minutes;
    let both = known(candidate.lat_lon).zip(known(other.lat_lon));
    let Some((here, there)) = both else {
        return without_place(shared(), in_time, window).map(|share| Closeness {
            score: share * kin.factor(),
            distance_m: None,
            minutes,
            kinship: kin,
        });
    };
    let reach = window.metres + accuracy(candidate) + accuracy(other);
    // A degree of latitude is 111 km: far ones are dropped before any trigonometry.
    if (here.0 - there.0).abs() * 110_000.0 > reach {
        return None;
    }
    let distance_m = distance_m(here, there);
    if distance_m > reach {
        return None;
    }
    let in_place = 1.0 - distance_m / reach;
    let without_words = 0.25 + 0.40 * in_place + 0.15 * in_time;
    if (without_words + 0.20) * kin.factor() <= floor {
        return None;
    }
    let shared = shared();
    let share = without_words
        + 0.12 * (f64::from(shared.words) / 3.0).min(1.0)
        + 0.08 * f64::from(shared.place_words).min(1.0);
    Some(Closeness { score: share * kin.factor(), distance_m: Some(distance_m), minutes, kinship: kin })
}

/// Score without distances: a shared place word or two shared content words are needed, save for
/// hazards that cover a regency.
fn without_place(shared: Shared, in_time: f64, window: Window) -> Option<f64> {
    let regional = window.metres >= REGIONAL_M;
    if shared.place_words == 0 && shared.words < 2 && !regional {
        return None;
    }
    let places = (f64::from(shared.place_words) / 2.0).min(1.0);
    let words = (f64::from(shared.words) / 3.0).min(1.0);
    Some(0.20 + 0.30 * places + 0.20 * words + 0.15 * in_time)
}

/// The wider of two windows: a report whose type is not yet known may belong to a flood.
fn wider(one: Window, other: Window) -> Window {
    Window { minutes: one.minutes.max(other.minutes), metres: one.metres.max(other.metres) }
}

/// The position, unless it is none on earth. Zero is a place: the equator crosses Pontianak.
fn known(lat_lon: Option<(f64, f64)>) -> Option<(f64, f64)> {
    lat_lon.filter(|(lat, lon)| (-90.0..=90.0).contains(lat) && (-180.0..=180.0).contains(lon))
}

fn accuracy(sighting: &Sighting) -> f64 {
    sighting.accuracy_m.filter(|metres| *metres >= 0.0).unwrap_or(0.0).min(WIDEST_ACCURACY_M)
}

/// Great-circle distance in metres (haversine).
fn distance_m(here: (f64, f64), there: (f64, f64)) -> f64 {
    let (lat, other_lat) = (here.0.to_radians(), there.0.to_radians());
    let half_lat = ((other_lat - lat) / 2.0).sin();
    let half_lon = ((there.1 - here.1).to_radians() / 2.0).sin();
    let chord = half_lat.mul_add(half_lat, lat.cos() * other_lat.cos() * half_lon * half_lon);
    2.0 * EARTH_RADIUS_M * chord.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude() {
        let metres = distance_m((-7.0, 112.0), (-8.0, 112.0));
        assert!((metres - 111_195.0).abs() < 10.0, "{metres}");
    }

    #[test]
    fn impossible_positions_are_unknown() {
        assert_eq!(known(Some((f64::NAN, 112.0))), None);
        assert_eq!(known(Some((-7.8, 212.0))), None);
        assert_eq!(known(Some((0.0, 0.0))), Some((0.0, 0.0)));
    }
}
