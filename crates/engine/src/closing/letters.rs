//! What the mails to leavers say. Dates are worked out when a mail goes: one that went late names the day that holds
//! then.

use domain::{field::Fields, ids::MemberId};
use jiff::civil::Date;
use mail::{Kind, Language, Rendered, context};
use store::{Mail, Programme};

use crate::{
    Engine, EngineError, EngineResult,
    deliver::KEPT,
    mails::{first_name, language_for, local, look},
};

impl Engine {
    /// The notice, or a reminder (R37, R60).
    pub(crate) async fn leaver_letter(
        &self,
        programme: &Programme,
        mail: &Mail,
        kind: Kind,
        fields: Option<&Fields>,
    ) -> EngineResult<Rendered> {
        let (Some(member), Some(fields)) = (mail.member_id, fields) else { return Err(gone()) };
        let closing = self.closing_of(programme, MemberId(member)).await?.ok_or_else(gone)?;
        let language = language_for(programme, fields);
        let context = context::Leaving {
            programme: look(programme),
            first_name: first_name(fields),
            ends_on: language.day(closing.ends_on),
            days_left: days_between(local(programme, self.now()).date(), closing.ends_on),
            link: self.door_of(programme),
        };
        self.worded(programme, kind, language, &context).await
    }

    /// The account is closed (R61): nobody knows any more who that was.
    pub(crate) async fn closed_letter(&self, programme: &Programme, mail: &Mail) -> EngineResult<Rendered> {
        let own = mail.route.strip_prefix(KEPT).and_then(Language::of);
        let language = own.unwrap_or_else(|| language_for(programme, &Fields::new()));
        let closed_on = language.day(local(programme, mail.created_at).date());
        let context = context::Closed { programme: look(programme), first_name: None, closed_on };
        self.worded(programme, Kind::Closed, language, &context).await
    }

    /// They are back (R38).
    pub(crate) async fn reopened_letter(
        &self,
        programme: &Programme,
        fields: Option<&Fields>,
    ) -> EngineResult<Rendered> {
        let fields = fields.ok_or_else(gone)?;
        let link = self.door_of(programme);
        let context = context::Reopened { programme: look(programme), first_name: first_name(fields), link };
        self.worded(programme, Kind::Reopened, language_for(programme, fields), &context).await
    }

    /// Where members sign in.
    fn door_of(&self, programme: &Programme) -> String {
        format!("{}/{}/sign-in", self.public_url(), programme.slug)
    }
}

fn days_between(today: Date, day: Date) -> u64 {
    today.until(day).map_or(0, |span| u64::try_from(span.get_days()).unwrap_or_default())
}

/// What it was about is no longer so.
fn gone() -> EngineError {
    EngineError::NotFound { what: "The member is no leaver any more.".to_owned(), remedy: String::new() }
}
