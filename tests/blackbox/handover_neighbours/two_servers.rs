//! Two servers that know of each other by address and secret, one of them killed in the middle.

use anyhow::ensure;
use kentongan_tests::api::{Api, CITY, id_of};
use kentongan_tests::server::{Server, Start, run_cli};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    NEIGHBOUR, arrived, desk, fire, import, neighbour, nobody_in_the_log, offer, until, until_state, verified,
};
use crate::faults::Engine;
use crate::faults::peer::{Behaviour, Peer};

struct Place {
    _data: TempDir,
    server: Server,
    api: Api,
}

/// A server with one live centre and its neighbour's name.
fn place(engine: &Engine, centre: &str, other: &str) -> anyhow::Result<Place> {
    let data = tempfile::tempdir()?;
    let url = match engine {
        Engine::Sqlite => None,
        Engine::Postgres(server) => Some(server.database(centre).map_err(|error| anyhow::anyhow!(error))?),
    };
    import(data.path(), url.as_deref(), centre, &[neighbour(other, None)])?;
    let server = Server::start(data.path(), Start { database_url: url, ..Start::default() })?;
    let api = desk(&server, centre)?;
    Ok(Place { _data: data, server, api })
}

impl Place {
    /// Tells where a neighbour is; the secret.
    fn join(&self, other: &str, url: &str, more: &[&str]) -> anyhow::Result<String> {
        let own = ["centre", "neighbour", "--centre", self.api.centre(), "--neighbour", other, "--url", url];
        let (status, secret) = self.server.cli(&[&own[..], &["--allow-private"], more].concat())?;
        ensure!(status == 0 && secret.starts_with("whsec_"), "{secret}");
        Ok(secret.trim().to_owned())
    }

    fn come_back(&mut self) -> anyhow::Result<()> {
        self.server.restart()?;
        self.api = self.api.reconnected()?;
        Ok(())
    }
}

fn two(engine: &Engine) -> anyhow::Result<(Place, Place)> {
    let (ours, theirs) = (place(engine, CITY, NEIGHBOUR)?, place(engine, NEIGHBOUR, CITY)?);
    let secret = ours.join(NEIGHBOUR, &theirs.server.base, &[])?;
    theirs.join(CITY, &format!("{}/", ours.server.base), &["--secret", &secret])?;
    Ok((ours, theirs))
}

#[tokio::test]
async fn on_sqlite_killed_in_the_middle_nothing_is_lost_and_nothing_comes_twice() -> anyhow::Result<()> {
    killed(&Engine::Sqlite).await
}

#[tokio::test]
async fn on_postgres_killed_in_the_middle_nothing_is_lost_and_nothing_comes_twice() -> anyhow::Result<()> {
    killed(&Engine::postgres()?).await
}

async fn killed(engine: &Engine) -> anyhow::Result<()> {
    let (mut ours, mut theirs) = two(engine)?;
    // They are down when it is offered, and we are killed while we try.
    theirs.server.kill()?;
    let incident = fire(&ours.api).await?;
    let transfer = offer(&ours.api, &incident, NEIGHBOUR).await?;
    until(&ours.api, &incident, |of| of["error"] == "refused").await?;
    ours.server.kill()?;
    theirs.come_back()?;
    ours.come_back()?;
    let report = arrived(&theirs.api, &transfer).await?;
    assert_eq!(report["reporter"]["phone"], "+6281200000000");
    let waits = until_state(&ours.api, &incident, "received").await?;
    assert_eq!(
        (&waits["handover"]["remote_number"], &waits["handover"]["error"]),
        (&report["number"], &Value::Null)
    );
    // We are down when they take it, and they are killed while they try to tell.
    ours.server.kill()?;
    let there = theirs.api.incident(&[id_of(&report, "/id")?], "fire_building", 1).await?;
    theirs.server.kill()?;
    ours.come_back()?;
    theirs.come_back()?;
    let over = until_state(&ours.api, &incident, "accepted").await?;
    let number = theirs.api.get(&format!("incidents/{there}")).await?["number"].clone();
    assert_eq!((&over["state"], &over["handover"]["remote_number"]), (&json!("out_of_area"), &number));
    // A refusal travels the same way.
    let second = fire(&ours.api).await?;
    let transfer = offer(&ours.api, &second, NEIGHBOUR).await?;
    let report = id_of(&arrived(&theirs.api, &transfer).await?, "/id")?;
    theirs.api.post(&format!("reports/{report}/outcome"), json!({ "outcome": "prank" }), 200).await?;
    let view = until_state(&ours.api, &second, "refused").await?;
    assert_eq!((&view["handover"]["reason"], &view["state"]), (&json!("prank"), &json!("open")));
    for place in [&mut ours, &mut theirs] {
        nobody_in_the_log(&place.api).await?;
        let log = place.server.log();
        ensure!(
            !log.contains("6281200000000") && !log.contains("sawah tebu"),
            "who called stands in the log"
        );
        verified(&mut place.server)?;
    }
    Ok(())
}

