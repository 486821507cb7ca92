//! Walks over the whole table of addresses: a route that is added without a thought of who may use it
//! fails here.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::roles::{Action, Role};
use web::{Address, addresses};

use crate::{
    bed::{Answer, Bed, people},
    both,
    visitor::Visitor,
};

both!(
    each_role_may_what_the_table_says,
    another_programme_is_not_there,
    nobody_gets_in_without_signing_in,
    what_another_site_sends_is_refused,
    every_answer_tells_the_browser_what_it_may_not,
);

/// A new address shows up here, with who may use it.
#[test]
fn every_address_and_who_may_use_it() {
    let mut lines: Vec<String> =
        addresses().iter().map(|one| format!("{:<5}{:<75}{}", one.method, one.path, one.access)).collect();
    lines.sort();
    lines.dedup();
    assert_eq!(lines.len(), addresses().len(), "an address stands there twice");
    insta::assert_snapshot!(lines.join("\n"));
}

/// A programme with members, an import and an administrator; the import's number.
async fn programme(bed: &Bed, slug: &str) -> String {
    bed.employ(people(4));
    bed.set_up(slug).await;
    bed.import(slug).await.import.to_string()
}

/// The address with something in the place of its names.
fn filled(one: &Address, slug: &str, import: &str) -> String {
    let part = |part: &str| match part {
        "{programme}" => slug.to_owned(),
        "{source}" => "personio".to_owned(),
        "{id}" => import.to_owned(),
        "{kind}" => "leaver-notice".to_owned(),
        "{language}" => "de".to_owned(),
        "{administrator}" | "{token}" => "019a0000-0000-7000-8000-000000000000".to_owned(),
        name if name.starts_with('{') => "unknown".to_owned(),
        plain => plain.to_owned(),
    };
    one.path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn portal() -> impl Iterator<Item = Address> {
    addresses().into_iter().filter(|one| one.path.starts_with("/manage/"))
}

/// Follows a stream of events no further than its beginning.
fn is_a_stream(one: &Address) -> bool {
    one.path.ends_with("/events")
}

async fn asked(visitor: &Visitor<'_>, one: &Address, path: &str) -> Answer {
    if one.method == "GET" { visitor.see(path).await } else { visitor.send(path, &[]).await }
}

async fn each_role_may_what_the_table_says(bed: Bed) {
    let import = programme(&bed, "acme").await;
    for role in Role::ALL {
        let visitor = Visitor::colleague(&bed, role).await;
        for one in portal().filter(|one| !is_a_stream(one)) {
            let action: Action = one.access.parse().expect("pages of a programme ask for an action");
            if role.may(action) && one.method == "POST" {
                // What is done is tested where it is done; here it would change what the others see.
                continue;
            }
            let path = filled(&one, "acme", &import);
            let status = asked(&visitor, &one, &path).await.status;
            assert_eq!(status == StatusCode::FORBIDDEN, !role.may(action), "{role} {} {path}: {status}", one.method);
            assert!(!status.is_server_error(), "{role} {path}: {status}");
        }
    }
}

async fn another_programme_is_not_there(bed: Bed) {
    let theirs = programme(&bed, "theirs").await;
    let own = programme(&bed, "acme").await;
    let visitor = Visitor::colleague(&bed, Role::Owner).await;
    for one in portal() {
        let path = filled(&one, "theirs", &theirs);
        let status = asked(&visitor, &one, &path).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{} {path}", one.method);
        if one.path.contains("{id}") {
            let path = filled(&one, "acme", &theirs);
            let status = asked(&visitor, &one, &path).await.status;
            assert_eq!(status, StatusCode::NOT_FOUND, "{} {path}: another programme's import", one.method);
        }
    }
    assert_eq!(visitor.see(&format!("imports/{own}")).await.status, StatusCode::OK);
}

async fn nobody_gets_in_without_signing_in(bed: Bed) {
    let import = programme(&bed, "acme").await;
    for one in addresses().into_iter().filter(|one| !matches!(one.access, "public" | "site")) {
        let path = filled(&one, "acme", &import);
        let request = Request::builder().method(one.method.as_str()).uri(&path).body(Body::empty());
        let answer = bed.ask(request.expect("a request")).await;
        if one.path.starts_with("/api/") {
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{} {path}", one.method);
        } else {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{} {path}", one.method);
            let is_members = one.access.ends_with("member");
            let door = if is_members { "/acme/sign-in" } else { "/sign-in" };
            assert!(answer.header(header::LOCATION).starts_with(door), "{path}");
        }
    }
}

async fn what_another_site_sends_is_refused(bed: Bed) {
    for one in addresses().into_iter().filter(|one| one.method == "POST") {
        let request = Request::post(filled(&one, "acme", "unknown"))
            .header("sec-fetch-site", "cross-site")
            .header(header::ORIGIN, "https://elsewhere.example");
        let answer = bed.ask(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", one.path);
    }
}

async fn every_answer_tells_the_browser_what_it_may_not(bed: Bed) {
    let import = programme(&bed, "acme").await;
    let visitor = Visitor::colleague(&bed, Role::Owner).await;
    for one in addresses().into_iter().filter(|one| one.method == "GET" && !is_a_stream(one)) {
        let path = filled(&one, "acme", &import);
        let answer = visitor.see(&path).await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY).to_owned();
        // A mail is shown in a sandbox of its own: it brings its style along, and may run and fetch nothing.
        let is_mail = path.ends_with("/welcome-mail") || path.ends_with("/shown");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert_eq!(policy.contains("unsafe"), is_mail, "{path}: {policy}");
        assert_eq!(policy.contains("sandbox") && !policy.contains("script-src"), is_mail, "{path}: {policy}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        assert!(answer.header(header::STRICT_TRANSPORT_SECURITY).starts_with("max-age"), "{path}");
        let kept = answer.header(header::CACHE_CONTROL);
        let is_public = ["/assets/", "/help/pictures/", "/help/film/", "/api/openapi.json"]
            .iter()
            .any(|start| path.starts_with(start));
        assert!(kept == "no-store" || is_public, "{path}: {kept}");
        assert!(is_mail || !answer.text().contains(" style=\""), "{path} has an inline style");
        assert!(!answer.text().contains("onclick="), "{path} has an inline script");
    }
}
