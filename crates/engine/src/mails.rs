//! What each mail says: from rows to the words that its template asks for, in the reader's language.

use domain::{
    email,
    field::{Field, Fields},
    guard::Facts,
    ids::{IntegrationId, MemberId},
    plan::Counts,
    programme::settings::Settings,
};
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};
use mail::{Kind, Language, Rendered, context, render};
use sources::personio;
use store::{Import, Mail, Programme};

use crate::{Engine, EngineError, EngineResult, Failing, administrators::links};

impl Engine {
    /// The language of mails to whoever has this address: that of the portal, if they sign in to it, else the
    /// programme's.
    pub(crate) async fn language_at(&self, programme: &Programme, address: &str) -> EngineResult<Language> {
        let known = self.store.administrator_by_email(&email::key(address)).await?;
        Ok(known.and_then(|known| Language::of(&known.language)).unwrap_or_else(|| language(programme)))
    }

    /// An invitation, or a reminder of it. Its link is the same at every attempt (R50).
    pub(crate) async fn invitation_mail(
        &self,
        programme: &Programme,
        mail: &Mail,
        kind: Kind,
        fields: Option<&Fields>,
    ) -> EngineResult<Rendered> {
        let invitation = match mail.member_id.map(MemberId) {
            Some(member) => self.store.invitations_of(programme.number(), &[member]).await?.remove(&member),
            None => None,
        };
        let invitation = invitation.ok_or_else(crate::deliver::withdrawn)?;
        let nothing = Fields::new();
        let fields = fields.unwrap_or(&nothing);
        let language = language_for(programme, fields);
        let context = context::Invitation {
            programme: look(programme),
            first_name: first_name(fields),
            until: language.day(local(programme, invitation.expires_at).date()),
            link: self.invitation_link(programme, &invitation),
        };
        self.worded(programme, kind, language, &context).await
    }

    /// A link with which a member chooses a new password.
    pub(crate) async fn member_reset_mail(
        &self,
        programme: &Programme,
        mail: &Mail,
        fields: Option<&Fields>,
    ) -> EngineResult<Rendered> {
        let nothing = Fields::new();
        let fields = fields.unwrap_or(&nothing);
        let language = language_for(programme, fields);
        let token = self.reset_token(programme.number(), mail.id).await?;
        let context = context::MemberReset {
            programme: look(programme),
            first_name: first_name(fields),
            until: language.moment(&local(programme, mail.created_at + links::RESET_VALID)),
            link: format!("{}/{}/reset/{}", self.public_url(), programme.slug, token),
        };
        self.worded(programme, Kind::MemberReset, language, &context).await
    }

    /// An offer to look after a programme.
    pub(crate) async fn administrator_invitation(
        &self,
        programme: &Programme,
        mail: &Mail,
        to: &str,
        link: String,
    ) -> EngineResult<Rendered> {
        let invited = self.invited(programme, to).await?;
        let (name, invited_by) = invited.ok_or_else(crate::deliver::withdrawn)?;
        let language = self.language_at(programme, to).await?;
        let until = language.moment(&local(programme, mail.created_at + links::INVITATION_VALID));
        let context = context::AdministratorInvitation { programme: look(programme), name, invited_by, until, link };
        Ok(render(Kind::AdministratorInvitation, language, &context)?)
    }

    /// A new password for an administrator.
    pub(crate) async fn administrator_reset(
        &self,
        programme: &Programme,
        mail: &Mail,
        to: &str,
        link: String,
    ) -> EngineResult<Rendered> {
        let language = self.language_at(programme, to).await?;
        let until = language.moment(&local(programme, mail.created_at + links::RESET_VALID));
        let context = context::AdministratorReset { programme: look(programme), until, link };
        Ok(render(Kind::AdministratorReset, language, &context)?)
    }

    /// An administrator's second factor is off, without their doing.
    pub(crate) async fn second_factor_reset(
        &self,
        programme: &Programme,
        mail: &Mail,
        to: &str,
    ) -> EngineResult<Rendered> {
        let language = self.language_at(programme, to).await?;
        let when = language.moment(&local(programme, mail.created_at));
        let link = format!("{}/account", self.public_url());
        let context = context::SecondFactorReset { programme: look(programme), when, link };
        Ok(render(Kind::SecondFactorReset, language, &context)?)
    }

    /// A mail to an administrator about an import: numbers, and nobody's data (R51).
    pub(crate) async fn about_import(
        &self,
        programme: &Programme,
        import: &Import,
        kind: Kind,
        to: &str,
    ) -> EngineResult<Rendered> {
        let language = self.language_at(programme, to).await?;
        let portal = format!("{}/manage/{}", self.public_url(), programme.slug);
        let at = import.finished_at.or(import.held_at).unwrap_or(import.created_at);
        let about = About {
            when: language.moment(&local(programme, at)),
            programme: look(programme),
            source: personio::DESCRIPTION.name.to_owned(),
            failure: import.failure.clone().unwrap_or_default(),
            link: format!("{portal}/imports/{}", import.number()),
        };
        let code = import.failure_code.clone().unwrap_or_default();
        let rendered = match kind {
            Kind::ImportSummary => render(kind, language, &about.summary(import.counts()?)),
            Kind::OnHold => render(
                kind,
                language,
                &about.on_hold(import.counts()?, &import.findings()?.unwrap_or_default().facts, import),
            ),
            Kind::ImportFailed => render(kind, language, &about.failed(code)),
            Kind::ReconnectNeeded => {
                let link = format!("{portal}/integrations/{}/set-up/authorize", personio::DESCRIPTION.key);
                render(kind, language, &About { link, ..about }.reconnect(code))
            }
            Kind::Paused => {
                let failing = self.pause_told_of(import).await?;
                let since = language.moment(&local(programme, failing.since));
                render(kind, language, &about.paused(code, failing, since))
            }
            kind => return Err(not_to_be_sent(format!("the mail `{kind}` is not about an import"))),
        };
        Ok(rendered?)
    }

