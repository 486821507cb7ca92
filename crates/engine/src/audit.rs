//! Who does something, and the log of what was done.

use domain::ids::ProgrammeId;
use serde::Serialize;
use store::Audit;

use crate::{Engine, EngineResult};

/// Whoever asks for something that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// What they are.
    pub kind: ActorKind,
    /// Their name or address, for people.
    pub name: String,
    /// The network address that they ask from.
    pub address: Option<String>,
}

/// What somebody is who asks for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// A person in the portal.
    Administrator,
    /// A member, in their own account.
    Member,
    /// A program with a token.
    Token,
    /// Whoever runs commands on the machine.
    Command,
    /// Rollcall itself.
    System,
}

impl ActorKind {
    /// The name in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Member => "member",
            Self::Token => "token",
            Self::Command => "command",
            Self::System => "system",
        }
    }
}

/// The name that a command goes by.
const COMMAND: &str = "command line";

/// The person that a name in a row stands for; none where a command did it.
pub(crate) fn person(name: String) -> Option<String> {
    (name != COMMAND).then_some(name)
}

impl Actor {
    /// Whoever runs commands on the machine.
    pub fn command() -> Self {
        Self { kind: ActorKind::Command, name: COMMAND.to_owned(), address: None }
    }

    /// Rollcall itself.
    pub fn system() -> Self {
        Self { kind: ActorKind::System, name: "Rollcall".to_owned(), address: None }
    }
}

/// What was done, and to what.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'a, B, A> {
    /// Such as `integration.published`.
    pub action: &'a str,
    /// To what, for people.
    pub subject: &'a str,
    /// How it was; never a secret.
    pub before: Option<B>,
    /// How it is now; never a secret.
    pub after: Option<A>,
}

impl<'a> Deed<'a, (), ()> {
    /// Something of which there is no before and after.
    pub fn new(action: &'a str, subject: &'a str) -> Self {
        Self { action, subject, before: None, after: None }
    }
}

impl Engine {
    /// Notes what somebody did.
    pub async fn note<B: Serialize, A: Serialize>(
        &self,
        programme: ProgrammeId,
        by: &Actor,
        deed: Deed<'_, B, A>,
    ) -> EngineResult<()> {
        Ok(self.store.add_audit(&self.entry(programme, by, deed)).await?)
    }

    /// The same as an entry of the log, for whoever writes it together with the deed.
    pub(crate) fn entry<B: Serialize, A: Serialize>(
        &self,
        programme: ProgrammeId,
        by: &Actor,
        deed: Deed<'_, B, A>,
    ) -> Audit {
        Audit {
            programme_id: programme.0,
            id: self.new_id(),
            at: self.now(),
            actor_kind: by.kind.as_str().to_owned(),
            actor: by.name.clone(),
            address: by.address.clone(),
            action: deed.action.to_owned(),
            subject: deed.subject.to_owned(),
            before: deed.before.and_then(|before| serde_json::to_string(&before).ok()),
            after: deed.after.and_then(|after| serde_json::to_string(&after).ok()),
        }
    }
}
