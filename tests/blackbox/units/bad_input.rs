//! Positions that cannot be used: each is answered clearly, none moves a unit, none stands in another's way.

use anyhow::ensure;
use kentongan_tests::api::Api;
use kentongan_tests::clock::now_us;
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use super::{tell, with_token};

const SECOND: i64 = 1_000_000;

/// A position with one thing wrong, and the field that is named.
fn table() -> Vec<(&'static str, Value, &'static str)> {
    let now = now_us();
    let with = |name: &str, value: Value| {
        let mut body = json!({ "lat": -7.8, "lon": 112.0, "accuracy_m": 5.0, "at": now });
        if let Some(fields) = body.as_object_mut() {
            fields.insert(name.to_owned(), value);
        }
        body
    };
    vec![
        ("north of the pole", with("lat", json!(90.01)), "/lat"),
        ("swapped", json!({ "lat": 112.0, "lon": -7.8 }), "/lat"),
        ("beyond the date line", with("lon", json!(180.5)), "/lon"),
        ("no number", with("lat", json!("-7.8")), "/lat"),
        ("too large a number", with("lon", json!(1e300)), "/lon"),
        ("no accuracy", with("accuracy_m", json!(0)), "/accuracy_m"),
        ("negative accuracy", with("accuracy_m", json!(-5)), "/accuracy_m"),
        ("half of Java", with("accuracy_m", json!(300_000)), "/accuracy_m"),
        ("tomorrow", with("at", json!(now + 86_400 * SECOND)), "/at"),
        ("two minutes ahead", with("at", json!(now + 120 * SECOND)), "/at"),
        ("the day before yesterday", with("at", json!(now - 2 * 86_400 * SECOND)), "/at"),
        ("1970", with("at", json!(0)), "/at"),
        ("milliseconds for microseconds", with("at", json!(now / 1_000)), "/at"),
        ("the end of time", with("at", json!(i64::MAX)), "/at"),
        ("no instant", with("at", json!("today")), "/at"),
        ("unknown field", with("latitude", json!(1)), "/latitude"),
        ("nothing", json!({}), ""),
    ]
}

