//! Several pages under way at once: their order, what goes wrong with one of them, and where all of it ends.

use super::{scripted::list, *};

#[tokio::test(start_paused = true)]
async fn the_next_pages_are_fetched_while_one_is_handled_and_no_more_after_the_read_is_dropped() {
    let script = Script::new([granted("papi-1")]).then_always(page(0, 1, 1_000));
    let personio = script.personio();
    let mut pages = personio.read(Asked::new(["id"]));
    assert_eq!(script.offsets().len(), 0, "nothing is asked before anybody looks");
    pages.next().await.unwrap().unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let ahead = script.offsets().len();
    assert!((8..=11).contains(&ahead), "{ahead}");
    drop(pages);
    tokio::time::sleep(Duration::from_mins(10)).await;
    assert_eq!(script.offsets().len(), ahead);
}

#[tokio::test(start_paused = true)]
async fn a_read_that_is_dropped_ends_every_request_under_way() {
    let script = Script::new([granted("papi-1"), page(0, 1, 1_000)]).then_always(scripted::hang());
    let personio = script.personio();
    let mut pages = personio.read(Asked::new(["id"]));
    pages.next().await.unwrap().unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(script.under_way(), 8);
    drop(pages);
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert_eq!(script.under_way(), 0);
}

#[tokio::test(start_paused = true)]
async fn r6_slow_answers_leave_nothing_of_the_limit_unused() {
    let script = Script::new([granted("papi-1")]).then_always(page(0, 1, 1_500)).taking(Duration::from_millis(1_500));
    let script = script.limited_by(Limiter::new(Limits::ALLOWED));
    let start = Instant::now();
    assert_eq!(read(&script).await.unwrap().len(), 1_500);
    // Of 1,501 requests 300 may be made in any minute, and each counts until a minute after its answer.
    assert!(start.elapsed() <= Duration::from_secs(5 * 63), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn r6_a_page_that_is_tried_again_keeps_its_place_and_loses_nobody() {
    let at_once = [page(1, 1, 5), status(503, ""), page(3, 1, 5), page(4, 1, 5)];
    let again = page(2, 1, 5);
    let script = Script::new([granted("papi-1"), page(0, 1, 5)].into_iter().chain(at_once).chain([again]));
    let pages = read(&script).await.unwrap();
    assert_eq!(ids(&pages), ["0", "1", "2", "3", "4"]);
    assert_eq!(script.offsets(), ["0", "1", "2", "3", "4", "2"]);
}

#[tokio::test(start_paused = true)]
async fn r1_an_error_ends_the_read_in_its_place_though_later_pages_are_here() {
    let at_once = [page(1, 1, 5), error(404, "gone"), page(3, 1, 5), page(4, 1, 5)];
    let script = Script::new([granted("papi-1"), page(0, 1, 5)].into_iter().chain(at_once));
    let pages = script.personio().read(Asked::new(["id"])).collect::<Vec<_>>().await;
    assert_eq!(pages.len(), 3);
    assert!(pages[1].is_ok() && matches!(pages[2], Err(SourceError::Answered { .. })), "{pages:?}");
}

#[tokio::test(start_paused = true)]
async fn r2_a_total_that_grows_while_pages_are_under_way_is_read_to_its_end() {
    let script =
        Script::new([granted("papi-1"), page(0, 2, 6), page(2, 2, 9), page(4, 2, 9), page(6, 2, 9), page(8, 1, 9)]);
    let pages = read(&script).await.unwrap();
    assert_eq!(ids(&pages), ["0", "1", "2", "3", "4", "5", "6", "7", "8"]);
    assert_eq!(pages.iter().map(|page| page.total).collect::<Vec<_>>(), [6, 9, 9, 9, 9]);
    assert_eq!(script.offsets(), ["0", "2", "4", "6", "8"]);
}

#[tokio::test(start_paused = true)]
async fn r2_what_was_asked_for_beyond_a_total_that_shrank_counts_for_nothing() {
    let at_once = [page(2, 2, 5), page(4, 1, 5), error(404, "gone")];
    let script = Script::new([granted("papi-1"), page(0, 2, 8)].into_iter().chain(at_once));
    let pages = read(&script).await.unwrap();
    assert_eq!(ids(&pages), ["0", "1", "2", "3", "4"]);
    assert_eq!(script.offsets(), ["0", "2", "4", "6"]);
}

#[tokio::test(start_paused = true)]
async fn r5_pages_that_lose_their_token_together_authenticate_once() {
    let expired = || error(401, "expired");
    let at_once = [expired(), expired(), expired()];
    let steps = [granted("papi-1"), page(0, 1, 4)].into_iter().chain(at_once).chain([granted("papi-2")]);
    let script = Script::new(steps).then_always(list(1, 4));
    let pages = read(&script).await.unwrap();
    assert_eq!(ids(&pages), ["0", "1", "2", "3"]);
    let tokens = ["-"].into_iter().chain(["Bearer papi-1"; 4]).chain(["-"]).chain(["Bearer papi-2"; 3]);
    assert_eq!(script.tokens(), tokens.collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn r5_once_an_answer_has_brought_another_token_pages_are_asked_for_one_by_one() {
    let brings_another = page(1, 1, 30).with(AUTHORIZATION, "Bearer papi-2");
    let script = Script::new([granted("papi-1"), page(0, 1, 30), brings_another]).then_always(list(1, 30));
    let script = script.taking(Duration::from_secs(1));
    let start = Instant::now();
    assert_eq!(ids(&read(&script).await.unwrap()), (0..30).map(|id| id.to_string()).collect::<Vec<_>>());
    // The token, the first page, eight at once, and 21 one after the other.
    assert_eq!(start.elapsed().as_secs(), 1 + 1 + 1 + 21);
    assert!(script.tokens()[10..].iter().all(|token| token == "Bearer papi-2"), "{:?}", script.tokens());
}

#[tokio::test(start_paused = true)]
async fn incident_05_r1_pages_of_uneven_size_are_asked_for_one_by_one_and_lose_nobody() {
    let ahead = [page(0, 3, 10), page(3, 2, 10), page(6, 3, 10), page(9, 1, 10)];
    let one_by_one = [page(5, 3, 10), page(8, 1, 10), page(9, 1, 10)];
    let script = Script::new([granted("papi-1")].into_iter().chain(ahead).chain(one_by_one));
    let pages = read(&script).await.unwrap();
    assert_eq!(ids(&pages), (0..10).map(|id| id.to_string()).collect::<Vec<_>>());
    assert_eq!(script.offsets(), ["0", "3", "6", "9", "5", "8", "9"]);
}
