//! A running sandbox.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    extract::{ConnectInfo, Query, Request as HttpRequest, State as Shared},
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    serve::ListenerExt,
};
use jiff::civil::Date;
use thiserror::Error;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle, time::Instant};

use crate::{
    api::{self, bearer, errors::ApiError, limits::Limiter},
    company::Company,
    control,
    fault::Fault,
    knobs::{Knobs, Language},
    log::{HEADERS, Noted, Request},
    state::{State, Tenant, lock},
};

/// How a sandbox is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The day it is in companies that are made without one.
    pub today: Date,
    /// Who reaches the control address.
    pub control: Control,
    /// Requests in any minute from one address, 0 for any number. Personio allows 2000.
    pub per_ip_per_minute: u32,
    /// How many requests the log holds.
    pub log_capacity: usize,
}

impl Options {
    /// The control address for this machine only, no limit for an address, a log of 10,000 requests.
    pub fn new(today: Date) -> Self {
        Self { today, control: Control::Loopback, per_ip_per_minute: 0, log_capacity: 10_000 }
    }
}

/// Who reaches the control address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// Nobody.
    Off,
    /// Whoever is on this machine.
    Loopback,
    /// Everybody who reaches the sandbox, as is wanted between containers.
    Anyone,
}

/// There is no company for that client id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the sandbox has no company for the client id {0:?}")]
pub struct UnknownClient(pub String);

/// A Personio of our own, on an address of its own. It stops when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    state: Arc<State>,
    stopping: watch::Sender<bool>,
    task: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts a sandbox; port 0 is any free one.
    pub async fn start(listen: SocketAddr, options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        // Without this the end of an answer waits for the reader to acknowledge its beginning.
        let listener = listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "answers may be delayed");
            }
        });
        let base_url = format!("http://{}/v1", reachable(address));
        let state = Arc::new(State::new(base_url, options.today, options.per_ip_per_minute, options.log_capacity));
        let (stopping, stopped) = watch::channel(false);
        let app = router(&state, options.control, stopped.clone());
        let task = tokio::spawn(async move {
            let service = app.into_make_service_with_connect_info::<SocketAddr>();
            let served = axum::serve(listener, service).with_graceful_shutdown(wait(stopped)).await;
            if let Err(error) = served {
                tracing::error!(%error, "the sandbox stopped");
            }
        });
        Ok(Self { address, state, stopping, task: Some(task) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What to set up as the address of the API.
    pub fn base_url(&self) -> &str {
        &self.state.base_url
    }

    /// Stops it: nobody is answered any more, and the port is free.
    pub async fn stop(mut self) {
        self.stopping.send_replace(true);
        if let Some(mut task) = self.task.take()
            && tokio::time::timeout(Duration::from_secs(1), &mut task).await.is_err()
        {
            task.abort();
        }
    }

    /// Runs until the sandbox is stopped by other means, such as the end of the process.
    pub async fn served(&mut self) {
        if let Some(task) = &mut self.task {
            let _ended = task.await;
        }
    }

    /// Adds a company, or puts it in the place of the client's former one.
    pub fn add_company(&self, client_id: &str, client_secret: &str, company: Company) {
        self.add_company_with(client_id, client_secret, company, Knobs::default());
    }

    /// As [`Self::add_company`], with an API that is not quite as usual.
    pub fn add_company_with(&self, client_id: &str, client_secret: &str, company: Company, knobs: Knobs) {
        self.state.put_tenant(Tenant::new(client_id, client_secret, company, knobs));
    }

    /// Looks at, or changes, the company behind a client.
    pub fn company<R>(&self, client_id: &str, change: impl FnOnce(&mut Company) -> R) -> Result<R, UnknownClient> {
        Ok(self.tenant(client_id)?.change(change))
    }

    /// Looks at, or changes, how the API behaves towards a client.
    pub fn knobs<R>(&self, client_id: &str, change: impl FnOnce(&mut Knobs) -> R) -> Result<R, UnknownClient> {
        Ok(self.tenant(client_id)?.rearrange(|desk| change(&mut desk.knobs)))
    }

    /// Allows a client these attributes only; `None` allows all.
    pub fn set_readable<'a>(
        &self,
        client_id: &str,
        attributes: Option<impl IntoIterator<Item = &'a str>>,
    ) -> Result<(), UnknownClient> {
        let readable = attributes.map(|keys| keys.into_iter().map(str::to_owned).collect());
        self.tenant(client_id)?.rearrange(|desk| desk.readable = readable);
        Ok(())
    }

    /// Sets a fault; hands back its number.
    pub fn add_fault(&self, client_id: &str, fault: Fault) -> Result<u64, UnknownClient> {
        Ok(self.tenant(client_id)?.at_desk(|desk| desk.add_fault(fault)))
    }

    /// Takes all faults back.
    pub fn clear_faults(&self, client_id: &str) -> Result<(), UnknownClient> {
        self.tenant(client_id)?.at_desk(|desk| desk.faults.clear());
        Ok(())
    }

    /// Gives a client another secret; tokens of the former one are void.
    pub fn rotate_secret(&self, client_id: &str, client_secret: &str) -> Result<(), UnknownClient> {
        let tenant = self.tenant(client_id)?;
        client_secret.clone_into(&mut lock(&tenant.desk).secret);
        self.state.void_tokens(&tenant);
        Ok(())
    }

    /// Makes a client's tokens expire at once.
    pub fn expire_tokens(&self, client_id: &str) -> Result<(), UnknownClient> {
        self.state.void_tokens(&*self.tenant(client_id)?);
        Ok(())
    }

    /// The last requests to the API, in order.
    pub fn log(&self) -> Vec<Request> {
        lock(&self.state.log).requests()
    }

    /// Forgets them.
    pub fn clear_log(&self) {
        lock(&self.state.log).clear();
    }

    fn tenant(&self, client_id: &str) -> Result<Arc<Tenant>, UnknownClient> {
        self.state.tenant(client_id).ok_or_else(|| UnknownClient(client_id.to_owned()))
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stopping.send_replace(true);
    }
}

