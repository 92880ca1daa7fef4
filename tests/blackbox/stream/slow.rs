//! Readers that stop reading: they are cut off, cost little while they hang, hold up nobody, and find
//! everything when they come back.

use anyhow::{Context as _, ensure};
use futures_util::SinkExt as _;
use kentongan_tests::agreement::{differences, settle};
use kentongan_tests::api::Api;
use kentongan_tests::clock::Stopwatch;
use kentongan_tests::console::Console;
use kentongan_tests::server::Server;
use serde_json::json;
use tokio::net::TcpSocket;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use super::socket::End;

const SLOW_READERS: usize = 12;
/// Each report carries 16 KB of words, so that this burst is far more than sockets hold.
const BURST: usize = 500;
const MIB: f64 = 1024.0 * 1024.0;
/// What the server may grow by: the burst itself is held a few times (words, views, ring) for all
/// readers together; held once more for each slow reader it would be several times as much.
const GROWTH_MIB: f64 = 128.0;

type Narrow = WebSocketStream<tokio::net::TcpStream>;

#[tokio::test]
async fn readers_that_stop_reading_are_cut_off_and_hold_up_nobody() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut desk = Console::connect(&operator).await?;
    let mut late = Console::connect(&operator).await?;
    late.cut();
    let mut asleep = Vec::new();
    for _ in 0..SLOW_READERS {
        asleep.push(narrow_socket(&server, &operator).await?);
    }
    let before = server.resident_bytes()?;
    let began = Stopwatch::start();
    let text = "🔥".repeat(3_900);
    for nth in 0..BURST {
        // One after the other: each is a commit, and the reader that reads keeps up.
        let report = operator.report(&format!("Kebakaran {nth} {text}")).await?;
        desk.until("report", &report, |_| true).await?;
    }
    let took = began.elapsed();
    let after = server.resident_bytes()?;
    assert_eq!(desk.frames.len(), BURST, "the reader that reads got every frame");
    ensure!(differences(&desk, &operator).await?.is_empty(), "the desk does not equal the server");

    let mut ends = Vec::new();
    for socket in &mut asleep {
        ends.push(end_of_narrow(socket).await?);
    }
    let closed = ends.iter().filter(|end| **end == End::Closed(4008)).count();
    ensure!(ends.iter().all(|end| matches!(end, End::Closed(4008) | End::Broken)), "{ends:?}");
    let measures = operator.request(reqwest::Method::GET, "/metrics").send().await?.text().await?;
    let counted = format!("code=\"4008\"}} {SLOW_READERS}");
    ensure!(measures.lines().any(|line| line.contains(&counted)), "not all were closed for being too slow");
    let grown = after.saturating_sub(before) as f64 / MIB;
    println!(
        "{BURST} frames of 16 KB in {:.1} s past {SLOW_READERS} sleeping readers: {closed} closed with 4008, {} \
         broken off; memory {:.0} -> {:.0} MiB",
        took.as_secs_f64(),
        ends.len() - closed,
        before as f64 / MIB,
        after as f64 / MIB,
    );
    ensure!(grown < GROWTH_MIB, "the server grew by {grown:.0} MiB");

    late.reconnect().await?;
    settle(&mut late, &operator).await?;
    assert_eq!(late.snapshots, 1, "the ring reaches back far enough");
    Ok(())
}

/// A console with a small receive buffer that says hello and then sleeps.
async fn narrow_socket(server: &Server, api: &Api) -> anyhow::Result<Narrow> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(8 * 1024)?;
    let stream = socket.connect(server.address().parse()?).await?;
    let url = format!("ws://{}/api/v1/centres/{}/stream", server.address(), api.centre());
    let mut request = url.into_client_request()?;
    let (name, value) = api.credential().context("not logged in")?;
    request.headers_mut().insert(name, value.parse()?);
    request.headers_mut().insert("origin", api.base().parse()?);
    let (mut socket, _) = tokio_tungstenite::client_async(request, stream).await?;
    socket.send(Message::text(json!({ "type": "hello", "protocol": 1 }).to_string())).await?;
    Ok(socket)
}

/// Reads what is left on a socket until it ends.
async fn end_of_narrow(socket: &mut Narrow) -> anyhow::Result<End> {
    use futures_util::StreamExt as _;
    let within = std::time::Duration::from_mins(1);
    loop {
        match tokio::time::timeout(within, socket.next()).await.context("the connection stays open")? {
            Some(Ok(Message::Close(Some(frame)))) => return Ok(End::Closed(frame.code.into())),
            Some(Ok(Message::Close(None)) | Err(_)) | None => return Ok(End::Broken),
            Some(Ok(_)) => {}
        }
    }
}
