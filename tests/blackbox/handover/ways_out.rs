//! Providers that lie, break off or are ill; what the desk and the administrator see of it; and that a drill
//! has no way out and none in.

use anyhow::ensure;
use base64::Engine as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kentongan_tests::api::{Api, DRILL};
use serde_json::{Value, json};
use sha2::Sha256;

use super::city::{City, TOKEN};
use crate::faults::peer::{Behaviour, Peer};

/// How WhatsApp signs a body.
pub fn hub_signature(body: &str) -> anyhow::Result<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(TOKEN.as_bytes())?;
    mac.update(body.as_bytes());
    let bytes = mac.finalize().into_bytes();
    Ok(bytes.iter().fold("sha256=".to_owned(), |hex, byte| format!("{hex}{byte:02x}")))
}

fn telegram(peer: &Peer, limits: &str) -> String {
    let base = peer.url().trim_end_matches("/112").to_owned();
    format!("[forward.telegram]\napi = \"{base}\"\n{limits}\n")
}

#[tokio::test]
async fn a_provider_that_answers_200_and_delivers_nothing_is_no_success() -> anyhow::Result<()> {
    let captive = Behaviour::Say(200, "content-type: text/html\r\n", "<html>Selamat datang di WiFi</html>");
    let peer = Peer::start_and(&[], captive).await?;
    let mut city = City::start(&telegram(&peer, "")).await?;
    city.contact("danru-1", 1, json!({ "telegram": "111" })).await?;
    let dispatch = city.fire(1).await?;
    let lied = city.delivery(&dispatch, "telegram", |one| one["last_error"] == "no_receipt").await?;
    assert_eq!(lied["state"], "unknown", "it may have arrived, and is tried again");
    Ok(())
}

#[tokio::test]
async fn an_ill_provider_is_left_alone_and_shown() -> anyhow::Result<()> {
    let peer = Peer::start_and(&[], Behaviour::Answer(500)).await?;
    let limits = "limits = { test_contact = \"-100\", test_every_minutes = 60 }";
    let city = City::start(&telegram(&peer, limits)).await?;
    city.contact("danru-1", 1, json!({ "telegram": "111" })).await?;
    let mut last = String::new();
    for _ in 0..6 {
        last = city.fire(1).await?;
    }
    let nobody = Api::anonymous(&city.server.base)?;
    let ways_out = loop {
        let ready = nobody.get("/readyz").await?;
        let lane = ready["ways_out"]["kediri"]["telegram"].clone();
        if lane["circuit"] == "open" && lane["heartbeat"]["ok"] == false && lane["waiting"] != 0 {
            break lane;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    };
    assert_eq!(ways_out["heartbeat"]["error"], "status_500");
    let metrics = reqwest::get(format!("{}/metrics", city.server.base)).await?.text().await?;
    ensure!(metrics.contains(r#"forward_circuit_open{centre="kediri",lane="telegram"} 1"#), "{metrics}");
    // Nothing is dropped: what waits is due later.
    let view = city.operator.get(&format!("dispatches/{last}")).await?;
    let due = super::city::of_channel(&view, "telegram").all(|one| one["next_attempt_at"].is_i64());
    ensure!(due, "{view}");
    Ok(())
}

#[tokio::test]
async fn a_channel_without_provider_fails_where_the_desk_sees_it() -> anyhow::Result<()> {
    let mut city = City::start("").await?;
    city.contact("danru-1", 1, json!({ "line": "U206d25c2ea6bd87c17655609a1c37cb8" })).await?;
    let dispatch = city.fire(1).await?;
    let failed = city.delivery(&dispatch, "line", |one| one["state"] == "failed").await?;
    assert_eq!(failed["last_error"], "no_provider");
    Ok(())
}

#[tokio::test]
async fn who_calls_without_a_name_is_turned_away() -> anyhow::Result<()> {
    let peer = Peer::start(&[]).await?;
    let city = City::start(&telegram(&peer, "")).await?;
    let update = r#"{"update_id":1}"#;
    let header = ("x-telegram-bot-api-secret-token", TOKEN);
    assert_eq!(city.calls("telegram", &[header], update).await?.0, 200);
    assert_eq!(city.calls("telegram", &[], update).await?.0, 403);
    assert_eq!(city.calls("telegram", &[header], "[]").await?.0, 400);
    for closed in ["line", "whatsapp", "sms", "console", "webhook", "email", "nothing"] {
        let signature = base64::engine::general_purpose::STANDARD.encode([0; 32]);
        assert_eq!(city.calls(closed, &[("x-line-signature", &signature)], "{}").await?.0, 404, "{closed}");
    }
    let drill = Api::anonymous(&city.server.base)?.in_centre(DRILL);
    let told =
        drill.request(reqwest::Method::POST, "inbound/telegram").header(header.0, header.1).body(update);
    assert_eq!(told.send().await?.status(), 404, "a drill has no way in");
    let (_, body) = city.calls("telegram", &[], update).await?;
    assert_eq!(body["code"], "forged");
    let _: Value = body;
    Ok(())
}
