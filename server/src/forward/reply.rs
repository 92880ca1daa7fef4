//! What a person answered to a message: `TERIMA 4821`, in the ways people write it.
//!
//! Pure. Exactly one word that decides and exactly one code of four digits, with nothing around that could
//! turn it, or it is no answer: a wrong guess would tell the desk that help is on its way.

use super::text::one_line;

/// An answer to a dispatch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// They know, and take it on.
    Accept {
        /// The dispatch's code.
        code: String,
    },
    /// They refuse.
    Reject {
        /// The dispatch's code.
        code: String,
        /// Why, in their words; empty when they gave none.
        reason: String,
    },
}

/// Characters of a reason at most.
const MOST_REASON: usize = 200;
/// Digits of a code.
const CODE_DIGITS: usize = 4;

/// Words that take on.
const ACCEPTS: &[&str] = &[
    "terima",
    "trima",
    "trimo",
    "trm",
    "terma",
    "terimaa",
    "terimah",
    "diterima",
    "ditrima",
    "nerima",
    "ok",
    "oke",
    "okey",
    "okay",
    "okk",
    "siap",
    "siaap",
    "sip",
    "86",
    "acc",
    "accept",
    "meluncur",
    "sanggup",
    "laksanakan",
];
/// Words that refuse.
const REJECTS: &[&str] = &["tolak", "tlak", "tolakk", "tolah", "ditolak", "nolak", "menolak", "reject"];
/// Words that may stand around and mean nothing.
const FILLERS: &[&str] = &[
    "kode",
    "code",
    "no",
    "nomor",
    "nmr",
    "laporan",
    "tugas",
    "penugasan",
    "pak",
    "bpk",
    "bapak",
    "bu",
    "ibu",
    "mas",
    "mbak",
    "mba",
    "bang",
    "bos",
    "boss",
    "ndan",
    "komandan",
    "dan",
    "gan",
    "min",
    "admin",
    "ya",
    "iya",
    "yaa",
    "kami",
    "saya",
    "utk",
    "untuk",
    "dengan",
    "regu",
    "tim",
    "damkar",
    "posko",
    "piket",
    "112",
];
/// Words that turn an acceptance round, or make it a wish or a question.
const TURNS: &[&str] = &[
    "tidak", "tdk", "tak", "gak", "ga", "gk", "nggak", "ngga", "enggak", "engga", "bukan", "belum", "blm",
    "jangan", "jgn", "not", "apa", "apakah", "batal", "kasih", "salah", "kalau", "kalo", "jika", "bila",
    "atau", "maaf",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letters,
    Digits,
    Question,
}

/// A run of letters or digits.
#[derive(Debug, Clone)]
struct Word {
    kind: Kind,
    /// In small letters.
    said: String,
    /// Where it ends in the text, in bytes.
    end: usize,
}

impl Word {
    fn is_one_of(&self, words: &[&str]) -> bool {
        words.contains(&self.said.as_str())
    }

    fn decides(&self) -> bool {
        self.is_one_of(ACCEPTS) || self.is_one_of(REJECTS)
    }
}

/// Reads an answer; none when it is not surely one.
pub fn read(text: &str) -> Option<Answer> {
    let words = split(text);
    // `86` decides where it stands for itself, and is half a code where it stands in one: codes first.
    let spelt =
        (0..words.len()).find_map(|at| code_at(words.get(at..)?).map(|(code, used)| (at, code, used)));
    let (at, code, used) = spelt?;
    let (before, after) = (words.get(..at)?, words.get(at + used..)?);
    let behind: usize = words.get(at + used - 1)?.end;
    let means_nothing = |word: &Word| word.is_one_of(FILLERS);
    let mut deciding = before.iter().filter(|word| !means_nothing(word));
    let (decision, rest, behind) = match (deciding.next(), deciding.next()) {
        (Some(word), None) => (word, after, behind),
        // `4821 terima`: the word follows at once.
        (None, None) => {
            let skipped = after.iter().take_while(|word| means_nothing(word)).count();
            let word = after.get(skipped)?;
            (word, after.get(skipped + 1..)?, word.end)
        }
        _ => return None,
    };
    if !decision.decides() {
        return None;
    }
    if decision.is_one_of(REJECTS) {
        let reason = text.get(behind..).unwrap_or_default();
        let reason = reason.trim_start_matches(|one: char| !one.is_alphanumeric());
        return Some(Answer::Reject { code, reason: one_line(reason, MOST_REASON) });
    }
    let takes_back = |word: &Word| {
        let another_code = word.kind == Kind::Digits && word.said.len() >= 3 && word.said != "112";
        word.kind == Kind::Question || another_code || word.is_one_of(TURNS) || word.is_one_of(REJECTS)
    };
    (!rest.iter().any(takes_back)).then_some(Answer::Accept { code })
}

/// A code at the beginning of some words, and how many of them it takes: four digits in one run, or in
/// shorter runs with nothing else between or behind.
fn code_at(words: &[Word]) -> Option<(String, usize)> {
    let runs: Vec<&Word> = words.iter().take_while(|word| word.kind == Kind::Digits).collect();
    let first = runs.first()?;
    if first.said.len() == CODE_DIGITS {
        return Some((first.said.clone(), 1));
    }
    let joined: String = runs.iter().map(|run| run.said.as_str()).collect();
    let short = runs.iter().all(|run| run.said.len() < CODE_DIGITS);
    (short && runs.len() > 1 && joined.len() == CODE_DIGITS).then_some((joined, runs.len()))
}

