//! The log over HTTP: gap-free from 1, linked, and for those who may audit only.

use anyhow::ensure;
use kentongan_tests::api::{Api, DRILL};
use kentongan_tests::server::Server;
use serde_json::{Value, json};

#[tokio::test]
async fn events_are_numbered_without_gaps_from_one() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let auditor = Api::log_in(&server.base, "auditor").await?;
    for nth in 0..4 {
        let report = operator.report(&format!("Kebakaran {nth}")).await?;
        let incident = operator.incident(&[report], "fire_building", 1).await?;
        operator.dispatch(&incident, "damkar", "lead").await?;
        // Refused commands leave no gap.
        operator.post(&format!("incidents/{incident}/reopen"), json!({ "reason": "x" }), 409).await?;
    }
    operator.in_centre(DRILL).report("Latihan").await?;

    let whole = auditor.all("events?limit=200").await?;
    gap_free(&whole)?;
    ensure!(whole.len() >= 12, "only {} events", whole.len());
    for limit in [1, 5] {
        ensure!(auditor.all(&format!("events?limit={limit}")).await? == whole, "by {limit} they are others");
    }
    let after = auditor.all("events?after=5").await?;
    ensure!(after == whole[5..], "after=5 gives others than those after the fifth");
    let past = auditor.get(&format!("events?after={}", whole.len())).await?;
    assert_eq!(past, json!({ "items": [], "next": null }));
    assert_eq!(auditor.get("events/3").await?, whole[2]);
    // The drill centre counts for itself.
    let drill = auditor.in_centre(DRILL).all("events").await?;
    gap_free(&drill)?;
    assert_eq!(drill.len(), 1);

    server.kill()?;
    server.restart()?;
    let operator = operator.reconnected()?;
    let auditor = auditor.reconnected()?;
    operator.report("Setelah listrik padam").await?;
    let again = auditor.all("events?limit=200").await?;
    gap_free(&again)?;
    ensure!(again[..whole.len()] == whole[..], "the log is another one after a crash");
    Ok(())
}

fn gap_free(events: &[Value]) -> anyhow::Result<()> {
    for (seq, event) in (1_i64..).zip(events) {
        ensure!(event["seq"] == seq, "{} stands where {seq} should", event["seq"]);
        ensure!(event["hash"].as_str().is_some_and(|hash| hash.len() == 64), "{event} has no hash");
        ensure!(event["actor"].as_str().is_some_and(|actor| !actor.is_empty()), "{event} names nobody");
    }
    Ok(())
}
