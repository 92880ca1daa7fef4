//! Two centres in one server, and a drill beside them.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::{Api, CITY, DRILL, id_of};
use kentongan_tests::console::Console;
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::{
    NEIGHBOUR, arrived, desk, fire, import, neighbour, nobody_in_the_log, offer, until, until_state, verified,
};
use crate::faults::Engine;

/// Nobody answers for this one, and it has no address.
const FAR: &str = "tulungagung";

struct City {
    _data: TempDir,
    server: Server,
    ours: Api,
    theirs: Api,
}

fn city(engine: &Engine) -> anyhow::Result<City> {
    let data = tempfile::tempdir()?;
    let start = engine.demo()?;
    let url = start.database_url.clone();
    let around = [neighbour(NEIGHBOUR, None), neighbour(FAR, Some(300)), neighbour(DRILL, None)];
    import(data.path(), url.as_deref(), CITY, &around)?;
    import(data.path(), url.as_deref(), NEIGHBOUR, &[neighbour(CITY, None)])?;
    let server = Server::start(data.path(), start)?;
    let (ours, theirs) = (desk(&server, CITY)?, desk(&server, NEIGHBOUR)?);
    Ok(City { _data: data, server, ours, theirs })
}

#[tokio::test]
async fn on_sqlite_accepted_it_is_theirs_and_both_keep_the_lineage() -> anyhow::Result<()> {
    accepted(&Engine::Sqlite).await
}

#[tokio::test]
async fn on_postgres_accepted_it_is_theirs_and_both_keep_the_lineage() -> anyhow::Result<()> {
    accepted(&Engine::postgres()?).await
}

async fn accepted(engine: &Engine) -> anyhow::Result<()> {
    let City { _data, mut server, ours, theirs } = city(engine)?;
    let incident = fire(&ours).await?;
    let before = ours.get(&format!("incidents/{incident}")).await?;
    ensure!(allowed(&before, "offer") && !allowed(&before, "answer_offer"), "{before}");
    let transfer = offer(&ours, &incident, NEIGHBOUR).await?;
    // There: a report that rings like any other, with everything that was known here.
    let report = arrived(&theirs, &transfer).await?;
    assert_eq!(
        report["handed_over"],
        json!({ "centre": CITY, "number": before["number"], "transfer": transfer })
    );
    assert_eq!((&report["channel"], &report["state"]), (&json!("neighbour"), &json!("waiting")));
    assert_eq!(
        (&report["suggestion"]["priority"], &report["suggestion"]["type"]),
        (&json!(1), &json!("fire_building"))
    );
    assert_eq!(report["deadline"]["kind"], "report_handled");
    assert_eq!(report["reporter"], json!({ "name": "Bu Contoh", "phone": "+6281200000000" }));
    assert_eq!(
        (&report["place"]["lat"], &report["place_text"]),
        (&json!(-7.8228), &json!("dekat jembatan lama"))
    );
    let text = report["text"].as_str().context("no words")?;
    for said in [id_of(&before, "/number")?.as_str(), "Kebakaran", "sawah tebu", "tangki"] {
        ensure!(text.contains(said), "{said} is not in {text}");
    }
    // Here: it waits for the answer, and goes on meanwhile.
    let waits = until_state(&ours, &incident, "received").await?;
    assert_eq!(waits["handover"]["remote_number"], report["number"]);
    assert_eq!(waits["handover"]["deadline"]["kind"], "handover_answered");
    assert_eq!(waits["deadline"]["kind"], "incident_forwarded", "it is ours until somebody takes it");
    ensure!(!allowed(&waits, "offer") && !allowed(&waits, "merge") && allowed(&waits, "dispatch"), "{waits}");
    let again = ours.post(&format!("incidents/{incident}/offer"), json!({ "to": FAR }), 409).await?;
    assert_eq!(again["code"], "illegal_step");

    let there = theirs.incident(&[id_of(&report, "/id")?], "fire_building", 1).await?;
    let number = theirs.get(&format!("incidents/{there}")).await?["number"].clone();
    let over = until_state(&ours, &incident, "accepted").await?;
    assert_eq!((&over["state"], &over["deadline"]), (&json!("out_of_area"), &Value::Null));
    assert_eq!(
        (&over["handover"]["remote_number"], &over["handover"]["answered_by"]),
        (&number, &json!("neighbour:nganjuk"))
    );
    for api in [&ours, &theirs] {
        nobody_in_the_log(api).await?;
    }
    // A start tells everything again that may not have been told: it changes nothing.
    server.kill()?;
    server.restart()?;
    let (ours, theirs) = (ours.reconnected()?, theirs.reconnected()?);
    let second = fire(&ours).await?;
    let transfer = offer(&ours, &second, NEIGHBOUR).await?;
    arrived(&theirs, &transfer).await?;
    let mut told = ours.all("events?limit=200").await?;
    told.retain(|event| event["id"] == incident.as_str() && event["kind"] == "handover_moved");
    assert_eq!(told.len(), 2, "received and accepted, once each: {told:?}");
    verified(&mut server)
}

