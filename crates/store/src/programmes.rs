//! Programmes.

use domain::ids::ProgrammeId;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use serde_json::json;

use crate::{
    Programme, Store, StoreResult,
    entity::programme,
    sql::{self, Holds},
};

impl Programme {
    /// Its number.
    pub fn number(&self) -> ProgrammeId {
        ProgrammeId(self.id)
    }

    /// Whether it stands still: no import starts, nothing goes out, and its pages are closed.
    pub fn is_suspended(&self) -> bool {
        self.suspended_at.is_some()
    }
}

impl Store {
    /// The programme with this name in commands, if there is one.
    pub async fn programme(&self, slug: &str) -> StoreResult<Option<Programme>> {
        Ok(programme::Entity::find().filter(programme::Column::Slug.eq(slug)).one(&self.read).await?)
    }

    /// The programme with this number, if there is one.
    pub async fn programme_by_number(&self, id: ProgrammeId) -> StoreResult<Option<Programme>> {
        Ok(programme::Entity::find_by_id(id.0).one(&self.read).await?)
    }

    /// Those of these programmes that there are, in no order.
    pub async fn programmes_by_number(&self, ids: &[ProgrammeId]) -> StoreResult<Vec<Programme>> {
        let given = sql::given(self.backend(), &[("id", Holds::Number)]);
        let ids: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
        let sql = format!("SELECT p.* FROM {given} JOIN programmes p ON p.id = g.id");
        sql::all(&self.read, &sql, vec![json!(ids).to_string().into()]).await
    }

    /// All programmes, by name in commands.
    pub async fn programmes(&self) -> StoreResult<Vec<Programme>> {
        Ok(programme::Entity::find().order_by_asc(programme::Column::Slug).all(&self.read).await?)
    }

    /// Makes the programme, or gives the one with its number another name, zone and settings.
    pub async fn save_programme(&self, programme: &Programme) -> StoreResult<()> {
        let known = programme::Entity::find_by_id(programme.id).one(&self.write).await?;
        let mut row = programme.clone().into_active_model();
        if known.is_none() {
            programme::Entity::insert(row).exec_without_returning(&self.write).await?;
            return Ok(());
        }
        row.name = Set(programme.name.clone());
        row.time_zone = Set(programme.time_zone.clone());
        row.settings = Set(programme.settings.clone());
        let transaction = self.begin().await?;
        row.update(&transaction).await?;
        if known.is_some_and(|known| known.time_zone != programme.time_zone) {
            time_anew(&transaction, programme).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Gives the programme another name, zone and settings; `false`, and nothing changed, when it is not as
    /// it was any more.
    pub async fn replace_programme(&self, before: &Programme, now: &Programme) -> StoreResult<bool> {
        let sql = "UPDATE programmes SET name = $2, time_zone = $3, settings = $4 \
                   WHERE id = $1 AND name = $5 AND time_zone = $6 AND settings = $7";
        let wanted = [&now.name, &now.time_zone, &now.settings, &before.name, &before.time_zone, &before.settings];
        let values = std::iter::once(before.id.into()).chain(wanted.into_iter().map(|text| text.clone().into()));
        let transaction = self.begin().await?;
        let replaced = sql::run(&transaction, sql, values.collect()).await? > 0;
        if replaced && before.time_zone != now.time_zone {
            time_anew(&transaction, now).await?;
        }
        transaction.commit().await?;
        Ok(replaced)
    }
}

/// In another zone imports are due at other instants: whoever looks at the clock next works them out.
async fn time_anew<C: ConnectionTrait>(on: &C, programme: &Programme) -> StoreResult<()> {
    let sql = "UPDATE integrations SET due_at = NULL WHERE programme_id = $1 AND state = 'live'";
    sql::run(on, sql, vec![programme.id.into()]).await?;
    Ok(())
}
