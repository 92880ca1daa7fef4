//! Who may call what: every route of the OpenAPI document, by every role, against a table under review.
//!
//! `UPDATE_ACCESS=1` writes the table anew; a route that is not in it fails.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context as _, bail, ensure};
use kentongan_tests::api::{Answer, Api, CITY, DRILL};
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/blackbox/contract/access.txt");
const TITLE: &str = "\
# What each role is told by each route: yes, or the status of the refusal.
# `elsewhere` is an operator of another centre, `anonymous` has no credentials.
";
/// Roles, as the token is made.
const ROLES: [(&str, &[&str]); 8] = [
    ("operator", &["--centre", CITY, "--role", "operator"]),
    ("supervisor", &["--centre", CITY, "--role", "supervisor"]),
    ("agency", &["--centre", CITY, "--role", "agency", "--agency", "damkar"]),
    ("trainer", &["--centre", DRILL, "--role", "trainer"]),
    ("auditor", &["--centre", CITY, "--role", "auditor"]),
    ("admin", &["--centre", CITY, "--role", "admin"]),
    ("intake", &["--centre", CITY, "--role", "intake"]),
    ("elsewhere", &["--centre", DRILL, "--role", "operator"]),
];

#[tokio::test]
async fn every_role_may_call_what_the_table_says() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let anonymous = Api::anonymous(&server.base)?;
    let mut callers = Vec::new();
    for (role, args) in ROLES {
        let (code, token) = server.cli(&[&["token", "create"], args].concat())?;
        ensure!(code == 0, "no token for {role}: {token}");
        let api = Api::with_token(&server.base, &token)?;
        callers.push((role, if role == "trainer" { api.in_centre(DRILL) } else { api }));
    }
    callers.push(("anonymous", anonymous.clone()));

    let mut found = BTreeMap::new();
    for (method, path) in routes(&anonymous.get("/api/openapi.json").await?)? {
        let mut line = String::new();
        for (role, api) in &callers {
            let answer = api.send(method.clone(), &harmless(&path, api), body(&method)).await?;
            write!(line, " {:>10}", told(&answer).with_context(|| format!("{method} {path} by {role}"))?)?;
        }
        found.insert((path, method.to_string()), line);
    }
    let mut table = format!("{TITLE}{:<70}", "");
    for (role, _) in &callers {
        write!(table, " {role:>10}")?;
    }
    table.push('\n');
    for ((path, method), line) in &found {
        writeln!(table, "{:<70}{line}", format!("{method:<6} {path}"))?;
    }
    if std::env::var_os("UPDATE_ACCESS").is_some() {
        std::fs::write(TABLE, &table)?;
    }
    let committed = std::fs::read_to_string(TABLE).context("no table; UPDATE_ACCESS=1 writes it")?;
    let differing: Vec<String> = differences(&committed, &table);
    ensure!(differing.is_empty(), "access differs from access.txt:\n{}", differing.join("\n"));
    // Nobody has stored anything by asking.
    for centre in [CITY, DRILL] {
        let (_, token) = server.cli(&["token", "create", "--centre", centre, "--role", "auditor"])?;
        let auditor = Api::with_token(&server.base, &token)?.in_centre(centre);
        ensure!(auditor.all("events").await?.is_empty(), "a request of this test changed something");
    }
    Ok(())
}

/// Method and path of every operation.
pub fn routes(document: &Value) -> anyhow::Result<Vec<(Method, String)>> {
    let paths = document["paths"].as_object().context("no paths")?;
    let mut routes = Vec::new();
    for (path, item) in paths {
        for method in item.as_object().context("a path without operations")?.keys() {
            if !matches!(method.as_str(), "parameters" | "summary" | "description") {
                routes.push((Method::from_bytes(method.to_uppercase().as_bytes())?, path.clone()));
            }
        }
    }
    ensure!(routes.len() > 20, "only {} routes", routes.len());
    Ok(routes)
}

/// The path with names that stand for nothing there is.
fn harmless(path: &str, api: &Api) -> String {
    let id = if path.contains("/events/") { "999999999" } else { "01920000-0000-7000-8000-000000000000" };
    path.replace("{centre}", api.centre()).replace("{id}", id)
}

/// A body that no route carries out.
fn body(method: &Method) -> Option<&'static Value> {
    static NOTHING: std::sync::LazyLock<Value> = std::sync::LazyLock::new(|| json!({}));
    (!matches!(*method, Method::GET | Method::DELETE)).then_some(&NOTHING)
}

/// Whether the caller was let in: what a handler says to a nonsensical request counts as yes.
fn told(answer: &Answer) -> anyhow::Result<&'static str> {
    let detail = answer.body.get("detail").and_then(Value::as_str).unwrap_or_default();
    match answer.status.as_u16() {
        401 => Ok("401"),
        403 => Ok("403"),
        404 if detail.starts_with("the centre ") => Ok("404"),
        200 | 204 | 400 | 404 | 422 | 426 => Ok("yes"),
        other => bail!("answered {other}: {}", answer.body),
    }
}

fn differences(committed: &str, found: &str) -> Vec<String> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (lines(committed), lines(found));
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let came = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}"));
    gone.chain(came).collect()
}
