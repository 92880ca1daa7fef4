//! Traccar, OwnTracks and phones tell where units are, each by its own door and with no more rights than that.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::clock::now_us;
use kentongan_tests::console::Console;
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use super::{tell, with_token, world};

/// What Traccar forwards, `ms` after 1970.
fn traccar(device: &str, lat: f64, lon: f64, ms: i64) -> Value {
    json!({
        "position": {
            "id": 1, "attributes": { "motion": true }, "deviceId": 1, "protocol": "osmand",
            "fixTime": ms, "outdated": false, "valid": true, "latitude": lat, "longitude": lon,
            "altitude": 60.0, "speed": 20.0, "course": 90.0, "address": null, "accuracy": 0.0,
        },
        "device": { "id": 1, "name": "Regu", "uniqueId": device, "status": "online", "attributes": {} },
    })
}

fn owntracks(tid: &str, lat: f64, lon: f64) -> Value {
    json!({
        "_type": "location", "tid": tid, "lat": lat, "lon": lon, "acc": 12, "vel": 30, "cog": 45,
        "tst": now_us() / 1_000_000, "batt": 80, "conn": "m", "t": "u",
    })
}

#[tokio::test]
async fn trackers_and_phones_are_seen_on_the_desk() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let gateway = with_token(&server, &["--role", "intake", "--channel", "positions", "--label", "traccar"])?;
    let mut desk = Console::connect(&operator).await?;
    desk.look(&world()).await?;
    ensure!(desk.positions.is_empty(), "nothing has told yet: {:?}", desk.positions);
    let seq = desk.seq;

    // Bound by the agency itself, and by the command line.
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let body = json!({ "devices": ["860000000000001", " damkar/hp-1 "] });
    let bound = damkar.send(Method::PUT, "units/damkar-1/devices", Some(&body)).await?.expect_status(200)?;
    ensure!(bound["devices"] == json!(["860000000000001", "damkar/hp-1"]), "{bound}");
    let (code, said) =
        server.cli(&["unit", "device", "add", "p9", "--centre", "kediri", "--unit", "psc119-1"])?;
    ensure!(code == 0, "{said}");

    let ms = now_us() / 1_000;
    let taken = gateway.post("positions/traccar", traccar("860000000000001", -7.82, 112.02, ms), 200).await?;
    ensure!(taken == json!({ "taken": 1, "older": 0, "no_fix": 0, "refused": [] }), "{taken}");
    let seen = desk.until_position("damkar-1", |_| true).await?;
    ensure!(seen["lat"] == -7.82 && seen["speed_kmh"] == 37.0 && seen["heading"] == 90.0, "{seen}");
    ensure!(seen["accuracy_m"].is_null() && seen["at"] == ms * 1_000, "zero says nothing: {seen}");

    // Many at once, one of them late; the first one's place is not touched by what came before it.
    let many = json!([
        traccar("860000000000001", -7.83, 112.03, ms - 5_000),
        traccar("860000000000001", -7.84, 112.04, ms + 1_000),
        traccar("860000000000001", -7.84, 112.04, ms + 1_000),
    ]);
    let taken = gateway.post("positions/traccar", many, 200).await?;
    ensure!(taken["taken"] == 1 && taken["older"] == 2, "{taken}");
    desk.until_position("damkar-1", |seen| seen["lat"] == -7.84).await?;
    let mut blind = traccar("860000000000001", 0.0, 0.0, ms + 9_000);
    *blind.pointer_mut("/position/valid").context("valid")? = json!(false);
    ensure!(gateway.post("positions/traccar", blind, 200).await?["no_fix"] == 1);

    // OwnTracks shows the token as a password, names itself in headers, and gets an empty list.
    let (_, token) = gateway.credential().context("a token")?;
    let token = token.trim_start_matches("Bearer ").to_owned();
    let phone = Api::anonymous(&server.base)?;
    let post = |body: Value| {
        let request = phone.request(Method::POST, "positions/owntracks").basic_auth("damkar", Some(&token));
        request.header("x-limit-u", "damkar").header("x-limit-d", "hp-1").json(&body).send()
    };
    let answer = post(owntracks("xx", -7.85, 112.05)).await?;
    ensure!(answer.status() == 200 && answer.text().await? == "[]");
    let seen = desk.until_position("damkar-1", |seen| seen["lat"] == -7.85).await?;
    ensure!(seen["accuracy_m"] == 12.0 && seen["speed_kmh"] == 30.0 && seen["heading"] == 45.0, "{seen}");
    // By its two letters, once the server has looked again what the command line bound.
    let by_letters = |body: Value| {
        let request = phone.request(Method::POST, "positions/owntracks").basic_auth("", Some(&token));
        request.json(&body).send()
    };
    loop {
        let answer = by_letters(owntracks("p9", -7.86, 112.06)).await?;
        match answer.status().as_u16() {
            200 => break,
            status => ensure!(status == 404, "{status}"),
        }
    }
    desk.until_position("psc119-1", |seen| seen["lat"] == -7.86).await?;
    for body in [json!({ "_type": "lwt", "tst": 1 }), json!({ "_type": "transition" })] {
        let answer = post(body).await?;
        ensure!(answer.status() == 200 && answer.text().await? == "[]");
    }
    let nothing =
        phone.request(Method::POST, "positions/owntracks").basic_auth("x", Some(&token)).send().await?;
    ensure!(nothing.status() == 200 && nothing.text().await? == "[]", "a friend was deleted in the app");

    // The agency's own page.
    tell(&damkar, "damkar-2", -7.87, 112.07).await?;
    desk.until_position("damkar-2", |seen| seen["lat"] == -7.87).await?;
    let unit = operator.get("units/damkar-2").await?;
    ensure!(unit["position"]["lat"] == -7.87 && unit["lat"] == -7.8365, "its station stays: {unit}");
    ensure!(unit["position"]["age_ms"].as_i64().is_some_and(|age| (0..60_000).contains(&age)), "{unit}");
    let listed = operator.all("units").await?;
    let with = listed.iter().filter(|unit| unit["position"].is_object()).count();
    ensure!(with == 3, "{with} units tell where they are");
    ensure!(desk.seq == seq && desk.frames.is_empty(), "positions are no part of the log");
    ensure!(!server.log().contains("860000000000001"), "devices are not logged");
    Ok(())
}

