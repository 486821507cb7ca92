//! Programmes as a whole, for whoever runs the installation: made, listed, suspended, exported, deleted.

mod delete;
mod export;

use domain::{language::Language, programme::settings::Settings};
use store::Programme;
pub use store::customers::{Census, Listed};

pub use export::Exported;

use crate::{
    Actor, Deed, Engine, EngineResult, Refusal,
    administrators::entries::{check_programme_name, check_slug, check_time_zone},
    programmes::stored,
    proof::Flaws,
};

/// A programme to be made. Fields of errors go by the names of the command's options.
#[derive(Debug, Clone)]
pub struct NewProgramme {
    /// Its name in addresses and commands.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// The zone in which its days begin.
    pub time_zone: String,
    /// The language of members who have none of their own.
    pub language: Language,
}

impl Engine {
    /// Makes a programme that nobody looks after yet.
    pub async fn create_programme(&self, new: &NewProgramme, by: &Actor) -> EngineResult<Programme> {
        let mut flaws = Flaws::default();
        flaws.note("short name", check_slug(&new.key));
        flaws.note("name", check_programme_name(&new.name));
        flaws.note("time-zone", check_time_zone(&new.time_zone));
        flaws.result()?;
        let settings = Settings { language: new.language, ..Settings::default() };
        let programme = Programme {
            id: self.new_id(),
            slug: new.key.clone(),
            name: new.name.trim().to_owned(),
            time_zone: new.time_zone.clone(),
            settings: stored(&settings)?,
            created_at: self.now(),
            suspended_at: None,
        };
        if !self.store.add_programme(&programme).await? {
            return Err(Refusal::KeyTaken { programme: programme.slug }.into());
        }
        self.note(programme.number(), by, Deed::new("programme.created", &programme.slug)).await?;
        Ok(programme)
    }

    /// All programmes with what a list shows of them, by key.
    pub async fn list_programmes(&self) -> EngineResult<Vec<Listed>> {
        Ok(self.store.list_programmes().await?)
    }

    /// What the programme holds, in numbers.
    pub async fn census(&self, programme: &Programme) -> EngineResult<Census> {
        Ok(self.store.census(programme.number()).await?)
    }

    /// Lets the programme stand still: no import starts, no mail or event goes out, nobody's close-down goes on, and
    /// its pages say so. Nothing is lost; an import that is making changes finishes (R30).
    pub async fn suspend(&self, programme: &Programme, by: &Actor) -> EngineResult<()> {
        if !self.store.suspend(programme.number(), self.now()).await? {
            return Err(Refusal::SuspendedAlready { programme: programme.slug.clone() }.into());
        }
        self.note(programme.number(), by, Deed::new("programme.suspended", &programme.slug)).await
    }

    /// Lets the programme go on where it stood.
    pub async fn resume_programme(&self, programme: &Programme, by: &Actor) -> EngineResult<()> {
        if !self.store.resume(programme.number()).await? {
            return Err(Refusal::NotSuspended { programme: programme.slug.clone() }.into());
        }
        self.wake.imports.notify_one();
        self.note(programme.number(), by, Deed::new("programme.resumed", &programme.slug)).await
    }

    /// Refuses what would begin something in a programme that stands still, as it is stored now.
    pub(crate) async fn check_in_operation(&self, programme: &Programme) -> EngineResult<()> {
        let now = self.store.programme_by_number(programme.number()).await?;
        if now.is_some_and(|now| now.is_suspended()) {
            return Err(Refusal::ProgrammeSuspended { programme: programme.slug.clone() }.into());
        }
        Ok(())
    }
}
