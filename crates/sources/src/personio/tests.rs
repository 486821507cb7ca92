//! The client against scripted answers, on a clock that only moves when everybody waits.

mod ahead;
mod scripted;

use std::time::Duration;

use futures::StreamExt;
use reqwest::header::{AUTHORIZATION, RETRY_AFTER};
use tokio::time::{Instant, advance};

use self::scripted::{Script, error, granted, ids, ok, page, status};
use domain::record::Value;

use super::*;
use crate::SourceError;

async fn read(script: &Script) -> SourceResult<Vec<Page>> {
    script.personio().read(Asked::new(["id"])).collect::<Vec<_>>().await.into_iter().collect()
}

#[tokio::test(start_paused = true)]
async fn r5_a_token_is_used_until_it_expires() {
    let attributes = r#"{"success":true,"data":[{"key":"id","label":"ID","type":"integer"}]}"#;
    let script = Script::new([granted("papi-1"), ok(attributes), ok(attributes), granted("papi-2"), ok(attributes)]);
    let personio = script.personio();
    assert_eq!(personio.attributes().await.unwrap()[0].key, "id");
    advance(Duration::from_secs(80_000)).await;
    personio.attributes().await.unwrap();
    advance(Duration::from_secs(6_400)).await;
    personio.attributes().await.unwrap();
    assert_eq!(script.tokens(), ["-", "Bearer papi-1", "Bearer papi-1", "-", "Bearer papi-2"]);
}

#[tokio::test(start_paused = true)]
async fn r5_an_echoed_token_changes_nothing_and_a_new_one_is_taken_over() {
    let script = Script::new([
        granted("papi-1"),
        page(0, 1, 4).with(AUTHORIZATION, "Bearer papi-2"),
        page(1, 1, 4).with(AUTHORIZATION, "Bearer papi-2"),
        page(2, 1, 4).with(AUTHORIZATION, "Bearer papi-3"),
        page(3, 1, 4),
    ]);
    assert_eq!(read(&script).await.unwrap().len(), 4);
    assert_eq!(script.tokens(), ["-", "Bearer papi-1", "Bearer papi-2", "Bearer papi-2", "Bearer papi-3"]);
}

#[tokio::test(start_paused = true)]
async fn r5_a_refused_token_is_renewed_once() {
    let script = Script::new([granted("papi-1"), error(401, "expired"), granted("papi-2"), page(0, 1, 1)]);
    assert_eq!(read(&script).await.unwrap().len(), 1);
    assert_eq!(script.tokens(), ["-", "Bearer papi-1", "-", "Bearer papi-2"]);

    let script = Script::new([granted("papi-1"), error(401, "expired"), granted("papi-2"), error(401, "no")]);
    let refused = read(&script).await.unwrap_err();
    assert_eq!(refused, SourceError::CredentialsRefused { source_name: NAME, detail: "HTTP 401: no".into() });
    assert_eq!(script.tokens().len(), 4, "no more is tried");
}

#[tokio::test(start_paused = true)]
async fn r5_two_readers_who_lose_their_token_together_authenticate_once() {
    let script = Script::new([granted("papi-1"), page(0, 1, 1)]);
    let personio = script.personio();
    drop(personio.read(Asked::new(["id"])).collect::<Vec<_>>().await);
    script.add([error(401, "expired"), error(401, "expired"), granted("papi-2"), page(0, 1, 1), page(0, 1, 1)]);
    let (one, two) = tokio::join!(
        personio.read(Asked::new(["id"])).collect::<Vec<_>>(),
        personio.read(Asked::new(["id"])).collect::<Vec<_>>()
    );
    assert!(one[0].is_ok() && two[0].is_ok(), "{one:?} {two:?}");
    assert_eq!(script.tokens().iter().filter(|token| *token == "-").count(), 2);
}

