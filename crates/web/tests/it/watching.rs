//! What whoever runs an installation can see of it: health, names of requests, and metrics.

use std::{collections::BTreeSet, fs, path::Path};

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use domain::scope::Scope;
use jiff::SignedDuration;
use serde_json::Value;
use tower::ServiceExt;

use crate::{
    bed::{Bed, people},
    both,
    visitor::Visitor,
};

both!(
    the_process_lives_and_is_ready_until_it_is_to_stop,
    every_answer_has_a_name_that_a_person_can_quote,
    metrics_tell_what_happened,
    a_scrape_names_nobody,
);

async fn the_process_lives_and_is_ready_until_it_is_to_stop(bed: Bed) {
    let said = async |path| {
        let answer = bed.look(path).await;
        (answer.status, answer.text())
    };
    assert_eq!(said("/healthz").await, (StatusCode::OK, "ok\n".to_owned()));
    assert_eq!(said("/readyz").await, (StatusCode::OK, "ready\n".to_owned()));
    bed.stop();
    assert_eq!(said("/healthz").await, (StatusCode::OK, "ok\n".to_owned()));
    assert_eq!(said("/readyz").await, (StatusCode::SERVICE_UNAVAILABLE, "stopping\n".to_owned()));
}

async fn every_answer_has_a_name_that_a_person_can_quote(bed: Bed) {
    let mut names = BTreeSet::new();
    for path in ["/sign-in", "/nothing-here", "/api/v1/members", "/healthz"] {
        let name = bed.look(path).await.header("x-request-id").to_owned();
        assert_eq!(name.len(), 14, "{path}: {name}");
        assert!(names.insert(name), "{path}");
    }
    // What somebody calls their own request is not ours.
    let asked = Request::get("/sign-in").header("x-request-id", "mine").body(Body::empty()).expect("a request");
    assert_ne!(bed.ask(asked).await.header("x-request-id"), "mine");
    // A page of an error shows it.
    let owner = Visitor::first(&bed).await;
    bed.engine.store().clone().close().await.expect("closed");
    let broken = owner.see("/manage/acme").await;
    assert_eq!(broken.status, StatusCode::INTERNAL_SERVER_ERROR);
    let name = broken.header("x-request-id");
    assert!(broken.text().contains(&format!("Number of this request: {name}")), "{}", broken.text());
    assert_eq!(bed.look("/healthz").await.status, StatusCode::OK);
    let ready = bed.look("/readyz").await;
    assert_eq!(
        (ready.status, ready.text()),
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n".to_owned())
    );
}

/// Everything that Prometheus would be told now.
pub(crate) async fn scrape(bed: &Bed) -> String {
    let request = Request::get("/metrics").body(Body::empty()).expect("a request");
    let response = web::metrics_router(&bed.front).oneshot(request).await.expect("routers do not fail");
    assert_eq!(response.status(), StatusCode::OK);
    let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    String::from_utf8(body.to_vec()).expect("text")
}

/// The value of one line, told by all that stands before it.
#[track_caller]
fn value(scraped: &str, line: &str) -> f64 {
    let found = scraped.lines().find_map(|one| one.strip_prefix(line)?.strip_prefix(' '));
    found.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{line} is not told: {scraped}"))
}

async fn metrics_tell_what_happened(bed: Bed) {
    bed.employ(people(4));
    bed.set_up("acme").await;
    let report = bed.import("acme").await;
    bed.engine.deliver().await.expect("delivered");
    bed.look("/sign-in").await;
    bed.look("/acme/no-such-page?q=Adler").await;
    let scraped = scrape(&bed).await;
    for (line, expected) in [
        ("rollcall_imports_total{purpose=\"apply\",state=\"completed\"}", 1.0),
        ("rollcall_people_read_total", 4.0),
        ("rollcall_changes_applied_total", 4.0),
        ("rollcall_import_duration_seconds_count{purpose=\"apply\"}", 1.0),
        ("rollcall_mails_total{outcome=\"sent\"}", 5.0),
        ("rollcall_integrations{state=\"live\"}", 1.0),
        ("rollcall_imports_unfinished{state=\"on-hold\"}", 0.0),
        ("rollcall_due{what=\"mails\"}", 0.0),
        ("rollcall_imports_idle", 0.0),
        ("rollcall_held", 0.0),
        ("rollcall_leases", 0.0),
        ("rollcall_database_up", 1.0),
        ("rollcall_mail_standstill", 0.0),
        ("rollcall_http_requests_total{method=\"GET\",route=\"/sign-in\",status=\"200\"}", 1.0),
        ("rollcall_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"}", 1.0),
        ("rollcall_http_request_duration_seconds_count{route=\"/sign-in\"}", 1.0),
        ("rollcall_http_requests_under_way", 0.0),
        ("rollcall_build_info{version=\"0.1.0\"}", 1.0),
    ] {
        assert!((value(&scraped, line) - expected).abs() < f64::EPSILON, "{line}: {scraped}");
    }
    let asked = value(&scraped, "rollcall_source_requests_total{outcome=\"ok\"}");
    assert!(asked >= 3.0, "a token, attributes and a page: {asked}");
    assert!((value(&scraped, "rollcall_source_request_duration_seconds_count") - asked).abs() < f64::EPSILON);
    assert_eq!(report.counts.join, 4);

    // A refusal, and everybody leaving at once: the import waits, and the page of the clock with it.
    bed.sandbox.company("papi-test", |company| company.remove(1)).expect("a company");
    bed.sandbox.company("papi-test", |company| company.remove(2)).expect("a company");
    bed.sandbox.company("papi-test", |company| company.remove(3)).expect("a company");
    bed.import("acme").await;
    bed.pass(SignedDuration::from_hours(1));
    let scraped = scrape(&bed).await;
    assert!((value(&scraped, "rollcall_imports_total{purpose=\"apply\",state=\"on-hold\"}") - 1.0).abs() < 0.1);
    assert!((value(&scraped, "rollcall_imports_unfinished{state=\"on-hold\"}") - 1.0).abs() < 0.1);
    let oldest = value(&scraped, "rollcall_imports_unfinished_oldest_seconds{state=\"on-hold\"}");
    assert!((oldest - 3_600.0).abs() < 60.0, "{oldest}");
    let due = value(&scraped, "rollcall_due_oldest_seconds{what=\"mails\"}");
    assert!((due - 3_600.0).abs() < 60.0, "the owner was not told yet: {due}");
}

