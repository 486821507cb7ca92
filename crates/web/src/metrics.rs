//! What Prometheus is told, at an address of its own: nobody else is to reach it.

use std::{future::Future, io, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus_client::{encoding::text::encode, metrics::info::Info, registry::Registry};
use tokio::{
    net::TcpListener,
    sync::Mutex,
    time::{Instant, timeout},
};

use crate::{Front, Web, gauges::Gauges, health};

/// The form that everything is told in.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The database is not looked at more often, however many ask.
const EVERY: Duration = Duration::from_secs(5);

/// So long is waited for the database.
const PATIENCE: Duration = Duration::from_secs(5);

/// Everything that is told.
struct Board {
    web: Web,
    registry: Registry,
    gauges: Gauges,
    /// When the database was last looked at.
    looked: Mutex<Option<Instant>>,
}

/// The addresses for whoever watches over this process: `/metrics`, and its health.
pub fn metrics_router(front: &Front) -> Router {
    let web = front.web.clone();
    let mut registry = Registry::with_prefix("rollcall");
    registry.register("build", "Which program this is", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
    web.engine.meters().register(&mut registry);
    web.house.meters.register(&mut registry);
    let gauges = Gauges::default();
    gauges.register(&mut registry);
    let board = Arc::new(Board { web: web.clone(), registry, gauges, looked: Mutex::default() });
    let health =
        Router::new().route("/healthz", get(health::lives)).route("/readyz", get(health::ready)).with_state(web);
    Router::new().route("/metrics", get(scrape)).with_state(board).merge(health)
}

/// Tells until the program stops.
pub async fn serve_metrics(
    listener: TcpListener,
    front: Front,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, metrics_router(&front)).with_graceful_shutdown(stop).await
}

async fn scrape(State(board): State<Arc<Board>>) -> Response {
    board.look().await;
    let mut text = String::new();
    match encode(&mut text, &board.registry) {
        Ok(()) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Board {
    /// Looks at the database, unless somebody has just done so. What cannot be looked at is not told, rather than
    /// told as it was.
    async fn look(&self) {
        let mut looked = self.looked.lock().await;
        if looked.is_some_and(|at| at.elapsed() < EVERY) {
            return;
        }
        let (engine, begun) = (&self.web.engine, Instant::now());
        let ping = timeout(PATIENCE, engine.store().ping()).await;
        self.gauges.database(ping.is_ok_and(|ping| ping.is_ok()), begun.elapsed(), &engine.store().connections());
        let backlog = timeout(PATIENCE, engine.store().backlog(engine.now())).await;
        match backlog {
            Ok(Ok(backlog)) => self.gauges.backlog(&backlog, engine.now()),
            Ok(Err(error)) => {
                tracing::warn!(error = error.for_log(), "what waits could not be counted");
                self.gauges.nothing();
            }
            Err(_) => {
                tracing::warn!(error = "no answer in time", "what waits could not be counted");
                self.gauges.nothing();
            }
        }
        self.gauges.mails_stand_still(engine.mails_stand_still().await);
        *looked = Some(Instant::now());
    }
}
