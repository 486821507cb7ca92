//! How far an import is, for whoever watches: here and now, and through the database.

use domain::import::State;
use store::Import;
use tokio::time::{Duration, Instant};

use crate::Engine;

/// How often the database is told: often enough for a bar, too seldom to be felt.
const EVERY: Duration = Duration::from_millis(250);

/// When it is told for the first time. Many an import is over sooner.
const FIRST: Duration = Duration::from_millis(50);

/// Somebody in this process who watches an import.
pub trait Watcher: Send + Sync {
    /// Somebody else seems to be at work, and it takes a while to see whether they still are.
    fn waits(&self) {}

    /// The import stands here: so many of so many people (or rows) are done.
    fn at(&self, state: State, done: u64, total: u64);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Watcher for Silent {
    fn at(&self, _: State, _: u64, _: u64) {}
}

/// Tells watchers, and the database a few times a second.
pub(crate) struct Progress<'a> {
    engine: &'a Engine,
    watcher: &'a dyn Watcher,
    /// When the database is told again.
    again: Instant,
}

impl<'a> Progress<'a> {
    pub(crate) fn new(engine: &'a Engine, watcher: &'a dyn Watcher) -> Self {
        Self { engine, watcher, again: Instant::now() + FIRST }
    }

    /// Tells everybody; the beginning and the end of a stage stand in the database with the import's move. That a bar
    /// lags behind is no reason to stop an import.
    pub(crate) async fn tell(&mut self, import: &mut Import, state: State, done: u64, total: u64) {
        self.watcher.at(state, done, total);
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        (import.progress_done, import.progress_total) = (count(done), count(total));
        let now = Instant::now();
        if (1..total).contains(&done) && now >= self.again {
            self.again = now + EVERY;
            if let Err(error) = self.engine.store.note_progress(import, done, total).await {
                tracing::debug!(error = error.for_log(), "progress could not be noted");
            }
            self.engine.wake.progress.notify_waiters();
        }
    }
}
