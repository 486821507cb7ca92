//! What the end of a read means for the schedule: refused credentials (R5), imports that keep failing (R52), and that it
//! works again.

use domain::{
    failing::{ONCE_A_DAY, Streak},
    integration::{Pause, State},
};
use serde::Serialize;
use store::{Import, Integration, Mail, Programme, StoreResult};

use crate::{
    Engine, EngineResult,
    due::{BY_SCHEDULE, next_due},
    setup,
};

/// How an import failed.
pub(crate) struct Failed<'a> {
    /// The import.
    pub(crate) import: &'a Import,
    /// Whether the source refused the credentials.
    pub(crate) refused: bool,
    /// Whether the import before it failed for the same reason.
    pub(crate) as_before: bool,
}

/// Who is told of a failure, and by which mail.
#[derive(Clone)]
pub(crate) struct Mails {
    /// The credentials are refused: the owner.
    pub(crate) reconnect: Vec<Mail>,
    /// The import failed: everybody who is told of imports.
    pub(crate) failed: Vec<Mail>,
    /// The schedule has paused itself: everybody who is told of imports.
    pub(crate) paused: Vec<Mail>,
}

/// How an integration's imports have been failing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Failing {
    /// How many in a row.
    pub failures: u32,
    /// When the first of them failed, in microseconds of UTC.
    pub since: i64,
    /// When the next one is tried, in microseconds of UTC.
    pub next_try: Option<i64>,
    /// Whether the schedule has paused itself for it (R52).
    pub has_paused: bool,
}

impl Engine {
    /// How the integration's imports have been failing; none where the last one could read, or the schedule stands still
    /// for another reason.
    pub fn failing(&self, integration: &Integration) -> EngineResult<Option<Failing>> {
        let has_paused = has_paused_itself(integration)?;
        if !has_paused && integration.state()? != State::Live {
            return Ok(None);
        }
        let failing = |streak: Streak| Failing {
            failures: streak.failures,
            since: streak.since,
            next_try: integration.due_at,
            has_paused,
        };
        Ok(integration.streak().map(failing))
    }

    /// The source was read: what failures or refused credentials had stopped goes on. A pause by hand stays.
    pub(crate) fn after_a_read(&self, programme: &Programme, integration: &mut Integration) -> StoreResult<()> {
        let stood_still = matches!(integration.state()?, State::ReconnectNeeded) || has_paused_itself(integration)?;
        setup::reconnect(integration)?;
        if has_paused_itself(integration)? {
            State::Live.as_str().clone_into(&mut integration.state);
            integration.paused_by = None;
        }
        if integration.state()? == State::Live && (stood_still || integration.streak().is_some()) {
            integration.due_at = Some(next_due(programme, integration, self.now())?);
        }
        integration.set_streak(None);
        Ok(())
    }

    /// The import failed: what that means for the schedule, and who is told. Refused credentials are told once, and so is
    /// a schedule that pauses itself; tries that fail for the same reason as the one before tell nobody.
    pub(crate) fn after_a_failure(
        &self,
        failed: &Failed<'_>,
        integration: &mut Integration,
        mails: Mails,
    ) -> StoreResult<Vec<Mail>> {
        let (now, state) = (self.now(), integration.state()?);
        let by_schedule = failed.import.trigger == BY_SCHEDULE;
        if failed.refused {
            if !matches!(state, State::Live | State::Paused) {
                return Ok(Vec::new());
            }
            if integration.pause()? == Some(Pause::ByFailures) {
                integration.paused_by = None;
            }
            State::ReconnectNeeded.as_str().clone_into(&mut integration.state);
            integration.due_at = None;
            integration.set_streak(None);
            return Ok(mails.reconnect);
        }
        let tells = if by_schedule && failed.as_before { Vec::new() } else { mails.failed };
        let has_paused = has_paused_itself(integration)?;
        if state != State::Live && !has_paused {
            return Ok(tells);
        }
        let streak = Streak::go_on(integration.streak(), now);
        integration.set_streak(Some(streak));
        if has_paused {
            return Ok(if by_schedule { Vec::new() } else { tells });
        }
        if streak.pauses(now) {
            State::Paused.as_str().clone_into(&mut integration.state);
            integration.paused_by = Some(Pause::ByFailures.as_str().to_owned());
            integration.due_at = Some(now.saturating_add(ONCE_A_DAY));
            return Ok(mails.paused);
        }
        if by_schedule {
            integration.due_at = integration.due_at.map(|next| streak.try_again(now, next));
        }
        Ok(tells)
    }
}

/// Whether the schedule stands still since imports kept failing.
fn has_paused_itself(integration: &Integration) -> StoreResult<bool> {
    Ok(integration.state()? == State::Paused && integration.pause()? == Some(Pause::ByFailures))
}
