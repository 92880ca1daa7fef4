//! Striking alarms: everybody whom the plan adds is sent in one command, once, on both engines; and what a
//! person decided otherwise stands in the log.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{WEST, incident, texts};
use crate::faults::Engine;

#[tokio::test]
async fn alarm_by_alarm_on_sqlite() -> anyhow::Result<()> {
    alarm_by_alarm(Engine::Sqlite).await
}

#[tokio::test]
async fn alarm_by_alarm_on_postgres() -> anyhow::Result<()> {
    alarm_by_alarm(Engine::postgres()?).await
}

async fn alarm_by_alarm(engine: Engine) -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::start(data.path(), engine.demo()?)?;
    let desk = Api::log_in(&server.base, "operator").await?;
    let id = incident(&desk, "fire_building", "Rumah terbakar", WEST).await?;
    let path = format!("incidents/{id}/alarm");
    let advice = desk.get(&format!("incidents/{id}/recommendation?alarm=1")).await?;

    // The first alarm is the first forwarding: everybody recommended, with the units recommended.
    let key = Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0a01);
    let strike = json!({ "level": 1 });
    let struck = desk.send_keyed(Method::POST, &path, Some(&strike), Some(key)).await?.expect_status(200)?;
    assert_eq!(
        (&struck["incident"]["alarm_level"], &struck["incident"]["state"]),
        (&json!(1), &json!("dispatched"))
    );
    let made = sent(&desk, &id).await?;
    let mut expected = texts(&advice["agencies"], "/agency");
    expected.sort_unstable();
    assert_eq!(
        made.iter().map(|one| one["agency"].as_str().unwrap_or_default()).collect::<Vec<_>>(),
        expected
    );
    let mut units: Vec<&str> = made.iter().flat_map(|one| texts(&one["units"], "")).collect();
    units.sort_unstable();
    let mut picked = texts(&advice["units"]["picks"], "/unit");
    picked.sort_unstable();
    assert_eq!(units, picked);
    assert_eq!(desk.get("units/damkar-1").await?["state"], "assigned");
    let lead: Vec<&str> =
        made.iter().filter(|one| one["role"] == "lead").filter_map(|one| one["agency"].as_str()).collect();
    assert_eq!(lead, ["damkar"]);

    // Said again with the same key: the same outcome, and nobody is sent twice. With another key it is too late.
    let again = desk.send_keyed(Method::POST, &path, Some(&strike), Some(key)).await?.expect_status(200)?;
    assert_eq!(again["seq"], struck["seq"]);
    let late = desk.send(Method::POST, &path, Some(&strike)).await?;
    assert_eq!((late.status.as_u16(), &late.body["code"]), (409, &json!("illegal_step")));
    assert_eq!((&late.body["state"], &late.body["allowed"]), (&json!("at alarm 1"), &json!(["alarm 2"])));
    let skipped = desk.send(Method::POST, &path, Some(&json!({ "level": 3 }))).await?;
    assert_eq!(skipped.status.as_u16(), 409);
    assert_eq!(sent(&desk, &id).await?.len(), made.len());

    // The server dies: the alarm stands.
    server.kill()?;
    server.restart()?;
    let desk = desk.reconnected()?;
    assert_eq!(desk.get(&format!("incidents/{id}")).await?["alarm_level"], 1);

    // The second adds agencies, and units to those that work on it.
    let before: Vec<Value> = sent(&desk, &id).await?;
    let struck = desk.post(&path, json!({ "level": 2 }), 200).await?;
    assert_eq!(struck["incident"]["alarm_level"], 2);
    let after = sent(&desk, &id).await?;
    ensure!(after.len() > before.len(), "nobody came along");
    let damkar =
        |list: &[Value]| list.iter().find(|one| one["agency"] == "damkar").cloned().unwrap_or_default();
    assert_eq!(damkar(&after)["id"], damkar(&before)["id"], "no second dispatch to who is on it");
    ensure!(
        texts(&damkar(&after)["units"], "").len() > texts(&damkar(&before)["units"], "").len(),
        "{after:?}"
    );
    let advice = desk.get(&format!("incidents/{id}/recommendation")).await?;
    assert_eq!((&advice["alarm"], &advice["alarm_level"]), (&json!(2), &json!(2)));
    assert_eq!(advice["units"]["picks"], json!([]), "all that could be met is sent");

    // The plan has three; a fourth is possible when somebody says who.
    desk.post(&path, json!({ "level": 3 }), 200).await?;
    let fourth = desk.send(Method::POST, &path, Some(&json!({ "level": 4 }))).await?;
    assert_eq!((fourth.status.as_u16(), &fourth.body["pointer"]), (422, &json!("/level")));
    let named = json!({ "level": 4, "dispatches": [{ "agency": "basarnas", "role": "support" }] });
    assert_eq!(desk.post(&path, named, 200).await?["incident"]["alarm_level"], 4);

    server.stop()?;
    let (code, said) = server.cli(&["verify"])?;
    ensure!(code == 0, "on {}: {said}", engine.name());
    Ok(())
}

