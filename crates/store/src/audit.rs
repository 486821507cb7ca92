//! The audit log: rows are added and read, never changed.

use domain::ids::ProgrammeId;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{Audit, Store, StoreResult, entity::audit};

impl Store {
    /// Notes what was done.
    pub async fn add_audit(&self, entry: &Audit) -> StoreResult<()> {
        audit::Entity::insert(entry.clone().into_active_model()).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// What was done in the programme, the newest first; `before` is the number of the last entry seen.
    pub async fn audit(&self, programme: ProgrammeId, before: Option<Uuid>, most: u64) -> StoreResult<Vec<Audit>> {
        let mut found = audit::Entity::find().filter(audit::Column::ProgrammeId.eq(programme.0));
        if let Some(before) = before {
            found = found.filter(audit::Column::Id.lt(before));
        }
        Ok(found.order_by_desc(audit::Column::Id).limit(most).all(&self.read).await?)
    }
}
