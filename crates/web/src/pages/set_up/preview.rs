//! The preview of a plan: what publishing would come to, by name (R45).

use domain::{
    guard::Guard,
    import::{Purpose, State},
    plan::Kind,
    roles::Action,
};
use engine::import::Request;
use store::{Import, Integration};

use super::{address, frame::Bench};
use crate::{
    access::Manager,
    failure::Failure,
    page::{Page, go_on},
    pages::imports::{Live, People, Wanted, guards, tally},
    routes::{Access, Route, post},
    tell::{self, Finding},
};

pub(super) fn routes() -> Vec<Route> {
    let path = "/manage/{programme}/integrations/{source}/set-up/review/preview";
    vec![post(path, Access::May(Action::SetUp), start)]
}

/// How far the preview is.
pub(super) enum Preview {
    /// Nobody has asked for one of these settings, or it is too old.
    None,
    /// It is being made, or another import is running that it has to wait for.
    Running {
        live: Live,
        /// Whether what runs is another import.
        is_another: bool,
    },
    /// It could not be made: why, and what to do.
    Failed(String, String),
    /// It is there.
    Ready(Box<Ready>),
}

/// A preview to look at.
pub(super) struct Ready {
    pub(super) when: String,
    pub(super) tally: String,
    pub(super) people: Option<People>,
    pub(super) findings: Vec<Finding>,
    pub(super) leavers: u64,
    /// Whether the number of leavers has to be typed.
    pub(super) asks: bool,
    pub(super) errors: u64,
    pub(super) warnings: u64,
    /// Where the problems are listed.
    pub(super) problems: String,
    /// Whether nothing would change.
    pub(super) is_empty: bool,
}

impl Preview {
    pub(super) async fn of(
        manager: &Manager,
        bench: &Bench,
        integration: &Integration,
        wanted: &Wanted,
    ) -> Result<Self, Failure> {
        let engine = &manager.web.engine;
        if let Some(running) = engine.running_of(integration).await? {
            let is_another = running.purpose != Purpose::Preview.as_str();
            let mut live = Live::new(manager, &running, &integration.source)?;
            if is_another {
                live = live.linked(manager.at(format_args!("imports/{}", running.number())));
            }
            return Ok(Self::Running { live, is_another });
        }
        let ready = engine.preview_of(integration).await?;
        let newest = newest(manager, integration).await?;
        let failed = newest.filter(|newest| {
            newest.failure_code.is_some() && ready.as_ref().is_none_or(|ready| ready.created_at < newest.created_at)
        });
        if let Some(failed) = failed {
            let code = failed.failure_code.as_deref().unwrap_or_default();
            let text = tell::failure_text(manager.words, code, bench.source.name);
            return Ok(Self::Failed(text, tell::failure_remedy(manager.words, code, bench.source.name)));
        }
        match ready {
            Some(ready) => Ok(Self::Ready(Box::new(Ready::of(manager, bench, &ready, wanted).await?))),
            None => Ok(Self::None),
        }
    }
}

async fn newest(manager: &Manager, integration: &Integration) -> Result<Option<Import>, Failure> {
    let store = manager.web.engine.store();
    let (programme, number) = (integration.programme(), integration.number());
    let ends = [State::Failed, State::Previewed];
    Ok(store.newest_import(programme, number, Purpose::Preview.as_str(), &ends).await?)
}

impl Ready {
    async fn of(manager: &Manager, bench: &Bench, import: &Import, wanted: &Wanted) -> Result<Self, Failure> {
        let words = manager.words;
        let counts = import.counts()?;
        let at = address(manager, bench.source.key, domain::setup::Step::Review);
        let usual = (counts.leave > 0).then_some(Kind::Leave);
        let people = if counts.changes() + counts.reject > 0 {
            Some(People::of(manager, import, bench.source.key, at, wanted, usual).await?)
        } else {
            None
        };
        let tripped = guards(&import.held_by);
        let findings = match import.findings()? {
            Some(found) => {
                let limits = &bench.draft.guard;
                tripped.iter().map(|guard| tell::finding(words, *guard, &found.facts, limits)).collect()
            }
            None => Vec::new(),
        };
        Ok(Self {
            when: manager.clock.moment_here(import.finished_at.unwrap_or(import.created_at)),
            tally: tally(words, &counts).to_string(),
            people,
            findings,
            leavers: counts.leave,
            asks: tripped.contains(&Guard::R40),
            errors: counts.errors,
            warnings: counts.warnings,
            problems: manager.at(format_args!("imports/{}/problems", import.number())),
            is_empty: counts.changes() == 0,
        })
    }
}

/// Begins to make a preview.
async fn start(manager: Manager, axum::extract::Path((_, source)): axum::extract::Path<(String, String)>) -> Page {
    let integration = manager.integration(&source).await?;
    let request = Request { purpose: Purpose::Preview, trigger: "publish", renumbered: false };
    let started = manager.web.engine.start_import(&manager.programme, &integration, request, &manager.actor()).await;
    match started {
        // Somebody else was quicker: the page shows what runs.
        Ok(_) | Err(engine::EngineError::AlreadyRunning(_)) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(go_on(&address(&manager, &source, domain::setup::Step::Review), ""))
}
