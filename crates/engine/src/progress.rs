//! How far an import is, for everybody who looks, wherever it was started and whoever works on it: the
//! database knows, and one poller for each import and process reads it while somebody watches.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::{ids::ImportId, import::State};
use store::{Import, StoreError};
use tokio::{
    sync::watch::{Receiver, Sender, channel},
    time::sleep,
};

use crate::{Engine, EngineResult};

/// How often the database is asked while somebody watches.
const EVERY: Duration = Duration::from_millis(250);

/// How long it takes at least from one look to the next.
const AT_MOST: Duration = Duration::from_millis(75);

/// The imports that are being watched in this process.
pub(crate) type Watched = Arc<Mutex<HashMap<ImportId, Sender<Progress>>>>;

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// The import.
    pub import: ImportId,
    /// Where it stands.
    pub state: State,
    /// How many people (while reading) or changes (while applying) are done.
    pub done: u64,
    /// Of how many; 0 where that is not known yet, or there is nothing to count.
    pub total: u64,
    /// Since when it stands there, in microseconds of UTC.
    pub stage_since: i64,
    /// How many a second, since it began to stand there.
    pub rate: Option<f64>,
    /// How many seconds this stage will go on at that rate.
    pub seconds_left: Option<u64>,
    /// Whether it has come to its end: nothing more will happen to it.
    pub finished: bool,
}

impl Progress {
    /// Where an import stands, as the database has it, at this time in microseconds of UTC.
    pub fn of(import: &Import, now: i64) -> Result<Self, StoreError> {
        let state = import.state()?;
        let counts = matches!(state, State::Reading | State::Applying);
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        let (done, total) = if counts { (count(import.progress_done), count(import.progress_total)) } else { (0, 0) };
        let rate = rate(done, now.saturating_sub(import.stage_since)).filter(|_| counts);
        Ok(Self {
            import: import.number(),
            state,
            done,
            total,
            stage_since: import.stage_since,
            rate,
            seconds_left: rate.filter(|_| total > 0).map(|rate| seconds(total.saturating_sub(done), rate)),
            finished: !state.is_running() && state != State::OnHold,
        })
    }
}

/// So many a second, once there is something to go by.
fn rate(done: u64, micros: i64) -> Option<f64> {
    let millis = u32::try_from(micros / 1_000).ok().filter(|millis| *millis >= 500)?;
    let done = u32::try_from(done).ok().filter(|done| *done > 0)?;
    Some(f64::from(done) * 1_000.0 / f64::from(millis))
}

/// How long the rest takes at this rate.
fn seconds(left: u64, rate: f64) -> u64 {
    let left = f64::from(u32::try_from(left).unwrap_or(u32::MAX));
    Duration::try_from_secs_f64((left / rate).ceil()).map_or(0, |time| time.as_secs())
}

impl Engine {
    /// Where the import stands now.
    pub fn progress_of(&self, import: &Import) -> EngineResult<Progress> {
        Ok(Progress::of(import, self.now())?)
    }

    /// Follows an import: the receiver holds where it stands, and is told of every change. It is closed
    /// after the import's end, or when the database can no longer be asked.
    pub async fn watch(&self, import: ImportId) -> EngineResult<Receiver<Progress>> {
        if let Some(sender) = self.watched().get(&import) {
            return Ok(sender.subscribe());
        }
        let row = self.import_by_number(import).await?;
        let first = self.progress_of(&row)?;
        let mut watched = self.watched();
        // Somebody else may have begun to watch meanwhile.
        if let Some(sender) = watched.get(&import) {
            return Ok(sender.subscribe());
        }
        let (sender, receiver) = channel(first);
        if !first.finished {
            watched.insert(import, sender.clone());
            tokio::spawn(poll(self.clone(), row, sender));
        }
        Ok(receiver)
    }

    /// How many imports are polled for watchers in this process.
    pub fn watched_imports(&self) -> usize {
        self.watched().len()
    }

    fn watched(&self) -> std::sync::MutexGuard<'_, HashMap<ImportId, Sender<Progress>>> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads where the import stands as long as somebody watches and it goes on.
async fn poll(engine: Engine, row: Import, sender: Sender<Progress>) {
    let import = row.number();
    loop {
        tokio::select! {
            () = sleep(EVERY) => {}
            () = sender.closed() => {}
            // Somebody's import has moved, here or on another node; many that do are one reason to look.
            () = async { engine.wake.progress.notified().await; sleep(AT_MOST).await } => {}
        }
        {
            // Under the lock, so that nobody subscribes to what is about to end.
            let mut watched = engine.watched();
            if sender.receiver_count() == 0 {
                watched.remove(&import);
                return;
            }
        }
        let now = match engine.store.import_of(row.programme(), import).await {
            Ok(Some(row)) => engine.progress_of(&row),
            Ok(None) => break,
            Err(error) => Err(error.into()),
        };
        match now {
            Ok(now) => {
                sender.send_if_modified(|known| std::mem::replace(known, now) != now);
                if now.finished {
                    break;
                }
            }
            Err(error) => {
                tracing::warn!(error = error.for_log().as_ref(), %import, "it cannot be told how far an import is");
                break;
            }
        }
    }
    engine.watched().remove(&import);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_from_what_is_done() {
        assert_eq!(rate(0, 10_000_000), None);
        assert_eq!(rate(100, 100_000), None, "too early to tell");
        assert_eq!(rate(500, 10_000_000), Some(50.0));
        assert_eq!((seconds(1_001, 50.0), seconds(0, 50.0)), (21, 0));
    }
}
