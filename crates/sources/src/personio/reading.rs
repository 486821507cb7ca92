//! Everybody, page by page (R1), with the next pages on their way while one is being handled.

use std::{collections::HashSet, sync::Arc};

use domain::record::Asked;
use futures::stream::{self, BoxStream, StreamExt};
use tokio::{sync::mpsc, task::JoinSet};
use tracing::{Instrument, debug};

use super::{NAME, ahead::Ahead, client::Client};
use crate::{Page, SourceError, SourceResult};

/// How many pages may wait to be handled.
const WAITING: usize = 1;
/// No company has more people; a list that goes on beyond has no end.
const MOST_PEOPLE: u64 = 10_000_000;

/// All pages. Fetching begins when the stream is first looked at, and ends when it is dropped.
pub(super) fn everybody(client: Arc<Client>, asked: Asked) -> BoxStream<'static, SourceResult<Page>> {
    stream::unfold(Reading::Due(client, asked), |reading| async move {
        let (mut pages, mut task) = match reading {
            Reading::Due(client, asked) => start(client, asked),
            Reading::UnderWay(pages, task) => (pages, task),
            Reading::Over => return None,
        };
        if let Some(page) = pages.recv().await {
            return Some((Ok(page), Reading::UnderWay(pages, task)));
        }
        // No more pages: only the task's own word says whether that was all of them (R1).
        match task.join_next().await {
            Some(Ok(Ok(()))) => None,
            Some(Ok(Err(error))) => Some((Err(error), Reading::Over)),
            Some(Err(_)) | None => Some((Err(broken_off()), Reading::Over)),
        }
    })
    .boxed()
}

enum Reading {
    Due(Arc<Client>, Asked),
    /// A `JoinSet` aborts its task when it is dropped.
    UnderWay(mpsc::Receiver<Page>, JoinSet<SourceResult<()>>),
    Over,
}

fn start(client: Arc<Client>, asked: Asked) -> (mpsc::Receiver<Page>, JoinSet<SourceResult<()>>) {
    let (out, pages) = mpsc::channel(WAITING);
    let mut task = JoinSet::new();
    task.spawn(async move { fetch(client, asked, &out, MOST_PEOPLE).await }.in_current_span());
    (pages, task)
}

/// Hands out page after page until there are no more, or `most` people have come.
pub(super) async fn fetch(client: Arc<Client>, asked: Asked, out: &mpsc::Sender<Page>, most: u64) -> SourceResult<()> {
    let mut offset = 0;
    let mut totals = HashSet::new();
    let mut ahead = Ahead::new(client, asked);
    loop {
        let page = ahead.page(offset).await?;
        let total = page.total;
        // By what came, not by what was asked for: a page size may be capped in silence.
        let read = offset + page.records.len() as u64;
        debug!(offset, read, total, "a page of employees");
        totals.insert(total);
        let nobody = read == offset && read < total;
        // Where the total has moved, people have moved: whoever watches the whole read knows what
        // that means (R2). Where it has not, the source broke its word.
        if nobody && totals.len() == 1 {
            return Err(SourceError::EndedEarly { source_name: NAME, read, total });
        }
        let is_last = nobody || read >= total;
        if !is_last {
            ahead.ask(offset, read, total);
        }
        if out.send(page).await.is_err() || is_last {
            return Ok(());
        }
        if read > most {
            let detail = format!("the list of employees goes on after {read} of them");
            return Err(SourceError::Unreadable { source_name: NAME, detail });
        }
        offset = read;
    }
}

pub(super) fn broken_off() -> SourceError {
    SourceError::Unreachable { source_name: NAME, detail: "reading was broken off in Rollcall itself".to_owned() }
}
