//! People: logging in and out, being shut out while at work.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use futures_util::StreamExt as _;
use kentongan_tests::api::{Answer, Api};
use kentongan_tests::console::{Console, Socket, open_socket};
use kentongan_tests::server::{Server, Start};
use reqwest::Method;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::findings::{Findings, problem};

/// What is promised, and as much again for a busy machine.
const SHUT_OUT_WITHIN: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_look_the_same() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let anonymous = Api::anonymous(&server.base)?;
    let mut findings = Findings::default();
    let wrong = log_in(&anonymous, "operator", "salah").await?;
    findings.note("wrong password", problem(&wrong, 401, "wrong_credentials"));
    for name in ["nobody", "", "Operator'--", "token:operator", "a\0b", &"x".repeat(1_000)] {
        let unknown = log_in(&anonymous, name, "kentongan").await?;
        findings.note(&format!("{name:.20}"), problem(&unknown, 401, "wrong_credentials"));
        ensure!(unknown.body == wrong.body, "{name:.20} is told {}", unknown.body);
    }
    let body = json!({ "user": "operator" });
    let answer = anonymous.send(Method::POST, "/api/v1/session", Some(&body)).await?;
    findings.note("no password", problem(&answer, 422, "invalid_field"));
    // Without credentials, or with those that are none, nothing says more than that.
    for credential in ["", "Bearer ", "Bearer x", "Basic b3BlcmF0b3I6a2VudG9uZ2Fu", "Bearer a Bearer b"] {
        let request = anonymous.request(Method::GET, "reports").header("authorization", credential);
        ensure!(request.send().await?.status().as_u16() == 401, "{credential} was let in");
    }
    let answer = anonymous.send(Method::GET, "reports", None).await?;
    findings.note("no credentials", problem(&answer, 401, "unauthenticated"));
    let answer = anonymous.in_centre("atlantis").send(Method::GET, "reports", None).await?;
    findings.note("no credentials and no centre", problem(&answer, 401, "unauthenticated"));
    findings.end()
}

#[tokio::test]
async fn the_cookie_is_the_browsers_alone_and_ends_with_the_session() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let first = Api::log_in(&server.base, "operator").await?;
    let second = Api::log_in(&server.base, "  OPERATOR ").await?;
    let cookie = set_cookie(&first).await?;
    for attribute in ["kentongan=", "; Path=/", "; HttpOnly", "; SameSite=Strict", "; Max-Age=43200"] {
        ensure!(cookie.contains(attribute), "{attribute} is not in the cookie");
    }
    ensure!(!cookie.contains("Domain") && !cookie.contains("Secure"), "the cookie has too much");
    let who = first.get("/api/v1/session").await?;
    assert_eq!(who["user"], "operator");
    assert_eq!(who["grants"][0]["role"], "operator");

    let mut socket = open_socket(&first).await?;
    let left = first.request(Method::DELETE, "/api/v1/session").send().await?;
    assert_eq!(left.status().as_u16(), 204);
    let cleared = left.headers().get("set-cookie").context("the cookie stays")?.to_str()?;
    ensure!(cleared.starts_with("kentongan=;") && cleared.contains("Max-Age=0"), "the cookie stays");
    problem(&first.send(Method::GET, "reports", None).await?, 401, "unauthenticated")?;
    // Somebody's other screen goes on.
    second.get("reports").await?;
    // The screen that was logged out gets nothing any more; it had not even said hello.
    drop(socket.close(None).await);
    Ok(())
}

#[tokio::test]
async fn behind_tls_the_cookie_is_bound_to_the_host() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::start(data.path(), Start::demo().with("--behind-tls"))?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let cookie = set_cookie(&operator).await?;
    ensure!(cookie.starts_with("__Host-kentongan="), "the cookie is not bound to the host");
    for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"] {
        ensure!(cookie.contains(attribute), "{attribute} is not in the cookie");
    }
    ensure!(!cookie.contains("Domain"), "the cookie names a domain");
    operator.get("reports").await?;
    let response = operator.request(Method::GET, "/healthz").send().await?;
    ensure!(
        response.headers().contains_key("strict-transport-security"),
        "browsers may go back to plain HTTP"
    );
    Ok(())
}

#[tokio::test]
async fn a_disabled_account_loses_its_open_screens() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut shut_out = Console::connect(&operator).await?;
    let supervisor = Api::log_in(&server.base, "supervisor").await?;
    let mut other = Console::connect(&supervisor).await?;

    let (code, said) = server.cli(&["user", "disable", "operator"])?;
    ensure!(code == 0, "{said}");
    let closed = tokio::time::timeout(SHUT_OUT_WITHIN, async {
        loop {
            if let Err(error) = shut_out.step().await {
                return format!("{error:#}");
            }
        }
    });
    assert_eq!(closed.await.context("the screen stays open")?, "closed with 4501");
    until_refused(&operator).await?;
    problem(&log_in(&operator, "operator", "kentongan").await?, 401, "wrong_credentials")?;
    let refused = open_socket(&operator).await.err().context("a new screen opens")?;
    ensure!(format!("{refused:#}").contains("401"), "{refused:#}");
    // Nobody else notices.
    let report = supervisor.report("Kebakaran").await?;
    other.until("report", &report, |_| true).await?;

    let (code, said) = server.cli(&["user", "enable", "operator"])?;
    ensure!(code == 0, "{said}");
    Api::log_in(&server.base, "operator").await?.get("reports").await.map(drop)
}

/// Asks until the answer is 401, as long as it may take.
pub async fn until_refused(api: &Api) -> anyhow::Result<()> {
    let refused = async {
        while api.send(Method::GET, "/api/v1/session", None).await?.status.as_u16() != 401 {}
        anyhow::Ok(())
    };
    tokio::time::timeout(SHUT_OUT_WITHIN, refused).await.context("still let in")?
}

/// Waits for the close of a socket; its code.
pub async fn close_code(socket: &mut Socket) -> anyhow::Result<u16> {
    let closed = async {
        loop {
            if let Message::Close(frame) = socket.next().await.context("the socket broke off")?? {
                return anyhow::Ok(frame.map_or(0, |frame| u16::from(frame.code)));
            }
        }
    };
    tokio::time::timeout(SHUT_OUT_WITHIN, closed).await.context("the socket stays open")?
}

async fn log_in(api: &Api, user: &str, password: &str) -> anyhow::Result<Answer> {
    let body = json!({ "user": user, "password": password });
    Api::anonymous(api.base())?.send(Method::POST, "/api/v1/session", Some(&body)).await
}

async fn set_cookie(api: &Api) -> anyhow::Result<String> {
    let body = json!({ "user": "operator", "password": "kentongan" });
    let response =
        Api::anonymous(api.base())?.request(Method::POST, "/api/v1/session").json(&body).send().await?;
    Ok(response.headers().get("set-cookie").context("no cookie")?.to_str()?.to_owned())
}
