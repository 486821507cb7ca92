//! Publishing (R45): what was previewed takes effect, and nothing else.

use std::collections::BTreeSet;

use domain::{
    ids::MemberId,
    integration::{Pause, State},
    plan::Kind,
    setup::{Draft, Mistakes, Step, settings_print},
};
use futures::TryStreamExt;
use serde::{Deserialize, Serialize};
use sources::personio;
use store::{Import, Integration, StoreError};
use thiserror::Error;

use super::{
    steps::{published_rules, standing},
    waiting::Waiting,
};
use crate::{Actor, Deed, Engine, EngineResult, Refusal};

/// How long a preview stands for what would be published, in microseconds: a day.
const PREVIEW_FOR: i64 = 24 * 60 * 60 * 1_000_000;

/// Why settings were not published. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PublishError {
    /// There are no credentials.
    #[error("This integration has no credentials. Authorise it first.")]
    NotAuthorised,
    /// A step was never saved.
    #[error("The step “{0}” was not saved yet. Save it first.")]
    StepMissing(Step),
    /// Something is wrong with the settings.
    #[error(transparent)]
    Mistakes(#[from] Mistakes),
    /// Nobody has seen what these settings come to, or not within a day.
    #[error("There is no preview of these settings from the last 24 hours. Make one, and look at it.")]
    NoPreview,
    /// The number that was typed is not that of the leavers who were shown (R45).
    #[error("{}", leavers_text(*.typed, *.leavers))]
    Leavers {
        /// What was typed.
        typed: Option<u64>,
        /// How many leavers the preview has.
        leavers: u64,
    },
}

impl PublishError {
    /// The stable name, by which pages find their words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAuthorised => "not-authorised",
            Self::StepMissing(_) => "step-missing",
            Self::Mistakes(_) => "mistakes",
            Self::NoPreview => "no-preview",
            Self::Leavers { .. } => "leavers",
        }
    }
}

fn leavers_text(typed: Option<u64>, leavers: u64) -> String {
    match typed {
        Some(typed) => format!(
            "The preview has {leavers} leavers, and {typed} was typed. Look at the preview again, and type the number of its leavers: {leavers}."
        ),
        None => format!(
            "The preview has {leavers} leavers, more than an import makes without asking; no number was typed. Type the number of leavers, {leavers}, to agree to them."
        ),
    }
}

/// The leavers whom somebody agreed to by name when publishing (R45).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Agreed {
    /// Who did.
    pub(crate) by: String,
    /// The members.
    pub(crate) leavers: BTreeSet<MemberId>,
}

impl Agreed {
    /// What was agreed to, if it is for this import: the first that was begun after publishing.
    pub(crate) fn for_import(integration: &Integration, import: &Import) -> EngineResult<Option<Self>> {
        let agreed = integration.agreed_leavers.as_deref().filter(|_| is_after(import.created_at, integration));
        Ok(agreed.map(|agreed| serde_json::from_str(agreed).map_err(StoreError::row)).transpose()?)
    }

    /// What was agreed to is for one import: once the plan of one that was begun at this time was looked at, whatever
    /// came of it, it is used up.
    pub(crate) fn use_up(integration: &mut Integration, begun: i64) {
        if is_after(begun, integration) {
            integration.agreed_leavers = None;
        }
    }
}

fn is_after(begun: i64, integration: &Integration) -> bool {
    integration.published_at.is_some_and(|published| published <= begun)
}

impl Engine {
    /// The newest preview that still stands for what would be published now, if there is one.
    pub async fn preview_of(&self, integration: &Integration) -> EngineResult<Option<Import>> {
        let rules = self.draft_of(integration)?.rules(personio::DESCRIPTION.status_attribute);
        let (programme, number) = (integration.programme(), integration.number());
        let since = self.now() - PREVIEW_FOR;
        Ok(self.store.newest_preview(programme, number, settings_print(&rules), since).await?)
    }

