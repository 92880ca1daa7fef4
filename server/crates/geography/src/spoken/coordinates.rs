//! Coordinates written in a text: decimal with dot or comma, degrees and minutes and seconds, with
//! hemispheres in Indonesian or English, in either order.
//!
//! The order is told by the words beside the numbers, else by what is plausible in Indonesia. Finds
//! numbers that are meant as a position; what lies there is not its business.

use super::bearings::{Axis, Settled, settle};
use super::numerals::{Item, Sign, scan};

/// Decimals that a pair of bare numbers needs to be taken for a position: prices have two.
const BARE_DECIMALS: usize = 3;

/// A position written in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Written {
    /// First byte of it.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What it comes to.
    pub settled: Settled,
}

/// One angle of a pair.
#[derive(Debug, Clone, Copy, Default)]
struct Angle {
    degrees: f64,
    decimals: usize,
    /// By its hemisphere or its label.
    axis: Option<Axis>,
    /// Degree signs, a hemisphere or a label make it an angle beyond doubt.
    marked: bool,
    /// Finer than whole degrees: "3 timur" is a direction, not a position.
    precise: bool,
    negative: bool,
    start: usize,
    end: usize,
}

/// Every position in the text, in order.
pub(crate) fn find(text: &str) -> Vec<Written> {
    let with_dots = pairs(&scan(text, '.'));
    if with_dots.is_empty() { pairs(&scan(text, ',')) } else { with_dots }
}

fn pairs(items: &[Item]) -> Vec<Written> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < items.len() {
        if let Some((written, next)) = pair(items, at) {
            found.push(written);
            at = next.max(at + 1);
        } else {
            at += 1;
        }
    }
    found
}

fn pair(items: &[Item], from: usize) -> Option<(Written, usize)> {
    let (first, next) = angle(items, from)?;
    let between = items.get(next..)?.iter().take_while(|item| item.sign == Sign::Separator).count();
    let (second, end) = angle(items, next + between.min(3))?;
    // "7 49 22 LS": without any mark two bare numbers need decimals to be more than two numbers.
    let bare = |angle: &Angle| angle.decimals >= BARE_DECIMALS || (angle.decimals == 2 && angle.negative);
    let marked = first.marked && second.marked && first.precise && second.precise;
    let numbers = first.decimals >= 2 && second.decimals >= 2 && (bare(&first) || bare(&second));
    if !marked && !numbers {
        return None;
    }
    let settled = settle((first.degrees, first.axis), (second.degrees, second.axis));
    Some((Written { start: first.start, end: second.end, settled }, end))
}

/// One angle that begins at this item, and the item after it.
fn angle(items: &[Item], from: usize) -> Option<(Angle, usize)> {
    let sign_at = |at: usize| items.get(at).map(|item| item.sign);
    let mut at = from;
    let mut angle = Angle { start: items.get(from)?.start, ..Angle::default() };
    let (mut south_or_west, mut prefixed) = (false, false);
    if let Some(Sign::Label(axis)) = sign_at(at) {
        angle.axis = Some(axis);
        angle.marked = true;
        at += 1;
        while sign_at(at) == Some(Sign::Equals) {
            at += 1;
        }
    }
    if let Some(Sign::Hemisphere(axis, negative)) = sign_at(at) {
        angle.axis = Some(axis);
        angle.marked = true;
        (south_or_west, prefixed) = (negative, true);
        at += 1;
    }
    let Some(Sign::Number { value, decimals, negative }) = sign_at(at) else { return None };
    (angle.degrees, angle.decimals, angle.negative) = (value, decimals, negative);
    angle.precise = decimals >= 2;
    angle.end = items.get(at)?.end;
    at += 1;
    let (sixtieths, next) = sixtieths(items, at, &mut angle)?;
    angle.precise |= next > at;
    at = next;
    angle.degrees += if negative { -sixtieths } else { sixtieths };
    // A sign behind the number, unless one stood before it. The s of "22s LS" is the seconds'.
    while !prefixed && let Some(Sign::Hemisphere(axis, negative)) = sign_at(at) {
        angle.axis = Some(axis);
        angle.marked = true;
        south_or_west = negative;
        angle.end = items.get(at)?.end;
        at += 1;
        if matches!(sign_at(at + 1), Some(Sign::Number { .. })) {
            break;
        }
    }
    if south_or_west && !angle.negative {
        angle.degrees = -angle.degrees;
        angle.negative = true;
    }
    Some((angle, at))
}

