//! The imports that this process works on at once, and which it takes up next.
//!
//! Fair means: programmes of which nothing is worked on anywhere come first, the oldest import before others, and half
//! of the hands are kept for imports that are expected to be small. So a programme of half a million people, which
//! the source alone keeps busy for hours, takes a hand and not all of them, and many integrations of one programme
//! queue behind each other while others wait.

use std::collections::HashMap;

use store::{Import, work::Lease};
use tokio::task::{Id, JoinSet};

use crate::{Engine, EngineError, EngineResult, halt::Halt, import::Silent};

/// Up to so many people an import is small: their pages are read in well under a minute within the source's limits.
const SMALL: i64 = 5_000;

/// How many imports are looked at when there is a hand for one. Processes that look at the same time begin at
/// different ones of them.
const CHOICE: usize = 16;

/// The imports that this process is working on.
pub(super) struct Hands {
    tasks: JoinSet<EngineResult<bool>>,
    /// How many there may be.
    at_once: usize,
    /// Whether each is small.
    small: HashMap<Id, bool>,
}

impl Hands {
    pub(super) fn new(at_once: usize) -> Self {
        Self { tasks: JoinSet::new(), at_once, small: HashMap::new() }
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
        if self.is_held().await? {
            return Ok(());
        }
        loop {
            let (free, largest) = hands.free();
            if free == 0 {
                return Ok(());
            }
            let mut claimed = None;
            for idle in [true, false] {
                let waiting = self.store.imports_to_take_up(idle, largest, CHOICE as u64).await?;
                claimed = self.claim_one(waiting).await?;
                if claimed.is_some() {
                    break;
                }
            }
            let Some((import, lease)) = claimed else { return Ok(()) };
            let (engine, halt) = (self.clone(), halt.clone());
            let small = (1..=SMALL).contains(&import.progress_total);
            let task = hands.tasks.spawn(async move { engine.go_on_with(&import, &lease, &Silent, &halt).await });
            hands.small.insert(task.id(), small);
        }
    }

    /// One of the imports that wait, with its lease.
    async fn claim_one(&self, mut waiting: Vec<Import>) -> EngineResult<Option<(Import, Lease)>> {
        let mut dice = [0];
        self.world.fill(&mut dice);
        let begin = usize::from(dice[0]) % waiting.len().max(1);
        waiting.rotate_left(begin);
        for import in waiting {
            let token = self.new_id();
            let integration = domain::ids::IntegrationId(import.integration_id);
            if let Some(lease) = self.store.claim_imports(import.programme(), integration, token).await? {
                return Ok(Some((import, lease)));
            }
        }
        Ok(None)
    }
}