#[tokio::test(start_paused = true)]
async fn r5_refused_credentials_are_told_apart_from_a_missing_right() {
    for status in [401, 403] {
        let script = Script::new([error(status, "wrong papi-geheim of papi-id")]);
        let refused = script.personio().check().await.unwrap_err();
        let detail = format!("HTTP {status}: wrong … of …");
        assert_eq!(refused, SourceError::CredentialsRefused { source_name: NAME, detail });
    }
    let script = Script::new([granted("papi-1"), error(403, "forbidden for papi-1")]);
    let detail = "HTTP 403: forbidden for …".to_owned();
    let forbidden = read(&script).await.unwrap_err();
    assert_eq!(forbidden, SourceError::Forbidden { source_name: NAME, action: "read employees", detail });
    let script = Script::new([granted("papi-1"), status(403, "<html>papi-1</html>")]);
    let detail = "HTTP 403 Forbidden".to_owned();
    let forbidden = script.personio().attributes().await.unwrap_err();
    assert_eq!(forbidden, SourceError::Forbidden { source_name: NAME, action: "list attributes", detail });
}

#[tokio::test(start_paused = true)]
async fn r5_a_check_authenticates_anew_and_reads_nothing() {
    let script = Script::new([granted("papi-1"), granted("papi-2"), page(0, 1, 1)]);
    let personio = script.personio();
    personio.check().await.unwrap();
    personio.check().await.unwrap();
    drop(personio.read(Asked::new(["id"])).collect::<Vec<_>>().await);
    assert_eq!(script.tokens(), ["-", "-", "Bearer papi-2"]);
}

#[tokio::test(start_paused = true)]
async fn incident_06_r1_an_error_with_a_good_status_is_tried_again_twice_and_then_fails() {
    let bad = || error(200, "Something went wrong");
    let script = Script::new([granted("papi-1"), bad(), bad(), page(0, 1, 1)]);
    assert_eq!(read(&script).await.unwrap().len(), 1);

    let script = Script::new([granted("papi-1"), bad(), bad(), bad()]);
    let detail = "Something went wrong (code 500)".to_owned();
    assert_eq!(read(&script).await.unwrap_err(), SourceError::Answered { source_name: NAME, detail });
    assert_eq!(script.left(), 0);
}

