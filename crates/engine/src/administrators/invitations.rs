//! Invitations: somebody is asked to look after a programme, and accepts.
//!
//! It makes no difference to whoever invites whether the person is known to another programme: the
//! mail is the same, and name and second factor are seen once they have accepted.

use domain::{
    email,
    ids::{AdministratorId, ProgrammeId},
    language::Language,
    password::Owner,
    roles::Role,
};
use mail::Kind;
use store::{Administrator, Link, Place, Programme, StoreError, links as stored};

use super::{
    LinkState, Origin, SignIn,
    entries::{check_email, check_name},
    sign_in::SIGN_IN,
};
use crate::{
    Actor, ActorKind, Deed, Engine, EngineResult,
    audit::person,
    proof::{self, Admission, Flaw, Flaws, check_password, recognised, wrong},
};

/// Whom to invite. Fields of errors go by the same names.
#[derive(Debug, Clone)]
pub struct Invite {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// What they shall be.
    pub role: Role,
}

/// What an invitation that works is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The programme to look after.
    pub programme: String,
    /// As what.
    pub role: Role,
    /// Whom the invitation was sent to.
    pub email: String,
    /// Their name, as far as it is known.
    pub name: String,
    /// Whether they choose name and password now. Otherwise they have an account already, and enter its
    /// password.
    pub is_new: bool,
    /// Who invited them; none where a command did.
    pub invited_by: Option<String>,
}

/// An invitation and all that belongs to it.
struct Offer {
    link: Link,
    administrator: Administrator,
    place: Place,
    role: Role,
    programme: Programme,
}

impl Engine {
    /// Invites somebody to look after the programme, by a mail whose link works for 7 days. Inviting the
    /// same person again, before they have accepted, sends another link in place of the first.
    pub async fn invite_administrator(&self, programme: &Programme, invite: &Invite, by: &Actor) -> EngineResult<()> {
        let (administrator, place) = self.invitee(programme, invite, by).await?;
        self.offer(&administrator, &place).await?;
        self.note_invited(programme, &administrator, invite.role, by).await
    }

    /// Whom an invitation is for, and the place that it offers.
    pub(super) async fn invitee(
        &self,
        programme: &Programme,
        invite: &Invite,
        by: &Actor,
    ) -> EngineResult<(Administrator, Place)> {
        let mut flaws = Flaws::default();
        flaws.note("name", check_name(&invite.name));
        flaws.note("email", check_email(&invite.email));
        flaws.result()?;
        let known = self.store.administrator_by_email(&email::key(&invite.email)).await?;
        if let Some(known) = &known {
            let place = self.store.place(programme.number(), known.number()).await?;
            if place.is_some_and(|place| place.accepted_at.is_some()) {
                return Err(wrong("email", Flaw::AlreadyHere));
            }
        }
        // Until they choose one, they are written to in the programme's language.
        let language = self.programme_settings(programme)?.language;
        let administrator = known.unwrap_or_else(|| self.unknown(&invite.name, &invite.email, language));
        let place = self.offered(programme.number(), administrator.number(), invite.role, by);
        Ok((administrator, place))
    }

    /// Notes who was invited.
    pub(super) async fn note_invited(
        &self,
        programme: &Programme,
        administrator: &Administrator,
        role: Role,
        by: &Actor,
    ) -> EngineResult<()> {
        let deed = Deed {
            action: "administrator.invited",
            subject: &administrator.email,
            before: None::<()>,
            after: Some(role),
        };
        self.note(programme.number(), by, deed).await
    }

    async fn offer(&self, administrator: &Administrator, place: &Place) -> EngineResult<()> {
        let kind = Kind::AdministratorInvitation.name();
        let mail = self.mail_to_administrator(place.programme_id, kind, None, &administrator.email);
        let link = self.link_for(stored::INVITATION, &mail, Some(administrator.number()));
        Ok(self.store.invite(administrator, place, &link, Some(&mail)).await?)
    }

    /// Whether an invitation's link works, and what it is about.
    pub async fn invitation_state(&self, token: &str) -> EngineResult<LinkState<Invitation>> {
        let offer = self.offer_behind(token).await?;
        Ok(offer.map(|offer| Invitation {
            programme: offer.programme.name,
            role: offer.role,
            email: offer.administrator.email,
            name: offer.administrator.name,
            is_new: offer.administrator.password_hash.is_none(),
            invited_by: person(offer.place.invited_by),
        }))
    }

    async fn offer_behind(&self, token: &str) -> EngineResult<LinkState<Offer>> {
        let link = match self.link(stored::INVITATION, token).await?.about() {
            Ok(link) => link,
            Err(state) => return Ok(state),
        };
        Ok(match self.parties(&link).await? {
            Some((_, place, _)) if place.accepted_at.is_some() => LinkState::Used,
            Some((administrator, place, programme)) => {
                LinkState::Valid(Offer { role: role(&place.role)?, link, administrator, place, programme })
            }
            None => LinkState::Unknown,
        })
    }

