//! The mails to members, and how they are worded.

use axum::http::{StatusCode, header};
use domain::roles::Role;

use crate::{bed::Bed, both, visitor::Visitor};

const WELCOME: &str = "settings/mails/welcome/en";

both!(
    a_mail_is_worded_and_put_back,
    what_is_wrong_with_a_wording_is_said_beside_it,
    a_preview_shows_what_was_typed_and_keeps_nothing,
    a_test_mail_goes_to_whoever_asks,
    who_may_only_look_words_nothing,
    a_mail_that_does_not_go_to_members_is_not_there,
);

async fn a_mail_is_worded_and_put_back(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    let list = ines.page("settings/mails").await;
    assert_eq!(list.matches("standard text</small>").count(), 18, "{list}");
    let own = [("subject", "Come in, {{ first_name }}"), ("text", "# Hello\n\n{{ button }}")];
    assert_eq!(ines.done(WELCOME, &own).await, format!("{WELCOME}?said=wording-saved"));
    let list = ines.page("settings/mails").await;
    assert!(list.matches("standard text</small>").count() == 17 && list.contains("Your text"), "{list}");
    let page = ines.page(WELCOME).await;
    assert!(page.contains("value=\"Come in, {{ first_name }}\"") && page.contains("Come in, Aoife"), "{page}");
    let asked = ines.page(&format!("{WELCOME}?reset")).await;
    assert!(asked.contains("Go back to the standard text?"), "{asked}");
    assert_eq!(ines.done(&format!("{WELCOME}/reset"), &[]).await, format!("{WELCOME}?said=wording-reset"));
    assert!(ines.page(WELCOME).await.contains("Your account with Acme is ready"));
    let log = ines.page("settings/audit").await;
    for told in ["Worded a mail to members", "Went back to the standard text of a mail", "welcome (en)", "Come in"] {
        assert!(log.contains(told), "{told}: {log}");
    }
}

async fn what_is_wrong_with_a_wording_is_said_beside_it(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    let wrong = [("subject", ""), ("text", "Hi {{ nmae }} <b> {{ button }}")];
    let page = ines.refused(WELCOME, &wrong).await;
    assert!(page.contains("id=\"subject-wrong\"") && page.contains("Write something here."), "{page}");
    assert!(page.contains("{{ nmae }} is not known here. You can insert {{ programme }}, {{ first_name }}"), "{page}");
    assert!(page.contains("Hi {{ nmae }} &#60;b&#62; {{ button }}</textarea>"), "what was entered stays: {page}");
    let page = ines.refused(WELCOME, &[("subject", "x"), ("text", "Hello")]).await;
    assert!(page.contains("The mail needs the button exactly once: put {{ button }} on a line of its own."), "{page}");
    // While it is typed, the parts of the page come back.
    let parts = ines.send(&format!("{WELCOME}/check"), &wrong).await;
    assert_eq!(parts.status, StatusCode::OK);
    assert!(parts.text().contains("{{ nmae }} is not known here."), "{}", parts.text());
    assert!(ines.page("settings/mails").await.matches("standard text</small>").count() == 18, "nothing was kept");
}

async fn a_preview_shows_what_was_typed_and_keeps_nothing(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    let path = format!("{WELCOME}/shown");
    let typed = |screen| [("subject", "x"), ("text", "# Ahoy, {{ first_name }}\n\n{{ button }}"), ("screen", screen)];
    for (screen, told) in [("light", "@media not all"), ("dark", "@media all")] {
        let shown = ines.send(&path, &typed(screen)).await;
        assert!(shown.text().contains(">Ahoy, Aoife</h1>") && shown.text().contains(told), "{}", shown.text());
        let policy = shown.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("sandbox") && policy.contains("frame-ancestors 'self'"), "{policy}");
    }
    let shown = ines.send(&path, &typed("text")).await;
    assert!(shown.header(header::CONTENT_TYPE).starts_with("text/plain"));
    assert!(shown.text().starts_with("Ahoy, Aoife\n\nChoose your password:\n"), "{}", shown.text());
    let wrong = ines.send(&path, &[("subject", "x"), ("text", "{{ nmae }}")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ines.page(&path).await.contains(">Welcome, Aoife</h1>"), "what members get has not changed");
}

async fn a_test_mail_goes_to_whoever_asks(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    assert!(ines.page(WELCOME).await.contains("Goes to ines@acme.example"));
    assert_eq!(ines.done(&format!("{WELCOME}/example"), &[]).await, format!("{WELCOME}?said=example-sent"));
    let programme = bed.engine.programme("acme").await.expect("it was made");
    let mails = bed.engine.outbox(&programme).await.expect("mails");
    let to: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.recipient.as_deref())).collect();
    assert_eq!(to, [("welcome", Some("ines@acme.example"))]);
}

async fn who_may_only_look_words_nothing(bed: Bed) {
    Visitor::first(&bed).await;
    let reader = Visitor::colleague(&bed, Role::ReadOnly).await;
    let page = reader.page("settings/mails/closed/de").await;
    assert!(page.contains("<fieldset class=\"pad stack\" disabled>") && !page.contains("data-shows"), "{page}");
    assert!(reader.page("settings/mails/closed/de/shown?screen=light").await.contains("Ihr Konto ist geschlossen"));
    for path in ["", "/check", "/shown", "/reset", "/example"] {
        let answer = reader.send(&format!("{WELCOME}{path}"), &[("subject", "x"), ("text", "{{ button }}")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
}

async fn a_mail_that_does_not_go_to_members_is_not_there(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    for path in ["import-summary/en", "administrator-reset/en", "wellcome/en", "welcome/fr", "welcome/EN"] {
        assert_eq!(ines.see(&format!("settings/mails/{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
