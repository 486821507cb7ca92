//! How mails leave: into the folder, or by a mail server, with its limits and its moods.

use std::num::NonZeroU32;

use mail::{
    MailError, folder,
    smtp::{Server, Undelivered},
};
use store::{Store, StoreResult};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::Settings;

const MINUTE: i64 = 60 * 1_000_000;

/// How long nothing is tried after the first, second … time that no mail could go; from then on as after the last.
const PAUSES: [i64; 4] = [MINUTE / 2, MINUTE, 2 * MINUTE, 5 * MINUTE];

/// How long a mail waits after its first, second … attempt; after what is listed, four hours each time.
const AGAIN: [i64; 4] = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];
const THEN: i64 = 4 * 60 * MINUTE;

/// After how many attempts a mail is given up: those within the first three days.
const ATTEMPTS: u32 = 22;

/// A mail server to deliver by, in the place of the folder.
#[derive(Debug, Clone)]
pub struct MailServer {
    /// The server.
    pub server: Server,
    /// The address that mails come from.
    pub sender: String,
    /// How many mails it may get a minute, from all nodes together.
    pub per_minute: NonZeroU32,
}

/// Why no mail goes at the moment, though some are due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standstill {
    /// Since when, in microseconds of UTC.
    pub since: i64,
    /// When it is tried again, in microseconds of UTC.
    pub again: i64,
    /// `set-up` or, of the folder, `folder` where somebody has to put something right, `unreachable` where it may pass.
    pub code: &'static str,
    /// What the server or the system says.
    pub detail: String,
    times: usize,
}

/// When a mail that was tried so often, and once more just now, is tried again; `None` gives it up.
pub(crate) fn next_attempt(attempts: u32, now: i64) -> Option<i64> {
    let pause = AGAIN.get(usize::try_from(attempts).unwrap_or(usize::MAX)).copied().unwrap_or(THEN);
    (attempts < ATTEMPTS).then_some(now + pause)
}

/// A message that is ready to go.
pub(crate) struct Letter {
    pub(crate) id: Uuid,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) message: Vec<u8>,
}

/// How many mails a node reserves at once of what all may hand over, and for how long it keeps what it did not use,
/// in microseconds.
const BLOCK: i64 = 5;
const BLOCK_FOR: i64 = MINUTE / 12;

/// What a node has reserved.
#[derive(Debug, Default)]
struct Room {
    mails: i64,
    since: i64,
}

/// The way out of this process, whichever programme a mail is of.
#[derive(Default)]
pub(crate) struct Post {
    pub(crate) server: Option<MailServer>,
    /// Mails that may go, of those that all nodes may hand over in a minute.
    room: Mutex<Room>,
    standstill: Mutex<Option<Standstill>>,
}

impl Post {
    pub(crate) fn by(server: MailServer) -> Self {
        Self { server: Some(server), ..Self::default() }
    }

    /// Hands a message over.
    pub(crate) async fn hand_over(&self, settings: &Settings, letter: Letter) -> Result<(), Undelivered> {
        let Letter { id, from, to, message } = letter;
        match &self.server {
            Some(by) => by.server.deliver(&from, &to, &message).await,
            None => match folder::deliver(&settings.mail_directory, id, message).await {
                Ok(_) => Ok(()),
                Err(error @ MailError::Folder { .. }) => Err(Undelivered::SetUp(error.to_string())),
                Err(error) => Err(Undelivered::Unreachable(error.to_string())),
            },
        }
    }

    /// Whether one more mail keeps within the limit, which all nodes share; if so, it is counted as gone.
    pub(crate) async fn has_room(&self, store: &Store, now: i64) -> StoreResult<bool> {
        let Some(by) = &self.server else { return Ok(true) };
        let mut room = self.room.lock().await;
        if room.mails == 0 || !(room.since..room.since + BLOCK_FOR).contains(&now) {
            let most = i64::from(by.per_minute.get());
            *room = Room { mails: store.reserve("mails", now, (most, MINUTE), BLOCK).await?, since: now };
        }
        let has_room = room.mails > 0;
        room.mails -= i64::from(has_room);
        Ok(has_room)
    }

    /// Whether nothing is to be tried yet.
    pub(crate) async fn stands_still(&self, now: i64) -> bool {
        self.standstill.lock().await.as_ref().is_some_and(|standstill| standstill.again > now)
    }

    /// Why nothing goes, if nothing does.
    pub(crate) async fn standstill(&self) -> Option<Standstill> {
        self.standstill.lock().await.clone()
    }

    /// Something is wrong that no mail is to blame for: nothing is tried for a while.
    pub(crate) async fn stop(&self, why: &Undelivered, now: i64) {
        let mut standstill = self.standstill.lock().await;
        let (since, times) = match &*standstill {
            // Several mails were under way when it happened.
            Some(already) if already.again > now => return,
            Some(already) => (already.since, already.times + 1),
            None => (now, 0),
        };
        let again = now + PAUSES[times.min(PAUSES.len() - 1)];
        let detail = why.detail();
        // Without a mail server it is the folder that cannot be written to, say for want of room.
        let code = if self.server.is_none() { "folder" } else { why.code() };
        tracing::error!(code, %detail, "mails wait: none can be delivered at the moment");
        *standstill = Some(Standstill { since, again, code, detail, times });
    }

    /// A server answered as it should.
    pub(crate) async fn goes(&self) {
        if self.standstill.lock().await.take().is_some() {
            tracing::info!("mails go again");
        }
    }

    /// Nothing is left to do for now.
    pub(crate) async fn rest(&self) {
        if let Some(by) = &self.server {
            by.server.rest().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_for_three_days_less_and_less_often() {
        let mut at = 0;
        let mut times = Vec::new();
        for attempts in 0.. {
            let Some(next) = next_attempt(attempts, at) else { break };
            at = next;
            times.push(at / MINUTE);
        }
        assert_eq!(times[..6], [1, 6, 21, 81, 321, 561]);
        let days = i64::from(3 * 24 * 60);
        assert!((days - 240..=days + 240).contains(times.last().expect("some")), "{times:?}");
    }

    #[tokio::test]
    async fn a_standstill_lasts_longer_each_time_and_ends_with_the_first_mail_that_goes() {
        let post = Post::default();
        let why = Undelivered::Unreachable("refused".into());
        post.stop(&why, 0).await;
        assert!(post.stands_still(MINUTE / 2 - 1).await && !post.stands_still(MINUTE / 2).await);
        // Mails that were under way at the same time make it no longer.
        post.stop(&why, 1).await;
        assert!(!post.stands_still(MINUTE / 2).await);
        post.stop(&why, MINUTE / 2).await;
        let standstill = post.standstill().await.expect("one");
        assert_eq!((standstill.since, standstill.again), (0, MINUTE / 2 + MINUTE));
        post.goes().await;
        assert!(!post.stands_still(MINUTE).await && post.standstill().await.is_none());
    }
}
