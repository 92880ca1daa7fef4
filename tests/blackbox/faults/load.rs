//! People who go on working whatever happens to the server: every request has its own key and is sent
//! again, with the same key, until it is answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{bail, ensure};
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::clock::Stopwatch;
use kentongan_tests::random::Random;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// Pause between two tries while the server is away.
const TRY_AGAIN: Duration = Duration::from_millis(15);
/// How long the server may be away before the test fails.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long one request may go without an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

const TEXTS: [&str; 6] = [
    "Kebakaran rumah, api besar di belakang pasar",
    "Kecelakaan motor lawan truk, satu orang tidak sadar",
    "Ada ular masuk dapur, tolong petugas",
    "Pohon tumbang menutup jalan",
    "Banjir setinggi lutut, lansia terjebak",
    "Tetangga sesak napas, butuh ambulans",
];

/// One accepted report, with all that is needed to ask for it again.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The idempotency key.
    pub key: Uuid,
    /// What was sent.
    pub body: Value,
    /// The id that was answered.
    pub id: String,
}

/// What runs while a test breaks things.
#[derive(Debug, Default)]
pub struct Work {
    stop: AtomicBool,
    /// Answers got.
    pub answers: AtomicU64,
    /// Requests sent again because no answer came, or 503.
    pub repeats: AtomicU64,
}

impl Work {
    /// Asks everybody to finish what they are at.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether to finish.
    pub fn is_over(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Sends until there is an answer that is not 503; that answer, which must be a success.
pub async fn insist(
    work: &Work,
    api: &Api,
    path: &str,
    body: &Value,
    key: Option<Uuid>,
) -> anyhow::Result<Value> {
    let method = if key.is_some() { Method::POST } else { Method::GET };
    let waited = Stopwatch::start();
    loop {
        let sent = api.send_keyed(method.clone(), path, key.map(|_| body), key);
        match tokio::time::timeout(ANSWER_WITHIN, sent).await {
            Ok(Ok(answer)) if answer.status.is_success() => {
                work.answers.fetch_add(1, Ordering::Relaxed);
                return Ok(answer.body);
            }
            Ok(Ok(answer)) if answer.status.as_u16() == 503 => {}
            Ok(Ok(answer)) => bail!("{path} was answered with {}: {}", answer.status, answer.body),
            // Cut off, refused, or no answer: the same key tells later what became of it.
            Ok(Err(_)) | Err(_) => {}
        }
        ensure!(waited.elapsed() < PATIENCE, "{path} got no answer for {PATIENCE:?}");
        work.repeats.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(TRY_AGAIN).await;
    }
}

/// Hands in reports, opens an incident from every fourth and forwards it to the fire brigade.
pub async fn poster(
    work: Arc<Work>,
    operator: Api,
    mut random: Random,
    pause: Duration,
) -> anyhow::Result<Vec<Accepted>> {
    let mut accepted = Vec::new();
    while !work.is_over() {
        let (key, external) = (random.uuid(), random.uuid());
        let text = random.pick(&TEXTS).copied().unwrap_or_default();
        let body = json!({ "channel": "whatsapp", "text": text, "external_id": external.to_string(),
                           "reporter": { "phone": "+6281200000000" } });
        let stored = insist(&work, &operator, "reports", &body, Some(key)).await?;
        let id = id_of(&stored, "/report/id")?;
        if random.once_in(4) {
            let opening = json!({ "report_ids": [id], "type": "fire_building", "priority": 1 });
            let opened = insist(&work, &operator, "incidents", &opening, Some(random.uuid())).await?;
            forward(&work, &operator, random.uuid(), &id_of(&opened, "/incident/id")?).await?;
        }
        accepted.push(Accepted { key, body, id });
        tokio::time::sleep(pause).await;
    }
    Ok(accepted)
}

async fn forward(work: &Work, operator: &Api, key: Uuid, incident: &str) -> anyhow::Result<()> {
    let path = format!("incidents/{incident}/dispatches");
    let body = json!({ "agency": "damkar", "role": "lead" });
    insist(work, operator, &path, &body, Some(key)).await?;
    Ok(())
}

/// Acknowledges what comes to the fire brigade; refuses some, which the desk then forwards again.
pub async fn agency(work: Arc<Work>, damkar: Api, operator: Api, mut random: Random) -> anyhow::Result<u64> {
    let mut acknowledged = 0;
    while !work.is_over() {
        let page = insist(&work, &damkar, "dispatches?state=delivered&limit=20", &Value::Null, None).await?;
        let waiting = page.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        for dispatch in &waiting {
            let id = id_of(dispatch, "/id")?;
            let refuse = random.once_in(5);
            let (act, body) = if refuse {
                ("reject", json!({ "reason": "semua regu bertugas" }))
            } else {
                ("acknowledge", json!({}))
            };
            insist(&work, &damkar, &format!("dispatches/{id}/{act}"), &body, Some(random.uuid())).await?;
            if refuse {
                forward(&work, &operator, random.uuid(), &id_of(dispatch, "/incident")?).await?;
            } else {
                acknowledged += 1;
            }
        }
        if waiting.is_empty() {
            tokio::time::sleep(TRY_AGAIN).await;
        }
    }
    Ok(acknowledged)
}
