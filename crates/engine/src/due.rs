//! Imports that begin by themselves: when, and by whom they are begun.
//!
//! When the next one is due stands with the integration, so that a look at the clock is one short query however many
//! programmes there are, and any number of machines may look.

use std::collections::HashMap;

use domain::{
    failing::ONCE_A_DAY,
    ids::ProgrammeId,
    import::Purpose,
    integration::{Pause, State},
    schedule::spread,
};
use jiff::{Timestamp, tz::TimeZone};
use store::{Integration, Programme, StoreResult, due::Due};

use crate::{Actor, Engine, EngineResult, import::Request};

/// What the history says of imports that began by themselves.
pub(crate) const BY_SCHEDULE: &str = "schedule";

/// How many integrations are fetched at once, and their imports begun by one transaction. At the full hour thousands are
/// due: each by itself would cost as many statements, and wait for the disk as often, as all of these together.
const AT_ONCE: u64 = 100;

/// Programmes that were met during a look.
type Met = HashMap<ProgrammeId, Programme>;

impl Engine {
    /// Starts every import whose time has come; tells how many. Times that were missed, since nobody served, are caught
    /// up once. An integration whose import cannot be started keeps no other waiting: its error comes back after all
    /// have had their turn.
    pub async fn start_due(&self) -> EngineResult<usize> {
        if self.is_held().await? {
            return Ok(0);
        }
        let mut met = Met::new();
        let mut failed = self.time_all(&mut met).await;
        let mut started = 0;
        let mut after = None;
        loop {
            let due = self.store.due_integrations(self.now(), after, AT_ONCE).await?;
            let Some(last) = due.last() else { break };
            after = last.due_at.map(|at| (at, last.number()));
            if let Err(error) = self.meet(&mut met, &due).await {
                failed = failed.and(Err(error));
                continue;
            }
            let ready: Vec<_> = due.iter().filter_map(|one| Some((in_operation(&met, one)?, one))).collect();
            let (begun, outcome) = self.start_together(&ready).await;
            started += begun;
            failed = failed.and(outcome);
        }
        failed.map(|()| started)
    }

