//! Asking for an import: it waits in the database, and whoever works in the background takes it up.

use domain::{
    ids::{ImportId, ProgrammeId},
    import::Purpose,
};
use serde_json::json;
use store::{Audit, Import, Integration, Programme, idempotency::Wish, imports::Started};

use crate::{Actor, ActorKind, Deed, Engine, EngineError, EngineResult, administrators::TokenSession, import::Request};

/// What became of a request that is done once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Once {
    /// It started this import, now or when it was asked before.
    Started(ImportId),
    /// The key came with another request before; nothing was done.
    AnotherRequest,
}

impl Engine {
    /// Asks for an import, unless one of the integration is running (R39). It begins as soon as there
    /// are hands for it.
    pub async fn start_import(
        &self,
        programme: &Programme,
        integration: &Integration,
        request: Request,
        by: &Actor,
    ) -> EngineResult<ImportId> {
        self.queue(programme, integration, request, by, None).await
    }

    /// The same for a program that may ask twice, not knowing whether its first request arrived: within a
    /// day, the same `key` starts one import. `print` tells one request from another.
    pub async fn start_import_once(
        &self,
        program: &TokenSession,
        integration: &Integration,
        request: Request,
        by: &Actor,
        (key, print): (&str, &str),
    ) -> EngineResult<Once> {
        if let Some(known) = self.asked_before(program, key, print).await? {
            return Ok(known);
        }
        let wish = Wish { token: program.id, key, print };
        match self.queue(&program.programme, integration, request, by, Some(wish)).await {
            Ok(import) => Ok(Once::Started(import)),
            // What is running may be what the same request has just started.
            Err(EngineError::AlreadyRunning(running)) => {
                let known = self.asked_before(program, key, print).await?;
                known.ok_or(EngineError::AlreadyRunning(running))
            }
            Err(error) => Err(error),
        }
    }

    async fn asked_before(&self, program: &TokenSession, key: &str, print: &str) -> EngineResult<Option<Once>> {
        let found = self.store.remembered(program.programme.number(), program.id, key, self.now()).await?;
        Ok(found.map(|found| {
            if found.request_print == print { Once::Started(ImportId(found.import_id)) } else { Once::AnotherRequest }
        }))
    }

    async fn queue(
        &self,
        programme: &Programme,
        integration: &Integration,
        request: Request,
        by: &Actor,
        wish: Option<Wish<'_>>,
    ) -> EngineResult<ImportId> {
        self.check_released().await?;
        self.check_in_operation(programme).await?;
        self.check_may_import(&self.reload(integration).await?, request.purpose)?;
        let mut import = self.new_import(integration, request).await?;
        import.person = (by.kind != ActorKind::System).then(|| by.name.clone());
        let started = match wish {
            Some(wish) => self.store.add_import_once(&import, wish).await?,
            None => self.store.add_import_unless_running(&import).await?,
        };
        if let Started::Busy(running) = started {
            return Err(EngineError::AlreadyRunning(Some(running)));
        }
        self.note_start(&import, by).await?;
        self.wake.imports.notify_one();
        Ok(import.number())
    }

    /// Notes who asked for an import. A preview changes nothing, and is not worth a line.
    pub(crate) async fn note_start(&self, import: &Import, by: &Actor) -> EngineResult<()> {
        if import.purpose == Purpose::Apply.as_str() {
            self.store.add_audit(&self.start_entry(import, by)).await?;
        }
        Ok(())
    }

    /// The entry of the log that says who asked for an import.
    pub(crate) fn start_entry(&self, import: &Import, by: &Actor) -> Audit {
        let after = json!({ "trigger": import.trigger, "renumbered": import.renumbered });
        let subject = import.number().to_string();
        let deed = Deed { action: "import.started", subject: &subject, before: None::<()>, after: Some(after) };
        self.entry(import.programme(), by, deed)
    }

    /// The import of the integration that is running now, if one is.
    pub async fn running_of(&self, integration: &Integration) -> EngineResult<Option<Import>> {
        Ok(self.store.running_import(integration.programme(), integration.number()).await?)
    }

    /// The programme's import with this number; another programme's is not there.
    pub async fn import_of(&self, programme: ProgrammeId, id: ImportId) -> EngineResult<Import> {
        let found = self.store.import_of(programme, id).await?;
        found.ok_or_else(|| EngineError::NotFound {
            what: format!("There is no import {id}."),
            remedy: "The history of imports lists them.".to_owned(),
        })
    }
}
