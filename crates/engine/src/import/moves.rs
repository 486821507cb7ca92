//! Every step of an import from one state to the next: written, then counted and told in the log.

use domain::import::State;
use store::{Import, Mail, StoreResult, due::Follow, work::Lease};

use crate::Engine;

impl Engine {
    /// Writes what is known of an import, the mails that follow from it, and what it means for the integration, as
    /// one; `false`, and nothing written, when the import no longer stands where it did.
    pub(crate) async fn move_import(
        &self,
        lease: Option<&Lease>,
        from: State,
        import: &Import,
        mails: &[Mail],
        follow: Option<&Follow<'_>>,
    ) -> StoreResult<bool> {
        let is_moved = self.store.move_import_and(lease, from, import, mails, follow).await?;
        if is_moved {
            self.tell_of_move(import)?;
        }
        Ok(is_moved)
    }

    fn tell_of_move(&self, import: &Import) -> StoreResult<()> {
        let (state, number) = (import.state()?, import.number());
        self.meters.moved(import, state);
        if import.finished_at.is_none() {
            tracing::info!(import = %number, %state, purpose = import.purpose, try_number = import.try_number, "an import goes on");
            return Ok(());
        }
        let counts = import.counts()?;
        tracing::info!(
            import = %number,
            %state,
            purpose = import.purpose,
            code = import.failure_code,
            guards = import.held_by,
            milliseconds = import.duration_ms,
            read = counts.read,
            join = counts.join,
            update = counts.update,
            leave = counts.leave,
            rejoin = counts.rejoin,
            reject = counts.reject,
            unchanged = counts.unchanged,
            "an import has ended"
        );
        Ok(())
    }
}

/// How an import is named in every line of the log that is written while it is worked on. At the level of
/// errors, so that it is there whichever lines are wanted.
pub(crate) fn span(import: &Import, programme: &str) -> tracing::Span {
    tracing::error_span!("import", import = %import.number(), programme, integration = %import.integration_id)
}