    /// Integrations whose time has come, of programmes that are in operation, with the programme's name in commands.
    pub(crate) async fn due_now(&self) -> EngineResult<Vec<(String, Integration)>> {
        let mut met = Met::new();
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let due = self.store.due_integrations(self.now(), after, AT_ONCE).await?;
            let Some(last) = due.last() else { return Ok(found) };
            after = last.due_at.map(|at| (at, last.number()));
            self.meet(&mut met, &due).await?;
            for integration in due {
                if let Some(programme) = in_operation(&met, &integration) {
                    found.push((programme.slug.clone(), integration));
                }
            }
        }
    }

    /// Begins an import as the schedule does, whatever time it is, and moves the time of the next one on; `false` where
    /// another import is running, which is as good, or somebody else was quicker.
    pub async fn start_by_schedule(&self, programme: &Programme, integration: &Integration) -> EngineResult<bool> {
        let (begun, outcome) = self.start_together(&[(programme, integration)]).await;
        outcome.map(|()| begun > 0)
    }

    /// The same for many, as one; tells how many began, and what kept one that could not be started.
    async fn start_together(&self, ready: &[(&Programme, &Integration)]) -> (usize, EngineResult<()>) {
        if ready.is_empty() {
            return (0, Ok(()));
        }
        let integrations: Vec<_> = ready.iter().map(|(_, integration)| *integration).collect();
        let mut people = match self.store.people_read(&integrations).await {
            Ok(people) => people,
            Err(error) => return (0, Err(error.into())),
        };
        let mut due = Vec::new();
        let mut failed: EngineResult<()> = Ok(());
        for &(programme, integration) in ready {
            let people = people.remove(&integration.number()).unwrap_or(Ok(0));
            match people.and_then(|people| self.due(programme, integration, people)) {
                Ok(one) => due.push(one),
                Err(error) => failed = failed.and(Err(error.into())),
            }
        }
        let begun = match self.store.start_due(&due).await {
            Ok(begun) => begun,
            Err(error) => return (0, failed.and(Err(error.into()))),
        };
        for since in begun.iter().filter_map(|one| one.seen.due_at) {
            self.meters.lagged(self.now() - since);
        }
        if !begun.is_empty() {
            self.wake.imports.notify_one();
        }
        (begun.len(), failed)
    }

    /// What is written when an integration's import begins by itself, which is expected to read so many people.
    fn due<'s>(&self, programme: &Programme, seen: &'s Integration, people: u64) -> StoreResult<Due<'s>> {
        let next = match seen.pause()? {
            Some(Pause::ByFailures) => self.now().saturating_add(ONCE_A_DAY),
            _ => next_due(programme, seen, self.now())?,
        };
        let request = Request { purpose: Purpose::Apply, trigger: BY_SCHEDULE, renumbered: false };
        let import = self.import_row(seen, request, people)?;
        let entry = self.start_entry(&import, &Actor::system());
        Ok(Due { seen, import, next, entry })
    }

    /// Works out when imports are due where nobody has yet: integrations of an older Rollcall, of a programme whose zone
    /// was changed, and those that were reconnected.
    async fn time_all(&self, met: &mut Met) -> EngineResult<()> {
        loop {
            let untimed = self.store.integrations_to_be_timed(AT_ONCE).await?;
            self.meet(met, &untimed).await?;
            let (mut timed, mut failed) = (false, Ok(()));
            for integration in &untimed {
                match self.time_one(met, integration).await {
                    Ok(done) => timed |= done,
                    Err(error) => failed = failed.and(Err(error)),
                }
            }
            if !timed || failed.is_err() {
                return failed;
            }
        }
    }

    /// `false` where somebody else was quicker.
    async fn time_one(&self, met: &Met, integration: &Integration) -> EngineResult<bool> {
        let Some(programme) = met.get(&integration.programme()) else { return Ok(false) };
        let due = next_due(programme, integration, self.last_time(integration).await?)?;
        Ok(self.store.time_integration(integration, &programme.time_zone, due).await?)
    }

    /// Looks those integrations' programmes up that were not met yet.
    async fn meet(&self, met: &mut Met, integrations: &[Integration]) -> EngineResult<()> {
        let programmes = integrations.iter().map(Integration::programme);
        let strangers: Vec<_> = programmes.filter(|programme| !met.contains_key(programme)).collect();
        if !strangers.is_empty() {
            let found = self.store.programmes_by_number(&strangers).await?;
            met.extend(found.into_iter().map(|programme| (programme.number(), programme)));
        }
        Ok(())
    }

    /// The time from which on one counts that was missed: the last import that began by itself, or publishing.
    async fn last_time(&self, integration: &Integration) -> EngineResult<i64> {
        let last = self.store.last_scheduled(integration.programme(), integration.number(), BY_SCHEDULE).await?;
        Ok(last.max(integration.published_at).unwrap_or_else(|| self.now()))
    }

    /// When the next import is due, in microseconds of UTC, counted from the last one that began by itself: in the past
    /// where a time was missed.
    pub(crate) async fn due_by_history(&self, integration: &Integration) -> EngineResult<i64> {
        let last = self.last_time(integration).await?;
        self.due_after(integration, last).await
    }

    /// The first time at which an import is due from now on; none where the programme is gone.
    pub(crate) async fn first_due(&self, integration: &Integration) -> EngineResult<Option<i64>> {
        self.due_after(integration, self.now()).await.map(Some)
    }

    async fn due_after(&self, integration: &Integration, after: i64) -> EngineResult<i64> {
        match self.store.programme_by_number(integration.programme()).await? {
            Some(programme) => Ok(next_due(&programme, integration, after)?),
            None => Ok(i64::MAX),
        }
    }

    /// The next times at which imports begin by themselves, none unless the integration is live. Imports begin within
    /// [`SPREAD_MINUTES`](domain::schedule::SPREAD_MINUTES) after a time of the schedule; the first one may be a try
    /// after a failure instead, and it is now where a time was missed.
    pub fn next_imports(
        &self,
        programme: &Programme,
        integration: &Integration,
        most: usize,
    ) -> EngineResult<Vec<Timestamp>> {
        if integration.state()? != State::Live {
            return Ok(Vec::new());
        }
        let (zone, now) = (zone_of(programme), self.world.now());
        let schedule = integration.schedule()?;
        let Some(due_at) = integration.due_at else { return Ok(schedule.next_times(now, &zone, most)) };
        let due = instant(due_at);
        let first = match due.checked_sub(spread(integration.number())) {
            _ if due <= now => now,
            Ok(shown) if schedule.holds(shown, &zone) => shown,
            _ => due,
        };
        let mut times = vec![first];
        times.extend(schedule.next_times(first.max(now), &zone, most.saturating_sub(1)));
        times.truncate(most);
        Ok(times)
    }
}

/// The integration's programme, unless that stands still or is gone.
fn in_operation<'m>(met: &'m Met, integration: &Integration) -> Option<&'m Programme> {
    met.get(&integration.programme()).filter(|programme| !programme.is_suspended())
}

/// When an import is due at the first time of the schedule after an instant, both in microseconds of UTC.
pub(crate) fn next_due(programme: &Programme, integration: &Integration, after: i64) -> StoreResult<i64> {
    let time = integration.schedule()?.next(instant(after), &zone_of(programme));
    let due = time.checked_add(spread(integration.number())).unwrap_or(Timestamp::MAX);
    Ok(due.as_microsecond())
}

fn zone_of(programme: &Programme) -> TimeZone {
    TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC)
}

fn instant(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
}
