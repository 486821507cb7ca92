//! What a mail says in a language: ours, and what a programme may put in its place.

use crate::{
    Kind, Language,
    draw::{self, Button},
};

/// The most characters of a subject.
pub const LONGEST_SUBJECT: usize = 150;

/// The most characters of a text.
pub const LONGEST_TEXT: usize = 6_000;

/// The variable that stands for the button.
const BUTTON: &str = "button";

/// Where the button leads while it is only looked whether there is one.
const ANYWHERE: &str = "https://button.invalid/";

/// A subject and a text: what a programme can word in its own way. Both name variables as `{{ programme }}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// One line.
    pub subject: String,
    /// Markdown, of which a mail knows headings, paragraphs, lists, quotations, bold and italic writing and links.
    pub text: String,
}

/// A mail as we word it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ours {
    pub(crate) subject: &'static str,
    /// What the button says; empty where there is none.
    pub(crate) button: &'static str,
    pub(crate) text: &'static str,
    /// Why the reader gets the mail.
    pub(crate) why: &'static str,
}

impl Ours {
    /// Reads `Subject: …`, `Button: …`, a blank line, the text, `---`, and why the reader gets it.
    pub(crate) fn of(kind: Kind, language: Language) -> Self {
        let file = file(kind, language);
        let (head, rest) = file.split_once("\n\n# ").unwrap_or((file, ""));
        let text = file.get(head.len()..).filter(|_| !rest.is_empty()).unwrap_or_default();
        let (text, why) = text.split_once("\n---\n").unwrap_or((text, ""));
        let named = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
        Self { subject: named("Subject:"), button: named("Button:"), text: text.trim(), why: why.trim() }
    }
}

/// The files, in both languages.
macro_rules! files {
    ($($kind:ident $name:literal),* $(,)?) => {
        const fn file(kind: Kind, language: Language) -> &'static str {
            match (kind, language) {$(
                (Kind::$kind, Language::English) => include_str!(concat!("../templates/en/", $name, ".md")),
                (Kind::$kind, Language::German) => include_str!(concat!("../templates/de/", $name, ".md")),
            )*}
        }
    };
}

files!(
    Welcome "welcome",
    Reminder "reminder",
    MemberReset "member-reset",
    ConfirmAddress "confirm-address",
    AddressChanged "address-changed",
    LeaverNotice "leaver-notice",
    LeaverReminder "leaver-reminder",
    Closed "closed",
    Reopened "reopened",
    ImportSummary "import-summary",
    ImportFailed "import-failed",
    OnHold "on-hold",
    ReconnectNeeded "reconnect-needed",
    Paused "paused",
    OwnerLeft "owner-left",
    AdministratorInvitation "administrator-invitation",
    AdministratorReset "administrator-reset",
    SecondFactorReset "second-factor-reset",
);

impl Kind {
    /// What may be named in the wording of a mail to members; none for other mails.
    pub const fn variables(self) -> &'static [&'static str] {
        match self {
            Self::Welcome | Self::Reminder | Self::MemberReset | Self::ConfirmAddress => {
                &["programme", "first_name", "contact", "until", BUTTON]
            }
            Self::LeaverNotice | Self::LeaverReminder => {
                &["programme", "first_name", "contact", "ends_on", "days_left", BUTTON]
            }
            Self::Closed => &["programme", "first_name", "contact", "closed_on"],
            Self::Reopened | Self::AddressChanged => &["programme", "first_name", "contact", BUTTON],
            Self::ImportSummary
            | Self::ImportFailed
            | Self::OnHold
            | Self::ReconnectNeeded
            | Self::Paused
            | Self::OwnerLeft
            | Self::AdministratorInvitation
            | Self::AdministratorReset
            | Self::SecondFactorReset => &[],
        }
    }

    /// Whether the mail has a button, which its wording must keep.
    pub fn has_button(self) -> bool {
        self.variables().contains(&BUTTON)
    }
}

