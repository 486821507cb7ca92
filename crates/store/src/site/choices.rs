//! What members chose for themselves: the language of their mails, and a personal address that they confirmed (R62).

use std::collections::HashMap;

use domain::{
    field::{Field, Fields},
    ids::{MemberId, ProgrammeId},
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};

use crate::{
    Mail, MemberChoices, Store, StoreResult,
    entity::{member_choices as choices, outbox},
    sql,
};

/// How many values one `IN (…)` holds.
const AT_ONCE: usize = 1_000;

/// The kind of the mail with a link that confirms an address.
const CONFIRM: &str = "confirm-address";

/// An address that waits until its owner follows a link.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    /// The programme.
    pub programme: ProgrammeId,
    /// Who entered it.
    pub member: MemberId,
    /// The address.
    pub email: String,
    /// What the link is recognised by.
    pub hash: String,
    /// When it stops working, in microseconds of UTC.
    pub until: i64,
    /// In microseconds of UTC.
    pub now: i64,
}

impl MemberChoices {
    /// The values of a member as their mails go by them: what they chose stands before what anybody else says.
    pub fn over(&self, fields: &mut Fields) {
        let chosen = [(Field::PersonalEmail, &self.personal_email), (Field::Language, &self.language)];
        fields.extend(chosen.into_iter().filter_map(|(field, value)| Some((field, value.clone()?))));
    }
}

impl Store {
    /// What a member chose, if anything.
    pub async fn choices(&self, programme: ProgrammeId, member: MemberId) -> StoreResult<Option<MemberChoices>> {
        Ok(choices::Entity::find_by_id((programme.0, member.0)).one(&self.write).await?)
    }

    /// What these members chose; whoever chose nothing is left out.
    pub async fn choices_of(
        &self,
        programme: ProgrammeId,
        members: &[MemberId],
    ) -> StoreResult<HashMap<MemberId, MemberChoices>> {
        let mut found = HashMap::new();
        for members in members.chunks(AT_ONCE) {
            let rows = choices::Entity::find()
                .filter(choices::Column::ProgrammeId.eq(programme.0))
                .filter(choices::Column::MemberId.is_in(members.iter().map(|member| member.0)));
            found.extend(rows.all(&self.read).await?.into_iter().map(|row| (MemberId(row.member_id), row)));
        }
        Ok(found)
    }

    /// Keeps the language that a member chose; tells whether it is another than before.
    pub async fn choose_language(
        &self,
        programme: ProgrammeId,
        member: MemberId,
        tag: &str,
        now: i64,
    ) -> StoreResult<bool> {
        let sql = "INSERT INTO member_choices (programme_id, member_id, language, updated_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (programme_id, member_id) DO UPDATE SET language = excluded.language, \
                   updated_at = excluded.updated_at WHERE member_choices.language IS DISTINCT FROM excluded.language";
        let values = vec![programme.0.into(), member.0.into(), tag.into(), now.into()];
        Ok(sql::run(&self.write, sql, values).await? > 0)
    }

