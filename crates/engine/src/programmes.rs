//! What owners set for a programme as a whole.

use domain::programme::{
    close_down::{self, CloseDown},
    invitations::{self, Invitations},
    retention::{self, Retention},
    settings::{Profile, Settings},
};
use serde::Serialize;
use store::{Programme, StoreError};

use crate::{Actor, Deed, Engine, EngineError, EngineResult, Refusal, SettingError};

impl Engine {
    /// What is set for the programme.
    pub fn programme_settings(&self, programme: &Programme) -> EngineResult<Settings> {
        Ok(serde_json::from_str(&programme.settings).map_err(StoreError::row)?)
    }

    /// Changes how the programme appears to its members. Nothing is changed when an entry is wrong
    /// ([`EngineError::Settings`]).
    pub async fn change_programme(&self, programme: &Programme, wanted: Profile, by: &Actor) -> EngineResult<()> {
        let wanted = wanted.tidy();
        let mistakes = wanted.check();
        if !mistakes.is_empty() {
            return Err(told(mistakes.iter().map(|(entry, flaw)| (entry.as_str(), flaw.as_str()))));
        }
        let programme = self.programme(&programme.slug).await?;
        let settings = self.programme_settings(&programme)?;
        let before = Profile::of(&programme.name, &programme.time_zone, &settings);
        if before == wanted {
            return Ok(());
        }
        let now = Programme {
            name: wanted.name.clone(),
            time_zone: wanted.time_zone.clone(),
            settings: stored(&wanted.settings(&settings))?,
            ..programme.clone()
        };
        self.replace(&programme, &now).await?;
        self.note_changed(&now, by, "programme.changed", before, wanted).await
    }

    /// Changes when leavers are written to and their accounts closed (R60). Nothing is changed when an
    /// entry is wrong ([`EngineError::Settings`]).
    pub async fn change_close_down(
        &self,
        programme: &Programme,
        typed: &close_down::Typed<'_>,
        by: &Actor,
    ) -> EngineResult<()> {
        let wanted = CloseDown::parse(typed)
            .map_err(|mistakes| told(mistakes.iter().map(|(entry, flaw)| (entry.as_str(), flaw.as_str()))))?;
        let programme = self.programme(&programme.slug).await?;
        let settings = self.programme_settings(&programme)?;
        let before = settings.close_down.clone();
        if before == wanted {
            return Ok(());
        }
        let settings = Settings { close_down: wanted.clone(), ..settings };
        let now = Programme { settings: stored(&settings)?, ..programme.clone() };
        self.replace(&programme, &now).await?;
        self.note_changed(&now, by, "programme.close-down-changed", before, wanted).await
    }

    /// Changes how long invitations work and when people are reminded of them. Nothing is changed when an entry is
    /// wrong ([`EngineError::Settings`]).
    pub async fn change_invitations(
        &self,
        programme: &Programme,
        typed: &invitations::Typed<'_>,
        by: &Actor,
    ) -> EngineResult<()> {
        let wanted = Invitations::parse(typed)
            .map_err(|mistakes| told(mistakes.iter().map(|(entry, flaw)| (entry.as_str(), flaw.as_str()))))?;
        let programme = self.programme(&programme.slug).await?;
        let settings = self.programme_settings(&programme)?;
        let before = settings.invitations.clone();
        if before == wanted {
            return Ok(());
        }
        let settings = Settings { invitations: wanted.clone(), ..settings };
        let now = Programme { settings: stored(&settings)?, ..programme.clone() };
        self.replace(&programme, &now).await?;
        self.note_changed(&now, by, "programme.invitations-changed", before, wanted).await
    }

    /// Changes how long it stays known whom imports were about, and what administrators did. Nothing is changed when
    /// an entry is wrong ([`EngineError::Settings`]).
    pub async fn change_retention(
        &self,
        programme: &Programme,
        typed: &retention::Typed<'_>,
        by: &Actor,
    ) -> EngineResult<()> {
        let wanted = Retention::parse(typed)
            .map_err(|mistakes| told(mistakes.iter().map(|(entry, flaw)| (entry.as_str(), flaw.as_str()))))?;
        let programme = self.programme(&programme.slug).await?;
        let settings = self.programme_settings(&programme)?;
        let before = settings.retention.clone();
        if before == wanted {
            return Ok(());
        }
        let settings = Settings { retention: wanted.clone(), ..settings };
        let now = Programme { settings: stored(&settings)?, ..programme.clone() };
        self.replace(&programme, &now).await?;
        self.note_changed(&now, by, "programme.retention-changed", before, wanted).await
    }

    async fn replace(&self, before: &Programme, now: &Programme) -> EngineResult<()> {
        if self.store.replace_programme(before, now).await? {
            return Ok(());
        }
        Err(Refusal::SettingsChanged {}.into())
    }

    async fn note_changed<T: Serialize>(
        &self,
        programme: &Programme,
        by: &Actor,
        action: &str,
        before: T,
        after: T,
    ) -> EngineResult<()> {
        let deed = Deed { action, subject: &programme.name, before: Some(before), after: Some(after) };
        self.note(programme.number(), by, deed).await
    }
}

fn told(mistakes: impl Iterator<Item = (&'static str, &'static str)>) -> EngineError {
    EngineError::Settings(mistakes.map(|(field, code)| SettingError { field, code }).collect())
}

pub(crate) fn stored(settings: &Settings) -> EngineResult<String> {
    Ok(serde_json::to_string(settings).map_err(StoreError::row)?)
}
