//! Setting an integration up, page after page.

use std::time::Duration;

use axum::http::StatusCode;
use domain::{integration::State, roles::Role};

use crate::{
    bed::{Bed, people, person},
    both,
    visitor::Visitor,
};

const CREDENTIALS: [(&str, &str); 2] = [("client_id", "papi-test"), ("client_secret", "papi-test-secret")];
const BASICS: [(&str, &str); 3] = [("frequency", "weekly"), ("weekday", "friday"), ("time", "05:30")];
const MAPPING: [(&str, &str); 4] = [
    ("employee_id", "id"),
    ("field.email", "email"),
    ("field.first_name", "first_name"),
    ("field.last_name", "last_name"),
];

both!(
    a_set_up_goes_from_step_to_step_and_is_kept_in_between,
    entries_are_kept_and_what_is_wrong_stands_beside_them,
    every_answer_to_credentials_has_its_page,
    the_mapping_tells_whom_it_fits_and_whom_it_would_close_down,
    above_the_guard_the_number_of_leavers_is_typed,
    custom_fields_change_by_revoking_authorising_mapping_and_publishing,
    what_is_not_published_is_told_and_can_be_discarded,
    roles_and_programmes_keep_to_themselves,
    the_welcome_mail_is_shown_as_it_is_sent,
    integrations_are_found_by_name,
);

fn step(name: &str) -> String {
    format!("integrations/personio/set-up/{name}")
}

/// Sends credentials and waits for what comes of them.
async fn connect(visitor: &Visitor<'_>, form: &[(&str, &str)]) -> String {
    assert_eq!(visitor.done(&step("authorize"), form).await, step("authorize"));
    until(visitor, &step("authorize"), |page| !page.contains("data-wait")).await
}

