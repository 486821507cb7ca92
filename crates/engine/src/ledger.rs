//! The count of requests with the same credentials, in the database that all processes share (R6).

use std::time::Duration;

use domain::print::WidePrint;
use futures::future::{BoxFuture, FutureExt};
use sources::personio::{Found, Ledger, Unreachable};
use store::{Store, StoreError};
use uuid::Uuid;

/// The count for one set of credentials, as this process sees it.
pub(crate) struct Allowance {
    store: Store,
    /// The same in every process; nothing can be learnt from it.
    name: String,
    /// Tells this process from every other.
    owner: Uuid,
}

impl Allowance {
    /// The count for this client of the source at this address.
    pub(crate) fn new(store: Store, base_url: Option<&str>, client_id: &str, owner: Uuid) -> Self {
        let who = WidePrint::of(&format!("{} {client_id}", base_url.unwrap_or_default()));
        Self { store, name: format!("requests:{:032x}", who.0), owner }
    }
}

impl Ledger for Allowance {
    fn take(&self, credit: usize) -> BoxFuture<'_, Result<Option<Found>, Unreachable>> {
        async move {
            let taken = self.store.take_allowance(&self.name, self.owner, whole(credit)).await.map_err(unreachable)?;
            Ok(taken.map(|taken| {
                let written = Duration::from_micros(u64::try_from(taken.age).unwrap_or_default());
                let millis = taken.log.split(' ').filter_map(|age| age.parse().ok());
                let ages = millis.map(|age| Duration::from_millis(age) + written).collect();
                Found { ages, unknown: usize::try_from(taken.reserved).unwrap_or_default() }
            }))
        }
        .boxed()
    }

    fn keep(&self, ages: Vec<Duration>, credit: usize) -> BoxFuture<'_, Result<Option<bool>, Unreachable>> {
        async move {
            let kept = self.store.keep_allowance(&self.name, self.owner, &line(&ages), whole(credit)).await;
            kept.map_err(unreachable)
        }
        .boxed()
    }

    fn give_up(&self, ages: Vec<Duration>) -> BoxFuture<'_, Result<(), Unreachable>> {
        async move { self.store.give_allowance_up(&self.name, self.owner, &line(&ages)).await.map_err(unreachable) }
            .boxed()
    }
}

/// Ages in whole milliseconds: rounded down, so that nothing is over earlier than it was.
fn line(ages: &[Duration]) -> String {
    ages.iter().map(|age| age.as_millis().to_string()).collect::<Vec<_>>().join(" ")
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err takes")]
fn unreachable(error: StoreError) -> Unreachable {
    Unreachable(error.to_string())
}
