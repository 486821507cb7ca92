//! Events: subscriptions, and what they are to be told. Deliveries are written by triggers on `members` (see the
//! migration), in the transaction of the change.

use domain::ids::ProgrammeId;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{EventDelivery, Store, StoreResult, Subscription, entity::subscription, sql};

/// As much of what went wrong as is remembered, in characters.
const LONGEST: usize = 300;

/// The place of a delivery in a list, from the newest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// When it happened, in microseconds of UTC.
    pub at: i64,
    /// To whom.
    pub member: Uuid,
    /// What.
    pub kind: String,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The HTTP status of the answer, if there was one.
    pub status: Option<u16>,
    /// What was wrong; nothing where it went.
    pub failure: Option<String>,
    /// When it is tried again; not at all is for good.
    pub again: Option<i64>,
}

fn of(subscription: &Subscription) -> Vec<sea_orm::Value> {
    vec![subscription.programme_id.into(), subscription.id.into()]
}

fn key(delivery: &EventDelivery) -> Vec<sea_orm::Value> {
    vec![
        delivery.programme_id.into(),
        delivery.subscription_id.into(),
        delivery.member_id.into(),
        delivery.version.into(),
        delivery.kind.as_str().into(),
    ]
}

const THIS: &str = "programme_id = $1 AND subscription_id = $2 AND member_id = $3 AND version = $4 AND kind = $5";

impl Store {
    /// Adds a subscription: what happens from now on is told there.
    pub async fn add_subscription(&self, row: &Subscription) -> StoreResult<()> {
        subscription::Entity::insert(row.clone().into_active_model()).exec_without_returning(&self.write).await?;
        Ok(())
    }

    /// Changes a subscription; `false` when it is not there any more.
    pub async fn change_subscription(&self, row: &Subscription) -> StoreResult<bool> {
        let sql = "UPDATE subscriptions SET secret = $3, previous_secret = $4, previous_until = $5, state = $6 \
                   WHERE programme_id = $1 AND id = $2";
        let more = vec![
            row.secret.clone().into(),
            row.previous_secret.clone().into(),
            row.previous_until.into(),
            row.state.as_str().into(),
        ];
        Ok(sql::run(&self.write, sql, [of(row), more].concat()).await? > 0)
    }

    /// Removes a subscription, with what it was still to be told.
    pub async fn remove_subscription(&self, row: &Subscription) -> StoreResult<()> {
        sql::run(&self.write, "DELETE FROM subscriptions WHERE programme_id = $1 AND id = $2", of(row)).await?;
        Ok(())
    }

    /// The programme's subscriptions, the oldest first.
    pub async fn subscriptions(&self, programme: ProgrammeId) -> StoreResult<Vec<Subscription>> {
        let found = subscription::Entity::find()
            .filter(subscription::Column::ProgrammeId.eq(programme.0))
            .order_by_asc(subscription::Column::Id);
        Ok(found.all(&self.read).await?)
    }

    /// One of them.
    pub async fn subscription(&self, programme: ProgrammeId, id: Uuid) -> StoreResult<Option<Subscription>> {
        Ok(subscription::Entity::find_by_id((programme.0, id)).one(&self.read).await?)
    }

    /// Subscriptions of any programme that something may be told now, or of which something was told before `kept`
    /// and is to be forgotten.
    pub async fn subscriptions_to_tell(&self, now: i64, kept: i64) -> StoreResult<Vec<Subscription>> {
        let of = "SELECT 1 FROM event_deliveries d WHERE d.programme_id = s.programme_id AND d.subscription_id = s.id";
        let sql = format!(
            "SELECT s.* FROM subscriptions s JOIN programmes p ON p.id = s.programme_id AND p.suspended_at IS NULL \
             WHERE s.state = 'active' AND (EXISTS ({of} AND d.state = 'pending' AND d.due_at <= $1) \
             OR EXISTS ({of} AND d.state <> 'pending' AND d.at < $2)) ORDER BY s.id"
        );
        sql::all(&self.read, &sql, vec![now.into(), kept.into()]).await
    }

