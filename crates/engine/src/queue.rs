//! Asking for an import: it waits in the database, and whoever works in the background takes it up.

use domain::{
    ids::{ImportId, ProgrammeId},
    import::Purpose,
};
use serde_json::json;
use store::{Import, Integration, Programme, imports::Started};

use crate::{Actor, ActorKind, Deed, Engine, EngineError, EngineResult, import::Request};

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
        self.check_may_import(&self.reload(integration).await?, request.purpose)?;
        let mut import = self.new_import(integration, request)?;
        import.person = (by.kind != ActorKind::System).then(|| by.name.clone());
        match self.store.add_import_unless_running(&import).await? {
            Started::Busy(running) => return Err(EngineError::AlreadyRunning(Some(running))),
            Started::Begun | Started::Moved => {}
        }
        self.note_start(programme, &import, by).await?;
        self.wake.notify_one();
        Ok(import.number())
    }

    /// Notes who asked for an import. A preview changes nothing, and is not worth a line.
    pub(crate) async fn note_start(&self, programme: &Programme, import: &Import, by: &Actor) -> EngineResult<()> {
        if import.purpose != Purpose::Apply.as_str() {
            return Ok(());
        }
        let after = json!({ "trigger": import.trigger, "renumbered": import.renumbered });
        let subject = import.number().to_string();
        let deed = Deed { action: "import.started", subject: &subject, before: None::<()>, after: Some(after) };
        self.note(programme.number(), by, deed).await
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
