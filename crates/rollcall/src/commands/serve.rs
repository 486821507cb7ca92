//! `rollcall serve`: the web front, and what is done in the background; both, or one of them.

use std::{process::ExitCode, time::Duration};

use anyhow::{Context, Result, anyhow};
use engine::Engine;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinSet,
    time::timeout,
};

use crate::{
    cli::{Place, Serve},
    config,
};

/// How long everything may take once the process is to stop; what is under way takes less.
const GRACE: Duration = Duration::from_millis(9_500);

pub(crate) async fn run(place: &Place, wanted: Serve) -> Result<ExitCode> {
    let both = wanted.web == wanted.work;
    if !(both || wanted.web) {
        let engine = config::engine(place).await?.with_imports_at_once(wanted.imports_at_once);
        println!("Rollcall works in the background; people are served elsewhere");
        until_stopped(engine, None, true).await?;
        return Ok(ExitCode::SUCCESS);
    }
    config::check_reachable(place, wanted.listen)?;
    let listener = listen(wanted.listen).await?;
    let engine = config::engine(&place.serving(listener.local_addr()?)).await?;
    let engine = engine.with_imports_at_once(wanted.imports_at_once);
    println!("Rollcall serves http://{}", listener.local_addr()?);
    if let Some(restore) = engine.restored().await? {
        tracing::warn!(backup_at = restore.backup_at, "restored from a backup and held until it is released");
        println!("\nIt is held since it was restored: nothing is imported or sent until `rollcall release --yes`.");
    }
    if let Some(link) = engine.first_run_link().await? {
        println!("\nThere is no administrator yet. Open this link within 30 minutes to begin:\n  {link}");
    }
    until_stopped(engine, Some(listener), both).await?;
    Ok(ExitCode::SUCCESS)
}

/// The address, or what to do when it is taken.
pub(crate) async fn listen(address: std::net::SocketAddr) -> Result<TcpListener> {
    web::listen(address)
        .await
        .with_context(|| format!("{address} cannot be listened on. Choose another address with --listen"))
}

/// Serves people on the listener, if there is one, and works in the background, if that is asked, until the process
/// is told to stop; what was begun is finished first. If either ends before it is told to, so does the other: a
/// process that does half of what it is there for would not be missed.
pub(crate) async fn until_stopped(engine: Engine, listener: Option<TcpListener>, works: bool) -> Result<()> {
    let (stop, stopping) = watch::channel(false);
    let mut parts = JoinSet::new();
    if works {
        let (engine, stopping) = (engine.clone(), stopping.clone());
        parts.spawn(async move {
            Box::pin(engine.work(stopping)).await;
            Ok(())
        });
    }
    if let Some(listener) = listener {
        let mut told = stopping;
        let served = web::serve(listener, engine, async move { drop(told.wait_for(|stop| *stop).await) });
        parts.spawn(served);
    }
    let early = tokio::select! {
        () = stopped() => None,
        ended = parts.join_next() => ended,
    };
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
    if timeout(GRACE, finish).await.is_err() {
        tracing::info!("somebody's request was cut off since the process is to stop");
    }
    outcome
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