#[tokio::test]
async fn refused_it_stays_and_can_be_offered_again() -> anyhow::Result<()> {
    let City { _data, mut server, ours, theirs } = city(&Engine::Sqlite)?;
    let incident = fire(&ours).await?;
    let damkar = ours.dispatch(&incident, "damkar", "lead").await?;
    let transfer = offer(&ours, &incident, NEIGHBOUR).await?;
    let report = id_of(&arrived(&theirs, &transfer).await?, "/id")?;
    theirs.post(&format!("reports/{report}/outcome"), json!({ "outcome": "wrong_region" }), 200).await?;
    let view = until_state(&ours, &incident, "refused").await?;
    assert_eq!((&view["handover"]["reason"], &view["state"]), (&json!("wrong_region"), &json!("dispatched")));
    ensure!(allowed(&view, "offer") && allowed(&view, "merge"), "{view}");
    // Offered again it is another hand-over; with an agency of ours at work it stays ours when they take it.
    let second = offer(&ours, &incident, NEIGHBOUR).await?;
    assert_ne!(transfer, second);
    let report = id_of(&arrived(&theirs, &second).await?, "/id")?;
    let theirs_already = fire(&theirs).await?;
    let attach = json!({ "outcome": "attached", "incident": theirs_already });
    theirs.post(&format!("reports/{report}/outcome"), attach, 200).await?;
    let view = until_state(&ours, &incident, "accepted").await?;
    assert_eq!(view["state"], "dispatched");
    assert_eq!(ours.get(&format!("dispatches/{damkar}")).await?["ended_at"], Value::Null);
    let number = theirs.get(&format!("incidents/{theirs_already}")).await?["number"].clone();
    assert_eq!(view["handover"]["remote_number"], number, "attached is accepted, too");
    ours.post(&format!("incidents/{incident}/close"), json!({ "result": "out_of_area" }), 200).await?;
    verified(&mut server)
}

#[tokio::test]
async fn one_that_cannot_be_reached_rings_and_is_answered_by_telephone() -> anyhow::Result<()> {
    let City { _data, mut server, ours, .. } = city(&Engine::Sqlite)?;
    let near = ours.get("neighbours").await?;
    let connected: Vec<(&Value, &Value)> = near["items"]
        .as_array()
        .context("no items")?
        .iter()
        .map(|one| (&one["code"], &one["connected"]))
        .collect();
    let (yes, no) = (json!(true), json!(false));
    assert_eq!(connected, [(&json!(NEIGHBOUR), &yes), (&json!(FAR), &no), (&json!(DRILL), &no)]);
    let mut console = Console::connect(&ours).await?;
    let incident = fire(&ours).await?;
    offer(&ours, &incident, FAR).await?;
    let failed = until(&ours, &incident, |of| of["error"] == "no_address").await?;
    assert_eq!(
        (&failed["handover"]["state"], &failed["handover"]["phone"]),
        (&json!("offered"), &json!("(0358) 555-0199"))
    );
    // It was agreed to answer within 300 ms: overdue before everybody's eyes, again and again.
    let rung = console
        .until("incident", &incident, |view| view["handover"]["deadline"]["level"].as_u64() >= Some(2))
        .await?;
    assert_eq!(rung["handover"]["deadline"]["kind"], "handover_answered");
    assert_eq!(rung["deadline"]["level"], 0, "the incident's own clock is another one");
    let path = format!("incidents/{incident}/offer/answer");
    let wrong = ours.post(&path, json!({ "accepted": true, "number": "Bu Contoh" }), 422).await?;
    assert_eq!(wrong["pointer"], "/number");
    let (key, body) = (Some(Uuid::from_u128(7)), json!({ "accepted": true, "number": "TLG-261122-0009" }));
    for _ in 0..2 {
        let told = ours.send_keyed(Method::POST, &path, Some(&body), key).await?.expect_status(200)?;
        let of = &told["incident"]["handover"];
        assert_eq!((&of["state"], &of["remote_number"]), (&json!("accepted"), &json!("TLG-261122-0009")));
        assert_eq!((&of["deadline"], &told["incident"]["state"]), (&Value::Null, &json!("out_of_area")));
    }
    let over = ours.post(&path, json!({ "accepted": false }), 409).await?;
    assert_eq!(over["code"], "illegal_step");
    verified(&mut server)
}

