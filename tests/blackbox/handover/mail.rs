//! Mail to a real mail server: the card arrives as HTML and text, nobody's words become a header, a full
//! house is tried again, a mailbox that is gone is not.

use anyhow::{Context as _, ensure};
use kentongan_tests::tools::{Language, Tool, installed};
use serde_json::{Value, json};

use super::city::City;

fn settings(port: u16) -> String {
    format!(
        "[forward.email]\nserver = {{ host = \"127.0.0.1\", port = {port}, tls = \"none\", \
         from = \"Call Center 112 <112@kediri.example>\" }}\n"
    )
}

#[tokio::test]
async fn the_card_arrives_and_nobodys_words_become_a_header() -> anyhow::Result<()> {
    if !installed(Language::Python) {
        return Ok(());
    }
    let server = Tool::start(Language::Python, "mail_server.py")?;
    let mut city = City::start(&settings(server.port)).await?;
    city.contact("danru-1", 1, json!({ "email": "piket@damkar.example" })).await?;
    let dispatch = city.fire(1).await?;
    let sent = city.delivery(&dispatch, "email", |one| one["state"] == "sent").await?;
    let mail: Value = serde_json::from_str(&server.line()?)?;
    assert_eq!(mail["to"], json!(["piket@damkar.example"]));
    let headers = mail["headers"].as_array().context("no headers")?;
    let header = |name: &str| {
        let of = |pair: &&Value| pair[0].as_str().is_some_and(|held| held.eq_ignore_ascii_case(name));
        headers.iter().find(of).and_then(|pair| pair[1].as_str()).unwrap_or_default().to_owned()
    };
    assert!(header("bcc").is_empty(), "a caller's words became a header: {headers:?}");
    assert!(header("subject").starts_with("[112] P1 KRITIS Kebakaran"), "{}", header("subject"));
    assert_eq!(header("importance"), "high");
    let id = format!("{}@kediri.example", sent["id"].as_str().unwrap_or_default());
    assert_eq!((header("message-id"), sent["provider_id"].as_str()), (format!("<{id}>"), Some(id.as_str())));
    let part = |kind: &str| mail["parts"][kind].as_str().unwrap_or_default().to_owned();
    let (text, html) = (part("text/plain"), part("text/html"));
    ensure!(text.contains("Kebakaran rumah <b>besar</b> Bcc: lain@contoh.example"), "{text}");
    ensure!(html.contains("&lt;b&gt;besar&lt;/b&gt;") && !html.contains("<b>"), "{html}");
    let code = city.operator.get(&format!("dispatches/{dispatch}")).await?["reply_code"].clone();
    ensure!(text.contains(&format!("TERIMA {}", code.as_str().context("no code")?)), "{text}");
    ensure!(text.contains("https://112.example/t/kediri/"), "no link: {text}");
    city.operator.act(&dispatch, "withdraw", json!({ "reason": "salah alamat" })).await?;
    let mail: Value = serde_json::from_str(&server.line()?)?;
    ensure!(mail.to_string().contains("DIBATALKAN"), "{mail}");
    city.ends_well()
}

#[tokio::test]
async fn gone_is_for_good_and_busy_is_not() -> anyhow::Result<()> {
    if !installed(Language::Python) {
        return Ok(());
    }
    let server = Tool::start(Language::Python, "mail_server.py")?;
    let mut city = City::start(&settings(server.port)).await?;
    city.contact("danru-1", 1, json!({ "email": "gone@damkar.example" })).await?;
    let first = city.fire(1).await?;
    let failed = city.delivery(&first, "email", |one| one["state"] == "failed").await?;
    assert_eq!((&failed["last_error"], &failed["attempts"]), (&json!("smtp_550"), &json!(1)));
    city.contact("danru-1", 1, json!({ "email": "busy@damkar.example" })).await?;
    let second = city.fire(1).await?;
    let busy = city.delivery(&second, "email", |one| one["attempts"] == 2).await?;
    assert_eq!((&busy["last_error"], &busy["state"]), (&json!("smtp_451"), &json!("pending")));
    ensure!(server.said().is_none(), "a mail went out");
    Ok(())
}
