//! A look at all leavers of a programme: what is due is done.

use std::collections::{HashMap, HashSet};

use domain::{
    email,
    field::Field,
    ids::{IntegrationId, MemberId},
    member::Member,
    programme::close_down::{Due, Notice},
};
use jiff::SignedDuration;
use store::{
    Mail, Programme,
    closing::{Leaver, Step},
};
use uuid::Uuid;

use super::{
    Done, WORK,
    progress::{Terms, knows_of_it},
};
use crate::{Engine, EngineResult, halt::Halt};

/// How many leavers are looked at together.
const AT_ONCE: u64 = 200;

/// The kinds of mails.
const NOTICE: &str = "leaver-notice";
const REMINDER: &str = "leaver-reminder";
const REOPENED: &str = "reopened";

/// After how long there is a look whether a notice has gone by now.
const LOOK_FOR_DELIVERY: SignedDuration = SignedDuration::from_mins(5);

/// For how long a *closed* mail keeps its address if it cannot be delivered (R61).
pub(super) const KEEPS_ADDRESS: SignedDuration = SignedDuration::from_hours(72);

impl Engine {
    /// Does what is due for the leavers of every programme. One that cannot be looked at keeps no other
    /// waiting: its error comes back after all have had their turn.
    pub async fn close_down(&self) -> EngineResult<Done> {
        self.close_down_of(self.store.programmes().await?, &Halt::never()).await
    }

    /// The same where there is something to look at, as far as the database can tell, no longer than until the
    /// process is to stop; with `all` wherever there may be: where settings have changed, or something is to be
    /// forgotten.
    pub(crate) async fn close_down_until(&self, all: bool, halt: &Halt) -> EngineResult<Done> {
        let programmes =
            if all { self.store.programmes().await? } else { self.store.programmes_with_leavers(self.now()).await? };
        self.close_down_of(programmes, halt).await
    }

    async fn close_down_of(&self, programmes: Vec<Programme>, halt: &Halt) -> EngineResult<Done> {
        if self.is_held().await? {
            return Ok(Done::default());
        }
        let mut done = Done::default();
        let mut failed = Ok(());
        for programme in programmes {
            if halt.is_asked() {
                break;
            }
            match self.close_down_in(&programme).await {
                Ok(here) => {
                    done.told += here.told;
                    done.closed += here.closed;
                    done.returned += here.returned;
                }
                Err(error) => failed = failed.and(Err(error)),
            }
        }
        failed.map(|()| done)
    }

    async fn close_down_in(&self, programme: &Programme) -> EngineResult<Done> {
        let lease = self.store.claim_work(programme.number(), WORK, self.new_id()).await?;
        let Some(lease) = lease else { return Ok(Done::default()) };
        self.while_leased(&lease, self.look_at_leavers(programme)).await
    }

    async fn look_at_leavers(&self, programme: &Programme) -> EngineResult<Done> {
        let terms = self.terms(programme)?;
        if programme.is_suspended() {
            // Nobody can be told, so nobody's way goes on; what must not stay is forgotten all the same.
            self.forget(programme, &terms, false).await?;
            return Ok(Done::default());
        }
        let no_mailbox = self.no_mailbox(programme).await?;
        let mut done = Done { returned: self.welcome_back(programme, &no_mailbox).await?, ..Done::default() };
        let mut closing = Vec::new();
        let mut after = None;
        loop {
            let (number, now) = (programme.number(), self.now());
            let mut leavers = self.store.leavers_to_look_at(number, terms.print(), now, after, AT_ONCE).await?;
            self.as_they_chose(number, leavers.iter_mut().map(|leaver| &mut leaver.listed.member)).await?;
            let Some(last) = leavers.last() else { break };
            after = Some(last.listed.member.id);
            let mut steps = Vec::with_capacity(leavers.len());
            for leaver in leavers {
                match self.next_step(&terms, &leaver, &no_mailbox)? {
                    Some(step) => steps.push(step),
                    None => closing.push(leaver),
                }
            }
            done.told += steps.iter().filter(|step| tells(step)).count() as u64;
            self.store.take_steps(&steps).await?;
        }
        done.closed = self.close_members(programme, &closing, &no_mailbox).await?;
        self.forget(programme, &terms, done.closed > 0).await?;
        Ok(done)
    }