/// The incident's dispatches, in the order of their agencies.
async fn sent(desk: &Api, incident: &str) -> anyhow::Result<Vec<Value>> {
    let mut list = desk.all(&format!("dispatches?incident={incident}")).await?;
    list.sort_by_key(|one| one["agency"].as_str().map(str::to_owned));
    Ok(list)
}

#[tokio::test]
async fn of_two_desks_that_strike_at_once_one_does() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let (one, other) =
        (Api::log_in(&server.base, "operator").await?, Api::log_in(&server.base, "supervisor").await?);
    let id = incident(&one, "traffic_accident_injury", "Tabrakan motor", WEST).await?;
    let (path, strike) = (format!("incidents/{id}/alarm"), json!({ "level": 1 }));
    let (first, second) = tokio::join!(
        one.send(Method::POST, &path, Some(&strike)),
        other.send(Method::POST, &path, Some(&strike)),
    );
    let mut statuses = [first?.status.as_u16(), second?.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let agencies = sent(&one, &id).await?;
    let mut codes = texts(&json!(agencies), "/agency").into_iter().map(str::to_owned).collect::<Vec<_>>();
    let all = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), all, "somebody was sent twice");
    Ok(())
}

#[tokio::test]
async fn two_alarms_at_once_share_no_unit() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let desk = Api::log_in(&server.base, "operator").await?;
    let first = incident(&desk, "fire_building", "Rumah terbakar", WEST).await?;
    let second = incident(&desk, "fire_building", "Toko terbakar", WEST).await?;
    let (strike, a, b) =
        (json!({ "level": 1 }), format!("incidents/{first}/alarm"), format!("incidents/{second}/alarm"));
    // Both want the same pumper: whoever is second is recommended another one.
    let (one, other) =
        tokio::join!(desk.send(Method::POST, &a, Some(&strike)), desk.send(Method::POST, &b, Some(&strike)));
    one?.expect_status(200)?;
    other?.expect_status(200)?;
    let mut units = Vec::new();
    for id in [&first, &second] {
        for dispatch in sent(&desk, id).await? {
            units.extend(texts(&dispatch["units"], "").into_iter().map(str::to_owned));
        }
    }
    let all = units.len();
    units.sort();
    units.dedup();
    ensure!(units.len() == all && all > 5, "{units:?}");
    Ok(())
}

