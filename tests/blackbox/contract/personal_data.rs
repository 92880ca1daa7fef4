//! Names, numbers and words of people stay out of the log, the measures, the traces and the outcomes kept.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::server::{Server, Start};
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use super::findings::Findings;

const NAME: &str = "Bu Kembangsore";
const PHONE: &str = "+6281299887766";
/// Stands in for whatever somebody said; no word of any language.
const MARKER: &str = "xqzvkebakaran";
const KEYS: [Uuid; 4] = [
    Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_00a1),
    Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_00a2),
    Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_00a3),
    Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_00a4),
];

#[tokio::test]
async fn personal_data_stays_where_it_can_be_erased() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let start = Start::demo().with_env("KENTONGAN_LOG", "debug");
    let mut server = Server::start(data.path(), start)?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let auditor = Api::log_in(&server.base, "auditor").await?;
    let post = async |api: &Api, path: String, body, key| {
        api.send_keyed(Method::POST, &path, Some(&body), Some(key)).await
    };

    let body = json!({ "channel": "phone", "text": format!("Kebakaran rumah {MARKER} api besar"),
        "place_text": format!("dekat warung {MARKER}"), "reporter": { "name": NAME, "phone": PHONE },
        "location": { "lat": -7.8228, "lon": 112.0119 } });
    let stored = post(&operator, "reports".into(), body, KEYS[0]).await?.expect_status(201)?;
    assert_eq!(stored["report"]["reporter"]["name"], NAME);
    let report = id_of(&stored, "/report/id")?;
    let incident = operator.incident(std::slice::from_ref(&report), "fire_building", 1).await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    let refusal = json!({ "reason": format!("{MARKER} mobil rusak, telepon {PHONE}") });
    post(&damkar, format!("dispatches/{dispatch}/reject"), refusal, KEYS[1]).await?.expect_status(200)?;
    let note = json!({ "note": format!("{NAME} {MARKER}") });
    post(&operator, format!("incidents/{incident}/close"), note, KEYS[2]).await?.expect_status(200)?;
    let other = operator.report(&format!("{MARKER} lagi")).await?;
    let outcome = json!({ "outcome": "prank", "note": format!("{NAME} {MARKER}") });
    post(&operator, format!("reports/{other}/outcome"), outcome, KEYS[3]).await?.expect_status(200)?;
    // Also what is refused, and what is only asked, leaves no words behind.
    operator.post("triage", json!({ "text": format!("api {MARKER}") }), 200).await?;
    let broken = format!(r#"{{"channel":"phone","text":"{MARKER} {PHONE}","#).into_bytes();
    operator.send_raw(Method::POST, "reports", broken).await?.expect_status(400)?;
    operator.get(&format!("places?q={MARKER}")).await?;

    let mut findings = Findings::default();
    let events = serde_json::to_string(&auditor.all("events?limit=200").await?)?;
    ensure!(events.contains(&report), "the log does not hold the report");
    findings.note("events", clean(&events));
    for path in
        [format!("reports/{report}"), "reports".into(), format!("incidents/{incident}"), "dispatches".into()]
    {
        findings.note(
            &format!("{path} for an auditor"),
            without_reporter(&auditor.get(&path).await?.to_string()),
        );
    }
    findings.note(
        "the report for an agency",
        without_reporter(&damkar.get(&format!("reports/{report}")).await?.to_string()),
    );
    let metrics = operator.request(Method::GET, "/metrics").send().await?.text().await?;
    ensure!(metrics.contains("http"), "there are no measures");
    findings.note("measures", clean(&metrics));

    let url = format!("sqlite:{}", data.path().join("kentongan.db").display());
    let store = kentongan_store::connect(&url).await?;
    for key in KEYS {
        let command = store.command("kediri", key).await?.context("the outcome was not kept")?;
        findings.note(&format!("the outcome of {key}"), clean(&command.outcome));
    }
    store.close().await;
    ensure!(server.stop()?, "the server ended badly");
    let log = server.log();
    ensure!(log.contains("\"DEBUG\""), "the server did not trace");
    findings.note("traces", clean(&log));
    let session =
        operator.credential().and_then(|(_, cookie)| cookie.split_once('=')).context("no session")?.1;
    findings.note(
        "traces and the session",
        if log.contains(session) { Err(anyhow::anyhow!("it is there")) } else { Ok(()) },
    );
    findings.end()
}

fn clean(text: &str) -> anyhow::Result<()> {
    ensure!(!text.contains(MARKER), "what was said is in it: {}", around(text, MARKER));
    without_reporter(text)
}

fn without_reporter(text: &str) -> anyhow::Result<()> {
    for datum in [NAME, PHONE, "Kembangsore", "81299887766"] {
        // A note that names somebody is the desk's own word, and shown to whoever reads notes.
        let hidden = text.replace(&format!("{NAME} {MARKER}"), "").replace(&format!("telepon {PHONE}"), "");
        ensure!(!hidden.contains(datum), "{datum} is in it: {}", around(&hidden, datum));
    }
    Ok(())
}

fn around<'t>(text: &'t str, word: &'t str) -> &'t str {
    let at = text.find(word).unwrap_or_default();
    text.get(at.saturating_sub(200)..(at + 100).min(text.len())).unwrap_or(word)
}
