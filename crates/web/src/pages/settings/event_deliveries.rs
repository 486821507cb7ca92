//! What was told to one address, what is still to be, and telling it once more.

use std::collections::HashMap;

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
};
use domain::{ids::MemberId, names, roles::Action};
use serde::Deserialize;
use store::{EventDelivery, events::Mark};
use uuid::Uuid;

use super::{Tabs, frame};
use crate::{
    access::Manager,
    form::{Choice, Entries},
    page::{Page, Shell, draw, go_on},
    routes::{Access, Route, get, post},
    tell::Badge,
    when::Clock,
};

/// How many deliveries a page shows.
const A_PAGE: usize = 50;

const DAY: i64 = 24 * 3_600 * 1_000_000;

/// From how many days ago on things can be told once more.
const DAYS: [u32; 3] = [1, 7, 30];

pub(super) fn routes() -> Vec<Route> {
    let may = Access::May(Action::ManageEvents);
    vec![
        get("/manage/{programme}/settings/events/{subscription}", may, show),
        post("/manage/{programme}/settings/events/{subscription}/again", may, again),
    ]
}

#[derive(Template)]
#[template(path = "pages/settings/event_deliveries.html")]
struct Deliveries {
    shell: Shell,
    tabs: Tabs,
    id: Uuid,
    host: String,
    rows: Vec<Row>,
    next: Option<String>,
    first: Option<String>,
    since: Choice,
    clock: Clock,
}

struct Row {
    delivery: EventDelivery,
    name: Option<String>,
    badge: Badge,
    /// When it is tried again.
    again: Option<i64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    said: Option<String>,
    at: Option<i64>,
    member: Option<Uuid>,
    kind: Option<String>,
}

#[derive(Deserialize)]
struct At {
    subscription: Uuid,
}

async fn show(manager: Manager, Path(At { subscription }): Path<At>, Query(asked): Query<Asked>) -> Page {
    let (words, engine) = (manager.words, &manager.web.engine);
    let row = engine.subscription(&manager.programme, subscription).await?;
    let mark = match (asked.at, asked.member, asked.kind) {
        (Some(at), Some(member), Some(kind)) => Some(Mark { at, member, kind }),
        _ => None,
    };
    let mut found = engine.store().events(&row, mark.as_ref(), A_PAGE as u64 + 1).await?;
    let more = found.len() > A_PAGE;
    found.truncate(A_PAGE);
    let ids: Vec<MemberId> = found.iter().map(|delivery| MemberId(delivery.member_id)).collect();
    let members = engine.store().members_by_number(manager.programme.number(), &ids).await?;
    let members: HashMap<Uuid, String> =
        members.into_iter().map(|member| (member.id.0, names::display(&member.fields))).collect();
    let here = manager.at(format_args!("settings/events/{subscription}"));
    let next = found.last().filter(|_| more).map(|last| {
        let (at, member) = (last.at.to_string(), last.member_id.to_string());
        let pairs = [("at", at.as_str()), ("member", member.as_str()), ("kind", last.kind.as_str())];
        format!("{here}?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    });
    let line = |delivery: EventDelivery| {
        let (tone, icon, name) = match delivery.state.as_str() {
            "sent" => ("join", "check", "sent"),
            "failed" => ("reject", "cross", "failed"),
            _ => ("update", "hand", "pending"),
        };
        Row {
            name: members.get(&delivery.member_id).filter(|name| !name.is_empty()).cloned(),
            badge: Badge { tone, icon, text: words.of("event-state-", name).to_string() },
            again: (delivery.state == "pending" && delivery.attempts > 0).then_some(delivery.due_at),
            delivery,
        }
    };
    let (mut shell, tabs) = frame(&manager, "events", asked.said.as_deref());
    shell.title = words.t("events-deliveries").to_string();
    let days = DAYS.map(|days| (days.to_string(), words.n("events-again-days", days).to_string()));
    draw(&Deliveries {
        shell,
        tabs,
        id: subscription,
        host: engine::events::host(&row.url).to_owned(),
        rows: found.into_iter().map(line).collect(),
        next,
        first: mark.map(|_| here),
        since: Choice::new("since", words.t("events-again-since"), days.to_vec()),
        clock: manager.clock.clone(),
    })
}

async fn again(manager: Manager, Path(At { subscription }): Path<At>, Form(entries): Form<Entries>) -> Page {
    let days = entries.text("since").parse::<u32>().ok().filter(|days| DAYS.contains(days)).unwrap_or(DAYS[0]);
    let since = manager.web.engine.now() - i64::from(days) * DAY;
    manager.web.engine.tell_again(&manager.programme, subscription, since, &manager.actor()).await?;
    Ok(go_on(&manager.at(format_args!("settings/events/{subscription}")), "events-again"))
}
