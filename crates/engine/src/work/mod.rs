//! What is done in the background while Rollcall serves: imports that are due, wait or were interrupted,
//! holds that lapse, uploaded files, mails, accounts that are closed. Any number of processes do it together: what each takes up
//! is a row in the database, and what wakes them is only a word (see `ear.rs`).

mod ear;
mod found;
mod hands;

use std::time::Duration;

use tokio::{
    sync::{Notify, watch},
    time::{MissedTickBehavior, interval, sleep},
};

use crate::{Engine, EngineResult, Gone, halt::Halt};
use hands::Hands;

/// How often there is a look at what other processes have left to do.
const LOOK: Duration = Duration::from_secs(2);

/// How often there is a look whether an import is due: one short query, however many programmes there are.
const LOOK_AT_THE_SCHEDULE: Duration = Duration::from_secs(1);

/// How often there is a look at the clock, for holds, reminders and accounts that are closed.
const LOOK_AT_THE_CLOCK: Duration = Duration::from_secs(20);

/// How often one node, for all of them, looks at every programme: at what has stayed long enough, and at leavers also
/// where nothing seems to be due, as after a change of settings. Both go by the day.
const LOOK_AT_ALL: Duration = Duration::from_hours(1);

/// How often each node looks whether it is its turn to look at every programme.
const LOOK_AT_THE_ROUND: Duration = Duration::from_mins(10);

/// How often each node looks at its list of erasures, to which whoever erases adds.
const LOOK_AT_THE_LIST: Duration = Duration::from_hours(1);

/// How long what was begun may take once the process is to stop: the batch or the mail that is under way. What
/// takes longer is cut off, and gone on with by whoever comes next (R54).
const GRACE: Duration = Duration::from_secs(8);

/// What wakes those who work in this process.
#[derive(Debug, Default)]
pub(crate) struct Wake {
    /// An import waits for a hand.
    pub(crate) imports: Notify,
    /// A mail waits.
    pub(crate) mails: Notify,
    /// An import has moved.
    pub(crate) progress: Notify,
}

impl Engine {
    /// Works until it is told to stop, and then no longer than it takes to finish what is under way. A long import
    /// holds up neither others nor deliveries.
    pub async fn work(&self, stopping: watch::Receiver<bool>) {
        let halt = Halt::by(stopping);
        // On the heap: together they are large.
        let at_work = Box::pin(async {
            tokio::join!(
                self.work_on_imports(&halt),
                self.repeat(&halt, LOOK_AT_THE_SCHEDULE, None, "imports that are due could not be started", || {
                    self.start_due()
                }),
                self.repeat(&halt, LOOK_AT_THE_CLOCK, None, "nobody could be told of owners who left", || {
                    self.tell_of_owners_who_left()
                }),
                self.repeat(&halt, LOOK, Some(&self.wake.mails), "mails could not be delivered", || {
                    self.deliver_until(&halt)
                }),
                self.repeat(&halt, LOOK, None, "events could not be told", || self.deliver_events_until(&halt)),
                self.keep_closing(&halt),
                self.repeat(&halt, LOOK_AT_THE_CLOCK, None, "imports on hold could not be looked at", || {
                    self.lapse_holds()
                }),
                self.repeat(&halt, LOOK_AT_THE_CLOCK, None, "reminders could not be looked at", || self.remind()),
                self.repeat(
                    &halt,
                    LOOK_AT_THE_LIST,
                    None,
                    "the list of erasures could not be brought up to date",
                    || { self.bring_list_up_to_date() }
                ),
                self.repeat(&halt, LOOK_AT_THE_ROUND, None, "what is old could not be removed", || async {
                    let is_our_turn = self.begin_round("what-is-old", LOOK_AT_ALL).await?;
                    if is_our_turn { self.remove_old().await } else { Ok(Gone::default()) }
                }),
                self.keep_up_with_uploads(&halt),
                self.listen(&halt),
            );
            self.rest_sources().await;
        });
        tokio::select! {
            () = at_work => {}
            () = async { halt.asked().await; sleep(GRACE).await } => {
                tracing::info!("what is under way is cut off since the process is to stop; the next one goes on with it");
            }
        }
    }

    /// Does something again and again: after each pause, and when it is woken. It takes no input but the database,
    /// so that it does not matter who does it, or how often.
    async fn repeat<T, F: Future<Output = EngineResult<T>>>(
        &self,
        halt: &Halt,
        pause: Duration,
        woken: Option<&Notify>,
        failed: &'static str,
        what: impl Fn() -> F,
    ) {
        // A clock that goes faster has to be looked at more often.
        let pause = if pause == LOOK { pause } else { (pause / self.world.pace()).max(LOOK / 4) };
        let woken = async || match woken {
            Some(woken) => woken.notified().await,
            None => std::future::pending().await,
        };
        while !halt.is_asked() {
            if let Err(error) = what().await {
                tracing::error!(error = error.for_log().as_ref(), "{failed}");
            }
            tokio::select! {
                () = sleep(pause) => {}
                () = woken() => {}
                () = halt.asked() => {}
            }
        }
    }

    /// Most looks are only at programmes where something is due; now and then at all of them.
    async fn keep_closing(&self, halt: &Halt) {
        self.repeat(halt, LOOK_AT_THE_CLOCK, None, "leavers could not be looked at", || async {
            let all = self.begin_round("leavers", LOOK_AT_ALL).await?;
            self.close_down_until(all, halt).await
        })
        .await;
    }

    /// Whether it is this node's turn to do something that is done so often, by one node for all of them.
    async fn begin_round(&self, name: &str, every: Duration) -> EngineResult<bool> {
        Ok(self.store.begin_round(name, every / self.world.pace()).await?)
    }

    /// A large file holds up neither imports nor mails. One that is interrupted is gone on with (R54).
    async fn keep_up_with_uploads(&self, halt: &Halt) {
        let working = self.repeat(halt, LOOK, None, "uploaded files could not be worked on", || self.work_on_uploads());
        tokio::select! {
            () = working => {}
            () = halt.asked() => {}
        }
    }

    async fn work_on_imports(&self, halt: &Halt) {
        let mut hands = Hands::new(self.imports_at_once);
        let mut clock = interval(LOOK);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut look = true;
        while !halt.is_asked() {
            self.pulse.beat();
            if look && let Err(error) = self.take_up(&mut hands, halt).await {
                tracing::error!(error = error.for_log().as_ref(), "imports that wait could not be looked for");
            }
            look = tokio::select! {
                worked = hands.next() => worked,
                () = self.wake.imports.notified() => true,
                _ = clock.tick() => true,
                () = halt.asked() => false,
            };
        }
        hands.finish().await;
    }
}
