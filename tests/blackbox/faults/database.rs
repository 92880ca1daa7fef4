//! The database away for a while: reports are refused with 503, nothing acknowledged is lost, and all
//! goes on by itself when it is back.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{anyhow, ensure};
use kentongan_tests::agreement::{gap_free_log, settle};
use kentongan_tests::api::{Answer, Api, id_of};
use kentongan_tests::clock::Stopwatch;
use kentongan_tests::console::Console;
use kentongan_tests::random::Random;
use kentongan_tests::server::{Server, Start};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::task::JoinSet;

use super::engine::Engine;
use super::load::{Accepted, Work, poster};

/// How long a fault may take to show, and a recovery to be complete.
const WITHIN: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_database_locked_by_another_process_refuses_and_then_goes_on() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut desk = Console::connect(&operator).await?;
    operator.report("Kebakaran rumah").await?;
    let file = SqliteConnectOptions::new().filename(data.path().join("kentongan.db"));
    let mut other = file.busy_timeout(Duration::from_secs(5)).connect().await?;
    sqlx::query("BEGIN EXCLUSIVE").execute(&mut other).await?;

    let (key, body) = (Random::new(1).uuid(), json!({ "channel": "phone", "text": "Banjir di jalan raya" }));
    refused_with_503(&operator.send_keyed(Method::POST, "reports", Some(&body), Some(key)).await?)?;
    ensure!(ready(&operator).await? == 503, "readyz is green on a locked database");
    ensure!(operator.all("reports").await?.len() == 1, "reading goes on, and what was refused is not there");
    let (work, posters) = posters_at(&operator);
    until("a request repeated", || async { Ok(work.repeats.load(std::sync::atomic::Ordering::Relaxed) > 0) })
        .await?;

    sqlx::query("ROLLBACK").execute(&mut other).await?;
    other.close().await?;
    operator.send_keyed(Method::POST, "reports", Some(&body), Some(key)).await?.expect_status(201)?;
    until("readyz is green again", || async { Ok(ready(&operator).await? == 200) }).await?;
    let accepted = finish(&work, posters).await?;
    each_is_there(&operator, &accepted).await?;
    settle(&mut desk, &operator).await?;
    ends_well(&mut server)
}

#[tokio::test]
async fn a_database_file_that_is_gone_is_never_written_to() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    operator.report("Kebakaran rumah").await?;
    let file = data.path().join("kentongan.db");
    std::fs::remove_file(&file)?;

    let body = json!({ "channel": "phone", "text": "Banjir di jalan raya" });
    refused_with_503(&operator.send(Method::POST, "reports", Some(&body)).await?)?;
    ensure!(ready(&operator).await? == 503, "readyz is green without a database");
    ensure!(!file.exists(), "a new, empty database was made");
    Ok(())
}

#[tokio::test]
async fn postgres_stopped_and_started_again_loses_nothing() -> anyhow::Result<()> {
    let engine = Engine::postgres()?;
    let start = engine.demo()?;
    let Engine::Postgres(mut database) = engine else { return Ok(()) };
    let data = tempfile::tempdir()?;
    let mut server = Server::start(data.path(), start)?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut desk = Console::connect(&operator).await?;
    let (work, posters) = posters_at(&operator);
    desk.step().await?;

    let mut database = tokio::task::spawn_blocking(move || database.stop().map(|()| database))
        .await?
        .map_err(|error| anyhow!(error))?;
    until("readyz is red", || async { Ok(ready(&operator).await? == 503) }).await?;
    let body = json!({ "channel": "phone", "text": "Banjir di jalan raya" });
    refused_with_503(&operator.send(Method::POST, "reports", Some(&body)).await?)?;

    let database = tokio::task::spawn_blocking(move || database.start_again().map(|()| database))
        .await?
        .map_err(|error| anyhow!(error))?;
    let back = Stopwatch::start();
    until("readyz is green again", || async { Ok(ready(&operator).await? == 200) }).await?;
    operator.report("Pohon tumbang").await?;
    println!("PostgreSQL: writing again {:.1} s after its start", back.elapsed().as_secs_f64());
    let accepted = finish(&work, posters).await?;
    each_is_there(&operator, &accepted).await?;
    settle(&mut desk, &operator).await?;
    ends_well(&mut server)?;
    drop(database);
    Ok(())
}

