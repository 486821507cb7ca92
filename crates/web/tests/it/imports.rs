//! Imports in the portal: from *Import data now* to what became of everybody.

use axum::http::{StatusCode, header};
use domain::{ids::ImportId, import::State, roles::Role};
use jiff::SignedDuration;
use sandbox::Change;

use crate::{
    bed::{Bed, people, person},
    both,
    visitor::Visitor,
};

const DASHBOARD: &str = "integrations/personio";
const HISTORY: &str = "integrations/personio/imports";
const DECISIONS: &str = "integrations/personio/decisions";

both!(
    an_import_is_started_and_seen_through_to_its_end,
    an_import_that_is_running_is_pointed_at,
    history_is_filtered_and_paged_and_says_when_it_is_empty,
    a_hold_says_why_and_is_approved_without_its_leavers,
    a_rejected_hold_changes_nobody,
    leavers_are_restored_together,
    problems_come_with_their_remedies_and_as_files,
    a_person_who_may_be_a_member_is_decided_about,
    one_person_is_tried_in_five_steps,
    the_schedule_is_paused_and_the_integration_handed_over,
    home_tells_what_needs_somebody,
    roles_see_what_they_may_do_and_programmes_keep_apart,
    a_listener_is_told_until_the_end,
);

/// An integration of Acme with so many people, and its first import.
async fn live(bed: &Bed, count: i64) {
    bed.employ(people(count));
    bed.set_up("acme").await;
    assert_eq!(bed.import("acme").await.state, State::Completed);
}

/// Several people leave on one day: more than the guard lets through.
async fn hold(bed: &Bed) -> ImportId {
    for id in 1..=8 {
        bed.change(id, &Change::set("status", "inactive"));
    }
    let report = bed.import("acme").await;
    assert_eq!(report.state, State::OnHold);
    report.import
}

