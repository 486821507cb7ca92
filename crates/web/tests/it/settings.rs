//! The settings of a programme.

use axum::http::StatusCode;
use domain::roles::Role;

use crate::{bed::Bed, both, visitor::Visitor};

const PROGRAMME: [(&str, &str); 9] = [
    ("name", "Acme Rewards"),
    ("time_zone", "Europe/Berlin"),
    ("language", "de"),
    ("colour", "#2b5aa8"),
    ("sender_name", "HR of Acme"),
    ("reply_to", "hr@acme.example"),
    ("privacy_notice", "https://acme.example/privacy"),
    ("imprint", ""),
    ("help_contact", "Ask Ines"),
];

both!(
    the_programme_is_changed_and_the_log_tells_how,
    the_guard_counts_at_once,
    close_down_days_are_changed,
    how_long_things_stay_is_changed,
    administrators_are_invited_changed_and_removed,
    a_token_is_shown_once_and_revoked,
    who_may_only_look_changes_nothing,
    the_log_is_read_page_by_page,
);

async fn the_programme_is_changed_and_the_log_tells_how(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    let mut wrong = PROGRAMME;
    (wrong[3].1, wrong[5].1) = ("#ffffaa", "nobody");
    let page = ines.refused("settings", &wrong).await;
    assert!(page.contains("2 things have to be put right") && page.contains("White writing cannot be read"), "{page}");
    for (field, told) in [("colour", "Colour: White writing"), ("reply_to", "Reply-To: This is not an e-mail address")]
    {
        assert!(page.contains(&format!("<a href=\"#{field}\">{told}")), "{told}: {page}");
    }
    assert!(page.contains("value=\"nobody\"") && page.contains("value=\"HR of Acme\""), "{page}");
    assert_eq!(ines.done("settings", &PROGRAMME).await, "settings?said=settings-saved");
    let page = ines.page("settings?said=settings-saved").await;
    assert!(page.contains("Saved.") && page.contains("value=\"Acme Rewards\"") && page.contains("#2b5aa8"), "{page}");
    let log = ines.page("settings/audit").await;
    for told in ["Changed the programme’s settings", "Ines Hartmann", "Europe/London", "Europe/Berlin", "Reply-To"] {
        assert!(log.contains(told), "{told}: {log}");
    }
}

async fn the_guard_counts_at_once(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    assert!(ines.page("settings/guard").await.contains("There is no integration yet"));
    bed.set_up("acme").await;
    assert_eq!(ines.see("settings/guard").await.status, StatusCode::SEE_OTHER);
    let mut form = vec![("leavers_percent", "25"), ("leavers_count", "7")];
    for rule in ["week_leavers", "short_read", "identity", "joiners"] {
        form.extend([(&*format!("{rule}_percent").leak(), "50"), (&*format!("{rule}_count").leak(), "20")]);
    }
    let mut wrong = form.clone();
    (wrong[0].1, wrong[1].1) = ("101", "7");
    assert!(ines.refused("settings/guard/personio", &wrong).await.contains("leavers_percent-wrong"));
    wrong[1].1 = "many";
    let page = ines.refused("settings/guard/personio", &wrong).await;
    assert!(page.contains("leavers_count-wrong") && page.contains("value=\"many\""), "{page}");
    ines.done("settings/guard/personio", &form).await;
    let page = ines.page("settings/guard/personio").await;
    assert!(page.contains("more than 25% of the members, and more than 7 of them, leavers"), "{page}");
    let programme = bed.engine.programme("acme").await.expect("set up");
    let integration = bed.engine.integration(&programme, None).await.expect("set up");
    let rules = integration.rules().expect("published");
    assert_eq!((rules.guard.leavers_percent, rules.guard.leavers_count), (25, 7));
    assert!(!bed.engine.has_draft(&integration).expect("an answer"), "nothing waits to be published");
    assert_eq!(ines.see("settings/guard/other").await.status, StatusCode::NOT_FOUND);
}

async fn close_down_days_are_changed(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    let page = ines.page("settings/close-down").await;
    assert!(page.contains("30, 53") && page.contains("0 to 30"), "{page}");
    let days = |close| {
        let first = [("notice_hours", "12"), ("reminder_days", "40, 10"), ("close_day", close)];
        [&first[..], &[("erase_days", "3"), ("rejected_days", "30")]].concat()
    };
    assert!(ines.refused("settings/close-down", &days("40")).await.contains("reminder_days-wrong"));
    ines.done("settings/close-down", &days("45")).await;
    assert!(ines.page("settings/close-down").await.contains("value=\"10, 40\""));
    // The rest of the settings stays, and they stay when the rest is saved.
    ines.done("settings", &PROGRAMME).await;
    assert!(ines.page("settings/close-down").await.contains("value=\"10, 40\""));
}

async fn how_long_things_stay_is_changed(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    let page = ines.page("settings/retention").await;
    assert!(page.contains("value=\"24\"") && page.contains("value=\"6\""), "{page}");
    let form = |months, years| [("people_months", months), ("audit_years", years)];
    let page = ines.refused("settings/retention", &form("2", "many")).await;
    assert!(page.contains("people_months-wrong") && page.contains("audit_years-wrong"), "{page}");
    ines.done("settings/retention", &form("12", "")).await;
    ines.done("settings", &PROGRAMME).await;
    let page = ines.page("settings/retention").await;
    assert!(page.contains("value=\"12\"") && !page.contains("value=\"6\""), "{page}");
    assert!(ines.page("settings/audit").await.contains("how long things stay"));
}

