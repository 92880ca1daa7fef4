//! The busiest day of a real city's calls (Seattle, 12 July 2015: 984 of them), moved to Kediri and run
//! fast, with eight consoles watching: each sees everything, in order, and in the end equals the server.
//!
//! Three hours in 15 s by default. The whole day at 60 times its pace takes 24 minutes:
//! `KENTONGAN_BIN=$PWD/target/release/kentongan KENTONGAN_REPLAY_SPEED=60 KENTONGAN_REPLAY_HOURS=24 \
//!  cargo nextest run --profile long -p kentongan-tests --success-output final city::replay`

use std::collections::{BTreeSet, HashMap};
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use hdrhistogram::Histogram;
use kentongan_tests::agreement::{gap_free_log, settle};
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::clock::{Stopwatch, now_us};
use kentongan_tests::console::Console;
use kentongan_tests::server::Server;
use kentongan_tests::shared;
use parking_lot::Mutex;
use serde_json::json;
use tokio::task::JoinSet;

const DAY: &str = "2015-07-12";
const DESKS: usize = 6;
/// Every tenth call becomes an incident and goes to one of the two agencies that watch.
const FORWARDED: usize = 10;

/// One call of the day.
struct Call {
    /// Seconds since midnight.
    at_s: f64,
    text: String,
    lat: f64,
    lon: f64,
}

/// When each report was sent (epoch µs), by its external id.
type Sent = Arc<Mutex<HashMap<String, i64>>>;

fn number_from(variable: &str, default: f64) -> f64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[tokio::test]
async fn a_day_of_calls_reaches_every_console() -> anyhow::Result<()> {
    let Some(folder) = shared::folder() else {
        println!("skipped: no shared data");
        return Ok(());
    };
    let speed = number_from("KENTONGAN_REPLAY_SPEED", 720.0);
    let hours = number_from("KENTONGAN_REPLAY_HOURS", 3.0);
    let calls = calls(&folder, hours * 3_600.0)?;
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let agencies = [Api::log_in(&server.base, "damkar").await?, Api::log_in(&server.base, "polres").await?];
    let watchers: Vec<Api> =
        std::iter::repeat_n(operator.clone(), DESKS).chain(agencies.iter().cloned()).collect();
    let (sent, over) = (Sent::default(), Arc::new(AtomicBool::new(false)));
    let mut consoles = Vec::new();
    for api in &watchers {
        let console = Console::connect(api).await?;
        consoles.push(tokio::spawn(watch(console, Arc::clone(&sent), Arc::clone(&over))));
    }

    let began = Stopwatch::start();
    let mut posts: JoinSet<anyhow::Result<()>> = JoinSet::new();
    for (nth, call) in calls.iter().enumerate() {
        // The pace is the data's own.
        let due = Duration::from_secs_f64(call.at_s / speed);
        tokio::time::sleep(due.saturating_sub(began.elapsed())).await;
        let (operator, sent) = (operator.clone(), Arc::clone(&sent));
        let external = format!("{DAY}-{nth}");
        let body = json!({ "channel": "sms", "text": call.text, "external_id": external,
                           "location": { "lat": call.lat, "lon": call.lon, "source": "device", "accuracy_m": 30 } });
        posts.spawn(async move {
            sent.lock().insert(external, now_us());
            let stored = operator.post("reports", body, 201).await?;
            if nth % FORWARDED == 0 {
                let agency = if nth % (2 * FORWARDED) == 0 { "damkar" } else { "polres" };
                let report = id_of(&stored, "/report/id")?;
                let incident = operator.incident(&[report], "fire_building", 2).await?;
                operator.dispatch(&incident, agency, "lead").await?;
            }
            Ok(())
        });
    }
    while let Some(posted) = posts.join_next().await {
        posted??;
    }
    let took = began.elapsed();
    over.store(true, Ordering::Relaxed);

    let (mut delivered, mut frames) = (0, 0);
    let mut lags = Histogram::<u64>::new(3)?;
    for (console, api) in consoles.into_iter().zip(&watchers) {
        let Watched { mut console, seen, lags_us } = console.await??;
        settle(&mut console, api).await?;
        ensure!(console.snapshots == 1, "a console fell behind");
        frames += console.frames.len();
        if api.credential() == operator.credential() {
            delivered += seen;
            lags_us.iter().try_for_each(|lag| lags.record(*lag))?;
        }
    }
    let events = gap_free_log(&Api::log_in(&server.base, "auditor").await?).await?;
    println!(
        "{DAY}, {hours} h at {speed}x in {:.1} s: {} calls, {events} events, 8 consoles, {frames} frames; reports \
         delivered {delivered} = expected {}; from post to frame p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms",
        took.as_secs_f64(),
        calls.len(),
        calls.len() * DESKS,
        lags.value_at_quantile(0.5) as f64 / 1e3,
        lags.value_at_quantile(0.99) as f64 / 1e3,
        lags.max() as f64 / 1e3,
    );
    assert_eq!(delivered, calls.len() * DESKS);
    ensure!(server.stop()?, "the server ended badly");
    let (code, said) = server.cli(&["verify"])?;
    ensure!(code == 0, "verify: {said}");
    Ok(())
}

