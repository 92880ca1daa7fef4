//! Coming back: only what is missing, and never twice; everything when the place is not known any more.

use anyhow::ensure;
use kentongan_tests::agreement::settle;
use kentongan_tests::api::Api;
use kentongan_tests::console::Console;
use kentongan_tests::server::Server;
use tempfile::TempDir;

use super::greeting::post_many;

struct City {
    _data: TempDir,
    server: Server,
    operator: Api,
}

async fn city() -> anyhow::Result<City> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    Ok(City { _data: data, server, operator })
}

#[tokio::test]
async fn within_the_ring_only_what_is_missing_comes() -> anyhow::Result<()> {
    let City { operator, _data, server } = city().await?;
    operator.report("Kebakaran rumah").await?;
    let mut desk = Console::connect(&operator).await?;
    desk.cut();
    for text in ["Banjir", "Pohon tumbang", "Ada ular masuk rumah"] {
        operator.report(text).await?;
    }
    desk.reconnect().await?;
    settle(&mut desk, &operator).await?;
    assert_eq!((desk.snapshots, desk.frames.len()), (1, 3), "three commits, three frames, no snapshot");

    // Nothing missing: nothing comes.
    desk.reconnect().await?;
    settle(&mut desk, &operator).await?;
    assert_eq!((desk.snapshots, desk.frames.len()), (1, 3));
    drop(server);
    Ok(())
}

#[tokio::test]
async fn another_epoch_or_a_place_ahead_of_the_log_gets_a_snapshot() -> anyhow::Result<()> {
    let City { operator, _data, server } = city().await?;
    operator.report("Kebakaran rumah").await?;
    let mut desk = Console::connect(&operator).await?;
    let (epoch, seq) = (desk.epoch.clone(), desk.seq);
    for (other_epoch, other_seq) in [("a restored log", seq), (epoch.as_str(), seq + 1_000)] {
        let before = desk.snapshots;
        desk.epoch = other_epoch.to_owned();
        desk.seq = other_seq;
        desk.reconnect().await?;
        while desk.snapshots == before {
            desk.step().await?;
        }
        settle(&mut desk, &operator).await?;
        assert_eq!((desk.epoch.as_str(), desk.seq), (epoch.as_str(), seq));
    }
    drop(server);
    Ok(())
}

#[tokio::test]
async fn after_a_restart_a_console_goes_on_where_it_stood() -> anyhow::Result<()> {
    let City { operator, _data, mut server } = city().await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let first = operator.report("Kebakaran rumah, api besar").await?;
    let incident = operator.incident(&[first], "fire_building", 1).await?;
    let (mut desk, mut agency) = (Console::connect(&operator).await?, Console::connect(&damkar).await?);
    desk.cut();
    agency.cut();
    // What is missed: a report, and a dispatch that lets the agency see what happened before its cursor.
    operator.report("Banjir setinggi lutut").await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    server.kill()?;
    server.restart()?;
    // A new client: the old one may still hold a connection that died with the process.
    let operator = Api::log_in(&server.base, "operator").await?;
    operator.report("Pohon tumbang").await?;
    for (console, api) in [(&mut desk, &operator), (&mut agency, &damkar)] {
        console.reconnect().await?;
        settle(console, api).await?;
    }
    assert_eq!(desk.snapshots, 1, "what is missing is little: no snapshot");
    ensure!(agency.view("dispatch", &dispatch).is_some(), "the agency missed its dispatch");
    ensure!(agency.view("incident", &incident).is_some(), "the agency missed its incident");
    Ok(())
}

#[tokio::test]
async fn far_behind_the_ring_a_snapshot_replaces_everything() -> anyhow::Result<()> {
    let City { operator, _data, mut server } = city().await?;
    operator.report("Kebakaran rumah").await?;
    let mut desk = Console::connect(&operator).await?;
    desk.cut();
    post_many(&operator, 1_100).await?;
    server.kill()?;
    server.restart()?;
    desk.reconnect().await?;
    settle(&mut desk, &operator).await?;
    assert_eq!((desk.snapshots, desk.frames.len()), (2, 0), "more than a thousand rows: a snapshot");
    operator.report("Banjir").await?;
    settle(&mut desk, &operator).await?;
    Ok(())
}
