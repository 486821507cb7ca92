//! Coming in: the first run, signing in and out, forgotten passwords, invitations.

mod enter;
mod first_run;
mod forgotten;
mod invitation;
mod programmes;
mod reset;
mod second_factor;

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use engine::administrators::{SignIn, Token};

use crate::{
    Web, access,
    access::Visitor,
    form::Wrongs,
    page::{Lone, Page, draw, go_on},
    routes::Route,
};

pub(super) fn routes() -> Vec<Route> {
    let areas = [
        first_run::routes(),
        enter::routes(),
        second_factor::routes(),
        forgotten::routes(),
        reset::routes(),
        invitation::routes(),
        programmes::routes(),
    ];
    areas.into_iter().flatten().collect()
}

/// Where to go after signing in: to a page of ours, or nowhere in particular.
pub(crate) fn own(next: &str) -> &str {
    let is_own = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']);
    if is_own { next } else { "/" }
}

/// The address of a page that goes on to `next` afterwards.
fn with_next(page: &str, next: &str) -> String {
    match own(next) {
        "/" => page.to_owned(),
        next => format!("{page}?{}", serde_urlencoded::to_string([("next", next)]).unwrap_or_default()),
    }
}

/// Goes on as somebody who has just been let in, with a token that the browser keeps.
fn let_in(web: &Web, token: &Token, to: &str) -> Response {
    (access::keep(web, token.as_str()), go_on(to, "")).into_response()
}

/// Goes on after an attempt to sign in, or says why not: the page again with what is wrong.
fn outcome(web: &Web, visitor: &Visitor, came: &SignIn, next: &str, again: impl FnOnce(Wrongs) -> Page) -> Page {
    match came {
        SignIn::In(token) => Ok(let_in(web, token, own(next))),
        SignIn::SecondFactor(token) => Ok(let_in(web, token, &with_next("/sign-in/second-factor", next))),
        SignIn::Refused => again(Wrongs::default()),
        SignIn::Wait { seconds } => wait(visitor, *seconds),
        SignIn::Expired => Ok(go_on(&with_next("/sign-in", next), "sign-in-expired")),
    }
}

/// Says how long to wait, and nothing about whom.
fn wait(visitor: &Visitor, seconds: u64) -> Page {
    let lone = Lone::new(visitor, visitor.words.t("wait-title"));
    let page = draw(&Wait { lone, minutes: seconds.div_ceil(60) })?;
    Ok((StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds.to_string())], page).into_response())
}

#[derive(Template)]
#[template(path = "pages/sign_in/wait.html")]
struct Wait {
    lone: Lone,
    minutes: u64,
}

/// Why a link leads nowhere, and what to do.
#[derive(Template)]
#[template(path = "pages/sign_in/dead_link.html")]
struct DeadLink {
    lone: Lone,
    text: String,
    /// Where a new link is asked for with one press.
    again: Option<String>,
    /// Where else to go: an address and what it is called.
    other: Option<(&'static str, String)>,
}

/// The page that says so.
fn dead_link(page: &DeadLink) -> Page {
    Ok((StatusCode::GONE, draw(page)?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_pages_of_ours_only() {
        for good in ["/manage/acme?a=b", "/account"] {
            assert_eq!(own(good), good);
        }
        for bad in ["", "https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nb"] {
            assert_eq!(own(bad), "/", "{bad}");
        }
        assert_eq!(with_next("/sign-in", "/a?b=c"), "/sign-in?next=%2Fa%3Fb%3Dc");
        assert_eq!(with_next("/sign-in", "//x"), "/sign-in");
    }
}
