//! What is another centre's or another agency's does not exist for anybody else.

use kentongan_tests::api::{Api, DRILL, id_of};
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use super::findings::{Findings, problem};

const ACTS: [&str; 7] = ["acknowledge", "accept", "reject", "en-route", "on-scene", "complete", "withdraw"];

/// Ids that are none, or of nothing.
const NO_IDS: [&str; 6] = [
    "1",
    "null",
    "00000000-0000-0000-0000-000000000000",
    "0192-zz",
    "%F0%9F%94%A5",
    "01920000-0000-7000-8000-00000000000",
];

#[tokio::test]
async fn an_agency_finds_only_its_own_things() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let bpbd = Api::log_in(&server.base, "bpbd").await?;
    let mut findings = Findings::default();
    let report = operator.report("Kebakaran rumah").await?;
    let waiting = operator.report("Belum diputuskan").await?;
    let incident = operator.incident(std::slice::from_ref(&report), "fire_building", 1).await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    let second = operator.dispatch(&incident, "polres", "support").await?;

    let theirs = [
        format!("reports/{report}"),
        format!("incidents/{incident}"),
        format!("incidents/{incident}/agencies"),
        format!("dispatches/{dispatch}"),
        format!("reports/{waiting}"),
    ];
    for path in &theirs {
        let answer = bpbd.send(Method::GET, path, None).await?;
        findings.note(&format!("bpbd reads {path}"), problem(&answer, 404, "not_found"));
    }
    for act in ACTS {
        let path = format!("dispatches/{dispatch}/{act}");
        let answer = bpbd.send(Method::POST, &path, Some(&json!({ "reason": "bukan kami" }))).await?;
        let (status, code) = if act == "withdraw" { (403, "forbidden") } else { (404, "not_found") };
        findings.note(&format!("bpbd does {act}"), problem(&answer, status, code));
    }
    for list in ["reports", "incidents", "dispatches"] {
        for query in ["", "?agency=damkar", "?state=delivered", "?open=true"] {
            let path = format!("{list}{query}");
            // Only the list of dispatches knows agencies; an agency asks for its own whatever it asks for.
            let held = bpbd.all(&path).await?;
            findings.note(&format!("bpbd lists {path}"), empty(&held));
        }
    }
    findings.note("units of others", only_of(&bpbd.all("units").await?, "bpbd"));

    // Those it was forwarded to see it, without the other agency's dispatch.
    for path in &theirs[..4] {
        findings.note(&format!("damkar reads {path}"), damkar.get(path).await.map(drop));
    }
    let seen = damkar.get(&format!("incidents/{incident}")).await?;
    assert_eq!(seen["dispatches"], json!([dispatch]), "damkar sees another agency's dispatch");
    let answer = damkar.send(Method::GET, &format!("dispatches/{second}"), None).await?;
    findings.note("damkar reads the dispatch of polres", problem(&answer, 404, "not_found"));
    let answer = damkar.send(Method::GET, &theirs[4], None).await?;
    findings.note("damkar reads a waiting report", problem(&answer, 404, "not_found"));
    findings.note("damkar's units", only_of(&damkar.all("units").await?, "damkar"));
    let unit = bpbd.all("units").await?.first().map(|unit| id_of(unit, "/id")).transpose()?;
    if let Some(unit) = unit {
        let answer = damkar.send(Method::GET, &format!("units/{unit}"), None).await?;
        findings.note("damkar reads a unit of bpbd", problem(&answer, 404, "not_found"));
        let body = json!({ "units": [unit] });
        let path = format!("dispatches/{dispatch}/accept");
        damkar.act(&dispatch, "acknowledge", json!({})).await?;
        let answer = damkar.send(Method::POST, &path, Some(&body)).await?;
        findings.note("damkar sends a unit of bpbd", problem(&answer, 404, "not_found"));
    }
    findings.end()
}

