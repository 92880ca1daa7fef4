//! Characters: compatibility folding, invisible characters, markup. Letter case stays: `tokens` reads names by it.
//!
//! Works on characters only; words begin in `tokens`.

use unicode_normalization::UnicodeNormalization;

/// Characters of a text that are read at most; a report's text is bounded at 64 KiB on its way in,
/// and what an incident is stands at its beginning.
const MOST_CHARS: usize = 16_000;

/// Longest thing between angle brackets that counts as markup.
const LONGEST_TAG: usize = 60;

/// The text folded to compatibility forms, without invisible characters and tags.
pub(crate) fn clean(text: &str) -> String {
    if text.is_ascii() && text.len() <= MOST_CHARS {
        return without_tags(text.to_owned());
    }
    let folded: String =
        text.chars().take(MOST_CHARS).nfkd().filter(|character| !is_invisible(*character)).collect();
    without_tags(folded)
}

/// Zero-width and direction marks, soft hyphens, variation selectors, and the accents that the
/// decomposition set apart (`kèli` is found as `keli`).
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{0300}'..='\u{036f}')
}

/// Puts a space in the place of every `<tag>`; a lone `<` stays.
fn without_tags(text: String) -> String {
    if !text.contains('<') {
        return text;
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        kept.push_str(before);
        kept.push(' ');
        let looks_like_tag =
            after.chars().next().is_some_and(|first| first.is_ascii_alphabetic() || "/!?".contains(first));
        match after.split_once('>') {
            Some((inner, behind)) if looks_like_tag && inner.len() <= LONGEST_TAG => rest = behind,
            _ => rest = after,
        }
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn folds_hides_and_drops() {
        assert_eq!(clean("Kebakaran"), "Kebakaran");
        assert_eq!(clean("\u{ff2b}\u{ff25}b\u{200b}akar"), "KEbakar");
        assert_eq!(clean("<b>api</b> < 3 m").split_whitespace().collect::<Vec<_>>(), ["api", "3", "m"]);
        assert_eq!(clean("kèli"), "keli");
        assert_eq!(clean("<<<<"), "    ");
    }
}
