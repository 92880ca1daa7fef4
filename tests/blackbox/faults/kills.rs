//! The process is killed at random moments under load: every acknowledged report is there once, nothing
//! is forwarded twice, and consoles go on without a gap or a double. On both engines.
//!
//! `KENTONGAN_KILLS` (default 100) is how many on each; `KENTONGAN_SEED` brings the choices of a run back
//! (the moments of the operating system it cannot).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use kentongan_tests::agreement::{all_different, gap_free_log, one_live_dispatch_each, settle};
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::clock::Stopwatch;
use kentongan_tests::random::Random;
use kentongan_tests::server::Server;
use reqwest::Method;
use tokio::task::JoinSet;

use super::engine::Engine;
use super::load::{Accepted, Work, agency, poster};
use super::watch::{Followed, follow, strictly_increasing};

const POSTERS: usize = 8;
/// Keeps a thousand reports from becoming ten thousand: kills are what is tested, not speed.
const BETWEEN_REPORTS: Duration = Duration::from_millis(40);

#[tokio::test]
async fn on_sqlite_every_acknowledged_report_survives_kills() -> anyhow::Result<()> {
    kills(Engine::Sqlite).await
}

#[tokio::test]
async fn on_postgres_every_acknowledged_report_survives_kills() -> anyhow::Result<()> {
    kills(Engine::postgres()?).await
}

fn kills_on_each_engine() -> u64 {
    std::env::var("KENTONGAN_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(100)
}

async fn kills(engine: Engine) -> anyhow::Result<()> {
    let (count, seed) = (kills_on_each_engine(), Random::seed_from("KENTONGAN_SEED"));
    println!("{}: {count} kills, KENTONGAN_SEED={seed}", engine.name());
    let mut random = Random::new(seed);
    let data = tempfile::tempdir()?;
    let mut server = Server::start(data.path(), engine.demo()?)?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let auditor = Api::log_in(&server.base, "auditor").await?;

    let work = Arc::new(Work::default());
    let mut posters = JoinSet::new();
    for _ in 0..POSTERS {
        posters.spawn(poster(Arc::clone(&work), operator.clone(), random.branch(), BETWEEN_REPORTS));
    }
    let agency = tokio::spawn(agency(Arc::clone(&work), damkar.clone(), operator.clone(), random.branch()));
    let people = [operator.clone(), operator.clone(), damkar.clone()];
    let consoles: Vec<_> =
        people.iter().map(|api| tokio::spawn(follow(Arc::clone(&work), api.clone()))).collect();

    let began = Stopwatch::start();
    for _ in 0..count {
        tokio::time::sleep(Duration::from_millis(random.between(20, 400))).await;
        server.kill()?;
        server = tokio::task::spawn_blocking(move || server.restart().map(|()| server)).await??;
        ensure!(!agency.is_finished() && posters.len() == POSTERS, "somebody gave up");
        if let Some(ended) = posters.try_join_next() {
            ended??;
        }
    }
    let took = began.elapsed();
    work.stop();
    let mut accepted = Vec::new();
    while let Some(ended) = posters.join_next().await {
        accepted.extend(ended??);
    }
    let acknowledged = agency.await??;

    check_reports(&operator, &accepted).await?;
    one_live_dispatch_each(&operator.all("dispatches?limit=200").await?)?;
    all_different(&operator.all("incidents?limit=200").await?, "/number")?;
    let (mut frames, mut returns, mut snapshots) = (0, 0, 0);
    for (console, api) in consoles.into_iter().zip(&people) {
        let Followed { mut console, returns: times } = console.await??;
        settle(&mut console, api).await?;
        strictly_increasing(&console.frames)?;
        frames += console.frames.len();
        returns += times;
        snapshots += console.snapshots;
    }
    let events = gap_free_log(&auditor).await?;
    ensure!(server.stop()?, "the server ended badly");
    let (code, said) = server.cli(&["verify"])?;
    ensure!(code == 0, "verify: {said}");
    println!(
        "{}: {count} kills in {:.1} s: {} reports and {acknowledged} acknowledgements of {} answers, \
         {} requests repeated; {events} events; 3 consoles: {frames} frames, {returns} returns, {snapshots} snapshots",
        engine.name(),
        took.as_secs_f64(),
        accepted.len(),
        work.answers.load(Ordering::Relaxed),
        work.repeats.load(Ordering::Relaxed),
    );
    Ok(())
}

/// Every accepted report is there once, under its own id; asking again with its key gives that id.
async fn check_reports(operator: &Api, accepted: &[Accepted]) -> anyhow::Result<()> {
    let stored = operator.all("reports?limit=200").await?;
    all_different(&stored, "/external_id")?;
    all_different(&stored, "/number")?;
    let by_external = stored
        .iter()
        .map(|report| Ok((id_of(report, "/external_id")?, id_of(report, "/id")?)))
        .collect::<anyhow::Result<BTreeMap<_, _>>>()?;
    ensure!(stored.len() == accepted.len(), "{} accepted, {} stored", accepted.len(), stored.len());
    for report in accepted {
        let external = id_of(&report.body, "/external_id")?;
        let id =
            by_external.get(&external).with_context(|| format!("{external} was accepted and is gone"))?;
        ensure!(*id == report.id, "{external} was answered with {} and is stored as {id}", report.id);
        let again =
            operator.send_keyed(Method::POST, "reports", Some(&report.body), Some(report.key)).await?;
        let again = id_of(&again.expect_status(200)?, "/report/id")?;
        ensure!(again == report.id, "the key {} gave {} and then {again}", report.key, report.id);
    }
    Ok(())
}
