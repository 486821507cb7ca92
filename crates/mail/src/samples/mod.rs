//! Each mail with made-up people and numbers: for previews and test mails, and for the test that renders every template.

mod administrators;

use jiff::{Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};

use crate::{
    Context, Kind, Language, MailError, Rendered, Wording,
    context::{AddressChanged, Closed, ConfirmAddress, Invitation, Leaving, MemberReset, Programme, Reopened},
    render, render_as,
};

/// A mail as an example.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Which mail it is.
    pub kind: Kind,
    /// The language that it is in.
    pub language: Language,
    /// A name for a file: the kind's, what is special about this sample, and the language.
    pub name: String,
    /// The mail.
    pub mail: Rendered,
}

/// A name as long as a name may be, of words that can hardly be broken.
const LONG: &str = "Wolfeschlegelsteinhausenbergerdorff-Oberhummelsbacherhofmeisterin Maximiliana-Alexandrina";

/// Every mail in every shape it can take, in every language.
pub fn all() -> Result<Vec<Sample>, MailError> {
    let programme = Programme {
        help_contact: "benefits@harbour.example".to_owned(),
        privacy_notice: "https://harbour.example/privacy".to_owned(),
        imprint: "https://harbour.example/imprint".to_owned(),
        ..Programme::new("Harbour & Sons Benefits", "#14553f")
    };
    let bare = Programme::new("Harbour & Sons Benefits", "#7a0019");
    // A Monday in March.
    let at = Timestamp::from_second(1_772_427_600).unwrap_or_default();
    let now = at.to_zoned_datetime(TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC));
    let link = "https://rollcall.example/harbour/welcome/mV8cQ2hYp0tKx3Zb7uNfRw1sLd5gJe9a";
    let usual = Example { programme: &programme, now: &now, first_name: Some("Aoife"), link };
    let mut samples = Vec::new();
    for language in Language::ALL {
        let mut add = |kind: Kind, shape: &str, mail: Rendered| {
            samples.push(Sample { kind, language, name: format!("{kind}{shape}-{}", language.tag()), mail });
        };
        for kind in Kind::for_members() {
            let nobody = Example { first_name: None, ..usual.clone() };
            let bare = Example { programme: &bare, first_name: Some(LONG), ..usual.clone() };
            for (shape, example) in [("", &usual), ("-without-name", &nobody), ("-long-name", &bare)] {
                if let Some(mail) = example.to_member(kind, language, None) {
                    add(kind, shape, mail?);
                }
            }
        }
        for (kind, shape, mail) in administrators::all(&programme, language, &now)? {
            add(kind, shape, mail);
        }
    }
    Ok(samples)
}

/// What an example is made for.
#[derive(Debug, Clone)]
pub struct Example<'a> {
    /// The programme that it speaks for.
    pub programme: &'a Programme,
    /// Now, in the programme's zone.
    pub now: &'a ZonedDateTime,
    /// How the person is addressed.
    pub first_name: Option<&'a str>,
    /// Where the button leads.
    pub link: &'a str,
}

impl Example<'_> {
    /// A mail to members, as a programme words it, or as we do. `None` for other kinds.
    pub fn to_member(
        &self,
        kind: Kind,
        language: Language,
        wording: Option<&Wording>,
    ) -> Option<Result<Rendered, MailError>> {
        let (programme, first_name, link) =
            (self.programme.clone(), self.first_name.map(str::to_owned), self.link.to_owned());
        let day = |days| language.day(self.after(days));
        let leaving = |days_left: u8| Leaving {
            programme: self.programme.clone(),
            first_name: self.first_name.map(str::to_owned),
            ends_on: day(days_left),
            days_left: days_left.into(),
            link: self.link.to_owned(),
        };
        let made = Made { kind, language, wording };
        Some(match kind {
            Kind::Welcome => made.of(&Invitation { programme, first_name, until: day(14), link }),
            Kind::Reminder => made.of(&Invitation { programme, first_name, until: day(11), link }),
            Kind::MemberReset => {
                made.of(&MemberReset { programme, first_name, until: language.moment(self.now), link })
            }
            Kind::ConfirmAddress => {
                made.of(&ConfirmAddress { programme, first_name, until: language.moment(self.now), link })
            }
            Kind::AddressChanged => made.of(&AddressChanged { programme, first_name, link }),
            Kind::LeaverNotice => made.of(&leaving(59)),
            Kind::LeaverReminder => made.of(&leaving(7)),
            Kind::Closed => made.of(&Closed { programme, first_name, closed_on: day(0) }),
            Kind::Reopened => made.of(&Reopened { programme, first_name, link }),
            Kind::ImportSummary
            | Kind::ImportFailed
            | Kind::OnHold
            | Kind::ReconnectNeeded
            | Kind::Paused
            | Kind::OwnerLeft
            | Kind::AdministratorInvitation
            | Kind::AdministratorReset
            | Kind::SecondFactorReset => return None,
        })
    }

    fn after(&self, days: u8) -> Date {
        (0..days).fold(self.now.date(), |day, _| day.tomorrow().unwrap_or(day))
    }
}

struct Made<'a> {
    kind: Kind,
    language: Language,
    wording: Option<&'a Wording>,
}

impl Made<'_> {
    fn of<C: Context>(&self, context: &C) -> Result<Rendered, MailError> {
        match self.wording {
            Some(wording) => render_as(self.kind, self.language, wording, context),
            None => render(self.kind, self.language, context),
        }
    }
}
