//! Erasing what is personal when an account is closed (R61), and what is left of people whom imports rejected.
//!
//! Everything that the database knows of a member is named here: [`TABLES`] says for each table with a member's
//! number what becomes of it, and a test holds the list against the catalogue.

mod audit;

use domain::{
    field::Fields,
    ids::{ImportId, MemberId, ProgrammeId},
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbBackend, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    Mail, Store, StoreError, StoreResult, Trace,
    entity::{member, member_choices as choices, outbox, trace},
    sql,
};

/// What becomes of a table's rows about a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They are deleted.
    Goes,
    /// They stay, and what is personal in them is emptied.
    Emptied,
    /// They hold nothing personal.
    Stays,
}

/// Every table with a member's number.
pub const TABLES: &[(&str, Fate)] = &[
    ("changes", Fate::Emptied),
    ("close_downs", Fate::Goes),
    ("decisions", Fate::Goes),
    ("event_deliveries", Fate::Stays),
    ("exclusions", Fate::Goes),
    ("invitations", Fate::Goes),
    ("member_choices", Fate::Goes),
    ("member_credentials", Fate::Goes),
    ("member_links", Fate::Goes),
    ("member_recovery_codes", Fate::Goes),
    ("member_sessions", Fate::Goes),
    ("outbox", Fate::Emptied),
    ("problems", Fate::Emptied),
    ("refusals", Fate::Goes),
    ("traces", Fate::Stays),
    ("upload_rows", Fate::Goes),
];

/// An account to be closed.
#[derive(Debug, Clone)]
pub struct Erasure {
    /// What stays of it.
    pub trace: Trace,
    /// The version of the account that this was made for: somebody who is back meanwhile is not closed.
    pub version: i64,
    /// The mail that says so; it names its own recipient.
    pub mail: Option<Mail>,
}

/// What erasing a member concerns, in rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// What imports planned for them.
    pub changes: u64,
    /// Problems about them.
    pub problems: u64,
    /// Mails to them.
    pub mails: u64,
    /// Answers to who they are (R18).
    pub decisions: u64,
}

/// Who is erased, by everything that rows go by.
struct Whose {
    programme: Uuid,
    member: Uuid,
    integration: Option<Uuid>,
    employee_id: Option<String>,
    /// Personal addresses that they entered themselves.
    addresses: Vec<String>,
}

impl Whose {
    fn key(&self) -> Vec<sea_orm::Value> {
        vec![self.programme.into(), self.member.into()]
    }

    /// The values that [`Whose::of_person`] goes with.
    fn person(&self) -> Vec<sea_orm::Value> {
        let mut values = self.key();
        values.extend([self.employee_id.clone().unwrap_or_default().into(), self.integration.into()]);
        values
    }

    /// Rows of imports about the person, whether they had an account then or not.
    fn of_person(column: &str) -> String {
        format!(
            "({column} = $3 AND import_id IN (SELECT id FROM imports WHERE programme_id = $1 AND integration_id = $4))"
        )
    }
}

