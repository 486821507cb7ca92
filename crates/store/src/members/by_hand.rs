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
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};

use crate::{
    Mail, Store, StoreError, StoreResult,
    entity::{member, outbox},
    site::{self, invitations},
    sql,
};

/// The states of an open account.
const CURRENT: &str = "('not-invited', 'invited', 'active')";

/// Leavers who may be brought back: whoever has an address still, and is neither excluded (R24) nor erased on request
/// (R63).
pub(super) const MAY_RETURN: &str = "members.state = 'leaver' AND members.email_key IS NOT NULL AND NOT EXISTS (\
    SELECT 1 FROM exclusions e WHERE e.programme_id = members.programme_id AND e.member_id = members.id) \
    AND NOT EXISTS (SELECT 1 FROM close_downs d WHERE d.programme_id = members.programme_id \
    AND d.member_id = members.id AND d.erase_on IS NOT NULL)";

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
        let has_left = sql::run(on, &sql, values).await? == 1;
        if has_left {
            site::forget_links(on, self.programme, self.member).await?;
        }
        Ok(has_left)
    }
}

/// A member's values, as they are to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edit<'a> {
    pub(crate) programme: ProgrammeId,
    pub(crate) member: MemberId,
    pub(crate) fields: &'a Fields,
    pub(crate) now: i64,
}

impl Edit<'_> {
    /// Makes the account; with a mail it is an invited one.
    pub(crate) async fn insert(&self, on: &DatabaseTransaction, mail: Option<&Mail>) -> StoreResult<()> {
        let Self { programme, member, fields, now } = *self;
        let state = if mail.is_some() { State::Invited } else { State::NotInvited };
        let row = member::Model {
            programme_id: programme.0,
            id: member.0,
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
        member::Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
        if let Some(mail) = mail {
            outbox::Entity::insert(mail.clone().into_active_model()).exec_without_returning(on).await?;
            invitations::begin(on, mail, now).await?;
        }
        Ok(())
    }

    /// Writes the values. An invitation that still waits for the address they had is cancelled (R11). `false`
    /// when the member has changed meanwhile.
    pub(crate) async fn update(&self, on: &DatabaseTransaction, version: i64) -> StoreResult<bool> {
        let Self { programme, member, fields, now } = *self;
        let known = member::Entity::find_by_id((programme.0, member.0)).one(on).await?;
        let Some(row) = known.filter(|row| row.version == version) else { return Ok(false) };
        let address = fields.get(&Field::Email).map(|address| email::key(address));
        if address != row.email_key {
            site::forget_address(on, programme, member, now).await?;
        }
        let sql = "UPDATE members SET fields = $3, email_key = $4, twin_key = $5, search_key = $6, \
                   version = version + 1, updated_at = $7 WHERE programme_id = $1 AND id = $2";
        let values = vec![
            programme.0.into(),
            member.0.into(),
            serde_json::to_string(fields).map_err(StoreError::row)?.into(),
            address.into(),
            names::twin_key(fields).into(),
            names::search_key(fields, "", row.employee_id.as_deref()).into(),
            now.into(),
        ];
        sql::run(on, sql, values).await?;
        Ok(true)
    }
}

/// A leaver is brought back by hand or by file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Return {
    pub(crate) programme: ProgrammeId,
    pub(crate) member: MemberId,
    /// The version of the account that was looked at.
    pub(crate) version: i64,
    pub(crate) now: i64,
}

impl Return {
    /// What [`Store::restore_leavers`] does for those of an import. `false` when they are no leaver by now, may not
    /// come back, or have changed meanwhile.
    pub(crate) async fn run(&self, on: &DatabaseTransaction) -> StoreResult<bool> {
        let Self { programme, member, version, now } = *self;
        let sql = format!(
            "UPDATE members SET state = COALESCE(state_before_leaving, 'not-invited'), \
             state_before_leaving = NULL, left_at = NULL, left_import_id = NULL, leave_reason = NULL, \
             kept_by_hand = COALESCE(record_print, $5), clock_stopped_until = NULL, version = version + 1, \
             updated_at = $4 WHERE programme_id = $1 AND id = $2 AND version = $3 AND {MAY_RETURN}"
        );
        let values = vec![programme.0.into(), member.0.into(), version.into(), now.into(), Print::ANY.0.into()];
        let is_back = sql::run(on, &sql, values).await? == 1;
        if is_back {
            let valid = invitations::invitations_of(on, programme.0).await?.valid();
            let sql = format!("{} AND member_id = $2", invitations::reopen("$3", "$4"));
            let values = vec![programme.0.into(), member.0.into(), now.into(), (now + valid).into()];
            sql::run(on, &sql, values).await?;
        }
        Ok(is_back)
    }
}

/// The values of a former member lose the address that somebody else has from now on (R18).
pub(crate) async fn let_go_of_address(on: &DatabaseTransaction, row: &member::Model, now: i64) -> StoreResult<()> {
    let mut fields = row.to_domain()?.fields;
    fields.remove(&Field::Email);
    let search = names::search_key(&fields, "", row.employee_id.as_deref());
    let fields = serde_json::to_string(&fields).map_err(StoreError::row)?;
    let sql = "UPDATE members SET fields = $3, email_key = NULL, version = version + 1, updated_at = $4, \
               search_key = $5 WHERE programme_id = $1 AND id = $2";
    let values = vec![row.programme_id.into(), row.id.into(), fields.into(), now.into(), search.into()];
    sql::run(on, sql, values).await?;
    Ok(())
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
        member: MemberId,
        fields: &Fields,
        mail: Option<&Mail>,
        now: i64,
    ) -> StoreResult<()> {
        let transaction = self.begin().await?;
        Edit { programme, member, fields, now }.insert(&transaction, mail).await?;
        Ok(transaction.commit().await?)
    }

    /// Writes a member's values. An invitation that still waits for the address they had is cancelled (R11).
    /// `false`, and nothing is done, when the member has changed meanwhile.
    pub async fn edit_member(
        &self,
        programme: ProgrammeId,
        member: MemberId,
        version: i64,
        fields: &Fields,
        now: i64,
    ) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        if !(Edit { programme, member, fields, now }).update(&transaction, version).await? {
            return Ok(false);
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Makes a member a leaver, as an import would; `false`, and nothing is done, when they are none by now
    /// or have changed meanwhile.
    pub async fn leave_by_hand(&self, leaving: &Leaving<'_>) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let has_left = leaving.run(&transaction).await?;
        transaction.commit().await?;
        Ok(has_left)
    }

    /// Brings a leaver back, as [`Store::restore_leavers`] does those of an import; `false`, and nothing is
    /// done, when they are none by now, may not come back, or have changed meanwhile.
    pub async fn reopen_by_hand(
        &self,
        programme: ProgrammeId,
        id: MemberId,
        version: i64,
        now: i64,
    ) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let is_back = Return { programme, member: id, version, now }.run(&transaction).await?;
        transaction.commit().await?;
        Ok(is_back)
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
