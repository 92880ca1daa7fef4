//! What a console costs while nothing happens, and what one costs that stops reading while much does.

use std::time::Duration;

use futures_util::StreamExt as _;
use kentongan_tests::api::Api;
use tokio::task::JoinSet;

use crate::bed::{Bed, Engine, Served};
use crate::line::Line;
use crate::listener::{Arrival, Listener, greeted};
use crate::samples::{Samples, median, now};
use crate::table::{Figure, Goal, Table};
use crate::texts;

const CONSOLES: usize = 1_000;
const AT_A_TIME: usize = 50;
const KIB_EACH: f64 = 12.0;
/// After a whole round of ticks and of looks at the sessions.
const SETTLED: Duration = Duration::from_secs(7);
const READERS: usize = 8;
/// The burst: reports a second, and how many.
const BURST_PACE: Duration = Duration::from_millis(5);
const BURST: usize = 1_000;

pub async fn measure(bed: &Bed, runs: usize, table: &mut Table) -> anyhow::Result<()> {
    let mut each = Vec::new();
    for _ in 0..runs {
        each.push(idle(&bed.serve(Engine::Sqlite)?).await?);
    }
    table.add(
        Figure::new(
            "an idle console",
            each,
            "KiB",
            format!("resident memory of the server before and 7 s after {CONSOLES} connect, each past its snapshot"),
        )
        .goal(Goal::AtMost(KIB_EACH)),
    );
    let (mut alone, mut beside, mut grown) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        let without = burst(&bed.serve(Engine::Sqlite)?, false).await?;
        let with = burst(&bed.serve(Engine::Sqlite)?, true).await?;
        alone.push(without.lag_p50_ms);
        beside.push(with.lag_p50_ms);
        grown.push(with.grown_mib - without.grown_mib);
    }
    let how = format!("{BURST} reports at 200/s, from the commit to the frame at each of {READERS} consoles");
    let most = median(&alone) * 1.25 + 0.1;
    table.add(Figure::new("burst: commit to console, p50", alone, "ms", &how));
    table.add(
        Figure::new(
            "burst: the same beside a console that stopped reading",
            beside,
            "ms",
            "held to a quarter and 0.1 ms more than without it",
        )
        .goal(Goal::AtMost(most)),
    );
    table.add(
        Figure::new(
            "burst: memory for a console that stopped reading",
            grown,
            "MiB",
            "growth of the server during the burst, less the growth without that console; its bound is 1 MiB",
        )
        .goal(Goal::AtMost(2.0)),
    );
    Ok(())
}

/// KiB a console.
async fn idle(served: &Served) -> anyhow::Result<f64> {
    let api = served.api()?;
    reports(served, 20, Duration::from_millis(20)).await?;
    drop(connect(&api, AT_A_TIME).await?);
    tokio::time::sleep(Duration::from_secs(2)).await;
    let before = served.server.resident_bytes()?;
    let sockets = connect(&api, CONSOLES).await?;
    tokio::time::sleep(SETTLED).await;
    let after = served.server.resident_bytes()?;
    drop(sockets);
    Ok(after.saturating_sub(before) as f64 / 1024.0 / CONSOLES as f64)
}

/// Opens consoles, some at a time; they are read until the set is dropped.
async fn connect(api: &Api, count: usize) -> anyhow::Result<JoinSet<()>> {
    let mut sockets = JoinSet::new();
    let mut open = 0;
    while open < count {
        let some = AT_A_TIME.min(count - open);
        let opened = futures_util::future::try_join_all((0..some).map(|_| greeted(api))).await?;
        for mut socket in opened {
            sockets.spawn(async move { while let Some(Ok(_)) = socket.next().await {} });
        }
        open += some;
    }
    Ok(sockets)
}

struct Burst {
    lag_p50_ms: f64,
    grown_mib: f64,
}

async fn burst(served: &Served, with_stalled: bool) -> anyhow::Result<Burst> {
    let api = served.api()?;
    reports(served, 50, Duration::from_millis(20)).await?;
    let mut readers = Vec::new();
    for _ in 0..READERS {
        readers.push(Listener::start(&api).await?);
    }
    // Says hello and never reads again.
    let stalled = if with_stalled { Some(greeted(&api).await?) } else { None };
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = served.server.resident_bytes()?;
    reports(served, BURST, BURST_PACE).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let after = served.server.resident_bytes()?;
    drop(stalled);
    let mut lags = Samples::default();
    for arrival in readers.iter().flat_map(Listener::arrivals) {
        let Arrival { lag_us, .. } = arrival;
        lags.push(Duration::from_micros(u64::try_from(lag_us).unwrap_or(0)));
    }
    Ok(Burst { lag_p50_ms: lags.p50_ms(), grown_mib: (after as f64 - before as f64) / f64::from(1 << 20) })
}

/// Hands in reports at a pace, over as many connections as it takes to keep it.
async fn reports(served: &Served, count: usize, pace: Duration) -> anyhow::Result<()> {
    const LINES: usize = 8;
    let address = served.server.address().to_owned();
    let begin = now();
    let mut tasks = JoinSet::new();
    for lane in 0..LINES {
        let mut line = Line::connect(&address).await?;
        let requests: Vec<(usize, Vec<u8>)> = (lane..count)
            .step_by(LINES)
            .map(|nth| (nth, texts::request(&address, &served.token, nth)))
            .collect();
        tasks.spawn(async move {
            for (nth, request) in requests {
                let intended = begin + pace * u32::try_from(nth).unwrap_or(u32::MAX);
                tokio::time::sleep(intended.saturating_duration_since(now())).await;
                line.send(&request).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}
