//! The sandbox as a client meets it: over HTTP.

use std::{collections::BTreeSet, time::Duration};

use jiff::civil::{Date, date};
use reqwest::{Client, Method, Response, StatusCode};
use rollcall_sandbox::{
    Change, Company, Endpoint, Fault, FaultKind, Knobs, Options, OverLimit, Sandbox, Shift, TokenInAnswers,
};
use serde_json::{Value, json};
use tokio::time::Instant;

const TODAY: Date = date(2026, 11, 23);
const ID: &str = "papi-client";
const SECRET: &str = "papi-secret";

/// A sandbox with one company, and a client that has met it.
struct Bench {
    sandbox: Sandbox,
    http: Client,
    token: String,
}

impl Bench {
    async fn new(company: Company) -> Self {
        let _already = rustls::crypto::ring::default_provider().install_default();
        let sandbox = Sandbox::start(([127, 0, 0, 1], 0).into(), Options::new(TODAY)).await.expect("starts");
        sandbox.add_company_with(ID, SECRET, company, Knobs::default().unlimited());
        let redirect = reqwest::redirect::Policy::none();
        let http = Client::builder().redirect(redirect).no_proxy().build().expect("a client");
        let mut bench = Self { sandbox, http, token: String::new() };
        bench.token = bench.authenticate().await;
        bench
    }

    async fn of(employees: usize) -> Self {
        Self::new(Company::generate(1, employees, TODAY)).await
    }

    async fn auth(&self, body: Value) -> Response {
        let request = self.http.post(format!("{}/auth", self.sandbox.base_url())).json(&body);
        request.send().await.expect("an answer")
    }

    async fn authenticate(&self) -> String {
        let answer = self.auth(json!({ "client_id": ID, "client_secret": SECRET })).await;
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().await.expect("JSON");
        assert_eq!(answer["success"], true);
        answer["data"]["token"].as_str().expect("a token").to_owned()
    }

    async fn try_get(&self, path: &str) -> reqwest::Result<Response> {
        let url = format!("{}{path}", self.sandbox.base_url());
        self.http.get(url).bearer_auth(&self.token).send().await
    }

    async fn get(&self, path: &str) -> Response {
        self.try_get(path).await.expect("an answer")
    }

    async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.expect("JSON")
    }

    async fn status(&self, path: &str) -> u16 {
        self.get(path).await.status().as_u16()
    }

    /// Every id that a reader meets who asks for pages of that size until the total is reached.
    async fn ids(&self, limit: u64) -> Vec<i64> {
        let mut ids = Vec::new();
        for offset in (0..).map(|page| page * limit) {
            let page = self.json(&format!("/company/employees?limit={limit}&offset={offset}&attributes[]=id")).await;
            let data = page["data"].as_array().expect("a list");
            ids.extend(data.iter().filter_map(|person| person["attributes"]["id"]["value"].as_i64()));
            let total = page["metadata"]["total_elements"].as_u64().expect("a number");
            if data.is_empty() || offset + limit >= total {
                break;
            }
        }
        ids
    }

    fn fault(&self, fault: Fault) {
        self.sandbox.add_fault(ID, fault).expect("the client is there");
    }

    fn no_faults(&self) {
        self.sandbox.clear_faults(ID).expect("the client is there");
    }

    async fn control(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        let url = format!("http://{}/_sandbox{path}", self.sandbox.address());
        let mut request = self.http.request(method, url);
        if !body.is_null() {
            request = request.json(&body);
        }
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        let text = answer.text().await.expect("text");
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }
}

const PAGE: &str = "/company/employees?limit=10";

