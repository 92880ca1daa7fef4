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
    /// First byte of what was written for it.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// Short forms and what they stand for. Only those that stand for nothing else in such texts.
const ABBREVIATIONS: [(&str, &str); 37] = [
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
    ("bwi", "banyuwangi"),
    ("mlg", "malang"),
    ("sby", "surabaya"),
    ("jogja", "yogyakarta"),
    ("jatim", "jawa timur"),
    ("jateng", "jawa tengah"),
    ("jabar", "jawa barat"),
];

/// The words of a text, in order. An English reader's "village" and "district" count as classes too.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    for raw in raw_words(text) {
        push(&mut found, &raw);
    }
    found
}

/// A word as written, in lower case and without diacritics, with its place in the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RawWord {
    pub text: String,
    /// First byte of it in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Whether a comma, a bracket or a line's end stands before it.
    pub after_break: bool,
    /// Written like a name: one capital at its head, and not at a sentence's head.
    pub capital: bool,
}

/// The words of a text as written, in order. Characters without width neither part nor make words.
pub(crate) fn raw_words(text: &str) -> Vec<RawWord> {
    let mut found = Vec::new();
    let mut raw = RawWord::default();
    let mut sentence_head = true;
    let mut folded: Vec<char> = Vec::new();
    for (at, written) in text.char_indices() {
        if is_invisible(written) {
            continue;
        }
        fold_character(written, &mut folded);
        for c in folded.drain(..) {
            if c.is_alphanumeric() {
                if raw.text.is_empty() {
                    raw.capital = c.is_uppercase() && !sentence_head;
                    raw.start = at;
                } else {
                    raw.capital &= !c.is_uppercase();
                }
                raw.end = at + written.len_utf8();
                raw.text.extend(c.to_lowercase());
                continue;
            }
            // An apostrophe sits inside words (Ma'arif); it parts nothing.
            if matches!(c, '\'' | '’' | '`') {
                continue;
            }
            if !raw.text.is_empty() {
                found.push(std::mem::take(&mut raw));
                sentence_head = false;
            }
            raw.after_break |= matches!(c, ',' | ';' | '(' | ')' | '\n' | '!' | '?');
            // The dot of "jl." ends no sentence, but a capital after it is then only not counted.
            sentence_head |= matches!(c, '.' | '!' | '?' | '\n');
        }
    }
    if !raw.text.is_empty() {
        found.push(raw);
    }
    found
}

/// A character as the ones it is compared as. What would come apart in the middle, as "½" at its stroke, stays
/// whole: two words cannot stand in one character.
fn fold_character(written: char, folded: &mut Vec<char>) {
    folded.clear();
    if written.is_ascii() {
        return folded.push(written);
    }
    folded.extend(std::iter::once(written).nfkd().filter(|c| !is_combining_mark(*c)));
    let letters = folded.iter().filter(|c| c.is_alphanumeric()).count();
    if letters > 0 && letters < folded.len() {
        folded.clear();
        folded.push(written);
    }
}

/// Characters that are written and not seen: joiners, marks of direction, soft hyphens.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn push(found: &mut Vec<Word>, raw: &RawWord) {
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
        let (start, end) = (raw.start, raw.end);
        found.push(Word { text: fold(part), class, after_break, capital: raw.capital, start, end });
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

/// One form for words that sound alike in the spellings before 1972 and after, and in haste: on top of
/// [`fold`], "j" and "y" are one letter (Soerabaja, Surabaya) and a doubled letter is a single one.
/// Coarser than a name is told apart by: only for finding, never for saying that two names are one.
pub(crate) fn sound(folded: &str) -> String {
    let mut sounds = String::with_capacity(folded.len());
    for c in folded.chars() {
        let c = if c == 'j' { 'y' } else { c };
        // Digits stay: 11 is not 1.
        if !sounds.ends_with(c) || c.is_numeric() {
            sounds.push(c);
        }
    }
    sounds
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
    fn sounds_alike() {
        for (one, other) in [
            ("Soerabaja", "Surabaya"),
            ("Djombang", "Jombang"),
            ("Tjilatjap", "Cilacap"),
            ("Soekarno", "Sukarno"),
            ("Ngampell", "Ngampel"),
            ("Kedhiri", "Kediri"),
            ("Jogjakarta", "Yogyakarta"),
        ] {
            let sounds = |name: &str| sound(&texts(name).concat());
            assert_eq!(sounds(one), sounds(other), "{one} {other}");
        }
        assert_ne!(sound("11"), sound("1"));
    }

    #[test]
    fn words_stand_where_they_were_written() {
        let text = "Pés\u{200b}antren, jl.Dhoho\u{feff} 2";
        let found: Vec<&str> =
            words(text).iter().map(|word| text.get(word.start..word.end).unwrap_or_default()).collect();
        assert_eq!(found, ["Pés\u{200b}antren", "jl", "Dhoho", "2"]);
        assert_eq!(texts(text), ["pesantren", "jalan", "doho", "2"]);
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
