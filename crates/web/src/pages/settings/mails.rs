//! The mails to members, and which of them the programme words in its own way.

use askama::Template;
use axum::extract::Query;
use domain::roles::Action;
use engine::wordings::{Kind, Worded};

use super::{Tabs, frame};
use crate::{
    access::Manager,
    page::{Page, Said, Shell, draw},
    routes::{Access, Route, get},
    when::Clock,
};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/manage/{programme}/settings/mails", Access::May(Action::SeeSettings), show)]
}

#[derive(Template)]
#[template(path = "pages/settings/mails.html")]
struct Mails {
    shell: Shell,
    tabs: Tabs,
    /// Each kind with its wordings, one for each language.
    kinds: Vec<(Kind, Vec<Worded>)>,
    /// The tags of the languages.
    languages: Vec<&'static str>,
    clock: Clock,
}

async fn show(manager: Manager, Query(query): Query<Said>) -> Page {
    let (shell, tabs) = frame(&manager, "mails", query.said.as_deref());
    let mut kinds: Vec<(Kind, Vec<Worded>)> = Vec::new();
    for worded in manager.web.engine.wordings(&manager.programme).await? {
        match kinds.last_mut().filter(|(kind, _)| *kind == worded.kind) {
            Some((_, all)) => all.push(worded),
            None => kinds.push((worded.kind, vec![worded])),
        }
    }
    let languages = engine::wordings::Language::ALL.map(engine::wordings::Language::tag).to_vec();
    draw(&Mails { shell, tabs, kinds, languages, clock: manager.clock.clone() })
}
