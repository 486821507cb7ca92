//! What is done in the background while Rollcall serves: imports that are due, wait or were interrupted,
//! holds that lapse, uploaded files, mails, accounts that are closed.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use tokio::{
    sync::watch,
    task::{Id, JoinSet},
    time::{MissedTickBehavior, interval, sleep, timeout},
};
use uuid::Uuid;

use crate::{Engine, EngineResult, import::Silent};

/// How often there is a look at what other processes have left to do.
const LOOK: Duration = Duration::from_secs(2);

/// How often there is a look at the clock, for imports that begin by themselves and accounts that are closed.
const LOOK_AT_THE_CLOCK: Duration = Duration::from_secs(20);

/// How often there is a look at what has stayed long enough. Things go by the day.
const LOOK_AT_WHAT_IS_OLD: Duration = Duration::from_hours(1);

/// How many imports this process works on at once, of different integrations.
const AT_ONCE: usize = 4;

/// How long imports may go on once the process is to stop. One that takes longer is interrupted, and
/// gone on with by whoever comes next (R54).
const GRACE: Duration = Duration::from_secs(20);

/// The imports that this process is working on.
#[derive(Default)]
struct Hands {
    tasks: JoinSet<EngineResult<bool>>,
    /// Whose integration's each is.
    of: HashMap<Id, Uuid>,
}

impl Engine {
    /// Works until it is told to stop. A long import holds up neither others nor deliveries.
    pub async fn work(&self, stopping: watch::Receiver<bool>) {
        let (imports, house) = (self.work_on_imports(stopping.clone()), self.keep_house(stopping.clone()));
        let (telling, closing) = (self.keep_telling(stopping.clone()), self.keep_closing(stopping.clone()));
        let (listing, removing) = (self.keep_list(stopping.clone()), self.keep_removing(stopping.clone()));
        let uploads = self.keep_up_with_uploads(stopping.clone());
        tokio::join!(imports, house, self.keep_to_the_schedule(stopping), telling, closing, listing, removing, uploads);
    }

    async fn work_on_imports(&self, mut stopping: watch::Receiver<bool>) {
        let mut hands = Hands::default();
        let mut clock = interval(LOOK);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut look = true;
        while !*stopping.borrow() {
            if look && let Err(error) = self.take_up(&mut hands).await {
                tracing::error!(%error, "imports that wait could not be looked for");
            }
            look = tokio::select! {
                worked = hands.next() => worked,
                () = self.wake.notified() => true,
                _ = clock.tick() => true,
                _ = stopping.wait_for(|stop| *stop) => false,
            };
        }
        let finish = async { while hands.tasks.join_next().await.is_some() {} };
        if timeout(GRACE, finish).await.is_err() {
            tracing::info!("imports are interrupted since the process is to stop; the next one goes on with them");
        }
    }

    /// Takes up what nobody works on, as far as there are hands for it.
    async fn take_up(&self, hands: &mut Hands) -> EngineResult<()> {
        if self.is_held().await? {
            return Ok(());
        }
        let mut busy: HashSet<Uuid> = hands.of.values().copied().collect();
        for import in self.store.unfinished_imports().await? {
            if busy.len() < AT_ONCE && busy.insert(import.integration_id) {
                let engine = self.clone();
                let integration = import.integration_id;
                let task = hands.tasks.spawn(async move { engine.go_on_with(&import, &Silent).await });
                hands.of.insert(task.id(), integration);
            }
        }
        Ok(())
    }

    async fn keep_to_the_schedule(&self, mut stopping: watch::Receiver<bool>) {
        while !*stopping.borrow() {
            if let Err(error) = self.start_due().await {
                tracing::error!(%error, "imports that are due could not be started");
            }
            if let Err(error) = self.tell_of_owners_who_left().await {
                tracing::error!(%error, "nobody could be told of owners who left");
            }
            tokio::select! {
                () = sleep(LOOK_AT_THE_CLOCK) => {}
                _ = stopping.wait_for(|stop| *stop) => {}
            }
        }
    }

    /// Somebody else's slow server holds up neither mails nor imports.
    async fn keep_telling(&self, mut stopping: watch::Receiver<bool>) {
        while !*stopping.borrow() {
            if let Err(error) = self.deliver_events().await {
                tracing::error!(%error, "events could not be told");
            }
            tokio::select! {
                () = sleep(LOOK) => {}
                _ = stopping.wait_for(|stop| *stop) => {}
            }
        }
    }

    /// A large file holds up neither imports nor mails. One that is interrupted is gone on with (R54).
    async fn keep_up_with_uploads(&self, mut stopping: watch::Receiver<bool>) {
        while !*stopping.borrow() {
            let work = async {
                if let Err(error) = self.work_on_uploads().await {
                    tracing::error!(%error, "uploaded files could not be worked on");
                }
                sleep(LOOK).await;
            };
            tokio::select! {
                () = work => {}
                _ = stopping.wait_for(|stop| *stop) => {}
            }
        }
    }

    async fn keep_closing(&self, mut stopping: watch::Receiver<bool>) {
        while !*stopping.borrow() {
            if let Err(error) = self.close_down().await {
                tracing::error!(%error, "leavers could not be looked at");
            }
            tokio::select! {
                () = sleep(LOOK_AT_THE_CLOCK) => {}
                _ = stopping.wait_for(|stop| *stop) => {}
            }
        }
    }

    async fn keep_removing(&self, mut stopping: watch::Receiver<bool>) {
        while !*stopping.borrow() {
            if let Err(error) = self.remove_old().await {
                tracing::error!(%error, "what is old could not be removed");
            }
            tokio::select! {
                () = sleep(LOOK_AT_WHAT_IS_OLD) => {}
                _ = stopping.wait_for(|stop| *stop) => {}
            }
        }
    }

    async fn keep_house(&self, mut stopping: watch::Receiver<bool>) {
        while !*stopping.borrow() {
            if let Err(error) = self.lapse_holds().await {
                tracing::error!(%error, "imports on hold could not be looked at");
            }
            if let Err(error) = self.remind().await {
                tracing::error!(%error, "reminders could not be looked at");
            }
            if let Err(error) = self.deliver().await {
                tracing::error!(%error, "mails could not be delivered");
            }
            tokio::select! {
                () = sleep(LOOK) => {}
                _ = stopping.wait_for(|stop| *stop) => {}
            }
        }
    }
}

impl Hands {
    /// Waits until one of the imports comes to an end, and tells whether another look is worth while at
    /// once. After a failure it is not: what fails now would fail again.
    async fn next(&mut self) -> bool {
        let Some(ended) = self.tasks.join_next_with_id().await else { return std::future::pending().await };
        let (id, outcome) = match ended {
            Ok((id, outcome)) => (id, outcome),
            Err(broken) => {
                tracing::error!(error = %broken, "an import broke off");
                (broken.id(), Ok(false))
            }
        };
        self.of.remove(&id);
        outcome.unwrap_or_else(|error| {
            tracing::error!(%error, "an import could not be gone on with");
            false
        })
    }
}
