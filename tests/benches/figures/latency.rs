//! From a report to the screens: a POST's intended instant until all eight consoles have its frame.
//!
//! Open loop: a late answer makes the next report late too, and that counts, as it does for a caller.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::bed::{Bed, Engine, Served};
use crate::line::BlockingLine;
use crate::listener::Listener;
use crate::raw::{RawFile, loopback};
use crate::samples::{Samples, median, now};
use crate::table::{Figure, Goal, Table};
use crate::texts;

const CONSOLES: usize = 8;
const PACE: Duration = Duration::from_millis(200);
const REPORTS: usize = 100;
const WARM_UP: usize = 30;
/// What the product may add to the disk's own time.
const ALLOWANCE_MS: f64 = 1.0;

/// One paced run.
struct Run {
    /// Intended instant and seq of each report.
    posted: Vec<(Instant, i64)>,
    /// Bare syncs between the reports, at the same pace.
    paced: Samples,
}

pub async fn measure(bed: &Bed, engine: Engine, runs: usize, table: &mut Table) -> anyhow::Result<()> {
    let served = bed.serve(engine)?;
    let api = served.api()?;
    let mut listeners = Vec::new();
    for _ in 0..CONSOLES {
        listeners.push(Listener::start(&api).await?);
    }
    post(&served, 0, WARM_UP, Duration::from_millis(50)).await?;
    let (mut p50, mut p99) = (Vec::new(), Vec::new());
    let (mut raw_p50, mut raw_max, mut paced_p50, mut loop_p50) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for run in 0..runs {
        let raw = sync_for(served.data.path(), Duration::from_secs(2)).await?;
        let done = post(&served, WARM_UP + run * REPORTS, REPORTS, PACE).await?;
        let latencies = latencies(&done.posted, &listeners).await?;
        p50.push(latencies.p50_ms());
        p99.push(latencies.percentile_ms(99));
        raw_p50.push(raw.p50_ms());
        raw_max.push(raw.max_ms());
        paced_p50.push(done.paced.p50_ms());
        let frame = frame_bytes(&listeners);
        loop_p50.push(loopback(frame, CONSOLES, 200).await?.p50_ms());
    }
    let name = engine.name();
    let frame = frame_bytes(&listeners);
    let floor = median(&raw_p50);
    table.add(Figure::new(
        format!("{name}: bare fdatasync, p50"),
        raw_p50,
        "ms",
        "4 KiB appended to a growing file beside the data, 2 s back to back before each run",
    ));
    table.add(Figure::new(format!("{name}: bare fdatasync, slowest"), raw_max, "ms", "the same"));
    table.add(Figure::new(
        format!("{name}: bare fdatasync at 5/s, p50"),
        paced_p50,
        "ms",
        "one between two reports: a disk that idles answers later",
    ));
    table.add(Figure::new(
        format!("{name}: bare loopback to {CONSOLES}, p50"),
        loop_p50,
        "ms",
        format!("{frame} bytes, one frame's size, until all have it"),
    ));
    let how = format!("{REPORTS} reports at 5/s, open loop, from the intended instant; warmed up");
    let whole = Figure::new(format!("{name}: report to {CONSOLES} consoles, p50"), p50, "ms", &how);
    table.add(match engine {
        Engine::Sqlite => whole.goal(Goal::AtMost(floor + ALLOWANCE_MS)),
        Engine::Postgres => whole,
    });
    table.add(Figure::new(format!("{name}: report to {CONSOLES} consoles, p99"), p99, "ms", how));
    Ok(())
}

/// Bare syncs back to back, off the runtime's threads.
pub async fn sync_for(folder: &Path, time: Duration) -> anyhow::Result<Samples> {
    let mut file = RawFile::beside(folder)?;
    tokio::task::spawn_blocking(move || file.append_for(time)).await?
}

/// Hands in reports at a pace, from a thread of its own.
async fn post(served: &Served, first: usize, count: usize, pace: Duration) -> anyhow::Result<Run> {
    let address = served.server.address().to_owned();
    let requests: Vec<Vec<u8>> =
        (first..first + count).map(|nth| texts::request(&address, &served.token, nth)).collect();
    let mut file = RawFile::beside(served.data.path())?;
    tokio::task::spawn_blocking(move || {
        let mut line = BlockingLine::connect(&address)?;
        let mut run = Run { posted: Vec::with_capacity(count), paced: Samples::default() };
        let mut intended = now() + pace;
        for request in &requests {
            std::thread::sleep(intended.saturating_duration_since(now()));
            run.posted.push((intended, line.send(request)?));
            std::thread::sleep((intended + pace / 2).saturating_duration_since(now()));
            run.paced.push(file.append()?);
            intended += pace;
        }
        Ok(run)
    })
    .await?
}

async fn latencies(posted: &[(Instant, i64)], listeners: &[Listener]) -> anyhow::Result<Samples> {
    // The last frame may still be on its way.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut samples = Samples::default();
    for (intended, seq) in posted {
        let reached: Option<Vec<Instant>> = listeners.iter().map(|listener| listener.reached(*seq)).collect();
        let last = reached.and_then(|all| all.into_iter().max());
        let last = last.ok_or_else(|| anyhow::anyhow!("a console never saw event {seq}"))?;
        samples.push(last.saturating_duration_since(*intended));
    }
    Ok(samples)
}

/// The usual size of a frame with one report.
fn frame_bytes(listeners: &[Listener]) -> usize {
    let arrivals = listeners.first().map(Listener::arrivals).unwrap_or_default();
    let sizes: Vec<f64> = arrivals.iter().map(|arrival| arrival.bytes as f64).collect();
    median(&sizes).max(1.0) as usize
}