#[tokio::test]
async fn a_list_is_read_page_by_page_with_what_is_asked_for() {
    let bench = Bench::of(230).await;
    let all = bench.sandbox.company(ID, |company| company.ids()).expect("there");
    assert_eq!(bench.ids(100).await, all);
    assert_eq!(bench.ids(7).await, all);

    let page = bench.json("/company/employees?attributes[]=id&attributes%5B%5D=email&offset=100").await;
    assert_eq!((&page["offset"], &page["limit"]), (&json!(100), &json!(50)));
    assert_eq!(page["metadata"]["current_page"], 2);
    let attributes = page["data"][0]["attributes"].as_object().expect("attributes");
    assert_eq!(attributes.keys().collect::<BTreeSet<_>>(), BTreeSet::from([&"email".to_owned(), &"id".to_owned()]));

    let id = all[5];
    let one = bench.json(&format!("/company/employees/{id}")).await;
    assert_eq!(one["data"]["attributes"]["id"]["value"], id);
    assert_eq!(bench.status("/company/employees/1").await, 404);
    assert_eq!(bench.status("/company/attendances").await, 404);
}

#[tokio::test]
async fn credentials_are_taken_from_bodies_and_from_the_query_if_that_is_allowed() {
    let bench = Bench::of(5).await;
    let url = format!("{}/auth", bench.sandbox.base_url());
    let form = [("client_id", ID), ("client_secret", SECRET)];
    let answer = bench.http.post(&url).form(&form).send().await.expect("an answer");
    let answer: Value = answer.json().await.expect("JSON");
    assert_eq!(answer["data"]["token"], bench.token.as_str());

    let in_query = bench.http.post(&url).query(&form);
    let again = in_query.try_clone().expect("no body");
    assert_eq!(in_query.send().await.expect("an answer").status(), 200);
    bench.sandbox.knobs(ID, |knobs| knobs.query_credentials = false).expect("there");
    assert_eq!(again.send().await.expect("an answer").status(), 403);

    assert_eq!(bench.auth(json!({ "client_id": ID, "client_secret": "no" })).await.status(), 403);
    assert_eq!(bench.auth(json!({ "client_id": "no", "client_secret": "no" })).await.status(), 401);
    assert_eq!(bench.auth(json!({})).await.status(), 422);

    let log = bench.sandbox.log();
    let places: Vec<_> = log.iter().map(|request| request.credentials_in.as_deref()).collect();
    assert_eq!(places, [Some("json"), Some("form"), Some("query"), Some("query"), Some("json"), Some("json"), None]);
    assert!(!format!("{log:?}").contains(SECRET));
}

#[tokio::test]
async fn tokens_are_echoed_rotated_expired_and_voided() {
    let bench = Bench::of(5).await;
    let echoed =
        |answer: &Response| answer.headers().get("authorization").map(|value| value.to_str().expect("text").to_owned());
    assert_eq!(echoed(&bench.get(PAGE).await), Some(format!("Bearer {}", bench.token)));
    assert_eq!(bench.authenticate().await, bench.token);

    bench.sandbox.knobs(ID, |knobs| knobs.token_in_answers = TokenInAnswers::Next).expect("there");
    let next = echoed(&bench.get(PAGE).await).expect("the next token");
    assert_ne!(next, format!("Bearer {}", bench.token));
    assert_eq!(bench.status(PAGE).await, 401);

    bench.sandbox.knobs(ID, |knobs| knobs.token_in_answers = TokenInAnswers::None).expect("there");
    let mut bench = bench;
    bench.token = bench.authenticate().await;
    assert_eq!(echoed(&bench.get(PAGE).await), None);
    bench.sandbox.expire_tokens(ID).expect("there");
    assert_eq!(bench.status(PAGE).await, 401);

    bench.sandbox.knobs(ID, |knobs| knobs.token_expires_in = 0).expect("there");
    bench.token = bench.authenticate().await;
    assert_eq!(bench.status(PAGE).await, 401);
    bench.sandbox.knobs(ID, |knobs| knobs.token_expires_in = 60).expect("there");
    bench.token = bench.authenticate().await;
    assert_eq!(bench.status(PAGE).await, 200);
    bench.sandbox.rotate_secret(ID, "another").expect("there");
    assert_eq!(bench.status(PAGE).await, 401);
    assert_eq!(bench.auth(json!({ "client_id": ID, "client_secret": SECRET })).await.status(), 403);
}