#[tokio::test]
async fn what_was_decided_otherwise_is_recorded_and_the_reason_stays_out_of_the_log() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let desk = Api::log_in(&server.base, "operator").await?;
    let auditor = Api::log_in(&server.base, "auditor").await?;
    let id = incident(&desk, "fire_building", "Rumah terbakar", WEST).await?;
    let advice = desk.get(&format!("incidents/{id}/recommendation")).await?;
    let own: Vec<&str> = advice["units"]["picks"]
        .as_array()
        .context("no picks")?
        .iter()
        .filter(|pick| pick["agency"] == "damkar")
        .filter_map(|pick| pick["unit"].as_str())
        .collect();
    let reason = "Pak Slamet minta Regu 2 saja";
    let recommended = |units: &[&str], reason: Option<&str>| {
        let mut said =
            json!({ "policy_version": advice["policy_version"], "agency": "damkar", "units": units });
        if let (Some(reason), Some(said)) = (reason, said.as_object_mut()) {
            said.insert("reason".into(), json!(reason));
        }
        said
    };
    let body = json!({ "agency": "damkar", "role": "lead", "units": ["damkar-2"], "recommended": recommended(&own, Some(reason)) });
    let made = desk.post(&format!("incidents/{id}/dispatches"), body, 201).await?;
    // Followed, it is no override.
    let second = incident(&desk, "fire_building", "Toko terbakar", WEST).await?;
    let body = json!({ "agency": "damkar", "role": "lead", "units": ["damkar-1"], "recommended": recommended(&["damkar-1"], None) });
    desk.post(&format!("incidents/{second}/dispatches"), body, 201).await?;

    let events = auditor.all("events?limit=200").await?;
    let overridden: Vec<&Value> =
        events.iter().filter(|event| event["kind"] == "dispatch_overridden").collect();
    assert_eq!(overridden.len(), 1);
    let payload = &overridden[0]["payload"];
    assert_eq!(
        (&payload["dispatch"], &payload["recommended_agency"]),
        (&made["dispatch"]["id"], &json!("damkar"))
    );
    assert_eq!(
        (&payload["recommended_units"], &payload["policy_version"]),
        (&json!(own), &json!("2026-11-1"))
    );
    ensure!(payload["reason"].is_string(), "{payload}");
    ensure!(!serde_json::to_string(&events)?.contains("Slamet"), "words of people stand in the log");

    for (bad, pointer) in [
        (json!({ "policy_version": "x".repeat(65) }), "/recommended"),
        (json!({ "policy_version": "1", "units": vec!["u"; 51] }), "/recommended"),
        (json!({ "policy_version": "1", "reason": "a".repeat(1_001) }), "/recommended/reason"),
    ] {
        let body = json!({ "agency": "psc119", "role": "support", "recommended": bad });
        let answer = desk.send(Method::POST, &format!("incidents/{id}/dispatches"), Some(&body)).await?;
        assert_eq!(
            (answer.status.as_u16(), &answer.body["pointer"]),
            (422, &json!(pointer)),
            "{}",
            answer.body
        );
    }
    Ok(())
}

#[tokio::test]
async fn an_alarm_of_nonsense_is_refused_and_sends_nobody() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let desk = Api::log_in(&server.base, "operator").await?;
    let id = incident(&desk, "fire_building", "Rumah terbakar", WEST).await?;
    let path = format!("incidents/{id}/alarm");
    let one = |agency: &str, units: Value| json!([{ "agency": agency, "role": "lead", "units": units }]);
    for (body, status, pointer) in [
        (json!({}), 422, Value::Null),
        (json!({ "level": 0 }), 422, json!("/level")),
        (json!({ "level": 10 }), 422, json!("/level")),
        (json!({ "level": 1, "dispatches": one("pemadam", json!([])) }), 422, json!("/dispatches/0/agency")),
        (json!({ "level": 1, "dispatches": one("damkar", json!(["kapal-1"])) }), 422, json!("/units/0")),
        (json!({ "level": 1, "dispatches": one("damkar", json!(["psc119-1"])) }), 404, Value::Null),
        (
            json!({ "level": 1, "dispatches": [{ "agency": "damkar", "role": "lead" }, { "agency": "damkar", "role": "lead" }] }),
            422,
            json!("/dispatches"),
        ),
    ] {
        let answer = desk.send(Method::POST, &path, Some(&body)).await?;
        assert_eq!(answer.status.as_u16(), status, "{body}: {}", answer.body);
        if pointer.is_string() {
            assert_eq!(answer.body["pointer"], pointer, "{body}");
        }
    }
    assert_eq!(sent(&desk, &id).await?.len(), 0);
    assert_eq!(desk.get(&format!("incidents/{id}")).await?["alarm_level"], 0);
    let damkar = Api::log_in(&server.base, "damkar").await?;
    assert_eq!(damkar.send(Method::POST, &path, Some(&json!({ "level": 1 }))).await?.status.as_u16(), 403);
    Ok(())
}
