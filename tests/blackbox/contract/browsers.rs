//! A browser's cookie counts for our own pages only, on HTTP and on the socket.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::{Answer, Api};
use kentongan_tests::server::{Server, Start};
use reqwest::Method;
use serde_json::json;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use super::findings::{Findings, problem};

#[tokio::test]
async fn pages_of_other_sites_cannot_act_with_somebodys_cookie() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let (_, token) = server.cli(&["token", "create", "--centre", "kediri", "--role", "operator"])?;
    let machine = Api::with_token(&server.base, &token)?;
    let mut findings = Findings::default();
    let own = server.base.clone();
    let other_port = format!("{own}9");
    let foreign =
        ["https://evil.example", "null", "http://localhost", "http://kediri.go.id", other_port.as_str(), ""];

    for origin in foreign {
        for (method, path) in [
            (Method::POST, "reports"),
            (Method::POST, "triage"),
            (Method::PATCH, "incidents/1"),
            (Method::DELETE, "/api/v1/session"),
        ] {
            let answer = ask(&operator, method.clone(), path, &[("origin", origin)]).await?;
            findings.note(&format!("{method} {path} from {origin}"), problem(&answer, 403, "foreign_origin"));
        }
        let answer =
            ask(&Api::anonymous(&own)?, Method::POST, "/api/v1/session", &[("origin", origin)]).await?;
        findings.note(&format!("a login from {origin}"), problem(&answer, 403, "foreign_origin"));
        findings.note(&format!("a socket from {origin}"), socket(&operator, Some(origin), 403).await);
        findings.note(&format!("a token's socket from {origin}"), socket(&machine, Some(origin), 403).await);
    }
    for site in ["cross-site", "same-site"] {
        let answer = ask(&operator, Method::POST, "reports", &[("sec-fetch-site", site)]).await?;
        findings.note(site, problem(&answer, 403, "foreign_origin"));
    }
    for headers in [&[("origin", own.as_str())][..], &[("sec-fetch-site", "same-origin")][..], &[][..]] {
        let answer = ask(&operator, Method::POST, "reports", headers).await?;
        findings.note(&format!("our own page {headers:?}"), answer.expect_status(201).map(drop));
    }
    findings.note("our own socket", socket(&operator, Some(&own), 101).await);
    // Browsers never send a token by themselves, and machines have no pages.
    findings.note("a machine's socket", socket(&machine, None, 101).await);
    let answer = ask(&machine, Method::POST, "reports", &[]).await?;
    findings.note("a machine's report", answer.expect_status(201).map(drop));
    let intruder = Api::anonymous(&own)?;
    findings.note("a socket of nobody", socket(&intruder, Some(&own), 401).await);
    operator.get("/api/v1/session").await.context("somebody else's page ended the session")?;
    findings.end()
}

#[tokio::test]
async fn behind_a_proxy_the_pages_are_those_under_https() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let config = data.path().join("kentongan.toml");
    std::fs::write(&config, "allowed_origins = [\"https://112.kediri.example\"]\n")?;
    let start = Start::demo().with("--behind-tls").with("--config").with(config);
    let server = Server::start(data.path(), start)?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut findings = Findings::default();
    for (origin, status) in [
        (format!("https://{}", server.address()), 201),
        ("https://112.kediri.example".to_owned(), 201),
        (server.base.clone(), 403),
        ("http://112.kediri.example".to_owned(), 403),
    ] {
        let answer = ask(&operator, Method::POST, "reports", &[("origin", &origin)]).await?;
        findings.note(&origin, answer.expect_status(status).map(drop));
    }
    findings.end()
}

async fn ask(api: &Api, method: Method, path: &str, headers: &[(&str, &str)]) -> anyhow::Result<Answer> {
    let body = if path.ends_with("session") {
        json!({ "user": "operator", "password": "kentongan" })
    } else {
        json!({ "channel": "phone", "text": "Kebakaran" })
    };
    let mut request = api.request(method, path).json(&body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await?;
    let status = response.status();
    let kind = response.headers().get("content-type").map(|kind| kind.to_str().map(str::to_owned));
    let content_type = kind.transpose()?.unwrap_or_default();
    Ok(Answer {
        status,
        body: serde_json::from_str(&response.text().await?).unwrap_or_default(),
        content_type,
    })
}

/// Opens a socket with this origin and checks the status of the answer.
async fn socket(api: &Api, origin: Option<&str>, status: u16) -> anyhow::Result<()> {
    let url = format!("{}/api/v1/centres/kediri/stream", api.base().replacen("http", "ws", 1));
    let mut request = url.into_client_request()?;
    if let Some((name, value)) = api.credential() {
        request.headers_mut().insert(name, value.parse()?);
    }
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse()?);
    }
    let got = match tokio_tungstenite::connect_async(request).await {
        Ok(_) => 101,
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(error) => return Err(error.into()),
    };
    ensure!(got == status, "expected {status}, got {got}");
    Ok(())
}
