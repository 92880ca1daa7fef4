//! Many contacts about one event: proposed, confirmed by a person, and never in the way of another.

use std::collections::BTreeMap;

use anyhow::{Context as _, ensure};
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

/// How people tell of the one fire, each in their own words.
const VOICES: [&str; 10] = [
    "gudang kayu terbakar di dekat pasar setono betek, apinya besar",
    "kebakaran pasar setono betek, asap hitam tebal",
    "ada api besar di setono betek, merembet ke kios",
    "Setono Betek kobong, tulung damkar",
    "asap mengepul dari gudang dekat pasar, api sudah di atap",
    "kebakaran besar setono betek mohon damkar segera",
    "api di gudang kayu, kios sebelah ikut terbakar",
    "pasar terbakar pak, apinya tinggi sekali",
    "gudang setono betek murub, gek ndang rene",
    "lihat api besar dari jembatan, sepertinya gudang kayu terbakar",
];
const HEART: &str = "bapak saya serangan jantung, keringat dingin, mohon ambulans";

const ENDS: [&str; 5] = ["", " cepat pak", " tolong", " ya", " sekarang"];

fn told(nth: usize) -> Value {
    let said = |from: &[&'static str]| from.iter().copied().cycle().nth(nth).unwrap_or_default();
    let (voice, end) = (said(&VOICES), said(&ENDS));
    let spread = (nth % 7) as f64 * 1e-4;
    json!({
        "channel": "phone",
        "text": format!("{voice}{end}"),
        "reporter": { "phone": format!("0812{nth:07}") },
        "location": { "lat": -7.8166 + spread, "lon": 112.0114 - spread, "accuracy_m": 40.0, "source": "device" },
    })
}

/// The waiting reports as a console orders them, by the server's own key.
async fn queue(api: &Api) -> anyhow::Result<Vec<Value>> {
    let mut waiting = api.all("reports?state=waiting&limit=200").await?;
    let number = |report: &Value, pointer: &str| report.pointer(pointer).and_then(Value::as_i64);
    waiting.sort_by_key(|report| {
        ["/queue/band", "/queue/priority", "/queue/shade", "/received_at"].map(|at| number(report, at))
    });
    Ok(waiting)
}

fn lanes(waiting: &[Value]) -> BTreeMap<String, usize> {
    let mut lanes = BTreeMap::new();
    for report in waiting {
        let lane = report.pointer("/rank/lane").and_then(Value::as_str).unwrap_or_default();
        *lanes.entry(lane.to_owned()).or_default() += 1;
    }
    lanes
}

#[tokio::test]
async fn two_hundred_calls_about_one_fire_do_not_hide_a_heart() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let supervisor = Api::log_in(&server.base, "supervisor").await?;
    for nth in 0..100 {
        operator.post("reports", told(nth), 201).await?;
    }

    // Proposed as one event, of many callers; the desk confirms it, and nobody else.
    let proposals = supervisor.get("surge").await?;
    let proposal = proposals.pointer("/items/0").context("nothing is proposed")?;
    assert_eq!(proposal["category"], "fire", "{proposals}");
    ensure!(proposal["callers"].as_u64() > Some(20), "{proposal}");
    ensure!(proposal["waiting"].as_array().is_some_and(|ids| ids.len() > 20), "{proposal}");
    assert_eq!(proposal["incident"], Value::Null);
    let first = id_of(proposal, "/waiting/0")?;
    let incident = operator.incident(&[first], "fire_building", 1).await?;
    let confirm = format!("incidents/{incident}/confirm-known");
    let damkar = Api::log_in(&server.base, "damkar").await?;
    damkar.send(Method::POST, &confirm, None).await?.expect_status(403)?;
    let confirmed = supervisor.send(Method::POST, &confirm, None).await?.expect_status(200)?;
    ensure!(confirmed["incident"]["known_since"].is_i64(), "{confirmed}");
    assert_eq!(supervisor.get("surge").await?["items"], json!([]), "nobody has to look at it again");

    // Most of what waited tells of nothing else; it went behind at once.
    let behind = lanes(&queue(&operator).await?);
    ensure!(behind.get("known").is_some_and(|count| *count >= 60), "{behind:?}");

    // The heart comes in the middle, and stands before all the fire's calls.
    for nth in 100..150 {
        operator.post("reports", told(nth), 201).await?;
    }
    let heart = json!({ "channel": "phone", "text": HEART, "reporter": { "phone": "081355500001" } });
    let stored = operator.post("reports", heart, 201).await?;
    assert_eq!(stored["novelty"]["lane"], "new", "{}", stored["novelty"]);
    let heart = id_of(&stored, "/report/id")?;
    assert_eq!(queue(&operator).await?[0]["id"], heart.as_str());
    for nth in 150..200 {
        operator.post("reports", told(nth), 201).await?;
    }
    let waiting = queue(&operator).await?;
    assert_eq!(waiting.len(), 200, "200 calls and the heart, less the one that the incident was made of");
    assert_eq!(waiting[0]["id"], heart.as_str());
    let by_lane = lanes(&waiting);
    println!("{by_lane:?}");
    ensure!(by_lane.get("known").is_some_and(|count| *count >= 120), "{by_lane:?}");

    // A call of the fire that tells of somebody inside is none of the mass.
    let mut trapped = told(201);
    trapped["text"] =
        json!("gudang setono betek terbakar, ada orang terjebak di lantai dua teriak minta tolong");
    let stored = operator.post("reports", trapped, 201).await?;
    assert_ne!(stored["novelty"]["lane"], "known", "{}", stored["novelty"]);

    // One that a person lifts stands in front again; the end of the event gives all the others back.
    let lifted = waiting.iter().find(|one| one["rank"]["lane"] == "known").context("one is known")?;
    let lifted = id_of(lifted, "/id")?;
    let answer = operator.send(Method::POST, &format!("reports/{lifted}/lift"), None).await?;
    assert_eq!(answer.expect_status(200)?["report"]["queue"]["band"], 0);
    let again = operator.send(Method::POST, &format!("reports/{lifted}/lift"), None).await?;
    again.expect_status(200)?;

    // What was confirmed survives a crash, and so does what follows from it.
    server.kill()?;
    server.restart()?;
    let (operator, supervisor) = (operator.reconnected()?, supervisor.reconnected()?);
    let stored = operator.post("reports", told(202), 201).await?;
    assert_eq!(stored["novelty"], json!({ "lane": "known", "incident": incident }), "{}", stored["novelty"]);
    assert_eq!(stored["report"]["queue"]["band"], 3);
    let end = format!("incidents/{incident}/end-known");
    supervisor.send(Method::POST, &end, None).await?.expect_status(200)?;
    supervisor.send(Method::POST, &end, None).await?.expect_status(409)?;
    assert_eq!(lanes(&queue(&operator).await?).get("known"), None);

    ensure!(server.stop()?, "the server ended badly");
    let (code, said) = server.cli(&["verify"])?;
    assert_eq!(code, 0, "{said}");
    Ok(())
}

