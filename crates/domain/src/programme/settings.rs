//! What owners set for a programme as a whole: how it appears to its members, and how long a leaver
//! has until their account is closed.

use serde::{Deserialize, Serialize};

use super::{close_down::CloseDown, invitations::Invitations, is_name, is_time_zone, retention::Retention};
use crate::{email, language::Language, named::named};

/// The colour of buttons and links until a programme chooses its own.
pub const COLOUR: &str = "#14553f";

/// The most characters of a help contact.
const LONGEST_CONTACT: usize = 200;

/// The most characters of an address of a page.
const LONGEST_LINK: usize = 500;

/// The least contrast of white writing on the colour (WCAG 2.2, AA).
const CONTRAST: f64 = 4.5;

/// What is set for a programme besides its name and zone. An empty text is not set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language of members who have none of their own.
    pub language: Language,
    /// The colour of buttons, such as `#14553f`.
    pub colour: String,
    /// Whom mails name as their sender; the programme's name where it is empty.
    pub sender_name: String,
    /// Where answers to mails go.
    pub reply_to: String,
    /// The page that says what becomes of members' data.
    pub privacy_notice: String,
    /// The page that says who is behind the programme.
    pub imprint: String,
    /// Whom members turn to: an address, a number, or a sentence.
    pub help_contact: String,
    /// A leaver's days.
    pub close_down: CloseDown,
    /// How long an invitation works, and when somebody is reminded of it.
    pub invitations: Invitations,
    /// How long it stays known whom imports were about, and what administrators did.
    pub retention: Retention,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            colour: COLOUR.to_owned(),
            sender_name: String::new(),
            reply_to: String::new(),
            privacy_notice: String::new(),
            imprint: String::new(),
            help_contact: String::new(),
            close_down: CloseDown::default(),
            invitations: Invitations::default(),
            retention: Retention::default(),
        }
    }
}

/// How a programme appears to its members, as an owner enters it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// Its name for people.
    pub name: String,
    /// The zone in which its days begin, such as `Europe/London`.
    pub time_zone: String,
    /// [`Settings::language`]
    pub language: Language,
    /// [`Settings::colour`]
    pub colour: String,
    /// [`Settings::sender_name`]
    pub sender_name: String,
    /// [`Settings::reply_to`]
    pub reply_to: String,
    /// [`Settings::privacy_notice`]
    pub privacy_notice: String,
    /// [`Settings::imprint`]
    pub imprint: String,
    /// [`Settings::help_contact`]
    pub help_contact: String,
}

/// An entry of a [`Profile`] that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// [`Profile::name`]
    Name,
    /// [`Profile::time_zone`]
    TimeZone,
    /// [`Profile::colour`]
    Colour,
    /// [`Profile::sender_name`]
    SenderName,
    /// [`Profile::reply_to`]
    ReplyTo,
    /// [`Profile::privacy_notice`]
    PrivacyNotice,
    /// [`Profile::imprint`]
    Imprint,
    /// [`Profile::help_contact`]
    HelpContact,
}

impl Entry {
    const NAMES: [(Self, &'static str); 8] = [
        (Self::Name, "name"),
        (Self::TimeZone, "time_zone"),
        (Self::Colour, "colour"),
        (Self::SenderName, "sender_name"),
        (Self::ReplyTo, "reply_to"),
        (Self::PrivacyNotice, "privacy_notice"),
        (Self::Imprint, "imprint"),
        (Self::HelpContact, "help_contact"),
    ];
}

named!(Entry, UnknownEntry, "there is no entry “{0}”");

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Empty, on several lines, or longer than [`LONGEST_NAME`](super::LONGEST_NAME).
    NotAName,
    /// There is no such time zone.
    NotATimeZone,
    /// Not of the form `#14553f`.
    NotAColour,
    /// White writing on it cannot be read.
    TooPale,
    /// No e-mail address.
    NotAnAddress,
    /// No address of a page that begins with `https://`.
    NotALink,
    /// Longer than it may be, or on several lines.
    TooLong,
}

impl Flaw {
    const NAMES: [(Self, &'static str); 7] = [
        (Self::NotAName, "not-a-name"),
        (Self::NotATimeZone, "not-a-time-zone"),
        (Self::NotAColour, "not-a-colour"),
        (Self::TooPale, "too-pale"),
        (Self::NotAnAddress, "not-an-address"),
        (Self::NotALink, "not-a-link"),
        (Self::TooLong, "too-long"),
    ];
}

named!(Flaw, UnknownFlaw, "there is no flaw “{0}”");

impl Profile {
    /// What is set now.
    pub fn of(name: &str, time_zone: &str, settings: &Settings) -> Self {
        let settings = settings.clone();
        Self {
            name: name.to_owned(),
            time_zone: time_zone.to_owned(),
            language: settings.language,
            colour: settings.colour,
            sender_name: settings.sender_name,
            reply_to: settings.reply_to,
            privacy_notice: settings.privacy_notice,
            imprint: settings.imprint,
            help_contact: settings.help_contact,
        }
    }

    /// The settings that this comes to; the rest stays as it is.
    pub fn settings(&self, before: &Settings) -> Settings {
        let wanted = self.clone();
        Settings {
            language: wanted.language,
            colour: wanted.colour,
            sender_name: wanted.sender_name,
            reply_to: wanted.reply_to,
            privacy_notice: wanted.privacy_notice,
            imprint: wanted.imprint,
            help_contact: wanted.help_contact,
            ..before.clone()
        }
    }