/// What is wrong with a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// There is nothing.
    Empty,
    /// More characters than this.
    TooLong(usize),
    /// A subject on several lines.
    Lines,
    /// A variable that this mail does not know.
    Unknown(String),
    /// `{{` without its `}}`.
    Unclosed,
    /// `{%` or `{#`: wordings know variables only.
    Logic,
    /// The button is gone, or there several times.
    Button,
}

impl Wording {
    /// What we say.
    pub fn ours(kind: Kind, language: Language) -> Self {
        let ours = Ours::of(kind, language);
        Self { subject: ours.subject.to_owned(), text: ours.text.to_owned() }
    }

    /// The same without outer space, and with line ends as they are kept.
    #[must_use]
    pub fn tidy(&self) -> Self {
        let text = self.text.replace("\r\n", "\n").replace('\r', "\n");
        Self { subject: self.subject.trim().to_owned(), text: text.trim().to_owned() }
    }

    /// What is wrong with the subject of this mail.
    pub fn flaw_of_subject(&self, kind: Kind) -> Option<Flaw> {
        let subject = &self.subject;
        if subject.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            return Some(Flaw::Lines);
        }
        let named = match flaw(subject, LONGEST_SUBJECT) {
            Ok(named) => named,
            Err(flaw) => return Some(flaw),
        };
        named.into_iter().find(|name| *name == BUTTON || !kind.variables().contains(name)).map(unknown)
    }

    /// What is wrong with the text of this mail.
    pub fn flaw_of_text(&self, kind: Kind) -> Option<Flaw> {
        let named = match flaw(&self.text, LONGEST_TEXT) {
            Ok(named) => named,
            Err(flaw) => return Some(flaw),
        };
        if let Some(name) = named.iter().find(|name| !kind.variables().contains(name)) {
            return Some(unknown(name));
        }
        let buttons = named.iter().filter(|name| **name == BUTTON).count();
        let is_right = buttons == usize::from(kind.has_button()) && (buttons == 0 || self.shows_button());
        (!is_right).then_some(Flaw::Button)
    }

    /// Whether the button is one once the text is drawn. As the address of a link, say, it would be nowhere.
    fn shows_button(&self) -> bool {
        let mut filled = String::new();
        for (place, part) in self.text.split("{{").enumerate() {
            match part.split_once("}}") {
                Some((name, rest)) if place > 0 => {
                    filled.extend((bare(name) == BUTTON).then_some(draw::BUTTON));
                    filled.push_str(rest);
                }
                _ => filled.push_str(part),
            }
        }
        let button = Button { label: "", link: ANYWHERE, otherwise: "" };
        draw::draw(&filled, Some(button), "").html.contains(ANYWHERE)
    }
}

/// The name between braces, without the space that a template may have around it. Other kinds of space belong to the name,
/// which then is none.
fn bare(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_ascii_whitespace())
}

fn unknown(name: &str) -> Flaw {
    Flaw::Unknown(name.to_owned())
}

