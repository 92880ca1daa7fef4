//! The database's machine vanishes: no answer, no error, only silence. Whoever asks is told within
//! bounds, and a database that answers again is used again, without a restart.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use kentongan_tests::agreement::{all_different, gap_free_log, settle};
use kentongan_tests::api::Api;
use kentongan_tests::clock::Stopwatch;
use kentongan_tests::console::Console;
use kentongan_tests::random::Random;
use kentongan_tests::server::{Server, Start};
use reqwest::Method;
use serde_json::json;
use tokio::task::JoinSet;

use super::engine::Engine;
use super::load::{Work, poster};
use super::proxy::{Wire, port_of};

/// How long an answer may take, good or bad.
const ANSWER_WITHIN: Duration = Duration::from_secs(40);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_falls_silent_holds_up_nobody_for_ever() -> anyhow::Result<()> {
    let engine = Engine::postgres()?;
    let direct = engine.demo()?;
    let url = direct.database_url.clone().context("no address")?;
    let wire = Wire::to(port_of(&url)?).await?;
    let data = tempfile::tempdir()?;
    let mut server = Server::start(data.path(), Start::demo_on(&wire.through(&url)?))?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut desk = Console::connect(&operator).await?;
    let (work, mut random) = (Arc::new(Work::default()), Random::new(7));
    let mut posters = JoinSet::new();
    for _ in 0..6 {
        let pause = Duration::from_millis(5);
        posters.spawn(poster(Arc::clone(&work), operator.clone(), random.branch(), pause));
    }
    while desk.frames.len() < 20 {
        desk.step().await?;
    }
    wire.cut_in_a_commit().await?;
    let silent = Stopwatch::start();
    let body = json!({ "channel": "phone", "text": "Banjir di jalan raya" });
    let asked = [
        operator.send(Method::POST, "reports", Some(&body)),
        operator.send(Method::GET, "reports", None),
        operator.send(Method::GET, "/readyz", None),
    ];
    for answer in futures_util::future::join_all(
        asked.into_iter().map(|asked| tokio::time::timeout(ANSWER_WITHIN, asked)),
    )
    .await
    {
        let answer = answer.context("no answer at all")??;
        ensure!(answer.status.as_u16() == 503, "a silent database was answered with {answer:?}");
    }
    let refused = silent.elapsed();

    wire.mend();
    let mended = Stopwatch::start();
    let key = Some(random.uuid());
    loop {
        let sent = operator.send_keyed(Method::POST, "reports", Some(&body), key);
        let answer = tokio::time::timeout(ANSWER_WITHIN, sent).await.context("no answer at all")??;
        if answer.status.is_success() {
            break;
        }
        ensure!(mended.elapsed() < ANSWER_WITHIN, "it does not go on: {answer:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    println!(
        "a silent database: refused after {:.1} s, writing again {:.1} s after it answers",
        refused.as_secs_f64(),
        mended.elapsed().as_secs_f64()
    );
    work.stop();
    let mut accepted = 0;
    while let Some(ended) = posters.join_next().await {
        for report in ended?? {
            operator.get(&format!("reports/{}", report.id)).await?;
            accepted += 1;
        }
    }
    let stored = operator.all("reports?limit=200").await?;
    all_different(
        &stored.iter().filter(|view| view["external_id"].is_string()).cloned().collect::<Vec<_>>(),
        "/external_id",
    )?;
    ensure!(stored.len() == accepted + 1, "{accepted} accepted and one more, {} stored", stored.len());

    // The line on which it hears of other nodes died too, and is noticed.
    let elsewhere = tempfile::tempdir()?;
    let other = Server::start(elsewhere.path(), Start { args: Vec::new(), ..direct })?;
    let report = Api::log_in(&other.base, "operator").await?.report("Pohon tumbang").await?;
    desk.until("report", &report, |_| true).await?;
    drop(other);
    settle(&mut desk, &operator).await?;
    gap_free_log(&Api::log_in(&server.base, "auditor").await?).await?;
    ensure!(server.stop()?, "the server ended badly");
    let (code, said) = kentongan_tests::server::run_cli(data.path(), Some(&url), &["verify"])?;
    ensure!(code == 0, "verify: {said}");
    Ok(())
}
