//! Contacts and turns of duty: set by those they belong to, in force at the next dispatch, and in no event.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::console::Console;
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

const CONTACT: &str = "agencies/damkar/contacts/danru-1";

async fn put(api: &Api, path: &str, body: &Value, status: u16) -> anyhow::Result<Value> {
    api.send(Method::PUT, path, Some(body)).await?.expect_status(status)
}

fn told(dispatch: &Value) -> Vec<String> {
    let deliveries = dispatch["deliveries"].as_array().into_iter().flatten();
    deliveries
        .map(|one| format!("{}/{}", one["contact"].as_str().unwrap_or("?"), one["channel"].as_str().unwrap_or("?")))
        .collect()
}

async fn dispatched(operator: &Api) -> anyhow::Result<Value> {
    let report = operator.report("Kebakaran rumah, api besar").await?;
    let incident = operator.incident(&[report], "fire_building", 1).await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    operator.get(&format!("dispatches/{dispatch}")).await
}

#[tokio::test]
async fn a_contact_is_told_from_the_next_dispatch_on() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let before = dispatched(&operator).await?;
    assert_eq!(told(&before), ["damkar/console"]);
    assert_eq!(before["concern"], "no_contact", "the desk is told that only the telephone is left");

    let contact = json!({ "name": "Komandan Contoh", "phone": "0812-0000-0001",
        "channels": { "sms": "0812 0000 0001", "email": "danru@damkar.example" } });
    let answer = put(&damkar, CONTACT, &contact, 200).await?;
    assert_eq!(answer.pointer("/contacts/0/channels/sms"), Some(&json!("+6281200000001")), "{answer}");
    assert_eq!(answer.pointer("/contacts/0/on_duty"), Some(&json!(1)), "without a roster always on duty");
    let second = json!({ "name": "Wakil", "place": 2, "channels": { "telegram": "-100200300" } });
    put(&damkar, "agencies/damkar/contacts/danru-2", &second, 200).await?;
    let after = dispatched(&operator).await?;
    assert_eq!(told(&after), ["damkar/console", "danru-1/email", "danru-1/sms"]);
    assert_eq!(after["concern"], Value::Null);
    assert_eq!(after.pointer("/next_step/step"), Some(&json!("alarm")), "{after}");

    // A roster without anybody now: everybody by place, and the desk is told.
    let hour = 3_600_000_000_i64;
    let now = after["queued_at"].as_i64().context("no instant")?;
    let duties = json!({ "duties": [{ "contact": "danru-2", "from": now + hour, "until": now + 2 * hour }] });
    put(&damkar, "agencies/damkar/duties", &duties, 200).await?;
    assert_eq!(dispatched(&operator).await?["concern"], "nobody_on_duty");
    let duties = json!({ "duties": [{ "contact": "danru-2", "from": now - hour, "until": now + hour }] });
    put(&damkar, "agencies/damkar/duties", &duties, 200).await?;
    let by_duty = dispatched(&operator).await?;
    assert_eq!(told(&by_duty), ["damkar/console", "danru-2/telegram"]);

    // Kept over a restart; gone with its turns when it is taken away.
    server.kill()?;
    server.restart()?;
    let (operator, damkar) = (operator.reconnected()?, damkar.reconnected()?);
    assert_eq!(told(&dispatched(&operator).await?), ["damkar/console", "danru-2/telegram"]);
    let gone = damkar.send(Method::DELETE, "agencies/damkar/contacts/danru-2", None).await?;
    let gone = gone.expect_status(200)?;
    assert_eq!(gone["duties"], json!([]));
    assert_eq!(told(&dispatched(&operator).await?), ["damkar/console", "danru-1/email", "danru-1/sms"]);

    // No number and no address in what every auditor may read, nor in what the server wrote down.
    let auditor = Api::log_in(&server.base, "auditor").await?;
    let events = auditor.all("events?limit=200").await?;
    let log = std::fs::read_to_string(data.path().join("server.log")).unwrap_or_default();
    for secret in ["81200000001", "danru@damkar", "-100200300", "Komandan Contoh"] {
        ensure!(!events.iter().any(|event| event.to_string().contains(secret)), "{secret} is in the log");
        ensure!(!log.contains(secret), "{secret} is in the server's own log");
    }
    Ok(())
}