async fn until(visitor: &Visitor<'_>, path: &str, is_there: impl Fn(&str) -> bool) -> String {
    for _ in 0..400 {
        let page = visitor.page(path).await;
        if is_there(&page) {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("it did not come to that: {}", visitor.page(path).await);
}

/// Without what only serves the frame.
fn without_query(path: &str) -> &str {
    path.split('?').next().unwrap_or_default()
}

async fn an_import_is_started_and_seen_through_to_its_end(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    bed.employ(people(12));
    bed.set_up("acme").await;
    let start = visitor.page("integrations/personio/imports/new").await;
    assert!(start.contains("<h1>Import data now</h1>") && start.contains("Start</button>"), "{start}");
    let import = visitor.done(HISTORY, &[]).await;
    let waiting = visitor.page(&import).await;
    assert!(waiting.contains("data-live=") && waiting.contains("http-equiv=\"refresh\""), "{waiting}");
    bed.work();
    let done = until(&visitor, &import, |page| !page.contains("data-live")).await;
    assert!(done.contains("Completed</span>") && done.contains("Import data now · Ines Hartmann"), "{done}");
    assert!(done.contains("First"), "{done}");
    let dashboard = visitor.page(DASHBOARD).await;
    assert!(dashboard.contains("Tools") && dashboard.contains("role=\"img\""), "{dashboard}");
}

/// R39
async fn an_import_that_is_running_is_pointed_at(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    bed.employ(people(3));
    bed.set_up("acme").await;
    let first = visitor.done(HISTORY, &[]).await;
    let second = visitor.done(HISTORY, &[]).await;
    assert_eq!(second, format!("{first}?said=already-running"));
    let start = visitor.page("integrations/personio/imports/new").await;
    assert!(start.contains("An import is running already") && !start.contains("Start</button>"), "{start}");
}

async fn history_is_filtered_and_paged_and_says_when_it_is_empty(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    bed.employ(people(3));
    bed.set_up("acme").await;
    let empty = visitor.page(HISTORY).await;
    assert!(empty.contains("No imports yet.") && empty.contains("The first runs"), "{empty}");
    for _ in 0..27 {
        bed.import("acme").await;
        bed.pass(SignedDuration::from_hours(24));
    }
    // Nobody stays signed in for so long.
    let visitor = Visitor::colleague(&bed, Role::ReadOnly).await;
    let newest = visitor.page(HISTORY).await;
    assert_eq!(newest.matches("<th scope=\"row\"").count(), 25);
    let older = newest.split("class=\"btn push\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
    let older = visitor.page(&older.expect("a way to older ones").replace("&amp;", "&").replace("&#38;", "&")).await;
    assert_eq!(older.matches("<th scope=\"row\"").count(), 2);
    let none = visitor.page(&format!("{HISTORY}?state=failed")).await;
    assert!(none.contains("Kein Import passt dazu") && none.contains("<select name=\"state\""), "{none}");
    let day = visitor.page(&format!("{HISTORY}?from=2026-11-24&to=2026-11-24")).await;
    assert_eq!(day.matches("<th scope=\"row\"").count(), 1, "{day}");
}

/// R40, R46
async fn a_hold_says_why_and_is_approved_without_its_leavers(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed, 20).await;
    let import = format!("imports/{}", hold(&bed).await);
    let page = visitor.page(&import).await;
    assert!(page.contains("8 of 20 members would become leavers"), "{page}");
    assert!(page.contains("All 8 have Status “inactive”; before it was “active”."), "{page}");
    for button in ["Approve this plan", "Approve without the leavers", "Reject", "See people"] {
        assert!(page.contains(button), "{button}");
    }
    assert!(!page.contains("The IDs were renumbered"), "R43 did not trip");
    let asked = visitor.page(&format!("{import}?ask=approve")).await;
    assert!(asked.contains("<dialog id=\"ask-approve\" aria-labelledby=\"ask-approve-title\" open>"), "{asked}");
    assert!(asked.contains("8 members become leavers"), "{asked}");
    visitor.done(&format!("{import}/answer"), &[("answer", "without-leavers")]).await;
    bed.work();
    let done = until(&visitor, &import, |page| !page.contains("data-live")).await;
    assert!(done.contains("approved it without the leavers") && done.contains("Left out: not applied"), "{done}");
}

/// R46
async fn a_rejected_hold_changes_nobody(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed, 20).await;
    let import = format!("imports/{}", hold(&bed).await);
    let to = visitor.done(&format!("{import}/answer"), &[("answer", "reject")]).await;
    let page = visitor.page(&to).await;
    assert!(
        page.contains("Ines Hartmann said no to this plan") && page.contains("Rejected. Nothing has changed."),
        "{page}"
    );
    let late = visitor.done(&format!("{import}/answer"), &[("answer", "approve")]).await;
    let page = visitor.page(&late).await;
    assert!(page.contains("said no to this plan") && page.contains("Your answer came too late"), "{page}");
    let nonsense = visitor.send(&format!("{import}/answer"), &[("answer", "perhaps")]).await;
    assert_eq!(nonsense.status, StatusCode::NOT_FOUND);
}

/// R55
async fn leavers_are_restored_together(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed, 20).await;
    bed.change(1, &Change::set("status", "inactive"));
    bed.change(2, &Change::set("status", "inactive"));
    let import = format!("imports/{}", bed.import("acme").await.import);
    let page = visitor.page(&import).await;
    assert!(
        page.contains("Restore these leavers (2)") && page.contains("2 people whom this import made leavers"),
        "{page}"
    );
    let to = visitor.done(&format!("{import}/restore-leavers"), &[]).await;
    let page = visitor.page(&to).await;
    assert!(page.contains("The leavers were restored.") && !page.contains("Restore these"), "{page}");
}

/// R35, R53
async fn problems_come_with_their_remedies_and_as_files(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    let wrong = [person(21, "Ada", "Ng").and("email", "nobody"), person(22, "=1+1", "Formula").and("email", "x@y")];
    bed.employ(people(5).chain(wrong));
    bed.set_up("acme").await;
    let import = format!("imports/{}", bed.import("acme").await.import);
    let page = visitor.page(&import).await;
    assert!(page.contains("Completed with errors</span>") && page.contains("download errors"), "{page}");
    let problems = visitor.page(&format!("{import}/problems?severity=error&code=email-invalid")).await;
    assert!(problems.contains("This is not a valid e-mail address."), "{problems}");
    assert!(problems.contains("/help/problems/email-invalid") && problems.contains("try?person=21"), "{problems}");
    let file = visitor.see(&format!("{import}/errors.csv")).await;
    assert_eq!(file.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert!(file.header(header::CONTENT_DISPOSITION).contains("acme-personio-2026-11-23-errors.csv"));
    let text = file.text();
    assert!(text.starts_with("import,employee_id,name,code") && text.contains("'=1+1"), "{text}");
    let rejected = visitor.page(&format!("{import}?kind=reject")).await;
    assert!(
        rejected.contains("Try this person again") && rejected.contains("not a valid e-mail address"),
        "{rejected}"
    );
}

/// R18
async fn a_person_who_may_be_a_member_is_decided_about(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed, 5).await;
    assert!(visitor.page(DECISIONS).await.contains("Nobody waits for a decision"));
    // The record of number 3 now seems to be about somebody else.
    let other = Change::set("first_name", "Mara").and("last_name", "Fiedler").and("email", "m.fiedler@acme.example");
    bed.change(3, &other);
    let import = format!("imports/{}", bed.import("acme").await.import);
    assert!(visitor.page(&import).await.contains("1 person waits for your decision"));
    let page = visitor.page(DECISIONS).await;
    assert!(page.contains("Mara") && page.contains("Same person") && page.contains("Someone else"), "{page}");
    let to = visitor.done(DECISIONS, &[("employee_id", "3"), ("same_as", "3")]).await;
    let page = visitor.page(&to).await;
    assert!(page.contains("Take back") && page.contains("Nobody waits for a decision"), "{page}");
    let member =
        page.split("name=\"member\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an answer");
    let taken = [("employee_id", "3"), ("member", member)];
    let to = visitor.done(&format!("{DECISIONS}/revoke"), &taken).await;
    assert!(visitor.page(&to).await.contains("No answers yet."));
    let refused = visitor.refused(DECISIONS, &[("employee_id", "4"), ("same_as", "3")]).await;
    assert!(refused.contains("role=\"alert\"") && refused.contains("Nothing was decided about 4"), "{refused}");
}

