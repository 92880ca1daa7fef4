//! What an address is made of: gang, house number, RT and RW, housing estates and blocks, and the
//! areas that a word announces.

use super::part::{Detail, SpokenPlace};
use super::tokens::Tokens;
use super::vocabulary::Keyword;

/// Words of an area's name at most.
const AREA_WORDS: usize = 3;

/// Letters of a house or block number at most.
const NUMBER_LETTERS: usize = 6;

/// "gg 3", "gang mawar", "gg3".
pub(super) fn gang(
    place: &mut SpokenPlace,
    tokens: &mut Tokens<'_>,
    at: usize,
    glued: Option<&str>,
) -> Option<usize> {
    let (name, end) = match glued {
        Some(digits) => (digits.to_owned(), at + 1),
        None if tokens.parted(at + 1) && !tokens.gap(at + 1).contains('.') => return None,
        None if tokens.is_number(at + 1) && tokens.is_free(at + 1) => (tokens.name(at + 1, at + 2)?, at + 2),
        // "gang sebelah" is a side, "gang langgar" a name.
        None if matches!(tokens.keyword(at + 1), Some(Keyword::Landmark)) => {
            (tokens.name(at + 1, at + 2)?, at + 2)
        }
        None => {
            let end = tokens.name_end(at + 1, 2);
            (tokens.name(at + 1, end)?, end)
        }
    };
    tokens.take(place, at, end, Detail::Gang { name });
    Some(end)
}

/// "no 5", "nomor 12a".
pub(super) fn house_number(
    place: &mut SpokenPlace,
    tokens: &mut Tokens<'_>,
    at: usize,
    glued: Option<&str>,
) -> Option<usize> {
    let (number, end) = match glued {
        Some(digits) => (digits.to_owned(), at + 1),
        None if tokens.is_number(at + 1) && tokens.is_free(at + 1) => (tokens.name(at + 1, at + 2)?, at + 2),
        None => return None,
    };
    // "no hp 0812…" and "nomor saya 0812-…" are telephones.
    if number.chars().count() > NUMBER_LETTERS || (tokens.gap(end) == "-" && tokens.is_number(end)) {
        return None;
    }
    tokens.take(place, at, end, Detail::HouseNumber { number });
    Some(end)
}

/// "rt 03 rw 02", "RT03/RW02", "rt 3/2", "rt/rw 03/02", "rt03rw02".
pub(super) fn neighbourhood(place: &mut SpokenPlace, tokens: &mut Tokens<'_>, at: usize) -> Option<usize> {
    let low = tokens.low(at)?;
    if let (Some(rt), Some(rw)) = glued_pair(&low) {
        // One word tells both: it is one part, and the RW the narrower of what can be told twice.
        tokens.take_halves(place, at, rt, rw);
        return Some(at + 1);
    }
    let is_rt = low.starts_with("rt");
    let digits = low.get(2..).unwrap_or_default();
    if !digits.is_empty() {
        let number = digits.parse().ok()?;
        tokens.take(place, at, at + 1, if is_rt { Detail::Rt { number } } else { Detail::Rw { number } });
        return Some(after_rt(place, tokens, at + 1, is_rt));
    }
    // "rt/rw 03/02": both words, then both numbers.
    let second = tokens.low(at + 1);
    if is_rt && second.as_deref() == Some("rw") && tokens.is_number(at + 2) {
        let (rt, rw) =
            (number(tokens, at + 2)?, number(tokens, at + 3).filter(|_| tokens.gap(at + 3) == "/"));
        let end = at + 3;
        tokens.take(place, at, end, Detail::Rt { number: rt });
        if let Some(number) = rw {
            tokens.take(place, end, end + 1, Detail::Rw { number });
            return Some(end + 1);
        }
        return Some(end);
    }
    let number = number(tokens, at + 1)?;
    tokens.take(place, at, at + 2, if is_rt { Detail::Rt { number } } else { Detail::Rw { number } });
    Some(after_rt(place, tokens, at + 2, is_rt))
}

/// The RW of "rt 03/02".
fn after_rt(place: &mut SpokenPlace, tokens: &mut Tokens<'_>, end: usize, is_rt: bool) -> usize {
    match number(tokens, end) {
        Some(number) if is_rt && tokens.gap(end).trim() == "/" => {
            tokens.take(place, end, end + 1, Detail::Rw { number });
            end + 1
        }
        _ => end,
    }
}

fn number(tokens: &Tokens<'_>, at: usize) -> Option<u16> {
    tokens.low(at).filter(|low| tokens.is_free(at) && low.len() <= 3)?.parse().ok()
}

