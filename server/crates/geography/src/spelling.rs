//! How far apart two words are in spelling, with an early end.
//!
//! The distance counts a wrong, missing, extra or two swapped neighbouring letters as one.
//! Must never decide how many faults are acceptable in a given place; its callers do that,
//! by [`allowed_faults`] or more strictly.

/// Longest word compared; place names are shorter, and it bounds the work on hostile input.
const LONGEST: usize = 40;

/// Faults tolerated in a word of this many letters when a person is known to be naming a place.
pub(crate) const fn allowed_faults(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The distance between two words if it is at most `most`, else `None`.
pub(crate) fn distance_within(a: &str, b: &str, most: usize) -> Option<usize> {
    if a == b {
        return Some(0);
    }
    // A letter takes up to four bytes, so this many bytes apart is too many letters apart; for plain
    // ASCII, nearly always, the bytes are the letters.
    let bytes_a_letter = if a.is_ascii() && b.is_ascii() { 1 } else { 4 };
    if most == 0 || a.len().max(b.len()) > LONGEST || a.len().abs_diff(b.len()) > most * bytes_a_letter {
        return None;
    }
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    // Three rows of the table: two back (for swaps), the last, the one being filled.
    let mut two_back: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut before_a = None;
    for (row, letter_a) in a.iter().enumerate() {
        let mut current = Vec::with_capacity(b.len() + 1);
        let mut left = row + 1;
        current.push(left);
        let mut least = left;
        let mut before_b = None;
        for (column, letter_b) in b.iter().enumerate() {
            let diagonal = last.get(column).copied().unwrap_or(usize::MAX - 1);
            let above = last.get(column + 1).copied().unwrap_or(usize::MAX - 1);
            let mut cost = (diagonal + usize::from(letter_a != letter_b)).min(above + 1).min(left + 1);
            if before_a == Some(letter_b) && before_b == Some(letter_a) {
                let swap = column.checked_sub(1).and_then(|at| two_back.get(at)).copied();
                cost = swap.map_or(cost, |before| cost.min(before + 1));
            }
            current.push(cost);
            left = cost;
            least = least.min(cost);
            before_b = Some(letter_b);
        }
        if least > most {
            return None;
        }
        two_back = std::mem::replace(&mut last, current);
        before_a = Some(letter_a);
    }
    last.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, most, expected) in [
            ("mojoroto", "mojoroto", 0, Some(0)),
            ("mojorto", "mojoroto", 2, Some(1)),
            ("ngapmel", "ngampel", 1, Some(1)),
            ("pagu", "papar", 1, None),
            ("sekaran", "sekarang", 1, Some(1)),
            ("", "a", 1, Some(1)),
            ("gurah", "grogol", 2, None),
        ] {
            assert_eq!(distance_within(a, b, most), expected, "{a} {b}");
            assert_eq!(distance_within(b, a, most), expected, "{b} {a}");
        }
    }
}
