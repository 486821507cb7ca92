//! *Authorize*: where the credentials of the HR system stand.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::IntoResponse,
};
use domain::{record::Attribute, roles::Action, setup::Step};
use engine::{
    EngineError,
    setup::{Authorisation, Checking, Opened, Right},
};
use serde::Deserialize;

use super::frame::{Bench, Frame};
use crate::{
    access::Manager,
    failure::Failure,
    form::{Entries, Input, Summary, Wrongs},
    page::{Page, Shell, draw, go_on},
    routes::{Access, Route, get, post},
    tell,
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/manage/{programme}/integrations/{source}/set-up/authorize", Access::May(Action::SetUp), show),
        post("/manage/{programme}/integrations/{source}/set-up/authorize/finish", Access::May(Action::SetUp), finish),
    ]
}

/// What the page tells of the credentials.
enum Told {
    /// There are none.
    Nothing,
    /// They are there, and good as far as is known.
    Authorised,
    /// The HR system has refused them.
    Refused,
    /// New ones are being tried.
    Checking,
    /// New ones were tried.
    Done(Authorisation),
}

/// One of the attributes that credentials share.
pub(super) struct SharedAttribute {
    pub(super) label: String,
    pub(super) key: String,
}

#[derive(Template)]
#[template(path = "pages/set_up/authorize.html")]
pub(super) struct Authorize {
    pub(super) shell: Shell,
    frame: Frame,
    told: Told,
    /// The client ID that is in use, or that was typed last.
    pub(super) client_id: String,
    pub(super) wrong: Wrongs,
    /// Whether the dialog for credentials is open.
    pub(super) connects: bool,
    /// The number that was typed to take another company's credentials.
    typed: String,
}

impl Authorize {
    pub(super) async fn new(manager: &Manager, bench: &Bench) -> Result<Self, Failure> {
        let (frame, shell) = Frame::new(manager, bench, Step::Authorize)?;
        let (mut told, mut client_id) = (Told::Nothing, String::new());
        if let Some(integration) = &bench.integration {
            let engine = &manager.web.engine;
            client_id = integration.client_id.clone().unwrap_or_default();
            let is_refused = integration.state()? == domain::integration::State::ReconnectNeeded;
            told = match engine.authorisation(integration).await? {
                Checking::Running => Told::Checking,
                Checking::Done(found) => Told::Done(found),
                Checking::Nothing if is_refused => Told::Refused,
                Checking::Nothing if integration.is_authorised() => Told::Authorised,
                Checking::Nothing => Told::Nothing,
            };
            if let Some(tried) = engine.client_id_tried(integration).await? {
                client_id = tried;
            }
        }
        let mut page =
            Self { shell, frame, told, client_id, wrong: Wrongs::default(), connects: false, typed: String::new() };
        let is_checking = page.is_checking();
        page.shell = page.shell.waiting_for(is_checking);
        if page.is_wrong() {
            page.wrong.add("client_secret", manager.words.t("authorize-wrong-beside"));
        }
        Ok(page)
    }

    fn is_checking(&self) -> bool {
        matches!(self.told, Told::Checking)
    }

    fn is_authorised(&self) -> bool {
        matches!(self.told, Told::Authorised)
    }

    /// Whether it could go on with the credentials that are in use.
    fn may_go_on(&self) -> bool {
        self.frame.is_authorised && !self.is_checking() && !self.is_refused() && self.opened().is_none()
    }

    fn is_refused(&self) -> bool {
        matches!(self.told, Told::Refused)
    }

    /// What is wrong with the form that was sent.
    fn summary(&self) -> Summary {
        let words = self.shell.words;
        let labels =
            [("client_id", "client-id"), ("client_secret", "client-secret"), ("members", "authorize-members-number")];
        for (field, label) in labels {
            self.wrong.call(field, words.t(label));
        }
        self.wrong.summary(words)
    }

    fn id_entry(&self) -> Input {
        let entry = Input::new("client_id", self.shell.words.t("client-id")).value(&self.client_id);
        entry.required().told(&self.wrong)
    }

    fn secret_entry(&self) -> Input {
        let words = self.shell.words;
        let entry = Input::password("client_secret", words.t("client-secret"), "off");
        entry.hint(words.t("authorize-secret-help")).told(&self.wrong)
    }

    fn is_wrong(&self) -> bool {
        matches!(self.told, Told::Done(Authorisation::WrongCredentials))
    }