#[tokio::test]
async fn a_burst_is_limited() {
    let bench = Bench::of(5).await;
    bench.sandbox.knobs(ID, |knobs| (knobs.per_second, knobs.retry_after) = (15, Some(1))).expect("there");
    let answers = futures::future::join_all((0..40).map(|_| bench.get(PAGE))).await;
    let limited: Vec<_> = answers.iter().filter(|answer| answer.status() == 429).collect();
    assert!(!limited.is_empty());
    assert_eq!(limited[0].headers()["retry-after"], "1");
}

#[tokio::test]
async fn slow_answers_keep_nobody_else_waiting() {
    let bench = Bench::of(5).await;
    bench.sandbox.knobs(ID, |knobs| knobs.latency_ms = 500).expect("there");
    let start = Instant::now();
    let answers = futures::future::join_all((0..20).map(|_| bench.get(PAGE))).await;
    let taken = start.elapsed();
    assert!(answers.iter().all(|answer| answer.status() == 200));
    // One after the other they would take ten seconds.
    assert!((Duration::from_millis(500)..Duration::from_secs(5)).contains(&taken), "{taken:?}");
}

#[tokio::test]
async fn only_readable_attributes_are_told_of() {
    let bench = Bench::of(5).await;
    let described = bench.json("/company/employees/attributes").await;
    let size = described["data"].as_array().expect("a list").iter().find(|one| one["label"] == "T-shirt size");
    assert_eq!(size.expect("there")["type"], "list");

    bench.sandbox.set_readable(ID, Some(["id", "status"])).expect("there");
    for path in ["attributes", "custom-attributes"] {
        let described = bench.json(&format!("/company/employees/{path}")).await;
        let keys: Vec<_> = described["data"].as_array().expect("a list").iter().map(|one| one["key"].clone()).collect();
        assert_eq!(keys, ["id", "status"]);
    }
    let page = bench.json(PAGE).await;
    assert_eq!(page["data"][0]["attributes"].as_object().expect("attributes").len(), 2);
}

#[tokio::test]
async fn faults_of_an_answer() {
    let bench = Bench::of(30).await;
    bench.fault(Fault::new(FaultKind::Status { status: 503, retry_after: Some(7) }).times(1));
    let answer = bench.get(PAGE).await;
    assert_eq!((answer.status().as_u16(), &answer.headers()["retry-after"]), (503, &"7".parse().expect("a header")));
    assert_eq!(bench.status(PAGE).await, 200);

    bench.fault(Fault::new(FaultKind::ErrorWithin).page(2));
    assert_eq!(bench.json(PAGE).await["success"], true);
    assert_eq!(bench.json(&format!("{PAGE}&offset=10")).await["success"], false);
    bench.no_faults();

    for kind in [FaultKind::Unreadable, FaultKind::Html] {
        bench.fault(Fault::new(kind));
        let answer = bench.get(PAGE).await;
        assert_eq!(answer.status(), 200);
        assert!(answer.json::<Value>().await.is_err());
        bench.no_faults();
    }

    bench.fault(Fault::new(FaultKind::Redirect { to: "https://elsewhere.example/".into(), status: 302 }));
    let answer = bench.get(PAGE).await;
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["location"]),
        (302, &"https://elsewhere.example/".parse().expect("a header"))
    );
    bench.no_faults();

    bench.fault(Fault::new(FaultKind::Status { status: 500, retry_after: None }).on(Endpoint::Auth));
    assert_eq!(bench.auth(json!({ "client_id": ID, "client_secret": SECRET })).await.status(), 500);
    assert_eq!(bench.status(PAGE).await, 200);
}

