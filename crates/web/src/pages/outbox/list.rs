//! The list of mails, the newest first.

use askama::Template;
use axum::extract::Query;
use mail::Kind;
use serde::Deserialize;
use store::outbox::MailFilter;
use uuid::Uuid;

use super::{Way, badge, kind, why};
use crate::{
    access::Manager,
    form::Choice,
    page::{Page, Shell, draw},
    tell::Badge,
    when::Clock,
};

/// How many mails a page shows.
const A_PAGE: usize = 50;

/// The states that the list can be narrowed to.
const STATES: [&str; 5] = ["pending", "sent", "failed", "cancelled", "to-print"];

/// Which mails are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    state: String,
    kind: String,
    said: Option<String>,
    before: Option<Uuid>,
}

impl Asked {
    /// The address of a page of what is looked for.
    fn to(&self, before: Option<Uuid>) -> String {
        let before = before.map(|id| id.to_string()).unwrap_or_default();
        let pairs = [("state", &self.state), ("kind", &self.kind), ("before", &before)];
        let pairs: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        format!("?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    }
}

#[derive(Template)]
#[template(path = "pages/outbox/list.html")]
struct List {
    shell: Shell,
    way: Way,
    state: Choice,
    kind: Choice,
    is_filtered: bool,
    rows: Vec<Row>,
    /// The address of the page after this one, and of the first one.
    next: Option<String>,
    first: Option<String>,
    clock: Clock,
}

struct Row {
    at: String,
    created: i64,
    kind: String,
    recipient: Option<String>,
    name: Option<String>,
    badge: Badge,
    why: Option<String>,
    again: Option<i64>,
    may_have_gone: bool,
}

/// `GET /manage/{programme}/outbox`
pub(super) async fn show(manager: Manager, Query(asked): Query<Asked>) -> Page {
    let (words, engine) = (manager.words, &manager.web.engine);
    let known = |value: &str, all: &[&str]| if all.contains(&value) { value.to_owned() } else { String::new() };
    let kinds = Kind::ALL.map(Kind::name);
    let asked = Asked { state: known(&asked.state, &STATES), kind: known(&asked.kind, &kinds), ..asked };
    let wanted = MailFilter { state: asked.state.clone(), kind: asked.kind.clone(), member: None };
    let mut mails = engine.mails(&manager.programme, &wanted, asked.before, A_PAGE as u64 + 1).await?;
    let more = mails.len() > A_PAGE;
    mails.truncate(A_PAGE);
    let row = |posted: &engine::Posted| {
        let mail = &posted.row;
        Row {
            at: manager.at(format_args!("outbox/{}", mail.id)),
            created: mail.created_at,
            kind: kind(words, &mail.kind),
            recipient: posted.recipient.clone(),
            name: posted.name.clone(),
            badge: badge(words, mail),
            why: why(words, mail),
            again: (mail.state == "pending" && mail.attempts > 0).then_some(mail.due_at),
            may_have_gone: mail.may_have_gone_at.is_some(),
        }
    };
    let option = |value: &str, name: String| (value.to_owned(), name);
    let all_states = option("", words.t("outbox-any-state").to_string());
    let states = STATES.into_iter().map(|state| option(state, words.of("mail-state-", state).to_string()));
    let all_kinds = option("", words.t("outbox-any-kind").to_string());
    let kinds = kinds.into_iter().map(|name| option(name, kind(words, name)));
    draw(&List {
        shell: manager.shell(words.t("nav-outbox")).saying(asked.said.as_deref()),
        way: Way::new(&manager, engine.post_state().await),
        state: Choice::new("state", words.t("outbox-state"), std::iter::once(all_states).chain(states).collect())
            .value(&asked.state),
        kind: Choice::new("kind", words.t("outbox-kind"), std::iter::once(all_kinds).chain(kinds).collect())
            .value(&asked.kind),
        is_filtered: !asked.state.is_empty() || !asked.kind.is_empty(),
        next: mails.last().filter(|_| more).map(|last| asked.to(Some(last.row.id))),
        first: asked.before.map(|_| asked.to(None)),
        rows: mails.iter().map(row).collect(),
        clock: manager.clock.clone(),
    })
}