impl Store {
    /// Closes an account, as one: what is personal goes from every table, the address is free again, and the
    /// trace stays. Tells whether it was done; it is not where the member has changed since.
    pub async fn erase(&self, erasure: &Erasure, now: i64) -> StoreResult<bool> {
        let trace = &erasure.trace;
        let transaction = self.begin().await?;
        let sql = "UPDATE members SET version = version + 1 WHERE programme_id = $1 AND id = $2 AND version = $3 \
                   AND state = 'leaver'";
        let key = vec![trace.programme_id.into(), trace.member_id.into()];
        if sql::run(&transaction, sql, [key, vec![erasure.version.into()]].concat()).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        if !empty_everywhere(&transaction, trace, now).await? {
            return Ok(false);
        }
        if let Some(mail) = &erasure.mail {
            outbox::Entity::insert(mail.clone().into_active_model()).exec_without_returning(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Closes an account that had been closed before, and is there again since a backup was restored: whatever has
    /// become of it in the backup, and without a mail. Where the account is still to be made by a plan, it is not
    /// made. Tells whether there was an account to be closed.
    pub async fn erase_again(&self, trace: &Trace, now: i64) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let key = || vec![trace.programme_id.into(), trace.member_id.into()];
        let sql = "UPDATE members SET state = 'leaver', left_at = $3, leave_reason = $4, left_import_id = NULL, \
                   version = version + 1 WHERE programme_id = $1 AND id = $2 AND state <> 'closed'";
        let values = [key(), vec![trace.left_at.into(), trace.reason.as_str().into()]].concat();
        let is_open = sql::run(&transaction, sql, values).await? > 0;
        let is_erased = is_open && empty_everywhere(&transaction, trace, now).await?;
        let sql = "SELECT COUNT(*) FROM members WHERE programme_id = $1 AND id = $2";
        if sql::number(&transaction, sql, key()).await? == Some(0) {
            let sql = format!(
                "UPDATE changes SET skipped = TRUE, {CHANGE} WHERE programme_id = $1 AND member_id = $2 AND kind = 'join'"
            );
            sql::run(&transaction, &sql, key()).await?;
            let known =
                OnConflict::columns([trace::Column::ProgrammeId, trace::Column::MemberId]).do_nothing().to_owned();
            let kept = trace::Entity::insert(trace.clone().into_active_model()).on_conflict(known);
            kept.exec_without_returning(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(is_erased)
    }

    /// How much erasing a member would concern.
    pub async fn extent(&self, programme: ProgrammeId, member: MemberId) -> StoreResult<Extent> {
        let key = || vec![programme.0.into(), member.0.into()];
        let count = async |sql: &str| {
            let number = sql::number(&self.read, sql, key()).await?.unwrap_or_default();
            StoreResult::Ok(u64::try_from(number).unwrap_or_default())
        };
        Ok(Extent {
            changes: count(
                "SELECT COUNT(*) FROM changes WHERE programme_id = $1 AND member_id = $2 AND kind <> 'refresh'",
            )
            .await?,
            problems: count("SELECT COUNT(*) FROM problems WHERE programme_id = $1 AND member_id = $2").await?,
            mails: count("SELECT COUNT(*) FROM outbox WHERE programme_id = $1 AND member_id = $2").await?,
            decisions: count("SELECT COUNT(*) FROM decisions WHERE programme_id = $1 AND member_id = $2").await?,
        })
    }

    /// The mails that were written to a member.
    pub async fn mails_to(&self, programme: ProgrammeId, member: MemberId) -> StoreResult<Vec<Mail>> {
        let mails = outbox::Entity::find()
            .filter(outbox::Column::ProgrammeId.eq(programme.0))
            .filter(outbox::Column::MemberId.eq(member.0));
        Ok(mails.all(&self.read).await?)
    }

    /// Forgets the addresses of *closed* mails that went, or were written before `since`: those do not go any
    /// more. Tells which were written before, once, so that what was made of them can be removed.
    pub async fn forget_closed_addresses(&self, programme: ProgrammeId, since: i64) -> StoreResult<Vec<Mail>> {
        let key = || vec![programme.0.into(), since.into()];
        let kept = "programme_id = $1 AND kind = 'closed' AND route <> 'forgotten'";
        let old: Vec<Mail> =
            sql::all(&self.write, &format!("SELECT * FROM outbox WHERE {kept} AND created_at < $2"), key()).await?;
        if !old.is_empty() {
            let sql = format!(
                "UPDATE outbox SET recipient = NULL, failure = NULL, route = 'forgotten', \
                 state = CASE state WHEN 'pending' THEN 'cancelled' ELSE state END WHERE {kept} AND created_at < $2"
            );
            sql::run(&self.write, &sql, key()).await?;
        }
        let sql = "UPDATE outbox SET recipient = NULL, failure = NULL WHERE programme_id = $1 AND kind = 'closed' \
                   AND recipient IS NOT NULL AND state <> 'pending'";
        sql::run(&self.write, sql, vec![programme.0.into()]).await?;
        Ok(old)
    }

    /// Empties what is left of people whom imports and uploads rejected, of strangers with a warning, and of files that
    /// nobody applied, in imports and uploads made before `until`. Imports that were done before are passed over. Tells how many rows were emptied.
    pub async fn empty_rejected(&self, programme: ProgrammeId, until: i64) -> StoreResult<u64> {
        #[derive(FromQueryResult)]
        struct Done {
            id: Uuid,
        }
        let sql = "DELETE FROM upload_rows WHERE programme_id = $1 AND upload_id IN (SELECT u.id FROM uploads u \
                   WHERE u.programme_id = $1 AND u.uploaded_at < $2 AND (u.applied_at IS NULL OR member_id IS NULL \
                   OR upload_rows.state = 'skipped'))";
        let mut emptied = sql::run(&self.write, sql, vec![programme.0.into(), until.into()]).await?;
        let sql = "DELETE FROM upload_files WHERE programme_id = $1 AND upload_id IN (SELECT u.id FROM uploads u \
                   WHERE u.programme_id = $1 AND u.uploaded_at < $2)";
        emptied += sql::run(&self.write, sql, vec![programme.0.into(), until.into()]).await?;
        let sql = "SELECT i.id FROM imports i LEFT JOIN closing c ON c.programme_id = i.programme_id \
                   WHERE i.programme_id = $1 AND i.created_at < $2 AND i.created_at >= COALESCE(c.rejected_until, 0) \
                   AND i.finished_at IS NOT NULL";
        let imports: Vec<Done> = sql::all(&self.read, sql, vec![programme.0.into(), until.into()]).await?;
        if imports.is_empty() {
            return Ok(emptied);
        }
        let transaction = self.begin().await?;
        for import in imports.iter().map(|import| ImportId(import.id)) {
            let key = || vec![programme.0.into(), import.0.into()];
            let sql = format!(
                "UPDATE changes SET {CHANGE} WHERE programme_id = $1 AND import_id = $2 AND kind = 'reject' AND name <> ''"
            );
            emptied += sql::run(&transaction, &sql, key()).await?;
            let sql = format!(
                "UPDATE problems SET {PROBLEM} WHERE programme_id = $1 AND import_id = $2 AND name <> '' \
                 AND (member_id IS NULL OR severity = 'error')"
            );
            emptied += sql::run(&transaction, &sql, key()).await?;
        }
        let sql = "INSERT INTO closing (programme_id, rejected_until) VALUES ($1, $2) \
                   ON CONFLICT (programme_id) DO UPDATE SET rejected_until = excluded.rejected_until";
        sql::run(&transaction, sql, vec![programme.0.into(), until.into()]).await?;
        transaction.commit().await?;
        Ok(emptied)
    }

    /// Has SQLite forget what was overwritten: the write-ahead log is merged and cut to nothing. Tells whether
    /// it could be; a reader may stand in the way for a moment.
    pub async fn forget_log(&self) -> StoreResult<bool> {
        if self.backend() != DbBackend::Sqlite {
            return Ok(true);
        }
        Ok(sql::number(&self.write, "PRAGMA wal_checkpoint(TRUNCATE)", vec![]).await? == Some(0))
    }
}

/// Takes what is personal about a member out of every table, and keeps the trace; `false` when there is no such member.
async fn empty_everywhere(on: &DatabaseTransaction, trace: &Trace, now: i64) -> StoreResult<bool> {
    let known = member::Entity::find_by_id((trace.programme_id, trace.member_id)).one(on).await?;
    let Some(row) = known else { return Ok(false) };
    let fields: Fields = serde_json::from_str(&row.fields).map_err(StoreError::row)?;
    let own = choices::Entity::find_by_id((trace.programme_id, trace.member_id)).one(on).await?;
    let addresses = own.into_iter().flat_map(|own| [own.personal_email, own.asked_email]).flatten().collect();
    let whose = Whose {
        programme: row.programme_id,
        member: row.id,
        integration: row.integration_id,
        employee_id: row.employee_id.clone(),
        addresses,
    };
    let is_excluded = forget_exclusions(on, &whose).await?;
    audit::erase(on, &whose, &fields).await?;
    empty_imports(on, &whose).await?;
    empty_mails(on, &whose).await?;
    for (table, _) in TABLES.iter().filter(|(_, fate)| *fate == Fate::Goes) {
        let sql = format!("DELETE FROM {table} WHERE programme_id = $1 AND member_id = $2");
        sql::run(on, &sql, whose.key()).await?;
    }
    empty_member(on, &whose, now).await?;
    keep(on, &Trace { excluded: trace.excluded || is_excluded, ..trace.clone() }).await?;
    Ok(true)
}

const CHANGE: &str = "employee_id = NULL, name = '', before = '[]', after = '{}', claim = NULL, twin_key = NULL, \
                      search_key = '', print = NULL";
const PROBLEM: &str = "employee_id = NULL, name = '', value = NULL, other = NULL";

/// What imports planned and said of somebody, and what they said of others in relation to them.
async fn empty_imports(on: &DatabaseTransaction, whose: &Whose) -> StoreResult<()> {
    for (table, empty) in [("changes", CHANGE), ("problems", PROBLEM)] {
        let sql = format!("UPDATE {table} SET {empty} WHERE programme_id = $1 AND member_id = $2");
        sql::run(on, &sql, whose.key()).await?;
    }
    if whose.employee_id.is_none() || whose.integration.is_none() {
        return Ok(());
    }
    let of_person = Whose::of_person("employee_id");
    for sql in [
        format!(
            "UPDATE changes SET {CHANGE} WHERE programme_id = $1 AND member_id IS NULL AND $2 = $2 AND {of_person}"
        ),
        format!("UPDATE problems SET {PROBLEM} WHERE programme_id = $1 AND $2 = $2 AND {of_person}"),
        format!(
            "UPDATE problems SET other = NULL WHERE programme_id = $1 AND $2 = $2 AND {}",
            Whose::of_person("other")
        ),
    ] {
        sql::run(on, &sql, whose.person()).await?;
    }
    let sql = "DELETE FROM decisions WHERE programme_id = $1 AND $2 = $2 AND employee_id = $3 AND integration_id = $4";
    sql::run(on, sql, whose.person()).await?;
    Ok(())
}

/// An administrator's exclusion names the person (R24); from now on the trace keeps them out. Tells whether there
/// was any.
async fn forget_exclusions(on: &DatabaseTransaction, whose: &Whose) -> StoreResult<bool> {
    let sql = "DELETE FROM exclusions WHERE programme_id = $1 AND (member_id = $2 \
               OR (employee_id = $3 AND integration_id = $4))";
    Ok(sql::run(on, sql, whose.person()).await? > 0)
}

/// What was written to somebody stays as a number; nothing that waits goes any more.
async fn empty_mails(on: &DatabaseTransaction, whose: &Whose) -> StoreResult<()> {
    let sql = "UPDATE outbox SET recipient = NULL, failure = NULL, \
               state = CASE WHEN state IN ('pending', 'to-print') THEN 'cancelled' ELSE state END \
               WHERE programme_id = $1 AND member_id = $2";
    sql::run(on, sql, whose.key()).await?;
    Ok(())
}

async fn empty_member(on: &DatabaseTransaction, whose: &Whose, now: i64) -> StoreResult<()> {
    let sql = "UPDATE members SET employee_id = NULL, email_key = NULL, twin_key = NULL, search_key = '', fields = '{}', \
               state = 'closed', state_before_leaving = NULL, clock_stopped_until = NULL, record_print = NULL, \
               kept_by_hand = NULL, locked_until = NULL, lock_reason = NULL, locked_by = NULL, locked_at = NULL, \
               updated_at = $3 WHERE programme_id = $1 AND id = $2";
    sql::run(on, sql, [whose.key(), vec![now.into()]].concat()).await?;
    Ok(())
}

/// Keeps a trace; one that was made before, for somebody who asked to be erased, is brought up to date.
pub(crate) async fn keep(on: &DatabaseTransaction, trace: &Trace) -> StoreResult<()> {
    use trace::Column as C;
    let anew = OnConflict::columns([C::ProgrammeId, C::MemberId])
        .update_columns([C::IdHash, C::EmailHash, C::Reason, C::JoinedAt, C::LeftAt, C::ClosedAt, C::Excluded])
        .to_owned();
    trace::Entity::insert(trace.clone().into_active_model()).on_conflict(anew).exec_without_returning(on).await?;
    Ok(())
}
