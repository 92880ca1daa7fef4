//! Consoles that stay on the stream through everything: each time they are cut off they come back
//! where they stood.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::clock::Stopwatch;
use kentongan_tests::console::Console;

use super::load::Work;

/// Pause between two tries to connect.
const TRY_AGAIN: Duration = Duration::from_millis(25);
/// How long the server may be away.
const PATIENCE: Duration = Duration::from_secs(90);

/// A console that was followed, with how often it had to come back.
#[derive(Debug)]
pub struct Followed {
    /// The console, connected.
    pub console: Console,
    /// Times it came back.
    pub returns: u32,
}

/// Follows the stream until the work is over, coming back after every cut.
pub async fn follow(work: Arc<Work>, api: Api) -> anyhow::Result<Followed> {
    let console = Console::connect(&api).await?;
    let mut followed = Followed { console, returns: 0 };
    while !work.is_over() {
        let step = tokio::time::timeout(Duration::from_millis(200), followed.console.step()).await;
        if let Ok(Err(error)) = step {
            let said = error.to_string();
            // What a restart does to a socket is no fault of the stream; anything else is.
            let cut = [
                "the connection ended",
                "closed with 4000",
                "closed with 4008",
                "WebSocket protocol error",
                "IO error",
                "Connection reset",
            ];
            ensure!(cut.iter().any(|known| said.contains(known)), "a console saw: {error:#}");
            come_back(&mut followed.console).await?;
            followed.returns += 1;
        }
    }
    Ok(followed)
}

/// Connects again where the console stood, as soon as the server is there.
pub async fn come_back(console: &mut Console) -> anyhow::Result<()> {
    let waited = Stopwatch::start();
    while let Err(error) = console.reconnect().await {
        if waited.elapsed() > PATIENCE {
            return Err(error).context("the server did not come back");
        }
        tokio::time::sleep(TRY_AGAIN).await;
    }
    Ok(())
}

/// Checks that every frame came once and in order.
pub fn strictly_increasing(frames: &[i64]) -> anyhow::Result<()> {
    for pair in frames.windows(2) {
        if let [before, after] = pair
            && before >= after
        {
            bail!("frame {after} came after frame {before}");
        }
    }
    Ok(())
}
