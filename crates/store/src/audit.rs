//! The audit log: rows are added and read, never changed.

use domain::ids::ProgrammeId;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{Audit, Store, StoreResult, entity::audit, sql};

/// Which entries are looked for. An empty text looks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// What the deeds were about: their names up to the dot, such as `integration`.
    pub area: String,
    /// Who did them.
    pub actor: String,
}

impl Store {
    /// Notes what was done.
    pub async fn add_audit(&self, entry: &Audit) -> StoreResult<()> {
        audit::Entity::insert(entry.clone().into_active_model()).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// What was done in the programme, the newest first; `before` is the number of the last entry seen.
    pub async fn audit(
        &self,
        programme: ProgrammeId,
        wanted: &AuditFilter,
        before: Option<Uuid>,
        most: u64,
    ) -> StoreResult<Vec<Audit>> {
        let mut found = audit::Entity::find().filter(audit::Column::ProgrammeId.eq(programme.0));
        if !wanted.area.is_empty() {
            found = found.filter(audit::Column::Action.starts_with(format!("{}.", wanted.area)));
        }
        if !wanted.actor.is_empty() {
            found = found.filter(audit::Column::Actor.eq(&wanted.actor));
        }
        if let Some(before) = before {
            found = found.filter(audit::Column::Id.lt(before));
        }
        Ok(found.order_by_desc(audit::Column::Id).limit(most).all(&self.read).await?)
    }

    /// What was done about one subject, the newest first; `before` is the number of the last entry seen.
    pub async fn audit_about(
        &self,
        programme: ProgrammeId,
        subject: &str,
        before: Option<Uuid>,
        most: u64,
    ) -> StoreResult<Vec<Audit>> {
        let mut found = audit::Entity::find()
            .filter(audit::Column::ProgrammeId.eq(programme.0))
            .filter(audit::Column::Subject.eq(subject));
        if let Some(before) = before {
            found = found.filter(audit::Column::Id.lt(before));
        }
        Ok(found.order_by_desc(audit::Column::Id).limit(most).all(&self.read).await?)
    }

    /// Everybody who did something in the programme, by name.
    pub async fn audit_actors(&self, programme: ProgrammeId) -> StoreResult<Vec<String>> {
        // From one name to the next along the index: as quick with a million entries as with ten.
        let sql = "WITH RECURSIVE names(actor) AS ( \
                   SELECT min(actor) FROM audit WHERE programme_id = $1 UNION ALL \
                   SELECT (SELECT min(a.actor) FROM audit a WHERE a.programme_id = $1 AND a.actor > n.actor) \
                   FROM names n WHERE n.actor IS NOT NULL) \
                   SELECT actor FROM names WHERE actor IS NOT NULL LIMIT 500";
        let rows: Vec<ActorRow> = sql::all(&self.read, sql, vec![programme.0.into()]).await?;
        Ok(rows.into_iter().map(|row| row.actor).collect())
    }
}

#[derive(FromQueryResult)]
struct ActorRow {
    actor: String,
}
