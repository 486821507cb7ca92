//! *Authorize*: credentials are tried, and kept aside until an administrator takes them.
//!
//! Trying them runs by itself, since a large company takes a while: whoever waits asks how far it is. What
//! is found good is kept sealed beside the integration, and how far the newest check is stands in the database, so
//! that any node can tell.

use std::collections::HashSet;

use domain::{
    field::Field,
    print::WidePrint,
    record::{Asked, Attribute, Value},
    setup::Draft,
};
use futures::{StreamExt, TryStreamExt};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sources::{Source, SourceError, personio};
use store::{
    Integration, StoreError,
    checks::{Check, HEARTBEAT},
};
use uuid::Uuid;

use super::{
    desk::PATIENCE,
    life::reconnect,
    waiting::{Pending, Waiting},
};
use crate::{Actor, Deed, Engine, EngineResult, Refusal, source::Access};

/// How long credentials that were found good may wait to be taken, in microseconds: a day.
const PENDING_FOR: i64 = 24 * 60 * 60 * 1_000_000;

/// What came of trying credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authorisation {
    /// They open the HR system, and share what is needed.
    Connected(Opened),
    /// They open another company: fewer than half of the members are there. To take them after all, the
    /// number of members has to be typed.
    OtherCompany {
        /// What they open.
        opened: Opened,
        /// How many of the current members were recognised by their employee ID.
        recognised: u64,
        /// How many current members there are.
        members: u64,
    },
    /// The HR system does not accept them.
    WrongCredentials,
    /// They are good, and lack a right without which nobody can be judged (R8).
    RightMissing(Right),
    /// The HR system gave no good answer.
    Unreachable {
        /// The stable code of what went wrong; `other` where it was not the HR system.
        code: String,
        /// What went wrong, in English.
        detail: String,
    },
    /// The HR system goes on refusing for too many requests.
    Limited,
}

impl Authorisation {
    /// Whether an administrator may take the credentials, if need be with a number typed.
    fn may_be_taken(&self) -> bool {
        matches!(self, Self::Connected(_) | Self::OtherCompany { .. })
    }
}

/// What credentials open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// How many people there are, whatever their status.
    pub employees: u64,
    /// What is shared.
    pub attributes: Vec<Attribute>,
    /// Attributes that are mapped, or usually are, and not shared: it goes on without them.
    pub missing: Vec<String>,
}

/// A right that credentials lack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// To read employees at all.
    Employees,
    /// To read this attribute, by key.
    Attribute(String),
}

/// How far the newest check of an integration's credentials is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checking {
    /// There is none, or the node that made it is gone: enter the credentials again.
    Nothing,
    /// It runs.
    Running,
    /// It is over.
    Done(Authorisation),
}

impl Engine {
    /// Begins to try credentials; [`Engine::authorisation`] tells how far it is. A check that runs already
    /// is forgotten. Nothing changes for imports until [`Engine::finish_authorisation`].
    pub async fn check_credentials(
        &self,
        integration: &Integration,
        client_id: &str,
        client_secret: SecretString,
    ) -> EngineResult<()> {
        let (engine, integration, client_id) = (self.clone(), integration.clone(), client_id.trim().to_owned());
        let number = self.new_id();
        let (programme, of) = (integration.programme(), integration.number());
        self.store.begin_check(programme, of, number, &client_id).await?;
        tokio::spawn(async move {
            let ended = tokio::select! {
                ended = engine.check_and_keep(&integration, client_id, &client_secret, number) => ended,
                // A newer one has taken its place.
                () = engine.keep_check_alive(&integration, number) => return,
            };
            if let Err(error) = ended {
                tracing::warn!(
                    error = error.for_log().as_ref(),
                    "what came of a check of credentials could not be noted"
                );
            }
        });
        Ok(())
    }

    async fn check_and_keep(
        &self,
        integration: &Integration,
        client_id: String,
        client_secret: &SecretString,
        number: Uuid,
    ) -> EngineResult<()> {
        let tried = self.try_credentials(integration, &client_id, client_secret).await;
        let found = tried.unwrap_or_else(|error| {
            tracing::warn!(error = error.for_log().as_ref(), "credentials could not be checked");
            unreachable("other", &error)
        });
        let (programme, of) = (integration.programme(), integration.number());
        if !self.store.keep_check(programme, of, number).await? {
            return Ok(());
        }
        let kept = self.keep_pending(integration, client_id, client_secret, &found).await;
        let found = kept.map_or_else(|error| unreachable("other", &error), |()| found);
        let outcome = serde_json::to_string(&found).map_err(StoreError::row)?;
        Ok(self.store.end_check(programme, of, number, &outcome).await?)
    }