    /// What good credentials open.
    fn opened(&self) -> Option<&Opened> {
        match &self.told {
            Told::Done(Authorisation::Connected(opened) | Authorisation::OtherCompany { opened, .. }) => Some(opened),
            _ => None,
        }
    }

    /// How many of how many members another company's credentials recognise.
    fn other_company(&self) -> Option<(u64, u64)> {
        match &self.told {
            Told::Done(Authorisation::OtherCompany { recognised, members, .. }) => Some((*recognised, *members)),
            _ => None,
        }
    }

    /// Why the credentials that were tried cannot be used: a heading, and what to do.
    fn problem(&self) -> Option<(String, String)> {
        let (w, source) = (self.shell.words, self.frame.source);
        let told =
            |title: &str, text: String| Some((w.of("authorize-", title).with("source", source).to_string(), text));
        let Told::Done(found) = &self.told else { return None };
        match found {
            Authorisation::Connected(_) | Authorisation::OtherCompany { .. } => None,
            Authorisation::WrongCredentials => {
                told("wrong", w.t("authorize-wrong-text").with("source", source).to_string())
            }
            Authorisation::RightMissing(Right::Employees) => {
                told("right-employees", w.t("authorize-right-employees-text").with("source", source).to_string())
            }
            Authorisation::RightMissing(Right::Attribute(key)) => {
                let title = w.t("authorize-right").with("source", source).with("attribute", tell::attribute(w, key));
                let needed = match key.as_str() {
                    "status" => w.t("authorize-right-status"),
                    "email" => w.t("authorize-right-email"),
                    _ => w.t("authorize-right-other"),
                };
                let remedy = w.t("authorize-right-text").with("source", source);
                Some((title.to_string(), format!("{needed} {remedy}")))
            }
            Authorisation::Unreachable { code, .. } => {
                let detail = tell::failure_text(w, code, source);
                told("unreachable", w.t("authorize-unreachable-text").with("detail", detail).to_string())
            }
            Authorisation::Limited => told("limited", w.t("authorize-limited-text").to_string()),
        }
    }

    /// The attributes that are shared.
    fn shared(&self) -> Vec<SharedAttribute> {
        let shared = self.opened().map(|opened| opened.attributes.as_slice()).unwrap_or_default();
        let told = |one: &Attribute| SharedAttribute {
            label: tell::shared_attribute(self.shell.words, one),
            key: one.key.clone(),
        };
        shared.iter().map(told).collect()
    }

    /// The attributes that it goes on without.
    fn missing(&self) -> Vec<String> {
        let missing = self.opened().map(|opened| opened.missing.as_slice()).unwrap_or_default();
        missing.iter().map(|key| tell::attribute(self.shell.words, key)).collect()
    }
}

#[derive(Deserialize)]
struct Asked {
    connect: Option<String>,
    said: Option<String>,
}

async fn show(manager: Manager, Path((_, source)): Path<(String, String)>, Query(asked): Query<Asked>) -> Page {
    let bench = Bench::new(&manager, &source).await?;
    if let Some(earlier) = bench.too_early(&manager, Step::Authorize) {
        return Ok(earlier);
    }
    let mut page = Authorize::new(&manager, &bench).await?;
    page.connects = asked.connect.is_some() && !page.is_checking();
    page.shell = page.shell.saying(asked.said.as_deref());
    draw(&page)
}

/// **Finish Setup**: the credentials that were found good become the integration's.
async fn finish(manager: Manager, Path((_, source)): Path<(String, String)>, entries: Entries) -> Page {
    let integration = manager.integration(&source).await?;
    let (engine, typed) = (&manager.web.engine, entries.get("members"));
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    match engine.finish_authorisation(&integration, digits.parse().ok(), &manager.actor()).await {
        Ok(_) => Ok(go_on(&super::address(&manager, &source, Step::Authorize), "authorised")),
        Err(EngineError::Refused(_)) => {
            let bench = Bench::of(&manager, engine.reload(&integration).await?)?;
            let mut page = Authorize::new(&manager, &bench).await?;
            let Some((_, members)) = page.other_company() else {
                // What was checked has gone stale meanwhile: it is checked again.
                return Ok(go_on(&super::address(&manager, &source, Step::Authorize), "check-again"));
            };
            page.wrong.add("members", manager.words.n("authorize-members-wrong", members));
            typed.clone_into(&mut page.typed);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
