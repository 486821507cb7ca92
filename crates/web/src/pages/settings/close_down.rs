//! A leaver's days until their account is closed (R60).

use askama::Template;
use axum::{Form, extract::Query};
use domain::{
    programme::close_down::{CloseDown, Typed},
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

const PATH: &str = "/manage/{programme}/settings/close-down";

pub(super) fn routes() -> Vec<Route> {
    vec![get(PATH, Access::May(Action::SeeSettings), show), post(PATH, Access::May(Action::ChangeSettings), change)]
}

#[derive(Template)]
#[template(path = "pages/settings/close_down.html")]
struct Terms {
    shell: Shell,
    tabs: Tabs,
    may_change: bool,
    may_erase: bool,
    summary: Summary,
    notice_hours: Input,
    reminder_days: Input,
    close_day: Input,
    erase_days: Input,
    rejected_days: Input,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    notice_hours: String,
    #[serde(default)]
    reminder_days: String,
    #[serde(default)]
    close_day: String,
    #[serde(default)]
    erase_days: String,
    #[serde(default)]
    rejected_days: String,
}

impl Entries {
    fn of(set: &CloseDown) -> Self {
        Self {
            notice_hours: set.notice_hours.to_string(),
            reminder_days: set.typed_reminders(),
            close_day: set.close_day.to_string(),
            erase_days: set.erase_days.to_string(),
            rejected_days: set.rejected_days.to_string(),
        }
    }
}

fn page(manager: &Manager, said: Option<&str>, entries: &Entries, wrongs: &Wrongs) -> Terms {
    let words = manager.words;
    let (shell, tabs) = frame(manager, "close-down", said);
    let number = |id, label, unit| Input::number(id, words.t(label), words.t(unit));
    Terms {
        shell,
        tabs,
        may_change: manager.may(Action::ChangeSettings),
        may_erase: manager.may(Action::EraseMembers),
        summary: wrongs.summary(words),
        notice_hours: number("notice_hours", "close-down-notice", "unit-hours-after")
            .hint(words.t("close-down-notice-hint"))
            .value(&entries.notice_hours)
            .told(wrongs),
        reminder_days: Input::new("reminder_days", words.t("close-down-reminders"))
            .hint(words.t("close-down-reminders-hint"))
            .short()
            .value(&entries.reminder_days)
            .told(wrongs),
        close_day: number("close_day", "close-down-day", "unit-days-after")
            .hint(words.t("close-down-day-hint"))
            .value(&entries.close_day)
            .told(wrongs),
        erase_days: number("erase_days", "close-down-erase", "unit-days-at-most")
            .hint(words.t("close-down-erase-hint"))
            .value(&entries.erase_days)
            .told(wrongs),
        rejected_days: number("rejected_days", "close-down-rejected", "unit-days-after-import")
            .hint(words.t("close-down-rejected-hint"))
            .value(&entries.rejected_days)
            .told(wrongs),
    }
}

async fn show(manager: Manager, Query(query): Query<Said>) -> Page {
    let set = manager.web.engine.programme_settings(&manager.programme)?.close_down;
    draw(&page(&manager, query.said.as_deref(), &Entries::of(&set), &Wrongs::default()))
}

async fn change(manager: Manager, Form(entries): Form<Entries>) -> Page {
    let typed = Typed {
        notice_hours: &entries.notice_hours,
        reminder_days: &entries.reminder_days,
        close_day: &entries.close_day,
        erase_days: &entries.erase_days,
        rejected_days: &entries.rejected_days,
    };
    match manager.web.engine.change_close_down(&manager.programme, &typed, &manager.actor()).await {
        Ok(()) => Ok(go_on(&manager.at("settings/close-down"), "settings-saved")),
        Err(error) => again(&page(&manager, None, &entries, &Wrongs::told(manager.words, error)?)),
    }
}
