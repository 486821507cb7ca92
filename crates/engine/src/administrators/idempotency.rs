//! A request that a program sends twice, not knowing whether the first arrived, is done once.

use domain::ids::ImportId;

use super::TokenSession;
use crate::{Engine, EngineResult};

/// What is known of a request with this key, within a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remembered {
    /// Nothing: it is to be done.
    New,
    /// It was done, and started this import.
    Done(ImportId),
    /// The key came with another request.
    Conflict,
}

impl Engine {
    /// What became of a request that came with this key; `print` tells one request from another.
    pub async fn remembered(&self, program: &TokenSession, key: &str, print: &str) -> EngineResult<Remembered> {
        let found = self.store.remembered(program.programme.number(), program.id, key, self.now()).await?;
        Ok(match found {
            None => Remembered::New,
            Some(found) if found.request_print == print => Remembered::Done(ImportId(found.import_id)),
            Some(_) => Remembered::Conflict,
        })
    }

    /// Remembers that a request with this key started an import.
    pub async fn remember(&self, program: &TokenSession, key: &str, print: &str, import: ImportId) -> EngineResult<()> {
        let programme = program.programme.number();
        Ok(self.store.remember(programme, program.id, key, print, import, self.now()).await?)
    }
}