#[tokio::test]
async fn faults_of_a_body() {
    let bench = Bench::of(30).await;
    for kind in [FaultKind::Cut, FaultKind::Hang { within: true }] {
        bench.fault(Fault::new(kind));
        let answer = bench.get(PAGE).await;
        assert_eq!(answer.status(), 200);
        let body = tokio::time::timeout(Duration::from_millis(300), answer.bytes()).await;
        assert!(!matches!(body, Ok(Ok(_))), "the body never comes whole");
        bench.no_faults();
    }
    bench.fault(Fault::new(FaultKind::Hang { within: false }));
    assert!(tokio::time::timeout(Duration::from_millis(300), bench.try_get(PAGE)).await.is_err());
    bench.no_faults();

    bench.fault(Fault::new(FaultKind::Huge { bytes: 3_000_000 }));
    assert!(bench.get(PAGE).await.bytes().await.expect("a body").len() > 2_900_000);
    bench.no_faults();

    bench.fault(Fault::new(FaultKind::Trickle { ms: 1, bytes: 1000 }));
    bench.fault(Fault::new(FaultKind::Slow { ms: 20 }));
    assert_eq!(bench.json(PAGE).await["success"], true);
}

#[tokio::test]
async fn faults_of_a_list() {
    let bench = Bench::of(40).await;
    let all = bench.ids(10).await;
    let read = async |kind: FaultKind| {
        bench.fault(Fault::new(kind));
        let ids = bench.ids(10).await;
        bench.no_faults();
        ids
    };
    assert_eq!(read(FaultKind::Empty).await, Vec::<i64>::new());
    assert_eq!(read(FaultKind::Half { truthful: true }).await, all[..all.len() / 2]);
    assert_eq!(read(FaultKind::Half { truthful: false }).await, all[..all.len() / 2]);
    assert_eq!(read(FaultKind::SamePage).await[10..20], all[..10]);
    assert_eq!(read(FaultKind::Cap { limit: 4, admitted: true }).await[..8], [&all[..4], &all[10..14]].concat());
    let renumbered: Vec<i64> = all.iter().map(|id| id + 5).collect();
    assert_eq!(read(FaultKind::Renumbered { by: 5 }).await, renumbered);
    assert_eq!(read(FaultKind::Twice { differing: true }).await, [&all[..], &all[..1]].concat());

    let slipped = read(FaultKind::Shift { after: 1, how: Shift::DeleteFront, same_total: true }).await;
    assert_eq!(slipped.len(), all.len());
    assert_eq!(slipped.iter().collect::<BTreeSet<_>>().len(), all.len());
    assert!(!slipped.contains(&all[10]));

    bench.fault(Fault::new(FaultKind::Shift { after: 1, how: Shift::Rotate, same_total: true }).reads(1));
    assert_ne!(bench.ids(10).await, all);
    assert_eq!(bench.ids(10).await, all);
    bench.no_faults();

    bench.fault(Fault::new(FaultKind::Withdrawn { attribute: "status".into(), person: Some(all[0]) }));
    let page = bench.json(PAGE).await;
    assert!(page["data"][0]["attributes"].get("status").is_none());
    assert!(page["data"][1]["attributes"].get("status").is_some());
    bench.no_faults();

    bench.fault(Fault::new(FaultKind::NoMetadata));
    assert!(bench.json(PAGE).await.get("metadata").is_none());
}

#[tokio::test]
async fn faults_of_credentials() {
    let mut bench = Bench::of(30).await;
    bench.fault(Fault::new(FaultKind::TokenRefused).page(2).times(1));
    assert_eq!(bench.status(PAGE).await, 200);
    assert_eq!(bench.status(&format!("{PAGE}&offset=10")).await, 401);
    assert_eq!(bench.status(PAGE).await, 401);
    let former = bench.token.clone();
    bench.token = bench.authenticate().await;
    assert_ne!(bench.token, former);
    assert_eq!(bench.status(&format!("{PAGE}&offset=10")).await, 200);

    bench.fault(Fault::new(FaultKind::CredentialsRevoked));
    assert_eq!(bench.status(PAGE).await, 401);
    assert_eq!(bench.auth(json!({ "client_id": ID, "client_secret": SECRET })).await.status(), 403);
}

