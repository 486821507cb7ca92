//! The second factor: one-time codes by the clock, and recovery codes for when the telephone is lost.

use totp_rs::{Builder, Secret, Totp, TotpError};

use crate::{Engine, EngineError, EngineResult};

/// How many recovery codes there are.
pub(crate) const CODES: usize = 10;

/// The letters and digits of codes that people type: none that is easily taken for another.
pub(super) const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// How long half a recovery code is.
const HALF: usize = 5;

/// What an authenticator is given.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpOffer {
    /// The key, for typing.
    pub secret: String,
    /// The same with its names, for a QR code.
    pub url: String,
}

impl Engine {
    /// A key for one-time codes.
    pub(crate) fn totp_key(&self) -> Secret {
        let mut bytes = [0; 20];
        self.world.fill(&mut bytes);
        Secret::from(bytes.to_vec())
    }

    /// The step that a code is of, if it is of one just before, at or just after now.
    pub(crate) fn time_step(&self, totp: &Totp, code: &str) -> Option<i64> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let seconds = u64::try_from(self.world.now().as_second()).ok()?;
        totp.check(&code, seconds).and_then(|step| i64::try_from(step).ok())
    }

    /// Such as `k7q2m-x0dfp`: 50 unpredictable bits.
    pub(crate) fn recovery_code(&self) -> String {
        let mut bytes = [0; 2 * HALF];
        self.world.fill(&mut bytes);
        let letters = letters(&bytes);
        format!("{}-{}", &letters[..HALF], &letters[HALF..])
    }
}

/// One letter or digit for each byte.
pub(crate) fn letters(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

/// A code however it was typed: small letters and digits.
pub(crate) fn plain_code(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The key in the two forms that an authenticator takes, which shows it under the names of the service and of the
/// account.
pub(crate) fn offer(secret: Secret, issuer: &str, account: &str) -> EngineResult<TotpOffer> {
    let text = secret.to_base32();
    // A colon parts the issuer from the account.
    let plain = |name: &str| name.replace(':', " ");
    let totp = builder(secret).with_issuer(Some(plain(issuer))).with_account_name(plain(account)).build();
    let url = totp.and_then(|totp| totp.to_url()).map_err(|error| failed(&error))?;
    Ok(TotpOffer { secret: text, url })
}

/// Six digits, 30 seconds, one step either way: what every authenticator can do.
pub(crate) fn builder(secret: Secret) -> Builder {
    Builder::new().with_digits(6).with_step_duration(30).with_skew(1).with_secret(secret)
}

pub(crate) fn failed(error: &TotpError) -> EngineError {
    EngineError::Refused { what: format!("The key for one-time codes cannot be used: {error}."), remedy: String::new() }
}
