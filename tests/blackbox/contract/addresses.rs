//! Addresses, methods and parameters that there are not: problems too, never plain text.

use anyhow::ensure;
use kentongan_tests::api::{Answer, Api};
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::Value;

use super::findings::{Findings, problem};

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let anonymous = Api::anonymous(&server.base)?;
    let mut findings = Findings::default();

    for path in [
        "/api/",
        "/api/v1",
        "/api/v2/session",
        "/api/v1/sessions",
        "/api/v1/centres/kediri/reports/",
        "/api/v1/centres/kediri/reports/x/outcome/y",
        "/api/v1/centres/kediri/admin",
        "/ws/echo",
        "/assets/missing.js",
    ] {
        for api in [&operator, &anonymous] {
            let answer = api.send(Method::GET, path, None).await?;
            findings.note(path, problem(&answer, 404, "not_found"));
        }
    }
    for path in ["/api/v1/centres/kediri/reports/%FF", "/api/v1/centres/kediri/units/%C3%28"] {
        let answer = operator.send(Method::GET, path, None).await?;
        findings.note(path, problem(&answer, 404, "not_found"));
    }
    for (method, path, allow) in [
        ("PUT", "/api/v1/session", "DELETE, GET, POST"),
        ("DELETE", "/api/v1/centres/kediri/reports", "GET, POST"),
        ("GET", "/api/v1/centres/kediri/triage", "POST"),
        ("PATCH", "/api/v1/centres/kediri/dispatches/1/accept", "POST"),
        ("POST", "/api/v1/centres/kediri/stream", "GET"),
        ("POST", "/healthz", "GET"),
        ("OPTIONS", "/api/v1/session", "DELETE, GET, POST"),
        ("BREW", "/api/openapi.json", "GET"),
    ] {
        for api in [&operator, &anonymous] {
            let method = Method::from_bytes(method.as_bytes())?;
            let response = api.request(method.clone(), path).send().await?;
            let given = response.headers().get("allow").map(|allow| allow.to_str().map(str::to_owned));
            let named = format!("{method} {path}");
            findings.note(&named, same(given.transpose()?.as_deref(), Some(allow)));
            let answer = api.send(method, path, None).await?;
            findings.note(&named, problem(&answer, 405, "method_not_allowed"));
        }
    }
    let answer = anonymous.send(Method::POST, "/", None).await?;
    findings.note("POST /", problem(&answer, 405, "method_not_allowed"));
    // Invented methods must not fill the measures.
    let measures = anonymous.request(Method::GET, "/metrics").send().await?.text().await?;
    findings.note("measures", ensure_without(&measures, "BREW"));
    findings.end()
}

#[tokio::test]
async fn bad_parameters_are_problems_that_name_the_parameter() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let supervisor = Api::log_in(&server.base, "supervisor").await?;
    let mut findings = Findings::default();

    for list in ["reports", "incidents", "dispatches", "events", "units", "agencies"] {
        for (query, name) in [
            ("limit=0", Some("limit")),
            ("limit=201", Some("limit")),
            ("limit=-1", Some("limit")),
            ("limit=many", Some("limit")),
            ("limit=1.5", Some("limit")),
            ("limit=4294967297", Some("limit")),
            ("limit=", Some("limit")),
            ("limit=1&limit=2", None),
            ("offset=10", None),
            ("after=%00", None),
        ] {
            let path = format!("{list}?{query}");
            let answer = supervisor.send(Method::GET, &path, None).await?;
            findings.note(&path, problem(&answer, 400, "bad_parameter").and_then(|()| names(&answer, name)));
        }
    }
    for (path, name) in [
        ("reports?open=yes", Some("open")),
        ("reports?after=1", Some("after")),
        ("reports?after=x_y", Some("after")),
        ("reports?incident=1", Some("incident")),
        ("incidents?after=0_1", Some("after")),
        ("dispatches?overdue=2", Some("overdue")),
        ("events?after=satu", Some("after")),
        ("units?after=nowhere", Some("after")),
        ("places?near=here", Some("near")),
        ("places?near=91,0", Some("near")),
        ("places?limit=x", Some("limit")),
        ("reports?state=%00", None),
    ] {
        let answer = supervisor.send(Method::GET, path, None).await?;
        findings.note(path, problem(&answer, 400, "bad_parameter").and_then(|()| names(&answer, name)));
    }
    let long = format!("places?q={}", "a".repeat(201));
    let answer = supervisor.send(Method::GET, &long, None).await?;
    findings.note("words too long", problem(&answer, 400, "bad_parameter"));
    // The stream is no page.
    let answer = supervisor.send(Method::GET, "stream", None).await?;
    findings.note("the stream without an upgrade", problem(&answer, 426, "upgrade_required"));
    findings.end()
}

fn names(answer: &Answer, name: Option<&str>) -> anyhow::Result<()> {
    name.map_or(Ok(()), |_| same(answer.body.get("pointer").and_then(Value::as_str), name))
}

fn same(given: Option<&str>, expected: Option<&str>) -> anyhow::Result<()> {
    ensure!(given == expected, "expected {expected:?}, got {given:?}");
    Ok(())
}

fn ensure_without(text: &str, word: &str) -> anyhow::Result<()> {
    ensure!(!text.contains(word), "{word} is in it");
    Ok(())
}
