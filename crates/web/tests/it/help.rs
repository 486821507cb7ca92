//! Help, as anybody sees it.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::bed::Bed;

/// The addresses that a page leads to below `/help`, without places in them.
fn links(html: &str) -> Vec<String> {
    let links = html.split("href=\"/help").skip(1).filter_map(|rest| rest.split(['"', '#']).next());
    links.map(|rest| format!("/help{rest}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_read_all_of_it() {
    let bed = Bed::on_sqlite().await;
    let (mut seen, mut next) = (vec![], vec!["/help".to_owned()]);
    while let Some(path) = next.pop() {
        let answer = bed.look(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let html = answer.text();
        assert!(html.len() < 100_000, "{path} has {} bytes", html.len());
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        seen.push(path);
        let new = links(&html).into_iter().filter(|link| !seen.contains(link));
        next.extend(new.collect::<Vec<_>>());
        next.sort();
        next.dedup();
    }
    assert!(seen.len() > 40, "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_leads_to_its_page_or_its_place() {
    let bed = Bed::on_sqlite().await;
    assert_eq!(bed.look("/help/problems/email-taken").await.status, StatusCode::OK);
    for (code, page) in [("source-unreachable", "failures"), ("api-cursor", "api")] {
        let answer = bed.look(&format!("/help/problems/{code}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.header(header::LOCATION), format!("/help/problems/{page}#{code}"));
    }
    for nothing in ["/help/nothing", "/help/problems/nothing", "/help/pictures/0/none.png", "/help/film/0/set-up.webm"]
    {
        assert_eq!(bed.look(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn help_speaks_the_visitors_language() {
    let bed = Bed::on_sqlite().await;
    let german = async |path: &str| {
        let request = Request::get(path).header(header::ACCEPT_LANGUAGE, "de-DE");
        bed.ask(request.body(Body::empty()).expect("a request")).await.text()
    };
    let html = german("/help/on-hold").await;
    assert!(html.contains("<html lang=\"de\">") && html.contains("<article class=\"prose\" lang=\"de\">"));
    assert!(html.contains("Zum Portal") && html.contains("48 unerwartete Austritte"), "{html}");
    assert!(html.contains(">Wenn ein Import fehlschlägt</a>"), "the contents are in German");
    let html = german("/help/set-up").await;
    assert!(html.contains("srclang=\"de\" label=\"Deutsch\"") && html.contains("set-up.de.vtt"), "{html}");
    let html = bed.look("/help/on-hold").await.text();
    assert!(html.contains("<html lang=\"en-GB\">") && html.contains("48 unexpected leavers"));
}

/// The rules are in English: the page says so, and in which language they are.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_without_a_twin_is_shown_in_english_and_says_so() {
    let bed = Bed::on_sqlite().await;
    let request = Request::get("/help/rules").header(header::ACCEPT_LANGUAGE, "de");
    let html = bed.ask(request.body(Body::empty()).expect("a request")).await.text();
    assert!(html.contains("<html lang=\"de\">") && html.contains("<article class=\"prose\" lang=\"en-GB\">"));
    assert!(html.contains("nur auf Englisch") && html.contains("Zum Portal"));
}
