//! Personio, API v1.
//!
//! Version 2 of the API would need a call a person for what an import compares; version 1 gives a
//! hundred people a call, with as many attributes as are asked for (R4).

mod address;
mod ahead;
mod client;
mod employees;
#[cfg(feature = "fuzz")]
pub mod fuzz;
mod limits;
mod patience;
mod reading;
mod settings;
mod shared;
mod suggest;
mod token;
mod transport;
mod values;
mod wire;

#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc};

use domain::record::{Asked, Attribute, Record};
use futures::{
    future::{BoxFuture, FutureExt},
    stream::BoxStream,
};

pub use address::DEFAULT as DEFAULT_BASE_URL;
pub use ahead::PAGES_AT_ONCE;
pub use limits::{Limiter, Limits, Permit};
pub use settings::{Settings, SettingsError};
pub use shared::{Found, Ledger, Unreachable};
pub use suggest::{suggest, usual};
pub use transport::Connections;

use crate::{By, Description, Page, Source, SourceResult};

/// How people call it.
const NAME: &str = "Personio";

/// What Personio is called, and where a person's ID and status stand.
pub const DESCRIPTION: Description =
    Description { key: "personio", name: NAME, id_attribute: "id", status_attribute: "status" };

/// One Personio account, read with one set of credentials. Clones share token and limiter.
#[derive(Clone)]
pub struct Personio {
    client: Arc<client::Client>,
}

impl Personio {
    /// Checks the settings; nothing is sent yet.
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        Ok(Self { client: Arc::new(client::Client::new(settings)?) })
    }
}

impl fmt::Debug for Personio {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What it is made of is secret for the most part.
        out.debug_struct("Personio").finish_non_exhaustive()
    }
}

impl Source for Personio {
    fn describe(&self) -> Description {
        DESCRIPTION
    }

    fn check(&self) -> BoxFuture<'_, SourceResult<()>> {
        self.client.check().boxed()
    }

    fn attributes(&self) -> BoxFuture<'_, SourceResult<Vec<Attribute>>> {
        self.client.attributes().boxed()
    }

    fn read(&self, asked: Asked) -> BoxStream<'_, SourceResult<Page>> {
        reading::everybody(Arc::clone(&self.client), asked)
    }

    fn find(&self, asked: Asked, by: By) -> BoxFuture<'_, SourceResult<Vec<Record>>> {
        async move {
            match by {
                By::Id(id) => Ok(self.client.employee(&asked, &id).await?.into_iter().collect()),
                By::Email(address) => self.client.employees_by_email(&asked, &address).await,
            }
        }
        .boxed()
    }
}
