//! Who asks for a page.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use domain::{
    ids::ImportId,
    roles::{Action, Role},
};
use engine::{
    Actor, EngineResult,
    administrators::{Origin, Place, Signed},
};
use store::{Import, Integration, Programme, Restore};
use uuid::Uuid;

use crate::{
    Web,
    failure::Failure,
    page::Shell,
    when::Clock,
    words::{Language, Words},
};

/// Whoever asks, signed in or not.
#[derive(Clone)]
pub(crate) struct Visitor {
    /// Who is signed in, if somebody is.
    pub(crate) signed: Option<Signed>,
    /// The words they are answered in.
    pub(crate) words: Words,
    /// The network address they ask from.
    pub(crate) address: String,
    /// What their browser calls itself.
    pub(crate) agent: String,
    /// What they asked for.
    pub(crate) path: String,
}

/// An administrator in one of their programmes, let in by their role.
#[derive(Clone)]
pub(crate) struct Manager {
    pub(crate) web: Web,
    pub(crate) signed: Signed,
    pub(crate) programme: Programme,
    pub(crate) role: Role,
    pub(crate) words: Words,
    /// Tells times in the programme's zone.
    pub(crate) clock: Clock,
    /// How many things wait for an administrator.
    pub(crate) waiting: u64,
    /// The restore that holds the installation, if one does.
    pub(crate) restored: Option<Restore>,
    address: String,
    path: String,
}

impl Visitor {
    /// Somebody of whom nothing is known but their language.
    pub(crate) fn unknown(language: Language) -> Self {
        Self {
            signed: None,
            words: Words::new(language),
            address: String::new(),
            agent: String::new(),
            path: String::new(),
        }
    }

    /// Where they ask from.
    pub(crate) fn origin(&self) -> Origin {
        Origin { address: (!self.address.is_empty()).then(|| self.address.clone()), agent: self.agent.clone() }
    }
}

impl Manager {
    pub(super) async fn new(web: &Web, visitor: &Visitor, signed: &Signed, place: &Place) -> EngineResult<Self> {
        let programme = &place.programme;
        Ok(Self {
            web: web.clone(),
            signed: signed.clone(),
            programme: programme.clone(),
            role: place.role,
            words: visitor.words,
            clock: Clock::new(visitor.words, &programme.time_zone, web.engine.now()),
            waiting: web.engine.waiting(programme).await?,
            restored: web.engine.restored().await?,
            address: visitor.address.clone(),
            path: visitor.path.clone(),
        })
    }

    /// As whom they act.
    pub(crate) fn actor(&self) -> Actor {
        self.signed.actor(Some(self.address.clone()))
    }

    /// Whether their role may do this.
    pub(crate) fn may(&self, action: Action) -> bool {
        self.role.may(action)
    }

    /// An address within the programme: `self.at("integrations")`.
    pub(crate) fn at(&self, path: impl std::fmt::Display) -> String {
        format!("/manage/{}/{path}", self.programme.slug)
    }

    /// The frame of a page with this title.
    pub(crate) fn shell(&self, title: impl Into<String>) -> Shell {
        Shell::new(self, title.into(), &self.path)
    }

    /// The programme's integration with this HR system.
    pub(crate) async fn integration(&self, source: &str) -> Result<Integration, Failure> {
        let found = self.web.engine.store().integration(self.programme.number(), source).await?;
        found.ok_or_else(Failure::not_found)
    }

    /// An import of this programme; another programme's is not there.
    pub(crate) async fn import(&self, id: Uuid) -> Result<Import, Failure> {
        let found = self.web.engine.store().import(ImportId(id)).await?;
        found.filter(|import| import.programme_id == self.programme.id).ok_or_else(Failure::not_found)
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Failure::broken("a page without a door"))
    }
}

impl<S: Sync> FromRequestParts<S> for Manager {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Failure::broken("a page that names no role"))
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Manager {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Failure> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}
