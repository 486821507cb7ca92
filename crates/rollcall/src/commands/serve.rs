//! `rollcall serve`: the web front, and what is done in the background; both, or one of them.

use std::{net::SocketAddr, pin::pin, process::ExitCode, time::Duration};

use anyhow::{Context, Result, anyhow};
use engine::Engine;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
    task::JoinSet,
    time::timeout,
};
use web::{Front, Limits, Options};

use crate::{
    cli::{Place, Serve},
    config,
    table::say,
};

/// How long everything may take once the process is to stop, besides the time to drain; what is under way takes less.
const GRACE: Duration = Duration::from_millis(9_500);

/// What one process does, and for whom.
#[derive(Default)]
pub(crate) struct Serving {
    /// Where people are served, if they are.
    pub(crate) listener: Option<TcpListener>,
    /// Where Prometheus is told, if it is.
    pub(crate) metrics: Option<TcpListener>,
    /// Whether it works in the background.
    pub(crate) works: bool,
    pub(crate) options: Options,
}

pub(crate) async fn run(place: &Place, wanted: Serve) -> Result<ExitCode> {
    let mut stop = pin!(stopped());
    let (engine, serving) = tokio::select! {
        ready = get_ready(place, wanted) => ready?,
        () = &mut stop => return Ok(ExitCode::SUCCESS),
    };
    until_stopped(stop, engine, serving).await?;
    Ok(ExitCode::SUCCESS)
}

/// Opens what is to be served, and tells where it is.
async fn get_ready(place: &Place, wanted: Serve) -> Result<(Engine, Serving)> {
    let both = wanted.web == wanted.work;
    let listener = if both || wanted.web {
        config::check_reachable(place, wanted.listen)?;
        Some(listen(wanted.listen, "--listen").await?)
    } else {
        None
    };
    let metrics = match wanted.metrics_listen {
        Some(address) => Some(listen(address, "--metrics-listen").await?),
        None => None,
    };
    let engine = match &listener {
        Some(listener) => config::engine(&place.serving(listener.local_addr()?)).await?,
        None => config::engine(place).await?,
    };
    let engine = engine.with_imports_at_once(wanted.imports_at_once);
    // Asked before anything is told: a database that goes away now means that the start failed, not that it serves.
    let (restore, first_run) = (engine.restored().await?, engine.first_run_link().await?);
    match &listener {
        Some(listener) => tell(&format!("Rollcall serves http://{}", listener.local_addr()?)),
        None => tell("Rollcall works in the background; people are served elsewhere"),
    }
    if let Some(restore) = restore {
        tracing::warn!(backup_at = restore.backup_at, "restored from a backup and held until it is released");
        tell("\nIt is held since it was restored: nothing is imported or sent until `rollcall release --yes`.");
    }
    if let Some(link) = first_run {
        tell(&format!("\nThere is no administrator yet. Open this link within 30 minutes to begin:\n  {link}"));
    }
    if let Some(metrics) = &metrics {
        tell(&format!("Metrics are at http://{}/metrics", metrics.local_addr()?));
    }
    let limits = Limits { drain: Duration::from_secs(wanted.drain), ..Limits::default() };
    let options = Options { proxies: wanted.trusted_proxies.unwrap_or_default(), limits };
    Ok((engine, Serving { listener, metrics, works: both || wanted.work, options }))
}

/// Tells whoever looks. That nobody does any more is no reason to stop serving.
fn tell(text: &str) {
    drop(say!("{text}"));
}

/// The address, or what to do when it is taken.
pub(crate) async fn listen(address: SocketAddr, option: &str) -> Result<TcpListener> {
    let told = || format!("{address} cannot be listened on. Choose another address with {option}");
    web::listen(address).await.with_context(told)
}

/// Serves people and works in the background, as far as that is asked, until the process is told to stop; what was
/// begun is finished first. If one of them ends before it is told to, so do the others: a process that does half of
/// what it is there for would not be missed.
pub(crate) async fn until_stopped(told: impl Future<Output = ()>, engine: Engine, serving: Serving) -> Result<()> {
    let (stop, stopping) = watch::channel(false);
    let grace = GRACE + serving.options.limits.drain;
    let mut parts = JoinSet::new();
    if serving.works {
        let (engine, stopping) = (engine.clone(), stopping.clone());
        parts.spawn(async move {
            Box::pin(engine.work(stopping)).await;
            Ok(())
        });
    }
    let front = Front::new(engine, serving.options, stopping.clone());
    if let Some(listener) = serving.metrics {
        let (front, mut told) = (front.clone(), stopping);
        let told = async move { drop(told.wait_for(|stop| *stop).await) };
        parts.spawn(web::serve_metrics(listener, front, told));
    }
    if let Some(listener) = serving.listener {
        parts.spawn(async move {
            front.serve(listener).await;
            Ok(())
        });
    }
    let early = tokio::select! {
        () = told => None,
        ended = parts.join_next() => ended,
    };
    tracing::info!("told to stop");
    stop.send_replace(true);
    let mut outcome = match early {
        None => Ok(()),
        Some(ended) => ended
            .map_err(anyhow::Error::from)
            .and_then(|ended| Ok(ended?))
            .and(Err(anyhow!("A part of this process ended by itself; start it again"))),
    };
    let finish = async {
        while let Some(ended) = parts.join_next().await {
            let ended = ended.map_err(anyhow::Error::from).and_then(|ended| Ok(ended?));
            outcome = std::mem::replace(&mut outcome, Ok(())).and(ended);
        }
    };
    if timeout(grace, finish).await.is_err() {
        tracing::info!("somebody's request was cut off since the process is to stop");
    }
    tracing::info!("stopped");
    outcome
}

/// Comes back when the process is told to stop. It listens from now on, not from when somebody waits for it: whoever is told
/// that it is there may tell it to stop at once.
pub(crate) fn stopped() -> impl Future<Output = ()> {
    let [terminate, interrupt] = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    async move {
        let told = async |signal: std::io::Result<Signal>| match signal {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        };
        tokio::select! {
            () = told(terminate) => {}
            () = told(interrupt) => {}
        }
    }
}
