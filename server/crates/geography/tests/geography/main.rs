//! Tests of the geography crate through its public face, in one binary.
//!
//! The maps of most tests are drawn here by hand; `real_boundaries` reads the shared folder and
//! says "skipped" where there is none.

// A failing helper should stop its test on the spot.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod fuzzed;
mod jurisdictions;
mod kediri_pack;
mod loading;
mod map;
mod mentions;
mod national;
mod properties;
mod real_boundaries;
mod resolving;
mod sample;
mod searching;
mod spoken;
