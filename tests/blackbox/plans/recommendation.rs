//! Who and what is recommended, with reasons; who comes next after a refusal; who may ask.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use super::{EAST, WEST, incident, texts};

#[tokio::test]
async fn a_house_on_fire() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let desk = Api::log_in(&server.base, "operator").await?;
    let id = incident(&desk, "fire_building", "Rumah terbakar, ada orang terjebak di dalam", WEST).await?;
    let path = format!("incidents/{id}/recommendation");
    let advice = desk.get(&path).await?;
    assert_eq!(advice["policy_version"], "2026-11-1");
    assert_eq!(
        (&advice["plan"]["code"], &advice["plan"]["version"]),
        (&json!("fire_building"), &json!("2026-11-1"))
    );
    assert_eq!(
        (&advice["alarm"], &advice["alarm_level"], &advice["plan"]["alarms"]),
        (&json!(1), &json!(0), &json!(3))
    );
    let agencies = advice["agencies"].as_array().context("no agencies")?;
    assert_eq!((&agencies[0]["agency"], &agencies[0]["role"]), (&json!("damkar"), &json!("lead")));
    for one in agencies {
        ensure!(one["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{one}");
        assert_eq!((&one["policy_version"], &one["dispatch"]), (&json!("2026-11-1"), &Value::Null));
    }
    // Somebody inside, says the caller: the city's own rule adds the ambulances.
    let medics = agencies.iter().find(|one| one["agency"] == "psc119").context("no ambulances")?;
    ensure!(medics["role"] == "support", "{medics}");

    let units = &advice["units"];
    assert_eq!(
        texts(&units["needs"], "/words"),
        ["2 pumper", "1 truck (damkar)", "1 ambulance", "1 patrol (polres)"]
    );
    let picks = units["picks"].as_array().context("no picks")?;
    assert_eq!(texts(&units["picks"], "/fills"), ["pumper", "pumper", "truck", "ambulance", "patrol"]);
    assert_eq!(picks[0]["unit"], "damkar-1");
    for pick in picks {
        let (reasons, words) = (pick["reasons"].as_array(), pick["words"].as_array());
        ensure!(reasons.is_some_and(|list| !list.is_empty()), "{pick}");
        assert_eq!(reasons.map(Vec::len), words.map(Vec::len), "{pick}");
    }
    ensure!(
        texts(&units["picks"], "/unit")
            .iter()
            .all(|unit| texts(&units["passed_over"], "/unit").iter().all(|other| other != unit))
    );
    ensure!(
        units["moves"].as_array().is_some_and(|moves| !moves.is_empty()),
        "two pumpers leave a station empty: {units}"
    );
    ensure!(texts(&advice["inform"], "/agency").contains(&"bpbd"), "{}", advice["inform"]);

    // The third alarm asks for all that the first two did, and more.
    let third = desk.get(&format!("{path}?alarm=3")).await?;
    assert_eq!(third["alarm"], 3);
    ensure!(texts(&third["units"]["needs"], "/words").contains(&"4 pumper"), "{}", third["units"]["needs"]);
    ensure!(texts(&third["agencies"], "/agency").contains(&"dinsos"));
    let added =
        third["agencies"].as_array().and_then(|list| list.iter().find(|one| one["agency"] == "dinsos"));
    assert_eq!(added.context("dinsos")?["reason"], "rencana Kebakaran bangunan, alarm 3");
    Ok(())
}

