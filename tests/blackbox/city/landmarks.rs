//! A landmark that an operator adds is found by the next caller, on this node and on others, and after a crash.

use anyhow::ensure;
use kentongan_tests::api::Api;
use kentongan_tests::server::Server;
use serde_json::{Value, json};

#[tokio::test]
async fn an_added_landmark_is_found_by_the_next_call_and_kept() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let words = json!({ "text": "ada asap tebal di belakang warung mbok sumirah" });
    let before = operator.post("triage", words.clone(), 200).await?;
    ensure!(!before["place"]["candidates"].to_string().contains("Sumirah"), "{before}");

    let landmark = json!({ "name": "Warung Mbok Sumirah", "lat": -7.8201, "lon": 112.0112 });
    damkar.post("landmarks", landmark.clone(), 403).await?;
    for (field, value, pointer) in
        [("name", json!("  "), "/name"), ("lat", json!(112.0), "/lat"), ("lon", json!(190.0), "/lon")]
    {
        let mut wrong = landmark.clone();
        wrong[field] = value;
        assert_eq!(operator.post("landmarks", wrong, 422).await?["pointer"], pointer);
    }
    let added = operator.post("landmarks", landmark.clone(), 201).await?;
    assert_eq!(added["added_by"], "operator");
    ensure!(added["regency"].is_string(), "it lies somewhere: {added}");
    assert_eq!(operator.post("landmarks", landmark, 409).await?["code"], "landmark_known");

    let found = |answer: &Value| answer["place"]["label"].as_str().map(str::to_owned);
    let after = operator.post("triage", words.clone(), 200).await?;
    assert_eq!(found(&after).as_deref(), Some("Warung Mbok Sumirah"), "{}", after["place"]);
    assert_eq!(after["place"]["verdict"], "found");

    server.kill()?;
    server.restart()?;
    let operator = operator.reconnected()?;
    let again = operator.post("triage", words, 200).await?;
    assert_eq!(found(&again).as_deref(), Some("Warung Mbok Sumirah"), "{}", again["place"]);
    assert_eq!(operator.get("landmarks").await?["items"][0]["name"], "Warung Mbok Sumirah");

    // What the words say of a place is told, whatever they are.
    for (text, verdict) in [
        ("", "silent"),
        ("\u{1f525}", "silent"),
        ("tolong cepat", "no_place"),
        ("-9.1012, 112.0112", "off_the_map"),
        ("112.0112, -7.8201", "position"),
    ] {
        let answer = operator.post("triage", json!({ "text": text }), 200).await?;
        assert_eq!(answer["place"]["verdict"], verdict, "{text}: {}", answer["place"]);
    }
    let swapped = json!({ "text": "api", "location": { "lat": 112.01, "lon": -7.82 } });
    let refused = operator.post("triage", swapped, 422).await?;
    ensure!(refused["detail"].as_str().is_some_and(|words| words.contains("swapped")), "{refused}");
    Ok(())
}
