//! Landmarks, and on which side of one something is: "dpn Alfamart", "sblh utara masjid", "lor pasar".

use super::part::{Detail, Relation, SpokenPlace};
use super::tokens::Tokens;
use super::vocabulary::{Keyword, is_doubtful_school};

/// Words of a landmark's name after its kind at most.
const NAME_WORDS: usize = 3;

/// Words of side in a row at most ("sebelah timur dari").
const SIDE_WORDS: usize = 4;

/// A side, and the landmark behind it.
pub(super) fn related(
    place: &mut SpokenPlace,
    tokens: &mut Tokens<'_>,
    at: usize,
    first: Relation,
) -> Option<usize> {
    let (mut relation, mut next) = (first, at + 1);
    while next < at + SIDE_WORDS && !tokens.parted(next) {
        match tokens.keyword(next) {
            // Of "sebelah timur" the second says more.
            Some(Keyword::Relation(more)) => relation = more,
            Some(Keyword::Connector | Keyword::From) => {}
            _ => break,
        }
        next += 1;
    }
    if tokens.parted(next) || !tokens.is_free(next) {
        return None;
    }
    if let Some(end) = named(place, tokens, next, Some((at, relation))) {
        return Some(end);
    }
    // "blkg ds Gayam", "seberang jl Dhoho": the side of something that is a part by itself.
    let of_a_part = matches!(
        tokens.keyword(next),
        Some(
            Keyword::Street
                | Keyword::Gang
                | Keyword::Village(_)
                | Keyword::District
                | Keyword::Dusun
                | Keyword::Housing
                | Keyword::City
        )
    );
    of_a_part.then(|| {
        tokens.take(place, at, next, Detail::Side { relation });
        next
    })
}

/// A landmark that begins at this word; with a side, the part begins at the side's first word.
pub(super) fn named(
    place: &mut SpokenPlace,
    tokens: &mut Tokens<'_>,
    at: usize,
    side: Option<(usize, Relation)>,
) -> Option<usize> {
    let kind = tokens.keyword(at);
    let doubtful = tokens.low(at).is_some_and(|low| is_doubtful_school(&low));
    if doubtful && side.is_none() && tokens.is_small(at) && !tokens.is_number(at + 1) {
        return None;
    }
    let end = match kind {
        Some(Keyword::Landmark | Keyword::WeakLandmark) => thing_end(tokens, at),
        // A name without its kind is a landmark only beside a side: "dpn alfamart", "kidul sepur".
        None if side.is_some_and(|(_, relation)| of_names(relation) || tokens.is_title(at)) => {
            tokens.name_end(at, NAME_WORDS + 1)
        }
        _ => at,
    };
    let bare = end == at + 1 && kind == Some(Keyword::WeakLandmark) && side.is_none();
    if end == at || bare {
        return None;
    }
    let name = tokens.name(at, end)?;
    let from = side.map_or(at, |(from, _)| from);
    tokens.take(place, from, end, Detail::Landmark { name, relation: side.map(|(_, relation)| relation) });
    Some(end)
}

/// Whether people say this side of a bare name. "Dalam keadaan sadar" is inside nothing.
const fn of_names(relation: Relation) -> bool {
    !matches!(relation, Relation::Inside | Relation::Above | Relation::Below | Relation::Between)
}

/// One past a thing's name: its kind, perhaps twice ("pintu pasar"), a number ("SDN 2"), a name.
fn thing_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while end < at + 3
        && !tokens.parted(end)
        && matches!(tokens.keyword(end), Some(Keyword::Landmark | Keyword::WeakLandmark))
    {
        end += 1;
    }
    if tokens.parted(end) {
        return end;
    }
    if tokens.is_number(end) && tokens.is_free(end) && tokens.low(end).is_some_and(|low| low.len() <= 2) {
        end += 1;
        if tokens.parted(end) {
            return end;
        }
    }
    tokens.name_end(end, NAME_WORDS)
}
