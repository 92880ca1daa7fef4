//! The drill centre works like a real one, says what it is, and lets nothing out.

use anyhow::{Context as _, ensure};
use futures_util::{SinkExt as _, StreamExt as _};
use kentongan_tests::api::{Api, CITY, DRILL, id_of};
use kentongan_tests::console::open_socket;
use kentongan_tests::server::Server;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn a_drill_runs_from_report_to_end_apart_from_the_city() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let trainer = Api::log_in(&server.base, "trainer").await?.in_centre(DRILL);
    let damkar = Api::log_in(&server.base, "damkar").await?.in_centre(DRILL);
    let operator = Api::log_in(&server.base, "operator").await?;
    let before = operator.all("units").await?;

    let body = json!({ "channel": "phone", "text": "Kebakaran gudang", "location": { "lat": -7.8228, "lon": 112.0119 } });
    let stored = trainer.post("reports", body, 201).await?;
    assert_eq!(stored["agencies"][0]["agency"], "damkar", "{stored}");
    let report = id_of(&stored, "/report/id")?;
    let incident = trainer.incident(&[report], "fire_building", 1).await?;
    let dispatch = trainer.dispatch(&incident, "damkar", "lead").await?;
    for act in ["acknowledge", "accept", "en-route", "on-scene", "complete"] {
        damkar.act(&dispatch, act, json!({})).await?;
    }
    let closed = trainer.post(&format!("incidents/{incident}/close"), json!({}), 200).await?;
    assert_eq!(closed["incident"]["state"], "closed");

    // The city has seen nothing of it.
    for list in ["reports", "incidents", "dispatches"] {
        ensure!(operator.all(list).await?.is_empty(), "a drill's {list} stand in the city's list");
    }
    assert_eq!(operator.all("units").await?, before, "a drill moved the city's units");
    let session = trainer.get("/api/v1/session").await?;
    assert_eq!(
        session["grants"],
        json!([{ "centre": DRILL, "centre_name": session["grants"][0]["centre_name"],
        "drill": true, "role": "trainer", "agency": null }])
    );
    for (api, drill) in [(&trainer, true), (&operator, false)] {
        assert_eq!(welcome(api).await?["drill"], drill);
    }
    Ok(())
}

#[tokio::test]
async fn nothing_can_be_sent_out_of_a_drill() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let endpoint = |centre: &'static str, agency: &'static str, url: &'static str| {
        server.cli(&["centre", "endpoint", "--centre", centre, "--agency", agency, "--url", url])
    };
    let (code, said) = endpoint(DRILL, "damkar", "http://127.0.0.1:9/hook")?;
    ensure!(code == 2 && said.contains("drill"), "a drill got an endpoint: {code} {said}");
    for (centre, agency, url) in [
        (CITY, "nasa", "http://127.0.0.1:9/hook"),
        (CITY, "damkar", "file:///etc/passwd"),
        (CITY, "damkar", "nowhere"),
        ("atlantis", "damkar", "http://127.0.0.1:9/hook"),
    ] {
        let (code, said) = endpoint(centre, agency, url)?;
        ensure!(code == 2, "{centre} {agency} {url} ended with {code}: {said}");
    }
    let (code, secret) = endpoint(CITY, "damkar", "http://127.0.0.1:9/hook")?;
    ensure!(code == 0 && secret.starts_with("whsec_") && secret.lines().count() == 1, "{code} {secret}");
    // A drill's dispatch goes to the agency's screen only.
    let trainer = Api::log_in(&server.base, "trainer").await?.in_centre(DRILL);
    let report = trainer.report("Kebakaran").await?;
    let incident = trainer.incident(&[report], "fire_building", 1).await?;
    let dispatch = trainer.dispatch(&incident, "damkar", "lead").await?;
    let view = trainer.get(&format!("dispatches/{dispatch}")).await?;
    let channels: Vec<&Value> = view["deliveries"]
        .as_array()
        .context("no deliveries")?
        .iter()
        .map(|delivery| &delivery["channel"])
        .collect();
    assert_eq!(channels, ["console"]);
    Ok(())
}

/// The first message of a stream.
async fn welcome(api: &Api) -> anyhow::Result<Value> {
    let mut socket = open_socket(api).await?;
    socket.send(Message::text(json!({ "type": "hello", "protocol": 1 }).to_string())).await?;
    let message = socket.next().await.context("nothing came")??;
    let welcome: Value = serde_json::from_str(message.to_text()?)?;
    ensure!(welcome.get("type").is_some_and(|kind| kind == "welcome"), "{welcome}");
    Ok(welcome)
}
