//! The people of the agencies: they read what reaches them, and many of them answer, some twice, some from a
//! telephone that is nobody's.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::ensure;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kentongan_tests::clock::Stopwatch;
use kentongan_tests::random::Random;
use parking_lot::Mutex;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::sync::Notify;

use super::city::{GATEWAY, LINE, TELEGRAM, WHATSAPP};
use super::providers::text_at;

/// How long somebody tries to get an answer through.
const PATIENCE: Duration = Duration::from_secs(60);
/// A number that is no contact's.
const STRANGER: &str = "6289999999999";

/// What reached somebody, as far as it can be answered.
#[derive(Debug, Clone)]
pub enum Letter {
    /// A button in Telegram.
    Telegram { token: String, chat: i64 },
    /// A button in LINE.
    Line { token: String, user: String },
    /// A button in WhatsApp.
    Whatsapp { token: String, number: String },
    /// A code in a text message; by which gateway, and to whom.
    Code { gateway: &'static str, code: String, number: String },
    /// A link in a mail.
    Link { path: String },
}

impl Letter {
    /// What of a request can be answered; none for what only informs.
    pub fn of(provider: &str, path: &str, body: &str) -> Option<Self> {
        let told: Value = serde_json::from_str(body).unwrap_or(Value::Null);
        match provider {
            "telegram" => {
                let chat = told.get("chat_id")?;
                let chat = chat.as_i64().or_else(|| chat.as_str()?.parse().ok())?;
                Some(Self::Telegram { token: token_in(body)?, chat })
            }
            "line" => Some(Self::Line { token: token_in(body)?, user: text_at(&told, "/to")? }),
            "whatsapp" => Some(Self::Whatsapp { token: token_in(body)?, number: text_at(&told, "/to")? }),
            "sms" => Self::code("sms", path.split_once('?')?.1),
            "gateway" => Self::code("gateway", body),
            _ => None,
        }
    }

    fn code(gateway: &'static str, form: &str) -> Option<Self> {
        let field = |name: &str| {
            let pair = form.split('&').filter_map(|pair| pair.split_once('=')).find(|(field, _)| *field == name);
            pair.map(|(_, value)| decoded(value))
        };
        let text = field("text")?;
        let after = text.split("TERIMA ").nth(1)?;
        let code: String = after.chars().take_while(char::is_ascii_digit).collect();
        (code.len() == 4).then_some(Self::Code { gateway, code, number: field("to")? })
    }

