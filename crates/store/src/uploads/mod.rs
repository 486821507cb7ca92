//! Uploads of members, and their plans: received whole, planned in batches, looked at, and applied in batches (R16,
//! R30). Each batch is one transaction that begins with the lease, so that whoever goes on after a crash does nothing
//! twice (R54).

mod apply;

use domain::{
    field::Fields,
    ids::{ImportId, MemberId, ProgrammeId},
    plan::Counts,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

pub use apply::LineToApply;

use crate::{
    Programme, Store, StoreError, StoreResult, Upload, UploadRow,
    entity::{upload, upload_row},
    sql,
    work::{Lease, renew},
};

/// How many lines of an upload are of a kind, and stand in a state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct UploadCount {
    /// `join`, `update`, `rejoin`, `unchanged` or `reject`.
    pub kind: String,
    /// `planned`, `asked`, `done` or `skipped`.
    pub state: String,
    /// How many.
    pub number: i64,
}

/// The text of an upload, until it is planned.
#[derive(Clone, PartialEq, Eq, FromQueryResult)]
pub struct UploadText {
    /// The field that each column stands for, as JSON.
    pub headings: String,
    /// The lines.
    pub content: String,
}

/// Which uploads are looked for. What is empty looks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UploadFilter {
    /// Where they stand.
    pub states: Vec<String>,
    /// Handed in at this instant or later, in microseconds of UTC.
    pub from: Option<i64>,
    /// Handed in before this instant, in microseconds of UTC.
    pub to: Option<i64>,
}

/// Which lines of an upload are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines<'a> {
    /// All of them.
    All,
    /// Those of a kind.
    Of(&'a str),
    /// Those that are to be done.
    Planned,
    /// Those that wait for a word.
    Asked,
    /// Those with a problem.
    WithProblems,
}

impl Upload {
    /// The programme that it belongs to.
    pub fn programme(&self) -> ProgrammeId {
        ProgrammeId(self.programme_id)
    }

    /// What it does, or did, in numbers.
    pub fn counts(&self) -> StoreResult<Counts> {
        // Uploads of before were not counted.
        if self.counts == "{}" {
            Ok(Counts::default())
        } else {
            serde_json::from_str(&self.counts).map_err(StoreError::row)
        }
    }

    fn key(&self) -> Vec<sea_orm::Value> {
        vec![self.programme_id.into(), self.id.into()]
    }
}

impl UploadRow {
    /// All values afterwards.
    pub fn values(&self) -> StoreResult<Fields> {
        serde_json::from_str(self.makes_another().unwrap_or(&self.after)).map_err(StoreError::row)
    }

    /// The values of the account that the line makes although a former member has its address (R18).
    pub(crate) fn makes_another(&self) -> Option<&str> {
        self.as_new.as_deref().filter(|_| self.kind == "join")
    }

    /// The former member who loses their address to the account that the line makes (R18).
    pub fn frees(&self) -> Option<MemberId> {
        self.makes_another().and(self.member_id).map(MemberId)
    }
}

impl Store {
    /// Keeps an upload with its text.
    pub async fn add_upload(&self, upload: &Upload, text: &UploadText) -> StoreResult<()> {
        let transaction = self.begin().await?;
        upload::Entity::insert(upload.clone().into_active_model()).exec_without_returning(&transaction).await?;
        let sql = "INSERT INTO upload_files (programme_id, upload_id, headings, content) VALUES ($1, $2, $3, $4)";
        let values = vec![text.headings.as_str().into(), text.content.as_str().into()];
        sql::run(&transaction, sql, [upload.key(), values].concat()).await?;
        Ok(transaction.commit().await?)
    }

    /// The text of an upload that is not planned yet.
    pub async fn upload_text(&self, upload: &Upload) -> StoreResult<Option<UploadText>> {
        let sql = "SELECT headings, content FROM upload_files WHERE programme_id = $1 AND upload_id = $2";
        Ok(sql::all(&self.read, sql, upload.key()).await?.pop())
    }

