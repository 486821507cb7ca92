//! The door of every route: who asks, in which programme, and whether their role may.

pub(crate) mod cookie;
mod guest;
mod visitor;

use std::collections::HashMap;

use axum::{
    extract::{RawPathParams, Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

pub(crate) use cookie::{keep, let_go, token};
pub(crate) use guest::Guest;
pub(crate) use visitor::{Manager, Visitor};

use crate::{
    Web, api,
    failure::Failure,
    routes::Access,
    seen::Client,
    words::{Language, Words},
};

/// Lets a request through to its page, or says why not.
pub(crate) async fn door(
    State((web, access)): State<(Web, Access)>,
    params: RawPathParams,
    request: Request,
    next: Next,
) -> Response {
    // The body stays apart: nobody is to wait for it before they are let in.
    let (mut parts, body) = request.into_parts();
    if let Access::Token(scope) = access {
        return api::door(&web, scope, parts, body, next).await;
    }
    if matches!(access, Access::Site | Access::Member | Access::CurrentMember) {
        return guest::door(&web, access, &params, parts, body, next).await;
    }
    let visitor = match visitor(&web, &parts).await {
        Ok(visitor) => visitor,
        Err(failure) => return failure.page(&Visitor::unknown(accepted(&parts.headers)), None),
    };
    let params: HashMap<String, String> =
        params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let manager = match admit(&web, access, &visitor, &params).await {
        Ok(manager) => manager,
        Err(Refusal::SignIn) => return to_sign_in(&parts),
        Err(Refusal::Failure(failure, manager)) => return failure.page(&visitor, manager.as_deref()),
    };
    if let Some(manager) = &manager {
        parts.extensions.insert(manager.clone());
    }
    parts.extensions.insert(visitor.clone());
    let mut response = next.run(Request::from_parts(parts, body)).await;
    match Failure::of(&mut response) {
        Some(failure) => failure.page(&visitor, manager.as_ref()),
        None => response,
    }
}

/// Whoever asks for something that no door stands before, and the frame of the programme below whose address they
/// are, if they look after it.
pub(crate) async fn without_door(web: &Web, request: &Parts) -> (Visitor, Option<Manager>) {
    let Ok(visitor) = visitor(web, request).await else {
        return (Visitor::unknown(accepted(&request.headers)), None);
    };
    let slug = request.uri.path().strip_prefix("/manage/").and_then(|rest| rest.split('/').next());
    let place = visitor.signed.as_ref().zip(slug).and_then(|(signed, slug)| Some((signed, signed.place(slug)?)));
    let manager = match place {
        Some((signed, place)) if !place.programme.is_suspended() => {
            Manager::new(web, &visitor, signed, place).await.ok()
        }
        _ => None,
    };
    (visitor, manager)
}

enum Refusal {
    /// Nobody is signed in.
    SignIn,
    /// They are, and may not; with the frame of the programme where they are let in there.
    Failure(Failure, Option<Box<Manager>>),
}

/// Whether the visitor may. Somebody else's programme is answered like one that is not there.
async fn admit(
    web: &Web,
    access: Access,
    visitor: &Visitor,
    params: &HashMap<String, String>,
) -> Result<Option<Manager>, Refusal> {
    let action = match access {
        // The others have doors of their own.
        Access::Public | Access::Token(_) | Access::Site | Access::Member | Access::CurrentMember => return Ok(None),
        Access::SignedIn if visitor.signed.is_some() => return Ok(None),
        Access::SignedIn => return Err(Refusal::SignIn),
        Access::May(action) => action,
    };
    let Some(signed) = &visitor.signed else { return Err(Refusal::SignIn) };
    let slug = params.get("programme").map(String::as_str).unwrap_or_default();
    let Some(place) = signed.place(slug) else {
        tracing::warn!(who = %signed.administrator.id, "not let in: no programme of theirs");
        return Err(Refusal::Failure(Failure::NotFound, None));
    };
    if place.programme.is_suspended() {
        return Err(Refusal::Failure(Failure::Suspended, None));
    }
    let manager = Manager::new(web, visitor, signed, place).await;
    let manager = manager.map_err(|error| Refusal::Failure(error.into(), None))?;
    if !place.role.may(action) {
        tracing::warn!(who = %signed.administrator.id, role = %place.role, ?action, "not let in: not in their role");
        return Err(Refusal::Failure(Failure::NotAllowed, Some(Box::new(manager))));
    }
    Ok(Some(manager))
}

/// Where somebody who is not signed in goes first, and comes back from to what they asked for.
fn to_sign_in(request: &Parts) -> Response {
    let wanted = request.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let back = if request.method == Method::GET { wanted } else { String::new() };
    if back.is_empty() || back == "/" {
        return Redirect::to("/sign-in").into_response();
    }
    let query = serde_urlencoded::to_string([("next", back)]).unwrap_or_default();
    Redirect::to(&format!("/sign-in?{query}")).into_response()
}

async fn visitor(web: &Web, request: &Parts) -> Result<Visitor, Failure> {
    let signed = match token(web, &request.headers) {
        Some(token) => web.engine.session(&token).await?,
        None => None,
    };
    let language = match &signed {
        Some(signed) => Language::of(signed.administrator.language),
        None => accepted(&request.headers),
    };
    Ok(Visitor {
        signed,
        words: Words::new(language),
        address: address(request),
        agent: text(&request.headers, &header::USER_AGENT).chars().take(200).collect(),
        path: request.uri.path().to_owned(),
    })
}

pub(crate) fn accepted(headers: &HeaderMap) -> Language {
    Language::accepted(text(headers, &header::ACCEPT_LANGUAGE))
}

pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Where the request came from; empty where that is not known.
pub(crate) fn address(request: &Parts) -> String {
    request.extensions.get::<Client>().map(|client| client.0.to_string()).unwrap_or_default()
}