/// The address of the page of the administrator with this address.
fn page_of(list: &str, email: &str) -> String {
    let row = list.split("<tr>").find(|row| row.contains(email)).expect("they are there");
    let at = row.split("href=\"/manage/acme/").nth(1).expect("a link");
    at.split('"').next().unwrap_or_default().to_owned()
}

async fn administrators_are_invited_changed_and_removed(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    let form = [("name", "Bela Brandt"), ("email", "bela@acme.example"), ("role", "members")];
    ines.done("settings/administrators", &form).await;
    let list = ines.page("settings/administrators?said=administrator-invited").await;
    assert!(list.contains("bela@acme.example") && list.contains("The invitation is on its way"), "{list}");
    let wrong =
        ines.refused("settings/administrators", &[("name", "X"), ("email", "not an address"), ("role", "owner")]).await;
    assert!(wrong.contains("email-wrong") && wrong.contains("value=\"not an address\""), "{wrong}");

    let bela = page_of(&list, "bela@acme.example");
    assert!(ines.page(&bela).await.contains("was not accepted yet"));
    ines.done(&format!("{bela}/role"), &[("role", "integrations")]).await;
    ines.done(&format!("{bela}/again"), &[]).await;
    assert_eq!(bed.links("invitation", "bela@acme.example").await.len(), 1, "the first mail had not gone");
    assert!(
        ines.page(&format!("{bela}?remove"))
            .await
            .contains("<dialog id=\"remove\" aria-labelledby=\"remove-sure\" open>")
    );
    ines.done(&format!("{bela}/remove"), &[]).await;
    assert!(!ines.page("settings/administrators").await.contains("bela@acme.example"));
    assert_eq!(ines.see(&bela).await.status, StatusCode::NOT_FOUND);

    let own = page_of(&list, "ines@acme.example");
    assert!(ines.refused(&format!("{own}/role"), &[("role", "read-only")]).await.contains("last owner"));
    assert!(ines.refused(&format!("{own}/remove"), &[]).await.contains("last owner"));
    Visitor::colleague(&bed, Role::Owner).await;
    assert_eq!(ines.done(&format!("{own}/remove"), &[]).await, "/");
    assert_eq!(ines.see("settings").await.status, StatusCode::SEE_OTHER, "who looks after nothing is signed out");
}

async fn a_token_is_shown_once_and_revoked(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    assert!(ines.page("settings/tokens").await.contains("No program uses the API yet"));
    let none = ines.refused("settings/tokens", &[("name", "Intranet"), ("expires_at", "30")]).await;
    assert!(none.contains("scopes-wrong") && none.contains("value=\"Intranet\""), "{none}");
    let form = [("name", "Intranet"), ("scopes", "members:read"), ("scopes", "imports:read"), ("expires_at", "30")];
    let made = ines.send("settings/tokens", &form).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let text = made.text();
    let token = text.split("id=\"token\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a token").to_owned();
    assert!(bed.engine.token(&token).await.expect("an answer").is_some_and(|token| token.scopes.len() == 2));
    let page = ines.page("settings/tokens").await;
    assert!(!page.contains(&token) && page.contains("until 23 December 2026"), "{page}");
    let revoke = page.split("?revoke=").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    assert!(ines.page(&format!("settings/tokens?revoke={revoke}")).await.contains("Revoke “Intranet”?"));
    ines.done(&format!("settings/tokens/{revoke}/revoke"), &[]).await;
    assert!(bed.engine.token(&token).await.expect("an answer").is_none());
    let other = "settings/tokens/019a0000-0000-7000-8000-000000000000/revoke";
    assert_eq!(ines.send(other, &[]).await.status, StatusCode::NOT_FOUND);
}

async fn who_may_only_look_changes_nothing(bed: Bed) {
    Visitor::first(&bed).await;
    let reader = Visitor::colleague(&bed, Role::ReadOnly).await;
    let page = reader.page("settings").await;
    assert!(page.contains("<fieldset class=\"stack\" disabled>") && !page.contains("API-Token"), "{page}");
    assert!(!reader.page("settings/administrators").await.contains("Einladung schicken"));
    assert_eq!(reader.send("settings", &PROGRAMME).await.status, StatusCode::FORBIDDEN);
    let roles = reader.page("settings/roles").await;
    assert_eq!(roles.matches("<tr>").count(), domain::roles::Action::ALL.len() + 1);
}

async fn the_log_is_read_page_by_page(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    for day in 0..60 {
        let close = (100 + day).to_string();
        let form = [
            ("notice_hours", "12"),
            ("reminder_days", ""),
            ("close_day", &*close),
            ("erase_days", "7"),
            ("rejected_days", "90"),
        ];
        ines.done("settings/close-down", &form).await;
    }
    let page = ines.page("settings/audit?area=programme&actor=Ines+Hartmann").await;
    assert_eq!(page.matches("Changed the close-down days").count(), 50);
    let next = page.split("href=\"?area=programme&#38;actor=Ines+Hartmann&#38;before=").nth(1).expect("another page");
    let next = next.split('"').next().unwrap_or_default();
    let page = ines.page(&format!("settings/audit?area=programme&actor=Ines+Hartmann&before={next}")).await;
    assert_eq!(page.matches("Changed the close-down days").count(), 10);
    assert!(!page.contains("Older"), "{page}");
    assert!(ines.page("settings/audit?area=token").await.contains("Nothing fits this choice"));
    assert!(ines.page("settings/audit?actor=Somebody").await.contains("Nothing fits this choice"));
}
