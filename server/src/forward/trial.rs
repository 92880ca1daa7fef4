//! For tests of senders: a provider that answers as it is told to, and messages to tell it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use kentongan_domain::delivery::{DeliveryChannel, Notice};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::address::Address;
use super::dial::{Dialler, Targets};
use super::message::{Button, Message, Surroundings, compose};
use super::sender::Permit;
use super::webhook::Parcel;

/// The permit of a centre that is only tried.
pub fn permit() -> Permit {
    // Installed already by another test of the same process is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
    Permit::for_tests()
}

/// A dialler with one network opened; none for words that are no network.
pub fn dialler(opened: &str) -> Dialler {
    Dialler::new(&permit(), Targets { allowed: opened.parse().into_iter().collect() }).unwrap()
}

/// An address that is one.
pub fn address(channel: DeliveryChannel, words: &str) -> Address {
    Address::parse(channel, words).unwrap()
}

/// A file of the shared folder; says so where there is none.
pub fn shared(path: &str) -> Option<String> {
    let folder = std::env::var("KENTONGAN_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared").to_owned());
    let read = std::fs::read_to_string(format!("{folder}/{path}")).ok();
    if read.is_none() {
        println!("skipped: no shared vectors");
    }
    read
}

/// A view as the protocol's own golden files show it, with some of its fields set.
fn view<T: serde::de::DeserializeOwned>(golden: &str, kind: &str, fields: Value) -> T {
    let golden: Value = serde_json::from_str(golden).unwrap();
    let items = golden["items"].as_array().unwrap();
    let mut view = items.iter().find(|item| item["kind"] == kind).unwrap().clone();
    view.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(view).unwrap()
}

/// What the agency may see of a fire.
pub fn parcel() -> Parcel {
    let dispatch = include_str!("../../crates/protocol/tests/golden/changes_dispatch.json");
    let incident = include_str!("../../crates/protocol/tests/golden/changes_incident.json");
    let place = json!({ "lat": -7.8161, "lon": 112.0119, "accuracy_m": 20.0, "source": "pin",
        "label": "Jl Dhoho gg 3 <b>dpn</b> Alfamart", "village_code": null, "village": "Setono Gedong",
        "district": "Kota", "regency": "Kota Kediri", "regency_code": "35.71", "confidence": 0.9 });
    let fields = json!({ "number": "KDR-261122-0042", "category": "fire", "type": "fire_building",
        "priority": 1, "place": place });
    let dispatch = view(dispatch, "dispatch", json!({ "agency": "damkar", "role": "lead" }));
    Parcel { dispatch, incident: view(incident, "incident", fields), reports: Vec::new() }
}

/// A report with a caller's words.
pub fn report(words: &str) -> kentongan_protocol::views::ReportView {
    let golden = include_str!("../../crates/protocol/tests/golden/changes_report.json");
    view(golden, "report", json!({ "text": words, "reporter": null }))
}

/// What surrounds it.
pub fn surroundings(notice: Notice) -> Surroundings {
    Surroundings {
        delivery: "0193a4d0-0000-7000-8000-000000000099".to_owned(),
        notice,
        wording: if notice == Notice::Order { 1 } else { 2 },
        centre_name: "Call Center 112 Kediri".to_owned(),
        agency_name: "Damkar Kota Kediri".to_owned(),
        type_name: Some("Kebakaran bangunan".to_owned()),
        sensitive: false,
        link: Some("https://112.example/a/abcDEF123-_".to_owned()),
        reply_code: Some("4821".to_owned()),
        buttons: vec![
            Button { label: "Terima".to_owned(), token: "t:0193a4d0:terima".to_owned() },
            Button { label: "Tolak".to_owned(), token: "t:0193a4d0:tolak".to_owned() },
        ],
    }
}

/// A message of a fire.
pub fn message(notice: Notice) -> Message {
    compose(parcel(), surroundings(notice))
}

/// What a fake provider answers.
#[derive(Debug, Clone)]
pub enum Reply {
    /// A status, headers and a body.
    Answer(u16, Vec<(String, String)>, String),
    /// Reads the request and hangs up without a word.
    HangUp,
}

impl Reply {
    /// A status without words.
    pub fn status(status: u16) -> Self {
        Self::Answer(status, Vec::new(), String::new())
    }

    /// A status with a JSON body.
    pub fn json(status: u16, body: &str) -> Self {
        Self::Answer(status, vec![("content-type".into(), "application/json".into())], body.to_owned())
    }

    /// With a header.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        if let Self::Answer(_, headers, _) = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

/// One request that a fake provider got.
#[derive(Debug, Clone)]
pub struct Got {
    /// Method and path: `POST /x`.
    pub line: String,
    /// Headers, lower case.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

impl Got {
    /// A header.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).cloned().unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A provider on a port of its own: answers by its script, then 200.
#[derive(Debug)]
pub struct Fake {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Fake {
    /// Starts one.
    pub async fn start(script: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let got = Arc::new(Mutex::new(Vec::new()));
        let (script, kept) = (Arc::new(Mutex::new(VecDeque::from(script))), Arc::clone(&got));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, kept) = (Arc::clone(&script), Arc::clone(&kept));
                tokio::spawn(async move { drop(serve(stream, &script, &kept).await) });
            }
        });
        Self { url, got }
    }

    /// What it got.
    pub fn received(&self) -> Vec<Got> {
        self.got.lock().clone()
    }

    /// The only request that it got.
    pub fn only(&self) -> Got {
        let got = self.received();
        assert_eq!(got.len(), 1, "{got:?}");
        got.into_iter().next().unwrap()
    }
}

async fn serve(
    mut stream: TcpStream,
    script: &Mutex<VecDeque<Reply>>,
    kept: &Mutex<Vec<Got>>,
) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let got = loop {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let mut lines = head.lines();
        let line = lines.next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
        let headers: BTreeMap<String, String> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
        if body.len() >= length {
            break Got { line, headers, body: body.to_owned() };
        }
    };
    let reply = {
        kept.lock().push(got);
        script.lock().pop_front().unwrap_or_else(|| Reply::status(200))
    };
    if let Reply::Answer(status, headers, body) = reply {
        let mut answer =
            format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n", body.len());
        for (name, value) in headers {
            answer = format!("{answer}{name}: {value}\r\n");
        }
        stream.write_all(format!("{answer}\r\n{body}").as_bytes()).await?;
        stream.shutdown().await?;
    }
    Ok(())
}
