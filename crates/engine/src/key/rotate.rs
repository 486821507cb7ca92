//! A new key in the place of the present one.
//!
//! Everything that is sealed is sealed anew, row by row: interrupted, the next run goes on, since each envelope says
//! which key sealed it. What is not stored but made with the key (links, codes, hashes) cannot be made anew: the keys
//! for those purposes are kept, sealed with the new one, and what the old one made is recognised as before. Then
//! nothing needs the old key any more.

use serde::Serialize;
use store::sealed::{self, COLUMNS};
use uuid::Uuid;

use super::{Derived, file, purpose};
use crate::{Actor, Deed, Engine, EngineResult, KeyError, setup::Waiting};

/// Rows that are looked at together.
const AT_ONCE: u64 = 500;

/// What came of changing the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rotated {
    /// How many secrets were sealed anew, this time.
    pub sealed: u64,
    /// Secrets that none of the keys opens; they were of no use before either.
    pub unreadable: Vec<Unreadable>,
    /// Whether the old key still has to be taken out of the environment.
    pub old_in_environment: bool,
}

/// Secrets that none of the keys opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    /// The table that they stand in.
    pub table: String,
    /// How many.
    pub rows: u64,
}

impl Engine {
    /// Puts a new key in the place of the present one, and seals everything with it; an earlier change that was
    /// interrupted is gone on with. Whoever runs meanwhile needs no restart where the keys stand in a file.
    ///
    /// # Errors
    /// [`KeyError::InEnvironment`] when the key stands in the environment, and no older one beside it.
    pub async fn rotate_key(&self, by: &Actor) -> EngineResult<Rotated> {
        if !self.key.has_older() {
            let path = self.key.file().ok_or(KeyError::InEnvironment)?;
            file::add(path, &*self.world)?;
        }
        let mut rotated = Rotated { sealed: 0, unreadable: Vec::new(), old_in_environment: false };
        self.keep_former_keys().await?;
        // What somebody sealed with the old key just before they knew the new one is found by another look.
        loop {
            rotated.unreadable.clear();
            let sealed = self.seal_anew(&mut rotated.unreadable).await?;
            rotated.sealed += sealed;
            if sealed == 0 {
                break;
            }
        }
        match self.key.file() {
            Some(path) => file::drop_older(path)?,
            None => rotated.old_in_environment = true,
        }
        for programme in self.store.programmes().await? {
            self.note(programme.number(), by, Deed::new("key.rotated", &programme.name)).await?;
        }
        Ok(rotated)
    }

    /// Whether the key opens what is sealed: how many secrets there are, and how many it does not open.
    pub async fn check_key(&self) -> EngineResult<(u64, u64)> {
        let (mut all, mut shut) = (0, 0);
        for column in COLUMNS {
            let mut after = None;
            loop {
                let rows = self.store.sealed_otherwise(*column, &[], after, AT_ONCE).await?;
                let Some(last) = rows.last() else { break };
                after = Some((last.programme, last.row));
                all += rows.len() as u64;
                shut += rows.iter().filter(|row| self.key.open(&row.sealed, row.row).is_err()).count() as u64;
            }
        }
        Ok((all, shut))
    }

    /// The keys that were used for this before the present one.
    pub(crate) async fn former_keys(&self, purpose: &str) -> EngineResult<Vec<Derived>> {
        let mut keys: Vec<Derived> = self.key.older_derived(purpose).into_iter().map(|(_, key)| key).collect();
        for former in self.store.former_keys(purpose).await? {
            keys.push(Derived::from_digits(&self.key.open(&former.sealed, former.id)?)?);
        }
        Ok(keys)
    }

    async fn keep_former_keys(&self) -> EngineResult<()> {
        for purpose in purpose::LASTING {
            for (id, key) in self.key.older_derived(purpose) {
                let sealed = self.key.seal(&key.digits(), id, &*self.world)?;
                self.store
                    .keep_former_key(&sealed::FormerKey {
                        id,
                        purpose: purpose.to_owned(),
                        sealed,
                        retired_at: self.now(),
                    })
                    .await?;
            }
        }
        Ok(())
    }

    async fn seal_anew(&self, unreadable: &mut Vec<Unreadable>) -> EngineResult<u64> {
        let mark = self.key.mark_of_present();
        let mut done = 0;
        for column in COLUMNS {
            let mut shut = 0;
            let mut after = None;
            loop {
                let rows = self.store.sealed_otherwise(*column, &mark, after, AT_ONCE).await?;
                let Some(last) = rows.last() else { break };
                after = Some((last.programme, last.row));
                for row in &rows {
                    match self.key.open(&row.sealed, row.row) {
                        Ok(secret) => {
                            let sealed = self.key.seal(&secret, row.row, &*self.world)?;
                            done += u64::from(self.store.seal_anew(*column, row, &sealed).await?);
                        }
                        Err(_) => shut += 1,
                    }
                }
            }
            if shut > 0 {
                unreadable.push(Unreadable { table: column.table.to_owned(), rows: shut });
            }
        }
        Ok(done + self.seal_pending_anew(&mark).await?)
    }

    /// Credentials that were found good and wait to be taken stand within a draft.
    async fn seal_pending_anew(&self, mark: &[u8]) -> EngineResult<u64> {
        let mut done = 0;
        for programme in self.store.programmes().await? {
            for integration in self.store.integrations(programme.number()).await? {
                let row: Uuid = integration.id;
                let Some(pending) = Waiting::of(&integration)?.pending.filter(|one| !one.secret.starts_with(mark))
                else {
                    continue;
                };
                let Ok(secret) = self.key.open(&pending.secret, row) else { continue };
                let sealed = self.key.seal(&secret, row, &*self.world)?;
                let change = |integration: &mut store::Integration| {
                    let mut waiting = Waiting::of(integration)?;
                    // Others that were found good meanwhile are looked at again.
                    if let Some(now) = waiting.pending.as_mut().filter(|now| now.secret == pending.secret) {
                        now.secret.clone_from(&sealed);
                    }
                    waiting.write(integration)
                };
                self.change(&integration, change).await?;
                done += 1;
            }
        }
        Ok(done)
    }
}
