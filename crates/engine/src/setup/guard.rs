//! When an import waits for an administrator. Unlike other settings this one counts at once: it
//! decides about plans, not about people, so that there is nothing to preview.

use domain::{
    guard::Thresholds,
    setup::{Mistakes, check_guard},
};
use store::{Integration, StoreError};

use super::waiting::Waiting;
use crate::{Actor, Engine, EngineResult};

impl Engine {
    /// The thresholds that the integration's imports are held by now.
    pub fn guard_of(&self, integration: &Integration) -> EngineResult<Thresholds> {
        if integration.is_published() {
            return Ok(integration.rules()?.guard);
        }
        Ok(self.draft_of(integration)?.guard)
    }

    /// Changes the thresholds (R40–R44), in the published rules and in a draft that waits beside them.
    pub async fn change_guard(&self, integration: &Integration, wanted: Thresholds, by: &Actor) -> EngineResult<()> {
        Mistakes::unless_none(check_guard(&wanted))?;
        let (_, now, before) = self
            .change(integration, |integration| {
                let (before, draft) = (self.guard_of(integration)?, self.draft_of(integration)?);
                let mut waiting = Waiting::of(integration)?;
                if integration.is_published() {
                    let mut rules = integration.rules()?;
                    rules.guard = wanted;
                    integration.rules = Some(serde_json::to_string(&rules).map_err(StoreError::row)?);
                } else {
                    waiting.draft.get_or_insert(draft);
                }
                if let Some(draft) = &mut waiting.draft {
                    draft.guard = wanted;
                }
                waiting.write(integration)?;
                Ok(before)
            })
            .await?;
        self.note_change(&now, by, "integration.guard-changed", before, wanted).await
    }
}
