//! Administrators, their places in programmes, and their second factor.

use domain::ids::{AdministratorId, ProgrammeId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    Administrator, Mail, Place, Programme, Session, Store, StoreResult,
    entity::{administrator, link, place, programme, session},
    links, sql,
};

impl Administrator {
    /// Their number.
    pub fn number(&self) -> AdministratorId {
        AdministratorId(self.id)
    }

    /// Whether they are asked for a second factor.
    pub fn has_second_factor(&self) -> bool {
        self.totp_secret.is_some() && self.totp_last_step.is_some()
    }
}

/// What happened to somebody's place in a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// It was changed as asked.
    Done,
    /// They have none.
    NotThere,
    /// Nobody would be left who may do everything.
    LastOwner,
}

#[derive(Debug, FromQueryResult)]
struct RoleRow {
    role: String,
    accepted_at: Option<i64>,
}

#[derive(Debug, FromQueryResult)]
struct PlacedRow {
    #[sea_orm(nested)]
    programme: Programme,
    role: String,
}

/// How an administrator is seen in a list of a programme.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct PlaceRow {
    /// Their number.
    pub id: Uuid,
    /// Where they are written to.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they are here.
    pub role: String,
    /// Who invited them.
    pub invited_by: String,
    /// When they were invited, in microseconds of UTC.
    pub created_at: i64,
    /// When they accepted, in microseconds of UTC.
    pub accepted_at: Option<i64>,
    /// When they became a leaver, in microseconds of UTC (R56).
    pub left_at: Option<i64>,
    /// Whether they are asked for a second factor.
    pub second_factor: bool,
}

impl Store {
    /// Whether anybody looks after anything yet.
    pub async fn has_administrators(&self) -> StoreResult<bool> {
        Ok(administrator::Entity::find().limit(1).one(&self.write).await?.is_some())
    }

    /// The administrator with this number.
    pub async fn administrator(&self, id: AdministratorId) -> StoreResult<Option<Administrator>> {
        Ok(administrator::Entity::find_by_id(id.0).one(&self.write).await?)
    }

    /// The administrator with this address; `key` as `domain::email::key` gives it.
    pub async fn administrator_by_email(&self, key: &str) -> StoreResult<Option<Administrator>> {
        Ok(administrator::Entity::find().filter(administrator::Column::EmailKey.eq(key)).one(&self.write).await?)
    }

