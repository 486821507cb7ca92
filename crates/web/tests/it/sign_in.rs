//! Coming in: the first run, signing in and out, forgotten passwords, invitations.

use axum::http::{StatusCode, header};
use jiff::SignedDuration;

use crate::{
    bed::{Bed, PUBLIC_URL},
    both,
    visitor::{PASSWORD, Visitor},
};

const ANOTHER: &str = "copper lighthouse 93";

both!(
    the_first_run_makes_a_programme_and_its_owner,
    signing_in_leads_to_pages_of_ours,
    a_failed_sign_in_tells_nothing_and_many_have_to_wait,
    a_forgotten_password_is_chosen_anew_by_mail,
    an_invitation_is_accepted_once,
    an_expired_invitation_is_sent_anew,
);

async fn first_run(bed: &Bed) -> String {
    let link = bed.engine.first_run_link().await.expect("a link").expect("nobody was there before");
    link.trim_start_matches(PUBLIC_URL).to_owned()
}

async fn the_first_run_makes_a_programme_and_its_owner(bed: Bed) {
    let link = first_run(&bed).await;
    let page = bed.look(&link).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Europe/Lisbon") && page.body.len() < 100_000);
    let entries = |password| {
        [
            ("programme", "Acme <Rewards>"),
            ("time_zone", "Europe/Lisbon"),
            ("name", "Ines Hartmann"),
            ("email", "ines@acme.example"),
            ("password", password),
        ]
    };
    let weak = bed.send(&link, &entries("ines-hartmann")).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = weak.text();
    assert!(text.contains("too close to your name") && text.contains("Acme &#60;Rewards&#62;"), "{text}");
    assert!(!text.contains("ines-hartmann") && text.contains("aria-invalid"), "{text}");
    let made = bed.send(&link, &entries(PASSWORD)).await;
    let cookie = made.header(header::SET_COOKIE);
    assert!(cookie.contains("HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    let owner = Visitor::let_in(&bed, &made);
    let programme = bed.engine.programme("acme-rewards").await.expect("made");
    assert_eq!((&*programme.name, &*programme.time_zone), ("Acme <Rewards>", "Europe/Lisbon"));
    assert_eq!(owner.see("/").await.header(header::LOCATION), "/manage/acme-rewards");
    assert_eq!(bed.look(&link).await.status, StatusCode::GONE);
    assert_eq!(bed.engine.first_run_link().await.expect("an answer"), None);
}

async fn signing_in_leads_to_pages_of_ours(bed: Bed) {
    Visitor::first(&bed).await;
    let asked = bed.look("/manage/acme/settings?a=b").await;
    assert_eq!(asked.header(header::LOCATION), "/sign-in?next=%2Fmanage%2Facme%2Fsettings%3Fa%3Db");
    let form = [("email", "INES@acme.example "), ("password", PASSWORD)];
    for (next, to) in
        [("%2Fmanage%2Facme", "/manage/acme"), ("%2F%2Fevil.example", "/"), ("https%3A%2F%2Fevil.example", "/")]
    {
        let answer = bed.send(&format!("/sign-in?next={next}"), &form).await;
        assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, to), "{next}");
    }
    let visitor = Visitor::let_in(&bed, &bed.send("/sign-in", &form).await);
    visitor.page("/manage/acme").await;
    let out = visitor.send("/sign-out", &[]).await;
    assert!(out.header(header::SET_COOKIE).contains("Max-Age=0"));
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"", "nothing is left to go back to");
    assert_eq!(visitor.see("/manage/acme").await.status, StatusCode::SEE_OTHER);
}

async fn a_failed_sign_in_tells_nothing_and_many_have_to_wait(bed: Bed) {
    Visitor::first(&bed).await;
    let mut told = Vec::new();
    for email in ["ines@acme.example", "nobody@acme.example"] {
        for _ in 0..5 {
            let answer = bed.send("/sign-in", &[("email", email), ("password", "not it at all")]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            told.push(answer.text().replace(email, ""));
        }
        let right = bed.send("/sign-in", &[("email", email), ("password", PASSWORD)]).await;
        assert_eq!((right.status, right.header(header::RETRY_AFTER)), (StatusCode::TOO_MANY_REQUESTS, "30"));
        assert!(right.text().contains("Wait a minute"), "{}", right.text());
    }
    assert!(told.iter().all(|one| *one == told[0]), "an answer tells who is known");
}

async fn a_forgotten_password_is_chosen_anew_by_mail(bed: Bed) {
    let before = Visitor::first(&bed).await;
    let known = bed.send("/forgotten", &[("email", "ines@acme.example")]).await;
    let unknown = bed.send("/forgotten", &[("email", "nobody@acme.example")]).await;
    assert_eq!(known.text().replace("ines@", ""), unknown.text().replace("nobody@", ""));
    let link = bed.links("reset", "ines@acme.example").await.pop().expect("a mail");
    assert!(bed.look(&link).await.text().contains("ines@acme.example"));
    assert_eq!(bed.send(&link, &[("password", "short")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = bed.send(&link, &[("password", ANOTHER)]).await;
    assert_eq!(kept.header(header::LOCATION), "/sign-in?said=password-reset");
    assert!(bed.look("/sign-in?said=password-reset").await.text().contains("Your new password is saved"));
    assert_eq!(before.see("/manage/acme").await.status, StatusCode::SEE_OTHER, "sessions of before go on");
    assert_eq!(bed.look(&link).await.status, StatusCode::GONE);
    Visitor::let_in(&bed, &bed.send("/sign-in", &[("email", "ines@acme.example"), ("password", ANOTHER)]).await);
    assert!(bed.look("/reset/unknown").await.text().contains("Ask for another link"));
}

async fn invited(owner: &Visitor<'_>, bed: &Bed) -> String {
    let form = [("name", "Bela Brandt"), ("email", "bela@acme.example"), ("role", "members")];
    owner.done("settings/administrators", &form).await;
    bed.links("invitation", "bela@acme.example").await.pop().expect("a mail")
}

async fn an_invitation_is_accepted_once(bed: Bed) {
    let owner = Visitor::first(&bed).await;
    let link = invited(&owner, &bed).await;
    let page = bed.look(&link).await.text();
    for told in ["Help look after Acme", "Ines Hartmann invites you", "bela@acme.example", "You look after members"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let wrong = bed.send(&link, &[("name", ""), ("password", "bela-bela-bela")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains("2 things have to be put right"));
    let bela = Visitor::let_in(&bed, &bed.send(&link, &[("name", "Béla B."), ("password", ANOTHER)]).await);
    assert!(bela.page("/manage/acme").await.contains("Béla B."));
    let used = bed.look(&link).await;
    assert!(used.status == StatusCode::GONE && used.text().contains("used already"), "{}", used.text());
    let unknown = bed.look("/invitation/unknown").await.text();
    assert!(unknown.contains("ask whoever invited you") && unknown.contains("href=\"/sign-in\""), "{unknown}");
}

async fn an_expired_invitation_is_sent_anew(bed: Bed) {
    let owner = Visitor::first(&bed).await;
    let link = invited(&owner, &bed).await;
    bed.pass(SignedDuration::from_hours(24 * 7 + 1));
    let late = bed.look(&link).await;
    assert!(late.status == StatusCode::GONE && late.text().contains("Send me a new one"), "{}", late.text());
    assert_eq!(bed.send(&format!("{link}/again"), &[]).await.status, StatusCode::OK);
    let links = bed.links("invitation", "bela@acme.example").await;
    let newest = links.iter().find(|one| **one != link).expect("another mail");
    assert!(bed.look(newest).await.text().contains("Accept the invitation"));
}
