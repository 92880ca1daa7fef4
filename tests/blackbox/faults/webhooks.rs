//! Dispatches to an agency's own server: signed, sent again until they arrive, always under the same id,
//! never from a drill, and never taken for an acknowledgement.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::{Api, DRILL};
use kentongan_tests::console::Console;
use kentongan_tests::server::{Server, Start, run_cli};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::peer::{Behaviour, Peer, Received};

/// The demo city whose fire brigade has a server of its own.
struct City {
    _data: TempDir,
    server: Server,
    operator: Api,
    desk: Console,
    secret: String,
}

async fn city(peer: &Peer) -> anyhow::Result<City> {
    let data = tempfile::tempdir()?;
    // The city must be there before it can have an endpoint.
    Server::start(data.path(), Start::demo())?.stop()?;
    let url = peer.url();
    let set =
        ["centre", "endpoint", "--centre", "kediri", "--agency", "damkar", "--allow-private", "--url", &url];
    let (code, secret) = run_cli(data.path(), None, &set)?;
    ensure!(code == 0 && secret.starts_with("whsec_"), "{secret}");
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let desk = Console::connect(&operator).await?;
    Ok(City { _data: data, server, operator, desk, secret })
}

impl City {
    async fn dispatch_a_fire(&self) -> anyhow::Result<String> {
        let body = json!({ "channel": "phone", "text": "Kebakaran rumah, api besar",
                           "reporter": { "name": "Bu Contoh", "phone": "+6281200000000" } });
        let stored = self.operator.post("reports", body, 201).await?;
        let report = kentongan_tests::api::id_of(&stored, "/report/id")?;
        let incident = self.operator.incident(&[report], "fire_building", 1).await?;
        self.operator.dispatch(&incident, "damkar", "lead").await
    }

    /// Waits on the desk's stream until the webhook of a dispatch is in a state; that delivery.
    async fn webhook_is(&mut self, dispatch: &str, state: &str) -> anyhow::Result<Value> {
        let view = self.desk.until("dispatch", dispatch, |view| {
            webhook_of(view).is_some_and(|webhook| webhook["state"] == state)
        });
        webhook_of(&view.await?).cloned().context("no webhook")
    }
}

fn webhook_of(dispatch: &Value) -> Option<&Value> {
    dispatch["deliveries"].as_array()?.iter().find(|delivery| delivery["channel"] == "webhook")
}

/// Every attempt is signed and names the same delivery.
fn one_delivery(received: &[Received], secret: &str) -> anyhow::Result<Value> {
    let first = received.first().context("nothing came")?;
    for attempt in received {
        ensure!(attempt.header("webhook-id")? == first.header("webhook-id")?, "the id changed");
        attempt.checked(secret)?;
    }
    first.checked(secret)
}

#[tokio::test]
async fn an_arrived_webhook_is_delivered_and_not_acknowledged() -> anyhow::Result<()> {
    let peer = Peer::start(&[]).await?;
    let mut city = city(&peer).await?;
    let dispatch = city.dispatch_a_fire().await?;
    city.webhook_is(&dispatch, "delivered").await?;
    let received = peer.received();
    let data = one_delivery(&received, &city.secret)?;
    assert_eq!(received.len(), 1);
    assert_eq!(data["dispatch"]["id"], dispatch.as_str());
    assert_eq!(data["reports"][0]["text"], "Kebakaran rumah, api besar");
    ensure!(!received[0].body.contains("Bu Contoh") && !received[0].body.contains("+6281"), "who called");
    let view = city.operator.get(&format!("dispatches/{dispatch}")).await?;
    assert_eq!((&view["state"], &view["acknowledged_at"]), (&json!("delivered"), &Value::Null));
    assert_eq!(view["deadlines"].as_object().map(|due| due.contains_key("acknowledge")), Some(true));
    Ok(())
}

