//! A storm of dispatches over every channel, against providers that drop, delay, repeat and lie, while the
//! server is killed: each agency acts once on each dispatch, no dispatch is lost, and whatever of priority 1
//! nobody acknowledged stood on a human's screen in time.
//!
//! `KENTONGAN_STORM` (default 1000) is how many dispatches, `KENTONGAN_STORM_KILLS` (default 10) how often the
//! server is killed, `KENTONGAN_SEED` brings the choices of a run back.

mod city;
mod count;
mod mail;
mod moods;
mod people;
mod providers;
mod screen;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use kentongan_tests::agreement::gap_free_log;
use kentongan_tests::api::Api;
use kentongan_tests::clock::Stopwatch;
use kentongan_tests::random::Random;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use uuid::Uuid;

use city::{AGENCIES, City};
use people::People;
use providers::Providers;
use screen::Screen;

/// People who forward at once.
const OPERATORS: usize = 6;
/// How long a request is repeated while the server is away.
const PATIENCE: Duration = Duration::from_secs(60);

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_of_dispatches_is_acted_on_once_and_none_is_lost() -> anyhow::Result<()> {
    let (dispatches, kills) = (number("KENTONGAN_STORM", 1_000), number("KENTONGAN_STORM_KILLS", 10));
    let seed = Random::seed_from("KENTONGAN_SEED");
    println!("{dispatches} dispatches, {kills} kills, KENTONGAN_SEED={seed}");
    let mut random = Random::new(seed);
    let people = Arc::new(People::new(random.branch()));
    let providers = Providers::start(Arc::clone(&people), random.branch()).await?;
    let mut city = City::start(&providers).await?;
    people.work_at(&city.server.base)?;
    let operator = Api::log_in(&city.server.base, "operator").await?;
    let auditor = Api::log_in(&city.server.base, "auditor").await?;
    let screen = Screen::open(&operator).await?;

    let began = Stopwatch::start();
    let mut operators = JoinSet::new();
    let incidents = dispatches.div_ceil(AGENCIES.len() as u64);
    for at in 0..OPERATORS as u64 {
        let share = incidents / OPERATORS as u64 + u64::from(at < incidents % OPERATORS as u64);
        operators.spawn(forward(operator.clone(), share, random.branch()));
    }
    let between = Duration::from_secs(2);
    let mut killed = 0;
    while killed < kills || !operators.is_empty() {
        let pause = tokio::time::timeout(between, operators.join_next()).await;
        if let Ok(Some(ended)) = pause {
            ended??;
            continue;
        }
        if killed < kills {
            city.server.kill()?;
            killed += 1;
            city = tokio::task::spawn_blocking(move || city.server.restart().map(|()| city)).await??;
        }
    }
    let forwarded_in = began.elapsed();
    // Everything that can still arrive arrives; everything that nobody answers rings.
    let operator = operator.reconnected()?;
    let views = count::settled(&operator).await?;
    people.rest().await;
    let views = count::settled(&operator).await.context("after the last answers")?.into_iter().chain(views);
    let views: BTreeMap<String, Value> =
        views.map(|view| (view["id"].as_str().unwrap_or_default().to_owned(), view)).collect();
    let views: BTreeMap<String, Value> = {
        // The newest of each.
        let mut newest = BTreeMap::new();
        for id in views.keys() {
            newest.insert(id.clone(), operator.get(&format!("dispatches/{id}")).await?);
        }
        newest
    };
    ensure!(views.len() as u64 >= dispatches, "{} of {dispatches} dispatches are there", views.len());
    let seen = screen.close().await?;
    let events = gap_free_log(&auditor.reconnected()?).await?;
    let log = auditor.reconnected()?.all("events?limit=200").await?;
    let figures = count::check(&views, &log, &seen, &people, &providers)?;
    ensure!(city.server.stop()?, "the server ended badly");
    let (code, said) = city.server.cli(&["verify"])?;
    ensure!(code == 0, "verify: {said}");
    println!(
        "{dispatches} dispatches in {:.1} s, {kills} kills, {events} events\n{figures}",
        forwarded_in.as_secs_f64()
    );
    Ok(())
}

/// Opens incidents and forwards each to every agency; asks again with the same key until it is answered.
async fn forward(operator: Api, incidents: u64, mut random: Random) -> anyhow::Result<()> {
    for _ in 0..incidents {
        let text = format!("Kebakaran rumah, api besar {}", random.next());
        let stored = persist(&operator, &mut random, "reports", json!({ "channel": "phone", "text": text })).await?;
        let report = stored.pointer("/report/id").cloned().context("no report")?;
        let priority = if random.once_in(2) { 1 } else { 2 };
        let body = json!({ "report_ids": [report], "type": "fire_building", "priority": priority });
        let opened = persist(&operator, &mut random, "incidents", body).await?;
        let incident = opened.pointer("/incident/id").and_then(Value::as_str).context("no incident")?.to_owned();
        for (at, agency) in AGENCIES.iter().enumerate() {
            let role = if at == 0 { "lead" } else { "support" };
            let body = json!({ "agency": agency, "role": role });
            persist(&operator, &mut random, &format!("incidents/{incident}/dispatches"), body).await?;
        }
    }
    Ok(())
}

/// Posts until there is an answer; the same key makes it once.
async fn persist(api: &Api, random: &mut Random, path: &str, body: Value) -> anyhow::Result<Value> {
    let (key, waited): (Uuid, _) = (random.uuid(), Stopwatch::start());
    loop {
        match api.send_keyed(reqwest::Method::POST, path, Some(&body), Some(key)).await {
            Ok(answer) if answer.status.is_success() => return Ok(answer.body),
            Ok(answer) => ensure!(answer.status.as_u16() == 503, "{path}: {} {}", answer.status, answer.body),
            // Cut off by a kill.
            Err(_) => {}
        }
        ensure!(waited.elapsed() < PATIENCE, "{path} was not answered");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
