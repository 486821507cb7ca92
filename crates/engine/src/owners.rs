//! Integrations whose owner has left or was removed: the others are told, so that one of them takes over (R56).

use domain::email;
use store::{Integration, Mail};

use crate::{Engine, EngineResult};

/// How many integrations are fetched at once.
const AT_ONCE: u64 = 200;

impl Engine {
    /// Tells the other administrators of integrations whose owner has left, once; tells of how many. One that cannot be
    /// told of keeps no other waiting: its error comes back after all have had their turn.
    pub async fn tell_of_owners_who_left(&self) -> EngineResult<usize> {
        if self.is_held().await? {
            return Ok(0);
        }
        let mut told = 0;
        loop {
            let without = self.store.integrations_without_owner(AT_ONCE).await?;
            let mut failed = Ok(());
            let before = told;
            for integration in &without {
                match self.tell_of_owner(integration).await {
                    Ok(done) => told += usize::from(done),
                    Err(error) => failed = failed.and(Err(error)),
                }
            }
            if told == before || failed.is_err() {
                return failed.map(|()| told);
            }
        }
    }

    async fn tell_of_owner(&self, integration: &Integration) -> EngineResult<bool> {
        let owner = email::key(&integration.owner);
        let places = self.store.places_in(integration.programme()).await?;
        let others = places.into_iter().filter(|place| {
            place.accepted_at.is_some() && place.left_at.is_none() && email::key(&place.email) != owner
        });
        let mails: Vec<Mail> = others
            .map(|other| self.mail_to_administrator(integration.programme_id, "owner-left", None, &other.email))
            .collect();
        Ok(self.store.tell_without_owner(integration, self.now(), &mails).await?)
    }
}
