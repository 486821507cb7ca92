//! Members as lists and their own page show them, and how many there are.

use std::collections::HashMap;

use domain::{
    ids::{ImportId, IntegrationId, MemberId, ProgrammeId},
    member::{Member, State},
};
use jiff::civil::Date;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Value};

use super::looked_up::Search;
use crate::{
    Store, StoreError, StoreResult,
    entity::member,
    sql,
    tallies::{Counted, Tally},
};

/// A member, and since when they are what they are. Instants are in microseconds of UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The member.
    pub member: Member,
    /// When the account was made.
    pub created_at: i64,
    /// When it last changed.
    pub updated_at: i64,
    /// Since when they are a leaver.
    pub left_at: Option<i64>,
    /// The import that made them one.
    pub left_by: Option<ImportId>,
    /// Why they are one, by its stable name.
    pub leave_reason: Option<String>,
    /// The lock that an administrator set; its last day is the member's `locked_until` (R24).
    pub lock: Option<Lock>,
}

/// Why a member is locked in. The instant is in microseconds of UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// In an administrator's words.
    pub reason: String,
    /// Who locked them in.
    pub by: String,
    /// When.
    pub at: i64,
}

/// By which route a member came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// This integration looks after them.
    Integration(IntegrationId),
    /// By hand or by file: no integration does.
    ByHand,
}

/// Which members of a programme are meant; an empty filter means all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemberFilter {
    /// The beginning of a name, an address or an employee ID.
    pub typed: String,
    /// Who stand in one of these states; in any where there is none.
    pub states: Vec<State>,
    /// Who came by this route.
    pub route: Option<Route>,
    /// Who are excluded (R24).
    pub excluded: bool,
    /// Who are locked in on this day (R24).
    pub locked_on: Option<Date>,
}

impl MemberFilter {
    /// What the filter asks of a row besides what was typed; values are added to those that the statement has.
    pub(super) fn conditions(&self, values: &mut Vec<Value>) -> Vec<String> {
        let mut conditions = Vec::new();
        if !self.states.is_empty() {
            let states: Vec<String> = self.states.iter().map(|state| format!("'{state}'")).collect();
            conditions.push(format!("state IN ({})", states.join(", ")));
        }
        match self.route {
            Some(Route::Integration(integration)) => {
                values.push(integration.0.into());
                conditions.push(format!("integration_id = ${}", values.len()));
            }
            Some(Route::ByHand) => conditions.push("integration_id IS NULL".to_owned()),
            None => {}
        }
        if self.excluded {
            let excluded = "SELECT member_id FROM exclusions WHERE programme_id = $1 AND member_id IS NOT NULL";
            conditions.push(format!("id IN ({excluded})"));
        }
        if let Some(day) = self.locked_on {
            values.push(day.to_string().into());
            conditions.push(format!("locked_until >= ${}", values.len()));
        }
        conditions
    }
}

impl member::Model {
    pub(crate) fn to_listed(&self) -> StoreResult<Listed> {
        Ok(Listed {
            member: self.to_domain()?,
            created_at: self.created_at,
            updated_at: self.updated_at,
            left_at: self.left_at,
            left_by: self.left_import_id.map(ImportId),
            leave_reason: self.leave_reason.clone(),
            lock: self.locked_at.filter(|_| self.locked_until.is_some()).map(|at| Lock {
                reason: self.lock_reason.clone().unwrap_or_default(),
                by: self.locked_by.clone().unwrap_or_default(),
                at,
            }),
        })
    }
}

impl Store {
    /// The members whom the filter lets through, in the order of last names; `after` is the last one seen. Where
    /// something is typed, those whose last name begins like that come before those whose first name, address or
    /// employee ID does.
    pub async fn members_page(
        &self,
        programme: ProgrammeId,
        filter: &MemberFilter,
        after: Option<MemberId>,
        most: u64,
    ) -> StoreResult<Vec<Listed>> {
        let Some(search) = Search::of(self, programme, filter, after).await? else { return Ok(Vec::new()) };
        let ids = search.ids(most).await?;
        let found = member::Entity::find()
            .filter(member::Column::ProgrammeId.eq(programme.0))
            .filter(member::Column::Id.is_in(ids.iter().copied()));
        let found = found.all(&self.read).await?;
        let mut found: HashMap<uuid::Uuid, member::Model> = found.into_iter().map(|row| (row.id, row)).collect();
        ids.iter().filter_map(|id| found.remove(id)).map(|row| row.to_listed()).collect()
    }

    /// Whether there is any member, in whatever state.
    pub async fn has_members(&self, programme: ProgrammeId) -> StoreResult<bool> {
        let sql = "SELECT 1 FROM (SELECT id FROM members WHERE programme_id = $1 LIMIT 1) AS any_member";
        Ok(sql::number(&self.read, sql, vec![programme.0.into()]).await?.is_some())
    }

    /// How many members are locked in on this day.
    pub async fn count_locked(&self, programme: ProgrammeId, day: Date) -> StoreResult<u64> {
        let sql = "SELECT COUNT(*) FROM members WHERE programme_id = $1 AND locked_until >= $2";
        let count = sql::number(&self.read, sql, vec![programme.0.into(), day.to_string().into()]).await?;
        Ok(u64::try_from(count.unwrap_or_default()).unwrap_or_default())
    }

    /// The member with this number.
    pub async fn member(&self, programme: ProgrammeId, id: MemberId) -> StoreResult<Option<Listed>> {
        let found = member::Entity::find_by_id((programme.0, id.0)).one(&self.read).await?;
        found.map(|row| row.to_listed()).transpose()
    }

    /// How many members stand in which state, of one integration or of the whole programme; states that nobody stands
    /// in are left out.
    pub async fn members_by_state(
        &self,
        programme: ProgrammeId,
        integration: Option<IntegrationId>,
    ) -> StoreResult<Vec<(State, u64)>> {
        let tallies = self.tallies(Counted::Members, programme.0, integration.map(|integration| integration.0)).await?;
        let state = |Tally { state, number }: Tally| {
            Ok((state.parse().map_err(StoreError::row)?, u64::try_from(number).unwrap_or_default()))
        };
        let mut heads: Vec<(State, u64)> = tallies.into_iter().map(state).collect::<StoreResult<_>>()?;
        heads.sort_unstable();
        Ok(heads)
    }

    /// Members who have one of these names and days of birth in comparable form (R15), closed ones left out.
    pub async fn members_by_twin(&self, programme: ProgrammeId, keys: &[&str]) -> StoreResult<Vec<Member>> {
        let found = member::Entity::find()
            .filter(member::Column::ProgrammeId.eq(programme.0))
            .filter(member::Column::TwinKey.is_in(keys.iter().copied()))
            .filter(member::Column::State.ne(State::Closed.as_str()));
        found.all(&self.read).await?.iter().map(member::Model::to_domain).collect()
    }
}
