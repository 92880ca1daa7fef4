//! Hearing of other nodes' appends: LISTEN on a connection of its own.
//!
//! A notification says only which centre to read on; the log itself is read as always. What
//! is said while the connection is lost is not heard, so after every new connection all
//! centres are named. A slow receiver holds up nothing: centres wait in a set.

use sqlx::PgPool;
use sqlx::postgres::{PgListener, PgPoolOptions};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::mpsc;
use uuid::Uuid;

/// The channel that appends are told on.
pub const CHANNEL: &str = "kentongan_log";

/// What the listening connection is called in the database's list of connections.
const LISTENER: &str = "kentongan listener";
/// Centres that may wait in the receiver's queue.
const QUEUE: usize = 64;
/// How long to wait before connecting again.
const RECONNECT_INTERVAL: Duration = Duration::from_millis(500);
/// How long nothing may be heard before the connection is tried: a wire can die without a word.
const SILENCE: Duration = Duration::from_secs(10);
/// How long the other end may take to say that it is there.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

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
    // A pool of its own: one that is lost with its wire would hold the other's close back for ever.
    let own = PgPoolOptions::new().max_connections(1).acquire_timeout(ANSWER_WITHIN);
    let named = (*pool.connect_options()).clone().application_name(LISTENER);
    let own = own.connect_with(named).await?;
    let mut listener = PgListener::connect_with(&own).await?;
    listener.eager_reconnect(false);
    tokio::time::timeout(ANSWER_WITHIN, listener.listen(CHANNEL)).await.map_err(no_answer)??;
    // Only now, so that nothing falls between listening and naming all.
    let mut waiting: BTreeSet<String> = all_centres(&mut listener).await?;
    let closing = pool.close_event();
    tokio::pin!(closing);
    loop {
        tokio::select! {
            () = sender.closed() => return Ok(()),
            () = &mut closing => return Ok(()),
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
            () = tokio::time::sleep(SILENCE) => {
                all_centres(&mut listener).await?;
            }
        }
    }
}

/// Every centre's code, or an error when there is no answer in time.
async fn all_centres(listener: &mut PgListener) -> Result<BTreeSet<String>, sqlx::Error> {
    let asked = sqlx::query_scalar("SELECT code FROM centres").fetch_all(listener);
    let codes: Vec<String> = tokio::time::timeout(ANSWER_WITHIN, asked).await.map_err(no_answer)??;
    Ok(codes.into_iter().collect())
}

fn no_answer(_: tokio::time::error::Elapsed) -> sqlx::Error {
    sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())
}
