//! Files that are written while they are read: a hundred thousand lines need no room here.

use axum::{
    body::Body,
    http::header,
    response::{IntoResponse, Response},
};
use engine::EngineResult;
use futures::{Stream, StreamExt};
use tokio::sync::mpsc;

/// Where the lines of a file go.
pub(crate) type Lines = mpsc::Sender<EngineResult<String>>;

/// A CSV file with this name; `work` writes its lines.
pub(crate) fn csv<W: Future<Output = ()> + Send + 'static>(name: &str, work: impl FnOnce(Lines) -> W) -> Response {
    let (sender, receiver) = mpsc::channel(16);
    tokio::spawn(work(sender));
    let lines = futures::stream::unfold(receiver, |mut receiver| async {
        let line = receiver.recv().await?;
        Some((line, receiver))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, Body::from_stream(lines)).into_response()
}

/// Writes these lines, for as long as somebody reads them.
pub(crate) async fn write(lines: EngineResult<impl Stream<Item = EngineResult<String>>>, to: Lines) {
    let lines = match lines {
        Ok(lines) => lines,
        Err(error) => return drop(to.send(Err(error)).await),
    };
    let mut lines = std::pin::pin!(lines);
    while let Some(line) = lines.next().await {
        if to.send(line).await.is_err() {
            return;
        }
    }
}
