//! Sessions: who is signed in. Only what recognises a token is stored, never the token.

use domain::ids::AdministratorId;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder};

use crate::{Administrator, Session, Store, StoreResult, entity::session, sql};

/// How often at most it is noted that a session is in use, in microseconds.
pub(crate) const NOTED_EVERY: i64 = 60 * 1_000_000;

/// From when on a session has come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Made before this instant, in microseconds of UTC.
    pub made_before: i64,
    /// Not used since this instant, in microseconds of UTC.
    pub unseen_since: i64,
}

#[derive(Debug, FromQueryResult)]
struct SessionRow {
    #[sea_orm(nested)]
    administrator: Administrator,
    token_hash: String,
    began_at: i64,
    seen_at: i64,
    second_factor_due: bool,
    address: Option<String>,
    agent: String,
}

impl Ended {
    /// Whether the session has come to its end.
    pub fn covers(&self, session: &Session) -> bool {
        session.created_at <= self.made_before || session.seen_at <= self.unseen_since
    }
}

impl Store {
    /// Begins a session, in the place of another one if `instead_of` recognises one that is there: `false`, and
    /// nothing begun, when it is not. Sessions of anybody that have come to their end are forgotten.
    pub async fn begin_session(&self, session: &Session, instead_of: Option<&str>, ended: Ended) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let sql = "DELETE FROM sessions WHERE created_at <= $1 OR seen_at <= $2";
        sql::run(&transaction, sql, vec![ended.made_before.into(), ended.unseen_since.into()]).await?;
        if let Some(before) = instead_of {
            let sql = "DELETE FROM sessions WHERE token_hash = $1";
            if sql::run(&transaction, sql, vec![before.into()]).await? == 0 {
                transaction.rollback().await?;
                return Ok(false);
            }
        }
        session::Entity::insert(session.clone().into_active_model()).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// The session that is recognised by this, and whose it is.
    pub async fn session(&self, token_hash: &str) -> StoreResult<Option<(Session, Administrator)>> {
        let sql = "SELECT a.*, s.token_hash, s.created_at AS began_at, s.seen_at, s.second_factor_due, s.address, s.agent \
                   FROM sessions s JOIN administrators a ON a.id = s.administrator_id WHERE s.token_hash = $1";
        let found: Vec<SessionRow> = sql::all(&self.read, sql, vec![token_hash.into()]).await?;
        Ok(found.into_iter().next().map(|row| {
            let session = Session {
                token_hash: row.token_hash,
                administrator_id: row.administrator.id,
                created_at: row.began_at,
                seen_at: row.seen_at,
                second_factor_due: row.second_factor_due,
                address: row.address,
                agent: row.agent,
            };
            (session, row.administrator)
        }))
    }

    /// Notes that a session is in use, at most once a minute.
    pub async fn note_seen(&self, session: &Session, now: i64) -> StoreResult<()> {
        if session.seen_at <= now - NOTED_EVERY {
            let sql = "UPDATE sessions SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2";
            sql::run(&self.write, sql, vec![session.token_hash.as_str().into(), now.into()]).await?;
        }
        Ok(())
    }

    /// Ends a session.
    pub async fn end_session(&self, token_hash: &str) -> StoreResult<()> {
        session::Entity::delete_by_id(token_hash).exec(&self.write).await?;
        Ok(())
    }

    /// An administrator's sessions, the last used first.
    pub async fn sessions_of(&self, administrator: AdministratorId) -> StoreResult<Vec<Session>> {
        let found = session::Entity::find()
            .filter(session::Column::AdministratorId.eq(administrator.0))
            .order_by_desc(session::Column::SeenAt)
            .order_by_asc(session::Column::TokenHash);
        Ok(found.all(&self.read).await?)
    }

    /// Ends all sessions of an administrator but this one; tells how many.
    pub async fn end_other_sessions(&self, administrator: AdministratorId, token_hash: &str) -> StoreResult<u64> {
        let sql = "DELETE FROM sessions WHERE administrator_id = $1 AND token_hash <> $2";
        sql::run(&self.write, sql, vec![administrator.0.into(), token_hash.into()]).await
    }
}
