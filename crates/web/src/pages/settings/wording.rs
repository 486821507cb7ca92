//! One mail to members: what it says, how it looks, and a test mail. The preview is a frame that the form is sent into,
//! so that it works without script, and the mail is held by a policy of its own.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::Html,
};
use domain::roles::Action;
use engine::{
    EngineError,
    wordings::{Flaw, Kind, LONGEST_SUBJECT, LONGEST_TEXT, Language, Wording, flaws},
};
use serde::Deserialize;

use super::{Tabs, frame};
use crate::{
    access::Manager,
    failure::Failure,
    form::{Summary, Wrongs, again},
    page::{Page, Shell, draw, draw_mail, go_on},
    routes::{Access, Route, get, post},
    words::Words,
};

pub(super) fn routes() -> Vec<Route> {
    let (see, change) = (Access::May(Action::SeeSettings), Access::May(Action::ChangeSettings));
    vec![
        get("/manage/{programme}/settings/mails/{kind}/{language}", see, show),
        post("/manage/{programme}/settings/mails/{kind}/{language}", change, save),
        post("/manage/{programme}/settings/mails/{kind}/{language}/check", change, check),
        get("/manage/{programme}/settings/mails/{kind}/{language}/shown", see, shown),
        post("/manage/{programme}/settings/mails/{kind}/{language}/shown", change, shown_as_typed),
        post("/manage/{programme}/settings/mails/{kind}/{language}/reset", change, reset),
        post("/manage/{programme}/settings/mails/{kind}/{language}/example", change, example),
    ]
}

/// Which mail, as the address says.
#[derive(Deserialize)]
struct At {
    kind: String,
    language: String,
}

impl At {
    fn read(&self) -> Result<(Kind, Language), Failure> {
        let kind = self.kind.parse().ok().filter(|kind: &Kind| kind.is_for_members());
        let language = Language::ALL.into_iter().find(|language| language.tag() == self.language);
        kind.zip(language).ok_or_else(Failure::not_found)
    }
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    said: Option<String>,
    reset: Option<String>,
    #[serde(default)]
    screen: String,
}

/// What was typed.
#[derive(Debug, Deserialize)]
struct Entries {
    #[serde(default)]
    subject: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    screen: String,
}

impl Entries {
    fn wording(&self) -> Wording {
        Wording { subject: self.subject.clone(), text: self.text.clone() }
    }
}

#[derive(Template)]
#[template(path = "pages/settings/wording.html")]
struct Editor {
    shell: Shell,
    tabs: Tabs,
    /// The address of this mail.
    base: String,
    kind: Kind,
    language: Language,
    /// The tags of the other languages.
    others: Vec<&'static str>,
    may_change: bool,
    is_own: bool,
    is_resetting: bool,
    wrongs: Wrongs,
    wording: Wording,
    /// The subject as a member would see it, while nothing is wrong.
    subject: Option<String>,
    /// Where a test mail goes.
    email: String,
}

impl Editor {
    fn summary(&self) -> Summary {
        self.wrongs.summary(self.shell.words)
    }

    /// What can be named, as it is typed, and what it stands for.
    fn variables(&self) -> Vec<(String, String)> {
        let named = |name: &&'static str| {
            (format!("{{{{ {name} }}}}"), self.shell.words.of("mail-variable-", name.replace('_', "-")).to_string())
        };
        self.kind.variables().iter().map(named).collect()
    }
}

/// What is wrong with a wording, in words.
fn told(words: Words, kind: Kind, wording: &Wording) -> Wrongs {
    let mut wrongs = Wrongs::default();
    for (field, flaw) in flaws(kind, wording) {
        let code = engine::wordings::code(&flaw);
        let text = words.of("flaw-", code);
        match flaw {
            Flaw::TooLong(most) => wrongs.add(field, text.count("n", most)),
            Flaw::Unknown(name) => {
                let inserts = kind.variables().iter().filter(|name| field == "text" || **name != "button");
                let known = inserts.map(|name| format!("{{{{ {name} }}}}")).collect::<Vec<_>>().join(", ");
                wrongs.add(field, text.with("name", format!("{{{{ {name} }}}}")).with("known", known));
            }
            Flaw::Empty | Flaw::Lines | Flaw::Unclosed | Flaw::Logic | Flaw::Button => wrongs.add(field, text),
        }
        wrongs.call(field, words.of("wording-", field));
    }
    wrongs
}

