//! How an import ends, who is told, and how it is reported.

use domain::{
    email, hold,
    ids::ImportId,
    import::{Purpose, State},
    plan::Counts,
};
use serde::Serialize;
use store::{Import, Integration, Mail, StoreError, work::Lease};
use uuid::Uuid;

use super::{Failure, Run};
use crate::{
    Engine, EngineResult,
    failing::{Failed, Mails},
};

/// An import in numbers, as commands print it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Its number.
    pub import: ImportId,
    /// How it ended; a preview ends as the import would, on hold or through.
    pub state: State,
    /// What the plan comes to.
    #[serde(flatten)]
    pub counts: Counts,
    /// The guards that hold it.
    pub held_by: Vec<String>,
    /// Why it failed.
    pub failure: Option<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: i64,
    /// The guards that hold it, in words.
    #[serde(skip)]
    pub held_because: Vec<String>,
    /// The stable code of the failure.
    #[serde(skip)]
    pub failure_code: Option<String>,
    /// Whether it was only a preview.
    #[serde(skip)]
    pub preview: bool,
}

impl Report {
    /// The report of an import as the database has it.
    pub fn of(import: &Import) -> Result<Self, StoreError> {
        let list = |text: &str, at| text.split(at).filter(|part: &&str| !part.is_empty()).map(str::to_owned).collect();
        let state = match import.state()? {
            State::Previewed if import.held_by.is_empty() => State::Completed,
            State::Previewed => State::OnHold,
            state => state,
        };
        Ok(Self {
            import: import.number(),
            state,
            counts: import.counts()?,
            held_by: list(&import.held_by, ','),
            failure: import.failure.clone(),
            duration_ms: import.duration_ms,
            held_because: list(&import.held_because, '\n'),
            failure_code: import.failure_code.clone(),
            preview: import.purpose == Purpose::Preview.as_str(),
        })
    }
}

impl Run<'_> {
    pub(super) fn report(&self) -> EngineResult<Report> {
        Ok(Report::of(&self.import)?)
    }

    /// A mail to the owner about this import.
    pub(super) fn mail(&self, kind: &str) -> Mail {
        self.engine.mail_to_owner(kind, &self.import, &self.integration.owner)
    }

    /// The same to the owner and to whoever else is told of imports; `calls` tells whether it is for those
    /// too who only want to hear when something calls for them (R51).
    pub(super) fn mails(&self, kind: &str, calls: bool) -> EngineResult<Vec<Mail>> {
        let mut told = vec![email::key(&self.integration.owner)];
        let mut mails = vec![self.mail(kind)];
        for recipient in self.integration.recipients()? {
            let key = email::key(&recipient.address);
            if (calls || !recipient.failures_only) && !told.contains(&key) {
                mails.push(self.engine.mail_to_owner(kind, &self.import, &recipient.address));
                told.push(key);
            }
        }
        Ok(mails)
    }

    /// The import failed: nothing has changed, and its plan is of no use to anybody.
    pub(super) async fn fail(mut self, failure: &Failure) -> EngineResult<Report> {
        self.engine.meters.failed(failure.code());
        self.staged().discard(self.lease, true).await?;
        self.import.set_counts(&Counts::default())?;
        self.import.failure_code = Some(failure.code().to_owned());
        self.import.failure = Some(failure.to_string());
        self.import.finished_at = Some(self.engine.now());
        if self.import.purpose != Purpose::Apply.as_str() {
            self.move_to(State::Failed, &[]).await?;
            return self.report();
        }
        let mails = Mails {
            reconnect: vec![self.mail("reconnect-needed")],
            failed: self.mails("import-failed", true)?,
            paused: self.mails("paused", true)?,
        };
        let refused = failure.is_refusal();
        let (engine, as_before) = (self.engine, self.fails_as_before(failure).await?);
        let import = self.import.clone();
        let failed = Failed { import: &import, refused, as_before };
        let follow = |integration: &mut Integration| engine.after_a_failure(&failed, integration, mails.clone());
        self.move_and(State::Failed, &[], &follow).await?;
        self.report()
    }

    /// Whether the newest import that failed did so for the same reason.
    async fn fails_as_before(&self, failure: &Failure) -> EngineResult<bool> {
        let (programme, integration) = (self.import.programme(), self.integration.number());
        let purpose = Purpose::Apply.as_str();
        let before = self.engine.store.newest_import(programme, integration, purpose, &[State::Failed]).await?;
        let before = before.filter(|_| self.integration.streak().is_some());
        Ok(before.is_some_and(|before| before.failure_code.as_deref() == Some(failure.code())))
    }

    /// The plan waits for an administrator. They are told, unless they know already: a newer plan
    /// with the same leavers takes the place of the one that waits, or was rejected, in silence (R46).
    pub(super) async fn hold(&mut self) -> EngineResult<()> {
        let store = &self.engine.store;
        let (programme, integration) = (self.import.programme(), self.integration.number());
        let answered = [State::OnHold, State::Rejected, State::Superseded, State::Completed, State::Lapsed];
        let before = store.newest_import(programme, integration, Purpose::Apply.as_str(), &answered).await?;
        let before = before.as_ref().map(|before| Ok::<_, StoreError>((before.state()?, question(before))));
        let known = hold::is_asked_again(before.transpose()?, question(&self.import));
        self.supersede_held().await?;
        self.import.held_at = Some(self.engine.now());
        let mails: Vec<Mail> = if known { Vec::new() } else { self.mails("on-hold", true)? };
        self.move_to(State::OnHold, &mails).await
    }

    /// A newer plan takes the place of one that waits.
    pub(super) async fn supersede_held(&self) -> EngineResult<()> {
        if !self.has_held {
            return Ok(());
        }
        let (programme, integration) = (self.import.programme(), self.integration.number());
        let store = &self.engine.store;
        let purpose = Purpose::Apply.as_str();
        while let Some(mut held) = store.newest_import(programme, integration, purpose, &[State::OnHold]).await? {
            if held.id == self.import.id {
                break;
            }
            State::Superseded.as_str().clone_into(&mut held.state);
            held.finished_at = Some(self.engine.now());
            self.engine.move_import(Some(self.lease), State::OnHold, &held, &[], None).await?;
        }
        Ok(())
    }
}

/// What an administrator is asked by a plan on hold.
fn question(import: &Import) -> hold::Question<'_> {
    hold::Question { leavers: import.leavers_print.as_deref().unwrap_or_default(), guards: &import.held_by }
}

impl Engine {
    /// A mail to an owner about an import.
    pub(crate) fn mail_to_owner(&self, kind: &str, import: &Import, owner: &str) -> Mail {
        self.mail_to_owner_of(kind, import.programme_id, import.number(), owner)
    }

    /// The same, where only the import's number is known.
    pub(crate) fn mail_to_owner_of(&self, kind: &str, programme: Uuid, import: ImportId, owner: &str) -> Mail {
        self.mail_to_administrator(programme, kind, Some(import.0), owner)
    }

    /// Ends an interrupted import that had not changed anything.
    pub(super) async fn abandon(&self, mut import: Import, lease: &Lease) -> EngineResult<()> {
        let from = import.state()?;
        self.store.plan(import.programme(), import.number(), import.try_number).discard(lease, true).await?;
        State::Failed.as_str().clone_into(&mut import.state);
        import.failure_code = Some(Failure::Interrupted.code().to_owned());
        import.failure = Some(Failure::Interrupted.to_string());
        import.finished_at = Some(self.now());
        self.move_import(Some(lease), from, &import, &[], None).await?;
        Ok(())
    }
}
