//! Which language a text is mostly written in, by words that the others hardly use.
//!
//! A hint for the operator who calls back; nothing else may depend on it.

use crate::lexicon::Effect;
use crate::triage::Language;

use super::reading::Reading;

/// Share of the hints that one language needs to be named alone.
const MOSTLY: f64 = 0.7;
/// Javanese borrows from Indonesian all the time: it needs a smaller share.
const MOSTLY_JAVANESE: f64 = 0.6;

/// The language of the text.
pub(super) fn guess(reading: &Reading) -> Language {
    let count = |language: Language| {
        reading.hits.iter().filter(|hit| hit.entry.effect == Effect::Language(language)).count() as f64
    };
    let (id, jv, en) = (count(Language::Id), count(Language::Jv), count(Language::En));
    let all = id + jv + en;
    if all == 0.0 {
        Language::Unknown
    } else if jv / all >= MOSTLY_JAVANESE {
        Language::Jv
    } else if id / all >= MOSTLY {
        Language::Id
    } else if en / all >= MOSTLY {
        Language::En
    } else {
        Language::Mix
    }
}
