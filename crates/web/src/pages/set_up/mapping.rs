//! *Mapping*: which attribute fills which field, and who may be a member.

mod filled;
mod rows;
mod segment;
mod view;

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::IntoResponse,
};
use domain::{
    field::Field,
    roles::Action,
    setup::{Mistake, Mistakes, Place, Step},
};
use engine::EngineError;
use store::Integration;

use self::{filled::Filled, view::Mapping};
use super::{address, frame::Bench, mistakes};
use crate::{
    access::Manager,
    form::{Entries, Wrongs},
    page::{Page, Said, draw, go_on},
    routes::{Access, Route, get, post},
    tell,
    words::Words,
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/manage/{programme}/integrations/{source}/set-up/mapping", Access::May(Action::SetUp), show),
        post("/manage/{programme}/integrations/{source}/set-up/mapping", Access::May(Action::SetUp), save),
        post("/manage/{programme}/integrations/{source}/set-up/mapping/check", Access::May(Action::SetUp), check),
    ]
}

async fn show(manager: Manager, Path((_, source)): Path<(String, String)>, Query(said): Query<Said>) -> Page {
    let bench = Bench::new(&manager, &source).await?;
    if let Some(earlier) = bench.too_early(&manager, Step::Mapping) {
        return Ok(earlier);
    }
    let Some(integration) = &bench.integration else {
        return Ok(go_on(&address(&manager, &source, Step::InitialSetup), ""));
    };
    let mut page = Mapping::new(&manager, &bench, integration, None, Wrongs::default()).await?;
    page.shell = page.shell.saying(said.said.as_deref());
    draw(&page)
}

/// Draws the page again as it is filled in, with what that comes to.
async fn check(manager: Manager, Path((_, source)): Path<(String, String)>, entries: Entries) -> Page {
    let (bench, integration) = begun(&manager, &source).await?;
    let filled = Filled::read(&entries, &bench.draft, view::is_identity_fixed(&integration));
    draw(&Mapping::new(&manager, &bench, &integration, Some(filled), Wrongs::default()).await?)
}

async fn save(manager: Manager, Path((_, source)): Path<(String, String)>, entries: Entries) -> Page {
    let (bench, integration) = begun(&manager, &source).await?;
    let (words, engine) = (manager.words, &manager.web.engine);
    let mut filled = Filled::read(&entries, &bench.draft, view::is_identity_fixed(&integration));
    let mut wrong = Wrongs::default();
    if let Some(goes_on) = filled.rearrange(entries.get("do")) {
        let mut page = Mapping::new(&manager, &bench, &integration, Some(filled), wrong).await?;
        page.goes_on = goes_on;
        return draw(&page);
    }
    filled.add_field();
    let choice = filled.choice(&bench.draft, view::are_custom_fields_fixed(&integration)?);
    for number in filled.custom_fields_twice() {
        wrong.add(format!("custom.{number}"), words.t("mistake-custom-field-twice"));
    }
    if wrong.is_empty() {
        match engine.save_mapping(&integration, &choice, &manager.actor()).await {
            Ok(_) => {
                let saved = Bench::of(&manager, engine.reload(&integration).await?)?;
                return Ok(go_on(&saved.onward(&manager), "saved"));
            }
            Err(EngineError::Mistakes(Mistakes(mistakes))) => note(words, &filled, &mistakes, &mut wrong),
            Err(EngineError::Source(error)) => {
                wrong.add("source", tell::failure_text(words, error.code(), bench.source.name));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let page = Mapping::new(&manager, &bench, &integration, Some(filled), wrong).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&page)?).into_response())
}

/// The set-up of an integration that has credentials.
async fn begun(manager: &Manager, source: &str) -> Result<(Bench, Integration), crate::failure::Failure> {
    let integration = manager.integration(source).await?;
    Ok((Bench::of(manager, integration.clone())?, integration))
}

/// Puts each mistake beside its field.
fn note(words: Words, filled: &Filled, mistakes: &[Mistake], wrong: &mut Wrongs) {
    for mistake in mistakes {
        let field = match &mistake.place {
            Place::EmployeeId => "employee_id".to_owned(),
            Place::Field(Field::Custom(name)) => format!("custom.{}", filled.custom_row(name)),
            Place::Field(field) => format!("field.{field}"),
            Place::Segment(number) => segment::name(filled.segment_row(*number)),
            _ => "custom".to_owned(),
        };
        wrong.add(field, mistakes::text(words, mistake));
    }
}
