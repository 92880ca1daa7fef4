//! The status board: a unit moved by its dispatch, by its agency and by the desk, seen by everybody at once.

use anyhow::ensure;
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::console::Console;
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

async fn say(api: &Api, unit: &str, state: &str, note: Option<&str>) -> anyhow::Result<Value> {
    let body = json!({ "state": state, "note": note });
    let answer = api.post(&format!("units/{unit}/status"), body, 200).await?;
    Ok(answer.get("unit").cloned().unwrap_or_default())
}

fn may(unit: &Value) -> Vec<&str> {
    let actions = unit.get("allowed_actions").and_then(Value::as_array);
    actions.into_iter().flatten().filter_map(Value::as_str).collect()
}

#[tokio::test]
async fn a_job_from_the_station_to_the_hospital_is_seen_at_the_desk_and_survives_a_crash()
-> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let crew = Api::log_in(&server.base, "psc119").await?;
    let mut desk = Console::connect(&operator).await?;

    let idle = crew.get("units/psc119-1").await?;
    ensure!(idle["crew"] == 3 && idle["station"] == "Pos PSC Pesantren", "{idle}");
    ensure!(idle["on_duty_since"] == "07:00" && idle["since"].is_null(), "{idle}");
    ensure!(may(&idle) == ["out_of_service"], "{idle}");

    let report = operator.report("Orang pingsan di pasar").await?;
    let incident = operator.incident(&[report], "medical_unconscious", 1).await?;
    let body = json!({ "agency": "psc119", "role": "lead", "units": ["psc119-1"] });
    let dispatched = operator.post(&format!("incidents/{incident}/dispatches"), body, 201).await?;
    let dispatch = id_of(&dispatched, "/dispatch/id")?;
    let given = desk.until("unit", "psc119-1", |unit| unit["state"] == "assigned").await?;
    ensure!(given["dispatch"] == dispatch.as_str() && given["since"].is_i64(), "{given}");

    // The crew drives: that is acknowledged and accepted, too.
    say(&crew, "psc119-1", "en_route", None).await?;
    let held = desk.until("dispatch", &dispatch, |held| held["state"] == "en_route").await?;
    ensure!(held["acknowledged_at"].is_i64() && held["accepted_at"].is_i64(), "{held}");
    desk.until("incident", &incident, |held| held["state"] == "active").await?;
    let late = say(&crew, "psc119-1", "delayed", Some("Pohon tumbang")).await?;
    ensure!(late["note"] == "Pohon tumbang" && late["dispatch"] == dispatch.as_str(), "{late}");
    let seen = desk.until("unit", "psc119-1", |unit| unit["state"] == "delayed").await?;
    ensure!(seen["note"] == "Pohon tumbang", "the desk reads why: {seen}");
    say(&operator, "psc119-1", "on_scene", None).await?;
    say(&crew, "psc119-1", "transporting", None).await?;

    // Closing releases it; the patient stays on board, and the next call does not get this ambulance.
    operator.post(&format!("incidents/{incident}/close"), json!({}), 200).await?;
    let freed = desk.until("unit", "psc119-1", |unit| unit["dispatch"].is_null()).await?;
    ensure!(freed["state"] == "transporting" && may(&freed).contains(&"at_hospital"), "{freed}");
    let next = operator.incident(&[operator.report("Kecelakaan").await?], "medical_unconscious", 1).await?;
    let body = json!({ "agency": "psc119", "role": "lead", "units": ["psc119-1"] });
    let refused = operator.send(Method::POST, &format!("incidents/{next}/dispatches"), Some(&body)).await?;
    ensure!(refused.status == 409 && refused.body["code"] == "illegal_step", "{}", refused.body);
    say(&crew, "psc119-1", "at_hospital", Some("RSUD Gambiran")).await?;

    server.kill()?;
    server.restart()?;
    let again = operator.reconnected()?.get("units/psc119-1").await?;
    ensure!(again["state"] == "at_hospital" && again["note"] == "RSUD Gambiran", "{again}");
    let crew = crew.reconnected()?;
    say(&crew, "psc119-1", "returning", None).await?;
    let operator = operator.reconnected()?;
    operator.post(&format!("incidents/{next}/dispatches"), body, 201).await?;
    Ok(())
}

