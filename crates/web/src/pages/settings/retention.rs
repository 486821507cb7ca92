//! How long it stays known whom imports were about, and what administrators did.

use askama::Template;
use axum::{Form, extract::Query};
use domain::{
    programme::retention::{Retention, Typed},
    roles::Action,
};
use serde::Deserialize;

use super::{Tabs, frame};
use crate::{
    access::Manager,
    form::{Input, Summary, Wrongs, again},
    page::{Page, Said, Shell, draw, go_on},
    routes::{Access, Route, get, post},
};

const PATH: &str = "/manage/{programme}/settings/retention";

pub(super) fn routes() -> Vec<Route> {
    vec![get(PATH, Access::May(Action::SeeSettings), show), post(PATH, Access::May(Action::ChangeSettings), change)]
}

#[derive(Template)]
#[template(path = "pages/settings/retention.html")]
struct Terms {
    shell: Shell,
    tabs: Tabs,
    may_change: bool,
    summary: Summary,
    people_months: Input,
    audit_years: Input,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    people_months: String,
    #[serde(default)]
    audit_years: String,
}

impl Entries {
    fn of(set: &Retention) -> Self {
        Self {
            people_months: set.people_months.to_string(),
            audit_years: set.audit_years.map(|years| years.to_string()).unwrap_or_default(),
        }
    }
}

fn page(manager: &Manager, said: Option<&str>, entries: &Entries, wrongs: &Wrongs) -> Terms {
    let words = manager.words;
    let (shell, tabs) = frame(manager, "retention", said);
    let number = |id, label, unit| Input::number(id, words.t(label), words.t(unit));
    Terms {
        shell,
        tabs,
        may_change: manager.may(Action::ChangeSettings),
        summary: wrongs.summary(words),
        people_months: number("people_months", "retention-people", "unit-months-after-import")
            .hint(words.t("retention-people-hint"))
            .value(&entries.people_months)
            .told(wrongs),
        audit_years: number("audit_years", "retention-audit", "unit-years")
            .hint(words.t("retention-audit-hint"))
            .value(&entries.audit_years)
            .told(wrongs),
    }
}

async fn show(manager: Manager, Query(query): Query<Said>) -> Page {
    let set = manager.web.engine.programme_settings(&manager.programme)?.retention;
    draw(&page(&manager, query.said.as_deref(), &Entries::of(&set), &Wrongs::default()))
}

async fn change(manager: Manager, Form(entries): Form<Entries>) -> Page {
    let typed = Typed { people_months: &entries.people_months, audit_years: &entries.audit_years };
    match manager.web.engine.change_retention(&manager.programme, &typed, &manager.actor()).await {
        Ok(()) => Ok(go_on(&manager.at("settings/retention"), "settings-saved")),
        Err(error) => again(&page(&manager, None, &entries, &Wrongs::told(manager.words, error)?)),
    }
}
