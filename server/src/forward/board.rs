//! How the ways out are doing, for `/readyz` and `/metrics`: circuits, what waits and why, heartbeats.
//!
//! A way that is ill is shown here; it never makes the whole server red. No address, no name of a person.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;

use kentongan_domain::ids::EpochUs;
use parking_lot::Mutex;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use serde::Serialize;

use super::lanes::{Circuit, Wait};

/// A channel of a centre.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LaneLabel {
    centre: String,
    /// `telegram`, or with the agency whose own server it is: `webhook:damkar`.
    lane: String,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ResultLabel {
    channel: String,
    result: String,
}

/// The measures of the way out.
#[derive(Debug, Clone, Default)]
pub struct ForwardMetrics {
    attempts: Family<ResultLabel, Counter>,
    waiting: Family<LaneLabel, Gauge>,
    circuit_open: Family<LaneLabel, Gauge>,
    heartbeat_ok: Family<LaneLabel, Gauge>,
    heartbeat_seconds: Family<LaneLabel, Gauge<f64, AtomicU64>>,
    inbound: Family<ResultLabel, Counter>,
}

impl ForwardMetrics {
    /// Puts them into the registry.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "forward_attempts",
            "Attempts to tell a contact, by channel and how they ended",
            self.attempts.clone(),
        );
        registry.register("forward_waiting", "Deliveries that wait, by lane", self.waiting.clone());
        registry.register(
            "forward_circuit_open",
            "1 while nothing is sent because the provider is ill",
            self.circuit_open.clone(),
        );
        registry.register(
            "forward_heartbeat_ok",
            "1 when the last test message was taken, 0 when not",
            self.heartbeat_ok.clone(),
        );
        registry.register(
            "forward_heartbeat_seconds",
            "How long the provider took for the last test message",
            self.heartbeat_seconds.clone(),
        );
        registry.register(
            "forward_inbound",
            "What providers told, by what became of it",
            self.inbound.clone(),
        );
    }

    /// Counts an attempt.
    pub fn attempt(&self, channel: &str, result: &str) {
        let label = ResultLabel { channel: channel.to_owned(), result: result.to_owned() };
        self.attempts.get_or_create(&label).inc();
    }

    /// Counts what a provider told.
    pub fn inbound(&self, channel: &str, result: &str) {
        let label = ResultLabel { channel: channel.to_owned(), result: result.to_owned() };
        self.inbound.get_or_create(&label).inc();
    }
}

/// How the last test message went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Beat {
    /// When it was sent (epoch µs).
    pub at: EpochUs,
    /// Whether the provider took it.
    pub ok: bool,
    /// Why not: a stable code.
    pub error: Option<String>,
}

/// How a lane is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LaneState {
    /// `closed`, `open` or `half_open`.
    pub circuit: &'static str,
    /// How many wait.
    pub waiting: usize,
    /// Why what is due waits: `circuit_open`, `rate_limited`, `busy`.
    pub held_by: Option<&'static str>,
    /// The last test message.
    pub heartbeat: Option<Beat>,
}

/// Every lane of this process, by centre and name.
#[derive(Debug, Default)]
pub struct Board {
    lanes: Mutex<BTreeMap<String, BTreeMap<String, LaneState>>>,
    metrics: ForwardMetrics,
}

impl Board {
    /// An empty one that keeps these measures.
    pub fn new(metrics: ForwardMetrics) -> Self {
        Self { lanes: Mutex::default(), metrics }
    }

    /// The measures.
    pub const fn metrics(&self) -> &ForwardMetrics {
        &self.metrics
    }

    /// Notes how a lane stands.
    pub fn lane(&self, centre: &str, lane: &str, circuit: Circuit, waiting: usize, held_by: Option<Wait>) {
        let label = LaneLabel { centre: centre.to_owned(), lane: lane.to_owned() };
        self.metrics.waiting.get_or_create(&label).set(i64::try_from(waiting).unwrap_or(i64::MAX));
        self.metrics.circuit_open.get_or_create(&label).set(i64::from(circuit != Circuit::Closed));
        let mut lanes = self.lanes.lock();
        let state = lanes.entry(centre.to_owned()).or_default().entry(lane.to_owned()).or_default();
        if state.circuit != circuit.code() && !(state.circuit.is_empty() && circuit == Circuit::Closed) {
            tracing::warn!(centre, lane, circuit = circuit.code(), waiting, "a way out changed");
        }
        state.circuit = circuit.code();
        state.waiting = waiting;
        state.held_by = held_by.map(Wait::code);
    }

    /// Notes a test message.
    pub fn beat(&self, centre: &str, lane: &str, beat: Beat, seconds: f64) {
        let label = LaneLabel { centre: centre.to_owned(), lane: lane.to_owned() };
        self.metrics.heartbeat_ok.get_or_create(&label).set(i64::from(beat.ok));
        self.metrics.heartbeat_seconds.get_or_create(&label).set(seconds);
        let mut lanes = self.lanes.lock();
        let state = lanes.entry(centre.to_owned()).or_default().entry(lane.to_owned()).or_default();
        if state.circuit.is_empty() {
            state.circuit = Circuit::Closed.code();
        }
        state.heartbeat = Some(beat);
    }

    /// As it is now, by centre and lane.
    pub fn read(&self) -> BTreeMap<String, BTreeMap<String, LaneState>> {
        self.lanes.lock().clone()
    }
}
