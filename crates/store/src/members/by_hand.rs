//! What an administrator does to one member: made, changed, left, reopened, locked in. Each is done only to
//! the version that was looked at, and counts as a change of it, so that a plan made before is passed over (R30).

use domain::{
    email,
    field::{Field, Fields},
    ids::{MemberId, ProgrammeId},
    member::State,
    names,
    print::Print,
};
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};

use crate::{
    Mail, Store, StoreError, StoreResult,
    entity::{member, outbox},
    sql,
};

/// The states of an open account.
const CURRENT: &str = "('not-invited', 'invited', 'active')";

/// Somebody becomes a leaver by hand.
#[derive(Debug, Clone, Copy)]
pub struct Leaving<'a> {
    /// The programme.
    pub programme: ProgrammeId,
    /// Who.
    pub member: MemberId,
    /// The version of the account that was looked at.
    pub version: i64,
    /// Why, by the stable name of a [`domain::plan::Reason`].
    pub reason: &'a str,
    /// In microseconds of UTC.
    pub now: i64,
}

impl Leaving<'_> {
    /// What an import's leave does (R37), but for the import. A lock ends with it.
    pub(crate) async fn run<C: ConnectionTrait>(&self, on: &C) -> StoreResult<bool> {
        let sql = format!(
            "UPDATE members SET state_before_leaving = state, state = 'leaver', left_at = $4, left_import_id = NULL, \
             leave_reason = $5, kept_by_hand = NULL, locked_until = NULL, lock_reason = NULL, locked_by = NULL, \
             locked_at = NULL, version = version + 1, updated_at = $4 \
             WHERE programme_id = $1 AND id = $2 AND version = $3 AND state IN {CURRENT}"
        );
        let values = vec![
            self.programme.0.into(),
            self.member.0.into(),
            self.version.into(),
            self.now.into(),
            self.reason.to_owned().into(),
        ];
        Ok(sql::run(on, &sql, values).await? == 1)
    }
}

impl Store {
    /// A member made by hand or by file, whom nobody is told of (R16); fails when the e-mail is taken.
    pub async fn add_member(&self, programme: ProgrammeId, id: MemberId, fields: &Fields, now: i64) -> StoreResult<()> {
        self.add_by_hand(programme, id, fields, None, now).await
    }

