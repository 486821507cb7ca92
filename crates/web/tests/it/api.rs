//! The API: each endpoint, scopes, other programmes, pages of lists, and requests that come twice.

use std::{collections::BTreeSet, time::Duration};

use axum::http::{StatusCode, header};
use domain::scope::Scope;
use serde_json::{Value, json};

use crate::{
    bed::{Answer, Bed, PUBLIC_URL, people, person},
    both,
};

both!(
    every_endpoint_answers,
    a_token_is_needed_that_is_good_for_it,
    another_programme_sees_nothing,
    lists_are_whole_page_by_page,
    the_same_request_starts_one_import,
    what_is_asked_wrongly_is_refused,
);

fn id(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no number in {value}")).to_owned()
}

fn refused(answer: &Answer, status: StatusCode, code: &str) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["code"], code);
    assert_eq!(problem["type"], format!("{PUBLIC_URL}/help/problems/{code}"));
    assert_eq!(problem["status"], status.as_u16());
    assert!(
        !problem["title"].as_str().expect("it is there").is_empty()
            && !problem["detail"].as_str().expect("it is there").is_empty()
    );
    problem
}

async fn every_endpoint_answers(bed: Bed) {
    bed.employ(
        [person(1, "Ada", "Adler"), person(2, "Bela", "Brandt"), person(3, "Cleo", "Cech").and("email", "none")]
            .into_iter(),
    );
    bed.set_up("acme").await;
    bed.import("acme").await;
    bed.change(1, &person(1, "Ada", "Adams").and("department", "Law"));
    let second = bed.import("acme").await.import.to_string();
    let token = bed.token("acme", &Scope::ALL).await;
    let ok = async |path: &str| {
        let answer = bed.get(&token, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/json");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        answer.json()
    };

    let integrations = ok("/api/v1/integrations").await;
    let integration = ok("/api/v1/integrations/personio").await;
    assert_eq!(integrations, json!({ "items": [integration.clone()], "next": null }));
    assert_eq!((&integration["state"], &integration["running_import"]), (&json!("live"), &json!(null)));
    assert_eq!(integration["last_import"]["id"], second);

    let imports = ok("/api/v1/imports").await;
    assert_eq!(imports["items"].as_array().expect("it is there").len(), 2);
    let import = ok(&format!("/api/v1/imports/{second}")).await;
    assert_eq!(imports["items"][0], import);
    assert_eq!(
        (&import["state"], &import["ended"], &import["trigger"]),
        (&json!("completed"), &json!(true), &json!("test"))
    );
    assert_eq!((&import["counts"]["update"], &import["counts"]["errors"]), (&json!(1), &json!(1)));
    assert_eq!(import["created_at"], "2026-11-23T06:00:03Z");
    for (query, count) in [
        ("state=completed,failed", 2),
        ("state=on-hold", 0),
        ("purpose=preview", 0),
        ("trigger=test", 2),
        ("integration=personio", 2),
        ("from=2026-11-23T06:00:03Z", 1),
        ("to=2026-11-23T06:00:03Z", 1),
    ] {
        assert_eq!(
            ok(&format!("/api/v1/imports?{query}")).await["items"].as_array().expect("it is there").len(),
            count,
            "{query}"
        );
    }

    let changes = ok(&format!("/api/v1/imports/{second}/changes")).await;
    let kinds: Vec<_> =
        changes["items"].as_array().expect("it is there").iter().map(|change| change["kind"].clone()).collect();
    assert_eq!(kinds, ["reject", "update"]);
    let update = ok(&format!("/api/v1/imports/{second}/changes?kind=update&q=adams")).await["items"][0].clone();
    assert_eq!((&update["employee_id"], &update["name"]), (&json!("1"), &json!("Ada Adams")));
    let moved = json!({ "field": "department", "before": "Sales", "after": "Law" });
    assert!(update["values"].as_array().expect("it is there").contains(&moved), "{update}");

    let problems = ok(&format!("/api/v1/imports/{second}/problems?severity=error")).await;
    let problem = &problems["items"][0];
    assert_eq!(
        (&problem["code"], &problem["employee_id"], &problem["value"]),
        (&json!("email-invalid"), &json!("3"), &json!("none"))
    );
    assert!(problem["remedy"].as_str().expect("it is there").len() > 10);
    assert_eq!(ok(&format!("/api/v1/imports/{second}/problems?code=too-long")).await["items"], json!([]));

    let members = ok("/api/v1/members").await;
    assert_eq!(members["items"].as_array().expect("it is there").len(), 2);
    let member = ok(&format!("/api/v1/members/{}", id(&update["member"]))).await;
    let found = &ok("/api/v1/members?q=adams").await["items"];
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    // One by itself tells more.
    assert!(found[0].as_object().expect("it is there").iter().all(|(key, value)| member[key] == *value), "{found}");
    assert_eq!((&member["fed_by"]["department"], &member["excluded"]), (&json!("department"), &json!(false)));
    assert_eq!(member["fields"]["email"], "ada.adams@acme.example");
    assert_eq!((&member["integration"], &member["left_at"]), (&json!("personio"), &json!(null)));
    assert!(member["fields"].as_object().expect("it is there").keys().all(|field| !field.starts_with("seen.")));
    assert_eq!(ok("/api/v1/members?state=leaver").await["items"], json!([]));

    let history = ok(&format!("/api/v1/members/{}/history", id(&member["id"]))).await;
    let entries = history["items"].as_array().expect("it is there");
    assert_eq!(entries.iter().map(|entry| entry["change"]["kind"].clone()).collect::<Vec<_>>(), ["update", "join"]);
    assert_eq!((&entries[0]["import"], &entries[0]["change"]), (&json!(second), &update));

    let document = bed.look("/api/openapi.json").await;
    assert!(document.json()["openapi"].as_str().expect("it is there").starts_with("3.1"));
}

async fn a_token_is_needed_that_is_good_for_it(bed: Bed) {
    bed.set_up("acme").await;
    let none = bed.look("/api/v1/members").await;
    refused(&none, StatusCode::UNAUTHORIZED, "api-token-missing");
    assert_eq!(none.header(header::WWW_AUTHENTICATE), "Bearer realm=\"Rollcall\"");

    let token = bed.token("acme", &[Scope::ReadImports]).await;
    for bad in ["nonsense", "rc_1_2_3", &token[..token.len() - 1], ""] {
        let answer = bed.get(bad, "/api/v1/imports").await;
        refused(&answer, StatusCode::UNAUTHORIZED, "api-token-refused");
        assert!(answer.header(header::WWW_AUTHENTICATE).contains("invalid_token"));
    }
    assert_eq!(bed.get(&token, "/api/v1/imports").await.status, StatusCode::OK);
    for (path, scope) in [("/api/v1/integrations", "integrations:read"), ("/api/v1/members", "members:read")] {
        let answer = bed.get(&token, path).await;
        let problem = refused(&answer, StatusCode::FORBIDDEN, "api-scope-missing");
        assert_eq!(problem["scope"], scope);
        assert!(problem["detail"].as_str().expect("it is there").contains(scope));
        assert!(answer.header(header::WWW_AUTHENTICATE).contains(scope));
    }
    let start = bed.post(&token, "/api/v1/integrations/personio/imports", None, "").await;
    assert_eq!(refused(&start, StatusCode::FORBIDDEN, "api-scope-missing")["scope"], "imports:run");

    let programme = bed.engine.programme("acme").await.expect("it is there");
    let known = bed.engine.tokens_of(&programme).await.expect("it is there");
    bed.engine.revoke_token(&programme, known[0].id, &engine::Actor::command()).await.expect("it is there");
    refused(&bed.get(&token, "/api/v1/imports").await, StatusCode::UNAUTHORIZED, "api-token-refused");
}

async fn another_programme_sees_nothing(bed: Bed) {
    bed.employ(people(3));
    bed.set_up("acme").await;
    bed.set_up("other").await;
    let import = bed.import("acme").await.import;
    let ours = bed.token("acme", &Scope::ALL).await;
    let member = id(&bed.get(&ours, "/api/v1/members").await.json()["items"][0]["id"]);

    let theirs = bed.token("other", &Scope::ALL).await;
    for list in ["/api/v1/imports", "/api/v1/members"] {
        assert_eq!(bed.get(&theirs, list).await.json()["items"], json!([]), "{list}");
    }
    for (path, there) in [
        (format!("/api/v1/imports/{import}"), "import"),
        (format!("/api/v1/imports/{import}/changes"), "import"),
        (format!("/api/v1/imports/{import}/problems"), "import"),
        (format!("/api/v1/members/{member}"), "member"),
        (format!("/api/v1/members/{member}/history"), "member"),
    ] {
        assert_eq!(bed.get(&ours, &path).await.status, StatusCode::OK, "{path}");
        let problem = refused(&bed.get(&theirs, &path).await, StatusCode::NOT_FOUND, "api-not-found");
        assert!(problem["detail"].as_str().expect("it is there").contains(there));
    }
}

/// Walks over a list in pages of this size.
async fn walk(bed: &Bed, token: &str, list: &str, size: usize) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let mark = if list.contains('?') { '&' } else { '?' };
        let page = bed.get(token, &format!("{list}{mark}limit={size}{cursor}")).await.json();
        let items = page["items"].as_array().unwrap_or_else(|| panic!("{page}"));
        assert!(items.len() <= size && !items.is_empty());
        all.extend(items.iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

async fn lists_are_whole_page_by_page(bed: Bed) {
    const PEOPLE: usize = 43;
    bed.employ(people(43).map(|person| person.and("dynamic_1830002", "nonsense")));
    bed.set_up("acme").await;
    let first = bed.import("acme").await.import;
    for _ in 0..4 {
        bed.import("acme").await;
    }
    for (list, key, count) in [
        ("/api/v1/members".to_owned(), "/id", PEOPLE),
        ("/api/v1/members?q=adler".to_owned(), "/id", 8),
        (format!("/api/v1/imports/{first}/changes"), "/employee_id", PEOPLE),
        (format!("/api/v1/imports/{first}/changes?kind=join"), "/member", PEOPLE),
        (format!("/api/v1/imports/{first}/problems"), "/employee_id", PEOPLE),
        ("/api/v1/imports".to_owned(), "/id", 5),
    ] {
        // No token may ask so often in no time.
        let token = bed.token("acme", &Scope::ALL).await;
        let whole = walk(&bed, &token, &list, 200).await;
        assert_eq!(whole.len(), count, "{list}");
        let distinct: BTreeSet<String> =
            whole.iter().map(|item| item.pointer(key).expect("it is there").to_string()).collect();
        assert_eq!(distinct.len(), count, "{list}");
        for size in [1, 2, 7, count] {
            assert_eq!(walk(&bed, &token, &list, size).await, whole, "{list} by {size}");
        }
    }
}

async fn the_same_request_starts_one_import(bed: Bed) {
    bed.employ(people(3));
    bed.set_up("acme").await;
    bed.set_up("other").await;
    let token = bed.token("acme", &Scope::ALL).await;
    let start = "/api/v1/integrations/personio/imports";

    // At the same moment, and again: one import, and the same answer.
    let (one, two) = tokio::join!(bed.post(&token, start, Some("a"), ""), bed.post(&token, start, Some("a"), ""));
    let three = bed.post(&token, start, Some("a"), r#"{"purpose":"apply"}"#).await;
    for answer in [&one, &two, &three] {
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text());
        assert_eq!(answer.json(), one.json());
        assert_eq!(answer.header(header::LOCATION), answer.json()["href"]);
    }
    let import = id(&one.json()["import"]);
    assert_eq!(bed.get(&token, one.header(header::LOCATION)).await.json()["id"], import);

    let other_body = bed.post(&token, start, Some("a"), r#"{"purpose":"preview"}"#).await;
    refused(&other_body, StatusCode::UNPROCESSABLE_ENTITY, "api-idempotency-key-reused");
    for key in [None, Some("b")] {
        let problem = refused(&bed.post(&token, start, key, "").await, StatusCode::CONFLICT, "api-already-running");
        assert_eq!(problem["import"], import);
    }
    // Another programme has keys of its own.
    let theirs = bed.token("other", &Scope::ALL).await;
    let their_import = bed.post(&theirs, start, Some("a"), "").await;
    assert_eq!(their_import.status, StatusCode::ACCEPTED);
    assert_ne!(their_import.json()["import"], import);

    bed.work();
    let path = format!("/api/v1/imports/{import}");
    while bed.get(&token, &path).await.json()["ended"] == false {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let ended = bed.get(&token, &path).await.json();
    assert_eq!(
        (&ended["state"], &ended["trigger"], &ended["started_by"]),
        (&json!("completed"), &json!("api"), &json!("a test"))
    );
    assert_eq!(bed.post(&token, start, Some("a"), "").await.json(), one.json(), "remembered after its end");
    bed.pass(jiff::SignedDuration::from_hours(25));
    let next_day = bed.post(&token, start, Some("a"), "").await;
    assert_eq!(next_day.status, StatusCode::ACCEPTED, "{}", next_day.text());
    assert_ne!(next_day.json(), one.json(), "and forgotten after a day");
}

async fn what_is_asked_wrongly_is_refused(bed: Bed) {
    bed.employ(people(3));
    bed.set_up("acme").await;
    let import = bed.import("acme").await.import;
    let token = bed.token("acme", &Scope::ALL).await;
    let changes = format!("/api/v1/imports/{import}/changes");
    let cursor = id(&bed.get(&token, &format!("{changes}?limit=1")).await.json()["next"]);
    for (path, code) in [
        ("/api/v1/members?stat=leaver".to_owned(), "api-query"),
        ("/api/v1/members?state=gone".to_owned(), "api-query"),
        ("/api/v1/members?limit=0".to_owned(), "api-query"),
        ("/api/v1/members?limit=201".to_owned(), "api-query"),
        ("/api/v1/members?limit=many".to_owned(), "api-query"),
        (format!("/api/v1/members?cursor={cursor}"), "api-cursor"),
        ("/api/v1/imports?cursor=x".to_owned(), "api-cursor"),
        ("/api/v1/imports?from=yesterday".to_owned(), "api-query"),
        ("/api/v1/imports?purpose=fun".to_owned(), "api-query"),
        (format!("{changes}?kind=refresh"), "api-query"),
        (format!("/api/v1/imports/{import}/problems?severity=grave"), "api-query"),
    ] {
        refused(&bed.get(&token, &path).await, StatusCode::BAD_REQUEST, code);
    }
    for path in [
        "/api/v1/imports/1",
        "/api/v1/members/x",
        "/api/v1/integrations/other",
        "/api/v1/nothing",
        "/api/v1/imports?integration=other",
    ] {
        refused(&bed.get(&token, path).await, StatusCode::NOT_FOUND, "api-not-found");
    }
    let start = "/api/v1/integrations/personio/imports";
    for body in ["{", "[]", r#"{"purpose":"fun"}"#, r#"{"dry_run":true}"#] {
        refused(&bed.post(&token, start, None, body).await, StatusCode::BAD_REQUEST, "api-body");
    }
    for key in ["", &"k".repeat(201)] {
        refused(&bed.post(&token, start, Some(key), "").await, StatusCode::BAD_REQUEST, "api-idempotency-key");
    }
}
