//! Whoever is refused gets a page with words, whatever it is that refuses them; a program gets a problem.

use axum::{
    body::Body,
    http::{Request, StatusCode, header, request::Builder},
};
use domain::{roles::Role, scope::Scope};

use crate::{
    bed::{Answer, Bed, people},
    both,
    visitor::Visitor,
};

both!(
    what_is_wrong_with_an_address_is_told_on_a_page,
    what_cannot_be_read_is_told_on_a_page,
    the_site_of_a_programme_refuses_in_its_own_look,
    a_program_gets_a_problem,
);

const FORM: &str = "application/x-www-form-urlencoded";
const ELSEWHERE: &str = "https://elsewhere.example";

/// The page of an answer that has this title, and a way on.
fn told(answer: &Answer, status: StatusCode, title: &str) -> String {
    let page = answer.text();
    assert_eq!(answer.status, status, "{title}: {page}");
    assert!(answer.header(header::CONTENT_TYPE).starts_with("text/html"), "{title}: {page}");
    assert!(page.contains(&format!("<h1>{title}</h1>")) && page.contains("<a class=\"btn\""), "{title}: {page}");
    page
}

async fn asked(bed: &Bed, request: Builder) -> Answer {
    bed.ask(request.header(header::ACCEPT_LANGUAGE, "en").body(Body::empty()).expect("a request")).await
}

async fn what_is_wrong_with_an_address_is_told_on_a_page(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    for path in ["outbox/not-a-number", "settings/tokens?revoke=not-a-number"] {
        let page = told(&ines.see(path).await, StatusCode::BAD_REQUEST, "This address cannot be read");
        assert!(page.contains("href=\"/manage/acme/members\""), "{path} has not the frame of the portal: {page}");
    }
    for path in ["/help/%FF", "/sign-in?said=a&said=b"] {
        told(&bed.look(path).await, StatusCode::BAD_REQUEST, "This address cannot be read");
    }
    for path in ["/nowhere/at/all", "/assets/0/nothing.css"] {
        told(&bed.look(path).await, StatusCode::NOT_FOUND, "There is nothing at this address");
    }
    let answer = bed.look("/sign-out").await;
    told(&answer, StatusCode::METHOD_NOT_ALLOWED, "There is no page to look at here");
    assert_eq!(answer.header(header::ALLOW), "POST");
    // Below a programme's address the frame and the language of whoever is signed in stay.
    let german = Visitor::colleague(&bed, Role::ReadOnly).await;
    for (path, status, title) in [
        ("integrations/personio/pause", StatusCode::METHOD_NOT_ALLOWED, "Hier gibt es nichts anzusehen"),
        ("nowhere/at/all", StatusCode::NOT_FOUND, "Unter dieser Adresse gibt es nichts"),
    ] {
        let page = told(&german.see(path).await, status, title);
        assert!(page.contains("href=\"/manage/acme/members\""), "{path} has not the frame of the portal: {page}");
    }
    for path in ["/manage/acme/nowhere/at/all", "/manage/beta/nowhere/at/all"] {
        let page = told(&bed.look(path).await, StatusCode::NOT_FOUND, "There is nothing at this address");
        assert!(!page.contains("/manage/"), "{path} shows a frame to nobody: {page}");
    }
}

async fn what_cannot_be_read_is_told_on_a_page(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    let send = async |path: &str, kind: &str, body: &str| {
        let request = Request::post(path).header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, kind);
        ines.ask(request, body).await
    };
    for path in ["/manage/acme/settings", "/manage/acme/members"] {
        let answer = send(path, "text/plain", "name=Acme").await;
        let page = told(&answer, StatusCode::UNSUPPORTED_MEDIA_TYPE, "What was sent is not understood here");
        assert!(page.contains("href=\"/manage/acme/members\""), "{path} has not the frame of the portal: {page}");
    }
    let twice = send("/manage/acme/settings", FORM, "name=Acme&name=Beta").await;
    told(&twice, StatusCode::BAD_REQUEST, "What was sent could not be read");
    let request = Request::post("/sign-in").header(header::ORIGIN, ELSEWHERE);
    told(&asked(&bed, request).await, StatusCode::FORBIDDEN, "This was sent from another site");
}

async fn the_site_of_a_programme_refuses_in_its_own_look(bed: Bed) {
    Visitor::first(&bed).await;
    let another = Request::post("/acme/sign-in").header(header::ORIGIN, ELSEWHERE);
    for (request, status, title) in [
        (Request::get("/acme/nowhere"), StatusCode::NOT_FOUND, "There is nothing at this address"),
        (Request::get("/acme/nowhere/at/all/"), StatusCode::NOT_FOUND, "There is nothing at this address"),
        (Request::get("/acme/sign-in?said=a&said=b"), StatusCode::BAD_REQUEST, "This address cannot be read"),
        (Request::get("/acme/sign-out"), StatusCode::METHOD_NOT_ALLOWED, "There is no page to look at here"),
        (another, StatusCode::FORBIDDEN, "This was sent from another site"),
    ] {
        let page = told(&asked(&bed, request).await, status, title);
        assert!(page.contains("href=\"/acme/look.css\"") && !page.contains("href=\"/help\""), "{title}: {page}");
        assert!(page.contains("href=\"/acme/sign-in\">Back to signing in"), "{title}: {page}");
    }
    let german = Request::get("/acme/nowhere").header(header::ACCEPT_LANGUAGE, "de");
    let german = bed.ask(german.body(Body::empty()).expect("a request")).await;
    told(&german, StatusCode::NOT_FOUND, "Unter dieser Adresse gibt es nichts");
    // What is of no programme is nobody's.
    let nobodys = told(&bed.look("/beta/nowhere").await, StatusCode::NOT_FOUND, "There is nothing at this address");
    assert!(!nobodys.contains("look.css"), "{nobodys}");
}

async fn a_program_gets_a_problem(bed: Bed) {
    bed.employ(people(1));
    bed.set_up("acme").await;
    let token = bed.token("acme", &[Scope::ReadMembers]).await;
    let method = bed.post(&token, "/api/v1/members", None, "").await;
    assert!(method.header(header::ALLOW).contains("GET"), "{}", method.text());
    let another = Request::post("/api/v1/integrations/personio/imports").header(header::ORIGIN, ELSEWHERE);
    for (answer, status, code) in [
        (method, StatusCode::METHOD_NOT_ALLOWED, "api-method"),
        (bed.get(&token, "/api/v1/nowhere").await, StatusCode::NOT_FOUND, "api-not-found"),
        (bed.get(&token, "/api/v1/members/%FF").await, StatusCode::BAD_REQUEST, "api-query"),
        (asked(&bed, another).await, StatusCode::FORBIDDEN, "api-other-site"),
    ] {
        assert_eq!((answer.status, &answer.json()["code"]), (status, &code.into()), "{}", answer.text());
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
    }
}
