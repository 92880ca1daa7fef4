//! Words: where they begin and end, letter case, stretched letters, shorthand, reduplication.
//!
//! Doubled letters are squeezed in every word, in the lexicon as in the report (`maaf` -> `maf`),
//! so that stretching never hides a word; the price is a few collisions nobody says in a report.

use super::Shorthand;

/// Words of a text that are read at most.
const MOST_WORDS: usize = 600;
/// Longest word that is looked at; longer ones are cut, no word in use is as long.
const LONGEST_WORD: usize = 40;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Lower case, doubled letters squeezed, shorthand written out.
    pub word: String,
    /// Whether a full stop, comma or the like stands before it.
    pub after_break: bool,
    /// Whether it is written in digits.
    pub is_number: bool,
    /// Whether it was written with a capital first.
    pub capital: bool,
    /// Whether it was written short (`jl`, `gg`).
    pub shortened: bool,
}

/// The words of a cleaned text.
pub(crate) fn tokens(cleaned: &str, shorthand: &Shorthand) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::with_capacity(48);
    let mut after_break = false;
    let mut rest = cleaned;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric()) {
        let (gap, word_on) = rest.split_at_checked(start).unwrap_or(("", rest));
        after_break |= gap.contains(['.', ',', ';', '!', '?', ':', '\n', '(', ')']);
        let end = word_on.find(|c: char| !(c.is_alphanumeric() || is_inner(c))).unwrap_or(word_on.len());
        let (raw, behind) = word_on.split_at_checked(end).unwrap_or((word_on, ""));
        rest = behind;
        push_cased(raw, after_break, shorthand, &mut found);
        after_break = false;
        if found.len() >= MOST_WORDS {
            break;
        }
    }
    found
}

/// Apostrophes belong inside a word (`can't`, Madurese `sake'`).
fn is_inner(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '`')
}

/// Pushes the word in lower case and marks what came of it when it began with a capital.
fn push_cased(raw: &str, after_break: bool, shorthand: &Shorthand, found: &mut Vec<Token>) {
    if !raw.contains(char::is_uppercase) {
        return push_word(raw, after_break, shorthand, found);
    }
    let first = found.len();
    push_word(&raw.to_lowercase(), after_break, shorthand, found);
    if raw.starts_with(char::is_uppercase) {
        found.iter_mut().skip(first).for_each(|token| token.capital = true);
    }
}

fn push_word(raw: &str, after_break: bool, shorthand: &Shorthand, found: &mut Vec<Token>) {
    let word = squeeze_runs(raw);
    if let Some(full) = shorthand.get(&word) {
        let first = found.len();
        for (index, part) in full.iter().enumerate() {
            push(part.clone(), after_break && index == 0, false, found);
        }
        found.iter_mut().skip(first).for_each(|token| token.shortened = true);
        return;
    }
    // `anak2` is a doubled word; other mixtures of letters and digits are two words (`3org`, `rt03`).
    let letters = word.strip_suffix('2').filter(|front| front.len() >= 3 && front.bytes().all(is_letter));
    if let Some(front) = letters {
        return push_word(front, after_break, shorthand, found);
    }
    if let Some(border) = digit_border(&word)
        && let Some((front, back)) = word.split_at_checked(border)
    {
        push_word(front, after_break, shorthand, found);
        return push_word(back, false, shorthand, found);
    }
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    let word = if is_number { word } else { squeeze_doubles(&word) };
    push(word, after_break, is_number, found);
}

/// Says a word once where it stands twice in a row: `anak-anak`, `tolong tolong`.
fn push(word: String, after_break: bool, is_number: bool, found: &mut Vec<Token>) {
    if !word.is_empty() && found.last().is_none_or(|last| last.word != word) {
        found.push(Token { word, after_break, is_number, capital: false, shortened: false });
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_lowercase()
}

/// Where letters and digits first meet.
fn digit_border(word: &str) -> Option<usize> {
    let mut last: Option<bool> = None;
    for (index, character) in word.char_indices() {
        let digit = character.is_ascii_digit();
        if last.is_some_and(|last| last != digit) {
            return Some(index);
        }
        last = Some(digit);
    }
    None
}

/// Three or more of one letter become one; digits stay; apostrophes go; long words are cut.
fn squeeze_runs(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len().min(LONGEST_WORD * 2));
    let mut characters = raw.chars().filter(|c| !is_inner(*c)).peekable();
    let mut length = 0;
    while let Some(character) = characters.next() {
        let mut run = 1;
        while !character.is_ascii_digit() && characters.peek() == Some(&character) {
            characters.next();
            run += 1;
        }
        let times = if run == 2 { 2 } else { 1 };
        out.extend(std::iter::repeat_n(character, times));
        length += times;
        if length >= LONGEST_WORD {
            break;
        }
    }
    out
}

/// Every doubled letter becomes one.
pub(crate) fn squeeze_doubles(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut last = None;
    for character in word.chars() {
        if last != Some(character) || character.is_ascii_digit() {
            out.push(character);
        }
        last = Some(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut shorthand = Shorthand::default();
        shorthand.insert("kbkrn", vec!["kebakaran".into()]);
        shorthand.insert("gg", vec!["gang".into()]);
        tokens(text, &shorthand).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn splits_squeezes_and_expands() {
        assert_eq!(
            words("tolooong kbkrn gg 3 rt03/rw02"),
            ["tolong", "kebakaran", "gang", "3", "rt", "03", "rw", "02"]
        );
        assert_eq!(words("anak-anak anak2 maaf can't"), ["anak", "maf", "cant"]);
        assert_eq!(words("3org luka"), ["3", "org", "luka"]);
        assert_eq!(words(""), Vec::<String>::new());
        assert_eq!(words("🔥"), Vec::<String>::new());
        assert_eq!(words(&"a".repeat(4000)), ["a"]);
    }

    #[test]
    fn remembers_how_it_was_written() {
        let mut shorthand = Shorthand::default();
        shorthand.insert("jl", vec!["jalan".into()]);
        let found = tokens("Jl Macan jalan MACAN", &shorthand);
        assert_eq!(
            found.iter().map(|t| t.word.as_str()).collect::<Vec<_>>(),
            ["jalan", "macan", "jalan", "macan"]
        );
        assert_eq!(found.iter().map(|t| t.capital).collect::<Vec<_>>(), [true, true, false, true]);
        assert_eq!(found.iter().map(|t| t.shortened).collect::<Vec<_>>(), [true, false, false, false]);
    }

    #[test]
    fn remembers_breaks() {
        let found = tokens("tidak, kebakaran hebat", &Shorthand::default());
        assert_eq!(found.iter().map(|t| t.after_break).collect::<Vec<_>>(), [false, true, false]);
    }
}
