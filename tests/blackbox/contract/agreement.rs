//! What was suggested against what people set: counted for those who watch the room, and learnt from when
//! that makes nothing worse.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, ensure};
use kentongan_tests::api::{Api, CITY, id_of};
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use super::findings::problem;

const FIGURES: &str = "triage/agreement";
const DAY_US: i64 = 24 * 3_600 * 1_000_000;

/// Hands in a report, opens an incident of it and closes the record.
async fn decided(desk: &Api, text: &str, kind: &str, priority: u8) -> anyhow::Result<String> {
    let report = desk.report(text).await?;
    let incident = desk.incident(std::slice::from_ref(&report), kind, priority).await?;
    desk.post(&format!("incidents/{incident}/close"), json!({}), 200).await?;
    Ok(report)
}

#[tokio::test]
async fn a_changed_suggestion_is_counted_as_not_kept() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let supervisor = Api::log_in(&server.base, "supervisor").await?;

    let text = "Kebakaran rumah, api besar, orang terjebak di dalam";
    let kept = decided(&operator, text, "fire_building", 1).await?;
    // Taken for a fire and closed as something else; changed after it was opened, by somebody else.
    let report = operator.report("Kebakaran rumah lagi, api besar di dapur").await?;
    let incident = supervisor.incident(&[report], "fire_building", 1).await?;
    let change = json!({ "type": "complaint_other", "priority": 4 });
    let path = format!("incidents/{incident}");
    let changed = supervisor.send(Method::PATCH, &path, Some(&change)).await?.expect_status(200)?;
    ensure!(changed["incident"]["category"] == "complaint", "{changed}");
    // Not yet decided: its incident is open. And one without an incident is nobody's agreement.
    let open = operator.report("Pohon tumbang menutup jalan").await?;
    operator.incident(&[open], "natural_disaster_other", 3).await?;
    let prank = operator.report("Halo halo").await?;
    operator.post(&format!("reports/{prank}/outcome"), json!({ "outcome": "prank" }), 200).await?;

    let first = supervisor.get(FIGURES).await?;
    assert_eq!(first["total"]["reports"], 1, "the second is not closed: {first}");
    operator.post(&format!("{path}/close"), json!({}), 200).await?;
    let figures = supervisor.get(FIGURES).await?;
    let suggested = operator.get(&format!("reports/{kept}")).await?["suggestion"].clone();
    ensure!(suggested["category"] == "fire", "the text is read as {suggested}");
    assert_eq!(figures["total"]["reports"], 2);
    assert_eq!(figures["total"]["category_kept"], 1);
    assert_eq!(figures["total"]["accuracy"], 0.5);
    let of = |list: &str, key: &str| -> Vec<(Value, Value, Value)> {
        let rows = figures[list].as_array().cloned().unwrap_or_default();
        rows.iter()
            .map(|row| (row[key].clone(), row["reports"].clone(), row["category_kept"].clone()))
            .collect()
    };
    let wanted = |rows: &[(&str, i64, i64)]| -> Vec<(Value, Value, Value)> {
        rows.iter().map(|(name, all, kept)| (json!(name), json!(all), json!(kept))).collect()
    };
    assert_eq!(of("categories", "category"), wanted(&[("fire", 1, 1), ("complaint", 1, 0)]));
    assert_eq!(of("operators", "operator"), wanted(&[("operator", 1, 1), ("supervisor", 1, 0)]));
    assert_eq!(figures["months"].as_array().map(Vec::len), Some(1));
    let binned: i64 = figures["calibration"]
        .as_array()
        .context("no calibration")?
        .iter()
        .filter_map(|bin| bin["reports"].as_i64())
        .sum();
    assert_eq!(binned, 2);
    assert_eq!((&figures["drift"]["z"], &figures["drift"]["drifted"]), (&Value::Null, &json!(false)));
    let said = figures.to_string();
    ensure!(!said.contains("api besar") && !said.contains(&kept), "figures name a report: {said}");

    ranges_are_bounded(&supervisor, figures["to"].as_i64().context("no end")?).await?;
    for (user, status) in [("operator", 403), ("damkar", 403)] {
        let refused = Api::log_in(&server.base, user).await?.send(Method::GET, FIGURES, None).await?;
        problem(&refused, status, "forbidden")?;
    }
    let refused = Api::anonymous(&server.base)?.send(Method::GET, FIGURES, None).await?;
    problem(&refused, 401, "unauthenticated")
}

async fn ranges_are_bounded(supervisor: &Api, now: i64) -> anyhow::Result<()> {
    let earlier = supervisor.get(&format!("{FIGURES}?to={}", now - DAY_US)).await?;
    assert_eq!(earlier.pointer("/total/reports"), Some(&json!(0)));
    assert_eq!(earlier.pointer("/categories"), Some(&json!([])));
    let later = supervisor.get(&format!("{FIGURES}?from={}&to={}", now - DAY_US, now + DAY_US)).await?;
    assert_eq!(later.pointer("/total/reports"), Some(&json!(2)));
    for query in [
        format!("from={now}&to={now}"),
        format!("from={}&to={now}", now - 732 * DAY_US),
        format!("from={}&to={}", i64::MIN, i64::MAX),
        "from=yesterday".to_owned(),
        "since=0".to_owned(),
    ] {
        let answer = supervisor.send(Method::GET, &format!("{FIGURES}?{query}"), None).await?;
        problem(&answer, 400, "bad_parameter").with_context(|| query)?;
    }
    Ok(())
}

