//! Personio's client on a real connection: what leaves it, and what it makes of odd answers.
//! What takes time (back-off, limits, tokens that expire) is tested beside the code, on a clock
//! that stands still.
#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it should be")]

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, Response, StatusCode, header},
};
use domain::record::{Asked, Value};
use futures::{StreamExt, stream};
use rollcall_sources::{
    Page, Source, SourceError, SourceResult,
    personio::{Limiter, Personio, Settings},
};
use tokio::net::TcpListener;

const SECRET: &str = "papi-geheim";

/// What arrived.
struct Arrived {
    line: String,
    headers: HeaderMap,
    body: String,
}

impl Arrived {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

type Answers = VecDeque<Response<Body>>;

/// A source on this machine that gives the answers it was given, in order.
#[derive(Clone, Default)]
struct Stand {
    answers: Arc<Mutex<Answers>>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    address: String,
}

impl Stand {
    async fn with(answers: impl IntoIterator<Item = Response<Body>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/v1", listener.local_addr().unwrap());
        let stand = Self { answers: Arc::new(Mutex::new(answers.into_iter().collect())), address, ..Self::default() };
        let app = Router::new().fallback(answer).with_state(stand.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        stand
    }

    fn personio(&self) -> Personio {
        let settings = Settings {
            base_url: Some(self.address.clone()),
            limiter: Limiter::unlimited(),
            ..Settings::new("papi-id", SECRET.into())
        };
        Personio::new(settings).unwrap()
    }

    async fn read(&self) -> SourceResult<Vec<Page>> {
        let asked = Asked::new(["id", "department"]);
        self.personio().read(asked).collect::<Vec<_>>().await.into_iter().collect()
    }

    fn lines(&self) -> Vec<String> {
        self.arrived.lock().unwrap().iter().map(|arrived| arrived.line.clone()).collect()
    }
}

async fn answer(State(stand): State<Stand>, request: Request) -> Response<Body> {
    let line = format!("{} {}", request.method(), request.uri());
    let headers = request.headers().clone();
    let body = String::from_utf8(to_bytes(request.into_body(), 10_000).await.unwrap().to_vec()).unwrap();
    stand.arrived.lock().unwrap().push(Arrived { line, headers, body });
    let next = stand.answers.lock().unwrap().pop_front();
    next.unwrap_or_else(|| Response::builder().status(StatusCode::IM_A_TEAPOT).body(Body::empty()).unwrap())
}

fn json(body: impl Into<Body>) -> Response<Body> {
    Response::builder().header(header::CONTENT_TYPE, "application/json").body(body.into()).unwrap()
}

fn granted() -> Response<Body> {
    json(r#"{"success":true,"data":{"token":"papi-1","expires_in":86400,"scope":"employees:read"}}"#)
}

fn anna() -> &'static str {
    r#"{"success":true,"metadata":{"total_elements":1,"current_page":0,"total_pages":1},"offset":0,"limit":100,
        "data":[{"type":"Employee","attributes":{"id":{"label":"ID","value":1,"type":"integer","universal_id":"id"},
        "department":{"label":"Department","value":{"type":"Department","attributes":{"id":2,"name":"IT"}},"type":"standard"}}}]}"#
}

#[tokio::test]
async fn r4_r5_credentials_travel_in_a_body_and_the_token_in_a_header() {
    let stand = Stand::with([granted(), json(anna())]).await;
    let pages = stand.read().await.unwrap();
    assert_eq!(pages[0].records[0].0, [Some(Value::Text("1".into())), Some(Value::Text("IT".into()))]);
    let query = "limit=100&offset=0&attributes%5B%5D=id&attributes%5B%5D=department";
    assert_eq!(stand.lines(), ["POST /v1/auth".to_owned(), format!("GET /v1/company/employees?{query}")]);
    let arrived = stand.arrived.lock().unwrap();
    assert_eq!(arrived[0].body, format!(r#"{{"client_id":"papi-id","client_secret":"{SECRET}"}}"#));
    assert_eq!(arrived[0].header("content-type"), "application/json");
    assert_eq!(arrived[0].header("authorization"), "");
    assert_eq!((arrived[1].header("authorization"), arrived[1].body.as_str()), ("Bearer papi-1", ""));
    for request in arrived.iter() {
        assert_eq!(request.header("x-personio-app-id"), "ROLLCALL");
        assert_eq!(request.header("accept"), "application/json");
        assert!(request.header("user-agent").starts_with("rollcall/"));
    }
}

#[tokio::test]
async fn attributes_are_listed() {
    let list =
        r#"{"success":true,"data":[{"key":"dynamic_2","label":"Marital status","type":"list","options":["married"]}]}"#;
    let stand = Stand::with([granted(), json(list)]).await;
    let attributes = stand.personio().attributes().await.unwrap();
    assert_eq!((attributes[0].key.as_str(), attributes[0].label.as_str()), ("dynamic_2", "Marital status"));
    assert_eq!(stand.lines()[1], "GET /v1/company/employees/attributes");
}

#[tokio::test]
async fn redirects_are_not_followed_and_nothing_secret_goes_there() {
    let elsewhere = Stand::with([]).await;
    for status in [301, 302, 303, 307, 308] {
        let redirect = || {
            let location = format!("{}/auth?x={SECRET}", elsewhere.address);
            Response::builder().status(status).header(header::LOCATION, location).body(Body::empty()).unwrap()
        };
        let location = elsewhere.address.trim_end_matches("/v1").to_owned();
        let redirected = SourceError::Redirected { source_name: "Personio", location };
        let stand = Stand::with([redirect()]).await;
        assert_eq!(stand.personio().check().await.unwrap_err(), redirected);
        let stand = Stand::with([granted(), redirect()]).await;
        assert_eq!(stand.read().await.unwrap_err(), redirected);
    }
    assert_eq!(elsewhere.lines().len(), 0);
}

#[tokio::test]
async fn r1_a_body_that_breaks_off_is_fetched_again() {
    let half = anna().as_bytes()[..100].to_vec();
    let chunks = [Ok(Bytes::from(half)), Err(std::io::Error::other("the cable was pulled"))];
    let cut = json(Body::from_stream(stream::iter(chunks)));
    let stand = Stand::with([granted(), cut, json(anna())]).await;
    assert_eq!(stand.read().await.unwrap()[0].records.len(), 1);
    assert_eq!(stand.lines().len(), 3);
}

#[tokio::test]
async fn an_answer_without_an_end_is_not_read_to_its_end() {
    let endless = stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from(vec![b' '; 65_536])));
    let stand = Stand::with([granted(), json(Body::from_stream(endless))]).await;
    let error = stand.read().await.unwrap_err();
    assert!(matches!(&error, SourceError::Unreadable { detail, .. } if detail.contains("32 MiB")), "{error}");
    assert_eq!(stand.lines().len(), 2);
}

#[tokio::test]
async fn what_a_source_repeats_is_not_passed_on() {
    let body = format!(
        r#"{{"success":false,"error":{{"message":"bad secret {SECRET}\u0007 {}","code":0}}}}"#,
        "x".repeat(1_000)
    );
    let refusal = Response::builder().status(403).body(Body::from(body)).unwrap();
    let SourceError::CredentialsRefused { detail, .. } =
        Stand::with([refusal]).await.personio().check().await.unwrap_err()
    else {
        panic!("403 when authenticating is about the credentials");
    };
    assert!(detail.starts_with("HTTP 403: bad secret … xxx"), "{detail}");
    assert_eq!(detail.chars().count(), 300);
}

#[tokio::test]
async fn incident_01_r1_a_source_that_is_not_there_is_unreachable() {
    // A port that was free a moment ago, and nobody listens on it.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/v1", listener.local_addr().unwrap());
    drop(listener);
    let settings = Settings {
        base_url: Some(address),
        limiter: Limiter::unlimited(),
        page_patience: std::time::Duration::from_millis(1),
        ..Settings::new("papi-id", SECRET.into())
    };
    let error = Personio::new(settings).unwrap().check().await.unwrap_err();
    assert!(matches!(error, SourceError::Unreachable { .. }), "{error}");
    assert!(!error.to_string().contains(SECRET));
}

#[tokio::test]
async fn a_client_for_personio_itself_can_be_made() {
    assert!(Personio::new(Settings::new("papi-id", SECRET.into())).is_ok());
}
