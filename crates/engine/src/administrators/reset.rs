//! A forgotten password: a link by mail lets its owner choose another.

use domain::{email, ids::AdministratorId, password::Owner};
use mail::Kind;
use store::{Administrator, Link, links as stored};

use super::{LinkState, Origin, links, sign_in::SIGN_IN};
use crate::{
    Actor, ActorKind, Deed, Engine, EngineResult,
    proof::{self, Admission, check_password, random, recognised, wrong},
};

impl Engine {
    /// Sends a link for a new password, valid for an hour; who has not accepted an invitation yet gets
    /// that once more. The answer and the time that it takes are the same for every address.
    pub async fn forgot_password(&self, address: &str, origin: &Origin) -> EngineResult<()> {
        let key = email::key(address);
        if let Admission::Wait(_) = self.attempt("reset", &key, origin).await? {
            return Ok(());
        }
        let known = self.store.administrator_by_email(&key).await?;
        match known {
            Some(administrator) if administrator.password_hash.is_some() => self.send_reset(&administrator).await,
            Some(administrator) => match self.store.offers_to(administrator.number()).await?.first() {
                Some(place) => self.offer_again(&administrator, place).await,
                None => self.pretend().await,
            },
            None => self.pretend().await,
        }
    }

    /// Does what takes as long as sending a link.
    async fn pretend(&self) -> EngineResult<()> {
        let link = Link {
            token_hash: recognised(&random(&*self.world)),
            kind: stored::RESET.to_owned(),
            administrator_id: None,
            programme_id: None,
            expires_at: self.now() + links::RESET_VALID,
            used_at: Some(self.now()),
            created_at: self.now(),
        };
        Ok(self.store.add_link(&link).await?)
    }

    /// Sends a link for a new password. It goes through the outbox of one of the administrator's
    /// programmes; who looks after none gets none.
    pub(super) async fn send_reset(&self, administrator: &Administrator) -> EngineResult<()> {
        let places = self.places_now(administrator.number()).await?;
        let Some((programme, _)) = places.first() else { return self.pretend().await };
        let kind = Kind::AdministratorReset.name();
        let mail = self.mail_to_administrator(programme.id, kind, None, &administrator.email);
        let link = self.link_for(stored::RESET, &mail, Some(administrator.number()));
        Ok(self.store.send_link(&link, Some(&mail)).await?)
    }

    /// Whether the link for a new password works, and for whom: their address.
    pub async fn reset_state(&self, token: &str) -> EngineResult<LinkState<String>> {
        Ok(self.reset_behind(token).await?.map(|(_, administrator)| administrator.email))
    }

    async fn reset_behind(&self, token: &str) -> EngineResult<LinkState<(Link, Administrator)>> {
        let link = match self.link(stored::RESET, token).await?.about() {
            Ok(link) => link,
            Err(state) => return Ok(state),
        };
        let Some(id) = link.administrator_id else { return Ok(LinkState::Unknown) };
        let found = self.store.administrator(AdministratorId(id)).await?;
        Ok(found.map_or(LinkState::Unknown, |administrator| LinkState::Valid((link, administrator))))
    }

    /// Keeps a new password, and ends all sessions of its owner. A second factor stays.
    pub async fn reset_password(&self, token: &str, password: &str, origin: &Origin) -> EngineResult<()> {
        let (link, administrator) = self.reset_behind(token).await?.valid()?;
        self.check_new_password(&administrator, password).await?;
        let administrator = Administrator {
            password_hash: Some(self.hash_password(password).await?),
            updated_at: self.now(),
            ..administrator
        };
        if !self.store.reset(&link.token_hash, &administrator).await? {
            return Err(proof::lost());
        }
        // Whoever guessed at the old password has nothing to do with the new one.
        self.forget_attempts(SIGN_IN, &administrator.email_key).await?;
        self.note_everywhere(&administrator, "administrator.password-reset", origin).await
    }

    /// Whether a password is good enough for this administrator.
    pub(super) async fn check_new_password(&self, administrator: &Administrator, password: &str) -> EngineResult<()> {
        let places = self.places_now(administrator.number()).await?;
        let programmes: Vec<&str> = places.iter().map(|(programme, _)| programme.name.as_str()).collect();
        let owner = Owner { email: &administrator.email, name: &administrator.name, programmes: &programmes };
        check_password(password, &owner).map_err(|flaw| wrong("password", flaw))
    }

    /// Notes in each of an administrator's programmes what they did to their own account.
    pub(super) async fn note_everywhere(
        &self,
        administrator: &Administrator,
        action: &str,
        origin: &Origin,
    ) -> EngineResult<()> {
        let by =
            Actor { kind: ActorKind::Administrator, name: administrator.name.clone(), address: origin.address.clone() };
        for (programme, _) in self.places_now(administrator.number()).await? {
            self.note(programme.number(), &by, Deed::new(action, &administrator.email)).await?;
        }
        Ok(())
    }
}