async fn one_person_is_tried_in_five_steps(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed, 5).await;
    bed.change(2, &Change::set("status", "inactive"));
    let page = visitor.page("integrations/personio/try?person=2").await;
    for part in
        ["1. Read", "2. What is shared?", "4. May they be", "No: they are no longer active", "would become a leaver"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let nobody = visitor.page("integrations/personio/try?person=99").await;
    assert!(nobody.contains("Not found"), "{nobody}");
    bed.pass(SignedDuration::from_secs(1));
    assert_eq!(bed.import("acme").await.counts.leave, 1, "trying somebody changed nothing");
}

async fn the_schedule_is_paused_and_the_integration_handed_over(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed, 3).await;
    assert!(visitor.page(DASHBOARD).await.contains("next import"));
    let to = visitor.done(&format!("{DASHBOARD}/pause"), &[]).await;
    let page = visitor.page(&to).await;
    assert!(page.contains("Paused</span>") && page.contains("Resume</button>"), "{page}");
    visitor.done(&format!("{DASHBOARD}/resume"), &[]).await;
    let wrong = visitor.refused(&format!("{DASHBOARD}/hand-over"), &[("owner", "nobody")]).await;
    assert!(wrong.contains("aria-invalid=\"true\"") && wrong.contains("value=\"nobody\""), "{wrong}");
    visitor.done(&format!("{DASHBOARD}/hand-over"), &[("owner", "jonas@acme.example")]).await;
    assert!(visitor.page(DASHBOARD).await.contains("jonas@acme.example"));
}

async fn home_tells_what_needs_somebody(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    let page = visitor.page("/manage/acme").await;
    assert!(page.contains("Connect your HR system"), "{page}");
    live(&bed, 20).await;
    hold(&bed).await;
    let page = visitor.page("/manage/acme").await;
    assert!(page.contains("An import from Personio is on hold and needs you"), "{page}");
    assert!(page.contains("8 members would become leavers") && page.contains("Joiners and leavers by week"), "{page}");
    assert!(page.len() < 100_000);
}

async fn roles_see_what_they_may_do_and_programmes_keep_apart(bed: Bed) {
    let first = Visitor::first(&bed).await;
    live(&bed, 20).await;
    let import = format!("imports/{}", hold(&bed).await);
    let reader = Visitor::colleague(&bed, Role::ReadOnly).await;
    let page = reader.page(&import).await;
    assert!(page.contains("Antworten muss jemand mit der Rolle") && !page.contains("<dialog"), "{page}");
    assert_eq!(reader.send(&format!("{import}/answer"), &[("answer", "reject")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(reader.send(HISTORY, &[]).await.status, StatusCode::FORBIDDEN);
    bed.set_up("other").await;
    let other = bed.import("other").await.import;
    for path in [format!("imports/{other}"), format!("imports/{other}/errors.csv"), "imports/nonsense".to_owned()] {
        assert_eq!(first.see(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

async fn a_listener_is_told_until_the_end(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    bed.employ(people(3));
    bed.set_up("acme").await;
    let import = visitor.done(HISTORY, &[]).await;
    bed.work();
    let events = visitor.see(&format!("{}/events", without_query(&import))).await;
    assert_eq!(events.header(header::CONTENT_TYPE), "text/event-stream");
    let last = events.text().lines().rfind(|line| line.starts_with("data:")).map(str::to_owned).unwrap_or_default();
    assert!(last.contains("\"stage\":\"completed\""), "{last}");
}
