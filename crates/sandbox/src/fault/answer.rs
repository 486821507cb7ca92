//! What a fault makes of an answer.

use std::{io, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::{Stream, StreamExt, stream};

use super::FaultKind;
use crate::{
    api::errors::{ApiError, error_within},
    knobs::Language,
};

const PAGE: &str = "<!doctype html>\n<html lang=\"en\"><head><title>Maintenance</title></head>\
<body><h1>We will be back soon</h1><p>The service is being looked after.</p></body></html>\n";

/// Waits where a fault says so, and answers where it leaves nothing else to do.
pub(crate) async fn before(faults: &[FaultKind], language: Language) -> Option<Response> {
    for fault in faults {
        match fault {
            FaultKind::Slow { ms } => tokio::time::sleep(Duration::from_millis(*ms)).await,
            FaultKind::Hang { within: false } => std::future::pending::<()>().await,
            _ => {}
        }
    }
    faults.iter().find_map(|fault| instead(fault, language))
}

fn instead(fault: &FaultKind, language: Language) -> Option<Response> {
    let answer = match fault {
        FaultKind::Status { status, retry_after } => {
            let mut answer = ApiError::of_status(status_code(*status)).into_response_in(language);
            if let Some(seconds) = retry_after {
                answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            }
            answer
        }
        FaultKind::ErrorWithin => error_within(),
        FaultKind::Unreadable => written(
            StatusCode::OK,
            "application/json",
            "{\"success\":true,\"metadata\":{\"total_elements\":12,\"curr".to_owned(),
        ),
        FaultKind::Html => written(StatusCode::OK, "text/html; charset=utf-8", PAGE.to_owned()),
        FaultKind::Answer { status, content_type, body } => written(status_code(*status), content_type, body.clone()),
        FaultKind::Redirect { to, status } => {
            let mut answer = status_code(*status).into_response();
            if let Ok(to) = HeaderValue::from_str(to) {
                answer.headers_mut().insert(header::LOCATION, to);
            }
            answer
        }
        _ => return None,
    };
    Some(answer)
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn written(status: StatusCode, content_type: &str, body: String) -> Response {
    let mut answer = (status, body).into_response();
    if let Ok(content_type) = HeaderValue::from_str(content_type) {
        answer.headers_mut().insert(header::CONTENT_TYPE, content_type);
    }
    answer
}

/// A good answer's body, or what a fault makes of it.
pub(crate) fn after(faults: &[FaultKind], body: Bytes) -> Response {
    let length = body.len();
    for fault in faults {
        let (body, length) = match fault {
            // The length is promised and not kept: a reader can tell that something is missing.
            FaultKind::Cut => (Body::from_stream(cut(body.slice(..length / 2))), Some(length)),
            FaultKind::Hang { within: true } => {
                let half = stream::iter([Ok::<_, io::Error>(body.slice(..length / 2))]);
                (Body::from_stream(half.chain(stream::pending())), Some(length))
            }
            FaultKind::Trickle { ms, bytes } => (Body::from_stream(trickle(body, *ms, *bytes)), Some(length)),
            FaultKind::Huge { bytes } => (Body::from_stream(huge(*bytes)), None),
            _ => continue,
        };
        let mut answer = body.into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(length) = length {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        return answer;
    }
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}

/// Breaks the connection after a moment: what was written before has gone out by then.
fn cut(body: Bytes) -> impl Stream<Item = Result<Bytes, io::Error>> {
    let broken = stream::once(async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err(io::Error::other("cut off"))
    });
    stream::iter([Ok(body)]).chain(broken)
}

fn trickle(body: Bytes, ms: u64, bytes: usize) -> impl Stream<Item = Result<Bytes, io::Error>> {
    stream::unfold(body, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(ms)).await;
        let piece = rest.split_to(bytes.clamp(1, rest.len()));
        Some((Ok(piece), rest))
    })
}

fn huge(bytes: u64) -> impl Stream<Item = Result<Bytes, io::Error>> {
    const PIECE: &[u8] = &[b' '; 65_536];
    let start = Bytes::from_static(b"{\"success\":true,\"data\":[");
    let pieces = bytes / PIECE.len() as u64;
    let rest =
        stream::unfold(
            0,
            move |sent| async move { (sent < pieces).then(|| (Ok(Bytes::from_static(PIECE)), sent + 1)) },
        );
    stream::iter([Ok(start)]).chain(rest)
}
