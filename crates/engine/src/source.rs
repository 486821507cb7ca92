//! From a stored integration to a source that can be read.

use std::{sync::Arc, time::Duration};

use futures::future::join_all;
use secrecy::SecretString;
use sources::{
    Source,
    personio::{Limiter, Limits, Personio, Settings, SettingsError},
};
use store::Integration;

use crate::{Engine, EngineResult, Refusal, ledger::Allowance};

/// What it takes to reach a source.
pub(crate) struct Access {
    /// Where it is, if not at its usual address.
    pub(crate) base_url: Option<String>,
    /// The id half of the credentials.
    pub(crate) client_id: String,
    /// The secret half.
    pub(crate) client_secret: SecretString,
    /// Requests a minute, if not the source's own limit; 0 is none.
    pub(crate) requests_per_minute: Option<u32>,
    /// How long a page may go without a good answer, if somebody waits who has less time than an import.
    pub(crate) patience: Option<Duration>,
}

impl Engine {
    /// A source for these credentials; all processes of an installation share one limit.
    pub(crate) async fn source(&self, access: Access) -> Result<Personio, SettingsError> {
        let limits = match access.requests_per_minute {
            None => Some(Limits::default()),
            Some(0) => None,
            Some(number) => Some(Limits::per_minute(number)),
        };
        let same_limit = format!("{:?} {:?} {}", limits, access.base_url, access.client_id);
        let new = || match limits {
            None => Limiter::unlimited(),
            Some(limits) => {
                let (store, base_url) = (self.store.clone(), access.base_url.as_deref());
                let count = Allowance::new(store, base_url, &access.client_id, self.new_id());
                Limiter::with_ledger(limits, Arc::new(count))
            }
        };
        let limiter = self.limiters.lock().await.entry(same_limit).or_insert_with(new).clone();
        let usual = self.settings.page_patience;
        Personio::new(Settings {
            base_url: access.base_url,
            limiter,
            page_patience: access.patience.map_or(usual, |patience| patience.min(usual)),
            observer: Some(Arc::new(self.meters.clone())),
            connections: self.connections.clone(),
            ..Settings::new(access.client_id, access.client_secret)
        })
    }

    /// Lets other processes make requests with the credentials that were used here, without waiting whether they are
    /// used again.
    pub(crate) async fn rest_sources(&self) {
        let limiters: Vec<Limiter> = self.limiters.lock().await.values().cloned().collect();
        join_all(limiters.iter().map(Limiter::rest)).await;
    }

    /// The source of a stored integration.
    pub(crate) async fn source_of(&self, integration: &Integration) -> EngineResult<Box<dyn Source>> {
        self.patient_source_of(integration, None).await
    }

    /// The source of a stored integration, for somebody who waits no longer than that for a page.
    pub(crate) async fn patient_source_of(
        &self,
        integration: &Integration,
        patience: Option<Duration>,
    ) -> EngineResult<Box<dyn Source>> {
        let (Some(client_id), Some(secret)) = (&integration.client_id, &integration.secret) else {
            return Err(Refusal::NoCredentials {}.into());
        };
        let access = Access {
            base_url: integration.base_url.clone(),
            client_id: client_id.clone(),
            client_secret: self.key.open(secret, integration.id)?,
            requests_per_minute: integration.requests_per_minute.and_then(|number| u32::try_from(number).ok()),
            patience,
        };
        let source = self.source(access).await;
        Ok(Box::new(source.map_err(|error| Refusal::ConnectionUnusable { detail: error.to_string() })?))
    }
}

impl Engine {
    /// Whether the source can be reached with the stored credentials, and how many attributes they share.
    pub async fn check_source(&self, integration: &Integration) -> EngineResult<usize> {
        let source = self.source_of(integration).await?;
        let shared = async {
            source.check().await?;
            Ok(source.attributes().await?.len())
        };
        let shared = shared.await;
        self.rest_sources().await;
        shared
    }
}
