//! *My integrations* and *Explore Integrations*.

use askama::Template;
use axum::extract::Query;
use domain::roles::Action;
use serde::Deserialize;
use sources::Description;

use super::Standing;
use crate::{
    access::Manager,
    page::{Page, Shell, draw},
    routes::{Access, Route, get},
};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/manage/{programme}/integrations", Access::May(Action::SeeIntegrations), show)]
}

#[derive(Deserialize)]
struct Asked {
    tab: Option<String>,
    #[serde(default)]
    q: String,
    said: Option<String>,
}

/// An HR system as a card.
struct Card {
    name: &'static str,
    text: String,
    standing: Standing,
    /// Where the card leads, for whoever may go there.
    to: Option<String>,
}

impl Card {
    fn initial(&self) -> char {
        self.name.chars().next().unwrap_or('?')
    }
}

#[derive(Template)]
#[template(path = "pages/integrations/list.html")]
struct List {
    shell: Shell,
    /// Whether this is *Explore Integrations*.
    explores: bool,
    typed: String,
    /// Whether there is any card before something was looked for.
    any: bool,
    cards: Vec<Card>,
}

impl List {
    fn found(&self) -> usize {
        self.cards.len()
    }
}

async fn show(manager: Manager, Query(asked): Query<Asked>) -> Page {
    let known = manager.web.engine.store().integrations(manager.programme.number()).await?;
    // Somebody who has none yet wants to look for one.
    let explores = asked.tab.as_deref().map_or(known.is_empty(), |tab| tab == "explore");
    let typed = asked.q.trim().to_owned();
    let (mut cards, mut any) = (Vec::new(), false);
    for source in sources::ALL {
        let integration = known.iter().find(|integration| integration.source == source.key);
        if integration.is_none() && !explores {
            continue;
        }
        any = true;
        if !is_looked_for(source, &typed) {
            continue;
        }
        let standing = match integration {
            Some(integration) => Standing::of(&manager.web, integration).await?,
            None => Standing::NotSetUp,
        };
        let to = match standing {
            _ if standing.is_published() => Some(manager.at(format!("integrations/{}", source.key))),
            Standing::Draft(step) => Some(super::super::set_up::address(&manager, source.key, step)),
            _ => Some(super::super::set_up::address(&manager, source.key, domain::setup::Step::InitialSetup)),
        };
        let may = standing.is_published() || manager.may(Action::SetUp);
        let text = manager.words.of("source-", source.key).to_string();
        cards.push(Card { name: source.name, text, standing, to: to.filter(|_| may) });
    }
    let shell = manager.shell(manager.words.t("nav-integrations")).saying(asked.said.as_deref());
    draw(&List { shell, explores, typed, any, cards })
}

fn is_looked_for(source: &Description, typed: &str) -> bool {
    source.name.to_lowercase().contains(&typed.to_lowercase())
}
