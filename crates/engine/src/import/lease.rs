//! One import at a time (R39): the lease, its heartbeat, and who may take it over.

use std::future::Future;

use store::{
    Integration, StoreError,
    work::{HEARTBEAT, LEASE, Lease},
};
use tokio::time::{Instant, sleep};

use super::Watcher;
use crate::{Engine, EngineError, EngineResult};

/// How often somebody who waits looks at the other's heartbeat.
const LOOK: std::time::Duration = std::time::Duration::from_millis(250);

/// What the lease of an integration's imports is called.
pub(crate) fn kind(integration: &Integration) -> String {
    store::work::of_imports(integration.number())
}

impl Engine {
    /// The lease, if nobody else has it now.
    pub(crate) async fn try_lease(&self, integration: &Integration) -> EngineResult<Option<Lease>> {
        Ok(self.store.claim_imports(integration.programme(), integration.number(), self.new_id()).await?)
    }

    /// The lease. Where somebody else has it, this waits until their heartbeat moves (they are
    /// alive: refused) or their lease runs out (they are not: taken over).
    pub(crate) async fn take_lease(&self, integration: &Integration, watcher: &dyn Watcher) -> EngineResult<Lease> {
        let programme = integration.programme();
        let kind = kind(integration);
        let first = self.store.work(programme, &kind).await?;
        let mut told = false;
        loop {
            if let Some(lease) = self.try_lease(integration).await? {
                return Ok(lease);
            }
            let now = self.store.work(programme, &kind).await?;
            if now.is_some() && now != first {
                let running = self.running_of(integration).await?;
                return Err(EngineError::AlreadyRunning(running.map(|import| import.number())));
            }
            if !std::mem::replace(&mut told, true) {
                watcher.waits();
            }
            sleep(LOOK).await;
        }
    }

    /// Works while the lease is kept alive, and gives it up afterwards. A lease that is lost stops
    /// the work at once: somebody else is doing it.
    pub(crate) async fn while_leased<T>(
        &self,
        lease: &Lease,
        work: impl Future<Output = EngineResult<T>>,
    ) -> EngineResult<T> {
        let outcome = tokio::select! {
            outcome = work => outcome,
            error = self.keep_alive(lease) => Err(error.into()),
        };
        if !matches!(outcome, Err(EngineError::Store(StoreError::LeaseLost))) {
            // What came of the work counts: a lease that cannot be given up runs out by itself.
            if let Err(error) = self.store.release_work(lease).await {
                tracing::warn!(error = error.for_log(), kind = lease.kind, "a lease could not be given up");
            }
        }
        outcome
    }

    /// Comes back only when the lease is lost.
    async fn keep_alive(&self, lease: &Lease) -> StoreError {
        let mut alive = Instant::now();
        loop {
            sleep(HEARTBEAT).await;
            match self.store.renew_work(lease).await {
                Ok(()) => alive = Instant::now(),
                Err(StoreError::LeaseLost) => return StoreError::LeaseLost,
                // The database may be back before the lease runs out.
                Err(error) if alive.elapsed() > LEASE => return error,
                Err(error) => {
                    tracing::warn!(error = error.for_log(), "the heartbeat of an import could not be written");
                }
            }
        }
    }
}