    /// How imports have been failing, for whoever is told that the schedule has paused itself; once it goes on, there is
    /// nothing to tell.
    async fn pause_told_of(&self, import: &Import) -> EngineResult<Failing> {
        let of = IntegrationId(import.integration_id);
        let integration = self.store.integration_by_number(import.programme(), of).await?;
        let failing = integration.map(|integration| self.failing(&integration)).transpose()?.flatten();
        failing.filter(|failing| failing.has_paused).ok_or_else(crate::deliver::settled)
    }

    /// That an integration has no owner any more (R56); not once somebody has taken over.
    pub(crate) async fn owner_left_mail(&self, programme: &Programme, to: &str) -> EngineResult<Rendered> {
        let integrations = self.store.integrations(programme.number()).await?;
        let without = integrations.into_iter().find(|integration| integration.owner_left_at.is_some());
        let integration = without.ok_or_else(crate::deliver::settled)?;
        let language = self.language_at(programme, to).await?;
        let context = context::OwnerLeft {
            programme: look(programme),
            source: personio::DESCRIPTION.name.to_owned(),
            link: format!(
                "{}/manage/{}/integrations/{}?ask=hand-over",
                self.public_url(),
                programme.slug,
                integration.source
            ),
            owner: integration.owner,
        };
        Ok(render(Kind::OwnerLeft, language, &context)?)
    }
}

/// What every mail about an import says.
struct About {
    programme: context::Programme,
    source: String,
    when: String,
    failure: String,
    link: String,
}

impl About {
    fn summary(self, counts: Counts) -> context::ImportSummary {
        context::ImportSummary {
            programme: self.programme,
            source: self.source,
            when: self.when,
            read: counts.read,
            join: counts.join,
            update: counts.update,
            leave: counts.leave,
            rejoin: counts.rejoin,
            reject: counts.reject,
            unchanged: counts.unchanged,
            not_eligible: counts.not_eligible,
            starts_later: counts.starts_later,
            errors: counts.errors,
            warnings: counts.warnings,
            link: self.link,
        }
    }

    fn on_hold(self, counts: Counts, facts: &Facts, import: &Import) -> context::OnHold {
        context::OnHold {
            programme: self.programme,
            source: self.source,
            when: self.when,
            guards: import.held_by.split(',').filter(|guard| !guard.is_empty()).map(str::to_owned).collect(),
            week_leavers: counts.leave.saturating_add(facts.week_leavers),
            read: counts.read,
            last_read: facts.last_read.unwrap_or_default(),
            identity_changes: facts.identity_changes,
            join: counts.join,
            update: counts.update,
            leave: counts.leave,
            rejoin: counts.rejoin,
            reject: counts.reject,
            members: u64::try_from(import.members_before).unwrap_or_default(),
            link: self.link,
        }
    }

    fn failed(self, code: String) -> context::ImportFailed {
        context::ImportFailed {
            programme: self.programme,
            source: self.source,
            when: self.when,
            failure: self.failure,
            code,
            link: self.link,
        }
    }

    fn paused(self, code: String, failing: Failing, since: String) -> context::Paused {
        context::Paused {
            programme: self.programme,
            source: self.source,
            failures: u64::from(failing.failures),
            since,
            failure: self.failure,
            code,
            link: self.link,
        }
    }

    fn reconnect(self, code: String) -> context::ReconnectNeeded {
        context::ReconnectNeeded {
            programme: self.programme,
            source: self.source,
            failure: self.failure,
            code,
            link: self.link,
        }
    }
}

/// The language of mails to a member: their own if mails are written in it, else the programme's.
pub(crate) fn language_for(programme: &Programme, fields: &Fields) -> Language {
    fields.get(&Field::Language).and_then(|tag| Language::of(tag)).unwrap_or_else(|| language(programme))
}

/// How to address a member.
pub(crate) fn first_name(fields: &Fields) -> Option<String> {
    fields.get(&Field::PreferredName).or(fields.get(&Field::FirstName)).cloned()
}

/// What is set for the programme. What cannot be read is as good as not set: a mail does not wait for it.
fn settings(programme: &Programme) -> Settings {
    serde_json::from_str(&programme.settings).unwrap_or_default()
}

/// The language of whoever has none of their own.
pub(crate) fn language(programme: &Programme) -> Language {
    Language::of(settings(programme).language.as_str()).unwrap_or(Language::English)
}

/// How the programme's mails look.
pub(crate) fn look(programme: &Programme) -> context::Programme {
    let settings = settings(programme);
    context::Programme {
        name: programme.name.clone(),
        colour: settings.colour,
        help_contact: settings.help_contact,
        privacy_notice: settings.privacy_notice,
        imprint: settings.imprint,
    }
}

/// An instant in the programme's zone.
pub(crate) fn local(programme: &Programme, instant: i64) -> ZonedDateTime {
    let zone = TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC);
    Timestamp::from_microsecond(instant).unwrap_or_default().to_zoned_datetime(zone)
}

fn not_to_be_sent(what: String) -> EngineError {
    EngineError::Broken(what)
}
