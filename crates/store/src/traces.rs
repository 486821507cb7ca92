//! What stays of closed accounts (R61): whom an import meets again, and whom it leaves alone (R63).

use domain::ids::{MemberId, ProgrammeId};
use futures::{Stream, StreamExt};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, Statement, StreamTrait};

use crate::{
    CloseDown, Store, StoreResult, Trace, closing,
    entity::{close_down, trace},
    erasure, sql,
};

/// A trace as an import holds it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Traced {
    /// The account.
    pub member_id: uuid::Uuid,
    /// Integration and employee ID, as a keyed hash.
    pub id_hash: Option<String>,
    /// The address, as a keyed hash.
    pub email_hash: Option<String>,
    /// Whether imports leave the person alone.
    pub excluded: bool,
    /// Whether the account is closed by now.
    pub is_closed: bool,
}

/// Somebody's wish to be erased, or an administrator's (R63).
#[derive(Debug, Clone)]
pub struct Wish {
    /// How their close-down is to stand.
    pub row: CloseDown,
    /// How it stood; none before the first look.
    pub before: Option<CloseDown>,
    /// The trace by which imports leave them alone from now on.
    pub trace: Trace,
    /// The version of the account that this was made for.
    pub version: i64,
}

impl Store {
    /// Notes the wish, as one: the account is restricted, imports leave the person alone, and the last day
    /// stands. Tells whether it was done; it is not where the member has changed since.
    pub async fn wish(&self, wish: &Wish, now: i64) -> StoreResult<bool> {
        let Wish { row, before, trace, version } = wish;
        let transaction = self.begin().await?;
        let sql = "UPDATE members SET state_before_leaving = CASE state WHEN 'leaver' THEN state_before_leaving \
                   ELSE state END, state = 'leaver', left_at = $3, leave_reason = $4, left_import_id = NULL, \
                   kept_by_hand = NULL, version = version + 1, updated_at = $5 \
                   WHERE programme_id = $1 AND id = $2 AND version = $6 AND state <> 'closed'";
        let values = vec![
            trace.programme_id.into(),
            trace.member_id.into(),
            trace.left_at.into(),
            trace.reason.as_str().into(),
            now.into(),
            (*version).into(),
        ];
        let changed = sql::run(&transaction, sql, values).await? > 0;
        let known = close_down::Entity::find_by_id((row.programme_id, row.member_id)).one(&transaction).await?;
        if !changed || known != *before {
            transaction.rollback().await?;
            return Ok(false);
        }
        closing::write(&transaction, row).await?;
        erasure::keep(&transaction, trace).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// All traces of the programme.
    pub async fn traces(&self, programme: ProgrammeId) -> StoreResult<impl Stream<Item = StoreResult<Traced>> + '_> {
        let sql = "SELECT member_id, id_hash, email_hash, excluded, closed_at IS NOT NULL AS is_closed \
                   FROM traces WHERE programme_id = $1";
        let statement = Statement::from_sql_and_values(self.backend(), sql, [programme.0.into()]);
        let rows = self.read.stream_raw(statement).await?;
        Ok(rows.map(|row| Ok(Traced::from_query_result(&row?, "")?)))
    }

    /// The trace of one account.
    pub async fn trace(&self, programme: ProgrammeId, member: MemberId) -> StoreResult<Option<Trace>> {
        Ok(trace::Entity::find_by_id((programme.0, member.0)).one(&self.read).await?)
    }

    /// The traces of all programmes: of closed accounts, and of those about to be erased on request, with the day.
    pub async fn all_traces(&self) -> StoreResult<impl Stream<Item = StoreResult<(Trace, Option<String>)>> + '_> {
        let sql = "SELECT t.*, c.erase_on FROM traces t LEFT JOIN close_downs c ON c.programme_id = t.programme_id \
                   AND c.member_id = t.member_id";
        let rows = self.read.stream_raw(Statement::from_string(self.backend(), sql)).await?;
        Ok(rows.map(|row| {
            let row = row?;
            Ok((Trace::from_query_result(&row, "")?, row.try_get("", "erase_on")?))
        }))
    }

    /// Traces that keep somebody out whom one of these hashes stands for.
    pub async fn traces_that_exclude(&self, programme: ProgrammeId, hashes: &[String]) -> StoreResult<Vec<Trace>> {
        let hash = |column: trace::Column| column.is_in(hashes.iter().map(String::as_str));
        let found = trace::Entity::find()
            .filter(trace::Column::ProgrammeId.eq(programme.0))
            .filter(trace::Column::Excluded.eq(true))
            .filter(Condition::any().add(hash(trace::Column::IdHash)).add(hash(trace::Column::EmailHash)));
        Ok(found.all(&self.read).await?)
    }

    /// How many people imports leave alone at their own wish.
    pub async fn count_traces_that_exclude(&self, programme: ProgrammeId) -> StoreResult<u64> {
        let sql = "SELECT COUNT(*) FROM traces WHERE programme_id = $1 AND excluded";
        let count = sql::number(&self.read, sql, vec![programme.0.into()]).await?;
        Ok(u64::try_from(count.unwrap_or_default()).unwrap_or_default())
    }

    /// Lets imports look at somebody again. Of an account that is not closed yet, the wish to be erased is taken
    /// back: it goes on closing like any leaver's, and the next import looks at the record anew.
    pub async fn allow_again(&self, trace: &Trace, now: i64) -> StoreResult<bool> {
        let key = || vec![trace.programme_id.into(), trace.member_id.into()];
        let transaction = self.begin().await?;
        let sql = "UPDATE traces SET excluded = FALSE WHERE programme_id = $1 AND member_id = $2 AND excluded";
        let lifted = sql::run(&transaction, sql, key()).await? > 0;
        let sql = "DELETE FROM traces WHERE programme_id = $1 AND member_id = $2 AND closed_at IS NULL";
        sql::run(&transaction, sql, key()).await?;
        let sql = "UPDATE close_downs SET erase_on = NULL, next_at = 0 WHERE programme_id = $1 AND member_id = $2";
        sql::run(&transaction, sql, key()).await?;
        let sql = "UPDATE members SET record_print = NULL, version = version + 1, updated_at = $3 \
                   WHERE programme_id = $1 AND id = $2 AND state = 'leaver'";
        sql::run(&transaction, sql, [key(), vec![now.into()]].concat()).await?;
        transaction.commit().await?;
        Ok(lifted)
    }

    /// The sealed key of the programme's hashes; `fresh` is kept as such where there is none yet.
    pub async fn trace_key(&self, programme: ProgrammeId, fresh: &[u8]) -> StoreResult<Vec<u8>> {
        let sql = "INSERT INTO closing (programme_id, trace_key, rejected_until) VALUES ($1, $2, 0) \
                   ON CONFLICT (programme_id) DO UPDATE SET trace_key = COALESCE(closing.trace_key, excluded.trace_key)";
        sql::run(&self.write, sql, vec![programme.0.into(), fresh.to_vec().into()]).await?;
        Ok(self.known_trace_key(programme).await?.unwrap_or_default())
    }

    /// The same, where there is one.
    pub async fn known_trace_key(&self, programme: ProgrammeId) -> StoreResult<Option<Vec<u8>>> {
        #[derive(FromQueryResult)]
        struct Key {
            trace_key: Option<Vec<u8>>,
        }
        let sql = "SELECT trace_key FROM closing WHERE programme_id = $1";
        let found: Vec<Key> = sql::all(&self.write, sql, vec![programme.0.into()]).await?;
        Ok(found.into_iter().find_map(|key| key.trace_key))
    }
}