    /// Puts the draft into effect: it needs a preview of exactly these settings that is no older than a day.
    /// Where that trips R40, `typed_leavers` has to be the number of its leavers; a typed number also agrees
    /// to these leavers for the first import after it (R45). An integration that somebody paused stays
    /// paused; a draft, a revoked one and one that has paused itself are live.
    pub async fn publish(
        &self,
        integration: &Integration,
        typed_leavers: Option<u64>,
        by: &Actor,
    ) -> EngineResult<Integration> {
        let seen = self.reload(integration).await?;
        let draft = self.draft_of(&seen)?;
        check_publishable(&seen, &draft)?;
        let preview = self.preview_of(&seen).await?.ok_or(PublishError::NoPreview)?;
        let leavers = preview.counts()?.leave;
        let asks = preview.held_by.split(',').any(|guard| guard == "R40");
        if typed_leavers.is_some_and(|typed| typed != leavers) || (asks && typed_leavers.is_none()) {
            return Err(PublishError::Leavers { typed: typed_leavers, leavers }.into());
        }
        let agreed = match typed_leavers {
            Some(_) => Some(Agreed { by: by.name.clone(), leavers: self.leavers_of(&preview).await? }),
            None => None,
        };
        self.put_into_effect(&seen, &draft, agreed.as_ref(), by).await
    }

    /// Makes a draft the published settings, if nothing else has changed since the integration was seen.
    pub(super) async fn put_into_effect(
        &self,
        seen: &Integration,
        draft: &Draft,
        agreed: Option<&Agreed>,
        by: &Actor,
    ) -> EngineResult<Integration> {
        let rules = draft.rules(personio::DESCRIPTION.status_attribute);
        let mut now = seen.clone();
        now.rules = Some(serde_json::to_string(&rules).map_err(StoreError::row)?);
        now.schedule = serde_json::to_string(&draft.schedule).map_err(StoreError::row)?;
        now.recipients = serde_json::to_string(&draft.recipients).map_err(StoreError::row)?;
        now.agreed_leavers = agreed.map(|agreed| serde_json::to_string(agreed).map_err(StoreError::row)).transpose()?;
        let has_paused_itself = seen.pause()? == Some(Pause::ByFailures) && seen.state()? == State::Paused;
        if has_paused_itself || matches!(seen.state()?, State::Draft | State::Revoked) {
            State::Live.as_str().clone_into(&mut now.state);
            now.paused_by = None;
        }
        // The preview could read: what failed before it does not count any more (R52).
        now.set_streak(None);
        let goes_on = now.schedule == seen.schedule && seen.streak().is_none() && seen.state()? == State::Live;
        if now.state()? == State::Live && !goes_on {
            now.due_at = self.first_due(&now).await?;
        }
        now.published_at = Some(self.now());
        now.updated_at = self.now();
        Waiting { draft: None, ..Waiting::of(seen)? }.write(&mut now)?;
        if !self.store.change_integration(seen, &now).await? {
            return Err(Refusal::Busy {}.into());
        }
        tracing::info!(integration = %seen.id, "an integration was published");
        let deed = Deed {
            action: "integration.published",
            subject: &seen.source,
            before: self.published_of(seen)?,
            after: Some(draft),
        };
        self.note(seen.programme(), by, deed).await?;
        Ok(now)
    }

    async fn leavers_of(&self, preview: &Import) -> EngineResult<BTreeSet<MemberId>> {
        let plan = self.store.plan(preview.programme(), preview.number(), preview.try_number);
        let rows = plan.essence(Some(Kind::Leave)).await?;
        let members = rows.try_filter_map(|row| std::future::ready(Ok(row.member_id.map(MemberId))));
        Ok(members.try_collect().await?)
    }
}

fn check_publishable(integration: &Integration, draft: &Draft) -> EngineResult<()> {
    if !integration.is_authorised() {
        return Err(PublishError::NotAuthorised.into());
    }
    let missing = draft.next_step(true);
    if missing != Step::Review {
        return Err(PublishError::StepMissing(missing).into());
    }
    let rules = published_rules(integration)?;
    let mistakes = draft.check(standing(integration, rules.as_ref())?);
    Mistakes::unless_none(mistakes).map_err(PublishError::from)?;
    Ok(())
}
