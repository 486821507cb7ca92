//! Imports that begin by themselves.

use domain::{import::Purpose, integration::State};
use jiff::{Timestamp, tz::TimeZone};
use store::{Integration, Programme, history::ImportFilter};

use crate::{Actor, Engine, EngineError, EngineResult, import::Request};

/// What the history says of imports that began by themselves.
const BY_SCHEDULE: &str = "schedule";

impl Engine {
    /// Starts every import whose time has come; tells how many. Times that were missed, since nobody
    /// served, are caught up once. An integration whose import cannot be started keeps no other waiting:
    /// its error comes back after all have had their turn.
    pub async fn start_due(&self) -> EngineResult<usize> {
        let mut started = 0;
        let mut failed = Ok(());
        for programme in self.store.programmes().await? {
            for integration in self.store.integrations(programme.number()).await? {
                match self.start_if_due(&programme, &integration).await {
                    Ok(begun) => started += usize::from(begun),
                    // What is running is as good; the next look tells whether another is due.
                    Err(EngineError::AlreadyRunning(_)) => {}
                    Err(error) => failed = failed.and(Err(error)),
                }
            }
        }
        failed.map(|()| started)
    }

    async fn start_if_due(&self, programme: &Programme, integration: &Integration) -> EngineResult<bool> {
        // Paused, revoked or refused: the schedule stands still (R5, R52).
        if integration.state()? != State::Live {
            return Ok(false);
        }
        let filter = ImportFilter {
            integration: Some(integration.number()),
            purpose: Some(Purpose::Apply),
            trigger: Some(BY_SCHEDULE.to_owned()),
            ..ImportFilter::default()
        };
        let last = self.imports_of(programme.number(), &filter, None, 1).await?;
        let since = last.first().map(|import| import.created_at).max(integration.published_at).unwrap_or_default();
        let since = Timestamp::from_microsecond(since).unwrap_or(Timestamp::MIN);
        let zone = TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC);
        let due = integration.schedule()?.next(since, &zone);
        if due > self.world.now() {
            return Ok(false);
        }
        let request = Request { purpose: Purpose::Apply, trigger: BY_SCHEDULE, renumbered: false };
        self.start_import(programme, integration, request, &Actor::system()).await?;
        self.meters.lagged(self.now() - due.as_microsecond());
        Ok(true)
    }
}
