//! Connections: how many, from whom, and how long each may take to say what it wants.

use std::{future::Future, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use domain::network::household;
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};
use tower::ServiceExt;

use crate::{House, crowd::Crowd, meters::One, patient::Patient};

/// The most that the head of a request may be, in bytes: its address and all its headers.
const LARGEST_HEAD: usize = 32 * 1024;

/// The most headers that a request may have.
const MOST_HEADERS: usize = 100;

/// How long is waited when the system has no connection to give, for instance since there are too many files open.
const BREATH: Duration = Duration::from_millis(100);

/// What is said to whom there is no room for. Nobody has to be asked for it.
const NO_ROOM: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n\
                         Content-Type: text/plain; charset=utf-8\r\nContent-Length: 43\r\n\r\n\
                         There is no room now. Try again in a while.";

/// Serves until told to stop, and then finishes what was asked before.
pub(crate) async fn serve(listener: TcpListener, app: Router, house: Arc<House>, stop: impl Future<Output = ()>) {
    let limits = &house.options.limits;
    let graceful = GracefulShutdown::new();
    let (room, crowd) = (Arc::new(Semaphore::new(limits.connections)), Crowd::new(limits.connections_of_one));
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            // Whoever it was has gone again.
            Err(error) if is_about_the_peer(&error) => continue,
            Err(error) => {
                tracing::error!(%error, "no connection can be taken on");
                sleep(BREATH).await;
                continue;
            }
        };
        let of_one = household(peer.ip());
        let is_proxy = house.options.proxies.trust(peer.ip().to_canonical());
        let place = if is_proxy { None } else { Some(crowd.enter(of_one)) };
        let (Ok(permit), false) = (Arc::clone(&room).try_acquire_owned(), matches!(place, Some(None))) else {
            house.meters.refused("connection");
            // There is room for so little in any new connection.
            drop(stream.try_write(NO_ROOM));
            continue;
        };
        let one = One::of(&house.meters.connections);
        let talk = graceful.watch(talk(stream, peer, app.clone(), &house));
        tokio::spawn(async move {
            // What goes wrong here is about the peer, who has gone or took too long.
            if let Err(error) = talk.await {
                tracing::debug!(is_timeout = error.is_timeout(), "a connection has ended early");
            }
            drop((permit, place, one));
        });
    }
    drop(listener);
    if timeout(limits.finish, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were broken off since the process is to stop");
    }
}

/// One connection, with its timers.
fn talk(
    stream: TcpStream,
    peer: SocketAddr,
    app: Router,
    house: &House,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> + Send + 'static {
    let limits = &house.options.limits;
    // An answer is written in one go; waiting for more to send with it would only delay it.
    drop(stream.set_nodelay(true));
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        app.clone().oneshot(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_header_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(Patient::new(stream, limits.unread)), service)
}

fn is_about_the_peer(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(error.kind(), Kind::ConnectionRefused | Kind::ConnectionAborted | Kind::ConnectionReset)
}