#[tokio::test]
async fn joined_with_different_secrets_nothing_passes_until_it_is_put_right() -> anyhow::Result<()> {
    let (ours, theirs) = (place(&Engine::Sqlite, CITY, NEIGHBOUR)?, place(&Engine::Sqlite, NEIGHBOUR, CITY)?);
    let incident = fire(&ours.api).await?;
    offer(&ours.api, &incident, NEIGHBOUR).await?;
    until(&ours.api, &incident, |of| of["error"] == "no_address").await?;
    let secret = ours.join(NEIGHBOUR, &theirs.server.base, &[])?;
    until(&ours.api, &incident, |of| of["error"] == "unknown_neighbour").await?;
    let other = theirs.join(CITY, &ours.server.base, &[])?;
    assert_ne!(secret, other);
    until(&ours.api, &incident, |of| of["error"] == "bad_signature").await?;
    ensure!(theirs.api.all("reports").await?.is_empty(), "something unsigned came in");
    // While a secret changes both are good, on either side.
    theirs.join(CITY, &ours.server.base, &["--secret", &format!("{other} {secret}")])?;
    until_state(&ours.api, &incident, "received").await?;
    Ok(())
}

#[tokio::test]
async fn a_server_that_stumbles_is_told_again_under_the_same_id() -> anyhow::Result<()> {
    let ours = place(&Engine::Sqlite, CITY, NEIGHBOUR)?;
    // The last one takes it and says nothing that we understand.
    let script = [Behaviour::Answer(500), Behaviour::HangUp, Behaviour::Answer(302), Behaviour::Answer(200)];
    let peer = Peer::start(&script).await?;
    let secret = ours.join(NEIGHBOUR, &peer.url(), &[])?;
    let incident = fire(&ours.api).await?;
    let transfer = offer(&ours.api, &incident, NEIGHBOUR).await?;
    let mut heard = Vec::new();
    for error in ["status_500", "broken", "status_302", "strange_answer"] {
        heard
            .push(until(&ours.api, &incident, |of| of["error"] == error).await?["handover"]["state"].clone());
    }
    assert_eq!(heard, [json!("offered"), json!("offered"), json!("offered"), json!("offered")]);
    for request in peer.until(4).await? {
        assert_eq!(request.header("webhook-id")?, transfer);
        request.signed(&secret)?;
        let said: Value = serde_json::from_str(&request.body)?;
        assert_eq!(
            (&said["transfer"], &said["to"], &said["from"]),
            (&json!(transfer), &json!(NEIGHBOUR), &json!(CITY))
        );
        assert_eq!(said["reporter"]["phone"], "+6281200000000", "the neighbour can ask back");
    }
    Ok(())
}

#[tokio::test]
async fn a_pack_that_names_itself_or_nonsense_as_neighbour_is_refused() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    for (nonsense, wrong) in [
        (vec![neighbour(CITY, None)], "the centre itself"),
        (vec![neighbour(NEIGHBOUR, None), neighbour(NEIGHBOUR, None)], "stands twice"),
        (vec![neighbour("../admin", None)], "no centre can have"),
        (vec![neighbour(NEIGHBOUR, Some(0))], "no time to answer"),
    ] {
        let said = import(data.path(), None, CITY, &nonsense)
            .map_or_else(|error| error.to_string(), |()| String::new());
        ensure!(said.contains(wrong), "{wrong}: {said}");
    }
    let (status, said) = run_cli(data.path(), None, &["centre", "list"])?;
    ensure!(status == 0 && said.trim().is_empty(), "{said}");
    Ok(())
}
