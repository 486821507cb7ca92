//! Who looks after the programme, and inviting others.

use askama::Template;
use axum::{Form, extract::Query};
use domain::roles::{Action, Role};
use engine::administrators::{AdministratorView, Invite};
use serde::Deserialize;

use super::{Tabs, frame};
use crate::{
    access::Manager,
    failure::Failure,
    form::{Choice, Input, Summary, Wrongs, again},
    page::{Page, Said, Shell, draw, go_on},
    routes::{Access, Route, get, post},
    when::Clock,
    words::Words,
};

const PATH: &str = "/manage/{programme}/settings/administrators";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PATH, Access::May(Action::SeeSettings), show),
        post(PATH, Access::May(Action::ManageAdministrators), invite),
    ]
}

#[derive(Template)]
#[template(path = "pages/settings/administrators.html")]
struct Administrators {
    shell: Shell,
    tabs: Tabs,
    may_manage: bool,
    all: Vec<AdministratorView>,
    own: domain::ids::AdministratorId,
    now: i64,
    clock: Clock,
    summary: Summary,
    name: Input,
    email: Input,
    role: Choice,
}

/// A choice of a role, each with what it may do.
pub(super) fn role_choice(words: Words, role: Role) -> Choice {
    let named = |role: Role| (role.to_string(), words.of("role-choice-", role).to_string());
    Choice::new("role", words.t("entry-role"), Role::ALL.into_iter().map(named).collect()).value(role)
}

async fn page(
    manager: &Manager,
    said: Option<&str>,
    entered: Option<&Invite>,
    wrongs: &Wrongs,
) -> Result<Administrators, Failure> {
    let words = manager.words;
    let (shell, tabs) = frame(manager, "administrators", said);
    let text = |get: fn(&Invite) -> &String| entered.map(get).cloned().unwrap_or_default();
    let email = Input::email("email", words.t("entry-email"));
    Ok(Administrators {
        shell,
        tabs,
        may_manage: manager.may(Action::ManageAdministrators),
        all: manager.web.engine.administrators_of(&manager.programme).await?,
        own: manager.signed.administrator.id,
        now: manager.web.engine.now(),
        clock: manager.clock.clone(),
        summary: wrongs.summary(words),
        name: Input::new("name", words.t("entry-name")).required().value(text(|it| &it.name)).told(wrongs),
        email: email.required().value(text(|it| &it.email)).told(wrongs),
        role: role_choice(words, entered.map_or(Role::Integrations, |it| it.role)).told(wrongs),
    })
}

async fn show(manager: Manager, Query(query): Query<Said>) -> Page {
    draw(&page(&manager, query.said.as_deref(), None, &Wrongs::default()).await?)
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
}

async fn invite(manager: Manager, Form(entries): Form<Entries>) -> Page {
    // Whoever is named no role gets the least of them.
    let role = entries.role.parse().unwrap_or(Role::ReadOnly);
    let invite = Invite { name: entries.name, email: entries.email, role };
    match manager.web.engine.invite_administrator(&manager.programme, &invite, &manager.actor()).await {
        Ok(()) => Ok(go_on(&manager.at("settings/administrators"), "administrator-invited")),
        Err(error) => {
            let wrongs = Wrongs::told(manager.words, error)?;
            again(&page(&manager, None, Some(&invite), &wrongs).await?)
        }
    }
}
