//! How a request is turned away that came to no page.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::{
    Web,
    access::{self, Guest, Visitor},
    api,
    failure::Failure,
};

/// After how many seconds somebody may try again who was turned away.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

/// The answer: a problem to programs, a page to everybody else, in the language that they accept.
pub(crate) fn refuse(web: &Web, is_api: bool, headers: &HeaderMap, why: Failure) -> Response {
    let passes = matches!(why, Failure::Overloaded | Failure::TooMany);
    let ends = matches!(why, Failure::TooSlow);
    let mut response =
        if is_api { api::refused(web, &why) } else { why.page(&Visitor::unknown(access::accepted(headers)), None) };
    if passes {
        response.headers_mut().entry(header::RETRY_AFTER).or_insert(RETRY_AFTER);
    }
    if ends {
        // The rest of the body is not waited for.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Gives its words to every answer that says no and has none for whoever asked, such as the framework's own: a page of
/// the programme's site below its address, a page of the portal elsewhere, a problem to programs. Whoever is signed in
/// reads it in their own language.
pub(crate) async fn in_words(State(web): State<Web>, request: Request, next: Next) -> Response {
    let is_api = crate::is_api(&request);
    let (asked, body) = request.into_parts();
    let mut answer = next.run(Request::from_parts(asked.clone(), body)).await;
    let Some(why) = Failure::of(&mut answer) else { return answer };
    if is_api {
        return refuse(&web, is_api, &asked.headers, why);
    }
    if let Some(guest) = Guest::of_site(&web, &asked).await {
        return why.site_page(&guest);
    }
    let (visitor, manager) = access::without_door(&web, &asked).await;
    why.page(&visitor, manager.as_ref())
}
