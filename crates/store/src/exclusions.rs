//! Exclusions: people who are kept out, whatever imports say of them (R24).

use std::collections::HashSet;

use domain::ids::{IntegrationId, MemberId, ProgrammeId};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{Exclusion, Store, StoreResult, entity::exclusion, members::Leaving, sql};

/// An exclusion as an import of one integration needs it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct KeptOut {
    /// The employee ID that is excluded.
    pub employee_id: Option<String>,
    /// The member who is.
    pub member_id: Option<Uuid>,
    /// That member's employee ID in this integration.
    pub own: Option<String>,
}

impl Store {
    /// Excludes a member; with `leaving` they become a leaver in the same transaction. Their record counts as
    /// not noted, so that they are looked at once the exclusion is lifted. `false`, and nothing is done, when
    /// they have changed meanwhile or are excluded already.
    pub async fn exclude_member(&self, exclusion: &Exclusion, leaving: Option<&Leaving<'_>>) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        if let Some(leaving) = leaving
            && !leaving.run(&transaction).await?
        {
            return Ok(false);
        }
        if !insert(&transaction, exclusion).await? {
            return Ok(false);
        }
        look_again(&transaction, exclusion).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Excludes whoever has an employee ID and is no member; `false` when the ID is excluded already.
    pub async fn exclude_id(&self, exclusion: &Exclusion) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let is_new = insert(&transaction, exclusion).await?;
        transaction.commit().await?;
        Ok(is_new)
    }

    /// Takes an exclusion back; the next import looks at the person, whatever their record says. `false` when
    /// it was gone.
    pub async fn lift_exclusion(&self, exclusion: &Exclusion) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let key = (exclusion.programme_id, exclusion.id);
        let gone = exclusion::Entity::delete_by_id(key).exec(&transaction).await?.rows_affected == 0;
        if gone {
            return Ok(false);
        }
        look_again(&transaction, exclusion).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// The programme's exclusions, the newest first; `before` is the number of the last one seen.
    pub async fn exclusions(
        &self,
        programme: ProgrammeId,
        before: Option<Uuid>,
        most: u64,
    ) -> StoreResult<Vec<Exclusion>> {
        let found = exclusion::Entity::find()
            .filter(exclusion::Column::ProgrammeId.eq(programme.0))
            .filter(Condition::all().add_option(before.map(|before| exclusion::Column::Id.lt(before))))
            .order_by_desc(exclusion::Column::Id)
            .limit(most);
        Ok(found.all(&self.read).await?)
    }

    /// The exclusion with this number.
    pub async fn exclusion(&self, programme: ProgrammeId, id: Uuid) -> StoreResult<Option<Exclusion>> {
        Ok(exclusion::Entity::find_by_id((programme.0, id)).one(&self.read).await?)
    }

    /// The exclusion of a member, if there is one.
    pub async fn exclusion_of(&self, programme: ProgrammeId, member: MemberId) -> StoreResult<Option<Exclusion>> {
        let found = exclusion::Entity::find()
            .filter(exclusion::Column::ProgrammeId.eq(programme.0))
            .filter(exclusion::Column::MemberId.eq(member.0));
        Ok(found.one(&self.read).await?)
    }

    /// Which of these members are excluded.
    pub async fn excluded_among(&self, programme: ProgrammeId, members: &[MemberId]) -> StoreResult<HashSet<MemberId>> {
        let mut found = HashSet::new();
        for members in members.chunks(1_000) {
            let rows = exclusion::Entity::find()
                .filter(exclusion::Column::ProgrammeId.eq(programme.0))
                .filter(exclusion::Column::MemberId.is_in(members.iter().map(|id| id.0)));
            found.extend(rows.all(&self.read).await?.into_iter().filter_map(|row| row.member_id.map(MemberId)));
        }
        Ok(found)
    }

    /// How many exclusions there are.
    pub async fn count_exclusions(&self, programme: ProgrammeId) -> StoreResult<u64> {
        let sql = "SELECT COUNT(*) FROM exclusions WHERE programme_id = $1";
        let count = sql::number(&self.read, sql, vec![programme.0.into()]).await?;
        Ok(u64::try_from(count.unwrap_or_default()).unwrap_or_default())
    }

    /// Everybody whom an import of this integration has to keep out.
    pub async fn kept_out(&self, programme: ProgrammeId, integration: IntegrationId) -> StoreResult<Vec<KeptOut>> {
        let sql = "SELECT e.employee_id, e.member_id, m.employee_id AS own FROM exclusions e \
                   LEFT JOIN members m ON m.programme_id = e.programme_id AND m.id = e.member_id \
                   AND m.integration_id = $2 \
                   WHERE e.programme_id = $1 AND (e.integration_id IS NULL OR e.integration_id = $2)";
        sql::all(&self.read, sql, vec![programme.0.into(), integration.0.into()]).await
    }
}

async fn insert(on: &DatabaseTransaction, exclusion: &Exclusion) -> StoreResult<bool> {
    let once = OnConflict::new().do_nothing().to_owned();
    let inserted = exclusion::Entity::insert(exclusion.clone().into_active_model()).on_conflict(once);
    Ok(inserted.exec_without_returning(on).await? == 1)
}

/// The next import looks at the member, whatever their record says. Their version tells that they are not
/// what they were, so that a plan made before passes them over (R30).
async fn look_again(on: &DatabaseTransaction, exclusion: &Exclusion) -> StoreResult<()> {
    let Some(member) = exclusion.member_id else { return Ok(()) };
    let sql = "UPDATE members SET record_print = NULL, version = version + 1 WHERE programme_id = $1 AND id = $2";
    sql::run(on, sql, vec![exclusion.programme_id.into(), member.into()]).await?;
    Ok(())
}
