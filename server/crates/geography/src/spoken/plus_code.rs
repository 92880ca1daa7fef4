//! Open location ("plus") codes: finding them in a text, and where they are.
//!
//! A code names a cell of a grid in base 20; a short one leaves out the first digits and counts from a
//! place nearby. Follows the open location code specification; the place it counts from is the caller's.

use crate::point::LatLon;

/// The digits, worth 0 to 19.
const DIGITS: &str = "23456789CFGHJMPQRVWX";

/// Digits of a full code before its plus.
const FULL: usize = 8;

/// Digits after the plus that are still read; more are finer than any position.
const MOST_FINE: usize = 7;

/// A code in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub start: usize,
    pub end: usize,
    /// Upper case.
    pub code: String,
}

/// Whether the code needs no place to count from.
pub(crate) fn is_full(code: &str) -> bool {
    code.find('+') == Some(FULL)
}

/// Every code in the text, in order.
pub(crate) fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (plus, _) in text.match_indices('+') {
        let (before, after) = text.split_at_checked(plus).unwrap_or_default();
        let head = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
        let after = after.get(1..).unwrap_or_default();
        let tail = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let (start, end) = (plus - head, plus + 1 + tail);
        let code = text.get(start..end).unwrap_or_default().to_ascii_uppercase();
        if is_code(&code) {
            found.push(Found { start, end, code });
        }
    }
    found
}

/// A code's form: 4, 6 or 8 digits, plus, two or more; with a letter, else it is a sum or a number.
fn is_code(code: &str) -> bool {
    let Some((head, tail)) = code.split_once('+') else { return false };
    let padded = head.trim_end_matches('0');
    let unpadded = padded.len() == head.len();
    let lengths =
        matches!(head.len(), 4 | 6 | FULL) && if unpadded { tail.len() >= 2 } else { tail.is_empty() };
    let padding = unpadded || (head.len() == FULL && matches!(padded.len(), 4 | 6));
    let digits = padded.chars().chain(tail.chars()).all(|c| DIGITS.contains(c));
    let letters = code.chars().any(|c| c.is_ascii_alphabetic());
    lengths && padding && digits && letters && tail.len() <= MOST_FINE + 2
}

/// The middle of a full code's cell, and the radius in metres of a circle around the cell.
pub(crate) fn decode(code: &str) -> Option<(LatLon, f64)> {
    if !is_full(code) {
        return None;
    }
    let digits = code.chars().filter(|c| !matches!(c, '+' | '0'));
    let (mut lat, mut lon) = (-90.0, -180.0);
    // Of a cell's sides at each step: pairs of digits first, then a grid of four by five.
    let (mut height, mut width) = (400.0, 400.0);
    for (place, digit) in digits.take(10 + MOST_FINE - 2).enumerate() {
        let value = DIGITS.find(digit)?;
        if place >= 10 {
            height /= 5.0;
            width /= 4.0;
            lat += height * (value / 4) as f64;
            lon += width * (value % 4) as f64;
        } else if place % 2 == 0 {
            height /= 20.0;
            lat += height * value as f64;
        } else {
            width /= 20.0;
            lon += width * value as f64;
        }
    }
    let (lat, lon): (f64, f64) = (lat + height / 2.0, lon + width / 2.0);
    let at = LatLon::new(lat.clamp(-90.0, 90.0), lon.clamp(-180.0, 180.0)).ok()?;
    let corner = LatLon::new((lat + height / 2.0).min(90.0), (lon + width / 2.0).min(180.0)).ok()?;
    Some((at, at.distance_m(corner)))
}

/// Where a short code is, counted from a place nearby: of all cells with these last digits the nearest.
pub(crate) fn decode_near(code: &str, near: LatLon) -> Option<(LatLon, f64)> {
    if is_full(code) {
        return decode(code);
    }
    let missing = FULL.checked_sub(code.find('+')?)?;
    let prefix: String = pairs_of(near).chars().take(missing).collect();
    let (guess, radius_m) = decode(&format!("{prefix}{code}"))?;
    // One cell of the left-out digits, in degrees.
    let step = 20.0_f64.powi(2 - (missing / 2) as i32);
    let nearest = |coordinate: f64, reference: f64| {
        if coordinate - reference > step / 2.0 {
            coordinate - step
        } else if reference - coordinate > step / 2.0 {
            coordinate + step
        } else {
            coordinate
        }
    };
    let at = LatLon::new(nearest(guess.lat(), near.lat()), nearest(guess.lon(), near.lon())).ok()?;
    Some((at, radius_m))
}

/// The first eight digits of a position's code.
fn pairs_of(at: LatLon) -> String {
    let (mut lat, mut lon) = ((at.lat() + 90.0).min(179.999_999), (at.lon() + 180.0).rem_euclid(360.0));
    let (mut digits, mut size) = (String::new(), 20.0);
    let digit = |rest: f64, size: f64| DIGITS.chars().nth(((rest / size) as usize).min(19)).unwrap_or('2');
    for _ in 0..FULL / 2 {
        digits.push(digit(lat, size));
        digits.push(digit(lon, size));
        lat %= size;
        lon %= size;
        size /= 20.0;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> LatLon {
        LatLon::new(lat, lon).unwrap()
    }

    #[test]
    fn known_codes() {
        // Cells as the specification's own arithmetic gives them.
        for (code, lat, lon) in [
            ("7FG49Q00+", 20.375, 2.775),
            ("7FG49QCJ+2V", 20.370_062_5, 2.782_187_5),
            ("8FVC2222+22", 47.000_062_5, 8.000_062_5),
            ("4VCPPQGP+Q9", -41.273_062_5, 174.785_937_5),
        ] {
            let (found, _) = decode(code).unwrap();
            assert!((found.lat() - lat).abs() < 1e-9 && (found.lon() - lon).abs() < 1e-9, "{code} {found:?}");
        }
    }

    #[test]
    fn a_short_code_is_the_nearest() {
        let kediri = at(-7.8228, 112.0119);
        let full = pairs_of(kediri);
        let code = format!("{}+5X", full.get(4..).unwrap());
        let (found, radius_m) = decode_near(&code, kediri).unwrap();
        assert!(found.distance_m(kediri) < 400.0, "{found:?}");
        assert!((5.0..20.0).contains(&radius_m), "{radius_m}");
        // Counted from 20 km away it is the same cell.
        let (same, _) = decode_near(&code, at(-7.99, 112.05)).unwrap();
        assert!(same.distance_m(found) < 1.0);
    }

    #[test]
    fn only_codes_are_found() {
        let codes = |text: &str| find(text).into_iter().map(|found| found.code).collect::<Vec<_>>();
        assert_eq!(codes("di 5257+9X Kediri, atau 6p3q5257+9x."), ["5257+9X", "6P3Q5257+9X"]);
        for text in
            ["", "+", "2+2", "1+1=2", "a+b", "4567+89", "LUKA+PARAH", "🙏+🙏", "6P3Q0000+22", "+62812"]
        {
            assert_eq!(codes(text), Vec::<String>::new(), "{text}");
        }
    }
}
