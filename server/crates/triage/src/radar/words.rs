//! Words and cues that two sightings share, and which words of a place tell one place from another.
//!
//! Words are compared as they are; what they mean is the lexicon's matter.

use std::collections::HashMap;

use super::Sighting;
use super::closeness::Shared;
use super::reason::RadarReason;

/// Words of the place, words of the event and cues of a sighting that are read at most; together the bits
/// of one number.
const MOST_PLACE_WORDS: usize = 20;
const MOST_WORDS: usize = 28;
const MOST_CUES: usize = 16;
const WORDS_FROM: usize = MOST_PLACE_WORDS;
const CUES_FROM: usize = MOST_PLACE_WORDS + MOST_WORDS;
const PLACE_BITS: u64 = (1 << WORDS_FROM) - 1;

/// Cues that say how urgent or what sort of call, not what happens: they stand in calls about anything.
const SAY_NO_SUBJECT: &[&str] = &[
    "urgent",
    "cry-for-help",
    "vulnerable",
    "now",
    "going-on-now",
    "inside-home",
    "many-people",
    "not-urgent",
    "past",
    "question",
    "complaint",
    "soon",
    "vehicle",
    "near-people",
    "stable",
    "mild",
    "on-road",
    "number",
];

/// Cues by which callers tell of one hazard, each row one hazard: water, fire, wind.
const ONE_HAZARD: &[&[&str]] = &[
    &["flood", "water-in-house", "river-overflow", "standing-water", "water-signs", "fast-water", "evacuate"],
    &[
        "fire",
        "building-fire",
        "flames",
        "burning",
        "smoke",
        "smoke-thick",
        "smoking",
        "building-smoke",
        "flames-grow",
        "spreading",
        "fire-spreads",
        "fire-brigade",
        "leaps",
    ],
    &["whirlwind", "wind-signs"],
];

/// Words that stand in every other place and so tell none from another.
const EVERYWHERE: &[&str] = &[
    "jalan",
    "jln",
    "gang",
    "desa",
    "dusun",
    "kelurahan",
    "kel",
    "kecamatan",
    "kec",
    "kabupaten",
    "kab",
    "kota",
    "dekat",
    "depan",
    "dpn",
    "sebelah",
    "sblh",
    "belakang",
    "samping",
    "seberang",
    "sekitar",
    "arah",
    "utara",
    "selatan",
    "timur",
    "barat",
    "perempatan",
    "pertigaan",
    "simpang",
    "rumah",
    "warung",
    "toko",
    "masjid",
    "musholla",
    "mushola",
    "sekolah",
    "pasar",
    "jembatan",
    "sungai",
    "rel",
    "lor",
    "kidul",
    "wetan",
    "kulon",
    "cedhak",
    "ngarep",
    "mburi",
    "tengah",
    "pinggir",
    "daerah",
    "wilayah",
    "kampung",
    "perumahan",
    "komplek",
    "nomor",
    "yang",
    "dan",
    "dari",
    "kediri",
    "near",
];

/// The words of a place that tell it from another: split at everything that is no letter or digit, lower
/// case, three letters or more, each once, in order; `parts` are the label, the village, the caller's words.
pub fn place_words<'a>(parts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in parts.into_iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric())) {
        let word = word.to_lowercase();
        if word.chars().count() > 2 && !EVERYWHERE.contains(&word.as_str()) && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The words and cues of one sighting, ready to be looked up.
#[derive(Debug)]
pub(super) struct WordIndex<'a> {
    sighting: &'a Sighting,
    words: HashMap<&'a str, u64>,
    cues: Vec<(&'a str, u64)>,
    place_bits: u64,
}

/// One bit for every word or cue that both have, so that repeats count once.
#[derive(Debug, Clone, Copy)]
struct Common {
    places: u64,
    words: u64,
    cues: u64,
}

impl<'a> WordIndex<'a> {
    pub fn new(sighting: &'a Sighting) -> Self {
        let mut words: HashMap<&str, u64> = HashMap::new();
        let mut place_bits = 0;
        for (at, word) in read(&sighting.place_words, MOST_PLACE_WORDS).enumerate() {
            words.entry(word).or_insert(1 << at);
            place_bits |= 1 << at;
        }
        for (at, word) in read(&sighting.words, MOST_WORDS).enumerate() {
            words.entry(word).or_insert(1 << (at + WORDS_FROM));
        }
        let cues = read(&sighting.cues, MOST_CUES)
            .enumerate()
            .filter(|(_, cue)| !SAY_NO_SUBJECT.contains(cue))
            .map(|(at, cue)| (cue, 1 << (at + CUES_FROM)))
            .collect();
        Self { sighting, words, cues, place_bits }
    }

    /// What both have. What either names as a place counts as a word of the place.
    fn common(&self, other: &Sighting, with_cues: bool) -> Common {
        let find = |words: &[String], most: usize| {
            if self.words.is_empty() {
                return 0;
            }
            read(words, most).filter_map(|word| self.words.get(word)).fold(0_u64, |all, bit| all | bit)
        };
        let (told, said) = (find(&other.place_words, MOST_PLACE_WORDS), find(&other.words, MOST_WORDS));
        let places = told | (said & PLACE_BITS);
        let cues = self
            .cues
            .iter()
            .filter(|_| with_cues)
            .filter(|(cue, _)| read(&other.cues, MOST_CUES).any(|theirs| one_subject(cue, theirs)))
            .fold(0, |all, (_, bit)| all | bit);
        Common { places, words: said & !places, cues }
    }

    /// How much is common; cues, which cost most, only where they are asked for.
    pub fn count(&self, other: &Sighting, with_cues: bool) -> Shared {
        let common = self.common(other, with_cues);
        Shared {
            words: common.words.count_ones(),
            place_words: common.places.count_ones(),
            cues: common.cues.count_ones(),
            both_placed: self.place_bits != 0 && !other.place_words.is_empty(),
        }
    }

    /// The shared words and cues as reasons.
    pub fn reasons(&self, other: &Sighting) -> impl Iterator<Item = RadarReason> {
        let common = self.common(other, true);
        let place = self.pick(common.places);
        let words = self.pick(common.words);
        let cues = self.pick(common.cues);
        [
            (!place.is_empty()).then_some(RadarReason::PlaceWords { words: place }),
            (!cues.is_empty()).then_some(RadarReason::Cues { cues }),
            (!words.is_empty()).then_some(RadarReason::Words { words }),
        ]
        .into_iter()
        .flatten()
    }

    fn pick(&self, bits: u64) -> Vec<String> {
        let of = |words: &'a [String], most: usize, from: usize| {
            read(words, most)
                .enumerate()
                .filter(move |(at, _)| bits >> (at + from) & 1 == 1)
                .map(|(_, word)| word.to_owned())
        };
        of(&self.sighting.place_words, MOST_PLACE_WORDS, 0)
            .chain(of(&self.sighting.words, MOST_WORDS, WORDS_FROM))
            .chain(of(&self.sighting.cues, MOST_CUES, CUES_FROM))
            .collect()
    }
}

/// Whether two cues are one, or tell of one hazard.
fn one_subject(one: &str, other: &str) -> bool {
    one == other || ONE_HAZARD.iter().any(|cues| cues.contains(&one) && cues.contains(&other))
}

fn read(words: &[String], most: usize) -> impl Iterator<Item = &str> {
    words.iter().take(most).map(String::as_str)
}
