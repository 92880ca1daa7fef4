//! What a number's past does to its next report: it is told, it may put it behind for a while, and it never
//! hides an emergency.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::server::Server;
use serde_json::{Value, json};

const NUMBER: &str = "0812-9999-001";
const SAME_NUMBER: &str = "+62 812 9999001";

fn call(phone: &str, text: &str) -> Value {
    json!({ "channel": "phone", "text": text, "reporter": { "phone": phone } })
}

async fn handled(api: &Api, phone: &str, text: &str, outcome: &str) -> anyhow::Result<String> {
    let id = id_of(&api.post("reports", call(phone, text), 201).await?, "/report/id")?;
    api.post(&format!("reports/{id}/outcome"), json!({ "outcome": outcome }), 200).await?;
    Ok(id)
}

#[tokio::test]
async fn a_contact_is_known_by_its_past_put_behind_and_brought_forward() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let fresh = operator.post("triage", json!({ "text": "iya halo" }), 200).await?;
    for _ in 0..3 {
        handled(&operator, NUMBER, "(diam)", "ghost").await?;
    }
    let last = handled(&operator, SAME_NUMBER, "anak kecil tertawa", "prank").await?;

    // The next one says what came before, however the number is written.
    let body = json!({ "text": "iya halo", "reporter": { "phone": NUMBER }, "call": { "silent_ms": 9_000 } });
    let answer = operator.post("triage", body, 200).await?;
    let history = &answer["contact"]["history"];
    let told = json!({ "today": 4, "handled": 4, "silent": 3, "prank": 1, "accidental": 0, "real": 0 });
    assert_eq!(history, &told);
    let score = |answer: &Value| answer["triage"]["nuisance"]["score"].as_f64().context("a score");
    ensure!(score(&answer)? > score(&fresh)? + 0.1, "{} {}", score(&answer)?, score(&fresh)?);
    let reasons = answer["triage"]["nuisance"]["reasons"].to_string();
    ensure!(
        ["4x dalam 24 jam", "4 dari 4 laporan sebelumnya kosong", "diam 9 detik"]
            .iter()
            .all(|words| reasons.contains(words)),
        "{reasons}"
    );

    // Put behind: visible on the report that was the occasion, with who and until when.
    let refused = operator
        .post(&format!("reports/{last}/contact"), json!({ "level": "last", "hours": 1_000 }), 422)
        .await?;
    assert_eq!(refused["pointer"], "/hours");
    let put = operator.post(&format!("reports/{last}/contact"), json!({ "level": "last" }), 200).await?;
    assert_eq!(put["report"]["deprioritised"]["by"], "operator");
    assert_eq!(put["report"]["deprioritised"]["level"], "last");
    let next = operator.post("reports", call(NUMBER, "halo halo"), 201).await?;
    assert_eq!(next["report"]["rank"]["held_back"]["because_of"], last.as_str());
    assert_eq!(next["report"]["queue"]["band"], 3);
    let next = id_of(&next, "/report/id")?;

    // A fire is a fire: first band, its own priority, behind its equals at most.
    let fire = operator.post("reports", call(NUMBER, "rumah saya terbakar, ada orang di dalam"), 201).await?;
    assert_eq!(fire["report"]["queue"]["band"], 0);
    assert_eq!(fire["report"]["queue"]["priority"], fire["report"]["suggestion"]["priority"]);
    ensure!(fire["report"]["rank"]["held_back"].is_object(), "it says so all the same");

    // It survives a crash, and is taken back with what waits behind for it.
    server.kill()?;
    server.restart()?;
    let operator = operator.reconnected()?;
    let again = operator.post("reports", call(SAME_NUMBER, "halo"), 201).await?;
    assert_eq!(again["report"]["queue"]["band"], 3);
    let back = operator.post(&format!("reports/{last}/contact"), json!({ "level": null }), 200).await?;
    assert_eq!(back["report"]["deprioritised"], Value::Null);
    let next = operator.get(&format!("reports/{next}")).await?;
    assert_eq!(next["rank"]["held_back"], Value::Null);
    assert_ne!(next["queue"]["band"], 3);
    let free = operator.post("reports", call(NUMBER, "halo"), 201).await?;
    assert_eq!(free["report"]["rank"]["held_back"], Value::Null);

    // Somebody without a number cannot be put behind; nothing of the number stands in the log.
    let nobody = operator.report("halo").await?;
    let refused =
        operator.post(&format!("reports/{nobody}/contact"), json!({ "level": "behind" }), 422).await?;
    assert_eq!(refused["pointer"], "/level");
    let log = Api::log_in(&server.base, "auditor").await?.all("events?limit=200").await?;
    ensure!(!serde_json::to_string(&log)?.contains("9999001"), "a number stands in the log");
    ensure!(!server.log().contains("9999001"), "a number stands in the server's log");
    ensure!(server.stop()?, "the server ended badly");
    let (code, said) = server.cli(&["verify"])?;
    assert_eq!(code, 0, "{said}");
    Ok(())
}
