//! What an administrator answers to an import on hold, and putting right what an import did.

use domain::{
    hold,
    ids::{ImportId, IntegrationId},
    import::{Purpose, State},
};
use serde_json::json;
use store::{
    Import, Integration, Programme, StoreError,
    imports::{Started, WITHOUT_LEAVERS},
};

use crate::{
    Actor, Deed, Engine, EngineError, EngineResult, Refusal,
    halt::Halt,
    import::{self, Report, Request, Watcher},
};

/// How much of a plan an administrator approves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    Whole,
    /// All but the leavers (R46).
    WithoutLeavers,
}

impl Scope {
    /// The name in the audit log.
    fn action(self) -> &'static str {
        match self {
            Self::Whole => "hold.approved",
            Self::WithoutLeavers => "hold.approved-without-leavers",
        }
    }
}

/// What an administrator answers to an import on hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldAnswer {
    /// Apply this very plan.
    Approve,
    /// Apply all of it but the leavers (R46).
    WithoutLeavers,
    /// The IDs were renumbered: plan once more, by e-mail and names (R43).
    Renumbered,
    /// Change nothing.
    Reject,
}

/// Planning once more, since the IDs were renumbered (R43).
const RENUMBERED: Request = Request { purpose: Purpose::Apply, trigger: "renumbered", renumbered: true };

impl Engine {
    /// The import with this number.
    pub async fn import_by_number(&self, id: ImportId) -> EngineResult<Import> {
        let found = self.store.import(id).await?;
        found.ok_or_else(|| EngineError::NotFound {
            what: format!("There is no import {id}."),
            remedy: "The history of imports lists them.".to_owned(),
        })
    }

    /// The programme and the integration that an import belongs to.
    pub(crate) async fn whose(&self, import: &Import) -> EngineResult<(Programme, Integration)> {
        let programme = self.store.programme_by_number(import.programme()).await?;
        let number = IntegrationId(import.integration_id);
        let integration = self.store.integration_by_number(import.programme(), number).await?;
        programme.zip(integration).ok_or_else(|| EngineError::NotFound {
            what: format!("The integration of import {} is gone.", import.number()),
            remedy: String::new(),
        })
    }

    /// An import that waits for an answer; one that has waited too long lapses here.
    async fn held(&self, id: ImportId) -> EngineResult<Import> {
        let mut import = self.import_by_number(id).await?;
        let state = import.state()?;
        if state != State::OnHold {
            return Err(Refusal::NotOnHold { import: id, state }.into());
        }
        if !self.has_lapsed(&import) {
            return Ok(import);
        }
        self.lapse(&mut import).await?;
        Err(Refusal::HoldLapsed { import: id }.into())
    }

    fn has_lapsed(&self, held: &Import) -> bool {
        hold::has_lapsed(held.held_at.unwrap_or_default(), self.now())
    }

    async fn lapse(&self, held: &mut Import) -> EngineResult<()> {
        State::Lapsed.as_str().clone_into(&mut held.state);
        held.finished_at = Some(self.now());
        self.move_import(None, State::OnHold, held, &[], None).await?;
        Ok(())
    }

    /// Ends every hold that nobody answered in time; tells how many.
    pub async fn lapse_holds(&self) -> EngineResult<usize> {
        if self.is_held().await? {
            return Ok(0);
        }
        let mut lapsed = 0;
        for mut held in self.store.held_before(self.now().saturating_sub(hold::WAITS)).await? {
            if self.has_lapsed(&held) {
                self.lapse(&mut held).await?;
                lapsed += 1;
            }
        }
        Ok(lapsed)
    }

    /// Answers an import on hold; what follows is done in the background. Gives the import to look at:
    /// this one, or the new one where everybody is planned once more.
    pub async fn answer_hold(&self, id: ImportId, answer: HoldAnswer, by: &Actor) -> EngineResult<ImportId> {
        match answer {
            HoldAnswer::Approve => self.release(id, Scope::Whole, by).await?,
            HoldAnswer::WithoutLeavers => self.release(id, Scope::WithoutLeavers, by).await?,
            HoldAnswer::Reject => self.reject(id, by).await?,
            HoldAnswer::Renumbered => {
                let import = self.held(id).await?;
                let (programme, integration) = self.whose(&import).await?;
                let started = self.start_import(&programme, &integration, RENUMBERED, by).await?;
                self.note_answer(&import, "hold.renumbered", by).await?;
                return Ok(started);
            }
        }
        Ok(id)
    }

    /// Hands an approved plan over to whoever works in the background.
    async fn release(&self, id: ImportId, scope: Scope, by: &Actor) -> EngineResult<()> {
        let import = self.approved(id, scope, by).await?;
        match self.store.release_import(&import).await? {
            Started::Busy(running) => return Err(EngineError::AlreadyRunning(Some(running))),
            Started::Moved => return Err(Refusal::HoldAnswered { import: id }.into()),
            Started::Begun => {}
        }
        self.note_answer(&import, scope.action(), by).await?;
        self.wake.imports.notify_one();
        Ok(())
    }

