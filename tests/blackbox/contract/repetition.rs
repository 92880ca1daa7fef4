//! The same request twice has one effect: by idempotency key, and by a channel's own id.

use anyhow::ensure;
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::findings::{Findings, problem};

const KEY: Uuid = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001);

#[tokio::test]
async fn a_repeated_key_gives_the_first_answer_and_a_reused_one_is_refused() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let supervisor = Api::log_in(&server.base, "supervisor").await?;
    let mut findings = Findings::default();
    let body = json!({ "channel": "phone", "text": "Kebakaran rumah" });
    let keyed = |api: &Api, path: &str, body: &Value| {
        let (api, path, body) = (api.clone(), path.to_owned(), body.clone());
        async move { api.send_keyed(Method::POST, &path, Some(&body), Some(KEY)).await }
    };

    let first = keyed(&operator, "reports", &body).await?.expect_status(201)?;
    // Something similar arrives between: the first answer must not change by it.
    let report = operator.report("Kebakaran rumah juga").await?;
    operator.incident(&[report], "fire_building", 1).await?;
    let again = keyed(&operator, "reports", &body).await?.expect_status(200)?;
    findings.note("the same answer", same(&first, &again));

    let other = json!({ "channel": "phone", "text": "Banjir" });
    let answer = keyed(&operator, "reports", &other).await?;
    findings.note("another body", problem(&answer, 409, "idempotency_key_reused"));
    let answer = keyed(&supervisor, "reports", &body).await?;
    findings.note("another person", problem(&answer, 409, "idempotency_key_reused"));
    let incident = json!({ "report_ids": [first["report"]["id"]], "type": "fire", "priority": 1 });
    let answer = keyed(&operator, "incidents", &incident).await?;
    findings.note("another kind of request", problem(&answer, 409, "idempotency_key_reused"));
    let answer = operator.request(Method::POST, "reports").header("idempotency-key", "satu").json(&body);
    findings.note("a key that is no UUID", ensure_400(answer.send().await?.status().as_u16()));
    // Keys belong to a centre: the drill has its own.
    let drill = operator.in_centre("kediri-latihan");
    findings.note(
        "the same key in another centre",
        keyed(&drill, "reports", &body).await?.expect_status(201).map(drop),
    );

    server.kill()?;
    server.restart()?;
    let operator = operator.reconnected()?;
    let again = keyed(&operator, "reports", &body).await?.expect_status(200)?;
    findings.note("the same answer after a crash", same(&first, &again));
    assert_eq!(operator.all("reports").await?.len(), 2, "one report by key, one without");
    findings.end()
}

#[tokio::test]
async fn every_command_is_carried_out_once_for_its_key() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let supervisor = Api::log_in(&server.base, "supervisor").await?;
    let mut next = 0_u128;
    let mut twice = async |api: &Api, method: Method, path: String, body: Value, created: u16| {
        next += 1;
        let key = Some(Uuid::from_u128(KEY.as_u128() + next));
        let first = api.send_keyed(method.clone(), &path, Some(&body), key).await?.expect_status(created)?;
        let again = api.send_keyed(method, &path, Some(&body), key).await?.expect_status(200)?;
        ensure!(first["seq"] == again["seq"], "{path} had two effects: {first} and {again}");
        Ok(first)
    };

    let report = operator.report("Kebakaran rumah").await?;
    let body = json!({ "report_ids": [report], "type": "fire_building", "priority": 2 });
    let opened = twice(&operator, Method::POST, "incidents".into(), body, 201).await?;
    let incident = id_of(&opened, "/incident/id")?;
    let at = |act: &str| format!("incidents/{incident}/{act}");
    twice(&operator, Method::PATCH, format!("incidents/{incident}"), json!({ "priority": 1 }), 200).await?;
    let body = json!({ "agency": "damkar", "role": "lead" });
    let made = twice(&operator, Method::POST, at("dispatches"), body, 201).await?;
    let dispatch = id_of(&made, "/dispatch/id")?;
    for act in ["acknowledge", "accept", "en-route", "on-scene", "complete"] {
        twice(&damkar, Method::POST, format!("dispatches/{dispatch}/{act}"), json!({}), 200).await?;
    }
    twice(&operator, Method::POST, at("resolve"), json!({}), 200).await?;
    twice(&operator, Method::POST, at("reopen"), json!({ "reason": "Api muncul lagi" }), 200).await?;
    twice(&operator, Method::POST, at("close"), json!({}), 200).await?;
    let other = operator.report("Prank").await?;
    twice(&operator, Method::POST, format!("reports/{other}/outcome"), json!({ "outcome": "prank" }), 200)
        .await?;

    let events = supervisor.all("events?limit=200").await?;
    let of_kind = |kind: &str| events.iter().filter(|event| event["kind"] == kind).count();
    for (kind, times) in
        [("incident_opened", 1), ("incident_reopened", 1), ("incident_closed", 1), ("report_handled", 2)]
    {
        assert_eq!(of_kind(kind), times, "{kind}");
    }
    Ok(())
}

#[tokio::test]
async fn a_channels_own_id_gives_the_first_report_again() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let (_, token) = server.cli(&["token", "create", "--centre", "kediri", "--role", "intake"])?;
    let intake = Api::with_token(&server.base, &token)?;
    let sms = |text: &str| json!({ "channel": "sms", "text": text, "external_id": "smsc-1" });

    let first = intake.post("reports", sms("Kebakaran"), 201).await?;
    let again = intake.post("reports", sms("Kebakaran"), 200).await?;
    same(&first, &again)?;
    // A gateway that repeats itself with other words or through somebody else: the first report stands.
    let reworded = operator.post("reports", sms("Kebakaran (2/2)"), 200).await?;
    assert_eq!(reworded["report"]["id"], first["report"]["id"]);
    assert_eq!(reworded["report"]["text"], "Kebakaran");
    // Also when it has been dealt with meanwhile.
    let id = id_of(&first, "/report/id")?;
    operator.post(&format!("reports/{id}/outcome"), json!({ "outcome": "prank" }), 200).await?;
    let again = intake.post("reports", sms("Kebakaran"), 200).await?;
    assert_eq!(again["report"]["id"], id);
    // The id belongs to the channel.
    let other = json!({ "channel": "whatsapp", "text": "Kebakaran", "external_id": "smsc-1" });
    let other = intake.post("reports", other, 201).await?;
    assert_ne!(other["report"]["id"], id);
    assert_eq!(operator.all("reports").await?.len(), 2);
    Ok(())
}

fn same(first: &Value, again: &Value) -> anyhow::Result<()> {
    ensure!(first == again, "the answers differ:\n{first}\n{again}");
    Ok(())
}

fn ensure_400(status: u16) -> anyhow::Result<()> {
    ensure!(status == 400, "expected 400, got {status}");
    Ok(())
}
