//! Invitations: made with the account, sent again, reminded of, used once.

use std::collections::{HashMap, HashSet};

use domain::{
    ids::{MemberId, ProgrammeId},
    member::Member,
    programme::{invitations::Invitations, settings::Settings},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{activate, cancel_mails, keep_password};
use crate::{
    Credential, Invitation, Mail, MemberSession, Programme, Store, StoreResult,
    entity::{invitation, member, member_session, outbox, programme},
    sql,
    tallies::{self, Counted},
};

/// How many invitations one transaction sends.
const AT_ONCE: usize = 500;

/// What becomes of the open invitations of leavers who come back: they work from `now` until `end`, and one that
/// has expired is sent anew (R37, R38). `$1` is the programme.
pub(crate) fn reopen(now: &str, end: &str) -> String {
    format!(
        "UPDATE invitations SET generation = generation + CASE WHEN expires_at <= {now} THEN 1 ELSE 0 END, \
         is_due_again = CASE WHEN expires_at <= {now} AND route <> 'letter' THEN TRUE ELSE is_due_again END, \
         reminder_at = CASE WHEN expires_at <= {now} AND route <> 'letter' THEN {now} ELSE reminder_at END, \
         code_hash = CASE WHEN expires_at <= {now} THEN NULL ELSE code_hash END, \
         expires_at = {end} WHERE programme_id = $1 AND used_at IS NULL"
    )
}

/// What is set for the programme's invitations. What cannot be read is as good as not set.
pub(crate) async fn invitations_of<C: ConnectionTrait>(on: &C, programme: Uuid) -> StoreResult<Invitations> {
    let found = programme::Entity::find_by_id(programme).one(on).await?;
    let settings = found.and_then(|row| serde_json::from_str::<Settings>(&row.settings).ok());
    Ok(settings.unwrap_or_default().invitations)
}

/// The invitation that goes with a member's first mail, in the transaction that makes the account (R50).
pub(crate) async fn begin(on: &DatabaseTransaction, mail: &Mail, now: i64) -> StoreResult<()> {
    let Some(member_id) = mail.member_id else { return Ok(()) };
    let set = invitations_of(on, mail.programme_id).await?;
    let row = Invitation {
        programme_id: mail.programme_id,
        id: mail.id,
        member_id,
        generation: 1,
        route: mail.route.clone(),
        code_hash: None,
        valid_from: now,
        expires_at: now + set.valid(),
        used_at: None,
        reminder_at: set.reminder(now, 0).filter(|_| mail.route != "letter"),
        reminders: 0,
        is_due_again: false,
        created_at: now,
    };
    invitation::Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// Invitations that go by letter and are still to be used, of those who have not left.
const LETTERS: &str = "FROM invitations i JOIN members m ON m.programme_id = i.programme_id AND m.id = i.member_id \
                       WHERE i.programme_id = $1 AND i.route = 'letter' AND i.used_at IS NULL AND m.state = 'invited'";

impl Store {
    /// The invitation with this number.
    pub async fn invitation(&self, programme: ProgrammeId, id: Uuid) -> StoreResult<Option<Invitation>> {
        Ok(invitation::Entity::find_by_id((programme.0, id)).one(&self.write).await?)
    }

    /// The invitations of these members, by member.
    pub async fn invitations_of(
        &self,
        programme: ProgrammeId,
        members: &[MemberId],
    ) -> StoreResult<HashMap<MemberId, Invitation>> {
        let mut found = HashMap::new();
        for members in members.chunks(AT_ONCE) {
            let theirs = invitation::Entity::find()
                .filter(invitation::Column::ProgrammeId.eq(programme.0))
                .filter(invitation::Column::MemberId.is_in(members.iter().map(|id| id.0)));
            found.extend(theirs.all(&self.write).await?.into_iter().map(|one| (MemberId(one.member_id), one)));
        }
        Ok(found)
    }

    /// The invitation whose letter has the code that is recognised by this.
    pub async fn invitation_by_code(&self, programme: ProgrammeId, hash: &str) -> StoreResult<Option<Invitation>> {
        let found = invitation::Entity::find()
            .filter(invitation::Column::ProgrammeId.eq(programme.0))
            .filter(invitation::Column::CodeHash.eq(hash));
        Ok(found.one(&self.write).await?)
    }

    /// Invites members of one programme, with a mail or letter each, in the place of earlier invitations of
    /// theirs: links and mails of before do not work or go any more. Whoever is not invited becomes invited.
    /// Those who have come in, left or been closed meanwhile are passed over; tells how many were invited.
    pub async fn invite_members(&self, invitations: &[(Invitation, Mail)], now: i64) -> StoreResult<usize> {
        use invitation::Column as C;
        let mut invited = 0;
        for chunk in invitations.chunks(AT_ONCE) {
            let programme = chunk[0].0.programme_id;
            let ids: Vec<Uuid> = chunk.iter().map(|(one, _)| one.member_id).collect();
            let transaction = self.begin().await?;
            // Also locks their rows: whoever comes in at this moment waits, or is seen.
            let sql = format!(
                "UPDATE members SET state = 'invited', \
                 updated_at = CASE state WHEN 'invited' THEN updated_at ELSE $2 END \
                 WHERE programme_id = $1 AND state IN ('not-invited', 'invited') AND id IN ({})",
                sql::placeholders(3, ids.len())
            );
            let values = [programme.into(), now.into()].into_iter().chain(ids.iter().map(|id| (*id).into()));
            sql::run(&transaction, &sql, values.collect()).await?;
            let open = member::Entity::find()
                .filter(member::Column::ProgrammeId.eq(programme))
                .filter(member::Column::State.eq("invited"))
                .filter(member::Column::Id.is_in(ids));
            let open: HashSet<Uuid> = open.all(&transaction).await?.into_iter().map(|row| row.id).collect();
            if open.is_empty() {
                transaction.rollback().await?;
                continue;
            }
            let open: Vec<_> = chunk.iter().filter(|(one, _)| open.contains(&one.member_id)).collect();
            let ids: Vec<Uuid> = open.iter().map(|(one, _)| one.member_id).collect();
            cancel_mails(&transaction, programme, &ids).await?;
            let replace = OnConflict::columns([C::ProgrammeId, C::MemberId])
                .update_columns([
                    C::Route,
                    C::CodeHash,
                    C::ValidFrom,
                    C::ExpiresAt,
                    C::UsedAt,
                    C::ReminderAt,
                    C::Reminders,
                    C::IsDueAgain,
                ])
                .value(C::Generation, Expr::cust("invitations.generation + 1"))
                .to_owned();
            let rows = open.iter().map(|(one, _)| one.clone().into_active_model());
            invitation::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(&transaction).await?;
            let rows = open.iter().map(|(_, mail)| mail.clone().into_active_model());
            outbox::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
            transaction.commit().await?;
            invited += open.len();
        }
        Ok(invited)
    }

    /// Sends an open invitation once more as it is: its link stays the same. `false`, and nothing sent, when it is
    /// used, was replaced, or is under way already.
    pub async fn repeat_invitation(&self, invitation: &Invitation, mail: &Mail) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let open = "UPDATE invitations SET is_due_again = FALSE WHERE programme_id = $1 AND id = $2 \
                    AND generation = $3 AND used_at IS NULL";
        let key = vec![invitation.programme_id.into(), invitation.id.into(), invitation.generation.into()];
        let is_open = sql::run(&transaction, open, key).await? > 0;
        let waiting = "SELECT COUNT(*) FROM outbox WHERE programme_id = $1 AND member_id = $2 AND kind = 'welcome' \
                       AND state IN ('pending', 'to-print')";
        let of = vec![invitation.programme_id.into(), invitation.member_id.into()];
        let goes = is_open && sql::number(&transaction, waiting, of).await?.unwrap_or_default() == 0;
        if goes {
            outbox::Entity::insert(mail.clone().into_active_model()).exec_without_returning(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(goes)
    }

    /// Uses an invitation up: the password is kept, the member is active and signed in, as one; `false`, and
    /// nothing done, when it does not work.
    pub async fn accept_member(
        &self,
        invitation: &Invitation,
        credential: &Credential,
        session: &MemberSession,
    ) -> StoreResult<bool> {
        let (programme, now) = (invitation.programme_id, session.created_at);
        let transaction = self.begin().await?;
        let sql = "UPDATE invitations SET used_at = $4, reminder_at = NULL, is_due_again = FALSE \
                   WHERE programme_id = $1 AND id = $2 AND generation = $3 AND used_at IS NULL AND expires_at > $4";
        let key = vec![programme.into(), invitation.id.into(), invitation.generation.into(), now.into()];
        if sql::run(&transaction, sql, key).await? == 0
            || !activate(&transaction, programme, MemberId(invitation.member_id), now).await?
        {
            transaction.rollback().await?;
            return Ok(false);
        }
        cancel_mails(&transaction, programme, &[invitation.member_id]).await?;
        keep_password(&transaction, credential).await?;
        let row = session.clone().into_active_model();
        member_session::Entity::insert(row).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Open invitations that have to be looked at: there may be something to remind of, or they are to be sent
    /// anew. Those of leavers wait.
    pub async fn waiting_invitations(
        &self,
        programme: ProgrammeId,
        now: i64,
        most: u64,
    ) -> StoreResult<Vec<Invitation>> {
        let sql = "SELECT i.* FROM invitations i \
                   JOIN members m ON m.programme_id = i.programme_id AND m.id = i.member_id \
                   WHERE i.programme_id = $1 AND i.used_at IS NULL AND m.state = 'invited' \
                   AND i.reminder_at <= $2 ORDER BY i.reminder_at, i.id LIMIT $3";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        sql::all(&self.write, sql, vec![programme.0.into(), now.into(), most.into()]).await
    }

    /// Programmes in operation with invitations that there is to be a look at now.
    pub async fn programmes_with_reminders(&self, now: i64) -> StoreResult<Vec<Programme>> {
        let sql = "SELECT p.* FROM programmes p WHERE p.suspended_at IS NULL AND EXISTS (SELECT 1 FROM invitations i WHERE i.programme_id = p.id \
                   AND i.used_at IS NULL AND i.reminder_at <= $1) ORDER BY p.id";
        sql::all(&self.read, sql, vec![now.into()]).await
    }

    /// When a member's last welcome mail went, in microseconds of UTC; [`i64::MAX`] while one still waits to go, and
    /// none where it is not known.
    pub async fn welcome_went(&self, programme: ProgrammeId, member: MemberId) -> StoreResult<Option<i64>> {
        let sql = "SELECT MAX(CASE state WHEN 'pending' THEN 9223372036854775807 ELSE sent_at END) FROM outbox \
                   WHERE programme_id = $1 AND kind = 'welcome' AND member_id = $2";
        sql::number(&self.write, sql, vec![programme.0.into(), member.0.into()]).await
    }

    /// Puts what was made of an invitation in its place, and sends the mail that goes with it, as one; `false`, and
    /// nothing done, when it is not as it was `before` any more.
    pub async fn move_invitation(
        &self,
        before: &Invitation,
        now: &Invitation,
        mail: Option<&Mail>,
    ) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let sql = "UPDATE invitations SET reminders = $6, reminder_at = $7, is_due_again = $8, valid_from = $9 \
                   WHERE programme_id = $1 AND id = $2 AND generation = $3 AND reminders = $4 AND is_due_again = $5 \
                   AND used_at IS NULL";
        let values = vec![
            before.programme_id.into(),
            before.id.into(),
            before.generation.into(),
            before.reminders.into(),
            before.is_due_again.into(),
            now.reminders.into(),
            now.reminder_at.into(),
            now.is_due_again.into(),
            now.valid_from.into(),
        ];
        if sql::run(&transaction, sql, values).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        if let Some(mail) = mail {
            outbox::Entity::insert(mail.clone().into_active_model()).exec_without_returning(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// How many members have an account that nobody has told them of.
    pub async fn count_not_invited(&self, programme: ProgrammeId) -> StoreResult<u64> {
        // Hardly anybody has no address, and only they are counted, along an index that has nobody else.
        let sql = format!(
            "SELECT {} - (SELECT COUNT(*) FROM members WHERE programme_id = $1 AND email_key IS NULL \
             AND state = 'not-invited')",
            tallies::number(Counted::Members, "$1", " AND state = 'not-invited'")
        );
        let count = sql::number(&self.read, &sql, vec![programme.0.into()]).await?;
        Ok(u64::try_from(count.unwrap_or_default()).unwrap_or_default())
    }

    /// Members after this one whom nobody has told of their account; none when there are no more.
    pub async fn members_not_invited(
        &self,
        programme: ProgrammeId,
        after: Option<MemberId>,
    ) -> StoreResult<Vec<Member>> {
        let found = member::Entity::find()
            .filter(member::Column::ProgrammeId.eq(programme.0))
            .filter(member::Column::Id.gt(after.map_or(Uuid::nil(), |id| id.0)))
            .filter(member::Column::State.eq("not-invited"))
            .filter(member::Column::EmailKey.is_not_null())
            .order_by_asc(member::Column::Id)
            .limit(AT_ONCE as u64);
        found.all(&self.write).await?.iter().map(member::Model::to_domain).collect()
    }

    /// How many [letters](Store::letters) there are.
    pub async fn count_letters(&self, programme: ProgrammeId) -> StoreResult<u64> {
        let count = sql::number(&self.read, &format!("SELECT COUNT(*) {LETTERS}"), vec![programme.0.into()]).await?;
        Ok(u64::try_from(count.unwrap_or_default()).unwrap_or_default())
    }

    /// Invitations that go by letter and are not used, with whom they are for, by name; leavers' are left out.
    pub async fn letters(&self, programme: ProgrammeId) -> StoreResult<Vec<(Invitation, Member)>> {
        let sql = format!("SELECT i.* {LETTERS} ORDER BY m.search_key, m.id");
        let letters: Vec<Invitation> = sql::all(&self.write, &sql, vec![programme.0.into()]).await?;
        let ids: Vec<MemberId> = letters.iter().map(|one| MemberId(one.member_id)).collect();
        let members = self.members_by_number(programme, &ids).await?;
        let mut members: HashMap<Uuid, Member> = members.into_iter().map(|member| (member.id.0, member)).collect();
        Ok(letters.into_iter().filter_map(|one| members.remove(&one.member_id).map(|member| (one, member))).collect())
    }

    /// Notes what the codes of letters are recognised by, and until when they work.
    pub async fn keep_codes(&self, invitations: &[Invitation]) -> StoreResult<()> {
        let transaction = self.begin().await?;
        for one in invitations {
            let sql = "UPDATE invitations SET generation = $4, code_hash = $5, expires_at = $6 \
                       WHERE programme_id = $1 AND id = $2 AND member_id = $3 AND generation <= $4 \
                       AND used_at IS NULL";
            let values = vec![
                one.programme_id.into(),
                one.id.into(),
                one.member_id.into(),
                one.generation.into(),
                one.code_hash.clone().into(),
                one.expires_at.into(),
            ];
            sql::run(&transaction, sql, values).await?;
        }
        Ok(transaction.commit().await?)
    }
}
