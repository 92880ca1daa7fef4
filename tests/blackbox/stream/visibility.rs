//! I10: an agency sees its own dispatches, their incidents and those incidents' reports, from the moment
//! it is called, without reporters; and nothing else, on the stream or by asking.

use anyhow::ensure;
use kentongan_tests::agreement::settle;
use kentongan_tests::api::Api;
use kentongan_tests::console::Console;
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_dispatch_shows_its_incident_to_its_agency_and_to_no_other() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let bpbd = Api::log_in(&server.base, "bpbd").await?;
    let (mut fire, mut disaster) = (Console::connect(&damkar).await?, Console::connect(&bpbd).await?);

    let body = json!({ "channel": "phone", "text": "Kebakaran rumah, api besar",
                       "reporter": { "name": "Bu Contoh", "phone": "+6281200000000" } });
    let stored = operator.post("reports", body, 201).await?;
    let report = stored["report"]["id"].as_str().unwrap_or_default().to_owned();
    let incident = operator.incident(std::slice::from_ref(&report), "fire_building", 1).await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    fire.until("dispatch", &dispatch, |_| true).await?;
    let seen = fire.until("incident", &incident, |_| true).await?;
    assert_eq!(seen["dispatches"], json!([dispatch]));
    let words = fire.until("report", &report, |view| view["text"] == "Kebakaran rumah, api besar").await?;
    assert_eq!(words["reporter"], Value::Null, "an agency does not see who called");

    // The other agency, after everything that belongs to this one.
    damkar.act(&dispatch, "acknowledge", json!({})).await?;
    settle(&mut disaster, &bpbd).await?;
    nothing_but_own_units(&disaster, "bpbd")?;
    for path in [
        format!("reports/{report}"),
        format!("incidents/{incident}"),
        format!("dispatches/{dispatch}"),
        "units/damkar-1".to_owned(),
    ] {
        let answer = bpbd.send(Method::GET, &path, None).await?;
        ensure!(answer.status == 404, "{path} was answered with {} to another agency", answer.status);
    }
    let stolen = bpbd.send(Method::POST, &format!("dispatches/{dispatch}/accept"), Some(&json!({}))).await?;
    ensure!(matches!(stolen.status.as_u16(), 403 | 404), "another agency accepted: {stolen:?}");

    // Called too, it sees the same incident with its own dispatch only.
    let second = operator.dispatch(&incident, "bpbd", "support").await?;
    disaster.until("dispatch", &second, |_| true).await?;
    let seen = disaster.until("incident", &incident, |_| true).await?;
    assert_eq!(seen["dispatches"], json!([second]));
    disaster.until("report", &report, |view| view["reporter"].is_null()).await?;
    let later = operator.report("Api merambat ke rumah sebelah").await?;
    let attached = json!({ "outcome": "attached", "incident": incident });
    operator.post(&format!("reports/{later}/outcome"), attached, 200).await?;
    for (console, api) in [(&mut fire, &damkar), (&mut disaster, &bpbd)] {
        console.until("report", &later, |view| view["text"] == "Api merambat ke rumah sebelah").await?;
        settle(console, api).await?;
        ensure!(console.views.keys().filter(|(kind, _)| kind == "dispatch").count() == 1, "one each");
    }
    Ok(())
}

#[tokio::test]
async fn what_an_agency_no_longer_has_leaves_its_screen() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let mut fire = Console::connect(&damkar).await?;
    let mut away = Console::connect(&damkar).await?;
    let own = operator.report("Kebakaran rumah, api besar").await?;
    let strange = operator.report("Pasangan bertengkar di rumah sebelah").await?;
    let incident = operator.incident(&[own.clone(), strange.clone()], "fire_building", 1).await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    for console in [&mut fire, &mut away] {
        console.until("report", &strange, |_| true).await?;
        settle(console, &damkar).await?;
    }
    away.cut();

    // Split off, a report is no matter of this agency any more.
    let split = json!({ "report_ids": [strange] });
    operator.post(&format!("incidents/{incident}/split"), split, 201).await?;
    settle(&mut fire, &damkar).await?;
    ensure!(fire.view("report", &strange).is_none(), "a report that went elsewhere is still shown");
    ensure!(fire.view("report", &own).is_some(), "its own report is gone");

    // Merged, the incident lives on in another one, and the dispatch with it.
    let later = operator.report("Api di rumah yang sama").await?;
    let target = operator.incident(&[later], "fire_building", 1).await?;
    operator.post(&format!("incidents/{incident}/merge"), json!({ "into": target }), 200).await?;
    let view = fire.until("dispatch", &dispatch, |view| view["incident"] == target.as_str()).await?;
    ensure!(view["state"] != "withdrawn", "the dispatch did not go along: {view}");
    away.reconnect().await?;
    for console in [&mut fire, &mut away] {
        settle(console, &damkar).await?;
        ensure!(console.view("incident", &target).is_some(), "the incident it now works on is missing");
    }
    Ok(())
}

#[tokio::test]
async fn another_centre_is_another_world() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let drill = operator.in_centre(kentongan_tests::api::DRILL);
    let (mut real, mut exercise) = (Console::connect(&operator).await?, Console::connect(&drill).await?);
    let report = operator.report("Kebakaran rumah").await?;
    let practice = drill.report("Kebakaran rumah, latihan").await?;
    real.until("report", &report, |_| true).await?;
    exercise.until("report", &practice, |_| true).await?;
    for (console, api) in [(&mut real, &operator), (&mut exercise, &drill)] {
        settle(console, api).await?;
        ensure!(console.views.keys().filter(|(kind, _)| kind == "report").count() == 1, "one each");
    }
    let answer = operator.send(Method::GET, &format!("reports/{practice}"), None).await?;
    ensure!(answer.status == 404, "a drill's report in the live centre: {answer:?}");
    // The trainer has a right in the drill centre only.
    let trainer = Api::log_in(&server.base, "trainer").await?;
    ensure!(Console::connect(&trainer).await.is_err(), "a trainer reads the live centre's stream");
    Console::connect(&trainer.in_centre(kentongan_tests::api::DRILL)).await?;
    Ok(())
}

fn nothing_but_own_units(console: &Console, agency: &str) -> anyhow::Result<()> {
    for ((kind, id), view) in &console.views {
        ensure!(kind == "unit" && view["agency"] == agency, "{agency} sees {kind} {id}");
    }
    Ok(())
}