#[tokio::test]
async fn two_servers_on_one_database_write_one_log() -> anyhow::Result<()> {
    let engine = Engine::postgres()?;
    let start = engine.demo()?;
    let (here, there) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let mut first = Server::start(here.path(), start.clone())?;
    let mut second = Server::start(there.path(), Start { args: Vec::new(), ..start })?;
    let operators =
        [Api::log_in(&first.base, "operator").await?, Api::log_in(&second.base, "operator").await?];
    let [at_first, at_second] = &operators;
    let mut consoles = [Console::connect(at_first).await?, Console::connect(at_second).await?];
    let [on_first, on_second] = &mut consoles;
    let told = Stopwatch::start();
    let report = at_second.report("Kebakaran rumah").await?;
    on_first.until("report", &report, |view| view["text"] == "Kebakaran rumah").await?;
    let told = told.elapsed();
    on_second.until("report", &report, |_| true).await?;

    let (work_first, posters_first) = posters_at(at_first);
    let (work_second, posters_second) = posters_at(at_second);
    // One report handed to both at once is one report.
    let mut random = Random::new(2);
    for _ in 0..20 {
        let (key, external) = (random.uuid(), random.uuid().to_string());
        let body = json!({ "channel": "whatsapp", "text": "Pohon tumbang", "external_id": external });
        let send = |api: &Api| {
            let (api, body) = (api.clone(), body.clone());
            async move { api.send_keyed(Method::POST, "reports", Some(&body), Some(key)).await }
        };
        let (one, other) = tokio::try_join!(send(at_first), send(at_second))?;
        let ids = [id_of(&one.body, "/report/id")?, id_of(&other.body, "/report/id")?];
        ensure!(ids[0] == ids[1], "one key gave {ids:?}");
    }
    let mut accepted = finish(&work_first, posters_first).await?;
    accepted.extend(finish(&work_second, posters_second).await?);
    each_is_there(at_first, &accepted).await?;
    for (console, api) in consoles.iter_mut().zip(&operators) {
        settle(console, api).await?;
    }
    let events = gap_free_log(&Api::log_in(&first.base, "auditor").await?).await?;
    println!(
        "two nodes: {} reports, {events} events; the other node's console after {told:?}",
        accepted.len()
    );
    ensure!(second.stop()?, "the second server ended badly");
    ends_well(&mut first)
}

fn posters_at(operator: &Api) -> (Arc<Work>, JoinSet<anyhow::Result<Vec<Accepted>>>) {
    let (work, mut random) = (Arc::new(Work::default()), Random::new(Random::seed_from("KENTONGAN_SEED")));
    let mut posters = JoinSet::new();
    for _ in 0..4 {
        let pause = Duration::from_millis(20);
        posters.spawn(poster(Arc::clone(&work), operator.clone(), random.branch(), pause));
    }
    (work, posters)
}

async fn finish(
    work: &Work,
    mut posters: JoinSet<anyhow::Result<Vec<Accepted>>>,
) -> anyhow::Result<Vec<Accepted>> {
    work.stop();
    let mut accepted = Vec::new();
    while let Some(ended) = posters.join_next().await {
        accepted.extend(ended??);
    }
    Ok(accepted)
}

async fn each_is_there(operator: &Api, accepted: &[Accepted]) -> anyhow::Result<()> {
    let stored: Vec<String> = operator
        .all("reports?limit=200")
        .await?
        .iter()
        .filter_map(|report| report.get("id").and_then(Value::as_str).map(str::to_owned))
        .collect();
    let lost: Vec<_> = accepted.iter().filter(|report| !stored.contains(&report.id)).collect();
    ensure!(lost.is_empty() && !accepted.is_empty(), "of {} accepted, lost: {lost:?}", accepted.len());
    Ok(())
}

fn refused_with_503(answer: &Answer) -> anyhow::Result<()> {
    let code = answer.body.get("code").and_then(Value::as_str);
    ensure!(answer.status.as_u16() == 503 && code == Some("unavailable"), "{answer:?}");
    ensure!(answer.content_type.starts_with("application/problem+json"), "{answer:?}");
    Ok(())
}

async fn ready(api: &Api) -> anyhow::Result<u16> {
    Ok(api.send(Method::GET, "/readyz", None).await?.status.as_u16())
}

async fn until<F: Future<Output = anyhow::Result<bool>>>(
    what: &str,
    holds: impl Fn() -> F,
) -> anyhow::Result<()> {
    let waited = Stopwatch::start();
    while !holds().await? {
        ensure!(waited.elapsed() < WITHIN, "{what}: not within {WITHIN:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

fn ends_well(server: &mut Server) -> anyhow::Result<()> {
    ensure!(server.stop()?, "the server ended badly");
    let (code, said) = server.cli(&["verify"])?;
    ensure!(code == 0, "verify: {said}");
    Ok(())
}
