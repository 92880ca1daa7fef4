//! A console that only notes when each frame came.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use futures_util::{SinkExt as _, StreamExt as _};
use kentongan_tests::api::Api;
use kentongan_tests::console::{Socket, open_socket};
use parking_lot::Mutex;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;

use crate::line::number_after;
use crate::samples::{epoch_us, now};

/// One frame.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    /// Where the console stands after it.
    pub seq: i64,
    /// When it was there.
    pub at: Instant,
    /// From the commit, as the server's clock says, µs.
    pub lag_us: i64,
    /// Its size.
    pub bytes: usize,
}

/// A console.
#[derive(Debug)]
pub struct Listener {
    arrivals: Arc<Mutex<Vec<Arrival>>>,
    task: JoinHandle<()>,
}

impl Listener {
    /// Connects, and listens once it is up to date.
    pub async fn start(api: &Api) -> anyhow::Result<Self> {
        let mut socket = greeted(api).await?;
        loop {
            let text = next_text(&mut socket).await.context("closed before it was up to date")?;
            if text.starts_with("{\"type\":\"snapshot\"")
                && number_after(&text, "\"part\":") == number_after(&text, "\"parts\":")
            {
                break;
            }
        }
        let arrivals = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&arrivals);
        let task = tokio::spawn(async move {
            while let Some(text) = next_text(&mut socket).await {
                let at = now();
                if !text.starts_with("{\"type\":\"changes\"") {
                    continue;
                }
                let seq = number_after(&text, "\"seq\":").unwrap_or_default();
                let lag_us = epoch_us() - number_after(&text, "\"committed_at\":").unwrap_or_else(epoch_us);
                noted.lock().push(Arrival { seq, at, lag_us, bytes: text.len() });
            }
        });
        Ok(Self { arrivals, task })
    }

    /// When this console stood at or past `seq`.
    pub fn reached(&self, seq: i64) -> Option<Instant> {
        self.arrivals.lock().iter().find(|arrival| arrival.seq >= seq).map(|arrival| arrival.at)
    }

    /// Every frame so far.
    pub fn arrivals(&self) -> Vec<Arrival> {
        self.arrivals.lock().clone()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A socket that has said hello.
pub async fn greeted(api: &Api) -> anyhow::Result<Socket> {
    let mut socket = open_socket(api).await?;
    socket.send(Message::text(r#"{"type":"hello","protocol":1}"#)).await?;
    Ok(socket)
}

async fn next_text(socket: &mut Socket) -> Option<String> {
    loop {
        match socket.next().await? {
            Ok(Message::Text(text)) => return Some(text.to_string()),
            Ok(Message::Close(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}
