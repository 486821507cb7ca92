//! Passwords are kept as Argon2id hashes, which take memory and time to try.

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use domain::password::{self, Owner};

use super::Flaw;
use crate::{Engine, EngineError, EngineResult};

/// What a password costs, as OWASP recommends: 19 MiB, two passes, one lane.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Nobody chose a longer password; hashing one would only take time.
const LONGEST_BYTES: usize = 4 * password::LONGEST;

/// Whether a password is good enough for its owner.
pub(crate) fn check_password(password: &str, owner: &Owner<'_>) -> Result<(), Flaw> {
    if password.is_empty() {
        return Err(Flaw::Missing);
    }
    password::check(password, owner).map_err(Flaw::from)
}

fn argon2() -> Result<Argon2<'static>, argon2::Error> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(MEMORY, PASSES, LANES, None)?))
}

fn failed(error: impl std::fmt::Display) -> EngineError {
    EngineError::Refused { what: format!("The password could not be processed: {error}."), remedy: "Try again.".into() }
}

impl Engine {
    /// What the password is checked by from now on.
    pub(crate) async fn hash_password(&self, password: &str) -> EngineResult<String> {
        let mut salt = [0; 16];
        self.world.fill(&mut salt);
        let password = password::normal(password);
        self.hashing(move || {
            let hash: PasswordHash =
                argon2().map_err(failed)?.hash_password_with_salt(password.as_bytes(), &salt).map_err(failed)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password is the one that was hashed. Without a hash it never is, but it takes as long
    /// to say so: nobody learns from the clock who is known.
    pub(crate) async fn is_password(&self, password: &str, hash: Option<String>) -> EngineResult<bool> {
        if password.len() > LONGEST_BYTES {
            return Ok(false);
        }
        let password = password::normal(password);
        self.hashing(move || {
            let argon2 = argon2().map_err(failed)?;
            if let Some(hash) = hash {
                return Ok(argon2.verify_password(password.as_bytes(), hash.as_str()).is_ok());
            }
            let mut nothing = [0; 32];
            argon2.hash_password_into(password.as_bytes(), &[0; 16], &mut nothing).map_err(failed)?;
            Ok(false)
        })
        .await
    }

    /// Does the work beside everything else, and not more of it at once than memory and cores allow.
    async fn hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> EngineResult<T> + Send + 'static,
    ) -> EngineResult<T> {
        let turn = Arc::clone(&self.hashers).acquire_owned().await.map_err(failed)?;
        // The turn goes with the work: whoever no longer waits for it does not make room for more.
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        done.await.map_err(failed)?
    }
}
