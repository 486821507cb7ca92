//! Imports that begin by themselves: when, and by whom they are begun.
//!
//! When the next one is due stands with the integration, so that a look at the clock is one short query however many
//! programmes there are, and any number of machines may look.

use std::collections::{HashMap, hash_map::Entry};

use domain::{
    failing::ONCE_A_DAY,
    ids::ProgrammeId,
    import::Purpose,
    integration::{Pause, State},
    schedule::spread,
};
use futures::{StreamExt, stream};
use jiff::{Timestamp, tz::TimeZone};
use store::{Integration, Programme, StoreResult, imports::Started};

use crate::{Actor, Engine, EngineResult, import::Request};

/// What the history says of imports that began by themselves.
pub(crate) const BY_SCHEDULE: &str = "schedule";

/// How many integrations are fetched at once.
const AT_ONCE: u64 = 200;

/// How many imports are begun at once.
const STARTED_AT_ONCE: usize = 4;

/// Programmes that were met during a look.
type Met = HashMap<ProgrammeId, Option<Programme>>;

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
            let mut ready = Vec::new();
            for integration in due {
                match self.met(&mut met, &integration).await {
                    Ok(Some(programme)) if !programme.is_suspended() => ready.push((programme, integration)),
                    Ok(_) => {}
                    Err(error) => failed = failed.and(Err(error)),
                }
            }
            // At the full hour many are due, and each waits for the disk twice.
            let mut begun = stream::iter(ready)
                .map(async |(programme, integration)| self.start_by_schedule(&programme, &integration).await)
                .buffer_unordered(STARTED_AT_ONCE);
            while let Some(begun) = begun.next().await {
                match begun {
                    Ok(begun) => started += usize::from(begun),
                    Err(error) => failed = failed.and(Err(error)),
                }
            }
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
            for integration in due {
                if let Some(programme) = self.met(&mut met, &integration).await?.filter(|met| !met.is_suspended()) {
                    found.push((programme.slug, integration));
                }
            }
        }
    }

    /// Begins an import as the schedule does, whatever time it is, and moves the time of the next one on; `false` where
    /// another import is running, which is as good, or somebody else was quicker.
    pub async fn start_by_schedule(&self, programme: &Programme, integration: &Integration) -> EngineResult<bool> {
        let next = match integration.pause()? {
            Some(Pause::ByFailures) => self.now().saturating_add(ONCE_A_DAY),
            _ => next_due(programme, integration, self.now())?,
        };
        let request = Request { purpose: Purpose::Apply, trigger: BY_SCHEDULE, renumbered: false };
        let import = self.new_import(integration, request).await?;
        if self.store.start_due(integration, &import, next).await? != Started::Begun {
            return Ok(false);
        }
        if let Some(due) = integration.due_at {
            self.meters.lagged(self.now() - due);
        }
        self.note_start(programme, &import, &Actor::system()).await?;
        self.wake.imports.notify_one();
        Ok(true)
    }

    /// Works out when imports are due where nobody has yet: integrations of an older Rollcall, of a programme whose zone
    /// was changed, and those that were reconnected.
    async fn time_all(&self, met: &mut Met) -> EngineResult<()> {
        loop {
            let untimed = self.store.integrations_to_be_timed(AT_ONCE).await?;
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
    async fn time_one(&self, met: &mut Met, integration: &Integration) -> EngineResult<bool> {
        let Some(programme) = self.met(met, integration).await? else { return Ok(false) };
        let due = next_due(&programme, integration, self.last_time(integration).await?)?;
        Ok(self.store.time_integration(integration, &programme.time_zone, due).await?)
    }

    async fn met(&self, met: &mut Met, integration: &Integration) -> EngineResult<Option<Programme>> {
        Ok(match met.entry(integration.programme()) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(place) => {
                let found = self.store.programme_by_number(integration.programme()).await?;
                place.insert(found).clone()
            }
        })
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
