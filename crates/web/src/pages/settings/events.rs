//! Events: which addresses are told of changes of members.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{event::Event, roles::Action};
use engine::{EngineError, events::SubscriptionView};
use serde::Deserialize;
use uuid::Uuid;

use super::{Tabs, frame};
use crate::{
    access::Manager,
    failure::Failure,
    form::{Entries, Input, Summary, Wrongs, again},
    page::{Page, Shell, draw, go_on},
    routes::{Access, Route, get, post},
    when::Clock,
};

pub(super) fn routes() -> Vec<Route> {
    let may = Access::May(Action::ManageEvents);
    vec![
        get("/manage/{programme}/settings/events", may, show),
        post("/manage/{programme}/settings/events", may, add),
        post("/manage/{programme}/settings/events/{subscription}/secret", may, secret),
        post("/manage/{programme}/settings/events/{subscription}/pause", may, pause),
        post("/manage/{programme}/settings/events/{subscription}/resume", may, resume),
        post("/manage/{programme}/settings/events/{subscription}/remove", may, remove),
    ]
}

#[derive(Template)]
#[template(path = "pages/settings/events.html")]
struct Events {
    shell: Shell,
    tabs: Tabs,
    /// A secret that was just made: shown this once.
    secret: Option<String>,
    all: Vec<SubscriptionView>,
    removing: Option<SubscriptionView>,
    clock: Clock,
    summary: Summary,
    url: Input,
    kinds: Vec<(Event, bool)>,
    kinds_wrong: Option<String>,
}

#[derive(Default)]
struct Entered {
    url: String,
    kinds: BTreeSet<Event>,
}

async fn page(manager: &Manager, said: Option<&str>, entered: &Entered, wrongs: &Wrongs) -> Result<Events, Failure> {
    let words = manager.words;
    let (shell, tabs) = frame(manager, "events", said);
    let url = Input::new("url", words.t("events-address")).hint(words.t("events-address-hint")).keys("url");
    Ok(Events {
        shell,
        tabs,
        secret: None,
        all: manager.web.engine.subscriptions(&manager.programme).await?,
        removing: None,
        clock: manager.clock.clone(),
        summary: wrongs.summary(words),
        url: url.required().value(&entered.url).told(wrongs),
        kinds: Event::ALL.into_iter().map(|kind| (kind, entered.kinds.contains(&kind))).collect(),
        kinds_wrong: wrongs.beside("kinds", words.t("events-kinds")),
    })
}

/// The page with a secret that was just made.
async fn with_secret(manager: &Manager, secret: String) -> Result<Response, Failure> {
    let page = page(manager, None, &all_kinds(), &Wrongs::default()).await?;
    Ok((StatusCode::CREATED, draw(&Events { secret: Some(secret), ..page })?).into_response())
}

fn all_kinds() -> Entered {
    Entered { url: String::new(), kinds: BTreeSet::from(Event::ALL) }
}

#[derive(Deserialize)]
struct Asked {
    said: Option<String>,
    remove: Option<Uuid>,
}

async fn show(manager: Manager, Query(asked): Query<Asked>) -> Page {
    let mut page = page(&manager, asked.said.as_deref(), &all_kinds(), &Wrongs::default()).await?;
    page.removing = page.all.iter().find(|one| Some(one.id) == asked.remove).cloned();
    draw(&page)
}

async fn add(manager: Manager, Form(entries): Form<Entries>) -> Page {
    let entered = Entered {
        url: entries.text("url").to_owned(),
        kinds: entries.all_of("kinds").filter_map(|kind| kind.parse().ok()).collect(),
    };
    let engine = &manager.web.engine;
    match engine.subscribe(&manager.programme, &entered.url, &entered.kinds, &manager.actor()).await {
        Ok(secret) => with_secret(&manager, secret).await,
        Err(error @ EngineError::Settings(_)) => {
            let wrongs = Wrongs::told(manager.words, error)?;
            again(&page(&manager, None, &entered, &wrongs).await?)
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
struct At {
    subscription: Uuid,
}

async fn secret(manager: Manager, Path(At { subscription }): Path<At>) -> Page {
    let made = manager.web.engine.change_secret(&manager.programme, subscription, &manager.actor()).await?;
    with_secret(&manager, made).await
}

async fn pause(manager: Manager, Path(At { subscription }): Path<At>) -> Page {
    manager.web.engine.pause_subscription(&manager.programme, subscription, true, &manager.actor()).await?;
    Ok(go_on(&manager.at("settings/events"), "events-paused"))
}

async fn resume(manager: Manager, Path(At { subscription }): Path<At>) -> Page {
    manager.web.engine.pause_subscription(&manager.programme, subscription, false, &manager.actor()).await?;
    Ok(go_on(&manager.at("settings/events"), "events-resumed"))
}

async fn remove(manager: Manager, Path(At { subscription }): Path<At>) -> Page {
    manager.web.engine.unsubscribe(&manager.programme, subscription, &manager.actor()).await?;
    Ok(go_on(&manager.at("settings/events"), "events-removed"))
}
