//! Temporary until accounts land.
use crate::{Engine, EngineResult};
use domain::roles::Role;
use store::Programme;

/// An administrator.
#[derive(Debug, Clone)]
pub struct AdministratorView {
    /// Number.
    pub id: uuid::Uuid,
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Language.
    pub language: String,
}

/// Signed in.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Who.
    pub administrator: AdministratorView,
    /// Where.
    pub programmes: Vec<(Programme, Role)>,
}

impl Engine {
    /// Session.
    pub async fn session(&self, _: &str) -> EngineResult<Option<Signed>> {
        Ok(None)
    }
    /// Waiting.
    pub async fn waiting(&self, _: &Programme) -> EngineResult<u64> {
        Ok(0)
    }
    /// Address.
    pub fn public_url(&self) -> &str {
        &self.settings.public_url
    }
}
