//! One count over all processes that use the same credentials (R6).
//!
//! One process at a time has the count, kept in a ledger that all of them reach. While it has it, it counts in memory,
//! exactly, and only says now and then that it goes on; so what all of them share costs a few statements and none of
//! the rate. When another one wants the count, its owner lets what is under way finish, and hands the count over with
//! all that was done. What an owner may do until its next word is entered beforehand, so that after a crash it is
//! taken for done.

use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures::future::BoxFuture;
use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout},
};

use super::limits::{Limits, Shared};

/// How often the owner says that it goes on, while it is used.
const EVERY: Duration = Duration::from_secs(2);

/// How long it may go on after its last word. Others wait twice as long before they take it for dead.
const GOOD_FOR: Duration = Duration::from_secs(5);

/// How often whoever wants the count looks whether it is free.
const LOOK: Duration = Duration::from_millis(200);

/// How long the count is kept when nothing asks for it.
const IDLE: Duration = Duration::from_millis(300);

/// How long a ledger that cannot be reached is left alone.
const UNREACHABLE: Duration = Duration::from_secs(1);

/// How long [`Share::rest`] waits.
const REST: Duration = Duration::from_secs(2);

/// The ledger could not be reached; its owner knows why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreachable(pub String);

/// A count, as its new owner finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How long ago requests were over.
    pub ages: Vec<Duration>,
    /// How many more may have been made by an owner who was not heard of again.
    pub unknown: usize,
}

/// Where processes keep one count for the same credentials.
pub trait Ledger: Send + Sync {
    /// Takes the count, with leave for so many requests; none while another process has it. That it is wanted is
    /// noted then.
    fn take(&self, credit: usize) -> BoxFuture<'_, Result<Option<Found>, Unreachable>>;

    /// Goes on: what was done, and how many more requests may be over before the next word. Tells whether another
    /// process wants the count; none when it is another's by now.
    fn keep(&self, ages: Vec<Duration>, credit: usize) -> BoxFuture<'_, Result<Option<bool>, Unreachable>>;

    /// Gives the count up, with all that was done.
    fn give_up(&self, ages: Vec<Duration>) -> BoxFuture<'_, Result<(), Unreachable>>;
}

/// A process's part of a count.
pub(super) struct Share {
    ledger: Arc<dyn Ledger>,
    held: Mutex<Held>,
    /// How many wait to be let through, or are being let through.
    waiting: AtomicUsize,
    /// The count was taken, kept, or is somebody else's.
    changed: Notify,
    /// There may be something to do for whoever keeps the count.
    look: Notify,
}

#[derive(Debug, Default)]
struct Held {
    /// Until when requests may be made.
    good_until: Option<Instant>,
    /// How many may be made before the next word.
    credit: usize,
    /// Whether somebody looks after the count.
    kept: bool,
    /// Whether the count is to be given up as soon as nothing is under way.
    rests: bool,
}

impl Held {
    fn is_good(&self) -> bool {
        self.credit > 0 && self.good_until.is_some_and(|until| until > Instant::now())
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Share").field("held", &*self.held()).finish_non_exhaustive()
    }
}

/// Somebody waits to be let through.
pub(super) struct Waiting<'a>(&'a Share);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
        self.0.look.notify_one();
    }
}

impl Share {
    pub(super) fn new(ledger: Arc<dyn Ledger>) -> Self {
        Self {
            ledger,
            held: Mutex::default(),
            waiting: AtomicUsize::new(0),
            changed: Notify::new(),
            look: Notify::new(),
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody waits from now on.
    pub(super) fn wait(&self) -> Waiting<'_> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        Waiting(self)
    }

    /// Comes back when this process has the count, and leave for one more request.
    pub(super) async fn have(&self, shared: &Arc<Shared>) {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            // From here on nothing is missed.
            changed.as_mut().enable();
            {
                let mut held = self.held();
                if held.is_good() {
                    return;
                }
                if !std::mem::replace(&mut held.kept, true) {
                    tokio::spawn(keep(Arc::downgrade(shared)));
                }
            }
            self.look.notify_one();
            changed.await;
        }
    }

    /// Lets `admit` decide about one more request, unless the count has been given up meanwhile; it tells whether
    /// the request is made.
    pub(super) fn spend<T>(&self, admit: impl FnOnce() -> (bool, T)) -> Option<T> {
        let mut held = self.held();
        if !held.is_good() {
            return None;
        }
        let (is_made, outcome) = admit();
        held.credit -= usize::from(is_made);
        Some(outcome)
    }

    /// Something may have changed for whoever keeps the count.
    pub(super) fn look(&self) {
        self.look.notify_one();
    }

