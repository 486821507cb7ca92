//! Applying a plan: rows of the plan become members and mails, mostly in SQL, a batch at a time.
//!
//! Each batch is one transaction, which begins by renewing the lease and ends by moving the
//! import's cursor. A crash therefore resumes at the next row, and nothing is done twice (R54).

use domain::{field::Field, ids::IntegrationId, plan::Counts};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::{Import, Store, StoreError, StoreResult, entity::member, plan::JOIN_PHASE, sql, work, work::Lease};

/// How many rows a batch aims at; a group that must not be cut makes it longer.
const BATCH: i64 = 1_000;

/// Problem numbers of rows that were passed over begin here, beyond those of the plan itself.
const SKIPPED_FROM: i64 = 1 << 50;

/// What one batch did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Rows up to this position have been applied.
    Applied {
        /// The import's new cursor.
        cursor: i64,
        /// How many rows the batch held.
        rows: u64,
    },
    /// There is nothing left to apply.
    Done,
}

impl Store {
    /// Applies the next rows of the plan. `now` is in microseconds of UTC.
    pub async fn apply_batch(&self, lease: &Lease, import: &Import, now: i64) -> StoreResult<Step> {
        let transaction = self.begin().await?;
        work::renew(&transaction, lease).await?;
        let mut batch = Batch {
            on: &transaction,
            import,
            integration: IntegrationId(import.integration_id),
            now,
            first: import.cursor + 1,
            last: import.cursor,
        };
        let Some(last) = batch.end().await? else { return Ok(Step::Done) };
        batch.last = last;
        batch.pass_over_the_stale().await?;
        batch.give_up_keys().await?;
        batch.change_members().await?;
        batch.add_members().await?;
        batch.write_mails().await?;
        batch.report_skipped().await?;
        let rows = batch.advance().await?;
        transaction.commit().await?;
        Ok(Step::Applied { cursor: last, rows })
    }

    /// How many rows there are to apply.
    pub async fn rows_to_apply(&self, import: &Import) -> StoreResult<u64> {
        let sql = format!(
            "SELECT COUNT(*) FROM changes WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 AND {}",
            wanted(import)
        );
        let count = sql::number(&self.write, &sql, plan_key(import)).await?.unwrap_or_default();
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// What a finished plan really did: rows that were passed over do not count as changes.
    pub async fn count_skipped(&self, import: &Import, counts: &mut Counts) -> StoreResult<()> {
        #[derive(sea_orm::FromQueryResult)]
        struct Group {
            kind: String,
            number: i64,
        }
        let sql = "SELECT kind, COUNT(*) AS number FROM changes \
                   WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 AND skipped GROUP BY kind";
        for Group { kind, number } in sql::all::<Group, _>(&self.write, sql, plan_key(import)).await? {
            let number = u64::try_from(number).unwrap_or_default();
            let count = match kind.as_str() {
                "join" => &mut counts.join,
                "update" => &mut counts.update,
                "leave" => &mut counts.leave,
                "rejoin" => &mut counts.rejoin,
                _ => continue,
            };
            *count = count.saturating_sub(number);
            counts.unchanged += number;
            counts.warnings += number;
        }
        Ok(())
    }
}

/// Rows that this import applies: an approval may leave the leavers out (R46).
fn wanted(import: &Import) -> &'static str {
    if import.approved.as_deref() == Some("without-leavers") {
        "kind NOT IN ('reject', 'leave')"
    } else {
        "kind <> 'reject'"
    }
}

fn plan_key(import: &Import) -> Vec<sea_orm::Value> {
    vec![import.programme_id.into(), import.id.into(), import.try_number.into()]
}

struct Batch<'a> {
    on: &'a DatabaseTransaction,
    import: &'a Import,
    integration: IntegrationId,
    now: i64,
    first: i64,
    last: i64,
}

