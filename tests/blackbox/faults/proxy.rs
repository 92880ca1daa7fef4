//! The wire to the database, which can go dead without a word: what is sent gets no answer, as when a
//! machine vanishes or a firewall forgets a connection.

use anyhow::Context as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A wire on a port of its own.
#[derive(Debug)]
pub struct Wire {
    port: u16,
    dead: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Wire {
    /// A wire to a port of this machine.
    pub async fn to(target: u16) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let (dead, state) = watch::channel(false);
        let task = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let state = state.clone();
                // A connection that breaks is the matter of its ends.
                tokio::spawn(async move { drop(carry(near, target, state).await) });
            }
        });
        Ok(Self { port, dead, task })
    }

    /// The same database by way of the wire.
    pub fn through(&self, url: &str) -> anyhow::Result<String> {
        let (head, name) = url.rsplit_once('/').context("no database in the address")?;
        let (host, _) = head.rsplit_once(':').context("no port in the address")?;
        Ok(format!("{host}:{}/{name}", self.port))
    }

    /// From now on nothing passes, and nobody is told.
    pub fn cut(&self) {
        self.dead.send_replace(true);
    }

    /// New connections pass again; those that were open stay dead.
    pub fn mend(&self) {
        self.dead.send_replace(false);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The port in a database's address.
pub fn port_of(url: &str) -> anyhow::Result<u16> {
    let head = url.rsplit_once('/').context("no database in the address")?.0;
    Ok(head.rsplit_once(':').context("no port in the address")?.1.parse()?)
}

async fn carry(near: TcpStream, target: u16, mut state: watch::Receiver<bool>) -> anyhow::Result<()> {
    if *state.borrow() {
        // Taken, and never heard of again.
        return std::future::pending().await;
    }
    let far = TcpStream::connect(("127.0.0.1", target)).await?;
    let (mut near_in, mut near_out) = near.into_split();
    let (mut far_in, mut far_out) = far.into_split();
    let (mut up, mut down) = (vec![0; 16 * 1024], vec![0; 16 * 1024]);
    loop {
        tokio::select! {
            died = async { state.wait_for(|dead| *dead).await.map(|_| ()) } => {
                died?;
                return std::future::pending().await;
            }
            read = near_in.read(&mut up) => match read? {
                0 => return Ok(()),
                count => far_out.write_all(up.get(..count).unwrap_or_default()).await?,
            },
            read = far_in.read(&mut down) => match read? {
                0 => return Ok(()),
                count => near_out.write_all(down.get(..count).unwrap_or_default()).await?,
            },
        }
    }
}
