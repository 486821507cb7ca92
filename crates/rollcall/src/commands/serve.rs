//! `rollcall serve`: the web front, deliveries, and imports that were interrupted.

use std::{net::SocketAddr, process::ExitCode, time::Duration};

use anyhow::{Context, Result};
use engine::{Engine, import::Silent};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    time::sleep,
};

use crate::{cli::Place, config};

/// How often the outbox and interrupted imports are looked at.
const LOOK: Duration = Duration::from_secs(2);

pub(crate) async fn run(place: &Place, listen: SocketAddr) -> Result<ExitCode> {
    let engine = config::engine(place).await?;
    let listener = self::listen(listen).await?;
    println!("Rollcall serves http://{}", listener.local_addr()?);
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
    let worker = tokio::spawn(work(engine.clone(), stopping.clone()));
    let mut told = stopping;
    let web = web::serve(listener, engine, async move { drop(told.wait_for(|stop| *stop).await) });
    let web = tokio::spawn(web);
    stopped().await;
    stop.send_replace(true);
    web.await??;
    worker.await?;
    Ok(())
}

async fn work(engine: Engine, mut stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        if let Err(error) = engine.go_on(&Silent).await {
            tracing::error!(%error, "an interrupted import could not be gone on with");
        }
        if let Err(error) = engine.lapse_holds().await {
            tracing::error!(%error, "imports on hold could not be looked at");
        }
        if let Err(error) = engine.deliver().await {
            tracing::error!(%error, "mails could not be delivered");
        }
        tokio::select! {
            () = sleep(LOOK) => {}
            _ = stopping.wait_for(|stop| *stop) => {}
        }
    }
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
