//! Ends: closing sets everything free, and of two changes to one version only one goes through.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use super::findings::problem;

#[tokio::test]
async fn closing_ends_dispatches_and_releases_units() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let own: Vec<String> =
        damkar.all("units").await?.iter().filter_map(|unit| id_of(unit, "/id").ok()).collect();
    let [first, second, ..] = &own[..] else { anyhow::bail!("damkar has {} units", own.len()) };
    let report = operator.report("Kebakaran rumah").await?;
    let incident = operator.incident(&[report], "fire_building", 1).await?;
    let body = json!({ "agency": "damkar", "role": "lead", "units": [first] });
    let made = operator.post(&format!("incidents/{incident}/dispatches"), body, 201).await?;
    let dispatch = id_of(&made, "/dispatch/id")?;
    let waiting = operator.dispatch(&incident, "polres", "support").await?;
    assert_eq!(unit(&operator, first).await?, ("assigned".to_owned(), json!(dispatch)));

    damkar.act(&dispatch, "acknowledge", json!({})).await?;
    damkar.act(&dispatch, "accept", json!({ "units": [second] })).await?;
    damkar.act(&dispatch, "en-route", json!({})).await?;
    for code in [first, second] {
        assert_eq!(unit(&damkar, code).await?, ("en_route".to_owned(), json!(dispatch)));
    }
    // A unit works for one dispatch at a time.
    let other = operator.report("Kebakaran lain").await?;
    let other = operator.incident(&[other], "fire_building", 1).await?;
    let body = json!({ "agency": "damkar", "role": "lead", "units": [first] });
    let answer = operator.send(Method::POST, &format!("incidents/{other}/dispatches"), Some(&body)).await?;
    problem(&answer, 409, "illegal_step")?;
    assert_eq!(answer.body["state"], "en_route");

    damkar.act(&dispatch, "on-scene", json!({})).await?;
    let closed =
        operator.post(&format!("incidents/{incident}/close"), json!({ "note": "Padam" }), 200).await?;
    assert_eq!(
        (&closed["incident"]["state"], &closed["incident"]["note"]),
        (&json!("closed"), &json!("Padam"))
    );
    for (id, state) in [(&dispatch, "completed"), (&waiting, "withdrawn")] {
        let view = operator.get(&format!("dispatches/{id}")).await?;
        ensure!(view["state"] == state && view["ended_at"].is_i64(), "{view}");
    }
    for code in [first, second] {
        assert_eq!(unit(&operator, code).await?, ("available".to_owned(), Value::Null));
    }
    operator.post(&format!("incidents/{other}/dispatches"), body, 201).await.map(drop)
}

#[tokio::test]
async fn of_two_changes_to_one_version_one_is_refused() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let supervisor = Api::log_in(&server.base, "supervisor").await?;
    let report = operator.report("Kebakaran rumah").await?;
    let incident = operator.incident(&[report], "fire_building", 3).await?;
    let path = format!("incidents/{incident}");
    let version = operator.get(&path).await?["version"].as_u64().context("no version")?;

    let (mine, theirs) =
        (json!({ "version": version, "priority": 1 }), json!({ "version": version, "priority": 2 }));
    let (one, two) = tokio::join!(
        operator.send(Method::PATCH, &path, Some(&mine)),
        supervisor.send(Method::PATCH, &path, Some(&theirs)),
    );
    let (won, lost) = match (one?, two?) {
        (won, lost) if won.status.as_u16() == 200 => (won, lost),
        (lost, won) => (won, lost),
    };
    let changed = won.expect_status(200)?;
    problem(&lost, 409, "version_moved")?;
    let now = operator.get(&path).await?;
    ensure!(now["version"].as_u64() == Some(version + 1), "{now}");
    ensure!(now["priority"] == changed["incident"]["priority"], "the refused change went through: {now}");
    // With the version read again it goes through, and without one it always does.
    let again = json!({ "version": version + 1, "priority": 4, "type": "fire_vehicle" });
    let changed = operator.send(Method::PATCH, &path, Some(&again)).await?.expect_status(200)?;
    assert_eq!(changed["incident"]["type"], "fire_vehicle");
    let place = json!({ "place": { "lat": -7.8228, "lon": 112.0119, "label": "Depan pasar", "village": "Atlantis" } });
    let placed = operator.send(Method::PATCH, &path, Some(&place)).await?.expect_status(200)?;
    assert_eq!(placed["incident"]["place"]["label"], "Depan pasar");
    ensure!(placed["incident"]["place"]["village"] != "Atlantis", "an area was believed: {placed}");
    assert_eq!(placed["incident"]["place"]["regency_code"], "35.71");
    Ok(())
}

async fn unit(api: &Api, code: &str) -> anyhow::Result<(String, Value)> {
    let view = api.get(&format!("units/{code}")).await?;
    Ok((id_of(&view, "/state")?, view.get("dispatch").cloned().unwrap_or_default()))
}
