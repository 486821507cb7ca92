//! Pages that are asked for before the one in front of them is here.
//!
//! Five requests a second are allowed, and an answer may take a second or more: one request after the other would leave
//! most of that unused.

use std::{collections::BTreeMap, sync::Arc};

use domain::record::Asked;
use tokio::task::JoinSet;
use tracing::Instrument;

use super::{client::Client, reading::broken_off};
use crate::{Page, SourceResult};

/// How many pages are under way or waiting at most. Where answers take up to 1.6 seconds, so many at once are what the
/// source allows.
pub const PAGES_AT_ONCE: usize = 8;

/// Pages by where they begin.
pub(super) struct Ahead {
    client: Arc<Client>,
    asked: Arc<Asked>,
    /// Ended when this is dropped.
    under_way: JoinSet<(u64, SourceResult<Page>)>,
    here: BTreeMap<u64, SourceResult<Page>>,
    /// Where the next page begins that nobody has asked for.
    next: u64,
    /// How many people a page holds, as far as is known.
    size: Option<u64>,
    /// Whether all pages so far were of one size. Where the next one begins is known only then.
    is_even: bool,
}

impl Ahead {
    pub(super) fn new(client: Arc<Client>, asked: Asked) -> Self {
        Self {
            client,
            asked: Arc::new(asked),
            under_way: JoinSet::new(),
            here: BTreeMap::new(),
            next: 0,
            size: None,
            is_even: true,
        }
    }

    /// The page that begins there.
    pub(super) async fn page(&mut self, offset: u64) -> SourceResult<Page> {
        if offset >= self.next {
            self.next = offset;
            self.fetch();
        }
        loop {
            if let Some(page) = self.here.remove(&offset) {
                return page;
            }
            let Some(Ok((at, page))) = self.under_way.join_next().await else { return Err(broken_off()) };
            self.here.insert(at, page);
        }
    }

    /// Asks for the pages to come: a page has been read from `offset` up to `read`, of `total` people.
    pub(super) fn ask(&mut self, offset: u64, read: u64, total: u64) {
        let size = read - offset;
        if *self.size.get_or_insert(size) != size || size == 0 {
            self.is_even = false;
        }
        if !self.is_even {
            // What was asked for begins somewhere else than the next page does.
            self.under_way.abort_all();
            self.under_way.detach_all();
            self.here.clear();
            self.next = read;
        }
        // Where each answer brings another token, the one before may be good no longer.
        let most = if self.is_even && !self.client.gets_new_tokens() { PAGES_AT_ONCE as u64 } else { 1 };
        self.next = self.next.max(read);
        while self.next < total && self.next < read + most * size.max(1) {
            self.fetch();
        }
    }

    fn fetch(&mut self) {
        let (client, asked, offset) = (Arc::clone(&self.client), Arc::clone(&self.asked), self.next);
        let page = async move { (offset, client.employees(&asked, offset).await) };
        self.under_way.spawn(page.in_current_span());
        self.next += self.size.unwrap_or(1);
    }
}
