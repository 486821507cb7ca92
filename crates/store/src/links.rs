//! Links: each is good for one thing, once, for a while.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};

use crate::{
    Link, Mail, Store, StoreResult,
    entity::{link, outbox},
    sql,
};

/// Makes the first administrator.
pub const FIRST_RUN: &str = "first-run";
/// Offers a place in a programme.
pub const INVITATION: &str = "invitation";
/// Lets somebody choose a new password.
pub const RESET: &str = "reset";

/// How long a link that no longer works is remembered, so that its page can say why, in microseconds.
const REMEMBERED: i64 = 90 * 24 * 3_600 * 1_000_000;

impl Store {
    /// The link that is recognised by this.
    pub async fn link(&self, token_hash: &str) -> StoreResult<Option<Link>> {
        Ok(link::Entity::find_by_id(token_hash).one(&self.write).await?)
    }

    /// Keeps a link that no mail carries: one of a first run, or a mock one that nobody gets, which takes
    /// as long to make as a real one. Such links are forgotten once they have expired.
    pub async fn add_link(&self, link: &Link) -> StoreResult<()> {
        let transaction = self.begin().await?;
        tidy(&transaction, link.created_at).await?;
        link::Entity::insert(link.clone().into_active_model()).exec_without_returning(&transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps a link in the place of earlier ones for the same, and sends it if there is a mail.
    pub async fn send_link(&self, link: &Link, mail: Option<&Mail>) -> StoreResult<()> {
        let transaction = self.begin().await?;
        replace(&transaction, link, mail).await?;
        Ok(transaction.commit().await?)
    }
}

/// Keeps a link in the place of earlier ones for the same that still work, and sends it if there is a mail; mails
/// that wait with an earlier one do not go any more.
pub(crate) async fn replace(on: &DatabaseTransaction, link: &Link, mail: Option<&Mail>) -> StoreResult<()> {
    tidy(on, link.created_at).await?;
    let mut earlier = link::Entity::delete_many()
        .filter(link::Column::Kind.eq(&link.kind))
        .filter(link::Column::AdministratorId.eq(link.administrator_id))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(link.created_at));
    if link.kind == INVITATION {
        earlier = earlier.filter(link::Column::ProgrammeId.eq(link.programme_id));
    }
    earlier.exec(on).await?;
    link::Entity::insert(link.clone().into_active_model()).exec_without_returning(on).await?;
    let kind = if link.kind == INVITATION { "administrator-invitation" } else { "administrator-reset" };
    let sql = "UPDATE outbox SET state = 'cancelled' WHERE programme_id = $1 AND kind = $2 AND state = 'pending' \
               AND recipient = (SELECT email FROM administrators WHERE id = $3)";
    sql::run(on, sql, vec![link.programme_id.into(), kind.into(), link.administrator_id.into()]).await?;
    if let Some(mail) = mail {
        outbox::Entity::insert(mail.clone().into_active_model()).exec_without_returning(on).await?;
    }
    Ok(())
}

/// Uses a link up; `false` when it does not work.
pub(crate) async fn use_up(on: &DatabaseTransaction, token_hash: &str, kind: &str, now: i64) -> StoreResult<bool> {
    let sql =
        "UPDATE links SET used_at = $3 WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3";
    Ok(sql::run(on, sql, vec![token_hash.into(), kind.into(), now.into()]).await? > 0)
}

/// Uses all links of a kind up.
pub(crate) async fn use_up_all(on: &DatabaseTransaction, kind: &str, now: i64) -> StoreResult<()> {
    let sql = "UPDATE links SET used_at = $2 WHERE kind = $1 AND used_at IS NULL";
    sql::run(on, sql, vec![kind.into(), now.into()]).await?;
    Ok(())
}

async fn tidy(on: &DatabaseTransaction, now: i64) -> StoreResult<()> {
    let sql = "DELETE FROM links WHERE expires_at < $1 OR (administrator_id IS NULL AND expires_at < $2)";
    sql::run(on, sql, vec![(now - REMEMBERED).into(), now.into()]).await?;
    Ok(())
}
