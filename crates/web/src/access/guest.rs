//! The door of the members' site: which programme's it is, who of its members asks, and whether the page is open to
//! them.

use std::collections::HashMap;

use axum::{
    body::Body,
    extract::{FromRequestParts, RawPathParams, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    field::Field,
    programme::{is_slug, settings::Settings},
};
use engine::{
    EngineResult,
    administrators::{Origin, Token},
    site::SignedMember,
};
use store::Programme;

use super::{Visitor, accepted, address, cookie, text};
use crate::{
    Web,
    failure::Failure,
    routes::Access,
    when::Clock,
    words::{Language, Words},
};

/// The cookie that holds a language that somebody chose.
const LANGUAGE: &str = "rollcall-language";

/// What a page that says why it is closed needs itself: its colour, and another language.
const LOOKS: [&str; 2] = ["look.css", "language"];

/// Whoever comes to the site of a programme, signed in as a member of it or not.
#[derive(Clone)]
pub(crate) struct Guest {
    pub(crate) web: Web,
    pub(crate) programme: Programme,
    pub(crate) settings: Settings,
    /// Who is signed in, if somebody is.
    pub(crate) signed: Option<SignedMember>,
    /// The words they are answered in.
    pub(crate) words: Words,
    /// Tells times in the programme's zone.
    pub(crate) clock: Clock,
    /// The language that they chose in this browser, if they did.
    pub(crate) chosen: Option<Language>,
    /// What they asked for.
    pub(crate) path: String,
    address: String,
    agent: String,
}

impl Guest {
    async fn new(web: &Web, programme: Programme, request: &Parts) -> EngineResult<Self> {
        let settings = web.engine.programme_settings(&programme)?;
        let signed = match cookie::value(&request.headers, name(web)) {
            Some(token) => web.engine.member_session(&programme, &token).await?,
            None => None,
        };
        let chosen = cookie::value(&request.headers, LANGUAGE).and_then(|tag| Language::parse(&tag));
        let words = Words::new(language(&request.headers, chosen, signed.as_ref(), &settings));
        Ok(Self {
            clock: Clock::new(words, &programme.time_zone, web.engine.now()),
            web: web.clone(),
            programme,
            settings,
            signed,
            words,
            chosen,
            path: request.uri.path().to_owned(),
            address: address(request),
            agent: text(&request.headers, &header::USER_AGENT).chars().take(200).collect(),
        })
    }

    /// Whoever comes to an address of a programme's site, be there a page or not; `None` where it is of no site.
    pub(crate) async fn of_site(web: &Web, request: &Parts) -> Option<Self> {
        let slug = request.uri.path().split('/').nth(1).filter(|slug| is_slug(slug))?;
        guest(web, slug, request).await.ok()
    }

    /// The member who is signed in, on a page that asks for one.
    pub(crate) fn member(&self) -> Result<&SignedMember, Failure> {
        self.signed.as_ref().ok_or_else(|| Failure::broken("a page that asks for no member"))
    }

    /// An address of the site: `guest.at("account")`.
    pub(crate) fn at(&self, path: impl std::fmt::Display) -> String {
        format!("/{}/{path}", self.programme.slug)
    }

    /// Where they ask from.
    pub(crate) fn origin(&self) -> Origin {
        Origin { address: (!self.address.is_empty()).then(|| self.address.clone()), agent: self.agent.clone() }
    }

    /// The token that the browser sent, if it sent one.
    pub(crate) fn token(&self, headers: &HeaderMap) -> Option<String> {
        cookie::value(headers, name(&self.web))
    }

    /// Makes the browser keep the token of a session, for this site alone.
    pub(crate) fn keep(&self, token: &Token) -> [(HeaderName, HeaderValue); 1] {
        cookie::set(&self.web, name(&self.web), token.as_str(), &self.scope(), "")
    }

    /// Makes the browser forget it, and every page that it may still hold in memory to go back to.
    pub(crate) fn let_go(&self) -> [(HeaderName, HeaderValue); 2] {
        cookie::forgotten(cookie::set(&self.web, name(&self.web), "", &self.scope(), cookie::NO_MORE))
    }

    /// Makes the browser keep the language that somebody chose.
    pub(crate) fn keep_language(&self, tag: &str) -> [(HeaderName, HeaderValue); 1] {
        cookie::set(&self.web, LANGUAGE, tag, &self.scope(), cookie::A_YEAR)
    }

    fn scope(&self) -> String {
        format!("/{}", self.programme.slug)
    }
}

/// The name of the cookie; over https it makes the browser refuse one that a plain page set.
fn name(web: &Web) -> &'static str {
    if web.is_secure() { "__Secure-rollcall-member" } else { "rollcall-member" }
}

/// The language that they chose as the member they are, else in this browser, else their own, else the browser's,
/// else the programme's.
fn language(
    headers: &HeaderMap,
    chosen: Option<Language>,
    signed: Option<&SignedMember>,
    settings: &Settings,
) -> Language {
    let kept = signed.and_then(SignedMember::language).and_then(Language::parse);
    let own = signed.and_then(|signed| signed.field(&Field::Language)).and_then(Language::parse);
    let browser = text(headers, &header::ACCEPT_LANGUAGE).split(',').find_map(Language::parse);
    kept.or(chosen).or(own).or(browser).unwrap_or_else(|| Language::of(settings.language))
}

/// Lets a request through to its page, or says why not.
pub(super) async fn door(
    web: &Web,
    access: Access,
    params: &RawPathParams,
    mut parts: Parts,
    body: Body,
    next: Next,
) -> Response {
    let params: HashMap<&str, &str> = params.iter().collect();
    let slug = params.get("programme").copied().unwrap_or_default();
    let guest = match guest(web, slug, &parts).await {
        Ok(guest) => guest,
        Err(failure) => return failure.page(&Visitor::unknown(accepted(&parts.headers)), None),
    };
    if guest.programme.is_suspended() && !LOOKS.iter().any(|look| guest.path == guest.at(look)) {
        return Failure::Suspended.site_page(&guest);
    }
    match (access, &guest.signed) {
        (Access::Site, _) => {}
        (_, None) => return to_sign_in(&guest, &parts),
        // What a leaver may not do is not there for them: they see what is.
        (Access::CurrentMember, Some(signed)) if !signed.is_current() => {
            return Redirect::to(&guest.at("account")).into_response();
        }
        _ => {}
    }
    parts.extensions.insert(guest.clone());
    let mut response = next.run(Request::from_parts(parts, body)).await;
    match Failure::of(&mut response) {
        Some(failure) => failure.site_page(&guest),
        None => response,
    }
}

/// Whoever asks, on the site of a programme that is there.
async fn guest(web: &Web, slug: &str, parts: &Parts) -> Result<Guest, Failure> {
    let programme = web.engine.store().programme(slug).await?.ok_or_else(Failure::not_found)?;
    Ok(Guest::new(web, programme, parts).await?)
}

/// Where somebody who is not signed in goes first, and comes back from to what they asked for.
fn to_sign_in(guest: &Guest, request: &Parts) -> Response {
    let wanted = request.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    if request.method != Method::GET || wanted == guest.at("account") {
        return Redirect::to(&guest.at("sign-in")).into_response();
    }
    let query = serde_urlencoded::to_string([("next", wanted)]).unwrap_or_default();
    Redirect::to(&guest.at(format_args!("sign-in?{query}"))).into_response()
}

impl<S: Sync> FromRequestParts<S> for Guest {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Failure::broken("a page of no site"))
    }
}
