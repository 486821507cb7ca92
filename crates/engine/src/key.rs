//! The key under which credentials are stored, and those that it took the place of.
//!
//! A sealed secret says which key sealed it, and is bound to the row that it stands in: copied to
//! another row, it cannot be opened.

mod derived;
mod file;
mod rotate;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use thiserror::Error;
use uuid::Uuid;

pub(crate) use derived::{Derived, purpose};
pub use rotate::{Rotated, Unreadable};

use crate::World;

const VERSION: u8 = 1;
const KEY_ID: usize = 8;
const NONCE: usize = 24;

/// Why a key or a sealed secret cannot be used.
#[derive(Debug, Error)]
pub enum KeyError {
    /// A key is 32 bytes, written as 64 hexadecimal digits.
    #[error(
        "The secret key in {place} is not 64 hexadecimal digits. Put the right one there: without it, stored credentials cannot be read."
    )]
    Form {
        /// Where it was read.
        place: String,
    },
    /// The file cannot be read or written.
    #[error("The secret key file {path} cannot be used: {detail}. Check that this user may read and write it.")]
    File {
        /// Which file.
        path: String,
        /// What the system said.
        detail: String,
    },
    /// Nobody but whoever set it can change a key that stands in the environment.
    #[error(
        "The secret key stands in ROLLCALL_SECRET_KEY, so it is yours to change. Put a new one there (`openssl rand -hex 32` makes one) and the one until now into ROLLCALL_SECRET_KEY_OLD, on every machine; restart Rollcall there; then run this again."
    )]
    InEnvironment,
    /// The secret was sealed under another key.
    #[error(
        "The stored credentials were sealed with another secret key. Put that key back (after the present one, or into ROLLCALL_SECRET_KEY_OLD), or enter the credentials again with `rollcall integration apply`."
    )]
    OtherKey,
    /// The sealed secret is damaged, or stands in another row.
    #[error("The stored credentials cannot be opened. Enter them again with `rollcall integration apply`.")]
    Sealed,
}

/// The keys of an installation: the one that everything is sealed with, and those that sealed something before it.
///
/// Where they stand in a file, they are read again when the file has changed: whoever runs knows a new key at once.
#[derive(Clone)]
pub struct SecretKey(Arc<Keys>);

struct Keys {
    ring: RwLock<Arc<Ring>>,
    file: Option<PathBuf>,
}

/// The keys as they were found, the present one first.
struct Ring {
    keys: Vec<OneKey>,
    /// When the file was written that they stand in, and how long it is.
    written: Option<(SystemTime, u64)>,
}

/// One key.
struct OneKey(SecretBox<[u8; 32]>);

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey")
    }
}

impl SecretKey {
    /// Keys of 64 hexadecimal digits each, with space between, the present one first; `place` is where they were
    /// found.
    pub fn parse(text: &str, place: &str) -> Result<Self, KeyError> {
        Ok(Self::new(Ring::parse(text, place)?, None))
    }

    /// The same, which also opens what older keys sealed: as many as stand in the text.
    pub fn with_older(self, text: &str, place: &str) -> Result<Self, KeyError> {
        if text.trim().is_empty() {
            return Ok(self);
        }
        let mut keys = Vec::new();
        for one in &self.ring().keys {
            keys.push(OneKey(SecretBox::new(Box::new(*one.0.expose_secret()))));
        }
        keys.extend(Ring::parse(text, place)?.keys);
        Ok(Self::new(Ring { keys, written: None }, None))
    }

    fn new(ring: Ring, file: Option<PathBuf>) -> Self {
        Self(Arc::new(Keys { ring: RwLock::new(Arc::new(ring)), file }))
    }

    /// The keys as they are now.
    fn ring(&self) -> Arc<Ring> {
        let known = self.0.ring.read().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(path) = &self.0.file else { return known };
        if file::written(path).is_none_or(|written| Some(written) == known.written) {
            return known;
        }
        match file::read(path) {
            Ok(ring) => {
                let ring = Arc::new(ring);
                *self.0.ring.write().unwrap_or_else(PoisonError::into_inner) = ring.clone();
                ring
            }
            Err(error) => {
                tracing::error!(error = %error, "the keys as they were read before stay in use");
                known
            }
        }
    }

