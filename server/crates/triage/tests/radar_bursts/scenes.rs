//! Labelled scenes: a burst, others of its kind nearby in place or in time, and contacts about anything.

use super::callers::{Event, Heard, call};
use super::city::{EXTENT, Spot};
use super::dice::Dice;
use super::sentences::{CRASH, FIRE, FLOOD, OTHER, WIND};

/// What kind of burst a scene is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Fire,
    Crash,
    Flood,
    Wind,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Fire, Self::Crash, Self::Flood, Self::Wind];

    /// Sentences, metres from which it is seen, minutes over which people call, callers from and to.
    fn figures(self) -> (&'static [&'static str], f64, f64, (usize, usize)) {
        match self {
            Self::Fire => (FIRE, 70.0, 45.0, (14, 34)),
            Self::Crash => (CRASH, 30.0, 20.0, (6, 12)),
            Self::Flood => (FLOOD, 260.0, 100.0, (16, 36)),
            Self::Wind => (WIND, 240.0, 50.0, (10, 24)),
        }
    }

    /// Metres from the burst at which another of its kind is another one.
    fn apart(self) -> (f64, f64) {
        match self {
            Self::Fire => (450.0, 2_500.0),
            Self::Crash => (250.0, 1_500.0),
            Self::Flood | Self::Wind => (2_200.0, 4_500.0),
        }
    }

    /// Minutes after the burst at which one at the same place is another one.
    fn later(self) -> (f64, f64) {
        match self {
            Self::Fire => (240.0, 600.0),
            Self::Crash => (50.0, 150.0),
            Self::Flood => (190.0, 400.0),
            Self::Wind => (130.0, 400.0),
        }
    }
}

/// A scene of the kind that follows from the seed, in the order of time.
pub fn scene(seed: u64) -> (Kind, Vec<Heard>) {
    let mut dice = Dice::new(seed);
    let kind = Kind::ALL[(seed % 4) as usize];
    let (sentences, seen_from, lasting, (least, most)) = kind.figures();
    let spot = anywhere(&mut dice);
    // Two fires are not told in the same sentences, but in some of the same.
    let (here, there) = dice.two_shares(sentences, 0.6);
    let burst = Event { truth: 0, spot, from: 10.0, lasting, seen_from, sentences: here };
    let mut heard = Vec::new();
    let callers = dice.whole(least, most);
    calls(&mut dice, &burst, callers, &mut heard);
    // Another of its kind at the same time not far off: in every third scene, far oftener than in a city.
    if dice.chance(0.33) {
        let beside = away(&mut dice, spot, kind.apart());
        let from = dice.between(5.0, 40.0);
        let callers = dice.whole(least / 3, most / 2);
        let other = Event { truth: 1, spot: beside, from, sentences: there.clone(), ..burst };
        calls(&mut dice, &other, callers, &mut heard);
    }
    // One at the same place when the first is over.
    if dice.chance(0.5) {
        let from = 10.0 + dice.between(kind.later().0, kind.later().1);
        let again = spot.moved(dice.normal() * seen_from, dice.normal() * seen_from);
        let later = Event { truth: 2, spot: again, from, sentences: there, ..burst };
        calls(&mut dice, &later, least / 3, &mut heard);
    }
    // Anything else, a quarter of it round the corner.
    for truth in 10..34 {
        let spot = if dice.chance(0.25) { away(&mut dice, spot, (30.0, 600.0)) } else { anywhere(&mut dice) };
        let from = dice.between(0.0, 120.0);
        let callers = if dice.chance(0.15) { 2 } else { 1 };
        // Both callers of one small event speak of one thing.
        let sentences = vec![*dice.pick(OTHER)];
        let event = Event { truth, spot, from, lasting: 8.0, seen_from: 15.0, sentences };
        calls(&mut dice, &event, callers, &mut heard);
    }
    heard.sort_by_key(|one| one.sighting.at_us);
    (kind, heard)
}

/// A burst of one fire, `callers` strong, over `minutes`, at one place.
pub fn one_fire(seed: u64, callers: usize, minutes: f64) -> Vec<Heard> {
    let mut dice = Dice::new(seed);
    let spot = anywhere(&mut dice);
    let event =
        Event { truth: 0, spot, from: 0.0, lasting: minutes, seen_from: 70.0, sentences: FIRE.to_vec() };
    let mut heard = Vec::new();
    calls(&mut dice, &event, callers, &mut heard);
    heard.sort_by_key(|one| one.sighting.at_us);
    heard
}

/// One contact in one sentence at a minute, anywhere.
pub fn one_call(seed: u64, sentence: &'static str, minute: f64) -> Heard {
    let mut dice = Dice::new(seed);
    let spot = anywhere(&mut dice);
    let event =
        Event { truth: 99, spot, from: minute, lasting: 0.0, seen_from: 10.0, sentences: vec![sentence] };
    call(&mut dice, &event, 9_999_999, &[])
}

fn calls(dice: &mut Dice, event: &Event, callers: usize, heard: &mut Vec<Heard>) {
    let mut keys: Vec<u64> = Vec::new();
    for _ in 0..callers {
        let key = dice.next();
        heard.push(call(dice, event, key, &keys));
        keys.push(key);
    }
}

fn anywhere(dice: &mut Dice) -> Spot {
    Spot { east: dice.between(300.0, EXTENT.0 - 300.0), north: dice.between(300.0, EXTENT.1 - 300.0) }
}

/// Somewhere at a distance between the two, in any direction.
fn away(dice: &mut Dice, from: Spot, (near, far): (f64, f64)) -> Spot {
    let (turn, metres) = (dice.between(0.0, std::f64::consts::TAU), dice.between(near, far));
    from.moved(turn.cos() * metres, turn.sin() * metres)
}
