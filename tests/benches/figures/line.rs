//! A client as small as it can be, so that what is measured is the server: one kept connection, requests
//! written whole, of the answer only its status, its length and its seq read.

use std::io::{Read as _, Write as _};
use std::net::TcpStream as BlockingStream;

use anyhow::{Context as _, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What arrived and was not used yet.
#[derive(Debug, Default)]
struct Arrived {
    bytes: Vec<u8>,
}

impl Arrived {
    /// The seq of a whole answer that made something, once it is there; it is used up then.
    fn answer(&mut self) -> anyhow::Result<Option<i64>> {
        let Some((head, body)) = self.whole()? else { return Ok(None) };
        ensure!(
            head.starts_with("HTTP/1.1 201"),
            "refused: {} {body}",
            head.lines().next().unwrap_or_default()
        );
        number_after(&body, "\"seq\":").context("an answer without a seq").map(Some)
    }

    /// Head and body of a whole answer, once it is there; it is used up then.
    fn whole(&mut self) -> anyhow::Result<Option<(String, String)>> {
        let Some(head_end) = self.bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            return Ok(None);
        };
        let (head, rest) = self.bytes.split_at(head_end + 4);
        let head = std::str::from_utf8(head)?.to_owned();
        let length = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, value)| value.trim().parse::<usize>().ok())
            .context("an answer without a length")?;
        let Some(body) = rest.get(..length) else { return Ok(None) };
        let body = String::from_utf8_lossy(body).into_owned();
        self.bytes.drain(..head_end + 4 + length);
        Ok(Some((head, body)))
    }
}

/// The number that follows some words.
pub fn number_after(text: &str, words: &str) -> Option<i64> {
    let (_, rest) = text.split_once(words)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

/// A connection.
#[derive(Debug)]
pub struct Line {
    stream: TcpStream,
    arrived: Arrived,
}

impl Line {
    pub async fn connect(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, arrived: Arrived::default() })
    }

    /// Sends a request and waits for its 200; the answer's body.
    pub async fn tell(&mut self, request: &[u8]) -> anyhow::Result<String> {
        self.stream.write_all(request).await?;
        loop {
            if let Some((head, body)) = self.arrived.whole()? {
                ensure!(head.starts_with("HTTP/1.1 200"), "refused: {head} {body}");
                return Ok(body);
            }
            let read = self.stream.read_buf(&mut self.arrived.bytes).await?;
            ensure!(read > 0, "the server hung up");
        }
    }

    /// Sends a request and waits for its 201; the answer's seq.
    pub async fn send(&mut self, request: &[u8]) -> anyhow::Result<i64> {
        self.stream.write_all(request).await?;
        loop {
            if let Some(seq) = self.arrived.answer()? {
                return Ok(seq);
            }
            let read = self.stream.read_buf(&mut self.arrived.bytes).await?;
            ensure!(read > 0, "the server hung up");
        }
    }
}

/// The same for a thread: its sleep is exact to some 100 µs, where the runtime's timer counts whole ms.
#[derive(Debug)]
pub struct BlockingLine {
    stream: BlockingStream,
    arrived: Arrived,
}

impl BlockingLine {
    pub fn connect(address: &str) -> anyhow::Result<Self> {
        let stream = BlockingStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, arrived: Arrived::default() })
    }

    /// Sends a request and waits for its 201; the answer's seq.
    pub fn send(&mut self, request: &[u8]) -> anyhow::Result<i64> {
        self.stream.write_all(request)?;
        let mut part = [0; 8 * 1024];
        loop {
            if let Some(seq) = self.arrived.answer()? {
                return Ok(seq);
            }
            let read = self.stream.read(&mut part)?;
            ensure!(read > 0, "the server hung up");
            self.arrived.bytes.extend(part.iter().take(read));
        }
    }
}