/// The numbers of "rt03rw02".
fn glued_pair(low: &str) -> (Option<u16>, Option<u16>) {
    let Some((rt, rw)) = low.strip_prefix("rt").and_then(|rest| rest.split_once("rw")) else {
        return (None, None);
    };
    (rt.parse().ok(), rw.parse().ok())
}

/// "Perum Permata Hijau Blok C2 no 5", "perumahan griya kartika".
pub(super) fn housing(place: &mut SpokenPlace, tokens: &mut Tokens<'_>, at: usize) -> Option<usize> {
    if tokens.parted(at + 1) && !tokens.gap(at + 1).contains('.') {
        return None;
    }
    let mut end = tokens.name_end(at + 1, AREA_WORDS);
    let name = tokens.name(at + 1, end)?;
    let (mut block, mut number) = (None, None);
    if let Some((found, to)) = block_at(tokens, end) {
        (block, end) = (Some(found), to);
        if let Some((found, to)) = number_at(tokens, end) {
            (number, end) = (Some(found), to);
        }
    }
    tokens.take(place, at, end, Detail::Housing { name: Some(name), block, number });
    Some(end)
}

/// "blok C2 no 5" without an estate before it.
pub(super) fn block(
    place: &mut SpokenPlace,
    tokens: &mut Tokens<'_>,
    at: usize,
    glued: Option<&str>,
) -> Option<usize> {
    let (block, mut end) = match glued {
        Some(digits) => (digits.to_owned(), at + 1),
        None => block_at(tokens, at)?,
    };
    let mut number = None;
    if let Some((found, to)) = number_at(tokens, end) {
        (number, end) = (Some(found), to);
    }
    tokens.take(place, at, end, Detail::Housing { name: None, block: Some(block), number });
    Some(end)
}

/// The block that is told here, and what follows it: "C2", "C-2", "C 2".
fn block_at(tokens: &Tokens<'_>, at: usize) -> Option<(String, usize)> {
    if tokens.keyword(at) != Some(Keyword::Block) || !tokens.is_free(at + 1) {
        return None;
    }
    let first = tokens.low(at + 1).filter(|first| first.chars().count() <= NUMBER_LETTERS)?;
    let has_digit = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    if !has_digit(&first) && first.chars().count() > 2 {
        return None;
    }
    let joined = matches!(tokens.gap(at + 2), "-" | " ");
    let letters_first = !has_digit(&first);
    let end = if letters_first && joined && tokens.is_number(at + 2) && tokens.is_free(at + 2) {
        at + 3
    } else {
        at + 2
    };
    Some((tokens.name(at + 1, end)?, end))
}

/// The house in a block: "no 5", "/5".
fn number_at(tokens: &Tokens<'_>, at: usize) -> Option<(String, usize)> {
    if tokens.keyword(at) == Some(Keyword::Number) && tokens.is_number(at + 1) && tokens.is_free(at + 1) {
        return Some((tokens.name(at + 1, at + 2)?, at + 2));
    }
    let behind = matches!(tokens.gap(at), "/" | "-") && tokens.is_number(at) && tokens.is_free(at);
    behind.then(|| tokens.name(at, at + 1).map(|number| (number, at + 1))).flatten()
}

/// An area that a word announces: dusun, village, district, regency, city, province.
pub(super) fn area(place: &mut SpokenPlace, tokens: &mut Tokens<'_>, at: usize) -> Option<usize> {
    let said = tokens.keyword(at)?;
    if let Keyword::ShortCity(name) = said {
        tokens.take(place, at, at + 1, Detail::Regency { name: name.to_owned(), city: None });
        return Some(at + 1);
    }
    // "kab." and "kel:" are written with a sign behind; a comma ends it.
    if tokens.gap(at + 1).contains([',', '\n', ';', '?', '!']) {
        return None;
    }
    let (name, end) = if let Some(Keyword::ShortCity(name)) = tokens.keyword(at + 1) {
        (name.to_owned(), at + 2)
    } else {
        let end = tokens.name_end(at + 1, AREA_WORDS);
        (tokens.name(at + 1, end)?, end)
    };
    let detail = match said {
        Keyword::Dusun => Detail::Dusun { name },
        Keyword::Village(said) => Detail::Village { name, said },
        Keyword::District => Detail::District { name },
        Keyword::Regency => Detail::Regency { name, city: Some(false) },
        Keyword::City => Detail::Regency { name, city: Some(true) },
        Keyword::Province => Detail::Province { name },
        _ => return None,
    };
    tokens.take(place, at, end, detail);
    Some(end)
}
