//! Triage: the words of a text, and the whole reading of it.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use kentongan_triage::normalise::normalise as normalised;
use kentongan_triage::{Lexicon, Reader, Triage, classify, content_words};

use super::{comes_back, is_share, said};

static READER: LazyLock<Reader> = LazyLock::new(|| {
    let lexicon = Lexicon::built_in().expect("the lexicon");
    Reader::built_in(Arc::new(lexicon)).expect("the weights")
});

/// Words that are read at most: 600, and what the last one's shorthand stands for.
const MOST_WORDS: usize = 650;

/// The tokenizer: case, stretched letters, shorthand, markup.
pub(super) fn normalise(data: &[u8]) {
    let (text, lexicon) = (said(data), READER.lexicon());
    let words = normalised(lexicon, &text);
    assert_eq!(words, normalised(lexicon, &text), "the same text gives the same words");
    assert!(words.len() <= MOST_WORDS, "{} words", words.len());
    for word in &words {
        assert!(!word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || !c.is_ascii()), "{word:?}");
        assert!(!word.chars().any(|c| c.is_ascii_uppercase()), "{word:?}");
    }
    let telling = content_words(lexicon, &text);
    assert_eq!(telling, content_words(lexicon, &text));
    assert!(telling.iter().all(|word| word.chars().count() >= 3), "{telling:?}");
    assert_eq!(telling.iter().collect::<HashSet<_>>().len(), telling.len(), "each once: {telling:?}");
}

/// The lexicon's answer and the model's.
pub(super) fn reading(data: &[u8]) {
    let text = said(data);
    for read in [|text: &str| classify(READER.lexicon(), text), |text: &str| READER.read(text)] {
        let triage = read(&text);
        assert_eq!(triage, read(&text), "the same text gives the same answer");
        holds(&triage);
    }
}

fn holds(triage: &Triage) {
    assert!(is_share(triage.confidence) && is_share(triage.nuisance.score), "{triage:?}");
    assert!(is_share(triage.priority_probability), "{triage:?}");
    assert_eq!(triage.candidates.len(), 3);
    shares(triage.candidates.iter().map(|candidate| candidate.probability));
    shares(triage.types.iter().map(|kind| kind.probability));
    assert!(triage.agencies.iter().all(|agency| is_share(agency.probability)), "{triage:?}");
    assert!(triage.agencies.iter().skip(1).all(|agency| !agency.lead), "one leads: {triage:?}");
    assert!(triage.reasons.iter().all(|reason| !reason.words.trim().is_empty()), "{triage:?}");
    match (triage.category, triage.type_code.as_deref()) {
        (None, code) => assert!(code.is_none() && triage.unsure, "{triage:?}"),
        (Some(category), code) => {
            assert_eq!(triage.candidates[0].category, category);
            let types = READER.lexicon().types();
            let known = types.iter().find(|known| Some(known.code.as_str()) == code).expect("a known type");
            assert_eq!(known.category, category);
        }
    }
    comes_back(triage);
}

/// Shares of one whole: each one, together no more than it.
fn shares(each: impl Iterator<Item = f64>) {
    let each: Vec<f64> = each.collect();
    assert!(each.iter().all(|share| is_share(*share)), "{each:?}");
    assert!(each.iter().sum::<f64>() <= 1.0 + 1e-6, "{each:?}");
}
