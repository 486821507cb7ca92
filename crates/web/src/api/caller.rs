//! The door of the API: which token is shown, and whether it is good for what is asked.

use axum::{
    body::Body,
    extract::{FromRequestParts, Request},
    http::{header, request::Parts},
    middleware::Next,
    response::Response,
};
use domain::{ids::ImportId, scope::Scope};
use engine::{Actor, administrators::TokenSession};
use store::{Import, Integration, Programme};
use uuid::Uuid;

use super::problem::{Kind, Problem};
use crate::{Web, access};

/// A program that has shown a good token.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(super) web: Web,
    pub(super) program: TokenSession,
    address: String,
}

/// Lets a program through to what it asked for, or says why not.
pub(crate) async fn door(web: &Web, scope: Scope, mut parts: Parts, body: Body, next: Next) -> Response {
    match caller(web, scope, &parts).await {
        Ok(caller) => parts.extensions.insert(caller),
        Err(problem) => return problem.told(web),
    };
    let mut response = next.run(Request::from_parts(parts, body)).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem.told(web),
        None => response,
    }
}

async fn caller(web: &Web, scope: Scope, parts: &Parts) -> Result<Caller, Problem> {
    let shown = access::text(&parts.headers, &header::AUTHORIZATION);
    let token = shown.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else {
        let detail = "Send a token of this programme in the header `Authorization: Bearer …`.";
        return Err(Problem::new(Kind::TokenMissing, detail));
    };
    let Some(program) = web.engine.token(token.trim()).await? else {
        let detail = "It is unknown, has ended or was revoked. Make a new one in the settings.";
        return Err(Problem::new(Kind::TokenRefused, detail));
    };
    web.house.rates.ask(program.id, web.engine.now()).map_err(|seconds| {
        web.house.meters.refused("rate");
        Problem::too_often(seconds)
    })?;
    if program.programme.is_suspended() {
        let detail = "Nothing runs in it, and nothing is lost. Whoever runs this server lets it go on; try again then.";
        return Err(Problem::new(Kind::Suspended, detail));
    }
    if !program.may(scope) {
        tracing::warn!(token = %program.id, ?scope, "not let in: not in the token's scopes");
        return Err(Problem::scope_missing(scope));
    }
    Ok(Caller { web: web.clone(), program, address: access::address(parts) })
}

impl Caller {
    /// The programme that the token belongs to.
    pub(super) fn programme(&self) -> &Programme {
        &self.program.programme
    }

    /// As whom they act.
    pub(super) fn actor(&self) -> Actor {
        self.program.actor((!self.address.is_empty()).then(|| self.address.clone()))
    }

    /// The programme's integrations.
    pub(super) async fn integrations(&self) -> Result<Vec<Integration>, Problem> {
        Ok(self.web.engine.store().integrations(self.programme().number()).await?)
    }

    /// The programme's integration with this HR system.
    pub(super) async fn integration(&self, source: &str) -> Result<Integration, Problem> {
        let found = self.web.engine.store().integration(self.programme().number(), source).await?;
        found.ok_or_else(|| Problem::not_found("The programme has no integration with this HR system."))
    }

    /// An import of this programme; another programme's is not there.
    pub(super) async fn import(&self, id: &str) -> Result<Import, Problem> {
        let id = Uuid::try_parse(id).map_err(|_| Problem::not_found("This is no number of an import."))?;
        Ok(self.web.engine.import_of(self.programme().number(), ImportId(id)).await?)
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let caller = parts.extensions.get::<Self>().cloned();
        caller.ok_or_else(|| Problem::new(Kind::TokenMissing, "This address has no door."))
    }
}
