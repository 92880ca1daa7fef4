//! From the command that forwards an incident to the row on the agency's screen, counted from the durable
//! commit; and the same for life at risk in the middle of a burst of routine dispatches.

use std::time::Duration;

use kentongan_tests::api::{Api, CITY, id_of};
use serde_json::json;
use tokio::task::JoinSet;

use crate::bed::{Bed, Engine, Served};
use crate::listener::Listener;
use crate::samples::{Samples, median};
use crate::table::{Figure, Goal, Table};

/// Agencies with a console each.
const AGENCIES: [&str; 8] = ["damkar", "psc119", "polres", "bpbd", "dishub", "satpol_pp", "dinsos", "pln"];
/// Forwarded one after the other.
const CALM: usize = 12;
/// Forwarded at once.
const BURST: usize = 200;
/// How long a row may take from the commit.
const WITHIN_MS: f64 = 2.0;
/// What a burst may add to it for life at risk.
const BURST_WITHIN_MS: f64 = 10.0;

pub async fn measure(bed: &Bed, engine: Engine, runs: usize, table: &mut Table) -> anyhow::Result<()> {
    let (mut calm, mut calm_p99, mut urgent) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        let served = bed.serve(engine)?;
        let desk = served.api()?;
        let mut consoles = Vec::new();
        for agency in AGENCIES {
            consoles.push((agency, Listener::start(&console_of(&served, agency)?).await?));
        }
        let lags = one_by_one(&desk, &consoles).await?;
        calm.push(lags.p50_ms());
        calm_p99.push(lags.percentile_ms(99));
        urgent.push(in_a_burst(&desk, &consoles).await?.p50_ms());
    }
    let name = engine.name();
    let how = format!("{} dispatches to {} agencies one by one, commit to frame", CALM * AGENCIES.len(), AGENCIES.len());
    let held = Goal::AtMost(WITHIN_MS);
    table.add(Figure::new(format!("{name}: dispatch to the agency's row, p50"), calm.clone(), "ms", &how).goal(held));
    table.add(Figure::new(format!("{name}: dispatch to the agency's row, p99"), calm_p99, "ms", how));
    let how = format!(
        "dispatches of priority 1 amid {BURST} routine ones at once, commit to frame; held to the calm p50 + {BURST_WITHIN_MS} ms"
    );
    let goal = Goal::AtMost(median(&calm) + BURST_WITHIN_MS);
    table.add(Figure::new(format!("{name}: the same for priority 1 in a burst, p50"), urgent, "ms", how).goal(goal));
    Ok(())
}

/// An agency's console, by a token of its own.
fn console_of(served: &Served, agency: &str) -> anyhow::Result<Api> {
    let args = ["token", "create", "--centre", CITY, "--role", "agency", "--agency", agency];
    let (code, said) = served.server.cli(&args)?;
    anyhow::ensure!(code == 0, "no token for {agency}: {said}");
    Api::with_token(&served.server.base, &said)
}

async fn incident(desk: &Api, type_code: &str, priority: u8) -> anyhow::Result<String> {
    let report = desk.report("Kebakaran rumah, api besar").await?;
    desk.incident(&[report], type_code, priority).await
}

/// Forwards and gives the log's number of it.
async fn forward(desk: &Api, incident: &str, agency: &str) -> anyhow::Result<i64> {
    let body = json!({ "agency": agency, "role": "support" });
    let answer = desk.post(&format!("incidents/{incident}/dispatches"), body, 201).await?;
    id_of(&answer, "/dispatch/id")?;
    answer["seq"].as_i64().ok_or_else(|| anyhow::anyhow!("no seq in {answer}"))
}

async fn one_by_one(desk: &Api, consoles: &[(&str, Listener)]) -> anyhow::Result<Samples> {
    let mut sent = Vec::new();
    for _ in 0..CALM {
        let incident = incident(desk, "fire_building", 1).await?;
        for (agency, _) in consoles {
            sent.push((*agency, forward(desk, &incident, agency).await?));
        }
    }
    lags(&sent, consoles).await
}

async fn in_a_burst(desk: &Api, consoles: &[(&str, Listener)]) -> anyhow::Result<Samples> {
    let mut routine = Vec::new();
    for _ in 0..BURST / AGENCIES.len() {
        routine.push(incident(desk, "fire_building", 4).await?);
    }
    let fire = incident(desk, "fire_building", 1).await?;
    let mut burst = JoinSet::new();
    for incident in routine {
        for agency in AGENCIES {
            let (desk, incident) = (desk.clone(), incident.clone());
            burst.spawn(async move { forward(&desk, &incident, agency).await });
        }
    }
    let mut sent = Vec::new();
    for (agency, _) in consoles {
        sent.push((*agency, forward(desk, &fire, agency).await?));
    }
    while let Some(ended) = burst.join_next().await {
        ended??;
    }
    lags(&sent, consoles).await
}

/// From each commit to the frame that carries it at the agency's own console.
async fn lags(sent: &[(&str, i64)], consoles: &[(&str, Listener)]) -> anyhow::Result<Samples> {
    // The last frame may still be on its way.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut samples = Samples::default();
    for (agency, seq) in sent {
        let console = consoles.iter().find(|(of, _)| of == agency).map(|(_, console)| console);
        let arrivals = console.map(Listener::arrivals).unwrap_or_default();
        let frame = arrivals.iter().find(|arrival| arrival.seq >= *seq);
        let lag_us = frame.map(|arrival| arrival.lag_us.max(0).unsigned_abs());
        let lag_us = lag_us.ok_or_else(|| anyhow::anyhow!("{agency} never saw event {seq}"))?;
        samples.push(Duration::from_micros(lag_us));
    }
    Ok(samples)
}
