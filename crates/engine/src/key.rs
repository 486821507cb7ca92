//! The key under which credentials are stored.
//!
//! A sealed secret says which key sealed it, and is bound to the row that it stands in: copied to
//! another row, it cannot be opened.

use std::{fmt, fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use thiserror::Error;
use uuid::Uuid;

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
    /// The secret was sealed under another key.
    #[error(
        "The stored credentials were sealed with another secret key. Put that key back, or enter the credentials again with `rollcall integration apply`."
    )]
    OtherKey,
    /// The sealed secret is damaged, or stands in another row.
    #[error("The stored credentials cannot be opened. Enter them again with `rollcall integration apply`.")]
    Sealed,
}

/// The key of an installation.
#[derive(Clone)]
pub struct SecretKey(std::sync::Arc<SecretBox<[u8; 32]>>);

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey")
    }
}

impl SecretKey {
    /// A key from 64 hexadecimal digits; `place` is where they were found.
    pub fn parse(text: &str, place: &str) -> Result<Self, KeyError> {
        let key = blake3::Hash::from_hex(text.trim()).map_err(|_| KeyError::Form { place: place.to_owned() })?;
        Ok(Self(std::sync::Arc::new(SecretBox::new(Box::new(key.into())))))
    }

    /// The key in a file that only its owner may read; made when it is not there.
    pub fn in_file(path: &Path, world: &dyn World) -> Result<Self, KeyError> {
        let place = path.display().to_string();
        let fails = |error: std::io::Error| KeyError::File { path: place.clone(), detail: error.to_string() };
        if !path.exists() {
            let mut key = [0; 32];
            world.fill(&mut key);
            let digits = blake3::Hash::from_bytes(key).to_hex();
            let created = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
            match created {
                Ok(mut file) => file.write_all(digits.as_bytes()).and_then(|()| file.sync_all()).map_err(fails)?,
                // Another process was first: its key counts.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(fails(error)),
            }
        }
        Self::parse(&fs::read_to_string(path).map_err(fails)?, &place)
    }

    fn id(&self) -> [u8; KEY_ID] {
        let hash = blake3::derive_key("rollcall secret key id", self.0.expose_secret());
        let mut id = [0; KEY_ID];
        id.copy_from_slice(&hash[..KEY_ID]);
        id
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.0.expose_secret().into())
    }

    /// Seals a secret for the row with this number.
    pub fn seal(&self, secret: &SecretString, row: Uuid, world: &dyn World) -> Result<Vec<u8>, KeyError> {
        let mut nonce = [0; NONCE];
        world.fill(&mut nonce);
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: row.as_bytes() };
        let sealed = self.cipher().encrypt(&nonce.into(), payload).map_err(|_| KeyError::Sealed)?;
        Ok([&[VERSION][..], &self.id(), &nonce, &sealed].concat())
    }

    /// An unguessable word for something with a number: the same every time, on every node.
    pub(crate) fn token(&self, purpose: &str, number: Uuid) -> String {
        let key = blake3::derive_key(&format!("rollcall {purpose} token"), self.0.expose_secret());
        blake3::keyed_hash(&key, number.as_bytes()).to_hex()[..40].to_owned()
    }

    /// Unguessable bytes for what carries a number and was made anew so many times: the same every time, on every
    /// node.
    pub(crate) fn mark(&self, purpose: &str, number: Uuid, generation: i32) -> [u8; 32] {
        let key = blake3::derive_key(&format!("rollcall {purpose} mark"), self.0.expose_secret());
        let mut hasher = blake3::Hasher::new_keyed(&key);
        hasher.update(number.as_bytes()).update(&generation.to_be_bytes());
        hasher.finalize().into()
    }

    /// What a text is recognised by without being known: the same every time, on every node, and of no
    /// use to whoever has the database but not the key.
    pub(crate) fn hash(&self, purpose: &str, text: &str) -> String {
        let key = blake3::derive_key(&format!("rollcall {purpose} hash"), self.0.expose_secret());
        blake3::keyed_hash(&key, text.as_bytes()).to_hex().to_string()
    }

    /// Opens what [`SecretKey::seal`] sealed for this row.
    pub fn open(&self, envelope: &[u8], row: Uuid) -> Result<SecretString, KeyError> {
        let (version, rest) = envelope.split_first().ok_or(KeyError::Sealed)?;
        let (id, rest) = rest.split_at_checked(KEY_ID).ok_or(KeyError::Sealed)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(KeyError::Sealed)?;
        if *version != VERSION {
            return Err(KeyError::Sealed);
        }
        if id != self.id() {
            return Err(KeyError::OtherKey);
        }
        let payload = Payload { msg: sealed, aad: row.as_bytes() };
        let secret = self.cipher().decrypt(&(*nonce).into(), payload).map_err(|_| KeyError::Sealed)?;
        String::from_utf8(secret).map(Into::into).map_err(|_| KeyError::Sealed)
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
