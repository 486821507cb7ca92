//! Sending invitations: on launch day to everybody or to some, again to one who asks or for whom an administrator
//! does, and as printed letters to those without a mailbox (R32).

use std::collections::BTreeSet;

use domain::{
    field::Field,
    ids::MemberId,
    member::{Member, State},
    plan::{Welcome, route},
    rules::Rules,
};
use mail::Kind;
use serde::Serialize;
use store::{Invitation, Mail, Programme, StoreError};
use uuid::Uuid;

use crate::{Actor, Deed, Engine, EngineResult, Refusal};

/// Whom to invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Everybody whom nobody has told of their account.
    All,
    /// These, if they have no password yet.
    Some(Vec<MemberId>),
}

/// Who wants an invitation sent once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Its owner, or somebody who enters their address: a link that works goes on working.
    Asked,
    /// An administrator: earlier links are replaced.
    Anew,
}

/// A letter to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whom it is for.
    pub name: String,
    /// Their employee ID, by which the letter finds them.
    pub employee_id: Option<String>,
    /// Their department, likewise.
    pub department: Option<String>,
    /// The single-use code.
    pub code: String,
    /// Until when it works, in microseconds of UTC.
    pub until: i64,
}

/// What the audit log says of invitations that were sent.
#[derive(Debug, Serialize)]
struct Sent {
    members: usize,
    /// When they go, in microseconds of UTC; now, if it does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<i64>,
}

impl Engine {
    /// Invites members, now or at an instant to come, in microseconds of UTC; tells how many. Whoever is chosen and
    /// was invited before gets a new link in the place of the earlier one; whoever has a password, is a leaver or
    /// has no address is passed over.
    pub async fn send_invitations(
        &self,
        programme: &Programme,
        who: &Who,
        at: Option<i64>,
        by: &Actor,
    ) -> EngineResult<usize> {
        if at.is_some_and(|at| at <= self.now()) {
            return Err(crate::proof::wrong("at", crate::proof::Flaw::InThePast));
        }
        let no_mailbox = self.no_mailbox_domains(programme).await?;
        let mut invited = 0;
        match who {
            Who::Some(ids) => {
                let members = self.store.members_by_number(programme.number(), ids).await?;
                invited = self.invite(programme, &members, at, &no_mailbox).await?;
            }
            Who::All => {
                let mut last = None;
                loop {
                    let members = self.store.members_not_invited(programme.number(), last).await?;
                    let Some(newest) = members.last() else { break };
                    last = Some(newest.id);
                    invited += self.invite(programme, &members, at, &no_mailbox).await?;
                }
            }
        }
        let after = Some(Sent { members: invited, at });
        let deed = Deed { action: "members.invited", subject: &programme.name, before: None::<()>, after };
        self.note(programme.number(), by, deed).await?;
        Ok(invited)
    }

    async fn invite(
        &self,
        programme: &Programme,
        members: &[Member],
        at: Option<i64>,
        no_mailbox: &[String],
    ) -> EngineResult<usize> {
        let days = self.programme_settings(programme)?.invitations;
        let from = at.unwrap_or_else(|| self.now());
        let may_be = |member: &&Member| {
            matches!(member.state, State::NotInvited | State::Invited) && member.fields.contains_key(&Field::Email)
        };
        let made = members.iter().filter(may_be).map(|member| {
            let route = route(no_mailbox, &member.fields);
            let mail = self.welcome_mail(programme.id, member.id, route, from);
            let is_letter = route == Welcome::Letter;
            let invitation = Invitation {
                programme_id: programme.id,
                id: mail.id,
                member_id: member.id.0,
                generation: 1,
                route: route.as_str().to_owned(),
                code_hash: None,
                valid_from: from,
                expires_at: from + days.valid(),
                used_at: None,
                reminder_at: days.reminder(from, 0).filter(|_| !is_letter),
                reminders: 0,
                is_due_again: false,
                created_at: self.now(),
            };
            (invitation, mail)
        });
        Ok(self.store.invite_members(&made.collect::<Vec<_>>(), self.now()).await?)
    }

