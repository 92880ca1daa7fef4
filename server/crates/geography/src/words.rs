//! Turning what people write into comparable words: case, diacritics, punctuation, abbreviations,
//! old spellings.
//!
//! Words that say what kind of place follows (kel, desa, kec, jl) become a [`Class`] and are kept
//! apart from names. Must never know any place's name.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What kind of place a word announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Kelurahan,
    Desa,
    District,
    Regency,
    Street,
}

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower case, without diacritics, expanded, in modern spelling.
    pub text: String,
    /// What it announces, if it is such a word.
    pub class: Option<Class>,
    /// Whether a comma, a bracket or a line's end stands before it: no name reaches across.
    pub after_break: bool,
    /// Written like a name: one capital at its head, and not at a sentence's head.
    pub capital: bool,
}

/// Short forms and what they stand for. Only those that stand for nothing else in such texts.
const ABBREVIATIONS: [(&str, &str); 30] = [
    ("kel", "kelurahan"),
    ("klurahan", "kelurahan"),
    ("ds", "desa"),
    ("dsa", "desa"),
    ("deso", "desa"),
    ("kec", "kecamatan"),
    ("kcamatan", "kecamatan"),
    ("kab", "kabupaten"),
    ("jl", "jalan"),
    ("jln", "jalan"),
    ("jalur", "jalan"),
    ("street", "jalan"),
    ("road", "jalan"),
    ("gg", "gang"),
    ("dsn", "dusun"),
    ("psr", "pasar"),
    ("ps", "pasar"),
    ("stn", "stasiun"),
    ("sta", "stasiun"),
    ("term", "terminal"),
    ("jmbtn", "jembatan"),
    ("jbt", "jembatan"),
    ("prapatan", "perempatan"),
    ("simpang5", "simpang lima"),
    ("kdr", "kediri"),
    ("pusk", "puskesmas"),
    ("pkm", "puskesmas"),
    ("perum", "perumahan"),
    ("lap", "lapangan"),
    ("univ", "universitas"),
];

/// The words of a text, in order. An English reader's "village" and "district" count as classes too.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut raw = Raw { text: String::new(), after_break: false, capital: false };
    let mut sentence_head = true;
    // The trailing space ends the last word.
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).chain([' ']) {
        if c.is_alphanumeric() {
            raw.capital = if raw.text.is_empty() {
                c.is_uppercase() && !sentence_head
            } else {
                raw.capital && !c.is_uppercase()
            };
            raw.text.extend(c.to_lowercase());
            continue;
        }
        // An apostrophe sits inside words (Ma'arif); it parts nothing.
        if matches!(c, '\'' | '’' | '`') {
            continue;
        }
        if !raw.text.is_empty() {
            push(&mut found, &raw);
            raw = Raw { text: String::new(), after_break: false, capital: false };
            sentence_head = false;
        }
        raw.after_break |= matches!(c, ',' | ';' | '(' | ')' | '\n' | '!' | '?');
        // The dot of "jl." ends no sentence, but a capital after it is then only not counted.
        sentence_head |= matches!(c, '.' | '!' | '?' | '\n');
    }
    found
}

/// A word as written, in lower case.
struct Raw {
    text: String,
    after_break: bool,
    capital: bool,
}

fn push(found: &mut Vec<Word>, raw: &Raw) {
    let expanded = ABBREVIATIONS
        .iter()
        .find(|(short, _)| *short == raw.text)
        .map_or(raw.text.as_str(), |(_, long)| long);
    let (repeated, times) = undouble(expanded);
    let parts = std::iter::repeat_n(repeated, times).flat_map(|part| part.split(' '));
    for (place, part) in parts.enumerate() {
        let class = match part {
            "kelurahan" => Some(Class::Kelurahan),
            "desa" | "village" => Some(Class::Desa),
            "kecamatan" | "district" => Some(Class::District),
            "kabupaten" | "regency" => Some(Class::Regency),
            "jalan" | "gang" => Some(Class::Street),
            _ => None,
        };
        let after_break = raw.after_break && place == 0;
        found.push(Word { text: fold(part), class, after_break, capital: raw.capital });
    }
}

/// "alun2" is "alun alun".
fn undouble(word: &str) -> (&str, usize) {
    match word.strip_suffix('2') {
        Some(stem) if stem.len() > 2 && stem.bytes().all(|b| b.is_ascii_alphabetic()) => (stem, 2),
        _ => (word, 1),
    }
}

/// One spelling for words that Javanese names write in several: Dhoho and Doho, Soekarno and
/// Sukarno, Djojo and Joyo. Applied to names and texts alike, so it only has to be the same.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = word.to_owned();
    for (from, to) in [("dj", "j"), ("tj", "c"), ("oe", "u"), ("dh", "d"), ("th", "t")] {
        if folded.contains(from) {
            folded = folded.replace(from, to);
        }
    }
    folded
}

/// The words of a place's name without the class word it begins with ("Jalan Dhoho" is "doho").
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let all = words(name);
    let lead = all.iter().take_while(|word| word.class.is_some()).count();
    let skip = if lead < all.len() { lead } else { 0 };
    all.into_iter().skip(skip).map(|word| word.text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn normalises() {
        for (input, expected) in [
            ("Jl. Dhoho gg 3", vec!["jalan", "doho", "gang", "3"]),
            ("kel.Mojoroto", vec!["kelurahan", "mojoroto"]),
            ("alun2 KDR", vec!["alun", "alun", "kediri"]),
            ("Adan-adan", vec!["adan", "adan"]),
            ("Pésantren, ma'arif", vec!["pesantren", "maarif"]),
            ("🔥🔥 …", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(texts(input), expected, "{input}");
        }
    }

    #[test]
    fn a_comma_breaks_and_an_abbreviation_dot_does_not() {
        let breaks: Vec<bool> = words("jl. Doho, Pojok (kota").iter().map(|word| word.after_break).collect();
        assert_eq!(breaks, [false, false, true, true]);
    }

    #[test]
    fn a_name_loses_its_class_word_but_not_itself() {
        assert_eq!(name_words("Jalan Raya Pare"), ["raya", "pare"]);
        assert_eq!(name_words("Desa"), ["desa"]);
    }
}
