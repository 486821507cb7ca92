//! Events: programs elsewhere are told what becomes of members, as the Standard Webhooks specification has it: signed,
//! in order for each member, retried over days, and once more when somebody asks for it.

pub(crate) mod address;
mod deliver;
mod http;
mod sign;

use std::collections::BTreeSet;

use domain::{event::Event, ids::ProgrammeId};
use secrecy::SecretString;
use serde::Serialize;
use store::{EventDelivery, Programme, StoreError, Subscription};
use uuid::Uuid;

use crate::{Actor, Deed, Engine, EngineError, EngineResult, SettingError};

pub use address::host;
pub(crate) use http::Hooks;

const HOUR: i64 = 3_600 * 1_000_000;

/// How long what was told can be told once more, in microseconds.
pub const KEPT: i64 = 30 * 24 * HOUR;

/// How long deliveries are signed with both secrets after one was changed, in microseconds.
const BOTH: i64 = 24 * HOUR;

/// As many subscriptions as a programme may have.
const MOST: usize = 10;

/// A subscription as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionView {
    /// Its number.
    pub id: Uuid,
    /// The name of the machine that is told.
    pub host: String,
    /// Of what it is told.
    pub kinds: BTreeSet<Event>,
    /// Whether nothing goes until somebody lets it.
    pub is_paused: bool,
    /// Until when deliveries are signed with two secrets, in microseconds of UTC.
    pub both_until: Option<i64>,
    /// Who made it.
    pub created_by: String,
    /// When, in microseconds of UTC.
    pub created_at: i64,
}

#[derive(Serialize)]
struct Told<'a> {
    kinds: &'a BTreeSet<Event>,
}

impl Engine {
    /// The programme's subscriptions.
    pub async fn subscriptions(&self, programme: &Programme) -> EngineResult<Vec<SubscriptionView>> {
        let rows = self.store.subscriptions(programme.number()).await?;
        Ok(rows.iter().map(|row| view(row, self.now())).collect())
    }

    /// One of them, as a row.
    pub async fn subscription(&self, programme: &Programme, id: Uuid) -> EngineResult<Subscription> {
        let found = self.store.subscription(programme.number(), id).await?;
        found.ok_or_else(|| EngineError::NotFound {
            what: "There is no such subscription.".to_owned(),
            remedy: "Look at the list again.".to_owned(),
        })
    }

    /// Adds a subscription: what happens from now on is told there. Gives back the secret that deliveries are signed
    /// with, which is shown this once.
    pub async fn subscribe(
        &self,
        programme: &Programme,
        url: &str,
        kinds: &BTreeSet<Event>,
        by: &Actor,
    ) -> EngineResult<String> {
        let mut wrong = Vec::new();
        if let Err(code) = address::check(url, self.hooks.allows_private()) {
            wrong.push(SettingError { field: "url", code });
        }
        if kinds.is_empty() {
            wrong.push(SettingError { field: "kinds", code: "no-events" });
        }
        if self.store.subscriptions(programme.number()).await?.len() >= MOST {
            wrong.push(SettingError { field: "url", code: "too-many-subscriptions" });
        }
        if !wrong.is_empty() {
            return Err(EngineError::Settings(wrong));
        }
        let id = self.new_id();
        let secret = sign::new_secret(&*self.world);
        let names: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
        let row = Subscription {
            programme_id: programme.id,
            id,
            url: url.trim().to_owned(),
            kinds: format!(" {} ", names.join(" ")),
            secret: self.key.seal(&SecretString::from(secret.clone()), id, &*self.world)?,
            previous_secret: None,
            previous_until: None,
            state: "active".to_owned(),
            created_by: by.name.clone(),
            created_at: self.now(),
        };
        self.store.add_subscription(&row).await?;
        let deed = Deed {
            action: "subscription.made",
            subject: host(&row.url),
            before: None::<()>,
            after: Some(Told { kinds }),
        };
        self.note(programme.number(), by, deed).await?;
        Ok(secret)
    }