#[tokio::test]
async fn the_log_shows_what_was_asked_and_what_struck() {
    let bench = Bench::of(5).await;
    bench.sandbox.clear_log();
    bench.fault(Fault::new(FaultKind::Empty));
    let url = format!("{}/company/employees?attributes[]=id&attributes[]=status", bench.sandbox.base_url());
    let request = bench.http.get(url).bearer_auth(&bench.token).header("X-Personio-App-ID", "ROLLCALL");
    request.send().await.expect("an answer");
    let log = bench.sandbox.log();
    assert_eq!(log.len(), 1);
    assert_eq!(log[0].parameter("attributes[]").collect::<Vec<_>>(), ["id", "status"]);
    assert_eq!(log[0].headers["x-personio-app-id"], "ROLLCALL");
    assert_eq!((log[0].path.as_str(), log[0].status), ("/v1/company/employees", Some(200)));
    assert_eq!((log[0].client_id.as_deref(), &log[0].faults[..]), (Some(ID), &["empty".to_owned()][..]));
}

#[tokio::test]
async fn prerendered_pages_are_fresh_when_somebody_changes() {
    let bench = Bench::of(5).await;
    bench.sandbox.knobs(ID, |knobs| knobs.prerender = true).expect("there");
    let page = bench.json(PAGE).await;
    assert_eq!(bench.json(PAGE).await, page);
    let id = page["data"][0]["attributes"]["id"]["value"].as_i64().expect("an id");
    bench.sandbox.company(ID, |company| company.change(id, &Change::set("last_name", "Neu"))).expect("there");
    assert_eq!(bench.json(PAGE).await["data"][0]["attributes"]["last_name"]["value"], "Neu");
    bench.sandbox.set_readable(ID, Some(["id"])).expect("there");
    assert_ne!(bench.json(PAGE).await, page);
}

#[tokio::test]
async fn a_sandbox_stops_although_a_request_hangs() {
    let bench = Bench::of(5).await;
    bench.fault(Fault::new(FaultKind::Hang { within: false }));
    let address = bench.sandbox.address();
    let url = format!("{}{PAGE}", bench.sandbox.base_url());
    let hanging = tokio::spawn(bench.http.get(url).bearer_auth(&bench.token).send());
    tokio::time::sleep(Duration::from_millis(100)).await;
    bench.sandbox.stop().await;
    assert!(hanging.await.expect("no panic").is_ok_and(|answer| answer.status() == 503));
    assert!(std::net::TcpStream::connect(address).is_err());
}

