//! Sessions: who is signed in, for how long, and where they may go.

use domain::{ids::AdministratorId, language::Language, roles::Role};
use store::{Administrator, Programme, Session, sessions::Ended};

use super::{Origin, Token, invitations::role};
use crate::{Actor, ActorKind, Engine, EngineResult, proof::recognised};

const MINUTE: i64 = 60 * 1_000_000;

/// A session ends after so long without a request, in microseconds.
const IDLE: i64 = 8 * 60 * MINUTE;

/// A session ends so long after it began, whatever happens.
const ABSOLUTE: i64 = 7 * 24 * 60 * MINUTE;

/// So long a programme's last owner may still use the portal after becoming a leaver, in microseconds (R56): 72 hours.
const LAST_OWNER_KEEPS: i64 = 72 * 60 * MINUTE;

/// So long may somebody look for their second factor.
pub(crate) const SECOND_FACTOR: i64 = 10 * MINUTE;

/// An administrator as pages show them to themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Their number.
    pub id: AdministratorId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// The language that the portal speaks to them.
    pub language: Language,
    /// Whether they are asked for a second factor.
    pub second_factor: bool,
}

/// A programme that somebody looks after, and as what.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The programme.
    pub programme: Programme,
    /// What they are in it.
    pub role: Role,
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq)]
pub struct Signed {
    /// Who it is.
    pub administrator: Profile,
    /// Where they may go, by name in addresses.
    pub places: Vec<Place>,
    session: String,
}

impl Signed {
    /// Their place in the programme with this name in addresses, if they have one.
    pub fn place(&self, slug: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.programme.slug == slug)
    }

    /// Them as somebody who does something, from this network address.
    pub fn actor(&self, address: Option<String>) -> Actor {
        Actor { kind: ActorKind::Administrator, name: self.administrator.name.clone(), address }
    }

    /// What tells this session from every other; nobody signs in with it.
    pub fn session(&self) -> &str {
        &self.session
    }
}

/// One of somebody's sessions, for them to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Whether it is the one that asks.
    pub is_current: bool,
    /// When it began, in microseconds of UTC.
    pub created_at: i64,
    /// When it was last used, to about a minute, in microseconds of UTC.
    pub seen_at: i64,
    /// The network address that it began at.
    pub address: Option<String>,
    /// What the browser says that it is.
    pub agent: String,
}

impl Engine {
    /// Who is signed in with this token, if anybody is: two short reads.
    pub async fn session(&self, token: &str) -> EngineResult<Option<Signed>> {
        let Some((session, administrator)) = self.open_session(token, false).await? else { return Ok(None) };
        self.store.note_seen(&session, self.now()).await?;
        let mut places = Vec::new();
        for (programme, name) in self.places_now(administrator.number()).await? {
            places.push(Place { programme, role: role(&name)? });
        }
        Ok(Some(Signed { administrator: profile(administrator), places, session: session.token_hash }))
    }

    /// Where an administrator may go now, and as what. Whoever has become a leaver of a programme as its member may not
    /// any more, but for its last owner, who has 72 hours (R56).
    pub(super) async fn places_now(&self, id: AdministratorId) -> EngineResult<Vec<(Programme, String)>> {
        Ok(self.store.places_of(id, self.now() - LAST_OWNER_KEEPS).await?)
    }

    /// Whether this token's owner gave the right password and still owes the second factor.
    pub async fn owes_second_factor(&self, token: &str) -> EngineResult<bool> {
        Ok(self.open_session(token, true).await?.is_some())
    }

    /// The session with this token, unless it has ended.
    pub(super) async fn open_session(
        &self,
        token: &str,
        second_factor_due: bool,
    ) -> EngineResult<Option<(Session, Administrator)>> {
        let found = self.store.session(&recognised(token)).await?;
        let is_open = |session: &Session| {
            let in_time = !second_factor_due || session.created_at > self.now() - SECOND_FACTOR;
            session.second_factor_due == second_factor_due && in_time && !self.ended().covers(session)
        };
        Ok(found.filter(|(session, _)| is_open(session)))
    }

    /// From when on sessions have come to their end.
    pub(crate) fn ended(&self) -> Ended {
        Ended { made_before: self.now() - ABSOLUTE, unseen_since: self.now() - IDLE }
    }

    /// A session that begins now, and its token.
    pub(super) fn new_session(
        &self,
        administrator: AdministratorId,
        second_factor_due: bool,
        origin: &Origin,
    ) -> (Session, Token) {
        let token = self.new_token();
        let session = Session {
            token_hash: recognised(token.as_str()),
            administrator_id: administrator.0,
            created_at: self.now(),
            seen_at: self.now(),
            second_factor_due,
            address: origin.address.clone(),
            agent: origin.kept_agent(),
        };
        (session, token)
    }

    /// Ends the session with this token.
    pub async fn sign_out(&self, token: &str) -> EngineResult<()> {
        Ok(self.store.end_session(&recognised(token)).await?)
    }

    /// Where somebody is signed in, the last used first.
    pub async fn sessions_of(&self, signed: &Signed) -> EngineResult<Vec<SessionView>> {
        let ended = self.ended();
        let sessions = self.store.sessions_of(signed.administrator.id).await?;
        let open = sessions.into_iter().filter(|session| !session.second_factor_due && !ended.covers(session));
        Ok(open
            .map(|session| SessionView {
                is_current: session.token_hash == signed.session,
                created_at: session.created_at,
                seen_at: session.seen_at,
                address: session.address,
                agent: session.agent,
            })
            .collect())
    }

    /// Signs somebody out everywhere but here; tells in how many places.
    pub async fn end_other_sessions(&self, signed: &Signed) -> EngineResult<u64> {
        Ok(self.store.end_other_sessions(signed.administrator.id, &signed.session).await?)
    }
}

fn profile(administrator: Administrator) -> Profile {
    Profile {
        id: administrator.number(),
        second_factor: administrator.has_second_factor(),
        language: administrator.language.parse().unwrap_or_default(),
        name: administrator.name,
        email: administrator.email,
    }
}
