//! Sessions of members.

use domain::ids::{MemberId, ProgrammeId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    MemberSession, Store, StoreResult,
    entity::member_session as session,
    sessions::{Ended, NOTED_EVERY},
    sql,
};

impl Ended {
    /// Whether the session of a member has come to its end.
    pub fn covers_member(&self, session: &MemberSession) -> bool {
        session.created_at <= self.made_before || session.seen_at <= self.unseen_since
    }
}

impl Store {
    /// Begins a member's session, in the place of another one if `instead_of` recognises one that is there:
    /// `false`, and nothing begun, when it is not. Sessions of the programme that have come to their end are
    /// forgotten.
    pub async fn begin_member_session(
        &self,
        session: &MemberSession,
        instead_of: Option<&str>,
        ended: Ended,
    ) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let sql = "DELETE FROM member_sessions WHERE programme_id = $1 AND (created_at <= $2 OR seen_at <= $3)";
        let values = vec![session.programme_id.into(), ended.made_before.into(), ended.unseen_since.into()];
        sql::run(&transaction, sql, values).await?;
        if let Some(before) = instead_of {
            let sql = "DELETE FROM member_sessions WHERE programme_id = $1 AND token_hash = $2";
            if sql::run(&transaction, sql, vec![session.programme_id.into(), before.into()]).await? == 0 {
                transaction.rollback().await?;
                return Ok(false);
            }
        }
        session::Entity::insert(session.clone().into_active_model()).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// The session of a member that is recognised by this.
    pub async fn member_session(&self, programme: ProgrammeId, token: &str) -> StoreResult<Option<MemberSession>> {
        Ok(session::Entity::find_by_id((programme.0, token.to_owned())).one(&self.read).await?)
    }

    /// Notes that a member's session is in use, at most once a minute.
    pub async fn note_member_seen(&self, session: &MemberSession, now: i64) -> StoreResult<()> {
        if session.seen_at <= now - NOTED_EVERY {
            let sql = "UPDATE member_sessions SET seen_at = $3 WHERE programme_id = $1 AND token_hash = $2 \
                       AND seen_at < $3";
            let values = vec![session.programme_id.into(), session.token_hash.as_str().into(), now.into()];
            sql::run(&self.write, sql, values).await?;
        }
        Ok(())
    }

    /// Ends a member's session.
    pub async fn end_member_session(&self, programme: ProgrammeId, token: &str) -> StoreResult<()> {
        session::Entity::delete_by_id((programme.0, token.to_owned())).exec(&self.write).await?;
        Ok(())
    }

    /// A member's sessions, the last used first.
    pub async fn sessions_of_member(
        &self,
        programme: ProgrammeId,
        member: MemberId,
    ) -> StoreResult<Vec<MemberSession>> {
        let found = session::Entity::find()
            .filter(session::Column::ProgrammeId.eq(programme.0))
            .filter(session::Column::MemberId.eq(member.0))
            .order_by_desc(session::Column::SeenAt)
            .order_by_asc(session::Column::TokenHash);
        Ok(found.all(&self.read).await?)
    }

    /// Ends all sessions of a member but this one; tells how many.
    pub async fn end_other_member_sessions(
        &self,
        programme: ProgrammeId,
        member: MemberId,
        token: &str,
    ) -> StoreResult<u64> {
        end_others(&self.write, programme.0, member.0, token).await
    }
}

/// Ends all sessions of a member but this one, or all where no session has this token; tells how many.
pub(super) async fn end_others<C: ConnectionTrait>(
    on: &C,
    programme: Uuid,
    member: Uuid,
    token: &str,
) -> StoreResult<u64> {
    let sql = "DELETE FROM member_sessions WHERE programme_id = $1 AND member_id = $2 AND token_hash <> $3";
    sql::run(on, sql, vec![programme.into(), member.into(), token.into()]).await
}