#[tokio::test]
async fn contacts_belong_to_their_agency() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let contact = json!({ "name": "Contoh" });
    let log_in = |who: &'static str| Api::log_in(&server.base, who);
    let (damkar, bpbd, operator) = (log_in("damkar").await?, log_in("bpbd").await?, log_in("operator").await?);
    let supervisor = log_in("supervisor").await?;
    put(&damkar, CONTACT, &contact, 200).await?;
    for (api, read, write) in [(&bpbd, 404, 404), (&operator, 200, 403), (&supervisor, 200, 200)] {
        let got = api.send(Method::GET, "agencies/damkar/contacts", None).await?;
        assert_eq!(got.status.as_u16(), read);
        assert_eq!(api.send(Method::PUT, CONTACT, Some(&contact)).await?.status.as_u16(), write);
    }
    // What makes no sense is named.
    let cases = [
        (json!({ "name": " " }), "/name"),
        (json!({ "name": "x", "channels": { "sms": "halo" } }), "/channels/sms"),
        (json!({ "name": "x", "channels": { "sms": "123" } }), "/channels/sms"),
        (json!({ "name": "x", "channels": { "email": "tanpa tanda" } }), "/channels/email"),
        (json!({ "name": "x", "channels": { "telegram": "@nama" } }), "/channels/telegram"),
        (json!({ "name": "x", "channels": { "console": "damkar" } }), "/channels/console"),
        (json!({ "name": "x", "channels": { "email": "a@b.c\nBcc: d@e.f" } }), "/channels/email"),
    ];
    for (body, pointer) in cases {
        let refused = put(&damkar, CONTACT, &body, 422).await?;
        assert_eq!(refused["pointer"], pointer, "{body}: {refused}");
    }
    put(&damkar, "agencies/damkar/contacts/Danru%201", &contact, 400).await?;
    put(&damkar, "agencies/damkar/contacts/damkar", &contact, 400).await?;
    put(&supervisor, "agencies/tidak-ada/contacts/x", &contact, 404).await?;
    let turn = |contact: &str, from: i64, until: i64| {
        json!({ "duties": [{ "contact": contact, "from": from, "until": until }] })
    };
    let far = 4_000_000_000_000_000_i64;
    for (body, pointer) in [
        (turn("tidak-ada", 0, far), "/duties/0/contact"),
        (turn("danru-1", far, far), "/duties/0/until"),
        (turn("danru-1", 0, 1), "/duties/0/until"),
    ] {
        let refused = put(&damkar, "agencies/damkar/duties", &body, 422).await?;
        assert_eq!(refused["pointer"], pointer, "{body}: {refused}");
    }
    Ok(())
}

#[tokio::test]
async fn the_desk_notes_who_acknowledged_by_word_of_mouth() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let mut desk = Console::connect(&operator).await?;
    let id = dispatched(&operator).await?["id"].as_str().context("no id")?.to_owned();
    let path = format!("dispatches/{id}/acknowledge");
    damkar.post(&path, json!({ "verbal": "Pak Contoh" }), 422).await?;
    operator.act(&id, "acknowledge", json!({ "verbal": "Pak Contoh, danru 1, lewat telepon" })).await?;
    let view = desk.until("dispatch", &id, |view| view["state"] == "acknowledged").await?;
    assert_eq!(view["acknowledged_via"], "verbal");
    assert_eq!(view["acknowledged_note"], "Pak Contoh, danru 1, lewat telepon");
    assert_eq!(view["next_step"], Value::Null);
    // Two at once: the second is told who was first.
    let late = damkar.post(&path, json!({}), 409).await?;
    assert_eq!(late["state"], "acknowledged", "{late}");
    let auditor = Api::log_in(&server.base, "auditor").await?;
    let events = auditor.all("events?limit=200").await?;
    ensure!(!events.iter().any(|event| event.to_string().contains("Pak Contoh")), "a name is in the log");
    Ok(())
}

#[tokio::test]
async fn a_link_that_was_changed_or_is_none_shows_nothing() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let anybody = Api::anonymous(&server.base)?;
    for path in ["/t/kediri/AAAA", "/t/tidak-ada/AAAA", "/t/kediri/%3Cscript%3E"] {
        for method in [Method::GET, Method::POST] {
            let answer = anybody.request(method, path).send().await?;
            assert_eq!(answer.status().as_u16(), 404, "{path}");
            ensure!(answer.headers().contains_key("content-security-policy"), "{path}");
            let page = answer.text().await?;
            ensure!(page.contains("Tautan tidak dikenal") && !page.contains("<script"), "{page}");
        }
    }
    Ok(())
}
