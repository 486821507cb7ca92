//! Everything that was done to one member: by imports, and by people.

use domain::{
    ids::{ImportId, MemberId, ProgrammeId},
    plan::Kind,
};
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
        let mut deeds = self.store.audit_about(programme, &id.to_string(), before, most).await?;
        let restores = self.restores(programme, &applied, &deeds, before, most).await?;
        deeds.extend(restores);
        let applied = applied.into_iter().map(|applied| Event::Applied(Box::new(applied)));
        let mut story: Vec<Event> = applied.chain(deeds.into_iter().map(|deed| Event::Deed(Box::new(deed)))).collect();
        story.sort_by_key(|event| std::cmp::Reverse(event.number()));
        story.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(story)
    }

    /// What brought a member back together with all whom an import made leavers (R55): it is noted once, of the
    /// import. Nothing for whoever had been brought back, or kept away, one by one before.
    async fn restores(
        &self,
        programme: ProgrammeId,
        applied: &[(Import, PlanRow)],
        deeds: &[Audit],
        before: Option<Uuid>,
        most: u64,
    ) -> EngineResult<Vec<Audit>> {
        let mut found = Vec::new();
        for (import, _) in applied.iter().filter(|(_, row)| row.change.kind == Kind::Leave) {
            let about = self.store.audit_about(programme, &import.id.to_string(), before, most).await?;
            let Some(restored) = about.into_iter().rfind(|deed| deed.action == "leavers.restored") else { continue };
            let is_between = |number: Uuid| number > import.id && number < restored.id;
            let by_hand = ["member.reopened", "member.excluded", "member.erased"];
            let was_answered = deeds.iter().any(|deed| by_hand.contains(&&*deed.action) && is_between(deed.id))
                || applied.iter().any(|(other, row)| row.change.kind == Kind::Rejoin && is_between(other.id));
            if !was_answered {
                // How many others came back with them says nothing of this member.
                found.push(Audit { after: None, ..restored });
            }
        }
        Ok(found)
    }
}