    /// Says that a check goes on, until there is a newer one.
    async fn keep_check_alive(&self, integration: &Integration, number: Uuid) {
        let (programme, of) = (integration.programme(), integration.number());
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            match self.store.keep_check(programme, of, number).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    tracing::warn!(
                        error = error.for_log(),
                        "it could not be noted that a check of credentials goes on"
                    );
                }
            }
        }
    }

    /// How far the newest check of the integration's credentials is, whichever node makes it.
    pub async fn authorisation(&self, integration: &Integration) -> EngineResult<Checking> {
        let check = self.store.check(integration.programme(), integration.number()).await?;
        Ok(match check {
            Some(Check { outcome: Some(outcome), .. }) => {
                let found: Authorisation = serde_json::from_str(&outcome).map_err(StoreError::row)?;
                // What may be taken is told as long as it waits to be.
                let waits = !found.may_be_taken() || self.pending(&self.reload(integration).await?)?.is_some();
                if waits { Checking::Done(found) } else { Checking::Nothing }
            }
            Some(check) if !check.is_broken_off => Checking::Running,
            _ => match self.pending(integration)? {
                Some(pending) => Checking::Done(pending.found),
                None => Checking::Nothing,
            },
        })
    }

    /// The client ID of the newest check, so that nobody has to type it again to correct the secret.
    pub async fn client_id_tried(&self, integration: &Integration) -> EngineResult<Option<String>> {
        let check = self.store.check(integration.programme(), integration.number()).await?;
        Ok(check.map(|check| check.client_id))
    }

    fn pending(&self, integration: &Integration) -> EngineResult<Option<Pending>> {
        let pending = Waiting::of(integration)?.pending;
        Ok(pending.filter(|pending| self.now() - pending.at <= PENDING_FOR))
    }

    /// Takes the credentials that were found good. Those that open another company are taken only with the
    /// number of members typed. A refused integration is live again, or paused
    /// as it was by hand before; a revoked one once it is published.
    pub async fn finish_authorisation(
        &self,
        integration: &Integration,
        confirmed_members: Option<u64>,
        by: &Actor,
    ) -> EngineResult<Integration> {
        let (seen, now, opened) = self
            .change(integration, |integration| {
                let Some(pending) = self.pending(integration)? else {
                    return Err(Refusal::NothingChecked {}.into());
                };
                let opened = confirmed(pending.found, confirmed_members)?;
                integration.client_id = Some(pending.client_id);
                integration.secret = Some(pending.secret);
                reconnect(integration)?;
                Waiting { pending: None, ..Waiting::of(integration)? }.write(integration)?;
                Ok(opened)
            })
            .await?;
        self.forget_source(&seen).await?;
        self.remember_attributes(&now, opened.attributes.into());
        let deed = Deed {
            action: "integration.authorised",
            subject: &seen.source,
            before: Some(&seen.state),
            after: Some(&now.state),
        };
        self.note(seen.programme(), by, deed).await?;
        Ok(now)
    }

    /// Keeps what was found good beside the integration.
    async fn keep_pending(
        &self,
        integration: &Integration,
        client_id: String,
        client_secret: &SecretString,
        found: &Authorisation,
    ) -> EngineResult<()> {
        if !found.may_be_taken() {
            return Ok(());
        }
        let secret = self.key.seal(client_secret, integration.id, &*self.world)?;
        let pending = Pending { at: self.now(), client_id, secret, found: found.clone() };
        let keep = |integration: &mut Integration| {
            Waiting { pending: Some(pending.clone()), ..Waiting::of(integration)? }.write(integration)
        };
        self.change(integration, keep).await.map(drop)
    }

    async fn try_credentials(
        &self,
        integration: &Integration,
        client_id: &str,
        client_secret: &SecretString,
    ) -> EngineResult<Authorisation> {
        let access = Access {
            base_url: integration.base_url.clone(),
            client_id: client_id.to_owned(),
            client_secret: client_secret.clone(),
            requests_per_minute: integration.requests_per_minute.and_then(|number| u32::try_from(number).ok()),
            patience: Some(PATIENCE),
        };
        match self.source(access).await {
            Ok(source) => self.what_opens(integration, &source).await,
            Err(error) => Ok(unreachable("other", &error)),
        }
    }

    /// What a source's credentials open, for this integration.
    pub(super) async fn what_opens(
        &self,
        integration: &Integration,
        source: &dyn Source,
    ) -> EngineResult<Authorisation> {
        let attributes = async {
            source.check().await?;
            source.attributes().await
        };
        let attributes = match attributes.await {
            Ok(attributes) => attributes,
            Err(error) => return Ok(not_opened(error)),
        };
        let draft = self.draft_of(integration)?;
        if let Some(attribute) = missing_right(&draft, &attributes) {
            return Ok(Authorisation::RightMissing(Right::Attribute(attribute)));
        }
        let employee_id = self.published_of(integration)?.map_or(draft.employee_id.clone(), |draft| draft.employee_id);
        let members = self.member_ids(integration).await?;
        let (employees, recognised) = match recognise(source, &employee_id, &members).await {
            Ok(found) => found,
            Err(error) => return Ok(not_opened(error)),
        };
        let members = members.len() as u64;
        let missing = missing(&draft, &attributes);
        let opened = Opened { employees, attributes, missing };
        if recognised * 2 < members {
            return Ok(Authorisation::OtherCompany { opened, recognised, members });
        }
        Ok(Authorisation::Connected(opened))
    }

    /// The employee IDs of the current members.
    async fn member_ids(&self, integration: &Integration) -> EngineResult<HashSet<WidePrint>> {
        let index = self.store.member_index(integration.programme(), integration.number()).await?;
        let current = index.try_filter(|member| std::future::ready(member.is_current));
        Ok(current.map_ok(|member| WidePrint::of(&member.employee_id)).try_collect().await?)
    }
}

