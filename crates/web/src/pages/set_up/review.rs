//! *Review and Publish*: every setting, the plan by name, and putting it into effect.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::IntoResponse,
};
use domain::{integration::State, roles::Action, setup::Step};
use engine::{EngineError, setup::PublishError};
use store::Integration;

use super::{
    facts::{self, Changed, Fact},
    frame::{Bench, Frame},
    preview::{self, Preview, Ready},
};
use crate::{
    access::Manager,
    failure::Failure,
    form::{Entries, Wrongs},
    page::{Page, Said, Shell, draw, go_on},
    pages::imports::{Live, Wanted},
    routes::{Access, Route, get, post},
    tell::Labels,
};

pub(super) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get("/manage/{programme}/integrations/{source}/set-up/review", Access::May(Action::SetUp), show),
        post("/manage/{programme}/integrations/{source}/set-up/review/publish", Access::May(Action::SetUp), publish),
    ];
    routes.extend(preview::routes());
    routes
}

#[derive(Template)]
#[template(path = "pages/set_up/review.html")]
struct Review {
    shell: Shell,
    frame: Frame,
    basics: Vec<Fact>,
    mapping: Vec<Fact>,
    /// What publishing would change; before the first publishing, everything is new.
    changes: Vec<Changed>,
    owner: String,
    client_id: String,
    /// Whether there is anything to publish.
    is_due: bool,
    preview: Preview,
    wrong: Wrongs,
    /// The number of leavers that was typed.
    typed: String,
}

impl Review {
    async fn new(
        manager: &Manager,
        bench: &Bench,
        integration: &Integration,
        wanted: &Wanted,
    ) -> Result<Self, Failure> {
        let engine = &manager.web.engine;
        // Labels are a help only: where the source does not answer now, those of earlier stand in for them.
        let attributes = engine.attributes(integration).await.map(|known| known.to_vec()).unwrap_or_default();
        let labels = Labels::of(manager).await?.and(&attributes);
        let all = facts::facts(manager, &bench.draft, &labels);
        let (basics, mapping) = all.into_iter().partition(|fact| fact.step == Step::InitialSetup);
        let is_due = engine.has_draft(integration)? || matches!(integration.state()?, State::Draft | State::Revoked);
        let preview = if is_due { Preview::of(manager, bench, integration, wanted).await? } else { Preview::None };
        let (mut frame, shell) = Frame::new(manager, bench, Step::Review)?;
        // The page itself is about them.
        frame.has_draft = false;
        let is_waiting = matches!(preview, Preview::Running { .. });
        Ok(Self {
            shell: shell.waiting_for(is_waiting),
            frame,
            basics,
            mapping,
            changes: facts::changes(manager, bench, &labels)?,
            owner: integration.owner.clone(),
            client_id: integration.client_id.clone().unwrap_or_default(),
            is_due,
            preview,
            wrong: Wrongs::default(),
            typed: String::new(),
        })
    }

    fn running(&self) -> Option<(&Live, bool)> {
        match &self.preview {
            Preview::Running { live, is_another } => Some((live, *is_another)),
            _ => None,
        }
    }

    fn failed(&self) -> Option<(&str, &str)> {
        match &self.preview {
            Preview::Failed(text, remedy) => Some((text, remedy)),
            _ => None,
        }
    }

    fn ready(&self) -> Option<&Ready> {
        match &self.preview {
            Preview::Ready(ready) => Some(ready),
            _ => None,
        }
    }
}

async fn show(
    manager: Manager,
    Path((_, source)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
    Query(said): Query<Said>,
) -> Page {
    let bench = Bench::new(&manager, &source).await?;
    if let Some(earlier) = bench.too_early(&manager, Step::Review) {
        return Ok(earlier);
    }
    let integration = bench.integration.clone().ok_or(Failure::NotFound)?;
    let mut page = Review::new(&manager, &bench, &integration, &wanted).await?;
    page.shell = page.shell.saying(said.said.as_deref());
    draw(&page)
}

/// **Publish**.
async fn publish(manager: Manager, Path((_, source)): Path<(String, String)>, entries: Entries) -> Page {
    let integration = manager.integration(&source).await?;
    let (words, engine) = (manager.words, &manager.web.engine);
    let typed = entries.get("leavers");
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let error = match engine.publish(&integration, digits.parse().ok(), &manager.actor()).await {
        Ok(_) => return Ok(go_on(&manager.at(format!("integrations/{source}")), "published")),
        Err(EngineError::Publish(error)) => error,
        Err(error) => return Err(error.into()),
    };
    let integration = engine.reload(&integration).await?;
    let bench = Bench::of(&manager, integration.clone())?;
    let mut page = Review::new(&manager, &bench, &integration, &Wanted::default()).await?;
    match error {
        PublishError::Leavers { leavers, .. } => {
            page.wrong.add("leavers", words.n("publish-leavers", leavers));
            page.wrong.call("leavers", words.t("publish-number"));
        }
        PublishError::StepMissing(step) => {
            page.wrong.add("publish", words.t("publish-step-missing").with("step", words.of("step-", step)));
        }
        PublishError::Mistakes(mistakes) => {
            for mistake in &mistakes.0 {
                page.wrong.add(mistake.place.to_string(), super::mistakes::text(words, mistake));
            }
            page.wrong.add("publish", words.n("publish-mistakes", mistakes.0.len()));
        }
        PublishError::NotAuthorised => page.wrong.add("publish", words.t("publish-not-authorised")),
        PublishError::NoPreview => page.wrong.add("publish", words.t("publish-no-preview")),
    }
    typed.clone_into(&mut page.typed);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&page)?).into_response())
}
