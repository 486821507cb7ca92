//! How members sign in: by password, then the second factor where there is one. Each step gives a new token.

use domain::email;
use store::Programme;
use uuid::Uuid;

use super::sessions::Behind;
use crate::{
    Engine, EngineResult,
    administrators::{CODE, Origin, PASSWORD, SignIn},
    proof::Admission,
};

/// What attempts at members' passwords are counted as.
pub(super) const SIGN_IN: &str = "member sign-in";
/// What lines in the log call the door of members.
const DOOR: &str = "members";
const SECOND_FACTOR: &str = "member second-factor";

impl Engine {
    /// Signs a member of the programme in by e-mail address and password.
    pub async fn sign_member_in(
        &self,
        programme: &Programme,
        address: &str,
        password: &str,
        origin: &Origin,
    ) -> EngineResult<SignIn> {
        let (came, who) = self.member_enters(programme, address, password, origin).await?;
        Ok(came.noted(DOOR, PASSWORD, who))
    }

    async fn member_enters(
        &self,
        programme: &Programme,
        address: &str,
        password: &str,
        origin: &Origin,
    ) -> EngineResult<(SignIn, Option<Uuid>)> {
        let key = email::key(address);
        let attempt = match self.attempt(SIGN_IN, &account(programme, &key), origin).await? {
            Admission::Wait(seconds) => return Ok((SignIn::Wait { seconds }, None)),
            Admission::Go(attempt) => attempt,
        };
        let mut known = None;
        if let Some(member) = self.store.members_by_email(programme.number(), &[&key]).await?.remove(&key)
            && let Some(listed) = self.store.member(programme.number(), member.id).await?
            && self.standing(programme, &listed).await?.is_some()
        {
            known = self.store.credential(programme.number(), member.id).await?.map(|credential| (member, credential));
        }
        let hash = known.as_ref().map(|(_, credential)| credential.password_hash.clone());
        let is_right = self.is_password(password, hash).await?;
        let Some((member, credential)) = known.filter(|_| is_right) else { return Ok((SignIn::Refused, None)) };
        self.attempt_succeeded(&attempt).await?;
        let due = credential.has_second_factor();
        let (session, token) = self.new_member_session(programme, member.id, due, origin);
        self.store.begin_member_session(&session, None, self.ended()).await?;
        Ok((if due { SignIn::SecondFactor(token) } else { SignIn::In(token) }, Some(member.id.0)))
    }

    /// Whether this token's owner gave the right password and still owes the second factor.
    pub async fn member_owes_second_factor(&self, programme: &Programme, token: &str) -> EngineResult<bool> {
        Ok(self.behind_session(programme, token, true).await?.is_some())
    }

    /// Goes on with a member's sign-in by a one-time code, or by a recovery code, which is used up.
    pub async fn member_second_factor(
        &self,
        programme: &Programme,
        token: &str,
        code: &str,
        origin: &Origin,
    ) -> EngineResult<SignIn> {
        let Some(behind) = self.behind_session(programme, token, true).await? else {
            return Ok(SignIn::Expired.noted(DOOR, CODE, None));
        };
        let came = self.member_enters_with_code(programme, &behind, code, origin).await?;
        Ok(came.noted(DOOR, CODE, Some(behind.listed.member.id.0)))
    }

    async fn member_enters_with_code(
        &self,
        programme: &Programme,
        behind: &Behind,
        code: &str,
        origin: &Origin,
    ) -> EngineResult<SignIn> {
        let member = behind.listed.member.id;
        let attempt = match self.attempt(SECOND_FACTOR, &account(programme, &member.to_string()), origin).await? {
            Admission::Wait(seconds) => return Ok(SignIn::Wait { seconds }),
            Admission::Go(attempt) => attempt,
        };
        if !self.is_member_second_factor(&behind.credential, code).await? {
            return Ok(SignIn::Refused);
        }
        self.attempt_succeeded(&attempt).await?;
        let (new, token) = self.new_member_session(programme, member, false, origin);
        let begun = self.store.begin_member_session(&new, Some(&behind.session.token_hash), self.ended()).await?;
        Ok(if begun { SignIn::In(token) } else { SignIn::Expired })
    }
}

/// What a member's attempts are counted by: the same address may be known to several programmes.
pub(super) fn account(programme: &Programme, who: &str) -> String {
    format!("{} {who}", programme.id)
}
