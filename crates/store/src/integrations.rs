//! Integrations.

use domain::{
    ids::{IntegrationId, ProgrammeId},
    print::Print,
    rules::Rules,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::OnConflict};

use crate::{Integration, Store, StoreError, StoreResult, entity::integration, sql};

impl Integration {
    /// Its number.
    pub fn number(&self) -> IntegrationId {
        IntegrationId(self.id)
    }

    /// The programme it belongs to.
    pub fn programme(&self) -> ProgrammeId {
        ProgrammeId(self.programme_id)
    }

    /// The published rules of its imports.
    pub fn rules(&self) -> StoreResult<Rules> {
        let rules = self.rules.as_deref().ok_or_else(|| StoreError::row("the integration is not published"))?;
        serde_json::from_str(rules).map_err(StoreError::row)
    }
}

impl Store {
    /// The programme's integration with this HR system, if there is one.
    pub async fn integration(&self, programme: ProgrammeId, source: &str) -> StoreResult<Option<Integration>> {
        let found = integration::Entity::find()
            .filter(integration::Column::ProgrammeId.eq(programme.0))
            .filter(integration::Column::Source.eq(source));
        Ok(found.one(&self.read).await?)
    }

    /// The programme's integrations, by HR system.
    pub async fn integrations(&self, programme: ProgrammeId) -> StoreResult<Vec<Integration>> {
        let found = integration::Entity::find()
            .filter(integration::Column::ProgrammeId.eq(programme.0))
            .order_by_asc(integration::Column::Source);
        Ok(found.all(&self.read).await?)
    }

    /// Makes the integration, or replaces what is known of it but for when it was made.
    pub async fn save_integration(&self, integration: &Integration) -> StoreResult<()> {
        use integration::Column as C;
        let replace = OnConflict::columns([C::ProgrammeId, C::Id])
            .update_columns([
                C::Owner,
                C::BaseUrl,
                C::ClientId,
                C::Secret,
                C::RequestsPerMinute,
                C::Schedule,
                C::Recipients,
                C::Rules,
                C::Draft,
                C::AgreedLeavers,
                C::State,
                C::PublishedAt,
                C::UpdatedAt,
            ])
            .to_owned();
        let row = integration.clone().into_active_model();
        integration::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// Moves the integration from one state to another; `false` when it was not in that state.
    pub async fn move_integration(&self, integration: &Integration, from: &str, to: &str) -> StoreResult<bool> {
        let sql = "UPDATE integrations SET state = $4 WHERE programme_id = $1 AND id = $2 AND state = $3";
        let values = vec![integration.programme_id.into(), integration.id.into(), from.into(), to.into()];
        Ok(sql::run(&self.write, sql, values).await? > 0)
    }

    /// Notes the rules under which all records are now noted (see [`Rules::print`]).
    pub async fn note_rules(&self, integration: &Integration, print: Print) -> StoreResult<()> {
        let sql = "UPDATE integrations SET rules_print = $3 WHERE programme_id = $1 AND id = $2";
        let values = vec![integration.programme_id.into(), integration.id.into(), print.0.into()];
        sql::run(&self.write, sql, values).await?;
        Ok(())
    }
}
