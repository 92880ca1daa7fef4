//! From a true event to what the centre gets of it: when, from where, how exactly and in which words a
//! caller tells, read by the same reader and split into the same words as in the centre.

use std::sync::{Arc, LazyLock};

use kentongan_domain::catalogue::Priority;
use kentongan_triage::radar::{Subject, place_words};
use kentongan_triage::{Lexicon, Reader, Sighting, content_words};

use super::city::Spot;
use super::dice::Dice;

static READER: LazyLock<Reader> =
    LazyLock::new(|| Reader::built_in(Arc::new(Lexicon::built_in().expect("lexicon"))).expect("weights"));

/// What truly happens.
#[derive(Debug, Clone)]
pub struct Event {
    /// Ground truth: contacts with the same number belong together.
    pub truth: usize,
    pub spot: Spot,
    /// Minutes since the beginning of the scene.
    pub from: f64,
    /// Minutes over which people call.
    pub lasting: f64,
    /// How far from it people stand who tell of it, metres (one standard deviation in either direction).
    pub seen_from: f64,
    /// What is said of it.
    pub sentences: Vec<&'static str>,
}

/// A contact with its truth.
#[derive(Debug, Clone)]
pub struct Heard {
    pub truth: usize,
    pub priority: Priority,
    pub sighting: Sighting,
}

/// One contact of an event; `earlier` are the keys of those who called about it before.
pub fn call(dice: &mut Dice, event: &Event, key: u64, earlier: &[u64]) -> Heard {
    // Many call at once, then fewer.
    let share = dice.unit();
    let minutes = event.from + event.lasting * share * share;
    let stands = event.spot.moved(dice.normal() * event.seen_from, dice.normal() * event.seen_from);
    let names = if dice.chance(0.6) { event.spot } else { stands };
    let place = phrase(dice, names);
    let text = dice.pick(&event.sentences).replace("{p}", &place);
    let (lat_lon, accuracy_m, label) = position(dice, event.spot, stands, names);
    // Who has no position to send is asked for the place.
    let told = dice.chance(if lat_lon.is_none() { 0.8 } else { 0.4 }).then(|| phrase(dice, names));
    let read = READER.read(&text);
    let unread = dice.chance(0.02);
    let caller = if !earlier.is_empty() && dice.chance(0.06) { *dice.pick(earlier) } else { key };
    let sighting = Sighting {
        id: key.to_string(),
        subject: Subject::Report,
        category: read.category.filter(|_| !unread),
        type_code: read.type_code.filter(|_| !unread),
        at_us: (minutes * 60e6) as i64,
        lat_lon,
        accuracy_m,
        caller: dice.chance(0.8).then_some(caller),
        cues: read.cues,
        words: content_words(READER.lexicon(), &text),
        place_words: place_words(label.iter().map(String::as_str).chain(told.as_deref())),
    };
    Heard { truth: event.truth, priority: read.priority, sighting }
}

/// The place in a caller's words; now and then a slip of the thumb.
fn phrase(dice: &mut Dice, spot: Spot) -> String {
    let mut parts: Vec<String> = Vec::new();
    if dice.chance(0.65) {
        parts.push(format!("{} {}", dice.pick(&["jl", "jalan", "Jl.", "jln"]), spot.street()));
    }
    if dice.chance(0.35) {
        parts.push(format!("RT {} RW {}", dice.whole(1, 9), dice.whole(1, 5)));
    }
    if dice.chance(0.4) {
        parts.push(format!("{} {}", dice.pick(&["depan", "dekat", "sebelah", "belakang"]), spot.landmark()));
    }
    if dice.chance(0.55) {
        parts.push(format!("{} {}", dice.pick(&["", "desa", "kelurahan", "daerah"]), spot.village()));
    }
    if parts.is_empty() {
        parts.push(dice.pick(&["sini", "dekat rumah saya", "kampung saya"]).to_string());
    }
    let mut text = parts.join(" ");
    if dice.chance(0.08) {
        let at = text.char_indices().nth(dice.whole(1, text.chars().count() - 1)).map_or(0, |(at, _)| at);
        text.remove(at);
    }
    text
}

/// What the centre knows of the place: a device's fix of where the caller stands, a pin, what the name
/// resolves to, a cell, or nothing; with the radius that came along and the gazetteer's label.
fn position(
    dice: &mut Dice,
    truly: Spot,
    stands: Spot,
    names: Spot,
) -> (Option<(f64, f64)>, Option<f64>, Option<String>) {
    // A radius holds two of three fixes: 1.5 standard deviations.
    let off = |spot: Spot, radius: f64, dice: &mut Dice| {
        spot.moved(dice.normal() * radius / 1.5, dice.normal() * radius / 1.5).lat_lon()
    };
    match dice.whole(0, 99) {
        0..=34 => {
            let radius = dice.between(6.0, 45.0);
            (Some(off(stands, radius, dice)), Some(radius), Some(names.village().to_owned()))
        }
        35..=50 => {
            let pinned = if dice.chance(0.7) { truly } else { stands };
            (Some(off(pinned, 40.0, dice)), None, None)
        }
        51..=70 => {
            let radius = dice.between(80.0, 300.0);
            let label = format!("Jalan {}, {}", names.street(), names.village());
            (Some(off(names, radius, dice)), Some(radius), Some(label))
        }
        71..=80 => (Some(names.village_middle().lat_lon()), Some(750.0), Some(names.village().to_owned())),
        81..=88 => {
            let radius = dice.between(400.0, 1_500.0);
            (Some(off(stands, radius, dice)), Some(radius), None)
        }
        _ => (None, None, None),
    }
}