    /// The upload with this number.
    pub async fn upload(&self, programme: ProgrammeId, id: Uuid) -> StoreResult<Option<Upload>> {
        Ok(upload::Entity::find_by_id((programme.0, id)).one(&self.write).await?)
    }

    /// Programmes that have [open uploads](Store::open_uploads), but for suspended ones.
    pub async fn programmes_with_uploads(&self) -> StoreResult<Vec<Programme>> {
        let sql = "SELECT * FROM programmes WHERE suspended_at IS NULL \
                   AND id IN (SELECT programme_id FROM uploads WHERE state IN ('received', 'applying')) ORDER BY id";
        sql::all(&self.read, sql, vec![]).await
    }

    /// Uploads that somebody has to plan or apply, the oldest first.
    pub async fn open_uploads(&self, programme: ProgrammeId) -> StoreResult<Vec<Upload>> {
        let open = upload::Entity::find()
            .filter(upload::Column::ProgrammeId.eq(programme.0))
            .filter(upload::Column::State.is_in(["received", "applying"]));
        Ok(open.order_by_asc(upload::Column::Id).all(&self.read).await?)
    }

    /// Uploads, the newest first; `before` is the number of the last one seen. Numbers of imports and uploads follow
    /// each other by time, so that one list can hold both.
    pub async fn uploads(
        &self,
        programme: ProgrammeId,
        wanted: &UploadFilter,
        before: Option<ImportId>,
        most: u64,
    ) -> StoreResult<Vec<Upload>> {
        use upload::Column as C;
        let filter = Condition::all()
            .add(C::ProgrammeId.eq(programme.0))
            .add_option((!wanted.states.is_empty()).then(|| C::State.is_in(wanted.states.iter().map(String::as_str))))
            .add_option(wanted.from.map(|from| C::UploadedAt.gte(from)))
            .add_option(wanted.to.map(|to| C::UploadedAt.lt(to)))
            .add_option(before.map(|before| C::Id.lt(before.0)));
        Ok(upload::Entity::find().filter(filter).order_by_desc(C::Id).limit(most).all(&self.read).await?)
    }

    /// Lines of an upload in their order; `after` is the last line seen.
    pub async fn upload_rows(
        &self,
        upload: &Upload,
        lines: Lines<'_>,
        after: i32,
        most: u64,
    ) -> StoreResult<Vec<UploadRow>> {
        use upload_row::Column as C;
        let which = match lines {
            Lines::All => None,
            Lines::Of(kind) => Some(C::Kind.eq(kind)),
            Lines::Planned => Some(C::State.eq("planned")),
            Lines::Asked => Some(C::State.eq("asked")),
            Lines::WithProblems => Some(C::Problems.ne("[]")),
        };
        let filter = Condition::all()
            .add(C::ProgrammeId.eq(upload.programme_id))
            .add(C::UploadId.eq(upload.id))
            .add(C::Line.gt(after))
            .add_option(which);
        Ok(upload_row::Entity::find().filter(filter).order_by_asc(C::Line).limit(most).all(&self.write).await?)
    }

    /// How many lines an upload has of each kind and state.
    pub async fn upload_counts(&self, upload: &Upload) -> StoreResult<Vec<UploadCount>> {
        let sql = "SELECT kind, state, COUNT(*) AS number FROM upload_rows \
                   WHERE programme_id = $1 AND upload_id = $2 GROUP BY kind, state";
        sql::all(&self.write, sql, upload.key()).await
    }

    /// The last line of an upload that is planned; 0 where none is.
    pub async fn last_planned_line(&self, upload: &Upload) -> StoreResult<i32> {
        let sql = "SELECT MAX(line) FROM upload_rows WHERE programme_id = $1 AND upload_id = $2";
        let last = sql::number(&self.write, sql, upload.key()).await?.unwrap_or_default();
        Ok(i32::try_from(last).unwrap_or(i32::MAX))
    }

