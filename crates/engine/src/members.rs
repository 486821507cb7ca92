//! Members, as lists, their own page and the API show them.

use domain::{
    ids::{ImportId, MemberId, ProgrammeId},
    member::State,
};
use store::{Import, members::Listed, plan::PlanRow};

use crate::{Engine, EngineError, EngineResult};

impl Engine {
    /// Members in the order of last names, of all states or of one; `typed` is the beginning of a name,
    /// address or employee ID, `after` the last member seen.
    pub async fn members_page(
        &self,
        programme: ProgrammeId,
        typed: &str,
        state: Option<State>,
        after: Option<MemberId>,
        most: u64,
    ) -> EngineResult<Vec<Listed>> {
        Ok(self.store.members_page(programme, typed, state, after, most).await?)
    }

    /// The programme's member with this number; another programme's is not there.
    pub async fn member(&self, programme: ProgrammeId, id: MemberId) -> EngineResult<Listed> {
        let found = self.store.member(programme, id).await?;
        found.ok_or_else(|| EngineError::NotFound {
            what: format!("There is no member {id}."),
            remedy: "They may have been erased.".to_owned(),
        })
    }

    /// What imports planned for a member, the newest first; `before` is the last import seen. Whether it
    /// was applied is told by the import's state and the row's mark.
    pub async fn member_history(
        &self,
        programme: ProgrammeId,
        id: MemberId,
        before: Option<ImportId>,
        most: u64,
    ) -> EngineResult<Vec<(Import, PlanRow)>> {
        Ok(self.store.changes_of_member(programme, id, before, most).await?)
    }
}
