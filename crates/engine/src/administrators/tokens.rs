//! API tokens: what programs sign in with. A token names its programme and its own number, so that
//! one look at one row tells whether it is good.

use std::collections::BTreeSet;

use domain::{
    ids::{ProgrammeId, TokenId},
    scope::Scope,
};
use serde::Serialize;
use store::{ApiToken, Programme, StoreError};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::{Token, entries::check_name};
use crate::{
    Actor, ActorKind, Deed, Engine, EngineResult,
    proof::{Flaw, Flaws, random, recognised, wrong},
};

/// What every token begins with, so that one that lies about is recognised.
const PREFIX: &str = "rc";

/// A token to be made. Fields of errors go by the same names.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// What people call it.
    pub name: String,
    /// What it is good for.
    pub scopes: BTreeSet<Scope>,
    /// When it stops working, in microseconds of UTC; never, if not given.
    pub expires_at: Option<i64>,
}

/// A token as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenView {
    /// Its number.
    pub id: TokenId,
    /// What people call it.
    pub name: String,
    /// What it is good for.
    pub scopes: BTreeSet<Scope>,
    /// Who made it.
    pub created_by: String,
    /// When it was made, in microseconds of UTC.
    pub created_at: i64,
    /// When it was last used, to about a minute, in microseconds of UTC.
    pub last_used_at: Option<i64>,
    /// When it stops working, in microseconds of UTC.
    pub expires_at: Option<i64>,
    /// When somebody put an end to it, in microseconds of UTC.
    pub revoked_at: Option<i64>,
}

/// A program that has shown a good token.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenSession {
    /// The programme that the token belongs to.
    pub programme: Programme,
    /// The token's number.
    pub id: TokenId,
    /// What people call it.
    pub name: String,
    /// What it is good for.
    pub scopes: BTreeSet<Scope>,
}

impl TokenSession {
    /// Whether the token is good for this.
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }

    /// The program as somebody who does something, from this network address.
    pub fn actor(&self, address: Option<String>) -> Actor {
        Actor { kind: ActorKind::Token, name: self.name.clone(), address }
    }
}

/// What the audit log says of a token.
#[derive(Debug, Serialize)]
struct Made<'a> {
    scopes: &'a BTreeSet<Scope>,
    expires_at: Option<i64>,
}

impl Engine {
    /// Makes a token, which is shown this once.
    pub async fn make_token(&self, programme: &Programme, new: &NewToken, by: &Actor) -> EngineResult<Token> {
        let mut flaws = Flaws::default();
        flaws.note("name", check_name(&new.name));
        flaws.note("scopes", if new.scopes.is_empty() { Err(Flaw::NoScopes) } else { Ok(()) });
        let in_time = new.expires_at.is_none_or(|expires_at| expires_at > self.now());
        flaws.note("expires_at", if in_time { Ok(()) } else { Err(Flaw::InThePast) });
        flaws.result()?;
        let id = self.new_id();
        let token = format!("{PREFIX}_{}_{}_{}", programme.id.simple(), id.simple(), random(&*self.world));
        let scopes: Vec<&str> = new.scopes.iter().map(|scope| scope.as_str()).collect();
        let row = ApiToken {
            programme_id: programme.id,
            id,
            token_hash: recognised(&token),
            name: new.name.trim().to_owned(),
            scopes: scopes.join(" "),
            created_by: by.name.clone(),
            created_at: self.now(),
            last_used_at: None,
            expires_at: new.expires_at,
            revoked_at: None,
        };
        self.store.add_token(&row).await?;
        let made = Made { scopes: &new.scopes, expires_at: new.expires_at };
        let deed = Deed { action: "token.made", subject: &row.name, before: None::<()>, after: Some(made) };
        self.note(programme.number(), by, deed).await?;
        Ok(Token::new(token))
    }

    /// What this token is good for; none if it is not good, or not any more.
    pub async fn token(&self, text: &str) -> EngineResult<Option<TokenSession>> {
        let Some((programme, id)) = numbers(text) else { return Ok(None) };
        let Some(row) = self.store.token(programme, id).await? else { return Ok(None) };
        let is_same: bool = row.token_hash.as_bytes().ct_eq(recognised(text).as_bytes()).into();
        let has_ended = row.revoked_at.is_some() || row.expires_at.is_some_and(|end| end <= self.now());
        if !is_same || has_ended {
            return Ok(None);
        }
        let Some(programme) = self.store.programme_by_number(programme).await? else { return Ok(None) };
        self.store.note_token_used(&row, self.now()).await?;
        Ok(Some(TokenSession { programme, id, scopes: scopes(&row.scopes)?, name: row.name }))
    }

    /// All tokens of the programme, the newest first, also those that are no longer good.
    pub async fn tokens_of(&self, programme: &Programme) -> EngineResult<Vec<TokenView>> {
        let view = |row: ApiToken| {
            Ok(TokenView {
                id: TokenId(row.id),
                scopes: scopes(&row.scopes)?,
                name: row.name,
                created_by: row.created_by,
                created_at: row.created_at,
                last_used_at: row.last_used_at,
                expires_at: row.expires_at,
                revoked_at: row.revoked_at,
            })
        };
        self.store.tokens(programme.number()).await?.into_iter().map(view).collect()
    }

    /// Puts an end to a token.
    pub async fn revoke_token(&self, programme: &Programme, id: TokenId, by: &Actor) -> EngineResult<()> {
        let row = self.store.token(programme.number(), id).await?;
        let row = row.ok_or_else(|| wrong("token", Flaw::NotThere))?;
        if self.store.revoke_token(programme.number(), id, self.now()).await? {
            self.note(programme.number(), by, Deed::new("token.revoked", &row.name)).await?;
        }
        Ok(())
    }
}

/// The programme and the number that a token names.
fn numbers(token: &str) -> Option<(ProgrammeId, TokenId)> {
    let mut parts = token.split('_');
    if parts.next() != Some(PREFIX) {
        return None;
    }
    let mut number = || Uuid::try_parse(parts.next()?).ok();
    Some((ProgrammeId(number()?), TokenId(number()?)))
}

fn scopes(text: &str) -> EngineResult<BTreeSet<Scope>> {
    let scope = |word: &str| word.parse().map_err(|_| StoreError::Row(format!("there is no scope “{word}”")).into());
    text.split_whitespace().map(scope).collect()
}
