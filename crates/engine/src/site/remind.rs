//! Reminders of invitations that nobody has followed, and invitations that had expired when their owner came back.

use domain::ids::MemberId;
use mail::Kind;
use store::{Invitation, Programme};

use crate::{Engine, EngineResult};

/// How many of a programme are looked at in one go; the next follow in a moment.
const AT_ONCE: u64 = 200;

impl Engine {
    /// Sends what is due, in every programme; tells how many mails. Each reminder goes once: of those that were
    /// missed while nothing ran, only the last. Nobody is reminded who has a password, is a leaver, or whose link
    /// works no longer.
    pub async fn remind(&self) -> EngineResult<usize> {
        if self.is_held().await? {
            return Ok(0);
        }
        let mut sent = 0;
        for programme in self.store.programmes_with_reminders(self.now()).await? {
            let waiting = self.store.waiting_invitations(programme.number(), self.now(), AT_ONCE).await?;
            for invitation in &waiting {
                sent += usize::from(self.look_at_invitation(&programme, invitation).await?);
            }
        }
        Ok(sent)
    }

    /// Sends what is due for one invitation, if anything is, and notes when to look again.
    async fn look_at_invitation(&self, programme: &Programme, before: &Invitation) -> EngineResult<bool> {
        let set = self.programme_settings(programme)?.invitations;
        let member = MemberId(before.member_id);
        if before.is_due_again {
            let mail = self.member_mail(programme.id, Kind::Welcome.name(), member, &before.route);
            let now = Invitation {
                is_due_again: false,
                reminders: 0,
                reminder_at: set.reminder(self.now(), 0),
                valid_from: self.now(),
                ..before.clone()
            };
            return Ok(self.store.move_invitation(before, &now, Some(&mail)).await?);
        }
        let earlier = usize::try_from(before.reminders).unwrap_or_default();
        // Days count from when the mail went, however long it waited.
        let went = self.store.welcome_went(programme.number(), member).await?.unwrap_or(before.valid_from);
        let due = set.reminder(went, earlier).filter(|due| *due < before.expires_at);
        let (passed, next) = match due {
            _ if went == i64::MAX => (earlier, Some(self.now() + WAIT)),
            None => (earlier, None),
            Some(due) if due > self.now() => (earlier, Some(due)),
            Some(_) => {
                let passed = (earlier..).take_while(|at| set.reminder(went, *at).is_some_and(|due| due <= self.now()));
                let passed = earlier + passed.count();
                (passed, set.reminder(went, passed))
            }
        };
        let goes = passed > earlier && before.expires_at > self.now();
        let mail = goes.then(|| self.member_mail(programme.id, Kind::Reminder.name(), member, &before.route));
        let reminders = i32::try_from(passed).unwrap_or(i32::MAX);
        let now = Invitation { reminders, reminder_at: next, ..before.clone() };
        Ok(self.store.move_invitation(before, &now, mail.as_ref()).await? && goes)
    }
}

/// How long to wait for a welcome mail to go before there is another look, in microseconds.
const WAIT: i64 = 3_600 * 1_000_000;
