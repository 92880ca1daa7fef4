//! A console on the stream: holds views by (kind, id), remembers its cursor, checks what it is told.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::api::Api;

/// How long a test waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// A socket.
pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Opens a socket of the stream with somebody's credential, without saying hello.
///
/// # Errors
/// When the upgrade is refused.
pub async fn open_socket(api: &Api) -> anyhow::Result<Socket> {
    let url = format!("{}/api/v1/centres/{}/stream", api.base().replacen("http", "ws", 1), api.centre());
    let mut request = url.into_client_request()?;
    if let Some((name, value)) = api.credential() {
        request.headers_mut().insert(name, value.parse()?);
        if name == "cookie" {
            request.headers_mut().insert("origin", api.base().parse()?);
        }
    }
    let (socket, _) = tokio_tungstenite::connect_async(request).await?;
    Ok(socket)
}

/// A console.
#[derive(Debug)]
pub struct Console {
    api: Api,
    socket: Option<Socket>,
    /// The log's epoch.
    pub epoch: String,
    /// Where it stands.
    pub seq: i64,
    /// Views by kind and id.
    pub views: BTreeMap<(String, String), Value>,
    /// Frames of changes seen, by the seq they carried.
    pub frames: Vec<i64>,
    /// Snapshots seen (by their first part).
    pub snapshots: u32,
    /// Where units are, by code.
    pub positions: BTreeMap<String, Value>,
    /// Frames of positions seen: the units in each.
    pub sightings: Vec<Vec<String>>,
    connections: u32,
}

impl Console {
    /// Connects and takes the snapshot.
    ///
    /// # Errors
    /// When the stream does not begin as it must.
    pub async fn connect(api: &Api) -> anyhow::Result<Self> {
        let mut console = Self {
            api: api.clone(),
            socket: None,
            epoch: String::new(),
            seq: -1,
            views: BTreeMap::new(),
            frames: Vec::new(),
            snapshots: 0,
            positions: BTreeMap::new(),
            sightings: Vec::new(),
            connections: 0,
        };
        console.open().await?;
        while console.snapshots == 0 || console.seq < 0 {
            console.step().await?;
        }
        Ok(console)
    }

    async fn open(&mut self) -> anyhow::Result<()> {
        let mut socket = open_socket(&self.api).await?;
        self.connections += 1;
        let mut hello = json!({ "type": "hello", "protocol": 1, "connection_count": self.connections });
        if self.seq >= 0
            && let Some(fields) = hello.as_object_mut()
        {
            fields.insert("resume".to_owned(), json!({ "epoch": self.epoch, "seq": self.seq }));
        }
        socket.send(Message::text(hello.to_string())).await?;
        self.socket = Some(socket);
        Ok(())
    }

    /// Says something.
    ///
    /// # Errors
    /// When the connection is gone.
    pub async fn say(&mut self, message: &Value) -> anyhow::Result<()> {
        let socket = self.socket.as_mut().context("not connected")?;
        Ok(socket.send(Message::text(message.to_string())).await?)
    }

    /// Looks at a part of the map (`[west, south, east, north]`, or null), and waits for what is there.
    ///
    /// # Errors
    /// When nothing comes.
    pub async fn look(&mut self, area: &Value) -> anyhow::Result<()> {
        self.say(&json!({ "type": "look", "area": area })).await?;
        let seen = self.sightings.len();
        while !area.is_null() && self.sightings.len() == seen {
            self.step().await?;
        }
        Ok(())
    }

