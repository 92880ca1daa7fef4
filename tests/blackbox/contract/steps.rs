//! Steps that are not possible, and fields that do not fit: refused with what is possible instead.

use anyhow::ensure;
use kentongan_tests::api::Api;
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use super::findings::{Findings, points_at, problem};

#[tokio::test]
async fn illegal_steps_name_the_state_and_what_is_possible() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let mut findings = Findings::default();
    let report = operator.report("Kebakaran rumah").await?;
    let incident = operator.incident(std::slice::from_ref(&report), "fire_building", 1).await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    let at = |act: &str| format!("dispatches/{dispatch}/{act}");

    let cases: Vec<(&Api, String, Value, &str, Option<&str>)> = vec![
        (&operator, format!("reports/{report}/outcome"), json!({ "outcome": "prank" }), "handled", None),
        (
            &operator,
            "incidents".into(),
            json!({ "report_ids": [report], "type": "fire", "priority": 1 }),
            "handled",
            None,
        ),
        (
            &operator,
            format!("incidents/{incident}/reopen"),
            json!({ "reason": "x" }),
            "dispatched",
            Some("close"),
        ),
        (&damkar, at("on-scene"), json!({}), "queued", Some("acknowledge")),
        (&damkar, at("complete"), json!({}), "queued", Some("acknowledge")),
    ];
    for (api, path, body, state, possible) in cases {
        let answer = api.send(Method::POST, &path, Some(&body)).await?;
        // A dispatch without a console in front of it stays queued until its channel has taken it.
        let states = if state == "queued" { vec!["queued", "sent", "delivered"] } else { vec![state] };
        findings.note(
            &path,
            problem(&answer, 409, "illegal_step").and_then(|()| {
                let allowed = answer.body["allowed"].as_array().cloned().unwrap_or_default();
                ensure!(answer.body["allowed"].is_array(), "no list of what is possible: {}", answer.body);
                ensure!(
                    answer.body["state"].as_str().is_some_and(|state| states.contains(&state)),
                    "{}",
                    answer.body
                );
                ensure!(
                    possible.is_none_or(|act| allowed.contains(&json!(act))),
                    "{possible:?} is not in {allowed:?}"
                );
                Ok(())
            }),
        );
    }
    for act in ["acknowledge", "accept", "en-route", "on-scene", "complete"] {
        damkar.act(&dispatch, act, json!({})).await?;
        // On the way it may still be refused: an engine can break down.
        let done = matches!(act, "on-scene" | "complete");
        for again in ["acknowledge"].into_iter().chain(done.then_some("reject")) {
            let answer = damkar.send(Method::POST, &at(again), Some(&json!({ "reason": "x" }))).await?;
            findings.note(&format!("{again} after {act}"), problem(&answer, 409, "illegal_step"));
        }
    }
    let body = json!({ "agency": "damkar", "role": "lead" });
    let second =
        operator.send(Method::POST, &format!("incidents/{incident}/dispatches"), Some(&body)).await?;
    let answer =
        operator.send(Method::POST, &format!("incidents/{incident}/dispatches"), Some(&body)).await?;
    findings.note("forwarding again after it was completed", second.expect_status(201).map(drop));
    findings.note("forwarding twice", problem(&answer, 409, "already_forwarded"));
    operator.post(&format!("incidents/{incident}/close"), json!({}), 200).await?;
    for (act, body) in [("close", json!({})), ("resolve", json!({})), ("dispatches", body)] {
        let answer = operator.send(Method::POST, &format!("incidents/{incident}/{act}"), Some(&body)).await?;
        findings.note(&format!("{act} of a closed incident"), problem(&answer, 409, "illegal_step"));
    }
    findings.end()
}

