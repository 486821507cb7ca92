//! The end of a programme: every row of it goes.

use store::{Programme, customers::Deletion};

use super::Census;
use crate::{Engine, EngineError, EngineResult, Refusal, closing::End};

impl Engine {
    /// Deletes the programme with all that belongs to it, and administrators who look after nothing else, once its
    /// key was `typed`; tells what went. It is not done while an import is making changes. Nothing of it can be
    /// looked up afterwards: that it was done stands in the log, and in the list of erasures, so that no older backup
    /// brings it back.
    pub async fn delete_programme(&self, programme: &Programme, typed: &str) -> EngineResult<Census> {
        if typed.trim() != programme.slug {
            return Err(Refusal::OtherName { programme: programme.slug.clone() }.into());
        }
        let census = self.census(programme).await?;
        let mails = self.store.outbox(programme.number()).await?;
        self.list_end(programme.number(), End::Deleted).await?;
        let outcome = self.store.delete_programme(programme.number(), self.now()).await;
        // Where the database gave no answer, whoever looks at the list later finds out whether it is gone.
        if matches!(outcome, Ok(Deletion::Applying(_))) {
            self.list_end(programme.number(), End::NotDone).await?;
        }
        match outcome? {
            Deletion::Done => {}
            Deletion::NotThere => {
                return Err(EngineError::NotFound {
                    what: format!("The programme “{}” is gone already.", programme.slug),
                    remedy: "There is nothing to do.".to_owned(),
                });
            }
            Deletion::Applying(import) => {
                return Err(Refusal::DeletedWhileApplying { programme: programme.slug.clone(), import }.into());
            }
        }
        self.forget_files(&mails).await;
        self.forget_log(programme.number()).await?;
        tracing::warn!(
            programme = %programme.slug,
            number = %programme.id,
            members = census.members + census.leavers + census.closed,
            imports = census.imports,
            "a programme was deleted"
        );
        Ok(census)
    }
}
