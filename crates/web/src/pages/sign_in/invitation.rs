//! An invitation to look after a programme: accepted with a new account, or with one that is there.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
};
use engine::administrators::{Invitation, LinkState};
use serde::Deserialize;

use super::{DeadLink, dead_link, forgotten::UnderWay, outcome};
use crate::{
    Web,
    access::Visitor,
    form::{Input, Secret, Summary, Wrongs, again},
    page::{Lone, Page, draw},
    routes::{Access, Route, get, post},
};

const PATH: &str = "/invitation/{token}";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PATH, Access::Public, show),
        post(PATH, Access::Public, accept),
        post("/invitation/{token}/again", Access::Public, ask_again),
    ]
}

#[derive(Template)]
#[template(path = "pages/sign_in/invitation.html")]
struct Accept {
    lone: Lone,
    invitation: Invitation,
    summary: Summary,
    name: Input,
    password: Input,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: Secret,
}

/// The form where the invitation works, else why it does not.
async fn page(web: &Web, visitor: &Visitor, token: &str, name: Option<&str>, wrongs: &Wrongs) -> Page {
    let words = visitor.words;
    let invitation = match web.engine.invitation_state(token).await? {
        LinkState::Valid(invitation) => invitation,
        state => return dead(visitor, token, &state),
    };
    let entered = name.unwrap_or(&invitation.name).to_owned();
    let password = if invitation.is_new {
        Input::new_password(words)
    } else {
        Input::password("password", words.t("entry-password"), "current-password")
    };
    let title = words.t("invitation-title").with("programme", &invitation.programme);
    let page = Accept {
        lone: Lone::new(visitor, title),
        summary: wrongs.summary(words),
        name: Input::new("name", words.t("entry-your-name"))
            .autocomplete("name")
            .value(entered)
            .required()
            .told(wrongs),
        password: password.focused().told(wrongs),
        invitation,
    };
    if wrongs.is_empty() { draw(&page) } else { again(&page) }
}

fn dead(visitor: &Visitor, token: &str, state: &LinkState<Invitation>) -> Page {
    let words = visitor.words;
    let (title, text) = match state {
        LinkState::Expired => ("invitation-expired", "invitation-expired-text"),
        LinkState::Used => ("invitation-used", "invitation-used-text"),
        _ => ("link-dead", "invitation-unknown-text"),
    };
    dead_link(&DeadLink {
        lone: Lone::new(visitor, words.t(title)),
        text: words.t(text).to_string(),
        again: (*state == LinkState::Expired).then(|| format!("/invitation/{token}/again")),
        other: (*state != LinkState::Expired).then(|| ("/sign-in", words.t("sign-in").to_string())),
    })
}

async fn show(State(web): State<Web>, visitor: Visitor, Path(token): Path<String>) -> Page {
    page(&web, &visitor, &token, None, &Wrongs::default()).await
}

async fn accept(
    State(web): State<Web>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(entries): Form<Entries>,
) -> Page {
    let (password, language) = (entries.password.expose(), visitor.words.language.spoken());
    let wrongs = match web.engine.accept_invitation(&token, &entries.name, password, language, &visitor.origin()).await
    {
        Ok(engine::administrators::SignIn::Refused) => Wrongs::one("password", visitor.words.t("flaw-password-wrong")),
        Ok(came) => return outcome(&web, &visitor, &came, "/", |_| Ok(crate::page::go_on("/sign-in", ""))),
        Err(error) => Wrongs::told(visitor.words, error)?,
    };
    page(&web, &visitor, &token, Some(&entries.name), &wrongs).await
}

async fn ask_again(State(web): State<Web>, visitor: Visitor, Path(token): Path<String>) -> Page {
    web.engine.ask_again(&token, &visitor.origin()).await?;
    let words = visitor.words;
    let text = words.t("invitation-under-way").to_string();
    draw(&UnderWay { lone: Lone::new(&visitor, words.t("under-way-title")), text })
}
