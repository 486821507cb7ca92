//! Everything that was done to one member: by imports, and by people.

use domain::ids::{ImportId, MemberId, ProgrammeId};
use store::{Audit, Import, plan::PlanRow};
use uuid::Uuid;

use crate::{Engine, EngineResult};

/// One thing that was done to a member.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// An import did this.
    Applied(Box<(Import, PlanRow)>),
    /// Somebody did this.
    Deed(Box<Audit>),
}

impl Event {
    /// The number of the import or the deed; a newer one has a greater number.
    pub fn number(&self) -> Uuid {
        match self {
            Self::Applied(applied) => applied.0.id,
            Self::Deed(deed) => deed.id,
        }
    }
}

impl Engine {
    /// What was done to a member, the newest first; `before` is the number of the last one seen.
    pub async fn member_story(
        &self,
        programme: ProgrammeId,
        id: MemberId,
        before: Option<Uuid>,
        most: u64,
    ) -> EngineResult<Vec<Event>> {
        let applied = self.store.changes_of_member(programme, id, true, before.map(ImportId), most).await?;
        let deeds = self.store.audit_about(programme, &id.to_string(), before, most).await?;
        let applied = applied.into_iter().map(|applied| Event::Applied(Box::new(applied)));
        let mut story: Vec<Event> = applied.chain(deeds.into_iter().map(|deed| Event::Deed(Box::new(deed)))).collect();
        story.sort_by_key(|event| std::cmp::Reverse(event.number()));
        story.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(story)
    }
}
