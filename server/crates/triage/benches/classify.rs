//! Median time to read a 40-word report, in microseconds. Goal: under 50.
#![allow(clippy::disallowed_methods)] // a benchmark reads the real clock

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use kentongan_triage::{Lexicon, Reader, Triage, classify};

const TEXT: &str = "Tolong pak ada kebakaran rumah di Jl Dhoho gg 3 dpn Alfamart sblh masjid, api sudah merembet ke rumah \
    sebelah dan masih ada nenek di dalam tidak bisa keluar, asapnya tebal sekali, warga bantu pakai ember, mohon segera kirim damkar";

fn main() {
    let started = Instant::now();
    let Ok(lexicon) = Lexicon::built_in() else {
        println!("the lexicon does not load");
        return;
    };
    println!("load {:.1} ms, {} phrases", started.elapsed().as_secs_f64() * 1e3, lexicon.len());
    let lexicon = Arc::new(lexicon);
    time("the lexicon alone", || classify(&lexicon, black_box(TEXT)));
    match Reader::built_in(Arc::clone(&lexicon)) {
        Ok(reader) => time("the model", || reader.read(black_box(TEXT))),
        Err(error) => println!("no model: {error}"),
    }
}

fn time(who: &str, read: impl Fn() -> Triage) {
    let mut micros: Vec<f64> = (0..20_000)
        .map(|_| {
            let started = Instant::now();
            black_box(read());
            started.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    micros.sort_by(f64::total_cmp);
    let at = |share: f64| micros.get((micros.len() as f64 * share) as usize).copied().unwrap_or(f64::NAN);
    println!(
        "{who}, {} words: median {:.1} us, p99 {:.1} us",
        TEXT.split_whitespace().count(),
        at(0.5),
        at(0.99)
    );
}