#[tokio::test]
async fn a_report_that_waits_is_found_by_the_next_one_and_by_its_caller() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let stored = operator.post("reports", told(0), 201).await?;
    assert_eq!(stored["waiting"], json!([]));
    let first = id_of(&stored, "/report/id")?;

    let mut preview = told(1);
    preview.as_object_mut().context("an object")?.remove("channel");
    let answer = operator.post("triage", preview.clone(), 200).await?;
    assert_eq!(answer["waiting"][0]["report"], first.as_str(), "{answer}");
    ensure!(answer["waiting"][0]["distance_m"].as_f64().is_some_and(|metres| metres < 100.0));
    assert_eq!(answer["duplicates"], json!([]));

    // The same caller in other spelling says so.
    preview["reporter"]["phone"] = json!("+62 812-0000-000");
    let answer = operator.post("triage", preview.clone(), 200).await?;
    let reasons = answer["waiting"][0]["reasons"].to_string();
    ensure!(reasons.contains("pelapor sama"), "{answer}");

    // Once it belongs to an incident, that is what is found.
    let incident = operator.incident(std::slice::from_ref(&first), "fire_building", 1).await?;
    let answer = operator.post("triage", preview, 200).await?;
    assert_eq!(answer["duplicates"][0]["incident"], incident.as_str(), "{answer}");
    assert_eq!(answer["waiting"], json!([]));
    Ok(())
}
