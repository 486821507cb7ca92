//! What administrators change about themselves.

use domain::language::Language;
use store::Administrator;

use super::{Origin, Signed, entries::check_name};
use crate::{Engine, EngineResult, proof::wrong};

impl Engine {
    /// Gives somebody another name and language.
    pub async fn update_profile(&self, signed: &Signed, name: &str, language: Language) -> EngineResult<()> {
        check_name(name).map_err(|flaw| wrong("name", flaw))?;
        let administrator = Administrator {
            name: name.trim().to_owned(),
            language: language.as_str().to_owned(),
            updated_at: self.now(),
            ..self.administrator(signed.administrator.id).await?
        };
        Ok(self.store.save_administrator(&administrator).await?)
    }

    /// Gives somebody who knows the password another one, and signs them out everywhere else. Errors
    /// are of the fields `current` and `password`.
    pub async fn change_password(
        &self,
        signed: &Signed,
        current: &str,
        password: &str,
        origin: &Origin,
    ) -> EngineResult<()> {
        let administrator = self.administrator(signed.administrator.id).await?;
        self.require_password(&administrator, "current", current, origin).await?;
        self.check_new_password(&administrator, password).await?;
        let hash = Some(self.hash_password(password).await?);
        let administrator = Administrator { password_hash: hash, updated_at: self.now(), ..administrator };
        self.store.save_administrator(&administrator).await?;
        self.store.end_other_sessions(administrator.number(), signed.session()).await?;
        self.note_everywhere(&administrator, "administrator.password-changed", origin).await
    }
}
