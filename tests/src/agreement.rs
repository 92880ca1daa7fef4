//! I8: every console, when quiet, equals the server; and what one centre's lists must always fulfil.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use crate::api::{Api, id_of};
use crate::clock::Stopwatch;
use crate::console::Console;

/// How long a console may take to become quiet and equal.
const SETTLE_WITHIN: Duration = Duration::from_mins(1);
/// A stream that says nothing for so long is looked at.
const QUIET: Duration = Duration::from_millis(250);

/// Everything that somebody sees by asking, by kind and id, as the stream would carry it.
///
/// # Errors
/// When a list is refused.
pub async fn asked(api: &Api) -> anyhow::Result<BTreeMap<(String, String), Value>> {
    let mut found = BTreeMap::new();
    for (kind, path) in [
        ("report", "reports?limit=200"),
        ("incident", "incidents?limit=200"),
        ("dispatch", "dispatches?limit=200"),
        ("unit", "units?limit=200"),
    ] {
        for mut item in api.all(path).await? {
            let id = id_of(&item, "/id")?;
            if let Some(fields) = item.as_object_mut() {
                fields.insert("kind".to_owned(), kind.into());
                // Where a unit is comes apart from its view.
                fields.remove("position");
            }
            ensure!(found.insert((kind.to_owned(), id), item).is_none(), "{path} names an item twice");
        }
    }
    Ok(found)
}

/// What a console holds otherwise than the server answers; empty when they agree.
///
/// # Errors
/// When the server cannot be asked.
pub async fn differences(console: &Console, api: &Api) -> anyhow::Result<Vec<String>> {
    let asked = asked(api).await?;
    let keys: BTreeSet<_> = asked.keys().chain(console.views.keys()).collect();
    Ok(keys
        .into_iter()
        .filter(|key| asked.get(key) != console.views.get(key))
        .map(|key| match (asked.get(key), console.views.get(key)) {
            (Some(asked), Some(held)) => format!("{key:?}: {}", fields_that_differ(asked, held)),
            (Some(_), None) => format!("{key:?} is missing on the console"),
            _ => format!("{key:?} is only on the console"),
        })
        .collect())
}

fn fields_that_differ(asked: &Value, held: &Value) -> String {
    let names: BTreeSet<&String> =
        asked.as_object().into_iter().chain(held.as_object()).flat_map(serde_json::Map::keys).collect();
    let differing = names.into_iter().filter(|name| asked.get(name) != held.get(name));
    let words = |name: &String| format!("{name}: asked {:?}, held {:?}", asked.get(name), held.get(name));
    differing.map(words).collect::<Vec<_>>().join("; ")
}

/// Reads a console's stream until it is quiet and equals what its person gets by asking.
///
/// # Errors
/// When it does not within a minute (with the first differences), or its stream breaks the rules.
pub async fn settle(console: &mut Console, api: &Api) -> anyhow::Result<()> {
    let waited = Stopwatch::start();
    loop {
        // Ticks go on for ever: only what changes something keeps a console from being quiet.
        while let Ok(step) = tokio::time::timeout(QUIET, console.step()).await {
            if step.context("a console that settles")? == "tick" {
                break;
            }
        }
        let differences = differences(console, api).await?;
        if differences.is_empty() {
            return Ok(());
        }
        if waited.elapsed() > SETTLE_WITHIN {
            let first: Vec<_> = differences.iter().take(5).collect();
            bail!("{} differences on a quiet console, the first: {first:#?}", differences.len());
        }
    }
}

/// Checks that the log has no gap; its length.
///
/// # Errors
/// Names the gap.
pub async fn gap_free_log(auditor: &Api) -> anyhow::Result<i64> {
    let mut last = 0;
    for event in auditor.all("events?limit=200").await? {
        let seq = event.get("seq").and_then(Value::as_i64).context("an event without seq")?;
        ensure!(seq == last + 1, "event {seq} follows {last}");
        last = seq;
    }
    Ok(last)
}

/// Checks that no value stands twice under a pointer.
///
/// # Errors
/// Names the value.
pub fn all_different(items: &[Value], pointer: &str) -> anyhow::Result<()> {
    let mut seen = BTreeSet::new();
    for item in items {
        let value = id_of(item, pointer)?;
        ensure!(seen.insert(value.clone()), "{value} stands twice under {pointer}");
    }
    Ok(())
}

/// Checks I3: at most one live dispatch for each incident and agency, and no revision twice.
///
/// # Errors
/// Names the incident and the agency.
pub fn one_live_dispatch_each(dispatches: &[Value]) -> anyhow::Result<()> {
    let mut live: BTreeSet<(String, String)> = BTreeSet::new();
    let mut revisions = BTreeSet::new();
    for dispatch in dispatches {
        let whom = (id_of(dispatch, "/incident")?, id_of(dispatch, "/agency")?);
        let state = id_of(dispatch, "/state")?;
        let revision = dispatch.get("revision").and_then(Value::as_u64);
        ensure!(revisions.insert((whom.clone(), revision)), "revision {revision:?} of {whom:?} stands twice");
        if !matches!(state.as_str(), "completed" | "rejected" | "withdrawn") {
            ensure!(live.insert(whom.clone()), "two live dispatches for {whom:?}");
        }
    }
    Ok(())
}