#[tokio::test]
async fn a_centre_finds_only_its_own_things() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let trainer = Api::log_in(&server.base, "trainer").await?;
    let mut findings = Findings::default();
    let report = operator.report("Kebakaran rumah").await?;
    let incident = operator.incident(std::slice::from_ref(&report), "fire_building", 1).await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    let drill = operator.in_centre(DRILL);

    for path in
        [format!("reports/{report}"), format!("incidents/{incident}"), format!("dispatches/{dispatch}")]
    {
        let answer = drill.send(Method::GET, &path, None).await?;
        findings.note(&format!("the drill centre reads {path}"), problem(&answer, 404, "not_found"));
    }
    for (path, body) in [
        (format!("dispatches/{dispatch}/acknowledge"), json!({})),
        (format!("incidents/{incident}/close"), json!({})),
        (format!("incidents/{incident}/dispatches"), json!({ "agency": "bpbd", "role": "support" })),
        (format!("reports/{report}/outcome"), json!({ "outcome": "prank" })),
        ("incidents".to_owned(), json!({ "report_ids": [report], "type": "fire", "priority": 1 })),
    ] {
        let answer = drill.send(Method::POST, &path, Some(&body)).await?;
        findings.note(&format!("the drill centre acts on {path}"), problem(&answer, 404, "not_found"));
    }
    // A centre one has no right in and one that does not exist look the same.
    for list in ["reports", "events", "stream", "units"] {
        let hidden = trainer.in_centre("kediri").send(Method::GET, list, None).await?;
        let missing = trainer.in_centre("atlantis").send(Method::GET, list, None).await?;
        findings.note(&format!("{list} of a centre without a right"), problem(&hidden, 404, "not_found"));
        findings.note(&format!("{list} of no centre"), problem(&missing, 404, "not_found"));
        assert_eq!(hidden.body, missing.body, "a centre's existence shows");
    }
    for centre in ["KEDIRI", "kediri%2F", "%2e%2e", "kediri%00", "kediri'--"] {
        let answer = operator.in_centre(centre).send(Method::GET, "reports", None).await?;
        findings.note(centre, problem(&answer, 404, "not_found"));
    }
    findings.end()
}

#[tokio::test]
async fn ids_that_are_none_are_not_found() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let supervisor = Api::log_in(&server.base, "supervisor").await?;
    let mut findings = Findings::default();
    let bodies: [(&str, &str, Value); 6] = [
        ("reports", "outcome", json!({ "outcome": "prank" })),
        ("incidents", "close", json!({})),
        ("incidents", "merge", json!({ "into": NO_IDS[2] })),
        ("incidents", "split", json!({ "report_ids": [NO_IDS[2]] })),
        ("incidents", "dispatches", json!({ "agency": "damkar", "role": "lead" })),
        ("dispatches", "acknowledge", json!({})),
    ];
    for id in NO_IDS {
        for list in ["reports", "incidents", "dispatches", "units", "agencies"] {
            let answer = operator.send(Method::GET, &format!("{list}/{id}"), None).await?;
            findings.note(&format!("{list}/{id}"), problem(&answer, 404, "not_found"));
        }
        for (list, act, body) in &bodies {
            let path = format!("{list}/{id}/{act}");
            let answer = operator.send(Method::POST, &path, Some(body)).await?;
            findings.note(&path, problem(&answer, 404, "not_found"));
        }
        let path = format!("incidents/{id}");
        let answer = operator.send(Method::PATCH, &path, Some(&json!({ "priority": 1 }))).await?;
        findings.note(&format!("PATCH {path}"), problem(&answer, 404, "not_found"));
    }
    for seq in ["0", "-1", "9223372036854775807", "9223372036854775808", "satu"] {
        let answer = supervisor.send(Method::GET, &format!("events/{seq}"), None).await?;
        findings.note(&format!("events/{seq}"), problem(&answer, 404, "not_found"));
    }
    findings.end()
}

fn empty(items: &[Value]) -> anyhow::Result<()> {
    anyhow::ensure!(items.is_empty(), "{items:?}");
    Ok(())
}

fn only_of(units: &[Value], agency: &str) -> anyhow::Result<()> {
    anyhow::ensure!(!units.is_empty() && units.iter().all(|unit| unit["agency"] == agency), "{units:?}");
    Ok(())
}