    /// Steps until a unit is told to be where a condition holds.
    ///
    /// # Errors
    /// When that does not come.
    pub async fn until_position(
        &mut self,
        unit: &str,
        holds: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<Value> {
        loop {
            if let Some(position) = self.positions.get(unit).filter(|position| holds(position)) {
                return Ok(position.clone());
            }
            self.step().await.with_context(|| format!("waiting for the position of {unit}"))?;
        }
    }

    /// Connects again where it stood.
    ///
    /// # Errors
    /// When the server is not there.
    pub async fn reconnect(&mut self) -> anyhow::Result<()> {
        self.socket = None;
        self.open().await
    }

    /// Drops the connection without a word.
    pub fn cut(&mut self) {
        self.socket = None;
    }

    /// Takes one message in; its type.
    ///
    /// # Errors
    /// When the connection ends (the close code is in the error) or nothing comes for 30 s.
    pub async fn step(&mut self) -> anyhow::Result<String> {
        let socket = self.socket.as_mut().context("not connected")?;
        loop {
            let message =
                tokio::time::timeout(PATIENCE, socket.next()).await.context("nothing came for 30 s")?;
            match message.context("the connection ended")?? {
                Message::Text(text) => {
                    let message: Value = serde_json::from_str(&text)?;
                    return self.take(&message);
                }
                Message::Close(frame) => {
                    let code = frame.map_or(0, |frame| u16::from(frame.code));
                    bail!("closed with {code}");
                }
                _ => {}
            }
        }
    }

    fn take(&mut self, message: &Value) -> anyhow::Result<String> {
        let kind = message.get("type").and_then(Value::as_str).context("a message without a type")?;
        let number = |name: &str| message.get(name).and_then(Value::as_i64).unwrap_or(-1);
        match kind {
            "welcome" => {
                message.get("epoch").and_then(Value::as_str).unwrap_or_default().clone_into(&mut self.epoch);
            }
            "snapshot" => {
                if number("part") == 1 {
                    self.views.clear();
                    self.snapshots += 1;
                }
                self.upsert(message)?;
                // Before the last part the console has not got everything yet.
                if number("part") == number("parts") {
                    self.seq = number("seq");
                }
            }
            "changes" => {
                ensure!(
                    number("seq") > self.seq,
                    "a frame at {} came to a console at {}",
                    number("seq"),
                    self.seq
                );
                self.upsert(message)?;
                self.seq = number("seq");
                self.frames.push(self.seq);
            }
            "positions" => {
                let units = message.get("units").and_then(Value::as_array).context("no units")?;
                let mut seen = Vec::new();
                for unit in units {
                    let id = unit.get("id").and_then(Value::as_str).context("a position of no unit")?;
                    self.positions.insert(id.to_owned(), unit.clone());
                    seen.push(id.to_owned());
                }
                self.sightings.push(seen);
            }
            "tick" => {}
            other => bail!("unknown message {other}"),
        }
        Ok(kind.to_owned())
    }

    fn upsert(&mut self, message: &Value) -> anyhow::Result<()> {
        let items = message.get("items").and_then(Value::as_array).context("no items")?;
        for item in items {
            let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let key = (text("kind"), text("id"));
            let version = |view: &Value| view.get("version").and_then(Value::as_i64).unwrap_or(-1);
            if self.views.get(&key).is_none_or(|held| version(held) <= version(item)) {
                self.views.insert(key, item.clone());
            }
        }
        Ok(())
    }

    /// Steps until it stands at or past `seq`, by frames or by ticks that say there is nothing for it.
    ///
    /// # Errors
    /// When that does not come.
    pub async fn reach(&mut self, seq: i64) -> anyhow::Result<()> {
        while self.seq < seq {
            self.step().await?;
        }
        Ok(())
    }

    /// Steps until a view fulfils a condition; the view.
    ///
    /// # Errors
    /// When that does not come.
    pub async fn until(
        &mut self,
        kind: &str,
        id: &str,
        holds: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<Value> {
        let key = (kind.to_owned(), id.to_owned());
        loop {
            if let Some(view) = self.views.get(&key).filter(|view| holds(view)) {
                return Ok(view.clone());
            }
            self.step().await.with_context(|| format!("waiting for {kind} {id}"))?;
        }
    }

    /// A view held.
    pub fn view(&self, kind: &str, id: &str) -> Option<&Value> {
        self.views.get(&(kind.to_owned(), id.to_owned()))
    }
}
