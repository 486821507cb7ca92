//! The welcome e-mail as joiners get it, shown inside *Initial Setup*.

use axum::response::Html;
use domain::roles::Action;

use crate::{
    access::Manager,
    page::{Page, draw_mail},
    routes::{Access, Route, get},
};

pub(super) fn routes() -> Vec<Route> {
    let path = "/manage/{programme}/integrations/{source}/set-up/initial/welcome-mail";
    vec![get(path, Access::May(Action::SetUp), show)]
}

async fn show(manager: Manager) -> Page {
    let mail = manager.web.engine.welcome_preview(&manager.programme).await?;
    Ok(draw_mail(Html(mail.html)))
}
