//! A forgotten password, and the first time without an invitation at hand: what there is to send goes by mail, and
//! the page says the same to everybody.

use domain::{
    email,
    ids::{MemberId, ProgrammeId},
    member::{Member, State},
};
use mail::Kind;
use store::{Credential, MemberLink, Programme};
use uuid::Uuid;

use super::{
    invitation::check_member_password,
    send::How,
    sign_in::{SIGN_IN, account},
};
use crate::{
    Engine, EngineResult,
    administrators::{LinkState, Origin, RESET_VALID},
    key::purpose,
    proof::{self, Admission, random, recognised, wrong},
};

impl Engine {
    /// Sends whoever has this address in the programme what lets them in: a link for a new password, valid for an
    /// hour, or their invitation while they have no password yet. A leaver's goes to their personal address
    /// (R62). The answer and the time that it takes are the same for every address.
    pub async fn let_member_in(&self, programme: &Programme, address: &str) -> EngineResult<()> {
        let key = email::key(address);
        // Not by network address: on the first day a whole office asks at once.
        let from = Origin::default();
        if let Admission::Wait(_) = self.attempt("member reset", &account(programme, &key), &from).await? {
            return Ok(());
        }
        let Some(member) = self.store.members_by_email(programme.number(), &[&key]).await?.remove(&key) else {
            return self.pretend_to_send(programme).await;
        };
        let credential = self.store.credential(programme.number(), member.id).await?;
        let went = match (member.state, credential) {
            (State::Active | State::Leaver, Some(_)) => {
                self.send_member_reset(programme, &member).await?;
                true
            }
            (State::NotInvited | State::Invited, _) => {
                self.send_open_invitation(programme, &member, How::Asked).await?
            }
            _ => false,
        };
        if went { Ok(()) } else { self.pretend_to_send(programme).await }
    }

    async fn send_member_reset(&self, programme: &Programme, member: &Member) -> EngineResult<()> {
        // A leaver may no longer read the mailbox at work; a member's own word stands before the mapped address.
        let route = if member.state == State::Leaver { "personal" } else { "account" };
        let mail = self.member_mail(programme.id, Kind::MemberReset.name(), member.id, route);
        let link = self.member_link(programme, member.id.0, &self.key.derived(purpose::MEMBER_RESET).token(mail.id));
        Ok(self.store.send_member_link(&link, Some(&mail)).await?)
    }

    /// Does what takes as long as sending a link.
    async fn pretend_to_send(&self, programme: &Programme) -> EngineResult<()> {
        let link =
            MemberLink { used_at: Some(self.now()), ..self.member_link(programme, Uuid::nil(), &random(&*self.world)) };
        Ok(self.store.send_member_link(&link, None).await?)
    }

    fn member_link(&self, programme: &Programme, member: Uuid, token: &str) -> MemberLink {
        MemberLink {
            programme_id: programme.id,
            token_hash: recognised(token),
            member_id: member,
            expires_at: self.now() + RESET_VALID,
            used_at: None,
            created_at: self.now(),
        }
    }

    /// What the link in a mail ends with: the same at every attempt (R50), also when the key of the installation
    /// was changed since the link was made.
    pub(crate) async fn reset_token(&self, programme: ProgrammeId, mail: Uuid) -> EngineResult<String> {
        let token = self.key.derived(purpose::MEMBER_RESET).token(mail);
        if self.store.member_link(programme, &recognised(&token)).await?.is_none() {
            for former in self.former_keys(purpose::MEMBER_RESET).await? {
                let made = former.token(mail);
                if self.store.member_link(programme, &recognised(&made)).await?.is_some() {
                    return Ok(made);
                }
            }
        }
        Ok(token)
    }

    /// Whether a member's link for a new password works, and for whom: their address.
    pub async fn member_reset_state(&self, programme: &Programme, token: &str) -> EngineResult<LinkState<String>> {
        let state = self.behind_reset(programme, token).await?;
        Ok(state.map(|(_, member)| member.fields.get(&domain::field::Field::Email).cloned().unwrap_or_default()))
    }

    async fn behind_reset(&self, programme: &Programme, token: &str) -> EngineResult<LinkState<(MemberLink, Member)>> {
        let Some(link) = self.store.member_link(programme.number(), &recognised(token)).await? else {
            return Ok(LinkState::Unknown);
        };
        let listed = self.store.member(programme.number(), MemberId(link.member_id)).await?;
        let Some(listed) = listed else { return Ok(LinkState::Unknown) };
        // Links of before somebody became a leaver die with their membership (R37).
        let is_dead = listed.left_at.is_some_and(|left| left > link.created_at);
        Ok(match listed.member.state {
            _ if is_dead => LinkState::Unknown,
            State::Closed | State::NotInvited | State::Invited => LinkState::Unknown,
            _ if link.used_at.is_some() => LinkState::Used,
            _ if link.expires_at <= self.now() => LinkState::Expired,
            _ => LinkState::Valid((link, listed.member)),
        })
    }

    /// Keeps a member's new password, and ends all sessions of its owner. A second factor stays.
    pub async fn reset_member_password(&self, programme: &Programme, token: &str, password: &str) -> EngineResult<()> {
        let (link, member) = self.behind_reset(programme, token).await?.valid()?;
        check_member_password(programme, &member.fields, password)?;
        let known = self.store.credential(programme.number(), member.id).await?;
        let known = known.ok_or_else(|| wrong("link", proof::Flaw::LinkUnknown))?;
        let password_hash = self.hash_password(password).await?;
        let credential = Credential { password_hash, updated_at: self.now(), ..known };
        if !self.store.reset_member(&link, &credential).await? {
            return Err(proof::lost());
        }
        // Whoever guessed at the old password has nothing to do with the new one.
        if let Some(key) = member.email_key() {
            self.forget_attempts(SIGN_IN, &account(programme, &key)).await?;
        }
        Ok(())
    }
}