/// Texts of five hands on what is critical and on lamps; a room of two hundred reports outweighs them.
fn small_corpus(folder: &Path) -> anyhow::Result<()> {
    let mut csv =
        "id,kind,language,text,category,acceptable,agencies,priority,place_text,type,group\n".to_owned();
    for (words, category, agency, priority) in [
        ("kebakaran rumah api besar", "fire", "damkar", 1),
        ("orang pingsan sesak napas", "medical", "psc119", 1),
        ("anak jatuh ke sumur", "rescue", "damkar", 1),
        ("maling motor baru lari", "crime", "polres", 3),
        ("orang mengamuk bawa parang", "mental_health", "polres", 2),
        ("lampu jalan padam", "complaint", "dishub", 4),
    ] {
        for nth in 0..30 {
            let (hand, text) = (nth % 5, format!("{words} {}", name(nth)));
            writeln!(
                csv,
                "{category}{nth},note,id,{text},{category},{category},{agency},{priority},,,h{hand}"
            )?;
        }
    }
    std::fs::write(folder.join("small.csv"), csv)?;
    Ok(())
}

/// A made-up place for each number.
fn name(number: usize) -> String {
    let part = |rest: usize| "bdgklmnpst".chars().nth(rest % 10).into_iter().chain(['a']);
    "wa".chars().chain([number / 100, number / 10, number].into_iter().flat_map(part)).collect()
}

#[tokio::test]
async fn a_room_teaches_only_what_misses_no_more_emergencies() -> anyhow::Result<()> {
    let (data, corpus) = (tempfile::tempdir()?, tempfile::tempdir()?);
    small_corpus(corpus.path())?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let folder = corpus.path().to_string_lossy().into_owned();
    let train = ["triage", "train", "--from-log", "--centre", CITY, "--corpus", &folder];
    let weights = data.path().join("triage.weights");

    // Too few: it says how many there are, and that nothing came of it.
    decided(&operator, "kebakaran rumah di Wates, api membesar", "fire_building", 1).await?;
    let (code, said) = server.cli(&train)?;
    ensure!(code == 2 && said.contains("kentongan: 1 decided reports") && said.contains("200"), "{said}");

    // Two hundred fires of which all but the newest were closed as complaints.
    for nth in 0..200 {
        let text = format!("kebakaran di {} dekat {} api membesar", name(nth), name(999 - nth));
        let (kind, priority) = if nth < 155 { ("complaint_other", 4) } else { ("fire_building", 1) };
        decided(&operator, &text, kind, priority).await?;
    }
    let (code, said) = server.cli(&train)?;
    ensure!(code == 2 && said.contains("kentongan: nothing was written"), "{code}: {said}");
    ensure!(said.contains("recall of fire on the room's newest reports: 1.000 before"), "{said}");
    ensure!(said.contains("recall of priority 1 on the room's newest reports"), "{said}");
    ensure!(said.contains(" points; "), "it does not say by how much: {said}");
    ensure!(!said.contains("membesar") && !said.contains(&name(7)), "words of a report came out: {said}");
    ensure!(!weights.exists(), "weights were written all the same");

    // A centre that is not there, a drill's, and flags that do not belong together.
    for args in [
        &["triage", "train", "--from-log", "--centre", "atlantis"][..],
        &["triage", "train", "--from-log", "--centre", "kediri-latihan"],
        &["triage", "train", "--centre", CITY],
        &["triage", "train", "--from-log", "--out", "elsewhere.bin"],
    ] {
        let (code, said) = server.cli(args)?;
        ensure!(code == 2, "{args:?} ended with {code}: {said}");
    }

    // A file that does not fit is named, and reports are read all the same.
    std::fs::write(&weights, b"no weights")?;
    ensure!(server.stop()?, "the server ended badly");
    server.restart()?;
    ensure!(server.log().contains("triage.weights is not used"), "{}", server.log());
    reads_a_fire(&operator.reconnected()?).await
}

#[tokio::test]
async fn a_room_that_agrees_gets_weights_that_the_next_start_reads_by() -> anyhow::Result<()> {
    let (data, corpus) = (tempfile::tempdir()?, tempfile::tempdir()?);
    small_corpus(corpus.path())?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    for nth in 0..200 {
        let text = format!("kebakaran di {} dekat {} api membesar", name(nth), name(999 - nth));
        decided(&operator, &text, "fire_building", 1).await?;
    }
    let folder = corpus.path().to_string_lossy().into_owned();
    let (code, said) = server.cli(&["triage", "train", "--from-log", "--corpus", &folder])?;
    ensure!(code == 0 && said.contains("weights written to"), "{code}: {said}");
    ensure!(!said.contains("membesar"), "words of a report came out: {said}");
    ensure!(server.stop()?, "the server ended badly");
    server.restart()?;
    ensure!(server.log().contains("reports are read by the weights in"), "{}", server.log());
    reads_a_fire(&operator.reconnected()?).await
}

async fn reads_a_fire(operator: &Api) -> anyhow::Result<()> {
    let fire = json!({ "channel": "phone", "text": "kebakaran rumah, api besar" });
    let stored = operator.post("reports", fire, 201).await?;
    ensure!(id_of(&stored, "/triage/category")? == "fire", "{stored}");
    Ok(())
}
