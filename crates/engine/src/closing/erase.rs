//! Closing an account (R61): what is personal goes, from the database, the folder of mails and the log.

use domain::{field::Field, ids::ProgrammeId};
use mail::folder;
use store::{Mail, Programme, Trace, closing::Leaver, erasure::Erasure};
use tokio::time::{Duration, sleep};

use super::{
    list::What,
    pass::{KEEPS_ADDRESS, NoMailbox},
    progress::{Terms, knows_of_it},
    traces::{TraceKey, hashes},
};
use crate::{Engine, EngineResult, deliver::KEPT};

/// The kind of the mail that says so.
const CLOSED: &str = "closed";

/// How often the log is tried to be cut that somebody is reading.
const TRIES: u32 = 20;

/// A day, in microseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000_000;

impl Engine {
    /// Closes these accounts; tells how many. No import may be planning meanwhile: it would stage what it has
    /// read of them. Where one is, they are closed at the next look.
    pub(super) async fn close_members(
        &self,
        programme: &Programme,
        leavers: &[Leaver],
        no_mailbox: &NoMailbox,
    ) -> EngineResult<u64> {
        if leavers.is_empty() {
            return Ok(0);
        }
        let mut leases = Vec::new();
        let mut free = true;
        for integration in self.store.integrations(programme.number()).await? {
            match self.try_lease(&integration).await? {
                Some(lease) => leases.push(lease),
                None => free = false,
            }
        }
        let closed = if free { self.close_each(programme, leavers, no_mailbox, &leases).await } else { Ok(0) };
        for lease in &leases {
            self.store.release_work(lease).await?;
        }
        closed
    }

    async fn close_each(
        &self,
        programme: &Programme,
        leavers: &[Leaver],
        no_mailbox: &NoMailbox,
        leases: &[store::work::Lease],
    ) -> EngineResult<u64> {
        let key = self.trace_key(programme.number()).await?;
        let mut closed = 0;
        for leaver in leavers {
            for lease in leases {
                self.store.renew_work(lease).await?;
            }
            closed += u64::from(self.close_one(&key, leaver, no_mailbox).await?);
        }
        if closed > 0 {
            tracing::info!(programme = %programme.slug, closed, "accounts were closed");
        }
        Ok(closed)
    }

    async fn close_one(&self, key: &TraceKey, leaver: &Leaver, no_mailbox: &NoMailbox) -> EngineResult<bool> {
        let (listed, programme) = (&leaver.listed, leaver.programme);
        let asked = self.store.trace(programme, listed.member.id).await?;
        let (id_hash, email_hash) = hashes(key, &listed.member);
        let trace = Trace {
            programme_id: programme.0,
            member_id: listed.member.id.0,
            // What they lost since they asked is still theirs.
            id_hash: id_hash.or(asked.as_ref().and_then(|trace| trace.id_hash.clone())),
            email_hash: email_hash.or(asked.as_ref().and_then(|trace| trace.email_hash.clone())),
            reason: listed.leave_reason.clone().unwrap_or_default(),
            joined_at: listed.created_at,
            left_at: listed.left_at.unwrap_or_default(),
            closed_at: Some(self.now()),
            excluded: asked.is_some_and(|trace| trace.excluded),
        };
        let mails = self.store.mails_to(programme, listed.member.id).await?;
        let mail = self.closed_mail(leaver, no_mailbox);
        self.list(What::Erased, &trace, None).await?;
        let erasure = Erasure { trace, version: listed.member.version, mail };
        if !self.store.erase(&erasure, self.now()).await? {
            self.list(What::NotDone, &erasure.trace, None).await?;
            return Ok(false);
        }
        self.forget_files(&mails).await;
        Ok(true)
    }

    /// The mail that says so keeps its address itself, since nothing else does.
    fn closed_mail(&self, leaver: &Leaver, no_mailbox: &NoMailbox) -> Option<Mail> {
        let member = &leaver.listed.member;
        let route = no_mailbox.route(member).filter(|_| knows_of_it(leaver))?;
        let field = if route == "personal" { Field::PersonalEmail } else { Field::Email };
        let recipient = member.fields.get(&field).cloned();
        let language = member.fields.get(&Field::Language).map(String::as_str).unwrap_or_default();
        let route = format!("{KEPT}{language}");
        let mail = self.mail_about_member(CLOSED, leaver.programme.0, member.id.0, &route);
        Some(Mail { recipient, ..mail })
    }

    /// Forgets what must not stay: addresses of *closed* mails, addresses that nobody confirmed, details of people who were rejected, and, on
    /// SQLite, what the log still holds of whoever was erased just now.
    pub(super) async fn forget(&self, programme: &Programme, terms: &Terms, erased: bool) -> EngineResult<()> {
        let number = programme.number();
        let micros = i64::try_from(KEEPS_ADDRESS.as_micros()).unwrap_or(i64::MAX);
        let old = self.store.forget_closed_addresses(number, self.now() - micros).await?;
        self.forget_files(&old).await;
        self.store.forget_unconfirmed(number, self.now()).await?;
        let kept = i64::from(terms.close_down.rejected_days) * DAY;
        let emptied = self.store.empty_rejected(number, self.now() - kept).await?;
        if erased || emptied > 0 || !old.is_empty() {
            self.forget_log(number).await?;
        }
        Ok(())
    }

    pub(crate) async fn forget_log(&self, programme: ProgrammeId) -> EngineResult<()> {
        for _ in 0..TRIES {
            if self.store.forget_log().await? {
                return Ok(());
            }
            sleep(Duration::from_millis(100)).await;
        }
        tracing::warn!(programme = %programme.0, "the database's log is in use; what was erased stays in it until the next time");
        Ok(())
    }

    /// Removes mails from the folder. A file that cannot be removed is no reason to keep the account.
    pub(crate) async fn forget_files(&self, mails: &[Mail]) {
        for mail in mails {
            if let Err(error) = folder::forget(&self.settings.mail_directory, mail.id).await {
                tracing::warn!(%error, mail = %mail.id, "a mail to somebody who was erased could not be removed");
            }
        }
    }
}
