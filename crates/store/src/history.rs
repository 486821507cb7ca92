//! Imports as history and pages list them. Only reads, a page at a time.

use domain::{
    ids::{ImportId, IntegrationId, ProgrammeId},
    import::{Purpose, State},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

use crate::{Import, Store, StoreError, StoreResult, entity::import, imports::listed, sql};

/// Which imports of a programme are meant; an empty filter means all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportFilter {
    /// Of this integration only.
    pub integration: Option<IntegrationId>,
    /// For this purpose only.
    pub purpose: Option<Purpose>,
    /// That stand in one of these states; of any where there is none.
    pub states: Vec<State>,
    /// That were started by this.
    pub trigger: Option<String>,
    /// That were asked for at this time or later, in microseconds of UTC.
    pub from: Option<i64>,
    /// That were asked for before this time, in microseconds of UTC.
    pub to: Option<i64>,
}

impl ImportFilter {
    fn condition(&self, programme: ProgrammeId) -> Condition {
        use import::Column as C;
        let states = self.states.iter().map(|state| state.as_str());
        Condition::all()
            .add(C::ProgrammeId.eq(programme.0))
            .add_option(self.integration.map(|integration| C::IntegrationId.eq(integration.0)))
            .add_option(self.purpose.map(|purpose| C::Purpose.eq(purpose.as_str())))
            .add_option((!self.states.is_empty()).then(|| C::State.is_in(states)))
            .add_option(self.trigger.as_ref().map(|trigger| C::Trigger.eq(trigger)))
            .add_option(self.from.map(|from| C::CreatedAt.gte(from)))
            .add_option(self.to.map(|to| C::CreatedAt.lt(to)))
    }
}

/// What a completed import came to, for charts.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Completed {
    /// Its number.
    pub id: uuid::Uuid,
    /// Whose it is.
    pub integration_id: uuid::Uuid,
    /// When it ended, in microseconds of UTC.
    pub finished_at: i64,
    /// Current members of the integration before it.
    pub members_before: i64,
    /// What its plan came to, as JSON.
    counts: String,
}

impl Completed {
    /// What its plan came to.
    pub fn counts(&self) -> StoreResult<domain::plan::Counts> {
        serde_json::from_str(&self.counts).map_err(StoreError::row)
    }
}

impl Store {
    /// The programme's imports that the filter lets through, the newest first; `before` is the number
    /// of the last one seen.
    pub async fn imports_page(
        &self,
        programme: ProgrammeId,
        filter: &ImportFilter,
        before: Option<ImportId>,
        most: u64,
    ) -> StoreResult<Vec<Import>> {
        let found = import::Entity::find()
            .filter(filter.condition(programme))
            .filter(Condition::all().add_option(before.map(|before| import::Column::Id.lt(before.0))))
            .order_by_desc(import::Column::Id)
            .limit(most);
        Ok(found.all(&self.read).await?)
    }

    /// The oldest import that is newer than this one and that the filter lets through.
    pub async fn next_import(&self, import: &Import, filter: &ImportFilter) -> StoreResult<Option<Import>> {
        let found = import::Entity::find()
            .filter(filter.condition(import.programme()))
            .filter(import::Column::Id.gt(import.id))
            .order_by_asc(import::Column::Id);
        Ok(found.one(&self.read).await?)
    }

    /// The imports with these numbers.
    pub async fn imports_by_number(&self, programme: ProgrammeId, ids: &[ImportId]) -> StoreResult<Vec<Import>> {
        let found = import::Entity::find()
            .filter(import::Column::ProgrammeId.eq(programme.0))
            .filter(import::Column::Id.is_in(ids.iter().map(|id| id.0)));
        Ok(found.all(&self.read).await?)
    }

    /// Imports that completed at this time or later (in microseconds of UTC), the oldest first, of one
    /// integration or of all.
    pub async fn completed_since(
        &self,
        programme: ProgrammeId,
        integration: Option<IntegrationId>,
        since: i64,
    ) -> StoreResult<Vec<Completed>> {
        let mut values = vec![programme.0.into(), since.into()];
        let of = integration.map_or("", |integration| {
            values.push(integration.0.into());
            "AND g.id = $3"
        });
        // By integration, so that the index of states is used: previews and failures are not looked at.
        let sql = format!(
            "SELECT i.id, i.integration_id, i.finished_at, i.members_before, i.counts \
             FROM integrations g JOIN imports i ON i.programme_id = g.programme_id AND i.integration_id = g.id \
             AND i.state IN ({}) WHERE g.programme_id = $1 {of} AND i.purpose = 'apply' AND i.finished_at >= $2 \
             ORDER BY i.id",
            listed(&[State::Completed])
        );
        sql::all(&self.read, &sql, values).await
    }
}