    /// Keeps an address until its link is followed, in the place of an earlier one that waits, and sends the link.
    pub async fn ask_for_address(&self, asked: &Asked, mail: &Mail) -> StoreResult<()> {
        let transaction = self.begin().await?;
        forget_links(&transaction, asked.programme, asked.member).await?;
        let sql = "INSERT INTO member_choices (programme_id, member_id, asked_email, asked_hash, asked_until, updated_at) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (programme_id, member_id) DO UPDATE SET \
                   asked_email = excluded.asked_email, asked_hash = excluded.asked_hash, \
                   asked_until = excluded.asked_until, updated_at = excluded.updated_at";
        let values = vec![
            asked.programme.0.into(),
            asked.member.0.into(),
            asked.email.as_str().into(),
            asked.hash.as_str().into(),
            asked.until.into(),
            asked.now.into(),
        ];
        sql::run(&transaction, sql, values).await?;
        outbox::Entity::insert(mail.clone().into_active_model()).exec_without_returning(&transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// Confirms the address whose link is recognised by this, in the place of an earlier one, and tells of it by
    /// these mails; `false`, and nothing done, when the link does not work.
    pub async fn confirm_address(
        &self,
        programme: ProgrammeId,
        member: MemberId,
        hash: &str,
        mails: &[Mail],
        now: i64,
    ) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let sql = "UPDATE member_choices SET personal_email = asked_email, confirmed_at = $4, asked_email = NULL, \
                   asked_hash = NULL, asked_until = NULL, updated_at = $4 \
                   WHERE programme_id = $1 AND member_id = $2 AND asked_hash = $3 AND asked_until > $4";
        let values = vec![programme.0.into(), member.0.into(), hash.into(), now.into()];
        if sql::run(&transaction, sql, values).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        forget_links(&transaction, programme, member).await?;
        add(&transaction, mails).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Takes a member's personal address away, confirmed or not, and tells of it by these mails; `false` when there
    /// was none.
    pub async fn remove_address(
        &self,
        programme: ProgrammeId,
        member: MemberId,
        mails: &[Mail],
        now: i64,
    ) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let sql = "UPDATE member_choices SET personal_email = NULL, confirmed_at = NULL, asked_email = NULL, \
                   asked_hash = NULL, asked_until = NULL, updated_at = $3 WHERE programme_id = $1 AND member_id = $2 \
                   AND (personal_email IS NOT NULL OR asked_email IS NOT NULL)";
        if sql::run(&transaction, sql, vec![programme.0.into(), member.0.into(), now.into()]).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        forget_links(&transaction, programme, member).await?;
        add(&transaction, mails).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Forgets addresses whose link has stopped working: they may be anybody's. Tells how many.
    pub async fn forget_unconfirmed(&self, programme: ProgrammeId, now: i64) -> StoreResult<u64> {
        let late = "programme_id = $1 AND asked_until IS NOT NULL AND asked_until <= $2";
        let key = || vec![programme.0.into(), now.into()];
        if sql::number(&self.read, &format!("SELECT 1 FROM member_choices WHERE {late} LIMIT 1"), key())
            .await?
            .is_none()
        {
            return Ok(0);
        }
        let transaction = self.begin().await?;
        let sql = format!(
            "UPDATE outbox SET recipient = NULL, failure = NULL, \
             state = CASE state WHEN 'pending' THEN 'cancelled' ELSE state END \
             WHERE programme_id = $1 AND kind = '{CONFIRM}' AND recipient IS NOT NULL \
             AND member_id IN (SELECT member_id FROM member_choices WHERE {late})"
        );
        sql::run(&transaction, &sql, key()).await?;
        let sql =
            format!("UPDATE member_choices SET asked_email = NULL, asked_hash = NULL, asked_until = NULL WHERE {late}");
        let forgotten = sql::run(&transaction, &sql, key()).await?;
        transaction.commit().await?;
        Ok(forgotten)
    }
}

/// Mails with a link that confirms an address do not go any more, and forget where they went.
async fn forget_links(on: &DatabaseTransaction, programme: ProgrammeId, member: MemberId) -> StoreResult<()> {
    let sql = format!(
        "UPDATE outbox SET recipient = NULL, failure = NULL, \
         state = CASE state WHEN 'pending' THEN 'cancelled' ELSE state END \
         WHERE programme_id = $1 AND member_id = $2 AND kind = '{CONFIRM}'"
    );
    sql::run(on, &sql, vec![programme.0.into(), member.0.into()]).await?;
    Ok(())
}

async fn add(on: &DatabaseTransaction, mails: &[Mail]) -> StoreResult<()> {
    for mail in mails {
        outbox::Entity::insert(mail.clone().into_active_model()).exec_without_returning(on).await?;
    }
    Ok(())
}
