//! How close two sightings are in subject, time, place, words and caller, as one figure.
//!
//! Outside the time or distance window there is no match, however alike the words. Where a place is
//! unknown, shared words or the same caller have to carry it.

use super::Sighting;
use super::kinship::{Kinship, kinship};
use super::weights::Weights;
use super::windows::{Window, window_for};

/// Mean radius of the earth, metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;
/// Largest accuracy radius that widens a window; beyond it a position says nothing.
const WIDEST_ACCURACY_M: f64 = 5_000.0;
/// Radius taken for a position that came without one, when its uncertainty is weighed, metres.
const ASSUMED_ACCURACY_M: f64 = 50.0;
/// Accuracy radii hold about two of three positions: that is 1.5 standard deviations in the plane.
const RADIUS_SIGMAS: f64 = 1.5;
/// The quarter against which a position is called fine, metres.
const QUARTER_M: f64 = 4_000.0;
/// Windows this wide cover a regency: there a report without a place may still belong.
const REGIONAL_M: f64 = 10_000.0;
/// Microseconds in a minute.
const MINUTE_US: f64 = 60_000_000.0;
/// Words of the event that count at most.
const MOST_WORDS: u32 = 3;
/// Cues that count at most.
const MOST_CUES: u32 = 2;

/// Shared words, counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shared {
    /// Words of the event.
    pub words: u32,
    /// Words of the place.
    pub place_words: u32,
    /// Cues.
    pub cues: u32,
    /// Whether both name a place at all.
    pub both_placed: bool,
}

/// The comparison's result.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closeness {
    /// Log-odds of being one event; finite.
    pub evidence: f64,
    /// Great-circle distance, metres.
    pub distance_m: Option<f64>,
    /// Whether the circles of uncertainty touch.
    pub touching: bool,
    /// Minutes between the two.
    pub minutes: f64,
    pub kinship: Kinship,
    pub same_caller: bool,
}

/// The score of log-odds: 0 to 1, one half where for and against are even.
pub(super) fn score(evidence: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-evidence))
}

/// One sighting to compare many with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comparison<'a> {
    candidate: &'a Sighting,
    window: Window,
    weights: &'a Weights,
}

impl<'a> Comparison<'a> {
    pub fn new(candidate: &'a Sighting, weights: &'a Weights) -> Self {
        let window = window_for(candidate.category, candidate.type_code.as_deref());
        Self { candidate, window, weights }
    }

    /// Compares with another; `None` when the two cannot be one event, or cannot have more evidence than
    /// `floor`. Words are counted last (`shared`, told whether cues matter), and only where they can still
    /// decide: they are what costs time.
    pub fn with(
        &self,
        other: &Sighting,
        floor: f64,
        shared: impl FnOnce(bool) -> Shared,
    ) -> Option<Closeness> {
        self.with_at(other, other.at_us, floor, shared)
    }

    /// The same, the other taken to be of another instant, epoch microseconds.
    pub fn with_at(
        &self,
        other: &Sighting,
        at_us: i64,
        floor: f64,
        shared: impl FnOnce(bool) -> Shared,
    ) -> Option<Closeness> {
        let (candidate, weights) = (self.candidate, self.weights);
        let kin = kinship(
            (candidate.category, candidate.type_code.as_deref()),
            (other.category, other.type_code.as_deref()),
        )?;
        let window = if kin == Kinship::SameType {
            self.window
        } else {
            self.window.wider(window_for(other.category, other.type_code.as_deref()))
        };
        let minutes = candidate.at_us.abs_diff(at_us) as f64 / MINUTE_US;
        if minutes > window.minutes {
            return None;
        }
        let in_window = minutes / window.minutes;
        let same_caller = candidate.caller.is_some() && candidate.caller == other.caller;
        let mut evidence = weights.base
            + weights.of_kinship(kin)
            + weights.late * in_window * in_window
            + if same_caller { weights.caller } else { 0.0 };
        let close = Closeness {
            evidence: 0.0,
            distance_m: None,
            touching: false,
            minutes,
            kinship: kin,
            same_caller,
        };
        let Some((here, there)) = known(candidate.lat_lon).zip(known(other.lat_lon)) else {
            if evidence + weights.no_place + weights.most_by_words(kin) <= floor {
                return None;
            }
            let shared = shared(!kin.one_category());
            // Two names without a common word are two places, unless something else ties them.
            let carried = shared.place_words > 0
                || !shared.both_placed
                || shared.words >= 2
                || same_caller
                || window.metres >= REGIONAL_M;
            evidence += weights.no_place + weights.of_words(kin, shared);
            return carried.then_some(Closeness { evidence, ..close });
        };
        let (one, two) = (accuracy(candidate), accuracy(other));
        let circles = one.unwrap_or(0.0) + two.unwrap_or(0.0);
        let reach = window.metres + circles;
        // A degree of latitude is 111 km: far ones are dropped before any trigonometry.
        if (here.0 - there.0).abs() * 110_000.0 > reach {
            return None;
        }
        let distance_m = distance_m(here, there);
        if distance_m > reach {
            return None;
        }
        evidence += weights.of_distance(distance_m, uncertainty(window, one, two));
        if evidence + weights.most_by_words(kin) <= floor {
            return None;
        }
        evidence += weights.of_words(kin, shared(!kin.one_category()));
        Some(Closeness { evidence, distance_m: Some(distance_m), touching: distance_m <= circles, ..close })
    }
}