#[tokio::test]
async fn the_area_chooses_rule_and_plan() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let desk = Api::log_in(&server.base, "operator").await?;
    let ask = async |type_code: &str, place: Value| {
        let body = json!({ "type": type_code, "priority": 1, "place": place });
        desk.post("recommendation", body, 200).await
    };
    let village = |code: &str| json!({ "village_code": code });
    // Setono Betek market, and the quarter beside it.
    assert_eq!(ask("fire_building", village("35.71.02.1006")).await?["plan"]["code"], "fire_market");
    assert_eq!(ask("fire_building", village("35.71.02.1005")).await?["plan"]["code"], "fire_building");
    let kelud = ask("natural_disaster_eruption", village("35.06.07.2001")).await?;
    assert_eq!(kelud["plan"]["code"], "eruption_kelud");
    assert_eq!(kelud["agencies"][0]["agency"], "bpbd_kab");
    assert_eq!(
        kelud["agencies"][0]["reason"],
        "Erupsi gunung api, hujan abu di Kabupaten Kediri: kawasan rawan Gunung Kelud"
    );
    let ash = ask("natural_disaster_eruption", village("35.06.17.1009")).await?;
    assert_eq!(ash["plan"]["code"], "eruption_ash");
    // Nobody is sent to a question, and nobody knows where an incident without a place is.
    let question = ask("information_hours", json!({})).await?;
    assert_eq!(
        (&question["agencies"], &question["plan"], &question["units"]["picks"]),
        (&json!([]), &Value::Null, &json!([]))
    );
    let nowhere = ask("fire_building", json!({ "label": "Dekat sungai" })).await?;
    let pick = &nowhere["units"]["picks"][0];
    assert_eq!((&pick["travel_ms"], &pick["reasons"][0]["code"]), (&Value::Null, &json!("place_unknown")));
    ensure!(
        nowhere["agencies"][0]["reason"]
            .as_str()
            .is_some_and(|reason| reason.contains("wilayah belum diketahui"))
    );
    // The words of a caller call the city's rule by cues.
    let body = json!({ "type": "mental_health_acting_out", "place": village("35.71.02.1005"), "text": "ODGJ ngamuk bawa parang, mau membacok orang" });
    let armed = desk.post("recommendation", body, 200).await?;
    assert_eq!(armed["agencies"][0]["agency"], "polres", "{}", armed["agencies"]);
    assert_eq!(armed["agencies"][0]["reason"], "isi laporan: membawa senjata, di Kota Kediri");
    ensure!(texts(&armed["agencies"], "/agency").contains(&"dinsos"), "the table's lead is not dropped");
    Ok(())
}

#[tokio::test]
async fn after_a_refusal_the_next_best_is_proposed_at_once() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let desk = Api::log_in(&server.base, "operator").await?;
    let id = incident(&desk, "fire_building", "Rumah terbakar", EAST).await?;
    let damkar = desk.dispatch(&id, "damkar", "lead").await?;
    let working = desk.get(&format!("incidents/{id}/recommendation")).await?;
    let own = &working["agencies"][0];
    assert_eq!((&own["agency"], &own["dispatch"]), (&json!("damkar"), &json!(damkar)));
    ensure!(own["state"].is_string() && working["next_best"] == json!([]), "{working}");

    desk.act(&damkar, "reject", json!({ "reason": "semua mobil di kebakaran lain" })).await?;
    let advice = desk.get(&format!("incidents/{id}/recommendation")).await?;
    assert_eq!(advice["agencies"][0]["state"], "rejected");
    let next = &advice["next_best"][0];
    assert_eq!((&next["agency"], &next["role"]), (&json!("damkar_kab"), &json!("lead")));
    assert_eq!(next["reason"], "DAMKAR menolak: instansi sejenis dari Kabupaten Kediri");
    assert_eq!(advice["nobody_leads"], false);
    // Whoever has refused sends nobody, and the plain list says what to do now.
    ensure!(
        texts(&advice["units"]["picks"], "/agency").iter().all(|agency| *agency != "damkar"),
        "{}",
        advice["units"]
    );
    let passed = advice["units"]["passed_over"].as_array().context("no list")?;
    let own = passed.iter().find(|one| one["unit"] == "damkar-1").context("not told")?;
    assert_eq!(own["reason"]["code"], "agency_refused");
    let list = desk.get(&format!("incidents/{id}/agencies")).await?;
    assert_eq!(list["items"][0]["agency"], "damkar_kab");
    ensure!(!texts(&list["items"], "/agency").contains(&"damkar"), "{list}");

    // Everybody who could lead refuses: that is said too.
    let mut asked = 1;
    loop {
        let advice = desk.get(&format!("incidents/{id}/recommendation")).await?;
        let Some(next) = advice["next_best"]
            .as_array()
            .and_then(|list| list.iter().find(|one| one["role"] == "lead"))
            .cloned()
        else {
            assert_eq!(advice["nobody_leads"], true, "{advice}");
            break;
        };
        let dispatch = desk.dispatch(&id, next["agency"].as_str().unwrap_or_default(), "lead").await?;
        desk.act(&dispatch, "reject", json!({ "reason": "tidak bisa" })).await?;
        asked += 1;
        ensure!(asked < 12, "nobody is ever left: {advice}");
    }
    ensure!(asked >= 3, "only {asked} were asked");
    // Sent again, the one that refused first works on it like any other.
    desk.dispatch(&id, "damkar", "lead").await?;
    let again = desk.get(&format!("incidents/{id}/recommendation")).await?;
    assert_eq!(again["nobody_leads"], false);
    Ok(())
}

