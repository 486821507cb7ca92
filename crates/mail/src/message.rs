//! From a rendered mail to the bytes of an RFC 5322 message.

use std::{fmt, time::SystemTime};

use jiff::Timestamp;
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};
use uuid::Uuid;

use crate::{MailError, Rendered};

/// Who a mail comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// Shown to the reader, usually the programme's name.
    pub name: String,
    /// The address; its domain is also the domain of the Message-ID.
    pub address: String,
}

/// What is on the outside of a mail. Addresses are personal data and not printed for debugging.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The outbox row. Every attempt at it carries the same Message-ID, so that a duplicate can be recognised (R50).
    pub id: Uuid,
    /// The one recipient's address.
    pub to: String,
    /// Who it comes from.
    pub from: Sender,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<String>,
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Puts a mail into a message with a text and an HTML form. The same input gives the same bytes.
pub fn message(envelope: &Envelope, rendered: &Rendered, date: Timestamp) -> Result<Vec<u8>, MailError> {
    let Envelope { id, to, from, reply_to } = envelope;
    let sender = address("from", &from.address)?;
    // The Message-ID is ASCII by its grammar: an international domain is to be given in its `xn--` form.
    if !sender.domain().is_ascii() {
        return Err(MailError::Address { field: "from" });
    }
    let message_id = format!("<{id}@{}>", sender.domain());
    let name = one_line("from", &from.name)?.trim();
    let name = (!name.is_empty()).then(|| name.to_owned());

    let mut builder = Message::builder()
        .message_id(Some(message_id))
        .date(system_time(date)?)
        .from(Mailbox::new(name, sender))
        .to(Mailbox::new(None, address("to", to)?))
        .subject(one_line("subject", &rendered.subject)?)
        // RFC 3834: holiday notices and the like shall not answer.
        .raw_header(header("Auto-Submitted", "auto-generated"))
        // Exchange goes by a header of its own. Reports that a mail could not be delivered still come.
        .raw_header(header("X-Auto-Response-Suppress", "OOF, AutoReply"));
    if let Some(reply_to) = reply_to {
        builder = builder.reply_to(Mailbox::new(None, address("reply-to", reply_to)?));
    }
    let parts = MultiPart::alternative().boundary(format!("part-{}", id.simple()));
    let parts = parts.singlepart(SinglePart::plain(rendered.text.clone()));
    Ok(builder.multipart(parts.singlepart(SinglePart::html(rendered.html.clone())))?.formatted())
}

fn address(field: &'static str, address: &str) -> Result<Address, MailError> {
    one_line(field, address)?.parse().map_err(|_| MailError::Address { field })
}

/// A line break in a header would begin a header of somebody else's making.
fn one_line<'a>(field: &'static str, text: &'a str) -> Result<&'a str, MailError> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if text.contains(breaks) { Err(MailError::ControlCharacter { field }) } else { Ok(text) }
}

/// The `Date` header knows the years 1970 to 9999; the library panics outside them.
fn system_time(date: Timestamp) -> Result<SystemTime, MailError> {
    if date < Timestamp::UNIX_EPOCH {
        return Err(MailError::Date);
    }
    SystemTime::try_from(date).map_err(|_| MailError::Date)
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope() -> Envelope {
        Envelope {
            id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001),
            to: "aoife@club.example".to_owned(),
            from: Sender { name: "Café Club".to_owned(), address: "no-reply@mail.club.example".to_owned() },
            reply_to: Some("help@club.example".to_owned()),
        }
    }

    fn rendered() -> Rendered {
        Rendered {
            subject: "Your account is ready".to_owned(),
            text: "Hello\nyou".to_owned(),
            html: "<p>Hello – you".to_owned(),
        }
    }

    fn date() -> Timestamp {
        "2026-05-12T06:00:00Z".parse().unwrap()
    }

    fn text(envelope: &Envelope, rendered: &Rendered) -> String {
        String::from_utf8(message(envelope, rendered, date()).unwrap()).unwrap()
    }

    #[test]
    fn a_message_has_its_headers_and_both_forms() {
        let message = text(&envelope(), &rendered());
        assert_eq!(message.matches('\n').count(), message.matches("\r\n").count(), "every line ends as mail wants it");
        insta::assert_snapshot!(message.replace("\r\n", "\n"), @r#"
        Message-ID: <01900000-0000-7000-8000-000000000001@mail.club.example>
        Date: Tue, 12 May 2026 06:00:00 +0000
        From: =?utf-8?b?Q2Fmw6kgQ2x1Yg==?= <no-reply@mail.club.example>
        To: aoife@club.example
        Subject: Your account is ready
        Auto-Submitted: auto-generated
        X-Auto-Response-Suppress: OOF, AutoReply
        Reply-To: help@club.example
        MIME-Version: 1.0
        Content-Type: multipart/alternative;
         boundary="part-01900000000070008000000000000001"

        --part-01900000000070008000000000000001
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        Hello
        you
        --part-01900000000070008000000000000001
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <p>Hello =E2=80=93 you
        --part-01900000000070008000000000000001--
        "#);
    }

    #[test]
    fn a_retry_is_the_same_message() {
        assert_eq!(text(&envelope(), &rendered()), text(&envelope(), &rendered()));
        let other = Envelope { id: Uuid::from_u128(2), ..envelope() };
        assert!(
            text(&other, &rendered()).contains("Message-ID: <00000000-0000-0000-0000-000000000002@mail.club.example>")
        );
    }

    #[test]
    fn a_second_header_cannot_be_smuggled_in() {
        for end in ["\r\nBcc: all@club.example", "\nX: y", "\rX: y", "\0", "\u{2028}X"] {
            let hostile = |good: &str| format!("{good}{end}");
            let refused =
                |envelope: Envelope, rendered: Rendered, expected: &str| match message(&envelope, &rendered, date())
                    .unwrap_err()
                {
                    MailError::ControlCharacter { field } => assert_eq!(field, expected),
                    other => panic!("{other}"),
                };
            refused(envelope(), Rendered { subject: hostile("Hello"), ..rendered() }, "subject");
            refused(Envelope { to: hostile("a@club.example"), ..envelope() }, rendered(), "to");
            refused(Envelope { reply_to: Some(hostile("a@club.example")), ..envelope() }, rendered(), "reply-to");
            let from = Sender { name: hostile("Club"), ..envelope().from };
            refused(Envelope { from, ..envelope() }, rendered(), "from");
        }
    }

    #[test]
    fn one_address_is_one_address() {
        for to in
            ["", "nobody", "a@club.example, b@club.example", "Name <a@club.example>", "a@club.example>,<b@x.example"]
        {
            let error = message(&Envelope { to: to.to_owned(), ..envelope() }, &rendered(), date()).unwrap_err();
            assert_eq!(error.to_string(), "the address in `to` is not valid", "{to}");
        }
    }

    #[test]
    fn a_date_that_cannot_be_written_is_an_error() {
        let error = message(&envelope(), &rendered(), Timestamp::MIN).unwrap_err();
        assert!(matches!(error, MailError::Date));
        assert!(message(&envelope(), &rendered(), Timestamp::MAX).is_ok());
    }
}
