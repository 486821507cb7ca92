//! What the pages of a set-up share: which integration it is about, the four steps, and what is to
//! be known on all of them.

use axum::response::Response;
use domain::{
    integration::State,
    setup::{Draft, Step},
};
use sources::Description;
use store::Integration;

use super::{address, last_part};
use crate::{
    access::Manager,
    failure::Failure,
    page::{Shell, go_on},
};

/// What is set up.
pub(super) struct Bench {
    pub(super) source: &'static Description,
    /// Nothing before *Initial Setup* was saved.
    pub(super) integration: Option<Integration>,
    pub(super) draft: Draft,
}

/// The HR system with this name in addresses.
pub(super) fn described(source: &str) -> Result<&'static Description, Failure> {
    sources::ALL.iter().find(|one| one.key == source).ok_or(Failure::NotFound)
}

impl Bench {
    pub(super) async fn new(manager: &Manager, source: &str) -> Result<Self, Failure> {
        let source = described(source)?;
        match manager.integration(source.key).await {
            Ok(integration) => Self::of(manager, integration),
            Err(Failure::NotFound) => Ok(Self { source, integration: None, draft: Draft::new(source.id_attribute) }),
            Err(failure) => Err(failure),
        }
    }

    /// For an integration that is there.
    pub(super) fn of(manager: &Manager, integration: Integration) -> Result<Self, Failure> {
        let source = described(&integration.source)?;
        let draft = manager.web.engine.draft_of(&integration)?;
        Ok(Self { source, integration: Some(integration), draft })
    }

    fn is_authorised(&self) -> bool {
        self.integration.as_ref().is_some_and(Integration::is_authorised)
    }

    fn is_published(&self) -> bool {
        self.integration.as_ref().is_some_and(Integration::is_published)
    }

    /// The step that comes next.
    pub(super) fn next(&self) -> Step {
        self.draft.next_step(self.is_authorised())
    }

    /// Where somebody is sent who asks for a step before its time.
    pub(super) fn too_early(&self, manager: &Manager, step: Step) -> Option<Response> {
        (step > self.next()).then(|| go_on(&address(manager, self.source.key, self.next()), ""))
    }

    /// The address where it goes on after a step was saved.
    pub(super) fn onward(&self, manager: &Manager) -> String {
        address(manager, self.source.key, self.next())
    }
}

/// One of the four steps, in the list above the page.
pub(super) struct StepLink {
    pub(super) name: String,
    pub(super) to: Option<String>,
    pub(super) is_done: bool,
    pub(super) is_current: bool,
}

/// What every page of a set-up shows above its own matter.
pub(super) struct Frame {
    pub(super) source: &'static str,
    /// What the addresses of the steps begin with.
    pub(super) base: String,
    /// The page of the integration, once there is more than its set-up.
    pub(super) dashboard: Option<String>,
    pub(super) steps: Vec<StepLink>,
    /// Whether changed settings wait beside the published ones.
    pub(super) has_draft: bool,
    /// Whether it was published, and its credentials were taken away since.
    pub(super) is_revoked: bool,
    /// Whether a revoked one has credentials again.
    pub(super) is_authorised: bool,
}

impl Frame {
    /// The frame of a page about this step, with the page's own frame around it.
    pub(super) fn new(manager: &Manager, bench: &Bench, step: Step) -> Result<(Self, Shell), Failure> {
        let (words, engine) = (manager.words, &manager.web.engine);
        let next = bench.next();
        let has_draft = match &bench.integration {
            Some(integration) if integration.is_published() => engine.has_draft(integration)?,
            _ => false,
        };
        let is_revoked = match &bench.integration {
            Some(integration) => integration.is_published() && integration.state()? == State::Revoked,
            None => false,
        };
        let link = |one: Step| StepLink {
            name: words.of("step-", one).to_string(),
            to: (one <= next && one != step).then(|| address(manager, bench.source.key, one)),
            is_done: one < next && one != step,
            is_current: one == step,
        };
        let frame = Self {
            source: bench.source.name,
            base: manager.at(format!("integrations/{}/set-up", bench.source.key)),
            dashboard: bench.is_published().then(|| manager.at(format!("integrations/{}", bench.source.key))),
            steps: Step::ALL.into_iter().map(link).collect(),
            has_draft,
            is_revoked,
            is_authorised: bench.is_authorised(),
        };
        let title = words.t("set-up-title").with("source", bench.source.name).with("step", words.of("step-", step));
        Ok((frame, manager.shell(title)))
    }

    /// The address of a step.
    pub(super) fn at(&self, step: Step) -> String {
        format!("{}/{}", self.base, last_part(step))
    }

    /// The address where the draft is reviewed.
    pub(super) fn review(&self) -> String {
        self.at(Step::Review)
    }
}
