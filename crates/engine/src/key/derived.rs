//! Keys for one purpose each: for links, codes and hashes that are made anew rather than stored.

use std::fmt;

use blake3::Hash;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::KeyError;

/// What keys are made for. What is made with those in [`purpose::LASTING`] is recognised after the key was changed.
pub(crate) mod purpose {
    /// Recovery codes of administrators.
    pub(crate) const RECOVERY_CODE: &str = "recovery code hash";
    /// Recovery codes of members.
    pub(crate) const MEMBER_RECOVERY_CODE: &str = "member recovery code hash";
    /// Links of invitations.
    pub(crate) const INVITATION: &str = "invitation mark";
    /// Codes in printed letters.
    pub(crate) const LETTER: &str = "letter mark";
    /// What those are recognised by.
    pub(crate) const LETTER_CODE: &str = "letter code hash";
    /// Addresses that a mail server refused.
    pub(crate) const REFUSED_ADDRESS: &str = "refused address hash";
    /// Links in mails to administrators: an invitation, a new password.
    pub(crate) const ADMINISTRATOR_INVITATION: &str = "administrator-invitation token";
    pub(crate) const ADMINISTRATOR_RESET: &str = "administrator-reset token";
    /// Links for a member's new password.
    pub(crate) const MEMBER_RESET: &str = "member-reset token";
    /// Links that confirm a member's personal address.
    pub(crate) const CONFIRM_ADDRESS: &str = "confirm-address token";
    /// How often somebody guessed. A new key forgets that.
    pub(crate) const ATTEMPT: &str = "attempt hash";

    /// What is still to be recognised when the key was changed.
    pub(crate) const LASTING: [&str; 10] = [
        RECOVERY_CODE,
        MEMBER_RECOVERY_CODE,
        INVITATION,
        LETTER,
        LETTER_CODE,
        REFUSED_ADDRESS,
        ADMINISTRATOR_INVITATION,
        ADMINISTRATOR_RESET,
        MEMBER_RESET,
        CONFIRM_ADDRESS,
    ];
}

/// A key for one purpose.
#[derive(Clone)]
pub(crate) struct Derived([u8; 32]);

impl fmt::Debug for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Derived")
    }
}

impl Derived {
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// An unguessable word for something with a number: the same every time, on every node.
    pub(crate) fn token(&self, number: Uuid) -> String {
        blake3::keyed_hash(&self.0, number.as_bytes()).to_hex()[..40].to_owned()
    }

    /// Unguessable bytes for what carries a number and was made anew so many times.
    pub(crate) fn mark(&self, number: Uuid, generation: i32) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(number.as_bytes()).update(&generation.to_be_bytes());
        hasher.finalize().into()
    }

    /// What a text is recognised by without being known: of no use to whoever has the database but not the key.
    pub(crate) fn hash(&self, text: &str) -> String {
        blake3::keyed_hash(&self.0, text.as_bytes()).to_hex().to_string()
    }

    /// The key itself, to be sealed.
    pub(super) fn digits(&self) -> SecretString {
        Hash::from_bytes(self.0).to_hex().to_string().into()
    }

    pub(super) fn from_digits(digits: &SecretString) -> Result<Self, KeyError> {
        Hash::from_hex(digits.expose_secret()).map(|hash| Self(hash.into())).map_err(|_| KeyError::Sealed)
    }
}
