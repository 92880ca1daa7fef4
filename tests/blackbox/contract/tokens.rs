//! Tokens for machines: printed alone, narrowed to what they are for, ended at once.

use anyhow::{Context as _, ensure};
use futures_util::SinkExt as _;
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::console::open_socket;
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::accounts::{close_code, until_refused};
use super::findings::{Findings, points_at, problem};

#[tokio::test]
async fn a_channels_token_hands_in_that_channel_and_nothing_else() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let args = ["token", "create", "--centre", "kediri", "--role", "intake", "--channel", "sms"];
    let (code, token) = server.cli(&args)?;
    ensure!(code == 0, "{token}");
    let (line, rest) = token.split_once('\n').context("no line was printed")?;
    ensure!(
        rest.is_empty() && !line.contains(char::is_whitespace) && line.len() > 30,
        "more than the token: {token}"
    );
    let sms = Api::with_token(&server.base, &token)?;
    let mut findings = Findings::default();

    let body = json!({ "channel": "sms", "text": "Kebakaran", "reporter": { "name": "Bu Contoh" } });
    let stored = sms.post("reports", body, 201).await?;
    ensure!(stored["report"]["reporter"].is_null(), "the gateway is shown the reporter: {stored}");
    for channel in ["phone", "whatsapp", "web"] {
        let body = json!({ "channel": channel, "text": "Kebakaran" });
        let answer = sms.send(Method::POST, "reports", Some(&body)).await?;
        findings.note(channel, points_at(&answer, "/channel"));
    }
    let id = id_of(&stored, "/report/id")?;
    for path in ["reports", "incidents", "dispatches", "units", "events", "stream", &format!("reports/{id}")]
    {
        let answer = sms.send(Method::GET, path, None).await?;
        findings.note(path, problem(&answer, 403, "forbidden"));
    }
    let answer = sms
        .send(Method::POST, &format!("reports/{id}/outcome"), Some(&json!({ "outcome": "prank" })))
        .await?;
    findings.note("deciding", problem(&answer, 403, "forbidden"));
    let drill = json!({ "channel": "sms", "text": "Latihan" });
    let answer = sms.in_centre("kediri-latihan").send(Method::POST, "reports", Some(&drill)).await?;
    findings.note("another centre", problem(&answer, 404, "not_found"));
    // A token in a cookie is none.
    let request = Api::anonymous(&server.base)?.request(Method::GET, "/api/v1/session");
    let status = request.header("cookie", format!("kentongan={line}")).send().await?.status();
    ensure!(status.as_u16() == 401, "a token was taken from a cookie");
    findings.end()
}

#[tokio::test]
async fn a_revoked_token_ends_with_its_sockets() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let mut tokens = Vec::new();
    for label in ["mobil-1", "mobil-2"] {
        let role = ["--role", "agency", "--agency", "damkar", "--label", label];
        let (code, token) = server.cli(&[&["token", "create", "--centre", "kediri"], &role[..]].concat())?;
        ensure!(code == 0, "{token}");
        tokens.push(token);
    }
    let (lost, kept) =
        (Api::with_token(&server.base, &tokens[0])?, Api::with_token(&server.base, &tokens[1])?);
    let mut socket = open_socket(&lost).await?;
    socket.send(Message::text(json!({ "type": "hello", "protocol": 1 }).to_string())).await?;
    lost.get("dispatches").await?;

    let (_, list) = server.cli(&["token", "list", "--centre", "kediri"])?;
    ensure!(tokens.iter().all(|token| !list.contains(token.trim())), "the list shows a token");
    let line = list.lines().find(|line| line.ends_with("mobil-1")).context("the token is not in the list")?;
    let id = line.split('\t').next().unwrap_or_default();
    let (code, said) = server.cli(&["token", "revoke", id])?;
    ensure!(code == 0, "{said}");
    assert_eq!(close_code(&mut socket).await?, 4501);
    until_refused(&lost).await?;
    kept.get("dispatches").await?;

    let (_, list) = server.cli(&["token", "list", "--centre", "kediri"])?;
    let revoked: Vec<&str> = list.lines().filter(|line| line.contains("\trevoked\t")).collect();
    ensure!(revoked.len() == 1 && revoked[0].starts_with(id), "{list}");
    let (code, _) = server.cli(&["token", "revoke", "01920000-0000-7000-8000-000000000000"])?;
    ensure!(code == 2, "a token that is none was revoked");
    Ok(())
}

#[tokio::test]
async fn tokens_for_what_there_is_not_are_not_made() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let mut findings = Findings::default();
    for args in [
        &["--centre", "atlantis", "--role", "intake"][..],
        &["--centre", "kediri", "--role", "owner"],
        &["--centre", "kediri", "--role", "agency"],
        &["--centre", "kediri", "--role", "agency", "--agency", "nasa"],
        &["--centre", "kediri", "--role", "operator", "--agency", "damkar"],
        &["--centre", "kediri", "--role", "intake", "--channel", "pigeon"],
        &["--centre", "kediri", "--role", "intake", "--label", "two\nlines"],
    ] {
        let (code, said) = server.cli(&[&["token", "create"], args].concat())?;
        let named = said.starts_with("kentongan: ");
        let outcome =
            if code == 2 && named { Ok(()) } else { Err(anyhow::anyhow!("exit code {code}: {said}")) };
        findings.note(&args.join(" "), outcome);
    }
    findings.end()
}
