//! A landmark that an operator adds is found by the next caller, on this node and on others, and after a crash; one
//! that is corrected or taken away no longer is.

use std::time::Duration;

use anyhow::{Context as _, anyhow, ensure};
use kentongan_store::testing::ScratchPostgres;
use kentongan_tests::api::{Api, DRILL, id_of};
use kentongan_tests::random::Random;
use kentongan_tests::server::{Server, Start};
use reqwest::Method;
use serde_json::{Value, json};

/// What a text about it gives as its place.
async fn place_of(api: &Api, words: &str) -> anyhow::Result<Option<String>> {
    let answer = api.post("triage", json!({ "text": words }), 200).await?;
    Ok(answer.pointer("/place/label").and_then(Value::as_str).map(str::to_owned))
}

fn path_of(landmark: &Value) -> anyhow::Result<String> {
    Ok(format!("landmarks/{}", id_of(landmark, "/id")?))
}

/// What the server answers to a request without a body or with one: status and body.
async fn ask(api: &Api, method: Method, path: &str, body: Option<Value>) -> anyhow::Result<(u16, Value)> {
    let answer = api.send(method, path, body.as_ref()).await?;
    Ok((answer.status.as_u16(), answer.body))
}

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

#[tokio::test]
async fn an_added_landmark_is_corrected_and_taken_away() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let supervisor = Api::log_in(&server.base, "supervisor").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let words = "ada asap di belakang warung mbok sumirah";

    let told = json!({ "name": "Warung Mbok Sumirah", "lat": -7.8201, "lon": 112.0112 });
    let key = Random::new(1).uuid();
    let send = || operator.send_keyed(Method::POST, "landmarks", Some(&told), Some(key));
    let added = send().await?.expect_status(201)?;
    ensure!(added["changed_by"].is_null() && added["may_remove"] == true, "{added}");
    let path = path_of(&added)?;
    let gate = json!({ "name": "Gapura Uji", "lat": -7.8204, "lon": 112.0118 });
    let gate = supervisor.post("landmarks", gate, 201).await?;
    let list = operator.get("landmarks").await?;
    let names: Vec<&str> =
        list["items"].as_array().context("a list")?.iter().filter_map(|it| it["name"].as_str()).collect();
    assert_eq!(names, ["Gapura Uji", "Warung Mbok Sumirah"], "the latest first");
    assert_eq!(list["items"][0]["may_remove"], false, "another's: {list}");

    // Whoever is at the desk may put another's right; an agency nobody's.
    let renamed = json!({ "name": "  Warung  Bu Sumirah " });
    assert_eq!(ask(&damkar, Method::PATCH, &path, Some(renamed.clone())).await?.0, 403);
    let (status, changed) = ask(&supervisor, Method::PATCH, &path, Some(renamed.clone())).await?;
    ensure!(status == 200 && changed["id"] == added["id"], "{status} {changed}");
    assert_eq!(
        (&changed["name"], &changed["changed_by"]),
        (&json!("Warung Bu Sumirah"), &json!("supervisor"))
    );
    assert_eq!((&changed["added_by"], &changed["lat"]), (&json!("operator"), &told["lat"]));
    assert_eq!(
        ask(&supervisor, Method::PATCH, &path, Some(renamed)).await?,
        (200, changed),
        "again is as once"
    );
    assert_eq!(place_of(&operator, "asap di warung bu sumirah").await?.as_deref(), Some("Warung Bu Sumirah"));
    ensure!(
        place_of(&operator, words).await?.as_deref() != Some("Warung Mbok Sumirah"),
        "the old name is found"
    );
    let moved = json!({ "lat": -7.8212, "lon": 112.0105 });
    let (status, changed) = ask(&operator, Method::PATCH, &path, Some(moved.clone())).await?;
    ensure!(status == 200 && changed["lat"] == moved["lat"] && changed["lon"] == moved["lon"], "{changed}");

    for (body, status, pointer) in [
        (json!({ "name": " " }), 422, "/name"),
        (json!({ "name": "a".repeat(200) }), 422, "/name"),
        (json!({ "lat": 112.0, "lon": -7.8 }), 422, "/lat"),
        (json!({ "lat": -7.82 }), 422, "/lon"),
        (json!({ "place": "x" }), 422, "/place"),
    ] {
        let (found, answer) = ask(&operator, Method::PATCH, &path, Some(body)).await?;
        assert_eq!((found, &answer["pointer"]), (status, &json!(pointer)), "{answer}");
    }
    let onto = json!({ "name": "gapura uji", "lat": gate["lat"], "lon": gate["lon"] });
    let (status, answer) = ask(&operator, Method::PATCH, &path, Some(onto)).await?;
    ensure!(status == 409 && answer["code"] == "landmark_known", "{status} {answer}");

    // An operator takes away their own only, a supervisor anybody's; places of the pack have no such address.
    let (status, answer) = ask(&operator, Method::DELETE, &path_of(&gate)?, None).await?;
    ensure!(status == 403 && answer["code"] == "not_own_landmark", "{status} {answer}");
    for nothing in ["landmarks/01920000-0000-7000-8000-000000000000", "landmarks/Stasiun%20Kediri"] {
        for (method, body) in [(Method::DELETE, None), (Method::PATCH, Some(json!({ "name": "Uji" })))] {
            let (status, answer) = ask(&supervisor, method, nothing, body).await?;
            ensure!(status == 404, "{status} {answer}");
            ensure!(answer["detail"].as_str().is_some_and(|words| words.contains("city pack")), "{answer}");
        }
    }
    let drill = supervisor.in_centre(DRILL);
    assert_eq!(ask(&drill, Method::DELETE, &path, None).await?.0, 404, "another centre's");
    assert_eq!(ask(&operator, Method::DELETE, &path, None).await?.0, 204);
    assert_eq!(ask(&operator, Method::DELETE, &path, None).await?.0, 204, "again is as once");
    assert_eq!(ask(&operator, Method::PATCH, &path, Some(moved)).await?.0, 404);
    assert_eq!(ask(&supervisor, Method::DELETE, &path_of(&gate)?, None).await?.0, 204);
    // A request that was repeated late brings nothing back.
    assert_eq!(send().await?.expect_status(201)?["id"], added["id"]);

    let station = operator.get("places?q=stasiun%20kediri").await?;
    for _ in 0..2 {
        for gone in ["warung bu sumirah", "gapura uji"] {
            ensure!(place_of(&operator, &format!("asap di {gone}")).await?.is_none(), "{gone} is found");
        }
        assert_eq!(operator.get("places?q=stasiun%20kediri").await?, station, "the pack's stay");
        assert_eq!(operator.get("landmarks").await?["items"], json!([]));
        server.kill()?;
        server.restart()?;
        // Sessions outlive the server; only connections are new.
        ensure!(operator.reconnected()?.get("landmarks").await.is_ok(), "not up again");
    }
    let again = operator.reconnected()?.post("landmarks", told, 201).await?;
    ensure!(again["id"] != added["id"], "a new one: {again}");
    Ok(())
}

