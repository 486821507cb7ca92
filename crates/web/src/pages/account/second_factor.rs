//! Switching the second factor on, with its recovery codes, and off.

use askama::Template;
use axum::{Form, extract::State};
use engine::EngineError;
use serde::Deserialize;

use super::{
    super::authenticator::{File, Qr, spaced},
    Entered,
};
use crate::{
    Web,
    access::Visitor,
    failure::Failure,
    form::{Input, Secret, Summary, Wrongs, again},
    page::{Lone, Page, draw, go_on},
    routes::{Access, Route, get, post},
};

const PATH: &str = "/account/second-factor";

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/account/second-factor/begin", Access::SignedIn, begin),
        get(PATH, Access::SignedIn, show),
        post(PATH, Access::SignedIn, confirm),
        post("/account/second-factor/codes", Access::SignedIn, renew),
        post("/account/second-factor/off", Access::SignedIn, stop),
    ]
}

#[derive(Template)]
#[template(path = "pages/account/second_factor.html")]
struct Offer {
    lone: Lone,
    qr: Qr,
    secret: String,
    summary: Summary,
    code: Input,
}

#[derive(Template)]
#[template(path = "pages/account/codes.html")]
struct RecoverySheet {
    lone: Lone,
    /// What has just been done.
    said: String,
    codes: Vec<String>,
    file: File,
}

async fn begin(State(web): State<Web>, visitor: Visitor) -> Page {
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    if !signed.administrator.second_factor {
        web.engine.begin_totp(signed).await?;
    }
    Ok(go_on(PATH, ""))
}

/// The key that waits for its first code; without one there is nothing to see.
async fn offer(web: &Web, visitor: &Visitor, wrongs: &Wrongs) -> Page {
    let words = visitor.words;
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    let Some(offer) = web.engine.pending_totp(signed).await? else { return Ok(go_on("/account", "")) };
    let code = Input::new("code", words.t("entry-code")).hint(words.t("factor-code-hint"));
    let page = Offer {
        lone: Lone::new(visitor, words.t("factor-title")),
        qr: Qr::of(&offer.url)?,
        secret: spaced(&offer.secret),
        summary: wrongs.summary(words),
        code: code.autocomplete("one-time-code").keys("numeric").required().short().told(wrongs),
    };
    if wrongs.is_empty() { draw(&page) } else { again(&page) }
}

async fn show(State(web): State<Web>, visitor: Visitor) -> Page {
    offer(&web, &visitor, &Wrongs::default()).await
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    code: String,
}

async fn confirm(State(web): State<Web>, visitor: Visitor, Form(entries): Form<Entries>) -> Page {
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    match web.engine.confirm_totp(signed, &entries.code, &visitor.origin()).await {
        Ok(codes) => draw(&RecoverySheet::new(&visitor, "codes-on", codes)?),
        Err(error) => offer(&web, &visitor, &Wrongs::told(visitor.words, error)?).await,
    }
}

impl RecoverySheet {
    fn new(visitor: &Visitor, said: &str, codes: Vec<String>) -> Result<Self, Failure> {
        let words = visitor.words;
        let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
        let heading = words.t("codes-file").with("email", &signed.administrator.email).to_string();
        let file = File(format!("{heading}\n\n{}\n", codes.join("\n")));
        let lone = Lone::new(visitor, words.t("codes-title"));
        Ok(Self { lone, said: words.t(said).to_string(), codes, file })
    }
}

#[derive(Deserialize)]
struct Proof {
    #[serde(default)]
    proof: Secret,
}

async fn renew(State(web): State<Web>, visitor: Visitor, Form(entries): Form<Proof>) -> Page {
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    match web.engine.renew_recovery_codes(signed, entries.proof.expose(), &visitor.origin()).await {
        Ok(codes) => draw(&RecoverySheet::new(&visitor, "codes-renewed", codes)?),
        Err(error) => unproved(&web, &visitor, error).await,
    }
}

async fn stop(State(web): State<Web>, visitor: Visitor, Form(entries): Form<Proof>) -> Page {
    let signed = visitor.signed.as_ref().ok_or_else(Failure::not_found)?;
    match web.engine.disable_totp(signed, entries.proof.expose(), &visitor.origin()).await {
        Ok(()) => Ok(go_on("/account", "factor-off")),
        Err(error) => unproved(&web, &visitor, error).await,
    }
}

/// The page again, with what was wrong beside the password.
async fn unproved(web: &Web, visitor: &Visitor, error: EngineError) -> Page {
    let told = Wrongs::told(visitor.words, error)?;
    let wrongs = Wrongs::one("proof", told.at("password").unwrap_or_default());
    again(&super::page(web, visitor, None, Entered::default(), &wrongs).await?)
}