    /// Sends one member a new invitation, in the place of earlier ones.
    pub async fn resend_invitation(&self, programme: &Programme, member: MemberId, by: &Actor) -> EngineResult<()> {
        let member = self.member(programme.number(), member).await?.member;
        if !self.send_open_invitation(programme, &member, How::Anew).await? {
            return Err(Refusal::NotInvitable {}.into());
        }
        // By number, as all that is done to a member: their page lists it, and once they are erased it tells nothing.
        let subject = member.id.to_string();
        self.note(programme.number(), by, Deed::new("member.invitation-resent", &subject)).await
    }

    /// Sends the invitation of somebody who has no password yet; `false` when nothing was sent.
    pub(super) async fn send_open_invitation(
        &self,
        programme: &Programme,
        member: &Member,
        how: How,
    ) -> EngineResult<bool> {
        let no_mailbox = self.no_mailbox_domains(programme).await?;
        if how == How::Asked {
            if route(&no_mailbox, &member.fields) == Welcome::Letter {
                return Ok(false);
            }
            let known = self.store.invitations_of(programme.number(), &[member.id]).await?.remove(&member.id);
            let works = |known: &Invitation| {
                known.used_at.is_none() && known.valid_from <= self.now() && known.expires_at > self.now()
            };
            if let Some(known) = known.filter(works) {
                let mail = self.welcome_mail(programme.id, member.id, route(&no_mailbox, &member.fields), self.now());
                return Ok(self.store.repeat_invitation(&known, &mail).await?);
            }
        }
        Ok(self.invite(programme, std::slice::from_ref(member), None, &no_mailbox).await? > 0)
    }

    /// The letters that are due, one for everybody who has none of our mails to open: what was printed before is
    /// printed once more as it was, while its code works.
    pub async fn print_letters(&self, programme: &Programme, by: &Actor) -> EngineResult<Vec<Letter>> {
        let valid = self.programme_settings(programme)?.invitations.valid();
        let mut letters = Vec::new();
        let mut fresh = Vec::new();
        let keys = self.letter_keys().await?;
        for (mut invitation, member) in self.store.letters(programme.number()).await? {
            let is_over = invitation.expires_at <= self.now();
            let code = if invitation.code_hash.is_none() || is_over {
                invitation.generation += i32::from(is_over);
                invitation.expires_at = self.now() + valid;
                let (code, hash) = keys.fresh(&invitation);
                invitation.code_hash = Some(hash);
                fresh.push(invitation.clone());
                code
            } else {
                keys.known(&invitation)
            };
            let of = |field: Field| member.fields.get(&field).cloned();
            let name = [of(Field::FirstName), of(Field::LastName)].into_iter().flatten().collect::<Vec<_>>().join(" ");
            letters.push(Letter {
                name,
                department: of(Field::Department),
                code,
                until: invitation.expires_at,
                employee_id: member.employee_id,
            });
        }
        self.store.keep_codes(&fresh).await?;
        if !letters.is_empty() {
            let after = Some(Sent { members: letters.len(), at: None });
            let deed = Deed { action: "letters.printed", subject: &programme.name, before: None::<()>, after };
            self.note(programme.number(), by, deed).await?;
        }
        Ok(letters)
    }

    /// How many members nobody has told of their account, and how many letters are due.
    pub async fn invitations_due(&self, programme: &Programme) -> EngineResult<(u64, u64)> {
        let programme = programme.number();
        Ok((self.store.count_not_invited(programme).await?, self.store.count_letters(programme).await?))
    }

    /// The domains of made-up addresses of all integrations of the programme.
    pub(super) async fn no_mailbox_domains(&self, programme: &Programme) -> EngineResult<Vec<String>> {
        let mut domains = BTreeSet::new();
        for integration in self.store.integrations(programme.number()).await? {
            if let Some(rules) = &integration.rules {
                domains.extend(serde_json::from_str::<Rules>(rules).map_err(StoreError::row)?.no_mailbox_domains);
            }
        }
        Ok(domains.into_iter().collect())
    }

    fn welcome_mail(&self, programme: Uuid, member: MemberId, route: Welcome, due_at: i64) -> Mail {
        let state = if route == Welcome::Letter { "to-print" } else { "pending" };
        let mail = self.member_mail(programme, Kind::Welcome.name(), member, route.as_str());
        Mail { state: state.to_owned(), due_at, ..mail }
    }
}
