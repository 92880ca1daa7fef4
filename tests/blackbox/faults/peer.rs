//! An agency's own server as a webhook meets it: answers as it is told to, and keeps what it got.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kentongan_tests::clock::{Stopwatch, now_us};
use parking_lot::Mutex;
use serde_json::Value;
use sha2::Sha256;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The largest request a peer reads.
const LARGEST: usize = 1024 * 1024;

/// What the peer does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// Answers with a status.
    Answer(u16),
    /// Answers with a status, header lines (each with its line break) and a body.
    Say(u16, &'static str, &'static str),
    /// Reads it and hangs up without a word.
    HangUp,
    /// Keeps it and never answers.
    Hold,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Received {
    /// Method and path.
    pub line: String,
    /// Headers, lower case.
    pub headers: BTreeMap<String, String>,
    /// The body as it came.
    pub body: String,
    /// When (epoch µs).
    pub at: i64,
}

impl Received {
    /// A header.
    pub fn header(&self, name: &str) -> anyhow::Result<&str> {
        self.headers.get(name).map(String::as_str).with_context(|| format!("no header {name}"))
    }

    /// Checks the Standard Webhooks signature.
    pub fn signed(&self, secret: &str) -> anyhow::Result<()> {
        let (id, timestamp) = (self.header("webhook-id")?, self.header("webhook-timestamp")?);
        let key = STANDARD.decode(secret.trim().trim_start_matches("whsec_"))?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key)?;
        mac.update(format!("{id}.{timestamp}.{}", self.body).as_bytes());
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        ensure!(self.header("webhook-signature")? == expected, "the signature is wrong");
        let sent: i64 = timestamp.parse()?;
        ensure!((sent - self.at / 1_000_000).abs() <= 5, "the timestamp is {sent}, read at {}", self.at);
        Ok(())
    }

    /// Checks the signature and the CloudEvents envelope; the event's data.
    pub fn checked(&self, secret: &str) -> anyhow::Result<Value> {
        self.signed(secret)?;
        let id = self.header("webhook-id")?;
        ensure!(self.header("content-type")?.starts_with("application/cloudevents+json"), "{self:?}");
        let event: Value = serde_json::from_str(&self.body)?;
        for (name, value) in [("specversion", "1.0"), ("id", id), ("datacontenttype", "application/json")] {
            ensure!(event.get(name).and_then(Value::as_str) == Some(value), "{name} is not {value}: {event}");
        }
        for name in ["source", "type", "subject", "time"] {
            ensure!(event.get(name).and_then(Value::as_str).is_some(), "no {name} in {event}");
        }
        event.get("data").cloned().context("no data")
    }
}

#[derive(Debug, Default)]
struct Inner {
    script: VecDeque<Behaviour>,
    afterwards: Option<Behaviour>,
    received: Vec<Received>,
}

/// A peer on a port of its own.
#[derive(Debug)]
pub struct Peer {
    inner: Arc<Mutex<Inner>>,
    port: u16,
    task: Option<JoinHandle<()>>,
}

impl Peer {
    /// A peer that listens, does what the script says, and answers 200 afterwards.
    pub async fn start(script: &[Behaviour]) -> anyhow::Result<Self> {
        Self::start_and(script, Behaviour::Answer(200)).await
    }

    /// A peer that listens, does what the script says, and afterwards always the same.
    pub async fn start_and(script: &[Behaviour], afterwards: Behaviour) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let inner = Arc::new(Mutex::new(Inner {
            script: script.iter().copied().collect(),
            afterwards: Some(afterwards),
            received: vec![],
        }));
        let task = Some(listen(listener, Arc::clone(&inner)));
        Ok(Self { inner, port, task })
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/112", self.port)
    }

    /// Closes the port: connections are refused.
    pub async fn shut(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            // Aborted is how it ends.
            drop(task.await);
        }
    }

    /// Opens the port again.
    pub async fn open(&mut self) -> anyhow::Result<()> {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await?;
        self.task = Some(listen(listener, Arc::clone(&self.inner)));
        Ok(())
    }

    /// What it got so far.
    pub fn received(&self) -> Vec<Received> {
        self.inner.lock().received.clone()
    }

    /// Waits until it got so many requests.
    pub async fn until(&self, count: usize) -> anyhow::Result<Vec<Received>> {
        let waited = Stopwatch::start();
        loop {
            let received = self.received();
            if received.len() >= count {
                return Ok(received);
            }
            if waited.elapsed() > Duration::from_secs(40) {
                bail!("{} of {count} requests came", received.len());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

fn listen(listener: TcpListener, inner: Arc<Mutex<Inner>>) -> JoinHandle<()> {
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let inner = Arc::clone(&inner);
            // A request that breaks off is the sender's matter.
            tokio::spawn(async move { drop(serve(stream, &inner).await) });
        }
    })
}

/// One request on one connection.
async fn serve(mut stream: TcpStream, inner: &Mutex<Inner>) -> anyhow::Result<()> {
    let received = read_request(&mut stream).await?;
    let behaviour = {
        let mut inner = inner.lock();
        inner.received.push(received);
        let afterwards = inner.afterwards.unwrap_or(Behaviour::Answer(200));
        inner.script.pop_front().unwrap_or(afterwards)
    };
    match behaviour {
        Behaviour::Answer(status) => {
            let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).await?;
            stream.shutdown().await?;
        }
        Behaviour::Say(status, headers, body) => {
            let length = body.len();
            let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n");
            stream.write_all(format!("{head}{headers}\r\n{body}").as_bytes()).await?;
            stream.shutdown().await?;
        }
        Behaviour::HangUp => {}
        // Until the sender gives up.
        Behaviour::Hold => drop(stream.read(&mut [0; 1]).await?),
    }
    Ok(())
}

async fn read_request(stream: &mut TcpStream) -> anyhow::Result<Received> {
    let mut bytes = Vec::new();
    loop {
        ensure!(stream.read_buf(&mut bytes).await? > 0, "broken off");
        ensure!(bytes.len() < LARGEST, "too large");
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let line = head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
        let headers: BTreeMap<String, String> = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let length: usize = headers.get("content-length").map_or(Ok(0), |length| length.parse())?;
        if body.len() >= length {
            return Ok(Received { line, headers, body: body.to_owned(), at: now_us() });
        }
    }
}
