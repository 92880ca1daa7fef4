//! Webhooks beyond their delivery: both languages' libraries take them for genuine, corrections and
//! withdrawals follow, an answer can acknowledge, a peer can ask for time, and no address leads inside.

use anyhow::ensure;
use kentongan_tests::server::{Server, Start, run_cli};
use kentongan_tests::tools::{Language, installed, run};
use serde_json::{Value, json};

use super::city::{City, of_channel};
use crate::faults::peer::{Behaviour, Peer, Received};

const NEW: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OLD: &str = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

/// The city whose fire brigade has a server of its own.
async fn city(peer: &Peer, options: &[&str]) -> anyhow::Result<City> {
    let data = tempfile::tempdir()?;
    Server::start(data.path(), Start::demo())?.stop()?;
    let (url, secrets) = (peer.url(), format!("{NEW} {OLD}"));
    let mut set = vec!["centre", "endpoint", "--centre", "kediri", "--agency", "damkar", "--url", &url];
    set.extend(["--secret", &secrets]);
    set.extend(options);
    let (code, said) = run_cli(data.path(), None, &set)?;
    ensure!(code == 0, "{said}");
    City::on(data).await
}

fn genuine(language: Language, program: &str, secret: &str, got: &Received) -> anyhow::Result<String> {
    let call = json!({ "secret": secret, "headers": got.headers, "body": got.body });
    run(language, program, &call.to_string())
}

#[tokio::test]
async fn the_libraries_of_both_languages_take_it_with_either_secret() -> anyhow::Result<()> {
    let peers = [(Language::Node, "verify_webhook.mjs"), (Language::Python, "verify_webhook.py")];
    let peers: Vec<_> = peers.into_iter().filter(|(language, _)| installed(*language)).collect();
    let peer = Peer::start(&[]).await?;
    let city = city(&peer, &["--allow-private"]).await?;
    city.fire(1).await?;
    let got = peer.until(1).await?;
    let mut changed = got[0].clone();
    changed.body = changed.body.replacen("KDR", "KDX", 1);
    for (language, program) in peers {
        for secret in [NEW, OLD] {
            assert_eq!(genuine(language, program, secret, &got[0])?, "genuine", "{language:?}");
        }
        let other = "whsec_b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVy";
        for (secret, call) in [(other, &got[0]), (NEW, &changed)] {
            let said = genuine(language, program, secret, call)?;
            ensure!(said.starts_with("refused"), "{language:?}: {said}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_was_told_is_corrected_and_called_off_by_the_same_way() -> anyhow::Result<()> {
    let peer = Peer::start(&[]).await?;
    let mut city = city(&peer, &["--allow-private"]).await?;
    let dispatch = city.fire(1).await?;
    city.delivery(&dispatch, "webhook", |one| one["state"] == "delivered").await?;
    let view = city.operator.get(&format!("dispatches/{dispatch}")).await?;
    let incident = view["incident"].as_str().unwrap_or_default().to_owned();
    let change = json!({ "priority": 2 });
    let path = format!("incidents/{incident}");
    city.operator.send(reqwest::Method::PATCH, &path, Some(&change)).await?.expect_status(200)?;
    peer.until(2).await?;
    city.operator.act(&dispatch, "withdraw", json!({ "reason": "api sudah padam" })).await?;
    let got = peer.until(3).await?;
    let events: Vec<Value> =
        got.iter().map(|one| serde_json::from_str(&one.body)).collect::<Result<_, _>>()?;
    let told: Vec<_> =
        events.iter().map(|event| (event["type"].as_str(), event["data"]["wording"].as_u64())).collect();
    let kind = |name: &'static str| Some(name);
    assert_eq!(
        told,
        [
            (kind("id.kentongan.dispatch.queued"), Some(1)),
            (kind("id.kentongan.dispatch.corrected"), Some(2)),
            (kind("id.kentongan.dispatch.withdrawn"), Some(3)),
        ]
    );
    assert_eq!(events[1]["data"]["incident"]["priority"], 2);
    ensure!(events.iter().all(|event| event["subject"] == dispatch.as_str()), "another dispatch");
    city.dispatch(&dispatch, |view| of_channel(view, "webhook").all(|one| one["state"] == "delivered"))
        .await?;
    city.ends_well()
}

#[tokio::test]
async fn an_answer_that_accepts_acknowledges_for_the_agency() -> anyhow::Result<()> {
    let accepts = Behaviour::Say(200, "content-type: application/json\r\n", r#"{"accepted": true}"#);
    let peer = Peer::start(&[accepts]).await?;
    let mut city = city(&peer, &["--allow-private"]).await?;
    let dispatch = city.fire(1).await?;
    let view = city.dispatch(&dispatch, |view| view["state"] == "acknowledged").await?;
    assert_eq!(view["acknowledged_via"], "webhook");
    assert_eq!(view["acknowledged_by"], "webhook:damkar");
    city.ends_well()
}

#[tokio::test]
async fn a_peer_that_asks_for_time_gets_it() -> anyhow::Result<()> {
    let busy = Behaviour::Say(503, "retry-after: 4\r\n", "");
    let peer = Peer::start(&[busy]).await?;
    let mut city = city(&peer, &["--allow-private"]).await?;
    let dispatch = city.fire(1).await?;
    city.delivery(&dispatch, "webhook", |one| one["last_error"] == "status_503").await?;
    let got = peer.until(2).await?;
    ensure!(got[1].at - got[0].at >= 4_000_000, "after {} us", got[1].at - got[0].at);
    Ok(())
}

#[tokio::test]
async fn an_address_of_this_machine_is_not_dialled_unless_it_was_allowed() -> anyhow::Result<()> {
    let peer = Peer::start(&[]).await?;
    let mut city = city(&peer, &[]).await?;
    let dispatch = city.fire(1).await?;
    let failed = city.delivery(&dispatch, "webhook", |one| one["state"] == "failed").await?;
    assert_eq!(failed["last_error"], "address_not_allowed");
    ensure!(peer.received().is_empty(), "it was dialled");
    Ok(())
}
