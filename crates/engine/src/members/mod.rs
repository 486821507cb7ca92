//! Members, as lists, their own page and the API show them, and what administrators do about one of them.

mod by_hand;
mod file;
mod kept_out;
mod origin;
mod outlook;
mod story;
mod upload;
mod values;

use domain::{
    ids::{ImportId, MemberId, ProgrammeId},
    member::State,
};
use jiff::{civil::Date, tz::TimeZone};
use store::{
    Import, Programme,
    members::{Listed, MemberFilter},
    plan::PlanRow,
};

pub use kept_out::{Excluded, LOCK_DAYS};
pub use origin::Origin;
pub use outlook::{Act, Next};
pub use story::Event;
#[cfg(feature = "fuzz")]
pub(crate) use upload::lines_of;
pub use upload::{Like, LineAnswer, LineProblem, UploadFile, answers_of, changed as changed_by_line, problems_of};
pub use values::{MemberEntries, Ways};

use crate::{Engine, EngineError, EngineResult};

/// How many members there are, told apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemberCounts {
    /// By state; a state that nobody is in may be missing.
    pub states: Vec<(State, u64)>,
    /// Members who are excluded.
    pub excluded: u64,
    /// Employee IDs that are excluded, of people who are no members.
    pub excluded_ids: u64,
    /// Members who are locked in today.
    pub locked: u64,
}

impl MemberCounts {
    /// How many are in this state.
    pub fn of(&self, state: State) -> u64 {
        self.states.iter().find(|(one, _)| *one == state).map_or(0, |(_, number)| *number)
    }
}

impl Engine {
    /// The day it is in the programme's zone.
    pub fn today(&self, programme: &Programme) -> Date {
        let zone = TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC);
        self.world.now().to_zoned_datetime(zone).date()
    }

    /// The members whom the filter lets through, in the order of last names, the closest first where something is
    /// typed; `after` is the last one seen.
    pub async fn members_page(
        &self,
        programme: ProgrammeId,
        filter: &MemberFilter,
        after: Option<MemberId>,
        most: u64,
    ) -> EngineResult<Vec<Listed>> {
        Ok(self.store.members_page(programme, filter, after, most).await?)
    }

    /// How many members there are in which state, and how many are excluded and locked in.
    pub async fn member_counts(&self, programme: &Programme) -> EngineResult<MemberCounts> {
        let number = programme.number();
        let (excluded, excluded_ids) = self.store.count_exclusions(number).await?;
        Ok(MemberCounts {
            states: self.store.members_by_state(number, None).await?,
            excluded,
            excluded_ids,
            locked: self.store.count_locked(number, self.today(programme)).await?,
        })
    }

    /// Whether the programme has, or had, any member.
    pub async fn has_members(&self, programme: &Programme) -> EngineResult<bool> {
        Ok(self.store.has_members(programme.number()).await?)
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
        Ok(self.store.changes_of_member(programme, id, false, before, most).await?)
    }
}