impl Batch<'_> {
    /// The values that every statement begins with: programme, import, try, first and last position.
    fn key(&self) -> Vec<sea_orm::Value> {
        let mut key = plan_key(self.import);
        key.extend([self.first.into(), self.last.into()]);
        key
    }

    /// The condition that goes with [`Batch::key`]: rows of this batch that are to be applied.
    fn rows(&self, alias: &str) -> String {
        format!(
            "{alias}.programme_id = $1 AND {alias}.import_id = $2 AND {alias}.try_number = $3 \
             AND {alias}.position BETWEEN $4 AND $5 AND {alias}.{} AND NOT {alias}.skipped",
            wanted(self.import)
        )
    }

    async fn run(&self, sql: &str, more: Vec<sea_orm::Value>) -> StoreResult<u64> {
        sql::run(self.on, sql, [self.key(), more].concat()).await
    }

    /// Up to which position the batch goes: rows that share a position are never cut apart.
    async fn end(&self) -> StoreResult<Option<i64>> {
        let sql = format!(
            "SELECT MAX(position) FROM (SELECT position FROM changes \
             WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 AND position >= $4 AND {} \
             ORDER BY position LIMIT {BATCH}) AS next",
            wanted(self.import)
        );
        let mut key = plan_key(self.import);
        key.push(self.first.into());
        sql::number(self.on, &sql, key).await
    }

    /// R30: a member changed since by someone else is passed over; so is a row that would take an
    /// address or an employee ID that somebody else has got meanwhile.
    async fn pass_over_the_stale(&self) -> StoreResult<()> {
        let rows = self.rows("c");
        let stale = format!(
            "UPDATE changes AS c SET skipped = TRUE WHERE {rows} AND c.kind <> 'join' AND NOT EXISTS (\
             SELECT 1 FROM members m WHERE m.programme_id = c.programme_id AND m.id = c.member_id \
             AND m.version = c.version)"
        );
        self.run(&stale, vec![]).await?;
        let moving = self.rows("o");
        let taken = format!(
            "UPDATE changes AS c SET skipped = TRUE WHERE {rows} AND ((c.claim IS NOT NULL AND EXISTS (\
             SELECT 1 FROM members m WHERE m.programme_id = c.programme_id AND m.email_key = c.claim \
             AND (c.member_id IS NULL OR m.id <> c.member_id) AND (c.frees IS NULL OR m.id <> c.frees) \
             AND NOT EXISTS (SELECT 1 FROM changes o WHERE {moving} AND o.member_id = m.id AND o.claim IS NOT NULL))) \
             OR ((c.kind = 'join' OR c.changes_id) AND c.employee_id IS NOT NULL AND EXISTS (\
             SELECT 1 FROM members m WHERE m.programme_id = c.programme_id AND m.integration_id = $6 \
             AND m.employee_id = c.employee_id AND (c.member_id IS NULL OR m.id <> c.member_id) \
             AND NOT EXISTS (SELECT 1 FROM changes o WHERE {moving} AND o.member_id = m.id AND o.changes_id))))"
        );
        // A row that is passed over keeps its member's address, which may stop the next.
        while self.run(&taken, vec![self.integration.0.into()]).await? > 0 {}
        Ok(())
    }

    /// R12: whoever moves lets go first, so that no two members ever have one address.
    async fn give_up_keys(&self) -> StoreResult<()> {
        let rows = self.rows("c");
        for (column, moves) in [("email_key", "c.claim IS NOT NULL"), ("employee_id", "c.changes_id")] {
            let sql = format!(
                "UPDATE members SET {column} = NULL WHERE programme_id = $1 AND id IN (\
                 SELECT c.member_id FROM changes c WHERE {rows} AND {moves} AND c.kind <> 'join')"
            );
            self.run(&sql, vec![]).await?;
        }
        #[derive(sea_orm::FromQueryResult)]
        struct Freed {
            frees: uuid::Uuid,
        }
        let sql = format!("SELECT c.frees FROM changes c WHERE {rows} AND c.frees IS NOT NULL");
        for Freed { frees } in sql::all::<Freed, _>(self.on, &sql, self.key()).await? {
            self.free_address(frees).await?;
        }
        Ok(())
    }

    /// R18: a former member's address goes to someone else.
    async fn free_address(&self, former: uuid::Uuid) -> StoreResult<()> {
        let row = member::Entity::find()
            .filter(member::Column::ProgrammeId.eq(self.import.programme_id))
            .filter(member::Column::Id.eq(former))
            .one(self.on)
            .await?;
        let Some(row) = row else { return Ok(()) };
        let mut fields = row.to_domain()?.fields;
        fields.remove(&Field::Email);
        let fields = serde_json::to_string(&fields).map_err(StoreError::row)?;
        let sql = "UPDATE members SET email_key = NULL, fields = $3, version = version + 1, updated_at = $4 \
                   WHERE programme_id = $1 AND id = $2";
        let values = vec![self.import.programme_id.into(), former.into(), fields.into(), self.now.into()];
        sql::run(self.on, sql, values).await?;
        Ok(())
    }

    async fn change_members(&self) -> StoreResult<()> {
        let sql = format!(
            "UPDATE members AS m SET \
             version = m.version + CASE c.kind WHEN 'refresh' THEN 0 ELSE 1 END, \
             integration_id = $6, employee_id = c.employee_id, email_key = COALESCE(c.claim, m.email_key), \
             twin_key = c.twin_key, fields = c.after, state = c.member_state, \
             state_before_leaving = CASE c.kind WHEN 'leave' THEN m.state WHEN 'rejoin' THEN NULL \
             ELSE m.state_before_leaving END, \
             left_at = CASE c.kind WHEN 'leave' THEN $7 WHEN 'rejoin' THEN NULL ELSE m.left_at END, \
             left_import_id = CASE c.kind WHEN 'leave' THEN c.import_id WHEN 'rejoin' THEN NULL \
             ELSE m.left_import_id END, \
             leave_reason = CASE c.kind WHEN 'leave' THEN c.reason WHEN 'rejoin' THEN NULL ELSE m.leave_reason END, \
             clock_stopped_until = c.clock_stopped_until, record_print = c.print, kept_by_hand = NULL, \
             updated_at = CASE c.kind WHEN 'refresh' THEN m.updated_at ELSE $7 END \
             FROM changes AS c WHERE {} AND c.kind <> 'join' AND m.programme_id = $1 AND m.id = c.member_id",
            self.rows("c")
        );
        self.run(&sql, vec![self.integration.0.into(), self.now.into()]).await?;
        Ok(())
    }

    async fn add_members(&self) -> StoreResult<()> {
        if self.last < JOIN_PHASE {
            return Ok(());
        }
        let sql = format!(
            "INSERT INTO members (programme_id, id, version, integration_id, employee_id, email_key, twin_key, fields, \
             state, record_print, created_at, updated_at) \
             SELECT c.programme_id, c.member_id, 1, $6, c.employee_id, c.claim, c.twin_key, c.after, c.member_state, \
             c.print, $7, $7 FROM changes c WHERE {} AND c.kind = 'join'",
            self.rows("c")
        );
        self.run(&sql, vec![self.integration.0.into(), self.now.into()]).await?;
        Ok(())
    }

    /// R50: the mails that follow from this batch's changes, in its own transaction.
    async fn write_mails(&self) -> StoreResult<()> {
        let rows = self.rows("c");
        let invite = format!(
            "INSERT INTO outbox (programme_id, id, kind, member_id, import_id, route, state, due_at, created_at) \
             SELECT c.programme_id, c.mail_id, 'welcome', c.member_id, c.import_id, c.welcome, \
             CASE c.welcome WHEN 'letter' THEN 'to-print' ELSE 'pending' END, $6, $6 \
             FROM changes c WHERE {rows} AND c.kind = 'join' AND c.mail_id IS NOT NULL"
        );
        self.run(&invite, vec![self.now.into()]).await?;
        // R11: an open invitation to the old address dies, and no mail is sent for it.
        let cancel = format!(
            "UPDATE outbox SET state = 'cancelled' WHERE programme_id = $1 AND kind = 'welcome' \
             AND state IN ('pending', 'to-print') AND member_id IN (SELECT c.member_id FROM changes c \
             WHERE {rows} AND c.kind = 'update' AND c.claim IS NOT NULL AND c.member_state = 'invited')"
        );
        self.run(&cancel, vec![]).await?;
        Ok(())
    }

    /// People whose row was passed over are told of, like everybody else with a problem.
    async fn report_skipped(&self) -> StoreResult<()> {
        let sql = format!(
            "INSERT INTO problems (programme_id, import_id, try_number, number, row_number, member_id, employee_id, \
             name, code, severity) \
             SELECT c.programme_id, c.import_id, c.try_number, {SKIPPED_FROM} + c.row_number, c.row_number, \
             CASE c.kind WHEN 'join' THEN NULL ELSE c.member_id END, c.employee_id, c.name, \
             'changed-meanwhile', 'warning' FROM changes c \
             WHERE c.programme_id = $1 AND c.import_id = $2 AND c.try_number = $3 \
             AND c.position BETWEEN $4 AND $5 AND c.{} AND c.skipped AND c.kind <> 'refresh'",
            wanted(self.import)
        );
        self.run(&sql, vec![]).await?;
        Ok(())
    }

    async fn advance(&self) -> StoreResult<u64> {
        let count = format!(
            "SELECT COUNT(*) FROM changes WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 \
             AND position BETWEEN $4 AND $5 AND {}",
            wanted(self.import)
        );
        let rows = sql::number(self.on, &count, self.key()).await?.unwrap_or_default();
        let sql = "UPDATE imports SET cursor = $3, progress_done = progress_done + $4 \
                   WHERE programme_id = $1 AND id = $2";
        let (programme, import) = (self.import.programme_id.into(), self.import.id.into());
        sql::run(self.on, sql, vec![programme, import, self.last.into(), rows.into()]).await?;
        Ok(u64::try_from(rows).unwrap_or_default())
    }
}