    /// Without the spaces around entries, and the colour in small letters.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        for text in [
            &mut self.name,
            &mut self.time_zone,
            &mut self.colour,
            &mut self.sender_name,
            &mut self.reply_to,
            &mut self.privacy_notice,
            &mut self.imprint,
            &mut self.help_contact,
        ] {
            *text = text.trim().to_owned();
        }
        self.colour = self.colour.to_ascii_lowercase();
        self
    }

    /// Everything that is wrong.
    pub fn check(&self) -> Vec<(Entry, Flaw)> {
        let optional = |text: &str, fits: fn(&str) -> bool, flaw| (!text.is_empty() && !fits(text)).then_some(flaw);
        let looks = [
            (Entry::Name, (!is_name(&self.name)).then_some(Flaw::NotAName)),
            (Entry::TimeZone, (!is_time_zone(&self.time_zone)).then_some(Flaw::NotATimeZone)),
            (Entry::Colour, check_colour(&self.colour).err()),
            (Entry::SenderName, optional(&self.sender_name, is_name, Flaw::NotAName)),
            (Entry::ReplyTo, optional(&self.reply_to, email::is_valid, Flaw::NotAnAddress)),
            (Entry::PrivacyNotice, optional(&self.privacy_notice, is_link, Flaw::NotALink)),
            (Entry::Imprint, optional(&self.imprint, is_link, Flaw::NotALink)),
            (Entry::HelpContact, optional(&self.help_contact, is_contact, Flaw::TooLong)),
        ];
        looks.into_iter().filter_map(|(entry, flaw)| Some((entry, flaw?))).collect()
    }
}

fn is_contact(text: &str) -> bool {
    text.chars().count() <= LONGEST_CONTACT && !text.chars().any(char::is_control)
}

/// Whether a mail can lead to a page at this address.
fn is_link(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"' | '\\');
    text.chars().count() <= LONGEST_LINK
        && text.chars().all(is_plain)
        && !host.contains('@')
        && host
            .split(':')
            .next()
            .is_some_and(|name| name.split('.').count() >= 2 && !name.split('.').any(str::is_empty))
}

fn check_colour(text: &str) -> Result<(), Flaw> {
    let digits = text
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let channel = |at| digits.and_then(|digits| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok());
    let (Some(red), Some(green), Some(blue)) = (channel(0), channel(2), channel(4)) else {
        return Err(Flaw::NotAColour);
    };
    let linear = |channel: u8| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let light = 0.0722f64.mul_add(linear(blue), 0.2126f64.mul_add(linear(red), 0.7152 * linear(green)));
    if 1.05 / (light + 0.05) < CONTRAST { Err(Flaw::TooPale) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> Profile {
        Profile::of("Acme Rewards", "Europe/Berlin", &Settings::default())
    }

    #[test]
    fn what_a_programme_begins_with_is_right() {
        assert_eq!(profile().check(), []);
        assert_eq!(serde_json::from_str::<Settings>("{}").unwrap(), Settings::default());
    }

    #[test]
    fn every_wrong_entry_is_told() {
        let wrong = Profile {
            name: String::new(),
            time_zone: "Middle Earth".to_owned(),
            language: Language::De,
            colour: "green".to_owned(),
            sender_name: "two\nlines".to_owned(),
            reply_to: "hr at acme".to_owned(),
            privacy_notice: "http://acme.example/privacy".to_owned(),
            imprint: "https://acme".to_owned(),
            help_contact: "x".repeat(201),
        };
        let flaws: Vec<String> = wrong.check().iter().map(|(entry, flaw)| format!("{entry} {flaw}")).collect();
        assert_eq!(
            flaws,
            [
                "name not-a-name",
                "time_zone not-a-time-zone",
                "colour not-a-colour",
                "sender_name not-a-name",
                "reply_to not-an-address",
                "privacy_notice not-a-link",
                "imprint not-a-link",
                "help_contact too-long"
            ]
        );
    }

    #[test]
    fn white_writing_is_readable_on_the_colour() {
        let flaw =
            |colour: &str| Profile { colour: colour.to_owned(), ..profile() }.check().pop().map(|(_, flaw)| flaw);
        assert_eq!(flaw("#2b5aa8"), None);
        assert_eq!(flaw("#000000"), None);
        assert_eq!(flaw("#6fd1a8"), Some(Flaw::TooPale));
        assert_eq!(flaw("#ffffff"), Some(Flaw::TooPale));
        assert_eq!(flaw("#12345g"), Some(Flaw::NotAColour));
        assert_eq!(flaw("#+12345"), Some(Flaw::NotAColour));
    }

    #[test]
    fn a_link_leads_to_a_page() {
        for good in ["https://acme.example", "https://acme.example:8443/a?b=c#d"] {
            assert!(is_link(good), "{good}");
        }
        for bad in [
            "acme.example",
            "javascript:alert(1)",
            "https://",
            "https://a..b",
            "https://me@acme.example",
            "https://a.b/\"x",
        ] {
            assert!(!is_link(bad), "{bad}");
        }
    }

    #[test]
    fn saving_how_it_appears_leaves_the_rest() {
        let before =
            Settings { close_down: CloseDown { close_day: 90, ..CloseDown::default() }, ..Settings::default() };
        let wanted = Profile { colour: "  #2B5AA8 ".to_owned(), ..profile() }.tidy();
        let after = wanted.settings(&before);
        assert_eq!(after.close_down.close_day, 90);
        assert_eq!(after.colour, "#2b5aa8");
    }
}