async fn a_scrape_names_nobody(bed: Bed) {
    bed.employ(people(4));
    bed.set_up("quackenbush-rewards").await;
    bed.import("quackenbush-rewards").await;
    let token = bed.token("quackenbush-rewards", &[Scope::ReadMembers]).await;
    bed.get(&token, "/api/v1/members?q=Adler").await;
    bed.look("/quackenbush-rewards/sign-in").await;
    bed.look(&format!("/invitation/{token}")).await;
    let odd = Request::builder().method("QUACKENBUSH").uri("/sign-in").body(Body::empty()).expect("a request");
    bed.ask(odd).await;
    let scraped = scrape(&bed).await;
    for planted in ["quackenbush", "QUACKENBUSH", "Adler", "acme.example", &token] {
        assert!(!scraped.contains(planted), "{planted}: {scraped}");
    }
}

/// What is told, by name, as it stands in rules.
async fn told() -> BTreeSet<String> {
    let bed = Bed::on_sqlite().await;
    // Of routes nothing is told until somebody asks for one.
    bed.look("/sign-in").await;
    let scraped = scrape(&bed).await;
    let mut told = BTreeSet::new();
    for line in scraped.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        let (name, kind) = line.split_once(' ').expect("a name and a kind");
        match kind {
            "counter" => drop(told.insert(format!("{name}_total"))),
            "info" => drop(told.insert(format!("{name}_info"))),
            "histogram" => told.extend(["_bucket", "_sum", "_count"].map(|end| format!("{name}{end}"))),
            _ => drop(told.insert(name.to_owned())),
        }
    }
    told
}

/// The names of our metrics in an expression.
fn named(expression: &str) -> BTreeSet<String> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words = expression.split(|c| !word(c)).filter(|word| word.starts_with("rollcall_"));
    words.map(str::to_owned).collect()
}

fn deploy(path: &str) -> String {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy").join(path);
    fs::read_to_string(&place).unwrap_or_else(|error| panic!("{}: {error}", place.display()))
}

/// A label that a counter has, and how Prometheus wants things named.
#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_named_as_prometheus_has_it() {
    for name in told().await {
        let is_snake = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        assert!(is_snake && name.starts_with("rollcall_"), "{name}");
        assert!(!name.contains("_ms") && !name.contains("milliseconds"), "{name} is not in seconds");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_panel_of_the_dashboard_shows_something_that_is_told() {
    let told = told().await;
    let dashboard: Value = serde_json::from_str(&deploy("grafana/rollcall.json")).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    assert!(panels.len() >= 10);
    let mut shown = BTreeSet::new();
    for panel in panels.iter().filter(|panel| panel["type"] != "row") {
        let targets = panel["targets"].as_array().expect("targets");
        assert!(!targets.is_empty() && !panel["title"].as_str().unwrap_or_default().is_empty());
        for target in targets {
            let names = named(target["expr"].as_str().expect("an expression"));
            assert!(!names.is_empty(), "{target}");
            for name in names {
                assert!(told.contains(&name), "{name} is shown and not told");
                shown.insert(name);
            }
        }
    }
    assert!(shown.len() >= 20, "{shown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_alert_watches_something_that_is_told_and_says_what_to_do() {
    let told = told().await;
    let rules = deploy("prometheus/alerts.yml");
    let guide = include_str!("../../../../docs/guide/operate.md");
    let alerts: Vec<&str> = rules.split("- alert: ").skip(1).collect();
    assert!(alerts.len() >= 8);
    for alert in alerts {
        let name = alert.lines().next().expect("a name");
        let line = |key: &str| {
            let found = alert.lines().find_map(|line| line.trim().strip_prefix(key));
            found.unwrap_or_else(|| panic!("{name} has no {key}")).trim()
        };
        let names = named(line("expr:"));
        assert!(!names.is_empty(), "{name}");
        for metric in names {
            assert!(told.contains(&metric), "{name}: {metric} is not told");
        }
        for key in ["for:", "severity:", "summary:", "description:"] {
            assert!(!line(key).is_empty(), "{name}: {key}");
        }
        let place = line("runbook_url:").trim_matches('"');
        let section = place.strip_prefix("docs/guide/operate.md#").unwrap_or_else(|| panic!("{name}: {place}"));
        let heading = guide.lines().filter_map(|line| line.strip_prefix("### "));
        let is_there = heading.into_iter().any(|heading| heading.to_lowercase() == section && heading == name);
        assert!(is_there, "{name}: the guide has no section {section}");
    }
}
