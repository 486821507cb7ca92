//! What an administrator answers to an import on hold, and putting right what an import did.

use domain::{
    hold,
    ids::ImportId,
    import::{Purpose, State},
};
use store::{Import, Integration, Programme, imports::WITHOUT_LEAVERS, work::Lease};

use crate::{
    Engine, EngineError, EngineResult,
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

impl Engine {
    /// The import with this number.
    pub async fn import_by_number(&self, id: ImportId) -> EngineResult<Import> {
        let found = self.store.import(id).await?;
        found.ok_or_else(|| EngineError::NotFound {
            what: format!("There is no import {id}."),
            remedy: "`rollcall imports PROGRAMME` lists them.".to_owned(),
        })
    }

    /// The programme and the integration that an import belongs to.
    pub(crate) async fn whose(&self, import: &Import) -> EngineResult<(Programme, Integration)> {
        let programmes = self.store.programmes().await?;
        let programme = programmes.into_iter().find(|programme| programme.id == import.programme_id);
        let integrations = self.store.integrations(import.programme()).await?;
        let integration = integrations.into_iter().find(|integration| integration.id == import.integration_id);
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
            return Err(EngineError::Refused {
                what: format!("The import {id} is {state}, not on hold."),
                remedy: format!("`rollcall imports show {id}` tells more."),
            });
        }
        if !self.has_lapsed(&import) {
            return Ok(import);
        }
        self.lapse(&mut import).await?;
        Err(EngineError::Refused {
            what: format!("The import {id} waited for more than 72 hours and has lapsed. Nothing has changed."),
            remedy: "Run `rollcall import` for a new plan.".to_owned(),
        })
    }

    fn has_lapsed(&self, held: &Import) -> bool {
        hold::has_lapsed(held.held_at.unwrap_or_default(), self.now())
    }

    async fn lapse(&self, held: &mut Import) -> EngineResult<()> {
        State::Lapsed.as_str().clone_into(&mut held.state);
        held.finished_at = Some(self.now());
        self.store.move_import(None, State::OnHold, held, &[]).await?;
        Ok(())
    }

    /// Ends every hold that nobody answered in time; tells how many.
    pub async fn lapse_holds(&self) -> EngineResult<usize> {
        let mut lapsed = 0;
        for mut held in self.store.imports_in(&[State::OnHold]).await? {
            if self.has_lapsed(&held) {
                self.lapse(&mut held).await?;
                lapsed += 1;
            }
        }
        Ok(lapsed)
    }

    /// Applies the very plan that was on hold, or all of it but the leavers (R46).
    pub async fn approve(&self, id: ImportId, scope: Scope, watcher: &dyn Watcher) -> EngineResult<Report> {
        let import = self.held(id).await?;
        let (programme, integration) = self.whose(&import).await?;
        let lease = self.take_lease(&integration, watcher).await?;
        let work = async {
            // Somebody may have answered, or a newer plan taken its place, before the lease was ours.
            let mut import = self.held(id).await?;
            self.check_fresh(&import).await?;
            let approved = if scope == Scope::Whole { "whole" } else { WITHOUT_LEAVERS };
            import.approved = Some(approved.to_owned());
            self.begin_approved(&programme, &integration, &lease, import, watcher).await
        };
        self.while_leased(&lease, work).await
    }

    async fn begin_approved(
        &self,
        programme: &Programme,
        integration: &Integration,
        lease: &Lease,
        mut import: Import,
        watcher: &dyn Watcher,
    ) -> EngineResult<Report> {
        let rows = self.store.rows_to_apply(&import).await?;
        (import.progress_done, import.progress_total) = (0, i64::try_from(rows).unwrap_or(i64::MAX));
        State::Applying.as_str().clone_into(&mut import.state);
        if !self.store.move_import(Some(lease), State::OnHold, &import, &[]).await? {
            return Err(EngineError::AlreadyRunning(Some(import.number())));
        }
        self.work_on(programme, integration, lease, import, watcher).await
    }

    /// R30: what is approved is what was shown. A plan whose members have changed since is refused.
    async fn check_fresh(&self, import: &Import) -> EngineResult<()> {
        let plan = self.store.plan(import.programme(), import.number(), import.try_number);
        let (print, _) = import::fingerprint_of(&plan).await?;
        if import.plan_print.as_deref() == Some(print.as_str()) && !plan.is_stale().await? {
            return Ok(());
        }
        Err(EngineError::Refused {
            what: format!("The plan of import {} is stale: members in it have been changed since.", import.number()),
            remedy: "Run `rollcall import` for a new plan.".to_owned(),
        })
    }

    /// Says no to a plan on hold; nothing has changed, and nothing will.
    pub async fn reject(&self, id: ImportId) -> EngineResult<()> {
        let mut import = self.held(id).await?;
        State::Rejected.as_str().clone_into(&mut import.state);
        import.finished_at = Some(self.now());
        if self.store.move_import(None, State::OnHold, &import, &[]).await? {
            return Ok(());
        }
        Err(EngineError::Refused {
            what: format!("The import {id} was answered by someone else just now."),
            remedy: format!("`rollcall imports show {id}` tells how."),
        })
    }

    /// Plans once more, matching people by e-mail and names, since the IDs were renumbered (R43).
    pub async fn plan_renumbered(&self, id: ImportId, watcher: &dyn Watcher) -> EngineResult<Report> {
        let import = self.held(id).await?;
        let (programme, integration) = self.whose(&import).await?;
        let request = Request { purpose: Purpose::Apply, trigger: "renumbered", renumbered: true };
        self.import(&programme, &integration, request, watcher).await
    }

    /// Brings back, together, the members whom an import made leavers and who still are (R55);
    /// tells how many.
    pub async fn restore_leavers(&self, id: ImportId) -> EngineResult<u64> {
        let import = self.import_by_number(id).await?;
        Ok(self.store.restore_leavers(import.programme(), id, self.now()).await?)
    }
}
