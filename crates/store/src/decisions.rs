//! Decisions: answers to "same person or someone else?" (R18).

use domain::ids::{IntegrationId, ProgrammeId};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};

use crate::{Decision, Store, StoreResult, entity::decision};

impl Store {
    /// All answers that hold for the integration.
    pub async fn decisions(&self, programme: ProgrammeId, integration: IntegrationId) -> StoreResult<Vec<Decision>> {
        let found = decision::Entity::find()
            .filter(decision::Column::ProgrammeId.eq(programme.0))
            .filter(decision::Column::IntegrationId.eq(integration.0));
        Ok(found.all(&self.read).await?)
    }

    /// Keeps an answer; a newer one for the same employee ID takes its place.
    pub async fn decide(&self, decision: &Decision) -> StoreResult<()> {
        use decision::Column as C;
        let replace = OnConflict::columns([C::ProgrammeId, C::IntegrationId, C::EmployeeId])
            .update_columns([C::MemberId, C::Answer, C::DecidedAt])
            .to_owned();
        let row = decision.clone().into_active_model();
        decision::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.write).await?;
        Ok(())
    }
}