    /// Whom a link was given, and their place in its programme.
    async fn parties(&self, link: &Link) -> EngineResult<Option<(Administrator, Place, Programme)>> {
        let (Some(administrator), Some(programme)) = (link.administrator_id, link.programme_id) else {
            return Ok(None);
        };
        let (administrator, programme) = (AdministratorId(administrator), ProgrammeId(programme));
        let place = self.store.place(programme, administrator).await?;
        let administrator = self.store.administrator(administrator).await?;
        let programme = self.store.programme_by_number(programme).await?;
        Ok(administrator
            .zip(place)
            .zip(programme)
            .map(|((administrator, place), programme)| (administrator, place, programme)))
    }

    /// Accepts an invitation. Somebody new chooses name and password, and is spoken to in `language`; who has an account already gives
    /// its password, and their second factor if they have one.
    pub async fn accept_invitation(
        &self,
        token: &str,
        name: &str,
        password: &str,
        language: Language,
        origin: &Origin,
    ) -> EngineResult<SignIn> {
        let offer = self.offer_behind(token).await?.valid()?;
        let new = match &offer.administrator.password_hash {
            None => Some(Administrator {
                language: language.as_str().to_owned(),
                ..self.newcomer(&offer, name, password).await?
            }),
            Some(hash) => {
                let account = &offer.administrator.email_key;
                let attempt = match self.attempt(SIGN_IN, account, origin).await? {
                    Admission::Wait(seconds) => return Ok(SignIn::Wait { seconds }),
                    Admission::Go(attempt) => attempt,
                };
                if !self.is_password(password, Some(hash.clone())).await? {
                    return Ok(SignIn::Refused);
                }
                self.attempt_succeeded(&attempt).await?;
                None
            }
        };
        let due = offer.administrator.has_second_factor();
        let (session, signed_in) = self.new_session(offer.administrator.number(), due, origin);
        if !self.store.accept(&offer.link, new.as_ref(), &session).await? {
            return Err(proof::lost());
        }
        let administrator = new.unwrap_or(offer.administrator);
        let by = Actor { kind: ActorKind::Administrator, name: administrator.name, address: origin.address.clone() };
        self.note(offer.programme.number(), &by, Deed::new("administrator.accepted", &administrator.email)).await?;
        Ok(if due { SignIn::SecondFactor(signed_in) } else { SignIn::In(signed_in) })
    }

    async fn newcomer(&self, offer: &Offer, name: &str, password: &str) -> EngineResult<Administrator> {
        let mut flaws = Flaws::default();
        flaws.note("name", check_name(name));
        let owner = Owner { email: &offer.administrator.email, name, programmes: &[&offer.programme.name] };
        flaws.note("password", check_password(password, &owner));
        flaws.result()?;
        Ok(Administrator {
            name: name.trim().to_owned(),
            password_hash: Some(self.hash_password(password).await?),
            updated_at: self.now(),
            ..offer.administrator.clone()
        })
    }

    /// Sends a new link for an expired one, to the address that had the first. Nothing is told, whatever
    /// became of it.
    pub async fn ask_again(&self, token: &str, origin: &Origin) -> EngineResult<()> {
        let hash = recognised(token);
        let Some(link) = self.store.link(&hash).await? else { return Ok(()) };
        let is_expired = link.used_at.is_none() && link.expires_at <= self.now();
        if !is_expired || !matches!(self.attempt("ask again", &hash, origin).await?, Admission::Go(_)) {
            return Ok(());
        }
        match self.parties(&link).await? {
            Some((administrator, place, _)) if link.kind == stored::INVITATION => {
                self.offer_again(&administrator, &place).await
            }
            Some((administrator, ..)) if link.kind == stored::RESET => self.send_reset(&administrator).await,
            _ => Ok(()),
        }
    }

    /// Sends an offer once more, unless it was accepted.
    pub(super) async fn offer_again(&self, administrator: &Administrator, place: &Place) -> EngineResult<()> {
        if place.accepted_at.is_some() {
            return Ok(());
        }
        self.offer(administrator, &Place { created_at: self.now(), ..place.clone() }).await
    }

    /// The name of whom an invitation was sent to, and who invited them, where it was a person.
    pub(crate) async fn invited(
        &self,
        programme: &Programme,
        address: &str,
    ) -> EngineResult<Option<(String, Option<String>)>> {
        let Some(administrator) = self.store.administrator_by_email(&email::key(address)).await? else {
            return Ok(None);
        };
        let place = self.store.place(programme.number(), administrator.number()).await?;
        Ok(place.map(|place| (administrator.name, person(place.invited_by))))
    }
}

/// A role as it is stored.
pub(super) fn role(text: &str) -> EngineResult<Role> {
    Ok(text.parse().map_err(|_| StoreError::Row(format!("there is no role “{text}”")))?)
}
