//! What people say about a place, taken apart: street, house, gang, RT and RW, village, landmark and
//! which side of it, kilometre posts, housing blocks, codes, coordinates, map links.
//!
//! Knows how people speak and write, not what exists: whether a name is a place is the gazetteer's to
//! say ([`crate::Atlas::resolve`]). Every part keeps its words as they stand in the text.

mod address;
mod bearings;
mod coordinates;
mod landmark;
mod map_link;
mod note;
mod numerals;
mod part;
mod plus_code;
mod road;
mod tokens;
mod vocabulary;

pub use map_link::MapService;
pub use note::Note;
pub use part::{Detail, Part, Relation, SpokenPlace};

pub(crate) use bearings::in_indonesia;
pub(crate) use plus_code::{decode, decode_near, is_full};

use tokens::{Tokens, whole_words};
use vocabulary::{Keyword, keyword};

/// Bytes of a text that are read for places; a longer one has told its place before.
const MOST_BYTES: usize = 16 * 1024;

impl SpokenPlace {
    /// Takes a text apart. Any text is answered; one without a place gives no parts.
    pub fn parse(text: &str) -> Self {
        let mut place = Self::default();
        let mut tokens = Tokens::new(whole_words(text, MOST_BYTES));
        if tokens.text.len() < text.len() {
            place.notes.push(Note::TextCut);
        }
        signs(&mut place, &mut tokens);
        let mut at = 0;
        while at < tokens.len() {
            at = said(&mut place, &mut tokens, at).unwrap_or(at).max(at + 1);
        }
        place.parts.sort_by_key(|part| (part.start, part.end));
        place.notes.sort_unstable();
        place.notes.dedup();
        place
    }
}

/// What stands in signs rather than words: links, codes, coordinates.
fn signs(place: &mut SpokenPlace, tokens: &mut Tokens<'_>) {
    for link in map_link::find(tokens.text) {
        place.notes.extend(&link.settled.notes);
        let detail = Detail::MapLink {
            service: link.service,
            at: link.settled.at,
            accuracy_m: link.accuracy_m,
            query: link.query,
        };
        tokens.take_bytes(place, link.start, link.end, detail);
    }
    for code in plus_code::find(tokens.text) {
        if tokens.bytes_are_free(code.start, code.end) {
            let area = if is_full(&code.code) { None } else { tokens.area_after(code.end) };
            if !is_full(&code.code) && area.is_none() {
                place.notes.push(Note::CodeWithoutCity);
            }
            tokens.take_bytes(place, code.start, code.end, Detail::PlusCode { code: code.code, area });
        }
    }
    for written in coordinates::find(tokens.text) {
        if tokens.bytes_are_free(written.start, written.end) {
            place.notes.extend(&written.settled.notes);
            if let Some(at) = written.settled.at {
                let swapped = written.settled.notes.contains(&Note::CoordinatesSwapped);
                tokens.take_bytes(place, written.start, written.end, Detail::Coordinates { at, swapped });
            }
        }
    }
}

/// What the word at this place begins, if anything; the place to read on.
fn said(place: &mut SpokenPlace, tokens: &mut Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.is_free(at) {
        return None;
    }
    let low = tokens.low(at)?;
    let (word, glued) = keyword(&low);
    match word? {
        Keyword::Street => road::street(place, tokens, at),
        Keyword::Km => road::km_post(place, tokens, at, glued),
        Keyword::Towards | Keyword::From => road::direction(place, tokens, at),
        Keyword::Gang => address::gang(place, tokens, at, glued),
        Keyword::Number => address::house_number(place, tokens, at, glued),
        Keyword::Rt | Keyword::Rw => address::neighbourhood(place, tokens, at),
        Keyword::Housing => address::housing(place, tokens, at),
        Keyword::Block => address::block(place, tokens, at, glued),
        Keyword::Dusun
        | Keyword::Village(_)
        | Keyword::District
        | Keyword::Regency
        | Keyword::City
        | Keyword::Province
        | Keyword::ShortCity(_) => address::area(place, tokens, at),
        Keyword::Relation(relation) => landmark::related(place, tokens, at, relation),
        Keyword::Landmark | Keyword::WeakLandmark => landmark::named(place, tokens, at, None),
        Keyword::Connector => None,
    }
}