#[tokio::test]
async fn fields_that_do_not_fit_are_named() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let mut findings = Findings::default();
    let report = operator.report("Kebakaran rumah").await?;
    let waiting = operator.report("Banjir").await?;
    let incident = operator.incident(std::slice::from_ref(&report), "fire_building", 1).await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    let open = |body: Value| ("incidents".to_owned(), body);
    let at = |act: &str, body: Value| (format!("incidents/{incident}/{act}"), body);
    let on = |act: &str, body: Value| (format!("dispatches/{dispatch}/{act}"), body);
    let outcome = |body: Value| (format!("reports/{waiting}/outcome"), body);
    let long = "a".repeat(1_001);

    for ((path, body), pointer) in [
        (open(json!({ "report_ids": [], "type": "fire", "priority": 1 })), "/report_ids"),
        (open(json!({ "report_ids": [waiting, waiting], "type": "fire", "priority": 1 })), "/report_ids"),
        (open(json!({ "report_ids": ["1"], "type": "fire", "priority": 1 })), "/report_ids/0"),
        (open(json!({ "report_ids": [waiting], "type": "ufo", "priority": 1 })), "/type"),
        (open(json!({ "report_ids": [waiting], "type": "fire", "priority": 0 })), "/priority"),
        (open(json!({ "report_ids": [waiting], "type": "fire", "priority": 5 })), "/priority"),
        (open(json!({ "report_ids": [waiting], "type": "fire", "priority": "1" })), "/priority"),
        (
            open(json!({ "report_ids": [waiting], "type": "fire", "priority": 1, "place": { "lat": 1 } })),
            "/place/lon",
        ),
        // As GeoJSON writes it, the other way round.
        (
            open(json!({ "report_ids": [waiting], "type": "fire", "priority": 1, "place": [112, -7.8] })),
            "/place",
        ),
        (
            open(
                json!({ "report_ids": [waiting], "type": "fire", "priority": 1, "place": { "village_code": "0" } }),
            ),
            "/place/village_code",
        ),
        (at("dispatches", json!({ "agency": "nasa", "role": "lead" })), "/agency"),
        (at("dispatches", json!({ "agency": "bpbd", "role": "boss" })), "/role"),
        (at("dispatches", json!({ "agency": "bpbd", "role": "lead", "units": ["x"] })), "/units/0"),
        (at("close", json!({ "result": "won" })), "/result"),
        (at("close", json!({ "note": long })), "/note"),
        (at("merge", json!({ "into": incident })), "/into"),
        (at("merge", json!({ "into": "1" })), "/into"),
        (at("split", json!({ "report_ids": [report] })), "/report_ids"),
        (at("split", json!({ "report_ids": [waiting] })), "/report_ids"),
        (outcome(json!({ "outcome": "happy" })), "/outcome"),
        (outcome(json!({ "outcome": "incident_created" })), "/outcome"),
        (outcome(json!({ "outcome": "attached" })), "/incident"),
        (outcome(json!({ "outcome": "prank", "incident": incident })), "/incident"),
        (outcome(json!({ "outcome": "prank", "note": long })), "/note"),
        (on("acknowledge", json!({ "units": ["x"] })), "/units/0"),
        (on("acknowledge", json!({ "who": "me" })), "/who"),
        (on("reject", json!({})), "/reason"),
        (on("reject", json!({ "reason": " " })), "/reason"),
        (on("reject", json!({ "reason": long })), "/reason"),
    ] {
        let api = if path.starts_with("dispatches") { &damkar } else { &operator };
        let answer = api.send(Method::POST, &path, Some(&body)).await?;
        findings.note(&format!("{path} {pointer}"), points_at(&answer, pointer));
    }
    let path = format!("incidents/{incident}");
    for (body, pointer) in
        [(json!({}), ""), (json!({ "type": "ufo" }), "/type"), (json!({ "version": -1 }), "/version")]
    {
        let answer = operator.send(Method::PATCH, &path, Some(&body)).await?;
        findings.note(&format!("PATCH {body}"), points_at(&answer, pointer));
    }
    findings.end()
}
