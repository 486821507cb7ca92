//! A member's personal address: entered, confirmed by a link that goes there, shown, and taken away (R62).

use axum::{Form, extract::Path, http::StatusCode};
use engine::administrators::LinkState;
use serde::Deserialize;

use super::{Message, account};
use crate::{
    access::Guest,
    failure::Failure,
    form::{Input, Secret, Wrongs},
    page::{Page, draw, go_on},
    routes::{Access, Route, get, post},
};

const LINK: &str = "/{programme}/account/email/{token}";

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/{programme}/account/email", Access::Member, ask),
        post("/{programme}/account/email/remove", Access::Member, remove),
        get(LINK, Access::Member, look),
        post(LINK, Access::Member, confirm),
    ]
}

/// The part of the account that is about it.
pub(super) struct OwnEmail {
    pub(super) confirmed: Option<String>,
    /// One that they have entered and not confirmed yet.
    pub(super) asked: Option<String>,
    pub(super) email: Input,
    /// Their password: whoever reads that mailbox can get in once they are a leaver.
    pub(super) proof: Input,
}

impl OwnEmail {
    pub(super) fn new(guest: &Guest, entered: &str, wrongs: &Wrongs) -> Result<Self, Failure> {
        let (words, signed) = (guest.words, guest.member()?);
        let proof = Input::password("email_proof", words.t("entry-current-password"), "current-password");
        Ok(Self {
            confirmed: signed.own_address().map(str::to_owned),
            asked: signed.asked_address().map(str::to_owned),
            email: Input::email("own_email", words.t("own-email-entry"))
                .value(entered)
                .autocomplete("email")
                .required()
                .told(wrongs),
            proof: proof.told(wrongs),
        })
    }
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    own_email: String,
    #[serde(default)]
    email_proof: Secret,
}

async fn ask(guest: Guest, Form(entries): Form<Entries>) -> Page {
    let (address, proof) = (&entries.own_email, entries.email_proof.expose());
    match guest.web.engine.ask_for_own_address(guest.member()?, address, proof, &guest.origin()).await {
        Ok(()) => Ok(go_on(&guest.at("account"), "own-email-asked")),
        Err(error) => account::wrong(&guest, address, &Wrongs::told(guest.words, error)?).await,
    }
}

async fn remove(guest: Guest) -> Page {
    guest.web.engine.remove_own_address(guest.member()?, &guest.origin()).await?;
    Ok(go_on(&guest.at("account"), "own-email-removed"))
}

/// Nothing happens by looking: programs that look at links in mails before their readers do confirm nothing.
async fn look(guest: Guest, Path((_, token)): Path<(String, String)>) -> Page {
    let words = guest.words;
    match guest.web.engine.own_address_state(guest.member()?, &token).await? {
        LinkState::Valid(email) => {
            let act = (guest.at(format_args!("account/email/{token}")), words.t("own-email-confirm").to_string());
            let text = words.t("own-email-confirm-text").with("email", email);
            draw(&Message { act: Some(act), ..Message::new(&guest, "own-email-confirm-title", text.to_string()) })
        }
        state => dead(&guest, &state),
    }
}

async fn confirm(guest: Guest, Path((_, token)): Path<(String, String)>) -> Page {
    let signed = guest.member()?;
    match guest.web.engine.confirm_own_address(signed, &token, &guest.origin()).await {
        Ok(()) => Ok(go_on(&guest.at("account"), "own-email-confirmed")),
        Err(engine::EngineError::Entries(_)) => {
            let state = guest.web.engine.own_address_state(signed, &token).await?;
            dead(&guest, &state)
        }
        Err(error) => Err(error.into()),
    }
}

fn dead(guest: &Guest, state: &LinkState<String>) -> Page {
    let words = guest.words;
    let text = if *state == LinkState::Expired { "own-email-expired" } else { "own-email-unknown" };
    let to = Some((guest.at("account"), words.t("my-account-title").to_string()));
    Message { to, ..Message::new(guest, "link-dead", words.t(text)) }.with_status(StatusCode::GONE)
}