    /// What may be told now, the oldest first: of each member the first thing that has not been told. While the
    /// programme is suspended that is nothing.
    pub async fn due_events(
        &self,
        subscription: &Subscription,
        now: i64,
        most: u64,
    ) -> StoreResult<Vec<EventDelivery>> {
        let sql = "SELECT d.* FROM event_deliveries d WHERE d.programme_id = $1 AND d.subscription_id = $2 \
                   AND d.state = 'pending' AND d.due_at <= $3 AND NOT EXISTS (SELECT 1 FROM event_deliveries e \
                   WHERE e.programme_id = d.programme_id AND e.subscription_id = d.subscription_id \
                   AND e.member_id = d.member_id AND e.state = 'pending' \
                   AND (e.at < d.at OR (e.at = d.at AND (e.version < d.version OR (e.version = d.version AND e.kind < d.kind))))) \
                   AND NOT EXISTS (SELECT 1 FROM programmes p WHERE p.id = d.programme_id AND p.suspended_at IS NOT NULL) \
                   ORDER BY d.due_at, d.at, d.member_id LIMIT $4";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        sql::all(&self.read, sql, [of(subscription), vec![now.into(), most.into()]].concat()).await
    }

    /// Notes what came of an attempt.
    pub async fn note_event(&self, delivery: &EventDelivery, now: i64, attempt: &Attempt) -> StoreResult<()> {
        let state = match (&attempt.failure, attempt.again) {
            (None, _) => "sent",
            (Some(_), Some(_)) => "pending",
            (Some(_), None) => "failed",
        };
        let sql = format!(
            "UPDATE event_deliveries SET state = $6, sent_at = $7, attempts = attempts + 1, status = $8, failure = $9, \
             due_at = COALESCE($10, due_at) WHERE {THIS} AND state = 'pending'"
        );
        let failure = attempt.failure.as_ref().map(|text| text.chars().take(LONGEST).collect::<String>());
        let more = vec![
            state.into(),
            attempt.failure.is_none().then_some(now).into(),
            attempt.status.map(i32::from).into(),
            failure.into(),
            attempt.again.into(),
        ];
        sql::run(&self.write, &sql, [key(delivery), more].concat()).await?;
        Ok(())
    }

    /// Nothing is told there before this instant: nobody answers at the moment.
    pub async fn hold_events(&self, subscription: &Subscription, until: i64) -> StoreResult<()> {
        let sql = "UPDATE event_deliveries SET due_at = $3 WHERE programme_id = $1 AND subscription_id = $2 \
                   AND state = 'pending' AND due_at < $3";
        sql::run(&self.write, sql, [of(subscription), vec![until.into()]].concat()).await?;
        Ok(())
    }

    /// What was told and is to be told, the newest first, behind the last one seen.
    pub async fn events(
        &self,
        subscription: &Subscription,
        before: Option<&Mark>,
        most: u64,
    ) -> StoreResult<Vec<EventDelivery>> {
        let most = sea_orm::Value::from(i64::try_from(most).unwrap_or(i64::MAX));
        let (behind, more) = match before {
            None => ("", vec![]),
            Some(mark) => (
                "AND (at, member_id, kind) < ($4, $5, $6)",
                vec![mark.at.into(), mark.member.into(), mark.kind.as_str().into()],
            ),
        };
        let sql = format!(
            "SELECT * FROM event_deliveries WHERE programme_id = $1 AND subscription_id = $2 {behind} \
             ORDER BY at DESC, member_id DESC, kind DESC LIMIT $3"
        );
        sql::all(&self.read, &sql, [of(subscription), vec![most], more].concat()).await
    }

    /// Tells once more what happened since then, whether it was told or given up; how many.
    pub async fn tell_again(&self, subscription: &Subscription, since: i64, now: i64) -> StoreResult<u64> {
        let sql = "UPDATE event_deliveries SET state = 'pending', attempts = 0, due_at = $4, sent_at = NULL, \
                   status = NULL, failure = NULL WHERE programme_id = $1 AND subscription_id = $2 AND at >= $3 \
                   AND (state <> 'pending' OR due_at > $4)";
        sql::run(&self.write, sql, [of(subscription), vec![since.into(), now.into()]].concat()).await
    }

    /// Forgets what was told there, or given up, before then.
    pub async fn forget_events(&self, subscription: &Subscription, before: i64) -> StoreResult<u64> {
        let sql = "DELETE FROM event_deliveries WHERE programme_id = $1 AND subscription_id = $2 AND at < $3 \
                   AND state <> 'pending'";
        sql::run(&self.write, sql, [of(subscription), vec![before.into()]].concat()).await
    }
}
