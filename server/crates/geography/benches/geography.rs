//! Median times of the three things that happen while a caller waits: jurisdiction, places in a
//! text, and search; and of loading. Uses the real boundaries of the shared folder if they are there, else
//! the schematic ones of the Kediri pack.

// Measuring time is what a bench is for; the crate itself has no clock.
#![allow(clippy::disallowed_methods, clippy::expect_used)]

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use kentongan_geography::{Atlas, LatLon};

const ROUNDS: usize = 2_000;

fn main() {
    let crate_dir = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let pack = crate_dir.join("../../centres/kediri");
    let shared = std::env::var_os("KENTONGAN_SHARED")
        .map_or_else(|| crate_dir.join("../../../../shared"), PathBuf::from)
        .join("data/geo");
    let real: Vec<String> = ["villages_35.71.geojson", "villages_35.06.geojson"]
        .iter()
        .filter_map(|name| std::fs::read_to_string(shared.join(name)).ok())
        .collect();
    let schematic = std::fs::read_to_string(pack.join("boundaries.geojson")).expect("the Kediri pack");
    let places = std::fs::read_to_string(pack.join("places.csv")).expect("the Kediri pack");
    run("schematic", &[&schematic], &places);
    if let [city, regency] = real.as_slice() {
        run("real", &[city, regency], &places);
    } else {
        println!("real: skipped, no shared data");
    }
}

fn run(label: &str, boundaries: &[&str], places: &str) {
    let started = Instant::now();
    let (atlas, report) = Atlas::new(boundaries, places).expect("usable boundaries");
    println!("{label}: load {} ms, {} villages", started.elapsed().as_millis(), report.villages);

    let points: Vec<LatLon> = (0..ROUNDS)
        .filter_map(|step| {
            let (row, column) = (step / 50, step % 50);
            LatLon::new(-7.90 + 0.004 * row as f64, 111.93 + 0.004 * column as f64).ok()
        })
        .collect();
    median(label, "jurisdiction", &points, |point| {
        black_box(atlas.jurisdiction(*point, Some(30.0)));
    });
    let texts = [
        "ds Tempurejo, tawon vespa srg sebesar galon di phn mangga dkt TK, 2 anak sdh disengat",
        "Papar, kidul sepur",
        "ada kebakaran rumah di kel mojorto depan masjid, api sudah besar tolong cepat pak",
        "Jl Dhoho gg 3 RT03/RW02 dpn Alfamart sblh masjid",
        "truk terguling di jalur Kediri-Pare arah Pare dekat simpang lima gumul, sopir terjepit",
    ];
    let texts: Vec<&str> = texts.iter().copied().cycle().take(ROUNDS).collect();
    median(label, "find_in_text", &texts, |text| {
        black_box(atlas.find_in_text(text, None, 8));
    });
    // The worst a caller can send: nothing but names, to the bound on words.
    let names: Vec<&str> = atlas.villages.villages().map(|village| village.name.as_str()).take(200).collect();
    let worst = names.join(" ");
    median(label, "find_in_text of 200 names", &[worst.as_str(); 50], |text| {
        black_box(atlas.find_in_text(text, None, 8));
    });
    let queries: Vec<&str> =
        ["ngampel", "simp lima", "mojorto", "jl dho"].into_iter().cycle().take(ROUNDS).collect();
    median(label, "search", &queries, |query| {
        black_box(atlas.search(query, None, 8));
    });
}

fn median<T>(label: &str, what: &str, inputs: &[T], mut run: impl FnMut(&T)) {
    let mut micros: Vec<f64> = inputs
        .iter()
        .map(|input| {
            let started = Instant::now();
            run(input);
            started.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    micros.sort_by(f64::total_cmp);
    let at = |share: f64| micros.get((micros.len() as f64 * share) as usize).copied().unwrap_or_default();
    println!("{label}: {what} median {:.1} us, p99 {:.1} us", at(0.5), at(0.99));
}
