//! Applying an upload: a batch of lines is one transaction.

use domain::{
    field::{Field, Fields},
    ids::{MemberId, ProgrammeId},
    member::State,
    plan::Counts,
};
use sea_orm::{DatabaseTransaction, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::{
    Audit, Mail, Store, StoreError, StoreResult, Upload, UploadRow,
    entity::{audit, member},
    members::{Edit, Return, let_go_of_address},
    sql,
    work::{Lease, renew},
};

/// A line with everything that is written when it is applied.
#[derive(Debug, Clone)]
pub struct LineToApply {
    /// The line.
    pub row: UploadRow,
    /// The account that it makes or changes.
    pub member: MemberId,
    /// The invitation of somebody who is added.
    pub mail: Option<Mail>,
    /// What the log says of it.
    pub audit: Audit,
}

impl Store {
    /// Does what these lines say, each once. A line about a member who has changed meanwhile is passed over (R30), and
    /// so is one whose address somebody has taken.
    pub async fn apply_upload_rows(
        &self,
        lease: &Lease,
        upload: &Upload,
        lines: &[LineToApply],
        now: i64,
    ) -> StoreResult<()> {
        let transaction = self.begin().await?;
        renew(&transaction, lease).await?;
        for line in lines {
            apply(&transaction, line, now).await?;
        }
        let sql = "UPDATE uploads SET progress_done = progress_done + $3 WHERE programme_id = $1 AND id = $2";
        let number = i64::try_from(lines.len()).unwrap_or(i64::MAX);
        sql::run(&transaction, sql, [upload.key(), vec![number.into()]].concat()).await?;
        Ok(transaction.commit().await?)
    }

    /// Notes that an upload was applied to the end. Lines that still ask are passed over.
    pub async fn finish_upload(
        &self,
        lease: &Lease,
        upload: &Upload,
        counts: &Counts,
        members: u64,
        now: i64,
    ) -> StoreResult<()> {
        let transaction = self.begin().await?;
        renew(&transaction, lease).await?;
        let sql =
            "UPDATE upload_rows SET state = 'skipped' WHERE programme_id = $1 AND upload_id = $2 AND state = 'asked'";
        sql::run(&transaction, sql, upload.key()).await?;
        let sql = "UPDATE uploads SET state = 'applied', applied_at = $3, counts = $4, members_after = $5 \
                   WHERE programme_id = $1 AND id = $2 AND state = 'applying'";
        let counts = serde_json::to_string(counts).map_err(StoreError::row)?;
        let members = i64::try_from(members).unwrap_or(i64::MAX);
        let values = vec![now.into(), counts.into(), members.into()];
        sql::run(&transaction, sql, [upload.key(), values].concat()).await?;
        Ok(transaction.commit().await?)
    }
}

async fn apply(on: &DatabaseTransaction, line: &LineToApply, now: i64) -> StoreResult<()> {
    let LineToApply { row, member, mail, audit } = line;
    let (programme, fields) = (ProgrammeId(row.programme_id), row.values()?);
    if !note(on, row, ("planned", "done"), Some(member.0)).await? {
        return Ok(());
    }
    let edit = Edit { programme, member: *member, fields: &fields, now };
    let is_done = has_its_address(on, line, &fields).await?
        && match row.kind.as_str() {
            "join" => {
                let is_free = frees_address(on, row, now).await?;
                if is_free {
                    edit.insert(on, mail.as_ref()).await?;
                }
                is_free
            }
            "rejoin" => {
                let back = Return { programme, member: *member, version: row.version, now };
                back.run(on).await? && edit.update(on, row.version + 1).await?
            }
            _ => edit.update(on, row.version).await?,
        };
    if is_done {
        audit::Entity::insert(audit.clone().into_active_model()).exec_without_returning(on).await?;
        forget_the_other(on, row).await
    } else {
        note(on, row, ("done", "skipped"), row.member_id).await?;
        Ok(())
    }
}

/// Moves a line from one state to another; `false` when it is not in the first.
async fn note(
    on: &DatabaseTransaction,
    row: &UploadRow,
    (from, to): (&str, &str),
    member: Option<Uuid>,
) -> StoreResult<bool> {
    let sql = "UPDATE upload_rows SET state = $5, member_id = $6 WHERE programme_id = $1 AND upload_id = $2 \
               AND line = $3 AND state = $4";
    let key = vec![row.programme_id.into(), row.upload_id.into(), row.line.into()];
    Ok(sql::run(on, sql, [key, vec![from.into(), to.into(), member.into()]].concat()).await? > 0)
}

/// Whether nobody else has the line's address by now, but for a member who is to lose it to this line.
async fn has_its_address(on: &DatabaseTransaction, line: &LineToApply, fields: &Fields) -> StoreResult<bool> {
    let address = fields.get(&Field::Email).map(|address| domain::email::key(address)).unwrap_or_default();
    let sql = "SELECT 1 FROM members WHERE programme_id = $1 AND email_key = $2 AND id <> $3 AND id <> $4";
    let frees = line.row.frees().unwrap_or(line.member);
    let values = vec![line.row.programme_id.into(), address.into(), line.member.0.into(), frees.0.into()];
    Ok(sql::number(on, sql, values).await?.is_none())
}

/// Frees the address of the former member whom an administrator called somebody else (R18). `false` when they have
/// changed meanwhile.
async fn frees_address(on: &DatabaseTransaction, row: &UploadRow, now: i64) -> StoreResult<bool> {
    let Some(former) = row.frees() else { return Ok(true) };
    let known = member::Entity::find_by_id((row.programme_id, former.0)).one(on).await?;
    let as_seen = |known: &member::Model| known.version == row.version && known.state == State::Leaver.as_str();
    let Some(known) = known.filter(as_seen) else { return Ok(false) };
    let_go_of_address(on, &known, now).await?;
    Ok(true)
}

/// A line that made an account of its own keeps nothing of the member it was weighed against: they may be erased
/// before it is (R61).
async fn forget_the_other(on: &DatabaseTransaction, row: &UploadRow) -> StoreResult<()> {
    if row.frees().is_some() {
        let sql = "UPDATE upload_rows SET before = '[]', after = as_new, as_new = NULL \
                   WHERE programme_id = $1 AND upload_id = $2 AND line = $3";
        sql::run(on, sql, vec![row.programme_id.into(), row.upload_id.into(), row.line.into()]).await?;
    }
    Ok(())
}
