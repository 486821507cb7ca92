//! `rollcall serve`: the web front, and what is done in the background.

use std::{net::SocketAddr, process::ExitCode};

use anyhow::{Context, Result};
use engine::Engine;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use crate::{cli::Place, config};

pub(crate) async fn run(place: &Place, listen: SocketAddr) -> Result<ExitCode> {
    config::check_reachable(place, listen)?;
    let listener = self::listen(listen).await?;
    let engine = config::engine(&place.serving(listener.local_addr()?)).await?;
    println!("Rollcall serves http://{}", listener.local_addr()?);
    if let Some(restore) = engine.restored().await? {
        tracing::warn!(backup_at = restore.backup_at, "restored from a backup and held until it is released");
        println!("\nIt is held since it was restored: nothing is imported or sent until `rollcall release --yes`.");
    }
    if let Some(link) = engine.first_run_link().await? {
        println!("\nThere is no administrator yet. Open this link within 30 minutes to begin:\n  {link}");
    }
    until_stopped(engine, listener).await?;
    Ok(ExitCode::SUCCESS)
}

/// The address, or what to do when it is taken.
pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener> {
    web::listen(address)
        .await
        .with_context(|| format!("{address} cannot be listened on. Choose another address with --listen"))
}

/// Serves and works until the process is told to stop; what was begun is finished first.
pub(crate) async fn until_stopped(engine: Engine, listener: TcpListener) -> Result<()> {
    let (stop, stopping) = watch::channel(false);
    let worker = {
        let (engine, stopping) = (engine.clone(), stopping.clone());
        tokio::spawn(async move { engine.work(stopping).await })
    };
    let mut told = stopping;
    let web = web::serve(listener, engine, async move { drop(told.wait_for(|stop| *stop).await) });
    let web = tokio::spawn(web);
    stopped().await;
    stop.send_replace(true);
    web.await??;
    worker.await?;
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