/// The variables that are named, if there is nothing else that a template could run. Without expressions and loops no
/// wording can run long or grow large.
fn flaw(text: &str, most: usize) -> Result<Vec<&str>, Flaw> {
    if text.trim().is_empty() {
        return Err(Flaw::Empty);
    }
    if text.chars().count() > most {
        return Err(Flaw::TooLong(most));
    }
    if text.contains("{%") || text.contains("{#") {
        return Err(Flaw::Logic);
    }
    let parts = text.split("{{").skip(1);
    parts.map(|part| part.split_once("}}").map(|(name, _)| bare(name)).ok_or(Flaw::Unclosed)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(subject: &str, text: &str) -> Wording {
        Wording { subject: subject.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn ours_are_whole_in_both_languages() {
        for kind in Kind::ALL {
            for language in Language::ALL {
                let ours = Ours::of(kind, language);
                let tag = language.tag();
                assert!(!ours.subject.is_empty() && !ours.why.is_empty(), "{tag}/{kind}");
                assert!(ours.text.starts_with("# "), "{tag}/{kind}: {}", ours.text);
                assert_eq!(ours.button.is_empty(), kind == Kind::Closed, "{tag}/{kind}");
            }
        }
    }

    #[test]
    fn a_programme_could_have_written_ours() {
        for kind in Kind::for_members() {
            for language in Language::ALL {
                let ours = Wording::ours(kind, language);
                assert_eq!(ours, ours.tidy());
                assert_eq!(ours.flaw_of_subject(kind), None, "{} {kind}", language.tag());
                assert_eq!(ours.flaw_of_text(kind), None, "{} {kind}", language.tag());
            }
        }
    }

    /// Both languages have the same parts, and tell the same.
    #[test]
    fn the_languages_keep_step() {
        for kind in Kind::ALL {
            let [english, german] = Language::ALL.map(|language| Ours::of(kind, language));
            for mark in ["\n## ", "\n- ", "\n> ", "**"] {
                let count = |ours: &Ours| ours.text.matches(mark).count();
                assert_eq!(count(&english), count(&german), "{kind}: {mark:?}");
            }
            for name in kind.variables().iter().chain(&["source", "when", "failure", "guards", "owner", "invited_by"]) {
                let tells =
                    |ours: &Ours| ["{{ ", " in "].iter().any(|before| ours.text.contains(&format!("{before}{name}")));
                assert_eq!(tells(&english), tells(&german), "{kind}: {name}");
            }
        }
    }

    #[test]
    fn a_variable_that_the_mail_does_not_know_is_named() {
        let kind = Kind::Welcome;
        let text = |text: &str| wording("x", text).flaw_of_text(kind);
        assert_eq!(text("Hi {{ nmae }} {{ button }}"), Some(Flaw::Unknown("nmae".to_owned())));
        assert_eq!(text("{{ ends_on }} {{ button }}"), Some(Flaw::Unknown("ends_on".to_owned())));
        assert_eq!(text("{{ programme | upper }} {{ button }}"), Some(Flaw::Unknown("programme | upper".to_owned())));
        assert_eq!(text("{{}} {{ button }}"), Some(Flaw::Unknown(String::new())));
        assert_eq!(text("{{ button }} {{ programme"), Some(Flaw::Unclosed));
        assert_eq!(text("{% for i in range(9) %}{{ button }}{% endfor %}"), Some(Flaw::Logic));
        assert_eq!(text("{{programme}} {{button}}"), None);
        let odd = Some(Flaw::Unknown("\u{a0}programme".to_owned()));
        assert_eq!(text("{{\u{a0}programme }} {{ button }}"), odd, "no template has such a space");
        assert_eq!(wording("Hi {{ button }}", "").flaw_of_subject(kind), Some(unknown(BUTTON)));
    }

    #[test]
    fn the_button_cannot_be_lost() {
        let text = |kind, text: &str| wording("x", text).flaw_of_text(kind);
        assert_eq!(text(Kind::Welcome, "Hello"), Some(Flaw::Button));
        assert_eq!(text(Kind::Welcome, "{{ button }} {{ button }}"), Some(Flaw::Button));
        assert_eq!(text(Kind::Welcome, "[Come in]({{ button }})"), Some(Flaw::Button), "a link to nowhere");
        assert_eq!(text(Kind::Welcome, "Come in: [**{{ button }}**](https://club.example)"), None);
        assert_eq!(text(Kind::Closed, "Bye"), None);
        assert_eq!(text(Kind::Closed, "{{ button }}"), Some(unknown(BUTTON)), "there is nowhere to go");
    }

    #[test]
    fn a_wording_has_its_limits() {
        let kind = Kind::Closed;
        assert_eq!(wording(" ", " ").flaw_of_subject(kind), Some(Flaw::Empty));
        assert_eq!(wording(" ", " ").flaw_of_text(kind), Some(Flaw::Empty));
        assert_eq!(wording("a\nBcc: b", "x").flaw_of_subject(kind), Some(Flaw::Lines));
        let long = "ä".repeat(LONGEST_TEXT);
        assert_eq!(wording(&long, &long).flaw_of_subject(kind), Some(Flaw::TooLong(LONGEST_SUBJECT)));
        assert_eq!(wording("x", &long).flaw_of_text(kind), None);
        assert_eq!(wording("x", &format!("{long}a")).flaw_of_text(kind), Some(Flaw::TooLong(LONGEST_TEXT)));
    }
}