    /// The link of a mail.
    pub fn mail(message: &str) -> Option<Self> {
        let rest = message.split("http://112.example").nth(1)?;
        let path: String =
            rest.chars().take_while(|sign| sign.is_ascii_alphanumeric() || "/-_".contains(*sign)).collect();
        path.starts_with("/t/").then_some(Self::Link { path })
    }
}

fn token_in(body: &str) -> Option<String> {
    let from = body.get(body.find("terima:")?..)?;
    from.get(.."terima:".len() + 36).map(str::to_owned)
}

fn decoded(value: &str) -> String {
    let (bytes, mut out, mut at) = (value.as_bytes(), Vec::new(), 0);
    while let Some(byte) = bytes.get(at) {
        let hex = value.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(*byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// What people did.
#[derive(Debug, Default)]
struct Done {
    under_way: u64,
    letters: u64,
    answers: BTreeMap<String, u64>,
    failed: Vec<String>,
    /// What the brigade's own server acted on: event ids by dispatch and kind of notice.
    hooked: BTreeMap<(String, String), BTreeSet<String>>,
    doubled: u64,
}

/// Everybody.
pub struct People {
    random: Mutex<Random>,
    base: OnceLock<String>,
    client: reqwest::Client,
    done: Mutex<Done>,
    idle: Notify,
}

impl People {
    pub fn new(random: Random) -> Self {
        // Err only says that somebody did it before.
        drop(rustls::crypto::ring::default_provider().install_default());
        Self {
            random: Mutex::new(random),
            base: OnceLock::new(),
            client: reqwest::Client::new(),
            done: Mutex::default(),
            idle: Notify::new(),
        }
    }

    /// Where their answers go.
    pub fn work_at(&self, base: &str) -> anyhow::Result<()> {
        ensure!(self.base.set(base.to_owned()).is_ok(), "they have a place already");
        Ok(())
    }

    /// Whether the brigade's server takes an event on in its answer; it acts on each event once.
    pub fn hook_accepts(&self, body: &str) -> bool {
        let event: Value = serde_json::from_str(body).unwrap_or(Value::Null);
        let (Some(id), Some(kind), Some(dispatch)) =
            (text_at(&event, "/id"), text_at(&event, "/type"), text_at(&event, "/subject"))
        else {
            return false;
        };
        let mut done = self.done.lock();
        let accepts = kind.ends_with("queued") && dispatch.bytes().map(u64::from).sum::<u64>().is_multiple_of(3);
        if !done.hooked.entry((dispatch, kind)).or_default().insert(id) {
            done.doubled += 1;
        }
        accepts
    }

    /// Somebody reads a message, and perhaps answers.
    pub fn read(self: &Arc<Self>, letter: Letter) {
        let (answers, twice, stranger, pause) = {
            let mut random = self.random.lock();
            (
                random.between(0, 9) < 6,
                random.once_in(5),
                random.once_in(20),
                Duration::from_millis(random.between(20, 1_500)),
            )
        };
        let mut done = self.done.lock();
        done.letters += 1;
        if !answers {
            return;
        }
        done.under_way += 1;
        let me = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            for _ in 0..=u8::from(twice) {
                let answered = me.answer(&letter, stranger).await;
                let mut done = me.done.lock();
                match answered {
                    Ok(what) => *done.answers.entry(what).or_default() += 1,
                    Err(error) => done.failed.push(format!("{letter:?}: {error:#}")),
                }
            }
            me.done.lock().under_way -= 1;
            me.idle.notify_waiters();
        });
    }

    /// Waits until nobody is about to answer.
    pub async fn rest(&self) {
        loop {
            let heard = self.idle.notified();
            if self.done.lock().under_way == 0 {
                return;
            }
            heard.await;
        }
    }

    async fn answer(&self, letter: &Letter, stranger: bool) -> anyhow::Result<String> {
        let strange = |own: &str| if stranger { STRANGER.to_owned() } else { own.to_owned() };
        let (path, headers, body) = match letter {
            Letter::Telegram { token, chat } => {
                let chat = if stranger { -9 } else { *chat };
                let body = json!({ "update_id": 1, "callback_query": { "id": "q", "from": { "id": 55 },
                    "message": { "message_id": 5, "chat": { "id": chat } }, "data": token } });
                let headers = vec![("x-telegram-bot-api-secret-token", TELEGRAM.to_owned())];
                ("telegram", headers, body.to_string())
            }
            Letter::Line { token, user } => {
                let user = if stranger { "U9" } else { user };
                let body = json!({ "destination": "x", "events": [{ "type": "postback", "mode": "active",
                    "postback": { "data": token }, "source": { "type": "user", "userId": user },
                    "timestamp": 1, "webhookEventId": "1" }] })
                .to_string();
                let signature = STANDARD.encode(signed(LINE, &body)?);
                ("line", vec![("x-line-signature", signature)], body)
            }
            Letter::Whatsapp { token, number } => {
                let message = json!({ "from": strange(number), "id": "wamid.x", "timestamp": "1", "type": "button",
                    "button": { "payload": token, "text": "TERIMA" } });
                let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{
                    "field": "messages", "value": { "messages": [message] } }] }] })
                .to_string();
                let hex = signed(WHATSAPP, &body)?.iter().fold("sha256=".to_owned(), |hex, byte| {
                    hex + &format!("{byte:02x}")
                });
                ("whatsapp", vec![("x-hub-signature-256", hex)], body)
            }
            Letter::Code { gateway, code, number } => {
                let body = json!({ "from": strange(number), "text": format!("terima {code} pak") }).to_string();
                (*gateway, vec![("x-kentongan-token", GATEWAY.to_owned())], body)
            }
            Letter::Link { path } => return self.follow(path).await,
        };
        let base = self.base.get().map_or("", String::as_str);
        let url = format!("{base}/api/v1/centres/kediri/inbound/{path}");
        let status = self
            .persist(|| {
                let request = self.client.post(&url).header("content-type", "application/json");
                headers.iter().fold(request, |request, (name, value)| request.header(*name, value)).body(body.clone())
            })
            .await?;
        ensure!(status == 200, "{path} answered {status}");
        Ok(if stranger { format!("{path} (stranger)") } else { path.to_owned() })
    }

    /// A preview fetches the link before its reader presses the button.
    async fn follow(&self, path: &str) -> anyhow::Result<String> {
        let url = format!("{}{path}", self.base.get().map_or("", String::as_str));
        self.persist(|| self.client.get(&url)).await?;
        let status = self.persist(|| self.client.post(&url)).await?;
        ensure!(status == 200, "the link answered {status}");
        Ok("link".to_owned())
    }

    async fn persist(&self, request: impl Fn() -> reqwest::RequestBuilder) -> anyhow::Result<u16> {
        let waited = Stopwatch::start();
        loop {
            // Cut off by a kill, or not taken now: the provider calls again.
            if let Ok(response) = request().send().await
                && response.status().as_u16() != 503
            {
                return Ok(response.status().as_u16());
            }
            ensure!(waited.elapsed() < PATIENCE, "no answer");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Answers that never got through.
    pub fn failed(&self) -> Vec<String> {
        self.done.lock().failed.clone()
    }

    /// Distinct events by dispatch and kind that the brigade's server acted on.
    pub fn hooked(&self) -> BTreeMap<(String, String), BTreeSet<String>> {
        self.done.lock().hooked.clone()
    }

    /// In figures.
    pub fn counted(&self) -> String {
        let done = self.done.lock();
        format!(
            "letters {}, answers {:?}; the webhook got {} doubles and dropped them by their id",
            done.letters, done.answers, done.doubled
        )
    }
}

fn signed(secret: &str, body: &str) -> anyhow::Result<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    mac.update(body.as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}
