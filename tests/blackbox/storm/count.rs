//! What must hold after the storm, and its figures.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::clock::Stopwatch;
use serde_json::Value;

use super::city::ALARM_MS;
use super::people::People;
use super::providers::Providers;
use super::screen::Seen;

/// How long everything may take to come to rest.
const PATIENCE: Duration = Duration::from_secs(100);
/// How late after its deadline an unanswered dispatch may be on a screen: the goal is 5 s.
const LATEST_US: i64 = 5_000_000;

/// Waits until nothing is left to send and whatever nobody acknowledged rings; every dispatch.
pub async fn settled(operator: &Api) -> anyhow::Result<Vec<Value>> {
    let waited = Stopwatch::start();
    loop {
        let views = operator.all("dispatches?limit=200").await?;
        let due = |one: &Value| one["next_attempt_at"].is_i64() && one["channel"] != "console";
        let open: Vec<&Value> = views
            .iter()
            .filter(|view| {
                let silent = view["acknowledged_at"].is_null() && view["escalated_at"].is_null();
                silent || view["deliveries"].as_array().into_iter().flatten().any(due)
            })
            .collect();
        if open.is_empty() {
            return Ok(views);
        }
        if waited.elapsed() > PATIENCE {
            let first = open.first().map(ToString::to_string).unwrap_or_default();
            bail!("{} dispatches are not at rest, the first: {first}", open.len());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Checks what was promised; the figures.
pub fn check(
    views: &BTreeMap<String, Value>,
    log: &[Value],
    seen: &Seen,
    people: &People,
    providers: &Providers,
) -> anyhow::Result<String> {
    // Acted on once: no dispatch is acknowledged twice, and a console shows what the log says.
    let mut acknowledged: BTreeMap<&str, u64> = BTreeMap::new();
    let mut by: BTreeMap<String, u64> = BTreeMap::new();
    for event in log.iter().filter(|event| event["kind"] == "dispatch_moved") {
        if event.pointer("/payload/act").and_then(Value::as_str) == Some("acknowledge") {
            *acknowledged.entry(event["id"].as_str().context("no id")?).or_default() += 1;
            let via = event.pointer("/payload/via").and_then(Value::as_str).unwrap_or("console");
            *by.entry(via.to_owned()).or_default() += 1;
        }
    }
    for (id, view) in views {
        let times = acknowledged.get(id.as_str()).copied().unwrap_or_default();
        ensure!(times <= 1, "{id} was acknowledged {times} times");
        ensure!((times == 1) == view["acknowledged_at"].is_i64(), "the log and the view of {id} differ");
    }
    // One effect for each (dispatch, notice): under whatever number of deliveries it came.
    for ((dispatch, kind), events) in people.hooked() {
        ensure!(events.len() == 1, "the brigade acted {} times on {kind} of {dispatch}", events.len());
    }
    for view in views.values() {
        let deliveries = view["deliveries"].as_array().context("no deliveries")?;
        let keys: BTreeSet<String> = deliveries
            .iter()
            .map(|one| format!("{} {} {} {}", one["contact"], one["channel"], one["notice"], one["wording"]))
            .collect();
        ensure!(keys.len() == deliveries.len(), "somebody is told twice by {}", view["id"]);
    }
    ensure!(people.failed().is_empty(), "answers did not get through: {:?}", people.failed());
    // Whatever nobody acknowledged in time was on a screen in time.
    let (mut silent, mut late, mut lateness) = (0, 0, Vec::new());
    for (id, view) in views {
        let due = view["queued_at"].as_i64().context("no instant")? + ALARM_MS * 1_000;
        if view["acknowledged_at"].as_i64().is_some_and(|at| at <= due) {
            continue;
        }
        silent += u64::from(view["acknowledged_at"].is_null());
        late += 1;
        let Some(at) = seen.get(id) else {
            // Acknowledged in the moment it would have rung.
            let after = view["acknowledged_at"].as_i64().map(|at| at - due);
            ensure!(after.is_some_and(|after| after < LATEST_US), "{id} was never on the screen");
            continue;
        };
        lateness.push(at - due);
    }
    lateness.sort_unstable();
    let at = |share: usize| lateness.get(lateness.len().saturating_sub(1) * share / 100).copied().unwrap_or(0);
    let worst = at(100);
    ensure!(worst <= LATEST_US, "a dispatch was on the screen {} ms after its deadline", worst / 1_000);
    let mut ways: BTreeMap<String, u64> = BTreeMap::new();
    for one in views.values().filter_map(|view| view["deliveries"].as_array()).flatten() {
        let way = format!("{} {}", one["channel"].as_str().unwrap_or("?"), one["state"].as_str().unwrap_or("?"));
        *ways.entry(way).or_default() += 1;
    }
    Ok(format!(
        "acknowledged {} of {} ({by:?}), {silent} by nobody; {late} past their deadline, shown after it: \
         p50 {} ms, p99 {} ms, worst {} ms\n{}\n{}\ndeliveries {ways:?}",
        acknowledged.len(),
        views.len(),
        at(50) / 1_000,
        at(99) / 1_000,
        worst / 1_000,
        people.counted(),
        providers.counted(),
    ))
}