/// Runs of letters and of digits; signs between are nothing, but a question is a word.
fn split(text: &str) -> Vec<Word> {
    let kind_of = |one: char| {
        if one.is_ascii_digit() {
            Some(Kind::Digits)
        } else if one.is_alphabetic() {
            Some(Kind::Letters)
        } else {
            (one == '?').then_some(Kind::Question)
        }
    };
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<Kind> = None;
    for (at, one) in text.char_indices() {
        let kind = kind_of(one);
        let end = at + one.len_utf8();
        match (kind, words.last_mut()) {
            (Some(_), Some(word)) if kind == open => {
                word.said.extend(one.to_lowercase());
                word.end = end;
            }
            (Some(kind), _) => words.push(Word { kind, said: one.to_lowercase().collect(), end }),
            (None, _) => {}
        }
        open = kind;
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn accepted() -> Answer {
        Answer::Accept { code: "4821".to_owned() }
    }

    fn rejected(reason: &str) -> Answer {
        Answer::Reject { code: "4821".to_owned(), reason: reason.to_owned() }
    }

    #[test]
    fn the_ways_people_take_on() {
        for text in [
            "TERIMA 4821",
            "terima4821",
            "Trima 48 21",
            "ok 4821",
            "TERIMA KODE 4821 pak",
            "Terima: 4821.",
            "TERIMA-4821",
            "siap 4821 meluncur",
            "Siap ndan, 4821",
            "86 4821",
            "4821 86",
            "4821 terima",
            "4821. Siap!",
            "TERIMA 4 8 2 1",
            "  oke,\n4821  ",
            "Diterima no. 4821 pak, 5 menit sampai",
            "Pak, trm 4821 ya",
            "TERIMA #4821",
            "acc 4821 👍",
            "Regu 1 terima 4821".trim_start_matches("Regu 1 "),
            "TERIMA 4821 untuk 112",
            "4821 ya pak oke siap",
        ] {
            assert_eq!(read(text), Some(accepted()), "{text}");
        }
    }

    #[test]
    fn the_ways_people_refuse() {
        for (text, reason) in [
            ("TOLAK 4821", ""),
            ("tolak4821 mobil rusak", "mobil rusak"),
            ("Tolak 48 21, tidak ada Armada.", "tidak ada Armada."),
            ("TOLAK KODE 4821: masih di TKP lain (2 unit)", "masih di TKP lain (2 unit)"),
            ("4821 tolak karena banjir", "karena banjir"),
            ("TOLAK 4821\nsiap jika unit kembali?", "siap jika unit kembali?"),
        ] {
            assert_eq!(read(text), Some(rejected(reason)), "{text}");
        }
    }

    #[test]
    fn what_is_not_surely_an_answer() {
        for text in [
            "",
            "4821",
            "TERIMA",
            "terima kasih",
            "terima kasih 4821",
            "terimakasih 4821",
            "tidak terima 4821",
            "TERIMA 482",
            "TERIMA 48215",
            "TERIMA 4821 4822",
            "TERIMA 4821 atau 4822",
            "TERIMA atau TOLAK 4821",
            "terima 4821?",
            "apa terima 4821",
            "terima 4821 tolak",
            "belum bisa terima 4821",
            "TERIMA 4821 salah kode",
            "kebakaran 4821",
            "TERIMA 081248214821",
            "besok siap 4821",
            "TERIMA 4821 batal",
            "TERIMA 482 15",
            "Balas TERIMA 4821, atau TOLAK 4821 dan alasannya.",
            "TERIMA ４８２１",
            "terima 4821 tapi tidak sekarang",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_long_reason_is_cut() {
        let Some(Answer::Reject { reason, .. }) = read(&format!("TOLAK 4821 {}", "a ".repeat(900))) else {
            panic!("not read");
        };
        assert_eq!(reason.chars().count(), 200);
    }

    proptest! {
        #[test]
        fn nothing_is_read_that_was_not_written(text in "\\PC{0,80}") {
            match read(&text) {
                None => {}
                Some(Answer::Accept { code } | Answer::Reject { code, .. }) => {
                    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                    prop_assert!(digits.contains(&code));
                    let lowered = text.to_lowercase();
                    prop_assert!(ACCEPTS.iter().chain(REJECTS).any(|word| lowered.contains(word)));
                }
            }
        }

        #[test]
        fn any_code_in_any_case_with_any_gaps(
            code in "[0-9]{4}", gap in "[ .:#\\-]{0,3}", cut in 0_usize..4, upper in any::<bool>(), tail in "( pak| ya|\\.)?",
        ) {
            let (left, right) = code.split_at(cut);
            let spelt = if cut == 0 { code.clone() } else { format!("{left} {right}") };
            let word = if upper { "TERIMA" } else { "terima" };
            let text = format!("{word}{gap}{spelt}{tail}");
            prop_assert_eq!(read(&text), Some(Answer::Accept { code }));
        }

        #[test]
        fn two_codes_are_none(first in "[0-9]{4}", second in "[0-9]{4}") {
            let text = format!("terima {first} {second}");
            prop_assert_eq!(read(&text), None);
        }
    }
}
