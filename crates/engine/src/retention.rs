//! What goes with time, as a programme has it set: whom imports were about, and old entries of the audit log.
//!
//! Any node may do it, and several at once: whatever is gone is gone, and an import is marked once.

use jiff::tz::TimeZone;
use serde::Serialize;
use store::Programme;

use crate::{Actor, Deed, Engine, EngineResult};

/// Imports that are looked at together.
const AT_ONCE: u64 = 100;

/// What went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Gone {
    /// Imports that no longer say whom they were about.
    pub imports: u64,
    /// Lines of files.
    pub lines: u64,
    /// Entries of the audit log.
    pub entries: u64,
}

impl Engine {
    /// Removes, in every programme, what has stayed as long as is set; nothing while a restored installation waits for
    /// somebody to look at it. A programme where that fails keeps no other waiting: its error comes back after all have had
    /// their turn.
    pub async fn remove_old(&self) -> EngineResult<Gone> {
        let mut gone = Gone::default();
        if self.is_held().await? {
            return Ok(gone);
        }
        let mut failed = Ok(());
        for programme in self.store.programmes().await? {
            match self.remove_old_of(&programme).await {
                Ok(here) => {
                    gone.imports += here.imports;
                    gone.lines += here.lines;
                    gone.entries += here.entries;
                }
                Err(error) => failed = failed.and(Err(error)),
            }
        }
        failed.map(|()| gone)
    }

    async fn remove_old_of(&self, programme: &Programme) -> EngineResult<Gone> {
        let set = self.programme_settings(programme)?.retention;
        let zone = TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC);
        let (number, until) = (programme.number(), set.people_until(self.world.now(), &zone));
        let mut gone = Gone { lines: self.store.empty_uploads(number, until).await?, ..Gone::default() };
        loop {
            let imports = self.store.imports_to_empty(number, until, AT_ONCE).await?;
            if imports.is_empty() {
                break;
            }
            for import in imports {
                self.store.empty_import(number, import, self.now()).await?;
                gone.imports += 1;
            }
        }
        if let Some(until) = set.audit_until(self.world.now(), &zone) {
            gone.entries = self.store.trim_audit(number, until).await?;
        }
        if gone != Gone::default() {
            let deed =
                Deed { action: "retention.removed", subject: &programme.name, before: None::<()>, after: Some(gone) };
            self.note(number, &Actor::system(), deed).await?;
        }
        Ok(gone)
    }
}
