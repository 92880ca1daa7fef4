//! The OpenAPI document and its page: complete, consistent, and true to the router.

use std::collections::BTreeSet;

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::server::{Server, Start};
use reqwest::Method;
use serde_json::Value;

use super::access::routes;
use super::findings::{Findings, problem};

/// The routes under review: the table of access names every one.
const COMMITTED: &str = include_str!("access.txt");

#[tokio::test]
async fn the_document_names_every_route_and_every_reference_leads_somewhere() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let anonymous = Api::anonymous(&server.base)?;
    let document = anonymous.get("/api/openapi.json").await?;
    let mut findings = Findings::default();

    let version = document["openapi"].as_str().unwrap_or_default();
    ensure!(version.starts_with("3.1."), "the version is {version}");
    let documented: BTreeSet<String> =
        routes(&document)?.iter().map(|(method, path)| format!("{method} {path}")).collect();
    let committed: BTreeSet<String> = COMMITTED
        .lines()
        .filter(|line| !line.starts_with(['#', ' ']))
        .filter_map(|line| line.split_once('/').map(|(method, rest)| (method.trim(), rest)))
        .filter_map(|(method, rest)| Some(format!("{method} /{}", rest.split_whitespace().next()?)))
        .collect();
    ensure!(documented == committed, "{:?}", documented.symmetric_difference(&committed).collect::<Vec<_>>());

    let mut references = Vec::new();
    walk(&document, &mut references);
    ensure!(references.len() > 50, "only {} references", references.len());
    for reference in references {
        let pointer = reference.strip_prefix('#').with_context(|| format!("{reference} leads outside"))?;
        findings.note(&reference, document.pointer(pointer).map(drop).context("leads nowhere"));
    }
    let mut ids = BTreeSet::new();
    for (method, path) in routes(&document)? {
        let operation = &document["paths"][path.as_str()][method.as_str().to_lowercase()];
        findings.note(&format!("{method} {path}"), described(operation, &path, &mut ids));
    }
    // The router knows each path: it refuses a method it has not, instead of not finding the address.
    for path in document["paths"].as_object().context("no paths")?.keys() {
        let answer = anonymous.send(Method::TRACE, &path.replace(['{', '}'], ""), None).await?;
        findings.note(&format!("TRACE {path}"), problem(&answer, 405, "method_not_allowed"));
    }
    findings.end()
}

#[tokio::test]
async fn the_page_for_people_needs_no_script_and_nothing_from_elsewhere() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::start(data.path(), Start::demo().with("--diagnostics"))?;
    let anonymous = Api::anonymous(&server.base)?;
    let response = anonymous.request(Method::GET, "/api/docs").send().await?;
    assert_eq!(response.status().as_u16(), 200);
    let policy = response.headers().get("content-security-policy").context("no policy")?.to_str()?.to_owned();
    ensure!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    let page = response.text().await?;
    for forbidden in ["<script", "http://", "https://", "onclick", "javascript:"] {
        ensure!(!page.contains(forbidden), "the page has {forbidden}");
    }
    let document = anonymous.get("/api/openapi.json").await?;
    for (_, path) in routes(&document)? {
        // The echo is for measuring; the page is for those who build on the API.
        ensure!(
            path == "/ws/echo" || page.contains(&format!("<code>{path}</code>")),
            "the page lacks {path}"
        );
    }
    ensure!(document["paths"]["/ws/echo"].is_object(), "the document lacks /ws/echo under --diagnostics");
    Ok(())
}

fn described(operation: &Value, path: &str, ids: &mut BTreeSet<String>) -> anyhow::Result<()> {
    let id = operation["operationId"].as_str().context("no operationId")?;
    ensure!(ids.insert(id.to_owned()), "the operationId {id} is used twice");
    ensure!(operation["summary"].as_str().is_some_and(|words| !words.is_empty()), "no summary");
    let responses = operation["responses"].as_object().context("no responses")?;
    let problem = operation.pointer("/responses/default/content/application~1problem+json/schema/$ref");
    ensure!(problem.is_some(), "errors are not described");
    ensure!(responses.len() > 1, "no success is described");
    let empty = Vec::new();
    let parameters = operation["parameters"].as_array().unwrap_or(&empty);
    for name in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
        let known = parameters.iter().any(|parameter| parameter["name"] == name && parameter["in"] == "path");
        ensure!(known, "the name {name} is not described");
    }
    Ok(())
}

fn walk(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| walk(value, references));
        }
        Value::Array(items) => items.iter().for_each(|value| walk(value, references)),
        _ => {}
    }
}
