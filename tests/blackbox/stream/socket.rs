//! A bare socket, for what a well-behaved console never does.

use std::time::Duration;

use anyhow::{Context as _, bail};
use futures_util::{SinkExt as _, StreamExt as _};
use kentongan_tests::api::Api;
use kentongan_tests::console::{Socket, open_socket};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

/// How long something that must come may take.
const WITHIN: Duration = Duration::from_secs(30);

/// How a connection ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// With a close frame of this code.
    Closed(u16),
    /// Without one.
    Broken,
}

/// Opens a socket and says hello.
pub async fn greeted(api: &Api) -> anyhow::Result<Socket> {
    let mut socket = open_socket(api).await?;
    socket.send(Message::text(json!({ "type": "hello", "protocol": 1 }).to_string())).await?;
    Ok(socket)
}

/// The next message, as JSON.
pub async fn next_message(socket: &mut Socket) -> anyhow::Result<Value> {
    loop {
        let message = tokio::time::timeout(WITHIN, socket.next()).await.context("nothing came")?;
        match message.context("the connection ended")?? {
            Message::Text(text) => return Ok(serde_json::from_str(&text)?),
            Message::Close(frame) => bail!("closed: {frame:?}"),
            _ => {}
        }
    }
}

/// Sends one message on a new socket and reads how the connection ends.
pub async fn end_after(api: &Api, message: Message) -> anyhow::Result<End> {
    let mut socket = open_socket(api).await?;
    socket.send(message).await?;
    end_of(&mut socket).await
}

/// Reads on until the connection ends.
pub async fn end_of(socket: &mut Socket) -> anyhow::Result<End> {
    loop {
        match tokio::time::timeout(WITHIN, socket.next()).await.context("the connection stays open")? {
            Some(Ok(Message::Close(Some(frame)))) => return Ok(End::Closed(frame.code.into())),
            Some(Ok(Message::Close(None)) | Err(_)) | None => return Ok(End::Broken),
            Some(Ok(_)) => {}
        }
    }
}
