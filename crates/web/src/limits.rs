//! How much one request may be, how long it may take, and how many there may be at once.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use domain::network::household;
use futures::{StreamExt, stream};
use tokio::time::{Instant, timeout, timeout_at};

use crate::{Web, failure::Failure, refuse::refuse, seen::Client};

/// What is answered however busy the server is: whoever asks has to know.
fn is_about_health(request: &Request) -> bool {
    matches!(request.uri().path(), "/healthz" | "/readyz")
}

/// Lets a request through if there is room for it.
pub(crate) async fn admit(State(web): State<Web>, request: Request, next: Next) -> Response {
    if is_about_health(&request) {
        return next.run(request).await;
    }
    let house = &web.house;
    let is_api = crate::is_api(&request);
    let Ok(_room) = house.room.try_acquire() else {
        house.meters.refused("overload");
        return refuse(&web, is_api, request.headers(), Failure::Overloaded);
    };
    let client: Option<IpAddr> = request.extensions().get::<Client>().map(|client| household(client.0));
    let place = client.map(|client| house.clients.enter(client));
    if let Some(None) = place {
        house.meters.refused("client");
        return refuse(&web, is_api, request.headers(), Failure::TooMany);
    }
    next.run(request).await
}

/// Waits for a request's body, and for its answer, no longer than it may take.
pub(crate) async fn in_time(State(web): State<Web>, request: Request, next: Next) -> Response {
    let limits = &web.house.options.limits;
    let (headers, is_api) = (request.headers().clone(), crate::is_api(&request));
    let late = Arc::new(AtomicBool::new(false));
    let request = request.map(|body| bounded(body, Instant::now() + limits.body, Arc::clone(&late)));
    let answered = timeout(limits.whole, next.run(request)).await;
    let (why, reason) = match answered {
        _ if late.load(Ordering::Relaxed) => (Failure::TooSlow, "slow"),
        Err(_) => (Failure::Overloaded, "time"),
        Ok(mut response) => {
            if response.status() == StatusCode::PAYLOAD_TOO_LARGE {
                web.house.meters.refused("size");
                // The rest of the body is not waited for.
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            return response;
        }
    };
    web.house.meters.refused(reason);
    refuse(&web, is_api, &headers, why)
}

/// The body, which breaks off at this time and says so.
fn bounded(body: Body, until: Instant, late: Arc<AtomicBool>) -> Body {
    let frames = stream::unfold((body.into_data_stream(), late), move |(mut body, late)| async move {
        match timeout_at(until, body.next()).await {
            Ok(Some(frame)) => Some((frame, (body, late))),
            Ok(None) => None,
            Err(_) if late.swap(true, Ordering::Relaxed) => None,
            Err(_) => Some((Err::<Bytes, _>(axum::Error::new("the body did not come in time")), (body, late))),
        }
    });
    Body::from_stream(frames)
}
