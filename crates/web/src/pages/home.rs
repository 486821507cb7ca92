//! Home: how the programme stands, and what needs an administrator.

use askama::Template;
use domain::roles::Action;

use crate::{
    access::{Manager, Visitor},
    page::{Page, Shell, draw, go_on},
    routes::{Access, Route, get},
};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/", Access::SignedIn, front), get("/manage/{programme}", Access::May(Action::SeeHome), show)]
}

/// The way to the one programme, or to the choice of several.
async fn front(visitor: Visitor) -> Page {
    let places = visitor.signed.map(|signed| signed.places).unwrap_or_default();
    match places.as_slice() {
        [place] => Ok(go_on(&format!("/manage/{}", place.programme.slug), "")),
        _ => Ok(go_on("/programmes", "")),
    }
}

#[derive(Template)]
#[template(path = "pages/home.html")]
struct Home {
    shell: Shell,
}

async fn show(manager: Manager) -> Page {
    draw(&Home { shell: manager.shell(manager.words.t("nav-home")) })
}
