//! The browser does what the tests of the pages rely on.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    panic::AssertUnwindSafe,
    path::Path,
    thread,
};

use futures::FutureExt as _;
use rollcall_testkit::browser::{Browser, Crashed, Focus, Hand, Key, Width, drive};

/// Nothing wrong with it, and as strict as Rollcall's own pages.
const GOOD: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Good</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/look.css">
<main><h1>Members</h1>
<form action="/hello"><label>First name <input name="name" value="Nobody"></label>
<label>Team <select name="team"><option value="a">Sales</option><option value="b">Warehouse</option></select></label>
<label><input type="checkbox" name="agree"> I agree</label>
<button>Greet</button></form>
<a href="/bad">Onwards</a> <p id="script">No script has run</p><p class="dark">It is dark</p></main>
<script src="/run.js"></script>"#;
/// A picture without words for those who can't see it, on a page in no language, with text that can't be read.
const BAD: &str = r#"<!doctype html><title>Bad</title><main><h1>Bad</h1><img src="/look.css?picture">
<p style="color: #ccc; background: #fff">Who can read this?</p><div style="width: 500px">Wide</div></main>"#;
/// Is followed by itself, again and again.
const RESTLESS: &str = r#"<!doctype html><html lang="en"><title>Restless</title><script src="/again.js"></script>"#;
/// Leads on by Enter.
const ONWARDS: &str = r#"<!doctype html><html lang="en"><title>Onwards</title><a href="/hasty" autofocus>On</a>"#;
/// Is followed by itself, five times.
const HASTY: &str = r#"<!doctype html><html lang="en"><title>Hasty</title><script src="/on.js"></script>"#;
const ON: &str =
    "const n = Number(location.search.slice(1)); if (n < 5) setTimeout(() => location.replace(`?${n + 1}`), 20);";
const AGAIN: &str = "setTimeout(() => location.reload(), 150);";
const SCRIPT: &str = "document.getElementById('script').textContent = 'A script has run';";
const LOOK: &str = ".dark { display: none } @media (prefers-color-scheme: dark) { .dark { display: block } \
                    body { background: #111; color: #eee } a { color: #9cf } }";

/// A server of those pages, on a thread of its own; returns its address.
fn serve() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("it is bound"));
    thread::spawn(move || listener.incoming().flatten().for_each(|stream| drop(thread::spawn(|| answer(stream)))));
    address
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut head = BufReader::new(stream.try_clone()?).lines();
    let first = head.next().transpose()?.unwrap_or_default();
    let lines: Vec<String> = head.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let path = first.split(' ').nth(1).unwrap_or_default();
    let language = lines.iter().find_map(|line| line.strip_prefix("Accept-Language: ")).unwrap_or_default();
    let hello = format!("<!doctype html><html lang=en><title>Hello</title><h1>{path}</h1><p>{language}</p>");
    let (kind, body) = match path.split('?').next() {
        Some("/look.css") => ("text/css", LOOK),
        Some("/run.js") => ("text/javascript", SCRIPT),
        Some("/bad") => ("text/html", BAD),
        Some("/onwards") => ("text/html", ONWARDS),
        Some("/hasty") => ("text/html", HASTY),
        Some("/on.js") => ("text/javascript", ON),
        Some("/again.js") => ("text/javascript", AGAIN),
        Some("/restless") => ("text/html", RESTLESS),
        Some("/hello") => ("text/html", hello.as_str()),
        _ => ("text/html", GOOD),
    };
    let policy =
        if path == "/bad" { "default-src 'self' 'unsafe-inline'" } else { "default-src 'self'; img-src 'self' data:" };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\ncontent-security-policy: {policy}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )
}

#[tokio::test]
async fn a_person_clicks_and_types_and_each_is_counted() {
    let site = serve();
    drive(async |browser: &Browser| {
        browser.go(&site).await;
        browser.fill("First name", "Zoë Åström").await;
        browser.choose("Team", "Warehouse").await;
        browser.tick("I agree").await;
        assert_eq!(browser.hand(), Hand { clicks: 3, entries: 1 });
        browser.click_button("Greet").await;
        browser.arrive("/hello?").await;
        browser.see("name=Zo%C3%AB+%C3%85str%C3%B6m&team=b&agree=on").await;
        assert_eq!(browser.hand().total(), 5);
        browser.back().await;
        browser.click_link("Onwards").await;
        assert_eq!(browser.title().await, "Bad");
    })
    .await;
}

#[tokio::test]
async fn a_page_can_be_used_by_keyboard() {
    let site = serve();
    drive(async |browser: &Browser| {
        browser.go(&site).await;
        browser.tab_to("textbox", "First name").await;
        assert_eq!(browser.focus().await, Focus { role: "textbox".into(), name: "First name".into() });
        browser.type_in("Ada").await;
        browser.tab_to("button", "Greet").await;
        browser.press(Key::Enter).await;
        browser.see("name=Ada").await;
    })
    .await;
}

/// And that to the next, before the driver is done with the first.
#[tokio::test]
async fn a_key_may_lead_to_another_page() {
    let site = serve();
    drive(async |browser: &Browser| {
        for _ in 0..15 {
            browser.go(&format!("{site}/onwards")).await;
            browser.press(Key::Enter).await;
            browser.arrive("/hasty?5").await;
        }
        assert_eq!(browser.hand().entries, 15);
    })
    .await;
}

