//! Texts are kept as they were said, whatever they are made of.

use anyhow::{anyhow, ensure};
use kentongan_store::testing::ScratchPostgres;
use kentongan_tests::api::Api;
use kentongan_tests::console::Console;
use kentongan_tests::server::{Server, Start};
use serde_json::{Value, json};

use super::findings::Findings;

fn texts() -> Vec<(&'static str, String)> {
    vec![
        ("NUL", "api\0besar".to_owned()),
        ("control characters", "api\u{1}\u{8}\u{1b}[31m\r\nbesar\u{7f}".to_owned()),
        ("emoji with joiners", "🔥🚒 👨‍👩‍👧‍👦 di rumah 🏳️‍🌈".to_owned()),
        ("right to left with overrides", "حريق في المنزل \u{202e}raka\u{202c}".to_owned()),
        ("Javanese script", "ꦏꦧꦏꦫꦤ꧀".to_owned()),
        ("stacked accents", format!("k{}ebakaran", "\u{301}".repeat(200))),
        ("no words", "…".to_owned()),
        ("SQL and markup", "'; DROP TABLE reports; -- <script>alert(1)</script> {{x}} %s $1".to_owned()),
        ("spaces around", "  api  ".to_owned()),
        ("private use and last code point", "\u{e000}\u{10ffff}\u{feff}".to_owned()),
        ("4,000 capitals", "KEBAKARAN! ".repeat(364)[..4_000].to_owned()),
        ("4,000 characters of four bytes", "🔥".repeat(4_000)),
        ("one word of 4,000 letters", "a".repeat(4_000)),
        ("4,000 digits", "1".repeat(4_000)),
    ]
}

#[tokio::test]
async fn texts_are_stored_shown_and_triaged_verbatim() -> anyhow::Result<()> {
    verbatim(Start::demo()).await?;
    odd_words(Start::demo()).await
}

#[tokio::test]
async fn texts_are_stored_verbatim_on_postgres_too() -> anyhow::Result<()> {
    let postgres = ScratchPostgres::start().map_err(|error| anyhow!(error))?;
    let on =
        |name: &str| postgres.database(name).map(|url| Start::demo_on(&url)).map_err(|error| anyhow!(error));
    verbatim(on("texts")?).await?;
    odd_words(on("words")?).await
}

async fn verbatim(start: Start) -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::start(data.path(), start)?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut desk = Console::connect(&operator).await?;
    let mut findings = Findings::default();

    let mut stored = Vec::new();
    for (name, text) in texts() {
        let previewed = operator.post("triage", json!({ "text": text }), 200).await;
        findings.note(&format!("triage of {name}"), previewed.map(drop));
        match operator.report(&text).await {
            Ok(id) => stored.push((name, id, text)),
            Err(error) => findings.note(name, Err(error)),
        }
    }
    // While the server runs, by both ways; and again when it has read everything from disk.
    for (name, id, text) in &stored {
        let shown = desk.until("report", id, |_| true).await?;
        findings.note(&format!("{name} on the stream"), is_text(&shown, text));
        findings.note(name, is_text(&operator.get(&format!("reports/{id}")).await?, text));
    }
    server.kill()?;
    server.restart()?;
    let operator = operator.reconnected()?;
    for (name, id, text) in &stored {
        let again = operator.get(&format!("reports/{id}")).await?;
        findings.note(&format!("{name} after a restart"), is_text(&again, text));
    }
    findings.end()
}

async fn odd_words(start: Start) -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::start(data.path(), start)?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut findings = Findings::default();
    let odd = "Bu 🔥 \u{202e}Contoh'; --";
    let body = |name: &str, phone: &str, place: &str, external: &str| {
        json!({ "channel": "sms", "text": "api", "place_text": place, "external_id": external,
            "reporter": { "name": name, "phone": phone } })
    };
    let expected = |name: Value, phone: Value, place: Value, external: Value| [name, phone, place, external];
    for (named, sent, kept) in [
        (
            "odd",
            body(odd, "+62 (354) 555-0100 ext. 7", odd, "id/with?odd=&%00 #"),
            expected(odd.into(), "+62 (354) 555-0100 ext. 7".into(), odd.into(), "id/with?odd=&%00 #".into()),
        ),
        (
            // PostgreSQL takes no NUL in a text: in these fields it is shown rather than refused.
            "NUL",
            body("Bu\0Contoh", "0\0", "Jl\0Dhoho", "a\0b"),
            expected(
                "Bu\u{fffd}Contoh".into(),
                "0\u{fffd}".into(),
                "Jl\u{fffd}Dhoho".into(),
                "a\u{fffd}b".into(),
            ),
        ),
        // Blank fields are as good as none.
        ("blank", body(" ", "", "\t", ""), expected(Value::Null, Value::Null, Value::Null, Value::Null)),
    ] {
        match operator.post("reports", sent, 201).await {
            Ok(stored) => {
                let fields = ["reporter/name", "reporter/phone", "place_text", "external_id"];
                for (field, kept) in fields.into_iter().zip(kept) {
                    let given = stored.pointer(&format!("/report/{field}")).cloned().unwrap_or_default();
                    let outcome = if given == kept { Ok(()) } else { Err(anyhow!("{given}, not {kept}")) };
                    findings.note(&format!("{named} in {field}"), outcome);
                }
            }
            Err(error) => findings.note(named, Err(error)),
        }
    }
    // Notes and reasons are texts too, and queries are words that the database is asked with.
    let report = operator.report("api").await?;
    let note = json!({ "outcome": "prank", "note": "a\0b" });
    let answer = operator.post(&format!("reports/{report}/outcome"), note, 200).await;
    findings.note("NUL in a note", answer.map(drop));
    for path in [
        "reports?state=%F0%9F%94%A5",
        "reports?channel='--",
        "dispatches?agency=%5C",
        "places?q=%F0%9F%94%A5",
    ] {
        findings.note(path, operator.get(path).await.map(drop));
    }
    findings.end()
}

fn is_text(report: &Value, text: &str) -> anyhow::Result<()> {
    let given = report.get("text").and_then(Value::as_str).unwrap_or_default();
    ensure!(given == text, "another text came back: {given:.200}");
    Ok(())
}
