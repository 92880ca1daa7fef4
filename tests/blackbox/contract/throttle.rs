//! Guessing passwords is slowed down, name by name, and never for ever.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::json;

use super::findings::problem;

#[tokio::test]
async fn a_guesser_must_wait_and_others_need_not() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let anonymous = Api::anonymous(&server.base)?;
    for name in ["operator", "nobody"] {
        let attempt = |password: &'static str| {
            let body = json!({ "user": name, "password": password });
            anonymous.request(Method::POST, "/api/v1/session").json(&body).send()
        };
        let mut wrong = 0;
        // Each failure after the fifth doubles the delay: soon it is longer than a slow machine's check.
        let refused = loop {
            let response = attempt("salah").await?;
            if response.status().as_u16() == 429 {
                break response;
            }
            ensure!(response.status().as_u16() == 401, "{name} was told {}", response.status());
            wrong += 1;
            ensure!(wrong < 12, "{name} may guess for ever");
        };
        ensure!(wrong >= 5, "{name} may mistype {wrong} times only");
        let wait: u64 = refused.headers().get("retry-after").context("no Retry-After")?.to_str()?.parse()?;
        ensure!((1..=30).contains(&wait), "the wait is {wait} s");
        let body = json!({ "user": name, "password": "kentongan" });
        let answer = anonymous.send(Method::POST, "/api/v1/session", Some(&body)).await?;
        problem(&answer, 429, "too_many_attempts").context("the right password does not shorten the wait")?;
    }
    // Another name, and a session that is open, are not concerned.
    let supervisor = Api::log_in(&server.base, "supervisor").await?;
    supervisor.get("reports").await.map(drop)
}
