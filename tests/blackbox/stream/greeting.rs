//! How a connection begins: hello or a close code, then welcome, the snapshot in parts, and ticks.
//! (The 10 s without a hello are not waited for here.)

use anyhow::{Context as _, ensure};
use futures_util::SinkExt as _;
use kentongan_tests::api::Api;
use kentongan_tests::clock::now_us;
use kentongan_tests::server::Server;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

use super::socket::{End, end_after, end_of, greeted, next_message};

/// Views in one part at most, as the protocol says.
const PART: usize = 250;

#[tokio::test]
async fn what_is_no_hello_is_closed_with_its_reason() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let hello = |protocol: u32| json!({ "type": "hello", "protocol": protocol }).to_string();
    let resume_without_epoch = json!({ "type": "hello", "protocol": 1, "resume": { "seq": 1 } }).to_string();
    for (message, code) in [
        (Message::text("rubbish"), 4500),
        (Message::text("{}"), 4500),
        (Message::text("[]"), 4500),
        (Message::text(r#"{"type":"tick"}"#), 4500),
        (Message::text(resume_without_epoch), 4500),
        (Message::binary(hello(1)), 4500),
        (Message::text(hello(0)), 4502),
        (Message::text(hello(2)), 4502),
    ] {
        let shown = message.to_string();
        assert_eq!(end_after(&operator, message).await?, End::Closed(code), "{shown}");
    }
    // Nobody may make the server hold a large message: the frame is refused by its length alone.
    let large = format!("{}{}", hello(1), " ".repeat(65 * 1024));
    let end = end_after(&operator, Message::text(large)).await?;
    ensure!(matches!(end, End::Closed(4500 | 1009) | End::Broken), "65 KiB ended with {end:?}");
    let padded = format!("{}{}", hello(1), " ".repeat(60 * 1024));
    let mut socket = kentongan_tests::console::open_socket(&operator).await?;
    socket.send(Message::text(padded)).await?;
    assert_eq!(next_message(&mut socket).await?["type"], "welcome", "60 KiB are allowed");
    Ok(())
}

#[tokio::test]
async fn after_hello_there_is_nothing_to_say() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    for message in [Message::text("{}"), Message::binary(vec![1, 2, 3])] {
        let mut socket = greeted(&operator).await?;
        assert_eq!(next_message(&mut socket).await?["type"], "welcome");
        socket.send(message).await?;
        assert_eq!(end_of(&mut socket).await?, End::Closed(4500));
    }
    // A ping is no message of the protocol.
    let mut socket = greeted(&operator).await?;
    socket.send(Message::Ping(vec![7].into())).await?;
    let mut ticks = Vec::new();
    while ticks.len() < 2 {
        let message = next_message(&mut socket).await?;
        if message["type"] == "tick" {
            ticks.push(message["server_time"].as_i64().context("no server_time")?);
        }
    }
    let pause = ticks[1] - ticks[0];
    ensure!((4_000_000..9_000_000).contains(&pause), "{pause} µs between two ticks");
    ensure!((now_us() - ticks[1]).abs() < 5_000_000, "the server's time is not the time");
    Ok(())
}

#[tokio::test]
async fn a_large_snapshot_comes_in_parts_of_one_moment() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    post_many(&operator, 300).await?;
    let mut socket = greeted(&operator).await?;
    let welcome = next_message(&mut socket).await?;
    let mut seen = 0;
    for expected in 1.. {
        let part = next_message(&mut socket).await?;
        assert_eq!((&part["type"], &part["seq"]), (&json!("snapshot"), &welcome["head_seq"]));
        assert_eq!(part["part"], expected);
        let items = part["items"].as_array().map_or(0, Vec::len);
        ensure!(items <= PART, "a part of {items} views");
        seen += items;
        if part["part"] == part["parts"] {
            ensure!(expected >= 2, "300 reports came in one part");
            break;
        }
    }
    let units = operator.all("units").await?.len();
    assert_eq!(seen, 300 + units, "every report and every unit once");
    Ok(())
}

/// Hands in reports, several at a time.
pub async fn post_many(operator: &Api, count: usize) -> anyhow::Result<()> {
    let mut posts: JoinSet<anyhow::Result<Value>> = JoinSet::new();
    for nth in 0..count {
        if nth >= 16
            && let Some(done) = posts.join_next().await
        {
            done??;
        }
        let operator = operator.clone();
        posts.spawn(async move {
            let body = json!({ "channel": "whatsapp", "text": format!("Pohon tumbang nomor {nth}") });
            operator.post("reports", body, 201).await
        });
    }
    while let Some(done) = posts.join_next().await {
        done??;
    }
    Ok(())
}