    /// The next step of a leaver; none where the account is to be closed.
    fn next_step(&self, terms: &Terms, leaver: &Leaver, no_mailbox: &NoMailbox) -> EngineResult<Option<Step>> {
        let mut after = terms.row(leaver)?;
        let known = terms.leaver(&after, leaver.notice.as_ref())?;
        let now = self.world.now();
        let outlook = terms.close_down.outlook(&known, &terms.zone, now);
        let mut mail = None;
        match outlook.due {
            Some(Due::Close) => return Ok(None),
            Some(Due::Notice) => {
                mail = self.mail_to_leaver(NOTICE, leaver, no_mailbox);
                after.notice_at = Some(self.now());
                after.notice_mail = mail.as_ref().map(|mail| mail.id);
            }
            Some(Due::Reminder(day)) => {
                mail = self.mail_to_leaver(REMINDER, leaver, no_mailbox);
                after.reminded = i32::try_from(day).ok();
            }
            None => {}
        }
        if outlook.due.is_some() {
            after.told = Some(outlook.ends_on.to_string());
        }
        let waits = outlook.due == Some(Due::Notice) || known.notice == Notice::Waits;
        let next = match outlook.due {
            // What comes after it is seen at the next look.
            Some(_) if !waits => now,
            _ if waits => outlook.next.min(now.saturating_add(LOOK_FOR_DELIVERY).unwrap_or(now)),
            _ => outlook.next,
        };
        after.next_at = next.as_microsecond();
        Ok(Some(Step { before: leaver.row.clone(), after, mail }))
    }

    /// Members who are back: they hear of it if they had heard that they would lose their access (R38).
    async fn welcome_back(&self, programme: &Programme, no_mailbox: &NoMailbox) -> EngineResult<u64> {
        let returned = self.store.returned(programme.number(), AT_ONCE).await?;
        let ids: Vec<MemberId> = returned.iter().map(|row| MemberId(row.member_id)).collect();
        let mut members = self.store.members_by_number(programme.number(), &ids).await?;
        self.as_they_chose(programme.number(), &mut members).await?;
        for row in &returned {
            let member = members.iter().find(|member| member.id.0 == row.member_id);
            let route = member.and_then(|member| no_mailbox.route(member));
            let mail = route.map(|route| self.mail_about_member(REOPENED, row.programme_id, row.member_id, route));
            self.store.end_close_down(row, mail.as_ref()).await?;
        }
        Ok(returned.len() as u64)
    }

    /// A mail to a leaver; none where nobody would read it, or where they never knew of the account.
    fn mail_to_leaver(&self, kind: &str, leaver: &Leaver, no_mailbox: &NoMailbox) -> Option<Mail> {
        let member = &leaver.listed.member;
        let route = no_mailbox.route(member).filter(|_| knows_of_it(leaver))?;
        Some(self.mail_about_member(kind, leaver.programme.0, member.id.0, route))
    }

    /// A mail to a member, due at once.
    pub(super) fn mail_about_member(&self, kind: &str, programme: Uuid, member: Uuid, route: &str) -> Mail {
        Mail {
            member_id: Some(member),
            route: route.to_owned(),
            recipient: None,
            ..self.mail_to_administrator(programme, kind, None, "")
        }
    }

    pub(super) async fn no_mailbox(&self, programme: &Programme) -> EngineResult<NoMailbox> {
        let mut domains = HashMap::new();
        for integration in self.store.integrations(programme.number()).await? {
            // One that was never published has no members.
            let Ok(rules) = integration.rules() else { continue };
            domains.insert(integration.number(), rules.no_mailbox_domains.into_iter().collect());
        }
        Ok(NoMailbox(domains))
    }
}

/// Domains of made-up addresses, by integration: nobody reads what goes there (R32).
pub(super) struct NoMailbox(HashMap<IntegrationId, HashSet<String>>);

impl NoMailbox {
    /// Where notices go (R62): to a personal address, else to the account's.
    pub(super) fn route(&self, member: &Member) -> Option<&'static str> {
        let made_up = member.integration.and_then(|integration| self.0.get(&integration));
        let is_read = |field: &Field| {
            let address = member.fields.get(field)?;
            (!made_up.is_some_and(|domains| domains.contains(&email::domain(address)))).then_some(())
        };
        let personal = is_read(&Field::PersonalEmail).map(|()| "personal");
        personal.or_else(|| is_read(&Field::Email).map(|()| "account"))
    }
}

/// Whether a step tells the leaver something new.
fn tells(step: &Step) -> bool {
    let known = step.before.as_ref().map(|row| (row.notice_at, row.reminded));
    known.unwrap_or_default() != (step.after.notice_at, step.after.reminded)
}
