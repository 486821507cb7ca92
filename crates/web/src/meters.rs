//! What is counted of requests. Routes are told by their templates, never by addresses.

use std::{sync::atomic::AtomicI64, time::Duration};

use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

/// Method, route and status of a request.
type Answered = [(&'static str, String); 3];

/// A histogram for each route.
type Histograms = Family<[(&'static str, String); 1], Histogram, fn() -> Histogram>;

/// Everything that is counted of requests. Clones count together.
#[derive(Debug, Clone)]
pub(crate) struct Meters {
    requests: Family<Answered, Counter>,
    seconds: Histograms,
    refused: Family<[(&'static str, &'static str); 1], Counter>,
    /// Requests under way.
    pub(crate) under_way: Gauge<i64, AtomicI64>,
    /// Connections that are open.
    pub(crate) connections: Gauge<i64, AtomicI64>,
    /// Streams of progress that are open.
    pub(crate) streams: Gauge<i64, AtomicI64>,
}

/// Pages take milliseconds.
const SECONDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// Why something is turned away: too many requests in all, or of one client; a time that is over; what was sent too
/// slowly, or was too large; too many connections, streams of one session, or requests of one token.
const REASONS: [&str; 8] = ["overload", "client", "time", "slow", "size", "connection", "stream", "rate"];

impl Default for Meters {
    fn default() -> Self {
        let meters = Self {
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            refused: Family::default(),
            under_way: Gauge::default(),
            connections: Gauge::default(),
            streams: Gauge::default(),
        };
        // The first time of anything is to be seen as one more than before.
        for reason in REASONS {
            drop(meters.refused.get_or_create(&[("reason", reason)]));
        }
        meters
    }
}

/// One more of something, until it is dropped.
#[derive(Debug)]
pub(crate) struct One(Gauge<i64, AtomicI64>);

impl One {
    pub(crate) fn of(gauge: &Gauge<i64, AtomicI64>) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for One {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Meters {
    /// A request was answered.
    pub(crate) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let method = if matches!(method, "GET" | "POST" | "HEAD") { method } else { "other" };
        let route = route.to_owned();
        let of = [("method", method.to_owned()), ("route", route.clone()), ("status", status.to_string())];
        self.requests.get_or_create(&of).inc();
        self.seconds.get_or_create(&[("route", route)]).observe(took.as_secs_f64());
    }

    /// A request or a connection was turned away before it was looked at, or given up.
    pub(crate) fn refused(&self, reason: &'static str) {
        self.refused.get_or_create(&[("reason", reason)]).inc();
    }

    /// Adds everything to what is told of this process.
    pub(crate) fn register(&self, registry: &mut Registry) {
        registry.register("http_requests", "Requests, by method, route and status", self.requests.clone());
        registry.register(
            "http_request_duration_seconds",
            "How long it took until an answer began, by route",
            self.seconds.clone(),
        );
        registry.register("http_refused", "Requests and connections turned away, by reason", self.refused.clone());
        registry.register("http_requests_under_way", "Requests under way", self.under_way.clone());
        registry.register("http_connections", "Connections that are open", self.connections.clone());
        registry.register("http_streams", "Streams of progress that are open", self.streams.clone());
    }
}