#[tokio::test]
async fn a_tracker_opens_one_door_only_and_an_agency_s_only_to_its_own() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    for (unit, device) in [("damkar-1", "d1"), ("bpbd-1", "b1")] {
        let body = json!({ "devices": [device] });
        operator
            .send(Method::PUT, &format!("units/{unit}/devices"), Some(&body))
            .await?
            .expect_status(200)?;
    }
    let gateway = with_token(&server, &["--role", "intake", "--channel", "positions"])?;
    let own = with_token(&server, &["--role", "agency", "--agency", "damkar", "--channel", "positions"])?;
    let sms = with_token(&server, &["--role", "intake", "--channel", "sms"])?;
    let any = with_token(&server, &["--role", "intake"])?;
    let ms = now_us() / 1_000;
    let told = |device: &str| traccar(device, -7.8, 112.0, ms);

    let report = json!({ "channel": "sms", "text": "Kebakaran" });
    for (who, api) in [("gateway", &gateway), ("own", &own)] {
        for (method, path, body) in [
            (Method::GET, "units", None),
            (Method::GET, "units/damkar-1", None),
            (Method::GET, "dispatches", None),
            (Method::GET, "stream", None),
            (Method::POST, "reports", Some(&report)),
            (Method::POST, "units/damkar-1/status", Some(&json!({ "state": "out_of_service" }))),
            (Method::PUT, "units/damkar-1/devices", Some(&json!({ "devices": [] }))),
            (Method::GET, "units/damkar-1/track", None),
        ] {
            let answer = api.send(method.clone(), path, body).await?;
            ensure!(answer.status == 403, "{who}: {method} {path}: {} {}", answer.status, answer.body);
        }
    }
    for (who, api, device, status) in [
        ("gateway", &gateway, "d1", 200),
        ("gateway", &gateway, "b1", 200),
        ("gateway", &gateway, "unbound", 404),
        ("own", &own, "d1", 200),
        ("own", &own, "b1", 404),
        ("sms", &sms, "d1", 403),
        ("any intake", &any, "d1", 403),
    ] {
        let answer = api.send(Method::POST, "positions/traccar", Some(&told(device))).await?;
        ensure!(answer.status == status, "{who} {device}: {} {}", answer.status, answer.body);
    }
    // What is not one's own looks like what does not exist.
    let foreign = own.send(Method::POST, "positions/traccar", Some(&told("b1"))).await?;
    let unknown = own.send(Method::POST, "positions/traccar", Some(&told("unbound"))).await?;
    ensure!(foreign.body == unknown.body, "{} {}", foreign.body, unknown.body);
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let body = json!({ "lat": -7.8, "lon": 112.0 });
    let refused = damkar.send(Method::POST, "units/bpbd-1/position", Some(&body)).await?;
    ensure!(refused.status == 404, "{}", refused.body);
    for (method, body) in [(Method::GET, None), (Method::PUT, Some(json!({ "devices": ["x"] })))] {
        let refused = damkar.send(method, "units/bpbd-1/devices", body.as_ref()).await?;
        ensure!(refused.status == 404, "{}", refused.body);
    }
    let taken = json!({ "devices": ["b1"] });
    let refused = damkar.send(Method::PUT, "units/damkar-1/devices", Some(&taken)).await?;
    ensure!(refused.status == 409 && refused.body["code"] == "device_taken", "{}", refused.body);
    ensure!(!refused.body.to_string().contains("bpbd"), "whose it is, is not told: {}", refused.body);
    Ok(())
}
