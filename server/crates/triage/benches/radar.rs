//! Median time to compare one report with 10,000 open incidents, in milliseconds. Goal: under 5.
#![allow(clippy::disallowed_methods)] // a benchmark reads the real clock

use std::hint::black_box;
use std::time::Instant;

use kentongan_domain::catalogue::Category;
use kentongan_triage::{Sighting, similar};

/// The worst case: one flood, all within the window, all with words.
fn flood(number: u32) -> Sighting {
    let step = f64::from(number % 100);
    Sighting {
        id: number.to_string(),
        category: Some(Category::NaturalDisaster),
        type_code: Some("natural_disaster_flood".into()),
        at_us: i64::from(number) * 100_000,
        lat_lon: Some((-7.82 + step * 1e-4, 112.01 + f64::from(number / 100) * 1e-4)),
        accuracy_m: Some(30.0),
        words: (0..10).map(|word| format!("kata{}", (number + word * 7) % 400)).collect(),
        cues: vec!["flood".into(), format!("cue{}", number % 5), "water-in-house".into()],
        caller: Some(u64::from(number)),
        place_words: vec![format!("desa{}", number % 40), "brantas".into()],
        ..Sighting::default()
    }
}

fn main() {
    let open: Vec<Sighting> = (0..10_000).map(flood).collect();
    let report = flood(4_321);
    let mut millis: Vec<f64> = (0..300)
        .map(|_| {
            let started = Instant::now();
            black_box(similar(black_box(&report), black_box(&open)));
            started.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    millis.sort_by(f64::total_cmp);
    println!("radar over {} open: median {:.2} ms", open.len(), millis.get(150).copied().unwrap_or(f64::NAN));
}
