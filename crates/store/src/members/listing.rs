//! Members as lists and their own page show them, and how many there are.

use std::collections::BTreeMap;

use domain::{
    ids::{ImportId, IntegrationId, MemberId, ProgrammeId},
    member::{Member, State},
};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, Value};

use crate::{Store, StoreError, StoreResult, entity::member, plan::matching, sql};

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
        })
    }
}

impl Store {
    /// Members in the order of last names, of all states or of one; `typed` is the beginning of a name,
    /// address or employee ID, `after` the last member seen.
    pub async fn members_page(
        &self,
        programme: ProgrammeId,
        typed: &str,
        state: Option<State>,
        after: Option<MemberId>,
        most: u64,
    ) -> StoreResult<Vec<Listed>> {
        #[derive(FromQueryResult)]
        struct Place {
            id: uuid::Uuid,
        }
        let mut values: Vec<Value> = vec![programme.0.into()];
        let mut conditions = vec!["programme_id = $1".to_owned()];
        if let Some(after) = after {
            let last = member::Entity::find_by_id((programme.0, after.0)).one(&self.read).await?;
            let Some(last) = last else { return Ok(Vec::new()) };
            conditions.push("(search_key, id) > ($2, $3)".to_owned());
            values.extend([last.search_key.into(), last.id.into()]);
        }
        conditions.extend(state.map(|state| format!("state = '{state}'")));
        conditions.extend(matching(self, typed, &mut values));
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        let (conditions, limit) = (conditions.join(" AND "), values.len());
        let sql = format!("SELECT id FROM members WHERE {conditions} ORDER BY search_key, id LIMIT ${limit}");
        // The index alone finds them; only those that are shown are fetched.
        let ids: Vec<uuid::Uuid> =
            sql::all::<Place, _>(&self.read, &sql, values).await?.into_iter().map(|place| place.id).collect();
        let found = member::Entity::find()
            .filter(member::Column::ProgrammeId.eq(programme.0))
            .filter(member::Column::Id.is_in(ids.iter().copied()));
        let mut found: Vec<Listed> =
            found.all(&self.read).await?.iter().map(member::Model::to_listed).collect::<StoreResult<_>>()?;
        found.sort_by_key(|listed| ids.iter().position(|id| *id == listed.member.id.0));
        Ok(found)
    }

    /// The member with this number.
    pub async fn member(&self, programme: ProgrammeId, id: MemberId) -> StoreResult<Option<Listed>> {
        let found = member::Entity::find_by_id((programme.0, id.0)).one(&self.read).await?;
        found.map(|row| row.to_listed()).transpose()
    }

    /// How many members stand in which state, of one integration or of the whole programme.
    pub async fn members_by_state(
        &self,
        programme: ProgrammeId,
        integration: Option<IntegrationId>,
    ) -> StoreResult<Vec<(State, u64)>> {
        #[derive(FromQueryResult)]
        struct Group {
            state: String,
            number: i64,
        }
        let mut values = vec![programme.0.into()];
        let of = integration.map_or("", |integration| {
            values.push(integration.0.into());
            "AND integration_id = $2"
        });
        // By integration as well: so the groups stand in the order of the index, and nothing is sorted.
        let sql = format!(
            "SELECT state, COUNT(*) AS number FROM members WHERE programme_id = $1 {of} GROUP BY integration_id, state"
        );
        let mut heads: BTreeMap<State, u64> = BTreeMap::new();
        for Group { state, number } in sql::all::<Group, _>(&self.read, &sql, values).await? {
            let state = state.parse().map_err(StoreError::row)?;
            *heads.entry(state).or_default() += u64::try_from(number).unwrap_or_default();
        }
        Ok(heads.into_iter().collect())
    }

    /// Members with these names and day of birth in comparable form (R15), closed ones left out.
    pub async fn members_by_twin(&self, programme: ProgrammeId, key: &str) -> StoreResult<Vec<Member>> {
        let found = member::Entity::find()
            .filter(member::Column::ProgrammeId.eq(programme.0))
            .filter(member::Column::TwinKey.eq(key))
            .filter(member::Column::State.ne(State::Closed.as_str()));
        found.all(&self.read).await?.iter().map(member::Model::to_domain).collect()
    }
}
