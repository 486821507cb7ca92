//! Several programmes on one installation: who looks after several, one that is suspended, and what a request says of
//! itself.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{roles::Role, scope::Scope};
use engine::{Actor, administrators::Invite};

use crate::{
    bed::{Bed, PUBLIC_URL, people},
    both,
    visitor::{PASSWORD, Visitor},
};

both!(
    whoever_looks_after_several_programmes_chooses_and_changes,
    a_suspended_programme_says_so_everywhere,
    links_never_come_from_what_a_request_says_of_itself,
);

/// A second programme, which the owner of Acme looks after too.
async fn second(bed: &Bed, owner: &Visitor<'_>) {
    bed.set_up("globex").await;
    let programme = bed.engine.programme("globex").await.expect("set up");
    let invite = Invite { name: "Ines".into(), email: "ines@acme.example".into(), role: Role::ReadOnly };
    let link = bed.engine.invite_by_link(&programme, &invite, &Actor::command()).await.expect("a link");
    let path = link.strip_prefix(PUBLIC_URL).expect("a link of ours");
    let page = bed.look(path).await.text();
    assert!(page.contains("You have an account already") && !page.contains("name=\"name\""), "{page}");
    assert!(page.contains("You are invited.") && !page.contains("command line"), "nobody invites by a command: {page}");
    let wrong = bed.send(path, &[("password", "not it at all")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let accepted = bed.send(path, &[("password", PASSWORD)]).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.text());
    assert!(owner.page("/programmes").await.contains("globex"));
}

async fn whoever_looks_after_several_programmes_chooses_and_changes(bed: Bed) {
    let owner = Visitor::first(&bed).await;
    let alone = owner.page("/manage/acme").await;
    assert!(!alone.contains("Change programme"), "there is nothing to change to");
    assert_eq!(owner.see("/").await.header(header::LOCATION), "/manage/acme");
    second(&bed, &owner).await;
    let signed = bed.send("/sign-in", &[("email", "ines@acme.example"), ("password", PASSWORD)]).await;
    let owner = Visitor::let_in(&bed, &signed);
    assert_eq!(owner.see("/").await.header(header::LOCATION), "/programmes", "they choose first");
    let choice = owner.page("/programmes").await;
    for told in ["href=\"/manage/acme\"", "href=\"/manage/globex\"", "owner", "read-only"] {
        assert!(choice.contains(told), "{told}: {choice}");
    }
    let acme = owner.page("/manage/acme").await;
    assert!(acme.contains("Change programme") && acme.contains("href=\"/manage/globex\""), "{acme}");
    let globex = owner.page("/manage/globex").await;
    assert!(globex.contains("href=\"/manage/acme\""), "{globex}");
    // What they are in one says nothing about the other.
    assert_eq!(owner.see("/manage/acme/settings/audit").await.status, StatusCode::OK);
    assert_eq!(owner.see("/manage/globex/settings/audit").await.status, StatusCode::FORBIDDEN);
    let token = bed.token("acme", &[Scope::ReadMembers]).await;
    assert_eq!(bed.get(&token, "/api/v1/members").await.status, StatusCode::OK);
}

async fn a_suspended_programme_says_so_everywhere(bed: Bed) {
    let owner = Visitor::first(&bed).await;
    second(&bed, &owner).await;
    bed.employ(people(2));
    bed.import("globex").await;
    let token = bed.token("globex", &[Scope::ReadMembers, Scope::RunImports]).await;
    let programme = bed.engine.programme("globex").await.expect("set up");
    bed.engine.suspend(&programme, &Actor::command()).await.expect("suspended");
    for page in ["/manage/globex", "/manage/globex/members", "/manage/globex/settings"] {
        let answer = owner.see(page).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{page}");
        assert!(answer.text().contains("This programme is suspended"), "{}", answer.text());
    }
    assert!(owner.page("/programmes").await.contains("suspended"));
    assert!(owner.page("/manage/acme").await.contains("suspended"), "the way there does not say so");
    for page in ["/globex", "/globex/sign-in", "/globex/account"] {
        let answer = bed.look(page).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{page}");
        assert!(answer.text().contains("This site is closed for the moment"), "{}", answer.text());
    }
    assert_eq!(bed.look("/globex/look.css").await.status, StatusCode::OK);
    let german = Request::get("/globex/sign-in").header(header::ACCEPT_LANGUAGE, "de");
    let german = bed.ask(german.body(Body::empty()).expect("a request")).await.text();
    assert!(german.contains("Diese Seite ist zurzeit geschlossen"), "{german}");
    let answer = bed.get(&token, "/api/v1/members").await;
    assert_eq!(
        (answer.status, answer.json()["code"].clone()),
        (StatusCode::SERVICE_UNAVAILABLE, "api-programme-suspended".into())
    );
    let asked = bed.post(&token, "/api/v1/integrations/personio/imports", None, "").await;
    assert_eq!(asked.status, StatusCode::SERVICE_UNAVAILABLE);
    // Nobody who does not look after it learns of it.
    let stranger = Visitor::colleague(&bed, Role::Owner).await;
    assert_eq!(stranger.see("/manage/globex").await.status, StatusCode::NOT_FOUND);
    bed.engine.resume_programme(&programme, &Actor::command()).await.expect("resumed");
    assert_eq!(owner.see("/manage/globex").await.status, StatusCode::OK);
    assert_eq!(bed.look("/globex/sign-in").await.status, StatusCode::OK);
    assert_eq!(bed.get(&token, "/api/v1/members").await.status, StatusCode::OK);
}

/// Somebody sends requests with another name in them, so that a mail to somebody else leads to their own machine.
async fn links_never_come_from_what_a_request_says_of_itself(bed: Bed) {
    Visitor::first(&bed).await;
    bed.employ(people(1));
    bed.set_up("globex").await;
    let forged = |request: axum::http::request::Builder| {
        let request = request.header(header::HOST, "evil.example").header("x-forwarded-host", "evil.example");
        request.header("x-forwarded-proto", "http").header("forwarded", "host=evil.example;proto=http")
    };
    let forgotten = forged(Request::post("/forgotten"))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = bed.ask(forgotten.body(Body::from("email=ines@acme.example")).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let mails = bed.delivered().await;
    assert!(!mails.is_empty() && mails.iter().all(|mail| !mail.contains("evil.example")), "{mails:?}");
    assert!(mails.iter().any(|mail| mail.contains(&format!("{PUBLIC_URL}/reset/"))), "{mails:?}");
    for path in [
        "/",
        "/sign-in",
        "/forgotten",
        "/help",
        "/globex",
        "/globex/sign-in",
        "/api/v1/members",
        "/nothing",
        "/api/openapi.json",
    ] {
        let answer = bed.ask(forged(Request::get(path)).body(Body::empty()).expect("a request")).await;
        assert!(!answer.text().contains("evil.example"), "{path}: {}", answer.text());
        assert!(answer.headers.values().all(|value| !value.to_str().unwrap_or_default().contains("evil")), "{path}");
        let to = answer.header(header::LOCATION);
        assert!(to.is_empty() || to.starts_with('/'), "{path} leads to {to}");
        assert!(answer.header(header::STRICT_TRANSPORT_SECURITY).contains("max-age"), "{path}");
    }
}