async fn page(
    manager: &Manager,
    (kind, language): (Kind, Language),
    typed: Option<Wording>,
    asked: &Asked,
) -> Result<Editor, Failure> {
    let words = manager.words;
    let engine = &manager.web.engine;
    let worded = engine.wording(&manager.programme, kind, language).await?;
    let is_own = worded.changed_at.is_some();
    let wording = typed.unwrap_or(worded.wording);
    let wrongs = told(words, kind, &wording.tidy());
    let subject = match engine.preview_wording(&manager.programme, kind, language, &wording) {
        Ok(mail) => Some(mail.subject),
        Err(EngineError::Settings(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let (mut shell, tabs) = frame(manager, "mails", asked.said.as_deref());
    shell.title = words.of("mail-name-", kind.name()).to_string();
    Ok(Editor {
        shell,
        tabs,
        base: manager.at(format_args!("settings/mails/{kind}/{}", language.tag())),
        kind,
        language,
        others: Language::ALL.into_iter().filter(|other| *other != language).map(Language::tag).collect(),
        may_change: manager.may(Action::ChangeSettings),
        is_own,
        is_resetting: is_own && asked.reset.is_some(),
        wrongs,
        wording,
        subject,
        email: manager.signed.administrator.email.clone(),
    })
}

async fn show(manager: Manager, Path(at): Path<At>, Query(asked): Query<Asked>) -> Page {
    draw(&page(&manager, at.read()?, None, &asked).await?)
}

async fn check(manager: Manager, Path(at): Path<At>, Form(entries): Form<Entries>) -> Page {
    draw(&page(&manager, at.read()?, Some(entries.wording()), &Asked::default()).await?)
}

async fn save(manager: Manager, Path(at): Path<At>, Form(entries): Form<Entries>) -> Page {
    let (kind, language) = at.read()?;
    let (engine, wanted) = (&manager.web.engine, entries.wording());
    match engine.save_wording(&manager.programme, kind, language, &wanted, &manager.actor()).await {
        Ok(()) => Ok(back(&manager, &at, "wording-saved")),
        Err(EngineError::Settings(_)) => {
            again(&page(&manager, (kind, language), Some(wanted), &Asked::default()).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn reset(manager: Manager, Path(at): Path<At>) -> Page {
    let (kind, language) = at.read()?;
    manager.web.engine.reset_wording(&manager.programme, kind, language, &manager.actor()).await?;
    Ok(back(&manager, &at, "wording-reset"))
}

async fn example(manager: Manager, Path(at): Path<At>) -> Page {
    let (kind, language) = at.read()?;
    let to = &manager.signed.administrator.email;
    manager.web.engine.send_example(&manager.programme, kind, language, to, &manager.actor()).await?;
    Ok(back(&manager, &at, "example-sent"))
}

fn back(manager: &Manager, at: &At, said: &str) -> axum::response::Response {
    go_on(&manager.at(format_args!("settings/mails/{}/{}", at.kind, at.language)), said)
}

/// The mail as members get it now.
async fn shown(manager: Manager, Path(at): Path<At>, Query(asked): Query<Asked>) -> Page {
    let (kind, language) = at.read()?;
    let worded = manager.web.engine.wording(&manager.programme, kind, language).await?;
    drawn(&manager, (kind, language), &worded.wording, &asked.screen)
}

/// The mail as members would get it.
async fn shown_as_typed(manager: Manager, Path(at): Path<At>, Form(entries): Form<Entries>) -> Page {
    drawn(&manager, at.read()?, &entries.wording(), &entries.screen)
}

/// On a light or a dark screen, or without HTML.
fn drawn(manager: &Manager, (kind, language): (Kind, Language), wording: &Wording, screen: &str) -> Page {
    match manager.web.engine.preview_wording(&manager.programme, kind, language, wording) {
        Ok(mail) if screen == "text" => Ok(draw_mail(mail.text)),
        Ok(mail) => Ok(draw_mail(Html(mail.html_on(screen == "dark")))),
        Err(EngineError::Settings(_)) => {
            // By itself in the frame, and on the ground that the page has.
            let text = format!(
                "<!doctype html><meta name=\"color-scheme\" content=\"light dark\">\
                 <p style=\"margin:1rem;font:1rem system-ui,sans-serif\">{}",
                manager.words.t("wording-not-shown")
            );
            Ok(draw_mail((StatusCode::UNPROCESSABLE_ENTITY, Html(text))))
        }
        Err(error) => Err(error.into()),
    }
}