#[tokio::test(start_paused = true)]
async fn r1_an_unreadable_page_is_tried_again_twice_and_then_fails() {
    let bodies =
        ["", "<html>maintenance</html>", r#"{"success":true,"data":["#, r#"{"success":true,"data":[]}"#, "null", "[]"];
    for body in bodies {
        let script = Script::new([granted("papi-1"), ok(body), ok(body), page(0, 1, 1)]);
        assert_eq!(read(&script).await.unwrap().len(), 1, "{body}");
        let script = Script::new([granted("papi-1"), ok(body), ok(body), ok(body)]);
        assert!(matches!(read(&script).await.unwrap_err(), SourceError::Unreadable { .. }), "{body}");
    }
    let script = Script::new([ok("{}"), ok("{}"), ok("{}")]);
    assert!(matches!(script.personio().check().await.unwrap_err(), SourceError::Unreadable { .. }));
}

#[tokio::test(start_paused = true)]
async fn r1_a_mistake_of_ours_fails_at_once() {
    for code in [400, 404, 405, 409, 422] {
        let script = Script::new([granted("papi-1"), error(code, "no such thing")]);
        let detail = format!("HTTP {code}: no such thing (code 500)");
        assert_eq!(read(&script).await.unwrap_err(), SourceError::Answered { source_name: NAME, detail });
    }
}

#[tokio::test(start_paused = true)]
async fn r6_a_source_that_is_unwell_for_a_while_is_waited_for() {
    let script = Script::new([
        status(503, ""),
        granted("papi-1"),
        status(500, ""),
        scripted::broken(),
        status(408, ""),
        status(502, "<html>"),
        page(0, 1, 1),
    ]);
    assert_eq!(read(&script).await.unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn r6_retry_after_is_honoured() {
    let script = Script::new([granted("papi-1"), status(429, "").with(RETRY_AFTER, "30"), page(0, 1, 1)]);
    let start = Instant::now();
    read(&script).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(30), "{:?}", start.elapsed());
    assert!(start.elapsed() <= Duration::from_secs(32), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn incident_21_r6_a_page_is_given_up_when_patience_runs_out() {
    let script = Script::new([granted("papi-1")]).then_always(status(503, ""));
    let start = Instant::now();
    let detail = "HTTP 503 Service Unavailable; no good answer within 60 s".to_owned();
    assert_eq!(read(&script).await.unwrap_err(), SourceError::Unreachable { source_name: NAME, detail });
    assert!(start.elapsed() <= Duration::from_mins(1), "{:?}", start.elapsed());
    assert!(start.elapsed() >= Duration::from_secs(58), "{:?}", start.elapsed());

    let script = Script::new([granted("papi-1")]).then_always(status(429, ""));
    assert!(matches!(read(&script).await.unwrap_err(), SourceError::Limited { .. }));
}

#[tokio::test(start_paused = true)]
async fn incident_21_r6_a_request_that_hangs_is_cut() {
    let script = Script::new([granted("papi-1"), scripted::hang(), page(0, 1, 1)]);
    let start = Instant::now();
    read(&script).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(30) && start.elapsed() < Duration::from_secs(32));

    let script = Script::new([granted("papi-1")]).then_always(scripted::hang());
    let start = Instant::now();
    assert!(matches!(read(&script).await.unwrap_err(), SourceError::Unreachable { .. }));
    assert!(start.elapsed() <= Duration::from_mins(1), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn r6_every_page_has_its_own_patience_and_a_long_read_is_never_cut() {
    let script = Script::new([granted("papi-1")]).then_always(page(0, 1, 200)).taking(Duration::from_secs(29));
    let start = Instant::now();
    assert_eq!(read(&script).await.unwrap().len(), 200);
    assert!(start.elapsed() > Duration::from_mins(10));
}

#[tokio::test(start_paused = true)]
async fn r6_all_requests_count_and_waiting_for_the_limit_is_not_impatience() {
    let limiter = Limiter::new(Limits::per_minute(2));
    let script = Script::new([granted("papi-1"), status(500, ""), page(0, 1, 2), page(1, 1, 2)]).limited_by(limiter);
    let start = Instant::now();
    assert_eq!(read(&script).await.unwrap().len(), 2);
    assert!(start.elapsed() >= Duration::from_mins(1));
}

#[tokio::test(start_paused = true)]
async fn incident_05_r1_a_page_size_capped_in_silence_loses_nobody() {
    let script = Script::new([granted("papi-1"), page(0, 50, 120), page(50, 50, 120), page(100, 20, 120)]);
    let pages = read(&script).await.unwrap();
    assert_eq!(ids(&pages), (0..120).map(|id| id.to_string()).collect::<Vec<_>>());
    assert_eq!(script.offsets(), ["0", "50", "100"]);
}

#[tokio::test(start_paused = true)]
async fn incident_02_r1_a_list_that_ends_early_is_no_list() {
    let script = Script::new([granted("papi-1"), page(0, 2, 5)]).then_always(page(2, 0, 5));
    let pages = script.personio().read(Asked::new(["id"])).collect::<Vec<_>>().await;
    assert_eq!(pages.len(), 2);
    let ended = SourceError::EndedEarly { source_name: NAME, read: 2, total: 5 };
    assert_eq!(pages[1].as_ref().unwrap_err(), &ended);
}

#[tokio::test(start_paused = true)]
async fn incident_01_r42_an_empty_list_is_one_page_with_nobody() {
    let script = Script::new([granted("papi-1"), page(0, 0, 0)]);
    let pages = read(&script).await.unwrap();
    assert_eq!((pages.len(), pages[0].records.len(), pages[0].total), (1, 0, 0));
}

#[tokio::test(start_paused = true)]
async fn r2_a_total_that_moves_is_passed_on_and_the_latest_counts() {
    let script = Script::new([granted("papi-1"), page(0, 2, 3), page(2, 2, 5), page(4, 1, 5)]);
    let totals = read(&script).await.unwrap().iter().map(|page| page.total).collect::<Vec<_>>();
    assert_eq!(totals, [3, 5, 5]);
    let script = Script::new([granted("papi-1"), page(0, 2, 5), page(2, 2, 3), page(4, 0, 3)]);
    assert_eq!(read(&script).await.unwrap().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn r1_an_error_in_the_middle_ends_the_read() {
    let script = Script::new([granted("papi-1"), page(0, 2, 5)]).then_always(error(404, "gone"));
    let personio = script.personio();
    let mut pages = personio.read(Asked::new(["id"]));
    assert!(pages.next().await.unwrap().is_ok());
    assert!(matches!(pages.next().await.unwrap(), Err(SourceError::Answered { .. })));
    assert!(pages.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn r1_a_read_that_breaks_in_ourselves_is_not_the_end_of_the_list() {
    // The script has no third answer, and panics.
    let script = Script::new([granted("papi-1"), page(0, 2, 5)]);
    let pages = script.personio().read(Asked::new(["id"])).collect::<Vec<_>>().await;
    assert_eq!(pages.len(), 2);
    assert!(matches!(pages[1], Err(SourceError::Unreachable { .. })));
}

#[tokio::test(start_paused = true)]
async fn r1_a_list_without_an_end_is_given_up() {
    let script = Script::new([granted("papi-1")]).then_always(page(0, 10, 1_000_000));
    let (out, mut pages) = tokio::sync::mpsc::channel(100);
    let ended = reading::fetch(script.personio().client, Asked::new(["id"]), &out, 95).await;
    assert!(matches!(ended.unwrap_err(), SourceError::Unreadable { .. }));
    drop(out);
    let mut came = 0;
    while pages.recv().await.is_some() {
        came += 1;
    }
    assert_eq!(came, 10);
}

#[tokio::test(start_paused = true)]
async fn r4_nothing_else_is_asked_for() {
    let script = Script::new([granted("papi-1"), page(0, 1, 1)]);
    let asked = Asked::new(["id", "status", "dynamic_7", "a b&c=ä"]);
    drop(script.personio().read(asked).collect::<Vec<_>>().await);
    let expected = "limit=100&offset=0&attributes%5B%5D=id&attributes%5B%5D=status&attributes%5B%5D=dynamic_7\
                    &attributes%5B%5D=a+b%26c%3D%C3%A4";
    assert_eq!(script.queries()[1], expected);

    let script = Script::new([granted("papi-1"), page(0, 1, 1)]);
    drop(script.personio().read(Asked::new::<String>([])).collect::<Vec<_>>().await);
    assert_eq!(script.queries()[1], "limit=100&offset=0&attributes%5B%5D=id");
}

#[test]
fn it_says_what_it_is() {
    let script = Script::new([]);
    let description = script.personio().describe();
    assert_eq!((description.key, description.id_attribute, description.status_attribute), ("personio", "id", "status"));
    assert_eq!(format!("{:?}", script.personio()), "Personio { .. }");
}

#[tokio::test(start_paused = true)]
async fn r4_one_person_is_read_without_the_others() {
    let one =
        r#"{"success":true,"data":{"type":"Employee","attributes":{"id":{"value":7},"fix_salary":{"value":3000}}}}"#;
    let script = Script::new([granted("papi-1"), ok(one), page(7, 1, 1), page(0, 0, 0)]);
    let personio = script.personio();
    let asked = || Asked::new(["id"]);
    let found = personio.find(asked(), By::Id(" 7 ".into())).await.unwrap();
    assert_eq!(found, [Record(vec![Some(Value::Text("7".into()))])]);
    let found = personio.find(asked(), By::Email("ada+1@acme.example".into())).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(personio.find(asked(), By::Email("nobody@acme.example".into())).await.unwrap(), []);
    let queries = script.queries();
    assert_eq!(queries[2], "limit=100&email=ada%2B1%40acme.example&attributes%5B%5D=id");
}

#[tokio::test(start_paused = true)]
async fn somebody_the_source_does_not_know_is_nobody_and_no_error() {
    let script = Script::new([granted("papi-1"), error(404, "no such employee"), error(403, "forbidden")]);
    let personio = script.personio();
    assert_eq!(personio.find(Asked::new(["id"]), By::Id("7".into())).await.unwrap(), []);
    // What cannot be an ID of Personio's is not asked for: it could be another address.
    for odd in ["", "x7", "../7", "7/absences", "1234567890123456789"] {
        assert_eq!(personio.find(Asked::new(["id"]), By::Id(odd.into())).await.unwrap(), []);
    }
    let refused = personio.find(Asked::new(["id"]), By::Id("7".into())).await.unwrap_err();
    assert!(matches!(refused, SourceError::Forbidden { .. }), "{refused:?}");
    assert_eq!(script.left(), 0);
}
