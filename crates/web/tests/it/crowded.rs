//! What is too much: too large, too slow, too often, too many at once. Over real sockets, where that is the point.

use std::{net::SocketAddr, time::Duration};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::scope::Scope;
use jiff::SignedDuration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};
use web::Limits;

use crate::{
    bed::{Bed, people},
    both,
    visitor::Visitor,
};

both!(
    what_is_too_large_is_told_on_a_page,
    a_program_that_asks_too_often_has_to_wait,
    a_session_follows_only_so_many_streams,
);

async fn what_is_too_large_is_told_on_a_page(bed: Bed) {
    let owner = Visitor::first(&bed).await;
    let form = "a".repeat(300 * 1024);
    for path in ["/sign-in", "settings"] {
        let answer = owner.send(path, &[("name", &form)]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        assert!(answer.text().contains("That is too much at once"), "{path}: {}", answer.text());
        assert_eq!(answer.header(header::CONNECTION), "close", "{path}: the rest is not waited for");
        assert!(answer.header(header::CONTENT_SECURITY_POLICY).contains("default-src 'none'"));
    }
    // A file of members may hold more, but not everything.
    let line = "1,Ada,Adler,ada.adler@acme.example\n";
    let rows = |size: usize| format!("employee_id,first_name,last_name,email\n{}", line.repeat(size / line.len()));
    assert_ne!(owner.send("members/upload", &[("rows", &rows(1024 * 1024))]).await.status, 413);
    let most = owner.send("members/upload", &[("rows", &rows(65 * 1024 * 1024))]).await;
    assert_eq!(most.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(most.text().contains("64 MB"));
    // Programs get a problem.
    bed.employ(people(1));
    bed.set_up("beta").await;
    let token = bed.token("beta", &[Scope::RunImports]).await;
    let answer = bed.post(&token, "/api/v1/integrations/personio/imports", None, &form).await;
    assert_eq!((answer.status, &answer.json()["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &"api-too-large".into()));
}

async fn a_program_that_asks_too_often_has_to_wait(bed: Bed) {
    bed.employ(people(1));
    bed.set_up("acme").await;
    let token = bed.token("acme", &[Scope::ReadMembers]).await;
    for _ in 0..300 {
        assert_eq!(bed.get(&token, "/api/v1/members/unknown").await.status, StatusCode::NOT_FOUND);
    }
    let refused = bed.get(&token, "/api/v1/members").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!((refused.header(header::RETRY_AFTER), &refused.json()["code"]), ("1", &"api-too-many".into()));
    assert_eq!(refused.header(header::CONTENT_TYPE), "application/problem+json");
    // Another token is another program.
    let other = bed.token("acme", &[Scope::ReadMembers]).await;
    assert_eq!(bed.get(&other, "/api/v1/members").await.status, StatusCode::OK);
    bed.pass(SignedDuration::from_secs(1));
    assert_eq!(bed.get(&token, "/api/v1/members").await.status, StatusCode::OK);
}

async fn a_session_follows_only_so_many_streams(bed: Bed) {
    let owner = Visitor::first(&bed).await;
    bed.employ(people(4));
    bed.set_up("acme").await;
    bed.sandbox.knobs("papi-test", |knobs| knobs.latency_ms = 60_000).expect("a company");
    let programme = bed.engine.programme("acme").await.expect("made");
    let integration = bed.engine.integration(&programme, None).await.expect("set up");
    let request =
        engine::import::Request { purpose: domain::import::Purpose::Apply, trigger: "test", renumbered: false };
    let import = bed.engine.start_import(&programme, &integration, request, &engine::Actor::command()).await;
    let path = format!("/manage/acme/imports/{}/events", import.expect("started"));
    let mut open = Vec::new();
    for _ in 0..8 {
        let response = owner.open(&path).await;
        assert_eq!(response.status(), StatusCode::OK);
        open.push(response);
    }
    assert_eq!(owner.open(&path).await.status(), StatusCode::TOO_MANY_REQUESTS);
    // Somebody else may, and whoever leaves makes room.
    let colleague = Visitor::colleague(&bed, domain::roles::Role::Owner).await;
    assert_eq!(colleague.open(&path).await.status(), StatusCode::OK);
    open.pop();
    assert_eq!(owner.open(&path).await.status(), StatusCode::OK);
}

/// Says this, and reads until the other end closes the connection.
async fn say(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("somebody listens");
    stream.write_all(text.as_bytes()).await.expect("written");
    heard(&mut stream).await
}

async fn heard(stream: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    let ended = timeout(Duration::from_secs(20), stream.read_to_end(&mut heard)).await;
    assert!(ended.is_ok(), "the connection is still open: {}", String::from_utf8_lossy(&heard));
    String::from_utf8_lossy(&heard).into_owned()
}

const BRIEF: Duration = Duration::from_millis(300);

fn brief() -> Limits {
    Limits { head: BRIEF, body: BRIEF, ..Limits::default() }
}

/// The beginning of a form whose rest does not come.
const HALF: &str = "POST /sign-in HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\n\
                    Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nemail=";

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_a_head_too_slowly_is_given_up() {
    let bed = Bed::on_sqlite().await;
    let address = bed.serve(brief(), "none").await;
    let mut slow = TcpStream::connect(address).await.expect("somebody listens");
    slow.write_all(b"GET /healthz HTTP/1.1\r\n").await.expect("written");
    // A header now and then keeps nobody in.
    let mut written = 0;
    while written < 100 && slow.write_all(b"X-A: b\r\n").await.is_ok() {
        written += 1;
        sleep(BRIEF / 5).await;
    }
    assert!(written < 100, "it was let go on");
    // And so is a connection that says nothing, before or after a request.
    assert_eq!(say(address, "").await.lines().next().unwrap_or_default(), "");
    let idle = say(address, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(idle.starts_with("HTTP/1.1 200"), "{idle}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_a_body_too_slowly_is_told() {
    let bed = Bed::on_sqlite().await;
    let address = bed.serve(brief(), "none").await;
    let answer = say(address, HALF).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("It took too long to arrive") && answer.contains("connection: close"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_is_too_large_is_refused() {
    let bed = Bed::on_sqlite().await;
    let address = bed.serve(Limits::default(), "none").await;
    let end = "Connection: close\r\n\r\n";
    let long = format!("GET /sign-in?next={} HTTP/1.1\r\nHost: a\r\n{end}", "a".repeat(70_000));
    let many = format!("GET /sign-in HTTP/1.1\r\nHost: a\r\n{}{end}", "X-A: b\r\n".repeat(150));
    let wide = format!("GET /sign-in HTTP/1.1\r\nHost: a\r\nX-A: {}\r\n{end}", "b".repeat(70_000));
    for head in [long, many, wide] {
        let answer = say(address, &head).await;
        let status = answer.get(9..12).unwrap_or_default();
        // Whoever goes on sending meanwhile may find the connection closed, and no answer.
        assert!(["414", "431", "400", ""].contains(&status), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_room_for_so_many_requests_and_health_is_always_told() {
    let bed = Bed::on_sqlite().await;
    let limits = Limits { at_once: 3, of_one: 2, body: Duration::from_secs(5), ..Limits::default() };
    let address = bed.serve(limits, "127.0.0.1").await;
    let ask = async |from: &str| {
        say(address, &format!("GET /help HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {from}\r\nConnection: close\r\n\r\n"))
            .await
    };
    let half = |from: &str| HALF.replace("Host: a\r\n", &format!("Host: a\r\nX-Forwarded-For: {from}\r\n"));
    let mut under_way = Vec::new();
    for from in ["203.0.113.1", "203.0.113.1"] {
        let mut stream = TcpStream::connect(address).await.expect("somebody listens");
        stream.write_all(half(from).as_bytes()).await.expect("written");
        under_way.push(stream);
    }
    sleep(BRIEF).await;
    let crowded = ask("203.0.113.1").await;
    assert!(crowded.starts_with("HTTP/1.1 429") && crowded.contains("retry-after: 5"), "{crowded}");
    assert!(ask("203.0.113.2").await.starts_with("HTTP/1.1 200"), "somebody else is let in");
    let mut third = TcpStream::connect(address).await.expect("somebody listens");
    third.write_all(half("203.0.113.3").as_bytes()).await.expect("written");
    sleep(BRIEF).await;
    let full = ask("203.0.113.2").await;
    assert!(full.starts_with("HTTP/1.1 503") && full.contains("retry-after: 5"), "{full}");
    assert!(full.contains("There is too much to do at the moment"), "{full}");
    let health = say(address, "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(health.starts_with("HTTP/1.1 200"), "{health}");
    drop((under_way, third));
    sleep(BRIEF).await;
    assert!(ask("203.0.113.1").await.starts_with("HTTP/1.1 200"), "whoever has gone makes room");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_has_only_so_many_connections() {
    let bed = Bed::on_sqlite().await;
    let address = bed.serve(Limits { connections_of_one: 2, ..Limits::default() }, "none").await;
    let ask = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let open = [TcpStream::connect(address).await, TcpStream::connect(address).await];
    sleep(BRIEF).await;
    let refused = say(address, "").await;
    assert!(refused.starts_with("HTTP/1.1 503") && refused.ends_with("Try again in a while."), "{refused}");
    drop(open);
    sleep(BRIEF).await;
    assert!(say(address, ask).await.starts_with("HTTP/1.1 200"));
}

/// A throttle counts whom the proxy names, and nobody escapes it by naming themselves.
#[tokio::test(flavor = "multi_thread")]
async fn guesses_count_for_the_address_that_a_trusted_proxy_names() {
    let bed = Bed::on_sqlite().await;
    let behind = bed.serve(Limits::default(), "127.0.0.1").await;
    let guess = async |named: &str, number: usize| {
        let body = format!("email=nobody{number}%40acme.example&password=guessed-{number}");
        let head = format!(
            "POST /sign-in HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: {named}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        say(behind, &format!("{head}{body}")).await.get(9..12).unwrap_or_default().to_owned()
    };
    for number in 0..20 {
        // The first is what the client wrote itself; of IPv6 the whole household counts.
        assert_ne!(guess(&format!("198.51.100.{number}, 2001:db8::{number:x}"), number).await, "429");
    }
    assert_eq!(guess("198.51.100.200, 2001:db8::ffff", 20).await, "429");
    assert_ne!(guess("198.51.100.200, 2001:db8:0:1::1", 21).await, "429", "the neighbours are not to blame");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_finishes_what_was_asked() {
    let bed = Bed::on_sqlite().await;
    let address = bed.serve(Limits::default(), "none").await;
    let mut stream = TcpStream::connect(address).await.expect("somebody listens");
    stream.write_all(HALF.as_bytes()).await.expect("written");
    sleep(BRIEF).await;
    bed.stop();
    sleep(BRIEF).await;
    assert!(TcpStream::connect(address).await.is_err(), "nobody else is taken on");
    let rest = format!("{:94}", "a%40acme.example&password=b");
    stream.write_all(rest.as_bytes()).await.expect("written");
    let answer = heard(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 2"), "{answer}");
    assert!(answer.contains("</html>"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_finds_out_before_connections_are_refused() {
    let bed = Bed::on_sqlite().await;
    let address = bed.serve(Limits { drain: Duration::from_secs(2), ..Limits::default() }, "none").await;
    bed.stop();
    let answer = say(address, "GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 503") && answer.ends_with("stopping\n"), "{answer}");
    sleep(Duration::from_secs(3)).await;
    assert!(TcpStream::connect(address).await.is_err());
}

/// The body of a request is not waited for where nobody is let in.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_waited_for_who_is_not_let_in() {
    let bed = Bed::on_sqlite().await;
    let address = bed.serve(Limits::default(), "none").await;
    let head =
        HALF.replace("/sign-in", "/manage/acme/members/upload").replace("Host: a", "Host: a\r\nConnection: close");
    assert!(say(address, &head).await.starts_with("HTTP/1.1 303"));
    let request = Request::get("/healthz").body(Body::empty()).expect("a request");
    assert_eq!(bed.ask(request).await.status, StatusCode::OK);
}
