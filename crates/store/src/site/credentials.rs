//! What members sign in with: password, second factor, recovery codes.

use domain::ids::{MemberId, ProgrammeId};
use sea_orm::{DatabaseTransaction, EntityTrait};

use crate::{Credential, Store, StoreResult, entity::member_credential as credential, sql};

impl Credential {
    /// Whether they are asked for a second factor.
    pub fn has_second_factor(&self) -> bool {
        self.totp_secret.is_some() && self.totp_last_step.is_some()
    }
}

impl Store {
    /// What a member signs in with; none before they have set a password.
    pub async fn credential(&self, programme: ProgrammeId, member: MemberId) -> StoreResult<Option<Credential>> {
        Ok(credential::Entity::find_by_id((programme.0, member.0)).one(&self.write).await?)
    }

    /// Keeps another password, and signs its owner out everywhere but here.
    pub async fn change_member_password(&self, credential: &Credential, session: &str) -> StoreResult<()> {
        let transaction = self.begin().await?;
        super::keep_password(&transaction, credential).await?;
        super::sessions::end_others(&transaction, credential.programme_id, credential.member_id, session).await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps what a member's one-time codes are made of, not yet in use; `false` when a second factor is on.
    pub async fn offer_member_totp(
        &self,
        programme: ProgrammeId,
        member: MemberId,
        sealed: Vec<u8>,
    ) -> StoreResult<bool> {
        let sql = "UPDATE member_credentials SET totp_secret = $3 WHERE programme_id = $1 AND member_id = $2 \
                   AND totp_last_step IS NULL";
        Ok(sql::run(&self.write, sql, vec![programme.0.into(), member.0.into(), sealed.into()]).await? > 0)
    }

    /// Switches a member's second factor on, with the step of the code that proved it and recovery codes in the
    /// place of earlier ones; `false` when it is on already.
    pub async fn confirm_member_totp(
        &self,
        programme: ProgrammeId,
        member: MemberId,
        step: i64,
        codes: &[String],
    ) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let sql = "UPDATE member_credentials SET totp_last_step = $3 WHERE programme_id = $1 AND member_id = $2 \
                   AND totp_last_step IS NULL AND totp_secret IS NOT NULL";
        if sql::run(&transaction, sql, vec![programme.0.into(), member.0.into(), step.into()]).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        keep_codes(&transaction, programme, member, codes).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Puts recovery codes in the place of a member's earlier ones; `false` when the second factor is off.
    pub async fn replace_member_recovery_codes(
        &self,
        programme: ProgrammeId,
        member: MemberId,
        codes: &[String],
    ) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        // Of two that ask together, the second waits here and then replaces all of the first one's.
        let sql = "UPDATE member_credentials SET totp_last_step = totp_last_step WHERE programme_id = $1 \
                   AND member_id = $2 AND totp_last_step IS NOT NULL";
        if sql::run(&transaction, sql, vec![programme.0.into(), member.0.into()]).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        keep_codes(&transaction, programme, member, codes).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Switches a member's second factor off.
    pub async fn disable_member_totp(&self, programme: ProgrammeId, member: MemberId) -> StoreResult<()> {
        let transaction = self.begin().await?;
        let sql = "UPDATE member_credentials SET totp_secret = NULL, totp_last_step = NULL \
                   WHERE programme_id = $1 AND member_id = $2";
        sql::run(&transaction, sql, vec![programme.0.into(), member.0.into()]).await?;
        forget_codes(&transaction, programme, member).await?;
        Ok(transaction.commit().await?)
    }

    /// Uses the step of a member's one-time code up; `false` when it or a later one was used before.
    pub async fn use_member_step(&self, programme: ProgrammeId, member: MemberId, step: i64) -> StoreResult<bool> {
        let sql = "UPDATE member_credentials SET totp_last_step = $3 WHERE programme_id = $1 AND member_id = $2 \
                   AND totp_last_step < $3";
        Ok(sql::run(&self.write, sql, vec![programme.0.into(), member.0.into(), step.into()]).await? > 0)
    }

    /// Uses a member's recovery code up; `false` when there is none like it.
    pub async fn use_member_recovery_code(
        &self,
        programme: ProgrammeId,
        member: MemberId,
        hash: &str,
    ) -> StoreResult<bool> {
        let sql = "DELETE FROM member_recovery_codes WHERE programme_id = $1 AND member_id = $2 AND hash = $3";
        Ok(sql::run(&self.write, sql, vec![programme.0.into(), member.0.into(), hash.into()]).await? > 0)
    }

    /// How many recovery codes a member has left.
    pub async fn member_recovery_codes_left(&self, programme: ProgrammeId, member: MemberId) -> StoreResult<u64> {
        let sql = "SELECT COUNT(*) FROM member_recovery_codes WHERE programme_id = $1 AND member_id = $2";
        let count = sql::number(&self.read, sql, vec![programme.0.into(), member.0.into()]).await?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
    }
}

/// Puts these codes in the place of all others.
async fn keep_codes(
    on: &DatabaseTransaction,
    programme: ProgrammeId,
    member: MemberId,
    codes: &[String],
) -> StoreResult<()> {
    forget_codes(on, programme, member).await?;
    for code in codes {
        let sql = "INSERT INTO member_recovery_codes (programme_id, member_id, hash) VALUES ($1, $2, $3)";
        sql::run(on, sql, vec![programme.0.into(), member.0.into(), code.as_str().into()]).await?;
    }
    Ok(())
}

async fn forget_codes(on: &DatabaseTransaction, programme: ProgrammeId, member: MemberId) -> StoreResult<()> {
    let sql = "DELETE FROM member_recovery_codes WHERE programme_id = $1 AND member_id = $2";
    sql::run(on, sql, vec![programme.0.into(), member.0.into()]).await?;
    Ok(())
}
