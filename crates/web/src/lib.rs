//! The web front: the manager portal, the API and help. One file a page, its template beside it.
//!
//! [`routes`](self) is the whole table of addresses, each with who may use it.

mod access;
mod api;
mod assets;
mod chart;
mod client;
mod connections;
mod crowd;
mod download;
mod failure;
mod form;
#[cfg(feature = "fuzz")]
pub mod fuzz;
mod gauges;
mod health;
mod icons;
mod limits;
mod meters;
mod metrics;
mod options;
mod page;
mod pages;
mod patient;
mod refuse;
mod routes;
mod security;
mod seen;
mod tell;
mod when;
mod words;

pub use client::Proxies;
pub use metrics::{metrics_router, serve_metrics};
pub use options::{Limits, Options};
pub use routes::{Address, addresses};

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware,
};
use engine::Engine;
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
};
use tower_http::csrf::CsrfLayer;

use crate::{api::Rates, crowd::Crowd, failure::Failure, meters::Meters};

/// How much a form may hold, in bytes.
const LARGEST_FORM: usize = 256 * 1024;

/// What every page works with.
#[derive(Clone)]
pub(crate) struct Web {
    pub(crate) engine: Engine,
    pub(crate) house: Arc<House>,
    /// Becomes true when the server is told to stop: whatever goes on by itself ends then.
    pub(crate) stopping: watch::Receiver<bool>,
}

/// How the front is set up, and who is there at the moment.
pub(crate) struct House {
    pub(crate) options: Options,
    pub(crate) meters: Meters,
    /// Room for requests.
    pub(crate) room: Semaphore,
    /// Requests under way, by client.
    pub(crate) clients: Crowd<IpAddr>,
    /// Streams of progress, by session.
    pub(crate) streams: Crowd<String>,
    pub(crate) rates: Rates,
}

impl House {
    fn new(options: Options) -> Self {
        let limits = &options.limits;
        Self {
            room: Semaphore::new(limits.at_once),
            clients: Crowd::new(limits.of_one),
            streams: Crowd::new(limits.streams_of_one),
            meters: Meters::default(),
            rates: Rates::default(),
            options,
        }
    }
}

impl Web {
    /// Whether browsers come over https.
    pub(crate) fn is_secure(&self) -> bool {
        self.engine.public_url().starts_with("https://")
    }
}

/// The web front over an engine. Clones are the same front.
#[derive(Clone)]
pub struct Front {
    web: Web,
}

impl Front {
    /// A front; `stopping` becomes true when it is to stop.
    pub fn new(engine: Engine, options: Options, stopping: watch::Receiver<bool>) -> Self {
        Self { web: Web { engine, house: Arc::new(House::new(options)), stopping } }
    }

    /// All routes.
    pub fn router(&self) -> Router {
        let web = &self.web;
        routes::router(web)
            .fallback(nothing)
            .layer(DefaultBodyLimit::max(LARGEST_FORM))
            .layer(cross_site(web))
            .layer(middleware::from_fn_with_state(web.clone(), refuse::in_words))
            .layer(middleware::from_fn_with_state(web.clone(), limits::in_time))
            .layer(middleware::from_fn_with_state(web.clone(), limits::admit))
            .layer(middleware::from_fn_with_state(web.clone(), security::headers))
            .layer(middleware::from_fn_with_state(web.clone(), seen::see))
            .with_state(web.clone())
    }

    /// Serves until it is to stop, and then finishes what was asked before.
    pub async fn serve(&self, listener: TcpListener) {
        let mut stopping = self.web.stopping.clone();
        let drain = self.web.house.options.limits.drain;
        let stop = async move {
            drop(stopping.wait_for(|stop| *stop).await);
            // A proxy finds out first, and sends nobody any more.
            tokio::time::sleep(drain).await;
        };
        connections::serve(listener, self.router(), Arc::clone(&self.web.house), stop).await;
    }
}

/// What another site makes a browser send is refused.
fn cross_site(web: &Web) -> CsrfLayer {
    let layer = CsrfLayer::new();
    let origin = web.engine.public_url();
    layer.clone().add_trusted_origin(origin).unwrap_or(layer)
}

/// Where to listen; the port is taken at once, so that a second server is told so.
pub async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}

/// Whether a program asks, rather than somebody with a browser.
pub(crate) fn is_api(request: &Request) -> bool {
    request.uri().path().starts_with("/api/")
}

/// There is nothing at this address.
async fn nothing() -> Failure {
    Failure::NotFound
}
