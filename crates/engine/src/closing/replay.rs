//! After a restore: whoever was erased since the backup was taken is erased again (R61, R63).

use std::path::PathBuf;

use domain::{
    ids::{MemberId, ProgrammeId},
    member::State,
    plan::Reason,
};
use store::{Trace, customers::Deletion};

use super::{
    list::{self, Kept, Line, What},
    traces::hashes,
};
use crate::{Engine, EngineError, EngineResult};

/// Lines this much older than the backup are looked at as well: clocks of machines differ. In microseconds.
const CLOCKS_APART: i64 = 60 * 60 * 1_000_000;

/// What a list of erasures came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Replayed {
    /// Accounts that were in the backup, and are erased again.
    pub erased: u64,
    /// Wishes to be erased that are noted again, with the day they were promised.
    pub asked: u64,
    /// People who may be members again.
    pub allowed: u64,
    /// Programmes that were in the backup, and are deleted again.
    pub programmes: u64,
    /// Lines that could not be read.
    pub unreadable: usize,
}

impl Engine {
    /// Does again what these lists say was done after the backup.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] when there is no such list.
    pub(crate) async fn replay(&self, lists: &[PathBuf], backup_at: i64) -> EngineResult<Replayed> {
        let mut replayed = Replayed::default();
        let mut lines = Vec::new();
        for file in lists {
            let (more, unreadable) = list::read(file).map_err(|error| EngineError::NotFound {
                what: format!("The list of erasures {} cannot be read: {error}.", file.display()),
                remedy: "Put it there or name it; without it, people who were erased after the backup was taken are \
                         members again. If there is none any more, say so with `--without-erasures`."
                    .to_owned(),
            })?;
            lines.extend(more);
            replayed.unreadable += unreadable;
        }
        for line in list::done(lines) {
            // With the programme everything of it is gone, whenever that was: its number is given to no other.
            if self.store.programme_by_number(ProgrammeId(line.programme)).await?.is_none() {
                continue;
            }
            let is_later = line.at >= backup_at - CLOCKS_APART;
            match (line.what, &line.kept) {
                (What::ProgrammeDeleted, _) => replayed.programmes += u64::from(self.delete_again(&line).await?),
                (What::Erased, Some(kept)) => replayed.erased += u64::from(self.erase_again(&line, kept).await?),
                (What::Asked, Some(kept)) if is_later => {
                    replayed.asked += u64::from(self.wish_again(&line, kept).await?);
                }
                (What::Allowed, _) if is_later => replayed.allowed += u64::from(self.allow_once_more(&line).await?),
                _ => {}
            }
        }
        Ok(replayed)
    }

    async fn delete_again(&self, line: &Line) -> EngineResult<bool> {
        let programme = ProgrammeId(line.programme);
        let mails = self.store.outbox(programme).await?;
        if self.store.delete_programme_again(programme, line.at).await? != Deletion::Done {
            return Ok(false);
        }
        self.forget_files(&mails).await;
        Ok(true)
    }

    async fn erase_again(&self, line: &Line, kept: &Kept) -> EngineResult<bool> {
        let (programme, member) = (ProgrammeId(line.programme), MemberId(line.member));
        let trace = Trace { closed_at: Some(line.at), ..self.trace_again(line, kept).await? };
        let mails = self.store.mails_to(programme, member).await?;
        if !self.store.erase_again(&trace, self.now()).await? {
            return Ok(false);
        }
        self.forget_files(&mails).await;
        Ok(true)
    }

    async fn wish_again(&self, line: &Line, kept: &Kept) -> EngineResult<bool> {
        let (programme, member) = (ProgrammeId(line.programme), MemberId(line.member));
        let Some(found) = self.store.programme_by_number(programme).await? else { return Ok(false) };
        let known = self.store.member(programme, member).await?;
        let is_open = known.is_some_and(|listed| listed.member.state != State::Closed);
        if !is_open || self.store.trace(programme, member).await?.is_some() {
            return Ok(false);
        }
        let reason = if kept.reason == Reason::OwnWish.to_string() { Reason::OwnWish } else { Reason::EraseNow };
        let promised = kept.erase_on.as_deref().and_then(|day| day.parse().ok());
        // The key first: the hashes of the wish are made with it.
        self.trace_again(line, kept).await?;
        self.wish(&found, member, &reason, promised).await?;
        Ok(true)
    }

    async fn allow_once_more(&self, line: &Line) -> EngineResult<bool> {
        let found = self.store.trace(ProgrammeId(line.programme), MemberId(line.member)).await?;
        match found.filter(|trace| trace.excluded) {
            Some(trace) => Ok(self.store.allow_again(&trace, self.now()).await?),
            None => Ok(false),
        }
    }

    /// The trace as it was. Its hashes are good under the key that they were made with; under another, they are
    /// made anew from what the backup holds.
    async fn trace_again(&self, line: &Line, kept: &Kept) -> EngineResult<Trace> {
        let (programme, member) = (ProgrammeId(line.programme), MemberId(line.member));
        let theirs = kept.key.as_deref().and_then(list::bytes);
        let theirs = theirs.filter(|sealed| self.opened(programme, sealed).is_ok());
        let ours = match (self.store.known_trace_key(programme).await?, &theirs) {
            (None, Some(sealed)) => Some(self.store.trace_key(programme, sealed).await?),
            (ours, _) => ours,
        };
        let is_same = match (&ours, &theirs) {
            (Some(ours), Some(theirs)) => self.opened(programme, ours)? == self.opened(programme, theirs)?,
            _ => false,
        };
        let (id_hash, email_hash) = if is_same {
            (kept.id_hash.clone(), kept.email_hash.clone())
        } else if let Some(listed) = self.store.member(programme, member).await? {
            hashes(&self.trace_key(programme).await?, &listed.member)
        } else {
            (None, None)
        };
        Ok(Trace {
            programme_id: line.programme,
            member_id: line.member,
            id_hash,
            email_hash,
            reason: kept.reason.clone(),
            joined_at: kept.joined_at,
            left_at: kept.left_at,
            closed_at: None,
            excluded: kept.excluded,
        })
    }
}
