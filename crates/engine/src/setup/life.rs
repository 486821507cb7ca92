//! The life of an integration: paused, resumed, revoked, handed over; and which imports it allows.

use domain::{
    import::Purpose,
    integration::{Pause, State},
};
use store::{Integration, StoreResult, integrations::Ending};

use super::waiting::Waiting;
use crate::{Actor, Deed, Engine, EngineResult, Refusal, import::lease_kind};

/// The stable code of imports that ended since their integration was revoked.
pub const REVOKED: &str = "revoked";

impl Engine {
    /// Stops the schedule, also one that has paused itself and would try once a day. A person's import is always tried.
    pub async fn pause(&self, integration: &Integration, by: &Actor) -> EngineResult<Integration> {
        self.step(integration, "integration.paused", by, |integration| {
            match (integration.state()?, integration.pause()?) {
                (State::Live, _) | (State::Paused, Some(Pause::ByFailures)) => {}
                (State::Paused, _) => return Err(Refusal::AlreadyPaused {}.into()),
                (State::ReconnectNeeded, _) => return Err(Refusal::StandsStill {}.into()),
                _ => return Err(not_running(integration).into()),
            }
            State::Paused.as_str().clone_into(&mut integration.state);
            integration.paused_by = Some(Pause::ByHand.as_str().to_owned());
            integration.due_at = None;
            integration.set_streak(None);
            Ok(())
        })
        .await
    }

    /// Lets the schedule go on. A time that has passed meanwhile is caught up, once.
    pub async fn resume(&self, integration: &Integration, by: &Actor) -> EngineResult<Integration> {
        let due_at = self.due_by_history(&self.reload(integration).await?).await?;
        self.step(integration, "integration.resumed", by, |integration| {
            match integration.state()? {
                State::Paused => {}
                State::Live => return Err(Refusal::NotPaused {}.into()),
                State::ReconnectNeeded => return Err(Refusal::CredentialsRefused {}.into()),
                _ => return Err(not_running(integration).into()),
            }
            State::Live.as_str().clone_into(&mut integration.state);
            integration.paused_by = None;
            integration.due_at = Some(due_at);
            integration.set_streak(None);
            Ok(())
        })
        .await
    }

    async fn step(
        &self,
        integration: &Integration,
        action: &str,
        by: &Actor,
        to: impl Fn(&mut Integration) -> EngineResult<()>,
    ) -> EngineResult<Integration> {
        let (seen, now, ()) = self.change(integration, to).await?;
        let stood = |integration: &Integration| match integration.pause() {
            Ok(Some(Pause::ByFailures)) => format!("{}, {}", integration.state, Pause::ByFailures),
            _ => integration.state.clone(),
        };
        self.note_change(&seen, by, action, stood(&seen), stood(&now)).await?;
        Ok(now)
    }

    /// Takes the credentials away, at once: *Imports stop. No member is changed.* An import that is being
    /// read or on hold fails, whichever process works on it; one that is applying finishes. An integration
    /// that was published stays revoked until it is authorised *and* published again.
    pub async fn revoke(&self, integration: &Integration, by: &Actor) -> EngineResult<Integration> {
        for _ in 0..5 {
            let seen = self.reload(integration).await?;
            let waiting = Waiting::of(&seen)?;
            if !seen.is_authorised() && waiting.pending.is_none() {
                return Err(Refusal::NothingToRevoke {}.into());
            }
            let mut now = seen.clone();
            (now.client_id, now.secret, now.agreed_leavers) = (None, None, None);
            Waiting { pending: None, ..waiting }.write(&mut now)?;
            if seen.state()? != State::Draft {
                State::Revoked.as_str().clone_into(&mut now.state);
            }
            (now.due_at, now.paused_by) = (None, None);
            now.set_streak(None);
            now.updated_at = self.now();
            let ending = Ending {
                work: &lease_kind(&seen),
                code: REVOKED,
                text: "the integration was revoked before anything had changed",
                now: self.now(),
            };
            let mail = |import| self.mail_to_owner_of("import-failed", seen.programme_id, import, &seen.owner);
            let ended = self.store.revoke_integration(&seen, &now, ending, &mail).await?;
            let Some(ended) = ended else { continue };
            self.forget_source(&seen).await?;
            tracing::info!(integration = %seen.id, imports = ended.len(), "an integration was revoked");
            let deed = Deed {
                action: "integration.revoked",
                subject: &seen.source,
                before: Some(&seen.state),
                after: Some(&now.state),
            };
            self.note(seen.programme(), by, deed).await?;
            return Ok(now);
        }
        Err(Refusal::Busy {}.into())
    }

    /// Makes somebody else the owner, who is told what happens: an e-mail address.
    pub async fn hand_over(&self, integration: &Integration, owner: &str, by: &Actor) -> EngineResult<Integration> {
        let owner = owner.trim();
        super::steps::check_owner(owner)?;
        let (seen, now, ()) = self
            .change(integration, |integration| {
                integration.give_to(owner);
                Ok(())
            })
            .await?;
        self.note_change(&seen, by, "integration.handed-over", seen.owner.clone(), now.owner.clone()).await?;
        Ok(now)
    }

    /// Whether an import may be asked for now; where not, why, and what to do. A preview needs nothing
    /// but credentials.
    pub fn check_may_import(&self, integration: &Integration, purpose: Purpose) -> EngineResult<()> {
        match integration.state()? {
            _ if purpose == Purpose::Preview && integration.is_authorised() => Ok(()),
            State::Draft if purpose == Purpose::Preview => Err(Refusal::NotAuthorised {}.into()),
            State::Draft | State::Revoked => Err(not_running(integration).into()),
            State::Live | State::Paused | State::ReconnectNeeded => Ok(()),
        }
    }
}

/// The source accepts the credentials again: the schedule goes on, unless somebody had paused it by hand. When the next
/// import is due is worked out at the next look at the clock.
pub(crate) fn reconnect(integration: &mut Integration) -> StoreResult<()> {
    if integration.state()? == State::ReconnectNeeded {
        let state = if integration.pause()? == Some(Pause::ByHand) { State::Paused } else { State::Live };
        state.as_str().clone_into(&mut integration.state);
    }
    Ok(())
}

/// Why an integration that is not in operation runs no imports.
fn not_running(integration: &Integration) -> Refusal {
    match integration.state() {
        Ok(State::Draft) => Refusal::NotPublished {},
        _ if integration.is_authorised() => Refusal::NotPublishedAgain {},
        _ => Refusal::Revoked {},
    }
}
