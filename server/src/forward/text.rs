//! Words made fit to travel: one line, no tricks with direction, bounded, and for SMS in the alphabet of
//! telephones (GSM 03.38), where one foreign character would cost half of the room.

/// Septets of each part of a text message that is longer than one.
pub const PART_SEPTETS: usize = 153;

/// The alphabet of telephones besides ASCII letters, digits and space; one septet each.
const GSM: &str = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n\r";
/// Its second page; two septets each.
const GSM_EXTENDED: &str = "^{}\\[~]|€";

/// One line of at most `most` characters: white space and control characters become one space, marks that
/// turn the direction of writing go, and what is cut off ends in `…`.
pub fn one_line(words: &str, most: usize) -> String {
    let mut line = String::with_capacity(words.len().min(most * 4));
    let mut gap = false;
    for one in words.chars() {
        if one.is_whitespace() || one.is_control() {
            gap = !line.is_empty();
        } else if !is_mark(one) {
            if gap {
                line.push(' ');
                gap = false;
            }
            line.push(one);
        }
    }
    shortened(&line, most)
}

/// Characters that are not seen and change how others are read.
const fn is_mark(one: char) -> bool {
    matches!(one, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// At most `most` characters; what is cut off ends in `…`.
pub fn shortened(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let mut kept: String = words.chars().take(most.saturating_sub(1)).collect();
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// The words in the alphabet of telephones; what has no likeness there becomes `?`.
pub fn gsm(words: &str) -> String {
    let mut told = String::with_capacity(words.len());
    for one in words.chars() {
        match one {
            _ if septets_of(one) > 0 => told.push(one),
            '–' | '—' | '·' | '•' | '−' => told.push('-'),
            '‘' | '’' | '´' | '`' => told.push('\''),
            '“' | '”' | '«' | '»' => told.push('"'),
            '…' => told.push_str("..."),
            '×' => told.push('x'),
            '\u{a0}' | '\t' => told.push(' '),
            'á' | 'â' | 'ã' => told.push('a'),
            'ê' | 'ë' => told.push('e'),
            'í' | 'î' | 'ï' => told.push('i'),
            'ó' | 'ô' | 'õ' => told.push('o'),
            'ú' | 'û' => told.push('u'),
            _ => told.push('?'),
        }
    }
    told
}

fn septets_of(one: char) -> usize {
    if one.is_ascii_alphanumeric() || one == ' ' || GSM.contains(one) {
        1
    } else if GSM_EXTENDED.contains(one) {
        2
    } else {
        0
    }
}

/// How many septets a text in the alphabet of telephones takes.
pub fn septets(words: &str) -> usize {
    words.chars().map(septets_of).sum()
}

/// At most so many septets; what is cut off ends in `...`.
pub fn shortened_gsm(words: &str, most: usize) -> String {
    if septets(words) <= most {
        return words.to_owned();
    }
    let mut kept = String::new();
    let mut taken = 3;
    for one in words.chars() {
        taken += septets_of(one);
        if taken > most {
            break;
        }
        kept.push(one);
    }
    kept.truncate(kept.trim_end().len());
    kept.push_str("...");
    kept
}

/// Text as HTML shows it, and nothing but shows it.
pub fn html(words: &str) -> String {
    let mut told = String::with_capacity(words.len());
    for one in words.chars() {
        match one {
            '&' => told.push_str("&amp;"),
            '<' => told.push_str("&lt;"),
            '>' => told.push_str("&gt;"),
            '"' => told.push_str("&quot;"),
            '\'' => told.push_str("&#39;"),
            _ => told.push(one),
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_line_of_anything() {
        assert_eq!(one_line("  Jl Dhoho\r\nBcc: x@y\u{0}\tgg 3 ", 99), "Jl Dhoho Bcc: x@y gg 3");
        assert_eq!(one_line("a\u{202e}cba", 99), "acba");
        assert_eq!(one_line("abcdef", 4), "abc…");
        assert_eq!(one_line("abc def", 5), "abc…");
        assert_eq!(one_line("", 5), "");
    }

    #[test]
    fn the_alphabet_of_telephones() {
        assert_eq!(septets("{a}"), 5);
        assert_eq!(gsm("P1 · “Kebakaran” – Jl. Dhoho… 火 é"), "P1 - \"Kebakaran\" - Jl. Dhoho... ? é");
        assert_eq!(shortened_gsm("abcdefgh", 6), "abc...");
    }

    proptest! {
        #[test]
        fn whatever_is_said_fits(words in "\\PC{0,300}", most in 4_usize..200) {
            let line = one_line(&words, most);
            prop_assert!(line.chars().count() <= most);
            prop_assert!(!line.chars().any(char::is_control));
            let told = gsm(&words);
            prop_assert!(told.chars().all(|one| septets_of(one) > 0));
            prop_assert!(septets(&shortened_gsm(&told, most)) <= most);
            let shown = html(&words);
            prop_assert!(!shown.contains(['<', '>', '"', '\'']));
        }
    }
}
