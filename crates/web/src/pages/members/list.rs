//! All members: looked up as one types, told apart by where they stand and how they came.

use askama::Template;
use axum::{extract::Query, http::HeaderMap};
use domain::{
    field::Field,
    ids::{IntegrationId, MemberId},
    member::State,
    roles::Action,
};
use engine::MemberCounts;
use serde::Deserialize;
use store::{
    Integration,
    members::{Listed, MemberFilter, Route},
};
use uuid::Uuid;

use super::{
    close_day,
    columns::{self, Column},
    row::{Head, Row, heads, row},
};
use crate::{
    access::Manager,
    failure::Failure,
    page::{Page, Shell, draw, with_query},
    tell,
};

/// How many members a page shows.
const MOST: usize = 50;

/// How members can be told apart: a name in the address. Whoever is erased is shown only to who asks.
const TABS: [&str; 8] = ["", "not-invited", "invited", "active", "leaver", "excluded", "locked", "closed"];

/// The states of those who are shown to whoever asks for nobody in particular.
const OPEN: [State; 4] = [State::NotInvited, State::Invited, State::Active, State::Leaver];

/// Members who came by hand or by file, in the address.
const BY_HAND: &str = "hand";

/// Which members are asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    state: String,
    by: String,
    q: String,
    after: Option<Uuid>,
    said: Option<String>,
}

impl Asked {
    /// What the address asks for, as the engine understands it; a word that is not known asks for all.
    pub(super) fn filter(&self, manager: &Manager, integrations: &[Integration]) -> MemberFilter {
        let route = |by: &str| match by {
            BY_HAND => Some(Route::ByHand),
            source => {
                let found = integrations.iter().find(|one| one.source == source);
                found.map(|one| Route::Integration(IntegrationId(one.id)))
            }
        };
        MemberFilter {
            typed: self.q.trim().to_owned(),
            states: match self.state.parse::<State>() {
                Ok(state) => vec![state],
                Err(_) => OPEN.to_vec(),
            },
            route: route(&self.by),
            excluded: self.state == "excluded",
            locked_on: (self.state == "locked").then(|| manager.clock.today()),
        }
    }

    fn query<'a>(&'a self, state: &'a str, after: &'a str) -> [(&'static str, &'a str); 4] {
        [("state", state), ("by", &self.by), ("q", &self.q), ("after", after)]
    }
}

#[derive(Template)]
#[template(path = "pages/members/list.html")]
struct List {
    shell: Shell,
    asked: Asked,
    at: String,
    tabs: Vec<Tab>,
    routes: Vec<Way>,
    choices: Vec<Choice>,
    heads: Vec<Head>,
    rows: Vec<Row>,
    next: Option<String>,
    first: String,
    file: String,
    /// Whether anybody was ever a member.
    is_empty: bool,
    may_manage: bool,
    /// Whether they may connect an HR system, where nobody is a member yet.
    may_set_up: bool,
}

struct Tab {
    name: String,
    number: Option<u64>,
    address: String,
    is_chosen: bool,
}

/// By which route members came.
struct Way {
    key: String,
    name: String,
    is_chosen: bool,
}

/// A column that may be shown.
struct Choice {
    key: String,
    name: String,
    is_chosen: bool,
}

/// `GET /manage/{programme}/members`
pub(super) async fn show(manager: Manager, headers: HeaderMap, Query(asked): Query<Asked>) -> Page {
    let columns = columns::of(&manager, &headers).await?;
    draw(&page(&manager, asked, &columns).await?)
}

async fn page(manager: &Manager, asked: Asked, columns: &[(Column, bool)]) -> Result<List, Failure> {
    let words = manager.words;
    let engine = &manager.web.engine;
    let integrations = engine.store().integrations(manager.programme.number()).await?;
    let filter = asked.filter(manager, &integrations);
    let counts = engine.member_counts(&manager.programme).await?;
    let most = u64::try_from(MOST + 1).unwrap_or(u64::MAX);
    let mut found = engine.members_page(manager.programme.number(), &filter, asked.after.map(MemberId), most).await?;
    let more = found.len() > MOST;
    found.truncate(MOST);
    let last = found.last().map(|last| last.member.id.to_string()).filter(|_| more);
    let ids: Vec<MemberId> = found.iter().map(|listed| listed.member.id).collect();
    let excluded = engine.store().excluded_among(manager.programme.number(), &ids).await?;
    let close_day = close_day(manager)?;
    let shown = columns.iter().filter(|(_, is_shown)| *is_shown).map(|(column, _)| column.clone());
    let (below, beside): (Vec<_>, Vec<_>) = shown.partition(|column| *column == Column::Of(Field::Email));
    let heads = heads(words, beside);
    let row = |listed: &Listed| {
        let row = row(manager, listed, &integrations, close_day, &heads);
        let email = if below.is_empty() { String::new() } else { row.email };
        Row { is_excluded: excluded.contains(&listed.member.id), email, ..row }
    };
    let choice = |(column, is_chosen): &(Column, bool)| Choice {
        key: column.key(),
        name: column.name(words),
        is_chosen: *is_chosen,
    };
    let at = manager.at("members");
    let sources = integrations.iter().map(|one| (one.source.clone(), tell::source(&one.source)));
    let ways = std::iter::once((String::new(), words.t("members-any-way").to_string()))
        .chain(sources)
        .chain([(BY_HAND.to_owned(), words.t("members-by-hand").to_string())]);
    Ok(List {
        shell: manager.shell(words.t("nav-members")).saying(asked.said.as_deref()),
        tabs: tabs(manager, &counts, &asked, &at),
        routes: ways.map(|(key, name)| Way { is_chosen: key == asked.by, key, name }).collect(),
        choices: columns.iter().map(choice).collect(),
        rows: found.iter().map(row).collect(),
        heads,
        next: last.map(|last| with_query(&at, &asked.query(&asked.state, &last))),
        first: with_query(&at, &asked.query(&asked.state, "")),
        file: with_query(&manager.at("members.csv"), &asked.query(&asked.state, "")),
        is_empty: counts.states.is_empty(),
        may_manage: manager.may(Action::ManageMembers),
        may_set_up: manager.may(Action::SetUp),
        at,
        asked,
    })
}

/// How many there are is told of the programme as a whole; of some of its members it would be wrong.
fn tabs(manager: &Manager, counts: &MemberCounts, asked: &Asked, at: &str) -> Vec<Tab> {
    let number = |key: &str| match key {
        "" => OPEN.iter().map(|state| counts.of(*state)).sum(),
        "excluded" => counts.excluded,
        "locked" => counts.locked,
        state => state.parse().map_or(0, |state| counts.of(state)),
    };
    let tab = |key: &'static str| Tab {
        name: manager.words.of("members-tab-", if key.is_empty() { "all" } else { key }).to_string(),
        number: (asked.by.is_empty() && asked.q.trim().is_empty()).then(|| number(key)),
        address: with_query(at, &asked.query(key, "")),
        is_chosen: asked.state == key,
    };
    TABS.into_iter().filter(|key| *key != "closed" || number(key) > 0).map(tab).collect()
}