    /// Uses the link of a first run up, and makes all that follows from it as one; `false`, and nothing
    /// made, when the link does not work or somebody looks after something by now.
    pub async fn first_run(
        &self,
        link: &str,
        programme: &Programme,
        administrator: &Administrator,
        place: &Place,
        session: &Session,
    ) -> StoreResult<bool> {
        let now = administrator.created_at;
        let transaction = self.begin().await?;
        // Every node prints a link of its own; all are used up at once, so that two of them opened at the same
        // moment wait for each other here.
        if !links::use_up(&transaction, link, links::FIRST_RUN, now).await?
            || administrator::Entity::find().limit(1).one(&transaction).await?.is_some()
        {
            transaction.rollback().await?;
            return Ok(false);
        }
        links::use_up_all(&transaction, links::FIRST_RUN, now).await?;
        let known = programme::Entity::find_by_id(programme.id).one(&transaction).await?;
        if known.is_none() {
            programme::Entity::insert(programme.clone().into_active_model())
                .exec_without_returning(&transaction)
                .await?;
        }
        add(&transaction, administrator, place).await?;
        session::Entity::insert(session.clone().into_active_model()).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Makes an administrator who looks after a programme.
    pub async fn add_administrator(&self, administrator: &Administrator, place: &Place) -> StoreResult<()> {
        let transaction = self.begin().await?;
        add(&transaction, administrator, place).await?;
        Ok(transaction.commit().await?)
    }

    /// Offers somebody a place in a programme, with the link and its mail, if one goes. Whoever is known by this
    /// address already is taken for them, and an earlier offer is replaced.
    pub async fn invite(
        &self,
        administrator: &Administrator,
        place: &Place,
        link: &crate::Link,
        mail: Option<&Mail>,
    ) -> StoreResult<()> {
        use place::Column as C;
        let transaction = self.begin().await?;
        let fresh = OnConflict::column(administrator::Column::EmailKey).do_nothing().to_owned();
        let row = administrator.clone().into_active_model();
        administrator::Entity::insert(row).on_conflict(fresh).exec_without_returning(&transaction).await?;
        let key = administrator::Column::EmailKey.eq(&administrator.email_key);
        let known = administrator::Entity::find().filter(key).one(&transaction).await?;
        let id = known.map_or(administrator.id, |known| known.id);
        let replace = OnConflict::columns([C::ProgrammeId, C::AdministratorId])
            .update_columns([C::Role, C::InvitedBy, C::CreatedAt])
            .to_owned();
        let row = Place { administrator_id: id, ..place.clone() }.into_active_model();
        place::Entity::insert(row).on_conflict(replace).exec_without_returning(&transaction).await?;
        let link = crate::Link { administrator_id: Some(id), ..link.clone() };
        links::replace(&transaction, &link, mail).await?;
        Ok(transaction.commit().await?)
    }

    /// Uses an invitation up: the place is taken, a new administrator's name and password are kept, and
    /// somebody is signed in, as one; `false`, and nothing done, when the link does not work.
    pub async fn accept(
        &self,
        link: &crate::Link,
        new: Option<&Administrator>,
        session: &Session,
    ) -> StoreResult<bool> {
        let now = session.created_at;
        let transaction = self.begin().await?;
        if !links::use_up(&transaction, &link.token_hash, links::INVITATION, now).await? {
            transaction.rollback().await?;
            return Ok(false);
        }
        if let Some(new) = new {
            write(&transaction, new).await?;
        }
        let sql = "UPDATE programme_administrators SET accepted_at = $3 WHERE programme_id = $1 \
                   AND administrator_id = $2 AND accepted_at IS NULL";
        let values = vec![link.programme_id.into(), session.administrator_id.into(), now.into()];
        if sql::run(&transaction, sql, values).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        session::Entity::insert(session.clone().into_active_model()).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Uses a reset up: the new password is kept and everybody signed in as this administrator is
    /// signed out, as one; `false`, and nothing done, when the link does not work.
    pub async fn reset(&self, link: &str, administrator: &Administrator) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        if !links::use_up(&transaction, link, links::RESET, administrator.updated_at).await? {
            transaction.rollback().await?;
            return Ok(false);
        }
        write(&transaction, administrator).await?;
        let mine = session::Column::AdministratorId.eq(administrator.id);
        session::Entity::delete_many().filter(mine).exec(&transaction).await?;
        let others = link::Entity::delete_many()
            .filter(link::Column::AdministratorId.eq(administrator.id))
            .filter(link::Column::Kind.eq(links::RESET))
            .filter(link::Column::UsedAt.is_null());
        others.exec(&transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Writes name, language and password.
    pub async fn save_administrator(&self, administrator: &Administrator) -> StoreResult<()> {
        write(&self.write, administrator).await
    }

    /// Where the administrator may go: programmes whose invitation they accepted, by slug, and as what. Whoever has
    /// become a leaver may not, but for a last owner who did after `kept_since`, in microseconds of UTC (R56).
    pub async fn places_of(
        &self,
        administrator: AdministratorId,
        kept_since: i64,
    ) -> StoreResult<Vec<(Programme, String)>> {
        let sql = format!(
            "SELECT p.*, a.role FROM programmes p JOIN programme_administrators a ON a.programme_id = p.id \
             WHERE a.administrator_id = $1 AND a.accepted_at IS NOT NULL AND (a.left_at IS NULL OR (a.role = 'owner' \
             AND a.left_at > $2 AND NOT EXISTS (SELECT 1 FROM programme_administrators o \
             WHERE o.programme_id = a.programme_id AND {IS_OWNER}))) ORDER BY p.slug"
        );
        let places: Vec<PlacedRow> =
            sql::all(&self.read, &sql, vec![administrator.0.into(), kept_since.into()]).await?;
        Ok(places.into_iter().map(|place| (place.programme, place.role)).collect())
    }

    /// An administrator's place in a programme, accepted or not.
    pub async fn place(&self, programme: ProgrammeId, administrator: AdministratorId) -> StoreResult<Option<Place>> {
        Ok(place::Entity::find_by_id((programme.0, administrator.0)).one(&self.write).await?)
    }

    /// The programmes that have offered this administrator a place which they have not accepted, the
    /// newest offer first.
    pub async fn offers_to(&self, administrator: AdministratorId) -> StoreResult<Vec<Place>> {
        let found = place::Entity::find()
            .filter(place::Column::AdministratorId.eq(administrator.0))
            .filter(place::Column::AcceptedAt.is_null())
            .order_by_desc(place::Column::CreatedAt);
        Ok(found.all(&self.read).await?)
    }

    /// Everybody with a place in the programme, by address.
    pub async fn places_in(&self, programme: ProgrammeId) -> StoreResult<Vec<PlaceRow>> {
        let sql = "SELECT a.id, a.email, a.name, p.role, p.invited_by, p.created_at, p.accepted_at, p.left_at, \
                   (a.totp_secret IS NOT NULL AND a.totp_last_step IS NOT NULL) AS second_factor \
                   FROM programme_administrators p JOIN administrators a ON a.id = p.administrator_id \
                   WHERE p.programme_id = $1 ORDER BY a.email_key";
        sql::all(&self.read, sql, vec![programme.0.into()]).await
    }

    /// Gives somebody another role, unless nobody would be left who may do everything.
    pub async fn change_role(
        &self,
        programme: ProgrammeId,
        administrator: AdministratorId,
        role: &str,
    ) -> StoreResult<Placed> {
        let transaction = self.begin().await?;
        let placed = may_go(&transaction, programme, administrator, role == "owner").await?;
        if placed == Placed::Done {
            let sql = "UPDATE programme_administrators SET role = $3 WHERE programme_id = $1 AND administrator_id = $2";
            sql::run(&transaction, sql, vec![programme.0.into(), administrator.0.into(), role.into()]).await?;
        }
        transaction.commit().await?;
        Ok(placed)
    }

    /// Takes somebody's place away, unless nobody would be left who may do everything. Who has no
    /// other place is forgotten.
    ///
    /// Integrations that they looked after have no owner from then on (R56).
    pub async fn remove_place(
        &self,
        programme: ProgrammeId,
        administrator: AdministratorId,
        now: i64,
    ) -> StoreResult<Placed> {
        let transaction = self.begin().await?;
        let placed = may_go(&transaction, programme, administrator, false).await?;
        if placed == Placed::Done {
            let both = vec![programme.0.into(), administrator.0.into()];
            let sql = "UPDATE integrations SET owner_left_at = $3, owner_left_told_at = NULL WHERE programme_id = $1 \
                       AND owner_left_at IS NULL AND COALESCE(owner_key, lower(trim(owner))) = (SELECT a.email_key FROM administrators a \
                       JOIN programme_administrators p ON p.administrator_id = a.id WHERE p.programme_id = $1 \
                       AND a.id = $2 AND p.accepted_at IS NOT NULL)";
            sql::run(&transaction, sql, [both.clone(), vec![now.into()]].concat()).await?;
            for table in ["programme_administrators", "links"] {
                let sql = format!("DELETE FROM {table} WHERE programme_id = $1 AND administrator_id = $2");
                sql::run(&transaction, &sql, both.clone()).await?;
            }
            let sql = "UPDATE outbox SET state = 'cancelled' WHERE programme_id = $1 AND state = 'pending' \
                       AND kind = 'administrator-invitation' \
                       AND recipient = (SELECT email FROM administrators WHERE id = $2)";
            sql::run(&transaction, sql, both).await?;
            // Sessions, links and recovery codes go with the row.
            let sql = "DELETE FROM administrators WHERE id = $1 AND NOT EXISTS \
                       (SELECT 1 FROM programme_administrators p WHERE p.administrator_id = $1)";
            sql::run(&transaction, sql, vec![administrator.0.into()]).await?;
        }
        transaction.commit().await?;
        Ok(placed)
    }

    /// Keeps what one-time codes are made of, not yet in use; `false` when a second factor is on.
    pub async fn offer_totp(&self, administrator: AdministratorId, sealed: Vec<u8>) -> StoreResult<bool> {
        let sql = "UPDATE administrators SET totp_secret = $2 WHERE id = $1 AND totp_last_step IS NULL";
        Ok(sql::run(&self.write, sql, vec![administrator.0.into(), sealed.into()]).await? > 0)
    }

    /// Switches the second factor on, with the step of the code that proved it and recovery codes in
    /// the place of earlier ones; `false` when it is on already.
    pub async fn confirm_totp(&self, administrator: AdministratorId, step: i64, codes: &[String]) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let sql = "UPDATE administrators SET totp_last_step = $2 WHERE id = $1 AND totp_last_step IS NULL \
                   AND totp_secret IS NOT NULL";
        if sql::run(&transaction, sql, vec![administrator.0.into(), step.into()]).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        keep_codes(&transaction, administrator, codes).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Puts recovery codes in the place of earlier ones; `false` when the second factor is off.
    pub async fn replace_recovery_codes(&self, administrator: AdministratorId, codes: &[String]) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        // Of two that ask together, the second waits here and then replaces all of the first one's.
        let sql = "UPDATE administrators SET totp_last_step = totp_last_step WHERE id = $1 \
                   AND totp_last_step IS NOT NULL";
        if sql::run(&transaction, sql, vec![administrator.0.into()]).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        keep_codes(&transaction, administrator, codes).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Switches the second factor off.
    pub async fn disable_totp(&self, administrator: AdministratorId) -> StoreResult<()> {
        let transaction = self.begin().await?;
        let sql = "UPDATE administrators SET totp_secret = NULL, totp_last_step = NULL WHERE id = $1";
        sql::run(&transaction, sql, vec![administrator.0.into()]).await?;
        forget_codes(&transaction, administrator).await?;
        Ok(transaction.commit().await?)
    }

    /// Switches the second factor off and ends all sessions, as one: for somebody who lost it; `false` when there was
    /// none.
    pub async fn lose_second_factor(&self, administrator: AdministratorId) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let sql = "UPDATE administrators SET totp_secret = NULL, totp_last_step = NULL \
                   WHERE id = $1 AND totp_last_step IS NOT NULL";
        if sql::run(&transaction, sql, vec![administrator.0.into()]).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        forget_codes(&transaction, administrator).await?;
        let theirs = session::Column::AdministratorId.eq(administrator.0);
        session::Entity::delete_many().filter(theirs).exec(&transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Uses a one-time code's step up; `false` when it or a later one was used before.
    pub async fn use_step(&self, administrator: AdministratorId, step: i64) -> StoreResult<bool> {
        let sql = "UPDATE administrators SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2";
        Ok(sql::run(&self.write, sql, vec![administrator.0.into(), step.into()]).await? > 0)
    }

    /// Uses a recovery code up; `false` when there is none like it.
    pub async fn use_recovery_code(&self, administrator: AdministratorId, hash: &str) -> StoreResult<bool> {
        let sql = "DELETE FROM recovery_codes WHERE administrator_id = $1 AND hash = $2";
        Ok(sql::run(&self.write, sql, vec![administrator.0.into(), hash.into()]).await? > 0)
    }

    /// How many recovery codes are left.
    pub async fn recovery_codes_left(&self, administrator: AdministratorId) -> StoreResult<u64> {
        let sql = "SELECT count(*) FROM recovery_codes WHERE administrator_id = $1";
        let count = sql::number(&self.read, sql, vec![administrator.0.into()]).await?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
    }
}

async fn add(on: &DatabaseTransaction, administrator: &Administrator, place: &Place) -> StoreResult<()> {
    administrator::Entity::insert(administrator.clone().into_active_model()).exec_without_returning(on).await?;
    place::Entity::insert(place.clone().into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

async fn write<C: ConnectionTrait>(on: &C, administrator: &Administrator) -> StoreResult<()> {
    let sql = "UPDATE administrators SET name = $2, language = $3, password_hash = $4, updated_at = $5 WHERE id = $1";
    let Administrator { id, name, language, password_hash, updated_at, .. } = administrator.clone();
    sql::run(on, sql, vec![id.into(), name.into(), language.into(), password_hash.into(), updated_at.into()]).await?;
    Ok(())
}

/// Puts these codes in the place of all others.
async fn keep_codes(on: &DatabaseTransaction, administrator: AdministratorId, codes: &[String]) -> StoreResult<()> {
    forget_codes(on, administrator).await?;
    for code in codes {
        let sql = "INSERT INTO recovery_codes (administrator_id, hash) VALUES ($1, $2)";
        sql::run(on, sql, vec![administrator.0.into(), code.as_str().into()]).await?;
    }
    Ok(())
}

async fn forget_codes(on: &DatabaseTransaction, administrator: AdministratorId) -> StoreResult<()> {
    sql::run(on, "DELETE FROM recovery_codes WHERE administrator_id = $1", vec![administrator.0.into()]).await?;
    Ok(())
}

/// Whether the place `o` is that of an owner who is here.
const IS_OWNER: &str = "o.role = 'owner' AND o.accepted_at IS NOT NULL AND o.left_at IS NULL";

/// Whether somebody may give up what they are in the programme. Two owners who go at the same moment
/// wait for each other here.
async fn may_go(
    on: &DatabaseTransaction,
    programme: ProgrammeId,
    administrator: AdministratorId,
    stays_owner: bool,
) -> StoreResult<Placed> {
    sql::run(on, "UPDATE programmes SET name = name WHERE id = $1", vec![programme.0.into()]).await?;
    let both = vec![programme.0.into(), administrator.0.into()];
    let sql =
        "SELECT role, accepted_at FROM programme_administrators WHERE programme_id = $1 AND administrator_id = $2";
    let Some(row) = sql::all::<RoleRow, _>(on, sql, both.clone()).await?.pop() else { return Ok(Placed::NotThere) };
    if stays_owner || row.role != "owner" || row.accepted_at.is_none() {
        return Ok(Placed::Done);
    }
    let sql = format!(
        "SELECT count(*) FROM programme_administrators o WHERE o.programme_id = $1 AND o.administrator_id <> $2 \
         AND {IS_OWNER}"
    );
    let others = sql::number(on, &sql, both).await?.unwrap_or_default();
    Ok(if others > 0 { Placed::Done } else { Placed::LastOwner })
}
