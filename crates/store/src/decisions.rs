//! Decisions: answers to "same person or someone else?" (R18).

use domain::ids::{IntegrationId, MemberId, ProgrammeId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};

use crate::{Decision, Import, Store, StoreResult, apply::plan_key, entity::decision, work::Lease};

impl Store {
    /// All answers that hold for the integration.
    pub async fn decisions(&self, programme: ProgrammeId, integration: IntegrationId) -> StoreResult<Vec<Decision>> {
        let found = decision::Entity::find()
            .filter(decision::Column::ProgrammeId.eq(programme.0))
            .filter(decision::Column::IntegrationId.eq(integration.0));
        Ok(found.all(&self.read).await?)
    }

    /// The answers about one member.
    pub async fn decisions_about(&self, programme: ProgrammeId, member: MemberId) -> StoreResult<Vec<Decision>> {
        let found = decision::Entity::find()
            .filter(decision::Column::ProgrammeId.eq(programme.0))
            .filter(decision::Column::MemberId.eq(member.0));
        Ok(found.all(&self.read).await?)
    }

    /// Keeps an answer: it takes the place of an earlier one about the same two. Nobody is the same
    /// person twice: an earlier *same* of either goes.
    pub async fn decide(&self, decision: &Decision) -> StoreResult<()> {
        use decision::Column as C;
        let transaction = self.begin().await?;
        if decision.answer == "same" {
            let of_either =
                Condition::any().add(C::EmployeeId.eq(&decision.employee_id)).add(C::MemberId.eq(decision.member_id));
            decision::Entity::delete_many()
                .filter(C::ProgrammeId.eq(decision.programme_id))
                .filter(C::IntegrationId.eq(decision.integration_id))
                .filter(C::Answer.eq("same"))
                .filter(of_either)
                .exec(&transaction)
                .await?;
        }
        let replace = OnConflict::columns([C::ProgrammeId, C::IntegrationId, C::EmployeeId, C::MemberId])
            .update_columns([C::Answer, C::DecidedAt, C::FulfilledAt])
            .to_owned();
        let row = decision.clone().into_active_model();
        decision::Entity::insert(row).on_conflict(replace).exec_without_returning(&transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// Takes an answer back; `false` when it was not there.
    pub async fn revoke_decision(&self, decision: &Decision) -> StoreResult<bool> {
        let Decision { programme_id, integration_id, employee_id, member_id, .. } = decision.clone();
        let key = (programme_id, integration_id, employee_id, member_id);
        Ok(decision::Entity::delete_by_id(key).exec(&self.write).await?.rows_affected > 0)
    }

    /// Notes which answers an import has acted on, for whoever has the lease.
    pub async fn note_fulfilled(&self, lease: &Lease, import: &Import, now: i64) -> StoreResult<()> {
        let sql = "UPDATE decisions SET fulfilled_at = $5 WHERE programme_id = $1 AND integration_id = $4 \
                   AND answer = 'same' AND fulfilled_at IS NULL AND EXISTS (SELECT 1 FROM changes c \
                   WHERE c.programme_id = $1 AND c.import_id = $2 AND c.try_number = $3 \
                   AND c.employee_id = decisions.employee_id AND c.member_id = decisions.member_id \
                   AND c.kind IN ('update', 'rejoin') AND NOT c.skipped)";
        let mut values = plan_key(import);
        values.extend([import.integration_id.into(), now.into()]);
        self.run_under(lease, sql, values).await?;
        Ok(())
    }
}
