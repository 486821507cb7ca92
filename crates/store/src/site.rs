//! The members' site: invitations, what members sign in with, and where they are signed in.

pub mod choices;
pub mod credentials;
pub mod invitations;
pub mod links;
pub mod sessions;

use domain::{
    ids::{MemberId, ProgrammeId},
    member::State,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, sea_query::OnConflict};
use uuid::Uuid;

use crate::{Credential, StoreResult, entity::member_credential as credential, sql};

/// Keeps a password in the place of an earlier one. A second factor stays.
async fn keep_password(on: &DatabaseTransaction, credential: &Credential) -> StoreResult<()> {
    use credential::Column as C;
    let replace =
        OnConflict::columns([C::ProgrammeId, C::MemberId]).update_columns([C::PasswordHash, C::UpdatedAt]).to_owned();
    let row = credential.clone().into_active_model();
    credential::Entity::insert(row).on_conflict(replace).exec_without_returning(on).await?;
    Ok(())
}

/// Somebody who was not told of the account, or invited, has come in; `false` when they are neither. Their version
/// stays: what an import planned for them is still right (R30).
async fn activate(on: &DatabaseTransaction, programme: Uuid, member: MemberId, now: i64) -> StoreResult<bool> {
    let sql = format!(
        "UPDATE members SET state = '{}', updated_at = $3 WHERE programme_id = $1 AND id = $2 \
         AND state IN ('not-invited', 'invited')",
        State::Active
    );
    Ok(sql::run(on, &sql, vec![programme.into(), member.0.into(), now.into()]).await? > 0)
}

/// A member has another address: links and mails to the one before do not work or go any more (R11).
pub(crate) async fn forget_address(
    on: &DatabaseTransaction,
    programme: ProgrammeId,
    member: MemberId,
    now: i64,
) -> StoreResult<()> {
    cancel_mails(on, programme.0, &[member.0]).await?;
    let sql = "UPDATE invitations SET generation = generation + 1, expires_at = $3, reminder_at = NULL, \
               code_hash = NULL WHERE programme_id = $1 AND member_id = $2 AND used_at IS NULL";
    sql::run(on, sql, vec![programme.0.into(), member.0.into(), now.into()]).await?;
    forget_links(on, programme, member).await
}

/// Links for a new password die with the address that they went to, and when their owner leaves (R37).
pub(crate) async fn forget_links<C: ConnectionTrait>(
    on: &C,
    programme: ProgrammeId,
    member: MemberId,
) -> StoreResult<()> {
    let sql = "DELETE FROM member_links WHERE programme_id = $1 AND member_id = $2";
    sql::run(on, sql, vec![programme.0.into(), member.0.into()]).await?;
    Ok(())
}

/// Mails and letters about members' invitations that still wait do not go any more.
async fn cancel_mails(on: &DatabaseTransaction, programme: Uuid, members: &[Uuid]) -> StoreResult<()> {
    let sql = format!(
        "UPDATE outbox SET state = 'cancelled' WHERE programme_id = $1 AND kind IN ('welcome', 'reminder') \
         AND state IN ('pending', 'to-print') AND member_id IN ({})",
        sql::placeholders(2, members.len())
    );
    let values = std::iter::once(programme.into()).chain(members.iter().map(|id| (*id).into()));
    sql::run(on, &sql, values.collect()).await?;
    Ok(())
}
