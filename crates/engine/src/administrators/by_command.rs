//! What whoever runs the installation does for administrators: an invitation or a new password by a link that is
//! handed over, and the second factor of somebody who lost it.

use domain::email;
use store::{Administrator, Programme, links as stored};

use super::{Invite, sign_in::SECOND_FACTOR};
use crate::{Actor, Deed, Engine, EngineError, EngineResult};

impl Engine {
    /// Invites somebody to look after the programme by a link that is handed over, not mailed. It works for 7 days,
    /// once, in the place of earlier ones.
    pub async fn invite_by_link(&self, programme: &Programme, invite: &Invite, by: &Actor) -> EngineResult<String> {
        let (administrator, place) = self.invitee(programme, invite, by).await?;
        let (link, address) = self.handed_over(stored::INVITATION, programme, &administrator).await?;
        self.store.invite(&administrator, &place, &link, None).await?;
        self.note_invited(programme, &administrator, invite.role, by).await?;
        Ok(address)
    }

    /// A link with which an administrator chooses a new password. It works for an hour, once, in the place of earlier
    /// ones.
    pub async fn reset_link(&self, address: &str, by: &Actor) -> EngineResult<String> {
        let administrator = self.known(address).await?;
        if administrator.password_hash.is_none() {
            return Err(EngineError::NotFound {
                what: format!("“{address}” has no password yet."),
                remedy: "Invite them again with `rollcall admin invite`.".to_owned(),
            });
        }
        let places = self.store.places_of(administrator.number(), self.now()).await?;
        let Some((programme, _)) = places.first() else { return Err(unknown(address)) };
        let (link, reset) = self.handed_over(stored::RESET, programme, &administrator).await?;
        self.store.send_link(&link, None).await?;
        self.note_in_all(&administrator, "administrator.reset-link-made", by).await?;
        Ok(reset)
    }

    /// Switches the second factor of an administrator off who lost it, and signs them out everywhere; `false` when
    /// they had none. They hear of it by mail.
    pub async fn reset_second_factor(&self, address: &str, by: &Actor) -> EngineResult<bool> {
        let administrator = self.known(address).await?;
        if !self.store.lose_second_factor(administrator.number()).await? {
            return Ok(false);
        }
        self.forget_attempts(SECOND_FACTOR, &administrator.id.to_string()).await?;
        self.note_in_all(&administrator, "administrator.second-factor-reset", by).await?;
        if let Some((programme, _)) = self.store.places_of(administrator.number(), self.now()).await?.first() {
            let kind = mail::Kind::SecondFactorReset.name();
            let mail = self.mail_to_administrator(programme.id, kind, None, &administrator.email);
            self.store.add_mail(&mail).await?;
        }
        Ok(true)
    }

    /// A link that no mail carries, and where it leads.
    async fn handed_over(
        &self,
        kind: &str,
        programme: &Programme,
        administrator: &Administrator,
    ) -> EngineResult<(store::Link, String)> {
        // The same as a mail would carry that is never kept.
        let mail_kind =
            if kind == stored::RESET { mail::Kind::AdministratorReset } else { mail::Kind::AdministratorInvitation };
        let mail = self.mail_to_administrator(programme.id, mail_kind.name(), None, &administrator.email);
        Ok((self.link_for(kind, &mail, Some(administrator.number())), self.link_in(&mail).await?))
    }

    /// The administrator with this address.
    async fn known(&self, address: &str) -> EngineResult<Administrator> {
        self.store.administrator_by_email(&email::key(address)).await?.ok_or_else(|| unknown(address))
    }

    /// Notes in each of somebody's programmes what was done for them.
    async fn note_in_all(&self, administrator: &Administrator, action: &str, by: &Actor) -> EngineResult<()> {
        for (programme, _) in self.store.places_of(administrator.number(), self.now()).await? {
            self.note(programme.number(), by, Deed::new(action, &administrator.email)).await?;
        }
        Ok(())
    }
}

fn unknown(address: &str) -> EngineError {
    EngineError::NotFound {
        what: format!("Nobody looks after a programme under “{address}”."),
        remedy: "`rollcall admin list PROGRAMME` shows who does.".to_owned(),
    }
}
