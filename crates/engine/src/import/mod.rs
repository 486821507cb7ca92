//! An import: read → plan → guard → apply, one at a time for each integration.
//!
//! Up to the first change an import can fail, and then nothing has changed; from there it only
//! goes on (R30). Where it stands is in the database, so that whoever finds it interrupted goes on
//! with it under its number (R54).

mod absence;
pub(crate) mod alone;
mod answers;
mod apply;
mod exclusions;
mod failure;
mod fingerprint;
mod lease;
mod moves;
mod outcome;
mod pace;
mod plan;
mod progress;
mod read;
mod roll;
mod settle;
mod shared;
mod verdict;

use std::sync::OnceLock;

use domain::{
    ids::{ImportId, IntegrationId},
    import::{Purpose, State},
    plan::Counts,
};
use store::{
    Import, Integration, Programme, StoreError, StoreResult, at_work::AtWork, due::Follow, imports::Started,
    work::Lease,
};
use tracing::Instrument;

pub use failure::FAILURES;
pub(crate) use failure::{Failure, Stop};
pub(crate) use fingerprint::of as fingerprint_of;
pub(crate) use lease::kind as lease_kind;
pub use outcome::Report;
use progress::Progress;
pub use progress::{Silent, Watcher};

use crate::{Actor, Engine, EngineError, EngineResult, Refusal, halt::Halt, setup, setup::Agreed};

/// What an import is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// To bring the members in step, or only to show what would be done.
    pub purpose: Purpose,
    /// What started it, for the history.
    pub trigger: &'static str,
    /// Whether people are matched by e-mail and names, since the IDs were renumbered (R43).
    pub renumbered: bool,
}

/// An import that this process is working on.
pub(crate) struct Run<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) programme: &'a Programme,
    pub(crate) integration: &'a Integration,
    pub(crate) lease: &'a Lease,
    pub(crate) import: Import,
    /// Where the database has it.
    pub(crate) noted: State,
    /// Whether that, and the try, is where it stands: a stage that is over at once is not noted.
    pub(crate) is_noted: bool,
    /// Whether its plan was made here and holds nothing. Most imports find nobody changed: there is nothing to settle,
    /// count or apply then.
    pub(crate) is_empty: bool,
    /// Whether a plan of the integration may be on hold.
    pub(crate) has_held: bool,
    /// Up to when it is noted how long the work took, in microseconds of UTC.
    pub(crate) since: i64,
    pub(crate) progress: Progress<'a>,
    pub(crate) halt: &'a Halt,
}

impl Engine {
    /// Runs an import to its end: completed, on hold or failed. An import that was interrupted is
    /// gone on with instead of beginning another (R54).
    pub async fn import(
        &self,
        programme: &Programme,
        integration: &Integration,
        request: Request,
        watcher: &dyn Watcher,
    ) -> EngineResult<Report> {
        self.check_released().await?;
        let lease = self.take_lease(integration, watcher).await?;
        let begun = OnceLock::new();
        let work = async {
            let import = match self.interrupted(integration, &lease, request).await? {
                Some(import) => {
                    // Once it has begun to apply, it only goes on (R30).
                    if import.state()? != State::Applying {
                        self.check_in_operation(programme).await?;
                    }
                    import
                }
                None => self.begin(programme, integration, request).await?,
            };
            let import = begun.get_or_init(|| import);
            // Only now that the import is in the database: whoever revokes the integration from here on ends it.
            let at_work = self.at_work(import).await?.ok_or(StoreError::LeaseLost)?;
            self.work_on(&at_work, &lease, watcher, &Halt::never()).await
        };
        let outcome = self.while_leased(&lease, work).await;
        // The process may end now, and others need not wait until its count of requests is given up.
        self.rest_sources().await;
        self.unless_revoked(begun.get(), outcome).await
    }

    /// The report of an import that was ended from outside, since its integration was revoked; else what
    /// came of the work.
    async fn unless_revoked(&self, import: Option<&Import>, outcome: EngineResult<Report>) -> EngineResult<Report> {
        if let (Some(import), Err(EngineError::Store(StoreError::LeaseLost))) = (import, &outcome)
            && self.was_revoked(import).await?
        {
            return Ok(Report::of(&self.import_of(import.programme(), import.number()).await?)?);
        }
        outcome
    }

