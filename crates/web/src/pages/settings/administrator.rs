//! One administrator: another role, a new link, and removing them.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
};
use domain::{
    email,
    ids::AdministratorId,
    roles::{Action, Role},
};
use engine::{
    EngineError,
    administrators::{AdministratorView, Flaw, Invite},
};
use serde::Deserialize;
use sources::personio;
use uuid::Uuid;

use super::administrators::role_choice;
use crate::{
    access::Manager,
    failure::Failure,
    form::{Choice, Summary, Wrongs, again},
    page::{Page, Shell, draw, go_on},
    routes::{Access, Route, get, post},
};

pub(super) fn routes() -> Vec<Route> {
    let may = Access::May(Action::ManageAdministrators);
    vec![
        get("/manage/{programme}/settings/administrators/{administrator}", may, show),
        post("/manage/{programme}/settings/administrators/{administrator}/role", may, change_role),
        post("/manage/{programme}/settings/administrators/{administrator}/again", may, invite_again),
        post("/manage/{programme}/settings/administrators/{administrator}/remove", may, remove),
    ]
}

#[derive(Template)]
#[template(path = "pages/settings/administrator.html")]
struct Administrator {
    shell: Shell,
    one: AdministratorView,
    is_own: bool,
    summary: Summary,
    role: Choice,
    wrong: Option<String>,
    /// The integrations whose mails go to them.
    owned: Vec<String>,
    is_removing: bool,
}

#[derive(Deserialize)]
struct At {
    administrator: Uuid,
}

#[derive(Deserialize)]
struct Asked {
    remove: Option<String>,
}

/// One of this programme's administrators; another's is not there.
async fn found(manager: &Manager, at: &At) -> Result<AdministratorView, Failure> {
    let all = manager.web.engine.administrators_of(&manager.programme).await?;
    all.into_iter().find(|one| one.id.0 == at.administrator).ok_or_else(Failure::not_found)
}

async fn page(
    manager: &Manager,
    one: AdministratorView,
    role: Role,
    wrongs: &Wrongs,
    is_removing: bool,
) -> Result<Administrator, Failure> {
    let words = manager.words;
    let integrations = manager.web.engine.store().integrations(manager.programme.number()).await?;
    let is_theirs = |owner: &str| email::key(owner) == email::key(&one.email);
    let owned = integrations.iter().filter(|integration| is_theirs(&integration.owner));
    let name =
        |source: &str| if source == personio::DESCRIPTION.key { personio::DESCRIPTION.name } else { source }.to_owned();
    let owned = owned.map(|integration| name(&integration.source)).collect();
    // What is wrong with removing them is told where that is asked.
    let summary = if is_removing { Wrongs::default().summary(words) } else { wrongs.summary(words) };
    Ok(Administrator {
        shell: manager.shell(one.name.as_ref().unwrap_or(&one.email)),
        is_own: one.id == manager.signed.administrator.id,
        summary,
        role: role_choice(words, role).told(wrongs),
        // An owner who is the last one can be neither another nor gone.
        wrong: wrongs.at("role").filter(|_| is_removing).map(str::to_owned),
        one,
        owned,
        is_removing,
    })
}

async fn show(manager: Manager, Path(at): Path<At>, Query(asked): Query<Asked>) -> Page {
    let one = found(&manager, &at).await?;
    let role = one.role;
    draw(&page(&manager, one, role, &Wrongs::default(), asked.remove.is_some()).await?)
}

/// What is wrong; somebody who is gone by now is not there.
fn told(manager: &Manager, error: EngineError) -> Result<Wrongs, Failure> {
    if let EngineError::Entries(errors) = &error
        && errors.iter().any(|error| error.flaw == Flaw::NotThere)
    {
        return Err(Failure::NotFound);
    }
    Wrongs::told(manager.words, error)
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    role: String,
}

async fn change_role(manager: Manager, Path(at): Path<At>, Form(entries): Form<Entries>) -> Page {
    let one = found(&manager, &at).await?;
    let role = entries.role.parse().unwrap_or(one.role);
    match manager.web.engine.change_role(&manager.programme, one.id, role, &manager.actor()).await {
        Ok(()) => Ok(go_on(&manager.at("settings/administrators"), "role-changed")),
        Err(error) => again(&page(&manager, one, role, &told(&manager, error)?, false).await?),
    }
}

async fn invite_again(manager: Manager, Path(at): Path<At>) -> Page {
    let one = found(&manager, &at).await?;
    let invite = Invite { name: one.name.unwrap_or_else(|| one.email.clone()), email: one.email, role: one.role };
    manager.web.engine.invite_administrator(&manager.programme, &invite, &manager.actor()).await?;
    Ok(go_on(&manager.at("settings/administrators"), "administrator-invited"))
}

async fn remove(manager: Manager, Path(at): Path<At>) -> Page {
    let one = found(&manager, &at).await?;
    match manager
        .web
        .engine
        .remove_administrator(&manager.programme, AdministratorId(at.administrator), &manager.actor())
        .await
    {
        Ok(()) if one.id == manager.signed.administrator.id => Ok(go_on("/", "")),
        Ok(()) => Ok(go_on(&manager.at("settings/administrators"), "administrator-removed")),
        Err(error) => {
            let role = one.role;
            again(&page(&manager, one, role, &told(&manager, error)?, true).await?)
        }
    }
}