    /// Adds a batch of lines to the plan, and notes how far it is.
    pub async fn plan_upload_rows(&self, lease: &Lease, upload: &Upload, rows: &[UploadRow]) -> StoreResult<()> {
        let transaction = self.begin().await?;
        renew(&transaction, lease).await?;
        let lines = rows.iter().map(|row| row.clone().into_active_model());
        upload_row::Entity::insert_many(lines).exec_without_returning(&transaction).await?;
        let sql = "UPDATE uploads SET progress_done = progress_done + $3 WHERE programme_id = $1 AND id = $2";
        let number = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        sql::run(&transaction, sql, [upload.key(), vec![number.into()]].concat()).await?;
        Ok(transaction.commit().await?)
    }

    /// Notes that an upload is planned to the end; its text is not needed any more.
    pub async fn upload_is_planned(
        &self,
        lease: &Lease,
        upload: &Upload,
        counts: &Counts,
        members: u64,
    ) -> StoreResult<()> {
        let transaction = self.begin().await?;
        renew(&transaction, lease).await?;
        let sql = "UPDATE uploads SET state = 'planned', counts = $3, members_before = $4 \
                   WHERE programme_id = $1 AND id = $2 AND state = 'received'";
        let counts = serde_json::to_string(counts).map_err(StoreError::row)?;
        let members = i64::try_from(members).unwrap_or(i64::MAX);
        sql::run(&transaction, sql, [upload.key(), vec![counts.into(), members.into()]].concat()).await?;
        let sql = "DELETE FROM upload_files WHERE programme_id = $1 AND upload_id = $2";
        sql::run(&transaction, sql, upload.key()).await?;
        Ok(transaction.commit().await?)
    }

    /// Notes an answer about a line (R18): from now on it is of this kind, and waits in this state. `false` when that
    /// is no change, or the upload is no longer looked at.
    pub async fn answer_upload_line(&self, upload: &Upload, line: i32, kind: &str, state: &str) -> StoreResult<bool> {
        let sql = "UPDATE upload_rows SET kind = $4, state = $5 WHERE programme_id = $1 AND upload_id = $2 \
                   AND line = $3 AND state IN ('asked', 'planned') AND (kind <> $4 OR state <> $5) \
                   AND EXISTS (SELECT 1 FROM uploads u \
                   WHERE u.programme_id = $1 AND u.id = $2 AND u.state = 'planned')";
        let values = vec![line.into(), kind.into(), state.into()];
        Ok(sql::run(&self.write, sql, [upload.key(), values].concat()).await? > 0)
    }

    /// Lets an upload be applied that is planned; `false` when it is not, or was begun before.
    pub async fn begin_upload(&self, upload: &Upload, by: (&str, &str)) -> StoreResult<bool> {
        let sql = "UPDATE uploads SET state = 'applying', applied_kind = $3, applied_by = $4, progress_done = 0, \
                   progress_total = (SELECT COUNT(*) FROM upload_rows r WHERE r.programme_id = $1 AND r.upload_id = $2 \
                   AND r.state = 'planned') WHERE programme_id = $1 AND id = $2 AND state = 'planned'";
        let values = vec![by.0.into(), by.1.into()];
        Ok(sql::run(&self.write, sql, [upload.key(), values].concat()).await? > 0)
    }

    /// Puts an upload aside that is not applied, with what it holds of people; `false` when it is applied, or is just
    /// being worked on.
    pub async fn discard_upload(&self, upload: &Upload) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let sql = "UPDATE uploads SET state = 'discarded' WHERE programme_id = $1 AND id = $2 AND state = 'planned'";
        if sql::run(&transaction, sql, upload.key()).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        let sql = "DELETE FROM upload_rows WHERE programme_id = $1 AND upload_id = $2";
        sql::run(&transaction, sql, upload.key()).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
