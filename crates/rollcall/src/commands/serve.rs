//! `rollcall serve`: the web front, and what is done in the background.

use std::{net::SocketAddr, process::ExitCode, time::Duration};

use anyhow::{Context, Result};
use engine::Engine;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};
use web::{Front, Limits, Options};

use crate::{
    cli::{Place, Serve},
    config,
};

pub(crate) async fn run(place: &Place, wanted: Serve) -> Result<ExitCode> {
    config::check_reachable(place, wanted.listen)?;
    let listener = listen(wanted.listen, "--listen").await?;
    let metrics = match wanted.metrics_listen {
        Some(address) => Some(listen(address, "--metrics-listen").await?),
        None => None,
    };
    let engine = config::engine(&place.serving(listener.local_addr()?)).await?;
    println!("Rollcall serves http://{}", listener.local_addr()?);
    if let Some(restore) = engine.restored().await? {
        tracing::warn!(backup_at = restore.backup_at, "restored from a backup and held until it is released");
        println!("\nIt is held since it was restored: nothing is imported or sent until `rollcall release --yes`.");
    }
    if let Some(link) = engine.first_run_link().await? {
        println!("\nThere is no administrator yet. Open this link within 30 minutes to begin:\n  {link}");
    }
    if let Some(metrics) = &metrics {
        println!("Metrics are at http://{}/metrics", metrics.local_addr()?);
    }
    let limits = Limits { drain: Duration::from_secs(wanted.drain), ..Limits::default() };
    let options = Options { proxies: wanted.trusted_proxies.unwrap_or_default(), limits };
    until_stopped(engine, listener, metrics, options).await?;
    Ok(ExitCode::SUCCESS)
}

/// The address, or what to do when it is taken.
pub(crate) async fn listen(address: SocketAddr, option: &str) -> Result<TcpListener> {
    let told = || format!("{address} cannot be listened on. Choose another address with {option}");
    web::listen(address).await.with_context(told)
}

/// Serves and works until the process is told to stop; what was begun is finished first.
pub(crate) async fn until_stopped(
    engine: Engine,
    listener: TcpListener,
    metrics: Option<TcpListener>,
    options: Options,
) -> Result<()> {
    let (stop, stopping) = watch::channel(false);
    let worker = {
        let (engine, stopping) = (engine.clone(), stopping.clone());
        tokio::spawn(async move { engine.work(stopping).await })
    };
    let front = Front::new(engine, options, stopping.clone());
    let metrics = metrics.map(|listener| {
        let mut told = stopping;
        let told = async move { drop(told.wait_for(|stop| *stop).await) };
        tokio::spawn(web::serve_metrics(listener, front.clone(), told))
    });
    let web = tokio::spawn(async move { front.serve(listener).await });
    stopped().await;
    tracing::info!("told to stop");
    stop.send_replace(true);
    web.await?;
    worker.await?;
    if let Some(metrics) = metrics {
        metrics.await??;
    }
    tracing::info!("stopped");
    Ok(())
}

/// Comes back when the process is told to stop.
pub(crate) async fn stopped() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => drop(terminate.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
