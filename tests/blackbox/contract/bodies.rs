//! Bodies that are not JSON, not of the form, or too large.

use kentongan_tests::api::Api;
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use super::findings::{Findings, points_at, problem};

/// Texts that no parser may take for a report.
const NOT_JSON: &[(&str, &[u8])] = &[
    ("nothing", b""),
    ("blank", b"  \n"),
    ("cut off", br#"{"channel":"phone","text":"api"#),
    ("two values", br#"{"channel":"phone","text":"api"}{"channel":"phone"}"#),
    ("trailing words", br#"{"channel":"phone","text":"api"} api"#),
    ("trailing comma", br#"{"channel":"phone","text":"api",}"#),
    ("no UTF-8", b"{\"channel\":\"phone\",\"text\":\"\xff\xfe\"}"),
    ("a bare NaN", br#"{"channel":"phone","text":"api","location":{"lat":NaN,"lon":112}}"#),
    ("a form", b"channel=phone&text=api"),
];

fn fields() -> Vec<(&'static str, Value, &'static str)> {
    let report = |name: &str, value: Value| {
        let mut body = json!({ "channel": "phone", "text": "Kebakaran" });
        if let Some(fields) = body.as_object_mut() {
            fields.insert(name.to_owned(), value);
        }
        body
    };
    vec![
        ("an unknown field", report("urgent", json!(true)), "/urgent"),
        ("an unknown field within", report("reporter", json!({ "nama": "Bu Contoh" })), "/reporter/nama"),
        ("no such channel", report("channel", json!("pigeon")), "/channel"),
        ("a channel of another type", report("channel", json!(112)), "/channel"),
        ("a reporter in an array", report("reporter", json!(["Bu Contoh", "0"])), "/reporter"),
        ("a text of another type", report("text", json!(["Kebakaran"])), "/text"),
        ("a null text", report("text", Value::Null), "/text"),
        ("an empty text", report("text", json!("")), "/text"),
        ("a blank text", report("text", json!(" \t\n")), "/text"),
        ("a text too long", report("text", json!("a".repeat(4_001))), "/text"),
        ("a name too long", report("reporter", json!({ "name": "a".repeat(201) })), "/reporter/name"),
        ("a number too long", report("reporter", json!({ "phone": "1".repeat(33) })), "/reporter/phone"),
        ("a place too long", report("place_text", json!("a".repeat(501))), "/place_text"),
        ("an external id too long", report("external_id", json!("a".repeat(201))), "/external_id"),
        ("an instant that is none", report("occurred_at", json!("kemarin")), "/occurred_at"),
        ("an instant of another type", report("occurred_at", json!({})), "/occurred_at"),
    ]
}

#[tokio::test]
async fn what_is_no_report_is_refused_and_the_field_named() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut findings = Findings::default();

    for (name, bytes) in NOT_JSON {
        let answer = operator.send_raw(Method::POST, "reports", bytes.to_vec()).await?;
        findings.note(name, problem(&answer, 400, "malformed_json"));
    }
    for (name, body, pointer) in fields() {
        let answer = operator.send(Method::POST, "reports", Some(&body)).await?;
        findings.note(name, points_at(&answer, pointer));
    }
    for (name, body) in [("a list", json!(["phone", "api"])), ("a text", json!("api")), ("null", Value::Null)]
    {
        let answer = operator.send(Method::POST, "reports", Some(&body)).await?;
        findings.note(name, points_at(&answer, ""));
    }
    for (name, bytes) in [
        ("half a surrogate", br#"{"channel":"phone","text":"\ud83d"}"#.to_vec()),
        ("a field twice", br#"{"channel":"phone","channel":"sms","text":"api"}"#.to_vec()),
        ("garbage nested deep", nested("reporter", 20_000)),
        ("garbage nested deep in an unknown field", nested("x", 20_000)),
    ] {
        let answer = operator.send_raw(Method::POST, "reports", bytes).await?;
        let refused =
            problem(&answer, 422, "invalid_field").or_else(|_| problem(&answer, 400, "malformed_json"));
        findings.note(name, refused);
    }
    assert_eq!(operator.all("reports").await?.len(), 0, "something refused was stored all the same");
    findings.end()
}

#[tokio::test]
async fn a_body_over_64_kib_is_refused_and_one_below_is_read() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut findings = Findings::default();

    let padded = |length: usize| {
        let mut body = br#"{"channel":"phone","text":"Kebakaran"}"#.to_vec();
        body.resize(length, b' ');
        body
    };
    let answer = operator.send_raw(Method::POST, "reports", padded(64 * 1024 + 1)).await?;
    findings.note("one byte too many", problem(&answer, 413, "body_too_large"));
    let answer = operator.send_raw(Method::POST, "reports", padded(64 * 1024)).await?;
    findings.note("64 KiB", answer.expect_status(201).map(drop));
    // Also where somebody without an account may send a body.
    let anonymous = Api::anonymous(&server.base)?;
    let answer = anonymous.send_raw(Method::POST, "/api/v1/session", padded(64 * 1024 + 1)).await?;
    findings.note("one byte too many at the login", problem(&answer, 413, "body_too_large"));
    findings.end()
}

/// A report with a field of arrays within arrays.
fn nested(name: &str, depth: usize) -> Vec<u8> {
    let (open, close) = ("[".repeat(depth), "]".repeat(depth));
    format!(r#"{{"channel":"phone","text":"api","{name}":{open}{close}}}"#).into_bytes()
}
