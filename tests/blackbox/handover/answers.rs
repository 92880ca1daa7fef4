//! What contacts answer and providers tell later: each takes effect once, for the contact that it comes from,
//! and what cannot be taken is shown to the desk.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use serde_json::{Value, json};

use super::city::{City, TOKEN, form};
use crate::faults::peer::{Behaviour, Peer};

const TAKEN: Behaviour =
    Behaviour::Say(200, "content-type: application/json\r\n", r#"{"ok":true,"result":{"message_id":1042}}"#);
const QUEUED: Behaviour = Behaviour::Say(200, "", r#"{"status":"queued","id":"A-77"}"#);

fn base(peer: &Peer) -> String {
    peer.url().trim_end_matches("/112").to_owned()
}

fn telegram(peer: &Peer) -> String {
    format!("[forward.telegram]\napi = \"{}\"\n", base(peer))
}

fn sms(peer: &Peer) -> String {
    format!(
        "[forward.sms.dialect]\nurl = \"{}/send\"\nfields = {{ to = \"{{to_local}}\", text = \"{{text}}\", \
         ref = \"{{id}}\" }}\nsuccess = \"queued\"\nid_after = \"\\\"id\\\":\"\n",
        base(peer)
    )
}

async fn texts(city: &City, from: &str, text: &str) -> anyhow::Result<u16> {
    let body = json!({ "from": from, "text": text, "token": TOKEN });
    Ok(city.calls("sms", &[], &body.to_string()).await?.0)
}

/// How many events the city has had.
async fn events(city: &City) -> anyhow::Result<usize> {
    let supervisor = Api::log_in(&city.server.base, "supervisor").await?;
    Ok(supervisor.all("events?limit=200").await?.len())
}

#[tokio::test]
async fn a_button_acknowledges_for_its_contact_and_nobody_elses() -> anyhow::Result<()> {
    let peer = Peer::start_and(&[], TAKEN).await?;
    let mut city = City::start(&telegram(&peer)).await?;
    city.contact("danru-1", 1, json!({ "telegram": "111" })).await?;
    let dispatch = city.fire(1).await?;
    let sent = city.delivery(&dispatch, "telegram", |one| one["state"] == "sent").await?;
    assert_eq!(sent["provider_id"], "1042");
    let got = peer.until(1).await?;
    assert_eq!(got[0].line, "POST /bot7:secret/sendMessage");
    let message: Value = serde_json::from_str(&got[0].body)?;
    let token =
        message.pointer("/reply_markup/inline_keyboard/0/0/callback_data").context("no button")?.clone();
    let press = |user: i64, data: &Value| {
        json!({ "update_id": 1, "callback_query": { "id": "9", "from": { "id": user }, "data": data,
            "message": { "message_id": 1042, "chat": { "id": user } } } })
        .to_string()
    };
    let header = "x-telegram-bot-api-secret-token";
    let (forged, _) = city.calls("telegram", &[(header, "guessed")], &press(111, &token)).await?;
    assert_eq!(forged, 403);
    let (status, answer) = city.calls("telegram", &[(header, TOKEN)], &press(999, &token)).await?;
    assert_eq!((status, &answer["method"]), (200, &json!("answerCallbackQuery")));
    let view = city.dispatch(&dispatch, |view| view["doubt"] == "stranger").await?;
    assert_eq!(view["acknowledged_at"], Value::Null, "somebody else acknowledged");
    let (_, answer) = city.calls("telegram", &[(header, TOKEN)], &press(111, &token)).await?;
    ensure!(answer["text"].as_str().is_some_and(|text| text.starts_with("Diterima")), "{answer}");
    let view = city.dispatch(&dispatch, |view| view["state"] == "acknowledged").await?;
    assert_eq!(
        (&view["acknowledged_via"], &view["acknowledged_by"]),
        (&json!("button"), &json!("contact:damkar/danru-1"))
    );
    // Pressed again, and told again by the provider: once is once.
    let seq = events(&city).await?;
    for _ in 0..2 {
        let (status, _) = city.calls("telegram", &[(header, TOKEN)], &press(111, &token)).await?;
        assert_eq!(status, 200);
    }
    assert_eq!(events(&city).await?, seq);
    city.ends_well()
}

#[tokio::test]
async fn a_code_by_text_message_acknowledges_and_comes_too_late_once_it_is_over() -> anyhow::Result<()> {
    let peer = Peer::start_and(&[], QUEUED).await?;
    let mut city = City::start(&sms(&peer)).await?;
    city.contact("danru-1", 1, json!({ "sms": "0812-0000-0001" })).await?;
    let dispatch = city.fire(1).await?;
    city.delivery(&dispatch, "sms", |one| one["state"] == "sent" && one["provider_id"] == "A-77").await?;
    let told = form(&peer.until(1).await?[0].body);
    assert_eq!(told["to"], "081200000001");
    let view = city.operator.get(&format!("dispatches/{dispatch}")).await?;
    let code = view["reply_code"].as_str().context("no code")?.to_owned();
    ensure!(told["text"].contains(&format!("TERIMA {code}")) && told["text"].len() <= 459, "{told:?}");
    // Delivered, by the gateway's word: no acknowledgement.
    let report = json!({ "id": "A-77", "status": "DELIVRD" }).to_string();
    assert_eq!(city.calls("sms", &[("x-kentongan-token", TOKEN)], &report).await?.0, 200);
    let view =
        city.dispatch(&dispatch, |view| view["deliveries"].to_string().contains("\"delivered\"")).await?;
    assert_eq!(view["acknowledged_at"], Value::Null);
    // Neither an unclear answer nor another's number acknowledges.
    for (from, text) in
        [("081200000001", format!("TERIMA {code}?")), ("081299999999", format!("TERIMA {code}"))]
    {
        assert_eq!(texts(&city, from, &text).await?, 200);
    }
    let view = city.dispatch(&dispatch, |view| view["doubt"] == "stranger").await?;
    assert_eq!(view["acknowledged_at"], Value::Null);
    texts(&city, "+62 812-0000-0001", &format!("terima{code} pak")).await?;
    let view = city.dispatch(&dispatch, |view| view["state"] == "acknowledged").await?;
    assert_eq!(view["acknowledged_via"], "reply");
    city.operator.act(&dispatch, "withdraw", json!({ "reason": "api padam" })).await?;
    texts(&city, "081200000001", &format!("TOLAK {code} mobil rusak")).await?;
    city.dispatch(&dispatch, |view| view["doubt"] == "too_late").await?;
    city.ends_well()
}

#[tokio::test]
async fn a_refusal_by_text_message_brings_its_reason() -> anyhow::Result<()> {
    let peer = Peer::start_and(&[], QUEUED).await?;
    let mut city = City::start(&sms(&peer)).await?;
    city.contact("danru-1", 1, json!({ "sms": "081200000001" })).await?;
    let dispatch = city.fire(2).await?;
    let view = city.operator.get(&format!("dispatches/{dispatch}")).await?;
    let code = view["reply_code"].as_str().context("no code")?;
    texts(&city, "081200000001", &format!("Tolak {code}, pompa rusak")).await?;
    let view = city.dispatch(&dispatch, |view| view["state"] == "rejected").await?;
    assert_eq!(view["reason"], "pompa rusak");
    let log = city.server.log();
    ensure!(!log.contains("81200000001") && !log.contains("pompa"), "the log tells of people:\n{log}");
    city.ends_well()
}

#[tokio::test]
async fn whatsapp_tells_sent_delivered_read_in_any_order() -> anyhow::Result<()> {
    const ACCEPTED: Behaviour =
        Behaviour::Say(200, "", r#"{"messages":[{"id":"wamid.HBgNNjI4MTIwMDAwMDAwMQ=="}]}"#);
    let peer = Peer::start_and(&[], ACCEPTED).await?;
    let forward = format!("[forward.whatsapp]\napi = \"{}/v23.0\"\nnumber_id = \"1065\"\n", base(&peer));
    let mut city = City::start(&forward).await?;
    city.contact("danru-1", 1, json!({ "whatsapp": "081200000001" })).await?;
    let dispatch = city.fire(1).await?;
    let sent = city.delivery(&dispatch, "whatsapp", |one| one["state"] == "sent").await?;
    ensure!(sent["provider_id"].as_str().is_some_and(|id| id.starts_with("fp-")), "{sent}");
    let status = |name: &str| {
        json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{ "field": "messages",
            "value": { "statuses": [{ "id": "wamid.HBgNNjI4MTIwMDAwMDAwMQ==", "status": name,
                "timestamp": "1764000000", "recipient_id": "6281200000001" }] } }] }] })
        .to_string()
    };
    for name in ["read", "delivered", "sent", "read"] {
        let body = status(name);
        let signature = super::ways_out::hub_signature(&body)?;
        let (code, _) = city.calls("whatsapp", &[("x-hub-signature-256", &signature)], &body).await?;
        assert_eq!(code, 200);
    }
    let view = city.dispatch(&dispatch, |view| view["deliveries"].to_string().contains("\"seen\"")).await?;
    assert_eq!(view["acknowledged_at"], Value::Null, "seen is not acknowledged");
    let forged = super::ways_out::hub_signature("another body")?;
    let (code, _) = city.calls("whatsapp", &[("x-hub-signature-256", &forged)], &status("read")).await?;
    assert_eq!(code, 403);
    city.ends_well()
}
