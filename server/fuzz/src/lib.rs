//! What is fuzzed, one function a target: bytes in, and a panic when something does not hold.
//!
//! Each asks for more than survival: the same answer twice, figures that are figures, spans that lie in the
//! text. `src/bin/` hands them to libFuzzer; `server/tests/fuzz_seeds.rs` runs them on the seeds in every
//! test run, and so keeps them compiling. Must never know libFuzzer, for that test's sake.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test may fail loudly"
)]

use std::borrow::Cow;

mod files;
mod speech;
mod words;

/// A target: its name, which is also that of its seeds' folder and of its program, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 7] = [
    ("normalise", words::normalise),
    ("reading", words::reading),
    ("spoken", speech::spoken),
    ("resolve", speech::resolve),
    ("search", speech::search),
    ("names", files::names),
    ("boundaries", files::boundaries),
];

/// Bytes of a text that is made long: more than any reader takes.
const LONG: usize = 18_000;

/// Runs the target of this name.
pub fn run(name: &str, data: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target");
    target(data);
}

/// Bytes as the text that a channel would make of them.
fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// As [`text`], of what people say; one that begins with a tilde stands for itself over and over, since a fuzzer
/// hardly comes upon what only very long texts reach.
fn said(data: &[u8]) -> Cow<'_, str> {
    let text = text(data);
    match text.strip_prefix('~').filter(|repeated| !repeated.is_empty()) {
        Some(repeated) => Cow::Owned(repeated.repeat(LONG / repeated.len() + 1)),
        None => text,
    }
}

fn is_share(figure: f64) -> bool {
    (0.0..=1.0).contains(&figure)
}

fn is_on_earth(lat: f64, lon: f64) -> bool {
    (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)
}

fn is_length(metres: f64) -> bool {
    metres.is_finite() && metres >= 0.0
}

/// What goes over the wire comes back as it was: a figure that is none would not.
fn comes_back<T>(value: &T)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let json = serde_json::to_string(value).expect("JSON");
    let back: T = serde_json::from_str(&json).expect("the same type");
    assert_eq!(&back, value, "{json}");
}
