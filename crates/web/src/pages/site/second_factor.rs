//! A member switches the second factor on, with its recovery codes, and off.

use askama::Template;
use axum::Form;
use engine::EngineError;
use serde::Deserialize;

use super::{
    super::authenticator::{File, Qr, spaced},
    Site, account,
};
use crate::{
    access::Guest,
    failure::Failure,
    form::{Input, Secret, Summary, Wrongs, again},
    page::{Page, draw, go_on},
    routes::{Access, Route, get, post},
};

const PATH: &str = "/{programme}/account/second-factor";

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/{programme}/account/second-factor/begin", Access::CurrentMember, begin),
        get(PATH, Access::CurrentMember, show),
        post(PATH, Access::CurrentMember, confirm),
        post("/{programme}/account/second-factor/codes", Access::CurrentMember, renew),
        post("/{programme}/account/second-factor/off", Access::CurrentMember, stop),
    ]
}

#[derive(Template)]
#[template(path = "pages/site/second_factor.html")]
struct Offer {
    site: Site,
    qr: Qr,
    secret: String,
    summary: Summary,
    code: Input,
}

#[derive(Template)]
#[template(path = "pages/site/codes.html")]
struct RecoverySheet {
    site: Site,
    /// What has just been done.
    said: String,
    codes: Vec<String>,
    file: File,
}

async fn begin(guest: Guest) -> Page {
    let signed = guest.member()?;
    if !signed.second_factor {
        guest.web.engine.begin_member_totp(signed).await?;
    }
    Ok(go_on(&guest.at("account/second-factor"), ""))
}

/// The key that waits for its first code; without one there is nothing to see.
async fn offer(guest: &Guest, wrongs: &Wrongs) -> Page {
    let words = guest.words;
    let Some(offer) = guest.web.engine.pending_member_totp(guest.member()?).await? else {
        return Ok(go_on(&guest.at("account"), ""));
    };
    let code = Input::new("code", words.t("entry-code")).hint(words.t("factor-code-hint"));
    let page = Offer {
        site: Site::new(guest, words.t("factor-title")),
        qr: Qr::of(&offer.url)?,
        secret: spaced(&offer.secret),
        summary: wrongs.summary(words),
        code: code.autocomplete("one-time-code").keys("numeric").required().short().told(wrongs),
    };
    if wrongs.is_empty() { draw(&page) } else { again(&page) }
}

async fn show(guest: Guest) -> Page {
    offer(&guest, &Wrongs::default()).await
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    code: String,
}

async fn confirm(guest: Guest, Form(entries): Form<Entries>) -> Page {
    let signed = guest.member()?;
    match guest.web.engine.confirm_member_totp(signed, &entries.code).await {
        Ok(codes) => draw(&RecoverySheet::new(&guest, "codes-on", codes)?),
        Err(error) => offer(&guest, &Wrongs::told(guest.words, error)?).await,
    }
}

impl RecoverySheet {
    fn new(guest: &Guest, said: &str, codes: Vec<String>) -> Result<Self, Failure> {
        let words = guest.words;
        let heading = words.t("site-codes-file").with("programme", &guest.programme.name);
        let heading = heading.with("email", guest.member()?.email()).to_string();
        let file = File(format!("{heading}\n\n{}\n", codes.join("\n")));
        Ok(Self { site: Site::new(guest, words.t("codes-title")), said: words.t(said).to_string(), codes, file })
    }
}

#[derive(Deserialize)]
struct Proof {
    #[serde(default)]
    proof: Secret,
}

async fn renew(guest: Guest, Form(entries): Form<Proof>) -> Page {
    let signed = guest.member()?;
    match guest.web.engine.renew_member_recovery_codes(signed, entries.proof.expose(), &guest.origin()).await {
        Ok(codes) => draw(&RecoverySheet::new(&guest, "codes-renewed", codes)?),
        Err(error) => unproved(&guest, error).await,
    }
}

async fn stop(guest: Guest, Form(entries): Form<Proof>) -> Page {
    let signed = guest.member()?;
    match guest.web.engine.disable_member_totp(signed, entries.proof.expose(), &guest.origin()).await {
        Ok(()) => Ok(go_on(&guest.at("account"), "factor-off")),
        Err(error) => unproved(&guest, error).await,
    }
}

/// The page again, with what was wrong beside the password.
async fn unproved(guest: &Guest, error: EngineError) -> Page {
    let told = Wrongs::told(guest.words, error)?;
    account::wrong(guest, "", &Wrongs::one("proof", told.at("password").unwrap_or_default())).await
}
