//! The second factor of administrators.

use domain::ids::AdministratorId;
use secrecy::{ExposeSecret, SecretString};
use store::Administrator;
use totp_rs::{Secret, Totp};

use super::{Origin, Signed, TotpOffer, sign_in::SIGN_IN};
use crate::{
    Engine, EngineError, EngineResult,
    key::purpose,
    proof::{Admission, CODES, Flaw, builder, failed, offer, plain_code, wrong},
};

/// What authenticators show as the name of the service.
const ISSUER: &str = "Rollcall";

impl Engine {
    /// Makes a key for one-time codes. It counts only once a code of it was confirmed; until then the
    /// next one takes its place.
    pub async fn begin_totp(&self, signed: &Signed) -> EngineResult<TotpOffer> {
        let offer = offer(self.totp_key(), ISSUER, &signed.administrator.email)?;
        let id = signed.administrator.id;
        let sealed = self.key.seal(&SecretString::from(offer.secret.clone()), id.0, &*self.world)?;
        if !self.store.offer_totp(id, sealed).await? {
            return Err(wrong("code", Flaw::SecondFactorOn));
        }
        Ok(offer)
    }

    /// The key that waits for its first code, to be shown again where that was wrong; none when there
    /// is none.
    pub async fn pending_totp(&self, signed: &Signed) -> EngineResult<Option<TotpOffer>> {
        let administrator = self.administrator(signed.administrator.id).await?;
        if administrator.has_second_factor() {
            return Ok(None);
        }
        let secret = self.totp_secret(&administrator)?;
        secret.map(|secret| offer(secret, ISSUER, &administrator.email)).transpose()
    }

    /// Switches the second factor on, by the first code of the new key. Gives recovery codes, each good
    /// once, which are never shown again.
    pub async fn confirm_totp(&self, signed: &Signed, code: &str, origin: &Origin) -> EngineResult<Vec<String>> {
        let administrator = self.administrator(signed.administrator.id).await?;
        if administrator.has_second_factor() {
            return Err(wrong("code", Flaw::SecondFactorOn));
        }
        let totp = self.totp(&administrator)?.ok_or_else(|| wrong("code", Flaw::SecondFactorNotBegun))?;
        let step = self.time_step(&totp, code).ok_or_else(|| wrong("code", Flaw::CodeWrong))?;
        let (codes, hashes) = self.fresh_codes(&administrator);
        if !self.store.confirm_totp(administrator.number(), step, &hashes).await? {
            return Err(wrong("code", Flaw::SecondFactorOn));
        }
        self.note_everywhere(&administrator, "administrator.second-factor-on", origin).await?;
        Ok(codes)
    }

    /// Gives new recovery codes, for whoever knows the password; earlier ones no longer count.
    pub async fn renew_recovery_codes(
        &self,
        signed: &Signed,
        password: &str,
        origin: &Origin,
    ) -> EngineResult<Vec<String>> {
        let administrator = self.administrator(signed.administrator.id).await?;
        self.require_password(&administrator, "password", password, origin).await?;
        let (codes, hashes) = self.fresh_codes(&administrator);
        if !self.store.replace_recovery_codes(administrator.number(), &hashes).await? {
            return Err(wrong("password", Flaw::SecondFactorNotBegun));
        }
        self.note_everywhere(&administrator, "administrator.recovery-codes-renewed", origin).await?;
        Ok(codes)
    }

    /// Switches the second factor off, for whoever knows the password.
    pub async fn disable_totp(&self, signed: &Signed, password: &str, origin: &Origin) -> EngineResult<()> {
        let administrator = self.administrator(signed.administrator.id).await?;
        self.require_password(&administrator, "password", password, origin).await?;
        self.store.disable_totp(administrator.number()).await?;
        self.note_everywhere(&administrator, "administrator.second-factor-off", origin).await
    }

    /// How many recovery codes somebody has left.
    pub async fn recovery_codes_left(&self, signed: &Signed) -> EngineResult<u64> {
        Ok(self.store.recovery_codes_left(signed.administrator.id).await?)
    }

    /// Whether a code is the second factor of this administrator; it is used up thereby.
    pub(super) async fn is_second_factor(&self, administrator: &Administrator, code: &str) -> EngineResult<bool> {
        let Some(totp) = self.totp(administrator)? else { return Ok(false) };
        if let Some(step) = self.time_step(&totp, code) {
            return Ok(self.store.use_step(administrator.number(), step).await?);
        }
        let number = administrator.number();
        if self.store.use_recovery_code(number, &self.code_hash(number, code)).await? {
            return Ok(true);
        }
        // Codes stay good when the key of the installation was changed.
        for former in self.former_keys(purpose::RECOVERY_CODE).await? {
            if self.store.use_recovery_code(number, &former.hash(&code_of(number, code))).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Refuses whoever does not know the administrator's password.
    pub(super) async fn require_password(
        &self,
        administrator: &Administrator,
        field: &'static str,
        password: &str,
        origin: &Origin,
    ) -> EngineResult<()> {
        let attempt = match self.attempt(SIGN_IN, &administrator.email_key, origin).await? {
            Admission::Wait(_) => return Err(wrong(field, Flaw::TooManyAttempts)),
            Admission::Go(attempt) => attempt,
        };
        if !self.is_password(password, administrator.password_hash.clone()).await? {
            return Err(wrong(field, Flaw::PasswordWrong));
        }
        self.attempt_succeeded(&attempt).await
    }

    /// The administrator with this number, who is signed in.
    pub(super) async fn administrator(&self, id: AdministratorId) -> EngineResult<Administrator> {
        let found = self.store.administrator(id).await?;
        found.ok_or_else(|| EngineError::NotFound {
            what: "This administrator was removed.".to_owned(),
            remedy: "Ask an owner of the programme to invite you again.".to_owned(),
        })
    }

    fn totp(&self, administrator: &Administrator) -> EngineResult<Option<Totp>> {
        let Some(secret) = self.totp_secret(administrator)? else { return Ok(None) };
        builder(secret).build().map(Some).map_err(|error| failed(&error))
    }

    fn totp_secret(&self, administrator: &Administrator) -> EngineResult<Option<Secret>> {
        let Some(sealed) = &administrator.totp_secret else { return Ok(None) };
        let text = self.key.open(sealed, administrator.id)?;
        Secret::try_from_base32(text.expose_secret()).map(Some).map_err(|_| crate::KeyError::Sealed.into())
    }

    /// Recovery codes, and what each is recognised by.
    fn fresh_codes(&self, administrator: &Administrator) -> (Vec<String>, Vec<String>) {
        let codes: Vec<String> = (0..CODES).map(|_| self.recovery_code()).collect();
        let hashes = codes.iter().map(|code| self.code_hash(administrator.number(), code)).collect();
        (codes, hashes)
    }

    /// What a recovery code is recognised by, however it was typed.
    fn code_hash(&self, administrator: AdministratorId, code: &str) -> String {
        self.key.derived(purpose::RECOVERY_CODE).hash(&code_of(administrator, code))
    }
}

fn code_of(administrator: AdministratorId, code: &str) -> String {
    format!("{administrator} {}", plain_code(code))
}
