//! Telling: what is due goes out, in order for each member.

use futures::{StreamExt, TryStreamExt, stream};
use secrecy::{ExposeSecret, SecretString};
use store::{EventDelivery, Programme, Subscription, events::Attempt, work::Lease};

use super::{KEPT, body, event_id, http::Message, programme_of, sign, work_of};
use crate::{Engine, EngineResult, halt::Halt};

/// How many events are fetched at once.
const AT_ONCE: u64 = 100;

/// How many go to one subscription at the same time, each about another member.
const UNDER_WAY: usize = 8;

const MINUTE: i64 = 60 * 1_000_000;
const HOUR: i64 = 60 * MINUTE;

/// How long an event waits after its first, second … attempt; after the last it is given up, about three days after
/// it happened.
const AGAIN: [i64; 10] =
    [MINUTE / 12, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR, 12 * HOUR, 16 * HOUR, 16 * HOUR];

/// What a receiver answers that wants to hear no more.
const GONE: u16 = 410;

impl Engine {
    /// Tells every subscription what is due; how much went. One that cannot be told keeps no other waiting.
    pub async fn deliver_events(&self) -> EngineResult<usize> {
        self.deliver_events_until(&Halt::never()).await
    }

    /// The same, no longer than until the process is to stop.
    pub(crate) async fn deliver_events_until(&self, halt: &Halt) -> EngineResult<usize> {
        if self.is_held().await? {
            return Ok(0);
        }
        let all = self.store.subscriptions_to_tell(self.now(), self.now() - KEPT).await?;
        let telling = stream::iter(all).map(|subscription| self.tell(subscription, halt));
        let outcomes: Vec<EngineResult<usize>> = telling.buffer_unordered(UNDER_WAY).collect().await;
        outcomes.into_iter().sum()
    }

    /// One process at a time tells a subscription, so that the order holds.
    async fn tell(&self, subscription: Subscription, halt: &Halt) -> EngineResult<usize> {
        let Some(programme) = self.store.programme_by_number(programme_of(&subscription)).await? else { return Ok(0) };
        let work = work_of(subscription.id);
        let lease = self.store.claim_work(programme.number(), &work, self.new_id()).await?;
        let Some(lease) = lease else { return Ok(0) };
        self.while_leased(&lease, self.tell_what_is_due(&programme, &subscription, &lease, halt)).await
    }

    async fn tell_what_is_due(
        &self,
        programme: &Programme,
        subscription: &Subscription,
        lease: &Lease,
        halt: &Halt,
    ) -> EngineResult<usize> {
        self.store.forget_events(subscription, self.now() - KEPT).await?;
        let secrets = self.secrets_of(subscription)?;
        let mut told = 0;
        loop {
            // The order holds only if nobody else tells: whoever was only slow finds out here.
            self.store.renew_work(lease).await?;
            let due = self.store.due_events(subscription, self.now(), AT_ONCE).await?;
            if due.is_empty() || halt.is_asked() {
                return Ok(told);
            }
            let secrets = &secrets;
            let telling = stream::iter(due)
                .take_while(|_| std::future::ready(!halt.is_asked()))
                .map(|delivery| self.tell_one(programme, subscription, secrets, delivery));
            let outcomes: Vec<Outcome> = telling.buffer_unordered(UNDER_WAY).try_collect().await?;
            let went = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Told)).count();
            told += went;
            let kept = outcomes.len() - went;
            tracing::info!(programme = programme.slug, subscription = %subscription.id, told = went, kept, "events were told");
            if outcomes.iter().any(|outcome| matches!(outcome, Outcome::Gone)) {
                let paused = Subscription { state: "paused".to_owned(), ..subscription.clone() };
                self.store.change_subscription(&paused).await?;
                return Ok(told);
            }
            if went == 0 && !halt.is_asked() {
                // Nobody answers there: the rest need not find out one by one.
                self.store.hold_events(subscription, self.now() + MINUTE / 2).await?;
                return Ok(told);
            }
        }
    }

    /// What deliveries are signed with: the secret, and for a day the one before it.
    fn secrets_of(&self, subscription: &Subscription) -> EngineResult<Vec<SecretString>> {
        let mut secrets = vec![self.key.open(&subscription.secret, subscription.id)?];
        let is_good = subscription.previous_until.is_some_and(|until| until > self.now());
        if let Some(previous) = subscription.previous_secret.as_ref().filter(|_| is_good) {
            secrets.push(self.key.open(previous, subscription.id)?);
        }
        Ok(secrets)
    }

    async fn tell_one(
        &self,
        programme: &Programme,
        subscription: &Subscription,
        secrets: &[SecretString],
        delivery: EventDelivery,
    ) -> EngineResult<Outcome> {
        let member = domain::ids::MemberId(delivery.member_id);
        let member = self.store.members_by_number(programme.number(), &[member]).await?.pop();
        let body = body(programme, &delivery, member.as_ref().and_then(|member| member.employee_id.as_deref()))?;
        let (id, seconds) = (event_id(&delivery), self.now() / 1_000_000);
        let secrets: Vec<&str> = secrets.iter().map(ExposeSecret::expose_secret).collect();
        let signature = sign::signature(&secrets, &id, seconds, &body);
        let message = Message { url: &subscription.url, id, seconds, signature, body };
        let told = self.hooks.tell(message).await;
        let now = self.now();
        let (attempt, outcome) = match told {
            Ok(status) => {
                self.meters.event("told");
                (Attempt { status: Some(status), failure: None, again: None }, Outcome::Told)
            }
            Err(why) => {
                let attempts = usize::try_from(delivery.attempts).unwrap_or_default();
                let again = AGAIN.get(attempts).map(|pause| now + pause);
                let outcome = if why.status == Some(GONE) { Outcome::Gone } else { Outcome::Kept };
                self.meters.event(match (why.status, again) {
                    (Some(GONE), _) => "gone",
                    (_, None) => "given-up",
                    _ => "kept",
                });
                (Attempt { status: why.status, failure: Some(why.why), again }, outcome)
            }
        };
        self.store.note_event(&delivery, now, &attempt).await?;
        Ok(outcome)
    }
}

/// What came of one event.
enum Outcome {
    Told,
    Kept,
    /// The receiver wants to hear no more.
    Gone,
}
