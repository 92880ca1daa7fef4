//! What the server measures of itself, for `/metrics` (Prometheus text). Never a name, a number or a text.

use std::fmt;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use parking_lot::Mutex;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// A centre.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct CentreLabel {
    /// Its code.
    pub centre: String,
}

/// A WebSocket close code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct CloseLabel {
    /// The code.
    pub code: u32,
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct HttpLabel {
    /// The route's pattern, never the path.
    pub route: String,
    /// The method.
    pub method: String,
    /// The status.
    pub status: u32,
}

/// What became of a position.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct PositionLabel {
    /// `taken`, `older`, `no_fix` or `refused`.
    pub outcome: &'static str,
}

/// Seconds, from 50 µs to 5 s.
const BUCKETS: [f64; 16] = [
    0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
    5.0,
];

/// The measures.
pub struct Metrics {
    registry: Mutex<Registry>,
    /// Sockets open.
    pub connections: Gauge,
    /// Frames written to sockets.
    pub frames: Counter,
    closes: Family<CloseLabel, Counter>,
    commit_seconds: Family<CentreLabel, Histogram>,
    http_seconds: Family<HttpLabel, Histogram>,
    /// Commits that another node overtook.
    pub head_moved: Counter,
    /// Commits that the store refused.
    pub store_errors: Counter,
    /// Delivery attempts that failed.
    pub delivery_failures: Counter,
    /// Deliveries that arrived.
    pub deliveries: Counter,
    /// Measures of the way out.
    pub forward: crate::forward::ForwardMetrics,
    positions: Family<PositionLabel, Counter>,
    /// Positions that tracks lack because the store was away for too long.
    pub positions_lost: Counter,
    /// Seconds from a report's receipt to its commit, the newest.
    pub frame_lag_seconds: Gauge<f64, AtomicU64>,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

fn seconds() -> Histogram {
    Histogram::new(BUCKETS)
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("kentongan");
        let metrics = Self {
            connections: Gauge::default(),
            frames: Counter::default(),
            closes: Family::default(),
            commit_seconds: Family::new_with_constructor(seconds),
            http_seconds: Family::new_with_constructor(seconds),
            head_moved: Counter::default(),
            store_errors: Counter::default(),
            delivery_failures: Counter::default(),
            deliveries: Counter::default(),
            forward: crate::forward::ForwardMetrics::default(),
            positions: Family::default(),
            positions_lost: Counter::default(),
            frame_lag_seconds: Gauge::default(),
            registry: Mutex::new(Registry::default()),
        };
        registry.register("stream_connections", "Sockets open", metrics.connections.clone());
        registry.register("stream_frames", "Frames written to sockets", metrics.frames.clone());
        registry.register("stream_closes", "Sockets closed by the server, by code", metrics.closes.clone());
        registry.register(
            "commit_seconds",
            "From taking a batch to its publication",
            metrics.commit_seconds.clone(),
        );
        registry.register("http_seconds", "From request to answer, by route", metrics.http_seconds.clone());
        registry.register("head_moved", "Commits that another node overtook", metrics.head_moved.clone());
        registry.register("store_errors", "Commits that the store refused", metrics.store_errors.clone());
        registry.register("delivery_failures", "Delivery attempts failed", metrics.delivery_failures.clone());
        registry.register("deliveries", "Deliveries arrived", metrics.deliveries.clone());
        registry.register("positions", "Positions of units handed in, by outcome", metrics.positions.clone());
        registry.register("positions_lost", "Positions not kept", metrics.positions_lost.clone());
        registry.register(
            "frame_lag_seconds",
            "From the last report's receipt to its publication",
            metrics.frame_lag_seconds.clone(),
        );
        metrics.forward.register(&mut registry);
        *metrics.registry.lock() = registry;
        metrics
    }
}

impl Metrics {
    /// Counts a close.
    pub fn closes(&self, code: u16) {
        self.closes.get_or_create(&CloseLabel { code: u32::from(code) }).inc();
    }

    /// Notes a commit.
    pub fn commits(&self, centre: &str, took: Duration) {
        let label = CentreLabel { centre: centre.to_owned() };
        self.commit_seconds.get_or_create(&label).observe(took.as_secs_f64());
    }

    /// Counts positions handed in.
    pub fn positions(&self, outcome: &'static str, count: u32) {
        if count > 0 {
            self.positions.get_or_create(&PositionLabel { outcome }).inc_by(u64::from(count));
        }
    }

    /// Notes an answer.
    pub fn http(&self, route: &str, method: &str, status: u16, took: Duration) {
        let label =
            HttpLabel { route: route.to_owned(), method: method.to_owned(), status: u32::from(status) };
        self.http_seconds.get_or_create(&label).observe(took.as_secs_f64());
    }

    /// The Prometheus text.
    ///
    /// # Errors
    /// When a value cannot be written.
    pub fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry.lock())?;
        Ok(text)
    }
}
