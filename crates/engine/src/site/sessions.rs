//! Who of the members is signed in, for how long, and what is open for them.

use domain::{field::Field, ids::MemberId};
use store::{Credential, MemberChoices, MemberSession, Programme, members::Listed};

use super::Standing;
use crate::{
    Engine, EngineResult,
    administrators::{Origin, SECOND_FACTOR_WAITS, SessionView, Token},
    mails::first_name,
    proof::recognised,
};

/// A member who is signed in.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedMember {
    /// Their programme.
    pub programme: Programme,
    /// Their account.
    pub listed: Listed,
    /// What is open for them.
    pub standing: Standing,
    /// Whether they are asked for a second factor.
    pub second_factor: bool,
    pub(super) choices: Option<MemberChoices>,
    pub(super) session: String,
}

impl SignedMember {
    /// Their number.
    pub fn number(&self) -> MemberId {
        self.listed.member.id
    }

    /// How to address them, where it is known.
    pub fn first_name(&self) -> Option<String> {
        first_name(&self.listed.member.fields)
    }

    /// What they sign in with.
    pub fn email(&self) -> &str {
        self.field(&Field::Email).unwrap_or_default()
    }

    /// The value of a field of theirs.
    pub fn field(&self, field: &Field) -> Option<&str> {
        self.listed.member.fields.get(field).map(String::as_str)
    }

    /// Whether they are a member, and no leaver.
    pub fn is_current(&self) -> bool {
        self.standing == Standing::Member
    }
}

/// An open session, whose it is, and what they sign in with.
pub(super) struct Behind {
    pub(super) session: MemberSession,
    pub(super) listed: Listed,
    pub(super) standing: Standing,
    pub(super) credential: Credential,
}

impl Engine {
    /// Which member of the programme is signed in with this token, if anybody is.
    pub async fn member_session(&self, programme: &Programme, token: &str) -> EngineResult<Option<SignedMember>> {
        let Some(behind) = self.behind_session(programme, token, false).await? else { return Ok(None) };
        self.store.note_member_seen(&behind.session, self.now()).await?;
        Ok(Some(SignedMember {
            programme: programme.clone(),
            second_factor: behind.credential.has_second_factor(),
            choices: self.store.choices(programme.number(), behind.listed.member.id).await?,
            listed: behind.listed,
            standing: behind.standing,
            session: behind.session.token_hash,
        }))
    }

    /// The session with this token, unless it has ended or its owner has no access any more.
    pub(super) async fn behind_session(
        &self,
        programme: &Programme,
        token: &str,
        second_factor_due: bool,
    ) -> EngineResult<Option<Behind>> {
        let found = self.store.member_session(programme.number(), &recognised(token)).await?;
        let in_time = |session: &MemberSession| {
            let is_awaited = !second_factor_due || session.created_at > self.now() - SECOND_FACTOR_WAITS;
            session.second_factor_due == second_factor_due && is_awaited && !self.ended().covers_member(session)
        };
        let Some(session) = found.filter(in_time) else { return Ok(None) };
        let member = MemberId(session.member_id);
        let Some(listed) = self.store.member(programme.number(), member).await? else { return Ok(None) };
        let Some(credential) = self.store.credential(programme.number(), member).await? else { return Ok(None) };
        let Some(standing) = self.standing(programme, &listed).await? else { return Ok(None) };
        Ok(Some(Behind { session, listed, standing, credential }))
    }

    /// A session that begins now, and its token.
    pub(super) fn new_member_session(
        &self,
        programme: &Programme,
        member: MemberId,
        second_factor_due: bool,
        origin: &Origin,
    ) -> (MemberSession, Token) {
        let token = self.new_token();
        let session = MemberSession {
            programme_id: programme.id,
            token_hash: recognised(token.as_str()),
            member_id: member.0,
            created_at: self.now(),
            seen_at: self.now(),
            second_factor_due,
            address: origin.address.clone(),
            agent: origin.kept_agent(),
        };
        (session, token)
    }

    /// Ends the session of a member with this token.
    pub async fn sign_member_out(&self, programme: &Programme, token: &str) -> EngineResult<()> {
        Ok(self.store.end_member_session(programme.number(), &recognised(token)).await?)
    }

    /// Where a member is signed in, the last used first.
    pub async fn member_sessions(&self, signed: &SignedMember) -> EngineResult<Vec<SessionView>> {
        let ended = self.ended();
        let sessions = self.store.sessions_of_member(signed.programme.number(), signed.number()).await?;
        let open = sessions.into_iter().filter(|one| !one.second_factor_due && !ended.covers_member(one));
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

    /// Signs a member out everywhere but here; tells in how many places.
    pub async fn end_other_member_sessions(&self, signed: &SignedMember) -> EngineResult<u64> {
        let (programme, member) = (signed.programme.number(), signed.number());
        Ok(self.store.end_other_member_sessions(programme, member, &signed.session).await?)
    }
}