/// Minutes and seconds after the degrees, in degrees, and the item after them; `None` when a
/// number stands where only less than sixty can.
fn sixtieths(items: &[Item], from: usize, angle: &mut Angle) -> Option<(f64, usize)> {
    let sign_at = |at: usize| items.get(at).map(|item| item.sign);
    let part = |at: usize| match sign_at(at) {
        Some(Sign::Number { value, negative: false, .. }) if value < 60.0 => Some(value),
        _ => None,
    };
    let mut at = from;
    if sign_at(at) != Some(Sign::Degree) {
        // "7 49 22 LS": plain numbers up to a hemisphere.
        let (minutes, seconds) = (part(at), part(at + 1));
        return Some(match (minutes, seconds, sign_at(at + 1), sign_at(at + 2)) {
            (Some(minutes), Some(seconds), _, Some(Sign::Hemisphere(..))) => {
                (minutes / 60.0 + seconds / 3_600.0, at + 2)
            }
            (Some(minutes), _, Some(Sign::Hemisphere(..)), _) => (minutes / 60.0, at + 1),
            _ => (0.0, at),
        });
    }
    angle.marked = true;
    angle.end = items.get(at)?.end;
    at += 1;
    let Some(minutes) = part(at) else { return Some((0.0, at)) };
    // "7.82°, 112.01°" has a second angle where minutes would be.
    if !matches!(sign_at(at + 1), Some(Sign::Minute | Sign::Number { .. } | Sign::Hemisphere(..)) | None) {
        return Some((0.0, at));
    }
    angle.end = items.get(at)?.end;
    at += 1;
    if sign_at(at) == Some(Sign::Minute) {
        angle.end = items.get(at)?.end;
        at += 1;
    }
    let Some(seconds) = part(at) else { return Some((minutes / 60.0, at)) };
    if !matches!(sign_at(at + 1), Some(Sign::Second | Sign::Minute | Sign::Hemisphere(..)) | None) {
        return Some((minutes / 60.0, at));
    }
    angle.end = items.get(at)?.end;
    at += 1;
    // Two apostrophes are a second's sign.
    while matches!(sign_at(at), Some(Sign::Second | Sign::Minute)) {
        angle.end = items.get(at)?.end;
        at += 1;
    }
    Some((minutes / 60.0 + seconds / 3_600.0, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spoken::Note;

    fn only(text: &str) -> (f64, f64, Vec<Note>) {
        let found = find(text);
        let [written] = found.as_slice() else { panic!("{text}: {found:?}") };
        let at = written.settled.at.unwrap_or_else(|| panic!("{text}: {written:?}"));
        (at.lat(), at.lon(), written.settled.notes.clone())
    }

    #[test]
    fn writings_of_one_place() {
        for text in [
            "-7.8228, 112.0119",
            "-7.8228 112.0119",
            "(-7.8228;112.0119)",
            "-7,8228, 112,0119",
            "-7,8228 112,0119",
            "lat -7.8228 lon 112.0119",
            "lat: -7.8228, lng: 112.0119",
            "latitude=-7.8228 longitude=112.0119",
            "lintang -7.8228 bujur 112.0119",
            "7.8228 LS 112.0119 BT",
            "7.8228S 112.0119E",
            "7.8228° S, 112.0119° E",
            "S 7.8228 E 112.0119",
            "112.0119 BT 7.8228 LS",
            "E112.0119 S7.8228",
            "7°49'22.1\"S 112°00'42.8\"E",
            "7° 49′ 22.1″ LS 112° 0′ 42.8″ BT",
            "7 49 22.1 LS 112 0 42.8 BT",
            "7d49m22.1s LS, 112d0m42.8s BT",
            "-7°49'22.1\", 112°00'42.8\"",
            "7°49.368'S 112°0.714'E",
        ] {
            let (lat, lon, notes) = only(text);
            assert!((lat + 7.8228).abs() < 1e-4 && (lon - 112.0119).abs() < 1e-4, "{text}: {lat} {lon}");
            assert_eq!(notes, [], "{text}");
        }
    }

    #[test]
    fn what_was_wrong_is_said() {
        for (text, lat, lon, note) in [
            ("112.0119, -7.8228", -7.8228, 112.0119, Note::CoordinatesSwapped),
            ("lat 112.0119 lon -7.8228", -7.8228, 112.0119, Note::CoordinatesSwapped),
            ("7.8228, 112.0119", -7.8228, 112.0119, Note::SouthAssumed),
            ("51.5007, -0.1246", 51.5007, -0.1246, Note::OutsideIndonesia),
            ("0.0000, 0.0000", 0.0, 0.0, Note::OutsideIndonesia),
        ] {
            let (found_lat, found_lon, notes) = only(text);
            assert!((found_lat - lat).abs() < 1e-9 && (found_lon - lon).abs() < 1e-9, "{text}");
            assert_eq!(notes, [note], "{text}");
        }
        let found = find("titik 212.5000, 312.0119 ya");
        assert_eq!(
            found.first().map(|written| written.settled.notes.as_slice()),
            Some(&[Note::NotOnEarth][..])
        );
    }

    #[test]
    fn other_numbers_are_no_position() {
        for text in [
            "",
            "RT 03 RW 02",
            "harga 2.50, 3.75",
            "0812-0000-4471",
            "km 12,5",
            "jam 10.30, 2 orang",
            "3 s 4 e",
            "suhu 36.5 38.25",
            "30/12/2026",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
