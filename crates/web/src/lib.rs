//! The web front: the manager portal, the API and help. One file a page, its template beside it.
//!
//! [`routes`](self) is the whole table of addresses, each with who may use it.

mod access;
mod api;
mod assets;
mod chart;
mod download;
mod failure;
mod form;
mod health;
mod icons;
mod page;
mod pages;
mod routes;
mod security;
mod tell;
mod when;
mod words;

pub use routes::{Address, addresses};

use std::{future::Future, io, net::SocketAddr};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware,
    response::Response,
};
use engine::Engine;
use tokio::{net::TcpListener, sync::watch};
use tower_http::csrf::CsrfLayer;

/// How much a form may hold, in bytes.
const LARGEST_FORM: usize = 256 * 1024;

/// What every page works with.
#[derive(Clone)]
pub(crate) struct Web {
    pub(crate) engine: Engine,
    /// Becomes true when the server is told to stop: whatever goes on by itself ends then.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Web {
    /// Whether browsers come over https.
    pub(crate) fn is_secure(&self) -> bool {
        self.engine.public_url().starts_with("https://")
    }
}

/// All routes.
pub fn router(engine: Engine, stopping: watch::Receiver<bool>) -> Router {
    let web = Web { engine, stopping };
    routes::router(&web)
        .fallback(nothing)
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(cross_site(&web))
        .layer(middleware::from_fn_with_state(web.clone(), security::headers))
        .with_state(web)
}

/// What another site makes a browser send is refused.
fn cross_site(web: &Web) -> CsrfLayer {
    let layer = CsrfLayer::new();
    let origin = web.engine.public_url();
    layer.clone().add_trusted_origin(origin).unwrap_or(layer)
}

/// Serves until told to stop, and then finishes what was asked before.
pub async fn serve(
    listener: TcpListener,
    engine: Engine,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stopped, stopping) = watch::channel(false);
    let app = router(engine, stopping).into_make_service_with_connect_info::<SocketAddr>();
    let told = async move {
        stop.await;
        stopped.send_replace(true);
    };
    axum::serve(listener, app).with_graceful_shutdown(told).await
}

/// Where to listen; the port is taken at once, so that a second server is told so.
pub async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}

/// There is nothing at this address.
async fn nothing(State(web): State<Web>, request: Request) -> Response {
    if request.uri().path().starts_with("/api/") { api::nothing(&web) } else { access::nothing(&request) }
}
