//! Light affix handling for Indonesian and Javanese: clitics that are dropped from a word, and the
//! forms a root takes.
//!
//! Roots are marked in the lexicon (`~tabrak`) and spread into their forms once, when it is loaded;
//! stemming every word of a report without a dictionary would confuse more than it finds.

/// Clitics behind a word that leave its meaning: possessives and particles of both languages.
const CLITICS: [&str; 10] = ["nipun", "ipun", "nya", "lah", "kah", "pun", "ne", "ku", "mu", "e"];

/// Prefixes that leave the root whole, also as texters write them without the vowel. Empty: none.
const WHOLE_PREFIXES: [&str; 28] = [
    "", "di", "ke", "ter", "ber", "se", "pe", "ku", "nge", "me", "mem", "men", "meng", "ng", "n", "m", "ka",
    "dak", "tak", "kau", "per", "pem", "pen", "peng", "br", "tr", "mn", "mng",
];

/// Nasal prefixes that swallow the root's first letter: (prefix, letter).
const NASAL_PREFIXES: [(&str, char); 13] = [
    ("mem", 'p'),
    ("men", 't'),
    ("meng", 'k'),
    ("meny", 's'),
    ("m", 'p'),
    ("n", 't'),
    ("ng", 'k'),
    ("ny", 's'),
    ("ny", 'c'),
    ("pem", 'p'),
    ("pen", 't'),
    ("peng", 'k'),
    ("peny", 's'),
];

/// Endings of both languages. Empty: none.
const SUFFIXES: [&str; 15] =
    ["", "an", "i", "kan", "nya", "annya", "inya", "e", "ne", "ane", "ake", "no", "aken", "ipun", "lah"];

/// The word without one clitic; the word itself when none is there or too little would be left.
pub(crate) fn bare(word: &str) -> &str {
    CLITICS
        .iter()
        .find_map(|clitic| word.strip_suffix(clitic).filter(|front| front.len() >= 3))
        .unwrap_or(word)
}

/// The word without one clitic whose first letter doubled the word's last and was squeezed away:
/// `ketubanya` (ketuban-nya) -> `ketuban`, `anaku` (anak-ku) -> `anak`.
pub(crate) fn bare_after_squeeze(word: &str) -> Option<&str> {
    ["nya", "ku", "mu", "ne", "lah"].iter().find_map(|clitic| {
        let tail = clitic.get(1..)?;
        word.ends_with(clitic).then(|| word.strip_suffix(tail)).flatten().filter(|front| front.len() >= 3)
    })
}

/// Every form the root takes with the affixes above.
pub(crate) fn surfaces(root: &str) -> Vec<String> {
    let mut stems: Vec<String> = WHOLE_PREFIXES.iter().map(|prefix| format!("{prefix}{root}")).collect();
    for (prefix, letter) in NASAL_PREFIXES {
        if let Some(tail) = root.strip_prefix(letter) {
            stems.push(format!("{prefix}{tail}"));
        }
    }
    stems
        .iter()
        .flat_map(|stem| {
            SUFFIXES.iter().map(move |suffix| super::squeeze_doubles(&format!("{stem}{suffix}")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_root() {
        let forms = surfaces("tabrak");
        for form in ["nabrak", "ditabrak", "menabrak", "tertabrak", "ketabrak", "tabrakan", "ditabrake"] {
            assert!(forms.iter().any(|found| found == form), "{form}");
        }
        assert!(surfaces("curi").contains(&"kecurian".to_owned()));
        assert!(surfaces("serang").contains(&"menyerang".to_owned()));
    }

    #[test]
    fn clitics() {
        assert_eq!(bare("rumahnya"), "rumah");
        assert_eq!(bare("omahe"), "omah");
        assert_eq!(bare("api"), "api");
        assert_eq!(bare("nya"), "nya");
        assert_eq!(bare_after_squeeze("ketubanya"), Some("ketuban"));
        assert_eq!(bare_after_squeeze("omahe"), None);
    }
}
