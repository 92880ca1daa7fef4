//! One report travels from a caller to an agency's acknowledgement and to the end.

use kentongan_tests::api::{Api, id_of};
use kentongan_tests::console::Console;
use kentongan_tests::server::Server;
use serde_json::json;

#[tokio::test]
async fn a_fire_is_reported_forwarded_acknowledged_and_closed() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let mut desk = Console::connect(&operator).await?;
    let mut agency = Console::connect(&damkar).await?;

    let stored = operator
        .post(
            "reports",
            json!({ "channel": "phone", "text": "Kebakaran rumah, api besar", "place_text": "Jl Dhoho",
                    "reporter": { "name": "Bu Contoh", "phone": "+6281200000000" } }),
            201,
        )
        .await?;
    let report = id_of(&stored, "/report/id")?;
    assert_eq!(stored["triage"]["category"], "fire");
    assert_eq!(stored["agencies"][0]["agency"], "damkar");
    desk.until("report", &report, |view| view["reporter"]["name"] == "Bu Contoh").await?;

    let incident = operator.incident(std::slice::from_ref(&report), "fire_building", 1).await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    let shown = agency.until("dispatch", &dispatch, |_| true).await?;
    assert_eq!(shown["incident"], incident.as_str());
    let words = agency.until("report", &report, |_| true).await?;
    assert_eq!(words["text"], "Kebakaran rumah, api besar");
    assert_eq!(words["reporter"], serde_json::Value::Null, "an agency does not see who reported");
    desk.until("dispatch", &dispatch, |view| view["state"] == "delivered").await?;

    for (act, state) in [
        ("acknowledge", "acknowledged"),
        ("accept", "accepted"),
        ("en-route", "en_route"),
        ("on-scene", "on_scene"),
    ] {
        assert_eq!(damkar.act(&dispatch, act, json!({})).await?, state);
    }
    desk.until("incident", &incident, |view| view["state"] == "active").await?;
    assert_eq!(damkar.act(&dispatch, "complete", json!({})).await?, "completed");
    desk.until("incident", &incident, |view| view["state"] == "monitored").await?;
    let closed = operator.post(&format!("incidents/{incident}/close"), json!({}), 200).await?;
    assert_eq!(closed["incident"]["state"], "closed");
    agency.until("incident", &incident, |view| view["state"] == "closed").await?;

    assert!(server.stop()?, "the server ended badly");
    let (code, said) = server.cli(&["verify"])?;
    assert_eq!(code, 0, "{said}");
    Ok(())
}
