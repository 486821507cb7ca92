//! Releasing a restored installation: first what would be sent and done, then letting it.

use store::{
    Restore,
    restores::{WaitingMails, WaitingWork},
};

use crate::{Actor, Deed, Engine, EngineResult};

/// An import that would be gone on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// Its number.
    pub import: domain::ids::ImportId,
    /// The programme's name in commands.
    pub programme: String,
    /// Where it stands.
    pub state: String,
    /// How much of that is done.
    pub done: i64,
    /// Of how much.
    pub total: i64,
}

/// An import that would begin by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The programme's name in commands.
    pub programme: String,
    /// The HR system.
    pub source: String,
}

/// What would be done at once if the installation were released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The restore that holds it.
    pub restore: Restore,
    /// Mails, by kind.
    pub mails: Vec<WaitingMails>,
    /// Everything that is only counted.
    pub work: WaitingWork,
    /// Imports that were under way.
    pub unfinished: Vec<Unfinished>,
    /// Imports whose time has come.
    pub due: Vec<Due>,
}

impl Waiting {
    /// How many mails may have gone already.
    pub fn doubtful(&self) -> i64 {
        self.mails.iter().map(|mails| mails.doubtful).sum()
    }
}

/// What becomes of mails that may have gone already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubtful {
    /// They go, perhaps for the second time.
    Go,
    /// Those of these kinds do not go; without a kind, none of them.
    Dropped(Vec<String>),
}

/// What a release did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Released {
    /// Mails that are kept from going.
    pub dropped: u64,
}

impl Engine {
    /// What waits for the release of this installation; none when it is not held.
    pub async fn waiting_for_release(&self) -> EngineResult<Option<Waiting>> {
        let Some(restore) = self.restored().await? else { return Ok(None) };
        let programmes = self.store.programmes().await?;
        let slug = |id| programmes.iter().find(|programme| programme.id == id).map(|found| found.slug.clone());
        let unfinished = self.store.unfinished_imports().await?.into_iter().map(|import| Unfinished {
            import: import.number(),
            programme: slug(import.programme_id).unwrap_or_default(),
            state: import.state,
            done: import.progress_done,
            total: import.progress_total,
        });
        let unfinished = unfinished.collect();
        let due = self.due_now().await?.into_iter();
        let due = due.map(|(programme, integration)| Due { programme, source: integration.source }).collect();
        Ok(Some(Waiting {
            mails: self.store.waiting_mails(&restore, self.now()).await?,
            work: self.store.waiting_work(self.now()).await?,
            restore,
            unfinished,
            due,
        }))
    }

    /// Lets a restored installation go on; none when it was not held.
    pub async fn release_restored(&self, doubtful: &Doubtful, by: &Actor) -> EngineResult<Option<Released>> {
        let Some(restore) = self.restored().await? else { return Ok(None) };
        let dropped = match doubtful {
            Doubtful::Go => 0,
            Doubtful::Dropped(kinds) => self.store.drop_doubtful_mails(&restore, kinds).await?,
        };
        if !self.store.release(self.now(), &by.name).await? {
            return Ok(None);
        }
        let after = serde_json::json!({ "backup_at": restore.backup_at, "mails_dropped": dropped });
        for programme in self.store.programmes().await? {
            let deed = Deed {
                action: "installation.released",
                subject: &programme.slug,
                before: None::<()>,
                after: Some(after.clone()),
            };
            self.note(programme.number(), by, deed).await?;
        }
        tracing::warn!(dropped, by = %by.name, "the restored installation is released");
        self.wake.imports.notify_one();
        Ok(Some(Released { dropped }))
    }
}
