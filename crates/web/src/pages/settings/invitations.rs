//! Invitations: how long they work and when people are reminded, launch day, and letters for those without a mailbox.

use askama::Template;
use axum::extract::Query;
use domain::{
    ids::MemberId,
    programme::invitations::{Invitations, Typed},
    roles::Action,
};
use engine::site::{Letter, Who};

use super::{Tabs, frame};
use crate::{
    access::Manager,
    form::{Entries, Input, Summary, Wrongs, again},
    page::{Page, Said, Shell, draw, go_on},
    routes::{Access, Route, get, post},
    when::Clock,
};

const PATH: &str = "/manage/{programme}/settings/invitations";

/// When invitations go that are sent on a day: at this hour of it.
const HOUR: i64 = 8;

const HOUR_MICROS: i64 = 3_600 * 1_000_000;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PATH, Access::May(Action::SeeSettings), show),
        post(PATH, Access::May(Action::ChangeSettings), change),
        post("/manage/{programme}/settings/invitations/send", Access::May(Action::ManageMembers), send),
        post("/manage/{programme}/settings/invitations/letters", Access::May(Action::ManageMembers), letters),
    ]
}

#[derive(Template)]
#[template(path = "pages/settings/invitations.html")]
struct Terms {
    shell: Shell,
    tabs: Tabs,
    may_change: bool,
    may_send: bool,
    /// Whether anybody is a member at all.
    has_members: bool,
    not_invited: u64,
    letters: usize,
    site: String,
    summary: Summary,
    days: Input,
    reminder_days: Input,
    on: Option<String>,
    today: String,
    wrong_day: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/settings/letters.html")]
struct Sheets {
    shell: Shell,
    letters: Vec<Letter>,
    site: String,
    clock: Clock,
}

async fn page(
    manager: &Manager,
    said: Option<&str>,
    typed: Typed<'_>,
    on: Option<&str>,
    wrongs: &Wrongs,
) -> Result<Terms, crate::failure::Failure> {
    let words = manager.words;
    let (shell, tabs) = frame(manager, "invitations", said);
    let (not_invited, letters) = manager.web.engine.invitations_due(&manager.programme).await?;
    Ok(Terms {
        shell,
        tabs,
        may_change: manager.may(Action::ChangeSettings),
        may_send: manager.may(Action::ManageMembers),
        not_invited,
        has_members: manager.web.engine.has_members(&manager.programme).await?,
        letters: usize::try_from(letters).unwrap_or(usize::MAX),
        site: site(manager),
        summary: wrongs.summary(words),
        days: Input::number("days", words.t("invitations-days"), words.t("invitations-days-unit"))
            .hint(words.t("invitations-days-hint"))
            .value(typed.days)
            .told(wrongs),
        reminder_days: Input::new("reminder_days", words.t("invitations-reminders"))
            .hint(words.t("invitations-reminders-hint"))
            .short()
            .value(typed.reminder_days)
            .told(wrongs),
        on: on.map(str::to_owned),
        today: manager.clock.machine_day(manager.web.engine.now()),
        wrong_day: wrongs.beside("on", words.t("invitations-day")),
    })
}

/// Where members find their site.
fn site(manager: &Manager) -> String {
    format!("{}/{}", manager.web.engine.public_url(), manager.programme.slug)
}

/// The page with what is set now.
async fn as_set(manager: &Manager, said: Option<&str>, on: Option<&str>, wrongs: &Wrongs) -> Page {
    let Invitations { days, reminder_days } = manager.web.engine.programme_settings(&manager.programme)?.invitations;
    let reminders = Invitations { days, reminder_days }.typed_reminders();
    let typed = Typed { days: &days.to_string(), reminder_days: &reminders };
    let page = page(manager, said, typed, on, wrongs).await?;
    if wrongs.is_empty() { draw(&page) } else { again(&page) }
}

async fn show(manager: Manager, Query(query): Query<Said>) -> Page {
    as_set(&manager, query.said.as_deref(), None, &Wrongs::default()).await
}

async fn change(manager: Manager, entries: Entries) -> Page {
    let typed = Typed { days: entries.text("days"), reminder_days: entries.text("reminder_days") };
    match manager.web.engine.change_invitations(&manager.programme, &typed, &manager.actor()).await {
        Ok(()) => Ok(go_on(&manager.at("settings/invitations"), "settings-saved")),
        Err(error) => again(&page(&manager, None, typed, None, &Wrongs::told(manager.words, error)?).await?),
    }
}

/// Sends invitations to everybody who has none, or to the members named in the form, now or on a day.
async fn send(manager: Manager, entries: Entries) -> Page {
    let named: Vec<MemberId> = entries.all_of("member").filter_map(|id| id.parse().ok().map(MemberId)).collect();
    let who = if entries.has("member") { Who::Some(named) } else { Who::All };
    let at = if entries.get("when") == "day" {
        let Some(begin) = manager.clock.begin_of(entries.get("on")) else {
            let wrongs = Wrongs::one("on", manager.words.t("invitations-day-wrong"));
            return as_set(&manager, None, Some(entries.get("on")), &wrongs).await;
        };
        Some(begin + HOUR * HOUR_MICROS)
    } else {
        None
    };
    match manager.web.engine.send_invitations(&manager.programme, &who, at, &manager.actor()).await {
        Ok(_) => {
            let said = if at.is_some() { "invitations-planned" } else { "invitations-sent" };
            Ok(go_on(&manager.at("settings/invitations"), said))
        }
        Err(error) => {
            let told = Wrongs::told(manager.words, error)?;
            let wrongs = Wrongs::one("on", told.at("at").unwrap_or_default());
            as_set(&manager, None, Some(entries.get("on")), &wrongs).await
        }
    }
}

/// The letters, one a page, to print.
async fn letters(manager: Manager) -> Page {
    let letters = manager.web.engine.print_letters(&manager.programme, &manager.actor()).await?;
    draw(&Sheets {
        shell: manager.shell(manager.words.t("letters-title")),
        letters,
        site: site(&manager),
        clock: manager.clock.clone(),
    })
}
