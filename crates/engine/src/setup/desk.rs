//! What a node remembers of sources while somebody sets them up: what is shared, and samples. Only in memory, and
//! never for long: another node, or this one after a restart, asks again.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::record::Attribute;
use store::Integration;
use tokio::time::Instant;
use uuid::Uuid;

use super::sample::Held;
use crate::{Engine, EngineResult};

/// How long the list of attributes is good without asking again.
const LISTED_FOR: Duration = Duration::from_mins(1);

/// How long the source is given for an answer that somebody waits for.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// The memory of a node.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
pub(super) struct Inner {
    /// What each integration's source shares, and when it said so.
    attributes: HashMap<Opened, (Instant, Arc<[Attribute]>)>,
    /// Samples, by integration.
    pub(super) samples: HashMap<Opened, Arc<Held>>,
}

/// An integration with the credentials that it has: those that another node put in their place open something else.
pub(super) type Opened = (Uuid, Option<Vec<u8>>);

/// What an integration opens now.
pub(super) fn opened(integration: &Integration) -> Opened {
    (integration.id, integration.secret.clone())
}

impl Desk {
    /// What is remembered. A panic elsewhere spoils nothing: everything here can be asked again.
    pub(super) fn open(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// What the source shares with the integration's credentials; asked at most once a minute.
    pub async fn attributes(&self, integration: &Integration) -> EngineResult<Arc<[Attribute]>> {
        // Its credentials may have been given since it was seen.
        let integration = &self.reload(integration).await?;
        let known = self.desk.open().attributes.get(&opened(integration)).cloned();
        if let Some((at, attributes)) = known
            && at.elapsed() < LISTED_FOR
        {
            return Ok(attributes);
        }
        let source = self.patient_source_of(integration, Some(PATIENCE)).await?;
        let attributes: Arc<[Attribute]> = source.attributes().await?.into();
        self.remember_attributes(integration, Arc::clone(&attributes));
        Ok(attributes)
    }

    pub(super) fn remember_attributes(&self, integration: &Integration, attributes: Arc<[Attribute]>) {
        self.desk.open().attributes.insert(opened(integration), (Instant::now(), attributes));
    }

    /// Forgets everything about the integration's source: the credentials are others now, or gone.
    pub(super) async fn forget_source(&self, integration: &Integration) -> EngineResult<()> {
        {
            let mut desk = self.desk.open();
            desk.attributes.retain(|(id, _), _| *id != integration.id);
            desk.samples.retain(|(id, _), _| *id != integration.id);
        }
        Ok(self.store.forget_check(integration.programme(), integration.number()).await?)
    }
}