#[tokio::test]
async fn units_at_work_are_not_recommended_and_count_for_their_own_incident() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let desk = Api::log_in(&server.base, "operator").await?;
    let first = incident(&desk, "fire_building", "Rumah terbakar", WEST).await?;
    let body = json!({ "agency": "damkar", "role": "lead", "units": ["damkar-1"] });
    desk.post(&format!("incidents/{first}/dispatches"), body, 201).await?;
    let own = desk.get(&format!("incidents/{first}/recommendation")).await?;
    assert_eq!(
        own["units"]["already"],
        json!([{ "unit": "damkar-1", "agency": "damkar", "fills": "pumper" }])
    );
    let pumpers =
        texts(&own["units"]["picks"], "/fills").into_iter().filter(|fills| *fills == "pumper").count();
    assert_eq!(pumpers, 1, "of two one is there");

    let second = incident(&desk, "fire_building", "Kebakaran toko", WEST).await?;
    let other = desk.get(&format!("incidents/{second}/recommendation")).await?;
    ensure!(!texts(&other["units"]["picks"], "/unit").contains(&"damkar-1"));
    let passed = other["units"]["passed_over"].as_array().context("no list")?;
    let busy = passed.iter().find(|one| one["unit"] == "damkar-1").context("not told")?;
    assert_eq!((&busy["reason"]["code"], &busy["words"]), (&json!("busy"), &json!("sudah ditugaskan")));
    // A unit taken out of service is told as such.
    desk.post("units/damkar-2/status", json!({ "state": "out_of_service" }), 200).await?;
    let other = desk.get(&format!("incidents/{second}/recommendation")).await?;
    let passed = other["units"]["passed_over"].as_array().context("no list")?;
    let out = passed.iter().find(|one| one["unit"] == "damkar-2").context("not told")?;
    assert_eq!(out["reason"]["code"], "out_of_service");
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_with_the_field() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let desk = Api::log_in(&server.base, "operator").await?;
    let id = incident(&desk, "fire_building", "Rumah terbakar", WEST).await?;
    for bad in ["0", "10", "-1", "x", "99999999999"] {
        let answer =
            desk.send(Method::GET, &format!("incidents/{id}/recommendation?alarm={bad}"), None).await?;
        assert_eq!((answer.status.as_u16(), &answer.body["code"]), (400, &json!("bad_parameter")), "{bad}");
    }
    let nobody =
        desk.send(Method::GET, "incidents/019a1b2c-0000-7000-8000-000000000001/recommendation", None).await?;
    assert_eq!(nobody.status.as_u16(), 404);
    for (body, pointer) in [
        (json!({ "type": "fire_boat" }), "/type"),
        (json!({ "type": "fire", "alarm": 10 }), "/alarm"),
        (json!({ "type": "fire", "place": { "lat": 1.0 } }), "/place/lon"),
        (json!({ "type": "fire", "place": { "village_code": "99" } }), "/place/village_code"),
        (json!({ "type": "fire", "text": "a".repeat(4_001) }), "/text"),
        (json!({ "type": "fire", "nonsense": 1 }), ""),
    ] {
        let answer = desk.send(Method::POST, "recommendation", Some(&body)).await?;
        assert_eq!(answer.status.as_u16(), 422, "{body}: {}", answer.body);
        if !pointer.is_empty() {
            assert_eq!(answer.body["pointer"], pointer, "{body}");
        }
    }
    // It is the desk's: an agency sees its own dispatches, not who else is asked.
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let answer = damkar.send(Method::GET, &format!("incidents/{id}/recommendation"), None).await?;
    assert_eq!(answer.status.as_u16(), 403);
    Ok(())
}
