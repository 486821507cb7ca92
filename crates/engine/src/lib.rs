//! What an administrator can do, each a function here that the command line, the pages and the API
//! only call: set-up, imports, holds, decisions, history, delivery.

pub mod administrators;
pub mod audit;
pub mod care;
mod closing;
pub mod customers;
mod decide;
mod deliver;
mod due;
mod error;
pub mod events;
mod failing;
#[cfg(feature = "fuzz")]
pub mod fuzz;
mod halt;
mod history;
mod holds;
mod home;
pub mod import;
mod key;
mod ledger;
mod mails;
mod members;
mod meters;
mod outbox;
mod owners;
mod post;
mod problem_texts;
mod programmes;
mod progress;
mod proof;
mod pulse;
mod questions;
mod queue;
mod refusal;
mod retention;
pub mod setup;
pub mod site;
mod source;
pub mod spreadsheet;
mod try_person;
pub mod wordings;
mod work;
mod world;

use std::{collections::HashMap, path::PathBuf, sync::Arc, time::Duration};

use sources::personio::{Connections, Limiter};
use store::{Integration, Programme, Store};
use tokio::sync::{Mutex, Semaphore};
use uuid::Uuid;

pub use audit::{Actor, ActorKind, Deed};
pub use closing::{Closing, Done as ClosingDone, Extent, LIST, Replayed, Told};
pub use decide::Answer;
pub use error::{EngineError, EngineResult, SettingError};
pub use failing::Failing;
pub use history::Hold;
pub use holds::{HoldAnswer, Scope};
pub use home::{Dashboard, Heads, Health, Home, Need, Point, Week};
pub use key::{KeyError, Rotated, SecretKey, Unreadable};
pub use members::{
    Act, Event, Excluded, LOCK_DAYS, Like, LineAnswer, LineProblem, MemberCounts, MemberEntries, Next, Origin,
    UploadFile, Ways, answers_of, changed_by_line, problems_of,
};
pub use meters::Meters;
pub use outbox::{MailRefusal, MailView, PostState, Posted, Shown};
pub use post::{MailServer, Standstill};
pub use problem_texts::{PlainEnglish, ProblemTexts};
pub use progress::Progress;
pub use pulse::Pulse;
pub use questions::{Decided, Question};
pub use queue::Once;
pub use refusal::{Detail, Refusal};
pub use retention::Gone;
pub use try_person::{Candidate, Read, SharedAttribute, Shares, Trial, TriedPerson, TriedValue};
pub use world::{World, short_name};

/// How an installation is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where delivered mails are written, one `.eml` file each.
    pub mail_directory: PathBuf,
    /// What links in mails begin with.
    pub public_url: String,
    /// How long a page of the source may go without a good answer (R6).
    pub page_patience: Duration,
    /// Where the source of integrations is reached that are set up step by step; `None` is its usual address.
    pub source_base_url: Option<String>,
    /// Requests a minute for such integrations, in place of the source's own limit; 0 is none.
    pub source_requests_per_minute: Option<u32>,
}

/// How many imports a process works on at once, where nothing else is said.
pub const IMPORTS_AT_ONCE: usize = 4;

/// Everything that Rollcall does, over one database.
#[derive(Clone)]
pub struct Engine {
    store: Store,
    key: SecretKey,
    world: Arc<dyn World>,
    settings: Settings,
    /// The limits hold for credentials, whichever import uses them (R6).
    limiters: Arc<Mutex<HashMap<String, Limiter>>>,
    /// The way to sources.
    connections: Connections,
    /// What is remembered of sources while somebody sets them up.
    desk: Arc<setup::Desk>,
    /// Wakes whoever works in the background: something waits.
    wake: Arc<work::Wake>,
    /// How many imports this process works on at once.
    imports_at_once: usize,
    /// The imports that somebody in this process watches.
    watched: progress::Watched,
    /// The way out for events.
    hooks: Arc<events::Hooks>,
    /// The way out for mails.
    post: Arc<post::Post>,
    /// What is counted.
    meters: Meters,
    /// Whether the work in the background goes on.
    pulse: Pulse,
    /// Where erasures are listed outside the database, if they are.
    erasures: Option<Arc<closing::List>>,
    /// How many passwords are checked at once: each takes memory, and all of a core, for a moment.
    hashers: Arc<Semaphore>,
}

impl Engine {
    /// An engine over an open database.
    pub fn new(store: Store, key: SecretKey, world: Arc<dyn World>, settings: Settings) -> Self {
        Self {
            store,
            key,
            world,
            settings,
            limiters: Arc::default(),
            connections: Connections::default(),
            desk: Arc::default(),
            wake: Arc::default(),
            imports_at_once: IMPORTS_AT_ONCE,
            watched: Arc::default(),
            hooks: Arc::default(),
            post: Arc::default(),
            meters: Meters::default(),
            pulse: Pulse::default(),
            erasures: None,
            hashers: Arc::new(Semaphore::new(2)),
        }
    }

    /// The same, working on so many imports at once, of different integrations; 0 counts as 1.
    #[must_use]
    pub fn with_imports_at_once(self, imports: usize) -> Self {
        Self { imports_at_once: imports.max(1), ..self }
    }

    /// The database underneath.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What time it is for this engine, in microseconds of UTC.
    pub fn now(&self) -> i64 {
        self.world.now().as_microsecond()
    }

    /// What links begin with.
    pub fn public_url(&self) -> &str {
        &self.settings.public_url
    }

    /// What this process has counted.
    pub fn meters(&self) -> &Meters {
        &self.meters
    }

    /// Whether the work in the background goes on.
    pub fn pulse(&self) -> &Pulse {
        &self.pulse
    }

    /// Whether no mail goes at the moment, though some are due: nothing to do with any one of them.
    pub async fn mails_stand_still(&self) -> bool {
        self.post.standstill().await.is_some()
    }

    /// A short name for something that is asked: twelve letters and digits that are not mistaken for one another.
    pub fn request_id(&self) -> String {
        short_name(&*self.world)
    }

    /// How many things in the programme wait for an administrator.
    pub async fn waiting(&self, programme: &Programme) -> EngineResult<u64> {
        Ok(self.store.waiting(programme.number()).await?)
    }

    fn new_id(&self) -> Uuid {
        world::new_id(&*self.world)
    }

    /// The programme with this name in commands.
    pub async fn programme(&self, slug: &str) -> EngineResult<Programme> {
        let found = self.store.programme(slug).await?;
        found.ok_or_else(|| EngineError::NotFound {
            what: format!("There is no programme “{slug}”."),
            remedy: "Set one up with `rollcall programme create` or `rollcall integration apply FILE.toml`.".to_owned(),
        })
    }

    /// The programme's integration: the one with this HR system, or its only one.
    pub async fn integration(&self, programme: &Programme, source: Option<&str>) -> EngineResult<Integration> {
        let mut integrations = self.store.integrations(programme.number()).await?;
        if let Some(source) = source {
            integrations.retain(|integration| integration.source == source);
        }
        match integrations.len() {
            1 => Ok(integrations.remove(0)),
            0 => Err(EngineError::NotFound {
                what: format!(
                    "The programme “{}” has no integration{}.",
                    programme.slug,
                    source.map(|source| format!(" with “{source}”")).unwrap_or_default()
                ),
                remedy: "Set one up with `rollcall integration apply FILE.toml`.".to_owned(),
            }),
            _ => Err(Refusal::SeveralIntegrations { programme: programme.slug.clone() }.into()),
        }
    }
}
