//! What a provider does with a request, by chance.

use std::time::Duration;

use kentongan_tests::random::Random;

/// A provider's mood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mood {
    /// Takes it and delivers it.
    Fine,
    /// Delivers it after a while.
    Slow(Duration),
    /// Hangs up without taking it.
    Drops,
    /// Takes and delivers it, and hangs up before it has said so.
    TakesSilently,
    /// Answers 500.
    Broken,
    /// Answers 429 and wants a second of rest.
    Busy,
    /// Says that it took it, and delivers nothing.
    Lies,
    /// Delivers it twice.
    Doubles,
}

impl Mood {
    /// A mood, mostly fine.
    pub const fn of(random: &mut Random) -> Self {
        match random.between(0, 99) {
            0..=7 => Self::Drops,
            8..=15 => Self::TakesSilently,
            16..=22 => Self::Broken,
            23..=26 => Self::Busy,
            27..=34 => Self::Lies,
            35..=42 => Self::Doubles,
            43..=55 => Self::Slow(Duration::from_millis(random.between(20, 400))),
            _ => Self::Fine,
        }
    }

    /// How often the message reaches its receiver.
    pub const fn arrives(self) -> usize {
        match self {
            Self::Fine | Self::Slow(_) | Self::TakesSilently => 1,
            Self::Doubles => 2,
            Self::Drops | Self::Broken | Self::Busy | Self::Lies => 0,
        }
    }
}