    /// Whether the import was ended since its integration was revoked.
    async fn was_revoked(&self, import: &Import) -> EngineResult<bool> {
        let now = self.import_of(import.programme(), import.number()).await?;
        Ok(now.failure_code.as_deref() == Some(setup::REVOKED))
    }

    /// Goes on with an import, or begins one that waits, for whoever has just taken the lease; tells whether there
    /// was anything to do.
    pub(crate) async fn go_on_with(
        &self,
        import: &Import,
        lease: &Lease,
        watcher: &dyn Watcher,
        halt: &Halt,
    ) -> EngineResult<bool> {
        let work = async {
            // Somebody may have finished it between the look and the lease.
            let Some(at_work) = self.at_work(import).await? else { return Ok(false) };
            self.work_on(&at_work, lease, watcher, halt).await.map(|_| true)
        };
        match self.while_leased(lease, work).await {
            Err(EngineError::Store(StoreError::LeaseLost)) if self.was_revoked(import).await? => Ok(true),
            Err(EngineError::Halted) => {
                // The lease is given up by now: others need not wait until they look by themselves.
                if let Err(error) = self.store.tell_of_imports().await {
                    tracing::debug!(error = error.for_log(), "others could not be told that an import waits");
                }
                Err(EngineError::Halted)
            }
            worked => worked,
        }
    }

    /// The import of the same integration that is to be worked on now, mostly this one, and what it belongs to.
    pub(crate) async fn at_work(&self, import: &Import) -> EngineResult<Option<AtWork>> {
        Ok(self.store.at_work(import.programme(), IntegrationId(import.integration_id)).await?)
    }

    /// The import to go on with. A preview does not go on with an import that would change
    /// something, and nothing goes on with an interrupted preview.
    async fn interrupted(
        &self,
        integration: &Integration,
        lease: &Lease,
        request: Request,
    ) -> EngineResult<Option<Import>> {
        let found = self.store.at_work(integration.programme(), integration.number()).await?;
        let Some(AtWork { import, .. }) = found else { return Ok(None) };
        let preview = import.purpose == Purpose::Preview.as_str();
        if !preview && request.purpose == Purpose::Apply {
            return Ok(Some(import));
        }
        let state = import.state()?;
        // Nobody's wish is thrown away that has only just been made.
        if !preview && state == State::Queued {
            return Err(EngineError::AlreadyRunning(Some(import.number())));
        }
        if state == State::Applying {
            return Err(Refusal::ImportApplying { import: import.number() }.into());
        }
        self.abandon(import, lease).await?;
        Ok(None)
    }

    /// An import that begins here and now.
    async fn begin(&self, programme: &Programme, integration: &Integration, request: Request) -> EngineResult<Import> {
        self.check_in_operation(programme).await?;
        self.check_may_import(&self.reload(integration).await?, request.purpose)?;
        let import = self.new_import(integration, request).await?;
        if let Started::Busy(running) = self.store.add_import_unless_running(&import).await? {
            return Err(EngineError::AlreadyRunning(Some(running)));
        }
        self.note_start(&import, &Actor::command()).await?;
        Ok(import)
    }

    /// The row of an import that was asked for.
    pub(crate) async fn new_import(&self, integration: &Integration, request: Request) -> EngineResult<Import> {
        let people = self.store.people_read(&[integration]).await?.remove(&integration.number());
        Ok(self.import_row(integration, request, people.transpose()?.unwrap_or_default())?)
    }

    /// The same, where it is known how many people the last import read: as many are expected of this one, for whoever
    /// chooses between imports that wait.
    pub(crate) fn import_row(&self, integration: &Integration, request: Request, people: u64) -> StoreResult<Import> {
        let mut import = Import {
            programme_id: integration.programme_id,
            id: self.new_id(),
            integration_id: integration.id,
            purpose: request.purpose.as_str().to_owned(),
            trigger: request.trigger.to_owned(),
            person: None,
            renumbered: request.renumbered,
            state: State::Queued.as_str().to_owned(),
            stage_since: self.now(),
            try_number: 0,
            progress_done: 0,
            progress_total: i64::try_from(people).unwrap_or(i64::MAX),
            cursor: -1,
            counts: String::new(),
            members_before: 0,
            held_by: String::new(),
            held_because: String::new(),
            facts: None,
            settings_print: None,
            plan_print: None,
            leavers_print: None,
            approved: None,
            answered_by: None,
            failure_code: None,
            failure: None,
            created_at: self.now(),
            held_at: None,
            finished_at: None,
            duration_ms: 0,
            people_removed_at: None,
        };
        import.set_counts(&Counts::default())?;
        Ok(import)
    }

