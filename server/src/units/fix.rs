//! A fix as a device tells it, and what is left of it once it was looked at: a place on earth, a moment that
//! can be true, an accuracy that means something.
//!
//! Pure. Whose fix it is and whether it is the latest is not known here.

use kentongan_domain::ids::{EpochUs, SECOND_US};

/// How far a device's clock may be ahead of ours.
const AHEAD_US: EpochUs = 60 * SECOND_US;
/// The oldest fix that still tells where a unit is.
const OLDEST_US: EpochUs = 24 * 3_600 * SECOND_US;
/// The widest circle that tells anything: beyond it a city's units are all in the same place.
const WIDEST_M: f64 = 50_000.0;
/// The fastest that a vehicle, or what it is flown in, can be.
const FASTEST_KMH: f64 = 1_200.0;

/// A fix as it was told; units already those of [`Fix`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// Degrees.
    pub lat: f64,
    /// Degrees.
    pub lon: f64,
    /// Metres; none when the device does not know.
    pub accuracy_m: Option<f64>,
    /// When the device was there (epoch µs).
    pub at: EpochUs,
    /// Kilometres an hour.
    pub speed_kmh: Option<f64>,
    /// Degrees from north, clockwise.
    pub heading: Option<f64>,
}

/// A fix that can be true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fix {
    /// WGS 84 degrees, to about ten centimetres.
    pub lat: f64,
    /// WGS 84 degrees, to about ten centimetres.
    pub lon: f64,
    /// Radius of uncertainty in metres.
    pub accuracy_m: Option<f64>,
    /// When the device was there (epoch µs); never later than the server's own clock.
    pub at: EpochUs,
    /// Kilometres an hour.
    pub speed_kmh: Option<f64>,
    /// Degrees from north, clockwise, below 360.
    pub heading: Option<f64>,
}

/// Why a fix cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Unusable {
    /// A latitude that is none.
    #[error("the latitude must lie between -90 and 90 degrees")]
    Latitude,
    /// A longitude that is none.
    #[error("the longitude must lie between -180 and 180 degrees")]
    Longitude,
    /// An accuracy of nothing, less than nothing, or of half a province.
    #[error("an accuracy lies above 0 m and not above 50 km; leave it out when it is not known")]
    Accuracy,
    /// From a time to come.
    #[error("the fix is {ahead_s} s ahead of the server's clock; set the device's clock")]
    Future {
        /// How far ahead, in seconds.
        ahead_s: i64,
    },
    /// From too long ago to tell where a unit is.
    #[error("the fix is {age_s} s old; nothing older than a day is taken")]
    Ancient {
        /// How old, in seconds.
        age_s: i64,
    },
}

impl Told {
    /// The fix, if it can be true at `now` (epoch µs). Speed and heading that make no sense are left out:
    /// the place is worth having without them.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn check(&self, now: EpochUs) -> Result<Fix, Unusable> {
        if !(-90.0..=90.0).contains(&self.lat) {
            return Err(Unusable::Latitude);
        }
        if !(-180.0..=180.0).contains(&self.lon) {
            return Err(Unusable::Longitude);
        }
        if self.accuracy_m.is_some_and(|metres| !(metres > 0.0 && metres <= WIDEST_M)) {
            return Err(Unusable::Accuracy);
        }
        let age = now.saturating_sub(self.at);
        if age < -AHEAD_US {
            return Err(Unusable::Future { ahead_s: age.saturating_neg() / SECOND_US });
        }
        if age > OLDEST_US {
            return Err(Unusable::Ancient { age_s: age / SECOND_US });
        }
        let heading = self.heading.filter(|degrees| (0.0..=360.0).contains(degrees));
        Ok(Fix {
            lat: round(self.lat, 1e6),
            lon: round(self.lon, 1e6),
            accuracy_m: self.accuracy_m.map(|metres| round(metres, 10.0)),
            // A clock a little ahead would keep every later fix of another device out until it is caught up.
            at: self.at.min(now),
            speed_kmh: self
                .speed_kmh
                .filter(|speed| (0.0..=FASTEST_KMH).contains(speed))
                .map(|speed| round(speed, 10.0)),
            heading: heading.map(|degrees| degrees.round() % 360.0),
        })
    }
}

impl Fix {
    /// The distance to another fix in metres; good enough for the few hundred metres it is asked about.
    pub fn metres_to(&self, other: &Self) -> f64 {
        const METRES_A_DEGREE: f64 = 111_195.0;
        let north = (self.lat - other.lat) * METRES_A_DEGREE;
        let middle = f64::midpoint(self.lat, other.lat).to_radians();
        let east = (self.lon - other.lon) * METRES_A_DEGREE * middle.cos();
        north.hypot(east)
    }
}

