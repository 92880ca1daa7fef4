//! A human's screen: a console at the desk that stays on the stream through everything, and when it first
//! showed each dispatch as overdue.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kentongan_tests::api::Api;
use kentongan_tests::clock::now_us;
use kentongan_tests::console::Console;
use tokio::task::JoinHandle;

use crate::faults::come_back;

/// When each dispatch was first shown as overdue (epoch µs).
pub type Seen = BTreeMap<String, i64>;

/// The screen.
pub struct Screen {
    over: Arc<AtomicBool>,
    task: JoinHandle<anyhow::Result<Seen>>,
}

impl Screen {
    pub async fn open(operator: &Api) -> anyhow::Result<Self> {
        let console = Console::connect(operator).await?;
        let over = Arc::new(AtomicBool::new(false));
        let task = tokio::spawn(watch(console, Arc::clone(&over)));
        Ok(Self { over, task })
    }

    /// What it has shown.
    pub async fn close(self) -> anyhow::Result<Seen> {
        self.over.store(true, Ordering::Relaxed);
        self.task.await?
    }
}

async fn watch(mut console: Console, over: Arc<AtomicBool>) -> anyhow::Result<Seen> {
    let mut seen = Seen::new();
    loop {
        let step = tokio::time::timeout(Duration::from_millis(200), console.step()).await;
        if let Ok(Err(_)) = step {
            come_back(&mut console).await?;
        }
        let now = now_us();
        for ((kind, id), view) in &console.views {
            if kind == "dispatch" && view["overdue"] == true && !seen.contains_key(id) {
                seen.insert(id.clone(), now);
            }
        }
        if over.load(Ordering::Relaxed) {
            return Ok(seen);
        }
    }
}
