//! Who may do what: the table that the program itself goes by.

use askama::Template;
use domain::roles::{Action, Role};

use super::{Tabs, frame};
use crate::{
    access::Manager,
    page::{Page, Shell, draw},
    routes::{Access, Route, get},
};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/manage/{programme}/settings/roles", Access::May(Action::SeeSettings), show)]
}

#[derive(Template)]
#[template(path = "pages/settings/roles.html")]
struct Matrix {
    shell: Shell,
    tabs: Tabs,
    roles: [Role; 4],
    actions: &'static [Action],
    own: Role,
}

async fn show(manager: Manager) -> Page {
    let (shell, tabs) = frame(&manager, "roles", None);
    draw(&Matrix { shell, tabs, roles: Role::ALL, actions: Action::ALL, own: manager.role })
}
