//! Listening for a word from other nodes, where the database can pass one on. It only saves time: every loop looks by
//! itself as well, so that a word that was missed costs a pause and nothing else.

use std::time::Duration;

use store::listen::Word;
use tokio::time::sleep;

use crate::{Engine, EngineResult, halt::Halt};

/// How long it takes until the connection is made again, after the first, second … time that it was lost.
const AGAIN: [Duration; 4] =
    [Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(10), Duration::from_secs(30)];

impl Engine {
    /// Wakes this process when others say that something waits.
    pub(super) async fn listen(&self, halt: &Halt) {
        let mut lost = 0;
        while !halt.is_asked() {
            let heard = tokio::select! {
                heard = self.hear(&mut lost) => heard,
                () = halt.asked() => return,
            };
            match heard {
                Ok(()) => return,
                Err(error) => tracing::warn!(
                    error = error.for_log().as_ref(),
                    "other nodes cannot be heard; what waits is found by looking"
                ),
            }
            let pause = AGAIN[lost.min(AGAIN.len() - 1)];
            lost += 1;
            tokio::select! {
                () = sleep(pause) => {}
                () = halt.asked() => {}
            }
        }
    }

    /// Comes back at once where there is nobody to hear from, and with an error when the connection is lost.
    async fn hear(&self, lost: &mut usize) -> EngineResult<()> {
        let Some(mut ear) = self.store.listen().await? else { return Ok(()) };
        loop {
            let word = ear.hear().await?;
            *lost = 0;
            match word {
                Word::Imports => self.wake.imports.notify_one(),
                Word::Mails => self.wake.mails.notify_one(),
                Word::Progress => self.wake.progress.notify_waiters(),
            }
        }
    }
}