#[tokio::test]
async fn everything_can_be_set_from_outside() {
    let bench = Bench::of(5).await;
    let (status, help) = bench.control(Method::GET, "", Value::Null).await;
    assert_eq!(status, 200);
    assert!(help.as_str().is_some_and(|help| help.contains("PUT    /_sandbox/companies/{client} ")));

    let people = json!([{ "id": 7, "first_name": "Ada", "email": "ada@acme.example" }, { "id": 8, "status": "leave" }]);
    let company = json!({ "secret": "s", "people": people, "knobs": { "over_limit": "refuse" } });
    let (status, made) = bench.control(Method::PUT, "/companies/other", company).await;
    assert_eq!((status.as_u16(), &made["counts"]["total"]), (200, &json!(2)));
    let generated = json!({ "secret": "s", "seed": 1, "employees": 30, "today": "2026-01-31" });
    let (_, made) = bench.control(Method::PUT, "/companies/third", generated).await;
    assert_eq!(made["counts"]["active"].as_u64().zip(made["counts"]["leave"].as_u64()).map(|(a, b)| a + b), Some(30));
    let (_, passed) = bench.control(Method::POST, "/companies/third/month?count=2", Value::Null).await;
    assert_eq!((&passed["today"], passed["months"].as_array().map(Vec::len)), (&json!("2026-03-28"), Some(2)));

    let change = json!({ "set": { "last_name": "" }, "absent": ["gender"] });
    assert_eq!(bench.control(Method::PATCH, "/companies/other/people/7", change).await.0, 204);
    let (_, ada) = bench.control(Method::GET, "/companies/other/people/7", Value::Null).await;
    assert_eq!((&ada["first_name"], &ada["last_name"], ada.get("gender")), (&json!("Ada"), &json!(""), None));
    let (_, twin) = bench.control(Method::POST, "/companies/other/people", json!({ "like": 7 })).await;
    assert_eq!(twin["id"], 7);
    let (_, away) = bench.control(Method::GET, "/companies/other/people?status=leave", Value::Null).await;
    assert_eq!(away.as_array().map(Vec::len), Some(1));
    assert_eq!(bench.control(Method::DELETE, "/companies/other/people/8", Value::Null).await.0, 204);
    assert_eq!(bench.control(Method::DELETE, "/companies/other/people/8", Value::Null).await.0, 404);
    let (_, changed) =
        bench.control(Method::POST, "/companies/other/mutate", json!({ "do": "renumber", "by": 100 })).await;
    assert_eq!(changed["changed"], 2);

    let (_, knobs) =
        bench.control(Method::PATCH, "/companies/other/knobs", json!({ "writing": { "tags": "json-text" } })).await;
    assert_eq!((&knobs["over_limit"], &knobs["writing"]["tags"]), (&json!("refuse"), &json!("json-text")));
    assert_eq!(bench.control(Method::PATCH, "/companies/other/knobs", json!({ "no_such": 1 })).await.0, 422);
    let size = json!({ "label": "Shoe size", "type": "list", "options": ["42"] });
    assert_eq!(bench.control(Method::PUT, "/companies/other/attributes/dynamic_9", size).await.0, 204);
    assert_eq!(bench.control(Method::PUT, "/companies/other/readable", json!({ "attributes": ["id"] })).await.0, 204);

    let (status, set) = bench
        .control(
            Method::POST,
            &format!("/companies/{ID}/faults"),
            json!({ "kind": "status", "status": 503, "times": 1 }),
        )
        .await;
    assert_eq!((status.as_u16(), &set["id"]), (201, &json!(1)));
    assert_eq!(bench.status(PAGE).await, 503);
    let (_, standing) = bench.control(Method::GET, &format!("/companies/{ID}/faults"), Value::Null).await;
    assert_eq!(standing[0]["struck"], 1);
    let wrong = json!({ "kind": "empty", "pages": 2 });
    assert_eq!(bench.control(Method::POST, &format!("/companies/{ID}/faults"), wrong).await.0, 422);
    assert_eq!(bench.control(Method::DELETE, &format!("/companies/{ID}/faults/1"), Value::Null).await.0, 204);

    let (_, log) = bench.control(Method::GET, &format!("/log?client={ID}"), Value::Null).await;
    assert_eq!(log.as_array().map(Vec::len), Some(2));
    assert_eq!(bench.control(Method::DELETE, "/log", Value::Null).await.0, 204);
    assert_eq!(bench.control(Method::GET, "/companies/none", Value::Null).await.0, 404);
}

#[tokio::test]
async fn what_a_page_too_large_meets_is_a_knob() {
    let bench = Bench::of(230).await;
    let size = async |over_limit| {
        bench.sandbox.knobs(ID, |knobs| knobs.over_limit = over_limit).expect("there");
        let page = bench.get("/company/employees?limit=200&attributes[]=id").await;
        let status = page.status().as_u16();
        let page: Value = page.json().await.expect("JSON");
        (status, page["data"].as_array().map(Vec::len), page["limit"].as_u64())
    };
    assert_eq!(size(OverLimit::Clamp).await, (200, Some(100), Some(100)));
    assert_eq!(size(OverLimit::ClampSilently).await, (200, Some(100), Some(200)));
    assert_eq!(size(OverLimit::Refuse).await, (400, None, None));
}
