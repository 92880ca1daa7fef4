//! What the machine itself costs: a bare `fdatasync`, a bare send to as many sockets as there are consoles.

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::samples::{Samples, now};

/// What is appended each time: a page, as a write-ahead log does.
const PAGE: [u8; 4096] = [7; 4096];

/// A growing file.
#[derive(Debug)]
pub struct RawFile {
    file: std::fs::File,
}

impl RawFile {
    /// In the folder of the database that is measured beside it.
    pub fn beside(folder: &Path) -> anyhow::Result<Self> {
        Ok(Self { file: std::fs::File::options().create(true).append(true).open(folder.join("raw"))? })
    }

    /// How long one page takes to the disk.
    pub fn append(&mut self) -> anyhow::Result<Duration> {
        let started = now();
        self.file.write_all(&PAGE)?;
        self.file.sync_data()?;
        Ok(started.elapsed())
    }

    /// One after the other for a while. Blocks.
    pub fn append_for(&mut self, time: Duration) -> anyhow::Result<Samples> {
        let mut samples = Samples::default();
        let started = now();
        while started.elapsed() < time {
            samples.push(self.append()?);
        }
        Ok(samples)
    }
}

/// How long `size` bytes take from one task to `receivers` others over loopback, until all have them.
pub async fn loopback(size: usize, receivers: usize, times: usize) -> anyhow::Result<Samples> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (received, mut arrivals) = mpsc::channel(receivers);
    let mut senders = Vec::new();
    for _ in 0..receivers {
        let (near, far) = tokio::join!(TcpStream::connect(address), listener.accept());
        let (mut near, (far, _)) = (near?, far?);
        far.set_nodelay(true)?;
        senders.push(far);
        let received = received.clone();
        tokio::spawn(async move {
            let mut bytes = vec![0; size];
            while near.read_exact(&mut bytes).await.is_ok() && received.send(now()).await.is_ok() {}
        });
    }
    let payload = vec![b'x'; size];
    let mut samples = Samples::default();
    for _ in 0..times {
        tokio::time::sleep(Duration::from_millis(5)).await;
        let started = now();
        for sender in &mut senders {
            sender.write_all(&payload).await?;
        }
        let mut last = started;
        for _ in 0..receivers {
            last = last.max(arrivals.recv().await.unwrap_or(started));
        }
        samples.push(last.saturating_duration_since(started));
    }
    Ok(samples)
}