/// An address that listens everywhere is reached on this machine by its own.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::from([127, 0, 0, 1]),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn router(state: &Arc<State>, control: Control, stopped: watch::Receiver<bool>) -> Router {
    let api = api::routes().layer(middleware::from_fn_with_state(state.clone(), record));
    let mut app = Router::new().nest("/v1", api);
    if control != Control::Off {
        app = app.nest("/_sandbox", control::routes().layer(middleware::from_fn_with_state(control, guard)));
    }
    app.layer(middleware::from_fn_with_state(stopped, until_stopped)).with_state(state.clone())
}

async fn wait(mut stopped: watch::Receiver<bool>) {
    // An error means that the sandbox is gone, which stops it too.
    let _gone = stopped.wait_for(|stopped| *stopped).await;
}

/// Answers that hang do not keep a sandbox from stopping.
async fn until_stopped(Shared(stopped): Shared<watch::Receiver<bool>>, request: HttpRequest, next: Next) -> Response {
    tokio::select! {
        answer = next.run(request) => answer,
        () = wait(stopped) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn guard(
    Shared(control): Shared<Control>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: HttpRequest,
    next: Next,
) -> Response {
    if control == Control::Anyone || peer.ip().to_canonical().is_loopback() {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "the control address is for this machine only\n").into_response()
}

/// Notes a request and its answer, and counts it against the limit of its address.
async fn record(
    Shared(state): Shared<Arc<State>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: HttpRequest,
    next: Next,
) -> Response {
    let number = lock(&state.log).open(described(&state, &request));
    let limit = state.per_ip_per_minute;
    let admitted = limit == 0 || {
        let mut addresses = lock(&state.addresses);
        addresses.entry(peer.ip()).or_insert_with(Limiter::default).admits(Instant::now(), 0, limit)
    };
    let mut answer =
        if admitted { next.run(request).await } else { ApiError::TooMany.into_response_in(Language::default()) };
    let noted = answer.extensions_mut().remove::<Noted>().unwrap_or_default();
    lock(&state.log).close(number, answer.status().as_u16(), noted);
    answer
}

fn described(state: &State, request: &HttpRequest) -> Request {
    let Query(mut query) = Query::<Vec<(String, String)>>::try_from_uri(request.uri()).unwrap_or_default();
    for (name, value) in &mut query {
        if name == "client_secret" {
            "…".clone_into(value);
        }
    }
    let text = |name: &&str| {
        let value = request.headers().get(*name)?.to_str().ok()?;
        Some(((*name).to_owned(), value.to_owned()))
    };
    let token = bearer(request.headers());
    Request {
        at_ms: u64::try_from(state.started.elapsed().as_millis()).unwrap_or(u64::MAX),
        method: request.method().to_string(),
        path: format!("/v1{}", request.uri().path()),
        query,
        headers: HEADERS.iter().filter_map(text).collect(),
        with_token: token.is_some(),
        client_id: token.and_then(|token| state.tenant_of_token(token)).map(|tenant| tenant.client_id.clone()),
        ..Request::default()
    }
}
