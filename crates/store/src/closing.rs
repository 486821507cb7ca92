//! Leavers on their way to the closed account (R60): who is to be looked at, and steps that are taken once.

use std::collections::HashMap;

use domain::ids::{MemberId, ProgrammeId};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    CloseDown, Mail, Programme, Store, StoreResult,
    entity::{close_down, member, outbox},
    members::Listed,
    sql,
};

/// A leaver, and how far their close-down is.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaver {
    /// The programme.
    pub programme: ProgrammeId,
    /// The account.
    pub listed: Listed,
    /// What was done so far; none before the first look.
    pub row: Option<CloseDown>,
    /// The notice in the outbox, if one was written.
    pub notice: Option<Mail>,
}

/// What a step changes, written only over what was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// How it was; none before the first look.
    pub before: Option<CloseDown>,
    /// How it is to be.
    pub after: CloseDown,
    /// The mail that goes with it.
    pub mail: Option<Mail>,
}

impl Store {
    /// Leavers of whom something may be due, in the order of their numbers: who have never been looked at, whose
    /// time has come, and who left, or whose clock was stopped, or whose programme was set otherwise since.
    pub async fn leavers_to_look_at(
        &self,
        programme: ProgrammeId,
        settings_print: i64,
        now: i64,
        after: Option<MemberId>,
        most: u64,
    ) -> StoreResult<Vec<Leaver>> {
        let sql = "SELECT m.id FROM members m \
                   LEFT JOIN close_downs c ON c.programme_id = m.programme_id AND c.member_id = m.id \
                   WHERE m.programme_id = $1 AND m.state = 'leaver' AND m.left_at IS NOT NULL AND m.id > $2 \
                   AND (c.member_id IS NULL OR c.left_at <> m.left_at OR c.next_at <= $3 OR c.settings_print <> $4 \
                   OR COALESCE(m.clock_stopped_until, '') <> COALESCE(c.stopped_until, '')) ORDER BY m.id LIMIT $5";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let values = vec![
            programme.0.into(),
            after.map_or(Uuid::nil(), |id| id.0).into(),
            now.into(),
            settings_print.into(),
            most.into(),
        ];
        self.leavers(programme, sql, values).await
    }

    /// Programmes of which a leaver is to be looked at, or somebody is back. That a programme was set otherwise is not
    /// looked at here.
    pub async fn programmes_with_leavers(&self, now: i64) -> StoreResult<Vec<Programme>> {
        let sql = "SELECT p.* FROM programmes p WHERE EXISTS (SELECT 1 FROM members m \
                   LEFT JOIN close_downs c ON c.programme_id = m.programme_id AND c.member_id = m.id \
                   WHERE m.programme_id = p.id AND m.state = 'leaver' AND m.left_at IS NOT NULL \
                   AND (c.member_id IS NULL OR c.left_at <> m.left_at OR c.next_at <= $1 \
                   OR COALESCE(m.clock_stopped_until, '') <> COALESCE(c.stopped_until, ''))) \
                   OR EXISTS (SELECT 1 FROM close_downs c CROSS JOIN members m WHERE c.programme_id = p.id \
                   AND m.programme_id = c.programme_id AND m.id = c.member_id \
                   AND m.state IN ('not-invited', 'invited', 'active')) ORDER BY p.id";
        sql::all(&self.read, sql, vec![now.into()]).await
    }

    /// The close-downs of these members; who is no leaver is left out.
    pub async fn leavers_among(&self, programme: ProgrammeId, ids: &[MemberId]) -> StoreResult<Vec<Leaver>> {
        let sql = format!(
            "SELECT id FROM members WHERE programme_id = $1 AND state = 'leaver' AND left_at IS NOT NULL AND id IN ({})",
            sql::placeholders(2, ids.len())
        );
        let values = std::iter::once(programme.0.into()).chain(ids.iter().map(|id| id.0.into())).collect();
        if ids.is_empty() { Ok(Vec::new()) } else { self.leavers(programme, &sql, values).await }
    }

    /// The close-down of a member as it stands, whatever became of them.
    pub async fn close_down_of(&self, programme: ProgrammeId, member: MemberId) -> StoreResult<Option<CloseDown>> {
        Ok(close_down::Entity::find_by_id((programme.0, member.0)).one(&self.read).await?)
    }

    async fn leavers(
        &self,
        programme: ProgrammeId,
        sql: &str,
        values: Vec<sea_orm::Value>,
    ) -> StoreResult<Vec<Leaver>> {
        let ids = numbers(sql::all(&self.read, sql, values).await?);
        let of = |column: close_down::Column| close_down::Entity::find().filter(column.eq(programme.0));
        let rows = of(close_down::Column::ProgrammeId)
            .filter(close_down::Column::MemberId.is_in(ids.iter().copied()))
            .all(&self.read)
            .await?;
        let mut rows: HashMap<Uuid, CloseDown> = rows.into_iter().map(|row| (row.member_id, row)).collect();
        let mails = outbox::Entity::find()
            .filter(outbox::Column::ProgrammeId.eq(programme.0))
            .filter(outbox::Column::Id.is_in(rows.values().filter_map(|row| row.notice_mail)))
            .all(&self.read)
            .await?;
        let mut mails: HashMap<Uuid, Mail> = mails.into_iter().map(|mail| (mail.id, mail)).collect();
        let mut members = self.listed(programme, &ids).await?;
        members.sort_by_key(|listed| listed.member.id);
        let leavers = members.into_iter().map(|listed| {
            let row = rows.remove(&listed.member.id.0);
            let notice = row.as_ref().and_then(|row| mails.remove(&row.notice_mail?));
            Leaver { programme, listed, row, notice }
        });
        Ok(leavers.collect())
    }

