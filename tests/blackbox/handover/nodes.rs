//! Two nodes on one database: what one has stored goes out once, and when that node dies at it the other one
//! sends it.

use anyhow::{anyhow, ensure};
use kentongan_store::testing::ScratchPostgres;
use kentongan_tests::api::Api;
use kentongan_tests::console::Console;
use kentongan_tests::server::{Server, Start, run_cli};

use super::city::of_channel;
use crate::faults::peer::{Behaviour, Peer};

async fn fire(operator: &Api) -> anyhow::Result<String> {
    let report = operator.report("Kebakaran rumah, api besar").await?;
    let incident = operator.incident(&[report], "fire_building", 1).await?;
    operator.dispatch(&incident, "damkar", "lead").await
}

#[tokio::test]
async fn a_message_goes_out_once_and_a_dead_nodes_message_goes_out_by_the_other() -> anyhow::Result<()> {
    let postgres = ScratchPostgres::start().map_err(|error| anyhow!(error))?;
    let url = postgres.database("two_nodes").map_err(|error| anyhow!(error))?;
    let (first_data, second_data) = (tempfile::tempdir()?, tempfile::tempdir()?);
    Server::start(first_data.path(), Start::demo_on(&url))?.stop()?;
    let peer = Peer::start(&[Behaviour::Answer(200); 6]).await?;
    let address = peer.url();
    let set = ["centre", "endpoint", "--centre", "kediri", "--agency", "damkar", "--allow-private", "--url"];
    let set: Vec<&str> = set.into_iter().chain([address.as_str()]).collect();
    let (code, said) = run_cli(first_data.path(), Some(&url), &set)?;
    ensure!(code == 0, "{said}");
    let mut first = Server::start(first_data.path(), Start::demo_on(&url))?;
    let second = Server::start(second_data.path(), Start::demo_on(&url))?;
    let (one, two) =
        (Api::log_in(&first.base, "operator").await?, Api::log_in(&second.base, "operator").await?);
    let mut desk = Console::connect(&two).await?;
    let arrived =
        |view: &serde_json::Value| of_channel(view, "webhook").any(|one| one["state"] == "delivered");
    for node in [&one, &two, &one, &two, &one, &two] {
        let dispatch = fire(node).await?;
        desk.until("dispatch", &dispatch, arrived).await?;
    }
    assert_eq!(peer.received().len(), 6, "both nodes sent the same");
    // The seventh is held by the peer while the node that sends it dies.
    let held = Peer::start_and(&[Behaviour::Hold], Behaviour::Answer(200)).await?;
    let address = held.url();
    let set: Vec<&str> = set.iter().copied().take(set.len() - 1).chain([address.as_str()]).collect();
    let (code, said) = run_cli(second_data.path(), Some(&url), &set)?;
    ensure!(code == 0, "{said}");
    let dispatch = fire(&one).await?;
    held.until(1).await?;
    first.kill()?;
    desk.until("dispatch", &dispatch, arrived).await?;
    let got = held.received();
    assert_eq!(got.len(), 2, "the other node steps in, once");
    assert_eq!(got[0].header("webhook-id")?, got[1].header("webhook-id")?);
    ensure!(got[1].at - got[0].at >= 19_000_000, "before the first could have ended");
    Ok(())
}
