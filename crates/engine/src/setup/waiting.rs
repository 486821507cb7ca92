//! What waits beside a published integration, and how an integration is changed: by whoever saw it last.

use domain::setup::Draft;
use serde::{Deserialize, Serialize};
use sources::personio;
use store::{Integration, StoreError};

use super::Authorisation;
use crate::{Engine, EngineError, EngineResult, Refusal};

/// How often a change is tried again that met another one.
const TRIES: usize = 5;

/// What the column `draft` holds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Waiting {
    /// Settings that wait to be published.
    pub(crate) draft: Option<Draft>,
    /// Credentials that were found good, and were not taken yet.
    pub(crate) pending: Option<Pending>,
}

/// Credentials that were found good.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Pending {
    /// When, in microseconds of UTC.
    pub(crate) at: i64,
    /// The id half.
    pub(crate) client_id: String,
    /// The secret half, sealed.
    pub(crate) secret: Vec<u8>,
    /// What they open.
    pub(crate) found: Authorisation,
}

impl Waiting {
    /// What waits beside this integration.
    pub(crate) fn of(integration: &Integration) -> EngineResult<Self> {
        let text = integration.draft.as_deref().unwrap_or("{}");
        Ok(serde_json::from_str(text).map_err(StoreError::row)?)
    }

    /// Puts it beside the integration; a draft that says what is published is none.
    pub(crate) fn write(mut self, integration: &mut Integration) -> EngineResult<()> {
        if let Some(published) = published(integration)? {
            self.draft = self.draft.filter(|draft| *draft != published);
        }
        let nothing = self.draft.is_none() && self.pending.is_none();
        let text = serde_json::to_string(&self).map_err(StoreError::row)?;
        integration.draft = (!nothing).then_some(text);
        Ok(())
    }
}

/// What is published, as a draft that would change nothing.
pub(super) fn published(integration: &Integration) -> EngineResult<Option<Draft>> {
    if !integration.is_published() {
        return Ok(None);
    }
    Ok(Some(Draft::of(&integration.rules()?, integration.schedule()?, integration.recipients()?)))
}

impl Engine {
    /// The settings as an administrator last saved them: those that wait to be published, else a copy of
    /// the published ones, else an empty set-up.
    pub fn draft_of(&self, integration: &Integration) -> EngineResult<Draft> {
        if let Some(draft) = Waiting::of(integration)?.draft {
            return Ok(draft);
        }
        Ok(published(integration)?.unwrap_or_else(|| Draft::new(personio::DESCRIPTION.id_attribute)))
    }

    /// What is published, as a draft that would change nothing; `None` before the first publishing.
    pub fn published_of(&self, integration: &Integration) -> EngineResult<Option<Draft>> {
        published(integration)
    }

    /// Whether settings wait to be published.
    pub fn has_draft(&self, integration: &Integration) -> EngineResult<bool> {
        Ok(Waiting::of(integration)?.draft.is_some())
    }

    /// The integration as it is now.
    pub async fn reload(&self, integration: &Integration) -> EngineResult<Integration> {
        let found = self.store.integration_by_number(integration.programme(), integration.number()).await?;
        found.ok_or_else(|| EngineError::NotFound {
            what: "This integration is gone.".to_owned(),
            remedy: String::new(),
        })
    }

    /// Changes the integration as it is now; where somebody else changes it at the same time, theirs
    /// counts first, and `change` is asked again. Gives back how it was and how it is.
    pub(crate) async fn change<T>(
        &self,
        integration: &Integration,
        change: impl Fn(&mut Integration) -> EngineResult<T>,
    ) -> EngineResult<(Integration, Integration, T)> {
        for _ in 0..TRIES {
            let seen = self.reload(integration).await?;
            let mut now = seen.clone();
            let outcome = change(&mut now)?;
            now.updated_at = self.now();
            if self.store.change_integration(&seen, &now).await? {
                return Ok((seen, now, outcome));
            }
        }
        Err(Refusal::Busy {}.into())
    }
}