    /// Gives the count up without waiting whether it is asked for again.
    pub(super) async fn rest(&self) {
        let rested = async {
            loop {
                let changed = self.changed.notified();
                tokio::pin!(changed);
                changed.as_mut().enable();
                {
                    let mut held = self.held();
                    if !held.kept {
                        return;
                    }
                    held.rests = true;
                }
                self.look.notify_one();
                changed.await;
            }
        };
        // Others find out by themselves, if later.
        drop(timeout(REST, rested).await);
    }
}

/// How many requests may be over between two words.
fn credit(limits: Limits) -> usize {
    // Three seconds' worth: there is a word every two, and earlier when it is used up.
    (limits.per_second as usize * 3).min(limits.per_minute as usize)
}

/// What becomes of the count next.
enum Next {
    /// It was given up, or lost; it is taken again if somebody waits.
    TakeAgain,
    /// Nobody needs it.
    End,
}

/// Looks after a process's part of a count for as long as it is needed.
async fn keep(shared: Weak<Shared>) {
    loop {
        let next = match shared.upgrade() {
            Some(shared) => match &shared.share {
                Some(share) => hold(&shared, share).await,
                None => return,
            },
            None => return,
        };
        if matches!(next, Next::End) {
            return;
        }
    }
}

/// Takes the count, keeps it, and gives it up.
async fn hold(shared: &Shared, share: &Share) -> Next {
    let most = credit(shared.limits);
    loop {
        {
            let mut held = share.held();
            if share.waiting.load(Ordering::SeqCst) == 0 {
                (held.kept, held.rests) = (false, false);
                share.changed.notify_waiters();
                return Next::End;
            }
        }
        let asked = Instant::now();
        match share.ledger.take(most).await {
            Ok(Some(found)) => {
                shared.log().go_on_from(&found.ages, found.unknown, shared.limits, Instant::now());
                let mut held = share.held();
                held.good_until = Some(asked + GOOD_FOR);
                held.credit = most;
                break;
            }
            Ok(None) => sleep(LOOK).await,
            Err(Unreachable(detail)) => {
                tracing::warn!(
                    detail,
                    "the count of requests cannot be read; nothing is asked of the source meanwhile"
                );
                sleep(UNREACHABLE).await;
            }
        }
    }
    share.changed.notify_waiters();
    let mut said = Instant::now();
    let mut used = Instant::now();
    let mut wanted = false;
    let ages = loop {
        let waits = share.waiting.load(Ordering::SeqCst) > 0;
        let no_credit = {
            let mut held = share.held();
            let log = shared.log();
            if log.under_way > 0 || waits {
                used = Instant::now();
            }
            if wanted {
                held.credit = 0;
            }
            if log.under_way == 0 && (wanted || (!waits && (held.rests || used.elapsed() >= IDLE))) {
                // Under both locks, so that nobody is let through in this moment.
                (held.good_until, held.credit) = (None, 0);
                break log.ages(Instant::now());
            }
            held.credit == 0
        };
        if said.elapsed() >= if no_credit && !wanted { Duration::ZERO } else { EVERY } {
            let asked = Instant::now();
            let more = if wanted { 0 } else { most };
            let (ages, under_way, before) = {
                let (held, log) = (share.held(), shared.log());
                (log.ages(asked), log.under_way, held.credit)
            };
            match share.ledger.keep(ages, under_way + more).await {
                Ok(Some(is_wanted)) => {
                    said = asked;
                    wanted |= is_wanted;
                    let mut held = share.held();
                    held.good_until = Some(asked + GOOD_FOR);
                    // What was used while this was said is part of what it allowed.
                    held.credit = more.saturating_sub(before - held.credit);
                }
                Ok(None) => {
                    let mut held = share.held();
                    (held.good_until, held.credit) = (None, 0);
                    return Next::TakeAgain;
                }
                Err(Unreachable(detail)) => {
                    tracing::warn!(detail, "the count of requests could not be kept");
                    sleep(LOOK).await;
                }
            }
            share.changed.notify_waiters();
            continue;
        }
        tokio::select! {
            () = share.look.notified() => {}
            () = sleep(if used.elapsed() < IDLE { IDLE } else { EVERY }) => {}
        }
    };
    if let Err(Unreachable(detail)) = share.ledger.give_up(ages).await {
        tracing::warn!(detail, "the count of requests could not be given up; others wait a little longer");
    }
    if wanted {
        // Whoever wanted it is to get it first.
        sleep(LOOK * 2).await;
    }
    Next::TakeAgain
}

#[cfg(test)]
mod tests;
