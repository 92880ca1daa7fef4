//! Travel times: by a road server where one is set up, estimated where it is not or does not answer.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::clock::Stopwatch;
use kentongan_tests::server::{Server, Start};
use serde_json::{Value, json};

use super::road_server::{Behaviour, RoadServer};
use super::{EAST, texts};

/// The server may take 800 ms for its road server; the rest is a debug build on a busy machine.
const ANSWERED_WITHIN: Duration = Duration::from_secs(4);

/// The demo city with this road server.
fn city(data: &std::path::Path, roads: &str) -> anyhow::Result<Server> {
    let config = data.join("kentongan.toml");
    std::fs::write(&config, format!("[travel]\nosrm_url = \"{roads}\"\n"))?;
    Server::start(data, Start::demo().with("--config").with(config))
}

/// What is recommended for a house on fire on the east bank.
async fn fire(desk: &Api) -> anyhow::Result<Value> {
    let place = json!({ "lat": EAST.0, "lon": EAST.1 });
    desk.post("recommendation", json!({ "type": "fire_building", "priority": 1, "place": place }), 200).await
}

fn pumpers(answer: &Value) -> Vec<&str> {
    let picks = answer["units"]["picks"].as_array().map(Vec::as_slice).unwrap_or_default();
    picks.iter().filter(|pick| pick["fills"] == "pumper").filter_map(|pick| pick["unit"].as_str()).collect()
}

#[tokio::test]
async fn the_nearest_by_air_is_not_the_nearest_by_road() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let plain = Server::demo(data.path())?;
    let by_air = fire(&Api::log_in(&plain.base, "operator").await?).await?;
    assert_eq!(pumpers(&by_air), ["damkar-1", "damkar-2"]);
    assert_eq!(by_air["travel"], json!({ "source": "detour", "fell_back": null, "words": null }));
    drop(plain);

    let roads = RoadServer::start(&[]).await?;
    let data = tempfile::tempdir()?;
    let server = city(data.path(), &roads.url())?;
    let desk = Api::log_in(&server.base, "operator").await?;
    let by_road = fire(&desk).await?;
    // The headquarters stands across the river, and the only bridge is far in the south.
    assert_eq!(pumpers(&by_road)[0], "damkar-2");
    assert_eq!(by_road["travel"]["source"], "road");
    let first = &by_road["units"]["picks"][0];
    assert_eq!(first["travel_ms"], 200_000, "two steps of the east bank's road: {first}");
    ensure!(texts(&first["reasons"], "/source").contains(&"road"), "{first}");
    ensure!(first["words"].as_array().is_some_and(|words| words.contains(&json!("4 menit lewat jalan"))));
    // No road leads here from Pare: whoever stands there is told apart, not sent.
    let passed = by_road["units"]["passed_over"].as_array().context("no list")?;
    let pare = passed.iter().find(|one| one["unit"] == "damkar_kab-2").context("Pare is not told")?;
    assert_eq!(
        (&pare["reason"]["code"], &pare["words"]),
        (&json!("no_road"), &json!("tidak ada jalan ke lokasi"))
    );

    // One question, with nothing in it but coordinates and what is asked of them.
    let asked = roads.asked();
    assert_eq!(asked.len(), 1);
    let allowed = |c: char| c.is_ascii_digit() || "-.,;".contains(c);
    let path = asked[0].strip_prefix("/table/v1/driving/").context("no table")?;
    let (points, query) = path.split_once('?').context("no query")?;
    ensure!(points.chars().all(allowed), "{points}");
    let mut count = points.split(';').count();
    count -= 1;
    let sources: Vec<String> = (0..count).map(|index| index.to_string()).collect();
    assert_eq!(query, format!("sources={}&destinations={count}&annotations=duration", sources.join(";")));
    Ok(())
}

#[tokio::test]
async fn a_road_server_that_fails_costs_an_estimate_and_no_more() -> anyhow::Result<()> {
    let broken = [
        (Behaviour::Slow(Duration::from_secs(30)), "timeout"),
        (Behaviour::Status(500), "status"),
        (Behaviour::Roads, ""),
        (Behaviour::Text("<html>busy</html>".into()), "malformed"),
        (Behaviour::Text(json!({ "code": "Ok", "durations": [[1.0]] }).to_string()), "malformed"),
        (Behaviour::Roads, ""),
        (Behaviour::Text("9".repeat(2_000_000)), "malformed"),
        (Behaviour::HangUp, "unreachable"),
        (Behaviour::Nowhere, "no_route"),
    ];
    let script: Vec<Behaviour> = broken.iter().map(|(behaviour, _)| behaviour.clone()).collect();
    let roads = RoadServer::start(&script).await?;
    let data = tempfile::tempdir()?;
    let server = city(data.path(), &roads.url())?;
    let desk = Api::log_in(&server.base, "operator").await?;
    for (behaviour, code) in &broken {
        let watch = Stopwatch::start();
        let answer = fire(&desk).await?;
        ensure!(watch.elapsed() < ANSWERED_WITHIN, "{behaviour:?} took {:?}", watch.elapsed());
        if code.is_empty() {
            assert_eq!(answer["travel"]["source"], "road", "{behaviour:?}");
            assert_eq!(pumpers(&answer)[0], "damkar-2");
        } else {
            assert_eq!(answer["travel"]["fell_back"], *code, "{behaviour:?}");
            assert_eq!(answer["travel"]["source"], "detour");
            let words = answer["travel"]["words"].as_str().context("no words")?;
            ensure!(words.ends_with("waktu tempuh diperkirakan dari garis lurus"), "{words}");
            assert_eq!(pumpers(&answer), ["damkar-1", "damkar-2"], "as without a road server");
        }
    }
    Ok(())
}

#[tokio::test]
async fn one_that_keeps_failing_is_left_alone_for_a_while() -> anyhow::Result<()> {
    let roads = RoadServer::start(&vec![Behaviour::Status(502); 3]).await?;
    let data = tempfile::tempdir()?;
    let server = city(data.path(), &roads.url())?;
    let desk = Api::log_in(&server.base, "operator").await?;
    for expected in ["status", "status", "status", "resting", "resting"] {
        assert_eq!(fire(&desk).await?["travel"]["fell_back"], expected);
    }
    assert_eq!(roads.asked().len(), 3);
    // Nobody listens at all: told like any other fault.
    roads.next(Behaviour::Roads);
    drop(roads);
    ensure!(server.log().contains("the road server keeps failing"), "{}", server.log());
    Ok(())
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_at_the_start() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let error = city(data.path(), "osrm.kediri").err().context("it started")?.to_string();
    ensure!(error.contains("osrm_url"), "{error}");
    Ok(())
}
