//! An agency that does not acknowledge: the dispatch turns overdue before everybody's eyes, once for each
//! level, whatever happens to the process meanwhile.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::clock::now_us;
use kentongan_tests::console::Console;
use kentongan_tests::random::Random;
use kentongan_tests::server::{Server, Start, run_cli};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::load::{Work, poster};

/// How late a dispatch may turn overdue on a busy machine (the promise to people is 60 s).
const LATE_US: i64 = 10_000_000;

/// A city whose fire brigade has this long to acknowledge.
fn impatient_city(data: &Path, within_ms: u32) -> anyhow::Result<Server> {
    let pack = tempfile::tempdir()?;
    let from = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../server/centres/kediri"));
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        std::fs::copy(entry.path(), pack.path().join(entry.file_name()))?;
    }
    let agencies = std::fs::read_to_string(from.join("agencies.toml"))?;
    let (pause, short) = ("acknowledge_within_ms = 60_000", format!("acknowledge_within_ms = {within_ms}"));
    ensure!(agencies.contains(pause), "the pack has other times now");
    std::fs::write(pack.path().join("agencies.toml"), agencies.replace(pause, &short))?;
    // Without ladders the agency's own time makes one.
    std::fs::remove_file(pack.path().join("ladders.toml"))?;
    let folder = pack.path().to_str().context("a strange path")?;
    let (code, said) = run_cli(data, None, &["centre", "import", folder])?;
    ensure!(code == 0, "{said}");
    Server::start(data, Start::demo())
}

/// The levels of its ladder that the log says a dispatch has climbed, in order.
async fn levels_in_log(auditor: &Api, dispatch: &str) -> anyhow::Result<Vec<u64>> {
    let events = auditor.all("events?limit=200").await?;
    let climbs = ["dispatch_overdue", "dispatch_notified", "dispatch_escalated"];
    let steps = events.iter().filter(|event| {
        event["id"] == dispatch && event["kind"].as_str().is_some_and(|kind| climbs.contains(&kind))
    });
    steps
        .map(|event| {
            let level = event.pointer("/payload/next/level");
            level.and_then(Value::as_u64).with_context(|| format!("no level in {event}"))
        })
        .collect()
}

async fn dispatch_a_fire(operator: &Api) -> anyhow::Result<String> {
    let report = operator.report("Kebakaran rumah, api besar").await?;
    let incident = operator.incident(&[report], "fire_building", 1).await?;
    operator.dispatch(&incident, "damkar", "lead").await
}

#[tokio::test]
async fn an_unacknowledged_dispatch_turns_overdue_everywhere() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = impatient_city(data.path(), 300)?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let (mut desk, mut agency) = (Console::connect(&operator).await?, Console::connect(&damkar).await?);
    let dispatch = dispatch_a_fire(&operator).await?;
    for console in [&mut desk, &mut agency] {
        let view = console.until("dispatch", &dispatch, |view| view["overdue"] == true).await?;
        ensure!(view["overdue_level"].as_u64() >= Some(1), "{view}");
        ensure!(view.pointer("/deadlines/acknowledge").is_some(), "the next deadline does not run: {view}");
    }
    let listed = operator.all("dispatches?overdue=true").await?;
    ensure!(listed.iter().any(|view| view["id"] == dispatch.as_str()), "not among the overdue: {listed:?}");
    // Acknowledged late is acknowledged: nothing is overdue any more.
    damkar.act(&dispatch, "acknowledge", json!({})).await?;
    let view =
        desk.until("dispatch", &dispatch, |view| view["overdue"] == false && view["state"] == "acknowledged");
    assert_eq!(view.await?["deadlines"], json!({}));
    assert_eq!(operator.all("dispatches?overdue=true").await?, Vec::<Value>::new());
    Ok(())
}

/// People who hand in reports at once and without a pause: the writer's queue never runs empty.
const FLOOD: usize = 64;

#[tokio::test]
async fn a_flood_of_reports_keeps_no_deadline_from_passing() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = impatient_city(data.path(), 500)?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let (work, mut random) = (Arc::new(Work::default()), Random::new(3));
    let mut flood = JoinSet::new();
    for _ in 0..FLOOD {
        flood.spawn(poster(Arc::clone(&work), operator.clone(), random.branch(), Duration::ZERO));
    }
    let dispatch = dispatch_a_fire(&operator).await?;
    let view = operator.get(&format!("dispatches/{dispatch}")).await?;
    let due = view.pointer("/deadlines/acknowledge").and_then(Value::as_i64).context("no deadline")?;
    let late = loop {
        let view = operator.get(&format!("dispatches/{dispatch}")).await?;
        let late = now_us() - due;
        if view["overdue"] == true {
            break late;
        }
        ensure!(late < LATE_US, "not overdue {} s after its deadline", late / 1_000_000);
    };
    work.stop();
    let mut reports = 0;
    while let Some(ended) = flood.join_next().await {
        reports += ended??.len();
    }
    println!("overdue {} ms after its deadline, amid {reports} reports", late / 1_000);
    Ok(())
}

#[tokio::test]
async fn a_deadline_passes_once_whatever_happens_to_the_process() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = impatient_city(data.path(), 1_500)?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let auditor = Api::log_in(&server.base, "auditor").await?;
    let mut desk = Console::connect(&operator).await?;
    // It passes while nobody runs: the start makes up for it, once.
    let dispatch = dispatch_a_fire(&operator).await?;
    server.kill()?;
    server.restart()?;
    super::watch::come_back(&mut desk).await?;
    desk.until("dispatch", &dispatch, |view| view["overdue"] == true).await?;
    // Killed right after it passed: it does not pass again.
    server.kill()?;
    server.restart()?;
    super::watch::come_back(&mut desk).await?;
    let view = desk.until("dispatch", &dispatch, |view| view["overdue_level"].as_u64() >= Some(1)).await?;
    ensure!(view["overdue"] == true, "the flag did not survive: {view}");
    let levels = levels_in_log(&auditor, &dispatch).await?;
    let expected: Vec<u64> = (1..=levels.len() as u64).collect();
    ensure!(!levels.is_empty() && levels == expected, "levels {levels:?}");
    ensure!(server.stop()?, "the server ended badly");
    let (code, said) = server.cli(&["verify"])?;
    ensure!(code == 0, "verify: {said}");
    Ok(())
}