#[tokio::test]
async fn a_failing_peer_is_tried_again_with_pauses_and_the_same_id() -> anyhow::Result<()> {
    let script = [Behaviour::Answer(500), Behaviour::HangUp, Behaviour::Answer(302)];
    let peer = Peer::start(&script).await?;
    let mut city = city(&peer).await?;
    let dispatch = city.dispatch_a_fire().await?;
    let delivered = city.webhook_is(&dispatch, "delivered").await?;
    let received = peer.received();
    one_delivery(&received, &city.secret)?;
    assert_eq!((received.len(), &delivered["attempts"]), (4, &json!(4)));
    let pauses: Vec<i64> = received.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
    for (pause, least) in pauses.iter().zip([1_000_000, 2_000_000, 4_000_000]) {
        ensure!(*pause >= least, "pauses of {pauses:?} µs");
    }
    Ok(())
}

#[tokio::test]
async fn a_peer_that_refuses_connections_gets_it_when_it_is_up() -> anyhow::Result<()> {
    let mut peer = Peer::start(&[]).await?;
    peer.shut().await;
    let mut city = city(&peer).await?;
    let dispatch = city.dispatch_a_fire().await?;
    let view = city.desk.until("dispatch", &dispatch, |view| {
        webhook_of(view).is_some_and(|webhook| webhook["last_error"] == "refused")
    });
    assert_eq!(webhook_of(&view.await?).map(|webhook| webhook["state"].clone()), Some(json!("pending")));
    peer.open().await?;
    city.webhook_is(&dispatch, "delivered").await?;
    one_delivery(&peer.received(), &city.secret)?;
    Ok(())
}

#[tokio::test]
async fn gone_is_for_good() -> anyhow::Result<()> {
    let peer = Peer::start(&[Behaviour::Answer(410)]).await?;
    let mut city = city(&peer).await?;
    let dispatch = city.dispatch_a_fire().await?;
    let failed = city.webhook_is(&dispatch, "failed").await?;
    assert_eq!((&failed["last_error"], &failed["next_attempt_at"]), (&json!("gone"), &Value::Null));
    // The next dispatch is another delivery, with an id of its own.
    let second = city.dispatch_a_fire().await?;
    city.webhook_is(&second, "delivered").await?;
    let received = peer.received();
    assert_eq!(received.len(), 2, "a peer that is gone was asked again");
    assert_ne!(received[0].header("webhook-id")?, received[1].header("webhook-id")?);
    Ok(())
}

#[tokio::test]
async fn killed_before_the_answer_was_noted_it_is_sent_again_under_the_same_id() -> anyhow::Result<()> {
    let peer = Peer::start(&[Behaviour::Hold]).await?;
    let mut city = city(&peer).await?;
    let dispatch = city.dispatch_a_fire().await?;
    peer.until(1).await?;
    city.server.kill()?;
    city.server.restart()?;
    super::watch::come_back(&mut city.desk).await?;
    let delivered = city.webhook_is(&dispatch, "delivered").await?;
    let received = peer.received();
    one_delivery(&received, &city.secret)?;
    assert_eq!((received.len(), &delivered["attempts"]), (2, &json!(1)), "the attempt cut off is made again");
    ensure!(city.server.stop()?, "the server ended badly");
    let (code, said) = city.server.cli(&["verify"])?;
    ensure!(code == 0, "verify: {said}");
    Ok(())
}

#[tokio::test]
async fn a_drill_never_reaches_a_real_peer() -> anyhow::Result<()> {
    let peer = Peer::start(&[]).await?;
    let city = city(&peer).await?;
    let url = peer.url();
    let (code, said) =
        city.server.cli(&["centre", "endpoint", "--centre", DRILL, "--agency", "damkar", "--url", &url])?;
    ensure!(code != 0 && said.contains("drill"), "{said}");
    let drill = city.operator.in_centre(DRILL);
    let report = drill.report("Kebakaran rumah, api besar").await?;
    let incident = drill.incident(&[report], "fire_building", 1).await?;
    let practice = drill.dispatch(&incident, "damkar", "lead").await?;
    let view = drill.get(&format!("dispatches/{practice}")).await?;
    ensure!(webhook_of(&view).is_none(), "a drill's dispatch has a webhook: {view}");
    // A real one after it: when that has arrived, the drill's would have too.
    city.dispatch_a_fire().await?;
    let received = peer.until(1).await?;
    assert_eq!(received.len(), 1);
    ensure!(!received[0].body.contains(&practice), "a drill left the house");
    Ok(())
}
