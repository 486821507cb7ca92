//! Home: how the programme stands, and what needs an administrator.

use askama::Template;
use domain::roles::Action;
use engine::{Heads, Health, Home};

use crate::{
    access::{Manager, Visitor},
    chart::{Bar, Bars, Line},
    failure::Failure,
    page::{Page, Shell, draw, go_on},
    pages::{
        imports::{self, Live, Task},
        integrations::Standing,
    },
    routes::{Access, Route, get},
    tell::{self, Badge},
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
struct Front {
    shell: Shell,
    tasks: Vec<Task>,
    members: Heads,
    /// Whether anybody ever was a member.
    has_members: bool,
    weeks: Option<Bars>,
    over_time: Vec<Line>,
    integrations: Vec<Connection>,
    /// Whether an integration has been published: before that there is only a set-up to do.
    is_set_up: bool,
    may_set_up: bool,
}

/// An integration and how it is.
struct Connection {
    name: String,
    at: String,
    standing: Standing,
    last: Option<(String, String, Badge)>,
    next: Option<String>,
    live: Option<Live>,
}

/// `GET /manage/{programme}`
async fn show(manager: Manager) -> Page {
    let home = manager.web.engine.home(&manager.programme).await?;
    draw(&page(&manager, home).await?)
}

async fn page(manager: &Manager, home: Home) -> Result<Front, Failure> {
    let words = manager.words;
    let engine = &manager.web.engine;
    let mut integrations = Vec::new();
    let mut over_time = Vec::new();
    for health in &home.integrations {
        integrations.push(connection(manager, health).await?);
        let points = engine.members_over_time(&manager.programme, health.integration.number()).await?;
        over_time.extend(imports::over_time(manager, &points));
    }
    let all: Vec<_> = home.integrations.iter().map(|health| health.integration.clone()).collect();
    let is_running = integrations.iter().any(|connection| connection.live.is_some());
    let is_set_up = integrations.iter().any(|connection| connection.standing.is_published());
    Ok(Front {
        shell: manager.shell(words.t("nav-home")).waiting_for(is_running),
        tasks: imports::tasks(manager, &all, &home.needs),
        has_members: home.members.current() + home.members.leavers > 0,
        weeks: is_set_up.then(|| weeks(manager, &home)),
        members: home.members,
        over_time,
        integrations,
        is_set_up,
        may_set_up: manager.may(Action::SetUp),
    })
}

async fn connection(manager: &Manager, health: &Health) -> Result<Connection, Failure> {
    let Health { integration, last, running, .. } = health;
    let at = |import: &store::Import| manager.at(format_args!("imports/{}", import.number()));
    let live = match running {
        Some(import) => Some(Live::new(manager, import, &integration.source)?.linked(at(import))),
        None => None,
    };
    let last = last.as_ref().map(|import| {
        let when = manager.clock.short(import.finished_at.unwrap_or(import.created_at));
        (at(import), when, tell::of_import(manager.words, import))
    });
    let next = manager.web.engine.next_imports(&manager.programme, integration, 1)?;
    Ok(Connection {
        name: tell::source(&integration.source),
        at: manager.at(format!("integrations/{}", integration.source)),
        standing: Standing::of(&manager.web, integration).await?,
        last,
        next: next.first().map(|next| manager.clock.moment_here(next.as_microsecond())),
        live,
    })
}

/// Joiners and leavers by week.
fn weeks(manager: &Manager, home: &Home) -> Bars {
    let words = manager.words;
    let bar = |week: &engine::Week| {
        let day = manager.clock.short_day(week.first_day);
        let name = words.t("chart-week-of").with("day", &day).to_string();
        Bar { short: day, name, join: week.joiners, update: 0, leave: week.leavers }
    };
    let (title, first) = (words.t("chart-weeks").to_string(), words.t("chart-week").to_string());
    Bars::new(words, "weeks", title, first, home.weeks.iter().map(bar).collect()).without_updates()
}
