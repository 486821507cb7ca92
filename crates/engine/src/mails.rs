//! What each mail says: from rows to the words that its template asks for.

use domain::{
    field::{Field, Fields},
    plan::Counts,
    programme::settings::Settings,
};
use jiff::{Timestamp, tz::TimeZone};
use mail::{Kind, Rendered, context, render};
use sources::personio;
use store::{Import, Mail, Programme};

use crate::{Engine, EngineError, EngineResult, administrators::links};

/// A joiner's invitation.
pub(crate) fn welcome(programme: &Programme, fields: Option<&Fields>, link: String) -> EngineResult<Rendered> {
    let name = fields.and_then(|fields| fields.get(&Field::PreferredName).or(fields.get(&Field::FirstName)));
    let context = context::Welcome { programme: named(programme), first_name: name.cloned(), link };
    Ok(render(Kind::Welcome, &context)?)
}

impl Engine {
    /// The welcome e-mail as a joiner of the programme would get it, with a made-up name and a link that
    /// leads nowhere.
    pub fn welcome_preview(&self, programme: &Programme) -> EngineResult<Rendered> {
        let fields = Fields::from([(Field::FirstName, "Aoife".to_owned())]);
        welcome(programme, Some(&fields), format!("{}/invitation/…", self.public_url()))
    }
}

/// An offer to look after a programme.
pub(crate) fn administrator_invitation(
    programme: &Programme,
    mail: &Mail,
    name: String,
    invited_by: String,
    link: String,
) -> EngineResult<Rendered> {
    let until = when(programme, mail.created_at + links::INVITATION_VALID);
    let context = context::AdministratorInvitation { programme: named(programme), name, invited_by, until, link };
    Ok(render(Kind::AdministratorInvitation, &context)?)
}

/// A new password for an administrator.
pub(crate) fn administrator_reset(programme: &Programme, mail: &Mail, link: String) -> EngineResult<Rendered> {
    let until = when(programme, mail.created_at + links::RESET_VALID);
    Ok(render(Kind::AdministratorReset, &context::AdministratorReset { programme: named(programme), until, link })?)
}

/// A mail to an administrator about an import: numbers, and nobody's data (R51).
pub(crate) fn about_import(programme: &Programme, import: &Import, kind: Kind) -> EngineResult<Rendered> {
    let about = About {
        when: when(programme, import.finished_at.or(import.held_at).unwrap_or(import.created_at)),
        programme: named(programme),
        source: personio::DESCRIPTION.name.to_owned(),
        import: import.number().to_string(),
        failure: import.failure.clone().unwrap_or_default(),
    };
    let rendered = match kind {
        Kind::ImportSummary => render(kind, &about.summary(import.counts()?)),
        Kind::OnHold => render(kind, &about.on_hold(import.counts()?, import)),
        Kind::ImportFailed => render(kind, &about.failed(import.failure_code.clone().unwrap_or_default())),
        Kind::ReconnectNeeded => render(kind, &about.reconnect()),
        Kind::Welcome | Kind::AdministratorInvitation | Kind::AdministratorReset => {
            let what = format!("the mail `{kind}` is not about an import");
            return Err(EngineError::Broken(what));
        }
    };
    Ok(rendered?)
}

/// What every mail about an import says.
struct About {
    programme: context::Programme,
    source: String,
    when: String,
    import: String,
    failure: String,
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
            import: self.import,
            link: None,
        }
    }

    fn on_hold(self, counts: Counts, import: &Import) -> context::OnHold {
        context::OnHold {
            programme: self.programme,
            source: self.source,
            when: self.when,
            reasons: import.held_because.lines().map(str::to_owned).collect(),
            join: counts.join,
            update: counts.update,
            leave: counts.leave,
            rejoin: counts.rejoin,
            reject: counts.reject,
            members: u64::try_from(import.members_before).unwrap_or_default(),
            import: self.import,
            link: None,
        }
    }

    fn failed(self, code: String) -> context::ImportFailed {
        context::ImportFailed {
            programme: self.programme,
            source: self.source,
            when: self.when,
            failure: self.failure,
            code,
            import: self.import,
            link: None,
        }
    }

    fn reconnect(self) -> context::ReconnectNeeded {
        context::ReconnectNeeded {
            programme: self.programme,
            source: self.source,
            detail: self.failure,
            import: self.import,
            link: None,
        }
    }
}

fn named(programme: &Programme) -> context::Programme {
    // What cannot be read is as good as not set: a mail does not wait for it.
    let settings: Settings = serde_json::from_str(&programme.settings).unwrap_or_default();
    context::Programme {
        name: programme.name.clone(),
        colour: settings.colour,
        help_contact: settings.help_contact,
        privacy_notice: settings.privacy_notice,
        imprint: settings.imprint,
    }
}

/// An instant for people, in the programme's zone, which is named.
fn when(programme: &Programme, instant: i64) -> String {
    let zone = TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC);
    let instant = Timestamp::from_microsecond(instant).unwrap_or_default();
    let text = instant.to_zoned_datetime(zone).strftime("%A %-d %B %Y, %H:%M").to_string();
    format!("{text} ({})", programme.time_zone)
}
