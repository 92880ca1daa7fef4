//! An incident handed over to a neighbouring centre: inside one server, between two, and by somebody who is neither.

mod forged;
mod one_server;
mod two_servers;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::clock::Stopwatch;
use kentongan_tests::server::{Server, run_cli};
use serde_json::{Value, json};

/// The city's neighbour.
const NEIGHBOUR: &str = "nganjuk";
/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(40);

/// Names a neighbour of a centre, as `neighbours.toml` does; `within_ms` where something is agreed.
fn neighbour(code: &str, within_ms: Option<u32>) -> String {
    let agreed = within_ms.map(|ms| format!("answer_within_ms = {ms}\n")).unwrap_or_default();
    format!(
        "[[neighbours]]\ncode = \"{code}\"\nname = \"112 {code}\"\nphone = \"(0358) 555-0199\"\n{agreed}\n"
    )
}

/// Imports the demo city's pack as another live centre, or as itself, with these neighbours.
fn import(data: &Path, url: Option<&str>, code: &str, neighbours: &[String]) -> anyhow::Result<()> {
    let pack = tempfile::tempdir()?;
    let from = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../server/centres/kediri"));
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        std::fs::copy(entry.path(), pack.path().join(entry.file_name()))?;
    }
    let centre = std::fs::read_to_string(from.join("centre.toml"))?;
    let (own, prefix) = ("code = \"kediri\"", "number_prefix = \"KDR\"");
    ensure!(centre.contains(own) && centre.contains(prefix), "the pack calls itself otherwise now");
    let centre = centre.replace(own, &format!("code = \"{code}\""));
    let letters = if code == "kediri" { "KDR" } else { "NJK" };
    let centre = centre.replace(prefix, &format!("number_prefix = \"{letters}\""));
    std::fs::write(pack.path().join("centre.toml"), centre)?;
    std::fs::write(pack.path().join("neighbours.toml"), neighbours.concat())?;
    let folder = pack.path().to_str().context("a strange path")?;
    let (status, said) = run_cli(data, url, &["centre", "import", folder])?;
    ensure!(status == 0, "{said}");
    Ok(())
}

/// Somebody at the desk of a centre.
fn desk(server: &Server, centre: &str) -> anyhow::Result<Api> {
    let (status, token) = server.cli(&["token", "create", "--centre", centre, "--role", "supervisor"])?;
    ensure!(status == 0, "{token}");
    Ok(Api::with_token(&server.base, &token)?.in_centre(centre))
}

/// A fire with a reporter, and its incident.
async fn fire(desk: &Api) -> anyhow::Result<String> {
    let body = json!({ "channel": "phone", "text": "Gudang kayu terbakar, api merambat ke sawah tebu",
                       "place_text": "dekat jembatan lama",
                       "location": { "lat": -7.8228, "lon": 112.0119, "accuracy_m": 30.0, "source": "pin" },
                       "reporter": { "name": "Bu Contoh", "phone": "+6281200000000" } });
    let stored = desk.post("reports", body, 201).await?;
    desk.incident(&[id_of(&stored, "/report/id")?], "fire_building", 1).await
}

/// Offers an incident; the id of the hand-over.
async fn offer(desk: &Api, incident: &str, to: &str) -> anyhow::Result<String> {
    let body = json!({ "to": to, "note": "Mobil tangki kami habis" });
    let offered = desk.post(&format!("incidents/{incident}/offer"), body, 200).await?;
    id_of(&offered, "/incident/handover/transfer")
}

/// Waits until the incident's hand-over is as it must be; the incident.
async fn until(desk: &Api, incident: &str, holds: impl Fn(&Value) -> bool) -> anyhow::Result<Value> {
    let waited = Stopwatch::start();
    loop {
        let view = desk.get(&format!("incidents/{incident}")).await?;
        if view.get("handover").is_some_and(&holds) {
            return Ok(view);
        }
        if waited.elapsed() > PATIENCE {
            bail!("the hand-over stays as it is: {}", view["handover"]);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until the incident's hand-over is in a state.
async fn until_state(desk: &Api, incident: &str, state: &str) -> anyhow::Result<Value> {
    until(desk, incident, |of| of["state"] == state).await
}

/// Waits until the hand-over is a report there; it, and that it came once.
async fn arrived(desk: &Api, transfer: &str) -> anyhow::Result<Value> {
    let waited = Stopwatch::start();
    loop {
        let handed = desk.all("reports?channel=neighbour&limit=200").await?;
        let mut found: Vec<Value> =
            handed.into_iter().filter(|report| report["external_id"] == transfer).collect();
        ensure!(found.len() < 2, "it came twice: {found:?}");
        if let Some(report) = found.pop() {
            return Ok(report);
        }
        if waited.elapsed() > PATIENCE {
            bail!("nothing was handed over");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Whoever reported stands in no event of this centre, and neither do words.
async fn nobody_in_the_log(desk: &Api) -> anyhow::Result<()> {
    for event in desk.all("events?limit=200").await? {
        let text = event.to_string();
        for said in ["Bu Contoh", "6281200000000", "sawah tebu", "jembatan lama", "tangki"] {
            ensure!(!text.contains(said), "{said} stands in {text}");
        }
    }
    Ok(())
}

/// Stops the server and verifies what is stored.
fn verified(server: &mut Server) -> anyhow::Result<()> {
    ensure!(server.stop()?, "the server ended badly");
    let (status, said) = server.cli(&["verify"])?;
    ensure!(status == 0, "verify: {said}");
    Ok(())
}