fn round(value: f64, steps: f64) -> f64 {
    // Adding nothing turns -0 into 0.
    (value * steps).round() / steps + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: EpochUs = 1_795_316_400_000_000;

    fn told() -> Told {
        Told { lat: -7.82, lon: 112.01, accuracy_m: Some(8.0), at: NOW, speed_kmh: None, heading: None }
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_reason() {
        let future = NOW + 61 * SECOND_US;
        let ancient = NOW - 86_401 * SECOND_US;
        let table = [
            (Told { lat: 90.1, ..told() }, Unusable::Latitude),
            (Told { lat: f64::NAN, ..told() }, Unusable::Latitude),
            (Told { lat: f64::NEG_INFINITY, ..told() }, Unusable::Latitude),
            (Told { lon: -180.1, ..told() }, Unusable::Longitude),
            (Told { lon: f64::NAN, ..told() }, Unusable::Longitude),
            (Told { accuracy_m: Some(0.0), ..told() }, Unusable::Accuracy),
            (Told { accuracy_m: Some(-1.0), ..told() }, Unusable::Accuracy),
            (Told { accuracy_m: Some(f64::NAN), ..told() }, Unusable::Accuracy),
            (Told { accuracy_m: Some(50_001.0), ..told() }, Unusable::Accuracy),
            (Told { at: future, ..told() }, Unusable::Future { ahead_s: 61 }),
            (Told { at: i64::MAX, ..told() }, Unusable::Future { ahead_s: (i64::MAX - NOW) / SECOND_US }),
            (Told { at: ancient, ..told() }, Unusable::Ancient { age_s: 86_401 }),
            (Told { at: 0, ..told() }, Unusable::Ancient { age_s: NOW / SECOND_US }),
        ];
        for (told, why) in table {
            assert_eq!(told.check(NOW), Err(why), "{told:?}");
        }
        assert!(matches!(Told { at: i64::MIN, ..told() }.check(NOW), Err(Unusable::Ancient { .. })));
    }

    #[test]
    fn the_edges_of_the_world_and_of_the_day_are_inside() {
        for (lat, lon) in [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0), (-0.0, -0.0)] {
            let fix = Told { lat, lon, ..told() }.check(NOW).unwrap();
            assert_eq!((fix.lat, fix.lon), (lat, lon));
            assert!(fix.lat.is_sign_positive() || fix.lat < 0.0, "no minus before a zero");
        }
        assert!(Told { at: NOW - 86_400 * SECOND_US, ..told() }.check(NOW).is_ok());
        let ahead = Told { at: NOW + 60 * SECOND_US, ..told() }.check(NOW).unwrap();
        assert_eq!(ahead.at, NOW, "a clock a little ahead counts as now");
        assert_eq!(Told { accuracy_m: None, ..told() }.check(NOW).unwrap().accuracy_m, None);
        assert_eq!(
            Told { accuracy_m: Some(50_000.0), ..told() }.check(NOW).unwrap().accuracy_m,
            Some(50_000.0)
        );
    }

    #[test]
    fn a_senseless_speed_or_heading_does_not_cost_the_place() {
        for (told_kmh, kept) in
            [(31.26, Some(31.3)), (0.0, Some(0.0)), (-1.0, None), (1_201.0, None), (f64::NAN, None)]
        {
            let fix = Told { speed_kmh: Some(told_kmh), ..told() }.check(NOW).unwrap();
            assert_eq!(fix.speed_kmh, kept, "{told_kmh}");
        }
        for (degrees, kept) in [
            (0.0, Some(0.0)),
            (359.4, Some(359.0)),
            (359.6, Some(0.0)),
            (360.0, Some(0.0)),
            (-1.0, None),
            (361.0, None),
        ] {
            let fix = Told { heading: Some(degrees), ..told() }.check(NOW).unwrap();
            assert_eq!(fix.heading, kept, "{degrees}");
        }
    }

    #[test]
    fn distances_are_about_right() {
        let at = |lat, lon| Told { lat, lon, ..told() }.check(NOW).unwrap();
        let metres = at(-7.82, 112.01).metres_to(&at(-7.821, 112.01));
        assert!((metres - 111.2).abs() < 0.5, "{metres}");
        let metres = at(-7.82, 112.01).metres_to(&at(-7.82, 112.011));
        assert!((metres - 110.2).abs() < 0.5, "{metres}");
        assert_eq!(at(1.0, 1.0).metres_to(&at(1.0, 1.0)), 0.0);
    }
}