    /// Gives a subscription another secret, which is shown this once. For a day deliveries are signed with both.
    pub async fn change_secret(&self, programme: &Programme, id: Uuid, by: &Actor) -> EngineResult<String> {
        let row = self.subscription(programme, id).await?;
        let secret = sign::new_secret(&*self.world);
        let sealed = self.key.seal(&SecretString::from(secret.clone()), id, &*self.world)?;
        let row = Subscription {
            previous_secret: Some(row.secret.clone()),
            previous_until: Some(self.now() + BOTH),
            secret: sealed,
            ..row
        };
        self.store.change_subscription(&row).await?;
        self.note(programme.number(), by, Deed::new("subscription.secret-changed", host(&row.url))).await?;
        Ok(secret)
    }

    /// Stops telling a subscription, or goes on with it; what happens meanwhile waits.
    pub async fn pause_subscription(
        &self,
        programme: &Programme,
        id: Uuid,
        pause: bool,
        by: &Actor,
    ) -> EngineResult<()> {
        let row = self.subscription(programme, id).await?;
        let (state, action) =
            if pause { ("paused", "subscription.paused") } else { ("active", "subscription.resumed") };
        let row = Subscription { state: state.to_owned(), ..row };
        self.store.change_subscription(&row).await?;
        self.note(programme.number(), by, Deed::new(action, host(&row.url))).await
    }

    /// Removes a subscription, with what it was still to be told.
    pub async fn unsubscribe(&self, programme: &Programme, id: Uuid, by: &Actor) -> EngineResult<()> {
        let row = self.subscription(programme, id).await?;
        self.store.remove_subscription(&row).await?;
        self.note(programme.number(), by, Deed::new("subscription.removed", host(&row.url))).await
    }

    /// Tells a subscription once more what happened since then; how much that is.
    pub async fn tell_again(&self, programme: &Programme, id: Uuid, since: i64, by: &Actor) -> EngineResult<u64> {
        let row = self.subscription(programme, id).await?;
        let told = self.store.tell_again(&row, since, self.now()).await?;
        let deed = Deed {
            action: "subscription.told-again",
            subject: host(&row.url),
            before: None::<()>,
            after: Some(serde_json::json!({ "events": told })),
        };
        self.note(programme.number(), by, deed).await?;
        Ok(told)
    }

    /// Lets events go to this machine and private networks, and over http: for tests, and for receivers within one's
    /// own walls.
    #[must_use]
    pub fn with_private_events(mut self) -> Self {
        self.hooks = std::sync::Arc::new(Hooks::within_walls());
        self
    }
}

fn view(row: &Subscription, now: i64) -> SubscriptionView {
    SubscriptionView {
        id: row.id,
        host: host(&row.url).to_owned(),
        kinds: row.kinds.split_whitespace().filter_map(|kind| kind.parse().ok()).collect(),
        is_paused: row.state == "paused",
        both_until: row.previous_until.filter(|until| *until > now),
        created_by: row.created_by.clone(),
        created_at: row.created_at,
    }
}

/// The number of an event, the same at every attempt: whoever is told it twice knows it by this.
pub fn event_id(delivery: &EventDelivery) -> String {
    format!("evt_{}_{}_{}", delivery.member_id.simple(), delivery.version, delivery.kind)
}

/// What is sent of an event: what happened to whom, and nobody's data but the employee ID. The rest is asked for with
/// a token that may read it.
pub(crate) fn body(
    programme: &Programme,
    delivery: &EventDelivery,
    employee_id: Option<&str>,
) -> Result<Vec<u8>, StoreError> {
    let at = jiff::Timestamp::from_microsecond(delivery.at).map_err(StoreError::row)?;
    let body = serde_json::json!({
        "type": format!("member.{}", delivery.kind),
        "timestamp": at.to_string(),
        "data": {
            "programme": programme.slug,
            "member_id": delivery.member_id,
            "employee_id": employee_id,
            "version": delivery.version,
        },
    });
    serde_json::to_vec(&body).map_err(StoreError::row)
}

/// What a lease on a subscription's deliveries is called.
pub(crate) fn work_of(id: Uuid) -> String {
    format!("events:{id}")
}

/// Which programme a row belongs to.
pub(crate) fn programme_of(row: &Subscription) -> ProgrammeId {
    ProgrammeId(row.programme_id)
}
