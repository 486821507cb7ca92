//! What administrators set for themselves.

use axum::http::{StatusCode, header};
use totp_rs::{Builder, Secret};

use crate::{
    bed::Bed,
    both,
    visitor::{PASSWORD, Visitor},
};

const ANOTHER: &str = "copper lighthouse 93";

both!(
    name_language_and_password_are_changed,
    a_second_factor_is_set_up_and_asked_for,
    other_sessions_are_listed_and_ended,
);

async fn sign_in<'a>(bed: &'a Bed, password: &str) -> Visitor<'a> {
    Visitor::let_in(bed, &bed.send("/sign-in", &[("email", "ines@acme.example"), ("password", password)]).await)
}

async fn name_language_and_password_are_changed(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    let elsewhere = sign_in(&bed, PASSWORD).await;
    assert_eq!(
        ines.done("/account/profile", &[("name", "Ines H."), ("language", "de")]).await,
        "/account?said=profile-saved"
    );
    let page = ines.page("/account?said=profile-saved").await;
    assert!(page.contains("Ines H.") && page.contains("Name und Sprache sind gespeichert"), "{page}");
    assert!(
        ines.refused("/account/profile", &[("name", ""), ("language", "de")]).await.contains("Hier fehlt eine Angabe")
    );
    let wrong = ines.refused("/account/password", &[("current", "not it at all"), ("password", ANOTHER)]).await;
    assert!(wrong.contains("id=\"current-wrong\""), "{wrong}");
    ines.done("/account/password", &[("current", PASSWORD), ("password", ANOTHER)]).await;
    ines.page("/account").await;
    assert_eq!(elsewhere.see("/account").await.status, StatusCode::SEE_OTHER, "signed out everywhere else");
    sign_in(&bed, ANOTHER).await;
}

/// The code that an authenticator shows now.
fn code(bed: &Bed, page: &str) -> String {
    let secret = page.split("id=\"secret\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a key");
    let secret = Secret::try_from_base32(secret.replace(' ', "")).expect("a key");
    let totp = Builder::new().with_secret(secret).build().expect("a key");
    totp.generate(u64::try_from(bed.engine.now() / 1_000_000).expect("after 1970")).to_string()
}

async fn a_second_factor_is_set_up_and_asked_for(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    assert_eq!(ines.done("/account/second-factor/begin", &[]).await, "/account/second-factor");
    let page = ines.page("/account/second-factor").await;
    assert!(page.contains("<svg class=\"qr\"") && !page.contains("style="), "{page}");
    assert!(ines.refused("/account/second-factor", &[("code", "12")]).await.contains("code-wrong"));
    let codes = ines.send("/account/second-factor", &[("code", &code(&bed, &page))]).await;
    assert_eq!(codes.status, StatusCode::OK);
    let codes = codes.text();
    let recovery = codes.split("<li>").nth(1).and_then(|rest| rest.lines().next()).expect("a recovery code").to_owned();
    assert_eq!(codes.matches("<li>").count(), 10);
    assert!(codes.contains("data:text/plain") && codes.contains("download="), "{codes}");
    assert!(ines.page("/account").await.contains("You have 10 recovery codes left"));

    let asked = bed.send("/sign-in?next=%2Faccount", &[("email", "ines@acme.example"), ("password", PASSWORD)]).await;
    assert_eq!(asked.header(header::LOCATION), "/sign-in/second-factor?next=%2Faccount");
    let half = Visitor::let_in(&bed, &asked);
    assert_eq!(half.see("/account").await.status, StatusCode::SEE_OTHER, "a password alone opens nothing");
    half.page("/sign-in/second-factor").await;
    assert!(half.refused("/sign-in/second-factor", &[("code", "aaaaa-aaaaa")]).await.contains("code-wrong"));
    let whole = half.send("/sign-in/second-factor?next=%2Faccount", &[("code", &recovery)]).await;
    assert_eq!(whole.header(header::LOCATION), "/account");
    let whole = Visitor::let_in(&bed, &whole);
    assert!(whole.page("/account").await.contains("You have 9 recovery codes left"));
    assert!(whole.refused("/account/second-factor/codes", &[("proof", "not it")]).await.contains("proof-wrong"));
    let renewed = whole.send("/account/second-factor/codes", &[("proof", PASSWORD)]).await.text();
    assert_eq!(renewed.matches("<li>").count(), 10);
    assert!(renewed.contains("Earlier ones no longer work"), "{renewed}");
    assert!(whole.refused("/account/second-factor/off", &[("proof", "not it at all")]).await.contains("proof-wrong"));
    whole.done("/account/second-factor/off", &[("proof", PASSWORD)]).await;
    sign_in(&bed, PASSWORD).await.page("/account").await;
}

async fn other_sessions_are_listed_and_ended(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    assert!(ines.page("/account").await.contains("signed in nowhere else"));
    let other = sign_in(&bed, PASSWORD).await;
    assert!(ines.page("/account").await.contains("Sign out of the other one"));
    ines.done("/account/sessions/end", &[]).await;
    assert_eq!(other.see("/account").await.status, StatusCode::SEE_OTHER);
    ines.page("/account").await;
}
