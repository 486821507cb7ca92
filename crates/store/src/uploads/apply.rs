//! Applying an upload: a batch of lines is one transaction.

use domain::{
    field::Field,
    ids::{MemberId, ProgrammeId},
    plan::Counts,
};
use sea_orm::{DatabaseTransaction, EntityTrait, IntoActiveModel};

use crate::{
    Audit, Mail, Store, StoreError, StoreResult, Upload, UploadRow,
    entity::audit,
    members::Edit,
    sql,
    work::{Lease, renew},
};

/// A line with everything that is written when it is applied.
#[derive(Debug, Clone)]
pub struct LineToApply {
    /// The line.
    pub row: UploadRow,
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
    let LineToApply { row, mail, audit } = line;
    let Some(member) = row.member_id.map(MemberId) else { return Ok(()) };
    let note = async |state: &str| {
        let sql = "UPDATE upload_rows SET state = $4 WHERE programme_id = $1 AND upload_id = $2 AND line = $3 \
                   AND state = 'planned'";
        let key = vec![row.programme_id.into(), row.upload_id.into(), row.line.into(), state.into()];
        sql::run(on, sql, key).await
    };
    let (programme, fields) = (ProgrammeId(row.programme_id), row.values()?);
    let address = fields.get(&Field::Email).map(|address| domain::email::key(address)).unwrap_or_default();
    let sql = "SELECT 1 FROM members WHERE programme_id = $1 AND email_key = $2 AND id <> $3";
    let held = sql::number(on, sql, vec![row.programme_id.into(), address.into(), member.0.into()]).await?;
    if held.is_some() {
        note("skipped").await?;
        return Ok(());
    }
    let edit = Edit { programme, member, fields: &fields, now };
    if row.kind == "join" {
        if note("done").await? == 0 {
            return Ok(());
        }
        edit.insert(on, mail.as_ref()).await?;
    } else if edit.update(on, row.version).await? {
        note("done").await?;
    } else {
        note("skipped").await?;
        return Ok(());
    }
    audit::Entity::insert(audit.clone().into_active_model()).exec_without_returning(on).await?;
    Ok(())
}