    /// Seals a secret for the row with this number.
    pub fn seal(&self, secret: &SecretString, row: Uuid, world: &dyn World) -> Result<Vec<u8>, KeyError> {
        let mut nonce = [0; NONCE];
        world.fill(&mut nonce);
        let ring = self.ring();
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: row.as_bytes() };
        let sealed = ring.present().cipher().encrypt(&nonce.into(), payload).map_err(|_| KeyError::Sealed)?;
        Ok([&ring.present().mark()[..], &nonce, &sealed].concat())
    }

    /// Opens what [`SecretKey::seal`] sealed for this row, under whichever of the keys.
    pub fn open(&self, envelope: &[u8], row: Uuid) -> Result<SecretString, KeyError> {
        let (version, rest) = envelope.split_first().ok_or(KeyError::Sealed)?;
        let (id, rest) = rest.split_at_checked(KEY_ID).ok_or(KeyError::Sealed)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(KeyError::Sealed)?;
        if *version != VERSION {
            return Err(KeyError::Sealed);
        }
        let ring = self.ring();
        let key = ring.keys.iter().find(|key| key.id() == id).ok_or(KeyError::OtherKey)?;
        let payload = Payload { msg: sealed, aad: row.as_bytes() };
        let secret = key.cipher().decrypt(&(*nonce).into(), payload).map_err(|_| KeyError::Sealed)?;
        String::from_utf8(secret).map(Into::into).map_err(|_| KeyError::Sealed)
    }

    /// What everything begins with that the present key has sealed.
    pub(crate) fn mark_of_present(&self) -> Vec<u8> {
        self.ring().present().mark()
    }

    /// Whether there are keys that sealed something before the present one.
    pub fn has_older(&self) -> bool {
        self.ring().keys.len() > 1
    }

    /// The file that the keys stand in, if it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.0.file.as_deref()
    }

    /// A key for one purpose, made of the present one: the same every time, on every node.
    pub(crate) fn derived(&self, purpose: &str) -> Derived {
        self.ring().present().derived(purpose)
    }

    /// The same, made of each of the older keys; with each its number.
    pub(crate) fn older_derived(&self, purpose: &str) -> Vec<(Uuid, Derived)> {
        let ring = self.ring();
        let older = ring.keys.iter().skip(1);
        older.map(|key| (key.number_of(purpose), key.derived(purpose))).collect()
    }
}

impl Ring {
    fn parse(text: &str, place: &str) -> Result<Self, KeyError> {
        let keys: Result<Vec<OneKey>, KeyError> =
            text.split_whitespace().map(|one| OneKey::parse(one, place)).collect();
        let keys = keys?;
        if keys.is_empty() {
            return Err(KeyError::Form { place: place.to_owned() });
        }
        Ok(Self { keys, written: None })
    }

    fn present(&self) -> &OneKey {
        &self.keys[0]
    }
}

impl OneKey {
    fn parse(digits: &str, place: &str) -> Result<Self, KeyError> {
        let key = blake3::Hash::from_hex(digits).map_err(|_| KeyError::Form { place: place.to_owned() })?;
        Ok(Self(SecretBox::new(Box::new(key.into()))))
    }

    fn id(&self) -> [u8; KEY_ID] {
        let hash = blake3::derive_key("rollcall secret key id", self.0.expose_secret());
        let mut id = [0; KEY_ID];
        id.copy_from_slice(&hash[..KEY_ID]);
        id
    }

    /// What everything begins with that this key has sealed.
    fn mark(&self) -> Vec<u8> {
        [&[VERSION][..], &self.id()].concat()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.0.expose_secret().into())
    }

    fn derived(&self, purpose: &str) -> Derived {
        Derived::new(blake3::derive_key(&format!("rollcall {purpose}"), self.0.expose_secret()))
    }

    /// A number that this key and purpose always have.
    fn number_of(&self, purpose: &str) -> Uuid {
        let mut hasher = blake3::Hasher::new_derive_key("rollcall number of a former key");
        hasher.update(&self.id()).update(purpose.as_bytes());
        let mut number = [0; 16];
        number.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        uuid::Builder::from_custom_bytes(number).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Still;

    impl World for Still {
        fn now(&self) -> jiff::Timestamp {
            jiff::Timestamp::UNIX_EPOCH
        }

        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    fn key(digit: char) -> SecretKey {
        SecretKey::parse(&digit.to_string().repeat(64), "a test").expect("64 digits")
    }

    #[test]
    fn a_secret_opens_with_its_key_in_its_row_only() {
        let (row, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = key('a').seal(&"papi-secret".to_owned().into(), row, &Still).expect("sealed");
        assert!(!sealed.windows(4).any(|window| window == b"papi"));
        assert_eq!(key('a').open(&sealed, row).expect("opened").expose_secret(), "papi-secret");
        assert!(matches!(key('a').open(&sealed, other), Err(KeyError::Sealed)));
        assert!(matches!(key('b').open(&sealed, row), Err(KeyError::OtherKey)));
        assert!(matches!(key('a').open(&sealed[..20], row), Err(KeyError::Sealed)));
    }

    #[test]
    fn a_key_has_one_form() {
        assert!(matches!(SecretKey::parse("abc", "a test"), Err(KeyError::Form { .. })));
        assert!(matches!(SecretKey::parse(&"g".repeat(64), "a test"), Err(KeyError::Form { .. })));
        assert!(matches!(SecretKey::parse(&"é".repeat(32), "a test"), Err(KeyError::Form { .. })));
        assert!(matches!(SecretKey::parse(&"+7".repeat(32), "a test"), Err(KeyError::Form { .. })));
    }
}
