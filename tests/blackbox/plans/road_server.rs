//! A road server with an OSRM table service over a small road graph of our own: two banks of a river, one
//! bridge far in the south, and a road that leads nowhere. Over a real socket; it can also be slow, broken,
//! or wrong.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Nodes along each bank, from north to south.
const NODES: usize = 15;
/// The northernmost latitude.
const NORTH: f64 = -7.76;
/// Degrees between two nodes of a bank: about 1.1 km.
const STEP: f64 = 0.01;
/// Longitude of the road on each bank.
const BANKS: [f64; 2] = [112.0035, 112.0135];
/// Seconds along one step.
const STEP_S: f64 = 100.0;
/// Seconds over the bridge.
const BRIDGE_S: f64 = 90.0;

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Behaviour {
    /// Answers by its roads.
    Roads,
    /// Answers only after so long.
    Slow(Duration),
    /// Answers with a status.
    Status(u16),
    /// Answers 200 with this text.
    Text(String),
    /// Hangs up without a word.
    HangUp,
    /// Knows no way from anywhere.
    Nowhere,
}

#[derive(Debug, Default)]
struct Inner {
    script: VecDeque<Behaviour>,
    asked: Vec<String>,
}

/// A road server on a port of its own.
#[derive(Debug)]
pub struct RoadServer {
    inner: Arc<Mutex<Inner>>,
    port: u16,
    task: JoinHandle<()>,
}

impl RoadServer {
    /// One that does what the script says, and answers by its roads afterwards.
    pub async fn start(script: &[Behaviour]) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let inner = Arc::new(Mutex::new(Inner { script: script.iter().cloned().collect(), asked: vec![] }));
        let held = Arc::clone(&inner);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inner = Arc::clone(&held);
                // A request that breaks off is the asker's matter.
                tokio::spawn(async move { drop(serve(stream, &inner).await) });
            }
        });
        Ok(Self { inner, port, task })
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Paths asked for so far.
    pub fn asked(&self) -> Vec<String> {
        self.inner.lock().asked.clone()
    }

    /// What it does next.
    pub fn next(&self, behaviour: Behaviour) {
        self.inner.lock().script.push_back(behaviour);
    }
}

impl Drop for RoadServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, inner: &Mutex<Inner>) -> anyhow::Result<()> {
    let path = read_path(&mut stream).await?;
    let behaviour = {
        let mut inner = inner.lock();
        inner.asked.push(path.clone());
        inner.script.pop_front().unwrap_or(Behaviour::Roads)
    };
    let (status, text) = match behaviour {
        Behaviour::HangUp => return Ok(()),
        Behaviour::Slow(time) => {
            tokio::time::sleep(time).await;
            (200, table(&path, false))
        }
        Behaviour::Status(status) => (status, json!({ "code": "InternalError" }).to_string()),
        Behaviour::Text(text) => (200, text),
        Behaviour::Roads => (200, table(&path, false)),
        Behaviour::Nowhere => (200, table(&path, true)),
    };
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        text.len()
    );
    stream.write_all(format!("{head}{text}").as_bytes()).await?;
    Ok(stream.shutdown().await?)
}

async fn read_path(stream: &mut TcpStream) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|four| four == b"\r\n\r\n") {
        ensure!(stream.read_buf(&mut bytes).await? > 0, "broken off");
        ensure!(bytes.len() < 64 * 1024, "too large");
    }
    let text = String::from_utf8_lossy(&bytes);
    let line = text.lines().next().context("no request")?;
    Ok(line.split(' ').nth(1).context("no path")?.to_owned())
}

/// The answer to a table request; as OSRM says it when the request is not of its form.
fn table(path: &str, nowhere: bool) -> String {
    match asked(path) {
        Ok((from, to)) => {
            let rows: Vec<Value> =
                from.iter().map(|at| json!([if nowhere { None } else { seconds(*at, to) }])).collect();
            json!({ "code": "Ok", "durations": rows, "sources": [], "destinations": [] }).to_string()
        }
        Err(error) => json!({ "code": "InvalidQuery", "message": error.to_string() }).to_string(),
    }
}

type Point = (f64, f64);

/// From where (lat, lon) and to where a table request asks.
fn asked(path: &str) -> anyhow::Result<(Vec<Point>, Point)> {
    let rest = path.strip_prefix("/table/v1/driving/").context("no table request")?;
    let (points, query) = rest.split_once('?').context("no query")?;
    let points: Vec<Point> = points.split(';').map(point).collect::<anyhow::Result<_>>()?;
    let query: BTreeMap<&str, &str> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let index = |text: &str| -> anyhow::Result<Point> {
        points.get(text.parse::<usize>()?).copied().context("no such point")
    };
    ensure!(query.get("annotations") == Some(&"duration"), "no durations wanted");
    ensure!(points.len() <= 100, "TooBig");
    let sources = query.get("sources").context("no sources")?.split(';').map(index);
    Ok((
        sources.collect::<anyhow::Result<_>>()?,
        index(query.get("destinations").context("no destination")?)?,
    ))
}

fn point(text: &str) -> anyhow::Result<Point> {
    let (lon, lat) = text.split_once(',').context("no coordinate")?;
    Ok((lat.parse()?, lon.parse()?))
}

/// The node nearest to a point. East of 112.15 there is a road, and it leads nowhere.
fn snapped((lat, lon): Point) -> Option<usize> {
    if lon > 112.15 {
        return None;
    }
    let step = ((NORTH - lat) / STEP).round().clamp(0.0, (NODES - 1) as f64) as usize;
    let east = usize::from(lon > f64::midpoint(BANKS[0], BANKS[1]));
    Some(east * NODES + step)
}

/// The neighbours of a node, with seconds.
fn roads(node: usize) -> Vec<(usize, f64)> {
    let (bank, step) = (node / NODES, node % NODES);
    let mut roads = Vec::new();
    if step > 0 {
        roads.push((node - 1, STEP_S));
    }
    if step + 1 < NODES {
        roads.push((node + 1, STEP_S));
    } else {
        roads.push(((1 - bank) * NODES + step, BRIDGE_S));
    }
    roads
}

/// Seconds by road; none where no road leads.
fn seconds(from: Point, to: Point) -> Option<f64> {
    let (from, to) = (snapped(from)?, snapped(to)?);
    let mut best = vec![f64::INFINITY; 2 * NODES];
    *best.get_mut(from)? = 0.0;
    let mut open = VecDeque::from([from]);
    while let Some(node) = open.pop_front() {
        let so_far = best.get(node).copied()?;
        for (next, more) in roads(node) {
            let known = best.get_mut(next)?;
            if so_far + more < *known {
                *known = so_far + more;
                open.push_back(next);
            }
        }
    }
    best.get(to).copied().filter(|seconds| seconds.is_finite())
}

#[test]
fn the_bridge_is_far() {
    let (west, east) = ((-7.82, 112.0), (-7.82, 112.02));
    assert_eq!(seconds(west, west), Some(0.0));
    assert_eq!(seconds(west, east), Some(8.0 * STEP_S + BRIDGE_S + 8.0 * STEP_S));
    assert_eq!(seconds((-7.77, 112.195), east), None);
}
