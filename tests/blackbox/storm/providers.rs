//! Every provider in one listener: Telegram, LINE, WhatsApp, two gateways, a push service, the fire brigade's
//! own webhook; and a mail server beside it. Shapes of requests and answers are the providers' own.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context as _, ensure};
use kentongan_tests::random::Random;
use parking_lot::Mutex;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::mail;
use super::moods::Mood;
use super::people::{Letter, People};

/// The largest request that is read.
const LARGEST: usize = 1024 * 1024;

#[derive(Default)]
struct Counted {
    requests: BTreeMap<&'static str, u64>,
    moods: BTreeMap<&'static str, u64>,
}

struct Inner {
    people: Arc<People>,
    random: Mutex<Random>,
    counted: Mutex<Counted>,
    next: AtomicU64,
}

/// The providers.
pub struct Providers {
    inner: Arc<Inner>,
    port: u16,
    mail_port: u16,
}

/// One request.
struct Request {
    path: String,
    body: String,
}

impl Providers {
    /// Starts them; what they deliver, people read.
    pub async fn start(people: Arc<People>, random: Random) -> anyhow::Result<Self> {
        let (listener, mail) = (TcpListener::bind("127.0.0.1:0").await?, TcpListener::bind("127.0.0.1:0").await?);
        let (port, mail_port) = (listener.local_addr()?.port(), mail.local_addr()?.port());
        let inner = Arc::new(Inner {
            people,
            random: Mutex::new(random),
            counted: Mutex::default(),
            next: AtomicU64::new(1),
        });
        let (of_http, of_mail) = (Arc::clone(&inner), Arc::clone(&inner));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inner = Arc::clone(&of_http);
                // A request that breaks off is the sender's matter.
                tokio::spawn(async move { drop(serve(stream, &inner).await) });
            }
        });
        tokio::spawn(async move {
            while let Ok((stream, _)) = mail.accept().await {
                let inner = Arc::clone(&of_mail);
                tokio::spawn(async move {
                    let mood = inner.mood("email");
                    if let Ok(Some(message)) = mail::serve(stream, mood).await {
                        inner.deliver(mood, || Letter::mail(&mail::unquoted(&message)));
                    }
                });
            }
        });
        Ok(Self { inner, port, mail_port })
    }

    /// The address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Where the mail server listens.
    pub fn mail_port(&self) -> u16 {
        self.mail_port
    }

    /// Requests by provider, and how often each mood came.
    pub fn counted(&self) -> String {
        let counted = self.inner.counted.lock();
        format!("requests {:?}\nmoods {:?}", counted.requests, counted.moods)
    }
}

impl Inner {
    fn mood(&self, provider: &'static str) -> Mood {
        let mood = Mood::of(&mut self.random.lock());
        let mut counted = self.counted.lock();
        *counted.requests.entry(provider).or_default() += 1;
        let name = match mood {
            Mood::Fine => "fine",
            Mood::Slow(_) => "slow",
            Mood::Drops => "drops",
            Mood::TakesSilently => "takes silently",
            Mood::Broken => "broken",
            Mood::Busy => "busy",
            Mood::Lies => "lies",
            Mood::Doubles => "doubles",
        };
        *counted.moods.entry(name).or_default() += 1;
        mood
    }

    /// Brings a message to its receiver as often as the mood will have it.
    fn deliver(&self, mood: Mood, letter: impl Fn() -> Option<Letter>) {
        for _ in 0..mood.arrives() {
            if let Some(letter) = letter() {
                self.people.read(letter);
            }
        }
    }
}

async fn serve(mut stream: TcpStream, inner: &Inner) -> anyhow::Result<()> {
    let request = read(&mut stream).await?;
    let number = inner.next.fetch_add(1, Ordering::Relaxed);
    let provider = ["hook", "telegram", "line", "whatsapp", "gateway", "sms", "push"]
        .into_iter()
        .find(|name| request.path.trim_start_matches('/').starts_with(name))
        .with_context(|| format!("nobody listens at {}", request.path))?;
    let mood = inner.mood(provider);
    match mood {
        Mood::Drops => return Ok(()),
        Mood::Broken => return answer(&mut stream, "500 Oops", "", "{}").await,
        Mood::Busy => return answer(&mut stream, "429 Busy", "retry-after: 1\r\n", "{}").await,
        Mood::Slow(pause) => tokio::time::sleep(pause).await,
        Mood::Fine | Mood::TakesSilently | Mood::Lies | Mood::Doubles => {}
    }
    let taken = match provider {
        "telegram" => format!(r#"{{"ok":true,"result":{{"message_id":{number}}}}}"#),
        "line" => format!(r#"{{"sentMessages":[{{"id":"4612309668420{number:05}"}}]}}"#),
        "whatsapp" => format!(r#"{{"messaging_product":"whatsapp","messages":[{{"id":"wamid.{number}"}}]}}"#),
        "gateway" | "sms" => format!("OK id=m{number}"),
        // The brigade's own server takes every third on at once.
        "hook" if mood != Mood::Lies && inner.people.hook_accepts(&request.body) => r#"{"accepted":true}"#.to_owned(),
        _ => "{}".to_owned(),
    };
    inner.deliver(mood, || Letter::of(provider, &request.path, &request.body));
    if mood == Mood::TakesSilently {
        return Ok(());
    }
    answer(&mut stream, if provider == "push" { "201 Created" } else { "200 OK" }, "", &taken).await
}

async fn answer(stream: &mut TcpStream, status: &str, headers: &str, body: &str) -> anyhow::Result<()> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}");
    stream.write_all(head.as_bytes()).await?;
    stream.shutdown().await?;
    Ok(())
}

async fn read(stream: &mut TcpStream) -> anyhow::Result<Request> {
    let mut bytes = Vec::new();
    loop {
        ensure!(stream.read_buf(&mut bytes).await? > 0, "broken off");
        ensure!(bytes.len() < LARGEST, "too large");
        let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(bytes.get(..at).unwrap_or_default()).into_owned();
        let length = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map_or(Ok(0), |(_, value)| value.trim().parse::<usize>())?;
        let body = bytes.get(at + 4..).unwrap_or_default();
        if body.len() >= length {
            let path = head.split(' ').nth(1).context("no path")?.to_owned();
            return Ok(Request { path, body: String::from_utf8_lossy(body).into_owned() });
        }
    }
}

/// The value at a pointer, as text.
pub fn text_at(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer).and_then(Value::as_str).map(str::to_owned)
}