    /// Applies the very plan that was on hold, or all of it but the leavers (R46), here and now.
    pub async fn approve(&self, id: ImportId, scope: Scope, by: &Actor, watcher: &dyn Watcher) -> EngineResult<Report> {
        let import = self.held(id).await?;
        let (_, integration) = self.whose(&import).await?;
        let lease = self.take_lease(&integration, watcher).await?;
        let work = async {
            // Somebody may have answered, or a newer plan taken its place, before the lease was ours.
            let import = self.approved(id, scope, by).await?;
            if !self.move_import(Some(&lease), State::OnHold, &import, &[], None).await? {
                return Err(Refusal::HoldAnswered { import: id }.into());
            }
            self.note_answer(&import, scope.action(), by).await?;
            let at_work = self.at_work(&import).await?.ok_or(StoreError::LeaseLost)?;
            self.work_on(&at_work, &lease, watcher, &Halt::never()).await
        };
        self.while_leased(&lease, work).await
    }

    /// The import as it is once it has been approved: still on hold, fresh, and about to apply.
    async fn approved(&self, id: ImportId, scope: Scope, by: &Actor) -> EngineResult<Import> {
        self.check_released().await?;
        let mut import = self.held(id).await?;
        self.check_in_operation(&self.whose(&import).await?.0).await?;
        self.check_fresh(&import).await?;
        let approved = if scope == Scope::Whole { "whole" } else { WITHOUT_LEAVERS };
        import.approved = Some(approved.to_owned());
        import.answered_by = Some(by.name.clone());
        let rows = self.store.rows_to_apply(&import).await?;
        (import.progress_done, import.progress_total) = (0, i64::try_from(rows).unwrap_or(i64::MAX));
        import.stage_since = self.now();
        State::Applying.as_str().clone_into(&mut import.state);
        Ok(import)
    }

    async fn note_answer(&self, import: &Import, action: &str, by: &Actor) -> EngineResult<()> {
        let subject = import.number().to_string();
        let counts = import.counts()?;
        let after =
            json!({ "join": counts.join, "update": counts.update, "leave": counts.leave, "rejoin": counts.rejoin });
        let deed = Deed { action, subject: &subject, before: None::<()>, after: Some(after) };
        self.note(import.programme(), by, deed).await
    }

    /// R30: what is approved is what was shown. A plan whose members have changed since is refused.
    async fn check_fresh(&self, import: &Import) -> EngineResult<()> {
        let plan = self.store.plan(import.programme(), import.number(), import.try_number);
        let (print, _) = import::fingerprint_of(&plan).await?;
        if import.plan_print.as_deref() == Some(print.as_str()) && !plan.is_stale().await? {
            return Ok(());
        }
        Err(Refusal::PlanStale { import: import.number() }.into())
    }

    /// Says no to a plan on hold; nothing has changed, and nothing will.
    pub async fn reject(&self, id: ImportId, by: &Actor) -> EngineResult<()> {
        let mut import = self.held(id).await?;
        State::Rejected.as_str().clone_into(&mut import.state);
        import.answered_by = Some(by.name.clone());
        import.finished_at = Some(self.now());
        if !self.move_import(None, State::OnHold, &import, &[], None).await? {
            return Err(Refusal::HoldAnswered { import: id }.into());
        }
        self.note_answer(&import, "hold.rejected", by).await
    }

    /// Plans once more, matching people by e-mail and names, since the IDs were renumbered (R43), here
    /// and now.
    pub async fn plan_renumbered(&self, id: ImportId, by: &Actor, watcher: &dyn Watcher) -> EngineResult<Report> {
        self.check_released().await?;
        let import = self.held(id).await?;
        let (programme, integration) = self.whose(&import).await?;
        self.note_answer(&import, "hold.renumbered", by).await?;
        self.import(&programme, &integration, RENUMBERED, watcher).await
    }

    /// How many members [`Engine::restore_leavers`] would bring back.
    pub async fn restorable_leavers(&self, import: &Import) -> EngineResult<u64> {
        Ok(self.store.restorable_leavers(import.programme(), import.number()).await?)
    }

    /// Brings back, together, the members whom an import made leavers and who still are (R55);
    /// tells how many.
    pub async fn restore_leavers(&self, id: ImportId, by: &Actor) -> EngineResult<u64> {
        let import = self.import_by_number(id).await?;
        let restored = self.store.restore_leavers(import.programme(), id, self.now()).await?;
        if restored > 0 {
            let (subject, after) = (id.to_string(), json!({ "restored": restored }));
            let action = "leavers.restored";
            let deed = Deed { action, subject: &subject, before: None::<()>, after: Some(after) };
            self.note(import.programme(), by, deed).await?;
        }
        Ok(restored)
    }
}