#[tokio::test]
async fn another_node_follows_within_seconds() -> anyhow::Result<()> {
    let database = ScratchPostgres::start().map_err(|error| anyhow!(error))?;
    let start = Start::demo_on(&database.database("kentongan").map_err(|error| anyhow!(error))?);
    let (here, there) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let first = Server::start(here.path(), start.clone())?;
    let second = Server::start(there.path(), Start { args: Vec::new(), ..start })?;
    let (one, other) =
        (Api::log_in(&first.base, "operator").await?, Api::log_in(&second.base, "operator").await?);
    let told = json!({ "name": "Warung Mbok Sumirah", "lat": -7.8201, "lon": 112.0112 });
    let path = path_of(&one.post("landmarks", told, 201).await?)?;
    follows(&other, "warung mbok sumirah", Some("Warung Mbok Sumirah")).await?;

    // Corrected there, at once also without having looked; taken away here.
    let renamed = json!({ "name": "Pos Ronda Uji" });
    assert_eq!(ask(&other, Method::PATCH, &path, Some(renamed)).await?.0, 200);
    follows(&one, "pos ronda uji", Some("Pos Ronda Uji")).await?;
    assert_eq!(ask(&one, Method::DELETE, &path, None).await?.0, 204);
    follows(&other, "pos ronda uji", None).await?;
    assert_eq!(other.get("landmarks").await?["items"], json!([]));
    Ok(())
}

/// Waits until a text gives this place; two looks of the other node and some are enough.
async fn follows(api: &Api, words: &str, expected: Option<&str>) -> anyhow::Result<()> {
    for _ in 0..100 {
        if place_of(api, &format!("asap di {words}")).await?.as_deref() == expected {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    anyhow::bail!("`{words}` is not {expected:?} on the other node")
}
