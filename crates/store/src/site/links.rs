//! Links for a new password: each works once, for a while.

use domain::ids::ProgrammeId;
use sea_orm::{EntityTrait, IntoActiveModel};

use super::{keep_password, sessions::end_others};
use crate::{
    Credential, Mail, MemberLink, Store, StoreResult,
    entity::{member_link as link, outbox},
    sql,
};

/// How long a link that no longer works is remembered, so that its page can say why, in microseconds.
const REMEMBERED: i64 = 30 * 24 * 3_600 * 1_000_000;

impl Store {
    /// The link that is recognised by this.
    pub async fn member_link(&self, programme: ProgrammeId, token: &str) -> StoreResult<Option<MemberLink>> {
        Ok(link::Entity::find_by_id((programme.0, token.to_owned())).one(&self.write).await?)
    }

    /// Keeps a link in the place of earlier ones of the same member, and sends it with its mail; mails that wait
    /// with an earlier one do not go any more. A link without a mail is nobody's: it takes as long to make, and
    /// does not work.
    pub async fn send_member_link(&self, link: &MemberLink, mail: Option<&Mail>) -> StoreResult<()> {
        let transaction = self.begin().await?;
        let sql = "DELETE FROM member_links WHERE programme_id = $1 AND (expires_at < $2 OR (member_id = $3 \
                   AND used_at IS NULL AND expires_at > $4))";
        let values = vec![
            link.programme_id.into(),
            (link.created_at - REMEMBERED).into(),
            link.member_id.into(),
            link.created_at.into(),
        ];
        sql::run(&transaction, sql, values).await?;
        link::Entity::insert(link.clone().into_active_model()).exec_without_returning(&transaction).await?;
        let sql = "UPDATE outbox SET state = 'cancelled' WHERE programme_id = $1 AND member_id = $2 AND kind = $3 \
                   AND state = 'pending'";
        if let Some(mail) = mail {
            let values = vec![link.programme_id.into(), link.member_id.into(), mail.kind.as_str().into()];
            sql::run(&transaction, sql, values).await?;
            outbox::Entity::insert(mail.clone().into_active_model()).exec_without_returning(&transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Uses a link up: the new password is kept and its owner signed out everywhere, as one; `false`, and nothing
    /// done, when it does not work.
    pub async fn reset_member(&self, link: &MemberLink, credential: &Credential) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let sql = "UPDATE member_links SET used_at = $3 WHERE programme_id = $1 AND token_hash = $2 \
                   AND used_at IS NULL AND expires_at > $3";
        let key = vec![link.programme_id.into(), link.token_hash.as_str().into(), credential.updated_at.into()];
        if sql::run(&transaction, sql, key).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        keep_password(&transaction, credential).await?;
        end_others(&transaction, link.programme_id, link.member_id, "").await?;
        transaction.commit().await?;
        Ok(true)
    }
}
