//! What is kept of positions: over a stop, a crash, and between machines that share a database.

use anyhow::ensure;
use kentongan_store::testing::ScratchPostgres;
use kentongan_tests::api::Api;
use kentongan_tests::clock::now_us;
use kentongan_tests::console::Console;
use kentongan_tests::server::{Server, Start};
use serde_json::{Value, json};

use super::{tell, world};

const SECOND: i64 = 1_000_000;

/// Steps of a drive: seconds before now, and how far north of the start in metres.
async fn drive(api: &Api, unit: &str, steps: &[(i64, f64)]) -> anyhow::Result<Value> {
    let now = now_us();
    let body: Vec<Value> = steps
        .iter()
        .map(|(ago, metres)| {
            json!({ "lat": -7.8 + metres / 111_195.0, "lon": 112.0, "at": now - ago * SECOND, "speed_kmh": 30 })
        })
        .collect();
    api.post(&format!("units/{unit}/position"), Value::Array(body), 200).await
}

/// Asks until the unit's track has so many points.
async fn track(api: &Api, unit: &str, points: usize) -> anyhow::Result<Vec<Value>> {
    loop {
        let found = api.all(&format!("units/{unit}/track")).await?;
        if found.len() >= points {
            return Ok(found);
        }
    }
}

#[tokio::test]
async fn a_track_is_thinned_and_the_last_position_survives_a_crash_and_a_stop() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    // Kept: the first, 100 m on, 30 s and some way on, and ten minutes on.
    let steps = [
        (1_000, 0.0),
        (995, 60.0),
        (990, 110.0),
        (985, 115.0),
        (955, 140.0),
        (900, 141.0),
        (300, 141.0),
        (299, 142.0),
    ];
    let taken = drive(&operator, "damkar-1", &steps).await?;
    ensure!(taken["taken"] == steps.len(), "{taken}");
    let kept = track(&operator, "damkar-1", 4).await?;
    let lats: Vec<f64> = kept.iter().filter_map(|point| point["lat"].as_f64()).collect();
    let metres: Vec<f64> = lats.iter().map(|lat| ((lat + 7.8) * 111_195.0).round()).collect();
    ensure!(metres == [0.0, 110.0, 140.0, 141.0], "{metres:?}");
    ensure!(kept[0]["speed_kmh"] == 30.0, "{}", kept[0]);

    server.kill()?;
    server.restart()?;
    let operator = operator.reconnected()?;
    let after = operator.get("units/damkar-1").await?;
    ensure!(after["position"]["at"] == kept[3]["at"], "the last one kept: {after}");
    ensure!(
        after["position"]["age_ms"].as_i64().is_some_and(|age| age >= 299_000),
        "its age is told: {after}"
    );

    // Asked to stop, it keeps the very last word, too, though it moved by a metre only.
    let last = tell(&operator, "damkar-1", -7.8 + 143.0 / 111_195.0, 112.0).await?;
    ensure!(last["taken"] == 1, "{last}");
    let before = operator.get("units/damkar-1").await?["position"].clone();
    ensure!(server.stop()?);
    server.restart()?;
    let operator = operator.reconnected()?;
    let after = operator.get("units/damkar-1").await?["position"].clone();
    for field in ["lat", "lon", "at", "accuracy_m"] {
        ensure!(after[field] == before[field], "{before} {after}");
    }
    // A console that comes now is shown it, and an older word does not move it.
    let mut desk = Console::connect(&operator).await?;
    desk.look(&world()).await?;
    ensure!(desk.positions.contains_key("damkar-1"), "{:?}", desk.positions);
    ensure!(drive(&operator, "damkar-1", &[(200, 900.0)]).await?["older"] == 1);
    Ok(())
}

#[tokio::test]
async fn another_machine_over_the_same_database_hears_of_it() -> anyhow::Result<()> {
    let postgres = tokio::task::spawn_blocking(ScratchPostgres::start).await?.map_err(anyhow::Error::msg)?;
    let url = postgres.database("units").map_err(anyhow::Error::msg)?;
    let (one, two) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let first = Server::start(one.path(), Start::demo_on(&url))?;
    let second = Server::start(two.path(), Start::demo_on(&url))?;
    let operator = Api::log_in(&first.base, "operator").await?;
    let mut desk = Console::connect(&Api::log_in(&second.base, "operator").await?).await?;
    desk.look(&world()).await?;
    tell(&operator, "damkar-1", -7.81, 112.01).await?;
    let seen = desk.until_position("damkar-1", |_| true).await?;
    ensure!(seen["lat"] == -7.81 && seen["accuracy_m"] == 8.0, "{seen}");
    ensure!(track(&operator, "damkar-1", 1).await?.len() == 1, "once, whoever heard it");
    Ok(())
}