    /// A member made by hand or by file (R16), and with a mail one who is invited; fails when the e-mail is
    /// taken.
    pub async fn add_by_hand(
        &self,
        programme: ProgrammeId,
        id: MemberId,
        fields: &Fields,
        mail: Option<&Mail>,
        now: i64,
    ) -> StoreResult<()> {
        let state = if mail.is_some() { State::Invited } else { State::NotInvited };
        let row = member::Model {
            programme_id: programme.0,
            id: id.0,
            version: 1,
            integration_id: None,
            employee_id: None,
            email_key: fields.get(&Field::Email).map(|address| email::key(address)),
            twin_key: names::twin_key(fields),
            search_key: names::search_key(fields, "", None),
            fields: serde_json::to_string(fields).map_err(StoreError::row)?,
            state: state.as_str().to_owned(),
            state_before_leaving: None,
            left_at: None,
            left_import_id: None,
            leave_reason: None,
            clock_stopped_until: None,
            record_print: None,
            kept_by_hand: None,
            locked_until: None,
            lock_reason: None,
            locked_by: None,
            locked_at: None,
            created_at: now,
            updated_at: now,
        };
        let transaction = self.begin().await?;
        member::Entity::insert(row.into_active_model()).exec_without_returning(&transaction).await?;
        if let Some(mail) = mail {
            outbox::Entity::insert(mail.clone().into_active_model()).exec_without_returning(&transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Writes a member's values. An invitation that still waits for the address they had is cancelled (R11).
    /// `false`, and nothing is done, when the member has changed meanwhile.
    pub async fn edit_member(
        &self,
        programme: ProgrammeId,
        id: MemberId,
        version: i64,
        fields: &Fields,
        now: i64,
    ) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let known = member::Entity::find_by_id((programme.0, id.0)).one(&transaction).await?;
        let Some(row) = known.filter(|row| row.version == version) else { return Ok(false) };
        let address = fields.get(&Field::Email).map(|address| email::key(address));
        if address != row.email_key {
            let sql = "UPDATE outbox SET state = 'cancelled' WHERE programme_id = $1 AND member_id = $2 \
                       AND kind = 'welcome' AND state IN ('pending', 'to-print')";
            sql::run(&transaction, sql, vec![programme.0.into(), id.0.into()]).await?;
        }
        let sql = "UPDATE members SET fields = $3, email_key = $4, twin_key = $5, search_key = $6, \
                   version = version + 1, updated_at = $7 WHERE programme_id = $1 AND id = $2";
        let values = vec![
            programme.0.into(),
            id.0.into(),
            serde_json::to_string(fields).map_err(StoreError::row)?.into(),
            address.into(),
            names::twin_key(fields).into(),
            names::search_key(fields, "", row.employee_id.as_deref()).into(),
            now.into(),
        ];
        sql::run(&transaction, sql, values).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Makes a member a leaver, as an import would; `false`, and nothing is done, when they are none by now
    /// or have changed meanwhile.
    pub async fn leave_by_hand(&self, leaving: &Leaving<'_>) -> StoreResult<bool> {
        leaving.run(&self.write).await
    }

    /// Brings a leaver back, as [`Store::restore_leavers`] does those of an import; `false`, and nothing is
    /// done, when they are none by now, have lost their address, or have changed meanwhile.
    pub async fn reopen_by_hand(
        &self,
        programme: ProgrammeId,
        id: MemberId,
        version: i64,
        now: i64,
    ) -> StoreResult<bool> {
        let sql = "UPDATE members SET state = COALESCE(state_before_leaving, 'not-invited'), \
                   state_before_leaving = NULL, left_at = NULL, left_import_id = NULL, leave_reason = NULL, \
                   kept_by_hand = COALESCE(record_print, $5), clock_stopped_until = NULL, version = version + 1, \
                   updated_at = $4 WHERE programme_id = $1 AND id = $2 AND version = $3 AND state = 'leaver' \
                   AND email_key IS NOT NULL";
        let values = vec![programme.0.into(), id.0.into(), version.into(), now.into(), Print::ANY.0.into()];
        Ok(sql::run(&self.write, sql, values).await? == 1)
    }

    /// Locks a member in until the end of this day (R24), in the place of a lock that they may have; `false`
    /// when they are no member by now or have changed meanwhile.
    pub async fn lock_in(
        &self,
        programme: ProgrammeId,
        id: MemberId,
        version: i64,
        until: Date,
        lock: &super::Lock,
    ) -> StoreResult<bool> {
        let sql = format!(
            "UPDATE members SET locked_until = $4, lock_reason = $5, locked_by = $6, locked_at = $7, \
             version = version + 1, updated_at = $7 \
             WHERE programme_id = $1 AND id = $2 AND version = $3 AND state IN {CURRENT}"
        );
        let values = vec![
            programme.0.into(),
            id.0.into(),
            version.into(),
            until.to_string().into(),
            lock.reason.clone().into(),
            lock.by.clone().into(),
            lock.at.into(),
        ];
        Ok(sql::run(&self.write, &sql, values).await? == 1)
    }

    /// Takes a lock away. Whatever the record says, the next import looks at the member. `false` when there
    /// was none.
    pub async fn unlock(&self, programme: ProgrammeId, id: MemberId, now: i64) -> StoreResult<bool> {
        let sql = "UPDATE members SET locked_until = NULL, lock_reason = NULL, locked_by = NULL, locked_at = NULL, \
                   record_print = NULL, version = version + 1, updated_at = $3 \
                   WHERE programme_id = $1 AND id = $2 AND locked_until IS NOT NULL";
        Ok(sql::run(&self.write, sql, vec![programme.0.into(), id.0.into(), now.into()]).await? == 1)
    }

    /// Lets go of a member who was brought back by hand (R24): the next import looks at them, whatever their
    /// record says. `false` when they were not, or have changed meanwhile.
    pub async fn let_go(&self, programme: ProgrammeId, id: MemberId, version: i64, now: i64) -> StoreResult<bool> {
        let sql = "UPDATE members SET kept_by_hand = NULL, record_print = NULL, version = version + 1, \
                   updated_at = $4 WHERE programme_id = $1 AND id = $2 AND version = $3 AND kept_by_hand IS NOT NULL";
        Ok(sql::run(&self.write, sql, vec![programme.0.into(), id.0.into(), version.into(), now.into()]).await? == 1)
    }
}