/// What may be taken: everything that connected, and another company only with the number typed.
pub(super) fn confirmed(found: Authorisation, members: Option<u64>) -> EngineResult<Opened> {
    match found {
        Authorisation::Connected(opened) => Ok(opened),
        Authorisation::OtherCompany { opened, members: there, .. } if members == Some(there) => Ok(opened),
        Authorisation::OtherCompany { recognised, members, .. } => {
            Err(Refusal::OtherCompany { recognised, members }.into())
        }
        _ => Err(Refusal::NotFoundGood {}.into()),
    }
}

/// How many people there are, and how many of the members are among them. Only IDs are read (R4), and no
/// more of them than it takes to recognise half of the members.
async fn recognise(
    source: &dyn Source,
    employee_id: &str,
    members: &HashSet<WidePrint>,
) -> Result<(u64, u64), SourceError> {
    let mut pages = source.read(Asked::new([employee_id]));
    let (mut employees, mut recognised) = (0, HashSet::new());
    while let Some(page) = pages.next().await {
        let page = page?;
        employees = page.total;
        let ids = page.records.iter().filter_map(|record| record.at(0)).map(|id| WidePrint::of(&Value::to_line(id)));
        recognised.extend(ids.filter(|id| members.contains(id)));
        if recognised.len() * 2 >= members.len() {
            break;
        }
    }
    Ok((employees, recognised.len() as u64))
}

fn not_opened(error: SourceError) -> Authorisation {
    match error {
        SourceError::CredentialsRefused { .. } => Authorisation::WrongCredentials,
        SourceError::Forbidden { .. } => Authorisation::RightMissing(Right::Employees),
        SourceError::Limited { .. } => Authorisation::Limited,
        other => unreachable(other.code(), &other),
    }
}

fn unreachable(code: &str, error: &dyn std::error::Error) -> Authorisation {
    Authorisation::Unreachable { code: code.to_owned(), detail: error.to_string() }
}

/// The first attribute that nobody can be judged without and that is not shared (R8). Before anything is
/// mapped, the address is looked for where it usually is.
fn missing_right(draft: &Draft, shared: &[Attribute]) -> Option<String> {
    let description = personio::DESCRIPTION;
    let mut rules = draft.rules(description.status_attribute);
    if rules.mapping.is_empty() {
        rules.mapping = personio::suggest(shared);
        if !rules.mapping.contains_key(&Field::Email) {
            return Some(Field::Email.to_string());
        }
    }
    let needed = rules.indispensable().into_iter().map(|(key, _)| key);
    let mut lacking = needed.filter(|key| *key != description.id_attribute && !is_shared(shared, key));
    lacking.next().map(str::to_owned)
}

/// Attributes that it goes on without.
fn missing(draft: &Draft, shared: &[Attribute]) -> Vec<String> {
    let mapped: Vec<&str> = draft.mapping.values().map(|mapped| mapped.key.as_str()).collect();
    let wanted = if mapped.is_empty() { personio::usual().collect() } else { mapped };
    wanted.into_iter().filter(|key| !is_shared(shared, key)).map(str::to_owned).collect()
}

fn is_shared(shared: &[Attribute], key: &str) -> bool {
    shared.iter().any(|attribute| attribute.key == key)
}
