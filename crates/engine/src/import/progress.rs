//! How far an import is, for whoever watches: here and now, and through the database.

use domain::import::State;
use tokio::time::{Duration, Instant, sleep_until};

use super::Run;
use crate::EngineResult;

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

/// Who watches, and when the database is told again.
pub(crate) struct Progress<'a> {
    watcher: &'a dyn Watcher,
    again: Instant,
}

impl<'a> Progress<'a> {
    pub(crate) fn new(watcher: &'a dyn Watcher) -> Self {
        Self { watcher, again: Instant::now() + FIRST }
    }

    /// A stage begins.
    pub(crate) fn begin(&mut self) {
        self.again = Instant::now() + FIRST;
    }
}

impl Run<'_> {
    /// Tells everybody how far the stage is. Its beginning and its end stand in the database with the import's moves. That
    /// a bar lags behind is no reason to stop an import.
    pub(super) async fn tell(&mut self, done: u64, total: u64) -> EngineResult<()> {
        self.progress.watcher.at(self.import.state()?, done, total);
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        (self.import.progress_done, self.import.progress_total) = (count(done), count(total));
        let now = Instant::now();
        if !(1..total).contains(&done) || now < self.progress.again {
            return Ok(());
        }
        self.progress.again = now + EVERY;
        if !self.is_noted {
            return self.note_stage().await;
        }
        if let Err(error) = self.engine.store.note_progress(&self.import, done, total).await {
            tracing::debug!(error = error.for_log(), "progress could not be noted");
        }
        self.engine.wake.progress.notify_waiters();
        Ok(())
    }

    /// Comes back when the stage that was entered has taken a while, unless that is noted already.
    pub(super) async fn takes_a_while(&self) {
        if self.is_noted {
            std::future::pending::<()>().await;
        }
        sleep_until(self.progress.again).await;
    }
}
