//! The audit log: who did what, how it was and how it is now, and from where. It is only added to.

use askama::Template;
use axum::extract::Query;
use domain::roles::Action;
use serde::Deserialize;
use store::{Audit, audit::AuditFilter};
use uuid::Uuid;

use super::{Tabs, frame};
use crate::{
    access::Manager,
    form::Choice,
    page::{Page, Shell, draw},
    routes::{Access, Route, get},
    tell::{Change, called, changes},
    when::Clock,
};

/// How many entries a page has.
const A_PAGE: usize = 50;

/// What deeds are about.
const AREAS: [&str; 12] = [
    "administrator",
    "decision",
    "hold",
    "import",
    "integration",
    "leavers",
    "mail",
    "member",
    "programme",
    "subscription",
    "token",
    "upload",
];

pub(super) fn routes() -> Vec<Route> {
    vec![get("/manage/{programme}/settings/audit", Access::May(Action::SeeAudit), show)]
}

#[derive(Template)]
#[template(path = "pages/settings/audit.html")]
struct Log {
    shell: Shell,
    tabs: Tabs,
    area: Choice,
    actor: Choice,
    is_filtered: bool,
    entries: Vec<Entry>,
    /// The address of the page after this one, and of the first one.
    next: Option<String>,
    first: Option<String>,
    clock: Clock,
}

struct Entry {
    row: Audit,
    called: String,
    kind: String,
    /// The page of what it was done to, and what that is called.
    about: Option<(String, String)>,
    changes: Vec<Change>,
    more: usize,
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    area: String,
    #[serde(default)]
    actor: String,
    before: Option<Uuid>,
}

impl Asked {
    /// The address of a page of what is looked for.
    fn to(&self, before: Option<Uuid>) -> String {
        let before = before.map(|id| id.to_string());
        let pairs = [("area", Some(&self.area)), ("actor", Some(&self.actor)), ("before", before.as_ref())];
        let pairs =
            pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).filter(|(_, value)| !value.is_empty());
        format!("?{}", serde_urlencoded::to_string(pairs.collect::<Vec<_>>()).unwrap_or_default())
    }
}

/// The page of the import or member that an entry is about; of anything else its subject says enough.
fn about(manager: &Manager, row: &Audit) -> Option<(String, String)> {
    let number: Uuid = row.subject.parse().ok()?;
    let (page, key) = match row.action.split('.').next()? {
        "import" => ("imports", "audit-the-import"),
        "member" => ("members", "audit-the-member"),
        _ => return None,
    };
    Some((manager.at(format_args!("{page}/{number}")), manager.words.t(key).to_string()))
}

async fn show(manager: Manager, Query(asked): Query<Asked>) -> Page {
    let (words, store) = (manager.words, manager.web.engine.store());
    let (shell, tabs) = frame(&manager, "audit", None);
    let area = AREAS.into_iter().find(|area| *area == asked.area).unwrap_or_default();
    let wanted = AuditFilter { area: area.to_owned(), actor: asked.actor.clone() };
    let mut rows = store.audit(manager.programme.number(), &wanted, asked.before, A_PAGE as u64 + 1).await?;
    let more = rows.len() > A_PAGE;
    rows.truncate(A_PAGE);
    let next = rows.last().filter(|_| more).map(|last| asked.to(Some(last.id)));
    let entry = |row: Audit| {
        let (changes, more) = changes(words, &manager.clock, row.before.as_deref(), row.after.as_deref());
        let kind = words.of("audit-kind-", &row.actor_kind).to_string();
        let about = about(&manager, &row);
        Entry { called: called(words, &row.action), kind, about, changes, more, row }
    };
    let areas = AREAS.into_iter().map(|area| (area.to_owned(), words.of("audit-area-", area).to_string()));
    let all_areas = (String::new(), words.t("audit-all-areas").to_string());
    let actors = store.audit_actors(manager.programme.number()).await?;
    let all_actors = (String::new(), words.t("audit-all-actors").to_string());
    draw(&Log {
        shell,
        tabs,
        area: Choice::new("area", words.t("audit-area"), std::iter::once(all_areas).chain(areas).collect()).value(area),
        actor: Choice::new(
            "actor",
            words.t("audit-actor"),
            std::iter::once(all_actors).chain(actors.into_iter().map(|name| (name.clone(), name))).collect(),
        )
        .value(&asked.actor),
        is_filtered: !area.is_empty() || !asked.actor.is_empty(),
        entries: rows.into_iter().map(entry).collect(),
        next,
        first: asked.before.map(|_| asked.to(None)),
        clock: manager.clock.clone(),
    })
}
