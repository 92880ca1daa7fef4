//! The numbers people speak aloud: `KDR-261122-0042`, one series a centre and local day, shared by
//! reports and incidents so that no number means two things.
//!
//! A number is allotted when its event is decided; a decision that is not committed gives it back.

use serde::{Deserialize, Serialize};

use crate::centre::CentreProfile;
use crate::ids::EpochUs;

/// The last number given out and its day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Numbers {
    /// Local day as `yymmdd`.
    pub day: String,
    /// Last number of that day.
    pub last: i64,
}

impl Numbers {
    /// The next number at `now`, and the series after it. A day starts with 0001.
    pub fn next(&self, profile: &CentreProfile, now: EpochUs) -> (String, Self) {
        let today = local_day(now, profile.utc_offset_minutes);
        // A clock that jumps back must not reuse a number: the later day goes on.
        let (day, last) = if today > self.day { (today, 1) } else { (self.day.clone(), self.last + 1) };
        (format!("{}-{day}-{last:04}", profile.number_prefix), Self { day, last })
    }

    /// The series after an event carried `number`; a number of another form changes nothing.
    pub fn after(&self, number: &str) -> Self {
        let mut parts = number.rsplitn(3, '-');
        let (Some(count), Some(day)) = (parts.next(), parts.next()) else { return self.clone() };
        let Ok(last) = count.parse::<i64>() else { return self.clone() };
        let next = Self { day: day.to_owned(), last };
        if (next.day.as_str(), next.last) > (self.day.as_str(), self.last) { next } else { self.clone() }
    }
}

/// The civil day at `at` for an offset from UTC, as `yymmdd`.
/// Days from the epoch to a civil date after Howard Hinnant's `civil_from_days`.
pub fn local_day(at: EpochUs, utc_offset_minutes: i32) -> String {
    let seconds = at.div_euclid(1_000_000) + i64::from(utc_offset_minutes) * 60;
    let z = seconds.div_euclid(86_400) + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    format!("{:02}{month:02}{day:02}", year.rem_euclid(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_the_local_clock() {
        // 2026-11-22T16:59:59Z is still the 22nd in Jakarta; one second later it is the 23rd.
        let last_second = 1_795_366_799_000_000;
        for (at, offset, day) in [
            (last_second, 420, "261122"),
            (last_second + 1_000_000, 420, "261123"),
            (0, 0, "700101"),
            (951_782_400_000_000, 0, "000229"),
            (-1, 0, "691231"),
        ] {
            assert_eq!(local_day(at, offset), day);
        }
    }

    #[test]
    fn a_series_survives_reading_back_and_a_clock_that_jumps() {
        let series = Numbers { day: "261122".into(), last: 9_999 };
        assert_eq!(series.after("KDR-261122-10000").last, 10_000);
        assert_eq!(series.after("KDR-261121-10000"), series);
        assert_eq!(series.after("nonsense"), series);
        assert_eq!(Numbers::default().after("A-B-261122-0007"), Numbers { day: "261122".into(), last: 7 });
    }
}
