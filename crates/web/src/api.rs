//! The API under `/api/v1`: what the portal does with integrations, imports and members, for programs.
//!
//! A program shows a token, which belongs to one programme: it cannot name another. What it gets is
//! described by [`document`], made from the code.

pub(crate) mod asked;
mod caller;
mod document;
mod imports;
mod integrations;
mod members;
mod people;
mod problem;
mod rate;
mod start;

use axum::response::Response;
use domain::scope::Scope;
#[cfg(test)]
pub(crate) use problem::CODES;

pub(crate) use caller::door;
pub(crate) use rate::Rates;

use crate::{
    Web,
    failure::Failure,
    routes::{Access, Route, get, post},
};
use problem::{Kind, Problem};

/// The addresses of the API.
pub(crate) fn routes() -> Vec<Route> {
    let (integrations, imports) = (Access::Token(Scope::ReadIntegrations), Access::Token(Scope::ReadImports));
    let (run, members) = (Access::Token(Scope::RunImports), Access::Token(Scope::ReadMembers));
    vec![
        get("/api/openapi.json", Access::Public, document::serve),
        get("/api/v1/integrations", integrations, integrations::list),
        get("/api/v1/integrations/{source}", integrations, integrations::show),
        post("/api/v1/integrations/{source}/imports", run, start::start),
        get("/api/v1/imports", imports, imports::list),
        get("/api/v1/imports/{id}", imports, imports::show),
        get("/api/v1/imports/{id}/changes", imports, people::changes),
        get("/api/v1/imports/{id}/problems", imports, people::problems),
        get("/api/v1/members", members, members::list),
        get("/api/v1/members/{id}", members, members::show),
        get("/api/v1/members/{id}/history", members, members::history),
    ]
}

/// The answer to a program that is turned away before anybody knows whose it is.
pub(crate) fn refused(web: &Web, why: &Failure) -> Response {
    let (kind, detail) = match why {
        Failure::NotFound => (Kind::NotFound, "There is nothing at this address."),
        Failure::Address => (Kind::Query, "A part of the address cannot be read."),
        Failure::Method => (Kind::Method, "Use one of the methods that the header `Allow` names."),
        Failure::OtherSite => (Kind::OtherSite, "Leave out the headers `Origin` and `Sec-Fetch-Site`."),
        Failure::Unreadable | Failure::MediaType => (Kind::Body, "The body is not in a form that is understood here."),
        Failure::TooLarge => (Kind::TooLarge, "The body is larger than anything that can be asked for here."),
        Failure::TooSlow => (Kind::TooSlow, "The body did not come in time. Send it in one go."),
        Failure::TooMany => (Kind::TooMany, "Too many requests of yours are under way. Send fewer at once."),
        Failure::Overloaded => (Kind::Overloaded, "There is too much to do at the moment. Try again in a while."),
        _ => (Kind::Broken, problem::TRY_AGAIN),
    };
    Problem::new(kind, detail).told(web)
}

/// An instant as answers have it: `2026-11-23T06:00:00Z`, from microseconds of UTC.
fn instant(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros).unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests;