/// What a console saw.
struct Watched {
    console: Console,
    seen: usize,
    lags_us: Vec<u64>,
}

/// Reads the stream and notes how long after its sending each report was there.
async fn watch(mut console: Console, sent: Sent, over: Arc<AtomicBool>) -> anyhow::Result<Watched> {
    let (mut seen, mut lags_us) = (BTreeSet::new(), Vec::new());
    // Half a second of silence after the last post: everything has come.
    while let Some(step) = step(&mut console, &over).await {
        if step? != "changes" {
            continue;
        }
        let now = now_us();
        for view in console.views.values().filter(|view| view["kind"] == "report") {
            let Some(external) = view["external_id"].as_str() else { continue };
            if !seen.contains(external)
                && let Some(at) = sent.lock().get(external)
            {
                seen.insert(external.to_owned());
                lags_us.push((now - at).max(0).unsigned_abs());
            }
        }
    }
    Ok(Watched { console, seen: seen.len(), lags_us })
}

async fn step(console: &mut Console, over: &AtomicBool) -> Option<anyhow::Result<String>> {
    loop {
        match tokio::time::timeout(Duration::from_millis(500), console.step()).await {
            Ok(step) => return Some(step),
            Err(_) if over.load(Ordering::Relaxed) => return None,
            Err(_) => {}
        }
    }
}

/// The calls of the day's first seconds, in order.
fn calls(folder: &Path, seconds: f64) -> anyhow::Result<Vec<Call>> {
    let file = std::fs::File::open(folder.join("data/replay/seattle_police_911_2015.csv.gz"))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text)?;
    let mut calls = Vec::new();
    for row in csv::Reader::from_reader(text.as_bytes()).deserialize::<HashMap<String, String>>() {
        let row = row?;
        let field = |name: &str| row.get(name).with_context(|| format!("no column {name}"));
        let Some(clock) = field("at_scene")?.strip_prefix(DAY) else { continue };
        let parts = clock.trim().split(':').map(str::parse).collect::<Result<Vec<f64>, _>>()?;
        let at_s = parts.iter().fold(0.0, |sum, part| sum * 60.0 + part);
        if at_s < seconds {
            let (lat, lon) = in_kediri(field("lat")?.parse()?, field("lng")?.parse()?);
            calls.push(Call { at_s, text: field("initial_desc")?.clone(), lat, lon });
        }
    }
    calls.sort_by(|left, right| left.at_s.total_cmp(&right.at_s));
    ensure!(!calls.is_empty(), "no calls on {DAY}");
    Ok(calls)
}

/// Seattle's rectangle laid over Kediri's.
fn in_kediri(lat: f64, lon: f64) -> (f64, f64) {
    (-7.90 + (lat - 47.4577) / 0.3156 * 0.20, 111.92 + (lon + 122.4194) / 0.1819 * 0.20)
}

#[test]
fn seattle_lies_in_kediri() {
    for (lat, lon) in [(47.4577, -122.4194), (47.7733, -122.2375)] {
        let (lat, lon) = in_kediri(lat, lon);
        assert!((-7.91..=-7.69).contains(&lat) && (111.91..=112.13).contains(&lon), "{lat} {lon}");
    }
}
