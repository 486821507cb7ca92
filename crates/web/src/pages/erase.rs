//! Erasing a member at once, and letting somebody back who was erased on request (R63).

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
};
use domain::{ids::MemberId, member::State, names, roles::Action};
use engine::Extent;
use serde::Deserialize;
use store::members::Listed;
use uuid::Uuid;

use crate::{
    access::Manager,
    failure::Failure,
    form::{Input, Summary, Wrongs, again},
    page::{Page, Said, Shell, draw, go_on},
    routes::{Access, Route, get, post},
};

const ERASE: &str = "/manage/{programme}/members/{member}/erase";
const BACK: &str = "/manage/{programme}/members/let-back";

pub(super) fn routes() -> Vec<Route> {
    let may = Access::May(Action::EraseMembers);
    vec![get(ERASE, may, ask), post(ERASE, may, erase), get(BACK, may, show_back), post(BACK, may, let_back)]
}

#[derive(Template)]
#[template(path = "pages/erase/erase.html")]
struct Erase {
    shell: Shell,
    member: String,
    is_closed: bool,
    extent: Extent,
    ends_on: String,
    summary: Summary,
    typed: Input,
}

#[derive(Template)]
#[template(path = "pages/erase/back.html")]
struct Back {
    shell: Shell,
    kept_out: u64,
    summary: Summary,
    typed: Input,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Entered {
    typed: String,
}

async fn found(manager: &Manager, id: &str) -> Result<Listed, Failure> {
    let id = Uuid::try_parse(id).map_err(|_| Failure::not_found())?;
    Ok(manager.web.engine.member(manager.programme.number(), MemberId(id)).await?)
}

async fn page(
    manager: &Manager,
    listed: &Listed,
    said: Option<&str>,
    entered: &Entered,
    wrongs: &Wrongs,
) -> Result<Erase, Failure> {
    let words = manager.words;
    let extent = manager.web.engine.extent_of_erasing(&manager.programme, listed.member.id).await?;
    let name = names::display(&listed.member.fields);
    let name = if name.is_empty() { words.t("erased-name").to_string() } else { name };
    Ok(Erase {
        shell: manager.shell(words.t("erase-title").with("name", name).to_string()).saying(said),
        member: manager.at(format_args!("members/{}", listed.member.id)),
        is_closed: listed.member.state == State::Closed,
        ends_on: manager.clock.date(extent.ends_on),
        extent,
        summary: wrongs.summary(words),
        typed: Input::new("typed", words.t("erase-typed"))
            .hint(words.t("erase-typed-hint"))
            .value(&entered.typed)
            .required()
            .told(wrongs),
    })
}

/// `GET /manage/{programme}/members/{member}/erase`
async fn ask(manager: Manager, Path((_, id)): Path<(String, String)>, Query(query): Query<Said>) -> Page {
    let listed = found(&manager, &id).await?;
    draw(&page(&manager, &listed, query.said.as_deref(), &Entered::default(), &Wrongs::default()).await?)
}

/// `POST /manage/{programme}/members/{member}/erase`
async fn erase(manager: Manager, Path((_, id)): Path<(String, String)>, Form(entered): Form<Entered>) -> Page {
    let listed = found(&manager, &id).await?;
    let (engine, member) = (&manager.web.engine, listed.member.id);
    match engine.erase_now(&manager.programme, member, &entered.typed, &manager.actor()).await {
        Ok(_) => Ok(go_on(&manager.at(format_args!("members/{member}/erase")), "erase-begun")),
        Err(error) => {
            let wrongs = Wrongs::told(manager.words, error)?;
            again(&page(&manager, &listed, None, &entered, &wrongs).await?)
        }
    }
}

async fn back(manager: &Manager, said: Option<&str>, entered: &Entered, wrongs: &Wrongs) -> Result<Back, Failure> {
    let words = manager.words;
    Ok(Back {
        shell: manager.shell(words.t("back-title").to_string()).saying(said),
        kept_out: manager.web.engine.kept_out_on_request(&manager.programme).await?,
        summary: wrongs.summary(words),
        typed: Input::new("typed", words.t("back-typed"))
            .hint(words.t("back-typed-hint"))
            .value(&entered.typed)
            .required()
            .told(wrongs),
    })
}

/// `GET /manage/{programme}/members/let-back`
async fn show_back(manager: Manager, Query(query): Query<Said>) -> Page {
    draw(&back(&manager, query.said.as_deref(), &Entered::default(), &Wrongs::default()).await?)
}

/// `POST /manage/{programme}/members/let-back`
async fn let_back(manager: Manager, Form(entered): Form<Entered>) -> Page {
    match manager.web.engine.allow_again(&manager.programme, &entered.typed, &manager.actor()).await {
        Ok(_) => Ok(go_on(&manager.at("members/let-back"), "let-back")),
        Err(error) => {
            let wrongs = Wrongs::told(manager.words, error)?;
            again(&back(&manager, None, &entered, &wrongs).await?)
        }
    }
}
