//! Streets, kilometre posts with their road and direction, and where somebody goes or comes from.

use super::part::{Detail, SpokenPlace};
use super::tokens::Tokens;
use super::vocabulary::{Keyword, ends_name};

/// Words of a street's name at most.
const STREET_WORDS: usize = 4;

/// Words of a place that a road leads to at most.
const TOWN_WORDS: usize = 2;

/// "jl dhoho", "Jalan Panglima Sudirman 12a", "jalur Kediri-Pare".
pub(super) fn street(place: &mut SpokenPlace, tokens: &mut Tokens<'_>, at: usize) -> Option<usize> {
    let from = if tokens.keyword(at + 1) == Some(Keyword::Street) { at + 2 } else { at + 1 };
    if tokens.parted(from) {
        return None;
    }
    let mut end = tokens.name_end(from, STREET_WORDS);
    // "jl raya" alone is no name, "jl raya Pare" is.
    let only_raya = end == from + 1 && tokens.low(from).is_some_and(|low| low == "raya");
    if end == from || only_raya || tokens.is_number(from) {
        return None;
    }
    // "jl kawi atas" has its side from the name; "jl danau kerinci 12" its house number behind it.
    let name = tokens.name(from, end)?;
    tokens.take(place, at, end, Detail::Street { name });
    let numbered = tokens.is_number(end) && !tokens.parted(end) && tokens.gap(end).trim().is_empty();
    if numbered && (tokens.parted(end + 1) || tokens.keyword(end + 1).is_some()) {
        let number = tokens.name(end, end + 1).filter(|number| number.chars().count() <= 5);
        if let Some(number) = number {
            tokens.take(place, end, end + 1, Detail::HouseNumber { number });
            end += 1;
        }
    }
    Some(end)
}

/// "km 12", "km 12,5 jalur Kediri-Pare arah Pare"; a road named just before it is taken too.
pub(super) fn km_post(
    place: &mut SpokenPlace,
    tokens: &mut Tokens<'_>,
    at: usize,
    glued: Option<&str>,
) -> Option<usize> {
    let mut end = at + 1;
    let mut digits = glued.map(str::to_owned);
    if digits.is_none() {
        digits = tokens.low(end).filter(|_| tokens.is_free(end) && tokens.is_number(end));
        end += 1;
    }
    let whole = digits.filter(|digits| digits.len() <= 4 && is_plain(digits))?;
    // "12,5", "12.5" and "12+300" are two words to a reader of words.
    let fraction =
        tokens.low(end).filter(|digits| tokens.is_free(end) && tokens.is_number(end) && is_plain(digits));
    let km = match (tokens.gap(end), fraction) {
        ("," | ".", Some(fraction)) if fraction.len() <= 3 => {
            end += 1;
            format!("{whole}.{fraction}").parse().ok()?
        }
        ("+" | " + ", Some(metres)) if metres.len() == 3 => {
            end += 1;
            whole.parse::<f64>().ok()? + metres.parse::<f64>().ok()? / 1_000.0
        }
        _ => whole.parse::<f64>().ok()?,
    };
    let mut road = before(place, tokens, at);
    if road.is_none() {
        let from = if tokens.keyword(end) == Some(Keyword::Street) { end + 1 } else { end };
        let to = tokens.name_end(from, STREET_WORDS);
        if from > end && to > from && !tokens.parted(end) {
            road = tokens.name(from, to);
            end = to;
        }
    }
    let (towards, end) = destination(tokens, end).unwrap_or((None, end));
    tokens.take(place, at, end, Detail::KmPost { km, road, towards });
    Some(end)
}

/// Figures and nothing else: "1e99" is a number to a parser, and no kilometre post.
fn is_plain(digits: &str) -> bool {
    digits.bytes().all(|b| b.is_ascii_digit())
}

/// The street that was named directly before this word.
fn before(place: &SpokenPlace, tokens: &Tokens<'_>, at: usize) -> Option<String> {
    let last = place.parts.last()?;
    let begin = tokens.byte(at)?;
    let gap = tokens.text.get(last.end..begin)?;
    match &last.detail {
        Detail::Street { name } if gap.trim_matches([' ', ',']).is_empty() => Some(name.clone()),
        _ => None,
    }
}

/// "arah Pare", "arah ke Pare", "menuju kota".
fn destination(tokens: &Tokens<'_>, at: usize) -> Option<(Option<String>, usize)> {
    if tokens.keyword(at) != Some(Keyword::Towards) {
        return None;
    }
    let from = at + 1 + usize::from(tokens.keyword(at + 1) == Some(Keyword::Connector));
    let end = town_end(tokens, from);
    (end > from).then(|| (tokens.name(from, end), end))
}

/// One past a town's name: it may be called a city, or be a city's short form.
fn town_end(tokens: &Tokens<'_>, from: usize) -> usize {
    match tokens.keyword(from) {
        Some(Keyword::ShortCity(_)) => from + 1,
        Some(Keyword::City) => tokens.name_end(from + 1, TOWN_WORDS).max(from + 1),
        _ => tokens.name_end(from, TOWN_WORDS),
    }
}

/// "arah ke Pare dari Kandangan", each end by itself.
pub(super) fn direction(place: &mut SpokenPlace, tokens: &mut Tokens<'_>, at: usize) -> Option<usize> {
    let towards = tokens.keyword(at) == Some(Keyword::Towards);
    let from = at + 1 + usize::from(tokens.keyword(at + 1) == Some(Keyword::Connector));
    let end = town_end(tokens, from);
    // "dari tadi" and "dari luar" come from nowhere: a town is written with a capital, or said to be one.
    let town = towards || tokens.is_title(from) || tokens.keyword(from).is_some();
    let sentence =
        tokens.low(from).is_none_or(|low| tokens.keyword(from).is_none() && ends_name(&low, false));
    if end == from || !town || sentence || tokens.parted(from) {
        return None;
    }
    let name = tokens.name(from, end)?;
    let detail = if towards { Detail::Towards { name } } else { Detail::From { name } };
    tokens.take(place, at, end, detail);
    Some(end)
}
