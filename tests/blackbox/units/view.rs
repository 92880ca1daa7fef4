//! Who is shown which positions, and how often.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::ensure;
use futures_util::{SinkExt as _, StreamExt as _};
use kentongan_tests::api::Api;
use kentongan_tests::clock::Stopwatch;
use kentongan_tests::console::{Console, open_socket};
use kentongan_tests::server::Server;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::{tell, world};

#[tokio::test]
async fn no_agency_sees_where_another_s_units_are() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut consoles = Vec::new();
    for who in ["damkar", "polres", "operator", "auditor"] {
        let mut console = Console::connect(&Api::log_in(&server.base, who).await?).await?;
        console.look(&world()).await?;
        consoles.push((who, console));
    }
    for (unit, lat) in [("damkar-1", -7.81), ("polres-1", -7.82), ("bpbd-1", -7.83)] {
        tell(&operator, unit, lat, 112.0).await?;
    }
    for (who, console) in &mut consoles {
        let sees: &[&str] = match *who {
            "damkar" => &["damkar-1"],
            "polres" => &["polres-1"],
            _ => &["bpbd-1", "damkar-1", "polres-1"],
        };
        for unit in sees {
            console.until_position(unit, |_| true).await?;
        }
        // A late console gets the same at once, and so does one that looks again.
        let mut late = Console::connect(&Api::log_in(&server.base, who).await?).await?;
        late.look(&world()).await?;
        console.look(&world()).await?;
        for seen in [&late.positions, &console.positions] {
            ensure!(seen.keys().eq(sees.iter()), "{who} sees {:?}", seen.keys());
        }
    }
    let other = Api::log_in(&server.base, "trainer").await?.in_centre("kediri-latihan");
    let mut drill = Console::connect(&other).await?;
    drill.look(&world()).await?;
    ensure!(drill.positions.is_empty(), "a drill's units are elsewhere");
    Ok(())
}

#[tokio::test]
async fn a_console_is_told_what_happens_where_it_looks() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    tell(&operator, "damkar-1", -7.80, 112.00).await?;
    tell(&operator, "damkar-2", -7.95, 112.30).await?;

    let mut desk = Console::connect(&operator).await?;
    let west = json!([111.9, -7.9, 112.1, -7.7]);
    desk.look(&west).await?;
    ensure!(desk.positions.keys().eq(["damkar-1"]), "{:?}", desk.positions);
    // What moves elsewhere is not told; what drives in is.
    tell(&operator, "damkar-2", -7.94, 112.29).await?;
    tell(&operator, "polres-1", -7.85, 112.05).await?;
    desk.until_position("polres-1", |_| true).await?;
    ensure!(!desk.positions.contains_key("damkar-2"), "{:?}", desk.positions);
    tell(&operator, "damkar-2", -7.90, 112.10).await?;
    desk.until_position("damkar-2", |seen| seen["lat"] == -7.9).await?;

    // It looks elsewhere, and then away: the other console proves that there was something to tell.
    desk.look(&json!([112.25, -8.0, 112.4, -7.9])).await?;
    ensure!(desk.sightings.last().is_some_and(Vec::is_empty), "nobody is there: {:?}", desk.sightings);
    desk.look(&json!(null)).await?;
    let mut other = Console::connect(&operator).await?;
    other.look(&world()).await?;
    let frames = desk.sightings.len();
    tell(&operator, "damkar-1", -7.81, 112.01).await?;
    other.until_position("damkar-1", |seen| seen["lat"] == -7.81).await?;
    let report = operator.report("Kebakaran").await?;
    desk.until("report", &report, |_| true).await?;
    ensure!(desk.sightings.len() == frames, "it looks away");

    // A hello may say at once where it looks.
    let mut socket = open_socket(&operator).await?;
    let hello = json!({ "type": "hello", "protocol": 1, "look": west });
    socket.send(Message::text(hello.to_string())).await?;
    loop {
        let Some(Ok(Message::Text(text))) = socket.next().await else { anyhow::bail!("no positions came") };
        if text.contains(r#""type":"positions""#) {
            ensure!(text.contains("damkar-1"), "{text}");
            break;
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_is_no_area_ends_the_connection_clearly() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    for wrong in [
        json!({ "type": "look", "area": [112.1, -7.9, 111.9, -7.7] }),
        json!({ "type": "look", "area": [111.9, -7.7, 112.1, -7.9] }),
        json!({ "type": "look", "area": [-181.0, -7.9, 112.1, -7.7] }),
        json!({ "type": "look", "area": [111.9, -7.9, 112.1] }),
        json!({ "type": "look", "area": "Kediri" }),
        json!({ "type": "listen" }),
    ] {
        let mut console = Console::connect(&operator).await?;
        console.say(&wrong).await?;
        let ended = loop {
            if let Err(error) = console.step().await {
                break error;
            }
        };
        ensure!(ended.to_string().contains("4500"), "{wrong}: {ended}");
    }
    Ok(())
}

#[tokio::test]
async fn however_often_units_tell_a_console_is_told_once_a_second() -> anyhow::Result<()> {
    const FRAMES: usize = 6;
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut desk = Console::connect(&operator).await?;
    desk.look(&world()).await?;

    let done = Arc::new(AtomicBool::new(false));
    let (feeding, stop) = (operator.clone(), Arc::clone(&done));
    let feeder = tokio::spawn(async move {
        let mut told = 0_u32;
        while !stop.load(Ordering::Relaxed) {
            for unit in ["damkar-1", "damkar-2", "psc119-1"] {
                tell(&feeding, unit, -7.8 + f64::from(told) * 1e-6, 112.0).await?;
            }
            told += 3;
        }
        anyhow::Ok(told)
    });
    let mut watch = None;
    let first = desk.sightings.len();
    while desk.sightings.len() < first + FRAMES {
        // Looking around must not make it more.
        desk.say(&json!({ "type": "look", "area": world() })).await?;
        let before = desk.sightings.len();
        while desk.sightings.len() == before {
            desk.step().await?;
        }
        watch.get_or_insert_with(Stopwatch::start);
    }
    let took = watch.map(Stopwatch::elapsed).unwrap_or_default();
    done.store(true, Ordering::Relaxed);
    let told = feeder.await??;

    // The gaps are the server's; what the wire adds to the first one is forgiven.
    let least = Duration::from_secs(FRAMES as u64 - 1).mul_f64(0.95);
    ensure!(took >= least, "{FRAMES} frames came within {took:?}");
    ensure!(told as usize > 10 * FRAMES, "only {told} positions were told: nothing had to be held back");
    for frame in desk.sightings.iter().skip(first) {
        ensure!(frame.len() == frame.iter().collect::<std::collections::BTreeSet<_>>().len(), "{frame:?}");
        ensure!(!frame.is_empty(), "each has what moved meanwhile");
    }
    Ok(())
}