#[tokio::test]
async fn nothing_goes_from_a_drill_or_into_one() -> anyhow::Result<()> {
    let City { _data, mut server, ours, .. } = city(&Engine::Sqlite)?;
    // Into one: the offer is answered at once, and nothing stands in the drill's queue.
    let incident = fire(&ours).await?;
    offer(&ours, &incident, DRILL).await?;
    let view = until_state(&ours, &incident, "refused").await?;
    assert_eq!((&view["handover"]["reason"], &view["state"]), (&json!("drill_centre"), &json!("open")));
    let drill = desk(&server, DRILL)?;
    ensure!(drill.all("reports").await?.is_empty(), "something real came into the drill");
    // From one.
    let practice = fire(&drill).await?;
    let seen = drill.get(&format!("incidents/{practice}")).await?;
    ensure!(!allowed(&seen, "offer"), "{seen}");
    let refused = drill.post(&format!("incidents/{practice}/offer"), json!({ "to": NEIGHBOUR }), 409).await?;
    assert_eq!(refused["code"], "drill_centre");
    assert_eq!(drill.get(&format!("incidents/{practice}")).await?["handover"], Value::Null);
    let url = server.base.clone();
    let join = ["centre", "neighbour", "--centre", DRILL, "--neighbour", NEIGHBOUR, "--url", &url];
    let (status, said) = server.cli(&join)?;
    ensure!(status == 2 && said.contains("drill"), "{status} {said}");
    verified(&mut server)
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_its_place() -> anyhow::Result<()> {
    let City { _data, server, ours, .. } = city(&Engine::Sqlite)?;
    let incident = fire(&ours).await?;
    let path = format!("incidents/{incident}/offer");
    assert_eq!(ours.post(&path, json!({ "to": "damkar" }), 404).await?["code"], "not_found");
    assert_eq!(ours.post(&path, json!({}), 422).await?["code"], "invalid_field");
    let long = json!({ "to": NEIGHBOUR, "note": "x".repeat(1_001) });
    assert_eq!(ours.post(&path, long, 422).await?["pointer"], "/note");
    assert_eq!(
        ours.post(&format!("{path}/answer"), json!({ "accepted": true }), 409).await?["code"],
        "illegal_step"
    );
    // Nobody writes a neighbour's report by hand: an answer would go nowhere.
    let body = json!({ "channel": "neighbour", "text": "Kebakaran" });
    assert_eq!(ours.post("reports", body, 422).await?["pointer"], "/channel");
    for (neighbour, url) in
        [("damkar", "http://127.0.0.1:9"), (NEIGHBOUR, "file:///etc/passwd"), (NEIGHBOUR, "x")]
    {
        let join = ["centre", "neighbour", "--centre", CITY, "--neighbour", neighbour, "--url", url];
        let (status, said) = server.cli(&join)?;
        ensure!(status == 2, "{neighbour} {url}: {status} {said}");
    }
    Ok(())
}

fn allowed(view: &Value, action: &str) -> bool {
    view["allowed_actions"].as_array().is_some_and(|listed| listed.iter().any(|one| one == action))
}
