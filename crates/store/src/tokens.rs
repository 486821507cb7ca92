//! API tokens. Only what recognises a token is stored, never the token.

use domain::ids::{ProgrammeId, TokenId};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::{ApiToken, Store, StoreResult, entity::api_token, sql};

/// How often at most it is noted that a token is in use, in microseconds.
const NOTED_EVERY: i64 = 60 * 1_000_000;

impl Store {
    /// Keeps a new token.
    pub async fn add_token(&self, token: &ApiToken) -> StoreResult<()> {
        api_token::Entity::insert(token.clone().into_active_model()).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// The programme's token with this number.
    pub async fn token(&self, programme: ProgrammeId, id: TokenId) -> StoreResult<Option<ApiToken>> {
        Ok(api_token::Entity::find_by_id((programme.0, id.0)).one(&self.read).await?)
    }

    /// All tokens of the programme, the newest first.
    pub async fn tokens(&self, programme: ProgrammeId) -> StoreResult<Vec<ApiToken>> {
        let found = api_token::Entity::find()
            .filter(api_token::Column::ProgrammeId.eq(programme.0))
            .order_by_desc(api_token::Column::Id);
        Ok(found.all(&self.read).await?)
    }

    /// Notes that a token is in use, at most once a minute.
    pub async fn note_token_used(&self, token: &ApiToken, now: i64) -> StoreResult<()> {
        if token.last_used_at.is_none_or(|last| last <= now - NOTED_EVERY) {
            let sql = "UPDATE api_tokens SET last_used_at = $3 WHERE programme_id = $1 AND id = $2";
            sql::run(&self.write, sql, vec![token.programme_id.into(), token.id.into(), now.into()]).await?;
        }
        Ok(())
    }

    /// Puts an end to a token; `false` when it is not there or was ended before.
    pub async fn revoke_token(&self, programme: ProgrammeId, id: TokenId, now: i64) -> StoreResult<bool> {
        let sql = "UPDATE api_tokens SET revoked_at = $3 WHERE programme_id = $1 AND id = $2 AND revoked_at IS NULL";
        Ok(sql::run(&self.write, sql, vec![programme.0.into(), id.0.into(), now.into()]).await? > 0)
    }
}
