//! The imports that this process works on at once, and which it takes up next.
//!
//! Fair means: programmes of which nothing is worked on anywhere come first, the oldest import before others, and half
//! of the hands are kept for imports that are expected to be small. So a programme of half a million people, which
//! the source alone keeps busy for hours, takes a hand and not all of them, and many integrations of one programme
//! queue behind each other while others wait.

use std::collections::HashMap;

use store::{Import, work::Lease};
use tokio::{
    task::{Id, JoinSet},
    time::Instant,
};

use super::found::Found;
use crate::{Engine, EngineError, EngineResult, halt::Halt, import::Silent};

/// Up to so many people an import is small: their pages are read in well under a minute within the source's limits.
const SMALL: i64 = 5_000;

/// How many imports a look finds at most. Processes that look at the same time begin at different ones of them.
const CHOICE: usize = 16;

/// The imports that this process is working on.
pub(super) struct Hands {
    tasks: JoinSet<EngineResult<bool>>,
    /// How many there may be.
    at_once: usize,
    /// Whether each is small.
    small: HashMap<Id, bool>,
    /// Imports for the next hands.
    found: Found,
}

impl Hands {
    pub(super) fn new(at_once: usize) -> Self {
        Self { tasks: JoinSet::new(), at_once, small: HashMap::new(), found: Found::nothing() }
    }

    /// How many more may be taken up, and whether any of them or only small ones: half of the hands are kept.
    fn free(&self) -> (usize, Option<i64>) {
        let large = self.small.values().filter(|small| !**small).count();
        let only_small = large >= self.at_once - self.at_once / 2;
        (self.at_once.saturating_sub(self.small.len()), only_small.then_some(SMALL))
    }

    /// Waits until one of the imports comes to an end, and tells whether another look is worth while at
    /// once. After a failure it is not: what fails now would fail again.
    pub(super) async fn next(&mut self) -> bool {
        let Some(ended) = self.tasks.join_next_with_id().await else { return std::future::pending().await };
        let (id, outcome) = match ended {
            Ok((id, outcome)) => (id, outcome),
            Err(broken) => {
                tracing::error!(error = %broken, "an import broke off");
                (broken.id(), Ok(false))
            }
        };
        self.small.remove(&id);
        match outcome {
            Ok(worked) => worked,
            Err(EngineError::Halted) => false,
            Err(error) => {
                tracing::error!(error = error.for_log().as_ref(), "an import could not be gone on with");
                false
            }
        }
    }

    /// Waits until all have come to the next place where they can stop.
    pub(super) async fn finish(&mut self) {
        while !self.tasks.is_empty() {
            self.next().await;
        }
    }
}

impl Engine {
    /// Takes up what nobody works on, as far as there are hands for it.
    pub(super) async fn take_up(&self, hands: &mut Hands, halt: &Halt) -> EngineResult<()> {
        loop {
            let (free, largest) = hands.free();
            if free == 0 {
                return Ok(());
            }
            let claimed = self.claim_next(&mut hands.found, largest).await?;
            let Some((import, lease)) = claimed else { return Ok(()) };
            let (engine, halt) = (self.clone(), halt.clone());
            let small = (1..=SMALL).contains(&import.progress_total);
            let task = hands.tasks.spawn(async move { engine.go_on_with(&import, &lease, &Silent, &halt).await });
            hands.small.insert(task.id(), small);
        }
    }

    /// The next import for a hand that takes none with more people than this, and its lease: of those that were found
    /// before, else of what another look finds.
    async fn claim_next(&self, found: &mut Found, largest: Option<i64>) -> EngineResult<Option<(Import, Lease)>> {
        let claimed = self.claim_one(found, largest).await?;
        if claimed.is_some() {
            return Ok(claimed);
        }
        if self.is_held().await? {
            return Ok(None);
        }
        for idle in [true, false] {
            let mut waiting = self.store.imports_to_take_up(idle, largest, CHOICE as u64).await?;
            let mut dice = [0];
            self.world.fill(&mut dice);
            let begin = usize::from(dice[0]) % waiting.len().max(1);
            waiting.rotate_left(begin);
            let mut looked = Found::by_a_look(waiting, largest, Instant::now());
            let claimed = self.claim_one(&mut looked, largest).await?;
            // Of programmes that are worked on nothing is kept: another may come first by the time there is a hand.
            if idle {
                *found = looked;
            }
            if claimed.is_some() {
                return Ok(claimed);
            }
        }
        Ok(None)
    }

    /// One of the imports that were found, with its lease.
    async fn claim_one(&self, found: &mut Found, largest: Option<i64>) -> EngineResult<Option<(Import, Lease)>> {
        while let Some(import) = found.take(largest, Instant::now()) {
            if let Some(lease) = self.store.claim_import(&import, self.new_id()).await? {
                found.leave_out(import.programme());
                return Ok(Some((import, lease)));
            }
        }
        Ok(None)
    }
}