impl Weights {
    fn of_kinship(&self, kin: Kinship) -> f64 {
        match kin {
            Kinship::SameType => 0.0,
            Kinship::SameCategory => self.same_category,
            Kinship::OtherType => self.other_type,
            Kinship::Close => self.close,
            Kinship::Related => self.related,
            Kinship::Unknown => self.unknown,
        }
    }

    /// Two positions so far apart, each uncertain: near and fine speaks for one event, near and coarse
    /// for little, far for two.
    fn of_distance(&self, distance_m: f64, sigma_m: f64) -> f64 {
        let fine = libm::log(QUARTER_M / sigma_m).max(0.0);
        let away = distance_m / sigma_m;
        self.near * fine + self.far * (away * away / 2.0).min(self.farthest)
    }

    fn of_words(&self, kin: Kinship, shared: Shared) -> f64 {
        let places = match shared.place_words {
            0 if shared.both_placed => self.other_place,
            0 => 0.0,
            1 => self.place_word,
            _ => self.place_word + self.second_place_word,
        };
        places
            + self.word * f64::from(shared.words.min(MOST_WORDS))
            + self.of_cue(kin) * f64::from(shared.cues.min(MOST_CUES))
    }

    /// In one category a shared cue says nothing new; across categories it says that both mean one thing.
    fn of_cue(&self, kin: Kinship) -> f64 {
        if kin.one_category() { 0.0 } else { self.cue_across }
    }

    /// The most that words can add.
    fn most_by_words(&self, kin: Kinship) -> f64 {
        self.place_word.max(0.0)
            + self.second_place_word.max(0.0)
            + self.word.max(0.0) * f64::from(MOST_WORDS)
            + self.of_cue(kin).max(0.0) * f64::from(MOST_CUES)
    }
}

/// One standard deviation of the difference of two positions of one event, metres.
fn uncertainty(window: Window, one: Option<f64>, two: Option<f64>) -> f64 {
    let sigma = |radius: Option<f64>| radius.unwrap_or(ASSUMED_ACCURACY_M) / RADIUS_SIGMAS;
    let (one, two) = (sigma(one), sigma(two));
    window.spread_m.mul_add(window.spread_m, one.mul_add(one, two * two)).sqrt()
}

/// The position, unless it is none on earth. Zero is a place: the equator crosses Pontianak.
fn known(lat_lon: Option<(f64, f64)>) -> Option<(f64, f64)> {
    lat_lon.filter(|(lat, lon)| (-90.0..=90.0).contains(lat) && (-180.0..=180.0).contains(lon))
}

fn accuracy(sighting: &Sighting) -> Option<f64> {
    sighting.accuracy_m.filter(|metres| *metres >= 0.0).map(|metres| metres.min(WIDEST_ACCURACY_M))
}

/// Great-circle distance in metres (haversine).
pub(super) fn distance_m(here: (f64, f64), there: (f64, f64)) -> f64 {
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

    #[test]
    fn fine_positions_say_more_than_coarse_ones() {
        let weights = Weights::TUNED;
        assert!(weights.of_distance(20.0, 100.0) > weights.of_distance(20.0, 1_000.0));
        assert!(weights.of_distance(600.0, 100.0) < weights.of_distance(600.0, 1_000.0));
    }
}
