//! What goes into mails: a programme's wording, and values of people.

use jiff::{Timestamp, tz::TimeZone};
use mail::{Kind, Language, Rendered, Wording, context::Programme, samples::Example};

use crate::{halves, text};

/// Where the button of these mails leads.
const LINK: &str = "https://rollcall.example/acme/welcome/token";

/// A mail with this wording, or ours, to somebody of this name.
fn draw(kind: Kind, wording: Option<&Wording>, programme: &Programme, first_name: &str) -> Option<Rendered> {
    let now = Timestamp::UNIX_EPOCH.to_zoned_datetime(TimeZone::UTC);
    let example = Example { programme, now: &now, first_name: Some(first_name), link: LINK };
    let drawn = example.to_member(kind, Language::English, wording)?;
    Some(drawn.unwrap_or_else(|error| panic!("{kind}: {error:?}")))
}

/// Where links of a mail lead.
fn links(mail: &Rendered) -> Vec<&str> {
    let after = mail.html.split(" href=\"").skip(1);
    after.map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

/// What holds of every mail, whoever worded it.
fn is_harmless(mail: &Rendered) {
    assert!(!mail.subject.contains(char::is_control), "{:?}", mail.subject);
    for tag in ["<script", "<img", "<iframe", "<object", "<form", "<base", "<svg", "<a onclick"] {
        assert!(!mail.html.contains(tag), "{tag} in {}", mail.html);
    }
    for link in links(mail) {
        let is_known = ["https://", "http://", "mailto:"].iter().any(|scheme| link.starts_with(scheme));
        assert!(is_known, "{link}");
    }
}

/// What is found without a flaw can be drawn, and does no harm.
pub(crate) fn wording(data: &[u8]) {
    let read = text(data);
    let (subject, text) = halves(&read);
    let wording = Wording { subject: subject.to_owned(), text: text.to_owned() }.tidy();
    assert_eq!(wording.tidy(), wording);
    let programme = Programme::new("Acme", "#14553f");
    for kind in [Kind::Welcome, Kind::Closed] {
        if wording.flaw_of_subject(kind).is_none() && wording.flaw_of_text(kind).is_none() {
            let mail = draw(kind, Some(&wording), &programme, "Ada");
            let mail = mail.unwrap_or_else(|| panic!("{kind} is a mail to members"));
            is_harmless(&mail);
            assert_eq!(mail.html.matches(LINK).count() > 0, kind.has_button(), "{}", mail.html);
        }
    }
}

/// No value of a person or a programme becomes markup, or a link.
pub(crate) fn values(data: &[u8]) {
    let text = text(data);
    let (name, rest) = halves(&text);
    let (programme, contact) = halves(rest);
    let usual = Programme::new("Acme", "#14553f");
    let odd = Programme { help_contact: contact.to_owned(), ..Programme::new(programme, contact) };
    let bare = draw(Kind::Welcome, None, &usual, "Ada");
    let mail = draw(Kind::Welcome, None, &odd, name);
    let (Some(bare), Some(mail)) = (bare, mail) else { panic!("a welcome is a mail to members") };
    is_harmless(&mail);
    assert_eq!(links(&mail), links(&bare), "{}", mail.html);
}