#[tokio::test]
async fn a_breakdown_at_work_is_refused_without_a_reason_and_rings_at_the_desk() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let incident =
        operator.incident(&[operator.report("Kebakaran gudang").await?], "fire_building", 1).await?;
    let body = json!({ "agency": "damkar", "role": "lead", "units": ["damkar-1", "damkar-2"] });
    let dispatched = operator.post(&format!("incidents/{incident}/dispatches"), body, 201).await?;
    let dispatch = id_of(&dispatched, "/dispatch/id")?;
    say(&damkar, "damkar-1", "en_route", None).await?;

    let broken = json!({ "state": "out_of_service" });
    let answer = damkar.send(Method::POST, "units/damkar-1/status", Some(&broken)).await?;
    ensure!(answer.status == 422 && answer.body["pointer"] == "/note", "{}", answer.body);
    let mut desk = Console::connect(&operator).await?;
    let lost = say(&damkar, "damkar-1", "out_of_service", Some("Ban pecah")).await?;
    ensure!(lost["failed"] == dispatch.as_str() && lost["dispatch"].is_null(), "{lost}");
    desk.until("unit", "damkar-1", |unit| unit["note"] == "Ban pecah").await?;
    let held = desk.until("dispatch", &dispatch, |held| !held["help"].is_null()).await?;
    ensure!(held["help"]["answered_at"].is_null() && held.to_string().contains("Ban pecah"), "{held}");
    ensure!(held["units"] == json!(["damkar-1", "damkar-2"]), "both were sent: {held}");
    // The other one goes on; the end of the job does not move the broken one.
    for act in ["on-scene", "complete"] {
        damkar.act(&dispatch, act, json!({})).await?;
    }
    ensure!(operator.get("units/damkar-1").await?["state"] == "out_of_service");
    ensure!(operator.get("units/damkar-2").await?["state"] == "available");
    let events = Api::log_in(&server.base, "supervisor").await?.all("events").await?;
    let told = events
        .iter()
        .filter(|event| event["kind"] == "unit_moved" && event["actor"].to_string().contains("damkar"));
    ensure!(told.count() >= 3, "who said it stands in the log");
    ensure!(!events.iter().any(|event| event.to_string().contains("Ban pecah")), "what they said does not");
    Ok(())
}

#[tokio::test]
async fn nobody_moves_what_is_not_theirs_and_a_repeated_word_counts_once() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let polres = Api::log_in(&server.base, "polres").await?;
    let auditor = Api::log_in(&server.base, "auditor").await?;
    let body = json!({ "state": "out_of_service" });
    let at = "units/damkar-3/status";
    for (who, api, status) in [("polres", &polres, 404), ("auditor", &auditor, 403)] {
        let answer = api.send(Method::POST, at, Some(&body)).await?;
        ensure!(answer.status == status, "{who}: {}", answer.body);
    }
    ensure!(may(&auditor.get("units/damkar-3").await?).is_empty());
    let none = operator.send(Method::POST, "units/tidak-ada/status", Some(&body)).await?;
    ensure!(none.status == 404, "{}", none.body);
    for (body, pointer) in [
        (json!({ "state": "lost" }), "/state"),
        (json!({}), ""),
        (json!({ "state": "available", "colour": "red" }), "/colour"),
        (json!({ "state": "out_of_service", "note": "x".repeat(1_001) }), "/note"),
    ] {
        let answer = damkar.send(Method::POST, at, Some(&body)).await?;
        ensure!(answer.status == 422 && answer.body["pointer"] == pointer, "{body}: {}", answer.body);
    }
    let illegal = damkar.send(Method::POST, at, Some(&json!({ "state": "on_scene" }))).await?;
    ensure!(
        illegal.status == 409 && illegal.body["allowed"] == json!(["out_of_service"]),
        "{}",
        illegal.body
    );

    let key = Uuid::from_u128(0x5eed);
    let mut seqs = Vec::new();
    for _ in 0..2 {
        let answer = damkar.send_keyed(Method::POST, at, Some(&body), Some(key)).await?.expect_status(200)?;
        seqs.push(answer["seq"].clone());
        ensure!(answer["unit"]["version"] == 1, "{answer}");
    }
    ensure!(seqs[0] == seqs[1], "{seqs:?}");
    let (code, said) = server.cli(&["verify"])?;
    ensure!(code == 0, "{said}");
    Ok(())
}
