//! Texts are kept as they were said, whatever they are made of.

use kentongan_tests::api::{Api, id_of};
use kentongan_tests::console::Console;
use kentongan_tests::server::Server;
use serde_json::json;

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
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
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

#[tokio::test]
async fn the_words_beside_the_text_may_be_odd_too() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let odd = "Bu 🔥 \u{202e}Contoh'; --";
    let body = json!({ "channel": "sms", "text": "api", "place_text": odd, "external_id": "id/with?odd=&%00 #",
        "reporter": { "name": odd, "phone": "+62 (354) 555-0100 ext. 7" } });
    let stored = operator.post("reports", body, 201).await?;
    assert_eq!(stored["report"]["reporter"]["name"], odd);
    assert_eq!(stored["report"]["reporter"]["phone"], "+62 (354) 555-0100 ext. 7");
    assert_eq!(stored["report"]["place_text"], odd);
    assert_eq!(stored["report"]["external_id"], "id/with?odd=&%00 #");

    // PostgreSQL takes no NUL in a text: in these fields it is shown as U+FFFD rather than refused.
    let body = json!({ "channel": "sms", "text": "api", "external_id": "a\0b",
        "reporter": { "name": "Bu\0Contoh", "phone": "0\0" } });
    let stored = operator.post("reports", body, 201).await?;
    assert_eq!(stored["report"]["reporter"]["name"], "Bu\u{fffd}Contoh");
    assert_eq!(stored["report"]["external_id"], "a\u{fffd}b");

    // Blank fields are as good as none.
    let body = json!({ "channel": "sms", "text": "api", "place_text": " ", "reporter": { "name": "" } });
    let stored = operator.post("reports", body, 201).await?;
    assert_eq!(stored["report"]["place_text"], serde_json::Value::Null);
    assert_eq!(stored["report"]["reporter"], serde_json::Value::Null);
    id_of(&stored, "/report/id").map(drop)
}

fn is_text(report: &serde_json::Value, text: &str) -> anyhow::Result<()> {
    anyhow::ensure!(report["text"] == text, "another text came back: {:.200}", report["text"].to_string());
    Ok(())
}
