//! Uploads of members, and their plans: staged whole, looked at, and applied line by line (R16, R30).

use domain::{
    field::Fields,
    ids::{MemberId, ProgrammeId},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::{
    Mail, Store, StoreError, StoreResult, Upload, UploadRow,
    entity::{upload, upload_row},
    members::Edit,
    sql,
};

/// Rows in one statement.
const ROWS_AT_ONCE: usize = 1_000;

/// How many lines of an upload are of a kind, and stand in a state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct UploadCount {
    /// `join`, `update`, `unchanged` or `reject`.
    pub kind: String,
    /// `planned`, `done` or `skipped`.
    pub state: String,
    /// How many.
    pub number: i64,
}

impl UploadRow {
    /// All values afterwards.
    pub fn values(&self) -> StoreResult<Fields> {
        serde_json::from_str(&self.after).map_err(StoreError::row)
    }
}

impl Store {
    /// Keeps an upload with its whole plan.
    pub async fn add_upload(&self, upload: &Upload, rows: &[UploadRow]) -> StoreResult<()> {
        let transaction = self.begin().await?;
        upload::Entity::insert(upload.clone().into_active_model()).exec_without_returning(&transaction).await?;
        for rows in rows.chunks(ROWS_AT_ONCE) {
            let rows = rows.iter().map(|row| row.clone().into_active_model());
            upload_row::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// The upload with this number.
    pub async fn upload(&self, programme: ProgrammeId, id: Uuid) -> StoreResult<Option<Upload>> {
        Ok(upload::Entity::find_by_id((programme.0, id)).one(&self.read).await?)
    }

    /// The newest uploads.
    pub async fn uploads(&self, programme: ProgrammeId, most: u64) -> StoreResult<Vec<Upload>> {
        let found = upload::Entity::find().filter(upload::Column::ProgrammeId.eq(programme.0));
        Ok(found.order_by_desc(upload::Column::Id).limit(most).all(&self.read).await?)
    }

    /// Lines of an upload in their order, of all kinds or of one; `after` is the last line seen.
    pub async fn upload_rows(
        &self,
        upload: &Upload,
        kind: Option<&str>,
        after: i32,
        most: u64,
    ) -> StoreResult<Vec<UploadRow>> {
        use upload_row::Column as C;
        let filter = Condition::all()
            .add(C::ProgrammeId.eq(upload.programme_id))
            .add(C::UploadId.eq(upload.id))
            .add(C::Line.gt(after))
            .add_option(kind.map(|kind| C::Kind.eq(kind)));
        Ok(upload_row::Entity::find().filter(filter).order_by_asc(C::Line).limit(most).all(&self.read).await?)
    }

    /// How many lines an upload has of each kind and state.
    pub async fn upload_counts(&self, upload: &Upload) -> StoreResult<Vec<UploadCount>> {
        let sql = "SELECT kind, state, COUNT(*) AS number FROM upload_rows \
                   WHERE programme_id = $1 AND upload_id = $2 GROUP BY kind, state";
        sql::all(&self.read, sql, vec![upload.programme_id.into(), upload.id.into()]).await
    }

    /// Does what a line says, once, in one transaction with the note that it is done: whoever goes on after a
    /// crash does nothing twice. `false` when it was done before, or the member has changed meanwhile (R30).
    pub async fn apply_upload_row(&self, row: &UploadRow, mail: Option<&Mail>, now: i64) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let claim = "UPDATE upload_rows SET state = 'done' \
                     WHERE programme_id = $1 AND upload_id = $2 AND line = $3 AND state = 'planned'";
        let key = vec![row.programme_id.into(), row.upload_id.into(), row.line.into()];
        let Some(member) = row.member_id.map(MemberId) else { return Ok(false) };
        if sql::run(&transaction, claim, key).await? == 0 {
            return Ok(false);
        }
        let (programme, fields) = (ProgrammeId(row.programme_id), row.values()?);
        let edit = Edit { programme, member, fields: &fields, now };
        if row.kind == "join" {
            edit.insert(&transaction, mail).await?;
        } else if !edit.update(&transaction, row.version).await? {
            return Ok(false);
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Notes that a line was passed over.
    pub async fn skip_upload_row(&self, row: &UploadRow) -> StoreResult<()> {
        let sql = "UPDATE upload_rows SET state = 'skipped' \
                   WHERE programme_id = $1 AND upload_id = $2 AND line = $3 AND state = 'planned'";
        sql::run(&self.write, sql, vec![row.programme_id.into(), row.upload_id.into(), row.line.into()]).await?;
        Ok(())
    }

    /// Notes that an upload was applied to the end.
    pub async fn finish_upload(&self, upload: &Upload, now: i64) -> StoreResult<()> {
        let sql = "UPDATE uploads SET applied_at = $3 WHERE programme_id = $1 AND id = $2 AND applied_at IS NULL";
        sql::run(&self.write, sql, vec![upload.programme_id.into(), upload.id.into(), now.into()]).await?;
        Ok(())
    }
}
