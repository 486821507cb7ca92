//! The life of an integration: paused, resumed, revoked, handed over; and which imports it allows.

use domain::{import::Purpose, integration::State};
use store::{Integration, integrations::Ending};

use super::waiting::Waiting;
use crate::{Actor, Deed, Engine, EngineResult, Refusal, import::lease_kind};

/// The stable code of imports that ended since their integration was revoked.
pub const REVOKED: &str = "revoked";

impl Engine {
    /// Stops the schedule. A person's import is always tried.
    pub async fn pause(&self, integration: &Integration, by: &Actor) -> EngineResult<Integration> {
        self.step(integration, "integration.paused", by, |integration| match integration.state()? {
            State::Live => Ok(State::Paused),
            State::Paused => Err(Refusal::AlreadyPaused {}.into()),
            State::ReconnectNeeded => Err(Refusal::StandsStill {}.into()),
            _ => Err(not_running(integration).into()),
        })
        .await
    }

    /// Lets the schedule go on.
    pub async fn resume(&self, integration: &Integration, by: &Actor) -> EngineResult<Integration> {
        self.step(integration, "integration.resumed", by, |integration| match integration.state()? {
            State::Paused => Ok(State::Live),
            State::Live => Err(Refusal::NotPaused {}.into()),
            State::ReconnectNeeded => Err(Refusal::CredentialsRefused {}.into()),
            _ => Err(not_running(integration).into()),
        })
        .await
    }

    async fn step(
        &self,
        integration: &Integration,
        action: &str,
        by: &Actor,
        to: impl Fn(&Integration) -> EngineResult<State>,
    ) -> EngineResult<Integration> {
        let (seen, now, ()) = self
            .change(integration, |integration| {
                to(integration)?.as_str().clone_into(&mut integration.state);
                Ok(())
            })
            .await?;
        self.note_change(&seen, by, action, seen.state.clone(), now.state.clone()).await?;
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
                owner.clone_into(&mut integration.owner);
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

/// Why an integration that is not in operation runs no imports.
fn not_running(integration: &Integration) -> Refusal {
    match integration.state() {
        Ok(State::Draft) => Refusal::NotPublished {},
        _ if integration.is_authorised() => Refusal::NotPublishedAgain {},
        _ => Refusal::Revoked {},
    }
}
