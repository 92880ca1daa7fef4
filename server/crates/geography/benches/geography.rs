//! Times of what happens while a caller waits: jurisdiction, places in a text, search, a told place resolved;
//! and of loading, with the memory it takes. Uses the real boundaries and the national gazetteer of the
//! shared folder if they are there, else the schematic map of the Kediri pack.

// Measuring time is what a bench is for; the crate itself has no clock.
#![allow(clippy::disallowed_methods, clippy::expect_used)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use kentongan_geography::{Atlas, LatLon, NationalGazetteer};

const ROUNDS: usize = 2_000;

/// The published regencies of the shared folder.
const REGENCIES: [&str; 6] = ["35.06", "35.71", "35.07", "35.10", "35.73", "35.79"];

fn main() {
    let crate_dir = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let pack = crate_dir.join("../../centres/kediri");
    let shared = std::env::var_os("KENTONGAN_SHARED")
        .map_or_else(|| crate_dir.join("../../../../shared"), PathBuf::from)
        .join("data/geo");
    let schematic = std::fs::read_to_string(pack.join("boundaries.geojson")).expect("the Kediri pack");
    let places = std::fs::read_to_string(pack.join("places.csv")).expect("the Kediri pack");
    run("schematic", &load("schematic", &[schematic], &places));
    let real: Vec<String> = REGENCIES
        .iter()
        .filter_map(|code| std::fs::read_to_string(shared.join(format!("villages_{code}.geojson"))).ok())
        .collect();
    if real.len() < REGENCIES.len() {
        println!("real: skipped, no shared data");
        return;
    }
    let two: Vec<String> = real.iter().take(2).cloned().collect();
    run("two regencies", &load("two regencies", &two, &places));
    drop(two);
    let six = load("six regencies", &real, &places);
    drop(real);
    run("six regencies", &six);
    let Some(national) = national(&shared) else {
        println!("national: skipped, no shared data");
        return;
    };
    run("six and national", &six.with_national(Arc::new(national)));
}

/// Resident memory of this process in MiB, where the system tells it.
fn resident_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib: f64 = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default();
    kib / 1_024.0
}

fn load(label: &str, boundaries: &[String], places: &str) -> Atlas {
    let before = resident_mib();
    let started = Instant::now();
    let texts: Vec<&str> = boundaries.iter().map(String::as_str).collect();
    let (atlas, report) = Atlas::new(&texts, places).expect("usable boundaries");
    println!(
        "{label}: load {} ms, {} villages, {:.1} MiB more, {:.1} MiB in all",
        started.elapsed().as_millis(),
        report.villages,
        resident_mib() - before,
        resident_mib()
    );
    atlas
}

fn national(shared: &Path) -> Option<NationalGazetteer> {
    let text = std::fs::read_to_string(shared.join("gazetteer_id.csv")).ok()?;
    let before = resident_mib();
    let started = Instant::now();
    let (national, report) = NationalGazetteer::from_csv(&text).expect("a usable gazetteer");
    println!(
        "national: load {} ms, {} areas, {} spellings, {} rejected, {:.1} MiB more, {:.1} MiB in all",
        started.elapsed().as_millis(),
        report.loaded(),
        national.spellings(),
        report.rejected.len(),
        resident_mib() - before,
        resident_mib()
    );
    Some(national)
}

fn run(label: &str, atlas: &Atlas) {
    let around: Vec<LatLon> = (0..ROUNDS)
        .filter_map(|step| {
            let (row, column) = (step / 50, step % 50);
            LatLon::new(-7.90 + 0.004 * row as f64, 111.93 + 0.004 * column as f64).ok()
        })
        .collect();
    median(label, "jurisdiction around the city", &around, |point| {
        black_box(atlas.jurisdiction(*point, Some(30.0)));
    });
    let labels: Vec<LatLon> =
        atlas.villages.villages().filter_map(|village| LatLon::new(village.lat, village.lon).ok()).collect();
    median(label, "jurisdiction in every village", &labels, |point| {
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
    median(label, "resolve", &texts, |text| {
        black_box(atlas.resolve(text, None, 8));
    });
    // The worst a caller can send: nothing but names, to the bound on words.
    let names: Vec<&str> = atlas.villages.villages().map(|village| village.name.as_str()).take(200).collect();
    let worst = names.join(" ");
    median(label, "find_in_text of 200 names", &[worst.as_str(); 50], |text| {
        black_box(atlas.find_in_text(text, None, 8));
    });
    let queries = [
        "ngampel",
        "simp lima",
        "mojorto",
        "jl dho",
        "kel mojorto",
        "desa tempurejo",
        "srono",
        "songgon banyuwangi",
        "Soerabaja",
        "suka",
        "sumber",
        "ngampel papar",
        "kec rogojampi",
        "kota malang",
        "zzzzzz",
        "rogoojampi",
        "karangploso mlg",
    ];
    let queries: Vec<&str> = queries.into_iter().cycle().take(ROUNDS).collect();
    let city = LatLon::new(-7.8228, 112.0119).ok();
    median(label, "search", &queries, |query| {
        black_box(atlas.search(query, city, 10));
    });
    if label.ends_with("national") {
        let mut slowest: Vec<&str> = queries.clone();
        slowest.sort_unstable();
        slowest.dedup();
        for query in slowest {
            median(label, &format!("search `{query}`"), &[query; 50], |query| {
                black_box(atlas.search(query, city, 10));
            });
        }
    }
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
