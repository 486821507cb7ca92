//! The second factor of members.

use domain::ids::{MemberId, ProgrammeId};
use secrecy::{ExposeSecret, SecretString};
use store::Credential;
use totp_rs::{Secret, Totp};

use super::{
    SignedMember,
    sign_in::{SIGN_IN, account},
};
use crate::{
    Engine, EngineError, EngineResult, KeyError,
    administrators::{Origin, TotpOffer},
    key::purpose,
    proof::{Admission, CODES, Flaw, builder, failed, offer, plain_code, wrong},
};

impl Engine {
    /// Makes a key for a member's one-time codes. It counts only once a code of it was confirmed; until then the
    /// next one takes its place.
    pub async fn begin_member_totp(&self, signed: &SignedMember) -> EngineResult<TotpOffer> {
        let offer = offer(self.totp_key(), &signed.programme.name, signed.email())?;
        let secret = SecretString::from(offer.secret.clone());
        let sealed = self.key.seal(&secret, signed.number().0, &*self.world)?;
        if !self.store.offer_member_totp(signed.programme.number(), signed.number(), sealed).await? {
            return Err(wrong("code", Flaw::SecondFactorOn));
        }
        Ok(offer)
    }

    /// The key that waits for its first code, to be shown again where that was wrong; none when there is none.
    pub async fn pending_member_totp(&self, signed: &SignedMember) -> EngineResult<Option<TotpOffer>> {
        let credential = self.credential_of(signed).await?;
        if credential.has_second_factor() {
            return Ok(None);
        }
        let secret = self.member_totp_secret(&credential)?;
        secret.map(|secret| offer(secret, &signed.programme.name, signed.email())).transpose()
    }

    /// Switches the second factor on, by the first code of the new key. Gives recovery codes, each good once, which
    /// are never shown again.
    pub async fn confirm_member_totp(&self, signed: &SignedMember, code: &str) -> EngineResult<Vec<String>> {
        let credential = self.credential_of(signed).await?;
        if credential.has_second_factor() {
            return Err(wrong("code", Flaw::SecondFactorOn));
        }
        let totp = self.member_totp(&credential)?.ok_or_else(|| wrong("code", Flaw::SecondFactorNotBegun))?;
        let step = self.time_step(&totp, code).ok_or_else(|| wrong("code", Flaw::CodeWrong))?;
        let (codes, hashes) = self.fresh_member_codes(&credential);
        let (programme, member) = (signed.programme.number(), signed.number());
        if !self.store.confirm_member_totp(programme, member, step, &hashes).await? {
            return Err(wrong("code", Flaw::SecondFactorOn));
        }
        Ok(codes)
    }

    /// Gives new recovery codes, for whoever knows the password; earlier ones no longer count.
    pub async fn renew_member_recovery_codes(
        &self,
        signed: &SignedMember,
        password: &str,
        origin: &Origin,
    ) -> EngineResult<Vec<String>> {
        self.require_member_password(signed, "password", password, origin).await?;
        let (codes, hashes) = self.fresh_member_codes(&self.credential_of(signed).await?);
        let (programme, member) = (signed.programme.number(), signed.number());
        if !self.store.replace_member_recovery_codes(programme, member, &hashes).await? {
            return Err(wrong("password", Flaw::SecondFactorNotBegun));
        }
        Ok(codes)
    }

    /// Switches the second factor off, for whoever knows the password.
    pub async fn disable_member_totp(
        &self,
        signed: &SignedMember,
        password: &str,
        origin: &Origin,
    ) -> EngineResult<()> {
        self.require_member_password(signed, "password", password, origin).await?;
        Ok(self.store.disable_member_totp(signed.programme.number(), signed.number()).await?)
    }

    /// How many recovery codes a member has left.
    pub async fn member_recovery_codes_left(&self, signed: &SignedMember) -> EngineResult<u64> {
        Ok(self.store.member_recovery_codes_left(signed.programme.number(), signed.number()).await?)
    }

    /// Whether a code is the second factor of this member; it is used up thereby.
    pub(super) async fn is_member_second_factor(&self, credential: &Credential, code: &str) -> EngineResult<bool> {
        let (programme, member) = (ProgrammeId(credential.programme_id), MemberId(credential.member_id));
        let Some(totp) = self.member_totp(credential)? else { return Ok(false) };
        if let Some(step) = self.time_step(&totp, code) {
            return Ok(self.store.use_member_step(programme, member, step).await?);
        }
        if self.store.use_member_recovery_code(programme, member, &self.member_code_hash(credential, code)).await? {
            return Ok(true);
        }
        // Codes stay good when the key of the installation was changed.
        for former in self.former_keys(purpose::MEMBER_RECOVERY_CODE).await? {
            let hash = former.hash(&code_of(credential, code));
            if self.store.use_member_recovery_code(programme, member, &hash).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Refuses whoever does not know the member's password.
    pub(super) async fn require_member_password(
        &self,
        signed: &SignedMember,
        field: &'static str,
        password: &str,
        origin: &Origin,
    ) -> EngineResult<()> {
        let key = signed.listed.member.email_key().unwrap_or_default();
        let attempt = match self.attempt(SIGN_IN, &account(&signed.programme, &key), origin).await? {
            Admission::Wait(_) => return Err(wrong(field, Flaw::TooManyAttempts)),
            Admission::Go(attempt) => attempt,
        };
        let credential = self.credential_of(signed).await?;
        if !self.is_password(password, Some(credential.password_hash)).await? {
            return Err(wrong(field, Flaw::PasswordWrong));
        }
        self.attempt_succeeded(&attempt).await
    }

    /// What somebody who is signed in signs in with.
    pub(super) async fn credential_of(&self, signed: &SignedMember) -> EngineResult<Credential> {
        let found = self.store.credential(signed.programme.number(), signed.number()).await?;
        found.ok_or_else(|| EngineError::NotFound {
            what: "This account is not there any more.".to_owned(),
            remedy: "Sign in again.".to_owned(),
        })
    }

    fn member_totp(&self, credential: &Credential) -> EngineResult<Option<Totp>> {
        let Some(secret) = self.member_totp_secret(credential)? else { return Ok(None) };
        builder(secret).build().map(Some).map_err(|error| failed(&error))
    }

    fn member_totp_secret(&self, credential: &Credential) -> EngineResult<Option<Secret>> {
        let Some(sealed) = &credential.totp_secret else { return Ok(None) };
        let text = self.key.open(sealed, credential.member_id)?;
        Secret::try_from_base32(text.expose_secret()).map(Some).map_err(|_| KeyError::Sealed.into())
    }

    /// Recovery codes, and what each is recognised by.
    fn fresh_member_codes(&self, credential: &Credential) -> (Vec<String>, Vec<String>) {
        let codes: Vec<String> = (0..CODES).map(|_| self.recovery_code()).collect();
        let hashes = codes.iter().map(|code| self.member_code_hash(credential, code)).collect();
        (codes, hashes)
    }

    /// What a recovery code is recognised by, however it was typed.
    fn member_code_hash(&self, credential: &Credential, code: &str) -> String {
        self.key.derived(purpose::MEMBER_RECOVERY_CODE).hash(&code_of(credential, code))
    }
}

fn code_of(credential: &Credential, code: &str) -> String {
    format!("{} {}", credential.member_id, plain_code(code))
}
