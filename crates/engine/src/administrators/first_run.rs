//! The first run: a link that the server prints makes the first administrator and their programme.

use domain::{
    email,
    ids::{AdministratorId, ProgrammeId},
    language::Language,
    password::Owner,
    programme,
    roles::Role,
};
use store::{Administrator, Link, Place, Programme, links::FIRST_RUN};

use super::{
    LinkState, Origin, Token,
    entries::{check_email, check_name, check_programme_name, check_slug, check_time_zone},
    links::FIRST_RUN_VALID,
};
use crate::{
    Actor, ActorKind, Deed, Engine, EngineResult,
    proof::{self, Flaw, Flaws, check_password, recognised, wrong},
};

/// What the first administrator enters. Fields of errors go by the same names.
#[derive(Clone)]
pub struct FirstRun {
    /// The programme's name for people.
    pub programme: String,
    /// Its name in addresses and commands; made from its name if not given.
    pub slug: Option<String>,
    /// The zone in which its days begin.
    pub time_zone: String,
    /// The administrator's name.
    pub name: String,
    /// The administrator's e-mail address.
    pub email: String,
    /// The administrator's password.
    pub password: String,
    /// The language that the portal speaks to them.
    pub language: Language,
}

/// An administrator who is made at once, without an invitation.
#[derive(Clone)]
pub struct NewAdministrator {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their password.
    pub password: String,
    /// The language that the portal speaks to them.
    pub language: Language,
}

impl Engine {
    /// A link for the first run, valid for 30 minutes; none once there is an administrator.
    pub async fn first_run_link(&self) -> EngineResult<Option<String>> {
        if self.store.has_administrators().await? {
            return Ok(None);
        }
        let token = self.new_token();
        let link = Link {
            token_hash: recognised(token.as_str()),
            kind: FIRST_RUN.to_owned(),
            administrator_id: None,
            programme_id: None,
            expires_at: self.now() + FIRST_RUN_VALID,
            used_at: None,
            created_at: self.now(),
        };
        self.store.add_link(&link).await?;
        Ok(Some(format!("{}/first-run/{}", self.settings.public_url, token.as_str())))
    }

    /// Whether a link of the first run works. Once there is an administrator, all are used.
    pub async fn first_run_state(&self, token: &str) -> EngineResult<LinkState<()>> {
        if self.store.has_administrators().await? {
            return Ok(LinkState::Used);
        }
        Ok(self.link(FIRST_RUN, token).await?.map(|_| ()))
    }

    /// Makes the first administrator, who owns the programme and is signed in. A programme that was set
    /// up by command under the same name in addresses is taken over as it is.
    pub async fn first_run(&self, token: &str, entries: &FirstRun, origin: &Origin) -> EngineResult<Token> {
        self.first_run_state(token).await?.valid()?;
        let slug = entries.slug.as_deref().map(str::trim).filter(|slug| !slug.is_empty());
        let slug = slug.map_or_else(|| programme::slug_of(&entries.programme), str::to_owned);
        let mut flaws = Flaws::default();
        flaws.note("programme", check_programme_name(&entries.programme));
        flaws.note("slug", check_slug(&slug));
        flaws.note("time_zone", check_time_zone(&entries.time_zone));
        let new = NewAdministrator {
            name: entries.name.clone(),
            email: entries.email.clone(),
            password: entries.password.clone(),
            language: entries.language,
        };
        check(&new, &entries.programme, &mut flaws);
        flaws.result()?;
        let known = self.store.programme(&slug).await?;
        let programme = known.unwrap_or_else(|| Programme {
            id: self.new_id(),
            slug,
            name: entries.programme.trim().to_owned(),
            time_zone: entries.time_zone.clone(),
            settings: "{}".to_owned(),
            created_at: self.now(),
            suspended_at: None,
        });
        let administrator = self.made(&new).await?;
        let actor =
            Actor { kind: ActorKind::Administrator, name: administrator.name.clone(), address: origin.address.clone() };
        let place = self.place(programme.number(), administrator.number(), Role::Owner, &actor);
        let (session, signed_in) = self.new_session(administrator.number(), false, origin);
        if !self.store.first_run(&recognised(token), &programme, &administrator, &place, &session).await? {
            return Err(proof::lost());
        }
        self.note(programme.number(), &actor, Deed::new("programme.taken-over", &programme.slug)).await?;
        Ok(signed_in)
    }

    /// Makes an administrator of the programme at once.
    pub async fn make_administrator(
        &self,
        programme: &Programme,
        new: &NewAdministrator,
        role: Role,
        by: &Actor,
    ) -> EngineResult<AdministratorId> {
        let mut flaws = Flaws::default();
        check(new, &programme.name, &mut flaws);
        flaws.result()?;
        if self.store.administrator_by_email(&email::key(&new.email)).await?.is_some() {
            return Err(wrong("email", Flaw::EmailKnown));
        }
        let administrator = self.made(new).await?;
        let place = self.place(programme.number(), administrator.number(), role, by);
        self.store.add_administrator(&administrator, &place).await?;
        let deed =
            Deed { action: "administrator.made", subject: &administrator.email, before: None::<()>, after: Some(role) };
        self.note(programme.number(), by, deed).await?;
        Ok(administrator.number())
    }

    async fn made(&self, new: &NewAdministrator) -> EngineResult<Administrator> {
        let hash = self.hash_password(&new.password).await?;
        Ok(Administrator { password_hash: Some(hash), ..self.unknown(&new.name, &new.email, new.language) })
    }

    /// Somebody of whom only name and address are known.
    pub(super) fn unknown(&self, name: &str, address: &str, language: Language) -> Administrator {
        Administrator {
            id: self.new_id(),
            email: address.trim().to_owned(),
            email_key: email::key(address),
            name: name.trim().to_owned(),
            language: language.as_str().to_owned(),
            password_hash: None,
            totp_secret: None,
            totp_last_step: None,
            created_at: self.now(),
            updated_at: self.now(),
        }
    }

    fn place(&self, programme: ProgrammeId, administrator: AdministratorId, role: Role, by: &Actor) -> Place {
        Place { accepted_at: Some(self.now()), ..self.offered(programme, administrator, role, by) }
    }

    /// A place that is offered and not yet accepted.
    pub(super) fn offered(
        &self,
        programme: ProgrammeId,
        administrator: AdministratorId,
        role: Role,
        by: &Actor,
    ) -> Place {
        Place {
            programme_id: programme.0,
            administrator_id: administrator.0,
            role: role.as_str().to_owned(),
            invited_by: by.name.clone(),
            created_at: self.now(),
            accepted_at: None,
            left_at: None,
        }
    }
}

fn check(new: &NewAdministrator, programme: &str, flaws: &mut Flaws) {
    flaws.note("name", check_name(&new.name));
    flaws.note("email", check_email(&new.email));
    let owner = Owner { email: new.email.trim(), name: &new.name, programmes: &[programme] };
    flaws.note("password", check_password(&new.password, &owner));
}