#[tokio::test]
async fn a_bad_fix_is_named_and_moves_nothing() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    tell(&damkar, "damkar-1", -7.82, 112.01).await?;
    let before = damkar.get("units/damkar-1").await?["position"]["at"].clone();
    let at = "units/damkar-1/position";
    for (what, body, pointer) in table() {
        let answer = damkar.send(Method::POST, at, Some(&body)).await?;
        ensure!(answer.status == 422 && answer.body["code"] == "invalid_field", "{what}: {}", answer.body);
        ensure!(answer.body["pointer"] == pointer, "{what}: {}", answer.body);
    }
    for (what, bytes) in
        [("no JSON", "lat=1"), ("half", r#"{"lat":"#), ("no UTF-8", "\u{fffd}"), ("empty", "")]
    {
        let bytes = if what == "no UTF-8" { vec![0xff, 0xfe] } else { bytes.as_bytes().to_vec() };
        let answer = damkar.send_raw(Method::POST, at, bytes).await?;
        ensure!(answer.status == 400 && answer.body["code"] == "malformed_json", "{what}: {}", answer.body);
    }
    let large = vec![b' '; 70_000];
    ensure!(damkar.send_raw(Method::POST, at, large).await?.status == 413);
    ensure!(damkar.send(Method::POST, "units/none/position", Some(&json!({}))).await?.status == 404);
    let after = damkar.get("units/damkar-1").await?;
    ensure!(after["position"]["at"] == before, "{after}");

    // In an array the good ones count, and each bad one is told with its place.
    let bad: Vec<Value> = table().into_iter().map(|(_, body, _)| body).collect();
    let good = |lat: f64| json!({ "lat": lat, "lon": 112.0, "at": now_us() });
    let mut all = vec![good(-7.5)];
    all.extend(bad.iter().cloned());
    all.push(good(-7.6));
    all.push(json!(7));
    let taken = damkar.post(at, Value::Array(all), 200).await?;
    ensure!(taken["taken"] == 2, "{taken}");
    let refused = taken["refused"].as_array().cloned().unwrap_or_default();
    ensure!(refused.len() == bad.len() + 1, "{taken}");
    for (one, (what, _, pointer)) in refused.iter().zip(table()) {
        ensure!(one["code"] == "invalid_field" && one["pointer"] == pointer, "{what}: {one}");
        ensure!(one["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{what}: {one}");
    }
    let places: Vec<u64> = refused.iter().filter_map(|one| one["index"].as_u64()).collect();
    ensure!(places[0] == 1 && places[bad.len()] == bad.len() as u64 + 2, "{places:?}");
    ensure!(damkar.get("units/damkar-1").await?["position"]["lat"] == -7.6);
    ensure!(damkar.post(at, json!([]), 200).await?["taken"] == 0, "none at all is no fault");

    let text = reqwest::get(format!("{}/metrics", server.base)).await?.text().await?;
    ensure!(text.contains(r#"kentongan_positions_total{outcome="taken"} 3"#), "{text}");
    ensure!(text.contains(r#"kentongan_positions_total{outcome="refused"}"#), "{text}");
    Ok(())
}

#[tokio::test]
async fn a_phone_never_keeps_sending_what_cannot_be_used() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let body = json!({ "devices": ["hp"] });
    operator.send(Method::PUT, "units/damkar-1/devices", Some(&body)).await?.expect_status(200)?;
    let phone = with_token(&server, &["--role", "intake", "--channel", "positions"])?;
    let now = now_us() / SECOND;
    let said = |tid: &str, tst: i64, lat: f64| json!({ "_type": "location", "tid": tid, "tst": tst, "lat": lat, "lon": 112.0, "acc": 0 });
    for (what, body, refused) in [
        ("tomorrow", said("hp", now + 86_400, -7.8), true),
        ("last week", said("hp", now - 7 * 86_400, -7.8), true),
        ("off the earth", said("hp", now, 91.0), true),
        ("no place", json!({ "_type": "location", "tid": "hp", "tst": now }), true),
        ("good", said("hp", now, -7.8), false),
        ("late", said("hp", now - 60, -7.9), false),
    ] {
        let answer = phone.request(Method::POST, "positions/owntracks").json(&body).send().await?;
        let told = answer.headers().get("x-kentongan-refused").is_some();
        ensure!(answer.status() == 200 && told == refused, "{what}: {} {told}", answer.status());
        ensure!(answer.text().await? == "[]", "{what}");
    }
    ensure!(operator.get("units/damkar-1").await?["position"]["lat"] == -7.8);
    // Nobody knows this phone: bound later, what it kept still comes. And what is no message is no message.
    let unknown = phone.send(Method::POST, "positions/owntracks", Some(&said("zz", now, -7.8))).await?;
    ensure!(unknown.status == 404 && unknown.body["code"] == "not_found", "{}", unknown.body);
    let garbage = phone.send_raw(Method::POST, "positions/owntracks", b"{".to_vec()).await?;
    ensure!(garbage.status == 400, "{}", garbage.body);
    for (devices, pointer) in [
        (json!([""]), "/devices/0"),
        (json!(["ok", "a\nb"]), "/devices/1"),
        (json!(["x".repeat(101)]), "/devices/0"),
        (json!((0..9).map(|number| format!("d{number}")).collect::<Vec<_>>()), "/devices"),
        (json!("hp"), "/devices"),
    ] {
        let body = json!({ "devices": devices });
        let answer = operator.send(Method::PUT, "units/damkar-1/devices", Some(&body)).await?;
        ensure!(answer.status == 422 && answer.body["pointer"] == pointer, "{body}: {}", answer.body);
    }
    for query in ["from=x", "from=5&to=5", "from=9&to=5", "from=0&to=99999999999999", "limit=5"] {
        let answer = operator.send(Method::GET, &format!("units/damkar-1/track?{query}"), None).await?;
        ensure!(answer.status == 400 && answer.body["code"] == "bad_parameter", "{query}: {}", answer.body);
    }
    Ok(())
}
