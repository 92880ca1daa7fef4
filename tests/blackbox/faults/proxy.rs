//! The wire to the database, which can go dead without a word: what is sent gets no answer, as when a
//! machine vanishes or a firewall forgets a connection.

use std::sync::Arc;

use anyhow::Context as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What becomes of what is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Alive,
    /// It dies with the next COMMIT: that still arrives, its answer does not.
    UntilCommit,
    Dead,
}

/// A wire on a port of its own.
#[derive(Debug)]
pub struct Wire {
    port: u16,
    state: Arc<watch::Sender<State>>,
    task: JoinHandle<()>,
}

impl Wire {
    /// A wire to a port of this machine.
    pub async fn to(target: u16) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let state = Arc::new(watch::Sender::new(State::Alive));
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                // A connection that breaks is the matter of its ends.
                tokio::spawn(async move { drop(carry(near, target, state).await) });
            }
        });
        Ok(Self { port, state, task })
    }

    /// The same database by way of the wire.
    pub fn through(&self, url: &str) -> anyhow::Result<String> {
        let (head, name) = url.rsplit_once('/').context("no database in the address")?;
        let (host, _) = head.rsplit_once(':').context("no port in the address")?;
        Ok(format!("{host}:{}/{name}", self.port))
    }

    /// Lets the next COMMIT through and nothing after it, and tells nobody; waits until that is so.
    pub async fn cut_in_a_commit(&self) -> anyhow::Result<()> {
        let mut state = self.state.subscribe();
        self.state.send_replace(State::UntilCommit);
        state.wait_for(|state| *state == State::Dead).await?;
        Ok(())
    }

    /// New connections pass again; those that were open stay dead.
    pub fn mend(&self) {
        self.state.send_replace(State::Alive);
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

async fn carry(near: TcpStream, target: u16, shared: Arc<watch::Sender<State>>) -> anyhow::Result<()> {
    let mut state = shared.subscribe();
    if *state.borrow() == State::Dead {
        // Taken, and never heard of again.
        return std::future::pending().await;
    }
    let far = TcpStream::connect(("127.0.0.1", target)).await?;
    let (mut near_in, mut near_out) = near.into_split();
    let (mut far_in, mut far_out) = far.into_split();
    let (mut up, mut down) = (vec![0; 16 * 1024], vec![0; 16 * 1024]);
    loop {
        tokio::select! {
            biased;
            died = async { state.wait_for(|state| *state == State::Dead).await.map(|_| ()) } => {
                died?;
                return std::future::pending().await;
            }
            read = near_in.read(&mut up) => {
                let sent = up.get(..read?).unwrap_or_default();
                if sent.is_empty() {
                    return Ok(());
                }
                far_out.write_all(sent).await?;
                if sent.windows(6).any(|word| word == b"COMMIT") {
                    shared.send_if_modified(|state| {
                        let armed = *state == State::UntilCommit;
                        if armed {
                            *state = State::Dead;
                        }
                        armed
                    });
                }
            }
            read = far_in.read(&mut down) => match read? {
                0 => return Ok(()),
                count => near_out.write_all(down.get(..count).unwrap_or_default()).await?,
            },
        }
    }
}
