//! Giving up settings that were not published.

use askama::Template;
use axum::extract::Path;
use domain::{roles::Action, setup::Step};

use super::frame::{Bench, Frame};
use crate::{
    access::Manager,
    page::{Page, Shell, draw, go_on},
    routes::{Access, Route, get, post},
    tell::Labels,
};

pub(super) fn routes() -> Vec<Route> {
    let path = "/manage/{programme}/integrations/{source}/set-up/discard";
    vec![get(path, Access::May(Action::SetUp), ask), post(path, Access::May(Action::SetUp), discard)]
}

#[derive(Template)]
#[template(path = "pages/set_up/discard.html")]
struct Discard {
    shell: Shell,
    frame: Frame,
    /// What would stay as it is published, in words.
    changes: Vec<super::facts::Changed>,
}

async fn ask(manager: Manager, Path((_, source)): Path<(String, String)>) -> Page {
    let integration = manager.integration(&source).await?;
    let attributes = manager.web.engine.attributes(&integration).await.map(|known| known.to_vec()).unwrap_or_default();
    let labels = Labels::of(&manager).await?.and(&attributes);
    let bench = Bench::of(&manager, integration)?;
    let (mut frame, shell) = Frame::new(&manager, &bench, Step::Review)?;
    if !frame.has_draft {
        return Ok(go_on(&bench.onward(&manager), ""));
    }
    // The page itself says so.
    frame.has_draft = false;
    let changes = super::facts::changes(&manager, &bench, &labels)?;
    draw(&Discard { shell, frame, changes })
}

async fn discard(manager: Manager, Path((_, source)): Path<(String, String)>) -> Page {
    let integration = manager.integration(&source).await?;
    manager.web.engine.discard_draft(&integration, &manager.actor()).await?;
    Ok(go_on(&manager.at(format!("integrations/{source}")), "draft-discarded"))
}