    pub(crate) async fn work_on(
        &self,
        at_work: &AtWork,
        lease: &Lease,
        watcher: &dyn Watcher,
        halt: &Halt,
    ) -> EngineResult<Report> {
        let AtWork { programme, integration, import } = at_work;
        let run = Run {
            engine: self,
            programme,
            integration,
            lease,
            import: import.clone(),
            noted: import.state()?,
            is_noted: true,
            is_empty: false,
            has_held: true,
            since: self.now(),
            progress: Progress::new(watcher),
            halt,
        };
        let span = moves::span(import, &programme.slug);
        run.finish().instrument(span).await
    }
}

impl Run<'_> {
    /// The number of the import.
    pub(crate) fn number(&self) -> ImportId {
        self.import.number()
    }

    /// Works from where the import stands to its end.
    async fn finish(mut self) -> EngineResult<Report> {
        tracing::info!(state = self.import.state, takeovers = self.lease.takeovers, "working on an import");
        if self.import.state()? == State::Applying {
            self.engine.store.learn_tables(&self.import).await;
        } else if self.lease.is_of_no_avail() {
            // Whoever tried once more might go the way of those before, and all else that they work on with them.
            let failure = Failure::KeepsBreakingOff(self.lease.takeovers);
            return self.fail(&failure).await;
        } else {
            let halt = self.halt;
            let planned = tokio::select! {
                planned = self.plan() => planned,
                // Nothing has changed so far: there is nothing to finish first.
                () = halt.asked() => Err(Stop::Broke(EngineError::Halted)),
            };
            match planned {
                Ok(()) => {}
                Err(Stop::Failed(failure)) => return self.fail(&failure).await,
                Err(Stop::Broke(error)) => return Err(error),
            }
        }
        if self.import.state()? == State::Applying {
            self.apply().await?;
        }
        self.report()
    }

    /// Moves the import from where it stands; whoever else moved it has the last word.
    pub(crate) async fn move_to(&mut self, to: State, mails: &[store::Mail]) -> EngineResult<()> {
        // A plan that was just made: the source could be read, and what was agreed to has been looked at.
        let has_read = matches!(self.import.state()?, State::Reading | State::Planning)
            && matches!(to, State::Applying | State::OnHold | State::Completed);
        let (engine, programme, begun) = (self.engine, self.programme, self.import.created_at);
        let follow = |integration: &mut Integration| {
            engine.after_a_read(programme, integration)?;
            Agreed::use_up(integration, begun);
            Ok(Vec::new())
        };
        let mut after = self.integration.clone();
        follow(&mut after)?;
        // Mostly it changes nothing.
        let follows = has_read && after != *self.integration;
        self.move_with(to, mails, follows.then_some(&follow)).await
    }

    /// Enters a stage that may be over at once: it is noted before anything is staged, and as soon as it takes a while.
    pub(crate) fn enter(&mut self, stage: State) {
        stage.as_str().clone_into(&mut self.import.state);
        self.is_noted = false;
        self.progress.begin();
    }

    /// Notes the stage that was entered.
    pub(crate) async fn note_stage(&mut self) -> EngineResult<()> {
        let stage = self.import.state()?;
        if self.is_noted { Ok(()) } else { self.move_with(stage, &[], None).await }
    }

    /// The same, and with it what that means for the integration.
    pub(crate) async fn move_and(&mut self, to: State, mails: &[store::Mail], follow: &Follow<'_>) -> EngineResult<()> {
        self.move_with(to, mails, Some(follow)).await
    }

    async fn move_with(&mut self, to: State, mails: &[store::Mail], follow: Option<&Follow<'_>>) -> EngineResult<()> {
        let from = self.noted;
        let now = self.engine.now();
        to.as_str().clone_into(&mut self.import.state);
        self.import.stage_since = now;
        let worked = (now - self.since).max(0) / 1_000;
        self.import.duration_ms += worked;
        self.since += worked * 1_000;
        if self.engine.move_import(Some(self.lease), from, &self.import, mails, follow).await? {
            (self.noted, self.is_noted) = (to, true);
            self.engine.wake.progress.notify_waiters();
            return Ok(());
        }
        Err(StoreError::LeaseLost.into())
    }
}
