//! A text as numbers and the signs that stand between the numbers of a position.
//!
//! Only sorts what is written; what makes a position is [`super::coordinates`]'s to say.

use super::bearings::Axis;

/// Numbers and signs looked at; a text with more is no address.
const MOST_ITEMS: usize = 2_000;

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sign {
    /// A number with how many decimals it was written.
    Number {
        value: f64,
        decimals: usize,
        negative: bool,
    },
    Degree,
    Minute,
    Second,
    /// N, S, LS, BT …; whether it makes the number negative.
    Hemisphere(Axis, bool),
    /// "lat", "bujur" …
    Label(Axis),
    /// Between a label and its number.
    Equals,
    /// Between two numbers.
    Separator,
    /// Anything else: no position reaches across.
    Other,
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Item {
    pub sign: Sign,
    pub start: usize,
    pub end: usize,
}

/// The pieces of a text; spaces make none. `decimal` is the decimal sign to reckon with.
pub(crate) fn scan(text: &str, decimal: char) -> Vec<Item> {
    let mut items = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if items.len() >= MOST_ITEMS {
            break;
        }
        let start = text.len() - rest.len();
        let (sign, length) = piece(rest, c, decimal, items.last());
        if let Some(sign) = sign {
            items.push(Item { sign, start, end: start + length });
        }
        rest = rest.get(length.max(c.len_utf8())..).unwrap_or_default();
    }
    items
}

/// The piece at the head of `rest`, and its length in bytes.
fn piece(rest: &str, c: char, decimal: char, before: Option<&Item>) -> (Option<Sign>, usize) {
    if c.is_whitespace() {
        return (None, c.len_utf8());
    }
    let digits_follow = rest.chars().nth(1).is_some_and(|next| next.is_ascii_digit());
    if c.is_ascii_digit() || (matches!(c, '-' | '−' | '+') && digits_follow) {
        return number(rest, c, decimal);
    }
    if c.is_alphabetic() {
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default().to_lowercase();
        return (Some(word_sign(&word, before)), length);
    }
    let sign = match c {
        '°' | 'º' | '˚' => Sign::Degree,
        '\'' | '’' | '′' | '‘' => Sign::Minute,
        '"' | '″' | '”' | '“' => Sign::Second,
        ',' | ';' | '/' | '|' | '&' | '.' => Sign::Separator,
        ':' | '=' => Sign::Equals,
        _ => Sign::Other,
    };
    (Some(sign), c.len_utf8())
}

fn number(rest: &str, c: char, decimal: char) -> (Option<Sign>, usize) {
    let negative = matches!(c, '-' | '−');
    let signed = if c.is_ascii_digit() { 0 } else { c.len_utf8() };
    let body = rest.get(signed..).unwrap_or_default();
    let whole = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
    let after = body.get(whole..).unwrap_or_default();
    let fraction = after
        .strip_prefix(decimal)
        .map_or(0, |digits| digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len()));
    let written: String = if fraction > 0 {
        let digits = after.get(1..=fraction).unwrap_or_default();
        format!("{}.{digits}", body.get(..whole).unwrap_or_default())
    } else {
        body.get(..whole).unwrap_or_default().to_owned()
    };
    let length = signed + whole + if fraction > 0 { fraction + 1 } else { 0 };
    let value: f64 = written.parse().unwrap_or(f64::INFINITY);
    let value = if negative { -value } else { value };
    (Some(Sign::Number { value, decimals: fraction, negative }), length)
}

/// What a word between numbers is. A letter that a number stands before may be a sign of the number.
fn word_sign(word: &str, before: Option<&Item>) -> Sign {
    let after_number = before.is_some_and(|item| matches!(item.sign, Sign::Number { .. }));
    match word {
        "lat" | "latitude" | "lintang" => Sign::Label(Axis::Lat),
        "lon" | "lng" | "long" | "longitude" | "bujur" => Sign::Label(Axis::Lon),
        "d" | "deg" | "derajat" if after_number => Sign::Degree,
        "m" | "min" | "menit" if after_number => Sign::Minute,
        "detik" | "sec" if after_number => Sign::Second,
        "n" | "lu" | "utara" | "north" => Sign::Hemisphere(Axis::Lat, false),
        "s" | "ls" | "selatan" | "south" => Sign::Hemisphere(Axis::Lat, true),
        "e" | "bt" | "timur" | "east" => Sign::Hemisphere(Axis::Lon, false),
        "w" | "bb" | "west" => Sign::Hemisphere(Axis::Lon, true),
        "dan" | "and" => Sign::Separator,
        _ => Sign::Other,
    }
}
