//! How an import goes on, told as it happens: a stream of server-sent events.

use std::convert::Infallible;

use axum::{
    extract::Path,
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use engine::Progress;
use futures::{Stream, StreamExt, stream};
use serde_json::json;
use tokio::sync::watch::Receiver;

use super::{found, progress::told};
use crate::{access::Manager, failure::Failure, meters::One, page::Page, words::Words};

/// `GET /manage/{programme}/imports/{id}/events`: one event `progress` for each step. It ends with the
/// import, or when the server is told to stop; a browser then asks again.
pub(super) async fn follow(manager: Manager, Path((_, id)): Path<(String, String)>) -> Page {
    let (import, _) = found(&manager, &id).await?;
    let house = &manager.web.house;
    let Some(place) = house.streams.enter(manager.signed.session().to_owned()) else {
        house.meters.refused("stream");
        return Err(Failure::TooMany);
    };
    let held = (place, One::of(&house.meters.streams));
    let watched = manager.web.engine.watch(import.number()).await?;
    let stream = held_by(held, events(manager.words, watched, manager.web.stopping.clone()));
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()).into_response())
}

/// The stream, and what is let go with it.
fn held_by<H: Send, S: Stream>(held: H, stream: S) -> impl Stream<Item = S::Item> {
    stream.map(move |event| {
        let _ = &held;
        event
    })
}

/// Where a listener is.
struct Listening {
    words: Words,
    watched: Receiver<Progress>,
    stopping: Receiver<bool>,
    /// Nothing has been told yet.
    is_new: bool,
    /// The end has been told.
    is_over: bool,
}

fn events(
    words: Words,
    watched: Receiver<Progress>,
    stopping: Receiver<bool>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let listening = Listening { words, watched, stopping, is_new: true, is_over: false };
    stream::unfold(listening, |mut at| async move {
        if at.is_over || *at.stopping.borrow() {
            return None;
        }
        if !at.is_new {
            let goes_on = tokio::select! {
                changed = at.watched.changed() => changed.is_ok(),
                _ = at.stopping.wait_for(|stop| *stop) => false,
            };
            if !goes_on {
                return None;
            }
        }
        at.is_new = false;
        let now = *at.watched.borrow_and_update();
        at.is_over = !now.state.is_running();
        let told = json!({ "stage": now.state, "done": now.done, "total": now.total, "text": told(at.words, &now) });
        Some((Ok(Event::default().event("progress").data(told.to_string())), at))
    })
}

#[cfg(test)]
mod tests {
    use domain::{ids::ImportId, import::State};
    use futures::StreamExt;
    use tokio::sync::watch;

    use super::*;
    use crate::words::Language;

    fn at(state: State) -> Progress {
        let import = ImportId(uuid::Uuid::nil());
        let finished = !state.is_running();
        Progress { import, state, done: 0, total: 0, stage_since: 0, rate: None, seconds_left: None, finished }
    }

    #[tokio::test]
    async fn a_listener_is_told_at_once_and_until_the_end() {
        let (import, watched) = watch::channel(at(State::Reading));
        let (_server, stopping) = watch::channel(false);
        let mut events = std::pin::pin!(events(Words::new(Language::English), watched, stopping));
        assert!(events.next().await.is_some());
        import.send_replace(at(State::Completed));
        assert!(events.next().await.is_some());
        assert!(events.next().await.is_none());
    }

    #[tokio::test]
    async fn a_server_that_stops_lets_its_listeners_go() {
        let (_import, watched) = watch::channel(at(State::Reading));
        let (server, stopping) = watch::channel(false);
        let mut events = std::pin::pin!(events(Words::new(Language::English), watched, stopping));
        assert!(events.next().await.is_some());
        server.send_replace(true);
        assert!(events.next().await.is_none());
    }
}
