//! Settings: what holds for a programme as a whole.

mod administrator;
mod administrators;
mod audit;
mod close_down;
mod event_deliveries;
mod events;
mod guard;
mod invitations;
mod mails;
mod programme;
mod retention;
mod roles;
mod tokens;
mod wording;

use askama::{Template, filters::HtmlSafe};
use domain::roles::Action;

use crate::{access::Manager, page::Shell, routes::Route};

pub(super) fn routes() -> Vec<Route> {
    let areas = [
        programme::routes(),
        administrators::routes(),
        administrator::routes(),
        roles::routes(),
        guard::routes(),
        close_down::routes(),
        retention::routes(),
        invitations::routes(),
        mails::routes(),
        wording::routes(),
        tokens::routes(),
        events::routes(),
        event_deliveries::routes(),
        audit::routes(),
    ];
    areas.into_iter().flatten().collect()
}

/// The parts of the settings: key, address, and what one must be allowed to see it.
const PARTS: [(&str, &str, Action); 11] = [
    ("programme", "settings", Action::SeeSettings),
    ("administrators", "settings/administrators", Action::SeeSettings),
    ("roles", "settings/roles", Action::SeeSettings),
    ("guard", "settings/guard", Action::SeeSettings),
    ("invitations", "settings/invitations", Action::SeeSettings),
    ("close-down", "settings/close-down", Action::SeeSettings),
    ("retention", "settings/retention", Action::SeeSettings),
    ("mails", "settings/mails", Action::SeeSettings),
    ("tokens", "settings/tokens", Action::ManageTokens),
    ("events", "settings/events", Action::ManageEvents),
    ("audit", "settings/audit", Action::SeeAudit),
];

/// The way from one part of the settings to another: those that this role may see.
#[derive(Template)]
#[template(path = "pages/settings/tabs.html")]
struct Tabs {
    label: String,
    tabs: Vec<Tab>,
}

struct Tab {
    to: String,
    called: String,
    is_here: bool,
}

impl HtmlSafe for Tabs {}

impl Tabs {
    fn new(manager: &Manager, here: &str) -> Self {
        let words = manager.words;
        let tabs = PARTS.into_iter().filter(|(.., action)| manager.may(*action));
        let tab = |(key, to, _): (&str, &str, Action)| Tab {
            to: manager.at(to),
            called: words.of("settings-tab-", key).to_string(),
            is_here: key == here,
        };
        Self { label: words.t("nav-settings").to_string(), tabs: tabs.map(tab).collect() }
    }
}

/// What each page of the settings begins with: frame and tabs.
fn frame(manager: &Manager, here: &str, said: Option<&str>) -> (Shell, Tabs) {
    let title = manager.words.of("settings-tab-", here);
    (manager.shell(title).saying(said), Tabs::new(manager, here))
}
