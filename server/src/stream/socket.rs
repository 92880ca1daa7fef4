//! A console's socket with small buffers: a thousand idle consoles must cost little.
//!
//! Long texts leave in fragments. The library below writes a frame through a buffer that never shrinks
//! again, so that one long snapshot would be held by every console for as long as it stays.

use futures_util::{SinkExt as _, StreamExt as _};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{CloseFrame, Frame};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};

/// The largest message from a client: 64 KiB.
const LARGEST_MESSAGE: usize = 64 * 1024;
/// What is read at once: clients say hello and little more.
const READ_BUFFER: usize = 1024;
/// The longest fragment written, and so what the write buffer can grow to.
const FRAGMENT: usize = 4 * 1024;

/// What a client said.
#[derive(Debug)]
pub enum Said {
    /// A text.
    Text(Utf8Bytes),
    /// Something that is no text.
    Other,
    /// What is no WebSocket frame, or a message too long; or the wire broke.
    Broken,
    /// It closed.
    Gone,
}

/// The socket of one console.
#[derive(Debug)]
pub struct Socket {
    inner: WebSocketStream<TokioIo<Upgraded>>,
}

impl Socket {
    /// A socket on a connection that was answered with 101.
    pub async fn on(upgraded: Upgraded) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(0)
            .max_write_buffer_size(2 * FRAGMENT)
            .max_message_size(Some(LARGEST_MESSAGE))
            .max_frame_size(Some(LARGEST_MESSAGE));
        let inner =
            WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await;
        Self { inner }
    }

    /// The next thing the client says; pings are answered below.
    pub async fn said(&mut self) -> Said {
        loop {
            return match self.inner.next().await {
                Some(Ok(Message::Text(text))) => Said::Text(text),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(Message::Binary(_) | Message::Frame(_))) => Said::Other,
                Some(Err(_)) => Said::Broken,
                Some(Ok(Message::Close(_))) | None => Said::Gone,
            };
        }
    }

    /// Writes one text.
    ///
    /// # Errors
    /// The wire broke.
    pub async fn send(&mut self, text: Utf8Bytes) -> Result<(), Error> {
        if text.len() <= FRAGMENT {
            return self.inner.send(Message::Text(text)).await;
        }
        let mut rest = tokio_tungstenite::tungstenite::Bytes::from(text);
        let mut kind = OpCode::Data(Data::Text);
        while !rest.is_empty() {
            let fragment = rest.split_to(rest.len().min(FRAGMENT));
            let frame = Frame::message(fragment, kind, rest.is_empty());
            self.inner.send(Message::Frame(frame)).await?;
            kind = OpCode::Data(Data::Continue);
        }
        Ok(())
    }

    /// Closes with a code and waits until the client has closed too.
    ///
    /// # Errors
    /// The wire broke.
    pub async fn close(&mut self, code: u16, reason: &'static str) -> Result<(), Error> {
        let frame = CloseFrame { code: CloseCode::from(code), reason: Utf8Bytes::from_static(reason) };
        self.inner.send(Message::Close(Some(frame))).await?;
        while let Some(Ok(_)) = self.inner.next().await {}
        Ok(())
    }
}