    /// Takes steps, each in the same transaction as its mail, unless somebody else was first or the member is no
    /// leaver any more; tells how many were taken.
    pub async fn take_steps(&self, steps: &[Step]) -> StoreResult<u64> {
        let transaction = self.begin().await?;
        let mut taken = 0;
        for step in steps {
            taken += u64::from(take(&transaction, step).await?);
        }
        transaction.commit().await?;
        Ok(taken)
    }

    /// Close-downs that are over since the member is back.
    pub async fn returned(&self, programme: ProgrammeId, most: u64) -> StoreResult<Vec<CloseDown>> {
        // Crossed, so that SQLite begins with those who are on their way out, and not with all members.
        let sql = "SELECT c.* FROM close_downs c CROSS JOIN members m WHERE c.programme_id = $1 \
                   AND m.programme_id = c.programme_id AND m.id = c.member_id \
                   AND m.state IN ('not-invited', 'invited', 'active') ORDER BY c.member_id LIMIT $2";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        sql::all(&self.read, sql, vec![programme.0.into(), most.into()]).await
    }

    /// Ends the close-down of a member who is back. What was not sent yet is not sent any more; the `mail`
    /// goes only if the notice went, or may have gone (R38). Tells whether it goes.
    pub async fn end_close_down(&self, row: &CloseDown, mail: Option<&Mail>) -> StoreResult<bool> {
        let key = || vec![row.programme_id.into(), row.member_id.into()];
        let transaction = self.begin().await?;
        let sql = "UPDATE members SET version = version WHERE programme_id = $1 AND id = $2 \
                   AND state IN ('not-invited', 'invited', 'active')";
        let is_back = sql::run(&transaction, sql, key()).await? > 0;
        let sql = "DELETE FROM close_downs WHERE programme_id = $1 AND member_id = $2 AND left_at = $3";
        let values = [key(), vec![row.left_at.into()]].concat();
        if !is_back || sql::run(&transaction, sql, values).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        let sql = "UPDATE outbox SET state = 'cancelled' WHERE programme_id = $1 AND member_id = $2 \
                   AND kind IN ('leaver-notice', 'leaver-reminder') AND state = 'pending'";
        sql::run(&transaction, sql, key()).await?;
        let sql = "SELECT COUNT(*) FROM outbox WHERE programme_id = $1 AND member_id = $2 \
                   AND kind = 'leaver-notice' AND (state = 'sent' OR may_have_gone_at IS NOT NULL) AND created_at >= $3";
        let values = [key(), vec![row.left_at.into()]].concat();
        let went = sql::number(&transaction, sql, values).await?.unwrap_or_default() > 0;
        let mail = mail.filter(|_| went);
        if let Some(mail) = mail {
            outbox::Entity::insert(mail.clone().into_active_model()).exec_without_returning(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(mail.is_some())
    }

    /// The members with these numbers, as lists show them.
    async fn listed(&self, programme: ProgrammeId, ids: &[Uuid]) -> StoreResult<Vec<Listed>> {
        let found = member::Entity::find()
            .filter(member::Column::ProgrammeId.eq(programme.0))
            .filter(member::Column::Id.is_in(ids.iter().copied()));
        found.all(&self.read).await?.iter().map(member::Model::to_listed).collect()
    }
}

/// The member's row is held while the step is looked at: of two who want to take it, one comes second.
async fn take(on: &DatabaseTransaction, step: &Step) -> StoreResult<bool> {
    let Step { before, after, mail } = step;
    let sql = "UPDATE members SET version = version WHERE programme_id = $1 AND id = $2 AND state = 'leaver' \
               AND left_at = $3";
    let values = vec![after.programme_id.into(), after.member_id.into(), after.left_at.into()];
    if sql::run(on, sql, values).await? == 0 {
        return Ok(false);
    }
    let known = close_down::Entity::find_by_id((after.programme_id, after.member_id)).one(on).await?;
    if known != *before {
        return Ok(false);
    }
    write(on, after).await?;
    if let Some(mail) = mail {
        outbox::Entity::insert(mail.clone().into_active_model()).exec_without_returning(on).await?;
    }
    Ok(true)
}

pub(crate) async fn write(on: &DatabaseTransaction, row: &CloseDown) -> StoreResult<()> {
    use close_down::Column as C;
    let anew = OnConflict::columns([C::ProgrammeId, C::MemberId])
        .update_columns([
            C::LeftAt,
            C::NoticeAt,
            C::NoticeMail,
            C::Reminded,
            C::Told,
            C::StoodDays,
            C::StoppedSince,
            C::StoppedUntil,
            C::EraseOn,
            C::SettingsPrint,
            C::NextAt,
        ])
        .to_owned();
    close_down::Entity::insert(row.clone().into_active_model()).on_conflict(anew).exec_without_returning(on).await?;
    Ok(())
}

#[derive(FromQueryResult)]
pub(crate) struct Number {
    id: Uuid,
}

pub(crate) fn numbers(found: Vec<Number>) -> Vec<Uuid> {
    found.into_iter().map(|number| number.id).collect()
}
