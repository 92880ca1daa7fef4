//! Hearing of other nodes' appends: LISTEN on a connection of its own.
//!
//! A notification says only which centre to read on; the log itself is read as always. What
//! is said while the connection is lost is not heard, so after every new connection all
//! centres are named. A slow receiver holds up nothing: centres wait in a set.

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::mpsc;
use uuid::Uuid;

/// The channel that appends are told on.
pub const CHANNEL: &str = "kentongan_log";

/// Centres that may wait in the receiver's queue.
const QUEUE: usize = 64;
/// How long to wait before connecting again.
const RECONNECT_INTERVAL: Duration = Duration::from_millis(500);

/// What an append of `node` to `centre` says.
pub fn payload(node: Uuid, centre: &str) -> String {
    format!("{node} {centre}")
}

/// Centre codes that nodes other than `node` appended to, until the receiver is dropped.
pub fn start(pool: PgPool, node: Uuid) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel(QUEUE);
    tokio::spawn(async move {
        while !sender.is_closed() && !pool.is_closed() {
            if let Err(error) = listen(&pool, node, &sender).await {
                tracing::warn!(%error, "the connection that hears of other nodes was lost");
            }
            tokio::time::sleep(RECONNECT_INTERVAL).await;
        }
    });
    receiver
}

/// Listens until the connection is lost or nobody receives any more.
async fn listen(pool: &PgPool, node: Uuid, sender: &mpsc::Sender<String>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    // Only now, so that nothing falls between listening and naming all.
    let centres: Vec<String> = sqlx::query_scalar("SELECT code FROM centres").fetch_all(pool).await?;
    let mut waiting: BTreeSet<String> = centres.into_iter().collect();
    loop {
        tokio::select! {
            () = sender.closed() => return Ok(()),
            permit = sender.reserve(), if !waiting.is_empty() => {
                let Ok(permit) = permit else { return Ok(()) };
                if let Some(centre) = waiting.pop_first() {
                    permit.send(centre);
                }
            }
            heard = listener.try_recv() => {
                let Some(heard) = heard? else { return Ok(()) };
                if let Some((from, centre)) = heard.payload().split_once(' ')
                    && from != node.to_string()
                {
                    waiting.insert(centre.to_owned());
                }
            }
        }
    }
}