/// A press may have led to another page, which comes while it is asked.
#[tokio::test]
async fn what_has_the_focus_is_known_while_pages_follow_one_another() {
    let site = serve();
    drive(async |browser: &Browser| {
        browser.go(&format!("{site}/restless")).await;
        for _ in 0..200 {
            assert_eq!(browser.focus().await.name, "");
        }
    })
    .await;
}

#[tokio::test]
async fn barriers_are_found_and_only_where_there_are_some() {
    let site = serve();
    drive(async |browser: &Browser| {
        browser.go(&site).await;
        browser.has_no_barriers().await;
        browser.dark(true).await;
        browser.has_no_barriers().await;
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.go(&format!("{site}/bad")).await;
        let mut rules: Vec<String> = browser.axe().await.into_iter().map(|violation| violation.rule).collect();
        rules.sort();
        assert_eq!(rules, ["color-contrast", "html-has-lang", "image-alt"]);
    })
    .await;
}

#[tokio::test]
async fn window_colours_language_and_scripts_are_as_a_test_wants_them() {
    let site = serve();
    drive(async |browser: &Browser| {
        browser.go(&site).await;
        browser.see("A script has run").await;
        browser.dark(true).await;
        browser.see("It is dark").await;
        browser.dark(false).await;
        browser.see_no("It is dark").await;
        browser.scripts(false).await;
        browser.reload().await;
        browser.see("No script has run").await;
        browser.fill("First name", "Ada").await;
        browser.scripts(true).await;
        browser.language("de").await;
        browser.go(&format!("{site}/hello")).await;
        browser.see("de").await;

        browser.go(&format!("{site}/bad")).await;
        assert!(!browser.is_too_wide().await);
        browser.width(Width::Phone).await;
        assert!(browser.is_too_wide().await);
        let picture = browser.screenshot("narrow").await;
        assert_eq!(size(&picture), (390, 844));
        assert_eq!(size(&browser.screenshot_whole("whole").await), (390, 844));
    })
    .await;
}

/// Width and height of a PNG file.
fn size(picture: &Path) -> (u32, u32) {
    let bytes = fs::read(picture).expect("the picture is there");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[tokio::test]
async fn what_a_page_loads_is_known() {
    let (site, elsewhere) = (serve(), serve());
    drive(async |browser: &Browser| {
        let weight = browser.weigh(&site).await;
        let bodies = GOOD.len() + SCRIPT.len() + LOOK.len();
        assert!(weight > bodies as u64 && weight < bodies as u64 + 1000, "{weight} for {bodies}");
        let kinds: Vec<String> = browser.requests().await.into_iter().map(|request| request.kind).collect();
        for kind in ["Document", "Stylesheet", "Script"] {
            assert!(kinds.iter().any(|one| one == kind), "{kinds:?}");
        }
        let host = |site: &str| site.trim_start_matches("http://").to_owned();
        assert_eq!(browser.hosts().await, [host(&site)].into());
        browser.go(&format!("{elsewhere}/hello")).await;
        assert_eq!(browser.hosts().await, [host(&site), host(&elsewhere)].into());
    })
    .await;
}

#[tokio::test]
async fn a_failing_test_leaves_a_picture_and_the_html() {
    let site = serve();
    let work = drive(async |browser: &Browser| {
        browser.go(&site).await;
        panic!("as it is meant to");
    });
    let panic = AssertUnwindSafe(work).catch_unwind().await.unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"as it is meant to"));
    let kept = |ending: &str| {
        let name = format!("a_failing_test_leaves_a_picture_and_the_html.{ending}");
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/browser-failures").join(name)
    };
    assert_eq!(size(&kept("png")), (1280, 900));
    assert!(fs::read_to_string(kept("html")).unwrap().contains("<h1>Members</h1>"));
    assert!(fs::read_to_string(kept("txt")).unwrap().starts_with(&site));
    for ending in ["png", "html", "txt"] {
        fs::remove_file(kept(ending)).unwrap();
    }
}

/// Nothing of the page's: whoever drives it can begin anew.
#[tokio::test]
async fn a_browser_that_crashes_is_told_apart_from_a_test_that_fails() {
    crashes("a_browser_that_crashes_is_told_apart_from_a_test_that_fails", async |browser: &Browser| {
        browser.crash().await;
    })
    .await;
}

/// The driver that ends with its browser as well.
#[tokio::test]
async fn a_driver_that_answers_no_more_is_told_apart_from_a_test_that_fails() {
    crashes("a_driver_that_answers_no_more_is_told_apart_from_a_test_that_fails", async |browser: &Browser| {
        browser.lose_driver().await;
    })
    .await;
}

async fn crashes(test: &str, happens: impl AsyncFn(&Browser)) {
    let site = serve();
    let work = drive(async |browser: &Browser| {
        browser.go(&site).await;
        happens(browser).await;
        browser.see("Members").await;
    });
    let panic = AssertUnwindSafe(work).catch_unwind().await.expect_err("the browser is gone");
    assert!(panic.is::<Crashed>());
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/browser-failures");
    fs::remove_file(place.join(format!("{test}.txt"))).expect("what is known was kept");
}
