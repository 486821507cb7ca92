//! Signing in: the password, then the second factor where there is one. Each step gives a new token.

use domain::email;
use store::{Administrator, Session};
use uuid::Uuid;

use super::{Origin, Token};
use crate::{Engine, EngineResult, proof::Admission};

/// What attempts at passwords are counted as.
pub(super) const SIGN_IN: &str = "sign-in";
pub(super) const SECOND_FACTOR: &str = "second-factor";

/// What lines in the log call the portal's door, and the proofs that somebody shows there.
const DOOR: &str = "portal";
pub(crate) const PASSWORD: &str = "password";
pub(crate) const CODE: &str = "one-time or recovery code";

/// What came of an attempt to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// Signed in, with this token.
    In(Token),
    /// The password was right; with this token, the second factor is asked for next.
    SecondFactor(Token),
    /// Something was wrong. Nothing tells what.
    Refused,
    /// There were too many attempts.
    Wait {
        /// How long to wait.
        seconds: u64,
    },
    /// The second factor took too long: begin with the password again.
    Expired,
}

impl SignIn {
    /// Leaves a line in the log about an attempt: at which door, by which proof, and what came of it. `who` is the
    /// number of the account, known once a password was right; nothing that was entered is told.
    pub(crate) fn noted(self, door: &'static str, proof: &'static str, who: Option<Uuid>) -> Self {
        let who = who.map(|who| tracing::field::display(who.to_string()));
        match &self {
            Self::In(_) => tracing::info!(door, proof, who, "signed in"),
            Self::SecondFactor(_) => tracing::info!(door, proof, who, "half signed in: the second factor is asked for"),
            Self::Refused => tracing::warn!(door, proof, who, "not signed in: refused"),
            Self::Wait { seconds } => tracing::warn!(door, proof, who, seconds, "not signed in: too many attempts"),
            Self::Expired => tracing::info!(door, proof, who, "not signed in: it took too long"),
        }
        self
    }
}

impl Engine {
    /// Signs somebody in by e-mail address and password.
    pub async fn sign_in(&self, address: &str, password: &str, origin: &Origin) -> EngineResult<SignIn> {
        let (came, who) = self.enter(address, password, origin).await?;
        Ok(came.noted(DOOR, PASSWORD, who))
    }

    async fn enter(&self, address: &str, password: &str, origin: &Origin) -> EngineResult<(SignIn, Option<Uuid>)> {
        let key = email::key(address);
        let attempt = match self.attempt(SIGN_IN, &key, origin).await? {
            Admission::Wait(seconds) => return Ok((SignIn::Wait { seconds }, None)),
            Admission::Go(attempt) => attempt,
        };
        let known = self.store.administrator_by_email(&key).await?;
        let hash = known.as_ref().and_then(|known| known.password_hash.clone());
        let is_right = self.is_password(password, hash).await?;
        let Some(administrator) = known.filter(|_| is_right) else { return Ok((SignIn::Refused, None)) };
        self.attempt_succeeded(&attempt).await?;
        let due = administrator.has_second_factor();
        let (session, token) = self.new_session(administrator.number(), due, origin);
        self.store.begin_session(&session, None, self.ended()).await?;
        Ok((if due { SignIn::SecondFactor(token) } else { SignIn::In(token) }, Some(administrator.id)))
    }

    /// Goes on with a sign-in by a one-time code, or by a recovery code, which is used up.
    pub async fn second_factor(&self, token: &str, code: &str, origin: &Origin) -> EngineResult<SignIn> {
        let Some((session, administrator)) = self.open_session(token, true).await? else {
            return Ok(SignIn::Expired.noted(DOOR, CODE, None));
        };
        let came = self.enter_with_code(&session, &administrator, code, origin).await?;
        Ok(came.noted(DOOR, CODE, Some(administrator.id)))
    }

    async fn enter_with_code(
        &self,
        session: &Session,
        administrator: &Administrator,
        code: &str,
        origin: &Origin,
    ) -> EngineResult<SignIn> {
        let account = administrator.id.to_string();
        let attempt = match self.attempt(SECOND_FACTOR, &account, origin).await? {
            Admission::Wait(seconds) => return Ok(SignIn::Wait { seconds }),
            Admission::Go(attempt) => attempt,
        };
        if !self.is_second_factor(administrator, code).await? {
            return Ok(SignIn::Refused);
        }
        self.attempt_succeeded(&attempt).await?;
        let (new, token) = self.new_session(administrator.number(), false, origin);
        let begun = self.store.begin_session(&new, Some(&session.token_hash), self.ended()).await?;
        Ok(if begun { SignIn::In(token) } else { SignIn::Expired })
    }
}
