//! Applying a plan: rows of the plan become members and mails, mostly in SQL, a batch at a time.
//!
//! Each batch is one transaction, which begins by renewing the lease and ends by moving the
//! import's cursor. A crash therefore resumes at the next row, and nothing is done twice (R54).

mod batch;
mod meanwhile;
mod members;

use domain::plan::{Counts, Kind};
use sea_orm::{EntityTrait, FromQueryResult};

use crate::{Import, Store, StoreResult, entity::import, sql, work, work::Lease};

use batch::Batch;

/// After how many rows the database should have another look at its tables.
const MANY: i64 = 1_000;

/// What one batch did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Rows up to this position have been applied.
    Applied {
        /// The import's new cursor.
        cursor: i64,
        /// How many rows the batch held.
        rows: u64,
        /// Whether there is nothing left after it.
        is_last: bool,
    },
    /// There is nothing left to apply.
    Done,
}

impl Store {
    /// Applies the next rows of the plan, about so many; those that must not be cut apart make it more. `now` is in
    /// microseconds of UTC.
    ///
    /// Where the import stands is read from its row, under the lease: an `import` that has grown old
    /// in the caller's hands applies nothing twice (R54).
    pub async fn apply_batch(&self, lease: &Lease, import: &Import, rows: usize, now: i64) -> StoreResult<Step> {
        let transaction = self.begin().await?;
        work::renew_and_move_on(&transaction, lease).await?;
        let known = import::Entity::find_by_id((import.programme_id, import.id)).one(&transaction).await?;
        let Some(import) = known else { return Ok(Step::Done) };
        let Some(batch) = Batch::next(&transaction, &import, rows, now).await? else { return Ok(Step::Done) };
        let has_stale = batch.pass_over_the_stale().await?;
        batch.cancel_invitations().await?;
        batch.give_up_keys().await?;
        let freed = batch.free_addresses().await?;
        batch.change_members().await?;
        batch.forget_addresses(&freed).await?;
        batch.add_members().await?;
        batch.invite().await?;
        if has_stale {
            batch.report_skipped().await?;
        }
        batch.advance().await?;
        let (cursor, rows, is_last) = (batch.last(), batch.held.rows, batch.is_last());
        transaction.commit().await?;
        Ok(Step::Applied { cursor, rows, is_last })
    }

    /// Takes memory for an import that changes many rows; reading has given its own back by then. To be given back by
    /// [`Store::give_room_back`]. It is quicker so, and no more: failing is no reason to stop.
    pub async fn make_room_for(&self, import: &Import) {
        if let Err(error) = self.make_room(import.progress_total).await {
            tracing::warn!(error = error.for_log(), "the database could not be made to take memory");
        }
    }

    /// Gives memory back once the rows are applied.
    pub async fn give_room_back(&self) {
        if let Err(error) = self.shrink().await {
            tracing::warn!(error = error.for_log(), "the database could not be made to give memory back");
        }
    }

    /// PostgreSQL looks at its tables, of which it may know nothing that holds: where an import is gone on with on a server
    /// that took over from another, or a programme has grown out of nothing. Knowing nothing it walks along all members
    /// for each row. Slower queries until it looks by itself are no reason to stop.
    pub async fn learn_tables(&self, import: &Import) {
        if import.progress_total >= MANY
            && let Err(error) = self.look_at_tables().await
        {
            tracing::warn!(error = error.for_log(), "PostgreSQL could not be made to look at its tables");
        }
    }

    /// How many rows there are to apply.
    pub async fn rows_to_apply(&self, import: &Import) -> StoreResult<u64> {
        self.count_rows(import, i64::MAX).await
    }

    /// How many rows have been applied: up to the import's cursor.
    pub async fn rows_applied(&self, import: &Import) -> StoreResult<u64> {
        self.count_rows(import, import.cursor).await
    }

    async fn count_rows(&self, import: &Import, up_to: i64) -> StoreResult<u64> {
        let sql = format!(
            "SELECT COUNT(*) FROM changes WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 \
             AND position <= $4 AND {}",
            wanted(import)
        );
        let count = sql::number(&self.write, &sql, [plan_key(import), vec![up_to.into()]].concat()).await?;
        Ok(u64::try_from(count.unwrap_or_default()).unwrap_or_default())
    }

    /// Members whose row was not applied (rejected, passed over, or left out of an approval) are
    /// looked at again next time, even if their record stays as it is.
    pub async fn look_again(&self, lease: &Lease, import: &Import) -> StoreResult<()> {
        let sql = format!(
            "UPDATE members SET record_print = NULL WHERE programme_id = $1 AND record_print IS NOT NULL AND id IN (\
             SELECT member_id FROM changes WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 \
             AND (skipped OR NOT ({})))",
            wanted(import)
        );
        self.run_under(lease, &sql, plan_key(import)).await?;
        Ok(())
    }

    /// Marks the rows of one kind as passed over: an approval leaves them out (R46).
    pub async fn leave_out(&self, lease: &Lease, import: &Import, kind: Kind) -> StoreResult<()> {
        let sql = "UPDATE changes SET skipped = TRUE \
                   WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 AND kind = $4";
        self.run_under(lease, sql, [plan_key(import), vec![kind.as_str().into()]].concat()).await?;
        Ok(())
    }

    /// What a finished plan really did: rows that were passed over do not count as changes. Their
    /// people stay as they were; whoever has no record of their own
    /// (absent, or the ID is someone else's now) was not read, and so is not counted at all.
    pub async fn count_skipped(&self, import: &Import, counts: &mut Counts) -> StoreResult<()> {
        #[derive(FromQueryResult)]
        struct Group {
            kind: String,
            number: i64,
            read: i64,
        }
        let sql = "SELECT kind, COUNT(*) AS number, SUM(CASE WHEN reason IN ('absent', 'id-reassigned') THEN 0 ELSE 1 END) AS read \
                   FROM changes WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 AND skipped \
                   GROUP BY kind";
        let whole = |number: i64| u64::try_from(number).unwrap_or_default();
        for Group { kind, number, read } in sql::all::<Group, _>(&self.write, sql, plan_key(import)).await? {
            let count = match kind.parse() {
                Ok(Kind::Join) => &mut counts.join,
                Ok(Kind::Update) => &mut counts.update,
                Ok(Kind::Leave) => &mut counts.leave,
                Ok(Kind::Rejoin) => &mut counts.rejoin,
                _ => continue,
            };
            *count = count.saturating_sub(whole(number));
            counts.unchanged += whole(read);
            let left_out = kind == Kind::Leave.as_str() && import.approved_without_leavers();
            counts.warnings += if left_out { 0 } else { whole(number) };
        }
        Ok(())
    }
}

/// Rows that this import applies: an approval may leave the leavers out (R46).
fn wanted(import: &Import) -> &'static str {
    if import.approved_without_leavers() { "kind NOT IN ('reject', 'leave')" } else { "kind <> 'reject'" }
}

pub(crate) fn plan_key(import: &Import) -> Vec<sea_orm::Value> {
    vec![import.programme_id.into(), import.id.into(), import.try_number.into()]
}
