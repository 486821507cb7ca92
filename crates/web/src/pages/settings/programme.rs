//! How the programme appears to its members.

use askama::Template;
use axum::{Form, extract::Query};
use domain::{programme::settings::Profile, roles::Action};
use serde::Deserialize;

use super::{Tabs, frame};
use crate::{
    access::Manager,
    failure::Failure,
    form::{Choice, Input, Summary, Wrongs, again},
    page::{Page, Said, Shell, draw, go_on},
    routes::{Access, Route, get, post},
};

const PATH: &str = "/manage/{programme}/settings";

pub(super) fn routes() -> Vec<Route> {
    vec![get(PATH, Access::May(Action::SeeSettings), show), post(PATH, Access::May(Action::ChangeSettings), change)]
}

#[derive(Template)]
#[template(path = "pages/settings/programme.html")]
struct Programme {
    shell: Shell,
    tabs: Tabs,
    may_change: bool,
    slug: String,
    summary: Summary,
    name: Input,
    time_zone: Choice,
    language: Choice,
    colour: Input,
    sender_name: Input,
    reply_to: Input,
    privacy_notice: Input,
    imprint: Input,
    help_contact: Input,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    name: String,
    #[serde(default)]
    time_zone: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    colour: String,
    #[serde(default)]
    sender_name: String,
    #[serde(default)]
    reply_to: String,
    #[serde(default)]
    privacy_notice: String,
    #[serde(default)]
    imprint: String,
    #[serde(default)]
    help_contact: String,
}

fn now(manager: &Manager) -> Result<Profile, Failure> {
    let settings = manager.web.engine.programme_settings(&manager.programme)?;
    Ok(Profile::of(&manager.programme.name, &manager.programme.time_zone, &settings))
}

fn page(manager: &Manager, said: Option<&str>, profile: &Profile, wrongs: &Wrongs) -> Programme {
    let words = manager.words;
    let (shell, tabs) = frame(manager, "programme", said);
    let entry = |id: &str, value: &str| {
        let hint = words.of("settings-hint-", id.replace('_', "-"));
        Input::new(id, words.of("settings-entry-", id.replace('_', "-"))).hint(hint).value(value).told(wrongs)
    };
    Programme {
        shell,
        tabs,
        may_change: manager.may(Action::ChangeSettings),
        slug: manager.programme.slug.clone(),
        summary: wrongs.summary(words),
        name: entry("name", &profile.name).required(),
        time_zone: Choice::zone("time_zone", words.t("entry-time-zone"))
            .hint(words.t("entry-time-zone-hint"))
            .value(&profile.time_zone)
            .told(wrongs),
        language: Choice::language("language", words.t("settings-entry-language"), words)
            .hint(words.t("settings-hint-language"))
            .value(profile.language.as_str())
            .told(wrongs),
        colour: entry("colour", &profile.colour).colour(),
        sender_name: entry("sender_name", &profile.sender_name),
        reply_to: entry("reply_to", &profile.reply_to).keys("email"),
        privacy_notice: entry("privacy_notice", &profile.privacy_notice).keys("url"),
        imprint: entry("imprint", &profile.imprint).keys("url"),
        help_contact: entry("help_contact", &profile.help_contact),
    }
}

async fn show(manager: Manager, Query(query): Query<Said>) -> Page {
    draw(&page(&manager, query.said.as_deref(), &now(&manager)?, &Wrongs::default()))
}

async fn change(manager: Manager, Form(entries): Form<Entries>) -> Page {
    let wanted = Profile {
        name: entries.name,
        time_zone: entries.time_zone,
        language: entries.language.parse().unwrap_or_default(),
        colour: entries.colour,
        sender_name: entries.sender_name,
        reply_to: entries.reply_to,
        privacy_notice: entries.privacy_notice,
        imprint: entries.imprint,
        help_contact: entries.help_contact,
    };
    match manager.web.engine.change_programme(&manager.programme, wanted.clone(), &manager.actor()).await {
        Ok(()) => Ok(go_on(&manager.at("settings"), "settings-saved")),
        Err(error) => again(&page(&manager, None, &wanted, &Wrongs::told(manager.words, error)?)),
    }
}
