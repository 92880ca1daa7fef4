//! Sixty-four writers at once over HTTP: how much one fsync carries, and how long the unluckiest waits.

use std::time::Duration;

use kentongan_tests::api::Api;

use crate::bed::{Bed, Engine, Served};
use crate::latency::sync_for;
use crate::line::{Line, number_after};
use crate::samples::{Samples, median, now};
use crate::table::{Figure, Goal, Table};
use crate::texts;

pub const WRITERS: usize = 64;
const WARM_UP: Duration = Duration::from_secs(1);
pub const LASTS: Duration = Duration::from_secs(5);
/// Requests each writer has ready; it begins again after the last.
const REQUESTS: usize = 64;
/// Commands a bare fdatasync must carry at least.
pub const RATIO: f64 = 6.0;
/// How much longer than the slowest fdatasync the slowest command may take.
const SLOWEST: f64 = 10.0;

pub async fn measure(bed: &Bed, engine: Engine, runs: usize, table: &mut Table) -> anyhow::Result<()> {
    let (mut rates, mut ratios, mut p50, mut slowest, mut over) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut raw_rate, mut raw_max, mut cpu, mut carried) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        // A new server each time: what waits from the run before has deadlines that pass in this one.
        let served = bed.serve(engine)?;
        let raw = sync_for(served.data.path(), LASTS).await?;
        let load = load(&served).await?;
        let rate = load.samples.len() as f64 / LASTS.as_secs_f64();
        rates.push(rate);
        ratios.push(rate / raw.rate());
        p50.push(load.samples.p50_ms());
        slowest.push(load.samples.max_ms());
        over.push(load.samples.max_ms() / raw.max_ms());
        raw_rate.push(raw.rate());
        raw_max.push(raw.max_ms());
        cpu.push(load.cpu_us_each);
        carried.push(load.commands_a_commit);
    }
    let name = engine.name();
    let how = format!("{WRITERS} kept connections, each its next report after the last answer, 5 s");
    let (raw_rate_is, raw_max_is) = (median(&raw_rate), median(&raw_max));
    table.add(Figure::new(
        format!("{name}: bare fdatasync, rate"),
        raw_rate,
        "/s",
        "4 KiB back to back, 5 s before each run",
    ));
    table.add(Figure::new(format!("{name}: bare fdatasync, slowest"), raw_max, "ms", "the same"));
    table.add(Figure::new(format!("{name}: {WRITERS} writers over HTTP"), rates, "/s", &how));
    let held = engine == Engine::Sqlite;
    let goal = |figure: Figure, goal: Goal| if held { figure.goal(goal) } else { figure };
    table.add(goal(
        Figure::new(
            format!("{name}: {WRITERS} writers over HTTP, ratio"),
            ratios,
            "x",
            format!("to the bare fdatasync rate of the same run ({raw_rate_is:.0}/s)"),
        ),
        Goal::AtLeast(RATIO),
    ));
    table.add(Figure::new(format!("{name}: command, p50"), p50, "ms", &how));
    table.add(Figure::new(format!("{name}: command, slowest"), slowest, "ms", how));
    table.add(goal(
        Figure::new(
            format!("{name}: slowest command to slowest fdatasync"),
            over,
            "x",
            format!("to the slowest bare fdatasync of the same run ({raw_max_is:.1} ms)"),
        ),
        Goal::AtMost(SLOWEST),
    ));
    table.add(Figure::new(format!("{name}: commands a commit"), carried, "", "from the server's own count"));
    table.add(Figure::new(
        format!("{name}: server CPU a command"),
        cpu,
        "us",
        "user and system time of the server's process; client and server share the machine",
    ));
    Ok(())
}

struct Load {
    samples: Samples,
    cpu_us_each: f64,
    commands_a_commit: f64,
}

async fn load(served: &Served) -> anyhow::Result<Load> {
    let address = served.server.address().to_owned();
    let begin = now() + WARM_UP;
    let end = begin + LASTS;
    let mut tasks = Vec::new();
    for writer in 0..WRITERS {
        let requests: Vec<Vec<u8>> = (0..REQUESTS)
            .map(|nth| texts::request(&address, &served.token, writer * REQUESTS + nth))
            .collect();
        let mut line = Line::connect(&address).await?;
        tasks.push(tokio::spawn(async move {
            let mut samples = Samples::default();
            for request in requests.iter().cycle() {
                let started = now();
                if started >= end {
                    break;
                }
                line.send(request).await?;
                let done = now();
                if started >= begin && done <= end {
                    samples.push(done.saturating_duration_since(started));
                }
            }
            anyhow::Ok(samples)
        }));
    }
    tokio::time::sleep(begin.saturating_duration_since(now())).await;
    let api = served.api()?;
    let (cpu_before, commits_before) = (cpu_us(served.server.pid())?, commits(&api).await?);
    tokio::time::sleep(end.saturating_duration_since(now())).await;
    let (cpu_after, commits_after) = (cpu_us(served.server.pid())?, commits(&api).await?);
    let mut samples = Samples::default();
    for task in tasks {
        samples.extend(task.await??);
    }
    let count = samples.len().max(1) as f64;
    Ok(Load {
        cpu_us_each: (cpu_after - cpu_before) / count,
        commands_a_commit: count / (commits_after - commits_before).max(1) as f64,
        samples,
    })
}

/// Commits of the city's writer so far.
async fn commits(api: &Api) -> anyhow::Result<i64> {
    let text = api.request(reqwest::Method::GET, "/metrics").send().await?.text().await?;
    let named = "kentongan_commit_seconds_count{centre=\"kediri\"} ";
    Ok(number_after(&text, named).unwrap_or(0))
}

/// User and system time of a process so far, in µs.
fn cpu_us(pid: u32) -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    // Fields 14 and 15, counted from 1; the name was the second. Linux counts in 1/100 s everywhere.
    let ticks: f64 =
        after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    Ok(ticks * 10_000.0)
}