/// Looks at a page until it is as it should be.
async fn until(visitor: &Visitor<'_>, path: &str, is_there: impl Fn(&str) -> bool) -> String {
    for _ in 0..400 {
        let page = visitor.page(path).await;
        if is_there(&page) {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it did not come to that: {}", visitor.page(path).await);
}

async fn preview(visitor: &Visitor<'_>) -> String {
    visitor.done(&step("review/preview"), &[]).await;
    until(visitor, &step("review"), |page| !page.contains("data-live")).await
}

/// The first three steps.
async fn mapped(visitor: &Visitor<'_>, mapping: &[(&str, &str)]) {
    visitor.done(&step("initial"), &BASICS).await;
    connect(visitor, &CREDENTIALS).await;
    visitor.done(&step("authorize/finish"), &[]).await;
    visitor.done(&step("mapping"), mapping).await;
}

/// All four steps, and a first import.
async fn live(bed: &Bed, visitor: &Visitor<'_>, mapping: &[(&str, &str)]) {
    mapped(visitor, mapping).await;
    preview(visitor).await;
    visitor.done(&step("review/publish"), &[]).await;
    bed.import("acme").await;
}

async fn state(bed: &Bed) -> State {
    let programme = bed.engine.programme("acme").await.expect("it was made");
    let integration = bed.engine.integration(&programme, None).await.expect("it was begun");
    integration.state().expect("a state")
}

async fn a_set_up_goes_from_step_to_step_and_is_kept_in_between(bed: Bed) {
    bed.work();
    bed.employ(people(12));
    let ines = Visitor::first(&bed).await;
    let list = ines.page("integrations").await;
    assert!(list.contains("Not set up") && list.contains("set-up/initial"), "{list}");
    // No step before its time.
    assert_eq!(ines.see(&step("mapping")).await.status, StatusCode::SEE_OTHER);

    assert_eq!(ines.done(&step("initial"), &BASICS).await, format!("{}?said=saved", step("authorize")));
    let initial = ines.page(&step("initial")).await;
    assert!(initial.contains(r#"value="05:30""#) && initial.contains("Friday 27 November, 05:30"), "{initial}");
    assert!(ines.page("integrations").await.contains("Draft, step 2 of 4"));

    let connected = connect(&ines, &CREDENTIALS).await;
    assert!(connected.contains("12 employees") && connected.contains("Finish Setup"), "{connected}");
    assert!(!connected.contains("papi-test-secret"));
    ines.done(&step("authorize/finish"), &[]).await;
    let authorised = ines.page(&step("authorize")).await;
    assert!(authorised.contains("stored sealed") && authorised.contains(r#"<button class="btn main">Save</button>"#));

    let mapping = until(&ines, &step("mapping"), |page| page.contains("people fit")).await;
    assert!(mapping.contains("12 of 12 people fit"), "{mapping}");
    assert!(mapping.contains(r#"<option value="email" selected>"#), "what is likely is chosen already");
    assert_eq!(ines.done(&step("mapping"), &MAPPING).await, format!("{}?said=saved", step("review")));

    let review = preview(&ines).await;
    assert!(review.contains("What publishing comes to") && review.contains("Every Friday at 05:30"), "{review}");
    assert!(review.contains("Adler") && !review.contains("Type that number"), "{review}");
    let dashboard = ines.done(&step("review/publish"), &[]).await;
    assert_eq!(dashboard, "integrations/personio?said=published");
    assert_eq!(state(&bed).await, State::Live);
    assert!(ines.page("integrations").await.contains("Live"));
}

async fn entries_are_kept_and_what_is_wrong_stands_beside_them(bed: Bed) {
    bed.employ(people(3));
    let ines = Visitor::first(&bed).await;
    let form = [
        ("frequency", "monthly"),
        ("day", "32"),
        ("time", "25:00"),
        ("recipient.0.address", "nobody"),
        ("no_mailbox_domains", "a.example"),
    ];
    let page = ines.refused(&step("initial"), &form).await;
    for kept in [r#"value="32""#, r#"value="25:00""#, r#"value="nobody""#, r#"value="a.example""#] {
        assert!(page.contains(kept), "{kept}: {page}");
    }
    assert!(page.contains("from 1 to 31") && page.contains(r#"id="day-wrong""#), "{page}");
    assert!(page.contains("such as 06:00") && page.contains(r#"role="alert""#), "{page}");
    let form = [("frequency", "daily"), ("time", "06:00"), ("recipient.0.address", "nobody")];
    let page = ines.refused(&step("initial"), &form).await;
    assert!(page.contains(r##"<a href="#recipient.0">E-mail address 1: “nobody” is not an e-mail address"##), "{page}");
    // Nothing of it was saved; another row costs no entry.
    let form = [("frequency", "hourly"), ("minute", "7"), ("do", "add-recipient")];
    let page = ines.send(&step("initial"), &form).await.text();
    assert!(page.contains(r#"name="recipient.0.address""#) && page.contains(r#"value="7""#), "{page}");

    mapped(&ines, &MAPPING).await;
    let twice = [MAPPING.as_slice(), &[("field.department", "email"), ("custom.0.name", "Cost centre")]].concat();
    let page = ines.refused(&step("mapping"), &twice).await;
    assert!(page.contains("This attribute already fills"), "{page}");
    assert!(page.contains("Choose an attribute, or remove the field"), "{page}");
    assert!(page.contains(r##"<a href="#custom.0">Cost centre: "##), "{page}");
    assert!(page.contains(r#"value="Cost centre""#), "{page}");
    let segment = [MAPPING.as_slice(), &[("segment.0.rule", "include"), ("segment.0.values", "Sales")]].concat();
    let page = ines.refused(&step("mapping"), &segment).await;
    assert!(page.contains("Choose an attribute and at least one value") && page.contains(r#"value="Sales""#), "{page}");
}

async fn every_answer_to_credentials_has_its_page(bed: Bed) {
    bed.employ(people(3));
    let ines = Visitor::first(&bed).await;
    ines.done(&step("initial"), &BASICS).await;
    let page = ines.refused(&step("authorize"), &[("client_id", "papi-test")]).await;
    assert!(page.contains(r##"<a href="#client_secret">Client Secret: Paste the Client Secret"##), "{page}");
    assert!(page.contains(r#"value="papi-test""#), "{page}");
    let page = connect(&ines, &[("client_id", "papi-test"), ("client_secret", "other")]).await;
    assert!(page.contains("Personio does not accept these credentials"), "{page}");
    assert!(page.contains(r#"value="papi-test""#) && page.contains("Copy it once more"), "{page}");
    bed.sandbox.set_readable("papi-test", Some(["id", "email", "first_name"])).expect("the company is there");
    let page = connect(&ines, &CREDENTIALS).await;
    assert!(page.contains("does not share “Status”") && page.contains("told apart as a leaver"), "{page}");
    bed.sandbox.set_readable("papi-test", Some(["id", "email", "status"])).expect("the company is there");
    let page = connect(&ines, &CREDENTIALS).await;
    assert!(page.contains("Connected to Personio") && page.contains("Usually mapped, and not shared"), "{page}");
    assert!(ines.page(&format!("{}?connect", step("authorize"))).await.contains(r#"<dialog id="connect" open"#));
}

async fn the_mapping_tells_whom_it_fits_and_whom_it_would_close_down(bed: Bed) {
    bed.work();
    let staff = people(8).map(|one| one.and("employment_type", "internal"));
    let others = [(20, "Mara"), (21, "Jonas")].map(|(id, name)| person(id, name, "Fiedler"));
    let others = others.map(|one| one.and("employment_type", "extern"));
    bed.employ(staff.chain(others));
    let ines = Visitor::first(&bed).await;
    live(&bed, &ines, &MAPPING).await;
    let form =
        [MAPPING.as_slice(), &[("segment.0.attribute", "employment_type"), ("segment.0.tick", "internal")]].concat();
    let mut page = String::new();
    for _ in 0..400 {
        page = ines.send(&step("mapping/check"), &form).await.text();
        if !page.contains("data-wait") && page.contains("may be members") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert!(page.contains("8 of 10 people may be members"), "{page}");
    assert!(page.contains("2 existing members would be closed down") && page.contains("Mara Fiedler"), "{page}");
    assert!(page.contains("20%"), "{page}");
    assert!(page.contains("extern <small>2</small>") && page.contains("internal <small>8</small>"), "{page}");
    // Nothing was saved by looking.
    assert!(!ines.page(&step("mapping")).await.contains("closed down"));
}

async fn above_the_guard_the_number_of_leavers_is_typed(bed: Bed) {
    bed.work();
    bed.employ(people(9).map(|one| one.and("employment_type", "internal")));
    let ines = Visitor::first(&bed).await;
    live(&bed, &ines, &MAPPING).await;
    let form =
        [MAPPING.as_slice(), &[("segment.0.attribute", "employment_type"), ("segment.0.values", "extern")]].concat();
    ines.done(&step("mapping"), &form).await;
    let review = preview(&ines).await;
    assert!(review.contains("9 members would become leavers. Type that number"), "{review}");
    let page = ines.refused(&step("review/publish"), &[("leavers", "8")]).await;
    assert!(page.contains("The preview has 9.") && page.contains(r#"value="8""#), "{page}");
    assert!(ines.page("integrations").await.contains("changes not published"));
    ines.done(&step("review/publish"), &[("leavers", "9")]).await;
    assert!(!ines.page("integrations").await.contains("changes not published"));
}

async fn custom_fields_change_by_revoking_authorising_mapping_and_publishing(bed: Bed) {
    bed.work();
    bed.employ(people(4));
    let ines = Visitor::first(&bed).await;
    let custom = [("custom.0.name", "Cost centre"), ("custom.0.attribute", "department")];
    let first = [MAPPING.as_slice(), &custom].concat();
    live(&bed, &ines, &first).await;
    let page = ines.page(&step("mapping")).await;
    assert!(page.contains("Cost centre") && !page.contains("custom.0.attribute"), "they only show: {page}");
    assert!(page.contains("<td>Department") && page.contains("<strong>ID</strong>"), "by name, not by key: {page}");
    assert!(page.contains("revoke?for=custom-fields"), "{page}");
    let checked = ines.send(&step("mapping/check"), &MAPPING).await.text();
    assert!(checked.contains("1 of 10"), "looking takes none away: {checked}");
    let ask = ines.page(&format!("{}?for=custom-fields", step("revoke"))).await;
    assert!(ask.contains("Imports stop. No member is changed.") && ask.contains("4 current members"), "{ask}");
    assert_eq!(ines.done(&step("revoke"), &[]).await, format!("{}?said=revoked", step("authorize")));
    assert_eq!(state(&bed).await, State::Revoked);
    assert!(ines.page(&step("authorize")).await.contains("This integration is revoked"));
    let dashboard = ines.page("integrations/personio").await;
    assert!(dashboard.contains("No import runs until Personio is connected again."), "{dashboard}");
    assert!(dashboard.contains("Connect Personio</a>"), "the next step is offered: {dashboard}");
    connect(&ines, &CREDENTIALS).await;
    ines.done(&step("authorize/finish"), &[]).await;
    assert!(ines.page(&step("mapping")).await.contains("custom.0.attribute"));
    let custom = [("custom.0.name", "Team"), ("custom.0.attribute", "department")];
    let changed = [MAPPING.as_slice(), &custom].concat();
    ines.done(&step("mapping"), &changed).await;
    let review = preview(&ines).await;
    assert!(review.contains("What changes with it") && review.contains("Team"), "{review}");
    ines.done(&step("review/publish"), &[]).await;
    assert_eq!(state(&bed).await, State::Live);
    assert!(ines.page(&step("initial")).await.contains(r#"value="05:30""#), "nothing else was lost");
}

async fn what_is_not_published_is_told_and_can_be_discarded(bed: Bed) {
    bed.work();
    bed.employ(people(4));
    let ines = Visitor::first(&bed).await;
    live(&bed, &ines, &MAPPING).await;
    assert!(ines.page(&step("review")).await.contains("Everything is published"));
    ines.done(&step("initial"), &[("frequency", "daily"), ("time", "04:00")]).await;
    assert!(ines.page(&step("mapping")).await.contains("Changes not published yet"));
    let ask = ines.page(&step("discard")).await;
    assert!(ask.contains("Every day at 04:00") && ask.contains("Every Friday at 05:30"), "{ask}");
    ines.done(&step("discard"), &[]).await;
    assert!(!ines.page(&step("mapping")).await.contains("Changes not published yet"));
    assert!(ines.page(&step("initial")).await.contains(r#"value="05:30""#));
}

async fn roles_and_programmes_keep_to_themselves(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    ines.done(&step("initial"), &BASICS).await;
    let reader = Visitor::colleague(&bed, Role::ReadOnly).await;
    let list = reader.page("integrations").await;
    assert!(list.contains("Entwurf, Schritt 2 von 4") && !list.contains("set-up"), "{list}");
    assert_eq!(reader.see(&step("initial")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(reader.send(&step("authorize"), &CREDENTIALS).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ines.see("integrations/unknown/set-up/initial").await.status, StatusCode::NOT_FOUND);
    bed.set_up("other").await;
    assert_eq!(ines.see("/manage/other/integrations").await.status, StatusCode::NOT_FOUND);
}

async fn the_welcome_mail_is_shown_as_it_is_sent(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    let mail = ines.see(&step("initial/welcome-mail")).await;
    assert!(mail.text().contains("Acme") && mail.text().contains("Aoife"), "{}", mail.text());
    let policy = mail.header("content-security-policy");
    assert!(policy.contains("sandbox") && policy.contains("frame-ancestors 'self'"), "{policy}");
    assert!(ines.page(&format!("{}?preview", step("initial"))).await.contains(r#"id="welcome-mail" open"#));
}

async fn integrations_are_found_by_name(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    assert!(ines.page("integrations?tab=explore&q=perso").await.contains("set-up/initial"));
    let none = ines.page("integrations?tab=explore&q=Persono").await;
    assert!(none.contains("No integration matches “Persono”"), "{none}");
    assert!(ines.page("integrations?tab=mine").await.contains("No integrations yet"));
}
