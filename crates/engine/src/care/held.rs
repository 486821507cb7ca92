//! After a restore everything that happens by itself stands still: a mail that went since the backup was taken would
//! go once more, and a plan that was half applied would be gone on with, before anybody has had a look.

use store::Restore;

use crate::{Engine, EngineResult, Refusal};

impl Engine {
    /// The restore that holds this installation, until somebody releases it.
    pub async fn restored(&self) -> EngineResult<Option<Restore>> {
        Ok(self.store.held().await?)
    }

    /// Whether nothing is to happen by itself.
    pub(crate) async fn is_held(&self) -> EngineResult<bool> {
        Ok(self.restored().await?.is_some())
    }

    /// Nobody's import begins, or goes on, while the installation is held.
    pub(crate) async fn check_released(&self) -> EngineResult<()> {
        if self.is_held().await? { Err(Refusal::RestoredAndHeld {}.into()) } else { Ok(()) }
    }
}
